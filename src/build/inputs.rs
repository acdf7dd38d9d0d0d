//! What a build depends on, and what it still wants to know.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::past::{Ends, Held, Stretch, Week};
use crate::config::Setting;
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::file::Source;
use crate::fingerprint::Fingerprint;
use crate::path::BookPath;
use crate::revision::Revision;
use crate::time::Zone;

/// Everything that a build depends on.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// The name of the book's folder, for a book without a title.
    pub folder_name: String,
    /// The names of all files of the book.
    pub listing: BTreeSet<BookPath>,
    /// Folders of the book that hold an earlier site, as the manifests in them say. What lies there is in no listing.
    pub sites: BTreeSet<BookPath>,
    /// Folders that are vaults of Obsidian, which keeps a folder of its own in each; the root where one above it is. The
    /// comments in what lies there are for their authors alone.
    pub vaults: BTreeSet<BookPath>,
    /// The files that were read so far.
    pub sources: BTreeMap<BookPath, Source>,
    /// Files that need not be read, since they are as they were when these fingerprints were taken of their bytes.
    pub unread: BTreeMap<BookPath, Fingerprint>,
    /// What was found wrong while reading.
    pub diagnostics: Vec<Diagnostic>,
    /// What the command line asks for beyond the settings.
    pub overrides: Overrides,
    /// The day on which reviews are due or not; nothing is due without it.
    pub today: Option<Date>,
    /// The repository around the book.
    pub repository: Repository,
    /// What the caller says of the settings.
    pub given: Given,
    /// What files of earlier states held, by the hash of git.
    pub contents: BTreeMap<String, Held>,
    /// What happened between two commits.
    pub stretches: BTreeMap<Ends, Stretch>,
}

impl Inputs {
    /// Returns the fingerprint of a file's bytes, where it is known.
    pub fn fingerprint_of(&self, path: &BookPath) -> Option<Fingerprint> {
        let read = self.sources.get(path).map(|source| source.fingerprint);
        read.or_else(|| self.unread.get(path).copied())
    }
}

/// What the caller says of the settings beyond `book.toml`.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Settings that hold whatever the file says.
    pub settings: Vec<Setting>,
    /// Whether what the book brings may shape the site.
    pub trust: Trust,
    /// A file of before, which holds while that of the book cannot be read as TOML or is not there.
    pub earlier: Option<Source>,
}

/// Whether what a book brings may shape its site beyond text and images.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Trust {
    /// Its settings come from its owner: the theme, scripts, and raw HTML where it says so.
    #[default]
    Owner,
    /// All of it may come from a stranger: no theme, style sheet or script, no raw HTML, no file for the host; git is not
    /// asked.
    Nobody,
}

/// What the command line asks for beyond `book.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
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
    /// The last weeks in which the book changed, newest first.
    pub weeks: Vec<Week>,
    /// Set where the clone holds the last commits only.
    pub is_cut: bool,
    /// Set where the clone lacks the contents of old files.
    pub lacks_contents: bool,
}

impl Known {
    /// Says what is not known of the past.
    pub(super) fn gaps(&self) -> impl Iterator<Item = Diagnostic> + use<> {
        let gap = |message: &str, help: &str| {
            Diagnostic::new(Code::IncompleteHistory, &BookPath::root(), message.to_owned()).help(help)
        };
        let cut = self.is_cut.then(|| {
            gap(
                "the clone holds the last commits only, so it is not known who changed what before",
                "`git fetch --unshallow` brings the rest; in CI, ask the checkout for the whole history (`fetch-depth: 0`)",
            )
        });
        let lacking = self.lacks_contents.then(|| {
            gap(
                "the clone lacks the contents of old files, so files that were renamed and changed at once have no history before, and what changed in the last weeks may not be told",
                "`git fetch --refetch --no-filter` brings them; nothing is fetched by itself",
            )
        });
        cut.into_iter().chain(lacking)
    }
}

impl Answers {
    /// Takes back what was told of the last weeks, since contents of old files are missing.
    pub fn forget_weeks(&mut self) {
        if let Self::Known(known) = self {
            let known = Arc::make_mut(known);
            known.weeks.clear();
            known.lacks_contents = true;
        }
    }

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
    /// Whether the last weeks of the book are wanted too, and the zone whose days they have.
    pub weeks: Option<Box<Zone>>,
    /// Contents of files of earlier states, by the hash of git.
    pub contents: BTreeSet<String>,
    /// What happened between two commits.
    pub stretches: BTreeSet<Ends>,
}

impl Wants {
    pub(super) fn files(files: BTreeSet<BookPath>) -> Self {
        Self { files, ..Self::default() }
    }
}
