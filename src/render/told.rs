//! Which blocks of a record's text the header of its page tells already, so that they are not shown twice.
//!
//! In: the record, which knows where each value stands, and the text. Out: the blocks of which every word is shown
//! elsewhere: metadata under the title, and sections such as `## Status`. A block with one word more stays whole.

use std::collections::BTreeSet;
use std::ops::Range;

use super::view::{is_shown, own_word};
use crate::decision::{Direction, Origin, Place, Record, State, Stated, Status, WrittenDate};
use crate::diagnostic::Span;
use crate::page::Block;
use crate::site::Entry;

/// What the record has from one place of its text.
struct Told {
    span: Span,
    /// The words that the header shows.
    words: BTreeSet<String>,
    has_date: bool,
    has_relation: bool,
    /// Whether it is more than a relation.
    is_metadata: bool,
}

/// Returns the numbers of the blocks that need not be shown.
pub(super) fn blocks(entry: &Entry) -> BTreeSet<usize> {
    let Some((record, _)) = entry.record() else { return BTreeSet::new() };
    let (text, page) = (&*entry.parsed.markdown, entry.page());
    let told: Vec<Told> = places(record).into_iter().filter(|told| covers(told, text)).collect();
    let blocks = &page.blocks;
    let is_told = |block: &Block| {
        let lines = text.get(block.span.start..block.span.end).unwrap_or("").split_inclusive('\n');
        let mut start = block.span.start;
        let mut told_lines = 0;
        let all = lines.into_iter().all(|line| {
            let (from, to) = (start + line.len() - line.trim_start().len(), start + line.trim_end().len());
            start += line.len();
            let within = |told: &Told| told.span.start <= from && to <= told.span.end;
            let is_told = told.iter().any(within);
            told_lines += usize::from(is_told);
            from >= to || is_told
        });
        all && told_lines > 0
    };
    let mut hidden = BTreeSet::new();
    for section in sections(blocks) {
        let has_heading = blocks[section.start].heading.is_some();
        let inner = section.start + usize::from(has_heading)..section.end;
        let (start, end) = (blocks[section.start].span.start, blocks[section.end - 1].span.end);
        let is_metadata = told.iter().any(|told| told.is_metadata && start <= told.span.start && told.span.end <= end);
        let told_blocks: Vec<usize> = inner.clone().filter(|at| is_told(&blocks[*at])).collect();
        if !has_heading {
            hidden.extend(told_blocks);
        } else if is_metadata && !inner.is_empty() && told_blocks.len() == inner.len() {
            hidden.extend(section);
        }
    }
    hidden
}

/// Returns the ids of the headings that are not shown.
pub(super) fn headings(entry: &Entry) -> Vec<String> {
    let page = entry.page();
    let hidden = blocks(entry).into_iter().filter_map(|block| page.headings.get(page.blocks[block].heading?));
    hidden.map(|heading| heading.id.clone()).collect()
}

