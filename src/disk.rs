//! The machine's files: a [`Book`] reads a folder into inputs, [`publish()`] writes a site, [`cache`] keeps the index.
//!
//! Whatever the disk holds, reading gives inputs and findings: links that leave the book are not followed, what
//! cannot be read is named. Only a root that is not there is an error.

pub mod cache;
pub mod change;
mod inventory;
mod publish;
pub mod scaffold;
mod search;
mod surroundings;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

pub use publish::{MANIFEST, Published, publish, unpublish};
pub use search::{Keep, StaticSearch};
pub use walk::Stamp;

use surroundings::Surroundings;

use crate::build::{Answers, Build, Inputs, Memo, Outcome, Overrides, Repository, Survey, Wants, build, survey};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::file::Source;
use crate::path::BookPath;
use crate::revision::Revision;

/// Why the disk cannot do what is asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such folder.
    #[error("there is no folder `{}`", path.display())]
    NoFolder {
        /// What was asked for.
        path: PathBuf,
        /// Why it is none.
        source: io::Error,
    },
    /// A file or folder cannot be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A file or folder cannot be removed.
    #[error("cannot remove `{}`", path.display())]
    Remove {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A file is there already.
    #[error("`{}` exists already, and is left as it is", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A file is not any more as it was read.
    #[error("`{}` has changed in the meantime; nothing was written", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The folder for the site holds a file that is not of Precedent's making.
    #[error("`{}` is in the way: it was not written by precedent; move it, or choose another folder with `-d`", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The folder for the site is the book, or holds it.
    #[error("the site cannot go to `{}`, which holds the book itself; choose another folder with `-d`", path.display())]
    HoldsBook {
        /// The folder.
        path: PathBuf,
    },
    /// A symbolic link in the folder for the site.
    #[error("`{}` is a symbolic link; nothing is written through it", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// Another build is writing to the same folder.
    #[error("another build is writing to `{}`", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// The search index cannot be used.
    #[error(transparent)]
    Index(#[from] crate::search::Error),
}

/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// A file written this short a time ago may change again without its stamp changing.
const UNSETTLED: Duration = Duration::from_millis(100);

/// A book on the disk. It remembers what it read, and reads again only what changed.
#[derive(Debug)]
pub struct Book {
    root: PathBuf,
    read: BTreeMap<BookPath, (Stamp, Source)>,
    /// The folders of the last walk, for a watcher.
    folders: Vec<PathBuf>,
    /// Tells on which day reviews are due or not; a preview may run past midnight.
    today: fn() -> Date,
    surroundings: Surroundings,
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
    pub fn open(path: &Path, today: fn() -> Date) -> Result<Self, Error> {
        let here = fs::canonicalize(path).map_err(|source| Error::NoFolder { path: path.to_owned(), source })?;
        if !here.is_dir() {
            let source = io::Error::from(io::ErrorKind::NotADirectory);
            return Err(Error::NoFolder { path: path.to_owned(), source });
        }
        let root = here.ancestors().find(|folder| folder.join("book.toml").is_file()).unwrap_or(&here);
        let surroundings = Surroundings::of(root);
        Ok(Self { root: root.to_owned(), read: BTreeMap::new(), folders: Vec::new(), today, surroundings })
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
        self.surroundings.repository(&self.root)
    }

    /// Returns the folders that the last reading walked.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Looks at every file and builds. Reads only the files whose stamp changed since the last time.
    pub fn build(&mut self, memo: &mut Memo, overrides: &Overrides) -> Build {
        let (mut inputs, files) = self.look(overrides);
        loop {
            match build(&inputs, memo) {
                Outcome::Done(done) => {
                    self.read.retain(|path, _| inputs.sources.contains_key(path));
                    return *done;
                }
                Outcome::Wants(wants) => self.answer(wants, &files, &mut inputs),
            }
        }
    }

    /// Looks at every file and joins the pages without making anything of them. History is not asked for.
    pub fn survey(&mut self, pages: Pages) -> Survey {
        let drafts = pages == Pages::All;
        let (mut inputs, files) = self.look(&Overrides { drafts, ..Overrides::default() });
        inputs.repository.answers = Answers::None;
        let mut memo = Memo::default();
        loop {
            match survey(&inputs, &mut memo) {
                Ok(survey) => return survey,
                Err(wants) => self.answer(wants, &files, &mut inputs),
            }
        }
    }

    /// Returns the commits that touched the files of a folder of the book, newest first; none where there is no git.
    pub fn history(&mut self, folder: &BookPath) -> BTreeMap<BookPath, Vec<Revision>> {
        let answers = self.surroundings.ask(&BTreeSet::from([folder.clone()]), &mut Vec::new());
        answers.known().map(|known| known.history.clone()).unwrap_or_default()
    }

    /// Walks the book, and forgets what changed since the last time.
    fn look(&mut self, overrides: &Overrides) -> (Inputs, BTreeMap<BookPath, Stamp>) {
        let walked = walk::walk(&self.root);
        self.folders = walked.folders;
        self.read.retain(|path, (stamp, _)| walked.files.get(path) == Some(stamp));
        let inputs = Inputs {
            folder_name: self.root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            listing: walked.files.keys().cloned().collect(),
            sources: self.read.iter().map(|(path, (_, source))| (path.clone(), source.clone())).collect(),
            diagnostics: walked.diagnostics,
            overrides: overrides.clone(),
            today: Some((self.today)()),
            repository: self.repository(),
        };
        (inputs, walked.files)
    }

    /// Finds out what a build wants to know.
    fn answer(&mut self, wants: Wants, files: &BTreeMap<BookPath, Stamp>, inputs: &mut Inputs) {
        for path in wants.files {
            self.load(path, files, inputs);
        }
        if !wants.history.is_empty() {
            inputs.repository.answers = self.surroundings.ask(&wants.history, &mut inputs.diagnostics);
        }
    }

    fn load(&mut self, path: BookPath, files: &BTreeMap<BookPath, Stamp>, inputs: &mut Inputs) {
        match self.read_file(&path, files) {
            Ok((source, settled)) => {
                if let Some(stamp) = files.get(&path).filter(|_| settled) {
                    self.read.insert(path.clone(), (*stamp, source.clone()));
                }
                inputs.sources.insert(path, source);
            }
            Err(diagnostic) => {
                inputs.listing.remove(&path);
                inputs.diagnostics.push(diagnostic);
            }
        }
    }

    /// Reads a file, and says whether it has been quiet long enough to trust its stamp.
    fn read_file(&self, path: &BookPath, files: &BTreeMap<BookPath, Stamp>) -> Result<(Source, bool), Diagnostic> {
        let place = self.root.join(path.as_str());
        let unreadable = |error: io::Error| Diagnostic::new(Code::Unreadable, path, format!("cannot be read: {error}"));
        let stamp = files.get(path);
        if stamp.is_some_and(|stamp| stamp.length > LARGEST) {
            let message = format!("larger than {} MB, so it is left out", LARGEST >> 20);
            return Err(Diagnostic::new(Code::TooLarge, path, message));
        }
        let content = fs::read(&place).map_err(unreadable)?;
        let age = stamp.and_then(|stamp| SystemTime::now().duration_since(stamp.modified).ok());
        let settled =
            age.is_some_and(|age| age > UNSETTLED) && stamp.is_some_and(|stamp| stamp.length == content.len() as u64);
        Ok((Source::new(path.clone(), content), settled))
    }
}

/// Returns the stamp of every file of a book, for who looks in turn whether anything changed.
pub fn stamps(root: &Path) -> BTreeMap<BookPath, Stamp> {
    walk::walk(root).files
}

/// Writes a file beside its place and renames it, so that no reader sees half of it.
fn write_atomically(path: &Path, content: &[u8]) -> Result<(), Error> {
    let error = |source| Error::Write { path: path.to_owned(), source };
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".precedent-").tempfile_in(folder).map_err(error)?;
    io::Write::write_all(&mut file, content).map_err(error)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644)).map_err(error)?;
    }
    file.persist(path).map_err(|failed| error(failed.error))?;
    Ok(())
}
