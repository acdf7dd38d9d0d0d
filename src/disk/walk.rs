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
use crate::path::BookPath;

/// Hidden files of a book's root that are part of it: in them other tools say where decisions are.
const HIDDEN: [&str; 3] = [".adr-dir", ".log4brains.yml", ".adrs.toml"];

/// Files that say what else in their folder is not part of a book.
pub(super) const IGNORE_FILES: [&str; 2] = [".gitignore", ".ignore"];

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
    pub(super) fn of(metadata: &Metadata) -> Self {
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
    /// Folders that hold an earlier site.
    pub(super) sites: Vec<PathBuf>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// One thing that a walk came upon.
enum Found {
    File(BookPath, Stamp),
    Folder(PathBuf),
    Site(PathBuf),
    Trouble(Diagnostic),
}

/// Walks the folder. What lies below an earlier site is left out.
pub(super) fn walk(root: &Path) -> Walked {
    let found = on_every_core(root, |entry| match entry {
        Ok(entry) => visit(root, &entry),
        Err(error) => Some(Found::Trouble(Diagnostic::new(Code::Unreadable, &BookPath::root(), error.to_string()))),
    });
    let mut walked = Walked::default();
    let mut files: Vec<(BookPath, Stamp)> = Vec::new();
    for found in found {
        match found {
            Found::File(path, stamp) => files.push((path, stamp)),
            Found::Folder(path) => walked.folders.push(path),
            Found::Site(path) => walked.sites.push(path),
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

/// Hands every entry of the folder to a visitor, on every core; returns what came of them.
fn on_every_core(root: &Path, visit: impl Fn(Result<DirEntry, ignore::Error>) -> Option<Found> + Sync) -> Vec<Found> {
    // Only ignore files inside the book count, so that a book is the same on every machine.
    let walker = WalkBuilder::new(root)
        .require_git(false)
        .parents(false)
        .git_global(false)
        .git_exclude(false)
        .threads(available_parallelism().map_or(1, NonZero::get))
        .build_parallel();
    let (sender, receiver) = mpsc::channel();
    walker.run(|| {
        let (mut core, visit) = (Core { found: Vec::new(), sender: sender.clone() }, &visit);
        Box::new(move |entry| {
            let found = visit(entry);
            let next = if matches!(found, Some(Found::Site(_))) { WalkState::Skip } else { WalkState::Continue };
            core.found.extend(found);
            next
        })
    });
    drop(sender);
    receiver.into_iter().flatten().collect()
}

/// What one core has found; handed over at its end.
struct Core {
    found: Vec<Found>,
    sender: mpsc::Sender<Vec<Found>>,
}

impl Drop for Core {
    fn drop(&mut self) {
        // Nobody listens only where the walk itself has panicked.
        let _ = self.sender.send(std::mem::take(&mut self.found));
    }
}

/// Returns the [`HIDDEN`] files that are there.
fn hidden(root: &Path) -> impl Iterator<Item = (&'static str, Stamp)> {
    HIDDEN.into_iter().filter_map(|name| {
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
        let path = entry.path().to_owned();
        let is_site = entry.depth() > 0 && path.join(MANIFEST).is_file();
        return Some(if is_site { Found::Site(path) } else { Found::Folder(path) });
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
