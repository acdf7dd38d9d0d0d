//! Walks a book as git sees it: hidden and ignored files are not part of it, links that leave it are not followed.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ignore::WalkBuilder;

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
pub(super) struct Walked {
    pub(super) files: BTreeMap<BookPath, Stamp>,
    pub(super) folders: Vec<PathBuf>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Walks the folder. Folders that hold an earlier site are left out.
pub(super) fn walk(root: &Path) -> Walked {
    let mut walked = Walked { files: BTreeMap::new(), folders: Vec::new(), diagnostics: Vec::new() };
    // Only ignore files inside the book count, so that a book is the same on every machine.
    let entries = WalkBuilder::new(root)
        .require_git(false)
        .parents(false)
        .git_global(false)
        .git_exclude(false)
        .filter_entry(|entry| !holds_site(entry))
        .build();
    for entry in entries {
        match entry {
            Ok(entry) => visit(root, &entry, &mut walked),
            Err(error) => {
                let diagnostic = Diagnostic::new(Code::Unreadable, &BookPath::root(), error.to_string());
                walked.diagnostics.push(diagnostic);
            }
        }
    }
    // The files in which other tools say where their decisions are begin with a point.
    for name in HIDDEN {
        let file = root.join(name);
        if let (Ok(metadata), Ok(path)) = (fs::symlink_metadata(&file), BookPath::new(name))
            && metadata.is_file()
        {
            walked.files.insert(path, Stamp::of(&metadata));
        }
    }
    walked
}

/// Says whether an entry is a folder with an earlier site. Files are not asked: there may be many.
fn holds_site(entry: &ignore::DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir()) && entry.path().join(MANIFEST).is_file()
}

/// Hidden files of the book's root that are part of it.
const HIDDEN: &[&str] = &[".adr-dir", ".log4brains.yml", ".adrs.toml"];

fn visit(root: &Path, entry: &ignore::DirEntry, walked: &mut Walked) {
    let Ok(relative) = entry.path().strip_prefix(root) else { return };
    let Some(path) = book_path(relative) else {
        let message = format!("the name `{}` is not UTF-8, so the file is left out", relative.display());
        walked.diagnostics.push(Diagnostic::new(Code::InvalidName, &BookPath::root(), message));
        return;
    };
    let Some(kind) = entry.file_type() else { return };
    if kind.is_dir() {
        walked.folders.push(entry.path().to_owned());
    } else if kind.is_symlink() {
        match follow(root, entry.path()) {
            Ok(stamp) => {
                walked.files.insert(path, stamp);
            }
            Err(message) => walked.diagnostics.push(Diagnostic::new(Code::SymbolicLink, &path, message)),
        }
    } else if kind.is_file()
        && let Ok(metadata) = entry.metadata()
    {
        walked.files.insert(path, Stamp::of(&metadata));
    }
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
    let names: Option<Vec<&str>> = relative.components().map(|name| name.as_os_str().to_str()).collect();
    BookPath::new(&names?.join("/")).ok()
}
