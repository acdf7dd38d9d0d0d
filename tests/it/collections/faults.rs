//! What was misread once, each as its own small book.

use super::shown;
use crate::memory::{built, files};

#[track_caller]
fn check(book: &str, expected: &str) {
    assert_eq!(shown(&files(book)), expected);
}

#[track_caller]
fn findings(book: &str) -> String {
    let build = built(&files(book));
    build.findings.iter().map(|finding| format!("{}: {}\n", finding.code.name(), finding.message)).collect()
}

#[test]
fn a_heading_of_a_part_is_no_title() {
    check(
        "-- text/0001-a.md --\n---\nfeature: faster-queue\nstart-date: 2021-03-04\n---\n# Summary\n\nx\n# Motivation\n# Detailed design\n-- text/0002-b.md --\n# Meta\n- Name: Names for stacks\n- Start Date: 2025-01-02\n- Status: Accepted\n\n## Summary\n-- text/0003-keep-all.md --\n---\nstart-date: 2021-03-05\nstatus: accepted\n---\n# Summary\n# Motivation\n",
        "0001 - 2021-03-04 Faster queue\n0002 accepted 2025-01-02 Names for stacks\n0003 accepted 2021-03-05 Keep all\n",
    );
}

#[test]
fn words_are_a_title_before_ids_and_left_overs_of_templates() {
    check(
        "-- adr/0001-a.md --\n---\ntitle: resolve-host-names\nstatus: accepted\n---\n# Resolve the names of hosts\n-- adr/0002-b.md --\n# Check memory strictly\n\n- Feature name: `StrictMemory`\n- Status: accepted\n-- adr/0003-use-lists.md --\n- Feature Name: not applicable\n- Start Date: 2021-01-02\n- RFC PR: https://example.org/1\n\n# Summary\n-- adr/0004-c.md --\n# Unsafe[Mutable][Raw]Pointer: add methods\n\n## Status\n\nAccepted\n-- adr/0005-d.md --\n# [Superseded by [ADR-0004](0004-c.md)] Push metrics\n",
        "ADR-0001 accepted - Resolve the names of hosts\nADR-0002 accepted - Check memory strictly\nADR-0003 accepted 2021-01-02 Use lists\nADR-0004 accepted - Unsafe[Mutable][Raw]Pointer: add methods | supersedes 0005-d\nADR-0005 superseded - Push metrics | superseded by 0004-c\n",
    );
}

#[test]
fn a_status_stands_in_many_places() {
    check(
        "-- adr/0001-a.md --\n# A\n\n- Stage: **3 (finished)** <!-- x -->\n-- adr/0002-b.md --\n# B\n\n- Stage: **X (abandoned)**\n-- adr/0003-c.md --\n# C\n\n- Stage: **0 (strawperson)**\n-- adr/0004-d.md --\n# D\n\n## Change Log\n\n- [approved](https://example.org) (2022-07-12)\n-- adr/0005-e.md --\n# E\n\n## État\n\nAccepté.\n-- adr/0006-f.md --\n# F is so\n\n## F is so\n\n- Status: rejected\n- Deciders: Ann\n-- adr/0007-g.md --\n# G\n\n## Status\n\nActive review (July 17 - July 31, 2024)\n-- adr/0008-h.md --\n# H\n\n## Decision\n\n### Current status: two editors side by side\n-- adr/0009-i.md --\n# I\n\n## Status\n\n- [x] Implementation (in two steps)\n- [ ] Review\n",
        "ADR-0001 accepted - A\nADR-0002 rejected - B\nADR-0003 proposed - C\nADR-0004 accepted 2022-07-12 D\nADR-0005 accepted - E\nADR-0006 rejected - F is so\nADR-0007 proposed - G\nADR-0008 - - H\nADR-0009 - - I\n",
    );
}

