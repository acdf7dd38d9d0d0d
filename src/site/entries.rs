//! The pages of a site, shared among its copies.

use std::iter::Map;
use std::ops::Index;
use std::slice;
use std::sync::Arc;

use super::{Entry, Parsed};
use crate::path::BookPath;

/// The pages in the order of their paths; their place is their number.
#[derive(Debug, Clone)]
pub struct Entries(Vec<Arc<Entry>>);

/// Goes through the pages.
pub type Iter<'e> = Map<slice::Iter<'e, Arc<Entry>>, fn(&Arc<Entry>) -> &Entry>;

impl Entries {
    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Says whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Goes through the pages.
    pub fn iter(&self) -> Iter<'_> {
        self.0.iter().map(|entry| &**entry)
    }

    /// Returns the number of the page that a file is.
    pub fn find(&self, path: &BookPath) -> Option<usize> {
        self.0.binary_search_by(|entry| entry.page().path.cmp(path)).ok()
    }

    /// Puts another text in the place of a page's. The links of both must be the same, and all that other pages see of it.
    pub fn replace(&mut self, at: usize, parsed: Parsed) {
        self.0[at] = Arc::new(Entry { parsed, ..Entry::clone(&self.0[at]) });
    }
}

impl Index<usize> for Entries {
    type Output = Entry;

    fn index(&self, at: usize) -> &Entry {
        &self.0[at]
    }
}

impl FromIterator<Entry> for Entries {
    fn from_iter<T: IntoIterator<Item = Entry>>(entries: T) -> Self {
        Self(entries.into_iter().map(Arc::new).collect())
    }
}

impl<'e> IntoIterator for &'e Entries {
    type Item = &'e Entry;
    type IntoIter = Iter<'e>;

    fn into_iter(self) -> Iter<'e> {
        self.iter()
    }
}
