//! In what state everything is that a build depends on, as far as stamps tell.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::fingerprint::Fingerprint;

/// In what state everything is that a build depends on.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// Folders that hold sites.
    pub(super) sites: BTreeSet<PathBuf>,
    pub(super) rest: Fingerprint,
}

impl State {
    /// Adds the folder that holds the site, whether it was there already or not, and what git tells.
    pub(super) fn with(mut self, site: &Path, git: Option<Fingerprint>) -> Fingerprint {
        self.sites.insert(site.to_owned());
        Fingerprint::of(&(self.sites, self.rest, git))
    }
}
