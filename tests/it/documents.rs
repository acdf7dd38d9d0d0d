//! Keeps the documents true: what the documentation, README, ARCHITECTURE and CONTRIBUTING list is what the program has.

mod blocks;
mod commands;
mod keys;
mod manual;
mod templates;
mod transcript;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use precedent::config::Config;
use precedent::diagnostic::Code;
use precedent::file::Source;
use precedent::page::slug;
use precedent::path::BookPath;

use super::architecture::FLOORS;
use blocks::{blocks, prose};

/// Those beside the code; the book in `docs` is read from its folder.
const BESIDE_THE_CODE: &[&str] =
    &["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "fuzz/README.md"];

/// Top-level folders; what the documents name below them must be there.
const FOLDERS: &[&str] = &["src/", "tests/", "themes/", "templates/", "benches/", "docs/", "docs-example/", "fuzz/"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The paths of all documents, from the root.
fn documents() -> Vec<String> {
    let mut found: Vec<String> = BESIDE_THE_CODE.iter().map(|name| (*name).to_owned()).collect();
    let mut open = vec!["docs".to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if path == "docs/site" {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                open.push(path);
            } else if path.ends_with(".md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The rows of the table with this head, cell by cell.
fn table(document: &str, head: &str) -> Vec<Vec<String>> {
    let text = text(document);
    let mut lines = text.lines().skip_while(|line| *line != head);
    assert!(lines.next().is_some(), "{document} has no table `{head}`");
    lines.skip(1).take_while(|line| line.starts_with('|')).map(cells).collect()
}

fn cells(line: &str) -> Vec<String> {
    let protected = line.replace("\\|", "\u{1}");
    protected.trim_matches('|').split('|').map(|cell| cell.trim().replace('\u{1}', "|")).collect()
}

/// What stands in backticks.
fn names(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What stands before this line is written by hand; what stands after it is made by a test.
const MARK: &str = "<!-- From here on: made by `UPDATE=1 cargo test --test it documents` -->\n";

/// Asserts that a document ends with what is made, after the mark; or writes it there.
fn ends_with(document: &str, made: &str) {
    let page = text(document);
    let (by_hand, listed) = page.split_once(MARK).unwrap_or_else(|| panic!("{document} has no mark"));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join(document), format!("{by_hand}{MARK}{made}")).unwrap();
    }
    assert_eq!(listed, made, "`UPDATE=1` writes the end of {document} anew");
}

#[test]
fn every_finding_is_listed_with_its_level_and_meaning() {
    let row = |code: &Code| {
        let level = format!("{:?}", code.default_severity()).to_lowercase();
        format!("| [`{code}`]({code}.md) | {level} | {} |\n", code.meaning().trim())
    };
    let rows: String = Code::ALL.iter().map(row).collect();
    ends_with("docs/reference/findings/index.md", &format!("\n| Code | Level | Meaning |\n|---|---|---|\n{rows}"));
}

#[test]
fn every_command_line_that_a_reader_copies_is_understood() {
    let mut lines: Vec<String> = documents().iter().flat_map(|name| command_lines(&text(name))).collect();
    for command in precedent::cli::command().get_subcommands() {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        // What the example does stands after several spaces.
        lines.extend(
            help.lines()
                .filter_map(|line| line.strip_prefix("  precedent "))
                .map(|line| line.split("   ").next().unwrap().to_owned()),
        );
    }
    assert!(lines.len() > 20, "{lines:?}");
    for line in lines.into_iter().filter(|line| line != "--version") {
        let parsed =
            precedent::cli::command().try_get_matches_from(["precedent".to_owned()].into_iter().chain(words(&line)));
        let understood = parsed.map(|matches| {
            let query =
                matches.subcommand().and_then(|(_, matches)| matches.try_get_many::<String>("query").ok().flatten());
            query.into_iter().flatten().all(|word| !word.starts_with("--"))
        });
        assert!(matches!(understood, Ok(true)), "precedent {line}: {understood:?}");
    }
}

/// The arguments of each call of the program in the shell blocks of a document.
fn command_lines(text: &str) -> Vec<String> {
    let blocks = blocks(text).into_iter();
    let lines = blocks.flat_map(|block| match block.words().first() {
        Some(&"sh") => block.content.lines().collect(),
        Some(&"console") => block.content.lines().filter_map(|line| line.strip_prefix("$ ")).collect(),
        _ => Vec::new(),
    });
    let calls = lines.filter_map(|line| {
        let line = line.split(" # ").next().unwrap_or("").trim();
        let by_cargo = line.strip_prefix("cargo run").and_then(|rest| rest.split_once("-- ")).map(|(_, rest)| rest);
        line.strip_prefix("precedent ").or(by_cargo)
    });
    calls.map(str::to_owned).collect()
}

/// Splits as a shell does, as far as the documents go: quotes, and `>` for a file.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for letter in line.split(" > ").next().unwrap_or("").chars() {
        match (quote, letter) {
            (None, '\'' | '"') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None, ' ') => words.push(String::new()),
            _ => words.last_mut().unwrap().push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_setting_is_listed_and_every_listed_setting_is_read() {
    let listed: BTreeSet<String> = table("docs/reference/settings.md", "| Key | Default | Meaning |")
        .iter()
        .map(|row| names(&row[0]).remove(0))
        .collect();
    for name in listed.iter().filter(|name| *name != "rules.CODE") {
        let text = match name.rsplit_once('.') {
            Some((table, key)) => format!("[{table}]\n{key} = 0\n"),
            None => format!("{name} = 0\n"),
        };
        let settings = Source::new(BookPath::new("book.toml").unwrap(), text.into_bytes());
        let (_, found) = Config::read(&settings);
        assert!(found.iter().all(|diagnostic| diagnostic.code == Code::InvalidSetting), "{name}: {found:?}");
    }
    let keys: BTreeSet<String> =
        listed.iter().map(|name| name.rsplit('.').next().unwrap().to_owned()).filter(|key| key != "CODE").collect();
    assert_eq!(keys_that_are_read(), keys);
}

/// The keys that the room of settings asks for by name, apart from those of whole tables.
fn keys_that_are_read() -> BTreeSet<String> {
    let code = text("src/config.rs")
        + &text("src/config/decisions.rs")
        + &text("src/config/feed.rs")
        + &text("src/config/look.rs")
        + &text("src/config/mdbook.rs")
        + &text("src/config/reading_paths.rs");
    let calls = [
        "text(\"",
        "checked(\"",
        "address(\"",
        "texts(\"",
        "hosts(\"",
        "path(\"",
        "paths(\"",
        "site_paths(\"",
        "boolean(\"",
        "choice(\"",
        "either(\"",
        "table(\"redirect",
        "table(\"dialects",
        "table(\"pages",
        "table(\"synonyms",
        "table(\"trackers",
        "tables(\"reading-paths",
    ];
    let keys = calls.iter().flat_map(|call| {
        let after = if call.ends_with('"') { call.len() } else { call.find('"').unwrap() + 1 };
        code.match_indices(call)
            .map(|(at, _)| code[at + after..].split('"').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    });
    keys.collect()
}

#[test]
fn every_field_that_templates_see_is_listed() {
    let rows = table("docs/reference/templates.md", "| Field | Holds |");
    let listed: Vec<String> = rows.iter().flat_map(|row| names(&row[0])).collect();
    let code = text("src/render/view.rs") + &text("src/render/view/assets.rs");
    let mut fields: BTreeSet<String> = fields(&code, "View")
        .into_iter()
        .filter(|field| !["site", "page", "assets"].contains(&field.as_str()))
        .collect();
    for (name, place) in
        [("SiteView", "site."), ("PageView", "page."), ("AssetsView", "assets."), ("RecordView", "page.record.")]
    {
        fields.extend(self::fields(&code, name).into_iter().map(|field| format!("{place}{field}")));
    }
    // Added where the body is put together.
    fields.extend(["heading", "lead", "rest"].map(|part| format!("page.{part}")));
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), fields);
    assert_eq!(listed.len(), fields.len(), "a field is listed twice");
}

/// The fields of a struct that are serialised.
fn fields(code: &str, name: &str) -> Vec<String> {
    let (_, after) = code.split_once(&format!("struct {name} {{\n")).unwrap_or_else(|| panic!("there is no `{name}`"));
    let mut fields = Vec::new();
    let mut skipped = false;
    for line in after.split("\n}").next().unwrap().lines().map(str::trim) {
        if line.starts_with("#[serde(skip") {
            skipped = true;
        } else if let Some((field, _)) = line.split_once(": ").filter(|_| !line.starts_with('/')) {
            let field = field.rsplit(' ').next().unwrap_or(field).to_owned();
            if !std::mem::take(&mut skipped) {
                fields.push(field);
            }
        }
    }
    fields
}

#[test]
fn every_link_and_path_in_the_documents_exists() {
    let mut wrong = Vec::new();
    for document in &documents() {
        let folder = root().join(document).parent().expect("a file").to_owned();
        let own = prose(&text(document));
        let outside_code: String = own.split('`').step_by(2).collect();
        for target in outside_code.split("](").skip(1).filter_map(|after| after.split(')').next()) {
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            if target.contains("://") {
                continue;
            }
            let file = if path.is_empty() { root().join(document) } else { folder.join(path) };
            let has_anchor = || {
                let text = fs::read_to_string(&file).unwrap_or_default();
                anchor.is_empty() || headings(&prose(&text)).contains(anchor)
            };
            if !file.exists() || !has_anchor() {
                wrong.push(format!("{document}: {target}"));
            }
        }
        // The book in `docs` names files of its readers too, which may lie in folders of these names.
        let is_ours = |name: &String| !document.starts_with("docs/") || name.ends_with(".rs") || name.ends_with(".mjs");
        let is_path = |name: &String| FOLDERS.iter().any(|folder| name.starts_with(folder));
        let paths = names(&own).into_iter().filter(|name| is_path(name) && is_ours(name));
        wrong.extend(
            paths
                .filter(|path| !path.contains('…') && !path.contains("TARGET") && !root().join(path).exists())
                .map(|path| format!("{document}: `{path}`")),
        );
    }
    assert_eq!(wrong, [""; 0]);
}

fn headings(text: &str) -> BTreeSet<String> {
    text.lines().filter(|line| line.starts_with('#')).map(|line| slug(line.trim_start_matches('#'))).collect()
}

#[test]
fn the_readme_is_a_door() {
    assert!(text("README.md").lines().count() <= 150);
}

#[test]
fn every_page_of_a_part_is_listed_where_the_part_begins() {
    let documents = documents();
    for index in documents.iter().filter(|path| path.starts_with("docs/") && path.ends_with("/index.md")) {
        let folder = index.trim_end_matches("index.md");
        let listed = text(index);
        for page in documents.iter().filter_map(|path| path.strip_prefix(folder)).filter(|page| *page != "index.md") {
            let below = page.split_once('/').map(|(folder, _)| format!("{folder}/index.md"));
            let page = below.unwrap_or_else(|| page.to_owned());
            assert!(listed.contains(&format!("]({page})")), "{index} does not list {page}");
        }
    }
}

#[test]
fn the_floors_are_those_that_are_kept() {
    let mut listed: Vec<BTreeSet<String>> = table("ARCHITECTURE.md", "| Floor | Rooms | Do |")
        .iter()
        .map(|row| names(&row[1]).into_iter().collect())
        .collect();
    listed.reverse();
    let kept: Vec<BTreeSet<String>> =
        FLOORS.iter().map(|rooms| rooms.iter().map(|room| (*room).to_owned()).collect()).collect();
    assert_eq!(listed, kept);
    let modules = text("src/lib.rs");
    let modules: BTreeSet<String> = modules
        .lines()
        .filter_map(|line| Some(line.strip_prefix("pub mod ")?.trim_end_matches(';').to_owned()))
        .collect();
    assert_eq!(listed.into_iter().flatten().collect::<BTreeSet<_>>(), modules);
}

#[test]
fn the_documents_name_the_toolchain_and_the_grammars() {
    let (markdown, manifest) = (text("docs/reference/markdown.md"), text("Cargo.toml"));
    let version = manifest.split("rust-version = \"").nth(1).unwrap().split('"').next().unwrap();
    for document in ["README.md", "docs/reference/install.md"] {
        assert!(text(document).contains(&format!("Rust {version}")), "{document}");
    }
    let languages: BTreeSet<&str> =
        manifest.split("\"lang-").skip(1).map(|after| after.split('"').next().unwrap()).collect();
    let (before, _) = markdown.split_once(" are coloured;").unwrap();
    let sentence = before.rsplit("\n\n").next().unwrap().to_lowercase().replace(" and ", ", ").replace('\n', " ");
    let listed: BTreeSet<&str> = sentence.split(',').map(str::trim).chain(["diff"]).collect();
    assert_eq!(listed, languages);
}
