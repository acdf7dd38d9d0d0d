//! A status changes where it stands, in every head that is read, and all else stays byte for byte.

use precedent::amend;
use precedent::date::Date;
use precedent::decision::State;
use precedent::path::BookPath;

use crate::memory::{built, files};

/// Accepts a proposal; returns its text then, or why it is refused.
fn accepted(text: &str) -> Result<String, String> {
    let book = format!("-- adr/0001-a.md --\n{text}");
    let all = files(&book);
    let build = built(&all);
    let read = |path: &BookPath| String::from_utf8(all.get(path.as_str())?.clone()).ok();
    let book = amend::Book { site: &build.site, src: &build.src, tool_folders: &[], read: &read };
    let today = Date::new(2031, 7, 9).unwrap();
    let plan = amend::status(&book, 0, State::Accepted, None, today).map_err(|error| error.to_string())?;
    Ok(plan.changes.first().map_or_else(|| text.to_owned(), |change| change.after.clone()))
}

/// Heads with a status in the place of `@`, and the text around it.
const HEADS: &[&str] = &[
    "# 1. A\n\n## Status\n\n@\n\n## Context\n",
    "# 1. A\n\n## Status\n\n**@**\n\nText.\n\n## Context\n",
    "# 1. A\n\n## Status\n\n- @\n\n## Context\n",
    "# 1. A\n\n## Status\n\n> [!NOTE]\n> @\n\n## Context\n",
    "# 1. A\n\n## Status\n\n> @\n\n## Context\n",
    "# 1. A\n\n## Status\n\n| Key | Value |\n|---|---|\n| Status | @ |\n| Owner | Ann |\n\n## Context\n",
    "# 1. A\n\n## Status\n\n| Status | Author |\n|---|---|\n| @ | Ann |\n\n## Context\n",
    "# 1. A\n\n| Status | @ |\n|---|---|\n| Deciders | Ann |\n",
    "# 1. A\n\n| Status | Deciders |\n|---|---|\n| @ | Ann |\n",
    "# 1. A\n\n<table>\n<tr><td>Status</td><td>@</td></tr>\n</table>\n",
    "# 1. A\n\n* Status: @\n* Deciders: Ann\n",
    "# 1. A\n\n- **Status:** @\n- **Deciders:** Ann\n",
    "# 1. A\n\n- Status:\n  - @\n- Deciders: Ann\n",
    "# 1. A\n\n**Status**: @ | **Deciders**: Ann\n",
    "# 1. A\n\n> Status: @\n> Deciders: Ann\n",
    "# 1. A\n\nStatus\n: @\n\nDeciders\n: Ann\n",
    "# 1. A\n\n_@_\n\n## Context\n",
    "# 1. A\n\n![Status: @](https://img.shields.io/badge/status-@-yellow)\n\n## Context\n",
    "# 1. A\n\n![](https://img.shields.io/badge/status-@-yellow)\n\n## Context\n",
    "# 1. A\n\n## Status: @\n\n## Context\n",
    "## A of two hashes\n\n- Status: @\n- Deciders: Ann\n",
    "# Meta\n- Name: A\n- Status: @\n- Start Date: 2020-01-02\n\n# Summary\n",
    "# 1. A\n\n**Status**\n\n@\n\n## Context\n",
    "---\nstatus: @\ndeciders: Ann\n---\n# A\n",
    "---\nstatus: \"@\" # yet\ndeciders: Ann\n---\n# A\n",
    "---\nstatus: { @ }\ndeciders: Ann\n---\n# A\n",
    "+++\nstatus = \"@\"\n+++\n# A\n",
    "\n---\nstatus: @\ndate: 2020-01-02\n---\n# A\n",
];

#[test]
fn every_head_is_edited_and_nothing_beside_it() {
    for head in HEADS {
        for (before, after) in [("proposed", "accepted"), ("Proposed", "Accepted"), ("PROPOSED", "ACCEPTED")] {
            let (text, wanted) = (head.replace('@', before), head.replace('@', after));
            let found = accepted(&text);
            let lower = |text: &str| text.to_lowercase().replace("2031-07-09", "2020-01-02");
            assert_eq!(found.as_deref().map(lower), Ok(lower(&wanted)), "{text}");
        }
    }
}

#[test]
fn a_tick_goes_from_one_box_to_another() {
    let boxes = "# 2. A\n\n## Status\n\n- [x] Proposed\n- [ ] Accepted\n- [ ] Deprecated\n\n## Context\n";
    assert_eq!(
        accepted(boxes).unwrap(),
        "# 2. A\n\n## Status\n\n- [ ] Proposed\n- [x] Accepted\n- [ ] Deprecated\n\n## Context\n"
    );
}

#[test]
fn what_cannot_be_changed_is_refused_with_its_line() {
    for (text, line) in [
        ("# 2. A\n\n## Status\n\n- [x] Proposed\n- [ ] Rejected\n\n## Context\n", 5),
        ("---\nstatus: |\n  proposed\ndeciders: Ann\n---\n# A\n", 2),
    ] {
        let refused = accepted(text).unwrap_err();
        assert!(refused.ends_with(&format!("; change line {line} by hand")), "{refused}");
    }
}
