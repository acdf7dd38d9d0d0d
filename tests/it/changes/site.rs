//! Where the site tells what changed: its page, records, the first page, feeds.

use std::collections::BTreeSet;
use std::fs;

use precedent::build::{Build, Memo, Overrides};
use precedent::disk;

use super::history::History;
use crate::memory::{assert_same, text};

const SETTINGS: &str =
    "[book]\ntitle = \"Handbook\"\ntime-zone = \"Europe/Berlin\"\n[site]\nurl = \"https://docs.example.org/book/\"\n";

/// A book whose history has three weeks: it begins, a decision is proposed, and then accepted with a rule.
fn three_weeks() -> History {
    let history = History::of("book.toml", SETTINGS);
    history.write("index.md", "# Home\n\nHere.\n");
    history.write("guidelines/g.md", "# Rules\n\n- {#one} Write tests.\n");
    history.commit("2025-01-02", "Ann", "the rest");
    history.write(
        "decisions/0001-a.md",
        "---\nstatus: proposed\ntags: [data]\ndeciders: [\"@cy\"]\n---\n\n# Use A\n\n## Context\n\nWhy.\n",
    );
    history.commit("2025-01-09", "Bo", "propose");
    history.replace("decisions/0001-a.md", "proposed", "accepted");
    history.replace("guidelines/g.md", "Write tests.", "Write tests first.");
    history.commit("2025-01-16", "Ann", "accept");
    history
}

