//! Law 6: nothing is deleted or overwritten that Precedent did not write.

use std::fs;

use crate::program::Folder;

const BOOK: &str = "-- book/book.toml --\n[build]\nbuild-dir = 'site'\n-- book/index.md --\n# Home\n-- book/sub/a.md --\n# A\n-- book/sub/b.md --\n# B\n";

#[test]
fn foreign_files_survive_build_and_clean() {
    let folder = Folder::with(BOOK);
    folder.write("book/site/CNAME", "mine");
    folder.write("book/site/sub/notes.txt", "mine too");
    folder.write("book/site/empty/.keep", "");
    folder.run(&["build", "book"]).exits(0);
    fs::remove_file(folder.path("book/sub/a.md")).unwrap();
    fs::remove_file(folder.path("book/sub/b.md")).unwrap();
    folder.run(&["build", "book"]).exits(0);
    assert!(!folder.path("book/site/sub/a.html").exists());
    assert_eq!(folder.read("book/site/CNAME"), "mine");
    folder.run(&["clean", "book"]).exits(0);
    let left: Vec<String> = folder.files("book/site").into_keys().collect();
    assert_eq!(left, ["CNAME", "empty/.keep", "sub/notes.txt"]);
    assert_eq!(folder.read("book/site/sub/notes.txt"), "mine too");
    assert_eq!(folder.read("book/index.md"), "# Home\n");
    assert!(!folder.path("book/.precedent").exists());
}

#[test]
fn a_foreign_file_in_the_way_stops_the_build_before_anything_is_written() {
    let folder = Folder::with(BOOK);
    folder.write("book/site/sub/a.html", "somebody's");
    let ran = folder.run(&["build", "book"]).exits(2);
    assert!(ran.err.contains("sub/a.html` is in the way"), "{}", ran.err);
    assert_eq!(folder.files("book/site").into_keys().collect::<Vec<_>>(), ["sub/a.html"]);
    assert_eq!(folder.read("book/site/sub/a.html"), "somebody's");
}

#[test]
fn a_folder_in_the_way_of_a_file_is_left_alone() {
    let folder = Folder::with(BOOK);
    folder.write("book/site/index.html/mine", "x");
    folder.run(&["build", "book"]).exits(2);
    assert_eq!(folder.read("book/site/index.html/mine"), "x");
}

#[test]
fn a_file_in_the_way_of_a_folder_is_left_alone() {
    let folder = Folder::with(BOOK);
    folder.write("book/site/sub", "x");
    folder.run(&["build", "book"]).exits(2);
    assert_eq!(folder.read("book/site/sub"), "x");
}

#[test]
fn the_site_cannot_go_where_the_book_is() {
    let folder = Folder::with(BOOK);
    let before = folder.files("");
    for out in ["book", "book/", "book/sub/..", ".", "/"] {
        let ran = folder.run(&["build", "book", "-d", out]).exits(2);
        assert!(ran.err.contains("holds the book itself"), "{out}: {}", ran.err);
    }
    assert_eq!(folder.files(""), before);
}

#[test]
fn the_site_cannot_be_written_among_the_pages() {
    let folder = Folder::with(BOOK);
    folder.write("book/sub/index.html", "an author's");
    folder.run(&["build", "book", "-d", "book/sub"]);
    assert_eq!(folder.read("book/sub/a.md"), "# A\n");
    assert_eq!(folder.read("book/sub/index.html"), "an author's");
    folder.run(&["clean", "book", "-d", "book/sub"]).exits(0);
    assert_eq!(folder.read("book/sub/a.md"), "# A\n");
    assert_eq!(folder.read("book/sub/index.html"), "an author's");
}

#[test]
fn clean_removes_nothing_of_a_folder_that_is_not_a_site() {
    let folder = Folder::with(BOOK);
    let before = folder.files("");
    for out in [".", "book", "book/sub"] {
        folder.run(&["clean", "book", "-d", out]).exits(0);
    }
    assert_eq!(folder.files(""), before);
}

