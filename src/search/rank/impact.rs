//! How much a title or a section is about a group of words, from 1 to 48: the saturated, length-weighed frequency of BM25F.
//!
//! ```text
//! section   w = body / (1 - .75 + .75·length/average) + 3·heading / (1 - .5 + .5·length/average)
//!           impact = round(31·w / (1.2 + w))
//! title     w = title / (1 - .6 + .6·length/average)
//!           impact = round(31·1.5·w / (.6 + w))          at most 47
//! ```
//!
//! A word on many pages tells little apart, and the list of where it stands is long. So impacts are rounded to multiples of 4
//! when more than 512 pages have the group, of 8 when more than [`MANY`] have; and then it counts in the title and in one
//! section of a page: that with the greatest impact when rounded, the first of equals.
//!
//! The averages are rounded to a power of 2^¼, so that they, and with them all impacts, stay the same while a site grows
//! a little.

use super::Posting;

/// A group on more pages counts in one section of each.
pub(in crate::search) const MANY: usize = 4096;

/// Occurrences in a field, and how many words the field has.
pub(in crate::search) type Count = (u32, u32);

/// How long the fields of an index are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::search) struct Averages {
    title: f64,
    heading: f64,
    body: f64,
}

impl Averages {
    /// Rounds averages: each is words and fields.
    pub(in crate::search) fn new(title: (u64, u64), heading: (u64, u64), body: (u64, u64)) -> Self {
        Self { title: rounded(title), heading: rounded(heading), body: rounded(body) }
    }
}

/// Rounds a quotient to the nearest power of 2^¼ from 1 on, as seen from below: the greatest that is not above 2^⅛ times it.
fn rounded((words, fields): (u64, u64)) -> f64 {
    use std::f64::consts::SQRT_2;
    const STEPS: [f64; 4] = [1.0, 1.189_207_115_002_721, SQRT_2, 1.681_792_830_507_429];
    const HALF: f64 = 1.090_507_732_665_257_7;
    let most = words as f64 / fields.max(1) as f64 * HALF;
    let mut power = 1.0;
    while power * 2.0 <= most {
        power *= 2.0;
    }
    STEPS.iter().rev().map(|step| power * step).find(|step| *step <= most).unwrap_or(1.0)
}

fn weighed((count, length): Count, average: f64, b: f64) -> f64 {
    if count == 0 {
        return 0.0; // Most headings: a division takes longer than a look.
    }
    f64::from(count) / (1.0 - b + b * f64::from(length) / average)
}

/// Returns the impact in a section.
pub(in crate::search) fn section_impact(averages: &Averages, heading: Count, body: Count) -> u8 {
    let w = weighed(body, averages.body, 0.75) + 3.0 * weighed(heading, averages.heading, 0.5);
    whole(31.0 * w / (1.2 + w))
}

/// Returns the impact in a title.
pub(in crate::search) fn title_impact(averages: &Averages, title: Count) -> u8 {
    let w = weighed(title, averages.title, 0.6);
    whole(46.5 * w / (0.6 + w))
}

/// Leaves of the postings of a group, in the order of pages and places, what the ranking sees of them.
pub(in crate::search) fn coarsened(mut postings: Vec<Posting>) -> Vec<Posting> {
    let pages = postings.chunk_by(|one, other| one.page == other.page).count();
    postings.iter_mut().for_each(|posting| posting.impact = rounded_for(pages, posting.impact));
    if pages > MANY {
        // The last that was kept is the best section of the page so far.
        postings.dedup_by(|next, kept| {
            let same = next.page == kept.page && kept.place > 0;
            if same && next.impact > kept.impact {
                *kept = *next;
            }
            same
        });
    }
    postings
}

/// Rounds an impact of a group that so many pages have.
fn rounded_for(pages: usize, impact: u8) -> u8 {
    let step = match pages {
        0..=512 => 1,
        513..=MANY => 4,
        _ => 8,
    };
    ((impact + step / 2) / step * step).max(1)
}

/// Rounds; what is there at all is at least 1.
fn whole(value: f64) -> u8 {
    ((value + 0.5) as u8).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn averages_take_few_values() {
        for (words, expected) in [(0, 1.0), (1, 1.0), (100, 107.634_741_152_475_46), (128, 128.0), (130, 128.0)] {
            assert_eq!(rounded((words, 1)), expected, "{words}");
        }
    }

    #[test]
    fn words_on_many_pages_have_few_impacts() {
        let of = |pages| [1, 2, 5, 6, 11, 12, 31, 47].map(|impact| rounded_for(pages, impact));
        assert_eq!(of(512), [1, 2, 5, 6, 11, 12, 31, 47]);
        assert_eq!(of(513), [1, 4, 4, 8, 12, 12, 32, 48]);
        assert_eq!(of(4097), [1, 1, 8, 8, 8, 16, 32, 48]);
    }

    #[test]
    fn words_on_many_pages_count_in_one_section_of_each() {
        let places = |pages: u32| -> Vec<Posting> {
            let of_page = |page| {
                [(0, 9), (1, 12), (2, 21), (4, 24)].map(|(place, impact)| Posting { page, place, impact, words: 0 })
            };
            (0..pages).flat_map(of_page).collect()
        };
        assert_eq!(coarsened(places(4096)).len(), 4 * 4096);
        let kept: Vec<(u32, u8)> =
            coarsened(places(4097)).iter().map(|posting| (posting.place, posting.impact)).collect();
        assert_eq!(kept, [(0, 8), (2, 24)].repeat(4097));
    }

    #[test]
    fn impacts_grow_with_frequency_and_fall_with_length() {
        let averages = Averages::new((4, 1), (4, 1), (100, 1));
        let body = |count, length| section_impact(&averages, (0, 0), (count, length));
        assert!(body(1, 100) < body(3, 100) && body(1, 100) > body(1, 1000) && body(1, u32::MAX) == 1);
        assert!(section_impact(&averages, (1, 4), (0, 100)) > body(1, 100));
        assert!(title_impact(&averages, (1, 1)) > title_impact(&averages, (1, 8)));
        assert_eq!(body(u32::MAX, 1), 31);
    }
}
