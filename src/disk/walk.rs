//! Walks a book as git sees it: hidden and ignored files are not part of it, links that leave it are not followed.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::num::NonZero;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::mpsc;
use std::thread::available_parallelism;
use std::time::SystemTime;

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::publish::MANIFEST;
use crate::diagnostic::{Code, Diagnostic};
use crate::fingerprint::Fingerprint;
use crate::path::BookPath;

/// What tells a changed file from an unchanged one without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// In bytes.
    pub length: u64,
    /// When the content changed last.
    pub modified: SystemTime,
    /// The file's number in its file system: another one after a save by renaming.
    pub inode: u64,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(metadata);
        #[cfg(not(unix))]
        let inode = 0;
        Self { length: metadata.len(), modified: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH), inode }
    }
}

/// What a walk found.
#[derive(Default)]
pub(super) struct Walked {
    pub(super) files: BTreeMap<BookPath, Stamp>,
    pub(super) folders: Vec<PathBuf>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// One thing that a walk came upon.
enum Found {
    File(BookPath, Stamp),
    Folder(PathBuf),
    Trouble(Diagnostic),
}

/// Walks the folder. Folders that hold an earlier site are left out.
pub(super) fn walk(root: &Path) -> Walked {
    let found = on_every_core(root, |found: &mut Vec<Found>, entry| {
        found.extend(match entry {
            Ok(entry) => visit(root, &entry),
            Err(error) => Some(Found::Trouble(Diagnostic::new(Code::Unreadable, &BookPath::root(), error.to_string()))),
        });
    });
    let mut walked = Walked::default();
    let mut files: Vec<(BookPath, Stamp)> = Vec::new();
    for found in found.into_iter().flatten() {
        match found {
            Found::File(path, stamp) => files.push((path, stamp)),
            Found::Folder(path) => walked.folders.push(path),
            Found::Trouble(diagnostic) => walked.diagnostics.push(diagnostic),
        }
    }
    files.extend(hidden(root).filter_map(|(name, stamp)| Some((BookPath::new(name).ok()?, stamp))));
    // Which core came upon what first shall not be seen.
    walked.folders.sort();
    walked.diagnostics.sort();
    walked.files = files.into_iter().collect();
    walked
}

/// What all files of a book come to: enough to tell whether one of them has changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Sum {
    files: u64,
    /// Of the fingerprints, so that the order does not matter.
    fingerprints: u128,
    /// When the last file changed.
    pub(super) newest: Option<SystemTime>,
}

impl Sum {
    fn add(self, other: Self) -> Self {
        Self {
            files: self.files + other.files,
            fingerprints: self.fingerprints.wrapping_add(other.fingerprints),
            newest: self.newest.max(other.newest),
        }
    }

    fn of(path: &[u8], stamp: Stamp) -> Self {
        Self { files: 1, fingerprints: Fingerprint::of(&(path, stamp)).number(), newest: Some(stamp.modified) }
    }
}

/// Adds up the files of the folder, those that [`walk`] finds.
pub(super) fn sum(root: &Path) -> Sum {
    let below = root.as_os_str().len();
    let sums = on_every_core(root, |sum: &mut Sum, entry| {
        if let Ok(entry) = entry
            && let Some(Ok(stamp)) = stamp(root, &entry)
        {
            let path = entry.path().as_os_str().as_encoded_bytes();
            *sum = sum.add(Sum::of(path.get(below..).unwrap_or(path), stamp));
        }
    });
    let hidden = hidden(root).map(|(name, stamp)| Sum::of(name.as_bytes(), stamp));
    sums.into_iter().chain(hidden).fold(Sum::default(), Sum::add)
}

/// Walks the folder on every core; returns what each of them has found.
fn on_every_core<Found: Default + Send>(
    root: &Path,
    visit: impl Fn(&mut Found, Result<DirEntry, ignore::Error>) + Sync,
) -> Vec<Found> {
    // Only ignore files inside the book count, so that a book is the same on every machine.
    let walker = WalkBuilder::new(root)
        .require_git(false)
        .parents(false)
        .git_global(false)
        .git_exclude(false)
        .filter_entry(|entry| !holds_site(entry))
        .threads(available_parallelism().map_or(1, NonZero::get))
        .build_parallel();
    let (sender, receiver) = mpsc::channel();
    walker.run(|| {
        let (mut core, visit) = (Core { found: Found::default(), sender: sender.clone() }, &visit);
        Box::new(move |entry| {
            visit(&mut core.found, entry);
            WalkState::Continue
        })
    });
    drop(sender);
    receiver.into_iter().collect()
}

/// What one core has found; handed over at its end.
struct Core<Found: Default> {
    found: Found,
    sender: mpsc::Sender<Found>,
}

impl<Found: Default> Drop for Core<Found> {
    fn drop(&mut self) {
        // Nobody listens only where the walk itself has panicked.
        let _ = self.sender.send(std::mem::take(&mut self.found));
    }
}

/// Says whether an entry is a folder with an earlier site. Files are not asked: there may be many.
fn holds_site(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir()) && entry.path().join(MANIFEST).is_file()
}

/// Returns the hidden files of the book's root that are part of it: those in which other tools say where decisions are.
fn hidden(root: &Path) -> impl Iterator<Item = (&'static str, Stamp)> {
    [".adr-dir", ".log4brains.yml", ".adrs.toml"].into_iter().filter_map(|name| {
        let metadata = fs::symlink_metadata(root.join(name)).ok().filter(Metadata::is_file)?;
        Some((name, Stamp::of(&metadata)))
    })
}

fn visit(root: &Path, entry: &DirEntry) -> Option<Found> {
    let relative = entry.path().strip_prefix(root).ok()?;
    let Some(path) = book_path(relative) else {
        let message = format!("the name `{}` is not UTF-8, so the file is left out", relative.display());
        return Some(Found::Trouble(Diagnostic::new(Code::InvalidName, &BookPath::root(), message)));
    };
    if entry.file_type()?.is_dir() {
        return Some(Found::Folder(entry.path().to_owned()));
    }
    Some(match stamp(root, entry)? {
        Ok(stamp) => Found::File(path, stamp),
        Err(message) => Found::Trouble(Diagnostic::new(Code::SymbolicLink, &path, message)),
    })
}

/// Returns the stamp of a file; why a symbolic link has none; nothing for what is no file.
fn stamp(root: &Path, entry: &DirEntry) -> Option<Result<Stamp, &'static str>> {
    let kind = entry.file_type()?;
    if kind.is_symlink() {
        return Some(follow(root, entry.path()));
    }
    let metadata = if kind.is_file() { entry.metadata().ok() } else { None };
    metadata.map(|metadata| Ok(Stamp::of(&metadata)))
}

/// Follows a link to a file inside the book.
fn follow(root: &Path, link: &Path) -> Result<Stamp, &'static str> {
    let target = fs::canonicalize(link).map_err(|_| "a symbolic link that leads nowhere")?;
    if !target.starts_with(root) {
        return Err("a symbolic link that leaves the book, so it is not followed");
    }
    let metadata = fs::metadata(&target).map_err(|_| "a symbolic link that leads nowhere")?;
    if metadata.is_file() {
        Ok(Stamp::of(&metadata))
    } else {
        Err("a symbolic link to a folder, which is not followed")
    }
}

fn book_path(relative: &Path) -> Option<BookPath> {
    let text = relative.to_str()?;
    if MAIN_SEPARATOR == '/' {
        return BookPath::new(text).ok();
    }
    BookPath::new(&text.replace(MAIN_SEPARATOR, "/")).ok()
}
