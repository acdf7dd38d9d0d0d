//! The records and what they say of each other, as a graph to be drawn: all of some rows, or what is around one record.

use std::collections::BTreeMap;

use super::Row;
use crate::decision::{Direction, State, Verb};
use crate::graph::{Edge, Graph, Node};
use crate::site::{Entry, Kind, Site};

/// Returns the graph of these rows, older ones first; `href` gives the address of a record, from its row.
pub fn graph(site: &Site, rows: &[Row], href: impl Fn(&Row) -> Option<String>) -> Graph {
    // A guideline is drawn for the decision that it comes from.
    let is_drawn = |row: &&Row| row.kind == Kind::Decision.name() || !row.relations.is_empty();
    let mut rows: Vec<&Row> = rows.iter().filter(is_drawn).collect();
    // A guideline follows from decisions, whenever it was written.
    rows.sort_by_key(|row| (row.kind == Kind::Guideline.name(), row.date, row.number, &row.path));
    let places: BTreeMap<usize, usize> = rows.iter().enumerate().map(|(place, row)| (row.entry, place)).collect();
    let node = |row: &&Row| Node {
        id: row.id.clone(),
        number: row.label.clone().unwrap_or_default(),
        title: row.title.clone(),
        status: row.status.or(row.status_default).map_or("", State::name),
        kind: if row.kind == Kind::Guideline.name() { "guideline" } else { "decision" },
        url: href(row),
    };
    let edges = rows.iter().enumerate().flat_map(|(from, row)| {
        let related = site.entries[row.entry].related.iter().filter(|related| related.direction == Direction::Forward);
        let edge = |to: usize, verb: &'static str| Edge { from, to, verb };
        related.filter_map(|related| Some(edge(*places.get(&related.entry)?, related.verb.name()))).collect::<Vec<_>>()
    });
    Graph { edges: edges.collect(), nodes: rows.iter().map(node).collect(), ..Graph::default() }
}

/// Returns the graph of one record and of those to which it stands in a stronger relation than that they have to do with each
/// other; `href` gives the address of a record.
pub fn neighbours(site: &Site, at: usize, href: impl Fn(&Entry) -> String) -> Graph {
    let strong = site.entries[at].related.iter().filter(|related| related.verb != Verb::RelatesTo);
    let told: Vec<(usize, usize, &'static str)> = strong
        .map(|related| match related.direction {
            Direction::Forward => (at, related.entry, related.verb.name()),
            Direction::Reverse => (related.entry, at, related.verb.name()),
        })
        .collect();
    let mut shown: Vec<usize> = told.iter().flat_map(|(from, to, _)| [*from, *to]).collect();
    let age = |entry: &usize| {
        let entry = &site.entries[*entry];
        let number = entry.record().and_then(|(record, _)| record.number.as_ref().map(|number| number.value));
        (entry.parsed.kind == Kind::Guideline, entry.date(), number, entry.page().path.clone())
    };
    shown.sort_by_cached_key(age);
    shown.dedup();
    let node = |shown: &usize| {
        let entry = &site.entries[*shown];
        Node {
            id: entry.filed.as_ref().map_or(String::new(), |filed| filed.id.clone()),
            number: entry.label().unwrap_or_default(),
            title: entry.labelled_title().to_owned(),
            status: entry.state().map_or("", State::name),
            kind: if entry.parsed.kind == Kind::Guideline { "guideline" } else { "decision" },
            url: (*shown != at).then(|| href(entry)),
        }
    };
    let place = |entry: usize| shown.iter().position(|shown| *shown == entry).expect("both ends are shown");
    let edges = told.iter().map(|(from, to, verb)| Edge { from: place(*from), to: place(*to), verb });
    Graph { edges: edges.collect(), nodes: shown.iter().map(node).collect(), ..Graph::default() }
}
