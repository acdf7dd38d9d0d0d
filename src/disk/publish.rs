//! Writes a site into a folder: the differences only, each file atomically, nothing that is not ours touched.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::search::StaticSearch;
use super::{Error, write_atomically};
use crate::build::{Build, Manifest, Plan, Search, plan};
use crate::data;
use crate::fingerprint::Fingerprint;

/// The file in a site's folder that says which files Precedent wrote there.
pub const MANIFEST: &str = ".precedent-manifest.json";

/// The file that one build at a time holds.
const LOCK: &str = ".precedent-lock";

/// What publishing came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Files written.
    pub written: usize,
    /// Files removed.
    pub removed: usize,
    /// Files that were there already.
    pub unchanged: usize,
}

/// Brings a folder to hold the site, and its search.
///
/// The search is asked for its files only where the folder does not hold those of the same documents.
///
/// Files that hold the right bytes keep their time stamps. The manifest is written before anything else, with the old
/// files and the new, so that a build that is killed leaves nothing that the next one does not know.
///
/// # Errors
/// When the folder holds the book, a file of somebody else's in the way, or cannot be written.
pub fn publish(
    root: &Path,
    folder: &Path,
    build: &Build,
    search: Option<&StaticSearch<'_>>,
) -> Result<Published, Error> {
    let folder = prepare(root, folder)?;
    let _lock = lock(&folder)?;
    let mut present = read_manifest(&folder);
    present.files.retain(|path, _| folder.join(path).symlink_metadata().is_ok_and(|metadata| metadata.is_file()));
    let made;
    let search = match search.map(|search| (search, search.fingerprint())) {
        None => Search::None,
        Some((_, documents)) if present.has_search(&documents) => Search::Kept,
        Some((search, documents)) => {
            made = search.files()?;
            Search::Made(&made, documents)
        }
    };
    let mut plan = plan(build, &search, &present);
    let unchanged = plan.manifest.files.len() - plan.write.len();
    check_foreign(&folder, &mut plan, &present)?;
    let mut both = present.clone();
    both.files.extend(plan.manifest.files.iter().map(|(path, fingerprint)| (path.clone(), fingerprint.clone())));
    // Until it is written, a file is known by name with no content, so that an interrupted build writes it again.
    for artifact in &plan.write {
        both.files.insert(artifact.path.to_string(), String::new());
    }
    let differs = !plan.write.is_empty() || !plan.remove.is_empty();
    if differs {
        write_manifest(&folder, &both)?;
    }
    for artifact in &plan.write {
        let path = folder.join(artifact.path.as_str());
        make_folders(&folder, &path)?;
        write_atomically(&path, &artifact.content)?;
    }
    for path in &plan.remove {
        remove(&folder, &folder.join(path.as_str()))?;
    }
    if differs || present != plan.manifest {
        write_manifest(&folder, &plan.manifest)?;
    }
    Ok(Published { written: plan.write.len(), removed: plan.remove.len(), unchanged })
}

/// Removes what Precedent wrote to a folder, and the folder when nothing else is left; returns how many files that was.
///
/// # Errors
/// When a file cannot be removed.
pub fn unpublish(folder: &Path) -> Result<usize, Error> {
    let manifest = read_manifest(folder);
    for path in manifest.files.keys() {
        if let Ok(path) = crate::path::SitePath::new(path) {
            remove(folder, &folder.join(path.as_str()))?;
        }
    }
    for name in [MANIFEST, LOCK] {
        remove(folder, &folder.join(name))?;
    }
    // Only an empty folder can be removed so.
    let _ = fs::remove_dir(folder);
    Ok(manifest.files.len())
}

/// Makes the folder, and refuses one that holds the book.
fn prepare(root: &Path, folder: &Path) -> Result<PathBuf, Error> {
    let error = |source| Error::Write { path: folder.to_owned(), source };
    let holds_book = |folder: &Path| root.starts_with(folder);
    if fs::canonicalize(folder).is_ok_and(|folder| holds_book(&folder)) {
        return Err(Error::HoldsBook { path: folder.to_owned() });
    }
    fs::create_dir_all(folder).map_err(error)?;
    fs::canonicalize(folder).map_err(error)
}

fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join(LOCK);
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|source| Error::Write { path: path.clone(), source })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Error::Locked { path: folder.to_owned() }),
        Err(fs::TryLockError::Error(_)) => Ok(file), // a file system without locks
    }
}

/// Refuses to write over a file of somebody else's. One that has the right bytes already is taken for ours.
fn check_foreign(folder: &Path, plan: &mut Plan<'_>, present: &Manifest) -> Result<(), Error> {
    for artifact in &plan.write {
        let path = folder.join(artifact.path.as_str());
        if present.files.contains_key(artifact.path.as_str()) {
            continue;
        }
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => return Err(Error::Link { path }),
            Ok(metadata) if metadata.is_file() => {
                let same = fs::read(&path).is_ok_and(|content| Fingerprint::of_bytes(&content) == artifact.fingerprint);
                if !same {
                    return Err(Error::Foreign { path });
                }
            }
            Ok(_) => return Err(Error::Foreign { path }),
            Err(_) => {}
        }
    }
    Ok(())
}

/// Makes the folders above a file, through no symbolic link.
fn make_folders(folder: &Path, file: &Path) -> Result<(), Error> {
    let Some(parent) = file.parent() else { return Ok(()) };
    let below = parent.strip_prefix(folder).unwrap_or(Path::new(""));
    let mut at = folder.to_owned();
    for name in below {
        at.push(name);
        match fs::symlink_metadata(&at) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(metadata) if metadata.is_symlink() => return Err(Error::Link { path: at }),
            Ok(_) => return Err(Error::Foreign { path: at }),
            Err(_) => fs::create_dir(&at).map_err(|source| Error::Write { path: at.clone(), source })?,
        }
    }
    Ok(())
}

/// Removes a file and the folders that are then empty. What lies behind a symbolic link is not ours, and stays.
fn remove(folder: &Path, path: &Path) -> Result<(), Error> {
    if is_behind_link(folder, path) {
        return Ok(());
    }
    match fs::remove_file(path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(source) => return Err(Error::Remove { path: path.to_owned(), source }),
    }
    let mut parent = path.parent();
    while let Some(empty) = parent.filter(|parent| *parent != folder && parent.starts_with(folder)) {
        if fs::remove_dir(empty).is_err() {
            break;
        }
        parent = empty.parent();
    }
    Ok(())
}

/// Says whether one of the folders between a site's folder and a file is a symbolic link.
fn is_behind_link(folder: &Path, path: &Path) -> bool {
    let above = path.ancestors().skip(1).take_while(|above| *above != folder);
    above.into_iter().any(|above| above.is_symlink())
}

/// Reads the manifest; a missing or damaged one says that nothing is ours.
fn read_manifest(folder: &Path) -> Manifest {
    fs::read(folder.join(MANIFEST)).ok().and_then(|content| data::from_json(&content)).unwrap_or_default()
}

fn write_manifest(folder: &Path, manifest: &Manifest) -> Result<(), Error> {
    write_atomically(&folder.join(MANIFEST), data::to_json(manifest).as_bytes())
}
