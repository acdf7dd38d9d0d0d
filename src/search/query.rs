//! What a reader asks: `cache "time to live" -redis status:accepted auth*`.
//!
//! The grammar has no errors: every text is a query. An unknown field is a word.

use std::collections::BTreeSet;

use super::token::fold;
use crate::date::Date;

/// A query with its settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What the reader typed.
    pub text: String,
    /// Filters beside those in the text.
    pub filters: Filters,
    /// How many results are wanted.
    pub limit: usize,
    /// Whether the reader may still be typing.
    pub last_word: LastWord,
}

/// What is known of the last word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastWord {
    /// It is whole.
    Complete,
    /// It may be the beginning of a word.
    Typing,
}

/// What results must be. Values of one kind are alternatives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// `decision`, `guideline`, `page`
    pub kinds: Vec<String>,
    /// `proposed`, `accepted`, …
    pub statuses: Vec<String>,
    /// Tags, without regard to case.
    pub tags: Vec<String>,
    /// People whom a record names: a name, a word of it, or a handle.
    pub people: Vec<String>,
    /// Scopes, with those below them.
    pub scopes: Vec<String>,
}

/// A query, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parsed {
    pub(super) wanted: Vec<Clause>,
    pub(super) unwanted: Vec<Clause>,
    pub(super) filters: Filters,
    pub(super) unwanted_filters: Filters,
    pub(super) days: Days,
}

/// Between which days a page must be, as [`day`] writes them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Days {
    /// The first that is meant.
    pub(super) from: Option<u64>,
    /// The first after those that are meant.
    pub(super) until: Option<u64>,
}

/// Returns a day as a number in the order of days: 20240116.
pub(super) fn day(date: Date) -> u64 {
    date.compact().parse().unwrap_or(0)
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Clause {
    /// A word, or several that a sign joins, such as `append_event`.
    Words(String),
    /// Words that stand side by side.
    Phrase(String),
    /// The beginning of a word.
    Prefix(String),
}

/// The most clauses that count: what is pasted by mistake shall not take a minute.
const MOST: usize = 32;

pub(super) fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let mut rest = text.trim_start();
    while !rest.is_empty() && parsed.wanted.len() + parsed.unwanted.len() < MOST {
        let unwanted =
            rest.starts_with('-') && rest[1..].starts_with(|next: char| !next.is_whitespace() && next != '-');
        if unwanted {
            rest = &rest[1..];
        }
        let (atom, after) = atom(rest);
        rest = after.trim_start();
        let (clauses, filters) = match unwanted {
            true => (&mut parsed.unwanted, &mut parsed.unwanted_filters),
            false => (&mut parsed.wanted, &mut parsed.filters),
        };
        match atom {
            Atom::Phrase(phrase) => clauses.push(Clause::Phrase(phrase.to_owned())),
            Atom::Field(field, value) if filters.take(field, value) => {}
            Atom::Field(field, value) if unwanted && parsed.days.take(opposite(field), value) => {}
            Atom::Field(field, value) if !unwanted && parsed.days.take(field, value) => {}
            Atom::Field(field, value) => clauses.push(Clause::Words(format!("{field}:{value}"))),
            Atom::Word(word) => match word.strip_suffix('*').filter(|prefix| !prefix.is_empty()) {
                Some(prefix) => clauses.push(Clause::Prefix(prefix.to_owned())),
                None => clauses.push(Clause::Words(word.to_owned())),
            },
        }
    }
    parsed
}

