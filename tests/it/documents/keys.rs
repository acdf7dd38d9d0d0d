//! Keeps the tables of front matter true: every key that is listed is read, and every key that is read is listed.

use std::collections::{BTreeMap, BTreeSet};

use precedent::data::Table;
use precedent::page::FrontMatter;
use serde_json::Value;

use super::{names, table, text};
use crate::memory::{built, files};
use crate::program::Folder;

/// What a page with a line of front matter says of itself. A draft is no page, so drafts are built.
fn front_matter(line: &str) -> FrontMatter {
    let book = format!("-- book.toml --\nbuild.drafts = true\n-- a.md --\n---\n{line}\n---\n# A\n");
    let site = built(&files(&book)).site;
    FrontMatter { table: Table::default(), ..site.entries[0].page().front_matter.clone() }
}

#[test]
fn every_key_of_a_page_is_listed_and_read() {
    let rows = table("docs/reference/front-matter.md", "| Key | Meaning |");
    let listed: BTreeSet<String> = rows.iter().flat_map(|row| names(&row[0])).collect();
    let code = text("src/page/front_matter.rs");
    let (_, arms) = code.split_once("match key.as_str() {").expect("there is one place where keys are read");
    let (arms, _) = arms.split_once("_ => true").unwrap();
    let arms = arms.lines().filter_map(|line| line.trim().strip_prefix('"')?.split_once("\" =>"));
    let read: BTreeSet<String> = arms.flat_map(|(keys, _)| keys.split("\" | \"")).map(str::to_owned).collect();
    assert_eq!(listed, read);
    let silent = front_matter("nothing: 1");
    for key in &listed {
        let is_read = ["3", "true", "2026-11-22", "[a, b]"]
            .iter()
            .any(|value| front_matter(&format!("{key}: {value}")) != silent);
        assert!(is_read, "`{key}` is listed, and changes nothing");
    }
}

/// What a list says of each record, but for its name, by the number of the record.
fn rows(folder: &Folder, kind: &str) -> BTreeMap<u64, Value> {
    let out = folder.run(&["list", "--format", "json", "--kind", kind]).exits(0).out;
    let rows: Vec<Value> = serde_json::from_str(&out).unwrap();
    let one = |mut row: Value| {
        let name = row["title"].as_str().and_then(|title| title.parse().ok()).expect("titles are numbers here");
        let fields = row.as_object_mut().unwrap();
        ["id", "number", "path", "title", "url", "line", "dialect"].iter().for_each(|key| drop(fields.remove(*key)));
        (name, row)
    };
    rows.into_iter().map(one).collect()
}

#[test]
fn every_key_of_a_record_that_is_listed_is_read() {
    let listed = table("docs/reference/records.md", "| Key | Holds | Example |");
    let keys: Vec<(String, String)> =
        listed.iter().flat_map(|row| names(&row[0]).into_iter().map(|key| (key, names(&row[2]).remove(0)))).collect();
    let folder = Folder::new();
    for (at, (key, example)) in keys.iter().enumerate() {
        let text = format!("---\n{key}: {example}\n---\n# {}\n", at + 10);
        folder.write(&format!("decisions/{:04}-a.md", at + 10), &text);
        folder.write(&format!("guidelines/{}.md", at + 10), text);
    }
    for plain in ["decisions/0001-one.md", "guidelines/1.md"] {
        folder.write(plain, "---\nnothing: 1\n---\n# 1\n");
    }
    let (decisions, guidelines) = (rows(&folder, "decision"), rows(&folder, "guideline"));
    for (at, (key, _)) in keys.iter().enumerate() {
        let number = at as u64 + 10;
        let is_read = |rows: &BTreeMap<u64, Value>| rows[&number] != rows[&1];
        assert!(
            is_read(&decisions) || is_read(&guidelines),
            "`{key}` is listed, and changes nothing: {}",
            decisions[&number]
        );
    }
}
