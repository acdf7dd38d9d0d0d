//! Plays a page of the documentation: files that it shows are written, what it shows as typed is typed, and what is
//! printed stands in the page that comes out.
//!
//! A code block with `title="path"` is a file. In a `console` block a line after `$ ` is typed into one shell, which lives
//! as long as the page; lines after `> ` continue it; all others are what it prints. A line `…` stands for any lines.
//! The last command of a block fails where the word `fails` stands after `console`, and no other one does.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::blocks::{Block, Piece, pieces};
use crate::program::Folder;

/// When everything in the documentation happens, in seconds since 1970 and as git reads it: at noon of 2026-12-01.
const NOW: [&str; 2] = ["1796126400", "1796126400 +0000"];

/// Marks before what a command printed, and before the status it ended with.
const BEGINS: char = '\u{1e}';
const ENDS: char = '\u{1f}';

/// Runs a script. Where tests run as root, as in a container, nothing is forbidden; readers are not root.
const WITHOUT_PRIVILEGES: &str = "
if [ $EUID = 0 ]; then exec setpriv --bounding-set=-all --inh-caps=-all bash \"$1\"; fi
exec bash \"$1\"";

/// A piece of a page, as it is played.
enum Part<'t> {
    /// What is shown only.
    Shown(&'t str),
    /// A file.
    File { path: &'t str, content: String, block: Block<'t> },
    /// A block that is neither.
    Other(Block<'t>),
    /// Commands, and whether the last one fails.
    Console { typed: Vec<Typed>, fails: bool, block: Block<'t> },
}

/// One command, with what the page says that it prints.
struct Typed {
    command: String,
    expected: String,
}

/// What a command came to.
struct Printed {
    text: String,
    status: i32,
}

/// Returns the page with what its commands print today.
///
/// # Errors
/// When a command fails that should not, or does not fail that should; the text says which.
pub fn play(page: &str) -> Result<String, String> {
    let parts = parts(page);
    let mut printed = run(&parts).into_iter();
    let mut out = String::new();
    for part in &parts {
        match part {
            Part::Shown(shown) => out += shown,
            Part::File { block, .. } | Part::Other(block) => {
                [block.opening, block.content, block.closing].iter().for_each(|lines| out += lines);
            }
            Part::Console { typed, fails, block } => {
                out += block.opening;
                for (at, Typed { command, expected }) in typed.iter().enumerate() {
                    let Printed { text, status } = printed.next().expect("every command ran");
                    let should_fail = *fails && at + 1 == typed.len();
                    if (status != 0) != should_fail {
                        return Err(format!("`{command}` ended with {status}:\n{text}"));
                    }
                    writeln!(out, "$ {}", command.replace('\n', "\n> ")).unwrap();
                    // A directive that is printed is no directive of the page.
                    let text = text.replace("{{#", "\\{{#");
                    let (wanted, got): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), text.lines().collect());
                    out += if fits(&wanted, &got) { expected } else { &text };
                }
                out += block.closing;
            }
        }
    }
    Ok(out)
}

/// Says whether a page has anything to play.
pub fn has_commands(page: &str) -> bool {
    parts(page).iter().any(|part| matches!(part, Part::Console { .. }))
}

fn parts(page: &str) -> Vec<Part<'_>> {
    pieces(page).into_iter().map(part).collect()
}

fn part(piece: Piece<'_>) -> Part<'_> {
    let block = match piece {
        Piece::Prose(prose) => return Part::Shown(prose),
        Piece::Block(block) => block,
    };
    let words = block.words();
    match block.title() {
        // In the documentation a directive that is shown is escaped.
        Some(path) => Part::File { path, content: block.content.replace("\\{{#", "{{#"), block },
        None if words.first() == Some(&"console") => {
            Part::Console { typed: typed(block.content), fails: words.contains(&"fails"), block }
        }
        None => Part::Other(block),
    }
}

fn typed(block: &str) -> Vec<Typed> {
    let mut all: Vec<Typed> = Vec::new();
    for line in block.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            all.push(Typed { command: command.to_owned(), expected: String::new() });
            continue;
        }
        let last = all.last_mut().expect("a block begins with a command");
        match line.strip_prefix("> ").filter(|_| last.expected.is_empty()) {
            Some(further) => last.command = format!("{}\n{further}", last.command),
            None => writeln!(last.expected, "{line}").unwrap(),
        }
    }
    all
}

