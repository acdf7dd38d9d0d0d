//! What a record says of other records: verbs, directions, and whom they mean.

use std::collections::BTreeMap;
use std::ops::Range;

use super::people::{is_nothing, is_placeholder};
use super::plain::plain;
use super::text::{TextTarget, link_at};
use super::verb::{Direction, VERBS, Verb};

/// What a record says of one other record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Relation {
    /// The verb.
    pub verb: Verb,
    /// From which end.
    pub direction: Direction,
    /// The author's own verb, where it says more: "Clarifies".
    pub label: Option<String>,
    /// Whom it means.
    pub target: Reference,
}

/// A mention of another record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// A link, relative or not.
    Link(String),
    /// A number, a file stem, `ADR-12`, a title.
    Name(String),
}

impl Reference {
    /// Returns what the author wrote.
    pub fn text(&self) -> &str {
        match self {
            Self::Link(text) | Self::Name(text) => text,
        }
    }
}

/// What a line says of other records.
pub(super) struct Told<'t> {
    pub(super) verb: Verb,
    pub(super) direction: Direction,
    /// The verb as the author wrote it.
    pub(super) words: String,
    /// What follows the verb.
    pub(super) rest: &'t str,
}

/// Reads a line that begins with a verb: "Supersedes …", "- Amended by: …", "**Superseded by** …".
pub(super) fn told(line: &str) -> Option<Told<'_>> {
    let line = line.trim_start_matches(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '[' | '<'));
    // `[Superseded by 0012](0012-x.md)`: the verb stands in the label.
    let inner = line.strip_prefix('[').unwrap_or(line);
    let partly = ["partially ", "partly ", "Partially ", "Partly "].iter().find_map(|word| inner.strip_prefix(word));
    let begin = partly.unwrap_or(inner);
    let fits = |(words, _, _): &&(&'static str, Verb, Direction)| {
        let Some(start) = begin.get(..words.len()) else { return false };
        let same = start.eq_ignore_ascii_case(words) || !words.is_ascii() && start.to_lowercase() == *words;
        same && !begin[words.len()..].starts_with(char::is_alphanumeric)
    };
    let (words, verb, direction) = VERBS.iter().filter(fits).max_by_key(|(words, _, _)| words.len())?;
    let rest = if inner.len() == line.len() { &begin[words.len()..] } else { line };
    // "Superseded in part by" changes the record and leaves it in force.
    let verb = if partly.is_some() && *verb == Verb::Supersedes { Verb::Amends } else { *verb };
    Some(Told { verb, direction: *direction, words: begin[..words.len()].to_owned(), rest })
}

/// Returns the verbs whose own words say more than their kind.
pub(super) fn label(verb: Verb, words: &str) -> Option<String> {
    let squeezed = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let plain =
        [verb.name(), verb.reverse_name(), "see", "see also", "related", "related to", "supercedes", "superceded by"];
    let says_more = !plain.iter().any(|plain| squeezed(plain) == squeezed(words));
    (says_more && !words.is_empty()).then(|| words.to_owned())
}

/// Returns the records that a text names: its links, else the names in it.
pub(super) fn references(text: &str, definitions: &BTreeMap<String, &str>) -> Vec<Reference> {
    let links = links(text, definitions);
    if !links.is_empty() {
        return links;
    }
    let shown = plain(text);
    let shown = shown.trim_start_matches([':', '-', '–', ' ']).trim();
    if is_nothing(shown) || is_placeholder(shown) {
        return Vec::new();
    }
    let separated = shown.replace(" and ", ",").replace(" & ", ",").replace(';', ",");
    let parts: Vec<&str> = separated.split(',').map(str::trim).filter(|part| !is_nothing(part)).collect();
    let all_named = parts.iter().all(|part| looks_like_name(part));
    if all_named {
        return parts.iter().map(|part| Reference::Name(name(part).to_owned())).collect();
    }
    // A name before prose: "ADR-12 because …", "ADR 12, which …"; else the whole is a title.
    match leading_name(shown) {
        Some(found) => vec![Reference::Name(found)],
        None if shown.len() <= 120 => vec![Reference::Name(shown.trim_end_matches('.').to_owned())],
        None => Vec::new(),
    }
}

/// Returns the links of a text, by their targets. A link whose definition is missing counts by its label.
pub(super) fn links(text: &str, definitions: &BTreeMap<String, &str>) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let Some(link) = link_at(&rest[open..]) else {
            rest = &rest[open + 1..];
            continue;
        };
        let reference = match link.target {
            TextTarget::Inline(target) if target.starts_with('#') || target.is_empty() => None,
            TextTarget::Inline(target) => Some(Reference::Link(target.to_owned())),
            TextTarget::Definition(name) => Some(match definitions.get(&name.to_lowercase()) {
                Some(target) => Reference::Link((*target).to_owned()),
                None => Reference::Name(plain(link.label)),
            }),
        };
        found.extend(reference.filter(|reference| !reference.text().is_empty()));
        rest = &rest[open + link.length..];
    }
    if !found.is_empty() {
        return found;
    }
    for word in text.split_whitespace() {
        let word = word.trim_matches(['<', '>', '(', ')', ',', '.', '"']);
        if word.starts_with("https://") || word.starts_with("http://") || word.ends_with(".md") {
            found.push(Reference::Link(word.to_owned()));
        }
    }
    found
}

