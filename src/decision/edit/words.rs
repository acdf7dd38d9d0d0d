//! The words of each form: for a state, and for another record.

use super::{Open, Unable, Wanted};
use crate::decision::record::Place;
use crate::decision::words::dialect::Dialect;
use crate::decision::words::status::State;

/// Another record, as the record that names it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Its number.
    pub number: Option<u32>,
    /// The name by its number, `ADR-0012`; nothing where it has none or shares it.
    pub code: Option<String>,
    /// Its name in its collection, or its id where that is another.
    pub slug: String,
    /// Its title, without the number.
    pub title: String,
    /// The link to it.
    pub link: String,
    /// The id that a typed record names it by.
    pub id: String,
}

impl Other {
    /// `[12. Use MySQL](0012-use-mysql.md)`, as adr-tools writes it.
    pub(super) fn titled(&self) -> String {
        let number = self.number.map_or(String::new(), |number| format!("{number}. "));
        format!("[{number}{}]({})", label(&self.title), self.link)
    }

    /// `[ADR-0012](0012-use-mysql.md)`, as MADR writes it.
    pub(super) fn coded(&self) -> String {
        format!("[{}]({})", self.code.as_ref().unwrap_or(&self.slug), self.link)
    }

    /// `[20240116-use-mysql](20240116-use-mysql.md)`, as log4brains writes it.
    pub(super) fn slugged(&self) -> String {
        format!("[{}]({})", self.slug, self.link)
    }

    /// What it is called in running text of a form.
    pub(super) fn mention(&self, dialect: Dialect) -> String {
        match dialect {
            Dialect::Madr1 | Dialect::Madr2 | Dialect::Madr3 | Dialect::Madr4 | Dialect::RustRfc => self.coded(),
            Dialect::BoldBullets | Dialect::Fields => self.coded(),
            Dialect::Log4brains => self.slugged(),
            _ => self.titled(),
        }
    }
}

/// A title as the label of a link: brackets that do not match would end it.
fn label(title: &str) -> String {
    let mut depth = 0i32;
    let balanced = title.chars().all(|letter| {
        depth += i32::from(letter == '[') - i32::from(letter == ']');
        depth >= 0
    });
    if balanced && depth == 0 { title.to_owned() } else { title.replace(['[', ']'], "") }
}

/// Returns the words of a status in the text.
pub(super) fn plain(open: &Open<'_>, place: Place, wanted: &Wanted<'_>, sample: &str) -> Result<String, Unable> {
    let word = in_case_of(word(open.dialect(), wanted.state)?, sample, place);
    let note = wanted.note.map_or(String::new(), |note| format!(" ({note})"));
    Ok(match wanted.by {
        Some(other) => format!("{word} by {}{note}", other.mention(open.dialect())),
        None => word + &note,
    })
}

/// Returns the value of a status as a key has it.
pub(super) fn keyed(open: &Open<'_>, wanted: &Wanted<'_>, sample: &str) -> Result<String, Unable> {
    let dialect = open.dialect();
    let word = in_case_of(word(dialect, wanted.state)?, sample, Place::FrontMatter);
    let by = match (wanted.by, dialect) {
        (Some(_), _) if open.is_typed() => String::new(),
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
        None => Ok(word + &by),
    }
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
