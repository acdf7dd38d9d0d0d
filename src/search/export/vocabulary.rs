//! Words by their ends, for what is meant by a misspelt one.
//!
//! A piece is a JSON object. Its keys are `>` and the first two letters of words, or `<` and their last two, and then
//! their length as a letter (`A` is 1). Its values are those words, each followed by the number of pages with its group.

use std::collections::BTreeMap;

use serde::Serialize;

use super::envelope::{Files, Packer};
use super::pack::{Pack, packs};
use super::root::Listed;
use super::terms::Group;
use super::{in_parallel_with, layout};
use crate::data::to_json;
use crate::search::rank::may_be_meant;

/// The most that a piece holds, in bytes before compression.
const MOST: usize = 8000;

#[derive(Serialize)]
#[serde(untagged)]
enum Cell<'a> {
    Word(&'a str),
    Pages(usize),
}

pub(super) fn write(groups: &[Group], files: &mut Files<'_>) -> Listed<Vec<String>> {
    let mut by_end: BTreeMap<String, Vec<(&str, usize)>> = BTreeMap::new();
    for group in groups {
        for form in group.forms.iter().filter(|form| may_be_meant(form)) {
            for key in keys(form) {
                by_end.entry(key).or_default().push((form, group.pages));
            }
        }
    }
    by_end.values_mut().for_each(|words| words.sort_unstable());
    let size = |words: &Vec<(&str, usize)>| words.iter().map(|(word, _)| word.len() + 5).sum::<usize>() + 8;
    let items: Vec<(&str, usize)> = by_end.iter().map(|(key, words)| (key.as_str(), size(words))).collect();
    let runs = layout::runs(&items, MOST);
    let lists: Vec<&Vec<(&str, usize)>> = by_end.values().collect();
    let json = |run: &layout::Run| {
        let object: BTreeMap<&str, Vec<Cell<'_>>> =
            run.items.clone().map(|at| (items[at].0, cells(lists[at]))).collect();
        to_json(&object)
    };
    let sized = |run: &layout::Run| items[run.items.clone()].iter().map(|(_, size)| size).sum();
    let ranges = packs(runs.iter().map(|run| (run.start.as_str(), sized(run))));
    let packed = in_parallel_with(
        &ranges,
        || Packer::new(files.known),
        |packer, range| {
            let mut pack = Pack::default();
            for run in &runs[range.clone()] {
                pack.push(packer.thoroughly(json(run).as_bytes()));
            }
            pack
        },
    );
    Listed { packs: files.add("v", packed), starts: runs.into_iter().map(|run| run.start).collect() }
}

fn cells<'a>(words: &[(&'a str, usize)]) -> Vec<Cell<'a>> {
    words.iter().flat_map(|(word, pages)| [Cell::Word(word), Cell::Pages(*pages)]).collect()
}

/// Returns the two keys of a word of three letters or more.
fn keys(word: &str) -> [String; 2] {
    let letters: Vec<char> = word.chars().collect();
    let length = char::from(u8::try_from(64 + letters.len().min(60)).unwrap_or(b'|'));
    let key = |sign: char, ends: &[char]| [sign].iter().chain(ends).chain([&length]).collect();
    [key('>', &letters[..2]), key('<', &letters[letters.len() - 2..])]
}
