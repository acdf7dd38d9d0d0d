//! Walks a book as git sees it: hidden and ignored files are not part of it, and a link counts only where it leads to
//! one that is.

mod ignored;
mod links;
mod named;
mod place;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread::available_parallelism;

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::error::Error;
use super::read;
use super::stamp::Stamp;
use crate::config::Setting;
use crate::diagnostic::{Code, Diagnostic};
use crate::path::BookPath;
pub(super) use ignored::FILES as IGNORE_FILES;
use ignored::Ignored;
pub(super) use place::book_path;

/// The file in a site's folder that says which files Precedent wrote there.
pub const MANIFEST: &str = ".precedent-manifest.json";

/// Hidden files of a book's root that are part of it: in them other tools say where decisions are.
const HIDDEN: [&str; 3] = [".adr-dir", ".log4brains.yml", ".adrs.toml"];

/// The folder in which Obsidian keeps the settings of a vault.
const VAULT: &str = ".obsidian";

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The files, a link with the stamp of what it leads to.
    pub(super) files: BTreeMap<BookPath, Stamp>,
    /// Where the links among them lead.
    pub(super) links: BTreeMap<BookPath, BookPath>,
    pub(super) folders: Vec<PathBuf>,
    /// Folders that hold an earlier site, by their manifests.
    pub(super) sites: Vec<PathBuf>,
    /// Folders that are vaults of Obsidian.
    pub(super) vaults: Vec<PathBuf>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// One thing that a walk came upon.
enum Found {
    File(BookPath, Stamp),
    Link(BookPath),
    Folder(PathBuf),
    /// A folder that is a vault.
    Vault(PathBuf),
    Site(PathBuf),
    Trouble(Diagnostic),
    Failure(io::Error),
}

/// Walks the folder. What lies below an earlier site is left out.
///
/// # Errors
/// When the folder cannot be read, or the process can open no more files: what was found then is no book.
pub(super) fn walk(root: &Path, settings: &[Setting]) -> Result<Walked, Error> {
    let error = |source| Error::Read { path: root.to_owned(), source };
    fs::read_dir(root).map_err(error)?;
    let ignored = Arc::new(Ignored::new(root, named::named(root, settings)));
    let mut walked = Walked::default();
    let mut links = BTreeSet::new();
    let mut files: Vec<(BookPath, Stamp)> = Vec::new();
    for found in on_every_core(root, &ignored) {
        match found {
            Found::File(path, stamp) => files.push((path, stamp)),
            Found::Link(path) => drop(links.insert(path)),
            Found::Folder(path) => walked.folders.push(path),
            Found::Vault(path) => {
                walked.folders.push(path.clone());
                walked.vaults.push(path);
            }
            Found::Site(path) => walked.sites.push(path),
            Found::Trouble(diagnostic) => walked.diagnostics.push(diagnostic),
            Found::Failure(source) => return Err(error(source)),
        }
    }
    files.extend(hidden(root).filter_map(|(name, stamp)| Some((BookPath::new(name).ok()?, stamp))));
    // A note does not leave its vault where only a folder of it is opened.
    walked.vaults.extend(root.ancestors().skip(1).any(is_vault).then(|| root.to_owned()));
    walked.files = files.into_iter().collect();
    follow(root, links, &mut walked);
    walked.diagnostics.extend(ignored.faults());
    // Which core came upon what first shall not be seen.
    walked.folders.sort();
    walked.vaults.sort();
    walked.sites.sort();
    walked.diagnostics.sort();
    Ok(walked)
}

/// Adds the links that lead to files of the book.
fn follow(root: &Path, links: BTreeSet<BookPath>, walked: &mut Walked) {
    let targets = links.into_iter().map(|link| (links::target(root, &link, &walked.files), link));
    for (target, link) in targets.collect::<Vec<_>>() {
        match target {
            Ok(target) => {
                let stamp = walked.files[&target];
                walked.files.insert(link.clone(), stamp);
                walked.links.insert(link, target);
            }
            Err(message) => walked.diagnostics.push(Diagnostic::new(Code::SymbolicLink, &link, message)),
        }
    }
}

/// Looks at every entry of the folder, on every core; returns what came of them.
fn on_every_core(root: &Path, ignored: &Arc<Ignored>) -> Vec<Found> {
    let ignored = ignored.clone();
    let walker = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .filter_entry(move |entry| {
            entry.depth() == 0 || ignored.takes(entry.path(), entry.file_type().is_some_and(|kind| kind.is_dir()))
        })
        .threads(available_parallelism().map_or(1, NonZero::get))
        .build_parallel();
    let (sender, receiver) = mpsc::channel();
    walker.run(|| {
        let mut core = Core { found: Vec::new(), sender: sender.clone() };
        Box::new(move |entry| {
            let found = visit(root, entry);
            let next = match found {
                Some(Found::Site(_)) => WalkState::Skip,
                Some(Found::Failure(_)) => WalkState::Quit,
                _ => WalkState::Continue,
            };
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

fn visit(root: &Path, entry: Result<DirEntry, ignore::Error>) -> Option<Found> {
    match entry {
        Ok(entry) => look(root, &entry),
        Err(error) => Some(match error.into_io_error() {
            Some(error) if read::is_passing(&error) => Found::Failure(error),
            Some(error) => trouble(Code::Unreadable, error.to_string()),
            None => trouble(Code::Unreadable, "a folder that cannot be walked".to_owned()),
        }),
    }
}

fn trouble(code: Code, message: String) -> Found {
    Found::Trouble(Diagnostic::new(code, &BookPath::root(), message))
}

fn is_vault(folder: &Path) -> bool {
    folder.join(VAULT).is_dir()
}

fn look(root: &Path, entry: &DirEntry) -> Option<Found> {
    let relative = entry.path().strip_prefix(root).ok()?;
    let Some(path) = book_path(relative) else {
        let message = format!("the name `{}` is not UTF-8, so the file is left out", relative.display());
        return Some(trouble(Code::InvalidName, message));
    };
    let kind = entry.file_type()?;
    if kind.is_dir() {
        let folder = entry.path().to_owned();
        let has_manifest = || folder.join(MANIFEST).symlink_metadata().is_ok_and(|metadata| metadata.is_file());
        return Some(match entry.depth() > 0 && has_manifest() {
            true => Found::Site(folder),
            false if is_vault(&folder) => Found::Vault(folder),
            false => Found::Folder(folder),
        });
    }
    if kind.is_symlink() {
        return Some(Found::Link(path));
    }
    let metadata = entry.metadata().ok().filter(|_| kind.is_file())?;
    Some(Found::File(path, Stamp::of(&metadata)))
}