/// Says whether a text can be nothing but the name of a record: `12`, `ADR-12`, `0012-use-mysql`, `repo:0042`.
fn looks_like_name(text: &str) -> bool {
    let name = name(text);
    let token = !name.contains(' ') && !name.is_empty();
    token || leading_name(name).is_some_and(|leading| leading.len() == name.len())
}

/// Says whether a text is the name of a record with its number, and nothing more: `ADR-0012`.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && leading_name(text).is_some_and(|leading| leading.len() == text.len())
}

fn name(text: &str) -> &str {
    text.trim().trim_matches(['"', '\'', '`', '.', '(', ')', '[', ']', '*']).trim()
}

/// Reads `ADR-12`, `MADR 099`, `RFC #12`, `12` at the beginning of a text.
fn leading_name(text: &str) -> Option<String> {
    let letters = text.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(text.len());
    let known = letters == 0 || super::name::PREFIXES.iter().any(|prefix| text[..letters].eq_ignore_ascii_case(prefix));
    let after = text[letters..].trim_start_matches(['-', ' ', '#', '_']);
    let digits = after.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(after.len());
    let bounded = after[digits..].is_empty() || after[digits..].starts_with([' ', ',', '.', ')', ':', ';', '(']);
    let end = text.len() - after.len() + digits;
    (known && (1..=5).contains(&digits) && bounded).then(|| text[..end].to_owned())
}

/// Returns the records that a line names without doubt: by links, or by a leading `ADR-12`.
pub(super) fn named(text: &str, definitions: &BTreeMap<String, &str>) -> Vec<Reference> {
    let links = links(text, definitions);
    if !links.is_empty() {
        return links;
    }
    let shown = plain(text);
    let shown = shown.trim_start_matches([':', '-', '–', ' ', '#']);
    if leading_name(shown).is_none() {
        return Vec::new();
    }
    references(shown, definitions)
}

/// Returns what a text tells of other records, wherever its verbs stand: "Accepted, amended by ADR-3".
pub(super) fn told_anywhere(text: &str) -> Vec<Told<'_>> {
    let mut found: Vec<(usize, Told<'_>)> = Vec::new();
    let mut end = 0;
    for (at, _) in text.char_indices().filter(|(at, letter)| letter.is_alphabetic() && begins_word(text, *at)) {
        // The longest phrase wins, and phrases do not overlap.
        let Some(mut told) = (at >= end).then(|| told(&text[at..])).flatten() else { continue };
        end = at + told.words.len();
        if told.verb == Verb::Supersedes && is_partial_before(&text[..at]) {
            told.verb = Verb::Amends;
        }
        found.push((at, told));
    }
    let links = link_ranges(text);
    let is_inside = |at: usize| links.iter().any(|range| range.start + 1 < at && at < range.end);
    found.retain(|(at, _)| !is_inside(*at));
    // What one verb says ends where the next begins.
    let ends: Vec<usize> = found.iter().skip(1).map(|(at, _)| *at).chain([text.len()]).collect();
    for ((_, told), end) in found.iter_mut().zip(ends) {
        let begin = told.rest.as_ptr() as usize - text.as_ptr() as usize;
        told.rest = &told.rest[..end.saturating_sub(begin).min(told.rest.len())];
    }
    found.into_iter().map(|(_, told)| told).collect()
}

fn begins_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '-')
}

/// Says whether a text ends with "partly", "partially" or "in part".
fn is_partial_before(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().rev().take(2).map(str::to_lowercase).collect();
    matches!(words.iter().map(String::as_str).collect::<Vec<_>>()[..], ["partly" | "partially", ..] | ["part", "in"])
}

/// Returns where links stand in a text.
fn link_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('[').map(|open| at + open) {
        at = link_at(&text[open..]).map_or(open + 1, |link| {
            ranges.push(open..open + link.length);
            open + link.length
        });
    }
    ranges
}

/// Returns a text with spaces in the place of its links.
pub(super) fn without_links(text: &str) -> String {
    let mut out = text.to_owned();
    for range in link_ranges(text) {
        out.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    out
}

/// Returns the records that a text mentions: its links, else every `ADR-12` in it.
pub(super) fn mentioned(text: &str, definitions: &BTreeMap<String, &str>) -> Vec<Reference> {
    let links = links(text, definitions);
    if !links.is_empty() {
        return links;
    }
    let shown = plain(text);
    let starts = shown.char_indices().filter(|(at, letter)| letter.is_ascii_alphabetic() && begins_word(&shown, *at));
    starts.filter_map(|(at, _)| leading_name(&shown[at..])).map(Reference::Name).collect()
}

/// Says whether a link leads to a ticket or a change rather than to a record.
pub(super) fn is_ticket(link: &str) -> bool {
    let parts =
        ["/issues/", "/issue/", "/pull/", "/pulls/", "/discussions/", "/merge_requests/", "/browse/", "/commit/"];
    link.contains("://") && parts.iter().any(|part| link.contains(part))
}
