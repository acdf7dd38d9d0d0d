//! Two texts of a page: which of its parts are others, and by more than their spelling.
//!
//! An edit is small where no word is added or taken away, and each word that is another is still nearly the same: the same
//! letters in another case or with other punctuation, or, from four letters on and without a digit, at most two letters (one
//! of a word of four) that are others, too many or too few. "now" and "not", "2" and "3", "must" and "must not" are no small
//! edits. Code has none.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Edit, Fact};
use super::metadata::letters;
use crate::diagnostic::within;
use crate::page::{Outline, Section};

/// So many parts of a text are told one by one.
const MOST: usize = 12;

/// A sentence is shown up to so many letters.
const LONGEST: usize = 240;

/// A state of a page's text.
pub(super) struct Text<'a> {
    pub(super) outline: &'a Outline,
    pub(super) sections: &'a [Section],
    /// Lines that state what is told as such, as [`letters`].
    pub(super) stated: BTreeSet<String>,
}

/// What differs between two texts.
pub(super) struct Edits {
    pub(super) facts: Vec<Fact>,
    /// Whether some words are others, and nothing that is told.
    pub(super) is_small: bool,
}

/// A part of a text: by its heading or rule, and by how many of the same name came before.
type Key = (bool, String, usize);

/// Compares two texts part by part, in the order of the newer.
pub(super) fn compare(before: &Text<'_>, after: &Text<'_>) -> Edits {
    let (old, new) = (parts(before), parts(after));
    let (old_at, new_at): (BTreeMap<&Key, &Part>, BTreeMap<&Key, &Part>) = (by_key(&old), by_key(&new));
    let mut facts = Vec::new();
    let mut is_small = false;
    let known: BTreeSet<String> =
        old.iter().flat_map(|(_, part)| sentences(&part.lines)).map(|one| letters(&one)).collect();
    for (key, part) in &new {
        match old_at.get(key) {
            None => {
                let is_renamed = old.iter().any(|(key, other)| !new_at.contains_key(key) && other.lines == part.lines);
                let how = if is_renamed { Edit::Changed } else { Edit::Added };
                facts.push(part.fact(how, None, first(&part.lines)));
            }
            Some(earlier) => match edit(&earlier.lines, &part.lines) {
                Difference::None => {}
                Difference::Small => is_small = true,
                Difference::Words => {
                    let sentence = sentences(&part.lines).find(|one| !known.contains(&letters(one)));
                    facts.push(part.fact(Edit::Changed, Some(earlier), sentence.unwrap_or_default()));
                }
            },
        }
    }
    let has_text_of =
        |part: &Part| new.iter().any(|(key, other)| !old_at.contains_key(key) && other.lines == part.lines);
    // What only got another heading is told once, under the new one.
    let gone = old.iter().filter(|(key, part)| !new_at.contains_key(key) && !has_text_of(part));
    facts.extend(gone.map(|(_, part)| part.fact(Edit::Removed, Some(part), first(&part.lines))));
    let is_section = |fact: &Fact| matches!(fact, Fact::Section { .. });
    let more = facts.iter().filter(|fact| is_section(fact)).count().saturating_sub(MOST);
    if more > 0 {
        let mut told = 0;
        facts.retain(|fact| {
            told += usize::from(is_section(fact));
            !is_section(fact) || told <= MOST
        });
        facts.push(Fact::MoreSections(more));
    }
    Edits { is_small: is_small && facts.is_empty(), facts }
}

/// A part of a text: what stands under one heading, or a rule with an id of its own.
struct Part {
    is_rule: bool,
    heading: String,
    anchor: Option<String>,
    lines: Vec<String>,
}

impl Part {
    fn fact(&self, how: Edit, before: Option<&Self>, sentence: String) -> Fact {
        let Self { is_rule, heading, anchor, lines } = self;
        if *is_rule {
            let words = |lines: &[String]| short(&lines.join(" "));
            let from = before.map(|part| words(&part.lines));
            let to = (how != Edit::Removed).then(|| words(lines));
            return Fact::Rule { id: anchor.clone().unwrap_or_default(), from, to };
        }
        let anchor = anchor.clone().filter(|_| how != Edit::Removed);
        Fact::Section { heading: heading.clone(), anchor, how, sentence: short(&sentence) }
    }
}

fn by_key(parts: &[(Key, Part)]) -> BTreeMap<&Key, &Part> {
    parts.iter().map(|(key, part)| (key, part)).collect()
}

