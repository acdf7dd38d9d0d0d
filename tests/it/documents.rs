//! Keeps the documents true: what README, ARCHITECTURE and CONTRIBUTING list is what the program has.

mod templates;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::{Arg, ArgAction, Command};
use precedent::config::Config;
use precedent::diagnostic::Code;
use precedent::file::Source;
use precedent::page::slug;
use precedent::path::BookPath;

use super::architecture::FLOORS;

const DOCUMENTS: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "themes/README.md",
    "SECURITY.md",
    "fuzz/README.md",
];

/// Top-level folders; what the documents name below them must be there.
const FOLDERS: &[&str] = &["src/", "tests/", "themes/", "templates/", "benches/", "docs-example/", "fuzz/"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
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

#[test]
fn every_finding_is_listed_with_its_level_and_meaning() {
    let listed = table("README.md", "| Code | Level | Meaning |");
    let row = |code: &Code| {
        let level = format!("{:?}", code.default_severity()).to_lowercase();
        vec![format!("`{code}`"), level, code.meaning().trim().to_owned()]
    };
    assert_eq!(listed, Code::ALL.iter().map(row).collect::<Vec<_>>());
}

#[test]
fn every_command_is_listed_with_its_arguments_and_options() {
    let listed: Vec<Vec<String>> = table("README.md", "| Command | Options | Does |")
        .into_iter()
        .map(|row| [names(&row[0]), names(&row[1])].concat())
        .collect();
    let mut command = precedent::cli::command();
    command.build();
    let commands = command.get_subcommands().filter(|command| command.get_name() != "help");
    assert_eq!(listed, commands.map(signature).collect::<Vec<_>>());
}

/// `search QUERY…`, then its options.
fn signature(command: &Command) -> Vec<String> {
    let positional = |arg: &Arg| {
        let name = arg.get_value_names().map_or(arg.get_id().to_string(), |names| names[0].to_string());
        let name = if matches!(arg.get_action(), ArgAction::Append) { format!("{name}…") } else { name };
        if arg.is_required_set() { name } else { format!("[{name}]") }
    };
    let arguments = command.get_positionals().map(positional);
    let name = [command.get_name().to_owned()].into_iter().chain(arguments).collect::<Vec<_>>().join(" ");
    // In the order of the definition, as `--help` shows them.
    let options = command.get_arguments().filter_map(Arg::get_long).filter(|long| !matches!(*long, "help" | "version"));
    [name].into_iter().chain(options.map(|long| format!("--{long}"))).collect()
}

#[test]
fn every_command_line_that_a_reader_copies_is_understood() {
    let mut lines: Vec<String> = DOCUMENTS.iter().flat_map(|name| command_lines(&text(name))).collect();
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
    for line in lines {
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
    let blocks = text.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
    let shell = blocks.filter(|(language, _)| matches!(*language, "sh" | "console"));
    let lines = shell.flat_map(|(_, code)| code.lines()).map(|line| line.trim_start_matches("$ "));
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
    let listed: BTreeSet<String> =
        table("README.md", "| Key | Default | Meaning |").iter().map(|row| names(&row[0]).remove(0)).collect();
    for name in listed.iter().filter(|name| *name != "rules.CODE") {
        let (table, key) = name.rsplit_once('.').unwrap();
        let settings = Source::new(BookPath::new("book.toml").unwrap(), format!("[{table}]\n{key} = 0\n").into_bytes());
        let (_, found) = Config::read(&settings);
        assert!(found.iter().all(|diagnostic| diagnostic.code == Code::InvalidSetting), "{name}: {found:?}");
    }
    let keys: BTreeSet<String> =
        listed.iter().map(|name| name.rsplit('.').next().unwrap().to_owned()).filter(|key| key != "CODE").collect();
    assert_eq!(keys_that_are_read(), keys);
}

/// The keys that the room of settings asks for by name, apart from those of whole tables.
fn keys_that_are_read() -> BTreeSet<String> {
    let code = text("src/config.rs") + &text("src/config/mdbook.rs");
    let calls = [
        "text(\"",
        "checked(\"",
        "address(\"",
        "texts(\"",
        "path(\"",
        "paths(\"",
        "boolean(\"",
        "choice(\"",
        "either(\"",
        "table(\"redirect",
        "table(\"dialects",
        "table(\"pages",
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
    let rows = table("themes/README.md", "| Field | Holds |");
    let listed: Vec<String> = rows.iter().flat_map(|row| names(&row[0])).collect();
    let code = text("src/render/view.rs");
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
    fields.extend(["page.heading".to_owned(), "page.rest".to_owned()]);
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
            let field = field.trim_start_matches("pub(super) ").trim_start_matches("pub ").to_owned();
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
    for document in DOCUMENTS {
        let folder = root().join(document).parent().expect("a file").to_owned();
        let text = without_blocks(&text(document));
        let prose: String = text.split('`').step_by(2).collect();
        for target in prose.split("](").skip(1).filter_map(|after| after.split(')').next()) {
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let missing = !path.is_empty() && !target.contains("://") && !folder.join(path).exists();
            let lost = path.is_empty() && !headings(&text).contains(anchor);
            if missing || lost {
                wrong.push(format!("{document}: {target}"));
            }
        }
        let paths = names(&text).into_iter().filter(|name| FOLDERS.iter().any(|folder| name.starts_with(folder)));
        wrong.extend(
            paths
                .filter(|path| !path.contains('…') && !root().join(path).exists())
                .map(|path| format!("{document}: `{path}`")),
        );
    }
    assert_eq!(wrong, [""; 0]);
}

fn headings(text: &str) -> BTreeSet<String> {
    text.lines().filter(|line| line.starts_with('#')).map(|line| slug(line.trim_start_matches('#'))).collect()
}

/// The text without its code blocks, whose fences would upset the count of backticks.
fn without_blocks(text: &str) -> String {
    text.split("```").step_by(2).collect()
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
fn the_readme_names_the_toolchain_and_the_grammars() {
    let (readme, manifest) = (text("README.md"), text("Cargo.toml"));
    let version = manifest.split("rust-version = \"").nth(1).unwrap().split('"').next().unwrap();
    assert!(readme.contains(&format!("Rust {version}")));
    let languages: BTreeSet<&str> =
        manifest.split("\"lang-").skip(1).map(|after| after.split('"').next().unwrap()).collect();
    let (before, _) = readme.split_once(" are coloured;").unwrap();
    let sentence = before.rsplit(". ").next().unwrap().to_lowercase().replace(" and ", ", ").replace('\n', " ");
    let listed: BTreeSet<&str> = sentence.split(',').map(str::trim).chain(["diff"]).collect();
    assert_eq!(listed, languages);
}
