//! In what state everything is that a build depends on, as far as stamps tell.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::Book;
use crate::build::{Given, Trust};
use crate::disk::walk::Walked;
use crate::fingerprint::Fingerprint;

/// In what state everything is that a build depends on.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// Folders that hold sites.
    sites: BTreeSet<PathBuf>,
    rest: Fingerprint,
}

impl State {
    fn with(mut self, site: &Path, git: Option<Fingerprint>) -> Fingerprint {
        self.sites.insert(site.to_owned());
        Fingerprint::of(&(self.sites, self.rest, git))
    }
}

impl Book {
    /// Returns the state of all that a build depends on as it is now; nothing where stamps do not tell.
    ///
    /// `site` is a folder that holds a site, whether it was there already or not.
    pub(in crate::disk) fn state_now(&mut self, site: &Path) -> Option<Fingerprint> {
        let looked = (self.now)();
        let walked = self.walk().ok()?;
        let state = self.state_of(looked, &walked);
        self.ahead = Some((looked, walked));
        let git = if self.given.trust == Trust::Owner { self.surroundings.told_now()? } else { None };
        Some(state?.with(site, git))
    }

    /// Returns the state of all that the last build was made of; nothing where stamps do not tell.
    pub(in crate::disk) fn state_built(&self, site: &Path) -> Option<Fingerprint> {
        let git = if self.given.trust == Trust::Owner { self.surroundings.told() } else { None };
        Some(self.state.clone()?.with(site, git))
    }

    /// Returns the state of the files, the day and what the caller says.
    pub(super) fn state_of(&self, looked: SystemTime, walked: &Walked) -> Option<State> {
        let Walked { files, links, folders: _, sites, vaults, diagnostics } = walked;
        let (repository, trouble) = self.surroundings.repository(&self.root);
        let Given { settings, trust, earlier: _ } = &self.given;
        files.values().all(|stamp| stamp.is_settled(looked)).then(|| {
            let outside = (repository.folder, repository.codeowners, trouble, settings, trust, (self.today)());
            let rest = Fingerprint::of(&(files, links, vaults, diagnostics, outside));
            State { sites: sites.iter().cloned().collect(), rest }
        })
    }
}
