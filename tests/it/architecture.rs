//! Keeps the floors of the design: who may use whom, who may touch the world, which room is whose home.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the ground up. A room uses rooms on lower floors and no others.
pub(super) const FLOORS: &[&[&str]] = &[
    &["path", "fingerprint", "date", "glob"],
    &["codec", "time"],
    &["diagnostic", "file", "revision", "graph", "active_content", "tracker"],
    // Structured text names places, and a place is what a diagnostic has.
    &["data"],
    &["include", "page", "decision", "theme", "owner", "host"],
    // Settings name forms of decisions.
    &["config"],
    &["site", "schema"],
    &["log"],
    &["changes"],
    &["rule", "search", "render", "govern", "collision", "amend", "digest"],
    &["build"],
    &["history"],
    &["disk"],
    &["serve", "announce"],
    &["cli"],
];

/// The lowest room that may touch files, clock, environment and network.
const FIRST_WORLDLY: &str = "history";

/// The one room in which a third-party crate is at home.
const HOMES: &[(&str, &str)] = &[
    ("ammonia", "page"),
    ("annotate_snippets", "cli"),
    ("arborium", "page"),
    ("arborium_highlight", "page"),
    ("arborium_theme", "page"),
    ("axum", "serve"),
    ("base64", "active_content"),
    ("blake3", "fingerprint"),
    ("bytes", "codec"),
    ("clap", "cli"),
    ("clap_complete", "cli"),
    ("clap_mangen", "cli"),
    ("csv", "log"),
    ("emojis", "page"),
    ("etcetera", "cli"),
    ("frostem", "search"),
    ("globset", "glob"),
    ("hashbrown", "search"),
    ("html5ever", "page"),
    ("ignore", "disk"),
    ("jiff", "time"),
    ("libdeflater", "codec"),
    ("lz4_flex", "codec"),
    ("mail_builder", "digest"),
    ("merman", "page"),
    ("nix", "page"),
    ("notify", "serve"),
    ("open", "cli"),
    ("oxc_allocator", "render"),
    ("oxc_codegen", "render"),
    ("oxc_minifier", "render"),
    ("oxc_parser", "render"),
    ("oxc_span", "render"),
    ("percent_encoding", "path"),
    ("postcard", "codec"),
    ("pulldown_cmark", "page"),
    ("pulldown_cmark_escape", "page"),
    ("pulldown_latex", "page"),
    ("rayon", "build"),
    ("resvg", "render"),
    ("roxmltree", "active_content"),
    ("rust_embed", "theme"),
    ("rustix", "disk"),
    ("rustls", "announce"),
    ("serde_json", "data"),
    ("serde_yaml", "data"),
    ("similar", "cli"),
    ("stop_words", "search"),
    ("strsim", "diagnostic"),
    ("tantivy", "search"),
    ("tempfile", "disk"),
    ("tera", "render"),
    ("tokio", "serve"),
    ("tokio_stream", "serve"),
    ("toml", "data"),
    ("unicode_normalization", "search"),
    ("unicode_properties", "page"),
    ("ureq", "announce"),
];

/// Crates whose traits and derives belong to the language as the design speaks it.
const AT_HOME_EVERYWHERE: &[&str] = &["serde", "thiserror"];

/// What the program has and the library has not.
const OF_THE_PROGRAM: &[&str] = &["mimalloc"];

/// What touches the world.
const WORLDLY: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "fs::",
    "env::var",
    "env::current_dir",
    "SystemTime::now",
    "Instant::now",
    "std::thread::sleep",
    "println!",
    "eprintln!",
    "print!(",
    "dbg!",
];

/// What prints.
const PRINTING: &[&str] = &["println!", "eprintln!", "print!(", "eprint!(", "dbg!", "stdout()", "stderr()"];

/// The most lines that a file of the sources may have.
const LONGEST: usize = 400;

/// A file of the sources without its comments.
struct SourceFile {
    name: String,
    room: String,
    code: String,
    lines: usize,
}

fn sources() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(read(&root, &path));
        }
    }
    files.retain(|file| !["lib", "main"].contains(&file.room.as_str()));
    // Unit tests may use what integration tests use.
    files.retain(|file| !file.name.ends_with("/tests.rs"));
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
}

fn read(root: &Path, path: &PathBuf) -> SourceFile {
    let name = path.strip_prefix(root).unwrap().display().to_string().replace('\\', "/");
    let room = name.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
    let text = fs::read_to_string(path).unwrap();
    let code: Vec<&str> =
        text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line }).collect();
    SourceFile { name, room, code: code.join("\n"), lines: text.lines().count() }
}

fn floor(room: &str) -> usize {
    FLOORS
        .iter()
        .position(|rooms| rooms.contains(&room))
        .unwrap_or_else(|| panic!("the room `{room}` is on no floor; add it to FLOORS"))
}