/// Cuts the blocks into what stands before the first heading, and each heading with what follows it.
fn sections(blocks: &[Block]) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = (0..blocks.len()).filter(|at| blocks[*at].heading.is_some()).collect();
    if starts.first() != Some(&0) && !blocks.is_empty() {
        starts.insert(0, 0);
    }
    let ends = starts.iter().copied().skip(1).chain([blocks.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Returns what the record has from each place of its own text.
fn places(record: &Record) -> Vec<Told> {
    let mut places: Vec<Told> = Vec::new();
    let mut add = |origin: &Origin, words: Vec<String>| -> Option<usize> {
        let in_body = matches!(origin.place, Place::Bullet | Place::Line | Place::Section);
        let span = origin.span.filter(|_| in_body && origin.file.is_none())?;
        let at = places.iter().position(|told| told.span == span).unwrap_or_else(|| {
            let empty = Told { span, words: BTreeSet::new(), has_date: false, has_relation: false, is_metadata: false };
            places.push(empty);
            places.len() - 1
        });
        places[at].words.extend(words);
        Some(at)
    };
    let mut dates = Vec::new();
    let mut metadata = Vec::new();
    let mut relations = Vec::new();
    if let Some(status) = &record.status {
        metadata.extend(add(&status.origin, status_words(&status.value)));
    }
    let stated: [&Option<Stated<WrittenDate>>; 5] =
        [&record.decided, &record.proposed, &record.updated, &record.review_by, &record.decide_by];
    for date in stated.into_iter().flatten() {
        dates.extend(add(&date.origin, Vec::new()));
    }
    let lists = [&record.deciders, &record.consulted, &record.informed, &record.authors, &record.owners, &record.tags];
    let tracking = record.tracking.iter().filter(|text| is_shown(&text.value));
    for value in lists.into_iter().flatten().chain(&record.applies_to).chain(tracking) {
        metadata.extend(add(&value.origin, words(&value.value)));
    }
    for Stated { value: relation, origin } in &record.relations {
        let mut shown = words(relation.target.text());
        shown.extend(words(match relation.direction {
            Direction::Forward => relation.verb.name(),
            Direction::Reverse => relation.verb.reverse_name(),
        }));
        shown.extend(relation.label.iter().flat_map(|label| words(label)));
        relations.extend(add(origin, shown));
    }
    for at in dates {
        (places[at].has_date, places[at].is_metadata) = (true, true);
    }
    for at in metadata {
        places[at].is_metadata = true;
    }
    for at in relations {
        places[at].has_relation = true;
    }
    places
}

/// The words of a status that a badge, its note or the relations show.
fn status_words(status: &Status) -> Vec<String> {
    let mut shown = words(status.state.name());
    let note = status.note.as_deref().unwrap_or("");
    if status.state == State::Superseded {
        shown.extend(["superceded", "replaced", "obsoleted"].map(str::to_owned));
    } else {
        shown.extend(words(note));
    }
    shown.extend(words(&own_word(status.state, &status.text)));
    shown
}

/// Words that tell nothing beside a name or a record.
const SMALL: &[&str] = &["and", "by", "with", "to", "in", "of", "from", "the", "adr"];

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Says whether the header shows every word of a place.
fn covers(told: &Told, text: &str) -> bool {
    let Some(written) = text.get(told.span.start..told.span.end) else { return false };
    let key = written.split_once(':').filter(|(key, _)| words(key).len() <= 4 && !key.contains(['[', ']', '(']));
    let value = key.map_or(written, |(_, value)| value);
    let value = if told.has_relation { without_links(value) } else { value.to_owned() };
    words(&value).iter().all(|word| {
        let is_date = || {
            word.chars().all(|letter| letter.is_ascii_digit())
                || MONTHS.iter().any(|month| word.starts_with(month))
                || matches!(word.as_str(), "st" | "nd" | "rd" | "th")
        };
        told.words.contains(word) || SMALL.contains(&word.as_str()) || told.has_date && is_date()
    })
}

/// Leaves out `[text](target)` and `[[page]]`, whose records the relations name.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        out.push_str(&rest[..open]);
        let after = &rest[open..];
        let wiki = after.starts_with("[[").then(|| after.find("]]")).flatten().map(|end| end + 2);
        let inline = || {
            let middle = after.find("](")?;
            Some(middle + after[middle..].find(')')? + 1)
        };
        let Some(end) = wiki.or_else(inline) else {
            out.push('[');
            rest = &after[1..];
            continue;
        };
        rest = &after[end..];
    }
    out + rest
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    parts.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Elements that have no end.
const VOID: &[&str] = &["br", "hr", "img", "input", "wbr", "col", "source", "track", "area"];

/// Says whether every element that begins in the HTML also ends in it, and the other way round.
pub(super) fn is_balanced(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1) {
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = tag.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or("");
        if closes {
            if open.pop() != Some(name) {
                return false;
            }
        } else if !name.is_empty() && !VOID.contains(&name) {
            open.push(name);
        }
    }
    open.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_both_kinds_are_left_out() {
        assert_eq!(without_links("by [1. A](0001-a.md), [[0002-b|b]] and [c"), "by ,  and [c");
    }

    #[test]
    fn elements_that_go_on_are_seen() {
        assert!(is_balanced("<ul>\n<li>a<br />b <a href=\"x\">c</a></li>\n</ul>"));
        assert!(!is_balanced("<p>a <b>c</p>") && !is_balanced("<p>a") && !is_balanced("a</p>"));
    }
}
