//! Pages that were saved, shown before every file of the book was looked at.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::{Book, LARGEST};
use crate::build::{Memo, refresh};
use crate::disk::read;
use crate::disk::walk::book_path;
use crate::file::{Artifact, Source};
use crate::path::BookPath;
use crate::site::Site;

impl Book {
    /// Reads the pages among these files, and returns what of the last build's site changes with their texts, where nothing
    /// else does. Nothing where only a build can tell, since a file is new, gone, or no page.
    pub fn refresh(&mut self, memo: &Memo, site: &Site, files: &BTreeSet<PathBuf>) -> Option<Vec<Artifact>> {
        let inputs = self.built.as_mut()?;
        let below = files.iter().filter_map(|file| book_path(file.strip_prefix(&self.root).ok()?));
        // What is no file of the book is what an editor keeps beside one.
        let known: BTreeSet<BookPath> = below.filter(|path| inputs.listing.contains(path)).collect();
        let mut pages = BTreeSet::new();
        for path in known {
            let content = read::regular(&self.root.join(path.as_str()), LARGEST).ok()?;
            let source = Source::new(path.clone(), content);
            if inputs.fingerprint_of(&path) == Some(source.fingerprint) {
                continue;
            }
            // An empty file is one that is being written.
            if !path.is_markdown() || source.content.is_empty() {
                return None;
            }
            inputs.sources.insert(path.clone(), source);
            pages.insert(path);
        }
        if pages.is_empty() { None } else { refresh(inputs, memo, site, &pages) }
    }
}
