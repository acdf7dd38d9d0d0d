//! Where other tools keep their decisions: the folders that `.adr-dir`, `.log4brains.yml` and their kin name.

use crate::data::{self, Table, Value};
use crate::path::BookPath;

/// The files of other tools, in the book's root.
pub(super) const FILES: &[&str] = &[".adr-dir", ".log4brains.yml", "adrs.toml", ".adrs.toml", "adr.config.json"];

/// Returns the folders, from the book's root, that one of the files names.
pub(super) fn named(file: &str, text: &str) -> Vec<BookPath> {
    let names = match file {
        // https://github.com/npryce/adr-tools: one line, relative to the file.
        ".adr-dir" => text.lines().next().map(|line| vec![line.trim().to_owned()]).unwrap_or_default(),
        ".log4brains.yml" => data::parse_yaml(text).map(|table| log4brains(&table)).unwrap_or_default(),
        "adr.config.json" => data::parse_yaml(text).map(|table| texts(&table, "path")).unwrap_or_default(),
        _ => data::parse_toml(text).map(|table| texts(&table, "adr_dir")).unwrap_or_default(),
    };
    // Windows tools write `\`.
    let paths = names.iter().filter_map(|name| BookPath::new(&name.replace('\\', "/")).ok());
    paths.filter(|path| *path != BookPath::root()).collect()
}

/// `project.adrFolder`, and that of each of `project.packages`.
fn log4brains(table: &Table) -> Vec<String> {
    let Some(Value::Table(project)) = table.get("project").map(|node| &node.value) else { return Vec::new() };
    let mut folders = texts(project, "adrFolder");
    if let Some(Value::List(packages)) = project.get("packages").map(|node| &node.value) {
        for package in packages {
            if let Value::Table(package) = &package.value {
                folders.extend(texts(package, "adrFolder"));
            }
        }
    }
    folders
}

fn texts(table: &Table, key: &str) -> Vec<String> {
    table.get(key).and_then(|node| node.value.scalar()).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_tools_name_their_folders() {
        let shown = |file: &str, text: &str| named(file, text).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(shown(".adr-dir", "doc/architecture\n"), ["doc/architecture"]);
        assert_eq!(shown(".adr-dir", "../outside\n"), Vec::<String>::new());
        assert_eq!(shown("adrs.toml", "adr_dir = 'doc/x'\n"), ["doc/x"]);
        assert_eq!(shown("adr.config.json", "{\"path\": \"docs\\\\adr\"}"), ["docs/adr"]);
        let yaml = "project:\n  name: x\n  adrFolder: ./docs/log\n  packages:\n    - name: a\n      path: ./p/a\n      adrFolder: ./p/a/log\n";
        assert_eq!(shown(".log4brains.yml", yaml), ["docs/log", "p/a/log"]);
    }
}
