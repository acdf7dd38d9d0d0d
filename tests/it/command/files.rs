//! What a build writes, and what it leaves alone.

use std::collections::BTreeSet;
use std::fs;

use super::BOOK;
use crate::program::Folder;

/// The files whose stamps differ between two looks, and those that came or went; the search has tests of its own.
fn touched(folder: &Folder, change: impl FnOnce()) -> BTreeSet<String> {
    let before = folder.stamps("book");
    change();
    folder.run(&["build"]).exits(0);
    let after = folder.stamps("book");
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let names = names.into_iter().filter(|name| !name.starts_with("search/"));
    names.filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

fn set<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

const SHARED: [&str; 5] = [".precedent-manifest.json", "changes.js", "llms.txt", "navigation.js", "site.json"];

#[test]
fn a_build_without_a_change_writes_nothing() {
    let folder = Folder::with(BOOK);
    let first = folder.run(&["build"]).exits(0);
    assert!(first.out.contains(" 0 unchanged"), "{}", first.out);
    assert_eq!(touched(&folder, || {}), set([]));
    let again = folder.run(&["build"]).exits(0);
    assert!(again.out.contains(" 0 written, 0 removed"), "{}", again.out);
}

#[test]
fn an_edit_writes_the_page_and_what_speaks_of_it() {
    let folder = Folder::with(BOOK);
    folder.run(&["build"]).exits(0);
    let changed = touched(&folder, || folder.write("b.md", "# Beta\n\nAbout queues.\n\nAnd more.\n"));
    assert_eq!(changed, set([".precedent-manifest.json", "b.html", "b.md", "changes.js", "site.json"]));
}

#[test]
fn a_save_of_the_same_bytes_writes_nothing() {
    let folder = Folder::with(BOOK);
    folder.run(&["build"]).exits(0);
    assert_eq!(touched(&folder, || folder.write("b.md", "# Beta\n\nAbout queues.\n")), set([]));
}

#[test]
fn a_deleted_page_goes_with_its_traces() {
    let folder = Folder::with(BOOK);
    folder.run(&["build"]).exits(0);
    let changed = touched(&folder, || fs::remove_file(folder.path("b.md")).unwrap());
    // Its neighbours showed it in their navigation.
    let mut expected = set(["b.html", "b.md", "index.html", "a.html", "contents.html", "search.html", "404.html"]);
    expected.extend(SHARED.map(str::to_owned));
    assert_eq!(changed, expected);
    assert!(!folder.path("book/b.html").exists() && !folder.path("book/b.md").exists());
}

#[test]
fn a_renamed_page_moves() {
    let folder = Folder::with(&(BOOK.to_owned() + "-- far/index.md --\n# Far\n-- far/away.md --\n# Away\n"));
    folder.run(&["build"]).exits(0);
    let changed = touched(&folder, || fs::rename(folder.path("far/away.md"), folder.path("far/near.md")).unwrap());
    let mut expected =
        set(["far/away.html", "far/away.md", "far/near.html", "far/near.md", "far/index.html", "contents.html"]);
    expected.extend(SHARED.map(str::to_owned));
    assert_eq!(changed, expected);
}

#[test]
fn what_somebody_deleted_is_written_again() {
    let folder = Folder::with(BOOK);
    folder.run(&["build"]).exits(0);
    let before = folder.files("book");
    fs::remove_file(folder.path("book/a.html")).unwrap();
    fs::remove_dir_all(folder.path("book/assets")).unwrap();
    folder.run(&["build"]).exits(0);
    assert_eq!(folder.files("book"), before);
}

#[test]
fn the_site_is_no_part_of_the_book() {
    let folder = Folder::with(BOOK);
    for out in ["book", "public", "a/b/c"] {
        folder.run(&["build", "-d", out]).exits(0);
    }
    let ran = folder.run(&["build"]).exits(0);
    assert!(ran.out.contains("3 pages;") || ran.out.contains("3 pages, "), "{}", ran.out);
    assert!(ran.out.contains(" 0 written, 0 removed"), "{}", ran.out);
}