#[test]
fn a_line_of_a_status_section_is_a_status_only_where_it_says_so() {
    for rest in [
        "Supersedes the old wiki page.",
        "Supersedes PROJ-12",
        "Superseded by: N/A",
        "Superseded by:",
        "Supersedes:\n\nSuperseded by:",
        "The split that ADR-2 made is\nsuperseded for billing only.",
        "Superseded parts: section 3.",
    ] {
        let book = format!("-- adr/0001-a.md --\n# 1. A\n\n## Status\n\nAccepted\n\n{rest}\n\n## Context\n\nx\n");
        assert_eq!(shown(&files(&book)), "ADR-0001 accepted - A\n", "{rest}");
    }
    check(
        "-- adr/0001-a.md --\n# 1. A\n\n## Status\n\n- **Status:** Accepted\n- **Supersedes:** none\n- **Superseded by:** none\n",
        "ADR-0001 accepted - A\n",
    );
}

#[test]
fn days_stand_alone_or_as_months() {
    check(
        "-- adr/0001-a.md --\n# ADR 1: Draw\n\n24 July 2020\n-- adr/0002-b.md --\n# B\n\nDate: 2018-11\n-- adr/0003-c.md --\n# C\n\nJuly 2019\n-- adr/0004-d.md --\n---\nstatus: accepted\nIntroduced: 2022-03-30\n---\n# D\n-- adr/0005-e.md --\n# E\n\n## Status\n\n**Approved**\nBy board vote on 2/14/22\n",
        "ADR 1 - 2020-07-24 Draw\nADR-0002 - 2018-11 B\nADR-0003 - 2019-07 C\nADR-0004 accepted 2022-03-30 D\nADR-0005 accepted 2022-02-14 E\n",
    );
}

#[test]
fn a_section_deep_in_the_text_is_no_metadata() {
    let book = "-- adr/0002-a.md --\n# 2. Roll out in waves\n\n## Status\n\nAccepted\n\n## Decision\n\n#### Updates\n\nDuring an update, machines move on:\n\n1. the first wave is stopped\n2. the second follows\n\n### Tags\n\nWe tag things, such as these, and those.\n\n##### Informed\n\nThe team is informed of all.\n";
    check(book, "ADR-0002 accepted - Roll out in waves\n");
    let row = &super::decisions(&files(book))[0];
    assert!(row.tags.is_empty() && row.informed.is_empty() && row.relations.is_empty(), "{row:?}");
}

#[test]
fn a_collections_own_prefix_names_its_records() {
    check(
        "-- teps/0001-alpha.md --\n---\nstatus: implemented\ntitle: Alpha\ncreation-date: 2022-04-08\nsuperseded-by: [TEP-0002]\n---\n-- teps/0002-beta.md --\n---\nstatus: implemented\ntitle: Beta\ncreation-date: 2022-05-08\n---\n-- FIPS/fip-0015.md --\n---\nfip: \"0015\"\ntitle: Fees\nstatus: Final\ncreated: 2021-01-02\n---\n-- FIPS/fip-0030.md --\n---\nfip: \"0030\"\ntitle: Gas\nstatus: Final\ncreated: 2021-01-03\nrequires: FIP-0015 (Fees)\n---\n",
        "FIP-0015 accepted 2021-01-02 Fees | required by FIPS/fip-0030\nFIP-0030 accepted 2021-01-03 Gas | requires FIPS/fip-0015\nTEP-0001 superseded 2022-04-08 Alpha | superseded by teps/0002-beta\nTEP-0002 accepted 2022-05-08 Beta | supersedes teps/0001-alpha\n",
    );
    let found = findings(
        "-- docs/adr/A-3-first.md --\n# A-3: First\n\n## Status\n\nAccepted\n-- docs/adr/A-10-tenth.md --\n# A-10: Tenth\n\n## Status\n\nAccepted\n\nSupersedes A-3\n-- docs/adr/A-10-other.md --\n# A-10: Other\n\n## Status\n\nAccepted\n",
    );
    assert!(found.contains("duplicate-number: the number 10 is also that of"), "{found}");
    assert!(found.contains("`docs/adr/A-10-tenth.md` supersedes it"), "{found}");
}

