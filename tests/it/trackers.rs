//! Issues of trackers: what settings name becomes a link, lists find them, and what waits goes to a tracker.

use precedent::build::{Build, Memo};

use crate::memory::{built, built_with, files, text};
use crate::program::Folder;

const TRACKERS: &str = "-- book.toml --
[book]
title = 'T'
[trackers]
'QS-{n}' = 'https://tracker.example/browse/QS-{n}'
'#{n}' = 'https://git.example/q/issues/{n}'
'quay/slots#{n}' = 'https://git.example/slots/issues/{n}'
";

fn book(records: &str) -> String {
    format!("{TRACKERS}{records}")
}

fn findings(build: &Build) -> Vec<String> {
    build.findings.iter().map(|finding| finding.message.clone()).collect()
}

#[test]
fn what_is_not_configured_is_never_a_link() {
    let page = "-- a.md --\n# A\n\nQS-412, #7, UTF-8.\n";
    let bare = built(&files(page));
    assert!(!text(&bare, "a.html").contains("tracker.example"), "nothing is guessed");
    let named = text(&built(&files(&book(page))), "a.html");
    assert!(named.contains("<a href=\"https://tracker.example/browse/QS-412\">QS-412</a>, <a href"), "{named}");
    assert!(named.contains(", UTF-8."), "{named}");
    let twin = text(&built(&files(&book(page))), "a.md");
    assert_eq!(twin, "# A\n\nQS-412, #7, UTF-8.\n", "the Markdown is the author's");
}

#[test]
fn a_change_of_trackers_reads_pages_again() {
    let page = "-- a.md --\n# A\n\nQS-412\n";
    let mut memo = Memo::default();
    built_with(&files(page), &mut memo);
    let after = built_with(&files(&book(page)), &mut memo);
    assert!(text(&after, "a.html").contains("https://tracker.example/browse/QS-412"));
    let moved = built_with(&files(&book(page).replace("tracker.example", "other.example")), &mut memo);
    assert!(text(&moved, "a.html").contains("https://other.example/browse/QS-412"));
    assert!(!text(&built_with(&files(page), &mut memo), "a.html").contains("example/browse"));
}

#[test]
fn fields_of_records_lead_to_issues() {
    let record = |field: &str| {
        let page = format!("-- adr/0001-a.md --\n---\nstatus: accepted\n{field}\n---\n# A\n\nText.\n");
        text(&built(&files(&book(&page))), "adr/0001-a.html")
    };
    let qs = |number: u32| format!("<a href=\"https://tracker.example/browse/QS-{number}\">QS-{number}</a>");
    assert!(record("tracking: QS-412").contains(&qs(412)));
    assert!(
        record("tracking: [QS-412, 'quay/slots#3']")
            .contains("<a href=\"https://git.example/slots/issues/3\">quay/slots#3</a>")
    );
    assert!(record("tracking: QS-412, QS-413").contains(&format!("{}, {}", qs(412), qs(413))));
    assert!(record("relates-to: QS-7").contains(&qs(7)));
    assert!(record("tracking: OPS-1").contains("<dd>OPS-1</dd>"), "what nobody named stays text");
}

#[test]
fn a_tracker_that_cannot_be_is_a_finding_and_the_others_hold() {
    let build = built(&files(
        "-- book.toml --\n[trackers]\n'{n}' = 'https://t.example/{n}'\n'GH' = 'https://t.example/{n}'\n\
         'A-{n}' = 'tracker/{n}'\n'B-{n}' = 'https://t.example/'\n'{key}-{n}' = 'https://t.example/{n}'\n'C-{n}' = 7\n\
         'QS-{n}' = 'https://t.example/{n}'\n-- a.md --\n# A\n\nQS-1 and 12 and A-1.\n",
    ));
    let found = findings(&build);
    assert_eq!(found.len(), 6, "{found:?}");
    for (finding, expected) in found.iter().zip([
        "`trackers.{n}`: a pattern must have a letter or a sign such as `#` beside `{n}`",
        "`trackers.GH`: a pattern must have `{n}` once",
        "`trackers.A-{n}`: an address must begin with `https://`",
        "`trackers.B-{n}`: an address must have `{n}`",
        "`trackers.{key}-{n}`: `{n}` is the only placeholder",
        "`trackers.C-{n}` must be the address of an issue, with `{n}` for its number, and is",
    ]) {
        assert!(found.iter().any(|found| found.contains(expected)), "{finding} of {found:?} is not {expected}");
    }
    let page = text(&build, "a.html");
    assert!(page.contains("<a href=\"https://t.example/1\">QS-1</a> and 12 and A-1."), "{page}");
}

