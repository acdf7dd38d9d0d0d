//! Keeps the book in `docs` true: what it shows as typed prints what it shows, and each finding has a page with an
//! example that yields it and is mended there.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Mutex;
use std::thread;

use precedent::diagnostic::{Code, DOCUMENTATION};

use super::blocks::{blocks, prose};
use super::{documents, headings, root, text, transcript};
use crate::program::Folder;

/// Pages of the book, from the root.
fn pages() -> impl Iterator<Item = String> {
    documents().into_iter().filter(|path| path.starts_with("docs/"))
}

#[test]
fn what_the_documentation_shows_as_typed_prints_what_it_shows() {
    let played: Vec<String> = pages().filter(|page| transcript::has_commands(&text(page))).collect();
    assert!(played.len() > Code::ALL.len());
    let (queue, wrong) = (Mutex::new(played.into_iter()), Mutex::new(Vec::new()));
    let work = || {
        while let Some(page) = { queue.lock().unwrap().next() } {
            let shown = text(&page);
            let fault = match transcript::play(&shown) {
                Ok(real) if real == shown => continue,
                Ok(real) => {
                    if std::env::var_os("UPDATE").is_some() {
                        fs::write(root().join(&page), &real).unwrap();
                    }
                    format!("{page} should be\n{real}")
                }
                Err(fault) => format!("{page}: {fault}"),
            };
            wrong.lock().unwrap().push(fault);
        }
    };
    thread::scope(|scope| {
        (0..thread::available_parallelism().map_or(1, usize::from)).for_each(|_| drop(scope.spawn(work)))
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(
        wrong.is_empty(),
        "`UPDATE=1` writes what is printed into the pages; read it before you keep it\n{}",
        wrong.join("\n\n")
    );
}

/// Findings without an example that is played, with the reason.
const NOT_PLAYED: &[(Code, &str)] = &[(Code::TooMuchWork, "it would keep a processor busy for minutes")];

#[test]
fn each_finding_has_a_page_whose_example_yields_it_and_is_mended() {
    for code in Code::ALL {
        let page = code.page();
        let level = format!("{:?}", code.default_severity()).to_lowercase();
        assert!(page.contains(&format!("\n# `{code}`: ")), "{code} has no title");
        assert!(page.contains(&format!("\n{}\n", code.meaning().trim())), "{code}: its meaning is another");
        assert!(prose(page).contains(&format!("(`{level}`)")), "{code}: its level is another");
        let (_, example) = page.split_once("\n## Example\n").unwrap();
        let (example, mended) = example.split_once("\n## How to mend it\n").unwrap();
        if let Some((_, reason)) = NOT_PLAYED.iter().find(|(other, _)| other == code) {
            assert!(example.contains(&format!("[{code}]: ")), "{code} is not shown, and not played since {reason}");
            continue;
        }
        // That this is really printed is what the other test looks at.
        let printed = |part: &str| {
            let last = blocks(part).pop().unwrap();
            assert!(last.words().first() == Some(&"console") && last.content.contains("$ precedent check"), "{code}");
            last.content.to_owned()
        };
        assert!(printed(example).contains(&format!("[{code}]: ")), "{code}: its example does not yield it");
        assert!(!printed(mended).contains(&format!("[{code}]: ")), "{code}: it is not mended");
    }
}

/// What a test cannot run: it installs something, or needs another machine.
const OUTSIDE: &[&str] = &[
    "cargo install ",
    "git fetch ",
    "rsync ",
    "aws ",
    "npx ",
    "npm ",
    "oauth2-proxy ",
    "PRECEDENT_WEBHOOK=",
    "test -s ",
];

#[test]
fn commands_of_the_tutorial_and_the_guides_are_played_but_for_those_that_need_the_network() {
    for page in pages().filter(|page| page.starts_with("docs/tutorial/") || page.starts_with("docs/how-to/")) {
        for block in blocks(&text(&page)).into_iter().filter(|block| block.words().first() == Some(&"sh")) {
            let is_outside = |line: &str| OUTSIDE.iter().any(|program| line.starts_with(program));
            assert!(block.content.lines().any(is_outside), "{page}: this can be played\n{}", block.content);
        }
    }
}

#[test]
fn the_documentation_has_no_finding() {
    let folder = Folder::new();
    let docs = root().join("docs").display().to_string();
    let ran = folder.run(&["check", "--deny", "all", &docs]).exits(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("0 findings, none at `deny`\n", ""));
}

/// How many of the questions at least have their answer as the very first result.
const FIRST: usize = 28;

#[test]
fn the_search_answers_the_questions_of_newcomers() {
    let asked: toml::Table = toml::from_str(&text("tests/data/questions.toml")).unwrap();
    let questions = asked["question"].as_array().unwrap();
    assert!(questions.len() >= 30);
    let folder = Folder::new();
    for page in pages().chain(["docs/book.toml".to_owned()]) {
        folder.write(&page, text(&page));
    }
    let mut first = 0;
    for question in questions {
        let asked = question["asked"].as_str().unwrap();
        let answers: Vec<&str> =
            question["answered"].as_array().unwrap().iter().filter_map(|page| page.as_str()).collect();
        let found = folder.run(&["search", "-C", "docs", "-n", "3", "--format", "json", "--", asked]).exits(0).out;
        let found: Vec<serde_json::Value> = serde_json::from_str(&found).unwrap();
        let found: Vec<&str> = found.iter().filter_map(|hit| hit["path"].as_str()).collect();
        let place = found.iter().position(|page| answers.contains(page));
        assert!(place.is_some(), "`{asked}` finds {found:?} and not {answers:?}");
        first += usize::from(place == Some(0));
    }
    assert!(first >= FIRST, "{first} of {} have their answer first", questions.len());
}

#[test]
fn a_finding_is_explained_in_the_terminal() {
    let folder = Folder::new();
    let page = folder.run(&["explain", "broken-include"]).exits(0).out;
    for expected in [
        "# `broken-include`: an include cannot be put in\n",
        "\n{{#include shop.py:price}}\n",
        "\nhttps://precedent.example/docs/reference/findings/broken-include.html\n",
    ] {
        assert!(page.contains(expected), "no {expected} in\n{page}");
    }
    let linked = folder.run(&["explain", "invalid-value"]).exits(0).out;
    assert!(linked.contains("[Front matter](https://precedent.example/docs/reference/front-matter.html)"), "{linked}");
    let list = folder.run(&["explain"]).exits(0).out;
    assert_eq!(list.lines().count(), Code::ALL.len());
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let link = list.lines().map(words).find(|line| line.starts_with("broken-link ")).unwrap();
    assert_eq!(link, "broken-link warn A link to a page or file that does not exist.");
    let ran = folder.run(&["explain", "broken-lnk"]).exits(2);
    assert!(ran.err.contains("did you mean `broken-link`?"), "{}", ran.err);
}

#[test]
fn findings_and_errors_say_where_more_is() {
    let folder = Folder::with("-- a.md --\n# A\n\n[one](gone.md) [two](gone.md)\n");
    let ran = folder.run(&["check"]).exits(0);
    let address = format!("help: see {DOCUMENTATION}reference/findings/broken-link.html");
    assert_eq!(ran.err.matches(&address).count(), 1, "once for a code\n{}", ran.err);
    let ran = folder.run(&["show", "12"]).exits(2);
    assert!(ran.err.ends_with(&format!("help: see {DOCUMENTATION}reference/records.html#ids\n")), "{}", ran.err);
}

#[test]
fn every_address_of_the_documentation_that_the_program_names_exists() {
    let mut named = BTreeSet::new();
    let mut open = vec![root().join("src")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let code = fs::read_to_string(&path).unwrap();
        let texts = code.split('"').filter(|text| text.contains(".html"));
        let ours = |text: &&str| {
            ["tutorial/", "how-to/", "reference/", "explanation/"].iter().any(|part| text.starts_with(part))
        };
        named.extend(texts.filter(ours).map(str::to_owned));
    }
    assert!(!named.is_empty());
    for command in precedent::cli::command().get_subcommands() {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let (_, address) = help.rsplit_once(DOCUMENTATION).unwrap_or_else(|| panic!("{}: {help}", command.get_name()));
        named.insert(address.to_owned());
    }
    let settings = text("templates/book/book.toml");
    named
        .extend(settings.split(DOCUMENTATION).skip(1).map(|after| after.split_whitespace().next().unwrap().to_owned()));
    for address in named {
        let (page, anchor) = address.split_once('#').unwrap_or((&address, ""));
        let page = text(&format!("docs/{}", page.replace(".html", ".md")));
        assert!(anchor.is_empty() || headings(&prose(&page)).contains(anchor), "{address}");
    }
}
