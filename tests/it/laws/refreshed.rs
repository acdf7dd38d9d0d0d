//! A page that is shown before the book was built again is the page that the build makes.

use std::collections::BTreeSet;

use precedent::build::{Memo, refresh};
use precedent::path::BookPath;
use proptest::prelude::*;
use proptest::proptest;

use super::cases;
use super::warm::{PAGES, TEXTS};
use crate::memory::{Files, built_with, files, inputs, text};

/// Changes one page, and returns its HTML where it can be shown at once. What is shown is held against the build.
fn refreshed(files: &mut Files, path: &str, changed: &str) -> Option<String> {
    let mut memo = Memo::default();
    let before = built_with(files, &mut memo);
    files.insert(path.to_owned(), changed.into());
    let pages = BTreeSet::from([BookPath::new(path).unwrap()]);
    let shown = refresh(&inputs(files), &memo, &before.site, &pages);
    let after = built_with(files, &mut memo);
    for file in shown.iter().flatten() {
        let of_build = text(&after, file.path.as_str());
        assert_eq!(String::from_utf8_lossy(&file.bytes()), of_build, "{} after {changed:?}", file.path);
    }
    let page = shown?.into_iter().find(|file| file.path.as_str().ends_with(".html"))?;
    Some(String::from_utf8_lossy(&page.bytes()).into_owned())
}

proptest! {
    #![proptest_config(cases(60))]
    #[test]
    fn what_is_shown_at_once_is_what_the_build_makes(
        pages in prop::collection::btree_map(prop::sample::select(PAGES), prop::sample::select(TEXTS), 1..6),
        which: prop::sample::Index,
        line: prop::sample::Index,
        words in prop::sample::select(&["More words.", "A [link](a.md).", "## Heading", "`code` and **more**"][..]),
    ) {
        let mut files: Files = pages.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        let (path, text) = pages.iter().nth(which.index(pages.len())).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        lines.insert(line.index(lines.len() + 1), words);
        refreshed(&mut files, path, &lines.join("\n"));
    }
}

const BOOK: &str = "-- index.md --\n# Home\n\n[a](a.md)\n-- a.md --\n# A\n\nText.\n\n[home](index.md)\n\
    -- decisions/0001-one.md --\n# 1. One\n\nText.\n\nMore.\n\n## Status\n\nAccepted\n\n## Context\n\nSome.\n";

#[test]
fn words_are_shown_at_once() {
    let mut book = files(BOOK);
    let page = refreshed(&mut book, "a.md", "# A\n\nText.\n\nOther text.\n\n[home](index.md)\n").unwrap();
    assert!(page.contains("Other text."));
    // Where the status stands is another place now, and it is the same status.
    let record = "# 1. One\n\nText.\n\nMuch more text.\n\n## Status\n\nAccepted\n\n## Context\n\nSome.\n";
    assert!(refreshed(&mut book, "decisions/0001-one.md", record).unwrap().contains("Much more text."));
}

#[test]
fn what_other_pages_see_waits_for_the_build() {
    let changes = [
        ("a.md", "# Another title\n\nText.\n\n[home](index.md)\n"),
        ("a.md", "# A\n\nText.\n\n[home](decisions/0001-one.md)\n"),
        ("a.md", "# A\n\nText.\n\n[home](index.md)\n\n## A heading\n"),
        ("a.md", "---\ntags: [new]\n---\n# A\n\nText.\n\n[home](index.md)\n"),
        ("a.md", "# A\n\nText.\n\n[home](index.md)\n\n{{#include index.md}}\n"),
        ("a.md", "# A\n\nText.\n\n[home](index.md)\n\0"),
        ("a.md", "# A\n\nAnother description.\n\n[home](index.md)\n"),
        ("decisions/0001-one.md", "# 1. One\n\nText.\n\nMore.\n\n## Status\n\nRejected\n\n## Context\n\nSome.\n"),
    ];
    for (path, changed) in changes {
        assert_eq!(refreshed(&mut files(BOOK), path, changed), None, "{changed:?}");
    }
}
