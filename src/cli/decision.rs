//! `precedent decision`: changes what a decision says of itself and of others.

use std::io::{self, IsTerminal};
use std::path::Path;

use similar::TextDiff;

use super::args::{Action, Decision as Args, How, Status};
use super::terminal::{Colour, harmless, harmless_lines};
use super::{Error, Outcome, book, show, terminal};
use crate::amend::{self, NewStatus, Plan};
use crate::build::Survey;
use crate::decision::State;
use crate::decision::edit::{self, Told};
use crate::disk::{Book, Environment, Pages, change};
use crate::path::BookPath;

pub(super) fn run(args: &Args, environment: &Environment) -> Result<Outcome, Error> {
    let today = book::today();
    match &args.action {
        Action::Accept(decided) => set(environment, &decided.status, State::Accepted, &deciders(&decided.by)?),
        Action::Reject(decided) => set(environment, &decided.status, State::Rejected, &deciders(&decided.by)?),
        Action::Deprecate(status) => set(environment, status, State::Deprecated, &[]),
        Action::Propose(status) => set(environment, status, State::Proposed, &[]),
        Action::Supersede { old, new, how } => work(environment, how, |survey, sources| {
            let (old, new) = (show::find(&survey.site, old)?, show::find(&survey.site, new)?);
            Ok(amend::supersede(sources, old, new, today)?)
        }),
        Action::Link { from, verb, to, how } => work(environment, how, |survey, sources| {
            let told = Told::parse(verb).ok_or_else(|| Error::NoVerb { word: verb.clone() })?;
            let (from, to) = (show::find(&survey.site, from)?, show::find(&survey.site, to)?);
            Ok(amend::link(sources, from, &told, to, today)?)
        }),
        Action::Renumber { id, number, how } => {
            let book = Book::open(&how.dir, environment)?;
            work(environment, how, |survey, sources| {
                let at = show::find(&survey.site, id)?;
                Ok(amend::renumber(sources, at, *number, &change::markdown(&book, &survey.folder)?)?)
            })
        }
    }
}

/// Reads the names that `--by` gives.
pub(super) fn deciders(by: &[String]) -> Result<Vec<String>, Error> {
    let mut all = Vec::new();
    for text in by {
        let names = edit::names(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        if names.is_empty() {
            return Err(Error::NoName { text: text.clone() });
        }
        all.extend(names);
    }
    Ok(all)
}

fn set(environment: &Environment, status: &Status, state: State, deciders: &[String]) -> Result<Outcome, Error> {
    let note = status.note.as_ref().map(|note| note.split_whitespace().collect::<Vec<_>>().join(" "));
    let note = note.filter(|note| !note.is_empty());
    work(environment, &status.how, |survey, sources| {
        let at = show::find(&survey.site, &status.id)?;
        let change = NewStatus { state, note: note.as_deref(), deciders, today: book::today() };
        Ok(amend::status(sources, at, &change)?)
    })
}

/// Plans a change, and shows it or carries it out.
fn work(
    environment: &Environment,
    how: &How,
    plan: impl FnOnce(&Survey, &amend::Book<'_>) -> Result<Plan, Error>,
) -> Result<Outcome, Error> {
    let mut book = Book::open(&how.dir, environment)?;
    let survey = book.survey(Pages::All)?;
    let read = |path: &BookPath| change::text(book.root(), path);
    let plan = plan(
        &survey,
        &amend::Book { site: &survey.site, src: &survey.src, tool_folders: &survey.tool_folders, read: &read },
    )?;
    if plan == Plan::default() {
        eprintln!("warning: nothing to do, the files say so already");
    } else if how.dry_run {
        terminal::print_exactly(&difference(&plan, Colour::of(&io::stdout())))?;
    } else {
        terminal::print(&carry_out(book.root(), &plan)?)?;
    }
    Ok(Outcome::Clean)
}

/// Writes the files, and returns their paths, one a line.
pub(super) fn carry_out(root: &Path, plan: &Plan) -> Result<String, Error> {
    change::carry_out(root, plan)?;
    let mut out = String::new();
    for change in &plan.changes {
        out += &format!("{}\n", book::shown(&root.join(moved(&change.path, plan).as_str())));
    }
    if let Some((from, to)) = &plan.rename {
        let (from, to) = (root.join(from.as_str()), root.join(to.as_str()));
        out += &format!("{} -> {}\n", book::shown(&from), book::shown(&to));
    }
    Ok(out)
}

/// Where a file is after the change.
fn moved(path: &BookPath, plan: &Plan) -> BookPath {
    let Some((from, to)) = &plan.rename else { return path.clone() };
    match path.below(from) {
        Some("") => to.clone(),
        Some(rest) => to.join(rest).unwrap_or_else(|_| path.clone()),
        None => path.clone(),
    }
}

/// Shows a plan as a patch that `git apply` understands.
pub(super) fn difference(plan: &Plan, colour: Colour) -> String {
    let mut out = String::new();
    if let Some((from, to)) = &plan.rename {
        out += &format!(
            "{}\n{}\n",
            colour.paint("1", &format!("rename from {from}")),
            colour.paint("1", &format!("rename to {to}"))
        );
    }
    for change in &plan.changes {
        out += &patch(
            &format!("a/{}", change.path),
            &format!("b/{}", moved(&change.path, plan)),
            &change.before,
            &change.after,
            colour,
        );
    }
    out
}

/// Shows the difference of two texts.
pub(super) fn patch(from: &str, to: &str, before: &str, after: &str, colour: Colour) -> String {
    let diff = TextDiff::from_lines(before, after);
    let text = diff.unified_diff().context_radius(3).header(from, to).to_string();
    if colour == Colour::No {
        // As it is for `git apply`; a terminal gets no more than it can show.
        return if io::stdout().is_terminal() { harmless_lines(&text) } else { text };
    }
    let painted = text.lines().map(|line| {
        let code = match line.as_bytes().first() {
            _ if line.starts_with("+++") || line.starts_with("---") => "1",
            Some(b'+') => "32",
            Some(b'-') => "31",
            Some(b'@') => "36",
            _ => "0",
        };
        colour.paint(code, &harmless(line)) + "\n"
    });
    painted.collect()
}
