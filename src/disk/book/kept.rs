//! What one run leaves to the next: the memo, the stamps of the files that were read for it, and the state of all that it saw.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use super::Book;
use super::state::State;
use crate::build::{Given, Memo, Trust};
use crate::disk::cache::memo;
use crate::disk::walk::Walked;
use crate::fingerprint::Fingerprint;
use crate::path::BookPath;

impl Book {
    /// Returns what earlier runs worked out of the book. From now on files that are as they were then are not read again.
    pub fn recall(&mut self) -> Memo {
        let Some(folder) = &self.cache else { return Memo::default() };
        let (memo, kept) = memo::recall(folder);
        self.kept = kept;
        memo
    }

    /// Keeps a memo for the next run. What cannot be kept is worked out again.
    pub fn remember(&mut self, memo: &Memo) {
        let Some(folder) = &self.cache else { return };
        let read = self.read.iter().filter_map(|(path, (stamp, source))| {
            let stamp = stamp.filter(|stamp| path.is_markdown() && stamp.is_settled(self.looked))?;
            Some((path.clone(), (stamp, source.fingerprint)))
        });
        let stamps = self.kept.stamps.clone().into_iter().chain(read).collect();
        self.kept = memo::remember(folder, memo, stamps, &self.kept).unwrap_or_default();
    }

    /// Returns the files that an earlier run read as they are. In a vault what is read is not what is built.
    pub(super) fn unread(&self, walked: &Walked) -> BTreeMap<BookPath, Fingerprint> {
        let is_in_vault = |path: &BookPath| {
            let place = self.root.join(path.as_str());
            walked.vaults.iter().any(|vault| place.starts_with(vault))
        };
        let unread = self.kept.stamps.iter().filter(|(path, _)| !self.read.contains_key(*path) && !is_in_vault(path));
        unread.map(|(path, (_, fingerprint))| (path.clone(), *fingerprint)).collect()
    }

    /// Looks at every file for the build that follows, and notes in what state they are. What cannot be walked is an error of
    /// that build.
    pub(in crate::disk) fn look_ahead(&mut self) {
        let looked = (self.now)();
        if let Ok(walked) = self.walk() {
            self.state = self.state_of(looked, &walked);
            self.ahead = Some((looked, walked));
        }
    }

    /// Returns the state of all that a build depends on as it is now; nothing where stamps do not tell, or nobody looked.
    ///
    /// `site` is a folder that holds a site, whether it was there already or not.
    pub(in crate::disk) fn state_now(&self, site: &Path) -> Option<Fingerprint> {
        let git = if self.given.trust == Trust::Owner { self.surroundings.told_now()? } else { None };
        Some(self.state.clone()?.with(site, git))
    }

    /// Returns the state of all that the last build was made of; nothing where stamps do not tell, or nobody looked ahead.
    pub(in crate::disk) fn state_built(&self, site: &Path) -> Option<Fingerprint> {
        let git = if self.given.trust == Trust::Owner { self.surroundings.told() } else { None };
        Some(self.state.clone()?.with(site, git))
    }

    /// Returns the state of the files, the day and what the caller says.
    fn state_of(&self, looked: SystemTime, walked: &Walked) -> Option<State> {
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
