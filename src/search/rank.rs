//! The ranking: a [`Plan`] of what is wanted and the [`Postings`] of an index come in, pages in their order come out.
//!
//! Only integers below 2^53 and IEEE double operations that round the same everywhere, so that every implementation in
//! any language gives the same scores. `/` below drops the fraction.
//!
//! ```text
//! impact    1 to 48: how much a page's title, or a section, is about a group of words; see `impact`
//! idf       1 + 256·log2((2·P + 2) / (2·df + 1))       P pages; df pages with any alternative of the wanted word
//!           idf / 8, at least 1, of a stop word beside words that tell more
//! v         idf · weight · impact / 64                  the greatest of the word's alternatives; see the weights
//! answered  16 · idf · (idf / wanted)² · (h / n)²       of a title or heading: Σ idf of the wanted words there, n words
//!                                                       that it has, h of the query that it has, parts too
//! page      (2·Σ max v + 8·max Σ v) / 10 + Σ v(title)   Σ over wanted words, max over sections
//!           · (2·wanted + 3·covered) / (5·wanted)       Σ idf of all wanted words, and of those that the page has
//!           + answered(title) + answered(heading)       the heading of the section
//!           · weight / 100                              what the page counts, 100 unless it is told otherwise
//! ```
//!
//! The section of a page is the one with the greatest Σ v + answered, the first of equals. Pages of equal score stand in
//! the order of their paths. The first [`READ`] pages are then read, see [`near`](super::near), and stand by their new
//! scores; of equals the one that stood first. Pages that the query names by their id come before all others.

mod impact;
mod list;
mod meant;
mod phrase;
mod sum;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

pub(super) use impact::{Averages, MANY, coarsened, section_impact, title_impact};
use list::List;
pub(super) use meant::{ENDINGS, SIMILAR, ends_so, expansions, is_similar, may_be_meant};
use phrase::{required, stands};
use sum::Sum;

use super::synonym::Name;

/// What a wanted word counts in a form that is not its own, of 64.
pub(super) const EXACT: u64 = 64;
pub(super) const SYNONYM: u64 = 56;
pub(super) const PREFIX: u64 = 51;
pub(super) const TYPO: u64 = 45;
pub(super) const ENDING: u64 = 38;
pub(super) const TYPOS: u64 = 32;
pub(super) const PART: u64 = 19;

/// How many pages are read for how near the words stand.
pub(super) const READ: usize = 8;

/// More than any page scores: what a page has whose id the query is.
pub(super) const NAMED: u64 = 1_000_000_000_000;

/// An index as the ranking sees it. Pages have numbers below [`Postings::bound`].
pub(super) trait Postings {
    /// Why it cannot be read.
    type Error;

    /// Returns how many pages there are.
    fn pages(&self) -> u64;

    /// Returns a number above those of all pages.
    fn bound(&self) -> usize;

    /// Returns where a group of words stands, by page and place, [as far as the ranking sees it](coarsened).
    fn postings(&self, group: &str) -> Result<Vec<Posting>, Self::Error>;

    /// Returns the positions of a group of words, by page.
    fn positions(&self, group: &str) -> Result<Vec<(u32, Vec<u32>)>, Self::Error>;

    /// Returns the group of a form, nothing when no page has that form or one like it.
    fn group(&self, form: &str) -> Result<Option<String>, Self::Error>;

    /// Returns the groups with a form that begins so: those on most pages first, of equals by their keys, and as many as
    /// [`expansions`] says.
    fn beginning(&self, prefix: &str) -> Result<Vec<String>, Self::Error>;

    /// Returns the groups with a form that [ends so](ends_so): those on most pages first, of equals by their keys, and
    /// [`ENDINGS`] at most.
    fn ending(&self, end: &str) -> Result<Vec<String>, Self::Error>;

    /// Returns the groups of the forms at a distance or less, and the first of these forms.
    ///
    /// A form is looked at if it [may be meant](is_similar). The first [`SIMILAR`] of them count: those on most pages
    /// first, of equals by themselves.
    fn similar(&self, form: &str, distance: u8) -> Result<Option<(String, Vec<String>)>, Self::Error>;

    /// Says whether a word tells little in the language of the index.
    fn is_stop_word(&self, form: &str) -> bool;

    /// Says whether the language of the index makes new words of others without a sign between.
    fn joins_words(&self) -> bool;

    /// Returns what the team calls the same.
    fn synonyms(&self) -> &[Vec<Name>];

    /// Says in which section a position of a page lies; nothing for the title.
    fn section_at(&self, page: u32, position: u32) -> Option<u32>;

    /// Puts pages in the order of their paths.
    fn by_path(&self, pages: Vec<u32>) -> Result<Vec<u32>, Self::Error>;

    /// Returns what a page counts, of 100.
    fn weight(&self, page: u32) -> u64;
}

/// A group of words in a place of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting {
    /// The page.
    pub(super) page: u32,
    /// 0 is the title; a section's number and one is that section.
    pub(super) place: u32,
    /// 1 to 48.
    pub(super) impact: u8,
    /// How many words the title or the section's heading has, at most 127; 0 where it does not have the group.
    pub(super) words: u8,
}

/// What a query wants, in terms of an index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// The words.
    pub(super) wants: Vec<Want>,
    /// What a page must have: groups of words, each at an offset to the first. One that cannot be is `None`.
    pub(super) phrases: Vec<Option<Phrase>>,
    /// What a page must not have.
    pub(super) unwanted: Vec<Phrase>,
    /// Words as typed that nothing has or means.
    pub(super) unknown: Vec<String>,
    /// Words as typed that no page has, each with the one that was looked for instead.
    pub(super) corrected: Vec<(String, String)>,
    /// Words as typed, each with what the team also calls it.
    pub(super) synonyms: Vec<(String, String)>,
}

