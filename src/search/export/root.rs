//! What is where: the one file that is asked for first, and that changes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Gaps;
use crate::search::synonym::Name;

/// The root, as JSON.
///
/// `names` of many files are one text of [`NAME`](super::envelope::NAME) letters each. File `i` of a list of `starts`
/// holds what is not before start `i` and before start `i + 1`, compared by code points.
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
    /// The name of the file with the values of each field to filter by.
    pub(super) facets: BTreeMap<&'static str, String>,
}

/// Where words are. Their files are numbered: those by form, then those of frequent groups.
#[derive(Debug, Serialize)]
pub(super) struct Terms {
    /// The names of all; the starts of those by form.
    pub(super) terms: Listed,
    /// The groups with a file of their own, each on more pages than any other group has, those on most pages first:
    /// their lines and the endings that make further forms, as in the files.
    pub(super) frequent: Vec<(String, u32)>,
    /// The files of forms that are not where their order says.
    pub(super) aliases: BTreeMap<String, usize>,
    /// The files with the first groups of a beginning, where these are not the one that its order says and those of the
    /// aliases that begin so. A beginning of enough frequent groups needs none.
    pub(super) begins: BTreeMap<String, Vec<usize>>,
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
