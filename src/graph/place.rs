//! Where exactly: the [`Layers`] of a component come in, boxes and curves with coordinates come out.
//!
//! Each column wants to stand level with its neighbours and must keep its order and distances. The nearest positions
//! (least squares) are an isotonic regression, found in linear time by pooling adjacent violators.

use std::collections::BTreeMap;

use super::layers::{Item, Layers};
use super::layout::{Component, Curve, HEIGHT, Layout, Link, Point, Spot, WIDTH};

/// The gap between two boxes of a column.
const BETWEEN_BOXES: f64 = 18.0;
/// The gap between a box and a line that passes it.
const BESIDE_BOX: f64 = 13.0;
/// The gap between two lines.
const BETWEEN_LINES: f64 = 10.0;
/// The gap between two columns; steep curves get more.
const BETWEEN_COLUMNS: std::ops::RangeInclusive<f64> = 60.0..=150.0;
/// Rounds of adjustment; each goes to the right and back.
const ROUNDS: usize = 12;

/// Gives coordinates to a component whose upper left corner is the origin.
pub(super) fn place(component: &Component, layers: &Layers) -> Layout {
    let nodes = component.nodes.len();
    let heights = levels(layers, nodes);
    let lefts = lefts(layers, &heights);
    let ports = ports(component, layers, &heights);
    let spot = |(at, &node): (usize, &usize)| {
        let corner = Point { x: lefts[layers.items[at].column], y: heights[at] - HEIGHT / 2.0 };
        Spot { node, corner }
    };
    let curve = |(link, route): (&Link, &Vec<usize>)| {
        let x = |item: usize| lefts[layers.items[item].column];
        let start = Point { x: x(link.older) + WIDTH, y: ports[&(link.older, Side::Right, link.bundle)] };
        let end = Point { x: x(link.newer), y: ports[&(link.newer, Side::Left, link.bundle)] };
        let bends = route[1..route.len() - 1].iter().flat_map(|&bend| {
            let y = heights[bend];
            [Point { x: x(bend), y }, Point { x: x(bend) + WIDTH, y }]
        });
        Curve { edge: link.edge, points: std::iter::once(start).chain(bends).chain([end]).collect() }
    };
    let boxes = component.nodes.iter().enumerate().map(spot).collect();
    let curves = component.links.iter().zip(&layers.routes).map(curve).collect();
    let bottom = (0..layers.items.len()).map(|at| heights[at] + reach(at, nodes)).fold(0.0, f64::max);
    Layout { width: lefts.last().map_or(0.0, |left| left + WIDTH), height: bottom, boxes, curves }
}

/// Returns half of what an item needs of its column's height.
fn reach(item: usize, nodes: usize) -> f64 {
    if item < nodes { HEIGHT / 2.0 } else { 0.0 }
}

/// Returns the height of each item's middle, in whole pixels.
fn levels(layers: &Layers, nodes: usize) -> Vec<f64> {
    let mut levels = vec![0.0; layers.items.len()];
    for round in 0..ROUNDS {
        // One side at a time carries a level through all columns; both together then find the middle.
        let (to, fro) = if round < ROUNDS / 2 { (Look::Left, Look::Right) } else { (Look::Around, Look::Around) };
        layers.columns.iter().for_each(|column| settle(column, layers, nodes, to, &mut levels));
        layers.columns.iter().rev().for_each(|column| settle(column, layers, nodes, fro, &mut levels));
    }
    let top = (0..levels.len()).map(|at| levels[at] - reach(at, nodes)).fold(f64::INFINITY, f64::min);
    levels.iter().map(|level| (level - top).round()).collect()
}

/// Which neighbours count.
#[derive(Clone, Copy)]
enum Look {
    Left,
    Right,
    Around,
}

impl Look {
    fn at(self, item: &Item) -> impl Iterator<Item = &usize> {
        let (left, right): (&[usize], &[usize]) = match self {
            Self::Left => (&item.left, &[]),
            Self::Right => (&[], &item.right),
            Self::Around => (&item.left, &item.right),
        };
        left.iter().chain(right)
    }
}

/// Moves one column as near as it can get to its neighbours.
fn settle(column: &[usize], layers: &Layers, nodes: usize, look: Look, levels: &mut [f64]) {
    let mut offset = 0.0;
    let mut offsets = Vec::with_capacity(column.len());
    let mut wishes = Vec::with_capacity(column.len());
    for (at, &item) in column.iter().enumerate() {
        if at > 0 {
            offset += distance(column[at - 1], item, nodes);
        }
        offsets.push(offset);
        let wish = wish(item, look.at(&layers.items[item]), nodes, levels);
        wishes.push(Wish { level: wish.level - offset, ..wish });
    }
    for ((&item, level), offset) in column.iter().zip(nearest_rising(&wishes)).zip(offsets) {
        levels[item] = level + offset;
    }
}

