//! Precedent turns a folder of Markdown (decisions, guidelines, docs) into a static site with search, a live
//! preview, and a full-text index.
//!
//! **A site is a pure function of its inputs.** Rooms on lower floors know nothing of those above; see
//! `ARCHITECTURE.md` for the floors and the laws.

pub mod active_content;
pub mod amend;
pub mod announce;
pub mod build;
pub mod changes;
#[expect(clippy::disallowed_methods, reason = "this room reads the environment and the clock")]
pub mod cli;
pub mod codec;
pub mod collision;
pub mod config;
pub mod data;
pub mod date;
pub mod decision;
pub mod diagnostic;
pub mod digest;
#[expect(clippy::disallowed_methods, reason = "this room is where files are read and written")]
pub mod disk;
pub mod file;
pub mod fingerprint;
pub mod glob;
pub mod govern;
pub mod graph;
pub mod history;
pub mod host;
pub mod include;
pub mod log;
pub mod owner;
pub mod page;
pub mod path;
pub mod render;
pub mod revision;
pub mod rule;
pub mod schema;
pub mod search;
pub mod serve;
pub mod site;
pub mod theme;
pub mod time;
pub mod tracker;
