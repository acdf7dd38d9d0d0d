//! Full-text search over one site: documents come in, an [`Index`] answers queries.
//!
//! A document is a section of a page. The index (tantivy) is brought up to date by fingerprint: a document that is
//! gone is a deleted term, a new one is added, the others are not touched. Ranking: every word must be found (title
//! before heading before text, BM25 with boosts); where that finds nothing, words are forgiven their typos, and
//! where that finds nothing, some of the words are enough.

mod document;
mod excerpt;
mod index;
mod query;
mod schema;

pub use document::{Document, documents};
pub use excerpt::Part;
pub use index::{Error, Hit, Index, Results, Synced};
pub use query::{Filters, LastWord, Request};
