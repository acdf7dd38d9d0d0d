//! A small file that several runs read and change: one at a time, and whole.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::error::Error;
use super::{read, write};

/// The largest such file, in bytes.
const LARGEST: u64 = 16 << 20;

/// The right to change a file, until it is dropped. It need not be there.
#[derive(Debug)]
pub struct Exclusive {
    path: PathBuf,
    lock: PathBuf,
    /// Open as long as the right lasts.
    _held: File,
}

impl Exclusive {
    /// Waits until no other process has the right to change a file, and takes it. Makes the folder where it is not there.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|source| Error::Write { path: folder.to_owned(), source })?;
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(".lock");
        let lock = folder.join(name);
        loop {
            let held = File::options().create(true).truncate(false).write(true).open(&lock);
            let held = held.map_err(|source| Error::Write { path: lock.clone(), source })?;
            // Where a file system has no locks, nothing better can be done than to go on.
            let _ = held.lock();
            if is_there(&held, &lock) {
                return Ok(Self { path: path.to_owned(), lock, _held: held });
            }
        }
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, content: &[u8]) -> Result<(), Error> {
        write::atomically(&self.path, content)
    }
}

impl Drop for Exclusive {
    fn drop(&mut self) {
        // Who waits for it finds that it is gone, and makes a new one.
        #[cfg(unix)]
        let _ = fs::remove_file(&self.lock);
        #[cfg(not(unix))]
        let _ = &self.lock;
    }
}

/// Says whether an open file is still the one of its name: who had it before may have removed it.
fn is_there(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let place = |about: fs::Metadata| (about.dev(), about.ino());
        let (open, named) = (file.metadata().map(place), fs::symlink_metadata(path).map(place));
        open.is_ok_and(|open| named.is_ok_and(|named| open == named))
    }
    #[cfg(not(unix))]
    {
        let _ = (file, path);
        true
    }
}

/// Reads a file that others may be changing; nothing where there is none.
///
/// # Errors
/// When it cannot be read.
pub fn look(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match read::regular(path, LARGEST) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Read { path: path.to_owned(), source }),
    }
}
