//! The records and what they say of each other, as a graph to be drawn.

use std::collections::BTreeMap;

use super::Row;
use crate::decision::{Direction, State};
use crate::graph::{Edge, Graph, Node};
use crate::site::{Kind, Site};

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
        number: row.number.map_or(String::new(), |number| number.to_string()),
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
