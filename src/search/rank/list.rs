//! Where what answers a wanted word stands, and how much the word tells.

use std::cmp::Reverse;

use super::{Alternative, Posting, Postings, Role, Want};

/// What the idf of a stop word is divided by.
const STOP_WORD: u64 = 8;

/// Where the alternatives of a wanted word stand.
pub(super) struct List {
    pub(super) idf: u64,
    pub(super) role: Role,
    pub(super) is_stop_word: bool,
    /// By page and place, each once.
    pub(super) places: Vec<Found>,
}

pub(super) struct Found {
    pub(super) page: u32,
    pub(super) place: u32,
    /// The greatest weight · impact.
    pub(super) value: u64,
    /// How many words of the title or heading answer, and how many it has; 0 where it does not have all that has to be there.
    pub(super) held: u8,
    pub(super) words: u8,
}

impl List {
    pub(super) fn of<P: Postings>(index: &P, want: &Want) -> Result<Self, P::Error> {
        let mut places = Vec::new();
        for Alternative { groups, weight } in &want.alternatives {
            let found = together(index, groups)?.into_iter();
            places.extend(found.map(|Posting { page, place, impact, words }| Found {
                page,
                place,
                value: weight * u64::from(impact),
                held: if words > 0 { groups.len() as u8 } else { 0 },
                words,
            }));
        }
        if want.alternatives.len() > 1 {
            places.sort_unstable_by_key(|found| (found.page, found.place, Reverse(found.value)));
            places.dedup_by(|next, kept| {
                let same = (next.page, next.place) == (kept.page, kept.place);
                if same {
                    (kept.held, kept.words) = (kept.held.max(next.held), kept.words.max(next.words));
                }
                same
            });
        }
        let pages = places.chunk_by(|one, other| one.page == other.page).count();
        let idf = idf(index.pages(), pages as u64);
        let idf = if want.is_stop_word { (idf / STOP_WORD).max(1) } else { idf };
        Ok(Self { idf, role: want.role, is_stop_word: want.is_stop_word, places })
    }
}

/// Returns the places that all of some groups have, with the least of their impacts.
fn together<P: Postings>(index: &P, groups: &[String]) -> Result<Vec<Posting>, P::Error> {
    let mut found: Option<Vec<Posting>> = None;
    for group in groups {
        let mut here = index.postings(group)?;
        if let Some(before) = found {
            let place = |posting: &Posting| (posting.page, posting.place);
            here.retain_mut(|posting| match before.binary_search_by_key(&place(posting), place) {
                Ok(at) => {
                    posting.impact = posting.impact.min(before[at].impact);
                    posting.words = posting.words.min(before[at].words);
                    true
                }
                Err(_) => false,
            });
        }
        found = Some(here);
    }
    Ok(found.unwrap_or_default())
}

/// Returns 1 + 256·log2((2·P + 2) / (2·df + 1)), by repeated squaring.
fn idf(pages: u64, df: u64) -> u64 {
    let mut rest = (2 * pages + 2) as f64 / (2 * df + 1) as f64;
    let mut log = 1;
    while rest >= 2.0 {
        rest /= 2.0;
        log += 256;
    }
    for bit in [128, 64, 32, 16, 8, 4, 2, 1] {
        rest *= rest;
        if rest >= 2.0 {
            rest /= 2.0;
            log += bit;
        }
    }
    log
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_count_more() {
        // 256·log2(1900/3) = 2382.4…; a word on every page still counts.
        assert_eq!((idf(949, 1), idf(949, 949), idf(1, 1), idf(0, 0)), (2383, 1, 107, 257));
    }
}
