//! Reading of files that somebody else may have put there: regular files only, and no more of them than is asked for.
//!
//! A pipe is not waited for, a device is not read without end, and no link is followed: whoever knows where one leads asks
//! for that.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Reads a regular file of at most `limit` bytes; a symbolic link is none.
///
/// # Errors
/// When there is no such file, or it is larger.
pub(super) fn regular(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    // A byte more than there are, to see the end without another buffer.
    let expected = usize::try_from(file.metadata()?.len().min(limit)).unwrap_or(0);
    let mut content = Vec::with_capacity(expected.saturating_add(1));
    let length = file.take(limit.saturating_add(1)).read_to_end(&mut content)?;
    if length as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(content) }
}

/// Opens a regular file.
///
/// # Errors
/// When there is none.
fn open(path: &Path) -> io::Result<File> {
    let file = open_any(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_regular()) }
}

fn not_regular() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file")
}

#[cfg(unix)]
fn open_any(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    use rustix::io::Errno;

    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::NOFOLLOW;
    match rustix::fs::open(path, flags, Mode::empty()) {
        Ok(descriptor) => Ok(File::from(descriptor)),
        Err(Errno::LOOP) => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a symbolic link")),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(unix))]
fn open_any(path: &Path) -> io::Result<File> {
    if path.symlink_metadata()?.is_file() { File::open(path) } else { Err(not_regular()) }
}

/// Says whether an error tells of the process and not of the file: another moment, another answer.
pub(super) fn is_passing(error: &io::Error) -> bool {
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        let passing = [Errno::MFILE, Errno::NFILE, Errno::NOMEM, Errno::INTR];
        error.raw_os_error().is_some_and(|code| passing.iter().any(|errno| errno.raw_os_error() == code))
    }
    #[cfg(not(unix))]
    {
        error.kind() == io::ErrorKind::Interrupted
    }
}
