//! Finds values in the lines of a text, and the bytes around them.

use std::ops::Range;

use super::subject::Open;
use crate::decision::reading::head::{self, Given};
use crate::decision::reading::outline::{Line, Section};
use crate::decision::reading::relation;
use crate::decision::words::field::Field;
use crate::decision::words::section::STATUS;
use crate::decision::words::state::State;
use crate::decision::words::status;
use crate::decision::words::verb::{Direction, Verb};

/// Returns the bytes of a part of a line, which must be cut from it.
pub(super) fn range_in(line: Line<'_>, part: &str) -> Option<Range<usize>> {
    let at = (part.as_ptr() as usize).checked_sub(line.text.as_ptr() as usize)?;
    (at + part.len() <= line.text.len()).then(|| line.start + at..line.start + at + part.len())
}

/// The sections that hold a head or a status, in order.
pub(super) fn sections<'o, 't>(open: &'o Open<'t>) -> impl Iterator<Item = &'o Section<'t>> {
    open.outline.sections.iter()
}

pub(super) fn is_status_section(section: &Section<'_>) -> bool {
    STATUS.iter().any(|name| name.eq_ignore_ascii_case(section.title) || *name == section.title.to_lowercase())
}

/// Returns the value of a field in lines of metadata, where it begins in the line at this byte.
pub(super) fn value_in_lines(lines: &[Line<'_>], start: usize, field: Field) -> Option<Range<usize>> {
    let at = lines.iter().position(|line| line.range().start == start)?;
    let line = lines[at];
    if let Some(names) = at.checked_sub(2).and_then(|head| head::header_row(lines, head)) {
        let column = names.iter().position(|named| *named == Some(field))?;
        return range_in(line, head::cells(line.text).get(column)?);
    }
    // A term and its definition: `Status`, and `: Accepted` on the next line
    let defined = lines.get(at + 1).and_then(|next| Some((next, next.text.trim_start().strip_prefix(": ")?.trim())));
    if let Some((next, value)) = defined.filter(|_| head::fields(line).is_empty()) {
        return range_in(*next, value);
    }
    // `**Accepted**` or `accepted` alone on a line
    let is_status = field == Field::Status && status::begins_with_state(line.text);
    if is_status && head::fields(line).is_empty() && !tells_of_successor(line.text) {
        return Some(line.range());
    }
    let given = head::fields(line).into_iter().find(|given| given.field == field)?;
    let Given { value, .. } = given;
    if value.is_empty() {
        let items = head::nested_items(&lines[at + 1..], line.indent());
        let (line, item) = items.first()?;
        return range_in(*line, item);
    }
    range_in(line, value)
}

/// A line of a status section that states one.
pub(super) struct StatusLine {
    /// The words of the status.
    pub(super) value: Range<usize>,
    /// The whole line, or the two over which it runs, without what ends them.
    pub(super) whole: Range<usize>,
    /// Whether its state is known.
    pub(super) is_known: bool,
    /// Whether it says by what the record is replaced.
    pub(super) is_superseded: bool,
}

/// Returns the lines of a section that state a status; relations from this record to others are none.
pub(super) fn status_lines(section: &Section<'_>) -> Vec<StatusLine> {
    let mut found = Vec::new();
    let mut lines = section.lines.iter().filter(|line| !line.is_blank()).peekable();
    while let Some(line) = lines.next() {
        let text = bare(line.text);
        // The sign of an alert, and boxes without a tick, state nothing.
        if text.starts_with("[!") || text.starts_with("[ ]") {
            continue;
        }
        let broken_off = relation::told(text).is_some_and(|told| told.rest.trim_matches([' ', ':']).is_empty());
        let next = lines.next_if(|_| broken_off);
        let value = head::field_of_part(text).map_or(text, |(_, value)| value);
        let told = relation::told(text);
        let forward =
            told.as_ref().is_some_and(|told| told.direction == Direction::Forward || told.verb != Verb::Supersedes);
        let state = status::parse(value).map(|status| status.state);
        let (Some(range), Some(state)) = (range_in(*line, value), state) else { continue };
        if forward || state == State::Unknown && !found.is_empty() {
            continue;
        }
        let last = next.unwrap_or(line);
        let value = if next.is_some() { range.start..last.range().end } else { range };
        let is_superseded = state == State::Superseded;
        let is_known = state != State::Unknown;
        found.push(StatusLine { value, whole: line.start..last.start + last.text.len(), is_known, is_superseded });
    }
    found
}

/// A box of a list, and the state beside it.
pub(super) struct Tick<'t> {
    pub(super) line: Line<'t>,
    /// The byte between the brackets.
    pub(super) sign: Range<usize>,
    pub(super) is_ticked: bool,
    pub(super) state: Option<State>,
}

