use super::*;
use crate::diagnostic::{Code, Diagnostic};
use crate::file::Source;
use crate::site::Entry;

/// Builds a book written as `-- path --` sections.
pub(super) fn built(book: &str) -> Build {
    let mut memo = Memo::default();
    let inputs = inputs(book);
    match build(&inputs, &mut memo) {
        Outcome::Done(build) => *build,
        Outcome::Wants(wants) => panic!("everything is there, and yet it wants {wants:?}"),
    }
}

fn inputs(book: &str) -> Inputs {
    let mut inputs = Inputs { folder_name: "my-book".to_owned(), ..Inputs::default() };
    for section in book.split("-- ").skip(1) {
        let (name, text) = section.split_once(" --\n").unwrap();
        let path = BookPath::new(name).unwrap();
        inputs.listing.insert(path.clone());
        inputs.sources.insert(path.clone(), Source::new(path, text.as_bytes()));
    }
    inputs
}

fn text(build: &Build, path: &str) -> String {
    let artifact = build
        .artifacts
        .get(&SitePath::new(path).unwrap())
        .unwrap_or_else(|| panic!("no {path} in {:?}", build.artifacts.keys()));
    String::from_utf8(artifact.bytes().to_vec()).unwrap()
}

#[test]
fn a_plain_folder_becomes_a_site() {
    let build = built(
        "-- README.md --\n# Home\n\nHello [a](a.md).\n-- a.md --\n# A\n\n![i](i.svg)\n-- i.svg --\n<svg/>\n-- secret.env --\nx\n",
    );
    let paths: Vec<&str> =
        build.artifacts.keys().map(|path| path.as_str()).filter(|path| !path.starts_with("assets/")).collect();
    assert_eq!(
        paths,
        [
            "404.html",
            "README.md",
            "a.html",
            "a.md",
            "changes.js",
            "contents.html",
            "i.svg",
            "index.html",
            "llms.txt",
            "navigation.js",
            "robots.txt",
            "search.d.mts",
            "search.html",
            "search.mjs",
            "site.json"
        ]
    );
    assert!(text(&build, "index.html").contains("<a href=\"a.html\">a</a>"));
    assert!(text(&build, "index.html").contains("<title>Home · My book</title>"), "{}", text(&build, "index.html"));
    assert_eq!(build.findings, []);
}

#[test]
fn pages_and_sections_are_kept_out_of_the_search() {
    let build = built(
        "-- book.toml --\n[search.pages]\n\"old\" = false\n\"guides\" = 2\n-- index.md --\n# Home\n\n## Secret {.no-search}\n\nhidden one\n\n### Below\n\nhidden two\n\n## After\n\nseen\n\
         -- old/a.md --\n# hidden three\n-- guides/b.md --\n# Guide\n-- c.md --\n---\nsearch: 0.5\n---\n# C\n-- d.md --\n---\nsearch: {exclude: true}\n---\n# hidden four\n",
    );
    let documents = build.contents().documents();
    let boosts: Vec<(&str, u64)> = documents
        .iter()
        .filter(|document| document.heading.is_empty())
        .map(|document| (document.path.as_str(), document.boost))
        .collect();
    assert_eq!(boosts, [("c.md", 50), ("guides/b.md", 200), ("index.md", 100)]);
    let all = format!("{documents:?}");
    assert!(!all.contains("hidden") && all.contains("seen"), "{all}");
}

#[test]
fn findings_stand_in_the_file_that_the_author_wrote() {
    let build = built("-- a.md --\n# A\n\n{{#include part.md}}\n\n[x](nope.md)\n-- part.md --\nline\n[y](gone.md)\n");
    let shown: Vec<String> = build.findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        ["a.md:5:1: no page or file `nope.md` [broken-link]", "part.md:2:1: no page or file `gone.md` [broken-link]"]
    );
}

#[test]
fn drafts_are_nowhere() {
    let build = built("-- README.md --\n# Home\n\n[d](d.md)\n-- d.md --\n---\ndraft: true\n---\n# D\n\ncanary\n");
    for artifact in build.artifacts.values() {
        assert!(!String::from_utf8_lossy(&artifact.bytes()).contains("canary"), "{}", artifact.path);
    }
    assert!(build.contents().documents().iter().all(|document| !document.text.contains("canary")));
}

