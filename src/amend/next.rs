//! The next decision: where the others are, named, numbered and written as they are.

use std::sync::Arc;

use super::sheet::{Sheet, state_of};
use super::template::{self, Fill};
use super::{Book, Desk, Error, Plan, other};
use crate::date::Date;
use crate::decision::edit::{self, Told, Wanted};
use crate::decision::{self, Dialect, Record, Shape, State, date_of_name};
use crate::page::slug;
use crate::path::BookPath;
use crate::site::{Entry, Kind};

/// A file to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its place below the root.
    pub path: BookPath,
    /// Its text.
    pub text: String,
}

/// What is wanted of a new decision.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// Its title.
    pub title: &'a str,
    /// The template, by name; nothing for the folder's own, else one of the folder's form.
    pub template: Option<&'a str>,
    /// Its state; nothing for what the template says, else proposed.
    pub state: Option<State>,
    /// The scope of its collection; nothing for the nearest or the largest.
    pub scope: Option<&'a str>,
    /// The folder in which the user stands.
    pub here: &'a BookPath,
    /// Who decided, or is to.
    pub deciders: &'a [String],
    /// The records that it replaces.
    pub supersedes: &'a [usize],
    /// The day on which it is made.
    pub today: Date,
}

/// Plans the next decision, and what changes in the records that it replaces.
///
/// # Errors
/// When no collection is of the scope, there is no such template, the form has no place for deciders, or a record cannot
/// be changed.
pub fn decision(book: &Book<'_>, new: &New<'_>) -> Result<(NewFile, Plan), Error> {
    let collection = Collection::choose(book, new)?;
    let title = new.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let (path, number) = collection.next_path(&title, new.today);
    let own = collection.own_template(book);
    let (text, dialect) = match (new.template, own) {
        (Some(name), _) => {
            let built_in = template::built_in(name).ok_or_else(|| Error::NoTemplate { name: name.to_owned() })?;
            (built_in.0.to_owned(), Some(built_in.1))
        }
        (None, Some(own)) => (own, None),
        (None, None) => {
            let (text, dialect) = template::of_dialect(collection.dialect());
            (text.to_owned(), Some(dialect))
        }
    };
    let sample = collection.sample();
    let (heading, digits) = (collection.heading(sample, number, &title), collection.digits(&path, number));
    let state = new.state.unwrap_or(State::Proposed);
    let fill = Fill { title: &title, heading: &heading, number: &digits, date: new.today, state };
    let text = template::fill(&text, &fill);
    let eol = sample.and_then(|entry| (book.read)(&entry.page().path)).map_or("\n", |text| edit::eol_of(&text));
    let text = text.replace("\r\n", "\n").replace('\n', eol);
    let shape = collection.shape(&path);
    let mut file = NewFile { path, text };
    give_state(&mut file, &shape, new, dialect);
    if !new.deciders.is_empty() {
        file.text = sheet(&file, &shape, dialect).decided_by(new.deciders)?.text;
    }
    let mut plan = Plan::default();
    for old in new.supersedes {
        replace(book, (&mut file, &shape), *old, new, &mut plan)?;
    }
    Ok((file, plan))
}

/// Gives the text its status, where the template leaves it out or another is asked for.
fn give_state(file: &mut NewFile, shape: &Arc<Shape>, new: &New<'_>, dialect: Option<Dialect>) {
    let sheet = sheet(file, shape, dialect);
    let stated = state_of(&sheet.record());
    let state = match (stated, new.state) {
        (Some(_), None) => return,
        (stated, Some(state)) if stated == Some(state) => return,
        (_, state) => state.unwrap_or(State::Proposed),
    };
    let wanted = Wanted { state, by: None, note: None, today: new.today };
    // A form without a word for it says by itself how its records begin.
    if let Ok(changed) = sheet.edited(|input| edit::set_status(input, &wanted)) {
        file.text = changed.text;
    }
}

