//! Reads a page for how near to each other the wanted words stand in it, for their own forms, and for whether its title
//! or heading is what was asked for.
//!
//! The section is the heading of the best section of a page and, one position after it, the first [`LONGEST`] bytes of its
//! text, cut down to a whole character. Added to the score are, once in the section and once in the title,
//! - for each two wanted words that follow each other in the query: 9 · the smaller of their idf · n / 10, where n is 10,
//!   6, 5 or 3 by the least distance at which they stand in any order: 1, 2, up to 4, up to 8;
//! - for each wanted word that stands there in the form in which it was typed, and not as a part of a name: its idf;
//!
//! and once for the title and once for the heading: [`ANSWERED`] · (Σ idf of the wanted words there · a² / n²), where n is
//! how many positions it has and a how many of them hold a wanted word.
//!
//! All of that counts as the page does. A page that was asked for by its whole title is not put back for what it counts,
//! unless something has superseded it: its score is divided by what it counts, if that is less than the whole.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::excerpt::{self, Part};
use super::group::Groups;
use super::rank::{Plan, Role};
use super::token::{Token, is_gram, tokens};

/// The most bytes of a section that are read.
pub(super) const LONGEST: usize = 1200;

/// What a title or heading counts that is what was asked for.
const ANSWERED: u64 = 8;

/// What is read of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passage<'t> {
    pub(super) title: &'t str,
    pub(super) heading: &'t str,
    pub(super) text: &'t str,
}

/// Which wanted words a group of words answers.
pub(super) struct Reader<'p> {
    plan: &'p Plan,
    groups: &'p Groups,
    answers: BTreeMap<&'p str, Vec<usize>>,
}

impl<'p> Reader<'p> {
    pub(super) fn new(plan: &'p Plan, groups: &'p Groups) -> Self {
        let mut answers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, want) in plan.wants.iter().enumerate() {
            for group in want.alternatives.iter().flat_map(|found| &found.groups) {
                let answered = answers.entry(group).or_default();
                if !answered.contains(&at) {
                    answered.push(at);
                }
            }
        }
        Self { plan, groups, answers }
    }

    /// Returns what is added to the score of a page.
    pub(super) fn bonus(&self, passage: &Passage<'_>, idf: &[u64]) -> u64 {
        let Passage { title, heading, text } = *passage;
        let (title, heading) = (tokens(title), tokens(heading));
        let answered = self.share(&title, idf) + self.share(&heading, idf);
        let begin = heading.last().map_or(0, |last| last.position + 2);
        let text = tokens(begin_of(text)).into_iter();
        let section: Vec<Token> =
            heading.into_iter().chain(text.map(|token| Token { position: token.position + begin, ..token })).collect();
        self.nearness(&section, idf) + self.nearness(&title, idf) + ANSWERED * answered
    }

    /// Says whether a title is what was asked for: all of the wanted words, and nothing else.
    pub(super) fn is_named(&self, title: &str, idf: &[u64]) -> bool {
        let wanted = self.plan.wants.iter().zip(idf).filter(|(want, _)| want.role == Role::Wanted);
        self.share(&tokens(title), idf) == wanted.map(|(_, idf)| idf).sum::<u64>()
    }

    /// Returns what the wanted words of a title or heading come to, by the share of it that they are.
    fn share(&self, tokens: &[Token], idf: &[u64]) -> u64 {
        let Some(last) = tokens.last() else { return 0 };
        let (mut positions, mut words) = (BTreeSet::new(), BTreeSet::new());
        for token in tokens {
            let wanted = self.answered(token).iter().filter(|at| self.plan.wants[**at].role == Role::Wanted);
            for at in wanted {
                positions.insert(token.position);
                words.insert(*at);
            }
        }
        let places = u64::from(last.position) + 1;
        let held = positions.len() as u64;
        words.into_iter().map(|at| idf[at]).sum::<u64>() * held * held / (places * places)
    }

    /// Returns what is added for how near the wanted words stand, and for their own forms.
    fn nearness(&self, tokens: &[Token], idf: &[u64]) -> u64 {
        let wants = &self.plan.wants;
        let mut stands: Vec<Vec<u32>> = vec![Vec::new(); wants.len()];
        let mut as_typed = vec![false; wants.len()];
        for token in tokens {
            for at in self.answered(token) {
                stands[*at].push(token.position);
                as_typed[*at] |= !token.is_part && token.text == wants[*at].form;
            }
        }
        let wanted: Vec<usize> = (0..wants.len()).filter(|at| wants[*at].role == Role::Wanted).collect();
        let typed: u64 = wanted.iter().filter(|at| as_typed[**at]).map(|at| idf[*at]).sum();
        let pairs = wanted.windows(2).map(|pair| {
            let (one, other) = (pair[0], pair[1]);
            9 * idf[one].min(idf[other]) * nearness(&stands[one], &stands[other]) / 10
        });
        typed + pairs.sum::<u64>()
    }

    /// Returns the part of a text that shows why it was found.
    pub(super) fn excerpt(&self, text: &str, shows_code: bool) -> Vec<Part> {
        let text = begin_of(text);
        excerpt::cut(text, &self.marks(text), shows_code)
    }

    /// Returns the places of a text that a query asked for, each with the number of the word.
    fn marks(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let mut marks: Vec<(usize, Range<usize>)> = Vec::new();
        for token in tokens(text) {
            let answered = self.answered(&token).iter();
            let Some(at) = answered.copied().find(|at| !self.plan.wants[*at].is_stop_word) else { continue };
            match marks.last_mut() {
                // Neighbours of a script without spaces overlap; a part lies in its whole.
                Some((_, last)) if token.range.start < last.end => last.end = last.end.max(token.range.end),
                Some((_, last)) if token.range.start == last.end && is_gram(&token.text) => last.end = token.range.end,
                _ => marks.push((at, token.range)),
            }
        }
        marks
    }

    fn answered(&self, token: &Token) -> &[usize] {
        let key = self.groups.key(&token.text);
        self.answers.get(key.as_str()).map_or(&[], Vec::as_slice)
    }
}

