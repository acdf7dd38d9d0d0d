//! The search of a site without a server: made of the book's index, which is kept in the user's cache.

use crate::build::Build;
use crate::disk::cache;
use crate::disk::error::Error;
use crate::fingerprint::Fingerprint;
use crate::search::{Contents, Index, Streams, export};

/// The search of a build. Its files are made when they are asked for.
pub struct StaticSearch<'b> {
    build: &'b Build,
    contents: Contents<'b>,
    keep: Keep<'b>,
}

/// What becomes of the index.
#[derive(Debug, Clone, Copy)]
pub enum Keep<'b> {
    /// It is kept in this folder of the user's cache, up to date for the next time.
    In(&'b std::path::Path),
    /// It is thrown away: the build has what the book's index must not have.
    Nowhere,
}

impl<'b> StaticSearch<'b> {
    /// Returns the search of a build.
    pub fn new(build: &'b Build, keep: Keep<'b>) -> Self {
        Self { build, contents: build.contents(), keep }
    }

    /// Returns what its files depend on.
    pub(super) fn fingerprint(&self) -> String {
        let Build { title, language, .. } = self.build;
        Fingerprint::of(&(env!("CARGO_PKG_VERSION"), Index::format(language), title, &self.contents)).to_string()
    }

    /// Makes its files.
    pub(super) fn files(&self) -> Result<Vec<crate::file::Artifact>, Error> {
        let Build { title, language, .. } = self.build;
        let index = match self.keep {
            Keep::In(folder) => cache::synced_index(folder, &self.contents, language).map(|(index, _)| index).ok(),
            Keep::Nowhere => None,
        };
        let index = match index {
            Some(index) => index,
            // Where the cache cannot be written, the index is made in memory.
            None => {
                let index = Index::in_memory(language);
                index.sync(&self.contents)?;
                index
            }
        };
        let place = (title.as_str(), language.as_str());
        let known = match self.keep {
            Keep::In(folder) => cache::streams(folder),
            Keep::Nowhere => Streams::default(),
        };
        let (files, streams) = export(&index, &self.contents, place, &known)?;
        if let Keep::In(folder) = self.keep {
            cache::keep_streams(folder, &streams);
        }
        Ok(files)
    }
}
