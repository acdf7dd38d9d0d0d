//! Reads a text for how near to each other the wanted words stand in it, and for their own forms.
//!
//! The text is the first [`LONGEST`] bytes of the best section of a page, cut down to a whole character. Added to the score
//! are
//! - for each two wanted words that follow each other in the query: 9 · the smaller of their idf · n / 10, where n is 10,
//!   6, 5 or 3 by the least distance at which they stand in any order: 1, 2, up to 4, up to 8;
//! - for each wanted word that stands there in the form in which it was typed: its idf.

use std::collections::BTreeMap;
use std::ops::Range;

use super::group::Groups;
use super::rank::{Plan, Role};
use super::token::{Token, is_gram, tokens};

/// The most bytes of a section that are read.
pub(super) const LONGEST: usize = 1200;

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
            for (group, _) in &want.alternatives {
                answers.entry(group).or_default().push(at);
            }
        }
        Self { plan, groups, answers }
    }

    /// Returns what is added to the score of a page with this text.
    pub(super) fn bonus(&self, text: &str, idf: &[u64]) -> u64 {
        let wants = &self.plan.wants;
        let mut stands: Vec<Vec<u32>> = vec![Vec::new(); wants.len()];
        let mut as_typed = vec![false; wants.len()];
        for token in tokens(&text[..text.floor_char_boundary(LONGEST)]) {
            for at in self.answered(&token) {
                stands[*at].push(token.position);
                as_typed[*at] |= token.text == wants[*at].form;
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

    /// Returns the places of a text that a query asked for, each with the number of the word.
    pub(super) fn marks(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let mut marks: Vec<(usize, Range<usize>)> = Vec::new();
        for token in tokens(text) {
            let Some(at) = self.answered(&token).first() else { continue };
            match marks.last_mut() {
                // Neighbours of a script without spaces overlap; a part lies in its whole.
                Some((_, last)) if token.range.start < last.end => last.end = last.end.max(token.range.end),
                Some((_, last)) if token.range.start == last.end && is_gram(&token.text) => last.end = token.range.end,
                _ => marks.push((*at, token.range)),
            }
        }
        marks
    }

    fn answered(&self, token: &Token) -> &[usize] {
        let key = self.groups.key(&token.text);
        self.answers.get(key.as_str()).map_or(&[], Vec::as_slice)
    }
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
    use super::*;

    #[test]
    fn words_side_by_side_are_nearest() {
        let near = [(2, 10), (3, 6), (5, 5), (9, 3), (10, 0), (0, 10), (1, 0)];
        for (there, expected) in near {
            assert_eq!(nearness(&[1], &[there]), expected, "{there}");
        }
        assert_eq!(nearness(&[], &[1]), 0);
    }
}
