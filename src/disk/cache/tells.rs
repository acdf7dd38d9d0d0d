//! Whether a folder tells by its own stamp that something in it is new.
//!
//! POSIX wants that; file systems over a network and those of virtual machines may answer from what they remember. A book may
//! be on a disk that cannot be written, so it is not tried out: the kinds of file systems that keep the promise are known.

use std::path::Path;

/// Says whether the folders on the file system of a path tell.
#[cfg(target_os = "linux")]
pub(super) fn folders_tell(path: &Path) -> bool {
    /// The numbers of `linux/magic.h`: ext2 to ext4, XFS, Btrfs, tmpfs, overlayfs, F2FS, ZFS, bcachefs.
    const KEPT: [u64; 8] =
        [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630, 0xF2F5_2010, 0x2FC1_2FC1, 0xCA45_1A4E];
    rustix::fs::statfs(path).is_ok_and(|about| u64::try_from(about.f_type).is_ok_and(|kind| KEPT.contains(&kind)))
}

/// Says whether the folders on the file system of a path tell.
#[cfg(target_vendor = "apple")]
pub(super) fn folders_tell(path: &Path) -> bool {
    let is_kept = |about: rustix::fs::StatFs| {
        let name: Vec<u8> = about.f_fstypename.iter().map(|letter| letter.to_ne_bytes()[0]).collect();
        name.starts_with(b"apfs\0") || name.starts_with(b"hfs\0")
    };
    rustix::fs::statfs(path).is_ok_and(is_kept)
}

/// Says whether the folders on the file system of a path tell.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
pub(super) fn folders_tell(_: &Path) -> bool {
    false
}
