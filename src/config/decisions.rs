//! `[decisions]`: which folders hold decisions, which hold none, and in what form they are written.

use super::reader::Reader;
use crate::decision::Dialect;
use crate::path::BookPath;

/// Where decisions are, and how they are written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decisions {
    /// Folders whose pages are decisions, by name or by path below the pages.
    pub folders: Vec<String>,
    /// Whether a setting names them.
    pub folders_are_set: bool,
    /// Files and folders, from the book's root, that hold none although they look so.
    pub exclude: Vec<BookPath>,
    /// The form of the records of a file or folder, where it is detected wrongly.
    pub dialects: Vec<(BookPath, Dialect)>,
}

impl Decisions {
    /// Says whether a setting says that a file is no decision.
    pub fn excludes(&self, path: &BookPath) -> bool {
        self.exclude.iter().any(|place| path.is_within(place))
    }

    /// Returns the form that a setting gives a file; the deepest folder counts.
    pub fn dialect_of(&self, path: &BookPath) -> Option<Dialect> {
        let fitting = self.dialects.iter().filter(|(place, _)| path.is_within(place));
        fitting.max_by_key(|(place, _)| place.as_str().len()).map(|(_, dialect)| *dialect)
    }
}

/// Folder names that hold decisions in the projects that keep them.
const DECISION_FOLDERS: &[&str] = &[
    "adr",
    "adrs",
    "decisions",
    "decision-records",
    "architecture-decisions",
    "architecture-decision-records",
    "madr",
    "rfcs",
    "rfc",
    "architecture-decision-record",
    "architectural-decisions",
    "architecture_decisions",
    "decision_records",
    "adl",
];

pub(super) fn read_decisions(table: &mut Reader<'_>) -> Decisions {
    let names: Vec<(&str, Dialect)> = Dialect::ALL.iter().map(|dialect| (dialect.name(), *dialect)).collect();
    let set = table.texts("folders");
    Decisions {
        folders_are_set: set.is_some(),
        folders: set.unwrap_or_else(|| DECISION_FOLDERS.iter().map(|name| (*name).to_owned()).collect()),
        exclude: table.paths("exclude"),
        dialects: table.table("dialects", |table| table.choices_by_path(&names)),
    }
}
