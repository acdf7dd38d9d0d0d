//! Two texts of a page: which of its parts are others, and by more than their spelling.
//!
//! An edit is small where no word and no sign of its own is added or taken away, and each word that is another is nearly the
//! same: the same letters in another case or with other punctuation; or, in Latin, Greek or Cyrillic letters, two neighbours that
//! changed places, one of two equal neighbours too many or too few, or, from nine letters on, one letter within it. So "http"
//! and "https", "should" and "shouldn't", "include" and "exclude" are other words. Code and rules have no small edits.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Edit, Fact};
use super::metadata::letters;
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

/// A part of a text: by its heading or rule, and by how many of the same name came before.
type Key = (bool, String, usize);

/// Compares two texts part by part, in the order of the newer. Where nothing is told, the edit is a small one.
pub(super) fn compare(before: &Text<'_>, after: &Text<'_>) -> Vec<Fact> {
    let (old, new) = (parts(before), parts(after));
    let (old_at, new_at): (BTreeMap<&Key, &Part>, BTreeMap<&Key, &Part>) = (by_key(&old), by_key(&new));
    let mut facts = Vec::new();
    let known: BTreeSet<String> = old.iter().flat_map(|(_, part)| sentences(&part.lines)).collect();
    // The texts of parts whose headings are in one of both only.
    let went: BTreeSet<&Vec<String>> =
        old.iter().filter(|(key, _)| !new_at.contains_key(key)).map(|(_, part)| &part.lines).collect();
    let came: BTreeSet<&Vec<String>> =
        new.iter().filter(|(key, _)| !old_at.contains_key(key)).map(|(_, part)| &part.lines).collect();
    for (key, part) in &new {
        match old_at.get(key) {
            None => {
                let is_renamed = went.contains(&part.lines);
                let how = if is_renamed { Edit::Changed } else { Edit::Added };
                facts.push(part.fact(how, None, first(&part.lines)));
            }
            Some(earlier) => match edit(earlier, part) {
                Difference::Small => {}
                Difference::Words => {
                    let sentence = sentences(&part.lines).find(|one| !known.contains(one));
                    facts.push(part.fact(Edit::Changed, Some(earlier), sentence.unwrap_or_default()));
                }
            },
        }
    }
    // What only got another heading is told once, under the new one.
    let gone = old.iter().filter(|(key, part)| !new_at.contains_key(key) && !came.contains(&part.lines));
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
    facts
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
    /// None, or a small one.
    Small,
    Words,
}

fn edit(before: &Part, after: &Part) -> Difference {
    if before.lines == after.lines {
        return Difference::Small;
    }
    let code = |part: &Part| part.lines.iter().filter(|line| line.starts_with('\t')).cloned().collect::<Vec<_>>();
    if after.is_rule || code(before) != code(after) {
        return Difference::Words;
    }
    let (before, after) = (words(&before.lines), words(&after.lines));
    let is_small = before.len() == after.len() && before.iter().zip(&after).all(|(one, other)| is_nearly(one, other));
    if is_small { Difference::Small } else { Difference::Words }
}

/// Returns the words of a text. A dash or a quote that stands alone is punctuation; an arrow or a tick means something.
fn words(lines: &[String]) -> Vec<&str> {
    const PUNCTUATION: &str = "-–—―‐·•.,;:…\"'“”‘’«»()";
    let words = lines.iter().filter(|line| !line.starts_with('\t')).flat_map(|line| line.split_whitespace());
    words.filter(|word| !word.chars().all(|sign| PUNCTUATION.contains(sign))).collect()
}

/// The longest word that can have a typing error: what is longer is no word.
const LONGEST_WORD: usize = 40;

/// From so many letters on, a word with another letter within it is hardly another word.
const LONG_WORD: usize = 9;

/// Says whether two words are nearly the same.
fn is_nearly(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    if signs(one) != signs(other) {
        return false;
    }
    let (bare, other_bare): (Vec<char>, Vec<char>) = (letters(one).chars().collect(), letters(other).chars().collect());
    if bare == other_bare {
        return !bare.is_empty();
    }
    // Scripts without spaces have no words here, and a digit is no typing error.
    let is_word = |word: &[char]| {
        word.len() <= LONGEST_WORD && word.iter().all(|letter| letter.is_alphabetic() && *letter < '\u{530}')
    };
    is_word(&bare) && is_word(&other_bare) && is_typo(&bare, &other_bare)
}

/// Says whether one word is the other with a typing error that hardly makes another word of it.
fn is_typo(one: &[char], other: &[char]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let same = short.iter().zip(long).take_while(|(one, other)| one == other).count();
    let ends = |skipped: usize, taken: usize| short.get(same + skipped..) == long.get(same + taken..);
    let is_within = short.len() >= LONG_WORD && same >= 2 && short.len() - same > 2;
    match long.len() - short.len() {
        0 => {
            let swapped = same + 1 < short.len() && short[same] == long[same + 1] && short[same + 1] == long[same];
            swapped && ends(2, 2) || is_within && ends(1, 1)
        }
        1 => ends(0, 1) && (same > 0 && long[same] == long[same - 1] || is_within),
        _ => false,
    }
}

/// What a word has beside letters that means something: `-1` is not `1`, `<5` not `>5`, and `!ok` not `ok`.
fn signs(word: &str) -> String {
    let of_numbers = if word.chars().any(char::is_numeric) { "-.,:" } else { "" };
    let bare = word.trim_end_matches(['!', '?']);
    let means = |sign: &char| {
        !sign.is_alphanumeric() && ("+<>=≤≥≠/%$€£~&|^!\\@#".contains(*sign) || of_numbers.contains(*sign))
    };
    let is_symbol = |sign: &char| !sign.is_alphanumeric() && !sign.is_ascii() && !"–—―‐·•…“”‘’«»".contains(*sign);
    bare.chars().filter(|sign| means(sign) || is_symbol(sign)).collect()
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