fn parts(text: &Text<'_>) -> Vec<(Key, Part)> {
    let headings: BTreeSet<&str> = text.outline.headings.iter().map(|heading| heading.id.as_str()).collect();
    let mut seen: BTreeMap<(bool, String), usize> = BTreeMap::new();
    let mut parts: Vec<(Key, Part)> = Vec::new();
    for section in text.sections {
        let is_rule = section.anchor.as_deref().is_some_and(|anchor| !headings.contains(anchor));
        let name = if is_rule { section.anchor.clone().unwrap_or_default() } else { section.heading.clone() };
        let lines = section.text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty());
        let lines = lines.filter(|line| !text.stated.contains(&letters(line))).map(str::to_owned);
        let lines: Vec<String> = lines.collect();
        // After a rule the part around it goes on.
        let goes_on = !is_rule
            && parts.iter_mut().rev().find(|(_, part)| !part.is_rule).is_some_and(|(_, part)| {
                let same = part.anchor == section.anchor && part.heading == section.heading;
                if same {
                    part.lines.extend(lines.iter().cloned());
                }
                same
            });
        if !goes_on {
            let count = seen.entry((is_rule, name.clone())).or_default();
            let part = Part { is_rule, heading: section.heading.clone(), anchor: section.anchor.clone(), lines };
            parts.push(((is_rule, name, *count), part));
            *count += 1;
        }
    }
    parts.retain(|(_, part)| !part.lines.is_empty());
    parts
}

/// How two versions of a part differ.
enum Difference {
    None,
    Small,
    Words,
}

fn edit(before: &[String], after: &[String]) -> Difference {
    if before == after {
        return Difference::None;
    }
    let code = |lines: &[String]| lines.iter().filter(|line| line.starts_with('\t')).cloned().collect::<Vec<_>>();
    if code(before) != code(after) {
        return Difference::Words;
    }
    let words = |lines: &[String]| -> Vec<String> {
        let words = lines.iter().filter(|line| !line.starts_with('\t')).flat_map(|line| line.split_whitespace());
        // A dash that stands alone is punctuation.
        words.filter(|word| word.chars().any(char::is_alphanumeric)).map(str::to_owned).collect()
    };
    let (before, after) = (words(before), words(after));
    let is_small = before.len() == after.len() && before.iter().zip(&after).all(|(one, other)| is_nearly(one, other));
    if is_small { Difference::Small } else { Difference::Words }
}

/// Says whether two words are nearly the same.
fn is_nearly(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (bare, other_bare) = (letters(one), letters(other));
    if bare == other_bare {
        return signs(one) == signs(other);
    }
    let shortest = bare.chars().count().min(other_bare.chars().count());
    let has_digit = one.chars().chain(other.chars()).any(char::is_numeric);
    let most = match shortest {
        0..4 => return false,
        4 => 1,
        _ => 2,
    };
    !has_digit && within(&bare, &other_bare, most)
}

/// What else a word has that means something: `-1` is not `1`, and `<5` not `>5`.
fn signs(word: &str) -> String {
    if !word.chars().any(char::is_numeric) {
        String::new()
    } else {
        word.chars().filter(|sign| "-+<>=≤≥≠.,/%$€£".contains(*sign)).collect()
    }
}

fn first(lines: &[String]) -> String {
    sentences(lines).next().unwrap_or_default()
}

/// Returns the sentences of a text; a line of code is one.
fn sentences(lines: &[String]) -> impl Iterator<Item = String> {
    lines.iter().flat_map(|line| {
        if line.starts_with('\t') {
            return vec![line.trim().to_owned()];
        }
        let mut sentences = Vec::new();
        let mut start = 0;
        for (at, sign) in line.char_indices().filter(|(_, sign)| matches!(sign, '.' | '!' | '?' | '。' | '！' | '？'))
        {
            let end = at + sign.len_utf8();
            let goes_on = line[end..].chars().next().is_some_and(|next| !next.is_whitespace() && sign.is_ascii());
            // "e.g. this", "v1. 2": a sentence does not begin with a small letter.
            let begins = line[end..].trim_start().chars().next().is_none_or(|next| !next.is_lowercase());
            if !goes_on && begins {
                sentences.push(line[start..end].trim().to_owned());
                start = end;
            }
        }
        sentences.push(line[start..].trim().to_owned());
        sentences.retain(|sentence| sentence.chars().any(char::is_alphanumeric));
        sentences
    })
}

fn short(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = text.char_indices().nth(LONGEST) else { return text };
    let end = text[..cut].rfind(' ').unwrap_or(cut);
    format!("{}…", text[..end].trim_end_matches([',', ';', ':', ' ']))
}
