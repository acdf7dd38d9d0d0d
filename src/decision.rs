//! One decision record: its text comes in, a [`Record`] comes out, in whatever common form it is written.
//!
//! Read are front matter (MADR 3 and 4), bullets under the title (MADR 2, log4brains), lines such as `Date: …` and a
//! `## Status` section (adr-tools, Nygard). Nothing is invented: what the text does not give is absent.

mod body;
mod status;

pub use status::{State, Status};

use crate::data::Table;
use crate::date::Date;
use crate::path::BookPath;

/// What a record says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Record {
    /// The number in the file name, for display: it need not be unique.
    pub number: Option<u32>,
    /// The status.
    pub status: Option<Status>,
    /// The day of the decision.
    pub date: Option<Date>,
    /// Who decided.
    pub deciders: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The records it replaces.
    pub supersedes: Vec<Reference>,
    /// The records that replace it.
    pub superseded_by: Vec<Reference>,
}

/// A mention of another record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reference {
    /// A relative link.
    Link(String),
    /// A number, a file stem, or `ADR-12`.
    Name(String),
}

/// What is read: the front matter, and the text after it.
pub struct Input<'a> {
    /// The file.
    pub path: &'a BookPath,
    /// The front matter, empty where there is none.
    pub front_matter: &'a Table,
    /// The text after the front matter.
    pub text: &'a str,
}

/// Reads a record. A text that says nothing of a decision gives an empty one.
pub fn read(input: &Input<'_>) -> Record {
    let mut record = body::read(input.text);
    let front = |keys: &[&str]| {
        let nodes = keys.iter().filter_map(|key| input.front_matter.get(key));
        nodes.map(|node| &node.value).find(|value| !matches!(value, crate::data::Value::Null))
    };
    if let Some(value) = front(&["status"]) {
        let text = value.scalar().or_else(|| flow_word(value));
        record.status = text.and_then(|text| status::parse(&text, &mut record.superseded_by)).or(record.status);
    }
    if let Some(value) = front(&["date", "created"]) {
        record.date = value.scalar().or_else(|| flow_word(value)).and_then(|text| Date::parse(&text)).or(record.date);
    }
    if let Some(value) = front(&["decision-makers", "deciders"]) {
        record.deciders = people(&value.texts());
    }
    if let Some(value) = front(&["tags"]) {
        record.tags = value.texts();
    }
    for (keys, list) in [
        (&["supersedes", "replaces"], &mut record.supersedes),
        (&["superseded-by", "supersededBy"], &mut record.superseded_by),
    ] {
        if let Some(value) = front(keys) {
            list.extend(value.texts().into_iter().map(Reference::Name));
        }
    }
    record.number = number_of_name(input.path.stem());
    record.date = record.date.or_else(|| date_of_name(input.path.stem()));
    record
}

/// Says whether a text carries the marks of a decision record: a status with one of its usual companions.
pub fn is_recognised(front_matter: &Table, text: &str) -> bool {
    let has = |key: &str| front_matter.get(key).is_some();
    let by_front_matter =
        has("status") && (has("deciders") || has("decision-makers") || has("supersedes") || has("superseded-by"));
    by_front_matter || body::is_recognised(text)
}

/// Says whether a file of a folder of decisions is no record: its index, a template, a log.
pub fn is_companion(path: &BookPath) -> bool {
    let stem = path.stem().to_ascii_lowercase();
    matches!(
        stem.as_str(),
        "index"
            | "readme"
            | "summary"
            | "backlog"
            | "adr-log"
            | "000-template"
            | "0000-template"
            | "contributing"
            | "changelog"
    ) || stem.starts_with("template")
        || stem.starts_with("adr-template")
}

/// Reads `{ accepted }`, which YAML takes for a mapping.
fn flow_word(value: &crate::data::Value) -> Option<String> {
    match value {
        crate::data::Value::Table(table) => {
            table.0.first().filter(|_| table.0.len() == 1).map(|entry| entry.key.clone())
        }
        _ => None,
    }
}

/// Splits names written in one text by spaces when each begins with `@`.
fn people(texts: &[String]) -> Vec<String> {
    let handles = |text: &&String| text.split_whitespace().all(|word| word.starts_with('@'));
    let mut people: Vec<String> = Vec::new();
    for text in texts {
        match Some(text).filter(handles) {
            Some(text) => people.extend(text.split_whitespace().map(str::to_owned)),
            None => people.push(text.trim().to_owned()),
        }
    }
    people.retain(|name| !name.is_empty() && name != "et al.");
    people
}

/// Reads the number of `0012-title`, `adr-012-title`, `eip-12`; a date is no number.
pub fn number_of_name(stem: &str) -> Option<u32> {
    let lower = stem.to_ascii_lowercase();
    let rest =
        ["adr", "madr", "rfc", "eip", "kep"].iter().find_map(|prefix| lower.strip_prefix(prefix)).unwrap_or(&lower);
    let rest = rest.trim_start_matches(['-', '_', ' ']);
    let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let bounded = rest[digits..].is_empty() || rest[digits..].starts_with(['-', '_', '.', ' ']);
    (bounded && (1..=5).contains(&digits) && date_of_name(stem).is_none()).then(|| rest[..digits].parse().ok())?
}

/// Reads the day of `20240116-title` and `2024-01-16-title`.
fn date_of_name(stem: &str) -> Option<Date> {
    let digits: String = stem.chars().take(10).filter(char::is_ascii_digit).take(8).collect();
    let compact = stem.len() >= 8 && stem.as_bytes()[..8].iter().all(u8::is_ascii_digit);
    let dashed = stem.len() >= 10 && stem.as_bytes()[4] == b'-' && stem.as_bytes()[7] == b'-';
    if digits.len() != 8 || !(compact || dashed) {
        return None;
    }
    Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?)
}

#[cfg(test)]
mod tests;
