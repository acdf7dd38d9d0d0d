//! A book on the disk: its files come in, and go to a build as it asks for them.

mod changes;
mod kept;
mod refresh;
mod state;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::cache::folder::Cache;
use super::cache::memo::Kept;
use super::error::Error;
use super::patience::Patience;
use super::read;
use super::stamp::Stamp;
use super::surroundings::Surroundings;
use super::walk::{Walked, walk};
use crate::build::{
    Answers, Build, Given, Inputs, Memo, Outcome, Overrides, Repository, Survey, Trust, Wants, build, survey,
};
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::file::Source;
use crate::path::BookPath;
use crate::revision::Revision;
use state::State;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// A file written this short a time ago may change again without its stamp changing.
const UNSETTLED: Duration = Duration::from_millis(100);

/// A book on the disk. It remembers what it read, and reads again only what changed.
#[derive(Debug)]
pub struct Book {
    root: PathBuf,
    /// What was read, with the stamp by which it is known; without one it is read again.
    read: BTreeMap<BookPath, (Option<Stamp>, Source)>,
    /// What a program is in the middle of writing.
    patience: Patience,
    /// The folders of the last walk, for a watcher.
    folders: Vec<PathBuf>,
    /// Tells on which day reviews are due or not; a preview may run past midnight.
    today: fn() -> Date,
    now: fn() -> SystemTime,
    surroundings: Surroundings,
    cache: Option<PathBuf>,
    given: Given,
    /// What an earlier run left.
    kept: Kept,
    /// When the files were looked at last, and in what state they were, where somebody looked ahead and their stamps tell.
    looked: SystemTime,
    state: Option<State>,
    /// A walk that was done a moment ago, for the build that follows.
    ahead: Option<(SystemTime, Walked)>,
    /// What the last build was made of.
    built: Option<Inputs>,
}

/// What a book is opened with, from outside it.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Tells on which day reviews are due or not.
    pub today: fn() -> Date,
    /// Tells the time, by which files are old enough to be known by their stamps.
    pub now: fn() -> SystemTime,
    /// Where what can be made again is kept.
    pub cache: Cache,
    /// What the caller says of the settings.
    pub given: Given,
}

/// Which pages a survey sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pages {
    /// All, drafts too.
    All,
    /// Those that a build has.
    Published,
}

impl Book {
    /// Opens the book that a path belongs to: the nearest folder at or above it with a `book.toml`, else the path itself.
    ///
    /// # Errors
    /// When there is no folder at the path.
    pub fn open(path: &Path, environment: &Environment) -> Result<Self, Error> {
        let Environment { today, now, cache, given } = environment;
        let here = fs::canonicalize(path).map_err(|source| Error::NoFolder { path: path.to_owned(), source })?;
        if !here.is_dir() {
            let source = io::Error::from(io::ErrorKind::NotADirectory);
            return Err(Error::NoFolder { path: path.to_owned(), source });
        }
        let root = here.ancestors().find(|folder| folder.join("book.toml").is_file()).unwrap_or(&here);
        let mut surroundings = Surroundings::of(root);
        let cache = cache.folder_of(root, surroundings.root());
        surroundings.keep_in(cache.clone());
        let root = root.to_owned();
        let (today, now, given) = (*today, *now, given.clone());
        let (read, patience) = (BTreeMap::new(), Patience::default());
        let (kept, looked) = (Kept::default(), SystemTime::UNIX_EPOCH);
        Ok(Self {
            root,
            read,
            patience,
            folders: Vec::new(),
            today,
            now,
            surroundings,
            cache,
            given,
            kept,
            looked,
            state: None,
            ahead: None,
            built: None,
        })
    }

    /// Returns the book's root, with every symbolic link resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the root of the repository that the book lies in, else the book's own.
    pub fn repository_root(&self) -> &Path {
        self.surroundings.root()
    }

    /// Returns what is known of the repository without asking git.
    pub fn repository(&self) -> Repository {
        self.surroundings.repository(&self.root).0
    }

    /// Returns the folder in the user's cache that is the book's, which may not be there; nothing where there is none to use.
    pub fn cache(&self) -> Option<&Path> {
        self.cache.as_deref()
    }

