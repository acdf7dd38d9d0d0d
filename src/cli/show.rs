//! `precedent show`

use std::io;

use super::args::{Format, Show as Args};
use super::terminal::{Colour, harmless, harmless_lines};
use super::{Error, Outcome, terminal};
use crate::date::Date;
use crate::decision::{Direction, Origin, Relation, State, Stated};
use crate::diagnostic::{Lines, nearest};
use crate::disk::{Book, Environment, Pages};
use crate::log::{self, Row};
use crate::revision::Revision;
use crate::site::{Entry, Found, Site};

pub(super) fn run(args: &Args, environment: &Environment) -> Result<Outcome, Error> {
    let mut book = Book::open(&args.dir, environment)?;
    let survey = book.survey(Pages::All)?;
    let at = find(&survey.site, &args.id)?;
    let row = log::row(&survey.site, at).expect("what was found is a record");
    match args.format {
        Format::Json => terminal::print_json(&row)?,
        Format::Text => {
            let entry = &survey.site.entries[at];
            let history = entry.filed.as_ref().map(|filed| book.history(&filed.collection));
            let history = history.and_then(|mut history| history.remove(&entry.page().path)).unwrap_or_default();
            let shown = Shown { entry, row: &row, history };
            terminal::print(&text(&shown, args, Colour::of(&io::stdout())))?;
        }
    }
    Ok(Outcome::Clean)
}

/// Finds the one record that an id means.
pub(super) fn find(site: &Site, id: &str) -> Result<usize, Error> {
    let filed = |at: &usize| site.entries[*at].filed.as_ref().map_or("", |filed| &filed.id).to_owned();
    match site.records.find(id, None) {
        Found::One(at) => Ok(at),
        Found::Several(all) => Err(Error::SeveralRecords { id: id.to_owned(), names: all.iter().map(filed).collect() }),
        Found::Nothing => {
            let ids = site.entries.iter().filter_map(|entry| Some(entry.filed.as_ref()?.id.as_str()));
            let near = nearest(id, ids).map(|id| vec![id.to_owned()]).unwrap_or_else(|| named_like(site, id));
            Err(Error::NoRecord { id: id.to_owned(), near })
        }
    }
}

/// Returns the ids of records whose titles have the words of a name, or begin so: `postgres` for "Use PostgreSQL".
fn named_like(site: &Site, name: &str) -> Vec<String> {
    const MOST: usize = 5;
    let words = |text: &str| -> Vec<String> {
        text.to_lowercase()
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let wanted = words(name);
    let is_like = |entry: &&Entry| {
        let title = words(entry.title());
        let has = |word: &String| {
            title.iter().any(|other| other.starts_with(word.as_str()) || nearest(word, [other.as_str()]).is_some())
        };
        !wanted.is_empty() && wanted.iter().all(has)
    };
    let like = site.entries.iter().filter(is_like).filter_map(|entry| Some(entry.filed.as_ref()?.id.clone()));
    like.take(MOST).collect()
}

/// One field as it is printed: its name, its value, where it comes from.
struct Field<'a> {
    name: &'static str,
    value: String,
    origin: Option<&'a Origin>,
}

/// What is known of one record.
struct Shown<'a> {
    entry: &'a Entry,
    row: &'a Row,
    history: Vec<Revision>,
}

fn text(shown: &Shown<'_>, args: &Args, colour: Colour) -> String {
    let Shown { entry, row, history } = shown;
    let lines = Lines::new(&*entry.parsed.markdown);
    let label = row.label.as_ref().map_or(String::new(), |label| format!("{label}: "));
    let mut out = format!("{}\n", colour.paint("1", &harmless(&format!("{label}{}", row.title))));
    out += &format!("{}\n", colour.paint("36", &format!("{}:{}", harmless(&row.path), row.line)));
    for Field { name, value, origin } in fields(entry, row) {
        out += &format!("{:<13} {}", format!("{name}:"), harmless(&value));
        if let Some(origin) = origin.filter(|_| args.explain) {
            out += &colour.paint("2", &format!("  [{}]", place(origin, row, &lines)));
        }
        out.push('\n');
    }
    for relation in &row.relations {
        let words = relation.label.as_deref().unwrap_or(relation.verb);
        let other = relation.id.as_ref().map_or_else(
            || format!("{} (not in this book)", relation.title),
            |id| format!("{} ({id})", relation.title),
        );
        out += &format!("{:<13} {}\n", format!("{words}:"), harmless(&other));
    }
    for stated in entry.parsed.record.iter().flat_map(|record| &record.relations).filter(|_| args.explain) {
        let Relation { verb, direction, label, target } = &stated.value;
        let word = if *direction == Direction::Forward { verb.name() } else { verb.reverse_name() };
        let said = format!("{} {}", label.as_deref().unwrap_or(word), target.text());
        let place = colour.paint("2", &format!("  [{}]", place(&stated.origin, row, &lines)));
        out += &format!("{:<13} {}{place}\n", "says:", harmless(&said));
    }
    for revision in history.iter().take(if args.explain { usize::MAX } else { 3 }) {
        out += &format!(
            "{:<13} {} {}: {}\n",
            "changed:",
            revision.date,
            harmless(&revision.author),
            harmless(&revision.subject)
        );
    }
    if args.text {
        out += &format!("\n{}\n", harmless_lines(entry.parsed.markdown.trim_end()));
    }
    out
}

