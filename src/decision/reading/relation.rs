//! What a record says of other records: verbs, directions, and whom they mean.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::decision::record::Reference;
use crate::decision::shape::Shape;
use crate::decision::words::link::{TextTarget, link_at};
use crate::decision::words::name::PREFIXES;
use crate::decision::words::part::{self, PARTLY};
use crate::decision::words::people::{is_nothing, is_placeholder};
use crate::decision::words::plain::plain;
use crate::decision::words::verb::{Direction, VERBS, Verb};

/// What tells whom a text means: the definitions of its links, and what records are called around it.
#[derive(Default)]
pub(in crate::decision) struct Mentions<'t> {
    /// Definitions of the text's reference links, by label in lower case.
    pub(in crate::decision) definitions: BTreeMap<String, &'t str>,
    pub(in crate::decision) shape: Arc<Shape>,
}

/// What a line says of other records.
pub(in crate::decision) struct Told<'t> {
    pub(in crate::decision) verb: Verb,
    pub(in crate::decision) direction: Direction,
    /// The verb as the author wrote it.
    pub(in crate::decision) words: String,
    /// What follows the verb.
    pub(in crate::decision) rest: &'t str,
}

/// Reads a line that begins with a verb: "Supersedes …", "- Amended by: …", "**Superseded by** …".
pub(in crate::decision) fn told(line: &str) -> Option<Told<'_>> {
    let line = line.trim_start_matches(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '[' | '<'));
    // `[Superseded by 0012](0012-x.md)`: the verb stands in the label.
    let inner = line.strip_prefix('[').unwrap_or(line);
    let partly = leading_partly(inner);
    let begin = partly.unwrap_or(inner);
    let first = begin.as_bytes().first().copied()?;
    let fits = |(words, _, _): &&(&'static str, Verb, Direction)| {
        // Most lines begin with none of them.
        if first.is_ascii() && !words.as_bytes()[0].eq_ignore_ascii_case(&first) {
            return false;
        }
        let Some(start) = begin.get(..words.len()) else { return false };
        let same = start.eq_ignore_ascii_case(words) || !words.is_ascii() && start.to_lowercase() == *words;
        same && !begin[words.len()..].starts_with(char::is_alphanumeric)
    };
    let (words, verb, direction) = VERBS.iter().filter(fits).max_by_key(|(words, _, _)| words.len())?;
    let rest = if inner.len() == line.len() { &begin[words.len()..] } else { line };
    // "Superseded in part by" changes the record and leaves it in force, as "Supersedes the first portion of" does.
    let after = &begin[words.len()..];
    let partial = || partly.is_some() || names_portion(after) || is_of_part(after);
    let verb = if *verb == Verb::Supersedes && partial() { Verb::Amends } else { *verb };
    Some(Told { verb, direction: *direction, words: begin[..words.len()].to_owned(), rest })
}

/// Returns what follows "partly" at the beginning of a text.
fn leading_partly(text: &str) -> Option<&str> {
    // Most lines begin with another letter.
    let first = text.chars().next()?.to_lowercase().next()?;
    let fits = |word: &&&str| {
        word.starts_with(first) && text.get(..word.len()).is_some_and(|start| start.to_lowercase() == **word)
    };
    let rest = PARTLY.iter().find(fits).map(|word| &text[word.len()..])?;
    rest.strip_prefix(' ')
}

/// Says whether a text names a record, and says before or after its name that a part of it is meant.
pub(in crate::decision) fn is_of_part(text: &str) -> bool {
    if part::without_part(text).is_some() {
        return true;
    }
    let begin = text.trim_start_matches([':', '*', '_', ' ', '-']);
    let after = match link_at(begin) {
        Some(link) => &begin[link.length..],
        None => {
            let digits = begin.find(|letter: char| letter.is_ascii_digit()).filter(|at| *at <= 12);
            let Some(start) = digits else { return false };
            let rest = &begin[start..];
            &rest[rest.find(|letter: char| !letter.is_alphanumeric() && letter != '-').unwrap_or(rest.len())..]
        }
    };
    part::begins_with_part(after)
}

