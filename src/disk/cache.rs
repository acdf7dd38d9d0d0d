//! The book's cache folder: the search index, and a stamp that says which state of the book it has.
//!
//! Everything here can be made again: what is damaged is thrown away.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::inventory::{Inventory, Share, State};
use super::{Book, Error, Pages, walk, write_atomically};
use crate::diagnostic::Code;
use crate::fingerprint::Fingerprint;
use crate::search::{Document, Index, Synced};

/// The name of the cache folder in a book's root.
pub const FOLDER: &str = ".precedent";

/// What the name of an index begins with.
const INDEX: &str = "index-";

/// A stamp cannot tell two changes within this time.
const GRANULARITY: Duration = Duration::from_secs(2);

/// Asks the index of a book, brought up to date. Reads the book only when some file has changed since the last time, and
/// walks it only when some folder has. `now` is the time: what changed just before it may change again unseen.
///
/// While the files are looked at, the answer is sought in the index as it was; where one has changed, it is asked again.
///
/// # Errors
/// When the cache folder cannot be written.
pub fn ask<Answer>(book: &mut Book, now: SystemTime, question: impl Fn(&Index) -> Answer) -> Result<Answer, Error> {
    let folder = prepare(book.root())?;
    let known = Known::read(&folder);
    let (answer, unchanged) = known.as_ref().map_or((None, false), |known| known.ask(&folder, book.root(), &question));
    if unchanged && let Some(answer) = answer {
        return Ok(answer);
    }
    let walked = walk::walk(book.root());
    let inventory = Inventory::of(&walked, book.root());
    let state = inventory.state(book.root());
    let is_settled = |newest| now.duration_since(newest).is_ok_and(|age| age > GRANULARITY);
    // A link that leads nowhere may lead somewhere one day, and no folder of the book tells.
    let tells_all = walked.diagnostics.iter().all(|diagnostic| diagnostic.code != Code::SymbolicLink);
    let keep = |language: &str| match state {
        Some(State { files, folders, newest }) if is_settled(newest.0) => {
            let folders = Some(folders).filter(|_| tells_all && is_settled(newest.1));
            Known::new(language, files, inventory).write(&folder, folders)
        }
        _ => Ok(()),
    };
    if let (Some(answer), Some(known), Some(state)) = (answer, &known, state)
        && known.files == state.files.to_string()
    {
        // What came or went is no part of the book. Where that cannot be written down, it is looked for again.
        let _ = hold(&folder).and_then(|_held| keep(&known.language));
        return Ok(answer);
    }
    let survey = book.survey(Pages::Published);
    let documents = survey.documents();
    let _held = hold(&folder)?;
    let (index, _) = sync(&folder, &documents, &survey.language)?;
    keep(&survey.language)?;
    Ok(question(&index))
}

/// What the index was made of.
struct Known {
    language: String,
    /// The fingerprints of the [`State`], in figures; that of the folders is empty when they do not tell what has changed.
    files: String,
    folders: String,
    inventory: Inventory,
}

impl Known {
    const FILE: &str = "stamp";

    fn new(language: &str, files: Fingerprint, inventory: Inventory) -> Self {
        Self { language: language.to_owned(), files: files.to_string(), folders: String::new(), inventory }
    }

    /// Reads it from the cache folder; nothing where there is none, or another version has written it.
    fn read(folder: &Path) -> Option<Self> {
        let text = fs::read_to_string(folder.join(Self::FILE)).ok()?;
        let mut lines = text.splitn(5, '\n');
        let mut line = || lines.next().map(str::to_owned);
        let (version, language, files, folders) = (line()?, line()?, line()?, line()?);
        let inventory = Inventory::read(line()?);
        (version == env!("CARGO_PKG_VERSION")).then_some(Self { language, files, folders, inventory })
    }

    /// Writes it to the cache folder; the state of the book's folders only where a folder tells that a file in it is new.
    fn write(mut self, folder: &Path, folders: Option<Fingerprint>) -> Result<(), Error> {
        let before = Share::look(folder, "");
        self.write_as_it_is(folder)?;
        let tells = Share::look(folder, "").zip(before).is_some_and(|(after, before)| after.folder != before.folder);
        match folders.filter(|_| tells) {
            Some(folders) => {
                self.folders = folders.to_string();
                self.write_as_it_is(folder)
            }
            None => Ok(()),
        }
    }

    fn write_as_it_is(&self, folder: &Path) -> Result<(), Error> {
        let Self { language, files, folders, inventory } = self;
        let text = [env!("CARGO_PKG_VERSION"), language, files, folders, inventory.as_str()].join("\n");
        write_atomically(&folder.join(Self::FILE), text.as_bytes())
    }

    /// Asks the index as it is, and says whether the book is still what it was made of.
    fn ask<Answer>(&self, folder: &Path, root: &Path, question: impl Fn(&Index) -> Answer) -> (Option<Answer>, bool) {
        std::thread::scope(|scope| {
            let state = scope.spawn(|| self.inventory.state(root));
            let index = Index::open(&index_folder(folder, &self.language), &self.language).ok();
            let answer = index.as_ref().map(question);
            let state = state.join().expect("a look gives nothing for what it cannot see");
            let same =
                |state: State| state.files.to_string() == self.files && state.folders.to_string() == self.folders;
            (answer, state.is_some_and(same))
        })
    }
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
    let folder = prepare(root)?;
    let _held = hold(&folder)?;
    sync(&folder, documents, language)
}

/// Waits until no other process writes to the cache folder, and keeps it so while the file is open.
fn hold(folder: &Path) -> Result<File, Error> {
    let path = folder.join("lock");
    let file = File::create(&path).map_err(|source| Error::Write { path, source })?;
    // Where a file system has no locks, nothing better can be done than to go on.
    let _ = file.lock();
    Ok(file)
}

/// Opens and synchronises, while the folder is held; an index that cannot be used is made anew.
fn sync(folder: &Path, documents: &[Document], language: &str) -> Result<(Index, Synced), Error> {
    let path = index_folder(folder, language);
    let attempt = || -> Result<(Index, Synced), crate::search::Error> {
        // The folder may be there or not; tantivy says what is wrong with one that cannot be made.
        let _ = fs::create_dir_all(&path);
        let index = Index::open(&path, language)?;
        let synced = index.sync(documents)?;
        Ok((index, synced))
    };
    let synced = attempt().or_else(|_| {
        // The stamp first: without its index it would stand for an empty one.
        let _ = fs::remove_file(folder.join(Known::FILE));
        let _ = fs::remove_dir_all(&path);
        attempt()
    })?;
    if synced.1 != Synced::default() {
        // Of a state that is gone; where there is none, nothing is left behind.
        let _ = fs::remove_file(folder.join(Known::FILE));
    }
    remove_others(folder, &path);
    Ok(synced)
}

/// Removes the indexes of other versions and languages, which nobody asks any more.
fn remove_others(folder: &Path, ours: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path() != ours && entry.file_name().to_string_lossy().starts_with(INDEX) {
            // What cannot be removed takes space, and harms nothing.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn index_folder(folder: &Path, language: &str) -> PathBuf {
    folder.join(format!("{INDEX}{}", Index::format(language)))
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
