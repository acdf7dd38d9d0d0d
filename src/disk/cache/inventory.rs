//! What a walk found, as a list by which a later look tells whether anything has changed without walking again.
//!
//! A folder changes when something in it is added, removed or renamed. Where none has, the files are those of the list, and
//! each needs no more than a look at its stamp.

mod share;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::{MAIN_SEPARATOR, Path};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::available_parallelism;
use std::time::SystemTime;

use crate::disk::walk::{IGNORE_FILES, Walked};
use crate::fingerprint::Fingerprint;
use share::Share;

/// How many files of a folder one core looks at before it takes the next; a folder may have them all.
const SHARE: usize = 128;

/// Folders and their files. Each folder's path below the root and a NUL; its files' names, a `/` between them, and a NUL.
/// A folder of many files comes several times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inventory(String);

/// In what state files and folders were when somebody looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    /// Of the files alone: whether any was added, removed, renamed or written.
    pub(super) files: Fingerprint,
    /// Of the folders alone.
    pub(super) folders: Fingerprint,
    /// When the last file changed, and the last folder.
    pub(super) newest: (SystemTime, SystemTime),
}

impl Inventory {
    /// Lists what a walk of the folder found, and what decided which files it found.
    pub(super) fn of(walked: &Walked, root: &Path) -> Self {
        let below = |path: &Path| {
            let path = path.strip_prefix(root).ok()?.to_str()?;
            Some(if MAIN_SEPARATOR == '/' { path.to_owned() } else { path.replace(MAIN_SEPARATOR, "/") })
        };
        let mut folders: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for folder in walked.folders.iter().chain(&walked.sites) {
            folders.extend(below(folder).map(|path| (path, Vec::new())));
        }
        for file in walked.files.keys() {
            let (folder, name) = file.as_str().rsplit_once('/').unwrap_or(("", file.as_str()));
            folders.entry(folder.to_owned()).or_default().push(name);
        }
        let mut list = String::new();
        for (folder, mut names) in folders {
            let place = root.join(&folder);
            names.extend(IGNORE_FILES.iter().filter(|name| place.join(name).is_file()));
            let shares = names.chunks(SHARE).map(|names| names.join("/"));
            for names in shares.chain(names.is_empty().then(String::new)) {
                list.extend([&folder, "\0", &names, "\0"]);
            }
        }
        Self(list)
    }

    /// Takes a list that was [written](Self::as_str) earlier.
    pub(super) fn read(list: String) -> Self {
        Self(list)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Looks at all that is listed, on every core. Nothing where something is not there any more.
    pub(super) fn state(&self, root: &Path) -> Option<State> {
        let mut rest = self.0.split('\0');
        let shares: Vec<(&str, &str)> = std::iter::from_fn(|| Some((rest.next()?, rest.next()?))).collect();
        let seen: Vec<OnceLock<Option<Share>>> = shares.iter().map(|_| OnceLock::new()).collect();
        // A core that also answers the query takes fewer: halves for each would take a millisecond or two longer.
        let next = AtomicUsize::new(0);
        let look = || {
            while let Some(((folder, names), seen)) = {
                let at = next.fetch_add(1, Ordering::Relaxed);
                shares.get(at).zip(seen.get(at))
            } {
                seen.get_or_init(|| Share::look(&root.join(folder), names));
            }
        };
        std::thread::scope(|scope| {
            (1..available_parallelism().map_or(1, NonZero::get).min(shares.len()))
                .for_each(|_| drop(scope.spawn(look)));
            look();
        });
        let seen: Option<Vec<Share>> = seen.into_iter().map(|share| share.into_inner().flatten()).collect();
        let (mut files, mut folders, mut newest) =
            (Vec::new(), Vec::new(), (SystemTime::UNIX_EPOCH, SystemTime::UNIX_EPOCH));
        for ((path, names), share) in shares.into_iter().zip(seen?) {
            let Share { files: stamps, folder, newest: (file, changed) } = share;
            files.extend((!names.is_empty()).then_some((path, names, stamps)));
            folders.push((path, folder));
            newest = (newest.0.max(file), newest.1.max(changed));
        }
        Some(State { files: Fingerprint::of(&files), folders: Fingerprint::of(&folders), newest })
    }
}
