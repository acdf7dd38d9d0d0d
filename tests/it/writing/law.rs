//! Law 5 over generated records: of every form, mixed up, with any bytes between.

use precedent::amend::{self, NewStatus, Plan};
use precedent::build::{Memo, Survey, survey};
use precedent::date::Date;
use precedent::decision::State;
use precedent::decision::edit::Told;
use precedent::path::BookPath;
use proptest::prelude::*;
use proptest::proptest;
use proptest::test_runner::Config;
use similar::{ChangeTag, TextDiff};

use crate::memory::{Files, inputs};

/// What records of all forms are made of, and what usually breaks readers of them.
const PARTS: &[&str] = &[
    "---\n",
    "---\n",
    "+++\n",
    "status: proposed\n",
    "status: \"accepted\" # why\n",
    "status: { accepted }\n",
    "status:\n",
    "status: 'superseded by [ADR-0002](0002-b.md)'\n",
    "status: |\n  accepted\n",
    "status = \"draft\"\n",
    "date: 2020-01-02\n",
    "deciders: Ann\n",
    "decision-makers: [Ann]\n",
    "supersedes: []\n",
    "superseded-by: null\n",
    "supersedes:\n  - \"0002\"\n",
    "relatesTo: [\"0002\"]\n",
    "schemaVersion: 1\naffects: []\n",
    "number: 1\n",
    "links:\n  - target: 2\n    kind: amends\n",
    "links: []\n",
    "eip: 1\n",
    "requires: 145, 609\n",
    "title: X\n",
    "# X\n\n",
    "# 1. X\n\n",
    "X\n===\n\n",
    "Date: 2020-01-02\n\n",
    "## Status\n\n",
    "##Status\n",
    "Status\n------\n\n",
    "Accepted\n\n",
    "Accepted\n",
    "- 2020-01-02: proposed\n",
    "> Accepted\n",
    "- [x] Accepted\n",
    "Superseded by [2. B](0002-b.md)\n\n",
    "Superseded by\n[2. B](0002-b.md)\n",
    "Amended by [B](0002-b.md)\n",
    "* Status: accepted\n",
    "- **Status:** Active\n",
    "* Status: [proposed | accepted] <!-- optional -->\n",
    "* Status:\n  * draft\n",
    "* Deciders: Ann, Bob\n",
    "**Status**: Draft | **Date**: 2020-01-02\n",
    "| Status | Accepted |\n|---|---|\n",
    "| Status | Date |\n|---|---|\n| draft | 2020-01-02 |\n",
    "## Status: Draft\n",
    "## Context\n\nText.\n\n",
    "## Links\n\n* [a](b.md)\n",
    "## More Information\n\n",
    "## Metadata\n\n",
    "## Changelog\n\n",
    "- Feature Name: x\n- Start Date: 2020-01-02\n",
    "In the context of a, facing b, we decided for c.\n",
    "```\n",
    "~~~\n",
    "<!--\n",
    "-->\n",
    "\n",
    "\r\n",
    "Accepted\r\n",
    "\u{feff}",
    "\u{0}",
    "é",
    "状态: 已接受\n",
    "[",
    "](",
    "\"",
    "'",
    "{",
    "}",
    "|",
    ":",
    "\t",
    "  ",
];

fn record() -> impl Strategy<Value = String> {
    let part = prop_oneof![9 => prop::sample::select(PARTS).prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    prop::collection::vec(part, 0..14).prop_map(|parts| parts.concat())
}

/// Reads the book without making anything of it, as the commands do that edit.
fn of(files: &Files, number: usize) -> Option<(Survey, usize)> {
    let build = survey(&inputs(files), &mut Memo::default()).expect("every file is there");
    let path = format!("adr/000{number}-");
    let at = build
        .site
        .entries
        .iter()
        .position(|entry| entry.page().path.as_str().starts_with(&path) && entry.parsed.record.is_some());
    at.map(|at| (build, at))
}

fn state(files: &Files) -> Option<State> {
    let (build, at) = of(files, 1)?;
    build.site.entries[at].parsed.record.as_ref()?.status.as_ref().map(|status| status.value.state)
}

/// Makes the changes, after checking that each leaves the lines around it as they are.
fn applied(files: &Files, plan: &Plan, most: usize) -> Files {
    let mut files = files.clone();
    for change in &plan.changes {
        let old = files.insert(change.path.to_string(), change.after.clone().into_bytes()).unwrap();
        assert_eq!(old, change.before.as_bytes());
        // Every line but a few stands where it stood, in its order, byte for byte.
        let diff = TextDiff::from_lines(&change.before, &change.after);
        let lost = diff.iter_all_changes().filter(|change| change.tag() == ChangeTag::Delete).count();
        assert!(lost <= most, "{lost} lines lost:\n{:?}\n{:?}", change.before, change.after);
    }
    files
}

proptest! {
    #![proptest_config(Config { cases: 160, failure_persistence: None, max_shrink_iters: 300, ..Config::default() })]

    #[test]
    fn an_edit_says_what_is_wanted_and_touches_nothing_else(first in record(), second in record(), kept in any::<bool>()) {
        // A record that stands twice is read once, so only its own text is at stake here.
        let second = if kept { "# 2. B\n\n## Status\n\nAccepted\n".to_owned() } else { second };
        let files: Files = [("adr/0001-a.md", first), ("adr/0002-b.md", second)]
            .map(|(name, text)| (name.to_owned(), text.into_bytes())).into();
        let Some((build, one)) = of(&files, 1) else { return Ok(()) };
        let Some((_, two)) = of(&files, 2) else { return Ok(()) };
        let read = |path: &BookPath| String::from_utf8(files.get(path.as_str())?.clone()).ok();
        let book = amend::Book { site: &build.site, src: &build.src, tool_folders: &[], read: &read };
        let today = Date::new(2031, 7, 9).unwrap();
        for wanted in [State::Proposed, State::Accepted, State::Rejected, State::Deprecated] {
            if let Ok(plan) = amend::status(&book, one, &NewStatus { state: wanted, note: None, deciders: &[], today }) {
                prop_assert_eq!(state(&applied(&files, &plan, 8)), Some(wanted));
                // What it says already is not said again; what it replaced may still have to say so.
                let says_again = plan.changes.iter().any(|change| change.path.as_str() == "adr/0001-a.md");
                prop_assert!(!says_again || state(&files) != Some(wanted), "{:?}", plan);
            }
        }
        if let Ok(plan) = amend::supersede(&book, one, two, today) {
            let after = applied(&files, &plan, 8);
            prop_assert_eq!(state(&after), Some(State::Superseded));
        }
        for verb in ["amends", "relates-to", "clarified-by"] {
            if let Ok(plan) = amend::link(&book, one, &Told::parse(verb).unwrap(), two, today) {
                let after = applied(&files, &plan, 2);
                prop_assert_eq!(state(&after), state(&files));
            }
        }
        drop(amend::renumber(&book, one, Some(7), &[BookPath::new("adr/0001-a.md").unwrap(), BookPath::new("adr/0002-b.md").unwrap()]));
    }
}
