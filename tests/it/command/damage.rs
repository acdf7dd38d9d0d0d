//! What a disk can hold: links that lead away, pipes, bytes that are no text, files nobody may read, broken caches.

use std::fs;
use std::time::Duration;

use super::BOOK;
use crate::program::{Folder, Ran, precedent, wait_for};

/// Runs a build that must come to an end.
fn build_in_time(folder: &Folder) -> Ran {
    let said = Folder::new();
    let file = |name: &str| fs::File::create(said.path("").join(name)).unwrap();
    let mut child = precedent(&folder.path("")).arg("build").stdout(file("out")).stderr(file("err")).spawn().unwrap();
    let mut status = None;
    wait_for("the end of the build", Duration::from_secs(20), || {
        status = child.try_wait().unwrap();
        status.is_some()
    });
    Ran { code: status.and_then(|status| status.code()), out: said.read("out"), err: said.read("err") }
}

#[cfg(unix)]
#[test]
fn links_that_leave_the_book_are_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = Folder::with(BOOK);
    let secret = Folder::with("-- secret.md --\n# canary\n-- inside/deep.md --\n# canary\n");
    symlink(secret.path("secret.md"), folder.path("link.md")).unwrap();
    symlink(secret.path("inside"), folder.path("linked")).unwrap();
    symlink("/etc/passwd", folder.path("passwd.md")).unwrap();
    symlink("/etc/passwd", folder.path("passwd.png")).unwrap();
    symlink(".", folder.path("loop")).unwrap();
    symlink("turn-b", folder.path("turn-a")).unwrap();
    symlink("turn-a", folder.path("turn-b")).unwrap();
    symlink("nowhere.md", folder.path("dangling.md")).unwrap();
    symlink("a.md", folder.path("inside.md")).unwrap();
    folder.write("c.md", "# C\n\n![x](passwd.png) [y](link.md)\n\n{{#include passwd.md}}\n{{#include linked/deep.md}}\n{{#include ../../../../../../etc/passwd}}\n");
    let ran = build_in_time(&folder).exits(0);
    for name in ["link.md", "linked", "passwd.md", "passwd.png", "loop", "turn-a", "dangling.md"] {
        assert!(
            ran.err.contains(&format!("--> {name}:1")) && ran.err.contains("symbolic-link"),
            "nothing about {name} in\n{}",
            ran.err
        );
    }
    for (name, content) in folder.files("book") {
        let text = String::from_utf8_lossy(&content).into_owned();
        assert!(!text.contains("canary") && !text.contains("root:x:0:0"), "{name}");
    }
    assert!(folder.path("book/inside.html").exists(), "a link inside the book is followed");
}

