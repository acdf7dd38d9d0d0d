//! No text of a book drives a terminal, a spreadsheet or a shell.

use crate::program::{Folder, precedent};

/// Escape sequences, their forms of one character, and overrides of the direction.
const SIGNS: &str = "\u{1b}[31m\u{9b}31m\u{8}\u{7}\u{202e}\u{2066}";

fn hostile() -> Folder {
    let folder = Folder::new();
    let record = format!(
        "---\nstatus: \"accepted{SIGNS}\"\ntags: [\"a{SIGNS}\"]\ndeciders: [\"ann{SIGNS}\"]\nsupersedes: \"nobody{SIGNS}\"\napplies-to: [\"src/{SIGNS}\"]\n---\n# Use {SIGNS}\n\n## Context and Problem Statement\n\nneedle {SIGNS} [x](gone{SIGNS}.md) [y](n\u{1b}ote.md)\n"
    );
    folder.write("docs/decisions/0001-a.md", record);
    folder.write("docs/index.md", format!("# Home {SIGNS}\n\n{{{{#include {SIGNS}}}}}\n"));
    folder.write("docs/n\u{1b}[31mote.md", "# Note\n");
    folder.write("docs/near.md", "[a](n[31mote.md)\n");
    folder.write("book.toml", "[book]\nsrc = \"docs\"\ntitle = \"T\\u001b[31m\\u009b\"\nunknown = 1\n");
    folder
}

#[test]
fn no_sign_that_drives_a_terminal_is_printed() {
    let folder = hostile();
    let commands: &[&[&str]] = &[
        &["check"],
        &["build"],
        &["list"],
        &["list", "--format", "csv"],
        &["list", "--format", "json"],
        &["show", "1", "--explain", "--text"],
        &["show", "1", "--format", "json"],
        &["show", "no\u{1b}[31mne"],
        &["search", "needle"],
        &["search", "needle", "--format", "json"],
        &["search", "no\u{1b}[31mthing"],
        &["governs", "src/a"],
        &["governs", "src/a", "--format", "json"],
        &["graph", "--format", "dot"],
        &["graph", "--format", "mermaid"],
        &["graph"],
        &["check", "--format", "json"],
        &["explain", "\u{1b}[31m"],
        &["build", "-d", "o\u{1b}[31mut"],
        &["list", "--since", "\u{1b}[31m"],
        &["clean"],
    ];
    for arguments in commands {
        let ran = folder.run(arguments);
        for text in [&ran.out, &ran.err] {
            let sign = text.chars().find(|letter| {
                letter.is_control() && !matches!(letter, '\n' | '\t')
                    || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            });
            assert_eq!(sign, None, "{arguments:?} prints {text:?}");
        }
    }
}

#[test]
fn a_spreadsheet_runs_no_cell() {
    for title in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"] {
        let folder = Folder::with(&format!(
            "-- decisions/0001-a.md --\n---\nstatus: accepted\ntitle: {title:?}\n---\n# X\n\n## Context and Problem Statement\n\nx\n"
        ));
        let csv = folder.run(&["list", "--format", "csv"]).exits(0).out;
        let row = csv.lines().nth(1).unwrap();
        assert!(row.contains(",'"), "{title:?}: {row}");
    }
}

#[test]
fn a_shell_is_offered_nothing_that_it_would_run() {
    let folder = Folder::with(
        "-- index.md --\n---\ntags: [\"$(touch ran)\", \"`touch ran`\", \"a;touch ran\", \"good\", \"it's; touch ran\"]\n---\n# H\n",
    );
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = precedent(&folder.path(""))
            .args(["--", "precedent", "search", "--tag", ""])
            .env("PRECEDENT_COMPLETE", shell)
            .env("_CLAP_COMPLETE_INDEX", "3")
            .env("_CLAP_IFS", "\n")
            .output()
            .unwrap();
        let offered = String::from_utf8(output.stdout).unwrap();
        assert!(offered.contains("good"), "{shell}: {offered}");
        for line in offered.lines() {
            let runs = ['$', '`', ';', '|', '&', '<', '>', '('].iter().any(|sign| line.contains(*sign));
            assert!(!runs || line.starts_with('\''), "{shell}: {line}");
        }
    }
}