fn sheet(file: &NewFile, shape: &Arc<Shape>, dialect: Option<Dialect>) -> Sheet {
    let sheet = Sheet {
        path: file.path.clone(),
        dialect: Dialect::Plain,
        shape: shape.clone(),
        text: file.text.clone(),
        metadata: None,
    };
    let read = sheet.with_input(|input| decision::read(&decision::Input { dialect, ..*input }));
    Sheet { dialect: read.dialect, ..sheet }
}

/// Says in the new record that it takes an old one's place; in the old one too, where the new one is in force at once.
fn replace(
    book: &Book<'_>,
    (file, shape): (&mut NewFile, &Arc<Shape>),
    old: usize,
    new: &New<'_>,
    plan: &mut Plan,
) -> Result<(), Error> {
    let sheet = sheet(file, shape, None);
    let entry = &book.site.entries[old];
    let unreadable = || Error::Unreadable { path: entry.page().path.clone() };
    let means = |name: &str| book.site.records.find(name, None) == crate::site::Found::One(old);
    let that = other::of_entry(&file.path, sheet.dialect, entry, means).ok_or_else(unreadable)?;
    file.text = sheet.edited(|input| edit::relate(input, &Told::supersedes(), &that))?.text;
    // A proposal replaces nothing yet: `accept` says it in the old record.
    let accepted = self::sheet(file, shape, None).record().status.map(|status| status.value.state);
    if accepted != Some(State::Accepted) {
        return Ok(());
    }
    let (record, _) = entry.record().ok_or_else(unreadable)?;
    let this = other::of_new(&entry.page().path, record.dialect, (file, shape), new.title);
    let mut desk = Desk::new(book);
    desk.set_status(old, &Wanted { state: State::Superseded, by: Some(&this), note: None, today: new.today })?;
    plan.changes.extend(desk.plan().changes);
    Ok(())
}

/// The records among which the new one goes.
struct Collection<'a> {
    folder: BookPath,
    records: Vec<&'a Entry>,
}

impl<'a> Collection<'a> {
    fn choose(book: &Book<'a>, new: &New<'_>) -> Result<Self, Error> {
        let records = || book.site.entries.iter().filter(|entry| entry.parsed.kind == Kind::Decision);
        let of = |folder: &BookPath| Self {
            folder: folder.clone(),
            records: records().filter(|entry| folder_of(entry) == Some(folder)).collect(),
        };
        let mut folders: Vec<&BookPath> = records().filter_map(folder_of).collect();
        folders.sort();
        folders.dedup();
        if let Some(scope) = new.scope {
            let wanted = scope.trim_matches('/').to_lowercase();
            let ends = |text: &str| {
                let text = text.to_lowercase();
                text == wanted || text.ends_with(&format!("/{wanted}"))
            };
            let scope_of = |folder: &BookPath| {
                let first = of(folder).records.first().and_then(|entry| entry.filed.as_ref()).map(|filed| &filed.scope);
                first.cloned().unwrap_or_default()
            };
            let fitting = folders
                .iter()
                .map(|folder| of(folder))
                .filter(|collection| ends(&scope_of(&collection.folder)) || ends(collection.folder.as_str()));
            let mut scopes: Vec<String> = folders.iter().map(|folder| scope_of(folder)).collect();
            scopes.retain(|scope| !scope.is_empty());
            scopes.dedup();
            let largest = fitting.max_by_key(|collection| collection.records.len());
            return largest.ok_or_else(|| Error::NoScope { scope: scope.to_owned(), scopes });
        }
        let is_root = *new.here == BookPath::root();
        let near = |folder: &&&BookPath| {
            !is_root && (new.here.is_within(folder) && folder.names().next().is_some() || folder.is_within(new.here))
        };
        let largest = |folders: Vec<&BookPath>| {
            folders.into_iter().map(of).rev().max_by_key(|collection| collection.records.len())
        };
        let nearest = largest(folders.iter().filter(near).copied().collect());
        let named = || folders.iter().copied().find(|folder| book.tool_folders.first() == Some(folder)).map(of);
        let any = nearest.or_else(named).or_else(|| largest(folders.clone()));
        Ok(any.unwrap_or_else(|| Self { folder: first_folder(book), records: vec![] }))
    }

