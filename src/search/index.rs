//! The index: kept up to date by fingerprint, asked by [`Request`].

mod ask;
mod page;
mod postings;
mod select;
mod snapshot;
mod walk;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tantivy::directory::{Directory as _, MmapDirectory, RamDirectory};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Term};

use super::contents::{Contents, Page};
use super::excerpt::Part;
use super::facet::Facet;
use super::group::Keys;
use super::query::{Request, facet_value};
use super::schema::{self, Fields};
pub(super) use snapshot::Snapshot;
use snapshot::{Known, Totals, spans_of};
pub(super) use walk::Place;
pub(super) use words::TOKENIZER;

/// Why the index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The files of the index cannot be opened.
    #[error("cannot open the search index in `{}`: {message}", path.display())]
    Open {
        /// The folder of the index.
        path: PathBuf,
        /// What tantivy says.
        message: String,
    },
    /// The index cannot be brought up to date.
    #[error("cannot write the search index: {0}")]
    Write(String),
    /// The index cannot be read.
    #[error("cannot read the search index: {0}")]
    Read(String),
}

/// An index in memory or in a folder.
pub struct Index {
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    language: String,
    /// What searches see: one state, whole.
    snapshot: Mutex<Arc<Snapshot>>,
}

/// How many pages a synchronisation touched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Synced {
    /// Pages added.
    pub added: usize,
    /// Pages removed.
    pub removed: usize,
}

/// What a query found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Results {
    /// The query.
    pub query: String,
    /// The best section of each page, the best page first.
    pub results: Vec<Hit>,
    /// How many pages were found, of which the results are the first.
    pub total: usize,
    /// Words that nothing has.
    pub unknown: Vec<String>,
    /// Words that are on no page, each with the one that was searched for instead.
    pub corrected: Vec<(String, String)>,
    /// Words, each with another name for the same that was searched for too.
    pub synonyms: Vec<(String, String)>,
}

/// A section that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The title of the page.
    pub title: String,
    /// The heading of the section, empty for the beginning of the page.
    pub heading: String,
    /// The source, relative to the book's root.
    pub path: String,
    /// The line of the source, from 1.
    pub line: usize,
    /// The address from the site's root.
    pub url: String,
    /// The names of the places above the page.
    pub breadcrumb: Vec<String>,
    /// `decision`, `guideline` or `page`.
    pub kind: String,
    /// The state of a decision.
    pub status: Option<String>,
    /// The page's day.
    pub date: Option<String>,
    /// The page's tags.
    pub tags: Vec<String>,
    /// The id of a record.
    pub id: Option<String>,
    /// The scope of a record.
    pub scope: String,
    /// How well it answers, in whole numbers; comparable within one query only.
    pub score: u64,
    /// The part of the text that shows why.
    pub excerpt: Vec<Part>,
}

/// The memory for writing, in bytes: the least that tantivy takes for one thread, and enough for a whole book with two.
const SMALL_BUDGET: usize = 15_000_000;
const LARGE_BUDGET: usize = 120_000_000;

/// From this many new pages on, two threads write.
const MANY: usize = 100;

impl Index {
    /// Makes an empty index in memory, for a text in a language (BCP 47).
    pub fn in_memory(language: &str) -> Self {
        let (schema, _) = schema::schema();
        let index = tantivy::Index::create_in_ram(schema);
        Self::prepare(index, language).expect("an index in memory has no files that could be missing")
    }

    /// Makes an index in memory of the files of one that was kept in a folder: what is written to it stays here.
    ///
    /// # Errors
    /// When they are no index, or one of another version.
    pub fn of_files(files: Vec<(String, Vec<u8>)>, language: &str) -> Result<Self, Error> {
        let directory = RamDirectory::create();
        for (name, content) in files {
            directory.atomic_write(Path::new(&name), &content).map_err(|error| Error::Read(error.to_string()))?;
        }
        let index = tantivy::Index::open(directory).map_err(|error| Error::Read(error.to_string()))?;
        if index.schema() != schema::schema().0 {
            return Err(Error::Read("it is of another version".to_owned()));
        }
        Self::prepare(index, language).map_err(|error| Error::Read(error.to_string()))
    }

    /// Opens the index in a folder, or makes an empty one there.
    ///
    /// # Errors
    /// When the folder cannot be written, or holds an index that is damaged or of another version.
    pub fn open(folder: &Path, language: &str) -> Result<Self, Error> {
        let error = |message: String| Error::Open { path: folder.to_owned(), message };
        let (schema, _) = schema::schema();
        let directory = MmapDirectory::open(folder).map_err(|e| error(e.to_string()))?;
        let index = tantivy::Index::open_or_create(directory, schema).map_err(|e| error(e.to_string()))?;
        Self::prepare(index, language).map_err(|e| error(e.to_string()))
    }

    /// Returns what an index in a folder depends on beside its documents; another value needs another folder.
    pub fn format(language: &str) -> String {
        format!("{}.{}-{language}", schema::VERSION, super::export::FORMAT)
    }