#[cfg(unix)]
#[test]
fn a_pipe_does_not_hold_the_build() {
    let folder = Folder::with(BOOK);
    for name in ["pipe.md", "image.png", "SUMMARY.md"] {
        assert!(std::process::Command::new("mkfifo").arg(folder.path(name)).status().unwrap().success());
    }
    folder.write("c.md", "# C\n\n![x](image.png) {{#include pipe.md}}\n");
    build_in_time(&folder).exits(0);
    let folder = Folder::with(BOOK);
    assert!(std::process::Command::new("mkfifo").arg(folder.path("book.toml")).status().unwrap().success());
    build_in_time(&folder).exits(0);
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_the_manifest_does_not_hold_the_build() {
    let folder = Folder::with(BOOK);
    fs::create_dir(folder.path("book")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(folder.path("book/index.html")).status().unwrap().success());
    build_in_time(&folder).exits(2);
}

#[cfg(unix)]
#[test]
fn a_file_that_nobody_may_read_is_a_finding() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(BOOK);
    let forbid = |name: &str| fs::set_permissions(folder.path(name), fs::Permissions::from_mode(0o000)).unwrap();
    folder.write("secret/c.md", "# C\n");
    forbid("a.md");
    forbid("secret");
    let may_read_anyway = fs::read(folder.path("a.md")).is_ok();
    let ran = build_in_time(&folder).exits(0);
    fs::set_permissions(folder.path("secret"), fs::Permissions::from_mode(0o755)).unwrap();
    // A super-user reads everything, and then there is nothing to find.
    if !may_read_anyway {
        assert!(ran.err.contains("a.md") && ran.err.contains("unreadable"), "{}", ran.err);
    }
    assert!(folder.path("book/b.html").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8_is_a_finding() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::with(BOOK);
    fs::write(folder.path("").join(std::ffi::OsStr::from_bytes(b"b\xffd.md")), "# X\n").unwrap();
    let ran = build_in_time(&folder).exits(0);
    assert!(ran.err.contains("is not UTF-8") && ran.err.contains("invalid-name"), "{}", ran.err);
}

#[test]
fn odd_names_are_pages_like_others() {
    let folder = Folder::with(BOOK);
    for name in [
        "a b.md", "a#b.md", "a?b.md", "100%.md", "ä.md", "a\"b.md", "a'b.md", "a<b>.md", "a&b.md", "-x.md", "a:b.md",
        "a\\b.md", "a\nb.md", "…/ .md", "con.md",
    ] {
        folder.write(name, format!("# Named {}\n\nneedle\n", name.len()));
    }
    build_in_time(&folder).exits(0);
    assert!(folder.path("book/a b.html").exists());
    folder.run(&["search", "needle", "-n", "50"]).exits(0);
    let navigation = folder.read("book/navigation.js");
    let json = navigation.trim_start_matches("window.precedentNavigation = ").trim_end().trim_end_matches(';');
    serde_json::from_str::<serde_json::Value>(json).unwrap();
}

#[test]
fn bytes_that_are_no_text_are_findings() {
    let folder = Folder::with(BOOK);
    folder.write("latin.md", b"# Gr\xf6\xdfe\n\nText.\n");
    folder.write("binary.md", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR");
    folder.write("utf16.md", b"\xff\xfe#\x00 \x00A\x00");
    folder.write("long.md", format!("---\nsearch: false\n---\n# Long\n\n{}\n", "word ".repeat(4 << 20)));
    let ran = build_in_time(&folder).exits(0);
    for expected in ["invalid-utf8", "binary-file", "too-large"] {
        assert!(ran.err.contains(expected), "no {expected} in\n{}", &ran.err[..ran.err.len().min(2000)]);
    }
    assert!(ran.err.len() < 20_000, "a finding about a long line does not print it");
    assert!(folder.read("book/latin.html").contains("Gr\u{fffd}\u{fffd}e"));
    assert!(!folder.path("book/binary.html").exists() && !folder.path("book/utf16.html").exists());
}

#[test]
fn a_damaged_index_is_made_anew() {
    let folder = Folder::with(BOOK);
    folder.run(&["search", "caching"]).exits(0);
    let kept = folder.kept();
    let index = fs::read_dir(&kept)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.is_dir() && path.file_name().unwrap().to_string_lossy().starts_with("index-"));
    let index = index.unwrap();
    let names: Vec<_> = fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.len() > 3, "{names:?}");
    let site = |folder: &Folder| {
        folder.run(&["build", "-d", "site", "-q"]).exits(0);
        let site = folder.files("site");
        fs::remove_dir_all(folder.path("site")).unwrap();
        site
    };
    let fresh = site(&folder);
    for damage in [&b""[..], b"nonsense", &[0xff; 4096]] {
        for name in &names {
            if index.join(name).exists() {
                fs::write(index.join(name), damage).unwrap();
            }
            let ran = folder.run(&["search", "caching"]);
            let answer = (ran.code, ran.out.contains("a.md"));
            assert_eq!(answer, (Some(0), true), "{name:?} is {} bytes: {ran:?}", damage.len());
            let ran = folder.run(&["search", "\"About caching\""]);
            assert_eq!(ran.code, Some(0), "{name:?} is {} bytes: {ran:?}", damage.len());
        }
    }
    // A byte that is another and nothing else: the search that is published is the right one all the same.
    let names: Vec<_> = fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().path()).collect();
    for path in names.iter().filter(|path| path.exists() && fs::metadata(path).unwrap().len() > 0) {
        let mut content = fs::read(path).unwrap();
        let middle = content.len() / 2;
        content[middle] ^= 1;
        fs::write(path, content).unwrap();
        assert!(site(&folder) == fresh, "{}", path.display());
    }
}

#[test]
fn where_the_cache_cannot_be_written_everything_is_made_in_memory() {
    let folder = Folder::with(BOOK);
    fs::write(folder.cache(), "a file").unwrap();
    folder.run(&["search", "caching"]).exits(0);
    folder.run(&["build"]).exits(0);
    let again = folder.run(&["build"]).exits(0);
    assert!(again.out.contains(" 0 written, 0 removed"), "{}", again.out);
    assert_eq!(fs::read_to_string(folder.cache()).unwrap(), "a file");
}

#[test]
fn the_index_follows_the_book() {
    let folder = Folder::with(BOOK);
    folder.run(&["search", "caching"]).exits(0);
    folder.write("a.md", "# Alpha\n\nAbout zebrafish.\n");
    folder.run(&["search", "zebrafish"]).exits(0);
    folder.run(&["search", "caching"]).exits(1);
    fs::remove_file(folder.path("a.md")).unwrap();
    folder.run(&["search", "zebrafish"]).exits(1);
    folder.write("book.toml", "[book]\nlanguage = 'de'\n");
    folder.run(&["search", "queues"]).exits(0);
    assert!(!folder.path(".precedent").exists(), "nothing is kept in the book");
}
