//! What others write for the same: one word for two, `ue` for `ü`, a synonym.

use super::Planner;
use crate::search::rank::{Alternative, EXACT, Postings, SYNONYM};
use crate::search::synonym::Name;
use crate::search::token::{LONGEST, fold, is_gram};

/// Letters with an accent, and how those write them who have no key for them.
const DIGRAPHS: &[(&str, &str, &str)] = &[("ä", "ae", "a"), ("ö", "oe", "o"), ("ü", "ue", "u"), ("å", "aa", "a")];

impl<P: Postings> Planner<'_, P> {
    /// Returns the group of a word with `ue` for `ü`.
    pub(super) fn with_digraphs(&self, typed: &str, form: &str) -> Result<Option<Alternative>, P::Error> {
        if typed.is_ascii() {
            return Ok(None);
        }
        let lower = typed.to_lowercase();
        let spelled = DIGRAPHS.iter().fold(lower, |text, (letter, digraph, _)| text.replace(letter, digraph));
        let spelled = fold(&spelled);
        Ok(if spelled == form { None } else { self.index.group(&spelled)? }.map(|group| Alternative::of(&group, EXACT)))
    }

    /// Returns the group of a word with `u` for `ue`.
    pub(super) fn without_digraphs(&self, form: &str) -> Result<Option<Alternative>, P::Error> {
        let spelled = DIGRAPHS.iter().fold(form.to_owned(), |text, (_, digraph, letter)| text.replace(digraph, letter));
        Ok(if spelled == form { None } else { self.index.group(&spelled)? }.map(|group| Alternative::of(&group, EXACT)))
    }

    /// Adds to each two words that follow each other the one that they are together: `hand over` is `handover` too.
    pub(super) fn joined(&mut self) -> Result<(), P::Error> {
        for at in 1..self.words.len() {
            let (one, other) = (&self.words[at - 1], &self.words[at]);
            let is_plain = |text: &str| text.chars().all(char::is_alphanumeric) && !is_gram(text);
            let joined = format!("{}{}", one.form, other.form);
            let may_be = other.follows
                && is_plain(&joined)
                && !self.index.is_stop_word(&one.form)
                && joined.chars().count() <= LONGEST;
            if may_be && let Some(group) = self.index.group(&joined)? {
                self.answer(at - 1..at + 1, &Alternative::of(&group, EXACT));
            }
        }
        Ok(())
    }

    /// Adds to words that the team has other words for what those find.
    pub(super) fn synonyms(&mut self) -> Result<(), P::Error> {
        let mut groups = Vec::new();
        for word in self.words.iter().filter(|_| !self.index.synonyms().is_empty()) {
            groups.push(self.index.group(&word.form)?);
        }
        for names in self.index.synonyms() {
            for (at, name) in names.iter().enumerate() {
                let length = name.words.len();
                let mut begins = 0..(self.words.len() + 1).saturating_sub(length);
                let Some(begin) = begins.find(|begin| self.is_named(*begin, name, &groups)) else { continue };
                for other in names.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other) {
                    let mut meant = Vec::new();
                    for word in &other.words {
                        meant.extend(self.index.group(word)?);
                    }
                    if meant.len() == other.words.len() {
                        self.answer(begin..begin + length, &Alternative { groups: meant, weight: SYNONYM });
                        let typed = self.words[begin..begin + length].iter().map(|word| word.typed.as_str());
                        self.plan.synonyms.push((typed.collect::<Vec<_>>().join(" "), other.text.clone()));
                    }
                }
            }
        }
        Ok(())
    }

    /// Says whether the words from a place on are a name, in any inflection.
    fn is_named(&self, begin: usize, name: &Name, groups: &[Option<String>]) -> bool {
        let is_word = |at: usize| {
            let (word, group) = (&self.words[begin + at], &groups[begin + at]);
            (word.form == name.words[at] || group.as_ref() == Some(&name.keys[at])) && (at == 0 || word.follows)
        };
        !name.words.is_empty() && (0..name.words.len()).all(is_word)
    }

    /// Adds what answers words.
    fn answer(&mut self, words: std::ops::Range<usize>, alternative: &Alternative) {
        for word in &mut self.words[words] {
            if word.alternatives.iter().all(|known| known.groups != alternative.groups) {
                word.alternatives.push(alternative.clone());
            }
        }
    }
}
