//! What pages are filtered by, and what they count.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::envelope::{Files, Packer};
use super::pack::{Pack, Packs};
use super::root::Listed;
use super::{Gaps, Page};
use crate::data::to_json;
use crate::search::document::Document;
use crate::search::facet::Facets;

/// The pages of each value of a field, and the values as authors write them, with how many pages have each.
#[derive(Debug, Serialize)]
struct Column {
    pages: BTreeMap<String, Gaps>,
    labels: Vec<(String, usize)>,
}

/// 20240116 for each page, 0 for one without a day.
#[derive(Debug, Serialize)]
struct Days {
    days: Vec<u64>,
}

/// The fields by which pages are filtered, in the order of their pieces; days come after them, and then where the words for typos are.
pub(super) const FIELDS: [&str; 5] = ["kind", "status", "tag", "person", "scope"];

/// Writes a piece for each field, one for days and what is to be said of the words for typos, as JSON.
pub(super) fn write(pages: &[Page<'_>], typos: &Listed<Vec<String>>, files: &mut Files<'_>) -> Packs {
    let mut found: BTreeMap<&'static str, BTreeMap<String, BTreeSet<u32>>> = BTreeMap::new();
    let mut written: BTreeMap<&'static str, BTreeMap<String, usize>> = BTreeMap::new();
    let mut days = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let first = &page.whole;
        let Facets { kind, status, tags, people, scopes, names: _, day, weight: _ } = Facets::of(first);
        days.push(day.unwrap_or(0));
        let of_field = [BTreeSet::from([kind]), status.into_iter().collect(), tags, people, scopes];
        for (field, values) in FIELDS.into_iter().zip(of_field) {
            for value in values {
                found.entry(field).or_default().entry(value).or_default().insert(number as u32);
            }
        }
        for (field, labels) in FIELDS.into_iter().zip(labels(first)) {
            for label in labels {
                *written.entry(field).or_default().entry(label.to_owned()).or_default() += 1;
            }
        }
    }
    let gaps = |pages: BTreeMap<String, BTreeSet<u32>>| {
        pages.into_iter().map(|(value, pages)| (value, Gaps::of(&pages))).collect()
    };
    let (mut packer, mut pack) = (Packer::new(files.known), Pack::default());
    for field in FIELDS {
        let pages = gaps(found.remove(field).unwrap_or_default());
        let column = Column { pages, labels: counted(written.remove(field).unwrap_or_default()) };
        pack.push(packer.thoroughly(to_json(&column).as_bytes()));
    }
    pack.push(packer.thoroughly(to_json(&Days { days }).as_bytes()));
    pack.push(packer.thoroughly(to_json(typos).as_bytes()));
    files.add("f", vec![pack])
}

/// Returns what authors write, by field.
fn labels(page: &Document) -> [BTreeSet<&str>; 5] {
    let scope = Some(page.scope.as_str()).filter(|scope| !scope.is_empty());
    [
        BTreeSet::from([page.kind.as_str()]),
        page.status.as_deref().into_iter().collect(),
        page.tags.iter().map(String::as_str).collect(),
        page.people.iter().map(String::as_str).collect(),
        scope.into_iter().collect(),
    ]
}

/// Orders labels: those on most pages first.
fn counted(labels: BTreeMap<String, usize>) -> Vec<(String, usize)> {
    let mut labels: Vec<(String, usize)> = labels.into_iter().collect();
    labels.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    labels
}

/// Returns the pages that do not count 100.
pub(super) fn weights(pages: &[Page<'_>]) -> BTreeMap<u64, Gaps> {
    let mut weights: BTreeMap<u64, BTreeSet<u32>> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        let weight = Facets::of(&page.whole).weight;
        weights.entry(weight).or_default().insert(number as u32);
    }
    weights.remove(&100);
    weights.into_iter().map(|(weight, pages)| (weight, Gaps::of(&pages))).collect()
}
