//! What changed between two states of a book, told from real histories of git.

mod history;
mod site;

use precedent::changes::{Changes, Selection, waiting};
use precedent::date::Date;
use precedent::disk::End;
use precedent::theme::{BuiltIn, Theme};
use precedent::time::{Moment, Zone};

use history::History;

const RECORD: &str = "---\nstatus: proposed\ndecision-makers: [\"@ann\"]\n---\n\n# Use PostgreSQL\n\n## Context\n\nOrders must survive a \
                      restart of the service. They live in memory now.\n\n## Decision\n\nWe use PostgreSQL.\n";

/// Tells what changed as `weight: title: fact; fact (authors)`, one page a line.
fn told(changes: &Changes) -> Vec<String> {
    let words = Theme::built_in(BuiltIn::default()).words("en");
    let page = |change: &precedent::changes::Change| {
        let facts: Vec<String> = change.facts.iter().map(|fact| fact.sentence(&words)).collect();
        let mut authors: Vec<&str> = change.commits.iter().map(|commit| &*commit.author).collect();
        authors.dedup();
        format!("{:?}: {}: {} ({})", change.weight, change.page.whole(), facts.join("; "), authors.join(", "))
    };
    changes.pages.iter().map(page).collect()
}

/// Tells what changed since a revision, with what is not committed.
fn since(history: &History, revision: &str) -> Vec<String> {
    told(&between(history, revision, &End::WorkTree))
}

fn between(history: &History, revision: &str, until: &End) -> Changes {
    history.book().changes(&End::Revision(revision.to_owned()), until).unwrap().difference.changes
}

fn revision(name: &str) -> End {
    End::Revision(name.to_owned())
}

#[test]
fn a_decision_tells_its_life_and_who_gave_it_its_state() {
    let history = History::of("decisions/0001-db.md", RECORD);
    let before = history.head();
    history.replace("decisions/0001-db.md", "status: proposed", "status: proposed\ndecide-by: 2025-02-01");
    history.commit("2025-01-02", "Ann", "a day");
    history.replace("decisions/0001-db.md", "status: proposed\ndecide-by: 2025-02-01", "status: accepted");
    history.commit("2025-01-03", "Bo", "accept");
    history.replace(
        "decisions/0001-db.md",
        "We use PostgreSQL.",
        "We use PostgreSQL 18. It is run by the platform team.",
    );
    history.commit("2025-01-04", "Cy", "say which");
    let changes = between(&history, &before, &End::WorkTree);
    assert_eq!(
        told(&changes),
        [
            "InForce: ADR-0001 Use PostgreSQL: Proposed → Accepted; Section “Decision”: We use PostgreSQL 18. (Cy, Bo, Ann)"
        ]
    );
    let precedent::changes::Fact::Status { commit: Some(commit), .. } = &changes.pages[0].facts[0] else {
        panic!("{:?}", changes.pages[0].facts)
    };
    assert_eq!((&*commit.author, &*commit.subject), ("Bo", "accept"), "and not who wrote last");

    history.replace("decisions/0001-db.md", "status: accepted", "status: accepted\nreview-by: 2026-01-01");
    assert_eq!(
        since(&history, "HEAD"),
        ["Other: ADR-0001 Use PostgreSQL: Review due by 2026-01-01 ()"],
        "what is not committed has no author"
    );
}

#[test]
fn a_successor_in_force_takes_the_place_of_a_record_that_nobody_touched() {
    let history = History::of("decisions/0001-db.md", &RECORD.replace("proposed", "accepted"));
    let before = history.head();
    history.write(
        "decisions/0002-other.md",
        "---\nstatus: proposed\nsupersedes: [1]\n---\n\n# Use SQLite\n\nOne file is enough.\n",
    );
    history.commit("2025-01-02", "Bo", "propose");
    assert_eq!(since(&history, &before), ["NeedsAnswer: ADR-0002 Use SQLite: New (Bo)"]);
    history.replace("decisions/0002-other.md", "proposed", "accepted");
    history.commit("2025-01-03", "Ann", "accept");
    assert_eq!(
        since(&history, "HEAD~1"),
        [
            "InForce: ADR-0001 Use PostgreSQL: Accepted → Superseded; Superseded by ADR-0002 Use SQLite (Ann)",
            "InForce: ADR-0002 Use SQLite: Proposed → Accepted (Ann)",
        ]
    );
    assert_eq!(since(&history, "HEAD"), [""; 0]);
}

