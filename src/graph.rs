//! The decision graph as a drawing: records and what they say of each other come in, SVG, DOT or Mermaid comes out.
//!
//! ```text
//!  Graph ──components──► layers (who stands in which column, in which order)
//!                          └─► place (where exactly) ──► pack (components on shelves) ──► Layout ──► svg
//!  Graph ──────────────────────────────────────────────────────────────────────────────────────────► dot, mermaid
//! ```
//!
//! Time flows from left to right: the order of the nodes decides which end of an edge stands left, so no cycle has to
//! be broken, whatever the records say. The same graph gives the same bytes.
//!
//! The layered layout is written here: `rust-sugiyama` gives no routes for long edges and keeps its coordinates in hash
//! maps, `layout-rs` is a renderer with looks of its own, and the method is a few hundred lines.

mod dot;
mod glyph;
mod layers;
mod layout;
mod legend;
mod mermaid;
mod pack;
mod place;
mod svg;
#[cfg(test)]
mod tests;
mod text;

use std::collections::{BTreeMap, BTreeSet};

pub use dot::dot;
pub use mermaid::mermaid;
pub use svg::{standalone_svg, svg};

/// Records, and what they say of each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Graph {
    /// The records, older first.
    pub nodes: Vec<Node>,
    /// What they say. Self references, repetitions and edges to nowhere are left out of every drawing.
    pub edges: Vec<Edge>,
    /// The words for verbs and statuses, where a reader has others.
    pub words: BTreeMap<&'static str, String>,
}

/// One record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Node {
    /// Its name in DOT, unique in the graph.
    pub id: String,
    /// Its number as people write it; may be empty.
    pub number: String,
    /// Its title.
    pub title: String,
    /// `proposed`, `accepted`, `rejected`, `deprecated`, `superseded`, `unknown`, or empty where there is none.
    pub status: &'static str,
    /// `decision` or `guideline`.
    pub kind: &'static str,
    /// Where it is read.
    pub url: Option<String>,
}

/// What one record says of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// The index of the record that says it.
    pub from: usize,
    /// The index of the record it speaks of.
    pub to: usize,
    /// `supersedes`, `amends`, `requires` …
    pub verb: &'static str,
}

impl Graph {
    /// Returns the word that a reader has for a verb or status.
    fn word<'a>(&'a self, name: &'a str) -> &'a str {
        self.words.get(name).map_or(name, String::as_str)
    }

    /// Returns the edges that a drawing shows, each once, in a fixed order.
    fn relations(&self) -> BTreeSet<Edge> {
        let exists = |edge: &Edge| edge.from.max(edge.to) < self.nodes.len();
        self.edges.iter().filter(|edge| edge.from != edge.to && exists(edge)).copied().collect()
    }
}

impl Node {
    /// Returns number and title, or the name where both are empty.
    fn label(&self) -> String {
        let label = format!("{} {}", self.number.trim(), self.title.trim());
        let label = text::one_line(&label);
        if label.is_empty() { text::one_line(&self.id) } else { label }
    }

    /// Returns one of the words that drawings have a shape for, or nothing.
    fn shape(&self) -> &'static str {
        match self.status {
            "" => "",
            known if glyph::STATUSES.contains(&known) => known,
            _ => "unknown",
        }
    }
}