#[test]
fn succession_in_prose_is_read_and_no_more() {
    check(
        "-- adr/0001-a.md --\n# 1. A\n\n## Summary\n\n*Note:* this ADR has been superseded by [ADR 2][].\n\n[ADR 2]: 0002-b.md\n-- adr/0002-b.md --\n# 2. B\n\n## Status\n\nAccepted\n\n## Context\n\n**Extends**: [ADR 3](0003-c.md)\n-- adr/0003-c.md --\n# 3. C\n\n## Status\n\nSuperseded by the login decision for partners.\n-- adr/0004-d.md --\n# 4. D\n\n## Status\n\nAccepted\n\nSupersedes the \"option 3\" portion of [ADR 2](0002-b.md) for speed\n-- adr/0005-e.md --\n# 5. E\n\n- Status: accepted\n- Related: #2 (rows on the read path)\n",
        "ADR-0001 superseded - A | superseded by 0002-b\nADR-0002 accepted - B | supersedes 0001-a | amended by 0004-d | relates to 0003-c\nADR-0003 superseded - C | relates to 0002-b\nADR-0004 accepted - D | amends 0002-b\nADR-0005 accepted - E\n",
    );
}

#[test]
fn people_are_told_from_what_is_said_of_them() {
    let people = |value: &str| {
        let book = format!("-- adr/0001-a.md --\n---\nstatus: accepted\ndeciders: {value}\n---\n# A\n");
        super::decisions(&files(&book))[0].deciders.join(" | ")
    };
    assert_eq!(people("\n  - '@ann, etcd team, please look at the restore'\n  - '@bob'"), "@ann | @bob");
    assert_eq!(people("ann@ bob@"), "ann@ | bob@");
    assert_eq!(people("Documentation & Knowledge Curator"), "Documentation & Knowledge Curator");
    assert_eq!(people("Ann Lee, Acme Inc."), "Ann Lee, Acme Inc");
    assert_eq!(people("Ann Lee and Bob Ray"), "Ann Lee | Bob Ray");
}

#[test]
fn misspelt_metadata_is_a_finding() {
    let found = findings(
        "-- adr/0001-a.md --\n---\nstauts: accepted\ndate: yesterday\nreview-by: soon\n---\n# A\n-- adr/0002-b.md --\n---\nstatus: acepted\ndate: 2024-02-30\nflavour: sweet\n---\n# B\n-- adr/0003-c.md --\n---\nstatus: wombat\n---\n# C\n-- adr/0004-d.md --\n---\nstatus: accepted\ntitle: D\n\n# D\n",
    );
    for expected in [
        "misspelt-metadata: nothing reads the key `stauts`\n",
        "invalid-date: `yesterday` is not a date\n",
        "invalid-date: `soon` is not a date\n",
        "misspelt-metadata: the status `acepted` is read as `accepted`\n",
        "invalid-date: `2024-02-30` is not a date\n",
        "unknown-status: the status `wombat` is not known\n",
        "invalid-front-matter: the front matter has no closing `---`\n",
    ] {
        assert!(found.contains(expected), "{expected}\n{found}");
    }
    assert!(!found.contains("flavour"), "{found}");
}

#[test]
fn a_folder_that_is_read_in_part_is_a_finding() {
    let plain = |number: u32| format!("-- things/{number:04}-x.md --\n# X{number}\n\nText.\n");
    let record = |number: u32| {
        format!("-- things/{number:04}-x.md --\n---\nstatus: accepted\ndeciders: Ann\n---\n# X{number}\n")
    };
    let book: String = (1..=2).map(record).chain((3..=6).map(plain)).collect();
    let found = findings(&book);
    assert!(found.contains("partly-read-collection: 2 of the 6 files of `things` that look like decisions"), "{found}");
    assert_eq!(shown(&files("-- book.toml --\n[decisions]\nfolders = ['.']\n-- 0001-x.md --\n# X\n")), "0001 - - X\n");
    let found = findings("-- book.toml --\n[decisions]\nfolders = ['nowhere']\n-- a.md --\n# A\n");
    assert!(found.contains("unmatched-folder: `nowhere`"), "{found}");
}

