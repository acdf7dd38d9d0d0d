//! Law 1 across processes: whatever lies in the cache and in the folder of the site, a build comes to the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use precedent::build::{Build, Overrides};
use precedent::date::Date;
use precedent::disk::{self, Book, Cache, Environment, Keep, StaticSearch};

use crate::memory::assert_same;
use crate::program::Folder;
use crate::records::git;

const BOOK: &str = "-- book.toml --\n[build]\nbuild-dir = 'site'\n-- index.md --\n# Home\n\n[a](a.md) [[0001-one]]\n\n{{#include part.txt}}\n\
    -- part.txt --\nA part.\n-- a.md --\n---\ntags: [x]\n---\n# A\n\n```rust\nfn main() {}\n```\n\n[gone](gone.md)\n\
    -- decisions/0001-one.md --\n# One\n\n## Status\n\nAccepted\n\n## Context\n\nSome.\n\
    -- decisions/0002-two.md --\n# Two\n\n## Status\n\nProposed\n\n## Context\n\nSome.\n";

/// An hour later, so that every file is old enough to be known by its stamp.
fn later(folder: &Folder) -> Environment {
    Environment { now: || SystemTime::now() + Duration::from_secs(3600), ..folder.environment() }
}

/// Builds and publishes as one process does.
fn run(environment: &Environment, folder: &Folder) -> Build {
    let mut book = Book::open(&folder.path(""), environment).unwrap();
    let overrides = Overrides::default();
    // What it says is not asked for here, only that it looks.
    disk::finished(&mut book, None, &overrides);
    let mut memo = book.recall();
    let build = book.build(&mut memo, &overrides).unwrap();
    book.remember(&memo);
    let search = StaticSearch::new(&build, book.cache().map_or(Keep::Nowhere, Keep::In));
    let site = folder.path("site");
    let published = disk::publish(&book, &site, &build, Some(&search)).unwrap();
    disk::finish(&book, None, &overrides, &build, (&site, published.written + published.unchanged));
    drop(search);
    build
}

fn is_finished(environment: &Environment, folder: &Folder) -> bool {
    let mut book = Book::open(&folder.path(""), environment).unwrap();
    disk::finished(&mut book, None, &Overrides::default()).is_some()
}

/// The same without anything that was kept.
fn cold(folder: &Folder) -> Build {
    let environment = Environment { cache: Cache::Memory, ..folder.environment() };
    let mut book = Book::open(&folder.path(""), &environment).unwrap();
    let mut memo = book.recall();
    book.build(&mut memo, &Overrides::default()).unwrap()
}

/// The files of the memo.
fn parts(folder: &Folder) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(folder.kept().join("memo")).unwrap();
    entries.map(|entry| entry.unwrap().path()).map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn the_next_process_works_out_nothing_again() {
    let folder = Folder::with(BOOK);
    let first = run(&later(&folder), &folder);
    assert!(first.counts.parsed > 0 && first.counts.rendered > 0);
    let second = run(&later(&folder), &folder);
    assert_eq!((second.counts.parsed, second.counts.rendered), (0, 0));
    assert_same(&second, &first, "in the next process");
    folder.write("a.md", "# A\n\nOther words.\n");
    let third = run(&later(&folder), &folder);
    assert_eq!(third.counts.parsed, 1);
    assert_same(&third, &cold(&folder), "after a change");
}

#[test]
fn no_damage_of_what_is_kept_is_seen_in_the_site() {
    let folder = Folder::with(BOOK);
    run(&later(&folder), &folder);
    let older = parts(&folder);
    folder.write("a.md", "# A\n\nOther words, and [another](decisions/0002-two.md).\n");
    run(&later(&folder), &folder);
    let expected = cold(&folder);
    let newer = parts(&folder);
    let check = |what: &str, path: &Path| {
        let build = run(&later(&folder), &folder);
        assert_same(&build, &expected, &format!("with {what} {}", path.display()));
        let again = run(&later(&folder), &folder);
        assert_eq!((again.counts.parsed, again.counts.rendered), (0, 0), "{what} {} is not mended", path.display());
        newer.iter().for_each(|(path, content)| fs::write(path, content).unwrap());
    };
    for (path, content) in &newer {
        for length in [0, content.len() / 2, content.len().saturating_sub(1)] {
            fs::write(path, &content[..length]).unwrap();
            check("a cut", path);
        }
        for at in [0, content.len() / 3, content.len() - 1] {
            let mut flipped = content.clone();
            flipped[at] ^= 0x10;
            fs::write(path, flipped).unwrap();
            check("another byte in", path);
        }
        fs::remove_file(path).unwrap();
        check("no", path);
        fs::write(path, older.values().next().unwrap()).unwrap();
        check("the bytes of another file in", path);
    }
    older.iter().for_each(|(path, content)| fs::write(path, content).unwrap());
    check("the root of an older state in", Path::new("the folder"));
    newer.keys().for_each(|path| fs::remove_file(path).unwrap());
    older.iter().for_each(|(path, content)| fs::write(path, content).unwrap());
    check("an older state in", Path::new("the folder"));
}

#[test]
fn a_build_stops_only_where_nothing_has_changed() {
    let folder = Folder::with(BOOK);
    let environment = later(&folder);
    assert!(!is_finished(&environment, &folder), "nothing was built");
    run(&environment, &folder);
    assert!(is_finished(&environment, &folder));
    let changes: [(&str, &dyn Fn()); 9] = [
        ("a page", &|| folder.write("a.md", "# A\n\nMore.\n")),
        ("a new page", &|| folder.write("new.md", "# New\n")),
        ("a page gone", &|| fs::remove_file(folder.path("new.md")).unwrap()),
        ("an included file", &|| folder.write("part.txt", "Another part.\n")),
        ("the settings", &|| folder.write("book.toml", "[book]\ntitle = 'T'\n[build]\nbuild-dir = 'site'\n")),
        ("the theme", &|| folder.write("theme/assets/style.css", "main{}")),
        ("the owners", &|| folder.write("CODEOWNERS", "* @ann\n")),
        ("a file of the site", &|| folder.write("site/a.html", "somebody's")),
        ("a file of the site gone", &|| fs::remove_file(folder.path("site/index.html")).unwrap()),
    ];
    for (what, change) in changes {
        change();
        assert!(!is_finished(&environment, &folder), "{what} is a change");
        if what == "a file of the site" {
            fs::remove_file(folder.path("site/a.html")).unwrap();
        }
        let build = run(&environment, &folder);
        assert_same(&build, &cold(&folder), what);
        assert!(is_finished(&environment, &folder), "after {what}");
    }
    let tomorrow = Environment { today: || Date::parse("2024-01-02").unwrap(), ..later(&folder) };
    assert!(!is_finished(&tomorrow, &folder), "another day may be the day when something is due");
    let early = Environment { now: || SystemTime::UNIX_EPOCH, ..folder.environment() };
    assert!(!is_finished(&early, &folder), "a file this young may change again unseen");
}

#[test]
fn what_git_tells_is_a_change() {
    let folder = Folder::with(BOOK);
    git(&folder, &["init", "-q"]);
    folder.write(".gitignore", "site\n");
    let environment = later(&folder);
    run(&environment, &folder);
    assert!(is_finished(&environment, &folder));
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-qm", "all"]);
    assert!(!is_finished(&environment, &folder));
    run(&environment, &folder);
    assert!(is_finished(&environment, &folder));
}
