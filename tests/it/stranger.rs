//! A repository of a stranger is cloned and built, and nothing happens to whoever does it.
//!
//! One oracle: what lies beside the clone is untouched, what is secret in it is not published, and no program was run.

mod names;
mod terminal;

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use crate::program::{Folder, precedent};

/// A folder with a repository `theirs`, cloned as `clone`, beside what nobody may touch.
struct Cloned(Folder);

impl Cloned {
    /// Clones a repository with these files, to which `prepare` adds what a text cannot write.
    fn with(files: &str, prepare: impl FnOnce(&Folder)) -> Self {
        let folder = Folder::new();
        for (path, content) in crate::memory::files(files) {
            folder.write(&format!("theirs/{path}"), &content);
        }
        for name in ["precious/key", "precious/index-photos/a", "precious/lock", "precious/stamp"] {
            folder.write(name, "precious");
        }
        prepare(&folder);
        git(&folder, "theirs", &["init", "--quiet", "--initial-branch=main"]);
        git(&folder, "theirs", &["add", "--all", "--force"]);
        git(&folder, "theirs", &["commit", "--quiet", "--message=x"]);
        git(&folder, "", &["clone", "--quiet", "theirs", "clone"]);
        Self(folder)
    }

    /// Runs what somebody would run in the clone, and returns what that came to.
    fn use_it(&self) -> Vec<Option<i32>> {
        let commands: [&[&str]; 7] = [
            &["build", "-q"],
            &["search", "caching"],
            &["list"],
            &["check"],
            &["build", "-q"],
            &["clean"],
            &["build", "-q", "--untrusted"],
        ];
        let run = |arguments: &[&str]| {
            let output = precedent(&self.0.path("clone")).args(arguments).output().unwrap();
            output.status.code()
        };
        commands.map(run).to_vec()
    }

    /// Asserts that nothing happened to anybody.
    fn check_untouched(&self, when: &str) {
        for name in ["precious/key", "precious/index-photos/a", "precious/lock", "precious/stamp"] {
            let content = fs::read_to_string(self.0.path(name)).unwrap_or_else(|_| panic!("{name} is gone: {when}"));
            assert_eq!(content, "precious", "{name}: {when}");
        }
        let there: Vec<String> = self.0.files("precious").into_keys().collect();
        assert_eq!(there, ["index-photos/a", "key", "lock", "stamp"], "{when}");
        for (name, content) in self.0.files("clone/book") {
            assert!(!String::from_utf8_lossy(&content).contains("SECRET"), "{name} publishes a secret: {when}");
        }
    }
}

fn git(folder: &Folder, place: &str, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .current_dir(folder.path(place))
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

const BOOK: &str = "-- book.toml --\n[book]\nsrc = 'docs'\n-- docs/index.md --\n# Home\n\nAbout caching.\n";

#[test]
fn a_cache_that_the_repository_brings_is_no_cache() {
    // One that was made honestly, to make it the worst that can be.
    let honest = Folder::with(BOOK);
    honest.run(&["search", "caching"]).exits(0);
    let kept = honest.kept();
    let cloned = Cloned::with(BOOK, |folder| {
        let victim = folder.path("precious/key").display().to_string();
        copy(&kept, &folder.path("theirs/.precedent"));
        for entry in fs::read_dir(folder.path("theirs/.precedent")).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                fs::write(entry.join(".managed.json"), format!("[{victim:?},\"../../../precious/key\",\"meta.json\"]"))
                    .unwrap();
            }
        }
    });
    assert_eq!(cloned.use_it(), [0, 0, 1, 0, 0, 0, 0].map(Some), "all of it works; there is no decision to list");
    cloned.check_untouched("an index that names files elsewhere");
}

#[cfg(unix)]
#[test]
fn no_link_that_the_repository_brings_is_written_through() {
    use std::os::unix::fs::symlink;
    let places: &[(&str, &str)] = &[
        (".precedent", "../precious"),
        (".precedent/lock", "../../precious/lock"),
        (".precedent/stamp", "../../precious/stamp"),
        ("book", "../precious"),
        ("book/.precedent-lock", "../../precious/lock"),
        ("book/.precedent-manifest.json", "../../precious/stamp"),
        ("book/.precedent-partial", "../../precious/key"),
        ("book/index.html", "../../precious/key"),
        ("book/assets", "../../precious"),
        ("book/search", "../../precious"),
    ];
    for (link, target) in places {
        let cloned = Cloned::with(BOOK, |folder| {
            let link = folder.path("theirs").join(link);
            fs::create_dir_all(link.parent().unwrap()).unwrap();
            symlink(target, link).unwrap();
        });
        cloned.use_it();
        cloned.check_untouched(link);
    }
}

