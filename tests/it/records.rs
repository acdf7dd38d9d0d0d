//! What the command line tells of records: lists, one record, what governs a file, numbers on other branches.

use std::process::Command;

use serde_json::Value;

use crate::program::{Folder, Ran};

const BOOK: &str = "-- book.toml --
[book]
title = 'T'
-- docs/decisions/0001-use-mysql.md --
# 1. Use MySQL

Date: 2024-02-01

## Status

Superseded by [2. Use PostgreSQL](0002-use-postgresql.md)
-- docs/decisions/0002-use-postgresql.md --
---
status: accepted
date: 2025-03-01
decision-makers: [\"Maria Cortés\", \"@ben\"]
tags: [database, security]
review-by: 2026-01-15
applies-to: ['src/db/**', '!src/db/vendor/**']
---
# Use PostgreSQL

## Context and Problem Statement

Text.
-- packages/web/docs/adr/0002-use-react.md --
# Use React

* Status: proposed
* Deciders: Ann

## Decision Outcome
-- docs/guidelines/sql.md --
---
derives-from: 0002-use-postgresql
applies-to: '*.sql'
---
# SQL
-- src/db/pool.rs --
// @adr web/0002 and nothing else
fn pool() {}
-- src/db/vendor/x.rs --
x
-- src/other.rs --
// @adr 99
";

fn json(ran: Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

fn ids(ran: Ran) -> Vec<String> {
    json(ran).as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_list_says_everything_that_records_say() {
    let folder = Folder::with(BOOK);
    let rows = json(folder.run(&["list", "--format", "json"]).exits(0));
    assert_eq!(rows.as_array().unwrap().len(), 3);
    let postgres = &rows[1];
    for (key, expected) in [
        ("id", "\"0002-use-postgresql\""),
        ("scope", "\"\""),
        ("number", "2"),
        ("title", "\"Use PostgreSQL\""),
        ("status", "\"accepted\""),
        ("status_raw", "\"accepted\""),
        ("date", "\"2025-03-01\""),
        ("deciders", "[\"Maria Cortés\",\"@ben\"]"),
        ("tags", "[\"database\",\"security\"]"),
        ("supersedes", "[\"0001-use-mysql\"]"),
        ("superseded_by", "[]"),
        ("review_by", "\"2026-01-15\""),
        ("dialect", "\"madr4\""),
        ("path", "\"docs/decisions/0002-use-postgresql.md\""),
        ("line", "9"),
    ] {
        assert_eq!(postgres[key].to_string(), expected, "{key}");
    }
    assert_eq!(rows[0]["superseded_by"].to_string(), "[\"0002-use-postgresql\"]");
    assert_eq!((&rows[2]["date"], rows[2]["scope"].as_str()), (&Value::Null, Some("packages/web")));
}

#[test]
fn what_waits_for_somebody_is_listed() {
    let record =
        |number: u32, front: &str| format!("-- adr/000{number}-r.md --\n---\n{front}\n---\n# Use {number}\n\nText.\n");
    let folder = Folder::with(
        &[
            record(1, "status: accepted\nreview-by: 2026-02-01\nowners: ['@ann']"),
            record(2, "status: proposed\ndecide-by: 2026-01-10\ndeciders: ['@ann', '@bob']"),
            record(3, "status: proposed\ndecide-by: 2026-01-11\ndeciders: ['@anna']\nconsulted: ['@ann']"),
            record(4, "status: superseded\nreview-by: 2026-01-01\nowners: ['@ann']"),
            record(5, "status: accepted\nreview-by: 2026-01-20\nauthors: ['Ann']"),
            record(6, "status: accepted\nowners: ['@ann']"),
        ]
        .concat(),
    );
    let list = |arguments: &[&str]| ids(folder.run(&[&["list", "--format", "json"], arguments].concat()));
    let of_ann = ["0002-r", "0005-r", "0001-r"];
    assert_eq!(list(&["--due", "2026-02-01", "--by", "@ann"]), of_ann, "the most urgent one first");
    assert_eq!(list(&["--due", "2026-02-01", "--by", "@Ann"]), of_ann);
    assert_eq!(list(&["--due", "2026-01-31", "--by", "@ann"]), ["0002-r", "0005-r"]);
    assert_eq!(list(&["--due", "2026-02-01", "--by", "@bob"]), ["0002-r"]);
    assert_eq!(list(&["--due", "2026-02-01", "--by", "ann"]), ["0002-r", "0003-r", "0005-r", "0001-r"], "a part");
    assert_eq!(list(&["--by", "@ann"]).len(), 6, "who was asked counts where nothing has to be due");
}

#[test]
fn a_list_is_filtered() {
    let folder = Folder::with(BOOK);
    let list = |arguments: &[&str]| ids(folder.run(&[&["list", "--format", "json"], arguments].concat()));
    assert_eq!(list(&["--status", "superseded"]), ["0001-use-mysql"]);
    assert_eq!(list(&["--tag", "Security"]), ["0002-use-postgresql"]);
    assert_eq!(list(&["--by", "cortés"]), ["0002-use-postgresql"]);
    assert_eq!(list(&["--scope", "packages"]), ["packages/web/0002-use-react"]);
    assert_eq!(list(&["--since", "2025-01-01"]), ["0002-use-postgresql"]);
    assert_eq!(list(&["--due", "2026-01-15"]), ["0002-use-postgresql"]);
    assert_eq!(list(&["--due", "2026-01-14"]), [""; 0]);
    assert_eq!(list(&["--kind", "guideline"]), ["sql"]);
    folder.run(&["list", "--status", "rejected"]).exits(1);
    let ran = folder.run(&["list", "--since", "yesterday"]).exits(2);
    assert!(ran.err.contains("`yesterday` is not a date") && ran.err.contains("2025-01-31"), "{}", ran.err);
    let text = folder.run(&["list"]).exits(0).out;
    assert!(text.contains("1  superseded  2024-02-01  Use MySQL\n"), "{text}");
    let csv = folder.run(&["list", "--format", "csv"]).exits(0).out;
    assert!(
        csv.contains("0002-use-postgresql,decision,,2,Use PostgreSQL,accepted,accepted,2025-03-01,Maria Cortés; @ben,"),
        "{csv}"
    );
}

#[test]
fn one_record_is_shown_and_explained() {
    let folder = Folder::with(BOOK);
    for id in ["1", "0001", "ADR-1", "use-mysql", "docs/decisions/0001-use-mysql.md", "Use MySQL"] {
        assert!(folder.run(&["show", id]).exits(0).out.starts_with("ADR-0001: Use MySQL\n"), "{id}");
    }
    let ran = folder.run(&["show", "2"]).exits(2);
    assert!(ran.err.contains("0002-use-postgresql, packages/web/0002-use-react"), "{}", ran.err);
    assert!(folder.run(&["show", "web/2"]).exits(0).out.contains("id:           packages/web/0002-use-react\n"));
    let ran = folder.run(&["show", "0001-use-mysq"]).exits(2);
    assert!(ran.err.contains("did you mean `0001-use-mysql`?"), "{}", ran.err);
    let text = folder.run(&["show", "1", "--explain"]).exits(0).out;
    for line in [
        "status:       superseded (Superseded by 2. Use PostgreSQL)  [section, docs/decisions/0001-use-mysql.md:7]",
        "decided:      2024-02-01  [line, docs/decisions/0001-use-mysql.md:3]",
        "superseded by: Use PostgreSQL (0002-use-postgresql)",
        "says:         superseded by 0002-use-postgresql.md  [section, docs/decisions/0001-use-mysql.md:7]",
    ] {
        assert!(text.lines().any(|shown| shown == line), "{line}\n{text}");
    }
}

#[test]
fn a_file_is_told_what_governs_it_and_why() {
    let folder = Folder::with(BOOK);
    let governed = |path: &str| json(folder.run(&["governs", path, "--format", "json"]).exits(0))[0].clone();
    let pool = governed("src/db/pool.rs");
    assert_eq!(pool["records"][0]["id"], "0002-use-postgresql");
    assert_eq!(pool["records"][0]["reasons"].to_string(), r#"[{"by":"pattern","pattern":"src/db/**"}]"#);
    assert_eq!(pool["records"][1]["id"], "packages/web/0002-use-react", "a proposal comes after what is in force");
    assert_eq!(pool["records"][1]["reasons"].to_string(), r#"[{"by":"marker","line":1}]"#);
    assert_eq!(governed("src/db/vendor/x.rs")["records"].as_array().unwrap().len(), 0, "taken out again");
    assert_eq!(governed("src/other.rs")["lost"].to_string(), r#"[{"line":1,"name":"99"}]"#);
    assert_eq!(governed("src/new/of.sql")["records"][0]["id"], "sql", "a file need not be there yet");
    let ran = folder.run(&["governs", "/"]).exits(2);
    assert!(ran.err.contains("is outside the repository"), "{}", ran.err);
}

#[test]
fn records_that_contradict_or_lead_nowhere_are_findings() {
    let folder = Folder::with(BOOK);
    folder.write(
        "docs/decisions/0003-a.md",
        "# A\n\n* Status: accepted\n* Date: 2024-01-01\n\n## Links\n\n* Amends ADR-77\n* Requires ADR-4\n",
    );
    folder.write("docs/decisions/0004-b.md", "# B\n\n* Status: accepted\n\nSupersedes: [A](0003-a.md)\n");
    folder.write(
        "docs/decisions/0004-c.md",
        "---\nstatus: proposed\ndecide-by: 2020-01-01\napplies-to: [gone/**, 'src/[']\n---\n# C\n",
    );
    folder.write("docs/guidelines/old.md", "---\nderives-from: 1\n---\n# Old\n");
    let findings = json(folder.run(&["check", "--format", "json"]).exits(0));
    let mut shown: Vec<String> = findings
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| format!("{} {}", finding["path"].as_str().unwrap(), finding["code"].as_str().unwrap()))
        .collect();
    shown.sort();
    assert_eq!(
        shown,
        [
            "docs/decisions/0002-use-postgresql.md overdue-review",
            "docs/decisions/0003-a.md ambiguous-record",
            "docs/decisions/0003-a.md replaced-in-force",
            "docs/decisions/0003-a.md unknown-record",
            "docs/decisions/0004-c.md dead-glob",
            "docs/decisions/0004-c.md duplicate-number",
            "docs/decisions/0004-c.md invalid-glob",
            "docs/decisions/0004-c.md overdue-decision",
            "docs/guidelines/old.md stale-guideline",
            "docs/guidelines/sql.md dead-glob",
        ]
    );
    folder.run(&["check", "--deny", "stale-guideline"]).exits(1);
}

/// Runs git as a person would, with a clock that stands still.
pub(crate) fn git(folder: &Folder, arguments: &[&str]) {
    let day = "2024-05-06T07:08:09Z";
    let ran = Command::new("git")
        .current_dir(folder.path(""))
        .args([
            "-c",
            "user.name=Ann",
            "-c",
            "user.email=ann@example.org",
            "-c",
            "init.defaultBranch=main",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .env("GIT_AUTHOR_DATE", day)
        .env("GIT_COMMITTER_DATE", day)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{ran:?}");
}

#[test]
fn a_number_that_another_branch_gave_is_found_before_the_merge() {
    let folder = Folder::with(BOOK);
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-qm", "first"]);
    git(&folder, &["checkout", "-qb", "theirs"]);
    folder.write("docs/decisions/0003-theirs.md", "# Theirs\n");
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-qm", "theirs"]);
    git(&folder, &["checkout", "-q", "main"]);
    folder.run(&["check", "--against", "theirs"]).exits(0);
    folder.write("docs/decisions/0003-ours.md", "# Ours\n");
    let ran = folder.run(&["check", "--against", "theirs"]).exits(1);
    assert!(ran.err.contains("the number 3 is that of `docs/decisions/0003-theirs.md` on `theirs`"), "{}", ran.err);
    assert!(ran.err.contains("precedent decision renumber docs/decisions/0003-ours.md 4"), "{}", ran.err);
    folder.run(&["check", "--all-branches"]).exits(1);
    let ran = folder.run(&["check", "--against", "nowhere"]).exits(2);
    assert!(ran.err.contains("git knows no revision `nowhere`"), "{}", ran.err);
    let ran = folder.run(&["show", "2", "--format", "json"]);
    ran.exits(2);
    assert!(folder.run(&["show", "1"]).exits(0).out.contains("changed:      2024-05-06 Ann: first\n"));
    folder.write("src/db/pool.rs", "changed");
    let governed = json(folder.run(&["governs", "--diff", "HEAD", "--format", "json"]).exits(0));
    let paths: Vec<&str> = governed.as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["docs/decisions/0003-ours.md", "src/db/pool.rs"]);
}

#[test]
fn the_graph_is_drawn_in_three_languages() {
    let folder = Folder::with(BOOK);
    let drawn = |format: &str| folder.run(&["graph", "--format", format]).exits(0).out;
    assert!(drawn("svg").starts_with("<svg ") && drawn("svg").contains("Use PostgreSQL"));
    assert!(
        drawn("dot").starts_with("digraph ") && drawn("dot").contains("\"0002-use-postgresql\" -> \"0001-use-mysql\""),
        "{}",
        drawn("dot")
    );
    assert!(drawn("mermaid").starts_with("flowchart "));
}

#[test]
fn another_tools_folder_and_a_file_of_metadata_are_known() {
    let folder = Folder::with(
        "-- .adr-dir --\ndoc/log\n-- doc/log/0001-x.md --\n# 1. X\n-- doc/other/0001-y.md --\n# 1. Y\n-- keps/sig-a/0007-z/README.md --\n# Z\n-- keps/sig-a/0007-z/kep.yaml --\ntitle: Zed\nkep-number: 7\nstatus: implementable\ncreation-date: 2020-01-02\napprovers: ['@ann']\n",
    );
    assert_eq!(ids(folder.run(&["list", "--format", "json"])), ["log/0001-x", "sig-a/0007-z"]);
    let kep = json(folder.run(&["show", "7", "--format", "json"]).exits(0));
    assert_eq!(
        (kep["title"].as_str(), kep["status"].as_str(), kep["dialect"].as_str()),
        (Some("Zed"), Some("accepted"), Some("kep"))
    );
    let explained = folder.run(&["show", "7", "--explain"]).exits(0).out;
    assert!(explained.contains("[metadata file, keps/sig-a/0007-z/kep.yaml"), "{explained}");
}
