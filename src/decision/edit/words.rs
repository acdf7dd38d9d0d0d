//! The words of each form for a state.

use super::keys::is_typed;
use super::subject::{Open, Unable, Wanted};
use crate::date::Date;
use crate::decision::record::Place;
use crate::decision::words::day;
use crate::decision::words::dialect::Dialect;
use crate::decision::words::state::State;
use crate::decision::words::status;

/// Returns the words of a status in the text.
pub(super) fn plain(open: &Open<'_>, place: Place, wanted: &Wanted<'_>, sample: &str) -> Result<String, Unable> {
    let word = in_case_of(word(open.dialect(), wanted.state)?, sample, place);
    let note = wanted.note.map_or(String::new(), |note| format!(" ({note})"));
    let day = dated(sample, wanted.today).unwrap_or_default();
    Ok(match wanted.by {
        Some(other) => format!("{word} by {}{note}{day}", other.mention(open.dialect())),
        None => word + &note + &day,
    })
}

/// Returns the value of a status as a key has it.
pub(super) fn keyed(open: &Open<'_>, wanted: &Wanted<'_>, sample: &str) -> Result<String, Unable> {
    let dialect = open.dialect();
    let word = in_case_of(word(dialect, wanted.state)?, sample, Place::FrontMatter);
    let by = match (wanted.by, dialect) {
        (Some(_), _) if is_typed(open) => String::new(),
        (Some(other), Dialect::Madr4) => {
            format!(" by {}", other.code.clone().unwrap_or_else(|| other.coded()))
        }
        (Some(other), _) => format!(" by {}", other.coded()),
        (None, _) => String::new(),
    };
    // The status of a typed record is one of a few words; MADR's is a text.
    let free = matches!(dialect, Dialect::Madr3 | Dialect::Madr4 | Dialect::Madr1 | Dialect::Plain);
    match wanted.note {
        Some(_) if !free => Err(Unable::NoNote { dialect }),
        Some(note) => Ok(format!("{word}{by} ({note})")),
        None => Ok(word + &by + &dated(sample, wanted.today).unwrap_or_default()),
    }
}

/// Returns what stands with a state and tells its day, with the day of the change: ` - 2024-03-01` of
/// `Accepted - 2024-03-01`. A day in any other form is not written anew.
fn dated(status: &str, today: Date) -> Option<String> {
    let found = day::find(status)?;
    let written = Date::parse(&status[found.start..found.end])?.to_string();
    let words = status[..found.start].trim_end_matches(|sign: char| !sign.is_alphanumeric());
    let known = status::parse(words).is_some_and(|status| status.state != State::Unknown);
    let alone = status.matches(written.as_str()).count() == 1;
    (known && alone).then(|| status[words.len()..].replacen(&written, &today.to_string(), 1))
}

/// Returns the word for a state, in the case that the form has by itself.
fn word(dialect: Dialect, state: State) -> Result<&'static str, Unable> {
    let none = Err(Unable::NoWord { dialect, state });
    Ok(match (dialect, state) {
        (_, State::Unknown) => return none,
        // https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml
        (Dialect::Kep | Dialect::Openshift, State::Proposed) => "provisional",
        (Dialect::Kep | Dialect::Openshift, State::Accepted) => "implementable",
        (Dialect::Kep | Dialect::Openshift, State::Deprecated) => return none,
        (Dialect::Kep | Dialect::Openshift, State::Superseded) => "replaced",
        // https://eips.ethereum.org/EIPS/eip-1
        (Dialect::Eip, State::Proposed) => "Draft",
        (Dialect::Eip, State::Accepted) => "Final",
        (Dialect::Eip, State::Rejected) => "Withdrawn",
        (Dialect::Eip, State::Deprecated) => return none,
        (Dialect::Eip, State::Superseded) => "Superseded",
        // https://github.com/emberjs/rfcs#stages
        (Dialect::EmberRfc, State::Rejected) => "closed",
        (Dialect::EmberRfc, State::Deprecated) => "discontinued",
        (Dialect::EmberRfc, State::Superseded) => return none,
        (_, state) => state.name(),
    })
}

/// Writes a word as the sample is written: `ACCEPTED`, `Accepted`, `accepted`. Without a sample, sections and lines
/// begin with a capital and keys do not.
fn in_case_of(word: &str, sample: &str, place: Place) -> String {
    let letters: Vec<char> = sample.chars().filter(|letter| letter.is_alphabetic()).take(8).collect();
    let capital = || word[..1].to_uppercase() + &word[1..];
    match letters.first() {
        Some(_) if letters.len() > 2 && letters.iter().all(|letter| letter.is_uppercase()) => word.to_uppercase(),
        Some(first) if first.is_uppercase() => capital(),
        Some(_) => word.to_owned(),
        None if matches!(place, Place::Section) => capital(),
        None => word.to_owned(),
    }
}
