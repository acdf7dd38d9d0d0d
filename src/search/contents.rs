//! What an index is to hold: pages by what their documents depend on, and the documents themselves when they are asked for.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::document::Document;
use crate::fingerprint::Fingerprint;

/// What an index is to hold.
#[derive(Debug, Default, Hash)]
pub struct Contents<'s> {
    /// The pages, in the order of their paths.
    pub(super) pages: Vec<Page<'s>>,
    /// What the team calls the same: names that are searched for together.
    pub(super) synonyms: Vec<Vec<String>>,
}

/// A page that is searched.
pub(super) struct Page<'s> {
    /// The fingerprint of all that its documents depend on.
    pub(super) id: Fingerprint,
    /// What its documents have in common: the first, without its text.
    pub(super) whole: Document,
    documents: Box<dyn Fn() -> Vec<Document> + Send + Sync + 's>,
}

impl<'s> Page<'s> {
    /// Takes a page; the documents are those of one page, and the same while the fingerprint is.
    pub(super) fn new(
        id: Fingerprint,
        whole: Document,
        documents: impl Fn() -> Vec<Document> + Send + Sync + 's,
    ) -> Self {
        Self { id, whole, documents: Box::new(documents) }
    }

    /// Returns the sections of the page, made anew at each call.
    pub(super) fn documents(&self) -> Vec<Document> {
        (self.documents)()
    }
}

impl Contents<'_> {
    /// Returns the sections of all pages.
    pub fn documents(&self) -> Vec<Document> {
        self.pages.iter().flat_map(Page::documents).collect()
    }
}

/// Puts the sections of each page together.
impl From<Vec<Document>> for Contents<'_> {
    fn from(documents: Vec<Document>) -> Self {
        let mut by_path: BTreeMap<String, Vec<Document>> = BTreeMap::new();
        for document in documents {
            by_path.entry(document.path.clone()).or_default().push(document);
        }
        let page = |documents: Vec<Document>| {
            let whole = Document { text: String::new(), ..documents.first()?.clone() };
            Some(Page::new(Fingerprint::of(&documents), whole, move || documents.clone()))
        };
        Self { pages: by_path.into_values().filter_map(page).collect(), synonyms: Vec::new() }
    }
}

impl Hash for Page<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl fmt::Debug for Page<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.documents().fmt(f)
    }
}