/// The rooms that a code names after `crate::`, alone or in braces.
fn used_rooms(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => rooms.extend(group[..group.find('}').unwrap()].split(',').map(first_word)),
            None => drop(rooms.insert(first_word(rest))),
        }
    }
    rooms.retain(|room| !room.is_empty());
    rooms
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// The places where a code names one of the needles as a word of its own.
fn named<'a>(file: &SourceFile, needles: &'a [&'a str]) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in file.code.lines().enumerate() {
        for needle in needles {
            let whole_word = |at: usize| {
                !line[..at].ends_with(|before: char| before.is_alphanumeric() || matches!(before, '_' | '!' | '.'))
            };
            if line.match_indices(needle).any(|(at, _)| whole_word(at)) {
                found.push(format!("src/{}:{}: {needle}", file.name, number + 1));
            }
        }
    }
    found
}

#[test]
fn a_room_uses_only_lower_floors() {
    let mut wrong = Vec::new();
    for file in sources() {
        for used in used_rooms(&file.code).into_iter().filter(|used| *used != file.room) {
            if floor(&used) >= floor(&file.room) {
                wrong.push(format!(
                    "src/{}: `{}` (floor {}) uses `{used}` (floor {})",
                    file.name,
                    file.room,
                    floor(&file.room),
                    floor(&used)
                ));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn a_room_reaches_no_other_through_super() {
    let roots = sources().into_iter().filter(|file| !file.name.contains('/'));
    let wrong: Vec<String> =
        roots.filter(|file| file.code.replace("use super::*;", "").contains("super::")).map(|file| file.name).collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn every_room_stands_on_one_floor_and_exists() {
    let rooms: BTreeSet<String> = sources().into_iter().map(|file| file.room).collect();
    let planned: Vec<&str> = FLOORS.iter().copied().flatten().copied().collect();
    assert_eq!(
        rooms.iter().map(String::as_str).collect::<Vec<_>>(),
        planned.iter().copied().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    );
    assert_eq!(planned.len(), rooms.len());
}

#[test]
fn a_crate_has_one_home_and_every_dependency_is_used() {
    let files = sources();
    let mut rooms_of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in dependencies() {
        let used = |file: &&SourceFile| {
            let needles = [format!("{name}::"), format!("use {name};"), format!("{name}!")];
            !named(file, &needles.each_ref().map(String::as_str)).is_empty()
        };
        rooms_of.insert(name.clone(), files.iter().filter(used).map(|file| file.room.clone()).collect());
    }
    for name in AT_HOME_EVERYWHERE {
        rooms_of.remove(*name);
    }
    for name in OF_THE_PROGRAM {
        assert_eq!(rooms_of.remove(*name), Some(BTreeSet::new()), "{name} is for the program alone");
    }
    let homes: BTreeMap<String, BTreeSet<String>> =
        HOMES.iter().map(|(name, room)| ((*name).to_owned(), BTreeSet::from([(*room).to_owned()]))).collect();
    assert_eq!(rooms_of, homes);
}

/// The names of the dependencies as code writes them.
fn dependencies() -> Vec<String> {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let sections = manifest.split("\n[").filter_map(|section| section.split_once("]\n"));
    let ours = sections.filter(|(name, _)| *name == "dependencies" || name.ends_with(".dependencies"));
    let lines =
        ours.flat_map(|(_, section)| section.lines()).filter(|line| !line.starts_with('#') && line.contains('='));
    lines.map(|line| line.split('=').next().unwrap().trim().replace('-', "_")).collect()
}

#[test]
fn only_the_upper_floors_touch_the_world() {
    let pure = sources().into_iter().filter(|file| floor(&file.room) < floor(FIRST_WORLDLY));
    let found: Vec<String> = pure.flat_map(|file| named(&file, WORLDLY)).collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn only_the_command_line_prints() {
    let found: Vec<String> =
        sources().iter().filter(|file| file.room != "cli").flat_map(|file| named(file, PRINTING)).collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn no_file_hides_a_second_idea() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|file| file.lines > LONGEST)
        .map(|file| format!("{}: {} lines", file.name, file.lines))
        .collect();
    assert_eq!(long, [""; 0]);
}

#[test]
fn groups_and_paths_are_both_seen() {
    let rooms =
        used_rooms("use crate::{disk, search::Index, serve};\nlet x = crate::site::link();\nuse tantivy::crate_only;");
    assert_eq!(rooms.into_iter().collect::<Vec<_>>(), ["disk", "search", "serve", "site"]);
}

/// Rooms whose files still form circles; the list only shrinks.
const CIRCLES: &[&str] = &[
    "amend",
    "build",
    "cli",
    "config",
    "data",
    "diagnostic",
    "graph",
    "history",
    "log",
    "page",
    "path",
    "render",
    "rule",
    "search",
    "serve",
    "site",
];

/// The files of a room that a file uses: by `super::`, `self::`, `crate::` and `mod`; a module's own parts are no use.
fn used_files(file: &SourceFile, files: &BTreeSet<String>) -> BTreeSet<String> {
    let module: Vec<String> = file.name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    let parent = &module[..module.len() - 1];
    let mut used = BTreeSet::new();
    for (base, path) in paths(&file.code) {
        let start: Vec<String> = match base.as_str() {
            "crate" => Vec::new(),
            "self" => module.clone(),
            "super" => parent.to_vec(),
            name if files.contains(&format!("{}/{name}.rs", module.join("/"))) => {
                module.iter().cloned().chain([name.to_owned()]).collect()
            }
            _ => continue,
        };
        // The deepest module that the path names is the file that is used.
        let mut deepest = (base == "super" || base == "self").then(|| start.join("/"));
        let mut at = start.clone();
        if files.contains(&format!("{}.rs", at.join("/"))) {
            deepest = Some(at.join("/"));
        }
        for name in path {
            at.push(name);
            let joined = at.join("/");
            if files.contains(&format!("{joined}.rs")) {
                deepest = Some(joined);
            }
        }
        used.extend(deepest.map(|name| format!("{name}.rs")).filter(|name| *name != file.name && files.contains(name)));
    }
    used
}

/// The paths in a code that begin with a module, groups in braces spread out: their first name, and the others.
fn paths(code: &str) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find("::") {
        let before = &rest[..at];
        let start = before.rfind(|letter: char| !(letter.is_alphanumeric() || letter == '_')).map_or(0, |at| at + 1);
        let first = before[start..].to_owned();
        // `pub(in crate::room)` says who may see a thing, and uses nothing.
        let joined = before[..start].ends_with("::") || before[..start].ends_with("(in ");
        let end = spread(&rest[at + 2..], &mut Vec::new(), &mut |path| {
            if !first.is_empty() && !joined {
                found.push((first.clone(), path.to_vec()));
            }
        });
        rest = &rest[at + 2 + end.min(rest.len() - at - 2)..];
    }
    found
}

/// Follows a path, and each of a group; returns how many bytes it takes.
fn spread(text: &str, way: &mut Vec<String>, found: &mut dyn FnMut(&[String])) -> usize {
    if text.starts_with('{') {
        let mut at = 1;
        while at < text.len() {
            let skipped = text[at..].len() - text[at..].trim_start_matches([' ', '\n', ',']).len();
            at += skipped;
            if text[at..].starts_with('}') {
                return at + 1;
            }
            let taken = spread(&text[at..], way, found);
            if taken == 0 {
                return at;
            }
            at += taken;
        }
        return at;
    }
    let word = first_word(text);
    if word.is_empty() || text.starts_with(char::is_whitespace) {
        return 0;
    }
    way.push(word.clone());
    let after = &text[word.len()..];
    let end = match after.strip_prefix("::") {
        Some(rest) => word.len() + 2 + spread(rest, way, found),
        None => {
            found(way);
            word.len()
        }
    };
    way.pop();
    end
}

/// The rooms with files that use each other in a circle, and the files of the first circle.
fn circles() -> BTreeMap<String, Vec<String>> {
    let sources = sources();
    let names: BTreeSet<String> = sources.iter().map(|file| file.name.clone()).collect();
    let uses: BTreeMap<&str, BTreeSet<String>> = sources
        .iter()
        .map(|file| {
            let room = format!("{}.rs", file.room);
            let inside = |name: &String| *name == room || name.starts_with(&format!("{}/", file.room));
            (file.name.as_str(), used_files(file, &names).into_iter().filter(inside).collect())
        })
        .collect();
    let mut circles = BTreeMap::new();
    for file in &sources {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> = uses[file.name.as_str()].iter().map(String::as_str).collect();
        while let Some(next) = open.pop() {
            if seen.insert(next) {
                open.extend(uses[next].iter().map(String::as_str));
            }
        }
        if seen.contains(file.name.as_str()) {
            circles.entry(file.room.clone()).or_insert_with(Vec::new).push(file.name.clone());
        }
    }
    circles
}

#[test]
fn files_of_a_room_use_each_other_in_one_direction() {
    let found: BTreeSet<String> = circles().into_keys().collect();
    let known: BTreeSet<String> = CIRCLES.iter().map(|room| (*room).to_owned()).collect();
    let new: Vec<_> = circles().into_iter().filter(|(room, _)| !known.contains(room)).collect();
    assert!(new.is_empty(), "new circles: {new:#?}");
    assert_eq!(known.difference(&found).collect::<Vec<_>>(), Vec::<&String>::new(), "these have none: take them out");
}

#[test]
fn paths_in_groups_are_followed() {
    let found = paths("use super::{Edit, lines::{self, Tick}};\nlet x = crate::page::slug(y);");
    let shown: Vec<String> = found.iter().map(|(first, path)| format!("{first} {}", path.join(" "))).collect();
    assert_eq!(shown, ["super Edit", "super lines self", "super lines Tick", "crate page slug"]);
}