#[test]
fn rules_are_told_by_their_ids_and_small_edits_are_counted() {
    let guideline = "# Python\n\n- {#py-name} Names are words.\n- {#py-type} Every function has types.\n- {#py-old} Use Python 2.\n\n\
                     ## Reasons\n\nReviewers recieve the same question again, and again.\n";
    let history = History::of("guidelines/python.md", guideline);
    history.replace(
        "guidelines/python.md",
        "recieve the same question again, and again.",
        "receive the same question again and again.",
    );
    let changes = between(&history, "HEAD", &End::WorkTree);
    assert_eq!((told(&changes).len(), changes.small.len()), (0, 1));
    history.replace("guidelines/python.md", "- {#py-old} Use Python 2.\n", "- {#py-new} Use Python 3.14.\n");
    history.replace("guidelines/python.md", "Names are words.", "Names are not words.");
    assert_eq!(
        since(&history, "HEAD"),
        [
            "InForce: Python: Rule py-name: Names are not words. (before: Names are words.); New rule py-new: Use Python 3.14.; \
             Rule py-old removed: Use Python 2. ()"
        ]
    );
}

#[test]
fn only_what_changes_no_word_is_small() {
    let small = |before: &str, after: &str| {
        let history = History::of("a.md", &format!("# A\n\n{before}\n"));
        history.write("a.md", &format!("# A\n\n{after}\n"));
        let changes = between(&history, "HEAD", &End::WorkTree);
        assert!(changes.pages.len() + changes.small.len() <= 1);
        changes.small.len() == 1
    };
    for (before, after) in [
        ("The adress of a house", "The address of a house"),
        ("They recieve it", "They receive it"),
        ("The goverment decides", "The government decides"),
        ("A list - of things: one", "A list — of things, one"),
        ("we Use postgres", "We use Postgres"),
        ("See [this](a.md#x) page", "See [this](a.md) page"),
        ("A word in text", "A **word** in text"),
    ] {
        assert!(small(before, after), "{before} → {after}");
    }
    for (before, after) in [
        ("You should ask", "You shouldn't ask"),
        ("Use http here", "Use https here"),
        ("It is valid", "It is invalid"),
        ("We include it", "We exclude it"),
        ("Traffic is trusted", "Traffic is untrusted"),
        ("Deploy on Monday", "Deploy on Sunday"),
        ("Calls are asynchronous", "Calls are synchronous"),
        ("Kafka ✅ here", "Kafka ❌ here"),
        ("a < b holds", "a > b holds"),
        ("必须使用加密传输数据。", "不必须使用加密传输数据。"),
        ("We run Kafka", "~~We run Kafka~~"),
        ("You must log it", "You must not log it"),
        ("It is now safe", "It is not safe"),
        ("Wait 2 seconds", "Wait 3 seconds"),
        ("Wait -1 seconds", "Wait 1 seconds"),
        ("The port is 8080", "The port is 8081"),
        ("You must ask", "You may ask"),
        ("Text.\n\n```\nlet a = 1;\n```", "Text.\n\n```\nlet b = 1;\n```"),
    ] {
        assert!(!small(before, after), "{before} → {after}");
    }
}

#[test]
fn a_page_is_followed_through_its_names() {
    let history =
        History::of("handbook/long.md", &format!("# Deploying\n\n{}", "A line of the text that stays.\n\n".repeat(9)));
    let before = history.head();
    history.git(&["mv", "handbook/long.md", "handbook/deploy.md"]);
    history.commit("2025-01-02", "Ann", "rename");
    history.replace("handbook/deploy.md", "# Deploying", "# Deployment");
    history.write("handbook/deploy.md", &(history.read("handbook/deploy.md") + "\nAsk the platform team first.\n"));
    history.commit("2025-01-03", "Bo", "edit");
    assert_eq!(
        since(&history, &before),
        [
            "Other: Deployment: Was called “Deploying”; Moved from handbook/long.html, which leads nowhere now; Text: Ask the platform \
             team first. (Bo, Ann)"
        ]
    );
    history.write(
        "handbook/deploy.md",
        &format!("---\naliases: [handbook/long.html]\n---\n{}", history.read("handbook/deploy.md")),
    );
    assert!(since(&history, &before)[0].contains("Moved from handbook/long.html;"), "{:?}", since(&history, &before));

    let history = History::of("a.md", &format!("# A\n\n{}", "A line of the text that stays.\n\n".repeat(9)));
    history.git(&["mv", "a.md", "z.md"]);
    history.commit("2025-01-02", "Ann", "rename");
    history.write("a.md", "# Another\n\nText.\n");
    history.commit("2025-01-03", "Bo", "a new page of the old name");
    assert_eq!(
        since(&history, "HEAD~2"),
        ["Other: Another: New (Bo)", "Other: A: Moved from a.html, which leads nowhere now (Ann)"],
        "and the page of the old name is another one"
    );

    let history = History::of("decisions/0001-db.md", RECORD);
    history.git(&["mv", "decisions/0001-db.md", "decisions/0007-db.md"]);
    assert_eq!(
        since(&history, "HEAD"),
        [
            "NeedsAnswer: ADR-0007 Use PostgreSQL: ADR-0001 is now ADR-0007; Moved from decisions/0001-db.html, which leads nowhere now ()"
        ],
        "also where nobody committed it"
    );
}

