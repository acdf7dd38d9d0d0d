//! A status changes where it stands, in every head that is read, and all else stays byte for byte.

use precedent::amend::{self, NewStatus};
use precedent::build::{Memo, survey};
use precedent::date::Date;
use precedent::decision::State;
use precedent::path::BookPath;

use crate::memory::{files, inputs};

/// Accepts a proposal; returns its text then, or why it is refused.
fn accepted(text: &str) -> Result<String, String> {
    accepted_by(text, &[])
}

/// Accepts a proposal and names who decided.
fn accepted_by(text: &str, deciders: &[String]) -> Result<String, String> {
    let book = format!("-- adr/0001-a.md --\n{text}");
    let all = files(&book);
    let build = survey(&inputs(&all), &mut Memo::default()).expect("every file is there");
    let read = |path: &BookPath| String::from_utf8(all.get(path.as_str())?.clone()).ok();
    let book = amend::Book { site: &build.site, src: &build.src, tool_folders: &[], read: &read };
    let today = Date::new(2031, 7, 9).unwrap();
    let change = NewStatus { state: State::Accepted, note: None, deciders, today };
    let plan = amend::status(&book, 0, &change).map_err(|error| error.to_string())?;
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

/// A head that is written from keys and values.
type Form = (&'static str, fn(&[(&str, String)]) -> String);

fn lines(fields: &[(&str, String)], line: impl Fn(&str, &str) -> String) -> String {
    fields.iter().map(|(key, value)| line(key, value) + "\n").collect()
}

fn under_title(head: &str) -> String {
    format!("# 1. A\n\n{head}\n## Context\n\nStatus: of other things.\n")
}

/// Every way in which the reader finds keys and values.
const FORMS: &[Form] = &[
    ("bullets", |all| under_title(&lines(all, |key, value| format!("* {key}: {value}")))),
    ("bullets with a bold key", |all| under_title(&lines(all, |key, value| format!("- **{key}:** {value}")))),
    ("bullets with a bold key before the colon", |all| {
        under_title(&lines(all, |key, value| format!("+ **{key}**: {value}")))
    }),
    ("items below", |all| under_title(&lines(all, |key, value| format!("- {key}:\n  - {value}")))),
    ("lines", |all| under_title(&lines(all, |key, value| format!("{key}: {value}  ")))),
    ("lines with a bold key", |all| under_title(&lines(all, |key, value| format!("**{key}:** {value}\\")))),
    ("one line", |all| {
        let parts: Vec<String> = all.iter().map(|(key, value)| format!("**{key}**: {value}")).collect();
        under_title(&(parts.join(" | ") + "\n"))
    }),
    ("one line with dots", |all| {
        let parts: Vec<String> = all.iter().map(|(key, value)| format!("**{key}:** {value}")).collect();
        under_title(&(parts.join(" · ") + "\n"))
    }),
    ("a quote", |all| under_title(&lines(all, |key, value| format!("> {key}: {value}")))),
    ("definitions", |all| under_title(&lines(all, |key, value| format!("{key}\n: {value}\n")))),
    ("a table of rows", |all| {
        under_title(&lines(all, |key, value| format!("| {key} | {value} |")).replacen('\n', "\n|---|---|\n", 1))
    }),
    ("a table of columns", |all| {
        let row = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
        let (keys, values) = all.iter().map(|(key, value)| (*key, value.as_str())).unzip();
        under_title(&(row(keys) + "|" + &"---|".repeat(all.len()) + "\n" + &row(values)))
    }),
    ("a table of HTML", |all| {
        let rows = lines(all, |key, value| format!("<tr><td>{key}</td><td>{value}</td></tr>"));
        under_title(&format!("<table>\n{rows}</table>\n"))
    }),
    ("sections", |all| under_title(&lines(all, |key, value| format!("## {key}\n\n{value}\n")))),
    ("sections with a line below", |all| {
        under_title(&lines(all, |key, value| format!("{key}\n{}\n\n{value}\n", "-".repeat(key.len()))))
    }),
    ("sections with an item", |all| under_title(&lines(all, |key, value| format!("## {key}\n\n* {value}\n")))),
    ("a section of metadata", |all| {
        under_title(&format!("## Metadata\n\n{}", lines(all, |key, value| format!("- {key}: {value}"))))
    }),
    ("keys of YAML", |all| {
        format!("---\n{}---\n# A\n", lines(all, |key, value| format!("{}: {value}", key.to_lowercase())))
    }),
    ("quoted keys of YAML", |all| {
        format!("---\n{}---\n# A\n", lines(all, |key, value| format!("{}: \"{value}\" # as said", key.to_lowercase())))
    }),
    ("keys of TOML", |all| {
        format!("+++\n{}+++\n# A\n", lines(all, |key, value| format!("{} = \"{value}\"", key.to_lowercase())))
    }),
];

/// The words of a proposal, and of the decision that it becomes.
const WORDS: &[(&str, &str)] = &[
    ("proposed", "accepted"),
    ("Proposed", "Accepted"),
    ("PROPOSED", "ACCEPTED"),
    ("Draft", "Accepted"),
    ("**Proposed**", "**Accepted**"),
    ("`proposed`", "`accepted`"),
    ("Proposed - 2024-03-01", "Accepted - 2031-07-09"),
    ("Proposed (2024-03-01)", "Accepted (2031-07-09)"),
];

#[test]
fn every_form_that_is_read_is_edited_or_refused() {
    let (mut edited, mut refused) = (0, Vec::new());
    for (form, write) in FORMS {
        // In keys a sign of Markdown is a letter like others.
        let plain = |(word, _): &&(&str, &str)| !form.contains("keys") || !word.contains(['*', '`']);
        for (nth, (word, becomes)) in WORDS.iter().filter(plain).enumerate() {
            for (turn, end) in ["\n", "\r\n", "\n", "\r\n"].into_iter().enumerate() {
                // Each word in one order, the first in all.
                if nth > 0 && turn != nth % 4 {
                    continue;
                }
                let text = |status: &str, deciders: &str| {
                    let mut all = vec![
                        ("Status", status.to_owned()),
                        ("Deciders", deciders.to_owned()),
                        ("Tags", "one, two".to_owned()),
                        ("Consulted", "The web team".to_owned()),
                    ];
                    all.rotate_left(turn);
                    let bom = if turn == 3 { "\u{feff}" } else { "" };
                    bom.to_owned() + &write(&all).replace('\n', end)
                };
                let (before, after) = (text(word, "Ann Lee"), text(becomes, "Ann Lee"));
                match accepted(&before) {
                    Ok(found) => {
                        assert_eq!(found, after, "{form}, {word}: {before}");
                        edited += 1;
                    }
                    Err(message) => refused.push(format!("{form}, {word}: {message}")),
                }
                // Who decided is added where the form lists them, and nothing else changes.
                let named =
                    accepted_by(&before, &["@cid".to_owned()]).unwrap_or_else(|message| panic!("{message}: {before}"));
                let ways = [
                    text(becomes, "Ann Lee, @cid"),
                    text(becomes, "Ann Lee\n  - @cid"),
                    text(becomes, "Ann Lee\n* @cid"),
                ];
                let ways = ways.map(|way| if end == "\n" { way } else { way.replace("\r\n", "\n").replace('\n', end) });
                assert!(ways.contains(&named), "{form}, {word}:\n{named}");
            }
        }
    }
    assert_eq!(refused, [""; 0], "beside {edited}");
}
