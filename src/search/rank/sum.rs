//! What the places of wanted words come to on a page; the formula is in [`rank`](super).

use super::Role;
use super::list::{Found, List};

/// What a title or heading counts that is what was asked for.
const ANSWERED: u64 = 8;

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

    fn answered(&self) -> u64 {
        let held = self.held.min(self.words);
        ANSWERED * self.idf * held * held / (self.words * self.words).max(1)
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
        all * (2 * wanted + 3 * self.covered) / (5 * wanted).max(1) + self.title.answered()
    }

    /// Says whether the title has all of the wanted words, and nothing else.
    pub(super) fn is_whole(&self, wanted: u64) -> bool {
        self.title.idf == wanted && self.title.held >= self.title.words && self.title.words > 0
    }

    /// Returns the best section, of certain ones if there are any, and what is added for its heading.
    pub(super) fn section(&self, of: &[u32]) -> (u32, u64) {
        let of_those = self.sections.iter().filter(|(section, _)| of.is_empty() || of.contains(section));
        let counted = of_those.map(|(section, place)| (*section, place.value + place.answered(), place.answered()));
        let best = counted.reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map_or_else(|| (of.first().copied().unwrap_or(0), 0), |(section, _, answered)| (section, answered))
    }
}
