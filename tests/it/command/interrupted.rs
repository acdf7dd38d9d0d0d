//! Builds that are killed, and builds that meet.

use std::fs;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::program::{Folder, is_record, precedent, wait_for};

/// A book that takes a while to write.
fn book(pages: usize, word: &str) -> Folder {
    let folder = Folder::new();
    folder.write("book/index.md", format!("# Home {word}\n"));
    for number in 0..pages {
        folder.write(
            &format!("book/part-{}/page-{number}.md", number % 7),
            format!("# Page {number}\n\n{word} [home](../index.md)\n\n{}", "Some text. ".repeat(200)),
        );
    }
    folder
}

fn start(folder: &Folder) -> Child {
    let mut command = precedent(&folder.path(""));
    command.args(["build", "book", "-d", "site", "-q"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// Lets a build write so many files, and kills it so that it can do nothing about it.
fn kill_after(folder: &Folder, is_time: impl Fn() -> bool) -> bool {
    let mut child = start(folder);
    let mut ended = false;
    wait_for("files of the site", Duration::from_secs(30), || {
        ended = child.try_wait().unwrap().is_some();
        ended || is_time()
    });
    child.kill().unwrap();
    child.wait().unwrap();
    !ended
}

/// Asserts that each file of the site is as one of the builds makes it, and no half of it.
fn check_whole(folder: &Folder, states: &[&Folder], when: &str) {
    let states: Vec<_> = states.iter().map(|state| state.files("site")).collect();
    for (name, content) in folder.files("site") {
        if name.rsplit('/').next().is_some_and(|name| name.starts_with(".precedent-")) {
            continue; // a file that was being written beside its place
        }
        assert!(states.iter().any(|state| state.get(&name) == Some(&content)), "{name} is not whole {when}");
    }
}

/// A folder in which the build has come to its end.
fn finished(pages: usize, word: &str) -> Folder {
    let folder = book(pages, word);
    folder.run(&["build", "book", "-d", "site", "-q"]).exits(0);
    folder
}

const PAGES: usize = 250;

#[test]
fn a_killed_first_build_leaves_whole_files_and_the_next_one_mends_all() {
    let clean = finished(PAGES, "first");
    let mut killed = 0;
    for number in [0, 1, 20, 100, 300, 480] {
        let folder = book(PAGES, "first");
        let site = folder.path("site");
        killed += usize::from(kill_after(&folder, || number == 0 && site.exists() || count(&folder) >= number.max(1)));
        check_whole(&folder, &[&clean], &format!("after {number} files"));
        folder.run(&["build", "book", "-d", "site", "-q"]).exits(0);
        assert_same_site(&folder, &clean, &format!("after a build that was killed at {number} files"));
    }
    assert!(killed >= 3, "most builds were over before they were killed: {killed}");
}

#[test]
fn a_killed_second_build_leaves_whole_files_and_the_next_one_mends_all() {
    let (old, new) = (finished(PAGES, "old"), finished(PAGES - 30, "new"));
    for wanted in [1, 50, 200, 400] {
        let folder = finished(PAGES, "old");
        let before = folder.stamps("site");
        fs::remove_dir_all(folder.path("book")).unwrap();
        copy(&new, &folder);
        let changed = || folder_stamps(&folder).iter().filter(|(name, stamp)| before.get(name) != Some(stamp)).count();
        kill_after(&folder, || changed() >= wanted);
        check_whole(&folder, &[&old, &new], &format!("after {wanted} changes"));
        folder.run(&["build", "book", "-d", "site", "-q"]).exits(0);
        assert_same_site(&folder, &new, &format!("after a build that was killed at {wanted} changes"));
    }
}

#[test]
fn of_two_builds_at_once_one_works_and_one_says_why_not() {
    let folder = book(600, "x");
    let clean = finished(600, "x");
    let children: Vec<Child> = (0..4).map(|_| start(&folder)).collect();
    let codes: Vec<i32> = children.into_iter().map(|mut child| child.wait().unwrap().code().unwrap()).collect();
    assert!(codes.contains(&0) && codes.iter().all(|code| [0, 2].contains(code)), "{codes:?}");
    assert_same_site(&folder, &clean, "after four builds at once");
}

#[test]
fn a_build_waits_for_nobody_when_the_folder_is_taken() {
    let folder = finished(3, "x");
    let lock = fs::File::options().write(true).open(folder.path("site/.precedent-lock")).unwrap();
    lock.lock().unwrap();
    let ran = folder.run(&["build", "book", "-d", "site"]).exits(2);
    assert!(ran.err.contains("another build is writing to") && ran.err.contains("help: "), "{}", ran.err);
    drop(lock);
    folder.run(&["build", "book", "-d", "site"]).exits(0);
}

fn copy(from: &Folder, to: &Folder) {
    for (name, content) in from.files("book") {
        to.write(&format!("book/{name}"), content);
    }
}

/// The number of finished files of the site; a file may vanish while it is looked at.
fn count(folder: &Folder) -> usize {
    let mut open = vec![folder.path("site")];
    let mut files = 0;
    while let Some(path) = open.pop() {
        let Ok(entries) = fs::read_dir(path) else { continue };
        for entry in entries.flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                _ => files += usize::from(!entry.file_name().to_string_lossy().starts_with(".precedent-")),
            }
        }
    }
    files
}

/// Like [`Folder::stamps`], of a folder that is being written to.
fn folder_stamps(folder: &Folder) -> Vec<(String, (std::time::SystemTime, u64))> {
    let root = folder.path("site");
    let mut open = vec![root.clone()];
    let mut stamps = Vec::new();
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            let Ok(metadata) = entry.metadata() else { continue };
            if metadata.is_dir() {
                open.push(entry.path());
            } else if let Ok(modified) = metadata.modified() {
                let name = entry.path().strip_prefix(&root).unwrap().display().to_string();
                stamps.push((name, (modified, crate::program::inode(&metadata))));
            }
        }
    }
    stamps
}

/// Asserts that a folder holds the same site as another, and nothing that a killed build left beside it.
fn assert_same_site(folder: &Folder, clean: &Folder, when: &str) {
    let (have, want) = (folder.files("site"), clean.files("site"));
    let names: Vec<&String> = have.keys().filter(|name| !is_record(name)).collect();
    assert_eq!(names, want.keys().collect::<Vec<_>>(), "{when}");
    for (name, content) in &want {
        assert!(have[name] == *content, "{name} differs {when}");
    }
}