/// The text of a page's article without tags.
fn article(build: &Build, path: &str) -> String {
    let html = text(build, path);
    let article = html.split("<article").nth(1).unwrap().split("</article>").next().unwrap().to_owned();
    let plain: Vec<&str> = article.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect();
    plain.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_last_weeks_stand_on_one_page_the_newest_first() {
    let build = three_weeks().build();
    assert_eq!(build.findings, []);
    let page = article(&build, "changes.html");
    let order = [
        "Week of 2025-01-13",
        "What holds now",
        "ADR-0001 Use A Accepted Proposed → Accepted 2025-01-17 Ann accept",
        "Rules Rule one : Write tests first. (before: Write tests.)",
        "Week of 2025-01-06",
        "Needs an answer",
        "ADR-0001 Use A Proposed New Why. 2025-01-10 Bo propose",
        "Week of 2024-12-30",
        "The book begins here",
    ];
    let mut rest = &*page;
    for part in order {
        rest = rest.split_once(part).unwrap_or_else(|| panic!("`{part}` comes next in {rest}")).1;
    }
    let html = text(&build, "changes.html");
    assert!(html.contains("href=\"guidelines/g.html#one\""), "{html}");
    assert!(html.contains("data-people=\"@cy\"") && html.contains("data-kind=\"guideline\""), "{html}");
    assert!(
        article(&build, "decisions/0001-a.html")
            .contains("What changed 2 changes Proposed → Accepted 2025-01-17 Ann accept")
    );
    assert!(
        text(&build, "index.html").contains("href=\"changes.html\">What changed</a>"),
        "the first page leads there"
    );
}

#[test]
fn without_a_past_nothing_is_told_and_a_page_of_the_book_keeps_its_name() {
    let history = three_weeks();
    history.write("changes.md", "# Changes of the product\n\nText.\n");
    history.commit("2025-01-17", "Ann", "a page");
    let build = history.build();
    assert!(article(&build, "changes.html").contains("Changes of the product"));
    assert!(article(&build, "book-changes.html").contains("Week of 2025-01-13"));
    assert!(text(&build, "index.html").contains("href=\"book-changes.html\">What changed</a>"));

    let build = crate::memory::built(&crate::memory::files("-- index.md --\n# Home\n"));
    assert!(!text(&build, "index.html").contains("changes.html"));
    assert!(build.artifacts.keys().all(|path| !path.as_str().ends_with("changes.html")));
}

#[test]
fn what_is_remembered_of_weeks_is_what_they_are_told_to_be() {
    let history = three_weeks();
    let mut memo = Memo::default();
    for change in ["first", "second", "third"] {
        let warm = history.book().build(&mut memo, &Overrides::default()).unwrap();
        assert_same(&warm, &history.build(), change);
        // The next process has what this one kept.
        memo = Memo::of_parts(&crate::memory::parts_of(&memo)).unwrap();
        let again = history.book().build(&mut memo, &Overrides::default()).unwrap();
        assert_same(&again, &warm, change);
        history.write("index.md", &format!("# Home\n\nHere it is {change}.\n"));
        if change == "first" {
            history.commit("2025-01-18", "Bo", change);
        }
    }
    history.replace("book.toml", "Europe/Berlin", "Pacific/Auckland");
    let warm = history.book().build(&mut memo, &Overrides::default()).unwrap();
    assert_same(&warm, &history.build(), "another zone");
}

#[test]
fn what_git_told_is_kept_and_holds_for_the_same_past_alone() {
    let history = three_weeks();
    let check = |what: &str| assert_same(&history.run(), &history.build(), what);
    check("nothing was kept");
    let kept = history.folder.kept().join("history");
    let whole = fs::read(&kept).unwrap();
    check("nothing changed");
    assert_eq!(fs::read(&kept).unwrap(), whole, "it is not asked again");
    for (what, damaged) in [("cut", whole[..whole.len() / 2].to_vec()), ("empty", Vec::new()), ("gone", Vec::new())] {
        fs::write(&kept, damaged).unwrap();
        if what == "gone" {
            fs::remove_file(&kept).unwrap();
        }
        check(what);
        assert_eq!(fs::read(&kept).unwrap(), whole, "{what}, and mended");
    }
    for at in [0, whole.len() / 3, whole.len() - 1] {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x10;
        fs::write(&kept, flipped).unwrap();
        check("another byte");
    }
    history.write("beside.md", "# Beside\n\nIn no folder.\n");
    check("a page that no commit knows");
    history.commit("2025-01-17", "Dee", "write it");
    assert!(text(&history.run(), "beside.html").contains("Dee"));
    history.git(&["mv", "guidelines/g.md", "guidelines/moved.md"]);
    check("a page has another name, which no commit knows");
    history.commit("2025-01-18", "Bo", "move it");
    check("another commit");
    history.git(&["commit", "--quiet", "--amend", "--author", "Cy <c@example.org>", "-m", "said otherwise"]);
    check("another commit in its place");
    history.git(&["reset", "--quiet", "--hard", "HEAD~2"]);
    check("an earlier commit");
    fs::write(&kept, &whole).unwrap();
    check("what was told of another commit");
}

#[test]
fn a_checkout_beside_a_build_makes_no_week_that_never_was() {
    let history = three_weeks();
    let (mut memo, mut book) = (Memo::default(), history.book());
    // The files are listed, and before git is asked they are those of another commit.
    disk::finished(&mut book, None, &Overrides::default());
    history.write("late.md", "# Late\n\nIt was not there when the files were listed.\n");
    history.write("index.md", "# Home\n\nAnother one, of which the book tells for the first time.\n");
    fs::remove_file(history.folder.path("guidelines/g.md")).unwrap();
    history.commit("2025-01-19", "Bo", "another state");
    book.build(&mut memo, &Overrides::default()).unwrap();
    let next = book.build(&mut memo, &Overrides::default()).unwrap();
    assert!(article(&next, "changes.html").contains("Late"));
    assert_same(&next, &history.build(), "what the build before it remembered");
}

#[test]
fn a_week_in_which_everything_changed_is_one_small_page() {
    let history = three_weeks();
    for page in 0..900 {
        history.write(
            &format!("many/{page}.md"),
            &format!("# Page {page}\n\n{}\n", "A sentence of some length. ".repeat(9)),
        );
    }
    history.commit("2025-01-24", "Ann", "everything");
    let build = history.build();
    let page = text(&build, "changes.html");
    assert!(page.len() < 300_000 && page.contains("and 820 more pages"), "{} bytes", page.len());
    assert!(text(&build, "feed.xml").len() < 512_000);
}

/// Reads a feed as a reader of another author does.
fn read(build: &Build, path: &str) -> feed_rs::model::Feed {
    feed_rs::parser::parse(text(build, path).as_bytes()).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn feeds_tell_it_to_readers_and_keep_their_ids_when_the_site_moves() {
    let history = three_weeks();
    history.replace("book.toml", "[site]", "[feed]\nid = \"tag:docs.example.org,2025:book\"\n[site]");
    let build = history.build();
    let feed = read(&build, "feed.xml");
    assert_eq!(feed.title.unwrap().content, "Handbook · All changes");
    assert_eq!(feed.updated.unwrap().to_rfc3339(), "2025-01-17T07:30:00+00:00");
    let entries: Vec<String> = feed
        .entries
        .iter()
        .map(|entry| format!("{} {} {}", entry.id, entry.links[0].href, entry.title.as_ref().unwrap().content))
        .collect();
    assert_eq!(
        entries,
        [
            "tag:docs.example.org,2025:book/0001-a/2025-01-13/status-accepted https://docs.example.org/book/decisions/0001-a.html \
             ADR-0001 Use A: Proposed → Accepted",
            "tag:docs.example.org,2025:book/g/2025-01-13/text https://docs.example.org/book/guidelines/g.html Rules: Rule one: Write \
             tests first. (before: Write tests.)",
            "tag:docs.example.org,2025:book/0001-a/2025-01-06/new https://docs.example.org/book/decisions/0001-a.html \
             ADR-0001 Use A: New: Proposed",
        ],
        "the beginning of a book is no news"
    );
    assert_eq!(read(&build, "feeds/decisions.xml").entries.len(), 2);
    assert_eq!(read(&build, "feeds/tag-data.xml").entries.len(), 2);
    let head = text(&build, "decisions/0001-a.html");
    assert!(
        head.contains(
            "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"All changes\" href=\"../feed.xml\">"
        ),
        "{head}"
    );

    let ids =
        |build: &Build| read(build, "feed.xml").entries.into_iter().map(|entry| entry.id).collect::<BTreeSet<_>>();
    let before = ids(&build);
    history.replace("book.toml", "https://docs.example.org/book/", "https://elsewhere.example/");
    history.git(&["mv", "guidelines/g.md", "guidelines/rules.md"]);
    history.commit("2025-01-25", "Ann", "move");
    assert!(ids(&history.build()).is_superset(&before), "nothing is told twice");
    let before = ids(&history.build());
    history.replace("decisions/0001-a.md", "Why.", "Why. ");
    history.write("index.md", "# Home\n\nHere and there.\n");
    history.commit("2025-01-26", "Ann", "spelling");
    assert_eq!(ids(&history.build()).difference(&before).count(), 1, "only what has other words is news");
}

#[test]
fn no_text_breaks_out_of_a_feed_or_the_page() {
    let history = three_weeks();
    let hostile = "]]></content><script>alert(1)</script>&amp;\u{202e}\u{1}";
    history.write(
        "decisions/0002-b.md",
        &format!("---\nstatus: accepted\ntags: ['a\"<b>']\n---\n\n# B {hostile}\n\n## {hostile}\n\nWhy.\n"),
    );
    history.commit("2025-01-23", "Ann <b>\"", "<script>alert(2)</script>");
    history.replace("decisions/0002-b.md", "Why.", &format!("Why {hostile}."));
    history.commit("2025-01-24", "Ann", "more");
    let build = history.build();
    for (path, _) in build.artifacts.iter().filter(|(path, _)| path.as_str().ends_with(".xml")) {
        if path.as_str() != "sitemap.xml" {
            assert!(!read(&build, path.as_str()).title.unwrap().content.is_empty());
        }
        assert!(!text(&build, path.as_str()).contains("<script"), "{path}");
    }
    assert!(!text(&build, "changes.html").contains("<script>alert"));
}

#[test]
fn feeds_of_a_site_without_an_address_are_a_finding() {
    let history = three_weeks();
    history.replace("book.toml", "[site]\nurl = \"https://docs.example.org/book/\"\n", "[feed]\nenable = true\n");
    let build = history.build();
    assert!(build.artifacts.keys().all(|path| !path.as_str().contains("feed")), "{:?}", build.artifacts.keys());
    let codes: Vec<&str> = build.findings.iter().map(|finding| finding.code.name()).collect();
    assert_eq!(codes, ["feed-without-address"]);
    history.replace("book.toml", "enable = true", "enable = false");
    assert_eq!(history.build().findings, []);
}
