//! The index: kept up to date by fingerprint, asked by [`Request`].

mod ask;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tantivy::directory::MmapDirectory;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use super::document::Document;
use super::excerpt::Part;
use super::query::Request;
use super::query::names_of;
use super::schema::{self, Fields};

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
}

/// How many documents a synchronisation touched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Synced {
    /// Documents added.
    pub added: usize,
    /// Documents removed.
    pub removed: usize,
}

/// What a query found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Results {
    /// The query.
    pub query: String,
    /// The best section of each page, the best page first.
    pub results: Vec<Hit>,
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
    /// How well it answers; comparable within one query only.
    pub score: f32,
    /// The part of the text that shows why.
    pub excerpt: Vec<Part>,
}

/// The memory for writing, in bytes: the least that tantivy takes for one thread, and enough for a whole book with two.
const SMALL_BUDGET: usize = 15_000_000;
const LARGE_BUDGET: usize = 120_000_000;

/// From this many new documents on, two threads write.
const MANY: usize = 500;

impl Index {
    /// Makes an empty index in memory, for a text in a language (BCP 47).
    pub fn in_memory(language: &str) -> Self {
        let (schema, _) = schema::schema();
        let index = tantivy::Index::create_in_ram(schema);
        Self::prepare(index, language).expect("an index in memory has no files that could be missing")
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
        format!("{}-{language}", schema::VERSION)
    }

    fn prepare(index: tantivy::Index, language: &str) -> tantivy::Result<Self> {
        index.tokenizers().register(schema::PLAIN, schema::plain_analyzer());
        index.tokenizers().register(schema::STEMMED, schema::stemmed_analyzer(language));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let (_, fields) = schema::schema();
        Ok(Self { index, reader, fields, language: language.to_owned() })
    }

    /// Brings the index to hold exactly these documents.
    ///
    /// # Errors
    /// When the index cannot be read or written; it then holds what it held before.
    pub fn sync(&self, documents: &[Document]) -> Result<Synced, Error> {
        let wanted: BTreeMap<String, &Document> =
            documents.iter().map(|document| (document.fingerprint().to_string(), document)).collect();
        let present = self.present().map_err(|error| Error::Read(error.to_string()))?;
        let gone: Vec<&String> = present.iter().filter(|id| !wanted.contains_key(*id)).collect();
        let new: Vec<_> = wanted.iter().filter(|(id, _)| !present.contains(*id)).collect();
        let synced = Synced { added: new.len(), removed: gone.len() };
        if synced != Synced::default() {
            self.write(&gone, &new).map_err(|error| Error::Write(error.to_string()))?;
        }
        Ok(synced)
    }

    fn write(&self, gone: &[&String], new: &[(&String, &&Document)]) -> tantivy::Result<()> {
        let mut writer: IndexWriter = match new.len() {
            MANY.. => self.index.writer_with_num_threads(2, LARGE_BUDGET)?,
            _ => self.index.writer_with_num_threads(1, SMALL_BUDGET)?,
        };
        for id in gone {
            writer.delete_term(Term::from_field_text(self.fields.id, id));
        }
        for (id, document) in new {
            writer.add_document(self.to_tantivy(id, document))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        self.reader.reload()
    }

    /// Returns the fingerprints of the documents that the index holds.
    fn present(&self) -> tantivy::Result<BTreeSet<String>> {
        let mut present = BTreeSet::new();
        for segment in self.reader.searcher().segment_readers() {
            let Some(column) = segment.fast_fields().str("id")? else { continue };
            for document in segment.doc_ids_alive() {
                for ordinal in column.term_ords(document) {
                    let mut id = String::new();
                    column.ord_to_str(ordinal, &mut id)?;
                    present.insert(id);
                }
            }
        }
        Ok(present)
    }

    fn to_tantivy(&self, id: &str, document: &Document) -> TantivyDocument {
        let Fields { id: id_field, title, heading, body, names, words, kind, status, tag, person, scope, stored } =
            self.fields;
        let mut out = TantivyDocument::new();
        out.add_text(id_field, id);
        out.add_text(title, &document.title);
        out.add_text(heading, &document.heading);
        out.add_text(body, &document.text);
        out.add_text(names, &document.title);
        out.add_text(names, &document.heading);
        out.add_text(words, &document.text);
        out.add_text(words, &document.title);
        out.add_text(words, &document.heading);
        out.add_text(kind, &document.kind);
        if let Some(state) = &document.status {
            out.add_text(status, state);
        }
        for name in &document.tags {
            out.add_text(tag, name.to_lowercase());
        }
        for name in document.people.iter().flat_map(|name| names_of(name)) {
            out.add_text(person, name);
        }
        // A scope is found by each that it lies in.
        let lower = document.scope.to_lowercase();
        for (end, _) in lower.match_indices('/').chain([(lower.len(), "")]).filter(|(end, _)| *end > 0) {
            out.add_text(scope, &lower[..end]);
        }
        out.add_text(stored, crate::data::to_json(document));
        out
    }

    /// Answers a query.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, request: &Request) -> Result<Results, Error> {
        ask::answer(self, request).map_err(|error| Error::Read(error.to_string()))
    }
}

#[cfg(test)]
mod tests;