enum Atom<'t> {
    Phrase(&'t str),
    Field(&'t str, &'t str),
    Word(&'t str),
}

fn atom(text: &str) -> (Atom<'_>, &str) {
    if let Some(inside) = text.strip_prefix('"') {
        let end = inside.find('"').unwrap_or(inside.len());
        return (Atom::Phrase(&inside[..end]), inside.get(end + 1..).unwrap_or(""));
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    // `status: accepted` means what `status:accepted` does.
    let spaced = text[..end].strip_suffix(':').filter(|field| is_field(field));
    if let Some(field) = spaced.filter(|_| !text[end..].trim_start().is_empty()) {
        let after = text[end..].trim_start();
        if let Some(inside) = after.strip_prefix('"') {
            let close = inside.find('"').unwrap_or(inside.len());
            return (Atom::Field(field, &inside[..close]), inside.get(close + 1..).unwrap_or(""));
        }
        let (value, rest) = after.split_at(after.find(char::is_whitespace).unwrap_or(after.len()));
        return (Atom::Field(field, value), rest);
    }
    if let Some((field, value)) =
        text[..end].split_once(':').filter(|(field, value)| !field.is_empty() && !value.is_empty())
    {
        if let Some(inside) = value.strip_prefix('"') {
            let start = end - inside.len();
            let close = text[start..].find('"').map_or(text.len(), |at| start + at);
            return (Atom::Field(field, &text[start..close]), text.get(close + 1..).unwrap_or(""));
        }
        return (Atom::Field(field, value), &text[end..]);
    }
    (Atom::Word(&text[..end]), &text[end..])
}

/// Says whether a word before `:` filters.
fn is_field(word: &str) -> bool {
    let fields = ["kind", "status", "tag", "by", "scope", "after", "before"];
    fields.iter().any(|field| word.eq_ignore_ascii_case(field))
}

impl Days {
    /// Takes `after:2025-01`, which is from that day on, or `before:2026`; says whether it is that.
    fn take(&mut self, field: &str, value: &str) -> bool {
        let Some(day) = first_day(value).map(day) else { return false };
        match field.to_ascii_lowercase().as_str() {
            "after" => self.from = self.from.max(Some(day)),
            "before" => self.until = Some(self.until.map_or(day, |until| until.min(day))),
            _ => return false,
        }
        true
    }

    pub(super) fn any(&self) -> bool {
        *self != Self::default()
    }

    /// Says whether a day is meant; one that is not known is not, where any is asked for.
    pub(super) fn hold(&self, day: Option<u64>) -> bool {
        let Self { from, until } = *self;
        let within = |day| from.is_none_or(|from| day >= from) && until.is_none_or(|until| day < until);
        !self.any() || day.is_some_and(within)
    }
}

/// What is not after a day is before it.
fn opposite(field: &str) -> &str {
    match field.to_ascii_lowercase().as_str() {
        "after" => "before",
        "before" => "after",
        _ => field,
    }
}

/// Reads a day, a month or a year, and returns its first day.
fn first_day(text: &str) -> Option<Date> {
    let mut numbers = text.split('-').map(|number| number.parse::<u16>().ok());
    let (year, month) = (numbers.next()??, numbers.next().unwrap_or(Some(1))?);
    let day = numbers.next().unwrap_or(Some(1))?;
    let whole = numbers.next().is_none() && text.split('-').next().is_some_and(|year| year.len() == 4);
    Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).filter(|_| whole)
}

impl Filters {
    /// Takes a field's value; says whether there is such a field.
    fn take(&mut self, field: &str, value: &str) -> bool {
        let list = match field.to_ascii_lowercase().as_str() {
            "kind" => &mut self.kinds,
            "status" => &mut self.statuses,
            "tag" => &mut self.tags,
            "by" => &mut self.people,
            "scope" => &mut self.scopes,
            _ => return false,
        };
        list.push(facet_value(value));
        true
    }

    /// Returns each kind of filter by the name of its field.
    pub(super) fn by_field(&self) -> [(&'static str, &[String]); 5] {
        let Self { kinds, statuses, tags, people, scopes } = self;
        [("kind", kinds), ("status", statuses), ("tag", tags), ("person", people), ("scope", scopes)]
    }

    /// Adds other filters to these.
    pub(super) fn extend(&mut self, other: &Self) {
        let Self { kinds, statuses, tags, people, scopes } = other;
        let pairs = [
            (&mut self.kinds, kinds),
            (&mut self.statuses, statuses),
            (&mut self.tags, tags),
            (&mut self.people, people),
            (&mut self.scopes, scopes),
        ];
        for (list, more) in pairs {
            list.extend(more.iter().map(|value| facet_value(value)));
        }
    }
}

/// Returns the form in which the index knows a facet's value: as words, without accents.
pub(super) fn facet_value(value: &str) -> String {
    fold(value.trim().trim_start_matches('@'))
}

/// Returns what a person is found by: the whole name, and each word of it.
pub(super) fn names_of(person: &str) -> BTreeSet<String> {
    let words = person.split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '\'')));
    let words = words.filter(|word| word.chars().count() > 1).map(facet_value);
    words.chain([facet_value(person)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_taken_apart() {
        let words = |text: &str| Clause::Words(text.to_owned());
        let parsed = parse(
            r#"cache "time to live" -redis status:Accepted tag:"two words" auth* E0308 std::vec -tag:old - --flag"#,
        );
        assert_eq!(
            parsed.wanted,
            [
                words("cache"),
                Clause::Phrase("time to live".into()),
                Clause::Prefix("auth".into()),
                words("E0308"),
                words("std::vec"),
                words("-"),
                words("--flag")
            ]
        );
        assert_eq!(parsed.unwanted, [words("redis")]);
        assert_eq!(
            (parsed.filters.statuses, parsed.filters.tags, parsed.unwanted_filters.tags),
            (vec!["accepted".to_owned()], vec!["two words".to_owned()], vec!["old".to_owned()])
        );
    }

    #[test]
    fn a_blank_may_stand_before_the_value_of_a_filter() {
        let parsed = parse(r#"status: Accepted by:María tag: "two words" note: this status:"#);
        let Filters { statuses, people, tags, .. } = parsed.filters;
        assert_eq!(
            (statuses, people, tags),
            (vec!["accepted".to_owned()], vec!["maria".to_owned()], vec!["two words".to_owned()])
        );
        assert_eq!(parsed.wanted.len(), 3);
    }

    #[test]
    fn every_text_is_a_query() {
        for text in ["", "\"", "-", ":", "a:", ":a", "a:\"", "*", "-\"", "é:ü", "\"\"\"", "a:\"b"] {
            parse(text);
        }
    }
}
