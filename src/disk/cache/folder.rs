//! Where the cache of a book is: a folder of the user's, made when something is kept in it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::disk::error::Error;
use crate::disk::write;
use crate::fingerprint::Fingerprint;

/// Where the caches of all books are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cache {
    /// Nowhere: every run begins anew.
    Memory,
    /// In the folder where the system keeps the caches of the user. It is not used for a repository that it lies in.
    OfUser(PathBuf),
    /// In a folder that the caller named.
    Named(PathBuf),
}

impl Cache {
    /// Returns the folder for a book, which may not be there yet; nothing where none can be trusted.
    pub(in crate::disk) fn folder_of(&self, book: &Path, repository: &Path) -> Option<PathBuf> {
        let base = match self {
            Self::Memory => return None,
            // What lies in the repository came with it, or could have.
            Self::OfUser(base) if resolved(base).starts_with(repository) => return None,
            Self::OfUser(base) | Self::Named(base) => base,
        };
        Some(base.join("books").join(name_of(book)))
    }
}

/// Returns the name by which what is kept for a book is told from what is kept for others.
pub(in crate::disk) fn name_of(book: &Path) -> String {
    let name = book.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let plain: String =
        name.chars().filter(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter)).collect();
    let place = Fingerprint::of_bytes(book.as_os_str().as_encoded_bytes()).to_string();
    format!("{plain:.40}-{place:.16}")
}

/// Returns a path with its links resolved as far as it is there.
fn resolved(path: &Path) -> PathBuf {
    let there = path.ancestors().find_map(|above| Some((above, fs::canonicalize(above).ok()?)));
    match there {
        Some((above, real)) => real.join(path.strip_prefix(above).unwrap_or(Path::new(""))),
        None => path.to_owned(),
    }
}

/// The file that tells backup tools to leave the folder out.
///
/// See <https://bford.info/cachedir/>.
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n";

/// Makes the folder of a book, which nobody but the user may read.
pub(super) fn prepare(folder: &Path) -> Result<(), Error> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| Error::Write { path: folder.to_owned(), source })?;
    write::atomically(&folder.join("CACHEDIR.TAG"), TAG.as_bytes())
}

/// Removes what is kept for a book.
///
/// # Errors
/// When it cannot be removed.
pub fn clear(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(folder) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::Remove { path: folder.to_owned(), source })
        }
        _ => Ok(()),
    }
}

/// Waits until no other process writes to the folder, and keeps it so while the file is open.
pub(super) fn hold(folder: &Path) -> Result<File, Error> {
    let path = folder.join("lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|source| Error::Write { path, source })?;
    // Where a file system has no locks, nothing better can be done than to go on.
    let _ = file.lock();
    Ok(file)
}
