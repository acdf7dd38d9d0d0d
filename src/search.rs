//! Full-text search over one site: documents come in, an [`Index`] answers queries.
//!
//! A document is a section of a page, and a result is the best section of a page. The index (tantivy) is brought up to
//! date by fingerprint: a page that has changed is a deleted term and an added document, the others are not touched.
//!
//! A text becomes [`tokens`], tokens fall into groups of inflections, and a query becomes a plan of groups. The ranking
//! is our own, in whole numbers, so that it can be had again elsewhere. It reads an index through a trait.

mod contents;
mod document;
mod excerpt;
mod export;
mod facet;
mod group;
mod index;
mod near;
mod plan;
mod query;
mod rank;
mod schema;
mod synonym;
mod token;

pub use contents::Contents;
pub use document::{Document, contents};
pub use excerpt::Part;
pub use export::{FOLDERS, Streams, export};
pub use facet::Facet;
pub use index::{Error, Hit, Index, Results, Synced};
pub use query::{Filters, LastWord, Request};
pub use token::{Token, tokens};
