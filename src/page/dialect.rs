//! What belongs to other programs' dialects of Markdown, and is not read: the places come in, findings go out.
//!
//! A walk over the events of a page (`ground`) says where ordinary text stands. Each line of it is held against the marks
//! that stand at a line's beginning (`line`), and those within one (`inline`). A page has one finding a dialect, at the
//! first place. A mark is only what nobody writes who does not mean it: the rest of what looks like one is text.

mod ground;
mod inline;
mod kind;
mod line;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub(super) use ground::Ground;
use kind::{Dialect, Kind};

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::path::BookPath;

/// A mark of a dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    kind: Kind,
    range: Range<usize>,
}

/// Where the words of a page stand.
pub(super) struct Place<'a> {
    pub(super) path: &'a BookPath,
    /// The text after the front matter.
    pub(super) text: &'a str,
    /// Where that text begins in the source.
    pub(super) offset: usize,
    /// Whether the page lies in a vault of Obsidian.
    pub(super) vault: bool,
}

/// Returns a finding for each dialect that a page is written in.
pub(super) fn check(place: &Place<'_>, ground: Ground) -> Vec<Diagnostic> {
    let mut of_dialect: BTreeMap<Dialect, Vec<Mark>> = BTreeMap::new();
    for mark in marks(place.text, ground, place.vault) {
        of_dialect.entry(mark.kind.dialect()).or_default().push(mark);
    }
    of_dialect.into_values().filter_map(|marks| finding(place, &marks)).collect()
}

/// Finds the marks of a text, from left to right.
fn marks(text: &str, mut ground: Ground, vault: bool) -> Vec<Mark> {
    ground.close();
    let mut marks = ground.take_marks();
    let lines: Vec<line::Line<'_>> = line::lines(text).collect();
    let view = line::View::new(&lines, &ground);
    let within = inline::Within::new(text, &ground, vault);
    for (at, line) in lines.iter().enumerate() {
        match view.mark(at) {
            Some(mark) => marks.push(mark),
            None => marks.extend(within.marks(*line)),
        }
    }
    marks.extend(inline::comments_over_lines(&lines, &ground));
    marks.sort_by_key(|mark| mark.range.start);
    marks
}

/// Says what was seen of one dialect.
fn finding(place: &Place<'_>, marks: &[Mark]) -> Option<Diagnostic> {
    let first = marks.first()?;
    let mut seen = BTreeSet::new();
    let kinds: Vec<&Mark> = marks.iter().filter(|mark| seen.insert(mark.kind)).collect();
    let names: Vec<String> = (kinds.iter())
        .enumerate()
        .map(|(at, mark)| {
            let owner = if at == 0 { mark.kind.dialect().owner() } else { "" };
            format!("{owner}{} (`{}`)", mark.kind.name(), shown(&place.text[mark.range.clone()]))
        })
        .collect();
    let names = match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.concat(),
    };
    let fate = first.kind.fate();
    let fate = if kinds.iter().all(|mark| mark.kind.fate() == fate) { fate } else { "are not read" };
    let often = if marks.len() > 1 { format!(", {} times", marks.len()) } else { String::new() };
    let message = format!("this page has {names}, which {fate}{often}");
    let span = Span { start: first.range.start + place.offset, end: first.range.end + place.offset };
    Some(Diagnostic::new(Code::ForeignDialect, place.path, message).at(span).help(first.kind.help()))
}

/// How much of a mark a sentence shows, in letters.
const LONGEST: usize = 40;

/// Returns the mark as a sentence shows it: its first line, without the signs that would end the code it stands in.
fn shown(mark: &str) -> String {
    let line = mark.lines().next().unwrap_or("").trim().trim_end_matches('`');
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests;
