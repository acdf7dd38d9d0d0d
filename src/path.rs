//! Where things are: [`BookPath`] names a file of the book, [`SitePath`] a file of the site, and [`Addresses`] say how it is
//! linked.
//!
//! Both are relative, use `/`, and cannot leave their root: what was checked once is trusted everywhere.

mod addresses;
mod book;
mod site;

pub use addresses::{Addresses, Lookup};
pub use book::{BookPath, PathError};
pub use site::{SitePath, decode, encode_segment};
