//! The decision log: the table of all decisions, newest first, in parts where it is long.

use std::collections::BTreeMap;

use serde::Serialize;

use super::home::{WaitingView, waiting};
use super::parts::{self, Groups, NEWEST, Part};
use super::record::{StatusView, status};
use super::{Settings, View, site_path};
use crate::decision::State;
use crate::log::Row;
use crate::path::SitePath;
use crate::site::{Kind, Site};

/// The file from which the log filters what is on other pages.
pub(in crate::render) const LOG_DATA: &str = "decision-log.js";

/// The table of all decisions, and what it can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct LogView {
    rows: Vec<RowView>,
    pub(super) statuses: Vec<FacetView>,
    pub(super) scopes: Vec<FacetView>,
    pub(super) tags: Vec<FacetView>,
    people: Vec<FacetView>,
    years: Vec<FacetView>,
    /// The file with all rows, where this page has only some.
    data: Option<String>,
    /// What waits for somebody, on the first of several pages.
    waiting: Vec<WaitingView>,
    /// How many more wait.
    waiting_more: usize,
    /// Where they are.
    waiting_url: String,
}

/// A value that decisions have, and how many have it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct FacetView {
    value: String,
    count: usize,
}

/// A decision in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(in crate::render) struct RowView {
    /// Its place by collection and number.
    pub(in crate::render) order: usize,
    pub(in crate::render) number: Option<u32>,
    pub(in crate::render) label: Option<String>,
    pub(in crate::render) title: String,
    pub(in crate::render) url: String,
    pub(in crate::render) status: Option<StatusView>,
    pub(in crate::render) date: Option<String>,
    /// Who decided, else who wrote it.
    pub(in crate::render) people: Vec<String>,
    /// Everyone that it names.
    pub(in crate::render) named: String,
    pub(in crate::render) tags: Vec<String>,
    pub(in crate::render) scope: String,
}

/// The most values of a field that a page of a long log offers; those that most decisions have.
const MOST_VALUES: usize = 150;

/// How many that wait the first page of a long log shows.
const WAITING: usize = 6;

/// Returns the pages of the log.
pub(super) fn pages(
    site: &Site,
    settings: &Settings,
    rows: &[Row],
    first: &SitePath,
    framed: &dyn Fn(&SitePath) -> View,
) -> Vec<View> {
    let decisions: Vec<&Row> = rows.iter().filter(|row| row.kind == Kind::Decision.name()).collect();
    let ordered = newest(&decisions);
    let parts = cut(settings, &ordered, first);
    let facets = if parts.len() > 1 { facets_of(&decisions).bounded() } else { facets_of(&decisions) };
    let page = |(at, part): (usize, &Part)| {
        let here = &part.path;
        let shown = ordered[part.items.clone()].iter();
        let mut log =
            LogView { rows: shown.map(|(order, row)| row_of(site, *order, row, here)).collect(), ..facets.clone() };
        if parts.len() > 1 {
            log.data = Some(settings.addresses.href(here, &site_path(LOG_DATA)));
        }
        if parts.len() > 1 && at == 0 {
            log.waiting = waiting(site, settings, here);
            log.waiting_more = log.waiting.len().saturating_sub(WAITING);
            log.waiting.truncate(WAITING);
            let due = settings.decision_pages.iter().find(|(name, _)| *name == "due");
            log.waiting_url = due.map_or("?status=proposed".to_owned(), |(_, due)| settings.addresses.href(here, due));
        }
        parts::dress(settings, &parts, at, "decisions.count", View { log: Some(log), ..framed(here) })
    };
    parts.iter().enumerate().map(page).collect()
}

/// Says whether the log has more than one page.
pub(in crate::render) fn is_in_parts(settings: &Settings, rows: &[&Row]) -> bool {
    cut(settings, &newest(rows), &site_path("decision-log.html")).len() > 1
}

fn cut(settings: &Settings, ordered: &[(usize, &Row)], first: &SitePath) -> Vec<Part> {
    cut_by_year(settings, ordered, first, weight)
}

