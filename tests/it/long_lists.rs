//! Long lists come in parts: no page is heavy, every record is on one part, and the parts lead to each other.

use std::collections::{BTreeMap, BTreeSet};

use precedent::build::Build;

use crate::memory::{Files, built, text};

/// What no page of a list may weigh, whatever the size of the book.
const HEAVY: usize = 300_000;

/// A book of so many decisions over twelve years, each related to an earlier one, and as many pages, all with one tag.
fn book(records: usize) -> Files {
    let mut files = Files::new();
    for at in 0..records {
        let (team, number) = (["pay", "web", "data"][at % 3], at / 3 + 1);
        let year = 2013 + at * 12 / records;
        let earlier = (number > 4).then(|| format!("relates-to: [\"{:04}-use-{}\"]\n", number - 3, number - 3));
        let record = format!(
            "---\nstatus: {}\ndate: {year}-0{}-11\nreview-by: {}-01-01\ndeciders: [Ann Lee, Bo {at}]\ntags: [shared, t{}]\n{}---\n\n# Use {number}\n\nText.\n",
            if at + 5 < records { "accepted" } else { "proposed" },
            at % 9 + 1,
            year + 3,
            at % 400,
            earlier.unwrap_or_default()
        );
        files.insert(format!("{team}/adr/{number:04}-use-{number}.md"), record.into_bytes());
        let page = format!(
            "---\ntags: [shared]\n---\n\n# {} guide {at}\n\nWhat to do in case {at}.\n",
            ["A", "M", "Z"][at % 3]
        );
        files.insert(format!("guides/p{at}.md"), page.into_bytes());
    }
    files
}

/// The pages of a list: the first, and those that are named after it.
fn parts<'b>(build: &'b Build, stem: &str) -> BTreeMap<&'b str, String> {
    let names = build.artifacts.keys().map(|path| path.as_str());
    let is_part = |name: &&str| {
        name.strip_prefix(stem).is_some_and(|rest| rest == ".html" || rest.starts_with('.') && rest.ends_with(".html"))
    };
    names.filter(is_part).map(|name| (name, text(build, name))).collect()
}

/// How often something stands in the pages, by what it is.
fn counts<'h>(pages: &'h BTreeMap<&str, String>, before: &str) -> BTreeMap<&'h str, usize> {
    let mut counts = BTreeMap::new();
    for html in pages.values() {
        for part in html.split("<article>").nth(1).unwrap().split(before).skip(1) {
            *counts.entry(part.split('"').next().unwrap()).or_default() += 1;
        }
    }
    counts
}

#[test]
fn no_page_is_heavy_and_every_record_is_on_one_part() {
    let build = built(&book(1500));
    let heavy =
        build.artifacts.iter().filter(|(path, file)| path.as_str().ends_with(".html") && file.bytes().len() > HEAVY);
    assert_eq!(heavy.map(|(path, file)| (path.as_str(), file.bytes().len())).collect::<Vec<_>>(), []);
    // Each list, by what stands before the address of an item.
    for (stem, before, count) in [
        ("decision-log", "<td role=\"cell\" class=\"log-title\"><a href=\"", 1500),
        ("decision-timeline", "</time><a href=\"", 1500),
        ("tags/shared", "<li>\n<a href=\"", 3000),
    ] {
        let pages = parts(&build, stem);
        assert!(pages.len() > 5 || stem.starts_with("tags"), "{stem}: {:?}", pages.keys());
        let counts = counts(&pages, before);
        assert_eq!(counts.len(), count, "{stem}");
        assert!(counts.values().all(|count| *count == 1), "{stem}: an item is on two parts");
    }
    // The tree and the list of relations name folders and neighbours on several parts, and miss no page.
    let urls = |stem: &str| -> BTreeSet<String> {
        let pages = parts(&build, stem);
        counts(&pages, "href=\"").into_keys().map(str::to_owned).collect()
    };
    let (tree, graph) = (urls("contents"), urls("decision-graph"));
    for entry in &build.site.entries {
        assert!(tree.contains(entry.url.as_str()), "{}", entry.url);
        assert!(entry.related.is_empty() || graph.contains(entry.url.as_str()), "{}", entry.url);
    }
}

#[test]
fn parts_lead_to_each_other_and_say_which_they_are() {
    let build = built(&book(600));
    for stem in ["decision-log", "decision-graph", "tags/shared"] {
        let pages = parts(&build, stem);
        assert!(pages.len() > 1, "{stem}");
        for (name, html) in &pages {
            let nav =
                html.split("<div class=\"parts\">").nth(1).unwrap_or_else(|| panic!("{name} says nothing of parts"));
            let nav = nav.split("</div>").next().unwrap();
            assert!(nav.contains("aria-current=\"page\""), "{name}");
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            for href in nav.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
                let target = format!("{folder}{}{href}", if folder.is_empty() { "" } else { "/" });
                assert!(pages.contains_key(target.as_str()), "{name} leads to {target}");
            }
        }
        // From the first the way leads over all.
        let mut name = format!("{stem}.html");
        let mut seen = BTreeSet::new();
        while seen.insert(name.clone()) {
            let html = &pages[name.as_str()];
            let pager = html.split("<nav class=\"pager\"").nth(1).unwrap_or("");
            let Some(next) = pager.split("rel=\"next\" href=\"").nth(1) else { break };
            let folder = stem.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            name = folder + next.split('"').next().unwrap();
        }
        assert_eq!(seen.len(), pages.len(), "{stem}");
    }
    let first = text(&build, "decision-log.html");
    assert!(first.contains("of 600 decisions") && first.contains("id=\"log-waiting\""), "{first}");
    assert!(text(&build, "decision-log.2015.html").contains("<h1>Decision log · 2015</h1>"));
    assert!(text(&build, "decision-log.js").contains("\"Bo 599\""));
}

#[test]
fn a_small_book_has_one_page_of_each_list() {
    let build = built(&book(120));
    for stem in
        ["decision-log", "decision-timeline", "decision-graph", "decision-due", "contents", "tags/shared", "tags/index"]
    {
        let pages = parts(&build, stem);
        assert_eq!(pages.len(), 1, "{stem}: {:?}", pages.keys());
        assert!(!pages.values().next().unwrap().contains("class=\"parts\""), "{stem}");
    }
    // The graph filters by all records, and the log by what it shows.
    assert!(!text(&build, "decision-log.html").contains("decision-log.js"));
}

#[test]
fn a_page_of_the_book_has_the_name_of_a_part() {
    let mut files = book(600);
    files.insert("decision-log.2015.md".to_owned(), b"# My own year\n".to_vec());
    let build = built(&files);
    assert!(text(&build, "decision-log.2015.html").contains("My own year"));
}
