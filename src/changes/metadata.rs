//! The lines of a record that state something which is told as such: a changed status is no changed text.

use std::collections::BTreeSet;

use crate::decision::{Record, Stated};
use crate::diagnostic::Span;
use crate::site::Parsed;

/// Returns the lines of a record's text in which it states its status, dates, people, relations and the like, each as
/// [`letters`].
pub(super) fn stated(parsed: &Parsed) -> BTreeSet<String> {
    let Some(record) = &parsed.record else { return BTreeSet::new() };
    let text = &*parsed.markdown;
    spans(record).into_iter().flat_map(|span| lines(text, span)).map(|line| letters(&without_targets(line))).collect()
}

/// Returns the letters and digits of a line, in lower case.
pub(super) fn letters(line: &str) -> String {
    line.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn spans(record: &Record) -> Vec<Span> {
    fn of<'s, T: 's>(stated: impl IntoIterator<Item = &'s Stated<T>>) -> Vec<Span> {
        let own = stated.into_iter().filter(|stated| stated.origin.file.is_none());
        own.filter_map(|stated| stated.origin.span).collect()
    }
    let dates = [&record.decided, &record.proposed, &record.updated, &record.review_by, &record.decide_by];
    let people = [&record.deciders, &record.consulted, &record.informed, &record.authors, &record.owners];
    let others = [&record.tags, &record.applies_to, &record.tracking];
    [
        of(&record.number),
        of(&record.title),
        of(&record.status),
        dates.into_iter().flat_map(of).collect(),
        people.into_iter().chain(others).flat_map(of).collect(),
        of(&record.relations),
    ]
    .concat()
}

/// Returns the lines in which a span lies.
fn lines(text: &str, span: Span) -> impl Iterator<Item = &str> {
    let (start, end) = (span.start.min(text.len()), span.end.min(text.len()));
    let first = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let last = text.get(end..).and_then(|after| after.find('\n')).map_or(text.len(), |at| end + at);
    text.get(first..last).unwrap_or("").lines()
}

/// Drops where links lead, which no reader sees.
fn without_targets(line: &str) -> String {
    let mut rest = line;
    let mut shown = String::new();
    while let Some(at) = rest.find("](") {
        shown.push_str(&rest[..at]);
        rest = rest[at..].split_once(')').map_or("", |(_, after)| after);
    }
    shown + rest
}
