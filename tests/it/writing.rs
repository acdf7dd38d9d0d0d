//! Writing decisions: statuses, relations, numbers and new records, with the real program on real folders, and law 5:
//! a command that edits a source changes only the lines it means to change.

mod heads;
mod law;

use std::fs;

use crate::program::Folder;

/// A collection of adr-tools with Windows line ends in one record.
const NYGARD: &str = "-- book.toml --\n-- docs/adr/0001-use-mysql.md --\n# 1. Use MySQL\n\nDate: 2020-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nSee [2. Use Redis](0002-use-redis.md#why) and ADR-2.\n-- docs/adr/0002-use-redis.md --\n# 2. Use Redis\n\nDate: 2020-02-03\n\n## Status\n\nProposed\n\n## Context\n";

#[track_caller]
fn changed(name: &str, text: &str, arguments: &[&str], expected: &str) {
    let folder = Folder::with("-- book.toml --\n");
    folder.write(&format!("adr/{name}"), text);
    let ran = folder.run(&[&["decision"], arguments].concat()).exits(0);
    assert_eq!(ran.out, format!("adr/{name}\n"), "{}", ran.err);
    assert_eq!(folder.read(&format!("adr/{name}")), expected);
}

#[test]
fn a_status_changes_where_it_stands() {
    for (text, expected) in [
        ("# 1. X\n\n## Status\n\nProposed\n\n## Context\n", "# 1. X\n\n## Status\n\nAccepted\n\n## Context\n"),
        (
            "\u{feff}# X\r\n\r\n## Status\r\n \r\n🤔 Proposed \r\n\r\nText \r\n",
            "\u{feff}# X\r\n\r\n## Status\r\n \r\nAccepted \r\n\r\nText \r\n",
        ),
        (
            "# X\n\n* Status: **proposed** <!-- optional -->\n* Deciders: Ann\n",
            "# X\n\n* Status: **accepted** <!-- optional -->\n* Deciders: Ann\n",
        ),
        ("# X\n\n**Status**: Draft | **Deciders**: Ann\n", "# X\n\n**Status**: Accepted | **Deciders**: Ann\n"),
        (
            "# X\n\n| Status | Proposed |\n|---|---|\n| Deciders | Ann |\n",
            "# X\n\n| Status | Accepted |\n|---|---|\n| Deciders | Ann |\n",
        ),
        (
            "---\nstatus: { proposed } # yet\ndeciders: Ann\n---\n# X\n",
            "---\nstatus: { accepted } # yet\ndeciders: Ann\n---\n# X\n",
        ),
        (
            "---\nstatus: 'proposed'\ndeciders: [Ann]\n---\n# X\n",
            "---\nstatus: 'accepted'\ndeciders: [Ann]\n---\n# X\n",
        ),
        (
            "+++\nstatus = \"proposed\"\n[extra]\na = 1\n+++\n# X\n",
            "+++\nstatus = \"accepted\"\n[extra]\na = 1\n+++\n# X\n",
        ),
        (
            "# X\n\n## Status\n\nAccepted\n\nSuperseded by [Y](y.md)\n\n## Context\n",
            "# X\n\n## Status\n\nAccepted\n\n## Context\n",
        ),
        ("# X\n\n## Status: Proposed\n\n## Context\n", "# X\n\n## Status: Accepted\n\n## Context\n"),
        ("# X\n\nWhy.\n\n## Context\n\nText", "# X\n\nWhy.\n\n## Status\n\nAccepted\n\n## Context\n\nText"),
        ("# X\n\n- Deciders: Ann\n\n## Context\n", "# X\n\n- Status: accepted\n- Deciders: Ann\n\n## Context\n"),
        (
            "# X\n\n```\n## Status\n\nProposed\n```\n",
            "# X\n\n```\n## Status\n\nProposed\n```\n\n## Status\n\nAccepted\n",
        ),
    ] {
        changed("0001-x.md", text, &["accept", "1"], expected);
    }
}

