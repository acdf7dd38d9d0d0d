//! Reading paths: a page for each, with the time that it takes; what scripts know of them; what is wrong in the settings.

use precedent::build::{Build, Memo};
use precedent::path::SitePath;

use crate::memory::{self, assert_same, built_with, files, text};

const PATHS: &str = "-- book.toml --
[book]
title = 'T'
src = 'docs'
[site]
url = 'https://kb.example/'
[[reading-paths]]
title = 'New at a partner'
description = 'The first day.'
pages = ['start.md', 'adr/0001-a.md', 'docs/long.md', 'start.md']
[[reading-paths]]
title = 'New at a Partner!'
pages = ['long.md']
-- docs/index.md --
# Home

Words.

## More

Text.
-- docs/start.md --
# Start <here>

What you need on the first day.
-- docs/adr/0001-a.md --
---
status: superseded
---
# Use A

Text.
";

fn book() -> memory::Files {
    // 500 words: three minutes.
    let mut book = files(PATHS);
    book.insert("docs/long.md".to_owned(), format!("# Long\n\n{}\n", "word ".repeat(500)).into_bytes());
    book
}

fn built(book: &str) -> Build {
    memory::built(&files(book))
}

fn has(build: &Build, name: &str) -> bool {
    build.artifacts.contains_key(&SitePath::new(name).unwrap())
}

fn main_of(build: &Build, path: &str) -> String {
    let html = text(build, path);
    html.split("<article>").nth(1).unwrap().split("</article>").next().unwrap().to_owned()
}

#[test]
fn a_path_is_a_page_with_its_pages_in_order_and_their_minutes() {
    let build = memory::built(&book());
    assert!(build.findings.is_empty(), "{:?}", build.findings);
    let page = main_of(&build, "reading-paths/new-at-a-partner.html");
    assert!(page.contains("<h1>New at a partner</h1>") && page.contains("The first day."), "{page}");
    let steps: Vec<&str> = page.split("<li data-page=\"").skip(1).map(|step| step.split('"').next().unwrap()).collect();
    assert_eq!(steps, ["start.html", "adr/0001-a.html", "long.html"], "in order, and each once");
    assert!(page.contains("3 pages · 5 min"), "what the pages take together: {page}");
    let minutes: Vec<&str> =
        page.split("<span class=\"quiet\">").skip(1).map(|step| step.split('<').next().unwrap()).collect();
    assert_eq!(minutes, ["1 min", "1 min", "3 min"], "220 words a minute, and one at least");
    assert!(page.contains("<a class=\"path-go\" href=\"../start.html\">Start reading</a>"), "{page}");
    assert!(page.contains("Start &lt;here&gt;") || page.contains("Start"), "{page}");
    assert!(
        page.contains("data-status=\"superseded\"") || page.contains("Superseded"),
        "what does not hold says so: {page}"
    );
    assert!(has(&build, "reading-paths/new-at-a-partner-2.html"), "titles that look alike have pages of their own");
}

#[test]
fn every_page_leads_to_the_paths_and_the_first_one_shows_them() {
    let build = memory::built(&book());
    for (page, address) in [
        ("start.html", "reading-paths.html"),
        ("adr/0001-a.html", "../reading-paths.html"),
        ("reading-paths.html", "reading-paths.html"),
        ("404.html", "/reading-paths.html"),
    ] {
        let html = text(&build, page);
        let sidebar = html.split("nav-decisions").nth(1).unwrap().split("</nav>").next().unwrap();
        assert!(
            sidebar.contains(&format!("href=\"{address}\"")) && sidebar.contains("Reading paths"),
            "{page}: {sidebar}"
        );
    }
    assert!(text(&build, "404.html").contains("data-reading-paths=\"/reading-paths.js\""));
    let first = main_of(&build, "index.html");
    let (before, after) = first.split_once("<section class=\"home-paths\"").unwrap();
    assert!(before.contains("Words.") && after.contains("More"), "after its first words: {first}");
    assert!(after.contains("href=\"reading-paths/new-at-a-partner.html\">New at a partner</a>"), "{after}");
    assert!(text(&build, "index.html").contains("<a href=\"#home-paths\">Reading paths</a>"), "in its contents too");
    assert!(!main_of(&build, "start.html").contains("home-paths"));
    let sitemap = text(&build, "sitemap.xml");
    assert!(sitemap.contains("/reading-paths.html") && sitemap.contains("/reading-paths/new-at-a-partner.html"));
    let script = text(&build, "reading-paths.js");
    assert!(
        script.starts_with("window.precedentReadingPaths = [{") && script.contains("\"n\":\"ADR-0001\""),
        "{script}"
    );
}

