//! What a build depends on, and what it still wants to know.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::file::Source;
use crate::path::BookPath;
use crate::revision::Revision;

/// Everything that a build depends on.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// The name of the book's folder, for a book without a title.
    pub folder_name: String,
    /// The names of all files of the book.
    pub listing: BTreeSet<BookPath>,
    /// The files that were read so far.
    pub sources: BTreeMap<BookPath, Source>,
    /// What was found wrong while reading.
    pub diagnostics: Vec<Diagnostic>,
    /// What the command line asks for beyond the settings.
    pub overrides: Overrides,
    /// The day on which reviews are due or not; nothing is due without it.
    pub today: Option<Date>,
    /// The repository around the book.
    pub repository: Repository,
}

/// What the command line asks for beyond `book.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Build drafts too.
    pub drafts: bool,
    /// Codes whose findings shall stop the build.
    pub deny: BTreeSet<Code>,
    /// Whether every finding that is shown shall stop the build.
    pub deny_all: bool,
}

/// The repository around the book.
#[derive(Debug, Clone, Default)]
pub struct Repository {
    /// The book's folder below the repository's root, empty where the book is the whole.
    pub folder: String,
    /// The text of its CODEOWNERS.
    pub codeowners: Option<String>,
    /// What git tells.
    pub answers: Answers,
}

/// What git tells, when it is asked.
#[derive(Debug, Clone, Default)]
pub enum Answers {
    /// There is no git.
    #[default]
    None,
    /// It was not asked yet.
    Unasked,
    /// It told.
    Known(Arc<Known>),
}

/// What git told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The files of the repository, from its root.
    pub files: BTreeSet<String>,
    /// The commits that touched a file of the book, newest first.
    pub history: BTreeMap<BookPath, Vec<Revision>>,
    /// Set where the clone holds the last commits only.
    pub is_shallow: bool,
}

impl Answers {
    /// Returns what is known.
    pub fn known(&self) -> Option<&Known> {
        match self {
            Self::Known(known) => Some(known),
            Self::None | Self::Unasked => None,
        }
    }
}

/// What a build wants to know before it can go on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wants {
    /// Files of the listing; what cannot be read must leave the listing.
    pub files: BTreeSet<BookPath>,
    /// Folders whose history in git is wanted, with the files of the repository.
    pub history: BTreeSet<BookPath>,
}

impl Wants {
    pub(super) fn files(files: BTreeSet<BookPath>) -> Self {
        Self { files, history: BTreeSet::new() }
    }
}
