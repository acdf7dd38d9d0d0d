//! The pages that show all decisions: the log, the graph, the timeline, what is due.

use std::collections::BTreeMap;

use serde::Serialize;

use super::record::{RefView, StatusView, reference, status, verb};
use super::{PageView, Settings, View, frame, place, site_path};
use crate::date::Date;
use crate::decision::{Direction, State, Verb};
use crate::log::{self, Row};
use crate::path::SitePath;
use crate::site::{Kind, Site};

const LOG: (&str, &str) = ("log", "decision-log.html");
const GRAPH: (&str, &str) = ("graph", "decision-graph.html");
const TIMELINE: (&str, &str) = ("timeline", "decision-timeline.html");
const DUE: (&str, &str) = ("due", "decision-due.html");

/// The name of the feed of what is due.
pub const CALENDAR: &str = "decisions.ics";

/// A page that shows all decisions, as a link between them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct TabView {
    title: String,
    pub(super) url: String,
    current: bool,
}

/// The table of all decisions, and what it can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct LogView {
    rows: Vec<RowView>,
    statuses: Vec<FacetView>,
    scopes: Vec<FacetView>,
    tags: Vec<FacetView>,
    people: Vec<FacetView>,
    years: Vec<FacetView>,
}

/// A value that decisions have, and how many have it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct FacetView {
    value: String,
    count: usize,
}

/// A decision in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct RowView {
    /// Its place by collection and number.
    order: usize,
    number: Option<u32>,
    title: String,
    url: String,
    status: Option<StatusView>,
    date: Option<String>,
    /// Who decided, else who wrote it.
    people: Vec<String>,
    /// Everyone that it names.
    named: String,
    tags: Vec<String>,
    scope: String,
}

/// The decisions of a year; those without a date have none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct YearView {
    year: Option<u16>,
    count: usize,
    months: Vec<MonthView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct MonthView {
    name: String,
    rows: Vec<RowView>,
}

/// The drawing, and the same as a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct GraphView {
    svg: String,
    relations: Vec<RelationsView>,
    /// How many decisions stand alone.
    alone: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct RelationsView {
    record: RefView,
    /// Each with its verb.
    others: Vec<(String, RefView)>,
}

/// What is due until some day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct DueGroupView {
    /// `overdue`, `soon`, `later`; `dated` where nobody knows what day it is.
    name: &'static str,
    items: Vec<DueView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct DueView {
    date: String,
    /// `review` or `decision`.
    what: &'static str,
    record: RefView,
    owners: Vec<String>,
}

/// What is due, and when.
pub(in crate::render) struct Due {
    pub(in crate::render) date: Date,
    pub(in crate::render) what: &'static str,
    pub(in crate::render) entry: usize,
}

/// Returns the pages that there is something to show on, by name; none where there is no decision.
pub fn decision_pages(site: &Site) -> Vec<(&'static str, SitePath)> {
    let mut decisions = site.entries.iter().filter(|entry| entry.parsed.kind == Kind::Decision).peekable();
    if decisions.peek().is_none() {
        return Vec::new();
    }
    let dated = decisions.any(|entry| entry.date().is_some());
    let related = site.entries.iter().any(|entry| !entry.related.is_empty());
    let pages = [(LOG, true), (GRAPH, related), (TIMELINE, dated), (DUE, !dues(site).is_empty())];
    let shown = pages.into_iter().filter(|(_, shown)| *shown);
    shown.map(|((name, template), _)| (name, site_path(template))).collect()
}

/// Returns what is due, in the order of the days.
pub(in crate::render) fn dues(site: &Site) -> Vec<Due> {
    let mut dues = Vec::new();
    for (at, entry) in site.entries.iter().enumerate() {
        let Some((_, filed)) = entry.record() else { continue };
        let is_open = matches!(filed.state, Some(State::Proposed) | None) && entry.parsed.kind == Kind::Decision;
        let is_over = matches!(filed.state, Some(State::Superseded | State::Deprecated | State::Rejected));
        let mut add = |date: Option<Date>, what| dues.extend(date.map(|date| Due { date, what, entry: at }));
        add(filed.decide_by.filter(|_| is_open), "decision");
        add(filed.review_by.filter(|_| !is_over), "review");
    }
    dues.sort_by_key(|due| (due.date, due.entry));
    dues
}

/// Returns the views of these pages.
pub fn decisions(site: &Site, settings: &Settings) -> Vec<View> {
    if settings.decision_pages.is_empty() {
        return Vec::new();
    }
    let rows = log::rows(site);
    let pages = settings.decision_pages.iter();
    pages.map(|(name, here)| one(site, settings, &rows, name, here)).collect()
}

fn one(site: &Site, settings: &Settings, rows: &[Row], name: &'static str, here: &SitePath) -> View {
    let decisions: Vec<&Row> = rows.iter().filter(|row| row.kind == Kind::Decision.name()).collect();
    let title = settings.words.text(&format!("decisions.{name}_title"));
    let page = PageView { title, kind: name, ..place(settings, here) };
    let framed = |template| frame(site, settings, here, None, template, page);
    if name == LOG.0 {
        View { log: Some(log_of(site, &decisions, here)), ..framed(LOG.1) }
    } else if name == GRAPH.0 {
        View { graph: Some(graph(site, settings, rows, here)), ..framed(GRAPH.1) }
    } else if name == TIMELINE.0 {
        View { timeline: timeline(site, settings, &decisions, here), ..framed(TIMELINE.1) }
    } else {
        let calendar = site_path(CALENDAR).href_from(here);
        View { due: due(site, settings.today, here), target: calendar, ..framed(DUE.1) }
    }
}