/// Returns the beginning of a text that is read.
pub(super) fn begin_of(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

/// Returns how near two words stand, of 10. Both lists are in order.
fn nearness(one: &[u32], other: &[u32]) -> u64 {
    let distance = |here: &u32| {
        let before = other[..other.partition_point(|there| there < here)].last().map(|there| here - there);
        let after = other.get(other.partition_point(|there| there <= here)).map(|there| there - here);
        [before, after].into_iter().flatten().min()
    };
    match one.iter().filter_map(distance).min() {
        Some(1) => 10,
        Some(2) => 6,
        Some(3..=4) => 5,
        Some(5..=8) => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::rank::{Alternative, EXACT, Want};
    use super::*;

    #[test]
    fn a_title_that_is_what_was_asked_for_counts_most() {
        let groups = Groups::new("en");
        let want = |form: &str| Want {
            form: form.to_owned(),
            alternatives: vec![Alternative::of(&groups.key(form), EXACT)],
            role: Role::Wanted,
            is_stop_word: false,
        };
        let plan = Plan { wants: vec![want("web"), want("security")], ..Plan::default() };
        let reader = Reader::new(&plan, &groups);
        let bonus = |title, heading, text| reader.bonus(&Passage { title, heading, text }, &[100, 100]);
        // Each as typed, side by side, and the share of the title.
        assert_eq!(bonus("Web security", "", ""), 200 + 900 + 8 * 200);
        assert_eq!(bonus("Web security rules here", "", ""), 200 + 900 + 8 * 50);
        assert_eq!(bonus("", "Web security", ""), 200 + 900 + 8 * 200);
        assert_eq!(bonus("", "Web", "security"), 200 + 540 + 8 * 100, "a text begins one behind its heading");
        assert_eq!(bonus("", "", "Web security"), 200 + 900);
        assert_eq!(bonus("Other", "Words", "here"), 0);
        let named =
            ["Web security", "Security of webs", "The web security"].map(|title| reader.is_named(title, &[100, 100]));
        assert_eq!(named, [true, false, false]);
    }

    #[test]
    fn words_side_by_side_are_nearest() {
        let near = [(2, 10), (3, 6), (5, 5), (9, 3), (10, 0), (0, 10), (1, 0)];
        for (there, expected) in near {
            assert_eq!(nearness(&[1], &[there]), expected, "{there}");
        }
        assert_eq!(nearness(&[], &[1]), 0);
    }
}
