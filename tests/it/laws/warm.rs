//! Law 1: a warm build equals a cold build, byte for byte, after any sequence of changes.

use precedent::build::{Build, Memo, Outcome, Parts, build};
use precedent::file::Source;
use proptest::prelude::*;
use proptest::proptest;

use super::cases;
use crate::memory::{Files, assert_same, built, built_with, files, inputs, parts_of};

/// What can happen to a book between two builds.
#[derive(Debug, Clone)]
enum Change {
    /// A file has this text from now on.
    Write(&'static str, &'static str),
    /// A file is gone.
    Remove(&'static str),
    /// A file has another name, and what the name had is lost.
    Rename(&'static str, &'static str),
}

pub(super) const PAGES: &[&str] = &[
    "index.md",
    "README.md",
    "a.md",
    "b.md",
    "part.md",
    "decisions/0001-first.md",
    "decisions/0002-second.md",
    "guidelines/01-naming.md",
    "guidelines/README.md",
    "deep/er/page.md",
    "src/a.md",
    "src/index.md",
];

pub(super) const TEXTS: &[&str] = &[
    "# A title\n\nText with a [link](a.md#a-title) and [another](decisions/0001-first.md).\n",
    "# Another title\n\n[home](index.md) [[0002-second]] [[a#a-title]] ![image](image.svg)\n\n## Status\n\nAccepted\n",
    "---\ntitle: From front matter\ntags: [x, y]\naliases: [old/place]\nweight: 3\n---\n\n# Heading\n\n{{#include part.md}}\n",
    "---\nstatus: superseded by 0002\ndate: 2024-01-02\n---\n# Use [it](../b.md)\n\n## Status\n\nSuperseded by [0002](0002-second.md)\n",
    "---\nstatus: accepted\nsupersedes: 0001-first\n---\n# Second\n\nSee [the first](0001-first.md#context).\n\n## Context\n\nSome.\n",
    "---\nstatus: proposed\ndate: 2024-05-06\ndecide-by: 2024-06-01\nderives-from: [0001-first]\ntags: [x]\n---\n# Third\n\nText.\n",
    "# 3. Plain\n\nDate: 2023-04-05\n\n## Status\n\nAccepted\n\nAmends [1](0001-first.md)\n\n## Context\n\nSome.\n",
    "---\ndraft: true\n---\n# A draft\n\n[a](a.md)\n",
    "---\ntitle: [broken\n---\n# Broken front matter\n",
    "plain `code` without any heading\n\n```rust\nfn main() {}\n```\n",
    "# Raw\n\n<b id=\"spot\">x</b> <a href=\"b.md\">b</a> <script>bad()</script>\n\n- [ ] task\n\n$x^2$\n",
    "{{#include a.md}}\n{{#include b.md:2:3}}\n",
    "{{#title Set by include}}\n# X\n\n<img src=\"image.svg\">\n",
    "",
    "---\nstatus: accepted\ntracking: QS-7\n---\n# About QS-412\n\nAs `QS-1` and QS-2 say.\n",
    "\u{feff}# With a mark\n\n[gone](gone.md) [x](#nowhere)\n",
];

const OTHERS: &[(&str, &[&str])] = &[
    (
        "book.toml",
        &[
            "",
            "[book]\ntitle = 'One'\n",
            "[book]\ntitle = 'Two'\nlanguage = 'de'\nsrc = 'src'\n",
            "[markdown]\nhtml = 'trusted'\nsmart-punctuation = false\n",
            "[build]\ndrafts = true\nfiles = 'all'\n",
            "[site]\nurl = 'https://example.org/x'\n[rules]\nbroken-link = 'deny'\n",
            "[decisions]\nfolders = ['guidelines']\n[guidelines]\nfolders = []\n",
            "[output.html]\ntheme = 'other'\nadditional-css = ['extra.css']\ngit-repository-url = 'https://example.org/r'\n",
            "[output.html.redirect]\n'/gone.html' = 'a.html'\n",
            "[trackers]\n'QS-{n}' = 'https://t.example/{n}'\n",
            "[[reading-paths]]\ntitle = 'New'\npages = ['a.md', 'decisions/0001-first.md', 'none.md']\n",
            "[[reading-paths]]\ntitle = 'New'\npages = ['b.md']\n[[reading-paths]]\ntitle = 'More'\npages = ['a.md']\n",
            "[trackers]\n'QS-{n}' = 'https://other.example/{n}'\n",
            "this is no toml = = =\n",
        ],
    ),
    (
        "SUMMARY.md",
        &[
            "# Summary\n\n[A](a.md)\n\n- [B](b.md)\n  - [Deep](deep/er/page.md)\n- [None](none.md)\n",
            "- [Other name](a.md)\n- [Draft]()\n",
        ],
    ),
    ("src/SUMMARY.md", &["# Summary\n\n- [A](a.md)\n"]),
    ("image.svg", &["<svg/>", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"]),
    ("extra.css", &["a{}", "b{}"]),
    ("theme/assets/style.css", &["body{}", "main{}"]),
    ("theme/assets/new.js", &["1", "2"]),
    (
        "theme/templates/page.html",
        &["{{ page.title }}: {{ page.rest | safe }}", "{{ nonsense", "{% extends \"base.html\" %}"],
    ),
    (
        "other/templates/base.html",
        &["{{ page.title }} {{ page.tags | length }} {% for link in backlinks %}{{ link.title }}{% endfor %}"],
    ),
];

fn change() -> impl Strategy<Value = Change> {
    let pages =
        (prop::sample::select(PAGES), prop::sample::select(TEXTS)).prop_map(|(path, text)| Change::Write(path, text));
    let others = prop::sample::select(OTHERS)
        .prop_flat_map(|(path, texts)| prop::sample::select(texts).prop_map(move |text| Change::Write(path, text)));
    let any_path =
        || prop::sample::select(PAGES.iter().copied().chain(OTHERS.iter().map(|(path, _)| *path)).collect::<Vec<_>>());
    prop_oneof![
        5 => pages,
        3 => others,
        2 => any_path().prop_map(Change::Remove),
        2 => (prop::sample::select(PAGES), prop::sample::select(PAGES)).prop_map(|(from, to)| Change::Rename(from, to)),
    ]
}

fn apply(files: &mut Files, change: &Change) {
    match change {
        Change::Write(path, text) => drop(files.insert((*path).to_owned(), text.as_bytes().to_vec())),
        Change::Remove(path) => drop(files.remove(*path)),
        Change::Rename(from, to) => {
            if let Some(content) = files.remove(*from) {
                files.insert((*to).to_owned(), content);
            }
        }
    }
}

/// Builds after each step with one memo that is kept and with a new one.
fn check(steps: &[Vec<Change>]) {
    let mut files = files("-- index.md --\n# Home\n\n[a](a.md)\n-- a.md --\n# A title\n\n[b](b.md)\n-- b.md --\n# B\n");
    let mut memo = Memo::default();
    built_with(&files, &mut memo);
    let mut kept = (files.clone(), parts_of(&memo));
    for (number, step) in steps.iter().enumerate() {
        step.iter().for_each(|change| apply(&mut files, change));
        let warm = built_with(&files, &mut memo);
        assert_same(&warm, &built(&files), &format!("after step {number} of {steps:?}"));
        kept = next_run(&kept, &files, &warm);
        let again = built_with(&files, &mut memo);
        assert_eq!(
            (again.counts.parsed, again.counts.rendered),
            (0, 0),
            "a build without a change works on something, after {steps:?}"
        );
    }
}

/// Builds as another process does, which has the parts that the last one kept and reads no page that is as it was then.
fn next_run((before, parts): &(Files, Parts), files: &Files, expected: &Build) -> (Files, Parts) {
    let mut memo = Memo::of_parts(parts).expect("what was kept is read");
    let mut inputs = inputs(files);
    let sources = std::mem::take(&mut inputs.sources);
    let is_as_before = |source: &&Source| before.get(source.path.as_str()).is_some_and(|old| **old == *source.content);
    inputs.unread =
        sources.values().filter(is_as_before).map(|source| (source.path.clone(), source.fingerprint)).collect();
    loop {
        match build(&inputs, &mut memo) {
            Outcome::Done(build) => {
                assert_same(&build, expected, "in another process");
                return (files.clone(), parts_of(&memo));
            }
            Outcome::Wants(wants) => {
                let is_new = wants.files.iter().any(|path| !inputs.sources.contains_key(path));
                assert!(is_new, "it wants what it has: {wants:?}");
                inputs.sources.extend(wants.files.into_iter().map(|path| (path.clone(), sources[&path].clone())));
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(60))]
    #[test]
    fn a_warm_build_equals_a_cold_one(steps in prop::collection::vec(prop::collection::vec(change(), 1..4), 1..7)) {
        check(&steps);
    }
}

/// Builds before and after one change, and returns both.
fn around(book: &str, path: &str, text: &str) -> (Build, Build) {
    let mut files = files(book);
    let mut memo = Memo::default();
    let before = built_with(&files, &mut memo);
    files.insert(path.to_owned(), text.into());
    let after = built_with(&files, &mut memo);
    assert_same(&after, &built(&files), "after one change");
    (before, after)
}

#[test]
fn a_change_of_one_page_costs_one_page() {
    let (before, after) = around("-- index.md --\n# Home\n-- a.md --\n# A\n-- b.md --\n# B\n", "b.md", "# B\n\nmore\n");
    assert_eq!((before.counts.parsed, after.counts.parsed, after.counts.rendered), (3, 1, 1));
}

#[test]
fn a_new_heading_reaches_the_pages_that_link_to_it() {
    let (before, after) = around("-- a.md --\n# A\n\n[b](b.md#new)\n-- b.md --\n# B\n", "b.md", "# B\n\n## New\n");
    assert_eq!((before.findings.len(), after.findings.len()), (1, 0));
    assert_eq!(after.counts.parsed, 1);
}

#[test]
fn an_included_file_reaches_the_page_that_includes_it() {
    let (_, after) = around("-- a.md --\n# A\n\n{{#include part.md}}\n-- part.md --\nold\n", "part.md", "new\n");
    assert!(crate::memory::text(&after, "a.html").contains("new"));
}
