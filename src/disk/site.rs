//! A site in a folder: the differences only are written, each file whole, and nothing that is not ours is touched.
//!
//! What lies in the folder is not believed. The user's cache has a record of what was written there, with stamps; without
//! it the files are read and compared. The manifest in the folder only says which names earlier builds gave.

mod extent;
mod finished;
mod manifest;
mod place;
mod search;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

pub use extent::{Extent, measure};
pub use finished::{Finished, finish, finished};
pub use search::{Keep, StaticSearch};

use super::book::Book;
use super::cache::record::{Age, Record};
use super::error::Error;
use super::walk::MANIFEST;
use crate::build::{Build, Manifest, Plan, Search, plan};
use crate::fingerprint::Fingerprint;
use crate::path::SitePath;
use manifest::{Claims, is_plain};
use place::record_file;

/// What publishing came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Files written.
    pub written: usize,
    /// Files removed.
    pub removed: usize,
    /// Files that were there already.
    pub unchanged: usize,
    /// Files that earlier builds made and this one does not, which are left because somebody else may have changed them.
    pub left: Vec<PathBuf>,
}

/// What a folder holds of a site.
struct Present {
    claims: Claims,
    /// What was written there, as the user's cache knows it.
    record: Record,
    /// The fingerprints that the files have now, of all names that are ours.
    files: BTreeMap<String, Fingerprint>,
}

/// Brings a folder to hold the site, and its search.
///
/// The search is asked for its files only where the folder does not hold those of the same documents.
///
/// Files that hold the right bytes keep their time stamps. The manifest is written before anything else, with the old
/// files and the new, so that a build that is killed leaves nothing that the next one does not know.
///
/// # Errors
/// When the folder holds anything that the book is made of, a file of somebody else's in the way, or cannot be written.
pub fn publish(
    book: &Book,
    folder: &Path,
    build: &Build,
    search: Option<&StaticSearch<'_>>,
) -> Result<Published, Error> {
    let folder = place::prepare(book, folder, build)?;
    let _lock = place::lock(&folder)?;
    let record = record_file(book, &folder);
    let present = Present::look(&folder, record.as_deref());
    let made;
    let search = match search.map(|search| (search, search.fingerprint())) {
        None => Search::None,
        Some((_, documents)) if present.has_search(&documents) => Search::Kept,
        Some((search, documents)) => {
            made = search.files()?;
            Search::Made(&made, documents)
        }
    };
    let known = present.known();
    let mut plan = plan(build, &search, &known);
    check_foreign(&folder, &mut plan, &present)?;
    let unchanged = plan.manifest.files.len() - plan.write.len();
    let (remove, left) = removable(book, &folder, &plan, &present);
    let differs = !plan.write.is_empty() || !remove.is_empty();
    let manifest = Claims::of(&plan.manifest);
    if differs {
        present.claims.and(&manifest).write(&folder)?;
    }
    let mut writer = writer::Writer::new(&folder)?;
    // A file may be in the way of a folder, and the other way round.
    let in_the_way = InTheWay::of(&plan);
    let (first, last) = remove.iter().partition::<Vec<&SitePath>, _>(|path| in_the_way.is(path));
    first.into_iter().try_for_each(|path| writer.remove(path))?;
    plan.write.iter().try_for_each(|artifact| writer.write(artifact))?;
    last.into_iter().try_for_each(|path| writer.remove(path))?;
    if differs || present.claims != manifest {
        manifest.write(&folder)?;
    }
    if let Some(path) = record {
        present.write_record(&path, &folder, &plan);
    }
    Ok(Published { written: plan.write.len(), removed: remove.len(), unchanged, left })
}

/// What removing a site came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpublished {
    /// Files removed.
    pub removed: usize,
    /// Files that were left because somebody else may have changed them.
    pub left: Vec<PathBuf>,
}