#[test]
fn a_template_that_fails_gives_way_and_is_found() {
    let book = "-- a.md --\n# A\n-- theme/templates/page.html --\n{% extends \"base.html\" %}{{ nonsense.x }}\n";
    let build = built(book);
    assert!(text(&build, "a.html").contains("<h1"));
    assert!(build.is_denied(), "{:?}", build.findings);
    let build = built("-- a.md --\n# A\n-- theme/templates/page.html --\nmine: {{ page.title }}\n");
    assert_eq!(text(&build, "a.html"), "mine: A\n");
    assert_eq!(build.findings, []);
}

#[test]
fn an_mdbook_is_read_as_it_is() {
    let build = built(
        "-- book.toml --\n[book]\ntitle = 'T'\n-- src/SUMMARY.md --\n# Summary\n\n[Intro](intro.md)\n\n- [One](01-one.md)\n  - [Two](sub/README.md)\n-- src/intro.md --\n# Intro\n-- src/01-one.md --\n# One\n-- src/sub/README.md --\n# Two\n-- src/other.md --\n# Other\n-- src/x.bin --\n1\n",
    );
    assert!(text(&build, "01-one.html").contains("rel=\"next\" href=\"sub/index.html\""));
    assert!(text(&build, "index.html").contains("url=intro.html"));
    assert!(text(&build, "contents.html").contains("other.html"));
    assert_eq!(text(&build, "x.bin"), "1\n");
    assert_eq!(build.findings.len(), 1, "{:?}", build.findings);
}

#[test]
fn a_book_without_a_page_is_a_site_too() {
    let build = built("-- notes.txt --\n");
    let first = text(&build, "index.html");
    assert!(first.contains("My book") && first.contains("There is no page yet"), "{first}");
}

/// The terms that are marked on a page, each with where it leads and what it means.
fn terms(build: &Build, path: &str) -> Vec<String> {
    let html = text(build, path);
    let marked = html.split("<a class=\"term\" href=\"").skip(1);
    let shown =
        marked.map(|after| after.split("</a>").next().unwrap().replace("\" title=\"", " | ").replace("\">", " | "));
    shown.collect()
}

const GLOSSARY: &str = "-- words/glossary.md --\n---\nglossary: true\n---\n# Words\n\nSlot\nTime slot\n: An hour.\n\n  More.\n\nSlot storm\n: Many \\<at> \\\"once\\\".\n\nSLA\n: A promise.\n\nR&D\n: Research.\n\nNever\n: Not used.\n\n時間\n: Time.\n";

#[test]
fn terms_are_marked_where_a_page_first_uses_them() {
    let marks = |text: &str| terms(&built(&format!("{GLOSSARY}-- a.md --\n# A slot\n\n{text}\n")), "a.html");
    let slot = |name: &str| format!("words/glossary.html#slot | An hour. | {name}");
    assert_eq!(marks("A slot, a slot."), [slot("slot")]);
    assert_eq!(marks("Time\nslots and slots."), [slot("Time\nslots")]);
    assert_eq!(
        marks("A Slot storm in a slot."),
        ["words/glossary.html#slot-storm | Many &lt;at&gt; &quot;once&quot;. | Slot storm".to_owned(), slot("slot")]
    );
    assert_eq!(
        marks("R&D of 1時間."),
        ["words/glossary.html#rd | Research. | R&amp;D", "words/glossary.html#時間 | Time. | 時間"]
    );
    // With capitals of its own a term must be written so; a part of a word is no word.
    assert_eq!(marks("The sla, slotted, pre-slot, slot-like, a.slot, snow."), [""; 0]);
    assert_eq!(marks("The SLA."), ["words/glossary.html#sla | A promise. | SLA"]);
    // Code, headings, links, labels.
    let elsewhere = "`slot` [slot](b.md) **bold**\n\n## Slot\n\n```\nslot\n```\n\n| Slot |\n|---|\n\n<kbd>slot</kbd> <details><summary>slot</summary></details>\n\n$slot$\n";
    assert_eq!(marks(elsewhere), [""; 0]);
    assert_eq!(marks("<div title=\"a > slot\">**slot**</div>"), [slot("slot")]);
}