fn distance(above: usize, below: usize, nodes: usize) -> f64 {
    let gap = match (above < nodes, below < nodes) {
        (true, true) => BETWEEN_BOXES,
        (false, false) => BETWEEN_LINES,
        _ => BESIDE_BOX,
    };
    reach(above, nodes) + gap + reach(below, nodes)
}

/// Where something would like to be, and how much it cares.
#[derive(Clone, Copy)]
struct Wish {
    level: f64,
    weight: f64,
}

/// Returns the mean of the neighbours. Lines insist on running straight, most of all between two bends.
fn wish<'a>(item: usize, neighbours: impl Iterator<Item = &'a usize>, nodes: usize, levels: &[f64]) -> Wish {
    let weigh = |neighbour: usize| match (item < nodes, neighbour < nodes) {
        (true, true) => 1.0,
        (false, false) => 8.0,
        _ => 2.0,
    };
    let (mut sum, mut weight) = (0.0, 0.0);
    for &neighbour in neighbours {
        sum += weigh(neighbour) * levels[neighbour];
        weight += weigh(neighbour);
    }
    if weight > 0.0 { Wish { level: sum / weight, weight } } else { Wish { level: levels[item], weight: 0.05 } }
}

/// Returns the rising sequence that is nearest to the wishes.
fn nearest_rising(wishes: &[Wish]) -> Vec<f64> {
    let mut blocks: Vec<(Wish, usize)> = Vec::new();
    for &wish in wishes {
        let mut block = (wish, 1);
        while let Some(&(above, size)) = blocks.last() {
            if above.level <= block.0.level {
                break;
            }
            let weight = above.weight + block.0.weight;
            let level = (above.level * above.weight + block.0.level * block.0.weight) / weight;
            block = (Wish { level, weight }, size + block.1);
            blocks.pop();
        }
        blocks.push(block);
    }
    blocks.into_iter().flat_map(|(wish, size)| std::iter::repeat_n(wish.level, size)).collect()
}

/// Returns the left end of each column. The higher a gap's steepest curve climbs, the wider the gap.
fn lefts(layers: &Layers, levels: &[f64]) -> Vec<f64> {
    let mut climbs = vec![0.0_f64; layers.columns.len()];
    for (item, level) in layers.items.iter().zip(levels) {
        let steepest = item.left.iter().map(|&left| (levels[left] - level).abs()).fold(0.0, f64::max);
        climbs[item.column] = climbs[item.column].max(steepest);
    }
    let (least, most) = (*BETWEEN_COLUMNS.start(), *BETWEEN_COLUMNS.end());
    let mut left = 0.0;
    let place = |(column, climb): (usize, f64)| {
        if column > 0 {
            left += WIDTH + (least + climb / 8.0).min(most).round();
        }
        left
    };
    climbs.into_iter().enumerate().map(place).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Left,
    Right,
}

/// Where the edges of one look touch one side of a node: node, side, bundle.
type Port = (usize, Side, usize);

/// Spreads the ports of each side about its middle, in the order of what lies beyond, so that they do not cross.
fn ports(component: &Component, layers: &Layers, levels: &[f64]) -> BTreeMap<Port, f64> {
    let mut beyond: BTreeMap<Port, Vec<f64>> = BTreeMap::new();
    for (link, route) in component.links.iter().zip(&layers.routes) {
        beyond.entry((link.older, Side::Right, link.bundle)).or_default().push(levels[route[1]]);
        beyond.entry((link.newer, Side::Left, link.bundle)).or_default().push(levels[route[route.len() - 2]]);
    }
    let mut sides: BTreeMap<(usize, Side), Vec<(f64, usize)>> = BTreeMap::new();
    for ((node, side, bundle), levels) in beyond {
        let mean = levels.iter().fold((0.0, 0.0), |(sum, count), level| (sum + level, count + 1.0));
        sides.entry((node, side)).or_default().push((mean.0 / mean.1, bundle));
    }
    let mut ports = BTreeMap::new();
    for ((node, side), mut bundles) in sides {
        bundles.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let steps = bundles.iter().skip(1).fold(0.0, |count, _| count + 1.0);
        let step = if steps > 0.0 { BETWEEN_LINES.min((HEIGHT - 16.0) / steps) } else { 0.0 };
        let mut level = levels[node] - step * steps / 2.0;
        for (_, bundle) in bundles {
            ports.insert((node, side, bundle), level);
            level += step;
        }
    }
    ports
}
