//! The command as a user has it: arguments, exit codes, and what is on the disk afterwards.

mod damage;
mod files;
mod interrupted;

use std::process::Stdio;

use crate::program::{Folder, Ran, precedent};

const BOOK: &str =
    "-- index.md --\n# Home\n\n[a](a.md)\n-- a.md --\n# Alpha\n\nAbout caching.\n-- b.md --\n# Beta\n\nAbout queues.\n";

#[test]
fn from_nothing_to_a_result_of_the_search() {
    let folder = Folder::new();
    let ran = folder.run(&["init", "handbook"]).exits(0);
    assert!(
        ran.out.contains("created book.toml") && ran.out.contains("precedent serve handbook --open"),
        "{}",
        ran.out
    );
    let ran = folder.run(&["build", "handbook"]).exits(0);
    assert_eq!(ran.err, "");
    assert!(ran.out.starts_with("Handbook: 3 pages, 1 decision, 1 guideline"), "{}", ran.out);
    let ran = folder.run(&["search", "record", "architecture", "-C", "handbook/docs"]).exits(0);
    assert!(ran.out.contains("decisions/0001-record-architecture-decisions.md:"), "{}", ran.out);
    let json = folder.run(&["search", "architecture", "--format", "json", "-C", "handbook"]).exits(0).out;
    let hits: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(hits[0]["url"].as_str().unwrap().contains("0001-record-architecture-decisions.html"), "{json}");
    folder.run(&["search", "zebrafish", "-C", "handbook"]).exits(1);
}

#[test]
fn init_never_overwrites() {
    let folder = Folder::new();
    folder.write("docs/index.md", "mine");
    folder.write("book.toml", "[book]\ntitle = 'Mine'\n");
    let ran = folder.run(&["init"]).exits(0);
    assert!(
        ran.out.contains("kept    book.toml") && ran.out.contains("created docs/guidelines/writing.md"),
        "{}",
        ran.out
    );
    let before = folder.files("");
    folder.run(&["init"]).exits(0);
    assert_eq!(folder.files(""), before);
    assert_eq!(folder.read("docs/index.md"), "mine");
}

#[test]
fn what_cannot_be_done_ends_with_two_and_says_what_to_do() {
    let folder = Folder::with(BOOK);
    let ran = folder.run(&["build", "nowhere"]).exits(2);
    assert!(ran.err.starts_with("error: there is no folder `nowhere`") && ran.err.contains("help: "), "{}", ran.err);
    folder.run(&["build", "a.md"]).exits(2);
    let ran = folder.run(&["build", "--deny", "broken-lnk"]).exits(2);
    assert!(ran.err.contains("did you mean `broken-link`?"), "{}", ran.err);
    folder.run(&["nonsense"]).exits(2);
    folder.run(&["new", "decision", "X", "--edit"]).exits(2);
    for command in ["init", "build", "serve", "search", "explain", "new", "clean", "completions", "man"] {
        assert!(folder.run(&[command, "--help"]).exits(0).out.contains("Examples:"), "{command}");
    }
}

#[test]
fn findings_are_shown_with_their_lines_and_stop_the_build_when_denied() {
    let folder = Folder::with("-- book.toml --\n[book]\ntitel = 'x'\n-- a.md --\n# A\n\nText [here](gone.md).\n");
    let ran = folder.run(&["build"]).exits(0);
    for expected in [
        "warning[unknown-setting]",
        "did you mean `title`?",
        "warning[broken-link]",
        "--> a.md:3:6",
        "3 | Text [here](gone.md).",
    ] {
        assert!(ran.err.contains(expected), "no {expected} in\n{}", ran.err);
    }
    assert!(ran.out.contains("2 findings"), "{}", ran.out);
    let before = folder.files("book");
    folder.write("a.md", "# Changed\n\n[here](gone.md)\n");
    for code in ["all", "broken-link"] {
        let ran = folder.run(&["build", "--deny", code]).exits(1);
        assert!(ran.err.contains("error[broken-link]") && ran.err.contains("nothing was written"), "{}", ran.err);
    }
    assert_eq!(folder.files("book"), before, "a denied build leaves the last good site");
    folder.run(&["build", "--deny", "missing-file"]).exits(0);
}

#[test]
fn the_book_is_found_from_any_folder_below() {
    let folder = Folder::with("-- book.toml --\n-- docs/deep/a.md --\n# A\n");
    Ran::of(precedent(&folder.path("docs/deep")).arg("build").output().unwrap()).exits(0);
    assert!(folder.path("book/docs/deep/a.html").exists());
}

