//! What is meant by a word that no page has: another spelling, a slip of the finger, two words, the end of a longer one.
//!
//! In this order: `u` for `ue`; one slip, in a word of four letters or more; the two words that it is made of, those that
//! are cut most evenly first; two slips, in a word of eight letters or more. What holds a digit is no slip: a number that
//! is not there is not another one; but it is cut where digits begin or end.

use super::{Planner, Word};
use crate::search::rank::{Alternative, ENDING, EXACT, Postings, TYPO, TYPOS};
use crate::search::token::is_gram;

/// The fewest letters of a word that is the end of others.
const SHORTEST_END: usize = 4;

/// The fewest letters of a half of a word.
const SHORTEST_HALF: usize = 2;

/// Signs between the halves of a joined word: `Qualitätsprüfung`.
const LINKS: &[&str] = &["", "s", "es", "n", "en"];

impl<P: Postings> Planner<'_, P> {
    /// Looks for what is meant by words that no page has; adds words that end so in languages that join words.
    pub(super) fn unknown(&mut self) -> Result<(), P::Error> {
        for word in std::mem::take(&mut self.words) {
            let mut word = word;
            if self.index.joins_words() && self.may_end(&word.form) {
                let others = self.index.ending(&word.form)?;
                word.alternatives.extend(others.iter().map(|group| Alternative::of(group, ENDING)));
            }
            if !word.alternatives.is_empty() {
                self.words.push(word);
                continue;
            }
            word.alternatives.extend(self.without_digraphs(&word.form)?);
            if word.alternatives.is_empty() {
                self.similar(&mut word, 1)?;
            }
            if word.alternatives.is_empty()
                && let Some(halves) = self.halves(&word)?
            {
                self.words.extend(halves);
                continue;
            }
            if word.alternatives.is_empty() {
                self.similar(&mut word, 2)?;
            }
            self.words.push(word);
        }
        Ok(())
    }

    fn may_end(&self, form: &str) -> bool {
        form.chars().count() >= SHORTEST_END
            && form.chars().all(char::is_alphabetic)
            && !is_gram(form)
            && !self.index.is_stop_word(form)
    }

    /// Adds the groups of forms at a distance.
    fn similar(&mut self, word: &mut Word, distance: u8) -> Result<(), P::Error> {
        let most = match word.form.chars().count() {
            _ if word.form.contains(char::is_numeric) || is_gram(&word.form) => 0,
            0..4 => 0,
            4..8 => 1,
            _ => 2,
        };
        if distance <= most
            && let Some((meant, groups)) = self.index.similar(&word.form, distance)?
        {
            let weight = if distance == 1 { TYPO } else { TYPOS };
            word.alternatives = groups.iter().map(|group| Alternative::of(group, weight)).collect();
            self.plan.corrected.push((word.typed.clone(), meant));
        }
        Ok(())
    }

    /// Returns the two words that a word is made of.
    fn halves(&self, word: &Word) -> Result<Option<[Word; 2]>, P::Error> {
        let form = word.form.as_str();
        if is_gram(form) || !form.chars().all(char::is_alphanumeric) {
            return Ok(None);
        }
        let cuts: Vec<usize> = form.char_indices().map(|(at, _)| at).collect();
        let letters = cuts.len();
        let mut found: Option<(usize, [(String, String); 2])> = None;
        for (at, cut) in cuts.into_iter().enumerate() {
            let (one, other) = form.split_at(cut);
            if at.min(letters - at) < SHORTEST_HALF || !may_be_cut(one, other) {
                continue;
            }
            // The more even cut, the first of equals.
            let shorter = at.min(letters - at);
            if found.as_ref().is_some_and(|(before, _)| *before >= shorter) {
                continue;
            }
            if let Some(one) = self.half(one)?
                && let Some(group) = self.index.group(other)?
            {
                found = Some((shorter, [one, (other.to_owned(), group)]));
            }
        }
        let half = |(form, group): (String, String), follows| Word {
            typed: form.clone(),
            form,
            alternatives: vec![Alternative::of(&group, EXACT)],
            parts: Vec::new(),
            follows,
        };
        Ok(found.map(|(_, [one, other])| [half(one, word.follows), half(other, true)]))
    }

    /// Returns the first half of a word and its group, in a language that joins words also without what links it.
    fn half(&self, text: &str) -> Result<Option<(String, String)>, P::Error> {
        let links = if self.index.joins_words() { LINKS } else { &LINKS[..1] };
        for form in links.iter().filter_map(|link| text.strip_suffix(link)) {
            if form.chars().count() >= SHORTEST_HALF
                && let Some(group) = self.index.group(form)?
            {
                return Ok(Some((form.to_owned(), group)));
            }
        }
        Ok(None)
    }
}

/// Says whether a word may be cut here: between letters, or where digits begin or end.
fn may_be_cut(one: &str, other: &str) -> bool {
    let has_digits = |text: &str| text.contains(char::is_numeric);
    let all_digits = |text: &str| text.chars().all(char::is_numeric);
    if !has_digits(one) && !has_digits(other) {
        return true;
    }
    all_digits(one) && !has_digits(other) || all_digits(other) && !has_digits(one)
}
