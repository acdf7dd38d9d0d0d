//! The status of a decision: words of the author's, and which of five states they mean.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::decision::words::beginnings::Beginnings;
use crate::decision::words::fillers::FILLERS;
use crate::decision::words::link::begin_of;
use crate::decision::words::part::{PARTLY, has_partly};
use crate::decision::words::people::is_placeholder;
use crate::decision::words::plain::plain;
use crate::decision::words::state::State;
use crate::decision::words::states::WORDS;
use crate::diagnostic::nearest;

/// A status as it is written, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Status {
    /// The state that the words mean.
    pub state: State,
    /// The author's words, without markup.
    pub text: String,
    /// What the author says beyond the state: the words after it.
    pub note: Option<String>,
    /// The word that was meant, where the author's is misspelt.
    pub meant: Option<String>,
}

/// How many words and signs without a state may stand before one.
const FILLERS_BEFORE: usize = 8;

/// More words than these that say no state are prose about the status, and none.
const UNKNOWN_WORDS: usize = 8;

/// Reads a status. A list of choices, a placeholder, prose and an empty text are none.
pub(in crate::decision) fn parse(text: &str) -> Option<Status> {
    let shown = plain(&without_struck(text));
    let shown = bare(&shown);
    let lower = shown.to_lowercase();
    if shown.is_empty() || is_choice(&lower, text) {
        return None;
    }
    let named = state_at_start(&lower);
    let misspelt = misspelt(&lower, named.as_ref());
    let state = match named {
        Some((State::Superseded, _)) if is_partial(&lower) => State::Accepted,
        Some((State::Deprecated, _)) if replaced_after_a_word(&lower) => State::Superseded,
        Some((state, _)) => state,
        None if let Some(state) = state_of_sentence(&lower) => state,
        None if let Some((state, _)) = misspelt => state,
        None if replaced_after_a_word(&lower) => State::Superseded,
        None if is_placeholder(text) || shown.split_whitespace().count() > UNKNOWN_WORDS => return None,
        None => State::Unknown,
    };
    let meant = misspelt.map(|(_, word)| word.to_owned());
    Some(Status { state, note: note(shown, &lower), text: shown.to_owned(), meant })
}

/// The words that most records have, by which a misspelt one is known.
const COMMON: &[(State, &str)] = &[
    (State::Accepted, "accepted"),
    (State::Accepted, "approved"),
    (State::Accepted, "implemented"),
    (State::Accepted, "adopted"),
    (State::Proposed, "proposed"),
    (State::Proposed, "provisional"),
    (State::Rejected, "rejected"),
    (State::Rejected, "withdrawn"),
    (State::Rejected, "abandoned"),
    (State::Deprecated, "deprecated"),
    (State::Deprecated, "obsolete"),
    (State::Superseded, "superseded"),
    (State::Superseded, "replaced"),
];

/// Spellings that are read although they are wrong.
const SLIPS: &[&str] = &["acccept", "acept", "aproved", "imlpement", "implment", "porpos", "depricat", "depreciat"];

/// Returns what a first word was meant to be that is no word of a status, and near one.
/// `named` is what [`state_at_start`] finds: most words are known, and those are compared with no others.
fn misspelt(lower: &str, named: Option<&(State, usize)>) -> Option<(State, &'static str)> {
    let word = lower.split(|letter: char| !letter.is_alphabetic()).next().filter(|word| word.len() >= 6)?;
    let unknown = named.is_none() || SLIPS.iter().any(|slip| word.starts_with(slip));
    if !unknown || !word.is_ascii() {
        return None;
    }
    let near = nearest(word, COMMON.iter().map(|(_, known)| *known))?;
    // "expected" is near "accepted", and no slip of it.
    let alike = near != word && near.as_bytes()[0] == word.as_bytes()[0];
    COMMON.iter().find(|(_, known)| *known == near && alike).copied()
}

/// Says whether a text begins with a word that means a state.
pub(in crate::decision) fn begins_with_state(text: &str) -> bool {
    parse(text).is_some_and(|status| status.state != State::Unknown && status.meant.is_none())
}

