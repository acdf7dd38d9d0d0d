//! The book's cache folder: the search index, and a stamp that says which state of the book it has.
//!
//! Everything here can be made again: what is damaged is thrown away.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::{Book, Error, Pages, walk, write_atomically};
use crate::fingerprint::Fingerprint;
use crate::search::{Document, Index, Synced};

/// The name of the cache folder in a book's root.
pub const FOLDER: &str = ".precedent";

/// A stamp cannot tell two changes within this time.
const GRANULARITY: Duration = Duration::from_secs(2);

/// Asks the index of a book, brought up to date. Reads the book only when some file has changed since the last time.
///
/// While the files are looked at, the answer is sought in the index as it was; where one has changed, it is asked again.
///
/// # Errors
/// When the cache folder cannot be written.
pub fn ask<Answer>(book: &mut Book, question: impl Fn(&Index) -> Answer) -> Result<Answer, Error> {
    let folder = prepare(book.root())?;
    let stamp_file = folder.join("stamp");
    let stored = fs::read_to_string(&stamp_file).unwrap_or_default();
    let (language, known) = stored.trim_end().split_once('\n').unwrap_or_default();
    let root = book.root();
    let (answer, stamp) = std::thread::scope(|scope| {
        let stamp = scope.spawn(|| stamp(root));
        let index = if known.is_empty() { None } else { Index::open(&index_folder(&folder, language), language).ok() };
        (index.as_ref().map(&question), stamp.join().expect("a walk gives findings for all that it meets"))
    });
    if let Some(answer) = answer
        && stamp.as_deref() == Some(known)
    {
        return Ok(answer);
    }
    let survey = book.survey(Pages::Published);
    let (index, _) = sync(&folder, &survey.documents(), &survey.language)?;
    if let Some(stamp) = stamp {
        write_atomically(&stamp_file, format!("{}\n{stamp}\n", survey.language).as_bytes())?;
    }
    Ok(question(&index))
}

/// Removes the cache folder.
///
/// # Errors
/// When it cannot be removed.
pub fn clear(root: &Path) -> Result<(), Error> {
    let path = root.join(FOLDER);
    match fs::remove_dir_all(&path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(Error::Remove { path, source }),
        _ => Ok(()),
    }
}

/// Opens the index of the book in a folder, and brings it to hold these documents.
///
/// # Errors
/// When the cache folder cannot be written.
pub fn synced_index(root: &Path, documents: &[Document], language: &str) -> Result<(Index, Synced), Error> {
    sync(&prepare(root)?, documents, language)
}

/// Opens and synchronises; an index that cannot be used is made anew.
fn sync(folder: &Path, documents: &[Document], language: &str) -> Result<(Index, Synced), Error> {
    let path = index_folder(folder, language);
    let attempt = || -> Result<(Index, Synced), crate::search::Error> {
        // The folder may be there or not; tantivy says what is wrong with one that cannot be made.
        let _ = fs::create_dir_all(&path);
        let index = Index::open(&path, language)?;
        let synced = index.sync(documents)?;
        Ok((index, synced))
    };
    attempt().or_else(|_| {
        let _ = fs::remove_dir_all(&path);
        attempt().map_err(Error::from)
    })
}

fn index_folder(folder: &Path, language: &str) -> PathBuf {
    folder.join(format!("index-{}", Index::format(language)))
}

/// Makes the cache folder, which neither git nor backup tools shall take.
fn prepare(root: &Path) -> Result<PathBuf, Error> {
    let folder = root.join(FOLDER);
    if !folder.is_dir() {
        fs::create_dir_all(&folder).map_err(|source| Error::Write { path: folder.clone(), source })?;
        write_atomically(&folder.join(".gitignore"), b"*\n")?;
        write_atomically(&folder.join("CACHEDIR.TAG"), b"Signature: 8a477f597d28d172789f06886806bc55\n")?;
    }
    Ok(folder)
}

/// Returns what stands for the state of all files; nothing while some file is so new that it may change unseen.
fn stamp(root: &Path) -> Option<String> {
    let sum = walk::sum(root);
    let settled =
        sum.newest.is_none_or(|newest| SystemTime::now().duration_since(newest).is_ok_and(|age| age > GRANULARITY));
    settled.then(|| Fingerprint::of(&(env!("CARGO_PKG_VERSION"), sum)).to_string())
}