#[test]
fn a_merge_a_squash_and_a_revert_tell_what_the_reader_sees() {
    let history = History::of("decisions/0001-db.md", RECORD);
    let before = history.head();
    history.git(&["switch", "--quiet", "-c", "topic"]);
    history.write("decisions/0002-a.md", "# A\n\n## Status\n\nProposed\n\n## Context\n\nWhy.\n");
    history.commit("2025-01-02", "Luis", "propose");
    history.replace("decisions/0002-a.md", "Proposed", "Accepted");
    history.commit("2025-01-03", "Luis", "accept");
    history.git(&["switch", "--quiet", "main"]);
    history.write("b.md", "# B\n\nText.\n");
    history.commit("2025-01-04", "Ann", "b");
    history.git_on("2025-01-06", "Ann", &["merge", "--quiet", "--no-ff", "-m", "merge", "topic"]);
    let expected = ["InForce: ADR-0002 A: New (Luis)", "Other: B: New (Ann)"];
    assert_eq!(since(&history, &before), expected);
    let arrived = between(&history, &before, &End::WorkTree).pages[0].at.unwrap();
    assert_eq!(
        Zone::default().day_of(arrived).to_string(),
        "2025-01-07",
        "it came with the merge, late in the evening"
    );
    let merged = history.head();

    history.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    history.git(&["merge", "--quiet", "--squash", "topic"]);
    history.commit("2025-01-06", "Ann", "squashed");
    assert_eq!(since(&history, &before), ["InForce: ADR-0002 A: New (Ann)", "Other: B: New (Ann)"]);
    assert_eq!(since(&history, &merged), [""; 0], "the branch was written anew, and the reader sees the same");

    history.git_on("2025-01-07", "Bo", &["revert", "--no-edit", "HEAD"]);
    assert_eq!(since(&history, &before), ["Other: B: New (Ann)"]);
    assert_eq!(since(&history, "HEAD~1"), ["InForce: ADR-0002 A: Removed (Bo)"]);
}

#[test]
fn a_day_is_one_of_the_zone_that_is_asked_for() {
    let history = History::of("a.md", "# A\n\nText.\n");
    // At 23:30 in Los Angeles it is the next morning in Pune.
    history.write("late.md", "# Late\n\nText.\n");
    history.commit("2025-01-10", "Ann", "late");
    let day = |zone: &str| Zone::named(zone).unwrap().start_of(Date::parse("2025-01-11").unwrap());
    let changes = |zone: &str| {
        let told = history.book().changes(&End::At(day(zone)), &End::WorkTree).unwrap();
        told.difference.changes.pages.len()
    };
    assert_eq!(changes("Asia/Kolkata"), 1);
    assert_eq!(changes("America/Los_Angeles"), 0);
}

#[test]
fn what_waits_stands_with_its_people_and_can_be_asked_for() {
    let history = History::of("decisions/0001-db.md", &RECORD.replace("proposed", "proposed\ndecide-by: 2025-01-20"));
    history.write(
        "decisions/0002-b.md",
        "---\nstatus: accepted\nreview-by: 2025-02-01\nowner: \"@bo\"\n---\n\n# B\n\nText.\n",
    );
    history.commit("2025-01-02", "Bo", "b");
    let told = history.book().changes(&End::Revision("HEAD".to_owned()), &End::WorkTree).unwrap();
    let today = Date::parse("2025-01-10").unwrap();
    let waits = waiting(&told.difference.after.site, today);
    let words = Theme::built_in(BuiltIn::default()).words("en");
    let said: Vec<String> = waits.iter().map(|one| format!("{}: {}", one.page.whole(), one.sentence(&words))).collect();
    assert_eq!(
        said,
        [
            "ADR-0001 Use PostgreSQL: To be decided · by 2025-01-20, 10 days left · asked: @ann",
            "ADR-0002 B: To be reviewed · by 2025-02-01, 22 days left · asked: @bo",
        ]
    );
    let of = |person: &str| {
        Selection { people: vec![person.to_owned()], ..Selection::default() }.waiting(waits.clone()).len()
    };
    assert_eq!([of("ann"), of("@bo"), of("cy")], [1, 1, 0]);
}

