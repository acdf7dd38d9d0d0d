//! `precedent list`

use std::collections::BTreeSet;
use std::io;

use super::args::{List as Args, RecordKind, TableFormat, word};
use super::terminal::{Colour, harmless};
use super::{Error, Outcome, book, terminal};
use crate::build::Survey;
use crate::date::Date;
use crate::decision::State;
use crate::disk::{Book, Environment, Pages};
use crate::log::{self, Filter, Importer, Row};
use crate::tracker::{Issue, Tracker};

/// How many days are soon, as on the page of what is due.
const SOON: u32 = 30;

pub(super) fn run(args: &Args, environment: &Environment) -> Result<Outcome, Error> {
    let today = book::today();
    let filter = filter(args, today)?;
    let mut book = Book::open(&args.dir, environment)?;
    let survey = book.survey(Pages::All)?;
    let issue = args.tracker.as_ref().map(|text| issue(text, &survey)).transpose()?;
    let importer = importer(args.format);
    let mut rows = log::rows(&survey.site);
    rows.retain(|row| {
        filter.admits(row)
            && issue.as_ref().is_none_or(|issue| log::mentions(&survey.site, row, &survey.trackers, issue))
            && (importer.is_none() || filter.due.is_some() || log::waits(row, today.plus(SOON)))
    });
    if filter.due.is_some() {
        rows.sort_by_key(Row::due);
    }
    match args.format {
        TableFormat::Json => terminal::print_json(&rows)?,
        TableFormat::Csv => terminal::print_exactly(&log::csv(&rows))?,
        _ if rows.is_empty() => eprintln!("no decisions match{}", where_it_looked(&survey)),
        TableFormat::Text => terminal::print(&table(&rows, args.due.is_some(), Colour::of(&io::stdout())))?,
        TableFormat::Jira | TableFormat::Asana | TableFormat::Lines => {
            let importer = importer.expect("these formats have one");
            terminal::print_exactly(&log::issues(&rows, importer, survey.url.as_deref()))?;
        }
    }
    Ok(if rows.is_empty() { Outcome::Denied } else { Outcome::Clean })
}

/// Returns what imports a format, where it is one of work and not of records.
fn importer(format: TableFormat) -> Option<Importer> {
    match format {
        TableFormat::Text | TableFormat::Json | TableFormat::Csv => None,
        TableFormat::Jira => Some(Importer::Jira),
        TableFormat::Asana => Some(Importer::Asana),
        TableFormat::Lines => Some(Importer::Lines),
    }
}

fn issue(text: &str, survey: &Survey) -> Result<Issue, Error> {
    let patterns = || survey.trackers.iter().map(Tracker::pattern).collect();
    survey.trackers.issue(text).ok_or_else(|| Error::NoIssue { text: text.to_owned(), patterns: patterns() })
}

/// Says in how many pages there is no record, so that nobody takes an empty log for a true one.
fn where_it_looked(survey: &Survey) -> String {
    let entries = &survey.site.entries;
    if entries.iter().any(|entry| entry.parsed.record.is_some()) {
        return String::new();
    }
    let folders: BTreeSet<String> = entries.iter().map(|entry| entry.page().path.parent().to_string()).collect();
    let names: Vec<String> =
        folders.iter().filter(|name| !name.is_empty()).take(5).map(|name| format!("`{name}`")).collect();
    let named = if names.is_empty() { String::new() } else { format!(", among them {}", harmless(&names.join(", "))) };
    format!(
        "; looked at {} pages in {} folders{named}\nhelp: name the folder in `folders` of `[decisions]` in `book.toml`",
        entries.len(),
        folders.len()
    )
}

fn filter(args: &Args, today: Date) -> Result<Filter, Error> {
    let kinds =
        if args.kind.is_empty() { vec![word(&RecordKind::Decision)] } else { args.kind.iter().map(word).collect() };
    // What is due is due whatever its kind, and an issue is mentioned by any.
    let waits = args.due.is_some() || importer(args.format).is_some();
    let kinds = if args.kind.is_empty() && (waits || args.tracker.is_some()) { Vec::new() } else { kinds };
    Ok(Filter {
        kinds,
        states: args.status.iter().map(|name| State::from(*name)).collect(),
        tags: args.tag.clone(),
        scopes: args.scope.clone(),
        people: args.by.clone(),
        since: args.since.as_ref().map(|text| day(text, |days| today.minus(days))).transpose()?,
        due: args.due.as_ref().map(|text| day(text, |days| today.plus(days))).transpose()?,
    })
}

/// Reads `2025-01-31`, or `30d`.
fn day(text: &str, from_today: impl Fn(u32) -> Date) -> Result<Date, Error> {
    let days = text.strip_suffix(['d', 'D']).and_then(|number| number.parse().ok());
    days.map(from_today).or_else(|| Date::parse(text)).ok_or_else(|| Error::NoDay { text: text.to_owned() })
}

/// Writes the rows as columns: status, day, id or number, title, scope.
fn table(rows: &[Row], shows_due: bool, colour: Colour) -> String {
    let name = |row: &Row| row.label.clone().unwrap_or_else(|| "-".to_owned());
    let numbers = rows.iter().map(|row| name(row).chars().count()).max().unwrap_or(0);
    let scoped = rows.iter().any(|row| !row.scope.is_empty());
    let mut out = String::new();
    for row in rows {
        let state = row.standing;
        let status = format!("{:<10}", state.map_or("-", State::name));
        let date = if shows_due { row.due() } else { row.date };
        let date = date.map_or_else(|| " ".repeat(10), |date| date.to_string());
        let status = state.map_or(status.clone(), |state| colour.paint(terminal::colour_of(state), &status));
        let scope = if scoped && !row.scope.is_empty() {
            format!("  {}", colour.paint("2", &harmless(&row.scope)))
        } else {
            String::new()
        };
        let pending = match row.would_be_superseded_by.as_slice() {
            [] => String::new(),
            ids => colour.paint("2", &harmless(&format!("  (would be superseded by {})", ids.join(", ")))),
        };
        out += &format!(
            "{:>numbers$}  {status}  {date:<10}  {}{pending}{scope}\n",
            harmless(&name(row)),
            harmless(&row.title)
        );
    }
    out
}
