//! The shape of a collection: how its records are named and called, as one folder's files have it in common.
//!
//! What a text says in a given shape is a function of both; `collection` learns the shape from all members.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::decision::words::name::{self, number_of_name, numbered};
use crate::path::BookPath;

/// How the records of one folder are named, and what people call them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Shape {
    /// The folder of the collection.
    pub folder: BookPath,
    /// Whether each record has a folder of its own, whose `README.md` or `index.md` it is.
    pub(in crate::decision) by_folder: bool,
    /// What stands before the numbers of names, in lower case without signs at its ends: `tep`, `abc-adr`.
    pub(in crate::decision) prefixes: BTreeSet<String>,
    /// What headings say before the number: `TEP`.
    pub(in crate::decision) code: Option<String>,
    /// Keys of front matter that several of its records have.
    pub(in crate::decision) keys: BTreeSet<String>,
    /// What its templates hold for title and relations, so that a record which still has it states nothing.
    pub(in crate::decision) leftovers: BTreeSet<String>,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            folder: BookPath::root(),
            by_folder: false,
            prefixes: BTreeSet::new(),
            code: None,
            keys: BTreeSet::new(),
            leftovers: BTreeSet::new(),
        }
    }
}

impl Shape {
    /// Returns the shape that a folder has before anything is learnt of it.
    pub fn of_folder(folder: BookPath) -> Self {
        Self { folder, ..Self::default() }
    }

    /// Returns the shape that a path alone gives its folder.
    pub fn of_path(path: &BookPath) -> Self {
        Self::of_folder(name::collection_of(path))
    }

    /// Returns what a record is called where it lies: its file's name without extension, or its folder's.
    pub fn slug_of(&self, path: &BookPath) -> String {
        let is_index = matches!(path.stem().to_ascii_lowercase().as_str(), "index" | "readme");
        if self.by_folder && is_index && path.parent().parent() == self.folder && path.parent() != self.folder {
            return path.parent().name().to_owned();
        }
        name::slug_of(path)
    }

    /// Reads the number of a name of the collection.
    pub fn number_of(&self, slug: &str) -> Option<u32> {
        let own = || numbered(slug).filter(|name| self.prefixes.contains(&name.word())).and_then(|name| name.number());
        number_of_name(slug).or_else(own)
    }

    /// Says whether a word before a number makes it the number of one of these records: `TEP`, in any case.
    pub fn calls(&self, word: &str) -> bool {
        let lower = word.trim_matches(['-', '_', ' ', '#']).to_lowercase();
        let own = self.prefixes.contains(&lower) || self.code.as_ref().is_some_and(|code| code.to_lowercase() == lower);
        !lower.is_empty() && (own || self.folder_word().is_some_and(|folder| folder.eq_ignore_ascii_case(&lower)))
    }

    /// Says how the team calls a number: by the prefix of its names, else of its headings, else by the folder's word;
    /// the bare number where none says more.
    pub fn call(&self, slug: &str, number: u32) -> String {
        let name = numbered(slug).filter(|name| name.number() == Some(number));
        let digits = name.map_or_else(|| number.to_string(), |name| name.digits.to_owned());
        let prefix = name.map(|name| name.prefix.trim_matches(['-', '_', ' ', '#', '.'])).unwrap_or_default();
        let word = match prefix {
            "" => self.code.clone().or_else(|| self.folder_word()),
            prefix if prefix.contains(char::is_uppercase) => Some(prefix.to_owned()),
            prefix => Some(prefix.to_uppercase()),
        };
        word.map_or(digits.clone(), |word| format!("{word}-{digits}"))
    }

    /// The word that the names of folders have for their records: `teps` holds TEPs.
    fn folder_word(&self) -> Option<String> {
        self.folder.names().collect::<Vec<_>>().into_iter().rev().find_map(word_of_folder)
    }
}

/// Folders whose records are called ADR, although they have another name.
const OF_ADR: &[&str] = &[
    "adr",
    "adl",
    "madr",
    "decisions",
    "decision-records",
    "architecture-decisions",
    "architecture-decision-records",
    "architecture-decision-record",
    "architectural-decisions",
    "architecture_decisions",
    "decision_records",
    "decision-log",
    "architecture-decision-log",
];

/// Ends of the acronyms that teams give their proposals: enhancement, improvement, design, decision, request.
const ENDS: &[&str] = &["ep", "ip", "dr", "fc", "fd", "rd", "crc", "pr"];

/// Returns the word for the records of a folder: `ADR`, `RFC`, `TEP`.
fn word_of_folder(folder: &str) -> Option<String> {
    let lower = folder.to_lowercase();
    let one = lower.strip_suffix('s').unwrap_or(&lower);
    if OF_ADR.contains(&lower.as_str()) || one == "adr" {
        return Some("ADR".to_owned());
    }
    let is_acronym = (2..=5).contains(&one.len()) && one.bytes().all(|byte| byte.is_ascii_lowercase());
    let no_words =
        ["step", "deep", "keep", "tip", "clip", "chip", "ship", "zip", "hip", "sleep", "word", "card", "strip"];
    (is_acronym && ENDS.iter().any(|end| one.ends_with(end)) && !no_words.contains(&one)).then(|| one.to_uppercase())
}

/// Names of folders that often hold proposals, beside those whose word is an acronym.
const HINTS: &[&str] = &[
    "proposals",
    "proposal",
    "design-proposals",
    "designs",
    "design-docs",
    "enhancements",
    "text",
    "application",
    "concepts",
    "features",
    "improvements",
    "improvement-proposals",
    "accepted",
    "active",
    "proposed",
];

/// Says whether the name of a folder speaks of proposals, so that little more is needed to believe it.
pub(in crate::decision) fn is_hint(folder: &str) -> bool {
    HINTS.contains(&folder.to_lowercase().as_str()) || word_of_folder(folder).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_called_as_the_team_calls_it() {
        let shape = |folder: &str, prefixes: &[&str], code: Option<&str>| Shape {
            folder: BookPath::new(folder).unwrap(),
            prefixes: prefixes.iter().map(|prefix| (*prefix).to_owned()).collect(),
            code: code.map(str::to_owned),
            ..Shape::default()
        };
        for (shape, slug, number, expected) in [
            (shape("docs/adr", &[], None), "0012-use-x", 12, "ADR-0012"),
            (shape("docs/decisions", &[], None), "0012-use-x", 12, "ADR-0012"),
            (shape("docs/adr", &["a"], None), "A-10-use-x", 10, "A-10"),
            (shape("FIPS", &["fip"], None), "fip-0015", 15, "FIP-0015"),
            (shape("teps", &[], None), "0044-use-x", 44, "TEP-0044"),
            (shape("proposals", &[], Some("SE")), "0044-use-x", 44, "SE-0044"),
            (shape("proposals", &[], None), "0044-use-x", 44, "0044"),
            (shape("proposals", &[], None), "use-x", 44, "44"),
        ] {
            assert_eq!(shape.call(slug, number), expected);
        }
    }
}
