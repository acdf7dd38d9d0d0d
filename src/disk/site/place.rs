//! Where a site may go: to a folder that neither is nor holds anything that the book is made of, through no link that the
//! book brings, and one build at a time.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::LOCK;
use crate::build::Build;
use crate::disk::book::Book;
use crate::disk::error::Error;
use crate::fingerprint::Fingerprint;
use crate::history::Repository;
use crate::path::BookPath;

/// Returns the file in the user's cache that says what was written to a folder.
pub(super) fn record_file(book: &Book, folder: &Path) -> Option<PathBuf> {
    let place = Fingerprint::of_bytes(folder.as_os_str().as_encoded_bytes());
    book.cache().map(|cache| cache.join("sites").join(place.to_string()))
}

/// Makes the folder, and refuses one that a site cannot go to; returns it with its links resolved.
pub(super) fn prepare(book: &Book, folder: &Path, build: &Build) -> Result<PathBuf, Error> {
    let error = |source| Error::Write { path: folder.to_owned(), source };
    check(book, folder, build)?;
    fs::create_dir_all(folder).map_err(error)?;
    // Once more: what did not exist may be there under another name where a file system ignores case.
    check(book, folder, build)?;
    fs::canonicalize(folder).map_err(error)
}

/// Refuses a folder that is, holds, or lies in the place of something that the book is made of.
pub(super) fn check(book: &Book, folder: &Path, build: &Build) -> Result<(), Error> {
    if let Some(link) = link_of_the_book(book.root(), folder) {
        return Err(Error::Link { path: link });
    }
    let Ok(place) = fs::canonicalize(folder) else { return Ok(()) };
    let Some(identity) = Identity::of(&place) else { return Ok(()) };
    if book.root().ancestors().any(|above| Identity::of(above).as_ref() == Some(&identity)) {
        return Err(Error::HoldsBook { path: folder.to_owned() });
    }
    let mut known: HashMap<BookPath, bool> = HashMap::new();
    let mut lies_within = |mut path: BookPath| {
        let mut passed = Vec::new();
        let answer = loop {
            if path == BookPath::root() {
                break false;
            }
            if let Some(answer) = known.get(&path) {
                break *answer;
            }
            let is_it = Identity::of(&book.root().join(path.as_str())).as_ref() == Some(&identity);
            let above = path.parent();
            passed.push(path);
            if is_it {
                break true;
            }
            path = above;
        };
        known.extend(passed.into_iter().map(|path| (path, answer)));
        answer
    };
    let named = lies_within(build.src.clone()).then(|| build.src.clone());
    let held = named.or_else(|| build.read.iter().find(|path| lies_within(path.parent())).cloned());
    match held {
        Some(file) => Err(Error::HoldsSources { path: folder.to_owned(), file }),
        None => Ok(()),
    }
}

/// What makes a folder the same as another, whatever its name: links, and file systems that ignore case.
#[derive(Debug, PartialEq, Eq)]
struct Identity(#[cfg(unix)] (u64, u64), #[cfg(not(unix))] String);

impl Identity {
    fn of(folder: &Path) -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let metadata = fs::metadata(folder).ok()?;
            Some(Self((metadata.dev(), metadata.ino())))
        }
        #[cfg(not(unix))]
        {
            Some(Self(fs::canonicalize(folder).ok()?.to_string_lossy().to_lowercase()))
        }
    }
}

/// Returns the symbolic link on the way to a folder that lies in the book, which may have come with it.
fn link_of_the_book(root: &Path, folder: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(folder).ok()?;
    let lies_in_book = |link: &Path| {
        let above = link.parent().and_then(|above| fs::canonicalize(above).ok());
        above.is_some_and(|above| above.starts_with(root))
    };
    whole.ancestors().find(|above| above.is_symlink() && lies_in_book(above)).map(Path::to_owned)
}

/// Takes the lock of a folder, which a build holds until its end.
pub(super) fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join(LOCK);
    let file = open_lock(&path).map_err(|source| Error::Write { path: path.clone(), source })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Locked { path: folder.to_owned() }),
        Err(TryLockError::Error(_)) => Ok(file), // a file system without locks
    }
}

/// Opens the lock, or makes it. A link is not followed, and a pipe not waited for.
fn open_lock(path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    let file = {
        use rustix::fs::{Mode, OFlags};
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        File::from(rustix::fs::open(path, flags, Mode::from_raw_mode(0o644))?)
    };
    #[cfg(not(unix))]
    let file = File::options().create(true).truncate(false).write(true).open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"))
    }
}

/// Returns the files below a folder that git tracks, relative to it; nothing where git cannot tell.
pub(super) fn tracked(book: &Book, folder: &Path) -> Option<BTreeSet<String>> {
    let repository = Repository::discover(book.root()).ok()??;
    let Ok(below) = folder.strip_prefix(repository.root()) else {
        // What lies outside the repository did not come with it.
        return Some(BTreeSet::new());
    };
    let prefix = below.to_str()?.replace('\\', "/");
    let prefix = if prefix.is_empty() { prefix } else { prefix + "/" };
    let files = repository.tracked().ok()?;
    Some(files.into_iter().filter_map(|file| Some(file.strip_prefix(&prefix)?.to_owned())).collect())
}

/// Tells which folders of a site are symbolic links, each looked at once.
pub(super) struct Links<'f> {
    folder: &'f Path,
    known: RefCell<HashMap<PathBuf, bool>>,
}

impl<'f> Links<'f> {
    pub(super) fn new(folder: &'f Path) -> Self {
        Self { folder, known: RefCell::default() }
    }

    /// Says whether one of the folders between the site's and a file is a symbolic link.
    pub(super) fn leads_through(&self, name: &str) -> bool {
        let path = self.folder.join(name);
        let above = path.ancestors().skip(1).take_while(|above| *above != self.folder);
        let is_link =
            |folder: &Path| *self.known.borrow_mut().entry(folder.to_owned()).or_insert_with(|| folder.is_symlink());
        above.into_iter().any(is_link)
    }
}
