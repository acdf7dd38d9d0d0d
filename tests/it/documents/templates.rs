//! Keeps `docs/reference/templates.md` true: each template with its blocks and what it reads, each component, each shape of a view.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::{fields, names, root, table, text};

const DOCUMENT: &str = "docs/reference/templates.md";

/// What a template sees whole, and not one part of it.
const DEEP: &[&str] = &["site", "page", "assets"];

/// The text of each template of a theme, by name.
fn templates(theme: &str) -> BTreeMap<String, String> {
    let folder = root().join("themes").join(theme).join("templates");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.unwrap().path();
        (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap())
    };
    entries.map(read).collect()
}

/// What stands in `{{ }}` and `{% %}`, without what is in quotes.
fn expressions(template: &str) -> String {
    let code: String = template
        .split("{{")
        .skip(1)
        .filter_map(|part| part.split_once("}}").map(|(code, _)| code))
        .chain(template.split("{%").skip(1).filter_map(|part| part.split_once("%}").map(|(code, _)| code)))
        .flat_map(|code| [code, "\n"])
        .collect();
    code.split('"').step_by(2).collect::<Vec<_>>().join(" ")
}

/// The fields of the view that a template names, those of `site`, `page` and `assets` one by one.
fn reads(template: &str) -> BTreeSet<String> {
    let known: BTreeSet<String> = fields(&text("src/render/view.rs"), "View").into_iter().collect();
    let code = expressions(template);
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.');
    let mut found = BTreeSet::new();
    let mut rest = code.as_str();
    while let Some(start) = rest.find(is_part) {
        let length = rest[start..].find(|letter| !is_part(letter)).unwrap_or(rest.len() - start);
        let (word, after) = (&rest[start..start + length], &rest[start + length..]);
        let is_argument = after.starts_with('=') && !after.starts_with("==");
        let mut parts = word.split('.');
        let first = parts.next().unwrap_or("");
        if known.contains(first) && !is_argument {
            let second = parts.next().filter(|_| DEEP.contains(&first));
            found.insert(second.map_or(first.to_owned(), |second| format!("{first}.{second}")));
        }
        rest = after;
    }
    found
}

/// The names that follow a word of the template language.
fn after(template: &str, word: &str) -> BTreeSet<String> {
    let end = |letter: char| !(letter.is_ascii_alphanumeric() || letter == '_');
    template.split(word).skip(1).filter_map(|rest| rest.split(end).next()).map(str::to_owned).collect()
}

fn set(cell: &str) -> BTreeSet<String> {
    names(cell).into_iter().collect()
}

#[test]
fn every_template_is_listed_with_its_blocks_and_what_it_reads() {
    let rows = table(DOCUMENT, "| Template | Makes | Its blocks | It reads |");
    let listed: BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> =
        rows.iter().map(|row| (names(&row[0]).remove(0), (set(&row[2]), set(&row[3])))).collect();
    let of_template = |(name, template): (String, String)| {
        // Components see what they are given.
        let reads = if name == "parts.html" { BTreeSet::new() } else { reads(&template) };
        (name, (after(&template, "{% block "), reads))
    };
    let real: BTreeMap<_, _> = templates("default").into_iter().map(of_template).collect();
    for (name, expected) in &real {
        assert_eq!(listed.get(name), Some(expected), "{name}");
    }
    assert_eq!(listed.keys().collect::<Vec<_>>(), real.keys().collect::<Vec<_>>());
    let others: Vec<String> = templates("plain").into_keys().filter(|name| !real.contains_key(name)).collect();
    assert_eq!(others, [""; 0], "a template of the other theme that overrides none");
}

#[test]
fn every_component_is_listed_with_what_it_takes() {
    let rows = table(DOCUMENT, "| Component | Makes |");
    let listed: BTreeSet<String> = rows.iter().flat_map(|row| names(&row[0])).collect();
    let parts = &templates("default")["parts.html"];
    let signatures = parts.split("{%- component ").skip(1).filter_map(|rest| rest.split_once(" -%}"));
    assert_eq!(listed, signatures.map(|(signature, _)| signature.to_owned()).collect());
}

#[test]
fn every_shape_that_fields_have_is_listed() {
    let rows = table(DOCUMENT, "| Shape | Is | Its fields |");
    let listed: BTreeMap<String, Vec<String>> =
        rows.iter().map(|row| (names(&row[0]).remove(0), names(&row[2]))).collect();
    let folder = fs::read_dir(root().join("src/render/view")).unwrap();
    let files = folder.map(|entry| format!("src/render/view/{}", entry.unwrap().file_name().to_string_lossy()));
    let mut real = BTreeMap::new();
    for file in files.chain(["src/render/view.rs".to_owned(), "src/render/neighbourhood.rs".to_owned()]) {
        let code = text(&file);
        for part in code.split("#[derive(").skip(1).filter(|part| part.split(')').next().unwrap().contains("Serialize"))
        {
            let name = part.split("struct ").nth(1).unwrap().split(' ').next().unwrap();
            // These have a table of their own.
            if !["View", "SiteView", "PageView", "AssetsView", "RecordView"].contains(&name) {
                real.insert(name.trim_end_matches("View").to_owned(), fields(&code, name));
            }
        }
    }
    assert_eq!(listed, real);
}
