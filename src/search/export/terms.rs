//! Words: groups of inflections with the pages that have them, and names of records.
//!
//! A group on many pages has a piece of its own; all others share pieces with their neighbours, by their first forms. One
//! whose forms belong to several pieces is in each of them.
//!
//! A piece of words is binary. Numbers are unsigned LEB128. First the length of a text and the text in UTF-8: a line for
//! each group, its key and, unless that is its only form, a space and a code for each form: the rest after the key, or `<` and
//! the rest after the key less its last letter. The key of a name is U+0001 and the name; it has no forms. Then columns, each for
//! all groups one after the other:
//!
//! 1. the number of pages of each group;
//! 2. the endings that make further forms of it, a bit each;
//! 3. its pages, each as how many lie between it and the one before;
//! 4. for each page twice the number of sections, and one more if the title has the group;
//! 5. for each of those titles the impact, a byte;
//! 6. for each of those titles how many words it has, a byte;
//! 7. for each page its sections, as the pages are written;
//! 8. for each section the impact, a byte, and 64 more if the heading has the group;
//! 9. for each of those headings how many words it has, a byte.
//!
//! Then where the piece's part of the pack of positions begins, of how many pieces it is, and how long each is, in blocks. That
//! pack has the name of the pack of words.
//!
//! The places of a group are its titles and sections, by page, a page's title first. Their positions are in
//! pieces of 2,048 places each: how many places there are, how many positions each has, and the positions of each, written as
//! pages are. They count from where the title or the section's heading begins; the text of a section begins one after its
//! heading's end.
//!
//! Of a group on more pages than [`MANY`](crate::search::rank::MANY), a piece has the places that the ranking sees. All of them
//! are in a piece after those of the positions, made as a piece of words; the impacts there mean nothing.

mod group;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::envelope::{Files, Packer};
use super::layout::{self, Run, route};
use super::pack::{letter, packs};
use super::root::{FrontCoded, Listed, Terms};
use super::{Gaps, in_parallel_with};
use crate::search::group::Groups;
use crate::search::rank::expansions;
pub(super) use group::{Group, groups};

/// The most that a piece of several groups holds, in bytes before compression, up to so many bytes of words.
const MOST: (f64, f64) = (4000.0, 4e6);

/// A group has a piece of its own when its pages are more than the most bytes of a piece divided by this: about half a piece.
const SHARE: usize = 12;

pub(super) fn write(groups: &[Group], pages: usize, language: &Groups, files: &mut Files<'_>) -> Terms {
    let most = most(groups);
    let (mut frequent, others): (Vec<&Group>, Vec<&Group>) =
        groups.iter().partition(|group| group.pages > most / SHARE && !group.forms.is_empty());
    frequent.sort_by(|a, b| b.pages.cmp(&a.pages).then_with(|| a.key.cmp(&b.key)));
    let items: Vec<(&str, usize)> = others.iter().map(|group| (group.first(), group.size())).collect();
    let runs = layout::runs(&items, most);
    let mut shards = sharing(&others, &runs, language);
    let begins = begins(&frequent, &shards, &runs, |prefix| expansions(prefix, pages as u64));
    shards.extend(frequent.iter().map(|group| vec![*group]));
    let size = |shard: &[&Group]| {
        shard.iter().map(|group| group.size()).sum::<usize>().max(shard.iter().map(|group| group.positions()).sum())
    };
    let ranges = packs(shards.iter().map(|shard| (shard.first().map_or("", |group| group.first()), size(shard))));
    let packed = in_parallel_with(
        &ranges,
        || Packer::new(files.known),
        |packer, range| group::packs(&shards[range.clone()], packer),
    );
    Terms {
        begins,
        frequent: frequent.iter().map(|group| (group.line(), group.mask)).collect(),
        terms: Listed {
            packs: files.add_all(["t", "p"], packed),
            starts: FrontCoded::of(runs.iter().map(|run| run.start.as_str())),
        },
    }
}

/// Returns the most that a piece holds: it grows with the root of what there is to hold, as does what the root of the search
/// says of the pieces. It takes few values, so that a site that grows a little keeps its pieces.
fn most(groups: &[Group]) -> usize {
    let all: usize = groups.iter().map(Group::size).sum();
    let mut most = MOST.0;
    while most * std::f64::consts::SQRT_2 <= MOST.0 * (all as f64 / MOST.1).sqrt() {
        most *= std::f64::consts::SQRT_2;
    }
    most as usize
}

/// Returns the groups of each run: a group is in every run that one of its forms belongs to.
fn sharing<'g>(groups: &[&'g Group], runs: &[Run], language: &Groups) -> Vec<Vec<&'g Group>> {
    let mut shards: Vec<Vec<&Group>> = runs.iter().map(|run| groups[run.items.clone()].to_vec()).collect();
    for (at, run) in runs.iter().enumerate() {
        for group in &groups[run.items.clone()] {
            let others: BTreeSet<usize> = group.all_forms(language).map(|form| route(runs, &form)).collect();
            others.into_iter().filter(|other| *other != at).for_each(|other| shards[other].push(*group));
        }
    }
    shards
}

/// Returns the runs with the first groups of each beginning of a start, as [`Terms`] has them. Any other beginning has its
/// words in the run that its order says.
///
/// Frequent groups come before all others: a beginning of enough of them needs no run.
fn begins(frequent: &[&Group], shards: &[Vec<&Group>], runs: &[Run], expansions: impl Fn(&str) -> usize) -> String {
    let mut places: BTreeMap<&str, (usize, &Group)> = BTreeMap::new();
    let prefixes: BTreeSet<&str> = runs.iter().flat_map(|run| beginnings(&run.start)).collect();
    for group in shards.iter().flatten() {
        places.extend(group.forms.iter().map(|form| (form.as_str(), (route(runs, form), *group))));
    }
    let first = |prefix: &str| {
        let before = frequent.iter().filter(|group| group.forms.iter().any(|form| form.starts_with(prefix))).count();
        let wanted = expansions(prefix).saturating_sub(before);
        let (own, mut by_group) = (route(runs, prefix), BTreeMap::new());
        for (_, (at, group)) in places.range(prefix..).take_while(|(form, _)| form.starts_with(prefix)) {
            let run = by_group.entry((Reverse(group.pages), group.key.as_str())).or_insert(*at);
            // It may be in several.
            *run = if *at == own { own } else { *run };
        }
        let elsewhere = wanted > 0 && by_group.values().any(|at| *at != own);
        let first: BTreeSet<u32> = by_group.into_values().take(wanted).map(|at| (at - own) as u32).collect();
        let gaps = Gaps::of(&first).0.into_iter().filter(|_| elsewhere);
        gaps.map(letter).collect::<String>()
    };
    prefixes.into_iter().map(first).collect::<Vec<_>>().join(" ")
}

/// Returns all beginnings of a text, and itself.
fn beginnings(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().map(|(at, letter)| &text[..at + letter.len_utf8()])
}