#[test]
fn a_clone_that_does_not_reach_so_far_says_so() {
    let history = History::of("decisions/0001-db.md", RECORD);
    for day in 2..6 {
        history.write("a.md", &format!("# A\n\nText {day}.\n"));
        history.commit(&format!("2025-01-{day:02}"), "Ann", "a");
    }
    let shallow = history.cloned(&["--depth", "2"]);
    let error = shallow.book().changes(&End::At(Moment(0)), &End::WorkTree).unwrap_err();
    assert!(error.to_string().contains("holds the last commits only"), "{error}");
    assert_eq!(since(&shallow, "HEAD~1").len(), 1);

    let partial = history.cloned(&["--filter=blob:none"]);
    let told = partial.book().changes(&revision("HEAD~3"), &End::WorkTree);
    assert!(told.unwrap_err().to_string().contains("is not in this clone"));
    let built = partial.build();
    assert!(built.weeks.is_empty());
    assert!(built.findings.iter().any(|finding| finding.code.name() == "incomplete-history"), "{:?}", built.findings);
}

#[test]
fn drafts_hidden_files_and_what_is_no_page_are_not_told() {
    let history = History::of("a.md", "# A\n\nText.\n");
    history.write("draft.md", "---\ndraft: true\n---\n\n# Draft\n\nText.\n");
    history.write(".hidden/b.md", "# B\n\nText.\n");
    history.write("src.py", "print(1)\n");
    history.commit("2025-01-02", "Ann", "others");
    assert_eq!(since(&history, "HEAD~1"), [""; 0]);
    history.replace("draft.md", "draft: true\n", "");
    assert_eq!(since(&history, "HEAD"), ["Other: Draft: New ()"]);
}

#[test]
fn a_page_changes_with_what_it_includes() {
    let history = History::of("a.md", "# A\n\n{{#include part.txt}}\n");
    history.write("part.txt", "One sentence.\n");
    history.commit("2025-01-02", "Ann", "a part");
    history.write("part.txt", "Another sentence.\n");
    history.commit("2025-01-03", "Bo", "another part");
    assert_eq!(since(&history, "HEAD~1"), ["Other: A: Text: Another sentence. ()"]);
}

#[test]
fn the_beginning_of_a_book_is_a_state_too() {
    let history = History::of("a.md", "# A\n\nText.\n");
    let told = history.book().changes(&End::At(Moment(0)), &End::WorkTree).unwrap();
    assert_eq!((told.ends.since, self::told(&told.difference.changes).len()), (None, 1));
}

#[test]
fn who_gave_a_state_is_found_through_merges_and_renames() {
    let history = History::of("decisions/0001-db.md", RECORD);
    let before = history.head();
    let who = |history: &History| {
        let changes = between(history, &before, &End::WorkTree);
        let of_status = changes.pages.iter().flat_map(|change| &change.facts).find_map(|fact| match fact {
            precedent::changes::Fact::Status { commit, .. } => {
                Some(commit.as_ref().map(|commit| commit.author.clone()))
            }
            _ => None,
        });
        of_status.unwrap_or_else(|| panic!("{:?}", told(&changes)))
    };
    history.git(&["branch", "side"]);
    history.replace("decisions/0001-db.md", "proposed", "accepted");
    history.commit("2025-01-02", "Bo", "accept");
    history.git(&["switch", "--quiet", "side"]);
    history.replace("decisions/0001-db.md", "Orders must", "All orders must");
    history.commit("2025-01-03", "Cy", "words");
    history.git(&["switch", "--quiet", "main"]);
    history.git_on("2025-01-04", "Dora", &["merge", "--quiet", "--no-ff", "-m", "merge", "side"]);
    assert_eq!(who(&history).as_deref(), Some("Bo"), "the merge brought nothing of it");

    history.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    history.git(&["switch", "--quiet", "-C", "side", &before]);
    history.git(&["mv", "decisions/0001-db.md", "decisions/0001-database.md"]);
    history.commit("2025-01-03", "Cy", "rename");
    history.git(&["switch", "--quiet", "main"]);
    history.git_on("2025-01-04", "Dora", &["merge", "--quiet", "--no-ff", "-m", "merge", "side"]);
    assert_eq!(who(&history).as_deref(), Some("Bo"), "under the name that it had then");

    for number in 0..60 {
        history.replace("decisions/0001-database.md", "## Context\n", &format!("## Context\n\nLine {number}.\n"));
        history.commit("2025-01-05", &format!("Bot {number}"), "more");
    }
    assert_eq!(who(&history), None, "nobody is named where not everything was looked at");
}