#[test]
fn a_forged_manifest_names_no_file_outside() {
    let folder = Folder::with(BOOK);
    folder.write("precious", "x");
    folder.run(&["build", "book"]).exits(0);
    let manifest = r#"{"files":{"../../precious":"","/etc/hostname":"","../index.md":"","sub/../../../precious":""}}"#;
    folder.write("book/site/.precedent-manifest.json", manifest);
    folder.run(&["build", "book"]);
    folder.run(&["clean", "book"]);
    assert_eq!(folder.read("precious"), "x");
    assert_eq!(folder.read("book/index.md"), "# Home\n");
}

#[test]
fn files_and_folders_of_the_site_change_places() {
    let folder =
        Folder::with("-- book.toml --\n[book]\nsrc = 'docs'\n-- docs/index.md --\n# Home\n-- docs/x --\na file\n");
    folder.run(&["build", "-q"]).exits(0);
    fs::remove_file(folder.path("docs/x")).unwrap();
    folder.write("docs/x/y", "below a folder");
    folder.run(&["build", "-q"]).exits(0);
    assert_eq!(folder.read("book/x/y"), "below a folder");
    fs::remove_dir_all(folder.path("docs/x")).unwrap();
    folder.write("docs/x", "a file again");
    folder.run(&["build", "-q"]).exits(0);
    assert_eq!(folder.read("book/x"), "a file again");
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn nothing_is_written_through_a_link_to_a_folder() {
        let folder = Folder::with(BOOK);
        folder.write("elsewhere/keep", "x");
        fs::create_dir_all(folder.path("book/site")).unwrap();
        symlink(folder.path("elsewhere"), folder.path("book/site/sub")).unwrap();
        let ran = folder.run(&["build", "book"]).exits(2);
        assert!(ran.err.contains("symbolic link"), "{}", ran.err);
        assert_eq!(folder.files("elsewhere").into_keys().collect::<Vec<_>>(), ["keep"]);
    }

    #[test]
    fn nothing_is_written_through_a_link_to_a_file() {
        let folder = Folder::with(BOOK);
        folder.write("elsewhere", "x");
        fs::create_dir_all(folder.path("book/site")).unwrap();
        symlink(folder.path("elsewhere"), folder.path("book/site/index.html")).unwrap();
        folder.run(&["build", "book"]).exits(2);
        assert_eq!(folder.read("elsewhere"), "x");
    }

    /// Builds, then puts a link to a copy of the folder in the place of a folder of the site.
    fn with_linked_folder() -> Folder {
        let folder = Folder::with(BOOK);
        folder.run(&["build", "book"]).exits(0);
        fs::rename(folder.path("book/site/sub"), folder.path("elsewhere")).unwrap();
        symlink(folder.path("elsewhere"), folder.path("book/site/sub")).unwrap();
        folder
    }

    #[test]
    fn a_later_build_changes_nothing_through_a_link() {
        let folder = with_linked_folder();
        let before = folder.files("elsewhere");
        folder.write("book/sub/a.md", "# Changed\n");
        fs::remove_file(folder.path("book/sub/b.md")).unwrap();
        folder.run(&["build", "book"]).exits(2);
        assert_eq!(folder.files("elsewhere"), before);
    }

    #[test]
    fn a_later_build_removes_nothing_through_a_link() {
        let folder = with_linked_folder();
        let before = folder.files("elsewhere");
        fs::remove_dir_all(folder.path("book/sub")).unwrap();
        folder.run(&["build", "book"]);
        assert_eq!(folder.files("elsewhere"), before);
    }

    #[test]
    fn clean_removes_nothing_through_a_link() {
        let folder = with_linked_folder();
        let before = folder.files("elsewhere");
        folder.run(&["clean", "book"]);
        assert_eq!(folder.files("elsewhere"), before);
    }

    #[test]
    fn a_link_in_the_place_of_a_written_file_is_not_followed() {
        let folder = Folder::with(BOOK);
        folder.run(&["build", "book"]).exits(0);
        folder.write("elsewhere", "x");
        fs::remove_file(folder.path("book/site/index.html")).unwrap();
        symlink(folder.path("elsewhere"), folder.path("book/site/index.html")).unwrap();
        folder.write("book/index.md", "# Changed\n");
        folder.run(&["build", "book"]);
        assert_eq!(folder.read("elsewhere"), "x");
    }
}