#[cfg(unix)]
#[test]
fn what_git_does_not_show_is_not_published_through_a_link() {
    use std::os::unix::fs::symlink;
    let files = format!(
        "{BOOK}-- .env --\nSECRET\n-- .gitignore --\nprivate/\n*.key\n-- private/a.md --\nSECRET\n-- docs/b.key --\nSECRET\n-- docs/.hidden/a.txt --\nSECRET\n\
         -- docs/all.md --\n# All\n\n{{{{#include env.txt}}}} {{{{#include config.txt}}}} {{{{#include private.md}}}}\n"
    );
    let cloned = Cloned::with(&files, |folder| {
        let links = [
            ("docs/env.txt", "../.env"),
            ("docs/config.txt", "../.git/config"),
            ("docs/private.md", "../private/a.md"),
            ("docs/key.txt", "b.key"),
            ("docs/hidden.txt", ".hidden/a.txt"),
            ("docs/twice.txt", "env.txt"),
            ("CODEOWNERS", ".env"),
            ("docs/out.txt", "../../precious/key"),
        ];
        for (link, target) in links {
            symlink(target, folder.path("theirs").join(link)).unwrap();
        }
    });
    git(&cloned.0, "clone", &["config", "http.extraheader", "SECRET"]);
    for settings in [
        "[book]\nsrc = 'docs'\n",
        "",
        "[book]\nsrc = 'docs'\n[output.html]\nadditional-css = ['docs/key.txt', 'docs/env.txt']\n",
    ] {
        cloned.0.write("clone/book.toml", settings);
        cloned.use_it();
        cloned.check_untouched(settings);
        let published = cloned.0.files("clone/book");
        assert!(published.values().all(|content| !String::from_utf8_lossy(content).contains("precious")), "{settings}");
    }
}

#[test]
fn a_site_that_the_repository_brings_is_what_a_build_makes_of_it() {
    let honest = Folder::with(BOOK);
    honest.run(&["build", "-q"]).exits(0);
    let theirs = honest.files("book");
    let changed: Vec<String> = theirs
        .keys()
        .filter(|name| ["index.html", "search/root.js", "navigation.js", "index.md"].contains(&name.as_str()))
        .cloned()
        .collect();
    assert_eq!(changed.len(), 4);
    let cloned = Cloned::with(BOOK, |folder| {
        copy(&honest.path("book"), &folder.path("theirs/book"));
        for name in &changed {
            folder.write(&format!("theirs/book/{name}"), "alert()");
        }
    });
    let build = |out: &str| {
        let status = precedent(&cloned.0.path("clone")).args(["build", "-q", "-d", out]).status().unwrap();
        assert!(status.success());
    };
    build("../elsewhere");
    let clean = cloned.0.files("elsewhere");
    build("book");
    assert!(cloned.0.files("clone/book") == clean, "the first build mends what was changed");
    // Once more with what the first build knows of it.
    for name in &changed {
        cloned.0.write(&format!("clone/book/{name}"), "alert()");
        build("book");
        assert!(cloned.0.files("clone/book") == clean, "{name} is mended");
    }
    // Of the same length, with the same time.
    let path = cloned.0.path("clone/book/index.html");
    let (text, modified) = (fs::read_to_string(&path).unwrap(), fs::metadata(&path).unwrap().modified().unwrap());
    fs::write(&path, text.replace("Home", "Evil")).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
    build("book");
    assert!(cloned.0.files("clone/book") == clean, "a change that hides is mended");
    // Without what was noted in the cache the files are read.
    fs::remove_dir_all(cloned.0.cache()).unwrap();
    cloned.0.write("clone/book/search/root.js", "alert()");
    build("book");
    assert!(cloned.0.files("clone/book") == clean, "a search of somebody else's is mended without a cache");
}

#[test]
fn a_manifest_removes_nothing_that_came_with_the_repository() {
    let files = format!(
        "{BOOK}-- docs/decisions/0001-a.md --\n# A\n\n## Status\n\nAccepted\n-- docs/decisions/0002-b.md --\n# B\n"
    );
    for (settings, out) in [
        ("[book]\nsrc = 'docs'\n[build]\nbuild-dir = 'docs/decisions'\n", "docs/decisions"),
        ("[book]\nsrc = 'docs'\n[build]\nbuild-dir = 'notes'\n", "notes"),
        ("[book]\nsrc = 'docs'\n", "docs"),
    ] {
        let cloned = Cloned::with(&files, |folder| {
            folder.write("theirs/book.toml", settings);
            folder.write("theirs/notes/0001-a.md", folder.read("theirs/docs/decisions/0001-a.md"));
            let entry = |name: &str| {
                let place = format!("theirs/{out}/{name}");
                let path = folder.path(&place);
                path.exists().then(|| {
                    format!("{name:?}:\"{}\"", precedent::fingerprint::Fingerprint::of_bytes(&fs::read(path).unwrap()))
                })
            };
            let names =
                ["0001-a.md", "0002-b.md", "decisions/0001-a.md", "index.md", "../../precious/key", "/etc/hostname"];
            let listed: Vec<String> = names.into_iter().filter_map(entry).collect();
            folder.write(
                &format!("theirs/{out}/.precedent-manifest.json"),
                format!("{{\"files\":{{{}}}}}", listed.join(",")),
            );
        });
        let before = sources(&cloned.0);
        cloned.use_it();
        assert_eq!(sources(&cloned.0), before, "{settings}");
        cloned.check_untouched(settings);
    }
}

