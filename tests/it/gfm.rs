//! Markdown as GitHub shows it: what a reader sees of a page, against another program that reads GitHub's Markdown.
//!
//! Both pages are told as blocks in a row: the kind, and the text with its code, emphasis and links. Where they differ, the
//! kind of the difference must be one that is meant (`kinds`), each with its reason; any other fails. Run on the books of
//! this repository, on texts of ordinary prose (`tests/data/prose`), and by `tests/gfm DIR…` on any folder.

mod kinds;
mod told;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::memory;

/// The Markdown files of a folder, in order.
fn markdown_of(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let mut entries: Vec<PathBuf> =
            std::fs::read_dir(&next).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for entry in entries.into_iter().filter(|entry| !entry.is_symlink()) {
            let is_hidden = entry.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if entry.is_dir() && !is_hidden {
                folders.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "md") {
                files.push(entry);
            }
        }
    }
    files.sort();
    files
}

/// What differs in a folder, by kind: how often, and examples with their file.
#[derive(Default)]
struct Report {
    files: usize,
    bytes: usize,
    blocks: usize,
    kinds: BTreeMap<&'static str, (usize, Vec<String>)>,
}

impl Report {
    fn read(folder: &Path) -> Self {
        let mut report = Self::default();
        for file in markdown_of(folder) {
            let Ok(text) = std::fs::read_to_string(&file) else { continue };
            report.add(&file.strip_prefix(folder).unwrap().display().to_string(), &text);
        }
        report
    }

    fn add(&mut self, name: &str, text: &str) {
        self.files += 1;
        self.bytes += text.len();
        let (ours, theirs) = (told::ours(text), told::theirs(text));
        self.blocks += theirs.len();
        for kinds::Difference { kind, ours, theirs } in kinds::differences(&ours, &theirs) {
            let (count, examples) = self.kinds.entry(kind).or_default();
            *count += 1;
            if examples.len() < 400 {
                examples.push(format!("{name}\n    here    {ours}\n    GitHub  {theirs}"));
            }
        }
    }

    /// What nobody meant.
    fn unmeant(&self) -> String {
        self.kinds.get(kinds::UNMEANT).map_or(String::new(), |(_, examples)| examples.join("\n"))
    }
}

fn check(folder: &str) {
    let report = Report::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    assert!(report.files > 0, "{folder} has no Markdown");
    assert!(report.unmeant().is_empty(), "\n{}", report.unmeant());
}

#[test]
fn the_example_looks_as_on_github() {
    check("docs-example");
}

#[test]
fn the_documentation_looks_as_on_github() {
    check("docs");
}

#[test]
fn ordinary_prose_looks_as_on_github() {
    check("tests/data/prose");
    let report = Report::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/prose"));
    assert_eq!(report.kinds.get(kinds::FORMULAS), None, "no formula is meant there");
}

/// `tests/gfm DIR…` runs this with the folders in `GFM`.
#[test]
fn folders_that_somebody_named() {
    for folder in std::env::var("GFM").unwrap_or_default().split('\n').filter(|folder| !folder.is_empty()) {
        let report = Report::read(Path::new(folder));
        println!("{folder}: {} files, {} bytes, {} blocks", report.files, report.bytes, report.blocks);
        for (kind, (count, examples)) in &report.kinds {
            println!("  {count:6}  {kind}");
            let shown = if *kind == kinds::UNMEANT { 400 } else { 2 };
            examples.iter().take(shown).for_each(|example| println!("          {example}"));
        }
    }
}

#[test]
fn double_brackets_stay_where_no_page_answers() {
    let built = memory::built(&memory::files(
        "-- index.md --\n# A\n\n[[1]](b.md) [[package]] [[b]] if [[ -f x ]]\n-- b.md --\n# The *B*\n\n| a |\n|---|\n| [[index\\|home]] |\n",
    ));
    let shown = |path: &str, part: &str| {
        let html = memory::text(&built, path);
        assert!(html.contains(part), "{part}\n{html}");
    };
    shown("index.html", "<a href=\"b.html\">[1]</a>");
    shown("index.html", "<a data-broken>[[package]]</a> <a href=\"b.html\">The B</a> if [[ -f x ]]");
    shown("b.html", "<a href=\"index.html\">home</a>");
}
