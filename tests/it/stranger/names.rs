//! Names of the site belong to the site, and what cannot be written is said before anything is.

use std::collections::BTreeMap;

use crate::program::Folder;

const BOOK: &str = "-- book.toml --\n[book]\nsrc = 'docs'\n-- docs/index.md --\n# Home\n";

/// The files of a site, with what they hold.
type Files = BTreeMap<String, Vec<u8>>;

/// Builds a book with further files, and one without; returns both sites and what was found.
fn beside(more: &str) -> (Files, Files, String) {
    let (plain, book) = (Folder::with(BOOK), Folder::with(&format!("{BOOK}{more}")));
    plain.run(&["build", "-q"]).exits(0);
    let built = book.run(&["build", "-q"]).exits(0);
    let checked = book.run(&["check"]).exits(0);
    assert_eq!(built.err, checked.err, "a check finds what a build finds");
    (plain.files("book"), book.files("book"), built.err)
}

#[test]
fn no_file_beside_the_pages_takes_the_place_of_one_of_the_site() {
    let plain = Folder::with(BOOK);
    plain.run(&["build", "-q"]).exits(0);
    let scripts: Vec<String> =
        plain.files("book").into_keys().filter(|name| !name.ends_with(".html") && !name.ends_with(".md")).collect();
    assert!(scripts.len() > 10, "{scripts:?}");
    let own_words = ["llms.txt", "robots.txt"];
    for name in scripts.iter().filter(|name| !own_words.contains(&name.as_str())) {
        for name in [name.clone(), name.to_uppercase()] {
            let (clean, built, found) = beside(&format!("-- docs/{name} --\nalert()\n"));
            let kept = clean.iter().all(|(name, content)| name == "site.json" || built.get(name) == Some(content));
            assert!(kept && !built.contains_key(&name.to_uppercase()), "{name}");
            assert!(found.contains("reserved-name") || found.contains("unsafe-file"), "{name}: {found}");
        }
    }
}

#[test]
fn names_that_the_program_needs_are_nobody_elses() {
    for name in [".precedent-lock", ".precedent-manifest.json", "search.mjs/x.txt", "search/0/new.js", "Sitemap.XML"] {
        let folder = Folder::with(&format!(
            "-- book.toml --\n[book]\nsrc = 'docs'\n[output.html.redirect]\n\"/{name}\" = \"index.html\"\n-- docs/index.md --\n# Home\n"
        ));
        let ran = folder.run(&["build", "-q"]).exits(0);
        assert!(ran.err.contains("reserved-name"), "{name}: {}", ran.err);
        folder.run(&["build", "-q"]).exits(0);
        folder.run(&["clean"]).exits(0);
    }
}

#[test]
fn of_two_that_cannot_both_be_written_one_gives_way() {
    let long = "n".repeat(251);
    let cases = [
        (
            "an alias that is a script",
            "-- docs/a.md --\n---\naliases: [navigation.js]\n---\n# A\n".to_owned(),
            "reserved-name",
        ),
        (
            "an alias below a page",
            "-- docs/a.md --\n---\naliases: [index.html/x]\n---\n# A\n".to_owned(),
            "reserved-name",
        ),
        (
            "an alias that is the lock",
            "-- docs/a.md --\n---\naliases: [.precedent-lock]\n---\n# A\n".to_owned(),
            "reserved-name",
        ),
        (
            "an alias without end",
            format!("-- docs/a.md --\n---\naliases: [{}]\n---\n# A\n", "x".repeat(400)),
            "invalid-name",
        ),
        (
            "an alias of many folders",
            format!("-- docs/a.md --\n---\naliases: [{}]\n---\n# A\n", "x/".repeat(600)),
            "invalid-name",
        ),
        ("a page beside a folder", "-- docs/a.md --\n# A\n-- docs/a.html/z.txt --\nz\n".to_owned(), "reserved-name"),
        ("a page with a long name", format!("-- docs/{long}.md --\n# N\n"), "invalid-name"),
    ];
    for (what, files, code) in cases {
        let (clean, built, found) = beside(&files);
        assert!(found.contains(code), "{what}: {found}");
        // The files of the search are named by what they hold.
        assert!(
            clean.keys().all(|name| name.starts_with("search/") || built.contains_key(name)),
            "{what}: the rest of the site is there"
        );
    }
    let folder = Folder::with(&format!(
        "{BOOK}-- docs/{long}.md --\n# Long\n\n[home](index.md)\n-- docs/b.md --\n[long]({long}.md)\n"
    ));
    folder.run(&["build", "-q"]).exits(0);
    let name =
        folder.files("book").into_keys().find(|name| name.starts_with("nnn") && name.ends_with(".html")).unwrap();
    assert!(name.len() <= 255 && folder.read("book/b.html").contains(&name), "the page is there, and links lead to it");
}