#[test]
fn new_files_are_numbered_on_and_never_overwrite() {
    let folder = Folder::with("-- decisions/0007-old.md --\n# Old\n\n## Status\n\nAccepted\n-- index.md --\n# Home\n");
    assert_eq!(folder.run(&["new", "decision", "Use PostgreSQL"]).exits(0).out, "decisions/0008-use-postgresql.md\n");
    assert_eq!(folder.run(&["new", "decision", "Use Ärger / \"quotes\": & more"]).exits(0).out.lines().count(), 1);
    assert!(folder.run(&["new", "decision", "Third"]).exits(0).out.starts_with("decisions/0010-"));
    let guideline = folder.run(&["new", "guideline", "Naming"]).exits(0).out;
    assert_eq!(guideline, "guidelines/naming.md\n");
    folder.write("guidelines/naming.md", "mine");
    folder.run(&["new", "guideline", "Naming"]).exits(2);
    assert_eq!(folder.read("guidelines/naming.md"), "mine");
    assert_eq!(folder.run(&["new", "page", "../../etc/passwd"]).exits(0).out, "etcpasswd.md\n");
    let ran = folder.run(&["build"]).exits(0);
    assert_eq!(ran.err, "", "what `new` makes has no finding");
}

#[cfg(unix)]
#[test]
fn the_editor_of_the_setting_opens_the_new_file() {
    let folder = Folder::with(BOOK);
    let mut command = precedent(&folder.path(""));
    command.args(["new", "page", "Opened", "--edit"]).env("EDITOR", "touch -r index.md");
    Ran::of(command.output().unwrap()).exits(0);
    let stamps = folder.stamps("");
    assert_eq!(stamps["opened.md"].0, stamps["index.md"].0);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = Folder::with(BOOK);
    for number in 0..300 {
        folder.write(
            &format!("many/{number}.md"),
            format!("# Caching {number}\n\n{}\n", "caching and more of it ".repeat(20)),
        );
    }
    folder.run(&["search", "caching", "-n", "200"]).exits(0);
    let mut child = precedent(&folder.path(""))
        .args(["search", "caching", "-n", "200"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn completions_and_man_pages_name_every_command() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = folder.run(&["completions", shell]).exits(0).out;
        assert!(script.contains("PRECEDENT_COMPLETE"), "{shell}");
    }
    // What the script asks is answered out of the book.
    folder.write("decisions/0001-a.md", b"---\nstatus: accepted\ntags: [Zebra crossing]\n---\n# Alpha\n");
    for (typed, expected) in [
        ("se", "search"),
        ("search status:a", "status:accepted"),
        ("search --tag ze", "zebra crossing"),
        ("explain broken-l", "broken-link"),
        ("check --deny al", "all"),
    ] {
        let words: Vec<&str> = ["--", "precedent"].into_iter().chain(typed.split(' ')).collect();
        let last = (words.len() - 2).to_string();
        let asked = [("PRECEDENT_COMPLETE", "fish"), ("_CLAP_COMPLETE_INDEX", last.as_str())];
        assert!(folder.run_with(&words, &asked).exits(0).out.contains(expected), "{typed}");
    }
    folder.run(&["man", "man1"]).exits(0);
    let pages: Vec<String> = folder.files("man1").into_keys().collect();
    for command in ["init", "build", "serve", "search", "new", "clean", "completions", "man"] {
        assert!(pages.contains(&format!("precedent-{command}.1")), "{pages:?}");
    }
    assert!(folder.read("man1/precedent-build.1").contains(".SH"));
}

#[test]
fn what_a_search_prints_cannot_drive_the_terminal() {
    let folder = Folder::with("-- a.md --\n# Alpha \u{1b}]0;owned\u{7}\n\nneedle \u{1b}[2J\u{9b}31m text\n");
    let ran = folder.run(&["search", "needle"]).exits(0);
    assert!(!ran.out.chars().any(|letter| letter.is_control() && letter != '\n'), "{:?}", ran.out);
    let ran = folder.run(&["search", "\u{1b}[2Jzebrafish"]).exits(1);
    assert!(!ran.err.contains('\u{1b}'), "{:?}", ran.err);
    let folder =
        Folder::with("-- a.md --\n# A\n\n[\u{1b}[31mx](gone\u{1b}[2J.md)\n-- book.toml --\n[book]\n\"\\u001bx\" = 1\n");
    let ran = folder.run(&["build"]);
    assert!(!ran.err.contains('\u{1b}'), "{:?}", ran.err);
}

#[test]
fn a_new_book_around_records_shows_them_where_they_are() {
    let record = "# 1. Use X\n\n## Status\n\nAccepted\n";
    let folder = Folder::with("-- README.md --\n# Mono\n-- .gitignore --\nnode_modules\n");
    for place in ["packages/a/docs/adr", "packages/b/docs/adr"] {
        folder.write(&format!("{place}/0001-use-x.md"), record);
    }
    let ran = folder.run(&["init"]).exits(0);
    assert!(
        ran.out.contains("found 2 decision records in `packages/a/docs/adr`, `packages/b/docs/adr`"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("note: add `/site/` to `.gitignore`"), "{}", ran.out);
    assert_eq!(folder.read(".gitignore"), "node_modules\n");
    assert!(!folder.path("docs").exists() && !folder.path(".github").exists());
    assert_eq!(folder.run(&["list"]).exits(0).out.lines().count(), 2);
    folder.run(&["build", "-q", "--deny", "all"]).exits(0);
    let empty = Folder::new();
    empty.run(&["init"]).exits(0);
    assert!(empty.read(".gitignore").contains("/site/") && !empty.path(".github").exists());
}

#[test]
fn settings_come_from_the_environment_too() {
    let folder = Folder::with("-- book.toml --\n[book]\ntitle = 'File'\n-- index.md --\n# Home\n");
    let variables = [
        ("PRECEDENT_SITE__URL", "https://example.org/docs"),
        ("PRECEDENT_BOOK__TITLE", "Given"),
        ("PRECEDENT_BUILD__BUILD_DIR", "out"),
        ("PRECEDENT_BOOK__AUTHORS", "[\"Ann\"]"),
    ];
    folder.run_with(&["build", "-q", "--deny", "all"], &variables).exits(0);
    assert!(folder.read("out/index.html").contains("Home · Given"));
    assert!(folder.read("out/404.html").contains("href=\"/docs/"), "{}", folder.read("out/404.html"));
    assert!(folder.path("out/sitemap.xml").exists());
    let ran = folder.run_with(&["check"], &[("PRECEDENT_BOOK__TITEL", "x")]).exits(0);
    assert!(ran.err.contains("unknown key `book.titel`") && ran.err.contains("did you mean `title`"), "{}", ran.err);
    folder.run(&["build", "-q", "--site-url", "https://example.org/other/"]).exits(0);
    assert!(folder.read("book/404.html").contains("href=\"/other/"));
    let ran = folder.run(&["check"]).exits(0);
    assert_eq!(ran.err, "");
}

#[test]
fn a_book_without_a_page_is_an_error_and_what_was_published_stays() {
    let folder = Folder::with("-- book.toml --\n[book]\nsrc = 'docs'\n-- docs/index.md --\n# Home\n");
    folder.run(&["build", "-q"]).exits(0);
    let before = folder.files("book");
    folder.write("book.toml", "[book]\nsrc = 'dcos'\n");
    for command in [&["build", "--deny", "all"][..], &["check"]] {
        let ran = folder.run(command).exits(2);
        assert!(ran.err.contains("dcos`: there is no such folder") && ran.err.contains("book.src"), "{}", ran.err);
    }
    assert_eq!(folder.files("book"), before);
    folder.write("dcos/notes.txt", "x");
    folder.run(&["build"]).exits(2);
    assert_eq!(folder.files("book"), before);
}

#[test]
fn generated_sources_are_read_although_git_ignores_them() {
    let folder = Folder::with(
        "-- .gitignore --\n/made/\n/src/chapter.md\n*.secret\n-- book.toml --\n[book]\nsrc = 'made'\n-- made/index.md --\n# Made\n-- made/a.secret --\nx\n",
    );
    folder.run(&["build", "-q", "--deny", "all"]).exits(0);
    assert!(folder.read("book/index.html").contains("Made") && !folder.path("book/a.secret").exists());
    folder.write("book.toml", "");
    folder.write("src/SUMMARY.md", "[One](index.md)\n\n- [Two](chapter.md)\n");
    folder.write("src/index.md", "# One\n");
    folder.write("src/chapter.md", "# Two\n");
    folder.run(&["build", "-q", "--deny", "all", "-d", "out"]).exits(0);
    assert!(folder.read("out/chapter.html").contains("Two"));
}

#[test]
fn front_matter_that_cannot_be_read_is_one_finding() {
    let folder = Folder::with("-- index.md --\n---\nweight: 100\ndraft: false\ntitle: [\n---\n# Home\n");
    let ran = folder.run(&["check"]).exits(0);
    assert!(ran.out.starts_with("1 finding") && ran.err.contains("invalid-front-matter"), "{}{}", ran.out, ran.err);
}