    fn prepare(index: tantivy::Index, language: &str) -> tantivy::Result<Self> {
        index.tokenizers().register(TOKENIZER, words::WordsTokenizer::default());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let (_, fields) = schema::schema();
        let snapshot = Mutex::new(Arc::new(snapshot(&index, &reader, fields, language)?));
        Ok(Self { index, reader, fields, language: language.to_owned(), snapshot })
    }

    /// Brings the index to hold exactly these documents, and names that mean the same.
    ///
    /// # Errors
    /// When the index cannot be read or written; it then holds what it held before.
    pub fn sync(&self, Contents { pages, synonyms }: &Contents<'_>) -> Result<Synced, Error> {
        let wanted: BTreeMap<String, &Page<'_>> = pages.iter().map(|page| (page.id.to_string(), page)).collect();
        let mut totals = Totals::default();
        let mut present = self.present().map_err(|error| Error::Read(error.to_string()))?;
        let gone: Vec<String> = present.keys().filter(|id| !wanted.contains_key(*id)).cloned().collect();
        gone.iter().for_each(|id| drop(present.remove(id)));
        present.values().for_each(|spans| totals.add(spans));
        let new: Vec<(&String, &Page<'_>)> =
            wanted.iter().filter(|(id, _)| !present.contains_key(*id)).map(|(id, page)| (id, *page)).collect();
        let synced = Synced { added: new.len(), removed: gone.len() };
        if synced != Synced::default() || self.snapshot().names() != *synonyms {
            let known = Known { totals, synonyms: synonyms.clone() };
            self.write(&gone, &new, known).map_err(|error| Error::Write(error.to_string()))?;
        }
        Ok(synced)
    }

    /// Writes what has changed; the totals that are known are those of the pages that stay.
    fn write(&self, gone: &[String], new: &[(&String, &Page<'_>)], mut known: Known) -> tantivy::Result<()> {
        let mut writer: IndexWriter = match new.len() {
            MANY.. => self.index.writer_with_num_threads(2, LARGE_BUDGET)?,
            _ => self.index.writer_with_num_threads(1, SMALL_BUDGET)?,
        };
        for id in gone {
            writer.delete_term(Term::from_field_text(self.fields.id, id));
        }
        let before = self.snapshot();
        let mut keys = Keys::new(before.groups());
        for (id, page) in new {
            let (document, spans) = page::to_tantivy(&page.documents(), id, &self.fields, &mut keys);
            known.totals.add(&spans);
            writer.add_document(document)?;
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&crate::data::to_json(&known));
        commit.commit()?;
        writer.wait_merging_threads()?;
        self.reader.reload()?;
        let snapshot = snapshot(&self.index, &self.reader, self.fields, &self.language)?;
        *self.snapshot.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
        Ok(())
    }

    /// Returns the newest state.
    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the fingerprints of the pages that the index holds, with the places where their fields begin.
    fn present(&self) -> tantivy::Result<BTreeMap<String, Vec<u32>>> {
        let mut present = BTreeMap::new();
        for (_, segment) in self.snapshot().segments() {
            let Some(column) = segment.fast_fields().str("id")? else { continue };
            let spans = segment.fast_fields().u64("spans")?;
            for document in segment.doc_ids_alive() {
                let mut id = String::new();
                for ordinal in column.term_ords(document) {
                    column.ord_to_str(ordinal, &mut id)?;
                }
                present.insert(id, spans_of(&spans, document));
            }
        }
        Ok(present)
    }

    /// Returns the values of a facet, in lower case, each with how many pages have it; the most frequent first.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn values(&self, facet: Facet) -> Result<Vec<(String, usize)>, Error> {
        self.snapshot().values(facet).map_err(|error| Error::Read(error.to_string()))
    }

    /// Returns the values that may stand behind a field of a query, `tag` or `after`, and begin so, as [`Index::values`] or
    /// [`Index::years`] has them; none for what is no field.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn complete(&self, field: &str, prefix: &str) -> Result<Vec<(String, usize)>, Error> {
        let mut values = match (Facet::of_query(field), field) {
            (Some(facet), _) => self.values(facet)?,
            (None, "after" | "before") => self.years()?,
            _ => Vec::new(),
        };
        let prefix = facet_value(prefix);
        values.retain(|(value, _)| value.starts_with(&prefix));
        Ok(values)
    }

    /// Returns the years of pages, each with how many pages have it; the newest first.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn years(&self) -> Result<Vec<(String, usize)>, Error> {
        self.snapshot().years().map_err(|error| Error::Read(error.to_string()))
    }

    /// Answers a query.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, request: &Request) -> Result<Results, Error> {
        ask::answer(&self.snapshot(), request).map_err(|error| Error::Read(error.to_string()))
    }
}

/// Takes the newest state. What its pages come to was written together with them.
fn snapshot(index: &tantivy::Index, reader: &IndexReader, fields: Fields, language: &str) -> tantivy::Result<Snapshot> {
    let payload = index.load_metas()?.payload.unwrap_or_default();
    let known = crate::data::from_json(payload.as_bytes()).unwrap_or_default();
    Snapshot::new(reader.searcher(), fields, known, language)
}

#[cfg(test)]
mod tests;
