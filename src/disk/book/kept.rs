//! What one run leaves to the next: the memo, and the stamps of the files that were read for it.

use std::collections::BTreeMap;

use super::Book;
use crate::build::Memo;
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
}