#[test]
fn a_glossary_is_what_says_so_and_pages_can_do_without() {
    let book = format!(
        "{GLOSSARY}-- a.md --\n---\nglossary: false\n---\n# A\n\nslot\n-- b.md --\n# B\n\nOther\n: no term\n\nother slot [t](words/glossary.md#slot-storm)\n"
    );
    let all = built(&book);
    assert_eq!(terms(&all, "a.html"), [""; 0]);
    assert_eq!(terms(&all, "words/glossary.html"), [""; 0]);
    assert_eq!(terms(&all, "b.html").len(), 1);
    assert!(text(&all, "words/glossary.html").contains("<dt id=\"slot\">Slot<br />\nTime slot</dt>"));
    assert_eq!(all.findings, [], "a term can be linked");
    let some = built(&book.replace("glossary: true", "glossary: [never, SLA]"));
    assert_eq!(terms(&some, "b.html"), [""; 0]);
    let german = built(&format!("-- book.toml --\n[book]\nlanguage = \"de\"\n{GLOSSARY}-- a.md --\nslots\n"));
    assert_eq!(terms(&german, "a.html"), [""; 0]);
}

#[test]
fn a_change_of_the_glossary_reaches_the_pages_that_use_it() {
    let book = format!("{GLOSSARY}-- a.md --\n# A\n\nA slot.\n-- b.md --\n# B\n\nglossary\n");
    let mut memo = Memo::default();
    let mut run = |book: &str| match build(&inputs(book), &mut memo) {
        Outcome::Done(build) => *build,
        Outcome::Wants(wants) => panic!("{wants:?}"),
    };
    run(&book);
    for (from, to) in
        [(": An hour.", ": Two hours."), ("Slot\nTime", "Spot\nTime"), ("glossary: true", "glossary: false")]
    {
        let changed = book.replace(from, to);
        let (warm, cold) = (run(&changed), built(&changed));
        assert!(warm.artifacts == cold.artifacts, "{to}");
        assert_eq!(terms(&warm, "a.html"), terms(&cold, "a.html"));
    }
}

#[test]
fn what_could_run_or_steers_the_host_stays_behind() {
    let files = "-- book.toml --\n[book]\nsrc = 'docs'\n-- docs/a.md --\n# A\n-- docs/a.svg --\n<svg xmlns='http://www.w3.org/2000/svg' onload ='x'/>\n\
        -- docs/b.xsd --\n<r><x:script xmlns:x='http://www.w3.org/1999/xhtml'>x</x:script></r>\n-- docs/c.svg --\n<svg xmlns='http://www.w3.org/2000/svg'/>\n\
        -- docs/_headers --\n/*\n  X: y\n-- docs/CNAME --\nexample.org\n-- docs/functions/a.js --\nx\n-- docs/functions/b.js --\nx\n";
    let published = |build: &Build| -> Vec<&str> {
        let names = ["a.svg", "b.xsd", "c.svg", "_headers", "CNAME", "functions/a.js", "functions/b.js"];
        names.into_iter().filter(|name| build.artifacts.contains_key(&SitePath::new(name).unwrap())).collect()
    };
    let build = built(files);
    assert_eq!(published(&build), ["c.svg"]);
    let codes: Vec<&str> = build.findings.iter().map(|finding| finding.code.name()).collect();
    assert_eq!(codes, ["host-file", "host-file", "unsafe-file", "unsafe-file", "host-file", "host-file"]);
    let named = files.replace("src = 'docs'\n", "src = 'docs'\n[site]\nhost-files = ['_headers', 'functions/a.js']\n");
    assert_eq!(published(&built(&named)), ["c.svg", "_headers", "functions/a.js"]);
    let folder = files.replace("src = 'docs'\n", "src = 'docs'\n[site]\nhost-files = ['functions']\n");
    assert_eq!(published(&built(&folder)), ["c.svg", "functions/a.js", "functions/b.js"]);
    let trusting = files.replace("src = 'docs'\n", "src = 'docs'\n[markdown]\nhtml = 'trusted'\n");
    assert_eq!(published(&built(&trusting)), ["a.svg", "b.xsd", "c.svg"]);
}

