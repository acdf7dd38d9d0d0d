//! What is written for the host of a site, from the settings to the last line of a build.

use precedent::build::Memo;

use crate::memory::{built, built_with, files, shown, text};
use crate::program::Folder;

/// A book of which one page was named otherwise, with a page that is long enough to be compressed.
fn book(settings: &str) -> String {
    let long = "A sentence about queues, again and again. ".repeat(60);
    format!(
        "-- book.toml --\n{settings}\n-- index.md --\n# Home\n-- new.md --\n---\naliases: [old.md]\n---\n# New\n\n{long}\n"
    )
}

#[test]
fn a_build_writes_for_a_host_and_takes_it_back() {
    let folder = Folder::with(&book("[build]\nbuild-dir = \"site\""));
    let first = folder.run(&["build", "--for", "cloudflare"]).exits(0).out;
    assert!(first.contains("\n  for Cloudflare Pages: "), "{first}");
    let files = folder.files("site").len();
    assert!(first.contains(&format!(": {files} files of 20,000, ")), "{first}");
    assert!(folder.read("site/_headers").contains("frame-ancestors 'none'"));
    assert_eq!(folder.read("site/_redirects"), "/old.html /new.html 301\n/old /new.html 301\n");
    assert!(folder.path("site/old.html").exists(), "where the rule is lost, the page leads on");
    // The same again is known to be the same, and says so with the same words.
    let again = folder.run(&["build", "--for", "cloudflare"]).exits(0).out;
    assert!(again.contains("0 written, 0 removed"), "{again}");
    assert_eq!(again.lines().last(), first.lines().last());
    let without = folder.run(&["build"]).exits(0).out;
    assert!(!without.contains("Cloudflare") && !folder.path("site/_headers").exists(), "{without}");
    let wrong = folder.run(&["build", "--for", "geocities"]).exits(2).err;
    assert!(wrong.contains("[possible values: github, gitlab, cloudflare, netlify, azure, nginx]"), "{wrong}");
}

#[test]
fn what_a_host_refuses_is_a_warning() {
    let folder = Folder::with(&book("[site]\nhost = \"cloudflare\"\n[book]\nsrc = \"docs\""));
    folder.write("docs/index.md", "# Home\n");
    folder.write("docs/film.bin", vec![0; (25 << 20) + 1]);
    let ran = folder.run(&["build"]).exits(0);
    let expected = "warning: Cloudflare Pages takes files of 26.2 MB on the free plan, and `film.bin` has 26.2 MB";
    assert!(ran.err.contains(expected), "{}", ran.err);
}

#[test]
fn a_setting_is_as_good_as_the_option() {
    let site = built(&files(&book("[site]\nhost = \"azure\"")));
    let config: serde_json::Value = serde_json::from_str(&text(&site, "staticwebapp.config.json")).unwrap();
    assert_eq!(config["responseOverrides"]["404"]["rewrite"], "/404.html");
    let routes = config["routes"].as_array().unwrap();
    assert!(routes.iter().any(|route| route["route"] == "/old.html" && route["redirect"] == "/new.html"), "{config}");
    assert!(routes.iter().any(|route| route["route"] == "/assets/*"), "{config}");
}

#[test]
fn gitlab_gets_rules_in_the_place_of_pages() {
    let has = |settings: &str, name: &str| shown(&built(&files(&book(settings)))).contains_key(&format!("file {name}"));
    let known = "[site]\nhost = \"gitlab\"\nurl = \"https://group.gitlab.io/handbook/\"";
    assert!(has(known, "_redirects") && !has(known, "old.html"));
    let unknown = "[site]\nhost = \"gitlab\"";
    assert!(!has(unknown, "_redirects") && has(unknown, "old.html"));
}

#[test]
fn what_is_compressed_is_what_lies_beside_it() {
    let site = built(&files(&book("[site]\nhost = \"nginx\"")));
    let of = |name: &str| site.artifacts[&precedent::path::SitePath::new(name).unwrap()].bytes();
    let page = of("new.html");
    let mut unpacked = vec![0; page.len()];
    libdeflater::Decompressor::new().gzip_decompress(&of("new.html.gz"), &mut unpacked).unwrap();
    assert!(unpacked == *page);
    let settings = text(&site, "nginx.conf");
    assert!(settings.contains("location = /old.html {\n    return 301 \"/new.html\";"), "{settings}");
}

#[test]
fn the_authors_own_file_goes_out_where_the_settings_name_it() {
    let mut own = files(&book("[site]\nhost = \"netlify\"\nhost-files = [\"_headers\"]\n[build]\nfiles = \"all\""));
    own.insert("_headers".to_owned(), b"/*\n  X-Robots-Tag: noindex\n".to_vec());
    let site = built(&own);
    assert_eq!(text(&site, "_headers"), "/*\n  X-Robots-Tag: noindex\n");
    assert!(text(&site, "_redirects").starts_with("/old.html /new.html 301!\n"));
}

#[test]
fn a_warm_build_for_a_host_equals_a_cold_one() {
    let mut memo = Memo::default();
    let mut edited = files(&book("[site]\nhost = \"nginx\""));
    built_with(&edited, &mut memo);
    edited.get_mut("new.md").unwrap().extend_from_slice(b"\nOne sentence more.\n");
    assert_eq!(shown(&built_with(&edited, &mut memo)), shown(&built(&edited)));
    edited.insert("book.toml".to_owned(), b"[site]\nhost = \"github\"\n".to_vec());
    assert_eq!(shown(&built_with(&edited, &mut memo)), shown(&built(&edited)));
}

#[test]
fn a_rule_takes_no_name_of_the_site() {
    let rules = |redirects: &str| {
        let settings = format!("[site]\nhost = \"cloudflare\"\n[output.html.redirect]\n{redirects}");
        let site = built(&files(&(book(&settings) + "-- adr/0001-a.md --\n# 1. A\n\n## Status\n\nAccepted\n")));
        let rules = shown(&site).remove("file _redirects").unwrap_or_default();
        rules.replace("/old.html /new.html 301\n/old /new.html 301\n", "")
    };
    // A host may look at rules before it looks at files.
    assert_eq!(rules("\"/decision-log.html\" = \"https://evil.example/\""), "");
    assert_eq!(rules("\"/search/root.js\" = \"https://evil.example/\""), "");
    assert_eq!(rules("\"/navigation.js\" = \"https://evil.example/\""), "");
    assert_eq!(rules("\"/new.html\" = \"https://evil.example/\""), "");
    // What follows the path stays what it is.
    assert_eq!(
        rules("\"/a.html\" = \"/new.html?x=1#part\""),
        "/a.html /new.html?x=1#part 301\n/a /new.html?x=1#part 301\n"
    );
    // A folder is asked for without its slash too.
    assert_eq!(rules("\"/adr.html\" = \"/new.html\""), "/adr.html /new.html 301\n");
    // No text of a book begins a line of its own.
    let encoded = rules("\"/a b.html\" = \"/new.html\\n/* https://evil.example/\"");
    assert!(encoded.lines().all(|line| line.starts_with("/a%20b") && line.split(' ').count() == 3), "{encoded}");
}
