//! What tells a changed file from an unchanged one without reading it.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// Two changes within this time may have the same stamp: FAT counts in steps of two seconds.
pub(super) const GRANULARITY: Duration = Duration::from_secs(2);

/// What tells a changed file from an unchanged one without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// In bytes.
    pub length: u64,
    /// When the content changed last, as far as the file says; anybody can set that.
    pub modified: SystemTime,
    /// When anything about the file changed last, which nobody can set; the same as `modified` where a system has no such time.
    pub changed: SystemTime,
    /// The file's number in its file system: another one after a save by renaming.
    pub inode: u64,
}

impl Stamp {
    /// Returns the stamp of a file that is not there any more.
    pub(super) fn none() -> Self {
        Self { length: 0, modified: SystemTime::UNIX_EPOCH, changed: SystemTime::UNIX_EPOCH, inode: 0 }
    }

    /// Says whether the file had been quiet for long enough at a time that no change after it could have the same stamp.
    pub(super) fn is_settled(&self, at: SystemTime) -> bool {
        at.duration_since(self.changed.max(self.modified)).is_ok_and(|age| age > GRANULARITY)
    }

    pub(super) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        #[cfg(unix)]
        let (changed, inode) = {
            use std::os::unix::fs::MetadataExt;
            (moment(metadata.ctime(), metadata.ctime_nsec()), metadata.ino())
        };
        #[cfg(not(unix))]
        let (changed, inode) = (modified, 0);
        Self { length: metadata.len(), modified, changed, inode }
    }
}

/// Returns a time in seconds and nanoseconds since 1970; 1970 where it cannot be one.
#[cfg(unix)]
pub(super) fn moment(seconds: impl TryInto<i64>, nanoseconds: impl TryInto<u32>) -> SystemTime {
    let seconds: i64 = seconds.try_into().unwrap_or_default();
    let whole = Duration::from_secs(seconds.unsigned_abs());
    let epoch = SystemTime::UNIX_EPOCH;
    let whole = if seconds < 0 { epoch.checked_sub(whole) } else { epoch.checked_add(whole) };
    let rest = Duration::new(0, nanoseconds.try_into().unwrap_or_default());
    whole.and_then(|whole| whole.checked_add(rest)).unwrap_or(epoch)
}
