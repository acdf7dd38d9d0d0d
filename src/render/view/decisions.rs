//! The pages that show all decisions: the log, the graph, the timeline, what is due.

use std::collections::BTreeMap;

use serde::Serialize;

use super::parts::{self, Groups, Part};
use super::record::{RefView, facet, reference};
use super::{LinkView, PageView, Settings, View, decision_graph, decision_log, frame, place, site_path, timeline};
use crate::date::Date;
use crate::log::{self, Due, Row, asked, dues};
use crate::path::SitePath;
use crate::render::Weeks;
use crate::site::{Kind, Site};

const LOG: (&str, &str) = ("log", "decision-log.html");
const GRAPH: (&str, &str) = ("graph", "decision-graph.html");
const TIMELINE: (&str, &str) = ("timeline", "decision-timeline.html");
const DUE: (&str, &str) = ("due", "decision-due.html");
const CHANGES: &str = "changes";

/// The name of the feed of what is due.
pub const CALENDAR: &str = "decisions.ics";

/// A page that shows all decisions, as a link between them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct TabView {
    title: String,
    pub(super) url: String,
    /// Whether this page is it, or a part of it.
    current: bool,
    /// Whether it is this very page.
    here: bool,
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
    /// How many days are left, less than none where it is over; nothing where nobody knows what day it is.
    days: Option<i64>,
    /// Of whom it is asked.
    people: Vec<LinkView>,
}

/// What is due of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct DuePersonView {
    /// Nobody where no one is named.
    person: Option<LinkView>,
    items: Vec<DueView>,
}

/// Returns the pages that there is something to show on, by name; none where there is no decision.
pub fn decision_pages(site: &Site, weeks: &Weeks) -> Vec<(&'static str, SitePath)> {
    let mut decisions = site.entries.iter().filter(|entry| entry.parsed.kind == Kind::Decision).peekable();
    if decisions.peek().is_none() {
        return Vec::new();
    }
    let dated = decisions.any(|entry| entry.date().is_some());
    let related = site.entries.iter().any(|entry| !entry.related.is_empty());
    let pages = [(LOG, true), (GRAPH, related), (TIMELINE, dated), (DUE, !dues(site).is_empty())];
    let shown = pages.into_iter().filter(|(_, shown)| *shown);
    let changes = (!weeks.is_empty()).then(|| (CHANGES, weeks.page.clone()));
    shown.map(|((name, template), _)| (name, site_path(template))).chain(changes).collect()
}

/// Returns the views of these pages, each cut into parts where it is too long for one.
pub fn decisions(site: &Site, settings: &Settings) -> Vec<View> {
    if settings.decision_pages.is_empty() {
        return Vec::new();
    }
    let rows = log::rows(site);
    // What changed is a page of every book.
    let pages = settings.decision_pages.iter().filter(|(name, _)| *name != CHANGES);
    pages.flat_map(|(name, first)| page(site, settings, &rows, name, first)).collect()
}

fn page(site: &Site, settings: &Settings, rows: &[Row], name: &'static str, first: &SitePath) -> Vec<View> {
    let title = settings.words.text(&format!("decisions.{name}_title"));
    let framed = |here: &SitePath, template| {
        let page = PageView { title: title.clone(), kind: name, ..place(settings, here) };
        View { decision_pages: tabs(settings, here, Some(name)), ..frame(site, settings, here, None, template, page) }
    };
    if name == LOG.0 {
        decision_log::pages(site, settings, rows, first, &|here| framed(here, LOG.1))
    } else if name == GRAPH.0 {
        decision_graph::pages(site, settings, rows, first, &|here| framed(here, GRAPH.1))
    } else if name == TIMELINE.0 {
        timeline::pages(site, settings, rows, first, &|here| framed(here, TIMELINE.1))
    } else {
        due_pages(site, settings, first, &|here| framed(here, DUE.1))
    }
}