/// Says whether a text is the name of a state and nothing else, so that it means one wherever it stands.
pub(in crate::decision) fn is_name(text: &str) -> bool {
    let lower = text.to_lowercase();
    State::ALL.iter().any(|state| state.name() == lower && *state != State::Unknown)
        || ["superceded", "draft", "withdrawn", "obsolete"].contains(&lower.as_str())
}

/// Returns the status that stands in brackets before or after a title: `[Deprecated] Use X`, `Use X (superseded by 12)`.
pub(in crate::decision) fn of_title(title: &str) -> Option<&str> {
    framed(title).map(|(inner, _)| inner)
}

/// Returns a title without the status that stands in brackets before or after it.
pub(in crate::decision) fn without_frame(title: &str) -> &str {
    framed(title).map(|(_, rest)| rest).filter(|rest| !rest.is_empty()).unwrap_or(title)
}

/// Splits a title into the status in its brackets, and the rest.
fn framed(title: &str) -> Option<(&str, &str)> {
    let states = |inner: &str| inner.split([' ', ':']).next().is_some_and(is_name);
    let before = closing(title).map(|close| (&title[1..close], title[close + 1..].trim_start_matches([' ', ':', '-'])));
    let after = title.char_indices().filter(|(_, letter)| matches!(letter, '[' | '(')).find_map(|(open, _)| {
        let close = closing(&title[open..])?;
        (open + close + 1 == title.len()).then(|| (&title[open + 1..open + close], title[..open].trim_end()))
    });
    before.into_iter().chain(after).find(|(inner, _)| states(inner))
}

/// Finds the bracket that closes the one with which a text begins.
fn closing(text: &str) -> Option<usize> {
    let (open, close) = match text.chars().next()? {
        '[' => ('[', ']'),
        '(' => ('(', ')'),
        _ => return None,
    };
    let mut depth = 0usize;
    text.char_indices().take_while(|(at, _)| *at < 300).find_map(|(at, letter)| {
        depth += usize::from(letter == open);
        depth -= usize::from(letter == close && depth > 0);
        (depth == 0 && letter == close).then_some(at)
    })
}

/// Finds a later sentence that is hardly more than a state: "This supersedes ADR-1. Accepted."
fn state_of_sentence(lower: &str) -> Option<State> {
    let short = |sentence: &&str| (1..=2).contains(&sentence.split_whitespace().count());
    let known = |sentence: &str| state_at_start(sentence).map(|(state, _)| state);
    lower.split(". ").skip(1).filter(short).find_map(known)
}

/// Drops the signs around a status: quotes, marks, arrows from what is struck through, brackets that frame it all.
fn bare(shown: &str) -> &str {
    let loose = |letter: char| matches!(letter, '"' | '\'' | '`' | '*' | '_' | '→' | '⇒' | '>' | ' ' | '|');
    let mut shown = shown.trim_matches(loose).trim_start_matches("-> ");
    shown = shown.strip_suffix('.').filter(|rest| !rest.ends_with('.')).unwrap_or(shown);
    for (open, close) in [('{', '}'), ('[', ']'), ('(', ')')] {
        let inner = shown.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        shown = inner.map_or(shown, |inner| inner.trim_matches(loose));
    }
    shown
}

/// Says whether a text, in lower case, speaks of only a part of the decision.
pub(in crate::decision) fn is_partial(lower: &str) -> bool {
    let at = REPLACED.iter().find_map(|word| lower.find(word));
    at.is_some_and(|at| has_partly(&lower[..at]))
        || lower.starts_with("partly")
        || ["supersed", "superced"].iter().filter_map(|word| lower.find(word)).any(|at| speaks_of_part(&lower[at..]))
        || lower.contains("superseded in part")
        || lower.contains("superseded partially")
}

/// Beginnings of the words for what was replaced.
const REPLACED: &[&str] = &[
    "supersed",
    "superced",
    "replaced",
    "ersetzt",
    "abgelöst",
    "remplac",
    "reemplaz",
    "sustitu",
    "substitu",
    "sostitu",
    "vervang",
];

/// Says whether what follows "superseded" names a part: "superseded parts", "superseded for billing only".
fn speaks_of_part(from: &str) -> bool {
    let mut words = from.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).skip(1);
    matches!(words.next(), Some("part" | "parts" | "portion" | "portions" | "section" | "sections" | "for"))
}

