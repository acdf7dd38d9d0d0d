//! Records of every form, as people write them, and what is read of them.
//!
//! A folder of `tests/data/records` is one collection of documents; `expected.json` in it is what the log of its
//! decisions says. `UPDATE=1` writes it anew, to be read before it is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use precedent::build::{Memo, survey};
use precedent::decision::{self, Dialect, Origin, Record, Shape, Stated};
use precedent::log::{self, Row};
use precedent::page::{self, Detail, Options};
use precedent::path::BookPath;
use precedent::site::Site;
use proptest::prelude::*;
use proptest::proptest;
use proptest::sample::Index;
use serde_json::{Map, Value};

use crate::memory::{Files, inputs};

/// What of a row is compared; what is empty is left out.
const FIELDS: &[&str] = &[
    "id",
    "number",
    "title",
    "status",
    "status_raw",
    "status_default",
    "decided",
    "proposed",
    "updated",
    "deciders",
    "consulted",
    "informed",
    "authors",
    "owners",
    "tags",
    "relations",
    "review_by",
    "decide_by",
    "applies_to",
    "tracking",
    "dialect",
    "path",
];

#[test]
fn every_form_is_read_as_it_is_meant() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for folder in folders() {
        let expected = folder.join("expected.json");
        let found = serde_json::to_string_pretty(&shown(&read(&folder))).unwrap() + "\n";
        if update {
            fs::write(&expected, &found).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push(format!("{}:\n{}", expected.display(), difference(&expected, &found)));
        }
    }
    assert!(wrong.is_empty(), "{}\n(UPDATE=1 writes what is read now)", wrong.join("\n"));
}

#[test]
fn every_form_has_an_example() {
    let seen: BTreeSet<String> =
        folders().iter().flat_map(|folder| rows(&read(folder))).map(|row| row.dialect.to_owned()).collect();
    let all: BTreeSet<String> = Dialect::ALL.iter().map(|dialect| dialect.name().to_owned()).collect();
    assert_eq!(all.difference(&seen).collect::<Vec<_>>(), Vec::<&String>::new());
}

/// A release build reads them in a fraction of the time that tests need, which are built without optimisation.
#[test]
fn three_thousand_records_are_read_in_no_time() {
    let texts = &*EXAMPLES;
    let start = Instant::now();
    for (path, text) in texts.iter().cycle().take(3000) {
        let _ = record(path, text);
    }
    println!("3,000 records: {:?}, in the profile of tests", start.elapsed());
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn long_lines_and_long_lists_are_read_in_time() {
    let path = BookPath::new("adr/0001-x.md").unwrap();
    for unit in [
        "[",
        "](",
        "[a](b) ",
        "superseded by ",
        "see [a](b.md) ",
        "✅ ",
        "th ",
        "1/2/",
        "**a:** ",
        "| ",
        "~~",
        "`",
        "> ",
        "- ",
        "{",
        "a, ",
        "@a ",
        "partly ",
        "<!--",
        "<a ",
        "&amp;",
        "\\",
        "Jan ",
        "Status: ",
        "**Status:** x ",
        "- Amends [a](b.md) ",
        "- 2020-01-02: accepted ",
    ] {
        let times = [1000, 4000].map(|size| {
            let begun = Instant::now();
            let before = spent();
            for text in long(unit, size / unit.len()) {
                check_spans(&record(&path, &text), &text);
            }
            spent().zip(before).map_or(begun.elapsed(), |(after, before)| after - before)
        });
        // Sixteen times as long would be quadratic; what is this fast is noise.
        let [one, four] = times;
        assert!(four < one * 10 || four < Duration::from_secs(2), "{unit:?}: {one:?}, four times as much: {four:?}");
    }
}

/// The time that this thread has had a processor, where the system tells: a busy machine makes nothing quadratic.
fn spent() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(told.split(' ').next()?.parse().ok()?))
}