    /// The record that shows how they are written: the one with the highest number, else the last by name.
    fn sample(&self) -> Option<&'a Entry> {
        self.records.iter().copied().max_by_key(|entry| (record_of(entry).and_then(number_of), &entry.page().path))
    }

    /// The shape of its records; before the first, the one that names alone give.
    fn shape(&self, path: &BookPath) -> Arc<Shape> {
        let known = self.records.iter().find_map(|entry| record_of(entry));
        known.map_or_else(|| Arc::new(Shape::of_path(path)), |record| record.shape.clone())
    }

    /// The form that most have.
    fn dialect(&self) -> Option<Dialect> {
        let forms: Vec<Dialect> = self.records.iter().filter_map(|entry| Some(entry.record()?.0.dialect)).collect();
        let count = |form: &Dialect| forms.iter().filter(|other| *other == form).count();
        forms.iter().rev().max_by_key(|form| count(form)).copied()
    }

    /// The template that the team keeps with its records.
    fn own_template(&self, book: &Book<'_>) -> Option<String> {
        let names = [
            "templates/template.md",
            "template.md",
            "adr-template.md",
            "_template.md",
            "0000-template.md",
            "000-template.md",
        ];
        names.iter().filter_map(|name| self.folder.join(name).ok()).find_map(|path| (book.read)(&path))
    }

    /// Names the next record as the others are named.
    fn next_path(&self, title: &str, today: Date) -> (BookPath, Option<u32>) {
        let words = slug(title);
        let words = if words.is_empty() { "untitled".to_owned() } else { words };
        let records: Vec<&Record> = self.records.iter().filter_map(|entry| record_of(entry)).collect();
        let slugs: Vec<String> = records.iter().map(|record| record.slug.clone()).collect();
        let numbered = records.iter().filter(|record| number_of(record).is_some()).count();
        let dated = slugs.iter().filter(|slug| date_of_name(slug).is_some()).count();
        let (name, number) = match records.iter().filter_map(|record| Some((number_of(record)?, &record.slug))).max() {
            _ if dated > numbered => {
                (dated_like(slugs.iter().rfind(|slug| date_of_name(slug).is_some()), &words, today), None)
            }
            Some((highest, sample)) => {
                let number = highest.saturating_add(1);
                (numbered_like(sample, number, &words), Some(number))
            }
            None if slugs.is_empty() => (format!("0001-{words}"), Some(1)),
            None => (words, None),
        };
        let file =
            self.sample().map(|entry| &entry.page().path).filter(|path| self.shape(path).slug_of(path) != path.stem());
        let name = file.map_or_else(|| format!("{name}.md"), |file| format!("{name}/{}", file.name()));
        (self.folder.join(&name).unwrap_or_else(|_| self.folder.clone()), number)
    }

    fn digits(&self, path: &BookPath, number: Option<u32>) -> String {
        let slug = self.shape(path).slug_of(path);
        let digits: String =
            slug.chars().skip_while(|l| !l.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        number.map_or(String::new(), |_| digits)
    }

    /// Writes the title as the others have it: `13. Title`, `ADR-0013: Title`, `Title`.
    fn heading(&self, sample: Option<&Entry>, number: Option<u32>, title: &str) -> Heading {
        let Some(number) = number else { return Heading::Bare(title.to_owned()) };
        let Some(entry) = sample else { return Heading::Unknown(number, title.to_owned()) };
        let known = || {
            let (record, _) = entry.record()?;
            let stated = record.title.as_ref()?;
            let span = stated.origin.span.filter(|_| stated.origin.place == decision::Place::Heading)?;
            let line = entry.parsed.markdown.get(span.start..span.end)?.trim_start_matches(['#', ' ']);
            let before = &line[..line.find(stated.value.as_str())?];
            let start = before.find(|letter: char| letter.is_ascii_digit())?;
            let digits = before[start..].find(|letter: char| !letter.is_ascii_digit()).unwrap_or(before.len() - start);
            let width = if before[start..].starts_with('0') { digits } else { 0 };
            Some(format!("{}{number:0width$}{}{title}", &before[..start], &before[start + digits..]))
        };
        known().map_or_else(|| Heading::Bare(title.to_owned()), Heading::Bare)
    }
}

