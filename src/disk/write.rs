//! Writing beside a file's place and renaming, so that no reader sees half of it.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Seek, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::error::Error;
use crate::fingerprint::{Digest, Fingerprint};

/// What the name of a file that is being written begins with.
const PREFIX: &str = ".precedent-";

/// Writes a file that can be made again: whole or not at all, but it may be lost with the power.
pub(super) fn atomically(path: &Path, content: &[u8]) -> Result<(), Error> {
    let error = |source| Error::Write { path: path.to_owned(), source };
    let mut file = temporary(path).map_err(error)?;
    file.write_all(content).map_err(error)?;
    set_readable(file.as_file()).map_err(error)?;
    file.persist(path).map_err(|failed| error(failed.error))?;
    Ok(())
}

/// A file that can be made again and comes in pieces. It takes its place when it is whole.
pub(super) struct Pieces {
    file: BufWriter<NamedTempFile>,
    digest: Digest,
}

impl Pieces {
    /// Begins a file that will lie in this folder.
    pub(super) fn new(folder: &Path) -> Result<Self, Error> {
        let file = temporary(&folder.join("x")).map_err(|source| Error::Write { path: folder.to_owned(), source })?;
        Ok(Self { file: BufWriter::with_capacity(1 << 18, file), digest: Digest::default() })
    }

    /// Begins a file that is [sealed](Pieces::seal), as [`seal`](crate::codec::seal) does it with one piece.
    pub(super) fn sealed(folder: &Path) -> Result<Self, Error> {
        let mut pieces = Self::new(folder)?;
        pieces.write(&[0; Fingerprint::LENGTH])?;
        Ok(pieces)
    }

    pub(super) fn add(&mut self, piece: &[u8]) -> Result<(), Error> {
        self.digest.add(piece);
        self.write(piece)
    }

    /// Returns the fingerprint of all pieces so far.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        self.digest.fingerprint()
    }

    /// Puts the file in its place.
    pub(super) fn finish(self, path: &Path) -> Result<(), Error> {
        let error = |source| Error::Write { path: path.to_owned(), source };
        let file = self.file.into_inner().map_err(|failed| error(failed.into_error()))?;
        set_readable(file.as_file()).map_err(error)?;
        file.persist(path).map_err(|failed| error(failed.error))?;
        Ok(())
    }

    /// Puts the fingerprint of all pieces before them, and the file in its place.
    pub(super) fn seal(mut self, path: &Path) -> Result<(), Error> {
        let fingerprint = self.fingerprint();
        self.file.rewind().map_err(|source| Error::Write { path: path.to_owned(), source })?;
        self.write(fingerprint.as_bytes())?;
        self.finish(path)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let written = self.file.write_all(bytes);
        written.map_err(|source| Error::Write { path: self.file.get_ref().path().to_owned(), source })
    }
}

/// Writes the new text of an author's file beside it, with its permissions, and does not return before it is on the disk.
pub(super) fn beside(place: &Path, content: &[u8], permissions: Permissions) -> io::Result<NamedTempFile> {
    let mut file = temporary(place)?;
    file.write_all(content)?;
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Puts what was written beside a file into its place.
pub(super) fn replace(file: NamedTempFile, place: &Path) -> io::Result<()> {
    file.persist(place).map_err(|failed| failed.error)?;
    sync_folder(place);
    Ok(())
}

/// Writes a file that must not be there yet, whole or not at all; says whether it did.
///
/// # Errors
/// When it cannot be written.
pub(super) fn new(path: &Path, content: &[u8]) -> io::Result<bool> {
    let mut file = temporary(path)?;
    file.write_all(content)?;
    set_readable(file.as_file())?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Ok(_) => {
            sync_folder(path);
            Ok(true)
        }
        Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(failed) => Err(failed.error),
    }
}

fn temporary(place: &Path) -> io::Result<NamedTempFile> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder)
}

/// Gives a file the permissions of one that is for everybody, where a system has such.
pub(super) fn set_readable(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(Permissions::from_mode(0o644))?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// Makes the new name of a file last. Where a folder cannot be told to, the file itself is on the disk all the same.
fn sync_folder(file: &Path) {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
}