/// Records that hold something very often: in one line, in many lines, in front matter.
fn long(unit: &str, count: usize) -> [String; 3] {
    let (line, lines) = (unit.repeat(count), format!("{unit}\n").repeat(count));
    let quoted = line.replace('\'', "");
    [
        format!(
            "# X\n\n* Status: {line}\n* Deciders: {line}\n* Tags: {line}\n\n## Status\n\n{line}\n\n## Links\n\n{line}\n"
        ),
        format!("# X\n\n{lines}\n\n## Status\n\n{lines}\n\n## Links\n\n{lines}\n\n## Changelog\n\n{lines}\n"),
        format!("---\nstatus: '{quoted}'\ntags: '{quoted}'\nrelated: '{quoted}'\n---\n# {quoted}\n"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is torn out of a record, put into it or doubled, it is read, and what is read lies in it.
    #[test]
    fn any_mutation_is_read(pick in any::<Index>(), cuts in prop::collection::vec((any::<Index>(), any::<Index>(), scrap()), 0..6)) {
        let (path, mut text) = pick.get(&EXAMPLES).clone();
        for (from, length, scrap) in cuts {
            let from = text.floor_char_boundary(from.index(text.len() + 1));
            let to = text.floor_char_boundary((from + length.index(40)).min(text.len())).max(from);
            text.replace_range(from..to, &scrap);
        }
        check_spans(&record(&path, &text), &text);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}", name in "[0-9a-z_-]{1,20}") {
        let path = BookPath::new(&format!("adr/{name}.md")).unwrap();
        check_spans(&record(&path, &text), &text);
    }
}

fn scrap() -> impl Strategy<Value = String> {
    let scraps = [
        "",
        "\n",
        "\r\n",
        "---\n",
        "+++\n",
        "# ",
        "## Status\n",
        "**",
        "_",
        "`",
        "```\n",
        "<!--",
        "-->",
        "[",
        "](",
        "]",
        "[[",
        "|",
        ": ",
        "：",
        "> ",
        "- [x] ",
        "* Status: ",
        "superseded by ",
        "Supersedes ADR-",
        "2024-13-01",
        "31/12/99",
        "İ",
        "ß",
        "ǅ",
        "✅",
        "👩‍💻",
        "\u{feff}",
        "\0",
        "年",
        "{",
        "}",
        "'",
        "\"",
        "\\",
        "\t",
        "&nbsp;",
        "~~",
    ];
    prop_oneof![prop::sample::select(scraps.to_vec()).prop_map(str::to_owned), "\\PC{0,6}"]
}

/// The folders of `tests/data/records`.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/records");
    let mut folders: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

/// The text of every example.
static EXAMPLES: LazyLock<Vec<(BookPath, String)>> =
    LazyLock::new(|| folders().iter().flat_map(|folder| texts(folder)).collect());

/// The files of a folder, by their paths in it.
fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_dir() {
                open.push(path);
            } else if name != "expected.json" {
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn texts(folder: &Path) -> Vec<(BookPath, String)> {
    let markdown = files(folder).into_iter().filter(|(name, _)| name.ends_with(".md"));
    markdown.map(|(name, text)| (BookPath::new(&name).unwrap(), String::from_utf8(text).unwrap())).collect()
}

fn read(folder: &Path) -> Site {
    survey(&inputs(&files(folder)), &mut Memo::default()).expect("every file is there").site
}

fn rows(site: &Site) -> Vec<Row> {
    log::rows(site).into_iter().filter(|row| row.kind == "decision").collect()
}

/// The rows as JSON, with what is compared and is not empty.
fn shown(site: &Site) -> Value {
    let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let row = |row: Row| {
        let all = serde_json::to_value(row).unwrap();
        let kept = FIELDS.iter().map(|field| ((*field).to_owned(), all[*field].clone()));
        Value::Object(kept.filter(|(_, value)| !empty(value)).collect::<Map<_, _>>())
    };
    Value::Array(rows(site).into_iter().map(row).collect())
}

/// The records of which something else is read now.
fn difference(expected: &Path, found: &str) -> String {
    let by_path = |text: &str| -> BTreeMap<String, String> {
        let rows: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
        rows.into_iter().map(|row| (row["path"].to_string(), row.to_string())).collect()
    };
    let (expected, found) = (by_path(&fs::read_to_string(expected).unwrap_or_default()), by_path(found));
    let paths: BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
    let differs = paths.into_iter().filter(|path| expected.get(*path) != found.get(*path));
    let nothing = "nothing".to_owned();
    let side = |rows: &BTreeMap<String, String>, path: &String| rows.get(path).unwrap_or(&nothing).clone();
    differs.map(|path| format!("  expected {}\n  found    {}\n", side(&expected, path), side(&found, path))).collect()
}

/// Reads a record as a build does.
fn record(path: &BookPath, text: &str) -> Record {
    let options = Options {
        detail: Detail::Text,
        smart_punctuation: false,
        math: false,
        definition_lists: false,
        alerts: false,
        wikilinks: true,
        trust_html: false,
        vault: false,
        trackers: precedent::tracker::Trackers::NONE,
    };
    // The body of a page is not what is tried here, and costs most.
    let front = text.find("\n# ").unwrap_or(text.len());
    let page = page::parse(path, &Arc::from(&text[..front]), &options);
    let (front_matter, start) = (&page.outline.front_matter.table, page.outline.start);
    let shape = &Arc::new(Shape::of_path(path));
    decision::read(&decision::Input { path, front_matter, text, start, metadata: None, dialect: None, shape })
}

#[track_caller]
fn check_spans(record: &Record, text: &str) {
    for origin in origins(record) {
        if let Some(span) = origin.span.filter(|_| origin.file.is_none()) {
            assert!(text.get(span.start..span.end).is_some(), "{origin:?} of {text:?}");
        }
    }
}

/// Where everything comes from that a record says.
fn origins(record: &Record) -> Vec<&Origin> {
    fn of<T>(stated: &Option<Stated<T>>) -> Option<&Origin> {
        stated.as_ref().map(|stated| &stated.origin)
    }
    let one = [of(&record.number), of(&record.title), of(&record.status)];
    let days = [&record.decided, &record.proposed, &record.updated, &record.review_by, &record.decide_by].map(of);
    let lists = [
        &record.deciders,
        &record.consulted,
        &record.informed,
        &record.authors,
        &record.owners,
        &record.tags,
        &record.applies_to,
        &record.tracking,
    ];
    let listed = lists.into_iter().flatten().map(|stated| &stated.origin);
    let relations = record.relations.iter().map(|stated| &stated.origin);
    one.into_iter().chain(days).flatten().chain(listed).chain(relations).collect()
}
