//! The decisions and what they say of each other, as a drawing and as a list; in parts where they are many.

use std::collections::BTreeSet;

use serde::Serialize;

use super::decision_log::{FacetView, LOG_DATA, LogView, cut_by_year, facets_of, newest};
use super::parts::{self, Part};
use super::record::{RefView, reference, verb};
use super::{Settings, View, site_path};
use crate::decision::{Direction, State, Verb};
use crate::graph::Graph;
use crate::log::{self, Row};
use crate::path::SitePath;
use crate::site::{Kind, Related, Site};

/// The drawing, and the same as a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub(super) struct GraphView {
    svg: String,
    relations: Vec<RelationsView>,
    /// How many decisions stand alone.
    alone: usize,
    /// The file with all records: from it is drawn what a reader asks for.
    data: String,
    /// What its records can be filtered by.
    scopes: Vec<FacetView>,
    statuses: Vec<FacetView>,
    tags: Vec<FacetView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct RelationsView {
    record: RefView,
    /// Each with its verb.
    others: Vec<(String, RefView)>,
    /// How many more there are.
    more: usize,
}

/// The most relations of one record that a page of a long list shows, and the most records that a drawing has beside its own.
const MOST_OTHERS: usize = 30;
const MOST_AROUND: usize = 60;

/// Returns the pages of the graph. One page draws everything; of several, each draws its own records and what stands in
/// relation to them.
pub(super) fn pages(
    site: &Site,
    settings: &Settings,
    rows: &[Row],
    first: &SitePath,
    framed: &dyn Fn(&SitePath) -> View,
) -> Vec<View> {
    let ordered = related(site, rows);
    let parts = cut(site, settings, &ordered, first);
    let decisions = rows.iter().filter(|row| row.kind == Kind::Decision.name());
    let alone = decisions.filter(|row| site.entries[row.entry].related.is_empty()).count();
    let all: Vec<&Row> = ordered.iter().map(|(_, row)| *row).collect();
    let LogView { scopes, statuses, tags, .. } = facets_of(&all).bounded();
    let graph = |here: &SitePath| GraphView {
        data: settings.addresses.href(here, &site_path(LOG_DATA)),
        scopes: scopes.clone(),
        statuses: statuses.clone(),
        tags: tags.clone(),
        ..GraphView::default()
    };
    if parts.len() == 1 {
        let drawn = log::graph(site, rows, |row| Some(settings.addresses.href(first, &site.entries[row.entry].url)));
        let forward = |related: &&Related| related.direction == Direction::Forward;
        let relations = rows.iter().map(|row| listed(site, settings, row, first, &forward));
        let relations = relations.filter(|listed| !listed.others.is_empty()).collect();
        let graph = GraphView { svg: svg(settings, strong(drawn)), relations, alone, ..graph(first) };
        return vec![View { graph: Some(graph), ..framed(first) }];
    }
    let page = |(at, part): (usize, &Part)| {
        let here = &part.path;
        let own: Vec<&Row> = ordered[part.items.clone()].iter().map(|(_, row)| *row).collect();
        let relations = own.iter().map(|row| {
            let mut listed = listed(site, settings, row, here, &|_| true);
            listed.more = listed.others.len().saturating_sub(MOST_OTHERS);
            listed.others.truncate(MOST_OTHERS);
            listed
        });
        let graph = GraphView {
            svg: svg(settings, strong(around(site, rows, &own, here))),
            relations: relations.collect(),
            alone: if at == 0 { alone } else { 0 },
            ..graph(here)
        };
        parts::dress(settings, &parts, at, "parts.records", View { graph: Some(graph), ..framed(here) })
    };
    parts.iter().enumerate().map(page).collect()
}

/// Leaves out that records only have to do with each other, where they also say more: those lines hide the others until they
/// are asked for. The list has them.
fn strong(mut graph: Graph) -> Graph {
    let weak = Verb::RelatesTo.name();
    if graph.edges.iter().any(|edge| edge.verb != weak) {
        graph.edges.retain(|edge| edge.verb != weak);
    }
    graph
}

/// How many records the drawing on the page of one of them has: the list says as well what two have to do with each other.
const BESIDE: std::ops::RangeInclusive<usize> = 3..=10;

