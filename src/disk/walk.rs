//! Walks a book as git sees it: hidden and ignored files are not part of it, links that leave it are not followed.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::num::NonZero;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::mpsc;
use std::thread::available_parallelism;
use std::time::SystemTime;

use ignore::{WalkBuilder, WalkState};

use super::publish::MANIFEST;
use crate::diagnostic::{Code, Diagnostic};
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

/// Walks the folder on every core. Folders that hold an earlier site are left out.
pub(super) fn walk(root: &Path) -> Walked {
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
        let mut batch = Batch { found: Vec::new(), sender: sender.clone() };
        Box::new(move |entry| {
            batch.found.extend(match entry {
                Ok(entry) => visit(root, &entry),
                Err(error) => {
                    Some(Found::Trouble(Diagnostic::new(Code::Unreadable, &BookPath::root(), error.to_string())))
                }
            });
            WalkState::Continue
        })
    });
    drop(sender);
    let mut walked = Walked::default();
    let mut files: Vec<(BookPath, Stamp)> = Vec::new();
    for found in receiver.into_iter().flatten() {
        match found {
            Found::File(path, stamp) => files.push((path, stamp)),
            Found::Folder(path) => walked.folders.push(path),
            Found::Trouble(diagnostic) => walked.diagnostics.push(diagnostic),
        }
    }
    // The files in which other tools say where their decisions are begin with a point.
    for name in HIDDEN {
        let file = root.join(name);
        if let (Ok(metadata), Ok(path)) = (fs::symlink_metadata(&file), BookPath::new(name))
            && metadata.is_file()
        {
            files.push((path, Stamp::of(&metadata)));
        }
    }
    // Which core came upon what first shall not be seen.
    walked.folders.sort();
    walked.diagnostics.sort();
    walked.files = files.into_iter().collect();
    walked
}

/// What one core has found; handed over at its end.
struct Batch {
    found: Vec<Found>,
    sender: mpsc::Sender<Vec<Found>>,
}

impl Drop for Batch {
    fn drop(&mut self) {
        // Nobody listens only where the walk itself has panicked.
        let _ = self.sender.send(std::mem::take(&mut self.found));
    }
}

/// Says whether an entry is a folder with an earlier site. Files are not asked: there may be many.
fn holds_site(entry: &ignore::DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir()) && entry.path().join(MANIFEST).is_file()
}

/// Hidden files of the book's root that are part of it.
const HIDDEN: &[&str] = &[".adr-dir", ".log4brains.yml", ".adrs.toml"];

fn visit(root: &Path, entry: &ignore::DirEntry) -> Option<Found> {
    let relative = entry.path().strip_prefix(root).ok()?;
    let Some(path) = book_path(relative) else {
        let message = format!("the name `{}` is not UTF-8, so the file is left out", relative.display());
        return Some(Found::Trouble(Diagnostic::new(Code::InvalidName, &BookPath::root(), message)));
    };
    let kind = entry.file_type()?;
    if kind.is_dir() {
        return Some(Found::Folder(entry.path().to_owned()));
    }
    if kind.is_symlink() {
        return Some(match follow(root, entry.path()) {
            Ok(stamp) => Found::File(path, stamp),
            Err(message) => Found::Trouble(Diagnostic::new(Code::SymbolicLink, &path, message)),
        });
    }
    let metadata = if kind.is_file() { entry.metadata().ok() } else { None };
    metadata.map(|metadata| Found::File(path, Stamp::of(&metadata)))
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