/// Cuts records, the newest first, into parts by the years of their dates; the first has the newest of all.
pub(super) fn cut_by_year(
    settings: &Settings,
    rows: &[(usize, &Row)],
    first: &SitePath,
    weight: impl Fn(&Row) -> usize,
) -> Vec<Part> {
    let newest = settings.words.text("parts.newest");
    let undated = settings.words.text("decisions.undated");
    let mut groups = Groups::of_years(&undated);
    for (_, row) in rows {
        let year = row.date.map_or_else(|| undated.clone(), |date| date.year().to_string());
        groups.add(&year, weight(row));
    }
    parts::cut(&groups, first, Some((&newest, NEWEST)))
}

/// About how many bytes of markup a row has, with its people among those that a filter offers.
fn weight(row: &Row) -> usize {
    let names: usize = row.people().map(|name| 2 * name.len() + 40).sum();
    let tags: usize = row.tags.iter().map(|tag| tag.len() + 10).sum();
    480 + row.title.len() + 2 * row.path.len() + row.scope.len() + names + tags
}

/// Returns what the decisions can be filtered by.
pub(super) fn facets_of(rows: &[&Row]) -> LogView {
    let state = |row: &&Row| row.standing;
    let count = |state_of: State| rows.iter().filter(|row| state(row) == Some(state_of)).count();
    let statuses = State::ALL.iter().map(|state| FacetView { value: state.name().to_owned(), count: count(*state) });
    let years = rows.iter().filter_map(|row| row.date).map(|date| date.year().to_string());
    let scopes = facets(rows.iter().map(|row| row.scope.clone()));
    let mut years = facets(years);
    years.reverse();
    LogView {
        rows: Vec::new(),
        statuses: statuses.filter(|facet| facet.count > 0).collect(),
        // The whole has no name that a filter could ask for.
        scopes: if scopes.len() > 1 {
            scopes.into_iter().filter(|scope| !scope.value.is_empty()).collect()
        } else {
            Vec::new()
        },
        tags: facets(rows.iter().flat_map(|row| row.tags.iter().cloned())),
        people: facets(rows.iter().flat_map(|row| row.people().map(str::to_owned))),
        years,
        data: None,
        waiting: Vec::new(),
        waiting_more: 0,
        waiting_url: String::new(),
    }
}

impl LogView {
    /// Keeps of each field the values that most decisions have; the script knows the others from the file with all rows.
    pub(super) fn bounded(mut self) -> Self {
        for facets in [&mut self.scopes, &mut self.tags, &mut self.people, &mut self.years] {
            let mut counts: Vec<usize> = facets.iter().map(|facet| facet.count).collect();
            counts.sort_unstable_by(|a, b| b.cmp(a));
            let least = counts.get(MOST_VALUES).copied().unwrap_or(0);
            facets.retain(|facet| facet.count > least);
        }
        self
    }
}

fn facets(values: impl Iterator<Item = String>) -> Vec<FacetView> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for value in values {
        *counts.entry((value.to_lowercase(), value)).or_default() += 1;
    }
    counts.into_iter().map(|((_, value), count)| FacetView { value, count }).collect()
}

/// Returns the rows by date, each with its place by collection and number; of one day, and without a date, the higher number
/// first.
pub(in crate::render) fn newest<'a>(rows: &[&'a Row]) -> Vec<(usize, &'a Row)> {
    let mut ordered: Vec<(usize, &Row)> = rows.iter().copied().enumerate().collect();
    ordered.sort_by(|(a, left), (b, right)| right.date.cmp(&left.date).then(b.cmp(a)));
    ordered
}

pub(in crate::render) fn row_of(site: &Site, order: usize, row: &Row, here: &SitePath) -> RowView {
    let entry = &site.entries[row.entry];
    let people = if row.deciders.is_empty() { &row.authors } else { &row.deciders };
    RowView {
        order,
        number: row.number,
        label: row.label.clone(),
        title: row.title.clone(),
        url: site.addresses.href(here, &entry.url),
        status: entry.record().and_then(|(record, filed)| status(record, filed)),
        date: row.date.map(|date| date.to_string()),
        people: people.clone(),
        named: row.people().collect::<Vec<_>>().join("; "),
        tags: row.tags.clone(),
        scope: row.scope.clone(),
    }
}
