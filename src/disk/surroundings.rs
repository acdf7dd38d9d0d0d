//! The repository around a book: where it begins, its CODEOWNERS, and what git tells when it is asked.

mod past;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::read;
use crate::build::{Answers, Held, Known, Repository, Wants, Week};
use crate::diagnostic::{Code, Diagnostic};
use crate::fingerprint::Fingerprint;
use crate::history;
use crate::owner::PLACES;
use crate::path::BookPath;
use crate::revision::Revision;
use crate::time::Zone;

/// The largest CODEOWNERS that is read, in bytes; GitHub takes 3 MB.
const LARGEST: u64 = 3 << 20;

/// The repository around a book. It remembers what git told of a commit.
#[derive(Debug)]
pub(super) struct Surroundings {
    /// The nearest folder at or above the book with a `.git`, else the book's own.
    root: PathBuf,
    /// The book's folder below that, separated by `/`.
    folder: String,
    has_git: bool,
    history: Option<(Key, Told)>,
    /// The fingerprint of all that git was asked for and told last.
    told: Option<Fingerprint>,
}

/// What git told of the past of the book's files.
#[derive(Debug, Clone)]
struct Told {
    history: BTreeMap<BookPath, Vec<Revision>>,
    weeks: Vec<Week>,
    is_cut: bool,
    lacks_contents: bool,
}

/// What a history depends on: the commit, the folders that were asked for, and the zone of the weeks.
type Key = (Option<String>, BTreeSet<BookPath>, Option<Box<Zone>>);

impl Surroundings {
    pub(super) fn of(book: &Path) -> Self {
        let found = book.ancestors().find(|folder| folder.join(".git").exists());
        let root = found.unwrap_or(book).to_owned();
        let below = book.strip_prefix(&root).unwrap_or(Path::new(""));
        let folder: Vec<String> =
            below.components().map(|name| name.as_os_str().to_string_lossy().into_owned()).collect();
        Self { folder: folder.join("/"), root, has_git: found.is_some(), history: None, told: None }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns what is known without asking git, and what is wrong with it.
    pub(super) fn repository(&self, book: &Path) -> (Repository, Option<Diagnostic>) {
        let places = PLACES.iter().flat_map(|place| [self.root.join(place), book.join(place)]);
        let mut trouble = None;
        let mut read = |place: PathBuf| match read::regular(&place, LARGEST) {
            Ok(content) => Some(String::from_utf8_lossy(&content).into_owned()),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => None,
            Err(error) => {
                let name = place.strip_prefix(&self.root).unwrap_or(&place).display();
                let message = format!("`{name}` cannot be read, so it names no owners: {error}");
                trouble.get_or_insert(Diagnostic::new(Code::Unreadable, &BookPath::root(), message));
                None
            }
        };
        let repository = Repository {
            folder: self.folder.clone(),
            codeowners: places.into_iter().find_map(&mut read),
            answers: if self.has_git { Answers::Unasked } else { Answers::None },
        };
        (repository, trouble)
    }

    /// Asks git for the files, and for the history of folders of the book. Where it fails there is a finding, and the
    /// book is built without.
    pub(super) fn ask(&mut self, wants: &Wants, diagnostics: &mut Vec<Diagnostic>) -> Answers {
        match self.answers(wants) {
            Ok(answers) => answers,
            Err(error) => {
                diagnostics.push(Diagnostic::new(Code::Unreadable, &BookPath::root(), error.to_string()));
                Answers::None
            }
        }
    }

    fn answers(&mut self, wants: &Wants) -> Result<Answers, history::Error> {
        let Some(repository) = history::Repository::discover(&self.root)? else { return Ok(Answers::None) };
        let head = repository.head()?;
        let key = (head.clone(), wants.history.clone(), wants.weeks.clone());
        let told = match self.history.take() {
            Some((known, told)) if known == key => told,
            _ => {
                let told = self.read_history(&repository, &wants.history)?;
                match wants.weeks.as_ref().zip(head.as_deref()) {
                    Some((zone, head)) => Told { weeks: self.weeks(&repository, head, zone, told.is_cut)?, ..told },
                    None => told,
                }
            }
        };
        let Told { history, weeks, is_cut, lacks_contents } = told.clone();
        let known = Known { files: repository.files()?.into_iter().collect(), history, weeks, is_cut, lacks_contents };
        self.told = Some(Fingerprint::of(&(&key.0, &known.files, is_cut)));
        self.history = Some((key, told));
        Ok(Answers::Known(Arc::new(known)))
    }

    /// Returns what files of earlier states held, by the hash of git. What git cannot tell is left out.
    pub(super) fn contents(&self, hashes: &BTreeSet<String>) -> Result<BTreeMap<String, Held>, history::Error> {
        let Some(repository) = history::Repository::discover(&self.root)? else { return Ok(BTreeMap::new()) };
        let hashes: Vec<&str> = hashes.iter().map(String::as_str).collect();
        let contents = repository.contents(&hashes)?;
        Ok(hashes.into_iter().map(str::to_owned).zip(contents.into_iter().map(Held::new)).collect())
    }

    /// Returns the fingerprint of what git told last; nothing where it was not asked.
    pub(super) fn told(&self) -> Option<Fingerprint> {
        self.told
    }

    /// Returns the fingerprint of what git would tell now: the commit, the files, and whether the clone is cut. The outer
    /// nothing is that it cannot tell, the inner one that there is no git.
    pub(super) fn told_now(&self) -> Option<Option<Fingerprint>> {
        if !self.has_git {
            return Some(None);
        }
        let Some(repository) = history::Repository::discover(&self.root).ok()? else { return Some(None) };
        let files: BTreeSet<String> = repository.files().ok()?.into_iter().collect();
        Some(Some(Fingerprint::of(&(repository.head().ok()?, files, repository.is_cut().ok()?))))
    }

    /// Returns the files of git of which one changes with the commit that is checked out; none where git cannot say.
    pub(super) fn head_files(&self) -> Vec<PathBuf> {
        let repository = if self.has_git { history::Repository::discover(&self.root).ok().flatten() } else { None };
        repository.and_then(|repository| repository.head_files().ok()).unwrap_or_default()
    }

    fn read_history(
        &self,
        repository: &history::Repository,
        folders: &BTreeSet<BookPath>,
    ) -> Result<Told, history::Error> {
        let folders: Vec<String> = folders.iter().map(|folder| self.above(folder)).collect();
        let folders: Vec<&str> =
            folders.iter().map(|folder| if folder.is_empty() { "." } else { folder.as_str() }).collect();
        let history::Log { files, is_cut, lacks_contents } = repository.log(&folders)?;
        let of_book = files.into_iter().filter_map(|(path, revisions)| Some((self.below(&path)?, revisions)));
        Ok(Told { history: of_book.collect(), weeks: Vec::new(), is_cut, lacks_contents })
    }
}