/// Returns the links between these pages, seen from one page.
pub(super) fn tabs(settings: &Settings, here: &SitePath) -> Vec<TabView> {
    let tab = |(name, path): &(&'static str, SitePath)| TabView {
        title: settings.words.text(&format!("decisions.{name}")),
        url: path.href_from(here),
        current: path == here,
    };
    settings.decision_pages.iter().map(tab).collect()
}

fn log_of(site: &Site, rows: &[&Row], here: &SitePath) -> LogView {
    let state = |row: &&Row| row.standing;
    let count = |state_of: State| rows.iter().filter(|row| state(row) == Some(state_of)).count();
    let statuses = State::ALL.iter().map(|state| FacetView { value: state.name().to_owned(), count: count(*state) });
    let years = rows.iter().filter_map(|row| row.date).map(|date| date.year().to_string());
    let scopes = facets(rows.iter().map(|row| row.scope.clone()));
    let mut years = facets(years);
    years.reverse();
    LogView {
        rows: newest_first(site, rows, here),
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
    }
}

fn facets(values: impl Iterator<Item = String>) -> Vec<FacetView> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for value in values {
        *counts.entry((value.to_lowercase(), value)).or_default() += 1;
    }
    counts.into_iter().map(|((_, value), count)| FacetView { value, count }).collect()
}

/// Returns the rows by date; of one day, and without a date, the higher number first.
pub(super) fn newest_first(site: &Site, rows: &[&Row], here: &SitePath) -> Vec<RowView> {
    let mut ordered: Vec<(usize, &Row)> = rows.iter().copied().enumerate().collect();
    ordered.sort_by(|(a, left), (b, right)| right.date.cmp(&left.date).then(b.cmp(a)));
    ordered.into_iter().map(|(order, row)| row_of(site, order, row, here)).collect()
}

fn row_of(site: &Site, order: usize, row: &Row, here: &SitePath) -> RowView {
    let entry = &site.entries[row.entry];
    let people = if row.deciders.is_empty() { &row.authors } else { &row.deciders };
    RowView {
        order,
        number: row.number,
        title: row.title.clone(),
        url: entry.url.href_from(here),
        status: entry.record().and_then(|(record, filed)| status(record, filed)),
        date: row.date.map(|date| date.to_string()),
        people: people.clone(),
        named: row.people().collect::<Vec<_>>().join("; "),
        tags: row.tags.clone(),
        scope: row.scope.clone(),
    }
}

fn timeline(site: &Site, settings: &Settings, rows: &[&Row], here: &SitePath) -> Vec<YearView> {
    let mut years: Vec<YearView> = Vec::new();
    let dates: Vec<Option<Date>> = {
        let mut dates: Vec<_> = rows.iter().map(|row| row.date).collect();
        dates.sort_by(|a, b| b.cmp(a));
        dates
    };
    for (row, date) in newest_first(site, rows, here).into_iter().zip(dates) {
        let name = date.map_or(String::new(), |date| settings.words.text(&format!("month.{}", date.month())));
        let year = date.map(Date::year);
        if years.last().is_none_or(|last| last.year != year) {
            years.push(YearView { year, count: 0, months: Vec::new() });
        }
        let last = years.last_mut().expect("one was just pushed where none fits");
        last.count += 1;
        match last.months.last_mut().filter(|month| month.name == name) {
            Some(month) => month.rows.push(row),
            None => last.months.push(MonthView { name, rows: vec![row] }),
        }
    }
    years
}

fn graph(site: &Site, settings: &Settings, rows: &[Row], here: &SitePath) -> GraphView {
    let mut drawn = log::graph(site, rows, |row| Some(site.entries[row.entry].url.href_from(here)));
    let relations = rows.iter().filter_map(|row| {
        let related = site.entries[row.entry].related.iter().filter(|related| related.direction == Direction::Forward);
        let others: Vec<_> = related
            .map(|related| (verb(settings, related.verb.name()), reference(site, here, related.entry)))
            .collect();
        (!others.is_empty()).then(|| RelationsView { record: reference(site, here, row.entry), others })
    });
    let decisions = rows.iter().filter(|row| row.kind == Kind::Decision.name());
    let lower = |state: &State| settings.words.text(&format!("status.{}", state.name())).to_lowercase();
    drawn.words = State::ALL.iter().map(|state| (state.name(), lower(state))).collect();
    drawn.words.extend(Verb::ALL.iter().map(|each| (each.name(), verb(settings, each.name()))));
    GraphView {
        svg: crate::graph::svg(&drawn, &settings.words.text("decisions.graph_name")),
        relations: relations.collect(),
        alone: decisions.filter(|row| site.entries[row.entry].related.is_empty()).count(),
    }
}

/// How many days are soon.
pub(super) const SOON: u32 = 30;

fn due(site: &Site, today: Option<Date>, here: &SitePath) -> Vec<DueGroupView> {
    let name = |date: Date| match today {
        None => "dated",
        Some(today) if date < today => "overdue",
        Some(today) if date <= today.plus(SOON) => "soon",
        Some(_) => "later",
    };
    let mut groups: Vec<DueGroupView> = Vec::new();
    for Due { date, what, entry } in dues(site) {
        let owners = site.entries[entry].filed.as_ref().map(|filed| filed.owners.clone()).unwrap_or_default();
        let item = DueView { date: date.to_string(), what, record: reference(site, here, entry), owners };
        match groups.last_mut().filter(|group| group.name == name(date)) {
            Some(group) => group.items.push(item),
            None => groups.push(DueGroupView { name: name(date), items: vec![item] }),
        }
    }
    groups
}
