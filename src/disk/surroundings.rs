//! The repository around a book: where it begins, its CODEOWNERS, and what git tells when it is asked.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::build::{Answers, Known, Repository};
use crate::diagnostic::{Code, Diagnostic};
use crate::history;
use crate::owner::PLACES;
use crate::path::BookPath;
use crate::revision::Revision;

/// The repository around a book. It remembers what git told of a commit.
#[derive(Debug)]
pub(super) struct Surroundings {
    /// The nearest folder at or above the book with a `.git`, else the book's own.
    root: PathBuf,
    /// The book's folder below that, separated by `/`.
    folder: String,
    has_git: bool,
    history: Option<(Key, BTreeMap<BookPath, Vec<Revision>>)>,
}

/// What a history depends on: the commit, and the folders that were asked for.
type Key = (Option<String>, BTreeSet<BookPath>);

impl Surroundings {
    pub(super) fn of(book: &Path) -> Self {
        let found = book.ancestors().find(|folder| folder.join(".git").exists());
        let root = found.unwrap_or(book).to_owned();
        let below = book.strip_prefix(&root).unwrap_or(Path::new(""));
        let folder: Vec<String> =
            below.components().map(|name| name.as_os_str().to_string_lossy().into_owned()).collect();
        Self { folder: folder.join("/"), root, has_git: found.is_some(), history: None }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns what is known without asking git.
    pub(super) fn repository(&self, book: &Path) -> Repository {
        let places = PLACES.iter().flat_map(|place| [self.root.join(place), book.join(place)]);
        Repository {
            folder: self.folder.clone(),
            codeowners: places.map(fs::read_to_string).find_map(Result::ok),
            answers: if self.has_git { Answers::Unasked } else { Answers::None },
        }
    }

    /// Asks git for the files, and for the history of folders of the book. Where it fails there is a finding, and the
    /// book is built without.
    pub(super) fn ask(&mut self, folders: &BTreeSet<BookPath>, diagnostics: &mut Vec<Diagnostic>) -> Answers {
        match self.answers(folders) {
            Ok(answers) => answers,
            Err(error) => {
                diagnostics.push(Diagnostic::new(Code::Unreadable, &BookPath::root(), error.to_string()));
                Answers::None
            }
        }
    }

    fn answers(&mut self, folders: &BTreeSet<BookPath>) -> Result<Answers, history::Error> {
        let Some(repository) = history::Repository::discover(&self.root)? else { return Ok(Answers::None) };
        let key = (repository.head()?, folders.clone());
        let history = match self.history.take() {
            Some((known, history)) if known == key => history,
            _ => self.read_history(&repository, folders)?,
        };
        let known = Known {
            files: repository.files()?.into_iter().collect(),
            history: history.clone(),
            is_shallow: repository.is_shallow()?,
        };
        self.history = Some((key, history));
        Ok(Answers::Known(Arc::new(known)))
    }

    fn read_history(
        &self,
        repository: &history::Repository,
        folders: &BTreeSet<BookPath>,
    ) -> Result<BTreeMap<BookPath, Vec<Revision>>, history::Error> {
        let from_root = |folder: &BookPath| match (self.folder.as_str(), folder.as_str()) {
            ("", folder) => folder.to_owned(),
            (book, "") => book.to_owned(),
            (book, folder) => format!("{book}/{folder}"),
        };
        let folders: Vec<String> = folders.iter().map(from_root).collect();
        let folders: Vec<&str> =
            folders.iter().map(|folder| if folder.is_empty() { "." } else { folder.as_str() }).collect();
        let log = repository.log(&folders)?;
        let prefix = if self.folder.is_empty() { String::new() } else { format!("{}/", self.folder) };
        let of_book = log
            .into_iter()
            .filter_map(|(path, revisions)| Some((BookPath::new(path.strip_prefix(&prefix)?).ok()?, revisions)));
        Ok(of_book.collect())
    }
}
