//! What pages are filtered by, and what they count.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Gaps, Page};
use crate::search::document::Document;
use crate::search::facet::Facets;

/// The pages of each value, by field; the values as authors write them, with how many pages have each; and the days.
#[derive(Debug, Serialize)]
pub(super) struct Columns {
    #[serde(flatten)]
    values: BTreeMap<&'static str, BTreeMap<String, Gaps>>,
    labels: BTreeMap<&'static str, Vec<(String, usize)>>,
    /// 20240116 for each page, 0 for one without.
    day: Vec<u64>,
}

/// The fields by which pages are filtered.
const FIELDS: [&str; 5] = ["kind", "status", "tag", "person", "scope"];

pub(super) fn columns(pages: &[Page<'_>]) -> Columns {
    let mut found: BTreeMap<&'static str, BTreeMap<String, BTreeSet<u32>>> = BTreeMap::new();
    let mut written: BTreeMap<&'static str, BTreeMap<String, usize>> = BTreeMap::new();
    let mut day = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let Some(first) = page.first() else { continue };
        let Facets { kind, status, tags, people, scopes, names: _, day: on, weight: _ } = Facets::of(first);
        day.push(on.unwrap_or(0));
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
    Columns {
        values: FIELDS.into_iter().map(|field| (field, gaps(found.remove(field).unwrap_or_default()))).collect(),
        labels: FIELDS.into_iter().map(|field| (field, counted(written.remove(field).unwrap_or_default()))).collect(),
        day,
    }
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
        let weight = page.first().map_or(100, |first| Facets::of(first).weight);
        weights.entry(weight).or_default().insert(number as u32);
    }
    weights.remove(&100);
    weights.into_iter().map(|(weight, pages)| (weight, Gaps::of(&pages))).collect()
}
