//! The text that is searched: the same for the terminal, which draws nothing, and for a site.

use std::path::{Path, PathBuf};

use precedent::page::{Detail, Options, Page, PageTitle, Section, Target, parse};
use precedent::path::BookPath;

use super::found;
use crate::program::Folder;

fn read(name: &str, text: &str, detail: Detail) -> Page {
    let options = Options {
        detail,
        smart_punctuation: true,
        math: true,
        definition_lists: true,
        alerts: true,
        wikilinks: true,
        trust_html: false,
        vault: false,
        trackers: precedent::tracker::Trackers::NONE,
    };
    parse(&BookPath::new(name).unwrap(), &text.into(), &options)
}

fn markdown(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            markdown(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
}

/// The pages of the example and of the documentation, with their text.
fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    ["docs-example", "docs"].iter().for_each(|folder| markdown(&root.join(folder), &mut files));
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
    files.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

/// The sections, with what a link leads to in place of its number, which counts drawings too.
fn sections(page: &Page) -> Vec<(Section, Vec<&Target>)> {
    let section = |section: &Section| {
        let targets = section.titles.iter().map(|title| &page.outline.links[title.link].target).collect();
        let titles = section.titles.iter().map(|title| PageTitle { link: 0, ..title.clone() }).collect();
        (Section { titles, ..section.clone() }, targets)
    };
    page.content.sections.iter().map(section).collect()
}

#[test]
fn the_terminal_and_the_site_have_the_same_text() {
    for (name, text) in pages() {
        let page = read(&name, &text, Detail::Full);
        assert_eq!(sections(&read(&name, &text, Detail::Text)), sections(&page), "{name}");
        for line in page.content.sections.iter().flat_map(|section| section.text.lines()) {
            let is_tidy = line.starts_with('\t') || line.trim_matches([' ', '\t', '\r']) == line;
            assert!(is_tidy && !line.trim().is_empty(), "{name}: {line:?}");
        }
    }
}

/// What a drawing shows; of days and figures on an axis the source says nothing.
#[cfg(feature = "diagrams")]
fn shown(svg: &str) -> Vec<&str> {
    let (_, drawing) = svg.rsplit_once("</style>").unwrap_or(("", svg));
    let texts = drawing.split('<').filter_map(|part| Some(part.split_once('>')?.1));
    let words = texts.filter(|text| !text.contains(|sign: char| sign.is_ascii_digit())).flat_map(str::split_whitespace);
    words.filter(|word| word.chars().all(char::is_alphabetic)).collect()
}

#[cfg(feature = "diagrams")]
#[test]
fn every_word_that_a_diagram_shows_is_in_the_text() {
    let mut drawn = 0;
    for (name, text) in pages() {
        let page = read(&name, &text, Detail::Full);
        let text: String = page.content.sections.iter().map(|section| section.text.as_str()).collect();
        for diagram in &page.content.diagrams {
            let artifact = diagram.artifacts().next().expect("the drawing for light");
            let svg = String::from_utf8(artifact.bytes().to_vec()).unwrap();
            drawn += 1;
            let missing: Vec<&str> = shown(&svg).into_iter().filter(|word| !text.contains(word)).collect();
            assert!(missing.is_empty(), "{name}: {missing:?}\n{text}");
        }
    }
    assert!(drawn > 3, "{drawn} diagrams are too few to say anything");
}

#[test]
fn the_terminal_finds_a_page_by_its_title_in_the_navigation() {
    let folder = Folder::with("-- book.toml --\n-- src/SUMMARY.md --\n- [Quokka](a.md)\n-- src/a.md --\nText.\n");
    assert_eq!(found(&folder, "quokka").0, ["src/a.md"]);
    folder.write("src/SUMMARY.md", "- [Quoll](a.md)\n");
    assert_eq!((found(&folder, "quokka").0, found(&folder, "quoll").0), (vec![], vec!["src/a.md".to_owned()]));
}
