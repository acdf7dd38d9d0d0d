//! Edits of a status in the text: in bullets, lines, tables and sections.

use std::ops::Range;

use super::lines::{self, StatusLine};
use super::subject::{Edit, Open, Unable, Wanted};
use super::{fill, words};
use crate::decision::reading::head;
use crate::decision::reading::outline::{Line, Section};
use crate::decision::record::Place;
use crate::decision::words::day;
use crate::decision::words::dialect::Dialect;
use crate::decision::words::field::Field;
use crate::diagnostic::Span;

const UNCLEAR: Unable = Unable::Unclear { what: "the status" };

/// Changes the status that the text states.
pub(super) fn change(open: &Open<'_>, wanted: &Wanted<'_>) -> Result<Vec<Edit>, Unable> {
    let status = open.record.status.as_ref().ok_or(UNCLEAR)?;
    let span = status.origin.span.ok_or(UNCLEAR)?;
    let text = open.input.text;
    let holds = |section: &&Section<'_>| {
        lines::is_status_section(section) && section.lines.iter().any(|line| line.range().start == span.start)
    };
    let heading = open.outline.sections.iter().find(|section| section.heading.range().start == span.start);
    // What stands in the title is the author's to reword.
    if let Some(section) = heading.filter(|section| section.level > 1) {
        let (_, value) = section.title.split_once(':').ok_or(UNCLEAR)?;
        let range = lines::range_in(section.heading, value.trim()).ok_or(UNCLEAR)?;
        return Ok(vec![rewrite(open, Place::Section, wanted, range)?]);
    }
    let in_table = status.origin.place == Place::Table;
    if let Some(section) = open.outline.sections.iter().find(holds).filter(|_| !in_table) {
        return in_section(open, section, wanted, span);
    }
    let heads = std::iter::once(open.outline.head()).chain(lines::sections(open).map(|section| section.lines.clone()));
    let value = heads.into_iter().find_map(|lines| lines::value_in_lines(&lines, span.start, Field::Status));
    match value {
        Some(range) => {
            let badge = lines::badge_value(text, range.clone());
            let mut edits = vec![rewrite(open, status.origin.place, wanted, range)?];
            edits.extend(badge.map(|range| Edit::replace(range, wanted.state.name())));
            Ok(edits)
        }
        None if !lines::tells_of_successor(text.get(span.start..span.end).ok_or(UNCLEAR)?) => Err(UNCLEAR),
        // "This RFC has been superseded by …": the sentence goes, and what is wanted stands where the form has it.
        None => {
            let mut edits = vec![Edit::replace(whole_lines(text, span.start..span.end), "")];
            edits.extend(add(open, wanted)?);
            Ok(edits)
        }
    }
}

/// Writes the words of the status over those that are there.
fn rewrite(open: &Open<'_>, place: Place, wanted: &Wanted<'_>, range: Range<usize>) -> Result<Edit, Unable> {
    let text = open.input.text;
    let kept = lines::without_other_relations(text, range.clone());
    // What is kept begins with a sign, so a frame around the whole stays whole.
    let range = if kept == range { lines::without_frame(text, range) } else { kept };
    let sample = text.get(range.clone()).ok_or(UNCLEAR)?;
    let words = words::plain(open, place, wanted, sample)?;
    let in_cell = place == Place::Table;
    Ok(Edit::replace(range, if in_cell { words.replace('|', "\\|") } else { words }))
}

fn in_section(open: &Open<'_>, section: &Section<'_>, wanted: &Wanted<'_>, span: Span) -> Result<Vec<Edit>, Unable> {
    let text = open.input.text;
    if let Some(ticked) = lines::boxes(section).find(|item| item.is_ticked && item.line.range().start == span.start) {
        return tick_another(section, &ticked, wanted);
    }
    let stated = lines::status_lines(section);
    let holds = |line: &&StatusLine| line.whole.contains(&span.start);
    // A sentence that nobody knows for a status may stand before it.
    let known = stated.iter().find(|line| line.is_known);
    let first = known.or_else(|| stated.iter().find(holds)).or(stated.first()).ok_or(UNCLEAR)?;
    if let Some(edit) = logged(open, stated.last().unwrap_or(first), wanted)? {
        return Ok(vec![edit]);
    }
    let mut edits = vec![rewrite(open, Place::Section, wanted, first.value.clone())?];
    // adr-tools once kept `Accepted` above `Superseded by …`; with another status that line is untrue.
    let untrue = stated.iter().filter(|line| line.is_superseded && line.whole != first.whole);
    edits.extend(untrue.map(|line| Edit::replace(with_blank_before(text, whole_lines(text, line.whole.clone())), "")));
    Ok(edits)
}