#[test]
fn a_template_may_lead_nowhere_and_a_second_name_is_no_second_page() {
    let template = "---\nstatus: {proposed | … | superseded by [ADR-0001](0001.md)}\n---\n# {title}\n\nSee [x](yyyy-x.md) and [y][z].\n";
    let record = "-- adr/0001-a.md --\n# 1. A\n\n## Status\n\nAccepted\n";
    assert_eq!(findings(&format!("{record}-- adr/adr-template.md --\n{template}")), "");
    // Beside no record it is a page like others.
    assert!(findings(&format!("{record}-- guides/template.md --\n{template}")).contains("broken-link"));
    let twice = "-- a/index.md --\n# A\n-- a/README.md --\n# A\n";
    assert_eq!(findings(twice), "");
    assert!(findings(&(twice.to_owned() + "\nMore.\n")).contains("duplicate-url"));
}

#[test]
fn a_project_that_tests_read_has_no_decisions_of_the_team() {
    let record = "# 1. A\n\n## Status\n\nAccepted\n";
    for (path, counts) in [
        ("packages/core/integration-tests/project/docs/adr/0001-a.md", false),
        ("tests/sample/doc/adr/0001-a.md", false),
        ("test/fixtures/adr/0001-a.md", false),
        ("tests/docs/adr/0001-a.md", true),
        ("packages/load-tests/adr/0001-a.md", true),
        ("packages/tests-of-speed/web/adr/0001-a.md", true),
    ] {
        assert_eq!(!shown(&files(&format!("-- {path} --\n{record}"))).is_empty(), counts, "{path}");
    }
}

#[test]
fn a_part_of_a_record_is_amended_and_stays_in_force() {
    let old = "-- adr/0007-old.md --\n# 7. Old\n\n- Status: accepted\n";
    for says in [
        "- **Supersedes:** ADR-0007, in part",
        "- Supersedes: ADR-0007 (partially; the rack stays)",
        "- Supersedes: ADR-0007 §3",
        "- Supersedes: parts of ADR-0007",
        "- Supersedes: [Old](0007-old.md), point 6",
        "- Ersetzt: ADR-0007 hinsichtlich der Regale",
        "- Partially supersedes: ADR-0007",
    ] {
        let book = format!("{old}-- adr/0008-new.md --\n# 8. New\n\n- Status: accepted\n{says}\n");
        let found = shown(&files(&book));
        assert_eq!(
            found, "ADR-0007 accepted - Old | amended by 0008-new\nADR-0008 accepted - New | amends 0007-old\n",
            "{says}"
        );
        assert_eq!(findings(&book), "", "{says}");
    }
    for says in [
        "Teilweise ersetzt durch [New](0008-new.md)",
        "Partiellement remplacé par [New](0008-new.md)",
        "parcialmente substituída por [New](0008-new.md)",
        "Partly superseded by [New](0008-new.md)",
    ] {
        let book = format!(
            "-- adr/0007-old.md --\n# 7. Old\n\n## Status\n\n{says}\n-- adr/0008-new.md --\n# 8. New\n\n- Status: accepted\n"
        );
        let found = shown(&files(&book));
        assert!(found.starts_with("ADR-0007 accepted - Old | amended by 0008-new"), "{says}: {found}");
    }
}

#[test]
fn a_succession_names_what_is_listed_with_it_and_no_more() {
    let old = "-- adr/0001-a.md --\n# 1. A\n-- adr/0002-b.md --\n# 2. B\n-- adr/0003-c.md --\n# 3. C\n";
    for (says, expected) in [
        ("- Status: accepted — supersedes [B](0002-b.md) (back to the line of [C](0003-c.md))", "supersedes 0002-b"),
        (
            "- Status: accepted\n- Supersedes: [B](0002-b.md) and [C](0003-c.md)",
            "supersedes 0002-b | supersedes 0003-c",
        ),
        ("- Status: accepted\n- Supersedes: ADR-0002 (a), ADR-0003 (b)", "supersedes 0002-b | supersedes 0003-c"),
        (
            "- Status: accepted\n- Relates to: ADR-1 (x), ADR-2 (…), ADR-3 (r)",
            "relates to 0001-a | relates to 0002-b | relates to 0003-c",
        ),
    ] {
        let book = format!("{old}-- adr/0004-d.md --\n# 4. D\n\n{says}\n");
        let found = shown(&files(&book));
        assert!(found.ends_with(&format!("ADR-0004 accepted - D | {expected}\n")), "{says}: {found}");
    }
}