/// Returns the drawing of a record and of what it says of others, or they of it; nothing where there is none, or too much.
pub(super) fn of_record(site: &Site, settings: &Settings, at: usize) -> String {
    let here = &site.entries[at].url;
    let graph = log::neighbours(site, at, |other| settings.addresses.href(here, &other.url));
    if BESIDE.contains(&graph.nodes.len()) { svg(settings, graph) } else { String::new() }
}

/// Returns the records that stand in relation to others, newest first.
fn related<'a>(site: &Site, rows: &'a [Row]) -> Vec<(usize, &'a Row)> {
    let related: Vec<&Row> = rows.iter().filter(|row| !site.entries[row.entry].related.is_empty()).collect();
    newest(&related)
}

fn cut(site: &Site, settings: &Settings, ordered: &[(usize, &Row)], first: &SitePath) -> Vec<Part> {
    let cut = |weight: fn(&Row, usize) -> usize| {
        let weight = |row: &Row| weight(row, site.entries[row.entry].related.len());
        cut_by_year(settings, ordered, first, weight)
    };
    let whole = cut(weight_of_whole);
    if whole.len() == 1 { whole } else { cut(weight_of_part) }
}

/// About how many bytes of markup a record has where all are on one page: its box, its lines and its place in the list.
fn weight_of_whole(row: &Row, relations: usize) -> usize {
    450 + 2 * (row.title.len() + row.path.len()) + relations * (180 + row.title.len() + row.path.len())
}

/// The same on one of several pages, which draw some neighbours and list relations from both ends.
fn weight_of_part(row: &Row, relations: usize) -> usize {
    let relations = relations.min(MOST_OTHERS);
    900 + 3 * row.title.len() + 2 * row.path.len() + relations * (500 + row.title.len() + row.path.len())
}

/// Returns the graph of some records and of those that stand in relation to them.
fn around(site: &Site, rows: &[Row], own: &[&Row], here: &SitePath) -> Graph {
    let mut shown: BTreeSet<usize> = own.iter().map(|row| row.entry).collect();
    let owned = shown.clone();
    let neighbours = own.iter().flat_map(|row| site.entries[row.entry].related.iter().take(MOST_OTHERS));
    for related in neighbours {
        if shown.len() < owned.len() + MOST_AROUND {
            shown.insert(related.entry);
        }
    }
    let drawn: Vec<Row> = rows.iter().filter(|row| shown.contains(&row.entry)).cloned().collect();
    let ids: BTreeSet<&str> = own.iter().map(|row| row.id.as_str()).collect();
    let mut graph = log::graph(site, &drawn, |row| Some(site.addresses.href(here, &site.entries[row.entry].url)));
    let is_own = |node: usize| ids.contains(graph.nodes[node].id.as_str());
    // What neighbours say of each other is on their own pages.
    let edges = graph.edges.iter().filter(|edge| is_own(edge.from) || is_own(edge.to)).copied().collect();
    graph.edges = edges;
    graph
}

fn listed(
    site: &Site,
    settings: &Settings,
    row: &Row,
    here: &SitePath,
    is_shown: &dyn Fn(&&Related) -> bool,
) -> RelationsView {
    let related = site.entries[row.entry].related.iter().filter(|related| is_shown(related));
    let name = |related: &Related| match related.direction {
        Direction::Reverse if !related.verb.is_symmetric() => related.verb.reverse_name(),
        _ => related.verb.name(),
    };
    let others = related.map(|related| (verb(settings, name(related)), reference(site, here, related.entry))).collect();
    RelationsView { record: reference(site, here, row.entry), others, more: 0 }
}

fn svg(settings: &Settings, mut drawn: Graph) -> String {
    let lower = |state: &State| settings.words.text(&format!("status.{}", state.name())).to_lowercase();
    drawn.words = State::ALL.iter().map(|state| (state.name(), lower(state))).collect();
    drawn.words.extend(Verb::ALL.iter().map(|each| (each.name(), verb(settings, each.name()))));
    crate::graph::svg(&drawn, &settings.words.text("decisions.graph_name"))
}