#[test]
fn a_logo_that_could_run_is_left_out() {
    let build = built(
        "-- book.toml --\n[theme]\nlogo = 'l.svg'\n-- a.md --\n# A\n-- l.svg --\n<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>\n",
    );
    assert!(build.artifacts.keys().all(|path| !path.as_str().contains("logo")));
    assert_eq!(build.findings.iter().map(|finding| finding.code.name()).collect::<Vec<_>>(), ["unsafe-file"]);
}

#[test]
fn no_host_takes_the_markdown_of_a_page_for_html() {
    let build = built("-- a.md --\n<script>x</script>\n-- b.md --\n# B\n");
    assert_eq!(text(&build, "a.md"), "\u{feff}<script>x</script>\n");
    assert_eq!(text(&build, "b.md"), "# B\n");
}

#[test]
fn folders_in_folders_end_somewhere() {
    let chain = |depth: usize| "d/".repeat(depth);
    let build = built(&format!("-- a.md --\n# A\n-- {}b.md --\n# B\n-- {}c.md --\n# C\n", chain(60), chain(300)));
    assert!(build.artifacts.contains_key(&SitePath::new(&(chain(60) + "b.html")).unwrap()));
    assert!(!build.artifacts.contains_key(&SitePath::new(&(chain(300) + "c.html")).unwrap()));
    assert_eq!(build.findings.iter().map(|finding| finding.code.name()).collect::<Vec<_>>(), ["deep-nesting"]);
}

#[test]
fn pages_that_include_each_other_stay_and_show_the_loop() {
    let build = built("-- a.md --\n# A\n\n{{#include b.md}}\n-- b.md --\n# B\n\n{{#include a.md}}\n");
    let pages = |name: &str| build.artifacts.keys().filter(|path| path.as_str() == name).count();
    assert_eq!((pages("a.html"), pages("b.html")), (1, 1));
    let found: Vec<String> = build.findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        ["a.md:3:1: `b.md` includes itself [include-loop]", "b.md:3:1: `a.md` includes itself [include-loop]"]
    );
}

#[test]
fn a_manifest_names_nothing_but_files_below_its_folder() {
    let build = built("-- a.md --\n# A\n");
    let names = [".", "", "a/..", "./b.html", "c//d", "old.html"].map(|name| (name.to_owned(), "00".to_owned()));
    let present = Manifest { files: names.into(), ..Manifest::default() };
    let removed: Vec<String> = plan(&build, &Search::None, &present).remove.iter().map(ToString::to_string).collect();
    assert_eq!(removed, ["old.html"]);
}

#[test]
fn a_wikilink_is_found_by_the_title_of_its_page() {
    let build = built(
        "-- a.md --\n```sh\ngo\n```\n\nSee [[b]], [[c]], [[b|it]] and [[../README]].\n-- b.md --\n# The other page\n",
    );
    let found: Vec<String> = build.contents().documents().into_iter().map(|document| document.text).collect();
    assert_eq!(found, ["\tgo\nSee The other page, c, it and ../README.", ""]);
}