#[test]
fn the_day_of_the_decision_follows_where_the_form_has_one() {
    let folder = Folder::with(
        "-- adr/0001-x.md --\n---\nstatus: proposed\ndate: 2020-01-02 # day\ndecision-makers: [Ann]\n---\n# X\n",
    );
    folder.run(&["decision", "accept", "1"]).exits(0);
    let text = folder.read("adr/0001-x.md");
    assert!(
        text.starts_with("---\nstatus: accepted\ndate: 20")
            && !text.contains("2020-01-02")
            && text.contains(" # day\n"),
        "{text}"
    );
    let nygard = Folder::with(NYGARD);
    nygard.run(&["decision", "accept", "2"]).exits(0);
    assert_eq!(
        nygard.read("docs/adr/0002-use-redis.md"),
        NYGARD.split("0002-use-redis.md --\n").nth(1).unwrap().replace("Proposed", "Accepted")
    );
}

#[test]
fn an_empty_day_is_filled_when_it_is_decided() {
    for (before, after) in [
        ("---\nstatus: proposed\ndate:\n---\n# X\n", "---\nstatus: accepted\ndate: 20"),
        (
            "---\nstatus: proposed\ndate: {YYYY-MM-DD when the decision was last updated}\n---\n# X\n",
            "---\nstatus: accepted\ndate: \"20",
        ),
        (
            "# X\n\n* Status: proposed\n* Deciders: Ann\n* Date:\n",
            "# X\n\n* Status: accepted\n* Deciders: Ann\n* Date: 20",
        ),
    ] {
        let folder = Folder::with("-- book.toml --\n");
        folder.write("adr/0001-x.md", before);
        folder.run(&["decision", "accept", "1"]).exits(0);
        let text = folder.read("adr/0001-x.md");
        assert!(text.starts_with(after), "{text}");
    }
}

#[test]
fn who_decided_is_named_where_the_form_has_a_place_for_it() {
    let by = ["accept", "1", "--by", "@ann", "--by", "Bob Ray"];
    for (before, after) in [
        ("decision-makers: []", "decision-makers: [\"@ann\", Bob Ray]"),
        ("decision-makers: [Bob Ray]", "decision-makers: [Bob Ray, \"@ann\"]"),
        ("decision-makers:", "decision-makers: \"@ann, Bob Ray\""),
        ("deciders: {list everyone involved in the decision}", "deciders: \"@ann, Bob Ray\""),
        ("deciders: Cid", "deciders: Cid, @ann, Bob Ray"),
        ("deciders:\n  - Cid\n", "deciders:\n  - Cid\n  - \"@ann\"\n  - Bob Ray\n"),
        ("consulted: Cid", "deciders: [\"@ann\", Bob Ray]\nconsulted: Cid"),
    ] {
        let record = |status: &str, keys: &str| format!("---\nstatus: {status}\n{keys}\n---\n# X\n");
        changed("0001-x.md", &record("proposed", before), &by, &record("accepted", after));
    }
    let bullets = |status: &str, deciders: &str| format!("# X\n\n* Status: {status}\n{deciders}* Date: 2020\n");
    changed("0001-x.md", &bullets("proposed", ""), &by, &bullets("accepted", "* Deciders: @ann, Bob Ray\n"));
    changed(
        "0001-x.md",
        &bullets("proposed", "* Deciders:\n"),
        &by,
        &bullets("accepted", "* Deciders: @ann, Bob Ray\n"),
    );
    let folder = Folder::with(NYGARD);
    let made = folder.run(&["new", "decision", "X", "--template", "madr", "--by", "@ann, Bob Ray"]).exits(0).out;
    assert!(
        folder.read(made.trim()).contains("decision-makers: [\"@ann\", Bob Ray]\n"),
        "{}",
        folder.read(made.trim())
    );
    let refused = folder.run(&["decision", "accept", "2", "--by", "@ann"]).exits(2).err;
    assert!(refused.contains("the form `nygard` has no place for deciders"), "{refused}");
    assert!(folder.read("docs/adr/0002-use-redis.md").contains("Proposed"));
    let refused = folder.run(&["decision", "accept", "2", "--by", "n/a"]).exits(2).err;
    assert!(refused.contains("`n/a` names nobody") && refused.contains("help: name a person"), "{refused}");
}