/// Says whether lines are those that are expected.
fn fits(expected: &[&str], lines: &[&str]) -> bool {
    match expected.split_first() {
        None => lines.is_empty(),
        Some((&"…", rest)) => (0..=lines.len()).any(|skipped| fits(rest, &lines[skipped..])),
        Some((first, rest)) => lines.first() == Some(first) && fits(rest, &lines[1..]),
    }
}

/// Runs all commands of a page in one shell, for the same user in the same place everywhere.
fn run(parts: &[Part<'_>]) -> Vec<Printed> {
    let folder = Folder::new();
    let home = folder.path("home/ann");
    fs::create_dir_all(&home).unwrap();
    folder.write("script", script(parts));
    let program = Path::new(env!("CARGO_BIN_EXE_precedent")).parent().unwrap();
    let git = ["AUTHOR", "COMMITTER"].map(|who| {
        let known = [("NAME", "Ann Example"), ("EMAIL", "ann@example.org"), ("DATE", NOW[1])];
        known.map(|(what, value)| (format!("GIT_{who}_{what}"), value))
    });
    let output = Command::new("bash")
        .args(["-c", WITHOUT_PRIVILEGES, "bash"])
        .arg(folder.path("script"))
        .current_dir(&home)
        .env_clear()
        .env("PATH", format!("{}:{}", program.display(), std::env::var("PATH").unwrap()))
        .env("HOME", &home)
        .env("LC_ALL", "C.UTF-8")
        .env("TZ", "UTC")
        .env("SOURCE_DATE_EPOCH", NOW[0])
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs(git.into_iter().flatten())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap().replace(&folder.path("").display().to_string(), "");
    printed.split(BEGINS).skip(1).map(ended).collect()
}

fn ended(printed: &str) -> Printed {
    let (text, status) = printed.rsplit_once(ENDS).unwrap_or_else(|| panic!("the shell ended early: {printed}"));
    Printed { text: everywhere_the_same(text), status: status.trim().parse().expect("a status is a number") }
}

/// The script that writes the files where the shell stands, and runs each command between two marks.
fn script(parts: &[Part<'_>]) -> String {
    let mut script = String::from("exec 2>&1\n");
    let marked = |command: &str| format!("printf '{BEGINS}'\n{command}\nprintf '{ENDS}%s\\n' \"$?\"\n");
    for part in parts {
        match part {
            Part::Shown(_) | Part::Other(_) => {}
            Part::File { path, content, .. } => {
                let folder = Path::new(path).parent().expect("a file has a folder").display();
                write!(script, "mkdir -p './{folder}'\ncat > '{path}' << 'end of file'\n{content}end of file\n")
                    .unwrap();
            }
            Part::Console { typed, .. } => {
                // In the documentation a directive that is shown is escaped, here too.
                let commands = typed.iter().map(|typed| typed.command.replace("\\{{#", "{{#"));
                commands.for_each(|command| script += &marked(&stopped(&command)));
            }
        }
    }
    script
}

/// A preview runs until it is stopped: here as soon as it has said where it is. No browser is opened.
fn stopped(command: &str) -> String {
    if !command.starts_with("precedent serve") {
        return command.to_owned();
    }
    let command = command.replace(" --open", "");
    format!(
        "exec 3< <(exec {command} 2>&1); preview=$!
while read -r line <&3; do
  printf '%s\\n' \"$line\"
  case $line in *'stop with'*) break ;; esac
done
kill $preview"
    )
}

/// What differs from machine to machine, as the documentation shows it: how long it took, and which port was free.
fn everywhere_the_same(text: &str) -> String {
    let line = |line: &str| {
        let line = match line.strip_suffix(" s").and_then(|before| before.rsplit_once("; ")) {
            Some((before, seconds)) if seconds.parse::<f64>().is_ok() => format!("{before}; 0.02 s"),
            _ => line.to_owned(),
        };
        match line.split_once("127.0.0.1:") {
            Some((before, after)) => {
                format!("{before}127.0.0.1:3000{}", after.trim_start_matches(|digit: char| digit.is_ascii_digit()))
            }
            None => line,
        }
    };
    text.lines().flat_map(|whole| [line(whole), "\n".to_owned()]).collect()
}