const RECORDS: &str = "-- adr/0001-a.md --
---
status: accepted
review-by: 2026-01-20
owners: [\"@ann\", \"Bob <bob@quay.example>\"]
tracking: QS-412
tags: [data base, security]
---
# Use A, or not

Text.
-- adr/0002-b.md --
---
status: proposed
decide-by: 2026-06-01
deciders: [\"@ann\"]
---
# =Use B

As QS-41 says, and `QS-412` does not.
-- adr/0003-c.md --
---
status: accepted
review-by: 2026-06-01
---
# Use C

See <https://tracker.example/browse/QS-412?focus=1>, and _QS-5_.
-- adr/0004-d.md --
---
status: proposed
---
# Use D

```
QS-412 https://tracker.example/browse/QS-412
```
";

/// The second of January 2026.
const TODAY: &str = "1767312000";

#[test]
fn a_list_finds_the_records_that_mention_an_issue() {
    let folder = Folder::with(&book(RECORDS));
    let found = |issue: &str| {
        let out = folder.run(&["list", "--tracker", issue]).out;
        out.lines().map(|line| line.split_whitespace().next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("QS-412"), ["ADR-0001", "ADR-0003"], "fields, text and addresses, and no code");
    assert_eq!(found("https://tracker.example/browse/QS-412"), ["ADR-0001", "ADR-0003"]);
    assert_eq!(found("QS-41"), ["ADR-0002"], "no beginning of another");
    assert_eq!(found("QS-5"), ["ADR-0003"]);
    folder.run(&["list", "--tracker", "QS-4"]).exits(1);
    let ran = folder.run(&["list", "--tracker", "OPS-4"]).exits(2);
    assert!(ran.err.contains("`OPS-4` is no issue of a tracker of this book"), "{}", ran.err);
    assert!(ran.err.contains("`QS-{n}`, `#{n}`, `quay/slots#{n}`"), "{}", ran.err);
    let none = Folder::with(RECORDS).run(&["list", "--tracker", "QS-4"]).exits(2);
    assert!(
        none.err.contains("[trackers]") && none.err.contains("https://tracker.example/browse/QS-{n}"),
        "{}",
        none.err
    );
}

#[test]
fn what_waits_goes_to_a_tracker_in_its_form() {
    let folder = Folder::with(&format!("{}[site]\nurl = 'https://kb.example/'\n{RECORDS}", TRACKERS));
    let run = |arguments: &[&str]| {
        folder.run_with(&[&["list"], arguments].concat(), &[("SOURCE_DATE_EPOCH", TODAY)]).exits(0).out
    };
    assert_eq!(
        run(&["--format", "jira"]),
        "Summary,Issue Type,Description,Due Date,Labels,Labels\n\
         \"Review: ADR-0001 Use A, or not\",Task,\"https://kb.example/adr/0001-a.html\nAsked of @ann, Bob <bob@quay.example>\",2026-01-20,data-base,security\n\
         Decide: ADR-0002 =Use B,Task,\"https://kb.example/adr/0002-b.html\nAsked of @ann\",2026-06-01,,\n\
         Decide: ADR-0004 Use D,Task,https://kb.example/adr/0004-d.html,,,\n"
    );
    assert_eq!(
        run(&["--format", "asana", "--by", "@ann"]),
        "Name,Section/Column,Assignee,Due Date,Notes,Tags\n\
         \"Review: ADR-0001 Use A, or not\",Reviews,bob@quay.example,2026-01-20,\"https://kb.example/adr/0001-a.html\nAsked of @ann, Bob <bob@quay.example>\",\"data base,security\"\n\
         Decide: ADR-0002 =Use B,Proposals,,2026-06-01,\"https://kb.example/adr/0002-b.html\nAsked of @ann\",\n"
    );
    assert_eq!(
        run(&["--format", "lines"]),
        "Review: ADR-0001 Use A, or not by 2026-01-20 (@ann, Bob <bob@quay.example>) https://kb.example/adr/0001-a.html\n\
         Decide: ADR-0002 =Use B by 2026-06-01 (@ann) https://kb.example/adr/0002-b.html\n\
         Decide: ADR-0004 Use D https://kb.example/adr/0004-d.html\n"
    );
    assert_eq!(run(&["--format", "lines", "--due", "2026-06-01"]).lines().count(), 3, "those that say a day");
    let ran = folder.run(&["list", "--format", "lines", "--status", "rejected"]).exits(1);
    assert!(ran.out.is_empty() && ran.err.contains("no decisions match"), "{}", ran.err);
}

#[test]
fn what_waits_runs_nothing_where_it_is_opened() {
    let folder = Folder::with(
        "-- adr/a.md --\n---\nstatus: proposed\ndeciders: ['=cmd()@x.y']\ntags: ['=1+1']\n---\n# A\u{202e} =b\n\nText.\n",
    );
    for format in ["jira", "asana", "lines"] {
        let out = folder.run(&["list", "--format", format]).exits(0).out;
        assert!(!out.contains('\u{202e}') && !out.contains(",=") && !out.contains("\"="), "{format}: {out}");
    }
}