/// Removes what Precedent wrote to a folder, and the folder when nothing else is left.
///
/// # Errors
/// When the folder holds anything that the book is made of, or a file cannot be removed.
pub fn unpublish(book: &Book, folder: &Path, build: &Build) -> Result<Unpublished, Error> {
    let Ok(place) = fs::canonicalize(folder) else { return Ok(Unpublished { removed: 0, left: Vec::new() }) };
    let record = record_file(book, &place);
    let present = Present::look(&place, record.as_deref());
    if present.files.is_empty() && !place.join(MANIFEST).is_file() {
        return Ok(Unpublished { removed: 0, left: Vec::new() });
    }
    place::check(book, folder, build)?;
    let _lock = place::lock(&place)?;
    let gone = Plan { write: Vec::new(), remove: present.paths().collect(), manifest: Manifest::default() };
    let (remove, left) = removable(book, &place, &gone, &present);
    let mut writer = writer::Writer::new(&place)?;
    remove.iter().try_for_each(|path| writer.remove(path))?;
    writer.remove_own()?;
    if let Some(record) = record {
        // What is not there any more cannot be known wrongly.
        let _ = fs::remove_file(record);
    }
    // Only an empty folder can be removed so.
    let _ = fs::remove_dir(&place);
    Ok(Unpublished { removed: remove.len(), left })
}

/// Says what a build would refuse to do with the folder.
///
/// # Errors
/// Those of [`publish`], but for those of the search's files.
pub fn examine(book: &Book, folder: &Path, build: &Build) -> Result<(), Error> {
    place::check(book, folder, build)?;
    let Ok(folder) = fs::canonicalize(folder) else { return Ok(()) };
    let present = Present::look(&folder, record_file(book, &folder).as_deref());
    check_foreign(&folder, &mut plan(build, &Search::None, &present.known()), &present)
}

impl Present {
    /// Looks at the files of a folder that have a name that a build gave.
    fn look(folder: &Path, record: Option<&Path>) -> Self {
        let claims = Claims::read(folder);
        let record = record.map(Record::read).unwrap_or_default();
        let names: BTreeSet<&str> = claims.names().chain(record.names()).filter(|name| is_plain(name)).collect();
        let links = place::Links::new(folder);
        let now = |name: &str| {
            let is_there = !links.leads_through(name);
            Some((name.to_owned(), record.now(folder, name).filter(|_| is_there)?))
        };
        let files: BTreeMap<String, Fingerprint> = names.into_iter().filter_map(now).collect();
        Self { claims, record, files }
    }

    /// Returns the files that are there.
    fn paths(&self) -> impl Iterator<Item = SitePath> {
        self.files.keys().filter_map(|name| SitePath::new(name).ok())
    }

    /// Says whether the folder holds the search of these documents. Only the user's cache can tell: a search that somebody
    /// changed looks like one that somebody made.
    fn has_search(&self, documents: &str) -> bool {
        let is_search = |name: &&str| name.starts_with(crate::build::SEARCH);
        let files: Vec<&str> = self.record.names().filter(is_search).collect();
        let whole = files.iter().all(|name| self.files.get(*name).copied() == self.record.written(name));
        whole && self.record.about == format!("{documents} {}", files.len())
    }

    /// Returns what is there of ours, in the words of a plan.
    fn known(&self) -> Manifest {
        let files = self.files.iter().map(|(name, fingerprint)| (name.clone(), fingerprint.to_string())).collect();
        let search =
            self.record.about.rsplit_once(' ').and_then(|(documents, count)| Some((documents, count.parse().ok()?)));
        Manifest { files, search: search.map(|(documents, count): (&str, usize)| (documents.to_owned(), count)) }
    }

    /// Says whether a file has the bytes that some build gave it.
    fn is_as_written(&self, name: &str, now: Fingerprint) -> Origin {
        if self.record.written(name) == Some(now) {
            Origin::Known
        } else if self.claims.admits(name, now) {
            Origin::Claimed
        } else {
            Origin::Other
        }
    }

    /// Notes in the user's cache what the folder holds now. Where that fails, the next build reads the files.
    fn write_record(&self, path: &Path, folder: &Path, plan: &Plan<'_>) {
        let mut record = Record::default();
        if let Some((documents, count)) = &plan.manifest.search {
            record.about = format!("{documents} {count}");
        }
        for (name, fingerprint) in &plan.manifest.files {
            if let Some(fingerprint) = Fingerprint::parse(fingerprint) {
                record.note(folder, name, fingerprint, Age::Fresh);
            }
        }
        if record != self.record {
            let _ = path.parent().map(fs::create_dir_all);
            let _ = record.write(path);
        }
    }
}

