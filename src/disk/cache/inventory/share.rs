//! A look at a folder and at some files in it.

use std::path::Path;
use std::time::SystemTime;

use crate::disk::stamp::Stamp;
use crate::fingerprint::Fingerprint;

/// What one look came to.
#[derive(Debug)]
pub(in crate::disk) struct Share {
    /// Of the stamps of the files.
    pub(in crate::disk) files: Fingerprint,
    /// Of the stamp of the folder.
    pub(in crate::disk) folder: Fingerprint,
    /// When the last of the files changed, and the folder.
    pub(in crate::disk) newest: (SystemTime, SystemTime),
}

impl Share {
    /// Looks at a folder and at files in it, whose names have a `/` between them, or at what links there lead to. Nothing
    /// where one is not there.
    pub(in crate::disk) fn look(folder: &Path, names: &str) -> Option<Self> {
        let names = names.split('/').filter(|name| !name.is_empty());
        let (folder, stamps) = stamps(folder, names)?;
        let newest = stamps.iter().map(|stamp| stamp.modified).max().unwrap_or(SystemTime::UNIX_EPOCH);
        let changed = folder.modified;
        Some(Self { files: Fingerprint::of(&stamps), folder: Fingerprint::of(&folder), newest: (newest, changed) })
    }
}

/// Returns the stamps of a folder and of files in it.
///
/// The system goes the way to the folder once, which takes a third off the time. The time of a folder is when its entry
/// changed last, which, other than when its content did, nobody can set: `rsync` and `tar` set that back.
#[cfg(unix)]
fn stamps<'n>(folder: &Path, names: impl Iterator<Item = &'n str>) -> Option<(Stamp, Vec<Stamp>)> {
    use rustix::fs::{AtFlags, CWD, Mode, OFlags, Stat, fstat, open, statat};
    use rustix::io::Errno;

    let of_file = |stat: &Stat| stamp(stat, (stat.st_mtime, stat.st_mtime_nsec));
    let of_folder = |stat: &Stat| stamp(stat, (stat.st_ctime, stat.st_ctime_nsec));
    let place = match open(folder, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty()) {
        Ok(place) => place,
        Err(Errno::ACCESS) => {
            // A walk sees it and nothing in it. Who may read it one day finds another stamp.
            let closed = Stamp { length: u64::MAX, ..of_folder(&statat(CWD, folder, AtFlags::empty()).ok()?) };
            return (names.count() == 0).then_some((closed, Vec::new()));
        }
        Err(_) => return None,
    };
    let files = names.map(|name| statat(&place, name, AtFlags::empty()).ok().map(|stat| of_file(&stat)));
    let files: Option<Vec<Stamp>> = files.collect();
    Some((of_folder(&fstat(&place).ok()?), files?))
}

/// Returns the stamp of what was looked at, with one of its times in seconds and nanoseconds as when its content changed.
#[cfg(unix)]
fn stamp(stat: &rustix::fs::Stat, (seconds, nanoseconds): (impl TryInto<i64>, impl TryInto<u32>)) -> Stamp {
    use crate::disk::stamp::moment;

    Stamp {
        length: u64::try_from(stat.st_size).unwrap_or_default(),
        modified: moment(seconds, nanoseconds),
        changed: moment(stat.st_ctime, stat.st_ctime_nsec),
        inode: stat.st_ino,
    }
}

/// Returns the stamps of a folder and of files in it.
#[cfg(not(unix))]
fn stamps<'n>(folder: &Path, names: impl Iterator<Item = &'n str>) -> Option<(Stamp, Vec<Stamp>)> {
    let at = |path: &Path| std::fs::metadata(path).ok().map(|metadata| Stamp::of(&metadata));
    let files: Option<Vec<Stamp>> = names.map(|name| at(&folder.join(name))).collect();
    Some((at(folder)?, files?))
}