fn fields<'a>(entry: &'a Entry, row: &Row) -> Vec<Field<'a>> {
    let Some((record, filed)) = entry.record() else { return Vec::new() };
    let mut fields = vec![
        Field { name: "id", value: filed.id.clone(), origin: None },
        Field { name: "form", value: row.dialect.to_owned(), origin: None },
    ];
    if let Some(title) = record.title.as_ref() {
        fields.push(Field { name: "title", value: title.value.clone(), origin: Some(&title.origin) });
    }
    match (&record.status, row.status_default) {
        (Some(status), _) => {
            let value = format!("{} ({})", status.value.state.name(), status.value.text);
            fields.push(Field { name: "status", value, origin: Some(&status.origin) });
        }
        (None, Some(state)) => {
            fields.push(Field {
                name: "status",
                value: format!("{} (by default of the form)", State::name(state)),
                origin: None,
            });
        }
        (None, None) => {}
    }
    let stated = record.status.as_ref().map(|status| status.value.state).or(row.status_default);
    if filed.state != stated && filed.state == Some(State::Superseded) {
        let value = format!("superseded by {}", row.superseded_by.join(", "));
        fields.push(Field { name: "stands", value, origin: None });
    }
    if !row.would_be_superseded_by.is_empty() {
        let value = format!("would be superseded by {} (proposed)", row.would_be_superseded_by.join(", "));
        fields.push(Field { name: "stands", value, origin: None });
    }
    let days = [
        ("decided", filed.decided, record.decided.as_ref().map(|stated| &stated.origin)),
        ("proposed", filed.proposed, record.proposed.as_ref().map(|stated| &stated.origin)),
        ("updated", filed.updated, record.updated.as_ref().map(|stated| &stated.origin)),
        ("review by", filed.review_by, record.review_by.as_ref().map(|stated| &stated.origin)),
        ("decide by", filed.decide_by, record.decide_by.as_ref().map(|stated| &stated.origin)),
    ];
    let day = |(name, day, origin): (&'static str, Option<Date>, Option<&'a Origin>)| {
        Some(Field { name, value: day?.to_string(), origin })
    };
    fields.extend(days.into_iter().filter_map(day));
    let lists: [(&'static str, &'a [Stated<String>]); 7] = [
        ("deciders", &record.deciders),
        ("consulted", &record.consulted),
        ("informed", &record.informed),
        ("authors", &record.authors),
        ("tags", &record.tags),
        ("applies to", &record.applies_to),
        ("tracking", &record.tracking),
    ];
    for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        let value = list.iter().map(|stated| stated.value.as_str()).collect::<Vec<_>>().join(", ");
        fields.push(Field { name, value, origin: Some(&list[0].origin) });
    }
    if !filed.owners.is_empty() {
        fields.push(Field {
            name: "owners",
            value: filed.owners.join(", "),
            origin: record.owners.first().map(|owner| &owner.origin),
        });
    }
    fields
}

/// `front matter, 0012-x.md:3`
fn place(origin: &Origin, row: &Row, lines: &Lines<'_>) -> String {
    match (origin.span, &origin.file) {
        (Some(span), None) => format!("{}, {}:{}", origin.place.name(), row.path, lines.line_of(span.start)),
        (_, Some(file)) => format!("{}, {file}", origin.place.name()),
        (None, None) => origin.place.name().to_owned(),
    }
}