/// Returns the links between these pages, seen from one page, which may be a part of the one of some name.
pub(super) fn tabs(settings: &Settings, here: &SitePath, of: Option<&str>) -> Vec<TabView> {
    let tab = |(name, path): &(&'static str, SitePath)| TabView {
        title: settings.words.text(&format!("decisions.{name}")),
        url: settings.addresses.href(here, path),
        current: path == here || of == Some(*name),
        here: path == here,
    };
    settings.decision_pages.iter().map(tab).collect()
}

/// Returns where the graph of all records draws one of them, which stands in relation to others.
pub(super) fn graph_of(site: &Site, settings: &Settings, at: usize) -> Option<String> {
    let entry = &site.entries[at];
    let (_, graph) = settings.decision_pages.iter().find(|(name, _)| *name == GRAPH.0)?;
    let address =
        || format!("{}#{}", settings.addresses.href(&entry.url, graph), settings.addresses.from_root(&entry.url));
    (!entry.related.is_empty()).then(address)
}

/// How many days are soon.
pub(super) const SOON: u32 = 30;

fn due_pages(site: &Site, settings: &Settings, first: &SitePath, framed: &dyn Fn(&SitePath) -> View) -> Vec<View> {
    let dues = dues(site);
    let mut groups = Groups::of_years("");
    for Due { date, entry, .. } in &dues {
        let entry = &site.entries[*entry];
        let people = asked(entry).iter().map(|name| 60 + 2 * name.len()).sum::<usize>();
        let item = 380 + entry.title().len() + entry.url.as_str().len() + people;
        // Each stands under its day, and under everyone of whom it is asked.
        groups.add(&date.year().to_string(), item * (1 + asked(entry).len().max(1)));
    }
    let parts = parts::cut(&groups, first, None);
    let page = |(at, part): (usize, &Part)| {
        let here = &part.path;
        let due = due(site, settings, &dues[part.items.clone()], here);
        let due_people = by_person(&due);
        let target = settings.addresses.href(here, &site_path(CALENDAR));
        parts::dress(settings, &parts, at, "parts.entries", View { due, due_people, target, ..framed(here) })
    };
    parts.iter().enumerate().map(page).collect()
}

fn due(site: &Site, settings: &Settings, dues: &[Due], here: &SitePath) -> Vec<DueGroupView> {
    let name = |date: Date| match settings.today {
        None => "dated",
        Some(today) if date < today => "overdue",
        Some(today) if date <= today.plus(SOON) => "soon",
        Some(_) => "later",
    };
    let mut groups: Vec<DueGroupView> = Vec::new();
    for &Due { date, kind, entry } in dues {
        let people = asked(&site.entries[entry]).iter().map(|name| facet(settings, here, "person", name)).collect();
        let days = settings.today.and_then(|today| today.days_until(date));
        let item =
            DueView { date: date.to_string(), what: kind.name(), record: reference(site, here, entry), days, people };
        match groups.last_mut().filter(|group| group.name == name(date)) {
            Some(group) => group.items.push(item),
            None => groups.push(DueGroupView { name: name(date), items: vec![item] }),
        }
    }
    groups
}

/// Returns what is due by the people of whom it is asked, in the order of their names; at the end what is asked of nobody.
fn by_person(groups: &[DueGroupView]) -> Vec<DuePersonView> {
    let mut people: BTreeMap<(bool, String), DuePersonView> = BTreeMap::new();
    for item in groups.iter().flat_map(|group| &group.items) {
        let asked = item.people.iter().map(Some);
        for person in asked.chain(item.people.is_empty().then_some(None)) {
            let key = (person.is_none(), person.map_or(String::new(), |person| person.title.to_lowercase()));
            let of_person =
                people.entry(key).or_insert_with(|| DuePersonView { person: person.cloned(), items: Vec::new() });
            of_person.items.push(item.clone());
        }
    }
    people.into_values().collect()
}