/// Groups of words with their offsets.
pub(super) type Phrase = Vec<(String, u32)>;

/// A word that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Want {
    /// The folded word.
    pub(super) form: String,
    /// What answers it, the best first.
    pub(super) alternatives: Vec<Alternative>,
    /// Whether a page is better for having it or worse for not having it.
    pub(super) role: Role,
    /// Whether it tells little, beside words that tell more.
    pub(super) is_stop_word: bool,
}

/// What answers a wanted word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alternative {
    /// A group, or several that have to be in one place.
    pub(super) groups: Vec<String>,
    /// What it counts, of 64.
    pub(super) weight: u64,
}

impl Alternative {
    pub(super) fn of(group: &str, weight: u64) -> Self {
        Self { groups: vec![group.to_owned()], weight }
    }
}

/// What a wanted word is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Without it a page answers the query in part only.
    Wanted,
    /// A part of a wanted word.
    Part,
}

/// A page that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ranked {
    pub(super) page: u32,
    pub(super) score: u64,
    /// The number of its best section.
    pub(super) section: u32,
    /// Whether its title is what was asked for: all of the wanted words, and nothing else.
    pub(super) is_whole: bool,
}

/// The order of the pages, and what each wanted word counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ranking {
    /// The best first; at most as many as were asked for, and at least those that are to be read.
    pub(super) pages: Vec<Ranked>,
    /// How many pages were found.
    pub(super) total: usize,
    /// The idf of each wanted word.
    pub(super) idf: Vec<u64>,
}

/// Ranks the pages that a plan finds and that are allowed. Where it wants nothing, every allowed page is found.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn rank<P: Postings>(
    index: &P,
    plan: &Plan,
    named: &[u32],
    limit: usize,
    allowed: impl Fn(u32) -> bool,
) -> Result<Ranking, P::Error> {
    let mut lists = Vec::new();
    for want in &plan.wants {
        lists.push(List::of(index, want)?);
    }
    let idf: Vec<u64> = lists.iter().map(|list| list.idf).collect();
    let wanted = lists.iter().filter(|list| list.role == Role::Wanted).map(|list| list.idf).sum();
    let required = required(index, &plan.phrases)?;
    let mut excluded = BTreeSet::new();
    for phrase in &plan.unwanted {
        excluded.extend(stands(index, phrase)?.into_keys());
    }
    let mut others: BTreeSet<u32> = named.iter().copied().collect();
    if plan.wants.is_empty() && plan.phrases.is_empty() {
        others.extend(0..index.bound() as u32);
    }
    let mut others = others.into_iter().peekable();
    let (mut cursors, mut sum, mut pages) = (vec![0; lists.len()], Sum::default(), Vec::new());
    let next_of = |list: &List, cursor: &usize| list.places.get(*cursor).map(|place| place.page);
    loop {
        let next = lists.iter().zip(&cursors).filter_map(|(list, cursor)| next_of(list, cursor));
        let Some(page) = next.chain(others.peek().copied()).min() else { break };
        others.next_if_eq(&page);
        sum.clear();
        let mut tells = false;
        for (list, cursor) in lists.iter().zip(&mut cursors) {
            let here = list.places[*cursor..].iter().take_while(|place| place.page == page).count();
            tells |= here > 0 && !list.is_stop_word;
            sum.add(list, &list.places[*cursor..*cursor + here]);
            *cursor += here;
        }
        let name = named.contains(&page);
        let phrases = required.as_ref().map(|pages| pages.get(&page));
        if !tells && !name && !lists.is_empty() && phrases.is_none() {
            continue; // It has stop words alone.
        }
        if !allowed(page) || excluded.contains(&page) || (phrases == Some(None) && !name) {
            continue;
        }
        let (section, answered) = sum.section(phrases.flatten().map_or(&[], Vec::as_slice), wanted);
        let score = weighed(index, page, sum.score(wanted) + answered) + if name { NAMED } else { 0 };
        pages.push(Ranked { page, score, section, is_whole: sum.is_whole(wanted) });
    }
    let total = pages.len();
    let pages = first(index, pages, limit.max(READ))?;
    Ok(Ranking { pages, total, idf })
}

/// Returns what a score of a page comes to.
pub(super) fn weighed<P: Postings>(index: &P, page: u32, score: u64) -> u64 {
    score * index.weight(page) / 100
}

/// Keeps the best, in order.
fn first<P: Postings>(index: &P, mut pages: Vec<Ranked>, limit: usize) -> Result<Vec<Ranked>, P::Error> {
    if pages.len() > limit {
        let (_, last, _) = pages.select_nth_unstable_by_key(limit - 1, |page| Reverse(page.score));
        let least = last.score;
        pages.retain(|page| page.score >= least);
    }
    pages.sort_unstable_by_key(|page| Reverse(page.score));
    for equals in pages.chunk_by_mut(|one, other| one.score == other.score).filter(|equals| equals.len() > 1) {
        let order = index.by_path(equals.iter().map(|page| page.page).collect())?;
        let places: BTreeMap<u32, usize> = order.into_iter().zip(0..).collect();
        equals.sort_unstable_by_key(|page| places.get(&page.page).copied());
    }
    pages.truncate(limit);
    Ok(pages)
}
