//! Invented collections: written in every head, name and folder, and read back.

use std::collections::{BTreeMap, BTreeSet};

use super::decisions;
use crate::memory::Files;

/// A record as it is written.
struct Written {
    number: u32,
    title: String,
    slug: String,
    /// The word for its status, and the state that it means.
    status: (&'static str, &'static str),
    date: String,
}

type Head = (&'static str, fn(&Written) -> String);

/// The heads that records have.
const HEADS: &[Head] = &[
    ("sections", |it| {
        let Written { number, title, status: (word, _), date, .. } = it;
        format!("# {number}. {title}\n\nDate: {date}\n\n## Status\n\n{word}\n\n## Context\n\nx\n\n## Decision\n\ny\n")
    }),
    ("bullets", |it| {
        let Written { title, status: (word, _), date, .. } = it;
        format!("# {title}\n\n* Status: {word}\n* Deciders: Ann\n* Date: {date}\n\n## Considered Options\n\n* x\n")
    }),
    ("keys", |it| {
        let Written { title, status: (word, _), date, .. } = it;
        format!("---\nstatus: {word}\ndate: {date}\n---\n# {title}\n\n## Context\n\nx\n")
    }),
    ("keys of a proposal", |it| {
        let Written { title, status: (word, _), date, .. } = it;
        format!(
            "---\ntitle: {title}\nstatus: {word}\ncreated: {date}\nauthors: [Ann]\n---\n\n## Summary\n\nx\n\n## Motivation\n"
        )
    }),
    ("an empty line before the keys", |it| {
        let Written { title, status: (word, _), date, .. } = it;
        format!("\n---\nstatus: {word}\ndate: {date}\n---\n# {title}\n\n## Context\n\nx\n")
    }),
    ("bold words in bullets", |it| {
        let Written { title, status: (word, _), date, .. } = it;
        format!(
            "# {title}\n\n- Authors: Ann\n- Status: **{word}**\n- Date: {date}\n\n## Motivation\n\nx\n\n## Drawbacks\n"
        )
    }),
    ("a table", |it| {
        let Written { title, status: (word, _), date, .. } = it;
        format!(
            "# {title}\n\n| Status | {word} |\n|---|---|\n| Date | {date} |\n| Authors | Ann |\n\n## What\n\nx\n\n## Why\n"
        )
    }),
    ("a table with a head", |it| {
        let Written { title, status: (word, _), date, .. } = it;
        format!("# {title}\n\n| Status | Date |\n|---|---|\n| {word} | {date} |\n\n## Problem\n\nx\n\n## Solution\n")
    }),
    ("metadata under a first heading", |it| {
        let Written { title, status: (word, _), date, .. } = it;
        format!(
            "# Meta\n- Name: {title}\n- Start Date: {date}\n- Status: {word}\n\n# Summary\n\nx\n\n# Motivation\n\ny\n"
        )
    }),
    ("bold lines", |it| {
        let Written { title, status: (word, _), date, .. } = it;
        format!("# {title}\n\n**Status:** {word}  \n**Date:** {date}\n\n## Problem\n\nx\n\n## Alternatives\n")
    }),
    ("two hashes", |it| {
        let Written { title, status: (word, _), date, .. } = it;
        format!("## {title}\n\n- Status: {word}\n- Date: {date}\n- Author: Ann\n\n## Context\n\nx\n\n## Rationale\n")
    }),
    ("a date alone", |it| {
        let Written { title, status: (word, _), date, .. } = it;
        format!("# {title}\n\n{date}\n\n## Status\n\n**{word}**\n\n## Context\n\nx\n")
    }),
    ("German", |it| {
        let Written { number, title, status: (word, _), date, .. } = it;
        let word = if *word == "Accepted" { "Angenommen" } else { word };
        format!("# {number}. {title}\n\nDatum: {date}\n\n## Status\n\n{word}\n\n## Kontext\n\nx\n\n## Entscheidung\n")
    }),
    ("French", |it| {
        let Written { title, status: (word, _), date, .. } = it;
        let word = if *word == "Accepted" { "Accepté." } else { word };
        format!("# {title}\n\nDate: {date}\n\n## État\n\n{word}\n\n## Contexte\n\nx\n\n## Décision\n")
    }),
];

type Name = (&'static str, fn(&Written) -> String);

/// How files are named; the first have numbers.
const NAMES: &[Name] = &[
    ("number", |it| format!("{:04}-{}.md", it.number, it.slug)),
    ("rfc", |it| format!("rfc-{:03}-{}.md", it.number, it.slug)),
    ("two words", |it| format!("ABC-ADR-{:04}-{}.md", it.number, it.slug)),
    ("letter", |it| format!("A-{}-{}.md", it.number, it.slug)),
    ("bare", |it| format!("tep-{:04}.md", it.number)),
    ("folder", |it| format!("CIP-{:04}/README.md", it.number)),
    ("words", |it| format!("{}.md", it.slug)),
    ("folder of words", |it| format!("{}/README.md", it.slug)),
    ("day", |it| format!("{}-{}.md", it.date, it.slug)),
];

/// How many of the names have numbers.
const NUMBERED: usize = 6;

const FOLDERS: &[&str] = &["docs/adr", "proposals", "teps", "eng/things", "docs/decisions/team"];

fn records() -> Vec<Written> {
    let statuses = [
        ("Accepted", "accepted"),
        ("Proposed", "proposed"),
        ("Rejected", "rejected"),
        ("Deprecated", "deprecated"),
        ("Accepted", "accepted"),
    ];
    let words = ["lists", "queues", "blue doors", "one clock", "small files"];
    let written = words.iter().zip(statuses).zip(1..);
    written
        .map(|((words, status), number)| Written {
            number,
            title: format!("Prefer {words} to others"),
            slug: format!("prefer-{}", words.replace(' ', "-")),
            status,
            date: format!("2023-0{number}-1{number}"),
        })
        .collect()
}

/// Pages that lie around records and are none.
fn pages(folder: &str) -> Files {
    let text = [
        ("README.md".to_owned(), "# Project\n\nWhat it does.\n"),
        (format!("{folder}/README.md"), "# Records\n\nA list of what was decided.\n"),
        (
            format!("{folder}/template.md"),
            "# [short title]\n\n* Status: [proposed | accepted]\n* Date: YYYY-MM-DD\n\n## Context\n",
        ),
        (format!("{folder}/0000-vorlage.md"), "# Titel\n\n## Status\n\n{Angenommen | Abgelehnt}\n\n## Kontext\n"),
        ("guides/01-install.md".to_owned(), "# Install\n\nRun it.\n\n## Requirements\n\nA disk.\n"),
        ("guides/02-run.md".to_owned(), "# Run\n\nStart it.\n\n## Options\n\nMany.\n"),
        ("guides/03-stop.md".to_owned(), "# Stop\n\nEnd it.\n\n## Summary\n\nDone.\n"),
        (
            "blog/2020-01-01-hello.md".to_owned(),
            "---\ntitle: Hello\ndate: 2020-01-01\nauthor: Ann\nstatus: published\n---\nHi.\n",
        ),
        (
            "blog/2020-02-01-again.md".to_owned(),
            "---\ntitle: Again\ndate: 2020-02-01\nauthor: Ann\nstatus: published\n---\nHi.\n",
        ),
        (
            "blog/2020-03-01-more.md".to_owned(),
            "---\ntitle: More\ndate: 2020-03-01\nauthor: Ann\nstatus: draft\n---\nHi.\n",
        ),
        ("notes/old.md".to_owned(), "---\nstatus: superseded\nsuperseded_by: notes/new.md\n---\n# Old plan\n"),
        ("notes/new.md".to_owned(), "# New plan\n"),
        ("test/fixtures/adr/0001-x.md".to_owned(), "# 1. X\n\n## Status\n\nAccepted\n\n## Context\n\nx\n"),
    ];
    text.into_iter().map(|(name, text)| (name, text.as_bytes().to_vec())).collect()
}

#[test]
fn what_is_written_in_any_form_is_read_back() {
    let mut wrong = Vec::new();
    for (head, write) in HEADS {
        // One repository with a project for each name and folder.
        let mut files = Files::new();
        let mut expected: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (at, (name, file)) in NAMES.iter().enumerate() {
            for folder in FOLDERS {
                let project = format!("{}-in-{}", name.replace(' ', "-"), folder.replace('/', "-"));
                files.extend(pages(folder).into_iter().map(|(path, text)| (format!("{project}/{path}"), text)));
                for it in &records() {
                    files.insert(format!("{project}/{folder}/{}", file(it)), write(it).into_bytes());
                    let number = (at < NUMBERED).then_some(it.number);
                    let line = format!("{number:?} {} {} {}", it.status.1, it.date, it.title);
                    expected.entry(project.clone()).or_default().push(line);
                }
            }
        }
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in decisions(&files) {
            let project = row.path.split('/').next().unwrap().to_owned();
            let state = row.status.map_or("-", precedent::decision::State::name);
            let date = row.date.map_or_else(String::new, |date| date.to_string());
            let numbered = NAMES[..NUMBERED]
                .iter()
                .any(|(name, _)| project.starts_with(&format!("{}-in-", name.replace(' ', "-"))));
            let number = row.number.filter(|_| numbered);
            found.entry(project).or_default().push(format!("{number:?} {state} {date} {}", row.title));
        }
        found.values_mut().for_each(|lines| lines.sort());
        expected.values_mut().for_each(|lines| lines.sort());
        let differs =
            expected.keys().chain(found.keys()).filter(|project| expected.get(*project) != found.get(*project));
        for project in differs.collect::<BTreeSet<_>>() {
            let side = |all: &BTreeMap<String, Vec<String>>| all.get(project).cloned().unwrap_or_default();
            wrong.push(format!("{head}, {project}:\n  expected {:?}\n  found    {:?}", side(&expected), side(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_folder_that_is_opened_itself_is_read_too() {
    for (head, write) in HEADS {
        for (name, file) in &NAMES[..NUMBERED] {
            let files: Files = records().iter().map(|it| (file(it), write(it).into_bytes())).collect();
            assert_eq!(decisions(&files).len(), 5, "{head}, {name}");
        }
    }
}
