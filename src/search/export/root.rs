//! What is where: the one file that is asked for first, and that changes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Gaps;
use super::pack::Packs;
use crate::search::synonym::Name;

/// The root, as JSON.
#[derive(Debug, Serialize)]
pub(super) struct Root<'a> {
    pub(super) format: u32,
    pub(super) title: &'a str,
    pub(super) language: &'a str,
    /// The pages of the records that took the place of others, by the pages of these.
    pub(super) successors: BTreeMap<usize, Vec<usize>>,
    /// How many pages there are. Their numbers are their places among the paths.
    pub(super) pages: usize,
    /// What pages count, of 100; those that are not named count 100.
    pub(super) weights: BTreeMap<u64, Gaps>,
    /// The endings that the masks of groups are about.
    pub(super) endings: &'a [&'static str],
    /// Words that tell little in the language, with a space between.
    pub(super) stop_words: String,
    /// Whether the language makes new words of others without a sign between.
    pub(super) joins: bool,
    /// Names for the same.
    pub(super) synonyms: &'a [Vec<Name>],
    #[serde(flatten)]
    pub(super) terms: Terms,
    pub(super) texts: Packs,
    /// What few queries need: the values to filter by, a piece a field, see [`FIELDS`](super::facets::FIELDS); and where the
    /// words for typos are, as [`Listed`].
    pub(super) facets: Packs,
}

/// Where words are. Their pieces are numbered: those by form, then those of frequent groups.
#[derive(Debug, Serialize)]
pub(super) struct Terms {
    /// All of them.
    pub(super) terms: Listed<FrontCoded>,
    /// The groups with a piece of their own, each on more pages than any other group has, those on most pages first:
    /// their lines and the endings that make further forms, as in the pieces.
    pub(super) frequent: Vec<(String, u32)>,
    /// The pieces with the first groups of each beginning of the starts, in the order of these, with a space between:
    /// [letters](super::pack::letter) of how many pieces lie before the first from the one that the order of the beginning
    /// says, and then between each two. Nothing where the first groups are all in that one, or are frequent.
    pub(super) begins: String,
}

/// Pieces in an order: piece `i` holds what is not before start `i` and before start `i + 1`, compared by code points.
#[derive(Debug, Serialize)]
pub(super) struct Listed<Starts> {
    pub(super) starts: Starts,
    #[serde(flatten)]
    pub(super) packs: Packs,
}

/// Texts in ascending order without letters from `A` to `Z`: each is one of these letters, which says how many UTF-16 units
/// it shares with the one before, `A` none, and the rest.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct FrontCoded(String);

impl FrontCoded {
    /// The most units that are shared.
    const MOST: usize = 25;

    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut coded, mut before) = (String::new(), "");
        for text in texts {
            let mut shared = (0, 0);
            for (one, _) in before.chars().zip(text.chars()).take_while(|(one, other)| one == other) {
                let next = (shared.0 + one.len_utf8(), shared.1 + one.len_utf16());
                if next.1 > Self::MOST {
                    break;
                }
                shared = next;
            }
            coded.push(char::from(b'A' + shared.1 as u8));
            coded += &text[shared.0..];
            before = text;
        }
        Self(coded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_tell_what_they_share_with_the_one_before() {
        let long = "x".repeat(40);
        let coded = FrontCoded::of(["", "a", "ab", "b", "b𠮷", "b𠮷c", "b𠮷d", &long, &format!("{long}y")]);
        assert_eq!(coded.0, format!("AAaBbAbB𠮷DcDdA{long}Z{}y", "x".repeat(15)));
    }
}
