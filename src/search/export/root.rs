//! What is where: the one file that is asked for first, and that changes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Gaps;

/// The root, as JSON.
///
/// `names` of many files are one text of [`NAME`](super::envelope::NAME) letters each. File `i` of a list of `starts`
/// holds what is not before start `i` and before start `i + 1`, compared by code points.
#[derive(Debug, Serialize)]
pub(super) struct Root<'a> {
    pub(super) format: u32,
    pub(super) title: &'a str,
    pub(super) language: &'a str,
    /// How many pages there are. Their numbers are their places among the paths.
    pub(super) pages: usize,
    /// What pages count, of 100; those that are not named count 100.
    pub(super) weights: BTreeMap<u64, Gaps>,
    /// The endings that the masks of groups are about.
    pub(super) endings: &'a [&'static str],
    #[serde(flatten)]
    pub(super) terms: Terms,
    pub(super) texts: Texts,
    pub(super) typos: Listed,
    /// The name of the file with the values of each field to filter by.
    pub(super) facets: BTreeMap<&'static str, String>,
}

/// Where words are.
#[derive(Debug, Serialize)]
pub(super) struct Terms {
    /// By form.
    pub(super) terms: Listed,
    /// The files of forms that are not where their order says.
    pub(super) aliases: BTreeMap<String, usize>,
    /// The files with the first groups of a beginning, where these are not the one that its order says and those of the
    /// aliases that begin so.
    pub(super) begins: BTreeMap<String, Vec<usize>>,
    /// The name of the list of the files with positions, in the order of those with words.
    pub(super) positions: String,
}

/// Files in an order.
#[derive(Debug, Serialize)]
pub(super) struct Listed {
    pub(super) starts: Vec<String>,
    pub(super) names: String,
}

/// Where texts are.
#[derive(Debug, Serialize)]
pub(super) struct Texts {
    /// The first page of each folder.
    pub(super) starts: Gaps,
    pub(super) names: String,
    /// How many sections of each page share a file, 0 for all.
    pub(super) per: Vec<usize>,
}