mod any_settings {
    //! Any settings, folders, links and commands: what was there before is there afterwards, byte for byte.

    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use proptest::proptest;
    use proptest::test_runner::Config;

    use crate::program::Folder;

    /// Folders that settings and options name.
    const PLACES: &[&str] = &[
        "",
        ".",
        "docs",
        "Docs",
        "docs/sub",
        "src",
        "site",
        "link",
        "loop/docs",
        "theme",
        "../out",
        "../book",
        "book",
    ];

    /// What was there before anything was run.
    const FILES: &str = "-- book/index.md --\n# Home\n\n[a](docs/a.md) ![i](images/i.png) {{#include parts/p.txt}}\n-- book/docs/index.md --\n# Docs\n-- book/docs/a.md --\n# A\n\n[i](../images/i.png)\n\
        -- book/docs/sub/b.md --\n# B\n-- book/src/SUMMARY.md --\n[One](one.md)\n-- book/src/one.md --\n# One\n-- book/images/i.png --\nx\n-- book/parts/p.txt --\npart\n-- book/theme/assets/x.css --\na{}\n\
        -- book/style.css --\na{}\n-- out/mine.html --\nmine\n-- out/index.html --\nmine too\n-- book/site/notes.md --\n# Notes\n";

    fn place() -> impl Strategy<Value = &'static str> {
        prop::sample::select(PLACES)
    }

    fn command() -> impl Strategy<Value = (&'static str, Option<&'static str>)> {
        (prop::sample::select(&["build", "build", "clean"][..]), prop::option::of(place()))
    }

    /// A manifest that lists what is there, with the right fingerprints or others.
    fn manifest(files: &BTreeMap<String, Vec<u8>>, below: &str, lies: bool) -> String {
        let entry = |(name, content): (&String, &Vec<u8>)| {
            let name = name.strip_prefix(below)?.trim_start_matches('/');
            let fingerprint =
                if lies { String::new() } else { precedent::fingerprint::Fingerprint::of_bytes(content).to_string() };
            Some(format!("{name:?}:{fingerprint:?}"))
        };
        let listed: Vec<String> = files.iter().filter_map(entry).collect();
        format!("{{\"files\":{{{},\"../out/mine.html\":\"\"}}}}", listed.join(","))
    }

    proptest! {
        #![proptest_config(Config { cases: 40, failure_persistence: None, max_shrink_iters: 60, ..Config::default() })]
        #[test]
        fn nothing_that_was_there_changes_or_goes(
            src in place(), build_dir in place(), theme in place(),
            commands in prop::collection::vec(command(), 1..6),
            forged in prop::option::of((place(), any::<bool>())),
        ) {
            let folder = Folder::with(FILES);
            folder.write("book/book.toml", format!("[book]\nsrc = \"{src}\"\n[build]\nbuild-dir = \"{build_dir}\"\n[output.html]\ntheme = \"{theme}\"\nadditional-css = [\"style.css\"]\n"));
            #[cfg(unix)]
            for (link, target) in [("book/link", "docs"), ("book/loop", ".")] {
                std::os::unix::fs::symlink(target, folder.path(link)).unwrap();
            }
            let before = folder.files("");
            if let Some((place, lies)) = forged.filter(|(place, _)| folder.path(&format!("book/{place}")).is_dir()) {
                let below = format!("book/{place}");
                let text = manifest(&before, below.trim_end_matches(['/', '.']), lies);
                folder.write(&format!("{below}/.precedent-manifest.json"), text);
            }
            for (command, out) in &commands {
                let mut arguments = vec![*command, "book"];
                let named = out.map(|out| format!("book/{out}"));
                if let Some(named) = &named {
                    arguments.extend(["-d", named.as_str()]);
                }
                let ran = folder.run(&arguments);
                prop_assert!(matches!(ran.code, Some(0 | 2)), "{arguments:?}: {ran:?}");
                let after = folder.files("");
                for (name, content) in &before {
                    prop_assert!(after.get(name) == Some(content), "{name} after {arguments:?}: {ran:?}");
                }
            }
        }
    }
}
