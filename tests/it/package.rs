//! The crate as it is published has all that it is built of.

use std::fs;
use std::path::{Component, Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The paths that a source takes into the program: `include_str!`, and the folders that are embedded.
fn taken(file: &Path, code: &str) -> Vec<String> {
    let beside = file.parent().unwrap();
    let calls = ["include_str!(\"", "include_bytes!(\"", "include_str!(concat!(\""];
    let included = calls.iter().flat_map(|call| code.split(call).skip(1)).filter_map(|rest| rest.split('"').next());
    let embedded = code.split("#[folder = \"").skip(1).filter_map(|rest| rest.split('"').next());
    let included = included.map(|path| plain(&beside.join(path)));
    included.chain(embedded.map(|path| plain(&root().join(path)))).collect()
}

/// A path from the root, without `..`.
fn plain(path: &Path) -> String {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => assert!(plain.pop()),
            _ => plain.push(part),
        }
    }
    plain.strip_prefix(root()).unwrap().display().to_string()
}

#[test]
fn what_the_program_is_made_of_is_in_the_crate() {
    let manifest: toml::Table = toml::from_str(&fs::read_to_string(root().join("Cargo.toml")).unwrap()).unwrap();
    let package = &manifest["package"];
    let included: Vec<&str> = package["include"]
        .as_array()
        .unwrap()
        .iter()
        .map(|path| path.as_str().unwrap().trim_start_matches('/'))
        .collect();
    let mut open = vec![root().join("src")];
    let mut seen = 0;
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        for taken in taken(&path, &fs::read_to_string(&path).unwrap_or_default()) {
            seen += 1;
            let is_in = included.iter().any(|place| taken == *place || taken.starts_with(&format!("{place}/")));
            assert!(is_in, "`{taken}`, which {} takes in, is not in `include` of Cargo.toml", path.display());
        }
    }
    assert!(seen > 25, "{seen}");
    for needed in ["LICENSE-*", "README.md"] {
        assert!(included.contains(&needed), "{needed}");
    }
}

#[test]
fn prebuilt_programs_are_where_they_are_looked_for() {
    let manifest: toml::Table = toml::from_str(&fs::read_to_string(root().join("Cargo.toml")).unwrap()).unwrap();
    let places = &manifest["package"]["metadata"]["binstall"];
    let packing = fs::read_to_string(root().join("packaging/pack.py")).unwrap();
    // The archive, and the folder in it, are named alike; and so they are in the script that packs them.
    assert!(places["pkg-url"].as_str().unwrap().ends_with("/v{ version }/{ name }-{ target }{ archive-suffix }"));
    assert!(places["bin-dir"].as_str().unwrap().starts_with("{ name }-{ target }/"));
    assert!(packing.contains("folder = f\"{NAME}-{target}\"") && packing.contains("f\"{folder}.tar.gz\""));
    let workflow = fs::read_to_string(root().join(".github/workflows/release.yml")).unwrap();
    let targets = |text: &str, before: &str| -> Vec<String> {
        let after = text.split(before).skip(1).map(|rest| rest.split(['"', ',', '}']).next().unwrap().to_owned());
        let mut found: Vec<String> = after.collect();
        found.sort();
        found
    };
    let (_, wheels) = packing.split_once("WHEELS = {").unwrap();
    assert_eq!(targets(&workflow, "target: "), targets(wheels.split_once("\n}").unwrap().0, "\n    \""));
}