static STATES: LazyLock<Beginnings<State>> = LazyLock::new(|| {
    Beginnings::new(WORDS.iter().flat_map(|(state, words)| words.iter().map(move |word| (*word, *state))))
});

static SKIPPED: LazyLock<Beginnings<()>> =
    LazyLock::new(|| Beginnings::new(FILLERS.iter().chain(PARTLY).map(|filler| (*filler, ()))));

/// Returns the state that the first words mean, and how many bytes they take.
fn state_at_start(lower: &str) -> Option<(State, usize)> {
    let mut rest = without_stage(lower);
    for _ in 0..FILLERS_BEFORE {
        let named = without_shortcodes(rest);
        let bare = named.trim_start_matches(|letter: char| !letter.is_alphanumeric() && !is_pictogram(letter));
        let found = STATES.of(bare);
        let filler = SKIPPED.of(bare).map(|(filler, ())| filler);
        // "Currently proposed" begins with a filler, although "current" alone is a state.
        let found = found.filter(|(word, _)| filler.is_none_or(|filler| filler.len() <= word.len()));
        if let Some((word, state)) = found {
            // A pictogram that a word follows means what the word means.
            let after = bare[word.len()..].trim_start_matches(|letter: char| !letter.is_alphanumeric());
            if !word.starts_with(char::is_alphanumeric)
                && let Some(said) = state_at_start(after)
            {
                return Some((said.0, lower.len() - after.len() + said.1));
            }
            return Some((state, lower.len() - bare.len() + word.len()));
        }
        let after = filler.map(|filler| &bare[filler.len()..]).filter(|after| after.starts_with([' ', ':', '-']));
        let pictogram = bare.chars().next().filter(|first| is_pictogram(*first)).map(|first| &bare[first.len_utf8()..]);
        let dated = crate::decision::words::day::find(begin_of(bare, 40))
            .filter(|found| found.start == 0)
            .map(|found| &bare[found.end..]);
        rest = after.or(pictogram).or(dated).filter(|rest| rest.len() < bare.len())?;
    }
    None
}

/// Drops the number of a stage before its name: `3 (finished)`, `stage 0: strawperson`, `x (abandoned)`.
fn without_stage(lower: &str) -> &str {
    let begin = lower.strip_prefix("stage ").unwrap_or(lower);
    let rest = begin.strip_prefix(|first: char| first.is_ascii_digit() || first == 'x').unwrap_or(lower);
    let name = rest.trim_start_matches(' ');
    if name.starts_with(['(', ':', '-', '–']) { name } else { lower }
}

/// Drops the pictograms at the beginning of a text that are written as `:white_check_mark:`.
fn without_shortcodes(text: &str) -> &str {
    let name_like = |name: &&str| {
        let sign = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_+-".contains(letter);
        !name.is_empty() && name.chars().all(sign)
    };
    let code = text.trim_start().strip_prefix(':').and_then(|rest| rest.split_once(':'));
    code.filter(|(name, _)| name_like(name)).map_or(text, |(_, rest)| without_shortcodes(rest))
}

fn is_pictogram(letter: char) -> bool {
    matches!(u32::from(letter), 0x2190..=0x2BFF | 0x1F000..=0x1FAFF)
}

/// What follows the word of the state: "see ADR-3" of "Rejected (see ADR-3)".
fn note(shown: &str, lower: &str) -> Option<String> {
    let (_, end) = state_at_start(lower)?;
    // Lower case may have other bytes than the text itself; then there is no telling where the word ends.
    let rest = shown.get(end..).filter(|_| shown.len() == lower.len())?;
    let rest = rest
        .trim_start_matches(char::is_alphanumeric)
        .trim_start_matches([' ', ',', '.', ':', '-', '–', '—', ';', '/', '·', '•']);
    let rest = rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(rest).trim();
    (!rest.is_empty()).then(|| rest.to_owned())
}

