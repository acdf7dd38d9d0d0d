//! Where things are: [`BookPath`] names a file of the book, [`SitePath`] a file of the site.
//!
//! Both are relative, use `/`, and cannot leave their root: what was checked once is trusted everywhere.

mod book;
mod site;

pub use book::{BookPath, PathError};
pub use site::{SitePath, decode, encode_segment};