#[test]
fn what_a_successor_no_longer_says_is_its_change() {
    let history = History::of("decisions/0001-a.md", &RECORD.replace("proposed", "accepted"));
    history.write("decisions/0002-b.md", "---\nstatus: accepted\nsupersedes: [1]\n---\n\n# B\n\nText.\n");
    history.commit("2025-01-02", "Bo", "replace");
    history.replace("decisions/0002-b.md", "supersedes: [1]\n", "");
    history.commit("2025-01-09", "Eve", "back");
    assert_eq!(
        since(&history, "HEAD~1"),
        ["InForce: ADR-0001 Use PostgreSQL: Superseded → Accepted (Eve)"],
        "and it is committed"
    );
    let changes = between(&history, "HEAD~1", &End::WorkTree);
    assert!(changes.pages[0].at.is_some() && !changes.pages[0].is_uncommitted);

    history.replace("decisions/0002-b.md", "accepted\n", "accepted\nsupersedes: [1]\n");
    history.commit("2025-01-10", "Bo", "again");
    history.git(&["mv", "decisions/0002-b.md", "decisions/0002-bb.md"]);
    history.commit("2025-01-11", "Bo", "rename");
    assert_eq!(
        since(&history, "HEAD~1"),
        ["Other: ADR-0002 B: Moved from decisions/0002-b.html, which leads nowhere now (Bo)"],
        "the successor is the same"
    );
}

#[test]
fn what_a_record_says_of_others_and_who_stands_in_it_is_told() {
    let history = History::of("decisions/0001-a.md", &RECORD.replace("proposed", "accepted"));
    history.write("decisions/0002-b.md", "# B\n\nDate: 2025-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nWhy.\n");
    history.write("notes/k.md", "---\nstatus: accepted\n---\n\n# Kept\n\n## Context\n\nWhy.\n");
    history.commit("2025-01-02", "Bo", "more");
    history.replace("decisions/0002-b.md", "Accepted\n", "Accepted\n\nAmends [1. A](0001-a.md)\n");
    history.replace("decisions/0001-a.md", "[\"@ann\"]", "[\"@ann\", \"@eve\"]");
    history.commit("2025-01-03", "Cy", "relate");
    assert_eq!(
        since(&history, "HEAD~1"),
        [
            "Other: ADR-0001 Use PostgreSQL: amended by ADR-0002 B; Deciders: @ann, @eve (Cy)",
            "Other: ADR-0002 B: amends ADR-0001 Use PostgreSQL (Cy)",
        ]
    );
    let of = |person: &str| {
        let selection = Selection { people: vec![person.to_owned()], ..Selection::default() };
        selection.changes(between(&history, "HEAD~1", &End::WorkTree)).pages.len()
    };
    assert_eq!([of("Cy"), of("@eve"), of("@nobody")], [2, 1, 0], "who wrote it is concerned too");
}

#[test]
fn a_site_that_was_committed_is_no_part_of_the_book() {
    let history = History::of("decisions/0001-a.md", RECORD);
    history.folder.run(&["build", "--quiet"]).exits(0);
    std::fs::remove_file(history.folder.path("book/.gitignore")).ok();
    history.git(&["add", "--all", "--force"]);
    history.git_on("2025-01-02", "Bo", &["commit", "--quiet", "-m", "the site too"]);
    history.git(&["rm", "-r", "--quiet", "book"]);
    history.commit("2025-01-03", "Bo", "not the site");
    let told = |from: &str, to: &str| self::told(&between(&history, from, &revision(to)));
    assert_eq!([told("HEAD~2", "HEAD~1"), told("HEAD~1", "HEAD")].concat(), [""; 0]);
    let error = history.folder.run(&["changes", "--since", "HEAD", "--until", "HEAD~1"]).exits(2).err;
    assert!(error.contains("the end lies before the beginning"), "{error}");
}
