//! What others write for the same: one word for two, `ue` for `ü`, a synonym.

use super::Planner;
use crate::search::rank::{Alternative, EXACT, Postings, SYNONYM};
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
        for names in self.index.synonyms() {
            for (at, name) in names.iter().enumerate() {
                let length = name.words.len();
                let mut found = None;
                for begin in 0..(self.words.len() + 1).saturating_sub(length) {
                    if self.is_named(begin, &name.words)? {
                        found = Some(begin);
                        break;
                    }
                }
                let Some(begin) = found else { continue };
                for other in names.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other) {
                    let mut groups = Vec::new();
                    for word in &other.words {
                        groups.extend(self.index.group(word)?);
                    }
                    if groups.len() == other.words.len() {
                        self.answer(begin..begin + length, &Alternative { groups, weight: SYNONYM });
                        let typed = self.words[begin..begin + length].iter().map(|word| word.typed.as_str());
                        self.plan.synonyms.push((typed.collect::<Vec<_>>().join(" "), other.text.clone()));
                    }
                }
            }
        }
        Ok(())
    }

    /// Says whether the words from a place on are a name, in any inflection.
    fn is_named(&self, begin: usize, name: &[String]) -> Result<bool, P::Error> {
        for (at, (word, wanted)) in self.words[begin..].iter().zip(name).enumerate() {
            let same = word.form == *wanted || {
                let group = self.index.group(&word.form)?;
                group.is_some() && group == self.index.group(wanted)?
            };
            if !same || at > 0 && !word.follows {
                return Ok(false);
            }
        }
        Ok(!name.is_empty())
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
