//! The search index of a book, and the answers it gives.
//!
//! A record beside it says what its files held when they were written. An index whose files are others is thrown away
//! unread and made anew: it cannot be trusted to fail by itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::folder::{hold, prepare};
use super::inventory::{Inventory, State};
use super::known::Known;
use super::record::{Age, Record};

use crate::diagnostic::Code;
use crate::disk::book::{Book, Pages};
use crate::disk::error::Error;
use crate::disk::read;
use crate::disk::stamp::GRANULARITY;
use crate::disk::walk::Walked;
use crate::fingerprint::Fingerprint;
use crate::search::{self, Contents, Index, Synced};

/// What the name of an index begins with.
const INDEX: &str = "index-";

/// The largest file of an index that is copied, in bytes.
const LARGEST: u64 = 4 << 30;

/// Asks the index of a book, brought up to date. Reads the book only when some file has changed since the last time, and
/// walks it only when some folder has. `now` is the time: what changed just before it may change again unseen.
///
/// While the files are looked at, the answer is sought in the index as it was; where one has changed, it is asked again.
/// Where the cache cannot be used, an index is made in memory.
///
/// # Errors
/// When the book cannot be read, or the index cannot answer.
pub fn ask<Answer>(
    book: &mut Book,
    now: SystemTime,
    question: impl Fn(&Index) -> Result<Answer, search::Error>,
) -> Result<Answer, Error> {
    if let Some(folder) = book.cache().map(Path::to_owned) {
        match ask_kept(book, &folder, now, &question) {
            Err(Error::Write { .. } | Error::Index(_)) => {}
            result => return result,
        }
    }
    let survey = book.survey(Pages::Published)?;
    let index = Index::in_memory(&survey.language);
    index.sync(&survey.contents())?;
    Ok(question(&index)?)
}

fn ask_kept<Answer>(
    book: &mut Book,
    folder: &Path,
    now: SystemTime,
    question: impl Fn(&Index) -> Result<Answer, search::Error>,
) -> Result<Answer, Error> {
    let settings = Fingerprint::of(&(&book.given().settings, book.given().trust)).to_string();
    let known = Known::read(folder).filter(|known| known.settings == settings);
    let asked = known.as_ref().map(|known| {
        let index = Kept::at(folder, &known.language).open_as_written();
        known.ask(index.as_ref(), book.root(), |index| question(index).ok())
    });
    let (answer, unchanged) = asked.map_or((None, false), |(answer, unchanged)| (answer.flatten(), unchanged));
    if unchanged && let Some(answer) = answer {
        return Ok(answer);
    }
    let walked = book.walk()?;
    let keep = Keeping::of(&walked, book.root(), settings, now);
    if let (Some(answer), Some(known), Some(state)) = (answer, &known, keep.state)
        && known.files == state.files.to_string()
    {
        // What came or went is no part of the book. Where that cannot be written down, it is looked for again.
        let _ = hold(folder).and_then(|_held| keep.write(folder, book.root(), &known.language));
        return Ok(answer);
    }
    let survey = book.survey(Pages::Published)?;
    let contents = survey.contents();
    prepare(folder)?;
    let _held = hold(folder)?;
    let kept = Kept::at(folder, &survey.language);
    let (index, _) = kept.sync(&contents)?;
    let answer = match question(&index) {
        Ok(answer) => answer,
        // One that took the documents and cannot answer is damaged in a way that its record does not tell.
        Err(_) => {
            kept.remove();
            question(&kept.sync(&contents)?.0)?
        }
    };
    keep.write(folder, book.root(), &survey.language)?;
    Ok(answer)
}

/// What is written down of the state of a book, so that the next search need not read it.
struct Keeping {
    settings: String,
    inventory: Inventory,
    state: Option<State>,
    /// Whether the files are quiet, and whether the folders are and tell all.
    is_settled: (bool, bool),
}

impl Keeping {
    fn of(walked: &Walked, root: &Path, settings: String, now: SystemTime) -> Self {
        let inventory = Inventory::of(walked, root);
        let state = inventory.state(root);
        let is_settled = |newest| now.duration_since(newest).is_ok_and(|age| age > GRANULARITY);
        // A link that leads nowhere may lead somewhere one day, and no folder of the book tells.
        let tells_all = walked.diagnostics.iter().all(|diagnostic| diagnostic.code != Code::SymbolicLink);
        let is_settled = state
            .map_or((false, false), |State { newest, .. }| (is_settled(newest.0), tells_all && is_settled(newest.1)));
        Self { settings, inventory, state, is_settled }
    }

