//! From a graph to coordinates: a [`Graph`] comes in, a [`Layout`] of boxes and curves comes out.

use std::collections::{BTreeMap, BTreeSet};

use super::{Edge, Graph, layers, pack, place};

/// The width of a node's box.
pub(super) const WIDTH: f64 = 204.0;
/// The height of a node's box.
pub(super) const HEIGHT: f64 = 46.0;

/// Where everything stands, in pixels from the upper left corner.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) width: f64,
    pub(super) height: f64,
    /// In the order of the nodes.
    pub(super) boxes: Vec<Spot>,
    /// In the order of the edges.
    pub(super) curves: Vec<Curve>,
}

/// The box of one node.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) node: usize,
    pub(super) corner: Point,
}

/// One edge on its way from the older box to the newer one.
///
/// The points come in pairs: where it leaves a column, and where it enters the next. Inside a column it runs level.
#[derive(Debug)]
pub(super) struct Curve {
    pub(super) edge: Edge,
    pub(super) points: Vec<Point>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// Nodes that hang together, and their edges.
pub(super) struct Component {
    /// Indices into the graph, older first.
    pub(super) nodes: Vec<usize>,
    pub(super) links: Vec<Link>,
}

/// An edge as the layers see it: indices into the component, and time instead of direction.
pub(super) struct Link {
    pub(super) edge: Edge,
    pub(super) older: usize,
    pub(super) newer: usize,
    /// The same for edges that look the same, which may run together.
    pub(super) bundle: usize,
}

/// Draws what is connected; nodes without an edge have no box.
pub(super) fn layout(graph: &Graph) -> Layout {
    let placed = components(graph).into_iter().map(|component| place::place(&component, &layers::layers(&component)));
    let mut layout = pack::pack(placed.collect());
    layout.boxes.sort_by_key(|spot| spot.node);
    layout.curves.sort_by_key(|curve| curve.edge);
    layout
}

/// Returns the connected parts, biggest first, then by their oldest node.
fn components(graph: &Graph) -> Vec<Component> {
    let relations = graph.relations();
    let mut roots: Vec<usize> = (0..graph.nodes.len()).collect();
    for edge in &relations {
        let (from, to) = (root(&mut roots, edge.from), root(&mut roots, edge.to));
        roots[from.max(to)] = from.min(to);
    }
    let mut parts: BTreeMap<usize, Component> = BTreeMap::new();
    let mut local = vec![0; graph.nodes.len()];
    let connected: BTreeSet<usize> = relations.iter().flat_map(|edge| [edge.from, edge.to]).collect();
    for node in connected {
        let part = root(&mut roots, node);
        let part = parts.entry(part).or_insert_with(|| Component { nodes: Vec::new(), links: Vec::new() });
        local[node] = part.nodes.len();
        part.nodes.push(node);
    }
    let mut bundles = BTreeMap::new();
    for edge in relations {
        let (older, newer) = (edge.from.min(edge.to), edge.from.max(edge.to));
        let next = bundles.len();
        let bundle = *bundles.entry((edge.verb, edge.from < edge.to)).or_insert(next);
        if let Some(part) = parts.get_mut(&root(&mut roots, older)) {
            part.links.push(Link { edge, older: local[older], newer: local[newer], bundle });
        }
    }
    let mut parts: Vec<Component> = parts.into_values().collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.nodes.len())); // stable: equal ones stay in order of age
    parts
}

/// Returns the oldest known node of the same part, and shortens the way to it.
fn root(roots: &mut [usize], mut node: usize) -> usize {
    while roots[node] != node {
        roots[node] = roots[roots[node]];
        node = roots[node];
    }
    node
}
