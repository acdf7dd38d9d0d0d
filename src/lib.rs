//! Precedent turns a folder of Markdown (decisions, guidelines, docs) into a static site with search, a live
//! preview, and a full-text index.
//!
//! **A site is a pure function of its inputs.** Rooms on lower floors know nothing of those above; see
//! `ARCHITECTURE.md` for the floors and the laws.

pub mod config;
pub mod data;
pub mod date;
pub mod diagnostic;
pub mod file;
pub mod fingerprint;
pub mod include;
pub mod page;
pub mod path;
pub mod decision;
pub mod theme;
pub mod site;
pub mod rule;
pub mod search;
pub mod render;
pub mod build;
pub mod disk;
pub mod serve;
pub mod cli;