    /// Returns the folders that the last reading walked.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Returns the files of git of which one changes whenever another commit is checked out or made; none without git.
    pub fn head_files(&self) -> Vec<PathBuf> {
        if self.given.trust == Trust::Owner { self.surroundings.head_files() } else { Vec::new() }
    }

    /// Returns what the caller says of the settings.
    pub fn given(&self) -> &Given {
        &self.given
    }

    pub(super) fn walk(&self) -> Result<Walked, Error> {
        walk(&self.root, &self.given.settings)
    }

    /// Returns the files that have changed since a walk found them.
    fn changed_since(&self, walked: &Walked) -> Result<BTreeSet<BookPath>, Error> {
        let (before, now) = (&walked.files, self.walk()?.files);
        let differs = |path: &&BookPath| before.get(*path) != now.get(*path);
        Ok(before.keys().chain(now.keys()).filter(differs).cloned().collect())
    }

    /// Looks at every file and builds. Reads only the files whose stamp changed since the last time.
    ///
    /// # Errors
    /// When the folder of the book cannot be read.
    pub fn build(&mut self, memo: &mut Memo, overrides: &Overrides) -> Result<Build, Error> {
        let (mut inputs, walked) = self.look(overrides)?;
        loop {
            match build(&inputs, memo) {
                Outcome::Done(done) => {
                    self.read.retain(|path, _| inputs.sources.contains_key(path));
                    // From now on they hold while those on the disk cannot be read.
                    let readable = |source: &&Source| !source.content.is_empty() && Config::fault(source).is_none();
                    self.given.earlier = self.settings().filter(readable).cloned().or(self.given.earlier.take());
                    self.built = Some(inputs);
                    return Ok(*done);
                }
                Outcome::Wants(wants) => self.answer(wants, &walked, &mut inputs)?,
            }
        }
    }

    /// Looks at every file and joins the pages without making anything of them. History is not asked for.
    ///
    /// # Errors
    /// When the folder of the book cannot be read.
    pub fn survey(&mut self, pages: Pages) -> Result<Survey, Error> {
        let drafts = pages == Pages::All;
        let mut memo = self.recall();
        let (mut inputs, walked) = self.look(&Overrides { drafts, ..Overrides::default() })?;
        inputs.repository.answers = Answers::None;
        loop {
            match survey(&inputs, &mut memo) {
                Ok(survey) => {
                    self.remember(&memo);
                    return Ok(survey);
                }
                Err(wants) => self.answer(wants, &walked, &mut inputs)?,
            }
        }
    }

    /// Returns the commits that touched the files of a folder of the book, newest first; none where there is no git.
    pub fn history(&mut self, folder: &BookPath) -> BTreeMap<BookPath, Vec<Revision>> {
        let wants = Wants { history: BTreeSet::from([folder.clone()]), ..Wants::default() };
        let answers = self.surroundings.ask(&wants, &mut Vec::new());
        answers.known().map(|known| known.history.clone()).unwrap_or_default()
    }

    /// Walks the book, and forgets what changed since the last time.
    fn look(&mut self, overrides: &Overrides) -> Result<(Inputs, Walked), Error> {
        let (looked, mut walked) = match self.ahead.take() {
            Some(ahead) => ahead,
            None => {
                self.state = None;
                ((self.now)(), self.walk()?)
            }
        };
        self.folders.clone_from(&walked.folders);
        self.forget(&mut walked);
        self.looked = looked;
        self.kept.stamps.retain(|path, (stamp, _)| walked.files.get(path) == Some(stamp));
        let (mut repository, trouble) = self.surroundings.repository(&self.root);
        if self.given.trust == Trust::Nobody {
            repository.answers = Answers::None;
        }
        let mut diagnostics = std::mem::take(&mut walked.diagnostics);
        diagnostics.extend(trouble);
        let below = |folder: &PathBuf| super::walk::book_path(folder.strip_prefix(&self.root).ok()?);
        let inputs = Inputs {
            folder_name: self.root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            listing: walked.files.keys().cloned().collect(),
            sites: walked.sites.iter().filter_map(below).collect(),
            vaults: walked.vaults.iter().filter_map(below).collect(),
            sources: self.read.iter().map(|(path, (_, source))| (path.clone(), source.clone())).collect(),
            unread: self.unread(&walked),
            diagnostics,
            overrides: overrides.clone(),
            today: Some((self.today)()),
            repository,
            given: self.given.clone(),
            contents: BTreeMap::new(),
            stretches: BTreeMap::new(),
        };
        Ok((inputs, walked))
    }

