//! What the site shows of decisions and guidelines: their pages, the log, the graph, the timeline, what is due.

use precedent::build::{Build, Memo, Outcome, build};
use precedent::date::Date;

use crate::memory::{self, files, inputs, text};

fn built(book: &str) -> Build {
    memory::built(&files(book))
}

/// Builds a book on the second of January 2026.
fn built_in_2026(book: &str) -> Build {
    let mut inputs = inputs(&files(book));
    inputs.today = Date::new(2026, 1, 2);
    match build(&inputs, &mut Memo::default()) {
        Outcome::Done(build) => *build,
        Outcome::Wants(wants) => panic!("every file is there, and yet it wants {wants:?}"),
    }
}

/// The text of the article, without tags, which part words unless they stand in a line; spaces as one.
fn article(build: &Build, path: &str) -> String {
    let html = text(build, path);
    let article = html.split("<article>").nth(1).unwrap().split("</article>").next().unwrap();
    let plain = article.split('<').map(|part| match part.split_once('>') {
        Some((tag, text))
            if ["a", "strong", "time"].contains(&tag.trim_start_matches('/').split(' ').next().unwrap()) =>
        {
            text.to_owned()
        }
        Some((_, text)) => format!(" {text}"),
        None => part.to_owned(),
    });
    let plain: String = plain.collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_the_header_tells_is_not_told_again() {
    let build = built(
        "-- adr/0001-a.md --\n# 1. A\n\nDate: 2024-03-02\n\n## Status\n\nAccepted\n\nAmends [2. B](0002-b.md)\n\n## Context\n\nWhy.\n\
         -- adr/0002-b.md --\n# B\n\n* Status: accepted\n* Deciders: Ann Lee, Bob\n* Date: 2024-01-16\n\n## Context\n\nWhy.\n\
         -- adr/0003-c.md --\n# C\n\n* Status: accepted\n* Date: 2024-01-17\n\n## Context\n\nWhy.\n",
    );
    let page = text(&build, "adr/0001-a.html");
    assert!(!page.contains("<h2 id=\"status\"") && page.contains("<span id=\"status\">"), "{page}");
    assert!(!page.contains("href=\"#status\""), "{page}");
    assert_eq!(
        article(&build, "adr/0001-a.html"),
        "ADR-0001 A Status Accepted Decided 2024-03-02 Details Context Why. Related Show in the decision graph"
    );
    let facts = page.split("id=\"record-facts\"").nth(1).unwrap().split("</aside>").next().unwrap();
    assert!(facts.contains("<dt>Amends</dt>") && facts.contains("ADR-0002</span> B</a>"), "{facts}");
    assert!(
        !text(&build, "adr/0003-c.html").contains("record-facts"),
        "where there is nothing more, there is no button"
    );
    assert_eq!(article(&build, "adr/0002-b.html").matches("Ann Lee").count(), 1);
    assert!(text(&build, "adr/0001-a.md").contains("## Status"), "the Markdown stays whole");
    assert!(format!("{:?}", build.contents()).contains("Date: 2024-03-02"), "and so does what is searched");
}

#[test]
fn a_decision_is_called_by_its_number_wherever_it_is_named() {
    let build = built(
        "-- adr/0001-a.md --\n# 1. A & `b`\n\n## Status\n\nAccepted\n-- adr/0002-b.md --\n# B\n\n## Status\n\nAccepted\n\n[A](0001-a.md)\n\
         -- rfcs/rfc-7.md --\n# RFC 7: `code` first\n\n## Status\n\nAccepted\n-- guidelines/g.md --\n# 3 rules\n\nText.\n",
    );
    let page = text(&build, "adr/0001-a.html");
    let first = page.split("<h1").nth(1).unwrap();
    assert!(
        first.split_once('>').unwrap().1.starts_with("<span class=\"number\">ADR-0001</span> A &amp; <code>b</code>"),
        "{first}"
    );
    assert!(page.contains("<title>ADR-0001 A &amp; b · "), "{page}");
    assert!(page.contains("<meta property=\"og:title\" content=\"ADR-0001 A &amp; b\">"), "{page}");
    assert!(page.contains("<meta name=\"twitter:card\""), "{page}");
    assert!(page.contains("<li aria-current=\"page\">ADR-0001</li>"), "{page}");
    let sidebar = page.split("id=\"sidebar\"").nth(1).unwrap().split("</nav>").next().unwrap();
    for name in ["ADR-0001</span> A &amp; b", "ADR-0002</span> B"] {
        assert!(sidebar.contains(&format!("<span class=\"number\">{name}")), "{sidebar}");
    }
    assert!(text(&build, "navigation.js").contains("\"n\":\"ADR-0001\",\"t\":\"A & b\""));
    let code = text(&build, "rfcs/rfc-7.html");
    assert!(code.contains("RFC-7</span>") || code.contains("RFC 7</span>"), "{code}");
    assert!(!text(&build, "guidelines/g.html").contains("class=\"number\">3"));
    let found = &build.contents().documents();
    let places = |title: &str| found.iter().find(|document| document.title == title).unwrap().breadcrumb.join("/");
    assert_eq!(places("B"), "Adr/ADR-0002");
}

#[test]
fn the_navigation_of_a_book_keeps_the_numbers_that_its_author_wrote() {
    let book = |name: &str| {
        built(&format!(
            "-- book.toml --\n[book]\n-- src/SUMMARY.md --\n- [{name}](adr/0001-a.md)\n-- src/adr/0001-a.md --\n# 1. A\n\n## Status\n\nAccepted\n"
        ))
    };
    let label =
        |name: &str| text(&book(name), "adr/0001-a.html").split("aria-current=\"page\">").nth(1).unwrap().to_owned();
    assert!(label("1. A").starts_with("<span class=\"number\">ADR-0001</span> A</a>"));
    assert!(label("Own name").starts_with("<span class=\"number\">ADR-0001</span> Own name</a>"));
    assert!(label("See ADR-0001").starts_with("See ADR-0001</a>"));
}

#[test]
fn one_word_that_the_header_does_not_show_keeps_its_block() {
    let build = built(
        "-- adr/0001-a.md --\n# A\n\nDate: 2024-03-02, by letter\n\n## Status\n\nAccepted\n\nThe board was divided.\n\n## Context\n\nWhy.\n\
         -- adr/0002-b.md --\n# B\n\n- Status: accepted\n- Colour: green\n\n## Context\n\nWhy.\n\
         -- adr/0003-c.md --\n---\nstatus: rejected\n---\n# C\n\n## Status\n\nAccepted\n\n## Context\n\nWhy.\n",
    );
    let first = article(&build, "adr/0001-a.html");
    assert!(first.contains("by letter") && first.contains("The board was divided."), "{first}");
    assert!(text(&build, "adr/0001-a.html").contains("<h2 id=\"status\""));
    assert!(article(&build, "adr/0002-b.html").contains("Status: accepted Colour: green"));
    let third = article(&build, "adr/0003-c.html");
    assert!(third.contains("Rejected") && third.contains("Status Accepted"), "{third}");
}

const CHAIN: &str = "-- adr/0001-a.md --\n---\nstatus: superseded by 0002\n---\n# A\n\nText.\n\
    -- adr/0002-b.md --\n---\nstatus: superseded by 0003\n---\n# B\n\nText.\n\
    -- adr/0003-c.md --\n---\nstatus: accepted\ndate: 2025-05-01\n---\n# C\n\nText.\n\
    -- guidelines/rule.md --\n---\nderives-from: [0001-a]\n---\n# Rule\n\nDo it.\n";

#[test]
fn a_banner_leads_to_what_is_in_force() {
    let build = built(CHAIN);
    let page = text(&build, "adr/0001-a.html");
    let banner = page.split("<aside").nth(1).unwrap().split("</aside>").next().unwrap();
    assert!(
        banner.contains("In force today: <a href=\"0003-c.html\"><span class=\"number\">ADR-0003</span> C</a>"),
        "{banner}"
    );
    assert!(
        banner.contains("On the way: <a href=\"0002-b.html\"><span class=\"number\">ADR-0002</span> B</a>"),
        "{banner}"
    );
    assert!(!text(&build, "adr/0003-c.html").contains("<aside class=\"notice\""));
}

#[test]
fn decisions_that_replace_each_other_in_a_ring_are_shown() {
    let build = built(&CHAIN.replace("status: accepted", "status: superseded by 0001"));
    assert!(article(&build, "adr/0001-a.html").contains("Superseded."));
}

#[test]
fn a_guideline_tells_its_reason_and_when_that_is_gone() {
    let build = built(CHAIN);
    let rule = article(&build, "guidelines/rule.html");
    assert!(rule.contains("It follows from ADR-0001 A, which is no longer in force. Now holds: ADR-0003 C."), "{rule}");
    assert!(rule.contains("Why this rule ADR-0001 A Superseded now ADR-0003 C Accepted"), "{rule}");
    assert!(article(&build, "adr/0001-a.html").contains("Guidelines from this decision Rule Guideline"));
}

const DUE: &str = "-- adr/0001-a.md --\n---\nstatus: accepted\nreview-by: 2025-12-31\nowners: [ann]\n---\n# Use it; or, not\n\nText.\n\
    -- adr/0002-b.md --\n---\nstatus: proposed\ndecide-by: 2026-01-10\n---\n# B\n\nText.\n\
    -- adr/0003-c.md --\n---\nstatus: rejected\nreview-by: 2025-01-01\n---\n# C\n\nText.\n\
    -- adr/0004-d.md --\n---\nstatus: accepted\nreview-by: 2027-01-01\n---\n# D\n\nText.\n";

#[test]
fn what_is_due_is_told_on_its_page_and_on_the_page_of_all() {
    let build = built_in_2026(DUE);
    assert!(article(&build, "adr/0001-a.html").contains("It was to be looked at again by 2025-12-31"));
    assert!(article(&build, "adr/0002-b.html").contains("not decided yet; to be decided by 2026-01-10"));
    assert!(article(&build, "adr/0003-c.html").contains("This was decided against"));
    assert!(!article(&build, "adr/0003-c.html").contains("Overdue"));
    let due = article(&build, "decision-due.html");
    let list = "Overdue 2025-12-31 2 days ago Review ADR-0001 Use it; or, not Accepted ann \
        In the next 30 days 2026-01-10 in 8 days Decision ADR-0002 B Proposed \
        Later 2027-01-01 in 364 days Review ADR-0004 D Accepted \
        ann 2025-12-31 2 days ago Review ADR-0001 Use it; or, not Accepted \
        Nobody is named 2026-01-10 in 8 days Decision ADR-0002 B Proposed 2027-01-01 in 364 days Review ADR-0004 D Accepted";
    assert!(due.ends_with(list), "{due}");
    let bare = article(&built(DUE), "decision-due.html");
    assert!(bare.contains("By date") && !bare.contains("days"), "without a day nothing is overdue: {bare}");
}

/// The lines of a calendar as a program reads them, without the folding.
fn events(build: &Build) -> String {
    let feed = text(build, "decisions.ics");
    assert!(feed.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && feed.ends_with("END:VCALENDAR\r\n"));
    assert!(feed.lines().count() == feed.matches("\r\n").count(), "every line ends as the format asks: {feed}");
    assert!(feed.split("\r\n").all(|line| line.len() <= 75), "{feed}");
    feed.replace("\r\n ", "").replace("\r\n", "\n")
}

#[test]
fn the_calendar_holds_what_is_due_and_of_whom_it_is_asked() {
    let events = events(&built_in_2026(DUE));
    let first = "BEGIN:VEVENT\nUID:review-0001-a@precedent\nDTSTAMP:20251231T000000Z\nDTSTART;VALUE=DATE:20251231\n\
        SUMMARY:Review: ADR-0001 Use it\\; or\\, not (ann)\nDESCRIPTION:Asked of ann\\nadr/0001-a.md\nCATEGORIES:Review\n";
    assert!(events.contains(first), "{events}");
    let comments = "UID:decision-0002-b@precedent\nDTSTAMP:20260110T000000Z\nDTSTART;VALUE=DATE:20260110\n\
        SUMMARY:Comments close: ADR-0002 B\nDESCRIPTION:adr/0002-b.md\nCATEGORIES:Decision\n";
    assert!(events.contains(comments), "{events}");
    assert_eq!(events.matches("BEGIN:VEVENT").count(), 3);
}

#[test]
fn an_event_names_who_owns_else_decides_else_wrote_and_few_in_its_summary() {
    let book = |people: &str| {
        format!("-- adr/0001-a.md --\n---\nstatus: accepted\nreview-by: 2026-02-01\n{people}\n---\n# A\n\nText.\n")
    };
    for (people, summary, told) in [
        ("owners: ['@ann']\ndeciders: [Bob]", "(@ann)", "Asked of @ann"),
        ("deciders: [Bob]\nauthors: [Cy]", "(Bob)", "Asked of Bob"),
        ("authors: [Cy]", "(Cy)", "Asked of Cy"),
        ("owners: ['@a', '@b', '@c']", "(@a\\, @b\\, @c)", "Asked of @a\\, @b\\, @c"),
        ("owners: ['@a', '@b', '@c', '@d']", "(@a\\, @b\\, +2)", "Asked of @a\\, @b\\, @c\\, @d"),
    ] {
        let events = events(&built_in_2026(&book(people)));
        assert!(events.contains(&format!("SUMMARY:Review: ADR-0001 A {summary}\n")), "{events}");
        assert!(events.contains(&format!("DESCRIPTION:{told}\\nadr/0001-a.md\n")), "{events}");
    }
    let german = format!("-- book.toml --\n[book]\nlanguage = 'de'\n{DUE}");
    assert!(events(&built_in_2026(&german)).contains("SUMMARY:Kommentarfrist endet: ADR-0002 B\n"));
}

#[test]
fn an_event_is_the_same_one_when_its_day_or_title_changes() {
    let ids = |book: &str| -> Vec<String> {
        events(&built_in_2026(book)).lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    let moved = DUE.replace("2025-12-31", "2026-03-01").replace("Use it; or, not", "Use it");
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids
    };
    assert_eq!(sorted(ids(&moved)), sorted(ids(DUE)));
}

#[test]
fn pages_of_all_decisions_are_there_where_they_have_something_to_show() {
    let has = |build: &Build, name: &str| build.artifacts.keys().any(|path| path.as_str() == name);
    let none = built("-- a.md --\n# A\n");
    assert!(!has(&none, "decision-log.html") && !text(&none, "a.html").contains("decision-log"));
    let bare = built("-- adr/0001-a.md --\n# A\n\n## Status\n\nAccepted\n");
    assert!(has(&bare, "decision-log.html") && !has(&bare, "decision-timeline.html"));
    assert!(!has(&bare, "decision-graph.html") && !has(&bare, "decision-due.html") && !has(&bare, "decisions.ics"));
    let all = built(&format!("-- book.toml --\n[site]\nurl = 'https://example.org/'\n{DUE}{CHAIN}"));
    for name in ["decision-log", "decision-graph", "decision-timeline", "decision-due"] {
        assert!(text(&all, "contents.html").contains(name) && text(&all, "sitemap.xml").contains(name), "{name}");
    }
    let own = built(&format!("-- decision-log.md --\n# My own log\n{CHAIN}"));
    assert!(article(&own, "decision-log.html").starts_with("My own log"));
}

#[test]
fn language_models_read_first_what_is_in_force() {
    let list = text(&built(CHAIN), "llms.txt");
    let (before, optional) = list.split_once("## Optional").unwrap();
    assert!(before.contains("adr/0003-c.md") && !before.contains("adr/0001-a.md"), "{list}");
    assert!(optional.contains("adr/0001-a.md") && optional.contains("adr/0002-b.md"), "{list}");
}

#[test]
fn nothing_that_authors_write_becomes_markup() {
    let evil = "Use <svg onload=alert(1)>\\\" '\\u2028";
    let front = format!(
        "title: \"{evil}\"\nstatus: \"{evil}\"\ndate: 2024-01-02\ndeciders: [\"{evil}\"]\nowners: [\"{evil}\"]\ntags: [\"{evil}\"]\n\
         applies-to: [\"{evil}\"]\ntracking: [\"javascript:alert(1)\"]\nreview-by: 2024-01-01\nrelates-to: [\"{evil}\", 0002-b]"
    );
    let build = built_in_2026(&format!(
        "-- a/adr/0001-a.md --\n---\n{front}\n---\n\nText.\n-- a/adr/0002-b.md --\n---\n{front}\n---\n\nText.\n"
    ));
    for (path, artifact) in &build.artifacts {
        let content = String::from_utf8_lossy(&artifact.bytes()).into_owned();
        if path.as_str().ends_with(".html") {
            assert!(!content.contains("<svg onload") && !content.contains("href=\"javascript:"), "{path}: {content}");
        }
    }
    assert!(text(&build, "decision-log.html").contains("Use &lt;svg onload"));
    assert!(text(&build, "decision-graph.html").contains("Use &lt;svg onload"));
}

#[test]
fn a_record_that_gives_way_to_a_proposal_says_to_which() {
    let book = |status: &str| {
        built(&format!(
            "-- adr/0001-a.md --\n---\nstatus: {status}\n---\n# A\n-- adr/0002-b.md --\n---\nstatus: proposed\nsupersedes: 1\n---\n# B\n"
        ))
    };
    let told = article(&book("superseded by ADR-2"), "adr/0001-a.html");
    assert!(told.contains("Superseded. Replaced by ADR-0002 B"), "{told}");
    // A proposal alone replaces nothing yet.
    let told = article(&book("accepted"), "adr/0001-a.html");
    assert!(!told.contains("Replaced by"), "{told}");
}

#[test]
fn the_bar_and_the_sidebar_say_which_page_of_all_decisions_is_shown() {
    let build = built(&format!("{DUE}{CHAIN}"));
    let sidebar = |page: &str| {
        text(&build, page).split("nav-decisions").nth(1).unwrap().split("</nav>").next().unwrap().to_owned()
    };
    assert!(sidebar("adr/0001-a.html").contains(">Decision log</a></li>"), "elsewhere the log alone is there");
    assert!(sidebar("decision-graph.html").contains("href=\"decision-graph.html\" aria-current=\"page\">Graph</a>"));
    let bar = |page: &str| {
        text(&build, page).split("class=\"bar-link\"").nth(1).unwrap().split('>').next().unwrap().to_owned()
    };
    assert!(
        bar("decision-due.html").contains("aria-current=\"true\"") && !bar("adr/0001-a.html").contains("aria-current")
    );
}

#[test]
fn entries_that_the_sidebar_leaves_out_are_told_where_they_are() {
    let pages: String = (1..=60).map(|at| format!("-- a/{at:02}-p.md --\n# Page {at}\n\nText.\n")).collect();
    let page = text(&built(&pages), "a/30-p.html");
    let sidebar = page.split("id=\"sidebar\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let order = ["… 17 more", "Page 18<", "Page 42<", "… 18 more"]
        .map(|text| sidebar.find(text).unwrap_or_else(|| panic!("{text}: {sidebar}")));
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn the_page_for_an_address_that_leads_nowhere_has_the_sidebar_with_links_from_the_root() {
    let build = built(&format!("-- book.toml --\n[site]\nurl = 'https://example.org/book/'\n{CHAIN}"));
    let page = text(&build, "404.html");
    assert!(
        page.contains("class=\"nav-link\" href=\"/book/adr/") && page.contains("href=\"/book/decision-log.html\""),
        "{page}"
    );
    assert!(page.contains("action=\"/book/search.html\""));
}

#[test]
fn the_first_page_shows_what_waits_and_for_whom_after_its_first_words() {
    let build = built_in_2026(&format!("-- index.md --\n# Us\n\nFirst words.\n\n## More\n\nOther words.\n{DUE}"));
    let page = text(&build, "index.html");
    let order = ["First words.", "id=\"home-waiting\"", "id=\"home-recent\"", "id=\"more\"", "id=\"home-sections\""];
    let order = order.map(|part| page.find(part).unwrap_or_else(|| panic!("{part}: {page}")));
    assert!(order.is_sorted(), "{order:?}");
    assert!(article(&build, "index.html").contains("Review by 2025-12-31 ann"), "{}", article(&build, "index.html"));
    let contents = page.split("id=\"toc\"").nth(1).unwrap();
    let order = ["#home-waiting", "#home-recent", "#more", "#home-sections"].map(|id| contents.find(id).unwrap());
    assert!(order.is_sorted(), "{order:?}");
    // Without sections of its own the text stays together.
    let short = built_in_2026(&format!("-- index.md --\n# Us\n\nFirst words.\n{DUE}"));
    let page = text(&short, "index.html");
    assert!(page.find("First words.").unwrap() < page.find("id=\"home-sections\"").unwrap());
    assert!(page.find("id=\"home-sections\"").unwrap() < page.find("id=\"home-waiting\"").unwrap());
}

#[test]
fn a_list_is_not_put_into_an_element_of_the_author() {
    let build = built_in_2026(&format!("-- index.md --\n# Us\n\n<div>\n\n## Within\n\n</div>\n{DUE}"));
    let page = text(&build, "index.html");
    assert!(page.find("id=\"within\"").unwrap() < page.find("id=\"home-waiting\"").unwrap(), "{page}");
}

#[test]
fn front_matter_gives_a_page_a_hero_and_its_links_are_checked() {
    let book = |link: &str| {
        built(&format!(
            "-- index.md --\n---\nhero:\n  title: How <we> build\n  text: A sentence.\n  actions:\n    - {{text: Go, link: '{link}'}}\n---\n# Us\n\nText.\n-- sub/a.md --\n# A\n"
        ))
    };
    let build = book("sub/a.md");
    let page = text(&build, "index.html");
    assert!(page.contains("<h1>How &lt;we&gt; build</h1>") && page.contains("<a href=\"sub/a.html\">Go</a>"), "{page}");
    assert_eq!((page.matches("<h1").count(), build.findings.len()), (1, 0), "{:?}", build.findings);
    let codes = |link: &str| book(link).findings.iter().map(|finding| finding.code.name()).collect::<Vec<_>>();
    assert_eq!(codes("sub/b.md"), ["broken-link"]);
    assert_eq!(codes("javascript:alert(1)"), ["unsafe-link"]);
}