/// Returns the boxes of a section.
pub(super) fn boxes<'o, 't>(section: &'o Section<'t>) -> impl Iterator<Item = Tick<'t>> + use<'o, 't> {
    section.lines.iter().filter_map(|line| {
        let item = head::item_of(line.text.trim_start_matches(['>', ' ']))?;
        let inner = item.strip_prefix('[')?;
        let (sign, text) = inner.split_at_checked(1).filter(|(sign, _)| matches!(*sign, " " | "x" | "X"))?;
        let text = text.strip_prefix(']')?;
        let state = status::parse(text).map(|status| status.state);
        Some(Tick { line: *line, sign: range_in(*line, sign)?, is_ticked: sign != " ", state })
    })
}

/// Says whether a line tells that the record was replaced, so that it goes with that status.
pub(super) fn tells_of_successor(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["supersed", "superced", "replaced"].iter().any(|word| lower.contains(word))
}

/// Finds the value in the address of a badge whose label holds the status: both are shown.
pub(super) fn badge_value(text: &str, label: Range<usize>) -> Option<Range<usize>> {
    let end = text[label.end..].find('\n').map_or(text.len(), |at| label.end + at);
    let rest = &text[label.end..end];
    let target = rest.strip_prefix("](")?;
    let at = target.find("/badge/")? + "/badge/".len();
    let key = target[at..].find('-')? + 1;
    let value = &target[at + key..];
    let length = value.find(['-', '?', '.', ')'])?;
    let start = label.end + "](".len() + at + key;
    Some(start..start + length)
}

/// Drops what opens a line: quotes, bullets, check boxes.
pub(super) fn bare(line: &str) -> &str {
    let text = line.trim().trim_start_matches('>').trim_start();
    let item = text.strip_prefix(['-', '*', '+']).and_then(|rest| rest.strip_prefix([' ', '\t'])).map(str::trim_start);
    let text = item.unwrap_or(text);
    text.strip_prefix("[x]").or_else(|| text.strip_prefix("[X]")).unwrap_or(text).trim()
}

/// Leaves out emphasis around a value, and a sign for a line break after it.
pub(super) fn without_frame(text: &str, mut range: Range<usize>) -> Range<usize> {
    if text[range.clone()].ends_with('\\') {
        range.end -= 1;
        range.end = range.start + text[range.clone()].trim_end().len();
    }
    for sign in ["**", "__", "*", "_", "`"] {
        let value = &text[range.clone()];
        let inner = value.strip_prefix(sign).and_then(|rest| rest.strip_suffix(sign));
        if inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(sign)) {
            range = range.start + sign.len()..range.end - sign.len();
        }
    }
    range
}

/// Leaves what follows the status in its line and tells of something else than a replacement.
pub(super) fn without_other_relations(text: &str, range: Range<usize>) -> Range<usize> {
    let value = &text[range.clone()];
    let signs = value.char_indices().filter(|(_, letter)| matches!(letter, ',' | ';' | '('));
    for (at, _) in signs {
        let others = relation::told_anywhere(&value[at..]);
        let is_other =
            |told: &relation::Told<'_>| told.verb != Verb::Supersedes || told.direction == Direction::Forward;
        if !others.is_empty() && others.iter().all(is_other) {
            let end = range.start + value[..at].trim_end().len();
            return range.start..end;
        }
    }
    range
}
