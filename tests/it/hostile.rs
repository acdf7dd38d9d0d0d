//! Hostile Markdown in every place where a stranger can write: no script reaches any file of the site.

mod oracle;
mod vectors;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::memory::{Files, built, text};
use oracle::{check_site, has_all_of_the_theme};

/// A folder for each vector, with a page for each place and one whose name is the vector.
fn book() -> Files {
    let mut files = Files::from([("index.md".to_owned(), b"# Home\n\n[x](script/inline.md)\n".to_vec())]);
    for (name, payload) in vectors::payloads() {
        for (place, page) in vectors::positions(&payload) {
            files.insert(format!("{name}/{place}.md"), page.into_bytes());
        }
        let file_name = payload.replace(['/', '\0'], "");
        files.insert(format!("{name}/{file_name}.md"), b"A page whose title is its name. [[inline]]\n".to_vec());
        files.insert(format!("{name}/{file_name}/below.md"), b"# Below\n".to_vec());
    }
    files
}

#[test]
fn there_are_enough_vectors_and_places() {
    assert!(vectors::payloads().len() >= 40 && vectors::positions("x").len() >= 14);
}

#[test]
fn nothing_hostile_reaches_the_site() {
    let build = built(&book());
    let pages = check_site(&build);
    assert!(pages > vectors::payloads().len() * 16, "{pages}");
}

#[test]
fn nothing_hostile_comes_through_the_navigation_or_an_include() {
    for (name, payload) in vectors::payloads() {
        let label = payload.replace(['[', ']'], "");
        let summary = format!(
            "# {payload}\n\n[{label}](a.md)\n\n# {payload}\n\n- [{payload}](b.md)\n- [{label}]()\n  - [x]({payload})\n- [x](<{payload}>)\n"
        );
        let mut files = crate::memory::files(
            "-- a.md --\n# A\n\n{{#include part.txt}}\n{{#title X}}\n-- b.md --\n# B\n\n```html\n{{#include part.txt}}\n```\n",
        );
        files.insert("SUMMARY.md".into(), summary.into_bytes());
        files.insert("part.txt".into(), payload.clone().into_bytes());
        files.insert(
            "c.md".into(),
            format!("{{{{#title {payload}}}}}\n# C\n\n{{{{#include {payload}}}}}\n").into_bytes(),
        );
        assert!(check_site(&built(&files)) >= 4, "{name}");
    }
}

#[test]
fn nothing_hostile_comes_through_the_settings() {
    for (name, payload) in vectors::payloads() {
        let quoted = crate::hostile::toml_string(&payload);
        let settings = format!(
            "[book]\ntitle = {quoted}\ndescription = {quoted}\nauthors = [{quoted}]\nlanguage = {quoted}\n[output.html]\ngit-repository-url = {quoted}\nedit-url-template = {quoted}\n[output.html.redirect]\n\"/old.html\" = {quoted}\n"
        );
        let files = Files::from([
            ("book.toml".to_owned(), settings.into_bytes()),
            ("index.md".to_owned(), b"# Home\n\nText.\n".to_vec()),
        ]);
        assert!(check_site(&built(&files)) >= 2, "{name}");
    }
}

/// A TOML string of any text.
fn toml_string(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|letter| {
            if letter == '"' || letter == '\\' || letter.is_control() {
                format!("\\u{:04X}", u32::from(letter))
            } else {
                letter.to_string()
            }
        })
        .collect();
    format!("\"{escaped}\"")
}

#[test]
fn what_is_not_hostile_stays() {
    let files = crate::memory::files(
        "-- a.md --\n# A\n\n<details open><summary>more</summary>\n\n<kbd>Ctrl</kbd> <a href=\"https://example.org\" title=\"x\">link</a> <img src=\"https://example.org/a.png\" alt=\"y\" width=\"3\"> H<sub>2</sub>O\n\n</details>\n\n<table><tr><td align=\"center\">x</td></tr></table>\n",
    );
    let build = built(&files);
    check_site(&build);
    let html = text(&build, "a.html");
    for kept in [
        "<details open=\"\">",
        "<summary>more</summary>",
        "<kbd>Ctrl</kbd>",
        "href=\"https://example.org\"",
        "width=\"3\"",
        "<sub>2</sub>",
        "<td align=\"center\">",
    ] {
        assert!(html.contains(kept), "no {kept}");
    }
}

#[test]
fn the_oracle_sees_what_it_must() {
    let page = |body: &str| {
        format!(
            "<!doctype html><html><head></head><body><a class=skip></a><header></header><div class=frame><main><h1>x</h1><article>{body}</article></main></div><footer></footer></body></html>"
        )
    };
    assert_eq!(oracle::faults(&page("<p>x</p>")), [""; 0]);
    for bad in [
        "<script>1</script>",
        "<script src=x.js></script>",
        "<p onclick=1>",
        "<a href=' java\nscript:x'>",
        "<img src=data:text/html,x>",
        "<iframe>",
        "<svg></svg>",
        "<p style=x>",
        "<base href=x>",
        "</main><main>",
        "<form>",
        "</main></div><p>x</p>",
        "<meta charset=x>",
        "<button>",
    ] {
        assert_ne!(oracle::faults(&page(bad)), [""; 0], "{bad}");
    }
    assert!(!has_all_of_the_theme(&page("")));
}

#[test]
fn the_pages_for_the_browser_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/hostile");
    let wanted = vectors::browser_pages();
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        wanted.iter().for_each(|(name, page)| fs::write(folder.join(name), page).unwrap());
    }
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.unwrap().path();
        (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap())
    };
    let present: BTreeMap<String, String> = fs::read_dir(&folder).unwrap().map(read).collect();
    assert!(present == wanted, "run this test with UPDATE=1, and look at what changes");
}