#[test]
fn a_note_stands_after_the_status_where_the_form_has_a_place_for_it() {
    changed(
        "0001-x.md",
        "# X\n\n## Status\n\nProposed\n",
        &["reject", "1", "--note", "too  slow"],
        "# X\n\n## Status\n\nRejected (too slow)\n",
    );
    let folder = Folder::with("-- adr/0001-x.md --\n---\nid: 1\nstatus: proposed\nsupersedes: []\n---\n# X\n");
    let ran = folder.run(&["decision", "reject", "1", "--note", "slow"]).exits(2);
    assert!(ran.err.contains("no place for a note") && ran.err.contains("help: "), "{}", ran.err);
}

#[test]
fn both_records_say_that_one_replaces_the_other() {
    let folder = Folder::with(NYGARD);
    let ran = folder.run(&["decision", "supersede", "1", "ADR-2"]).exits(0);
    assert_eq!(ran.out, "docs/adr/0001-use-mysql.md\ndocs/adr/0002-use-redis.md\n");
    assert!(
        folder
            .read("docs/adr/0001-use-mysql.md")
            .contains("## Status\n\nSuperseded by [2. Use Redis](0002-use-redis.md)\n\n## Context")
    );
    assert!(
        folder
            .read("docs/adr/0002-use-redis.md")
            .contains("## Status\n\nProposed\n\nSupersedes [1. Use MySQL](0001-use-mysql.md)\n\n## Context")
    );
    let before = folder.files("docs");
    let again = folder.run(&["decision", "supersede", "1", "2"]).exits(0);
    assert!(again.err.contains("nothing to do"), "{}", again.err);
    assert_eq!(folder.files("docs"), before);
}

#[test]
fn each_form_says_it_in_its_own_words() {
    for (text, old, new) in [
        (
            "---\nstatus: accepted\ndecision-makers: [Ann]\n---\n# X\n",
            "status: \"superseded by ADR-0002\"",
            "## More Information\n\n* Supersedes [ADR-0001](0001-x.md)\n",
        ),
        (
            "---\nstatus: accepted\ndeciders: Ann\n---\n# X\n",
            "status: \"superseded by [ADR-0002](0002-x.md)\"",
            "* Supersedes [ADR-0001](0001-x.md)\n",
        ),
        (
            "# X\n\n* Status: accepted\n* Deciders: Ann\n\n## Links\n\n* [a](https://a.b)\n",
            "* Status: superseded by [ADR-0002](0002-x.md)\n",
            "* [a](https://a.b)\n* Supersedes [ADR-0001](0001-x.md)\n",
        ),
        (
            "---\nschemaVersion: 1\nid: \"ID\"\nstatus: accepted\naffects: []\n---\n# X\n",
            "status: superseded\nsupersededBy: \"0002\"\n",
            "supersedes: [\"0001\"]\n",
        ),
        (
            "---\nnumber: N\ntitle: X\nstatus: accepted\nlinks: []\n---\n",
            "links: [{target: 2, kind: supersededby}]",
            "links: [{target: 1, kind: supersedes}]",
        ),
        ("---\neip: N\ntitle: X\nstatus: Final\n---\n", "status: Superseded\nsuperseded-by: 2\n", "replaces: 1\n"),
    ] {
        let folder = Folder::with("-- book.toml --\n");
        for number in [1, 2] {
            let text = text.replace("ID", &format!("000{number}")).replace(": N\n", &format!(": {number}\n"));
            folder.write(&format!("adr/000{number}-x.md"), text);
        }
        folder.run(&["decision", "supersede", "1", "2"]).exits(0);
        let (first, second) = (folder.read("adr/0001-x.md"), folder.read("adr/0002-x.md"));
        assert!(first.contains(old), "{first}");
        assert!(second.contains(new), "{second}");
        let shown = folder.run(&["show", "1"]).exits(0).out;
        assert!(shown.contains("superseded by:"), "{shown}");
    }
}

