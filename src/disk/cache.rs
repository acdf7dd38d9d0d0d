//! What can be made again and is kept between runs: the search index of a book, its memo, what git told of its past, and
//! what was written of its site.
//!
//! It lies where the caches of the user lie and never in the book, so that nothing a repository brings is taken for it. Each
//! book has a folder of its own there, named by its place. Where no folder can be used, everything is made in memory.

pub(super) mod folder;
pub(super) mod history;
mod index;
mod inventory;
mod known;
pub(super) mod memo;
pub(super) mod record;
mod streams;
mod tells;

pub use folder::{Cache, clear};
pub use index::{ask, copied_index, synced_index};
pub(super) use streams::{keep_streams, streams};
