//! All records as one script, for the graph and for the pages of a log that has several: what a reader filters by, and how the records
//! stand to each other.
//!
//! A page opened from a disk may fetch nothing, so it is a script like the navigation. Texts that many records share are listed
//! once. A record is a list in the order of [`Record`], which `assets/decisions.js` reads.

use std::collections::BTreeMap;

use serde::Serialize;

use super::view::{LOG_DATA, Settings, log_is_in_parts, newest, row_of};
use crate::data::to_json;
use crate::decision::Direction;
use crate::file::Artifact;
use crate::log::{self, Row};
use crate::path::SitePath;
use crate::site::{Kind, Site};

#[derive(Serialize)]
struct Records<'a> {
    /// Texts that records share.
    texts: Vec<String>,
    records: Vec<Record<'a>>,
}

/// Kind (1 for a guideline), place by collection and number, label, number, title, address, state, the word for it, day,
/// people, everyone, tags, scope, relations: verb, and the place of the other record. Texts that repeat are places in `texts`.
#[derive(Serialize)]
struct Record<'a>(
    u8,
    usize,
    &'a str,
    Option<u32>,
    &'a str,
    String,
    usize,
    usize,
    String,
    Vec<usize>,
    Vec<usize>,
    Vec<usize>,
    usize,
    Vec<(usize, usize)>,
);

/// Texts, each once, in the order in which they came.
#[derive(Default)]
struct Texts {
    places: BTreeMap<String, usize>,
    texts: Vec<String>,
}

impl Texts {
    fn place(&mut self, text: &str) -> usize {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        self.texts.push(text.to_owned());
        self.places.insert(text.to_owned(), self.texts.len() - 1);
        self.texts.len() - 1
    }

    fn all<'t>(&mut self, texts: impl Iterator<Item = &'t str>) -> Vec<usize> {
        texts.map(|text| self.place(text)).collect()
    }
}

/// Returns the file of all records, newest first; nothing where one page has all of them and there is no graph.
pub(super) fn log_data(site: &Site, settings: &Settings) -> Option<Artifact> {
    if settings.decision_pages.is_empty() {
        return None;
    }
    let rows = log::rows(site);
    let (decisions, guidelines): (Vec<&Row>, Vec<&Row>) =
        rows.iter().partition(|row| row.kind == Kind::Decision.name());
    let has_graph = settings.decision_pages.iter().any(|(name, _)| *name == "graph");
    if !log_is_in_parts(settings, &decisions) && !has_graph {
        return None;
    }
    let mut ordered = newest(&decisions);
    // A guideline is drawn for the decision that it comes from.
    ordered.extend(guidelines.iter().filter(|row| !row.relations.is_empty()).map(|row| (0, *row)));
    let places: BTreeMap<usize, usize> = ordered.iter().enumerate().map(|(at, (_, row))| (row.entry, at)).collect();
    let mut texts = Texts::default();
    let records = ordered.iter().map(|(order, row)| record(site, (*order, row), &places, &mut texts)).collect();
    let json = to_json(&Records { records, texts: texts.texts });
    let path = SitePath::new(LOG_DATA).expect("a plain name");
    Some(Artifact::new(path, format!("window.precedentRecords = {json};\n").into_bytes()))
}

fn record<'a>(
    site: &Site,
    (order, row): (usize, &'a Row),
    places: &BTreeMap<usize, usize>,
    texts: &mut Texts,
) -> Record<'a> {
    let root = SitePath::new("index.html").expect("a plain name");
    let shown = row_of(site, order, row, &root);
    let related = site.entries[row.entry].related.iter().filter(|one| one.direction == Direction::Forward);
    let related = related.filter_map(|one| Some((texts.place(one.verb.name()), *places.get(&one.entry)?))).collect();
    let (state, word) = shown.status.as_ref().map_or(("", ""), |status| (status.name, status.word.as_str()));
    Record(
        u8::from(row.kind == Kind::Guideline.name()),
        order,
        row.label.as_deref().unwrap_or(""),
        row.number,
        &row.title,
        shown.url,
        texts.place(state),
        texts.place(word),
        shown.date.unwrap_or_default(),
        texts.all(shown.people.iter().map(String::as_str)),
        texts.all(row.people()),
        texts.all(row.tags.iter().map(String::as_str)),
        texts.place(&row.scope),
        related,
    )
}