/// The Markdown of the clone, but for what a build makes of it.
fn sources(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    let mut files = folder.files("clone");
    files.retain(|name, _| {
        name.ends_with(".md")
            && !name.starts_with("book/")
            && (!name.starts_with("notes/") || name == "notes/0001-a.md")
    });
    files
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    use std::os::unix::fs::symlink;
    use std::time::Duration;
    let pipe = |folder: &Folder, name: &str| {
        let path = folder.path("theirs").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let _ = fs::remove_file(&path);
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    let names = [
        "CODEOWNERS",
        ".gitignore",
        ".ignore",
        "docs/.gitignore",
        "book/.precedent-manifest.json",
        "book/.precedent-lock",
        "book/.precedent-partial",
        "docs/SUMMARY.md",
        ".adr-dir",
        "docs/a.md",
        "docs/robots.txt",
        "docs/favicon.svg",
    ];
    for name in names {
        for kind in ["a device without end", "a pipe"] {
            let folder = Folder::new();
            for (path, content) in crate::memory::files(BOOK) {
                folder.write(&format!("theirs/{path}"), &content);
            }
            if kind == "a pipe" {
                pipe(&folder, name);
            } else {
                let link = folder.path("theirs").join(name);
                fs::create_dir_all(link.parent().unwrap()).unwrap();
                symlink("/dev/zero", link).unwrap();
            }
            let mut child = precedent(&folder.path("theirs"))
                .args(["build", "-q"])
                .stderr(std::process::Stdio::null())
                .spawn()
                .unwrap();
            let mut status = None;
            crate::program::wait_for(
                &format!("the end of the build with {kind} as {name}"),
                Duration::from_secs(30),
                || {
                    status = child.try_wait().unwrap();
                    status.is_some()
                },
            );
            assert!(matches!(status.unwrap().code(), Some(0 | 2)), "{name} is {kind}: {status:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_book_that_cannot_be_written_is_read_searched_and_built_elsewhere() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    for (path, content) in crate::memory::files(BOOK) {
        folder.write(&format!("sealed/{path}"), &content);
    }
    let seal = |mode: u32| {
        for name in ["sealed", "sealed/docs"] {
            fs::set_permissions(folder.path(name), fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    seal(0o555);
    let before = folder.stamps("sealed");
    for arguments in
        [&["search", "caching", "-C", "sealed"][..], &["build", "sealed", "-d", "out", "-q"], &["check", "sealed"]]
    {
        folder.run(arguments).exits(0);
    }
    folder.run(&["list", "-C", "sealed"]).exits(1);
    // A super-user may write anyway, and has not.
    assert_eq!(folder.stamps("sealed"), before);
    seal(0o755);
    assert!(folder.path("out/index.html").exists());
}

#[test]
fn a_book_that_nobody_trusts_brings_no_theme_no_script_and_nothing_for_the_host() {
    let files = "-- book.toml --\n[book]\nsrc = 'docs'\n[markdown]\nhtml = 'trusted'\n[site]\nhost-files = ['_headers']\n[output.html]\nadditional-js = ['x.js']\nadditional-css = ['x.css']\ncname = 'evil.example'\n\
        -- x.js --\nalert(1)\n-- x.css --\nbody{display:none}\n-- theme/templates/page.html --\nEVIL\n-- theme/assets/theme.js --\nalert(1)\n\
        -- docs/index.md --\n# Home\n\n<script>alert(1)</script>\n-- docs/_headers --\n/*\n-- docs/a.html --\n<script>alert(1)</script>\n";
    let folder = Folder::with(files);
    folder.run(&["build", "-q"]).exits(0);
    assert!(folder.path("book/CNAME").exists() && folder.read("book/index.html").contains("EVIL"));
    folder.run(&["build", "-q", "--untrusted", "-d", "out"]).exits(0);
    for (name, content) in folder.files("out") {
        let text = String::from_utf8_lossy(&content).into_owned();
        let is_markdown = name.ends_with(".md");
        assert!(
            is_markdown || !text.contains("alert(1)") && !text.contains("EVIL") && !text.contains("display:none}"),
            "{name}"
        );
        assert!(!["CNAME", "_headers", "a.html"].contains(&name.as_str()), "{name}");
    }
    folder.run(&["check", "--untrusted"]).exits(0);
}

#[cfg(unix)]
#[test]
fn a_file_that_others_own_is_left_and_named() {
    let folder = Folder::with(BOOK);
    folder.write("docs/gone.md", "# Gone\n");
    folder.run(&["build", "-q"]).exits(0);
    folder.write("book/gone.html", "somebody's own words");
    fs::remove_file(folder.path("docs/gone.md")).unwrap();
    let ran = folder.run(&["build"]).exits(0);
    assert!(ran.err.contains("`book/gone.html` is no part of the site any more, and was left"), "{}", ran.err);
    assert_eq!(folder.read("book/gone.html"), "somebody's own words");
    assert!(!folder.path("book/gone.md").exists(), "what nobody changed is gone");
}

/// Copies a folder.
fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
