//! What the settings name is part of the book although git ignores it: sources that other tools generate.

use std::path::{Path, PathBuf};

use crate::config::{Config, Setting};
use crate::disk::read;
use crate::file::Source;
use crate::page::parse_summary;
use crate::path::BookPath;

/// The largest settings and the largest summary that are read for it, in bytes.
const LARGEST: u64 = 8 << 20;

/// Returns the folder that `book.src` names, and the chapters of the `SUMMARY.md` there.
pub(super) fn named(root: &Path, given: &[Setting]) -> Vec<PathBuf> {
    let read = |path: &BookPath| {
        let content = read::regular(&root.join(path.as_str()), LARGEST).ok()?;
        Some(Source::new(path.clone(), content))
    };
    let settings = BookPath::new("book.toml").expect("a plain name");
    let settings = read(&settings).unwrap_or_else(|| Source::new(settings, *b""));
    let src = Config::read_with(&settings, given).0.book.src;
    let pages = src.clone().unwrap_or_else(|| BookPath::new("src").expect("a plain name"));
    let summary = pages.join("SUMMARY.md").ok().and_then(|path| read(&path));
    let chapters = summary.map(|source| parse_summary(&source).0);
    let chapters = chapters.iter().flat_map(|summary| summary.paths());
    let named = src.iter().filter(|folder| **folder != BookPath::root()).chain(chapters);
    named.map(|path| root.join(path.as_str())).collect()
}