/// Takes the tick from one box and sets it in that of the wanted state.
fn tick_another(section: &Section<'_>, ticked: &lines::Tick<'_>, wanted: &Wanted<'_>) -> Result<Vec<Edit>, Unable> {
    let plain = wanted.by.is_none() && wanted.note.is_none();
    let is_wanted = |item: &lines::Tick<'_>| item.state == Some(wanted.state) && !item.is_ticked;
    let other = lines::boxes(section).find(is_wanted).filter(|_| plain);
    let other = other.ok_or(Unable::Unclear { what: "the list of boxes" })?;
    Ok(vec![Edit::replace(ticked.sign.clone(), " "), Edit::replace(other.sign, "x")])
}

/// Adds a line to a status that is a list of days and states: what was is kept, what is comes last.
fn logged(open: &Open<'_>, last: &StatusLine, wanted: &Wanted<'_>) -> Result<Option<Edit>, Unable> {
    let text = open.input.text;
    let line = &text[last.whole.clone()];
    let value = &text[last.value.clone()];
    let is_item = line.trim_start().starts_with(['-', '*', '+']);
    let Some(found) = day::find(value).filter(|found| is_item && found.start <= 2) else { return Ok(None) };
    let after = &value[found.end..];
    let state = after.find(char::is_alphabetic).map_or(value.len(), |at| found.end + at);
    let words = words::plain(open, Place::Section, wanted, &value[state..])?;
    let before = &text[last.whole.start..last.value.start + found.start];
    let between = &value[found.end..state];
    let added = format!("{}{before}{}{between}{words}", open.eol, wanted.today);
    Ok(Some(Edit::insert(last.whole.end, added)))
}

/// Returns the bytes of lines, with the end of the last.
fn whole_lines(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at + 1);
    start..end
}

fn with_blank_before(text: &str, range: Range<usize>) -> Range<usize> {
    let before = &text[..range.start];
    let blank = before.strip_suffix('\n').map(|rest| rest.rfind('\n').map_or(0, |at| at + 1));
    match blank {
        Some(start) if before[start..].trim().is_empty() => start..range.end,
        _ => range,
    }
}

/// Adds a status to a text that states none.
pub(super) fn add(open: &Open<'_>, wanted: &Wanted<'_>) -> Result<Vec<Edit>, Unable> {
    if let Some(section) = lines::sections(open).find(|section| lines::is_status_section(section)) {
        // Boxes that are not ticked, and tables, have a place for it that only their author knows.
        let other = |line: &Line<'_>| line.text.trim_start().starts_with('|');
        if lines::boxes(section).next().is_some() || section.lines.iter().any(other) {
            return Err(UNCLEAR);
        }
        return Ok(vec![into_section(open, section, wanted)?]);
    }
    let head = open.outline.head();
    let words = words::plain(open, Place::Bullet, wanted, "")?;
    if let Some(edit) = fill::in_lines(&head, Field::Status, &words)? {
        return Ok(vec![edit]);
    }
    use Dialect::{BoldBullets, Log4brains, Madr2, RustRfc};
    match open.dialect() {
        Madr2 | Log4brains | BoldBullets | RustRfc => Ok(vec![bullet(open, &head, wanted)?]),
        _ => Ok(vec![section(open, wanted)?]),
    }
}

/// Writes into a section that is there and says nothing, or what a template says.
fn into_section(open: &Open<'_>, section: &Section<'_>, wanted: &Wanted<'_>) -> Result<Edit, Unable> {
    let words = words::plain(open, Place::Section, wanted, "")?;
    let is_sign = |line: &&Line<'_>| line.is_blank() || lines::bare(line.text).starts_with("[!");
    let first = section.lines.iter().find(|line| !is_sign(line));
    let is_template = |line: &&Line<'_>| crate::decision::words::status::parse(lines::bare(line.text)).is_none();
    match first.filter(is_template) {
        Some(line) => {
            let range = lines::range_in(*line, lines::bare(line.text)).filter(|range| !range.is_empty());
            Ok(Edit::replace(range.ok_or(UNCLEAR)?, words))
        }
        None => {
            let at = end_of_heading(open.input.text, section);
            Ok(Edit::insert(at, format!("{0}{0}{words}", open.eol)))
        }
    }
}