/// How the title stands in the heading.
pub(super) enum Heading {
    /// So.
    Bare(String),
    /// As the template has it, since no record shows it.
    Unknown(u32, String),
}

fn record_of(entry: &Entry) -> Option<&Record> {
    entry.parsed.record.as_deref()
}

/// The number that the name of a record has.
fn number_of(record: &Record) -> Option<u32> {
    record.shape.number_of(&record.slug)
}

fn folder_of(entry: &Entry) -> Option<&BookPath> {
    entry.filed.as_ref().map(|filed| &filed.collection)
}

/// Where decisions go when there are none: where another tool's settings say, else `decisions`.
fn first_folder(book: &Book<'_>) -> BookPath {
    let default = || book.src.join("decisions").unwrap_or_else(|_| book.src.clone());
    book.tool_folders.first().cloned().unwrap_or_else(default)
}

fn numbered_like(sample: &str, number: u32, words: &str) -> String {
    let start = sample.find(|letter: char| letter.is_ascii_digit()).unwrap_or(0);
    let digits = sample[start..].find(|letter: char| !letter.is_ascii_digit()).unwrap_or(sample.len() - start);
    let rest = &sample[start + digits..];
    let separator = rest.chars().next().filter(|sign| matches!(sign, '-' | '_' | '.' | ' ')).unwrap_or('-');
    // `eip-12` and `adr-12` are the whole name.
    if rest.is_empty() && start > 0 {
        return format!("{}{number:0digits$}", &sample[..start]);
    }
    format!("{}{number:0digits$}{separator}{}", &sample[..start], worded_like(rest, words))
}

fn dated_like(sample: Option<&String>, words: &str, today: Date) -> String {
    let sample = sample.map_or("", String::as_str);
    let digits = sample.chars().take_while(char::is_ascii_digit).count();
    let (day, length) = match digits {
        14 => (today.compact() + "000000", 14),
        8 => (today.compact(), 8),
        _ => (today.to_string().replace('-', sample.get(4..5).unwrap_or("-")), 10),
    };
    let rest = sample.get(length..).unwrap_or("");
    let separator = rest.chars().next().filter(|sign| matches!(sign, '-' | '_')).unwrap_or('-');
    format!("{day}{separator}{}", worded_like(rest, words))
}

/// `snake_case` where the sample has it.
fn worded_like(sample: &str, words: &str) -> String {
    let inner = sample.trim_start_matches(['-', '_', '.', ' ']);
    if inner.contains('_') && !inner.contains('-') { words.replace('-', "_") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_names_that_are_there() {
        let today = Date::new(2026, 11, 22).unwrap();
        for (sample, number, expected) in [
            ("0009-b", 10, "0010-use-x"),
            ("adr-007-a", 8, "adr-008-use-x"),
            ("eip-12", 13, "eip-13"),
            ("012_some_thing", 13, "013_use_x"),
        ] {
            assert_eq!(numbered_like(sample, number, "use-x"), expected);
        }
        for (sample, expected) in [
            ("20240101-a", "20261122-use-x"),
            ("2024-01-01-a", "2026-11-22-use-x"),
            ("20240101093000_some_thing", "20261122000000_use_x"),
        ] {
            assert_eq!(dated_like(Some(&sample.to_owned()), "use-x", today), expected);
        }
    }
}
