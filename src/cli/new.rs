//! `precedent new`

use std::env;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use super::args::{FirstStatus, KindName, New as Args};
use super::terminal::Colour;
use super::{Error, Outcome, book, decision, show, terminal};
use crate::amend::{self, NewFile, Plan};
use crate::build::Survey;
use crate::decision::State;
use crate::disk::scaffold::{self, Made};
use crate::disk::{Book, Environment, Pages, change};
use crate::page::slug;
use crate::path::BookPath;
use crate::site::Kind;

pub(super) fn run(args: &Args, environment: &Environment) -> Result<Outcome, Error> {
    check(args)?;
    if !args.title.chars().any(char::is_alphanumeric) {
        return Err(Error::NoTitle);
    }
    let mut book = Book::open(&args.dir, environment)?;
    let survey = book.survey(Pages::All)?;
    let (file, plan) = match args.kind {
        KindName::Decision => next_decision(args, &book, &survey)?,
        KindName::Guideline => (guideline(args, &survey)?, Plan::default()),
        KindName::Page => (scaffold::next(Kind::Page, &args.title, &survey), Plan::default()),
    };
    warn_of_same_title(&args.title, &survey);
    let place = book.root().join(file.path.as_str());
    if place.exists() {
        return Err(Error::Exists { path: place });
    }
    if args.dry_run {
        let colour = Colour::of(&io::stdout());
        let added = decision::patch("/dev/null", &format!("b/{}", file.path), "", &file.text, colour);
        terminal::print_exactly(&(added + &decision::difference(&plan, colour)))?;
        return Ok(Outcome::Clean);
    }
    // The new file first: should it fail, no other says that it is there.
    for made in scaffold::write(book.root(), &[file])? {
        match made {
            Made::Created(path) => {
                let changed = decision::carry_out(book.root(), &plan).inspect_err(|_| drop(fs::remove_file(&path)))?;
                terminal::print(&format!("{}\n{changed}", book::shown(&path)))?;
                if args.edit {
                    edit(&path)?;
                }
            }
            Made::Kept(path) => return Err(Error::Exists { path }),
        }
    }
    Ok(Outcome::Clean)
}

/// Says where a page has the same title already.
fn warn_of_same_title(title: &str, survey: &Survey) {
    let words = |text: &str| slug(text);
    let same = survey.site.entries.iter().find(|entry| words(entry.title()) == words(title));
    if let Some(entry) = same {
        eprintln!("warning: `{}` has this title already", terminal::harmless(entry.page().path.as_str()));
    }
}

/// Refuses options that mean nothing to the kind.
fn check(args: &Args) -> Result<(), Error> {
    let of_decisions = [
        ("--template", args.template.is_some()),
        ("--supersedes", !args.supersedes.is_empty()),
        ("--scope", args.scope.is_some()),
        ("--status", args.status.is_some()),
        ("--by", !args.by.is_empty()),
    ];
    let misplaced = match args.kind {
        KindName::Decision => (!args.derives_from.is_empty()).then_some(("--derives-from", "guideline")),
        kind => {
            let rules = kind == KindName::Page && !args.derives_from.is_empty();
            let of_decisions = of_decisions.iter().find(|(_, given)| *given).map(|(option, _)| (*option, "decision"));
            of_decisions.or(rules.then_some(("--derives-from", "guideline")))
        }
    };
    misplaced.map_or(Ok(()), |(option, kind)| Err(Error::Misplaced { option, kind }))
}

fn next_decision(args: &Args, book: &Book, survey: &Survey) -> Result<(NewFile, Plan), Error> {
    let read = |path: &BookPath| change::text(book.root(), path);
    let sources = amend::Book { site: &survey.site, src: &survey.src, tool_folders: &survey.tool_folders, read: &read };
    let supersedes = args.supersedes.iter().map(|id| show::find(&survey.site, id)).collect::<Result<Vec<_>, _>>()?;
    let new = amend::New {
        title: &args.title,
        template: args.template.as_deref(),
        state: args.status.map(|status| match status {
            FirstStatus::Proposed => State::Proposed,
            FirstStatus::Accepted => State::Accepted,
        }),
        scope: args.scope.as_deref(),
        here: &here(&args.dir, book),
        deciders: &decision::deciders(&args.by)?,
        supersedes: &supersedes,
        today: book::today(),
    };
    Ok(amend::decision(&sources, &new)?)
}

/// The folder that the user named or stands in, below the book's root.
fn here(dir: &Path, book: &Book) -> BookPath {
    let place = fs::canonicalize(dir).ok();
    let below = place.as_ref().and_then(|place| place.strip_prefix(book.root()).ok()).and_then(Path::to_str);
    below.and_then(|below| BookPath::new(&below.replace('\\', "/")).ok()).unwrap_or_else(BookPath::root)
}

fn guideline(args: &Args, survey: &Survey) -> Result<NewFile, Error> {
    let mut file = scaffold::next(Kind::Guideline, &args.title, survey);
    let mut ids = Vec::new();
    for id in &args.derives_from {
        let entry = &survey.site.entries[show::find(&survey.site, id)?];
        ids.extend(entry.filed.as_ref().map(|filed| filed.id.clone()));
    }
    if !ids.is_empty() {
        let list: Vec<String> = ids.iter().map(|id| format!("\"{}\"", id.replace('"', "\\\""))).collect();
        file.text = file.text.replacen("derives-from: []", &format!("derives-from: [{}]", list.join(", ")), 1);
    }
    Ok(file)
}

/// Opens the user's editor, whose setting may hold arguments.
fn edit(path: &Path) -> Result<(), Error> {
    let setting =
        ["VISUAL", "EDITOR"].into_iter().find_map(|name| env::var(name).ok().filter(|value| !value.trim().is_empty()));
    let command = setting.ok_or(Error::NoEditor)?;
    let mut words = command.split_whitespace();
    let program = words.next().ok_or(Error::NoEditor)?;
    let failed = |source| Error::Editor { command: command.clone(), source };
    let status = Command::new(program).args(words).arg(path).status().map_err(|error| failed(Some(error)))?;
    if status.success() { Ok(()) } else { Err(failed(None)) }
}
