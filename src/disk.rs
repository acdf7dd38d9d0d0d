//! The machine's files: a [`Book`] reads a folder into inputs, [`publish()`] writes a site, [`cache`] keeps the index.
//!
//! Whatever the disk holds, reading gives inputs and findings: links that leave the book are not followed, what
//! cannot be read is named. Only a root that is not there is an error.

mod book;
pub mod cache;
pub mod change;
mod ends;
mod error;
mod exclusive;
mod patience;
mod read;
pub mod scaffold;
mod site;
mod stamp;
mod surroundings;
mod walk;
mod write;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use book::{Book, Environment, Pages};
pub use cache::Cache;
pub use ends::{End, Ends, Told};
pub use error::Error;
pub use exclusive::{Exclusive, look};
pub use site::{
    Extent, Finished, Keep, Published, StaticSearch, Unpublished, examine, finish, finished, measure, publish,
    unpublish,
};
pub use stamp::Stamp;
pub use walk::MANIFEST;

use crate::config::Setting;
use crate::path::BookPath;

/// Returns the stamp of every file of a book and of some others, for who looks in turn whether anything changed; none
/// while it cannot be read.
pub fn stamps(
    root: &Path,
    settings: &[Setting],
    others: &[PathBuf],
) -> (BTreeMap<BookPath, Stamp>, Vec<Option<Stamp>>) {
    let of_book = walk::walk(root, settings).map(|walked| walked.files).unwrap_or_default();
    let stamp = |file: &PathBuf| file.metadata().ok().map(|metadata| Stamp::of(&metadata));
    (of_book, others.iter().map(stamp).collect())
}