#[test]
fn one_path_needs_no_list_and_no_path_no_script() {
    let one = built("-- book.toml --\n[[reading-paths]]\ntitle = 'Only'\npages = ['a.md']\n-- a.md --\n# A\n");
    assert!(has(&one, "reading-paths/only.html") && !has(&one, "reading-paths.html"));
    assert!(text(&one, "a.html").contains("href=\"reading-paths/only.html\""));
    let first = text(&one, "index.html");
    assert!(first.contains("home-paths"), "also where no file is the first page: {first}");
    let none = built("-- a.md --\n# A\n");
    let names: Vec<&str> = none.artifacts.keys().map(|path| path.as_str()).collect();
    let has_some = |name: &&&str| name.contains("reading-paths") || name.starts_with("assets/paths-");
    assert_eq!(names.iter().find(has_some), None);
    let page = text(&none, "a.html");
    assert!(!page.contains("paths-") && !page.contains("reading-paths"), "{page}");
}

#[test]
fn a_page_that_is_not_there_is_a_finding_with_its_line() {
    let build = built(
        "-- book.toml --\n[[reading-paths]]\ntitle = 'P'\npages = [\n  'gides/a.md',\n  'old/b.md',\n  'draft.md',\n  'guides/a.md',\n]\n\
         [[reading-paths]]\ntitle = 'Q'\npages = ['nowhere/at/all.md']\n\
         -- guides/a.md --\n# A\n-- guides/b.md --\n# B\n-- draft.md --\n---\ndraft: true\n---\n# D\n",
    );
    let found: Vec<(usize, &str, String)> = build
        .findings
        .iter()
        .map(|finding| (finding.line, finding.message.as_str(), finding.help.clone().unwrap_or_default()))
        .collect();
    let about =
        |name: &str| found.iter().find(|(_, message, _)| message.contains(name)).unwrap_or_else(|| panic!("{found:?}"));
    let (line, message, help) = about("gides/a.md");
    assert_eq!((*line, *message), (4, "`gides/a.md`, which the reading path `P` names, does not exist"));
    assert!(help.contains("did you mean `guides/a.md`?"), "{help}");
    assert!(about("old/b.md").2.contains("`guides/b.md`"), "what moved: {found:?}");
    assert!(
        about("draft.md").1.contains("is no page of the site") && about("draft.md").2.contains("--drafts"),
        "{found:?}"
    );
    assert!(about("nowhere").2.contains("from the folder of the pages"), "{found:?}");
    assert_eq!(found.len(), 4);
    assert!(
        has(&build, "reading-paths/p.html") && !has(&build, "reading-paths/q.html"),
        "a path without a page is none"
    );
}

#[test]
fn what_a_path_lacks_is_a_finding_of_the_settings() {
    let found = |path: &str| -> Vec<String> {
        let build = built(&format!("-- book.toml --\n{path}\n-- a.md --\n# A\n"));
        build.findings.iter().map(|finding| format!("{} {}", finding.code, finding.message)).collect()
    };
    let title = found("[[reading-paths]]\npages = ['a.md']");
    assert_eq!(title, ["invalid-setting `reading-paths.title` must be a text, and is not there"]);
    assert_eq!(
        found("[[reading-paths]]\ntitle = 'P'\npage = ['a.md']"),
        ["unknown-setting unknown key `reading-paths.page`"]
    );
    assert!(found("reading-paths = ['a.md']")[0].contains("must be a list of tables"));
    assert!(found("[[reading-paths]]\ntitle = 'P'\npages = 'a.md'")[0].contains("must be a list of texts"));
}

#[test]
fn any_title_has_a_page_and_an_authors_page_wins() {
    let build = built(
        "-- book.toml --\n[[reading-paths]]\ntitle = '🚢'\npages = ['a.md']\n[[reading-paths]]\ntitle = '../x'\npages = ['a.md']\n\
         [[reading-paths]]\ntitle = '読む順番'\npages = ['a.md']\n[[reading-paths]]\ntitle = 'Mine'\npages = ['a.md']\n\
         -- a.md --\n# A\n-- reading-paths/mine.md --\n# My own\n",
    );
    for name in ["path", "x", "読む順番", "mine"] {
        assert!(has(&build, &format!("reading-paths/{name}.html")), "{name}: {:?}", build.artifacts.keys());
    }
    assert!(text(&build, "reading-paths/mine.html").contains("My own"));
}

#[test]
fn a_change_of_paths_is_seen_by_the_next_build() {
    let mut memo = Memo::default();
    let mut book = book();
    built_with(&book, &mut memo);
    let settings = String::from_utf8(book["book.toml"].clone()).unwrap().replace("'adr/0001-a.md', ", "");
    book.insert("book.toml".to_owned(), settings.into_bytes());
    assert_same(&built_with(&book, &mut memo), &memory::built(&book), "after a change");
    book.remove("docs/long.md");
    assert_same(&built_with(&book, &mut memo), &memory::built(&book), "after a change");
}