/// Who says that a file is as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// The user's cache.
    Known,
    /// The manifest beside it, which may have come with the repository.
    Claimed,
    /// Nobody.
    Other,
}

/// Tells which of the files that the site has no more can be removed, and which are left.
///
/// A file that somebody changed is his now. On the manifest's word alone nothing goes that git tracks: it came with the
/// repository, as the manifest may have. Where there is no git, nothing goes on that word.
fn removable(book: &Book, folder: &Path, plan: &Plan<'_>, present: &Present) -> (Vec<SitePath>, Vec<PathBuf>) {
    let mut tracked = None;
    let mut remove = Vec::new();
    let mut left = Vec::new();
    for path in &plan.remove {
        let Some(now) = present.files.get(path.as_str()) else { continue };
        let goes = match present.is_as_written(path.as_str(), *now) {
            Origin::Known => true,
            Origin::Claimed => {
                let tracked = tracked.get_or_insert_with(|| place::tracked(book, folder));
                tracked.as_ref().is_some_and(|tracked| !tracked.contains(path.as_str()))
            }
            Origin::Other => false,
        };
        if goes { remove.push(path.clone()) } else { left.push(folder.join(path.as_str())) }
    }
    (remove, left)
}

/// Refuses to write over a file of somebody else's. One that has the right bytes already stays, and stays his.
fn check_foreign(folder: &Path, plan: &mut Plan<'_>, present: &Present) -> Result<(), Error> {
    let mut same = BTreeSet::new();
    for artifact in &plan.write {
        let name = artifact.path.as_str();
        if present.files.contains_key(name) {
            continue;
        }
        let path = folder.join(name);
        match fs::symlink_metadata(&path) {
            Err(_) => {}
            Ok(metadata) if metadata.is_symlink() => return Err(Error::Link { path }),
            Ok(_) if present.record.now(folder, name) == Some(artifact.fingerprint) => {
                same.insert(artifact.path.clone());
            }
            Ok(metadata) if metadata.is_dir() && present.holds_only_ours(folder, name, plan) => {}
            Ok(_) => return Err(Error::Foreign { path, folder: folder.to_owned() }),
        }
    }
    plan.write.retain(|artifact| !same.contains(&artifact.path));
    plan.manifest.files.retain(|name, _| SitePath::new(name).is_ok_and(|path| !same.contains(&path)));
    Ok(())
}

impl Present {
    /// Says whether a folder of the site will be empty, so that a file can take its place.
    fn holds_only_ours(&self, folder: &Path, name: &str, plan: &Plan<'_>) -> bool {
        let mut open = vec![folder.join(name)];
        while let Some(place) = open.pop() {
            for entry in fs::read_dir(&place).into_iter().flatten().flatten() {
                let path = entry.path();
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    open.push(path);
                    continue;
                }
                let below = path.strip_prefix(folder).ok().and_then(Path::to_str).unwrap_or("");
                if !plan.remove.iter().any(|gone| gone.as_str() == below) {
                    return false;
                }
            }
        }
        true
    }
}

/// Tells which files that go must go before the site is written: one lies where a folder comes, or below a new file.
struct InTheWay<'p> {
    new: BTreeSet<&'p str>,
    folders: BTreeSet<&'p str>,
}

impl<'p> InTheWay<'p> {
    fn of(plan: &'p Plan<'_>) -> Self {
        let new: BTreeSet<&str> = plan.write.iter().map(|artifact| artifact.path.as_str()).collect();
        Self { folders: new.iter().flat_map(|name| above(name)).collect(), new }
    }

    fn is(&self, path: &SitePath) -> bool {
        self.folders.contains(path.as_str()) || above(path.as_str()).any(|folder| self.new.contains(folder))
    }
}

/// Returns the folders above a file.
fn above(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('/').map(|(slash, _)| &name[..slash])
}