/// Returns where the lines of a heading end: of `Status`, or of the `------` under it.
pub(super) fn end_of_heading(text: &str, section: &Section<'_>) -> usize {
    let end = section.heading.start + section.heading.text.len();
    // Only headings of the first two levels are underlined; `**Status**` alone on a line stands for one of the sixth.
    let is_one_line =
        section.level > 2 || section.heading.text.trim_start_matches('\u{feff}').trim_start().starts_with('#');
    let next = || {
        let line_end = end + text[end..].find('\n')? + 1;
        Some(line_end + text[line_end..].find(['\n', '\r']).unwrap_or(text.len() - line_end))
    };
    if is_one_line { end_of_line(text, end) } else { next().unwrap_or(end) }
}

/// A comment beside a heading is no part of the line that was read, and stays in front of what is put in.
pub(super) fn end_of_line(text: &str, at: usize) -> usize {
    at + text[at..].find(['\n', '\r']).unwrap_or(text.len() - at)
}

/// Puts a bullet before the others of the head, or under the title.
fn bullet(open: &Open<'_>, head: &[Line<'_>], wanted: &Wanted<'_>) -> Result<Edit, Unable> {
    let words = words::plain(open, Place::Bullet, wanted, "")?;
    let is_bullet = |line: &&Line<'_>| line.text.starts_with(['-', '*', '+']) && !head::fields(**line).is_empty();
    let mut bullets = head.iter().filter(is_bullet);
    let after = open.dialect() == Dialect::RustRfc;
    if let Some(line) = if after { bullets.next_back() } else { bullets.next() } {
        let sign = &line.text[..1];
        let key = if line.text.contains("**") { "**Status:**" } else { "Status:" };
        let bullet = format!("{sign} {key} {words}");
        return Ok(match after {
            true => Edit::insert(end_of_line(open.input.text, line.start), format!("{}{bullet}", open.eol)),
            false => Edit::insert(line.start, format!("{bullet}{}", open.eol)),
        });
    }
    match open.outline.title() {
        Some(title) => {
            let at = end_of_heading(open.input.text, title);
            Ok(Edit::insert(at, format!("{0}{0}- Status: {words}", open.eol)))
        }
        None => section(open, wanted),
    }
}

/// Adds `## Status` before the first section, else at the end.
fn section(open: &Open<'_>, wanted: &Wanted<'_>) -> Result<Edit, Unable> {
    let words = words::plain(open, Place::Section, wanted, "")?;
    let text = open.input.text;
    let eol = open.eol;
    let sections = &open.outline.sections;
    let first = sections.iter().enumerate().find(|(at, section)| *at > 0 || section.level > 1);
    Ok(match first {
        Some((_, first)) => {
            let at = first.heading.start;
            let signs = "#".repeat(usize::from(first.level.max(2)));
            let gap = if at == open.input.start || ends_with_blank(&text[..at]) { "" } else { eol };
            Edit::insert(at, format!("{gap}{signs} Status{eol}{eol}{words}{eol}{eol}"))
        }
        None => append(open, &format!("## Status{eol}{eol}{words}")),
    })
}

/// Adds lines at the end of the text, after a blank one.
pub(super) fn append(open: &Open<'_>, lines: &str) -> Edit {
    let (text, eol) = (open.input.text, open.eol);
    let gap = match text {
        _ if text.trim_start_matches('\u{feff}').is_empty() || ends_with_blank(text) => String::new(),
        _ if text.ends_with('\n') => eol.to_owned(),
        _ => eol.repeat(2),
    };
    Edit::insert(text.len(), format!("{gap}{lines}{eol}"))
}

fn ends_with_blank(text: &str) -> bool {
    let Some(rest) = text.strip_suffix('\n') else { return false };
    rest.rfind('\n').is_some_and(|at| rest[at..].trim().is_empty())
}
