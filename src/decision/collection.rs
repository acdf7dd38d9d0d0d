//! Which pages of a book are decisions: a collection is known by what its files have in common.
//!
//! In: every page with its traits, and how deep it lies below a folder that is named for decisions. Out: the pages that
//! are records, the [`Shape`] of each collection, and the folders of which only a part was read.

mod candidate;
mod folder;

pub use candidate::{Candidate, Claim, Partly};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::decision::shape::Shape;
use crate::decision::words::name;
use crate::path::BookPath;
use folder::Folder;

/// The records of a book, by their collections.
#[derive(Debug, Clone, Default)]
pub struct Collections {
    members: BTreeSet<BookPath>,
    /// By page.
    folders: BTreeMap<BookPath, BookPath>,
    shapes: BTreeMap<BookPath, Arc<Shape>>,
    partly: Vec<Partly>,
    templates: BTreeSet<BookPath>,
}

impl Collections {
    /// Says whether a page is a decision.
    pub fn holds(&self, path: &BookPath) -> bool {
        self.members.contains(path)
    }

    /// Returns the shape of the collection of a page, whether it is one of its records or not.
    pub fn shape_of(&self, path: &BookPath) -> Arc<Shape> {
        let folder = self.folders.get(path).cloned().unwrap_or_else(|| name::collection_of(path));
        let shape = || Arc::new(Shape::of_folder(folder.clone()));
        self.shapes.get(&folder).cloned().unwrap_or_else(shape)
    }

    /// Returns the templates that lie beside records.
    pub fn templates(&self) -> &BTreeSet<BookPath> {
        &self.templates
    }

    /// Returns the folders of which only a part is read, in their order.
    pub fn partly(&self) -> &[Partly] {
        &self.partly
    }
}

/// Learns which pages are decisions, and the shapes of their collections.
pub fn learn(candidates: &[Candidate<'_>]) -> Collections {
    let leftovers: BTreeSet<String> =
        candidates.iter().flat_map(|candidate| candidate.traits.leftovers.iter().cloned()).collect();
    let mut collections = Collections::default();
    for (path, folder) in folders(candidates) {
        let members = folder.members();
        let shape = Arc::new(folder.shape(&members, &leftovers));
        collections.partly.extend(folder.partly(&members));
        for candidate in &folder.candidates {
            collections.folders.insert(candidate.path.clone(), path.clone());
        }
        let templates = folder.candidates.iter().filter(|page| !members.is_empty() && page.is_named_template());
        collections.templates.extend(templates.map(|page| page.path.clone()));
        collections.members.extend(members.iter().map(|member| member.path.clone()));
        collections.shapes.insert(path, shape);
    }
    collections
}

/// Groups the pages by the folders of the collections that they would belong to.
fn folders<'a>(candidates: &[Candidate<'a>]) -> BTreeMap<BookPath, Folder<'a>> {
    let mut folders: BTreeMap<BookPath, Folder<'a>> = BTreeMap::new();
    let mut indexes: BTreeMap<BookPath, Vec<Candidate<'a>>> = BTreeMap::new();
    for candidate in candidates {
        let own = name::folder_of_its_own(candidate.path).is_some();
        if candidate.is_index() && !own && candidate.path.parent() != BookPath::root() {
            indexes.entry(candidate.path.parent().parent()).or_default().push(*candidate);
        } else {
            open(&mut folders, name::collection_of(candidate.path)).candidates.push(*candidate);
        }
    }
    // Where the pages of folders look like records, each folder is one.
    for (path, pages) in indexes {
        let beside = folders.get(&path).map_or(0, Folder::alike);
        let by_folder = folder::is_folder_each(&pages, beside, path.name());
        for page in pages {
            let home = if by_folder { path.clone() } else { page.path.parent() };
            let folder = open(&mut folders, home);
            folder.by_folder |= by_folder;
            folder.candidates.push(page);
        }
    }
    for folder in folders.values_mut() {
        folder.candidates.sort_by_key(|candidate| candidate.path);
    }
    folders
}

fn open<'f, 'a>(folders: &'f mut BTreeMap<BookPath, Folder<'a>>, path: BookPath) -> &'f mut Folder<'a> {
    folders.entry(path.clone()).or_insert_with(|| Folder::new(path))
}
