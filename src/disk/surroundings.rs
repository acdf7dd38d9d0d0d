//! The repository around a book: where it begins, its CODEOWNERS, and what git tells when it is asked.

mod past;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::cache::history as kept;
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
    /// The folder of what is kept between runs.
    cache: Option<PathBuf>,
    history: Option<(Fingerprint, Told)>,
    /// The fingerprint of all that git was asked for and told last.
    told: Option<Fingerprint>,
}

/// What git told of the past of the book's files.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Told {
    history: BTreeMap<BookPath, Vec<Revision>>,
    weeks: Vec<Week>,
    is_cut: bool,
    lacks_contents: bool,
}

/// What is asked of the past.
#[derive(Hash)]
struct Asked<'a> {
    /// Folders and single files, from the root of the repository.
    folders: &'a [String],
    /// The files there: each is followed back through its names.
    files: BTreeSet<String>,
    /// The zone of the days, where weeks are asked for.
    weeks: Option<&'a Zone>,
}

/// What git tells at once: what all else that it tells depends on.
struct Basis {
    head: Option<String>,
    files: BTreeSet<String>,
    /// The commits at which a shallow clone begins.
    boundary: BTreeSet<String>,
}

impl Basis {
    fn of(repository: &history::Repository) -> Result<Self, history::Error> {
        Ok(Self { head: repository.head()?, files: repository.files()?, boundary: repository.boundary()? })
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&(&self.head, &self.files, &self.boundary))
    }
}

impl Surroundings {
    pub(super) fn of(book: &Path) -> Self {
        let found = book.ancestors().find(|folder| folder.join(".git").exists());
        let root = found.unwrap_or(book).to_owned();
        let below = book.strip_prefix(&root).unwrap_or(Path::new(""));
        let folder: Vec<String> =
            below.components().map(|name| name.as_os_str().to_string_lossy().into_owned()).collect();
        Self { folder: folder.join("/"), root, has_git: found.is_some(), cache: None, history: None, told: None }
    }

    /// Keeps what git tells in a folder, for the next run.
    pub(super) fn keep_in(&mut self, cache: Option<PathBuf>) {
        self.cache = cache;
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
        let basis = Basis::of(&repository)?;
        let folders: Vec<String> = wants.history.iter().map(|folder| self.above(folder)).collect();
        let is_within = |file: &str, place: &str| {
            let rest = file.strip_prefix(place);
            place.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let files = basis.files.iter().filter(|file| folders.iter().any(|place| is_within(file, place)));
        let asked = Asked { folders: &folders, files: files.cloned().collect(), weeks: wants.weeks.as_deref() };
        let told = self.told_of(&repository, &basis, &asked)?;
        self.told = Some(basis.fingerprint());
        let Told { history, weeks, is_cut, lacks_contents } = told;
        let files = basis.files.into_iter().collect();
        Ok(Answers::Known(Arc::new(Known { files, history, weeks, is_cut, lacks_contents })))
    }

    /// Tells what git told before of the same, or asks it.
    fn told_of(
        &mut self,
        repository: &history::Repository,
        basis: &Basis,
        asked: &Asked<'_>,
    ) -> Result<Told, history::Error> {
        let Some(head) = &basis.head else { return Ok(Told::default()) };
        let key = Fingerprint::of(&(head, &basis.boundary, asked));
        if let Some((_, told)) = self.history.as_ref().filter(|(known, _)| *known == key) {
            return Ok(told.clone());
        }
        // A question without weeks is that of another command; what a build was told stays.
        let cache = self.cache.clone().filter(|_| asked.weeks.is_some());
        let kept = cache.as_ref().and_then(|cache| kept::recall(cache, key));
        let told = match kept {
            Some(told) => told,
            None => {
                let mut told = self.read_history(repository, head, asked)?;
                if let Some(zone) = asked.weeks {
                    told.weeks = self.weeks(repository, head, zone, told.is_cut)?;
                }
                // The contents that a clone lacks may come, without another commit.
                if let Some(cache) = cache.filter(|_| !told.lacks_contents) {
                    kept::keep(&cache, key, &told);
                }
                told
            }
        };
        self.history = Some((key, told.clone()));
        Ok(told)
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

    /// Returns the fingerprint of what git would tell now: the commit, the files, and how far the clone goes. The outer nothing
    /// is that it cannot tell, the inner one that there is no git.
    pub(super) fn told_now(&self) -> Option<Option<Fingerprint>> {
        if !self.has_git {
            return Some(None);
        }
        let Some(repository) = history::Repository::discover(&self.root).ok()? else { return Some(None) };
        Some(Some(Basis::of(&repository).ok()?.fingerprint()))
    }

    /// Returns the files of git of which one changes with the commit that is checked out; none where git cannot say.
    pub(super) fn head_files(&self) -> Vec<PathBuf> {
        let repository = if self.has_git { history::Repository::discover(&self.root).ok().flatten() } else { None };
        repository.and_then(|repository| repository.head_files().ok()).unwrap_or_default()
    }

    fn read_history(
        &self,
        repository: &history::Repository,
        head: &str,
        asked: &Asked<'_>,
    ) -> Result<Told, history::Error> {
        let folders: Vec<&str> = asked.folders.iter().map(String::as_str).collect();
        let history::Log { files, is_cut, lacks_contents } = repository.log(head, &folders, &asked.files)?;
        let of_book = files.into_iter().filter_map(|(path, revisions)| Some((self.below(&path)?, revisions)));
        Ok(Told { history: of_book.collect(), weeks: Vec::new(), is_cut, lacks_contents })
    }
}