/// Says whether what follows a verb speaks of a part of the record that it names: `the "option 3" portion of [ADR 1]`.
fn names_portion(rest: &str) -> bool {
    let before = &rest[..rest.find(['[', '.', ',']).unwrap_or(rest.len())];
    let words: Vec<String> = before.split_whitespace().map(str::to_lowercase).collect();
    let parts = ["portion", "portions", "part", "parts", "section", "sections", "aspects", "bits"];
    words.len() <= 10 && words.windows(2).any(|pair| parts.contains(&pair[0].as_str()) && pair[1] == "of")
}

/// Returns the verbs whose own words say more than their kind.
pub(in crate::decision) fn label(verb: Verb, words: &str) -> Option<String> {
    let squeezed = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let plain =
        [verb.name(), verb.reverse_name(), "see", "see also", "related", "related to", "supercedes", "superceded by"];
    let says_more = !plain.iter().any(|plain| squeezed(plain) == squeezed(words));
    (says_more && !words.is_empty()).then(|| words.to_owned())
}

/// Returns the records that a text names: its links, else the names in it.
pub(in crate::decision) fn references(text: &str, mentions: &Mentions<'_>) -> Vec<Reference> {
    let links = links(text, mentions);
    if !links.is_empty() {
        return links;
    }
    let shown = plain(part::without_part(text).unwrap_or(text));
    let shown = shown.trim_start_matches([':', '-', '–', ' ']).trim();
    if is_nothing(shown) || is_placeholder(shown) {
        return Vec::new();
    }
    let separated = without_brackets(shown).replace(" and ", ",").replace(" & ", ",").replace(';', ",");
    let parts: Vec<&str> = separated.split(',').map(str::trim).filter(|part| !is_nothing(part)).collect();
    let all_named = parts.iter().all(|part| looks_like_name(part, &mentions.shape));
    if all_named {
        return parts.iter().map(|part| Reference::Name(name(part).to_owned())).collect();
    }
    // A name before prose: "ADR-12 because …", "ADR 12, which …"; else the whole is a title.
    match leading_name(shown, &mentions.shape) {
        Some(found) => vec![Reference::Name(found)],
        None if shown.len() <= 120 => vec![Reference::Title(shown.trim_end_matches('.').to_owned())],
        None => Vec::new(),
    }
}

/// Leaves out what is said in brackets: "ADR-7 (goal), ADR-8 (means)". What is not closed stays.
fn without_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once(" (") {
        out += before;
        match inside.split_once(')') {
            Some((_, after)) => rest = after,
            None => {
                rest = &rest[before.len()..];
                break;
            }
        }
    }
    out + rest
}

/// Returns the records that a succession names: its first link, and those that are listed with it. "Supersedes [ADR 2](…)
/// (back to the line of [ADR 3](…))" names one.
pub(in crate::decision) fn replaced(text: &str, mentions: &Mentions<'_>) -> Vec<Reference> {
    const JOINS: &[&str] = &["and", "und", "et", "y", "e", "en", "sowie", "also", "as", "well", "both", "the", "adr"];
    let ranges = link_ranges(text);
    let is_joined = |pair: &[Range<usize>]| {
        let between = without_brackets(&format!(" {}", &text[pair[0].end..pair[1].start])).to_lowercase();
        let mut words = between.split(|letter: char| !letter.is_alphanumeric() && letter != '(');
        words.all(|word| word.is_empty() || JOINS.contains(&word))
    };
    let listed = 1 + ranges.windows(2).take_while(|pair| is_joined(pair)).count();
    match ranges.get(listed) {
        Some(next) => references(&text[..next.start], mentions),
        None => references(text, mentions),
    }
}