    fn write(self, folder: &Path, root: &Path, language: &str) -> Result<(), Error> {
        match (self.state, self.is_settled) {
            (Some(State { files, folders, .. }), (true, tells_all)) => {
                let known = Known::new(language, self.settings, files, self.inventory);
                known.write(folder, root, Some(folders).filter(|_| tells_all))
            }
            _ => Ok(()),
        }
    }
}

/// Opens the index that is kept in a cache folder, and brings it to hold these contents.
///
/// # Errors
/// When the folder cannot be written.
pub fn synced_index(folder: &Path, contents: &Contents<'_>, language: &str) -> Result<(Index, Synced), Error> {
    prepare(folder)?;
    let _held = hold(folder)?;
    Kept::at(folder, language).sync(contents)
}

/// Makes an index in memory for a preview, which nobody else may change: a copy of the one that is kept for the book, or an
/// empty one. Whoever serves it brings it up to date.
pub fn copied_index(book: &Book, language: &str) -> Index {
    let kept = book.cache().and_then(|folder| Kept::at(folder, language).copy());
    kept.unwrap_or_else(|| Index::in_memory(language))
}

/// An index in a cache folder. Whoever changes it holds the folder.
struct Kept<'a> {
    folder: &'a Path,
    path: PathBuf,
    language: &'a str,
}

impl<'a> Kept<'a> {
    fn at(folder: &'a Path, language: &'a str) -> Self {
        Self { folder, path: folder.join(format!("{INDEX}{}", Index::format(language))), language }
    }

    /// Opens the index where its files are those that were written.
    fn open_as_written(&self) -> Option<Index> {
        let record = Record::read(&self.record());
        let names = names(&self.path);
        let same = !names.is_empty() && names.iter().map(String::as_str).eq(record.names());
        let same = same && names.iter().all(|name| record.now(&self.path, name) == record.written(name));
        if same { Index::open(&self.path, self.language).ok() } else { None }
    }

    /// Reads the index where its files are those that were written, with nobody changing them meanwhile.
    fn copy(&self) -> Option<Index> {
        if !self.path.is_dir() {
            return None;
        }
        let _held = hold(self.folder).ok()?;
        let record = Record::read(&self.record());
        let file = |name: String| {
            let content = read::regular(&self.path.join(&name), LARGEST).ok()?;
            (record.written(&name) == Some(Fingerprint::of_bytes(&content))).then_some((name, content))
        };
        Index::of_files(names(&self.path).into_iter().map(file).collect::<Option<_>>()?, self.language).ok()
    }

    /// Opens and synchronises; an index that cannot be used is made anew.
    fn sync(&self, contents: &Contents<'_>) -> Result<(Index, Synced), Error> {
        let known = self.open_as_written();
        let synced = known.and_then(|index| Some((index.sync(contents).ok()?, index)));
        let (synced, index) = match synced {
            Some(synced) => synced,
            None => {
                self.remove();
                let error = |source| Error::Write { path: self.path.clone(), source };
                fs::create_dir_all(&self.path).map_err(error)?;
                let index = Index::open(&self.path, self.language)?;
                (index.sync(contents)?, index)
            }
        };
        if synced != Synced::default() {
            // Of a state that is gone; where there is none, nothing is left behind.
            let _ = fs::remove_file(self.folder.join(Known::FILE));
        }
        self.write_record()?;
        remove_others(self.folder, &self.path);
        Ok((index, synced))
    }

    fn record(&self) -> PathBuf {
        self.path.with_extension("files")
    }

    /// Notes what the files hold; those that were noted before are not read again.
    fn write_record(&self) -> Result<(), Error> {
        let before = Record::read(&self.record());
        let mut record = Record::default();
        for name in names(&self.path) {
            if let Some(fingerprint) = before.now(&self.path, &name) {
                record.note(&self.path, &name, fingerprint, Age::Own);
            }
        }
        if record == before { Ok(()) } else { record.write(&self.record()) }
    }

    /// Removes the index. The stamp first: without its index it would stand for an empty one.
    fn remove(&self) {
        let _ = fs::remove_file(self.folder.join(Known::FILE));
        let _ = fs::remove_file(self.record());
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Returns the names of the files of an index, sorted; its locks, which come and go, are none.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| !name.ends_with(".lock")).collect();
    names.sort();
    names
}

/// Removes the indexes of other versions and languages, which nobody asks any more.
fn remove_others(folder: &Path, ours: &Path) {
    let is_ours = |path: &Path| path == ours || path == ours.with_extension("files");
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !is_ours(&entry.path()) && entry.file_name().to_string_lossy().starts_with(INDEX) {
            // What cannot be removed takes space, and harms nothing.
            let _ = fs::remove_dir_all(entry.path()).or_else(|_| fs::remove_file(entry.path()));
        }
    }
}