#[test]
fn a_guess_is_made_only_where_a_status_must_stand() {
    check(
        "-- adr/0001-a.md --\n---\nstatus: accepted\n---\n# A\n\n* **Related Tickets:**\n  * https://example.org/1\n-- adr/0002-b.md --\n# B\n\n**Related Work**\n\n## Status\n\nAccepted\n-- adr/0003-c.md --\n# C\n\n## Status\n\n**Historic** – superseded by [the fourth, on wheels and with brakes](0004-d.md).\n\nThe old shelf was replaced.\n-- adr/0004-d.md --\n# D\n\n- **Estado:** Propuesto\n- **Fecha:** 2026-01-02\n- Decisores: Ann\n-- adr/0005-e.md --\n# E\n\nDate: 2026-10-03. Status: accepted\n-- adr/0006-f.md --\n# F\n\n## Status\n\nAccepted - November 2025\n",
        "ADR-0001 accepted - A\nADR-0002 accepted - B\nADR-0003 superseded - C | superseded by 0004-d\nADR-0004 proposed 2026-01-02 D | supersedes 0003-c\nADR-0005 accepted 2026-10-03 E\nADR-0006 accepted 2025-11 F\n",
    );
    let found = findings("-- adr/0001-a.md --\n# A\n\n- **Estado:** frobnicado\n- **Fecha:** 2026-01-02\n");
    assert!(found.contains("unknown-status: the status `frobnicado` is not known"), "{found}");
}

#[test]
fn a_head_may_stand_in_a_block_of_code() {
    let record = |number: u32, title: &str| {
        format!(
            "-- bip-000{number}.md --\n```\n  BIP: {number}\n  Title: {title}\n  Author: Kim <kim@example.org>\n          Lee <lee@example.org>\n  Status: Draft\n  Created: 2024-03-0{number}\n```\n\n## Abstract\n\nx\n\n## Motivation\n\ny\n"
        )
    };
    let book: String = (1..=4).map(|number| record(number, "Shelves on wheels")).collect();
    assert_eq!(shown(&files(&book)).lines().next().unwrap(), "BIP-0001 proposed 2024-03-01 Shelves on wheels");
    // Elsewhere a block of code is code.
    check("-- adr/0001-a.md --\n# A\n\n```\nStatus: accepted\nDate: 2020-01-02\nTitle: x\n```\n", "ADR-0001 - - A\n");
}

#[test]
fn people_have_names_in_many_languages() {
    let names = |key: &str| {
        let book = format!("-- adr/0001-a.md --\n# A\n\n* Status: accepted\n* {key} : Kim\n");
        assert_eq!(findings(&book), "", "{key}");
        let row = super::decisions(&files(&book)).remove(0);
        [row.deciders, row.consulted, row.informed, row.authors].concat().join(", ")
    };
    for key in [
        "décisionnaires",
        "Entscheidungsträger",
        "decisoras",
        "beslissers",
        "Consultés",
        "Konsultiert",
        "informados",
        "Autoren",
    ] {
        assert_eq!(names(key), "Kim", "{key}");
    }
}

#[test]
fn titles_have_no_number_and_badges_have_a_state() {
    check(
        "-- adr/0001-a.md --\n# Acme RFC 0001: Shelf\n\n## Status\n\nAccepted\n-- adr/0002-b.md --\n---\ntitle: 0002-Shelf licence\nstatus: accepted\n---\n-- adr/0003-c.md --\n# ADR — Shelf plan\n\n## Status\n\n[![badge](https://badgen.net/badge/ADR/accepted/green)](https://example.org)\n\n[x]: https://example.org\n-- adr/0004-d.md --\n# ADR 4: Shelf\n\n## Status\n\n![accepted](https://img.shields.io/badge/status-accepted-green)\n",
        "ADR-0001 accepted - Shelf\nADR-0002 accepted - Shelf licence\nADR-0003 accepted - Shelf plan\nADR 4 accepted - Shelf\n",
    );
}