#[test]
fn an_include_takes_no_page_away() {
    let record = "-- docs/decisions/0001-use-x.md --\n# 1. Use X\n\n## Status\n\nAccepted\n\nneedle\n";
    for include in ["decisions/0001-use-x.md:1:1", "decisions/0001-use-x.md", "decisions/0001-use-x.md:1"] {
        let folder = Folder::with(&format!("{BOOK}{record}-- docs/n.md --\n# N\n\n{{{{#include {include}}}}}\n"));
        folder.run(&["build", "-q"]).exits(0);
        assert!(folder.path("book/decisions/0001-use-x.html").exists(), "{include}");
        assert!(folder.run(&["list"]).exits(0).out.contains("Use X"), "{include}");
        assert!(folder.run(&["search", "needle"]).exits(0).out.contains("0001-use-x.md"), "{include}");
    }
    // In an mdBook a file that the navigation does not list and that a page shows whole is a part of it.
    let book = "-- src/SUMMARY.md --\n[Home](index.md)\n-- src/index.md --\n{{#include whole.md}}\n{{#include some.md:1:1}}\n-- src/whole.md --\nwhole\n-- src/some.md --\nsome\nmore\n";
    let folder = Folder::with(book);
    folder.run(&["build", "-q"]).exits(0);
    let exists = |name: &str| folder.path(&format!("book/{name}.html")).exists();
    assert!(!exists("whole") && exists("some"));
    let folder = Folder::with(
        "-- index.md --\n{{#include _part.md}}\n{{#include page.md}}\n-- _part.md --\npart\n-- page.md --\npage\n",
    );
    folder.run(&["build", "-q"]).exits(0);
    assert!(!folder.path("book/_part.html").exists() && folder.path("book/page.html").exists());
}

#[test]
fn a_book_has_its_own_words_for_robots_and_its_own_missing_page() {
    let files = format!(
        "{BOOK}-- docs/robots.txt --\nUser-agent: mine\n-- docs/llms.txt --\nmine\n-- docs/favicon.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n\
         -- docs/404.md --\n# Lost\n\n[home](index.md) ![i](favicon.svg)\n"
    );
    let folder = Folder::with(&files);
    let ran = folder.run(&["build", "-q", "--site-url", "https://example.org/docs"]).exits(0);
    assert_eq!(ran.err, "");
    assert_eq!(folder.read("book/robots.txt"), "User-agent: mine\n");
    assert_eq!(folder.read("book/llms.txt"), "mine\n");
    let lost = folder.read("book/404.html");
    assert!(
        lost.contains("Lost") && lost.contains("href=\"/docs/index.html\"") && !lost.contains("href=\"assets/"),
        "{lost}"
    );
    assert!(folder.read("book/index.html").contains("assets/favicon-"));
    assert!(!folder.read("book/navigation.js").contains("Lost") && !folder.read("book/sitemap.xml").contains("404"));
    folder.run(&["search", "lost"]).exits(1);
    // Where the book has no folder of its own for pages, nothing links to these files.
    let folder = Folder::with("-- README.md --\n# Home\n-- robots.txt --\nmine\n");
    folder.run(&["build", "-q"]).exits(0);
    assert_eq!(folder.read("book/robots.txt"), "mine\n");
}