/// Says whether a text names the states that one may choose from, as templates do.
fn is_choice(lower: &str, written: &str) -> bool {
    let states = |separator: char| -> Vec<State> {
        if !lower.contains(separator) {
            return Vec::new();
        }
        let parts = lower.split(separator).map(|part| part.trim_matches(['{', '[', '(', ' ']));
        parts.filter_map(|part| state_at_start(part).map(|(state, _)| state)).collect()
    };
    let different = |mut states: Vec<State>| {
        states.sort();
        states.dedup();
        states.len()
    };
    let framed = written.trim().starts_with(['{', '[', '<']);
    different(states('|')) >= 2
        || framed && states('|').len() >= 2
        || states('/').len() >= 3
        || different(states(',')) >= 3
        || lower.starts_with("what is the status")
}

/// Says whether a word that nobody knows is followed by what replaced the record: "Historic – superseded by ADR 4".
fn replaced_after_a_word(lower: &str) -> bool {
    let parts = [" – ", " — ", " - ", ": ", ", ", "; ", " ("].iter().filter_map(|sign| lower.split_once(sign));
    let begins =
        |rest: &str| ["superseded by", "superceded by", "replaced by"].iter().any(|verb| rest.starts_with(verb));
    parts.into_iter().any(|(word, rest)| word.split_whitespace().count() <= 2 && begins(rest.trim_start()))
}

/// Drops what is struck through.
fn without_struck(text: &str) -> String {
    let mut out = String::new();
    let mut parts = text.split("~~");
    while let Some(kept) = parts.next() {
        out += kept;
        parts.next();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_states() {
        for (text, state, note) in [
            ("Accepted", State::Accepted, None),
            ("✅ Accepted", State::Accepted, None),
            ("❌ Rejected (see [019](019-x.md))", State::Rejected, Some("see 019")),
            ("Accepted, Implemented", State::Accepted, Some("Implemented")),
            ("*deprecated*", State::Deprecated, None),
            ("**superseded by [MADR-077](./077.md)**", State::Superseded, Some("by MADR-077")),
            ("Superceded by [3. Z](0003-z.md)", State::Superseded, Some("by 3. Z")),
            ("Partly superseded by ADR-3", State::Accepted, None),
            ("{ accepted }", State::Accepted, None),
            ("{ in-progress }", State::Proposed, None),
            ("approved", State::Accepted, None),
            ("not accepted", State::Rejected, None),
            ("Not yet accepted", State::Proposed, None),
            ("No longer relevant", State::Deprecated, None),
            ("Last Call", State::Proposed, None),
            ("imlpemented", State::Accepted, None),
            ("~~Proposed~~ Accepted", State::Accepted, None),
            ("2020-01-02: accepted", State::Accepted, None),
            ("This decision has been accepted", State::Accepted, None),
            ("Moved", State::Deprecated, None),
            ("Stagnant", State::Proposed, None),
            ("Abgelehnt", State::Rejected, None),
            ("已接受", State::Accepted, None),
            ("Wibble", State::Unknown, None),
            ("Implemented (Swift 3.0)", State::Accepted, Some("Swift 3.0")),
            ("~~Proposed~~ → Accepted", State::Accepted, None),
            ("{ superseded by [ADR-0001](0001-x.md) }", State::Superseded, Some("by ADR-0001")),
            ("Zaakceptowano", State::Accepted, None),
            ("This ADR supersedes ADR-0001. Accepted.", State::Accepted, None),
            (":white_check_mark: Accepted", State::Accepted, None),
            (":x: Rejected (too slow)", State::Rejected, Some("too slow")),
        ] {
            let status = parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(status.state, state, "{text}");
            if note.is_some() {
                assert_eq!(status.note.as_deref(), note, "{text}");
            }
        }
    }

    #[test]
    fn a_template_states_nothing() {
        for text in [
            "",
            "[proposed | rejected | accepted | deprecated | … | superseded by [ADR-0005](0005-example.md)] <!-- optional -->",
            "{proposed | rejected | accepted}",
            "What is the status, such as proposed, accepted, rejected, deprecated, superseded, etc.?",
            "Proposed, Accepted, Rejected",
            "<!-- a comment -->",
            "{DRAFT | PROPOSED} Not Implemented",
            "_Draft / In Review / Implementing Actions / Final_",
            "{the status of this record, in a few words}",
            "We went through several rounds of talks and the outcome depends on whom you ask",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