#[test]
fn a_page_without_a_title_has_that_of_the_navigation() {
    let book = |summary: &str, page: &str| {
        format!(
            "-- book.toml --\n[book]\n-- src/SUMMARY.md --\n{summary}\n-- src/ch13-01-closures.md --\n{page}\n-- src/b.md --\n# B\n\n[[ch13-01-closures]]\n"
        )
    };
    let mut memo = Memo::default();
    let mut title = |summary: &str, page: &str| {
        let inputs = inputs(&book(summary, page));
        let warm = match build(&inputs, &mut memo) {
            Outcome::Done(build) => *build,
            Outcome::Wants(wants) => panic!("everything is there, and yet it wants {wants:?}"),
        };
        let cold = built(&book(summary, page));
        assert!(warm.artifacts == cold.artifacts, "the memo hides a change: {summary}");
        let entry = &warm.site.entries[1];
        let title = entry.title().to_owned();
        assert!(text(&warm, "ch13-01-closures.html").contains(&format!("<title>{title} ")), "{title}");
        for name in ["site.json", "llms.txt", "b.html"] {
            assert!(text(&warm, name).contains(&title), "{title} is not in {name}");
        }
        assert!(
            warm.contents().documents().iter().any(|document| document.title == title && document.heading.is_empty())
        );
        title
    };
    let listed = "- [B](b.md)\n- [Closures](ch13-01-closures.md)\n- [Again](ch13-01-closures.md)";
    assert_eq!(title(listed, "Text."), "Closures");
    assert_eq!(title(&listed.replace("Closures", "Lambdas"), "Text."), "Lambdas");
    assert_eq!(title(listed, "---\ntitle: N/A\n---\n# TBD\n"), "Closures");
    assert_eq!(title(listed, "# Own\n"), "Own");
    assert_eq!(title(listed, "# N/A\n\n## Part\n"), "Closures");
    assert_eq!(title("- [B](b.md)\n- [none](ch13-01-closures.md)", "## Part\n"), "Ch13 01 closures");
}

#[test]
fn a_record_without_a_title_has_that_of_the_navigation() {
    let build = built(
        "-- src/SUMMARY.md --\n- [Redis for caching](adr/0001-use-redis.md)\n-- src/adr/0001-use-redis.md --\n# Context\n\nSlow.\n\n# Decision\n\nRedis.\n",
    );
    let entry = &build.site.entries[0];
    assert!(entry.record().is_some());
    assert_eq!((entry.title(), entry.bare_title()), ("Redis for caching", "Redis for caching"));
}

#[test]
fn an_item_of_a_list_of_tags_is_one_tag() {
    for (tags, expected) in [
        ("[\"two words\"]", ["two words", "two words"]),
        ("[two words, other, '#c', \"a, b\"]", ["two words|other|c|a, b", "two words|other|#c|a, b"]),
        ("two words, other", ["two words|other", "two words|other"]),
        ("two words", ["two|words", "two words"]),
    ] {
        let record = format!("---\nstatus: accepted\ntags: {tags}\n---\n# Use x\n");
        let build = built(&format!(
            "-- src/decisions/0001-x.md --\n{record}-- src/guidelines/a.md --\n{record}-- src/page.md --\n---\ntags: {tags}\n---\nText.\n"
        ));
        let entries: Vec<&Entry> = build.site.entries.iter().collect();
        let [decision, guideline, page] = entries[..] else { panic!("{:?}", build.counts) };
        assert!(decision.record().is_some() && page.record().is_none());
        assert_eq!(guideline.tags(), decision.tags(), "{tags}");
        assert_eq!([decision, page].map(|entry| entry.tags().join("|")), expected, "{tags}");
    }
}

#[test]
fn a_file_that_goes_away_unread_is_asked_for_once() {
    let mut inputs = inputs("-- index.md --\n# Home\n-- a.md --\n{{#title T}}\n# A\n\n![x](gone.svg)\n");
    let mut memo = Memo::default();
    assert!(matches!(build(&inputs, &mut memo), Outcome::Done(_)));
    inputs.unread =
        std::mem::take(&mut inputs.sources).into_iter().map(|(path, source)| (path, source.fingerprint)).collect();
    let page = BookPath::new("a.md").unwrap();
    // The finding about it is shown in the text of its file.
    let Outcome::Wants(wants) = build(&inputs, &mut memo) else { panic!("it was not read") };
    assert_eq!(wants.files, BTreeSet::from([page.clone()]));
    inputs.listing.remove(&page);
    inputs.diagnostics.push(Diagnostic::new(Code::Unreadable, &page, "cannot be read"));
    let Outcome::Done(done) = build(&inputs, &mut memo) else { panic!("it is asked for again") };
    assert!(done.findings.iter().any(|finding| finding.code == Code::Unreadable), "{:?}", done.findings);
}
