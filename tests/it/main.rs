//! Everything that is tested through the doors that users of the library and of the command have.
//!
//! One binary, since tantivy and the grammars take long to link.

#![expect(clippy::disallowed_methods, reason = "tests work with files, as users do")]

mod addresses;
mod announce;
mod architecture;
mod changes;
mod collections;
mod command;
mod commonmark;
mod dialects;
mod documents;
mod dom;
mod gfm;
mod hostile;
mod hosts;
mod laws;
mod long_lists;
mod memory;
mod package;
mod preview;
mod program;
mod reading_paths;
mod recipes;
mod record_pages;
mod records;
mod schemas;
mod search;
mod shared_links;
mod stranger;
mod trackers;
mod vaults;
mod writing;
