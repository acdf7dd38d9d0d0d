//! What the places of wanted words come to on a page; the formula is in [`rank`](super).

use super::Role;
use super::list::{Found, List};

/// What a title or heading counts that is what was asked for.
const ANSWERED: u64 = 16;

/// What has been added up for a page.
#[derive(Default)]
pub(super) struct Sum {
    best: u64,
    covered: u64,
    title: Place,
    /// By the number of the section, in order.
    sections: Vec<(u32, Place)>,
}

/// What has been added up for a title, or a section.
#[derive(Clone, Copy, Default)]
struct Place {
    /// Σ v
    value: u64,
    /// Σ idf of the wanted words in the title or heading.
    idf: u64,
    /// How many words it has that the query has too, and how many it has.
    held: u64,
    words: u64,
}

impl Place {
    fn add(&mut self, value: u64, list: &List, found: &Found) {
        self.value += value;
        if found.words > 0 {
            self.held += u64::from(found.held);
            self.words = u64::from(found.words);
            self.idf += if list.role == Role::Wanted { list.idf } else { 0 };
        }
    }

    /// Returns what is added for a title or heading.
    fn answered(&self, wanted: u64) -> u64 {
        if self.idf == 0 {
            return 0; // Most of them: divisions take longer than a look.
        }
        let share = |value: u64| value * self.idf / wanted.max(1);
        let held = self.held.min(self.words);
        share(share(ANSWERED * self.idf)) * held * held / (self.words * self.words).max(1)
    }
}

impl Sum {
    pub(super) fn clear(&mut self) {
        let Self { best, covered, title, sections } = self;
        (*best, *covered, *title) = (0, 0, Place::default());
        sections.clear();
    }

    /// Adds the places of a wanted word on the page.
    pub(super) fn add(&mut self, list: &List, places: &[Found]) {
        if list.role == Role::Wanted && !places.is_empty() {
            self.covered += list.idf;
        }
        let mut best = 0;
        for found in places {
            let value = list.idf * found.value / 64;
            let Some(section) = found.place.checked_sub(1) else {
                self.title.add(value, list, found);
                continue;
            };
            best = best.max(value);
            let at = match self.sections.binary_search_by_key(&section, |(section, _)| *section) {
                Ok(at) => at,
                Err(at) => {
                    self.sections.insert(at, (section, Place::default()));
                    at
                }
            };
            self.sections[at].1.add(value, list, found);
        }
        self.best += best;
    }

    pub(super) fn score(&self, wanted: u64) -> u64 {
        let together = self.sections.iter().map(|(_, place)| place.value).max().unwrap_or(0);
        let all = (2 * self.best + 8 * together) / 10 + self.title.value;
        all * (2 * wanted + 3 * self.covered) / (5 * wanted).max(1) + self.title.answered(wanted)
    }

    /// Says whether the title has all of the wanted words, and nothing else.
    pub(super) fn is_whole(&self, wanted: u64) -> bool {
        self.title.idf == wanted && self.title.held >= self.title.words && self.title.words > 0
    }

    /// Returns the best section, of certain ones if there are any, and what is added for its heading.
    pub(super) fn section(&self, of: &[u32], wanted: u64) -> (u32, u64) {
        let of_those = self.sections.iter().filter(|(section, _)| of.is_empty() || of.contains(section));
        let counted = of_those.map(|(section, place)| (*section, place.value, place.answered(wanted)));
        let best = counted.reduce(|best, next| if next.1 + next.2 > best.1 + best.2 { next } else { best });
        best.map_or_else(|| (of.first().copied().unwrap_or(0), 0), |(section, _, answered)| (section, answered))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(idf: u64, role: Role) -> List {
        List { idf, role, is_stop_word: false, places: Vec::new() }
    }

    fn found(place: u32, value: u64, words: u8) -> Found {
        Found { page: 0, place, value, held: u8::from(words > 0), words }
    }

    #[test]
    fn a_heading_that_is_what_was_asked_for_is_the_section() {
        let mut sum = Sum::default();
        // The first section has more of the words, the third has both and nothing else in its heading, the fourth one more.
        sum.add(&list(100, Role::Wanted), &[found(1, 64 * 20, 0), found(3, 64 * 12, 2), found(4, 64 * 12, 3)]);
        sum.add(&list(100, Role::Wanted), &[found(1, 64 * 20, 0), found(3, 64 * 12, 2), found(4, 64 * 12, 3)]);
        assert_eq!(sum.section(&[], 200), (2, 16 * 200));
        assert_eq!(sum.section(&[3], 200), (3, 16 * 200 * 4 / 9));
        assert_eq!(sum.section(&[7], 200), (7, 0));
        assert_eq!(sum.section(&[2], 400).1, 16 * 200 / 4, "half of the query is there");
        assert!(!sum.is_whole(200));
    }

    #[test]
    fn a_name_is_held_with_its_parts() {
        let mut sum = Sum::default();
        sum.add(&list(100, Role::Wanted), &[found(0, 0, 2)]);
        assert!(!sum.is_whole(100));
        sum.add(&list(90, Role::Part), &[found(0, 0, 2)]);
        sum.add(&list(90, Role::Part), &[found(0, 0, 2)]);
        assert!(sum.is_whole(100) && sum.title.answered(100) == 1600);
        sum.clear();
        assert!(!sum.is_whole(0), "nothing was asked for");
    }
}
