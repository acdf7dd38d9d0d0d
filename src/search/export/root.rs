//! What is where: the one file that is asked for first, and that changes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Gaps;
use super::pack::Packs;
use crate::search::synonym::Name;

/// The root, as JSON.
///
/// Piece `i` of a list of `starts` holds what is not before start `i` and before start `i + 1`, compared by code points.
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
    pub(super) texts: Texts,
    pub(super) typos: Listed,
    /// The values to filter by, a piece a field; see [`FIELDS`](super::facets::FIELDS).
    pub(super) facets: Packs,
}

/// Where words are. Their pieces are numbered: those by form, then those of frequent groups.
#[derive(Debug, Serialize)]
pub(super) struct Terms {
    /// All of them; the starts of those by form.
    pub(super) terms: Listed,
    /// The groups with a piece of their own, each on more pages than any other group has, those on most pages first:
    /// their lines and the endings that make further forms, as in the pieces.
    pub(super) frequent: Vec<(String, u32)>,
    /// The pieces of forms that are not where their order says.
    pub(super) aliases: BTreeMap<String, usize>,
    /// The pieces with the first groups of a beginning, where these are not the one that its order says and those of the
    /// aliases that begin so. A beginning of enough frequent groups needs none.
    pub(super) begins: BTreeMap<String, Vec<usize>>,
}

/// Pieces in an order.
#[derive(Debug, Serialize)]
pub(super) struct Listed {
    pub(super) starts: Vec<String>,
    #[serde(flatten)]
    pub(super) packs: Packs,
}

/// Where texts are.
#[derive(Debug, Serialize)]
pub(super) struct Texts {
    #[serde(flatten)]
    pub(super) packs: Packs,
    /// How many sections of each page share a piece, 0 for all.
    pub(super) per: Vec<usize>,
}
