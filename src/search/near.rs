//! Reads a page for how near to each other the wanted words stand in it, and for their own forms.
//!
//! The section is the heading of the best section of a page and, one position after it, the first [`LONGEST`] bytes of its
//! text, cut down to a whole character. Added to the score are, once in the section and once in the title,
//! - for each two wanted words that follow each other in the query: 9 · the smaller of their idf · n / 10, where n is 10,
//!   6, 5 or 3 by the least distance at which they stand in any order: 1, 2, up to 4, up to 8;
//! - for each wanted word that stands there in the form in which it was typed, and not as a part of a name: its idf.
//!
//! All of that counts as the page does. A page that was asked for by its whole title is not put back for what it counts,
//! unless something has superseded it: its score is divided by what it counts, if that is less than the whole.

use std::collections::BTreeMap;
use std::ops::Range;

use super::excerpt::{self, Part};
use super::group::Groups;
use super::rank::{Plan, Role};
use super::token::{Token, is_gram, tokens};

/// The most bytes of a section that are read.
pub(super) const LONGEST: usize = 1200;

/// What was read of a text.
pub(super) struct Reading<'r> {
    /// Its words that answer, each with the numbers of the wanted words that it answers.
    answers: Vec<(Token, &'r [usize])>,
    /// One more than the last position.
    end: u32,
}

/// Which wanted words a group of words answers.
pub(super) struct Reader<'p> {
    plan: &'p Plan,
    groups: &'p Groups,
    answers: BTreeMap<&'p str, Vec<usize>>,
    /// What the forms of these groups begin with: their keys less the last letter.
    beginnings: Vec<&'p str>,
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
        let beginning = |key: &&'p str| key.char_indices().next_back().map_or("", |(last, _)| &key[..last]);
        let beginnings = answers.keys().map(beginning).collect();
        Self { plan, groups, answers, beginnings }
    }

    /// Reads a text.
    pub(super) fn read(&self, text: &str) -> Reading<'_> {
        let tokens = tokens(text);
        let end = tokens.last().map_or(0, |last| last.position + 1);
        let answered = |token: Token| Some((self.answered(&token)?, token));
        let answers = tokens.into_iter().filter_map(answered).map(|(wants, token)| (token, wants)).collect();
        Reading { answers, end }
    }

    /// Returns what is added to the score of a page.
    pub(super) fn bonus(&self, title: &str, heading: &str, text: &Reading<'_>, idf: &[u64]) -> u64 {
        let (title, heading) = (self.read(title), self.read(heading));
        let begin = if heading.end > 0 { heading.end + 1 } else { 0 };
        self.nearness(&[(&heading, 0), (text, begin)], idf) + self.nearness(&[(&title, 0)], idf)
    }

    /// Returns what is added for how near the wanted words stand, and for their own forms, in texts that begin at positions.
    fn nearness(&self, texts: &[(&Reading<'_>, u32)], idf: &[u64]) -> u64 {
        let wants = &self.plan.wants;
        let mut stands: Vec<Vec<u32>> = vec![Vec::new(); wants.len()];
        let mut as_typed = vec![false; wants.len()];
        for (reading, begin) in texts {
            for (token, answered) in &reading.answers {
                for at in *answered {
                    stands[*at].push(begin + token.position);
                    as_typed[*at] |= !token.is_part && token.text == wants[*at].form;
                }
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
    pub(super) fn excerpt(&self, text: &str, reading: &Reading<'_>, shows_code: bool) -> Vec<Part> {
        excerpt::cut(text, &self.marks(reading), shows_code)
    }

    /// Returns the places of a text that a query asked for, each with the number of the word.
    fn marks(&self, reading: &Reading<'_>) -> Vec<(usize, Range<usize>)> {
        let mut marks: Vec<(usize, Range<usize>)> = Vec::new();
        for (token, answered) in &reading.answers {
            let Some(at) = answered.iter().copied().find(|at| !self.plan.wants[*at].is_stop_word) else { continue };
            let range = token.range.clone();
            match marks.last_mut() {
                // Neighbours of a script without spaces overlap; a part lies in its whole.
                Some((_, last)) if range.start < last.end => last.end = last.end.max(range.end),
                Some((_, last)) if range.start == last.end && is_gram(&token.text) => last.end = range.end,
                _ => marks.push((at, range)),
            }
        }
        marks
    }

    fn answered(&self, token: &Token) -> Option<&[usize]> {
        // Most words are none of those, and to find the key of one takes time.
        if !self.beginnings.iter().any(|beginning| token.text.starts_with(beginning)) {
            return None;
        }
        self.answers.get(self.groups.key(&token.text).as_str()).map(Vec::as_slice)
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
    fn words_side_by_side_and_as_typed_count_more() {
        let groups = Groups::new("en");
        let want = |form: &str| Want {
            form: form.to_owned(),
            alternatives: vec![Alternative::of(&groups.key(form), EXACT)],
            role: Role::Wanted,
            is_stop_word: false,
        };
        let plan = Plan { wants: vec![want("web"), want("security")], ..Plan::default() };
        let reader = Reader::new(&plan, &groups);
        let bonus = |title, heading, text| reader.bonus(title, heading, &reader.read(text), &[100, 100]);
        assert_eq!(bonus("Web security", "", ""), 200 + 900);
        assert_eq!(bonus("", "Webs, security", ""), 100 + 900);
        assert_eq!(bonus("", "Web", "security"), 200 + 540, "a text begins one behind its heading");
        assert_eq!(bonus("", "", "Web security"), 200 + 900);
        assert_eq!(bonus("Other", "Words", "here"), 0);
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