#[test]
fn a_link_is_told_from_both_ends_where_the_tool_of_the_form_does_so() {
    let folder = Folder::with(NYGARD);
    folder.run(&["decision", "link", "2", "amends", "1"]).exits(0);
    assert!(folder.read("docs/adr/0002-use-redis.md").contains("\n\nAmends [1. Use MySQL](0001-use-mysql.md)\n"));
    assert!(
        folder
            .read("docs/adr/0001-use-mysql.md")
            .contains("Accepted\n\nAmended by [2. Use Redis](0002-use-redis.md)\n")
    );
    let ran = folder.run(&["decision", "link", "2", "eats", "1"]).exits(2);
    assert!(ran.err.contains("unknown relation `eats`") && ran.err.contains("`amends`"), "{}", ran.err);
    folder.run(&["decision", "link", "2", "amends", "2"]).exits(2);
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let folder = Folder::with(NYGARD);
    let before = folder.files("");
    let ran = folder.run(&["decision", "accept", "2", "--dry-run"]).exits(0);
    assert!(ran.out.starts_with("--- a/docs/adr/0002-use-redis.md\n+++ b/docs/adr/0002-use-redis.md\n"), "{}", ran.out);
    assert!(ran.out.contains("\n-Proposed\n+Accepted\n"), "{}", ran.out);
    let ran = folder.run(&["new", "decision", "Use Kafka", "--supersedes", "1", "--dry-run"]).exits(0);
    assert!(
        ran.out.contains("+# 3. Use Kafka\n") && ran.out.contains("+Supersedes [1. Use MySQL](0001-use-mysql.md)\n"),
        "{}",
        ran.out
    );
    folder.run(&["decision", "renumber", "1", "9", "--dry-run"]).exits(0);
    assert_eq!(folder.files(""), before);
}

