//! The search of a site without a server: made of the book's index, which is kept beside the book.

use super::{Error, cache};
use crate::build::Build;
use crate::fingerprint::Fingerprint;
use crate::search::{Document, Index, export};

/// The search of a build. Its files are made when they are asked for.
pub struct StaticSearch<'b> {
    build: &'b Build,
    documents: Vec<Document>,
    keep: Keep<'b>,
}

/// What becomes of the index.
#[derive(Debug, Clone, Copy)]
pub enum Keep<'b> {
    /// It is kept for the book in this folder, up to date for the next time.
    In(&'b std::path::Path),
    /// It is thrown away: the build has what the book's index must not have.
    Nowhere,
}

impl<'b> StaticSearch<'b> {
    /// Returns the search of a build.
    pub fn new(build: &'b Build, keep: Keep<'b>) -> Self {
        Self { build, documents: build.documents(), keep }
    }

    /// Returns what its files depend on.
    pub(super) fn fingerprint(&self) -> String {
        let Build { title, language, .. } = self.build;
        Fingerprint::of(&(env!("CARGO_PKG_VERSION"), Index::format(language), title, &self.documents)).to_string()
    }

    /// Makes its files.
    pub(super) fn files(&self) -> Result<Vec<crate::file::Artifact>, Error> {
        let Build { title, language, .. } = self.build;
        let index = match self.keep {
            Keep::In(root) => cache::synced_index(root, &self.documents, language)?.0,
            Keep::Nowhere => {
                let index = Index::in_memory(language);
                index.sync(&self.documents)?;
                index
            }
        };
        Ok(export(&index, &self.documents, title, language)?)
    }
}