/// Returns the links of a text, by their targets. A link whose definition is missing counts by its label.
pub(in crate::decision) fn links(text: &str, mentions: &Mentions<'_>) -> Vec<Reference> {
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
            TextTarget::Definition(name) => Some(match mentions.definitions.get(&name.to_lowercase()) {
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
fn looks_like_name(text: &str, shape: &Shape) -> bool {
    let name = name(text);
    let token = !name.contains(' ') && !name.is_empty();
    token || leading_name(name, shape).is_some_and(|leading| leading.len() == name.len())
}

/// Says whether a text is the name of a record with its number, and nothing more: `ADR-0012`.
pub(in crate::decision) fn is_name(text: &str, shape: &Shape) -> bool {
    let acronym = || {
        let letters = text.find(|letter: char| !letter.is_ascii_uppercase()).unwrap_or(text.len());
        let digits = text[letters..].trim_start_matches(['-', ' ', '#', '_']);
        letters >= 2 && !digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let named = || leading_name(text, shape).is_some_and(|leading| leading.len() == text.len());
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && (named() || acronym())
}

fn name(text: &str) -> &str {
    text.trim().trim_matches(['"', '\'', '`', '.', '(', ')', '[', ']', '*']).trim()
}

/// Reads `ADR-12`, `MADR 099`, `RFC #12`, `12` at the beginning of a text, and what the shape has for a name.
fn leading_name(text: &str, shape: &Shape) -> Option<String> {
    let start = text.find(|letter: char| letter.is_ascii_digit()).filter(|start| *start <= 40)?;
    let word = text[..start].trim_matches(['-', ' ', '#', '_']);
    let known = word.is_empty() || PREFIXES.iter().any(|prefix| word.eq_ignore_ascii_case(prefix)) || shape.calls(word);
    let after = &text[start..];
    let digits = after.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(after.len());
    let bounds = [' ', ',', '.', ')', ':', ';', '(', '：', '，', '、', '）', '；', '（'];
    let bounded = after[digits..].is_empty() || after[digits..].starts_with(bounds);
    let end = text.len() - after.len() + digits;
    (known && (1..=5).contains(&digits) && bounded).then(|| text[..end].to_owned())
}

/// Returns the records that a line names without doubt: by links, or by a leading `ADR-12`.
pub(in crate::decision) fn named(text: &str, mentions: &Mentions<'_>) -> Vec<Reference> {
    let links = links(text, mentions);
    if !links.is_empty() {
        return links;
    }
    let shown = plain(text);
    let shown = shown.trim_start_matches([':', '-', '–', ' ', '#']);
    if leading_name(shown, &mentions.shape).is_none() {
        return Vec::new();
    }
    references(shown, mentions)
}

/// Returns what a text tells of other records, wherever its verbs stand: "Accepted, amended by ADR-3".
pub(in crate::decision) fn told_anywhere(text: &str) -> Vec<Told<'_>> {
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
    let lower = text.trim_end().to_lowercase();
    PARTLY.iter().any(|word| lower.ends_with(word))
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
pub(in crate::decision) fn without_links(text: &str) -> String {
    let mut out = text.to_owned();
    for range in link_ranges(text) {
        out.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    out
}

/// Returns the records that a text mentions: its links, else every `ADR-12` in it.
pub(in crate::decision) fn mentioned(text: &str, mentions: &Mentions<'_>) -> Vec<Reference> {
    let links = links(text, mentions);
    if !links.is_empty() {
        return links;
    }
    let shown = plain(text);
    let starts = shown.char_indices().filter(|(at, letter)| letter.is_ascii_alphabetic() && begins_word(&shown, *at));
    starts.filter_map(|(at, _)| leading_name(&shown[at..], &mentions.shape)).map(Reference::Name).collect()
}

/// Says whether a link or `#12` leads to a ticket or a change rather than to a record.
pub(in crate::decision) fn is_ticket(link: &str) -> bool {
    let parts =
        ["/issues/", "/issue/", "/pull/", "/pulls/", "/discussions/", "/merge_requests/", "/browse/", "/commit/"];
    let numbered = link.strip_prefix('#').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    numbered || link.contains("://") && parts.iter().any(|part| link.contains(part))
}
