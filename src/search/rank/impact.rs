//! How much a title or a section is about a group of words, from 1 to 31: the saturated, length-weighed frequency of BM25F.
//!
//! ```text
//! section   w = body / (1 - .75 + .75·length/average) + 3·heading / (1 - .5 + .5·length/average)
//!           impact = round(31·w / (1.2 + w))
//! title     w = title / (1 - .6 + .6·length/average)
//!           impact = round(31·1.5·w / (.6 + w))          at most 47
//! ```
//!
//! A word on many pages tells little apart, and its list of impacts is long: they are rounded to multiples of 4 when more
//! than 512 pages have the group, of 8 when more than 4096 have.
//!
//! The averages are rounded to a power of 2^¼, so that they, and with them all impacts, stay the same while a site grows
//! a little.

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

/// Rounds an impact of a group that so many pages have.
pub(in crate::search) fn rounded_for(pages: usize, impact: u8) -> u8 {
    let step = match pages {
        0..=512 => 1,
        513..=4096 => 4,
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
    fn impacts_grow_with_frequency_and_fall_with_length() {
        let averages = Averages::new((4, 1), (4, 1), (100, 1));
        let body = |count, length| section_impact(&averages, (0, 0), (count, length));
        assert!(body(1, 100) < body(3, 100) && body(1, 100) > body(1, 1000) && body(1, u32::MAX) == 1);
        assert!(section_impact(&averages, (1, 4), (0, 100)) > body(1, 100));
        assert!(title_impact(&averages, (1, 1)) > title_impact(&averages, (1, 8)));
        assert_eq!(body(u32::MAX, 1), 31);
    }
}