#[test]
fn what_cannot_be_done_changes_no_file() {
    let folder = Folder::with(
        "-- EIPS/eip-1.md --\n---\neip: 1\ntitle: X\nstatus: Final\n---\n-- EIPS/eip-2.md --\n---\neip: 2\ntitle: Y\nstatus: Final\n---\n",
    );
    let before = folder.files("");
    let ran = folder.run(&["decision", "deprecate", "1"]).exits(2);
    assert!(ran.err.contains("the form `eip` has no word for `deprecated`"), "{}", ran.err);
    folder.run(&["decision", "renumber", "1", "2"]).exits(2);
    folder.run(&["decision", "supersede", "1", "7"]).exits(2);
    assert_eq!(folder.files(""), before);
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(NYGARD);
    let path = folder.path("docs/adr/0002-use-redis.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    folder.run(&["decision", "accept", "2"]).exits(0);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_number_changes_with_every_mention() {
    let folder = Folder::with(NYGARD);
    folder.write("docs/index.md", "# Home\n\n[2. Use Redis][redis], [[0002-use-redis|it]], ADR-2\n\n```\n0002-use-redis.md\n```\n\n[redis]: ./adr/0002-use-redis.md\n");
    folder.write(
        "docs/adr/0003-c.md",
        "# 3. C\n\n## Status\n\nAccepted\n\nADR 0002, [0002](0002-use-redis.md), ADR-21, RFC 2, https://x.y/0002-use-redis.md\n",
    );
    let ran = folder.run(&["decision", "renumber", "2", "12"]).exits(0);
    assert!(ran.out.contains("docs/adr/0002-use-redis.md -> docs/adr/0012-use-redis.md"), "{}", ran.out);
    assert!(folder.read("docs/adr/0012-use-redis.md").starts_with("# 12. Use Redis\n"));
    assert!(!folder.path("docs/adr/0002-use-redis.md").exists());
    assert!(
        folder.read("docs/adr/0001-use-mysql.md").contains("See [12. Use Redis](0012-use-redis.md#why) and ADR-12.\n")
    );
    assert!(
        folder
            .read("docs/adr/0003-c.md")
            .ends_with("ADR 0012, [0012](0012-use-redis.md), ADR-21, RFC 2, https://x.y/0002-use-redis.md\n")
    );
    let index = folder.read("docs/index.md");
    assert!(
        index.contains("[[0012-use-redis|it]], ADR-2\n")
            && index.ends_with("```\n0002-use-redis.md\n```\n\n[redis]: ./adr/0012-use-redis.md\n"),
        "{index}"
    );
    let ran = folder.run(&["decision", "renumber", "12", "1"]).exits(2);
    assert!(ran.err.contains("the number 1 is taken by `docs/adr/0001-use-mysql.md`"), "{}", ran.err);
    // Two branches gave one number: what the finding advises works as it stands.
    folder.write("docs/adr/0003-d.md", "# 3. D\n\n## Status\n\nAccepted, see ADR-3\n");
    let found = folder.run(&["check"]).exits(0).err;
    assert!(found.contains("`precedent decision renumber 0003-d` gives it the next free one"), "{found}");
    folder.run(&["decision", "renumber", "0003-d"]).exits(0);
    assert_eq!(folder.read("docs/adr/0013-d.md"), "# 13. D\n\n## Status\n\nAccepted, see ADR-3\n");
}

#[test]
fn a_new_decision_is_written_as_the_others_are() {
    let folder = Folder::with(NYGARD);
    let ran = folder.run(&["new", "decision", "Use Kafka", "--supersedes", "1"]).exits(0);
    // A proposal replaces nothing: the old record is left alone until the new one is accepted.
    assert_eq!(ran.out, "docs/adr/0003-use-kafka.md\n");
    let text = folder.read("docs/adr/0003-use-kafka.md");
    assert!(text.starts_with("# 3. Use Kafka\n\nDate: 20"), "{text}");
    assert!(
        text.contains("## Status\n\nProposed\n\nSupersedes [1. Use MySQL](0001-use-mysql.md)\n\n## Context"),
        "{text}"
    );
    let before = folder.read("docs/adr/0001-use-mysql.md");
    assert!(before.contains("## Status\n\nAccepted\n"), "{before}");
    assert!(folder.run(&["list"]).exits(0).out.contains("Use MySQL  (would be superseded by 0003-use-kafka)"));
    folder.run(&["decision", "accept", "3"]).exits(0);
    let after = folder.read("docs/adr/0001-use-mysql.md");
    assert!(after.contains("Superseded by [3. Use Kafka](0003-use-kafka.md)\n"), "{after}");
    // What was rejected after all replaces nothing.
    folder.run(&["decision", "reject", "3"]).exits(0);
    assert_eq!(folder.read("docs/adr/0001-use-mysql.md"), before);
}

#[test]
fn names_line_ends_and_templates_are_the_folders_own() {
    let folder = Folder::with(
        "-- a/adr/2024-01-16-one/README.md --\n# One\n\n## Decision\n-- b/adr/20240116-one.md --\n# One\n\n- Status: accepted\n- Deciders: Ann\n-- b/adr/template.md --\n# [short title]\n\n- Status: [draft | proposed] <!--optional-->\n- Date: [YYYY-MM-DD when]\n-- b/adr/20240117-two.md --\n# Two\n\n- Status: accepted\n- Deciders: Ann\n",
    );
    folder.write("c/adr/012-crlf.md", "# ADR-012: Crlf\r\n\r\n## Status\r\n\r\nAccepted\r\n");
    folder.write("c/adr/templates/template.md", "# ADR-NUMBER: TITLE\n\nDATE\n\n## Status\n\nSTATUS\n");
    let dated = folder.run(&["new", "decision", "Next", "-C", "a"]).exits(0).out;
    assert!(dated.starts_with("a/adr/20") && dated.ends_with("-next/README.md\n"), "{dated}");
    let log4brains = folder.run(&["new", "decision", "Next one", "--scope", "b"]).exits(0).out;
    let text = folder.read(log4brains.trim());
    assert!(text.starts_with("# Next one\n\n- Status: proposed\n- Date: 20"), "{text}");
    assert_eq!(
        folder.run(&["new", "decision", "Next", "--scope", "c", "--status", "accepted"]).exits(0).out,
        "c/adr/013-next.md\n"
    );
    let text = folder.read("c/adr/013-next.md");
    assert!(
        text.starts_with("# ADR-13: Next\r\n\r\n20") && text.ends_with("## Status\r\n\r\nAccepted\r\n"),
        "{text:?}"
    );
    folder.write("d/adr/0001-x.md", "---\nstatus: accepted\ndecision-makers: [Ann]\n---\n# X\n");
    folder.write(
        "d/adr/adr-template.md",
        "---\n# Optional.\n# status: {proposed | accepted}\ndate: {YYYY-MM-DD when}\n---\n\n# {short title}\n",
    );
    folder.run(&["new", "decision", "Y", "--scope", "d"]).exits(0);
    let text = folder.read("d/adr/0002-y.md");
    assert!(
        text.starts_with("---\n# Optional.\nstatus: proposed\ndate: 20") && text.ends_with("---\n\n# Y\n"),
        "{text}"
    );
    let ran = folder.run(&["new", "decision", "X", "--scope", "e"]).exits(2);
    assert!(ran.err.contains("there is no scope `e`") && ran.err.contains("a, b, c, d"), "{}", ran.err);
}

#[test]
fn the_folder_that_other_tools_name_comes_before_a_larger_one() {
    let folder = Folder::with(
        "-- adrs.toml --\nadr_dir = 'docs/adr'\n-- docs/adr/0001-a.md --\n# A\n-- tests/adr/0001-a.md --\n# A\n-- tests/adr/0002-b.md --\n# B\n",
    );
    assert_eq!(folder.run(&["new", "decision", "C"]).exits(0).out, "docs/adr/0002-c.md\n");
    assert_eq!(folder.run(&["new", "decision", "C", "-C", "tests"]).exits(0).out, "tests/adr/0003-c.md\n");
}

#[test]
fn every_built_in_template_makes_a_record_that_is_read() {
    for name in precedent::amend::BUILT_IN {
        let folder = Folder::with("-- book.toml --\n-- .adr-dir --\ndoc/log\n");
        let made = folder.run(&["new", "decision", "Say \"x: y\"", "--template", name]).exits(0).out;
        assert_eq!(made, "doc/log/0001-say-x-y.md\n", "{name}");
        let text = folder.read("doc/log/0001-say-x-y.md");
        assert!(
            !["{number}", "{date}", "{title}", "{quoted}", "{status}"].iter().any(|left| text.contains(left)),
            "{text}"
        );
        let shown = folder.run(&["show", "1"]).exits(0).out;
        assert!(shown.contains("Say \"x: y\"") && shown.contains("status:       proposed"), "{name}: {shown}");
        assert_eq!(folder.run(&["build"]).exits(0).err, "", "{name}");
    }
    let ran = Folder::with("-- book.toml --\n").run(&["new", "decision", "X", "--template", "madr9"]).exits(2);
    assert!(ran.err.contains("there are madr, "), "{}", ran.err);
}

#[test]
fn a_new_guideline_names_the_decision_it_derives_from() {
    let folder = Folder::with(NYGARD);
    let made = folder.run(&["new", "guideline", "Naming", "--derives-from", "1"]).exits(0).out;
    assert!(folder.read(made.trim()).contains("derives-from: [\"0001-use-mysql\"]\n"));
    let ran = folder.run(&["new", "page", "X", "--supersedes", "1"]).exits(2);
    assert!(ran.err.contains("`--supersedes` is for a decision only"), "{}", ran.err);
}