    /// Forgets what changed since the last time; what is only being written is taken to be as it was.
    fn forget(&mut self, walked: &mut Walked) {
        let now = SystemTime::now();
        let Self { read, patience, .. } = self;
        read.retain(|path, (known, source)| {
            let stamp = walked.files.get(path).copied();
            if known.is_some() && *known == stamp {
                return true;
            }
            let holds = patience.holds(path, source.content.len() as u64, stamp, now);
            if holds {
                *known = None;
                walked.files.entry(path.clone()).or_insert(Stamp::none());
            }
            holds
        });
    }

    /// Returns after which time to look again, where a file that became empty was taken to be as it was.
    pub fn waits(&self) -> Option<Duration> {
        self.patience.rest(SystemTime::now())
    }

    /// Returns the file with the settings as it was last read.
    fn settings(&self) -> Option<&Source> {
        self.read.iter().find(|(path, _)| path.as_str() == "book.toml").map(|(_, (_, source))| source)
    }

    /// Finds out what a build wants to know.
    fn answer(&mut self, wants: Wants, walked: &Walked, inputs: &mut Inputs) -> Result<(), Error> {
        if !wants.history.is_empty() {
            inputs.repository.answers = self.surroundings.ask(&wants, &mut inputs.diagnostics);
        }
        if !wants.contents.is_empty() {
            match self.surroundings.contents(&wants.contents) {
                Ok(contents) => inputs.contents.extend(contents),
                // What happened in the last weeks cannot be told, and that is said.
                Err(_) => inputs.repository.answers.forget_weeks(),
            }
        }
        if !wants.stretches.is_empty() {
            let changed = || self.changed_since(walked);
            match self.surroundings.stretches(&wants.stretches, &inputs.listing, changed) {
                Ok(stretches) if stretches.len() == wants.stretches.len() => inputs.stretches.extend(stretches),
                _ => inputs.repository.answers.forget_weeks(),
            }
        }
        for path in wants.files {
            self.load(path, walked, inputs)?;
        }
        Ok(())
    }

    fn load(&mut self, path: BookPath, walked: &Walked, inputs: &mut Inputs) -> Result<(), Error> {
        match self.read_file(&path, walked) {
            Ok((source, settled)) => {
                let stamp = walked.files.get(&path).copied().filter(|_| settled);
                self.read.insert(path.clone(), (stamp, source.clone()));
                inputs.sources.insert(path, source);
            }
            Err(source) if read::is_passing(&source) => return Err(Error::Read { path: self.root.clone(), source }),
            Err(error) => {
                inputs.listing.remove(&path);
                let diagnostic = match error.kind() {
                    io::ErrorKind::FileTooLarge => {
                        let message = format!("larger than {} MB, so it is left out", LARGEST >> 20);
                        Diagnostic::new(Code::TooLarge, &path, message)
                    }
                    _ => Diagnostic::new(Code::Unreadable, &path, format!("cannot be read: {error}")),
                };
                inputs.diagnostics.push(diagnostic);
            }
        }
        Ok(())
    }

    /// Reads a file, or what a link among the files leads to, and says whether it has been quiet long enough to trust its
    /// stamp.
    fn read_file(&self, path: &BookPath, walked: &Walked) -> io::Result<(Source, bool)> {
        let place = self.root.join(walked.links.get(path).unwrap_or(path).as_str());
        let stamp = walked.files.get(path);
        if stamp.is_some_and(|stamp| stamp.length > LARGEST) {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let content = read::regular(&place, LARGEST)?;
        let age = stamp.and_then(|stamp| SystemTime::now().duration_since(stamp.modified).ok());
        let settled =
            age.is_some_and(|age| age > UNSETTLED) && stamp.is_some_and(|stamp| stamp.length == content.len() as u64);
        Ok((Source::new(path.clone(), content), settled))
    }
}
