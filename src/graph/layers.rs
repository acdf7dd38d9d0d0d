//! Who stands in which column, and in which order: a [`Component`] comes in, [`Layers`] come out.
//!
//! The method of Sugiyama, Tagawa and Toda: longest paths give the columns, long edges get a bend in each column that
//! they pass, and sweeps by barycentre reduce the crossings. Edges of one look that start at one node share their
//! bends, so that they run as one line until they part.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{Component, Link};

/// Beyond this many bends the longest edges run straight: a hostile graph has a bend for each pair of its nodes.
const MOST_BENDS: usize = 30_000;
/// Sweeps at most, half of them in each direction.
const SWEEPS: usize = 24;
/// Sweeps without any gain after which no more is expected.
const PATIENCE: usize = 6;

/// Beyond this many pairs of neighbours an exchange is not considered.
const MOST_PAIRS: usize = 400;

/// Beyond this many nodes and bends the first order found must do.
const MOST_TRIED: usize = 2000;

/// Items in columns from left to right, each from top to bottom.
pub(super) struct Layers {
    /// The nodes of the component first, with their indices, then the bends.
    pub(super) items: Vec<Item>,
    pub(super) columns: Vec<Vec<usize>>,
    /// For each link of the component: the older node, the bends, the newer node.
    pub(super) routes: Vec<Vec<usize>>,
}

/// A node, or the bend of an edge that passes a column.
#[derive(Default)]
pub(super) struct Item {
    pub(super) column: usize,
    /// Neighbours in the column to the left.
    pub(super) left: Vec<usize>,
    /// Neighbours in the column to the right.
    pub(super) right: Vec<usize>,
}

/// Arranges the nodes of a component.
pub(super) fn layers(component: &Component) -> Layers {
    let ranks = ranks(component);
    let mut items: Vec<Item> = ranks.iter().map(|&column| Item { column, ..Item::default() }).collect();
    let routes = routes(&component.links, &ranks, &mut items);
    let columns = arrange(&items);
    Layers { items, columns, routes }
}

/// Returns the better of two orders: begun at the oldest node, and at a loose end, where a path has to begin.
fn arrange(items: &[Item]) -> Vec<Vec<usize>> {
    let (crossings, oldest) = fewer_crossings(items, first_order(items, 0));
    let end = (0..items.len()).min_by_key(|&at| items[at].left.len() + items[at].right.len());
    if crossings == 0 || items.len() > MOST_TRIED {
        return oldest;
    }
    let (others, loose) = fewer_crossings(items, first_order(items, end.unwrap_or(0)));
    if others < crossings { loose } else { oldest }
}

/// Returns the column of each node: right of all that is older, then as near as possible to where most edges lead.
fn ranks(component: &Component) -> Vec<usize> {
    let count = component.nodes.len();
    let (mut older, mut newer) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for link in &component.links {
        older[link.newer].push(link.older);
        newer[link.older].push(link.newer);
    }
    let mut ranks = vec![0; count];
    for node in 0..count {
        ranks[node] = older[node].iter().map(|&other| ranks[other] + 1).max().unwrap_or(0);
    }
    for node in (0..count).rev() {
        let limit = newer[node].iter().map(|&other| ranks[other] - 1).min();
        if newer[node].len() > older[node].len() {
            ranks[node] = limit.unwrap_or(ranks[node]);
        }
    }
    ranks
}

/// Returns the way of each link, shortest links first in getting their bends.
fn routes(links: &[Link], ranks: &[usize], items: &mut Vec<Item>) -> Vec<Vec<usize>> {
    let mut shortest: Vec<usize> = (0..links.len()).collect();
    shortest.sort_by_key(|&at| ranks[links[at].newer] - ranks[links[at].older]);
    let mut bends = BTreeMap::new();
    let mut routes = vec![Vec::new(); links.len()];
    for at in shortest {
        let link = &links[at];
        let mut route = vec![link.older];
        let between = ranks[link.older] + 1..ranks[link.newer];
        if bends.len() + between.len() <= MOST_BENDS {
            for column in between {
                route.push(*bends.entry((link.older, link.bundle, column)).or_insert_with(|| {
                    items.push(Item { column, ..Item::default() });
                    items.len() - 1
                }));
            }
        }
        route.push(link.newer);
        routes[at] = route;
    }
    join(&routes, items);
    routes
}

/// Makes neighbours of what follows each other on a route in adjacent columns.
fn join(routes: &[Vec<usize>], items: &mut [Item]) {
    let pairs: BTreeSet<(usize, usize)> =
        routes.iter().flat_map(|route| route.windows(2)).map(|pair| (pair[0], pair[1])).collect();
    for (left, right) in pairs {
        if items[left].column + 1 == items[right].column {
            items[left].right.push(right);
            items[right].left.push(left);
        }
    }
}

/// Fills the columns depth first, so that what hangs together stands together.
fn first_order(items: &[Item], start: usize) -> Vec<Vec<usize>> {
    let count = items.iter().map(|item| item.column + 1).max().unwrap_or(0);
    let mut columns = vec![Vec::new(); count];
    let mut seen = vec![false; items.len()];
    for start in std::iter::once(start).chain(0..items.len()) {
        let mut stack = vec![start];
        while let Some(at) = stack.pop() {
            if !std::mem::replace(&mut seen[at], true) {
                columns[items[at].column].push(at);
                stack.extend(items[at].left.iter().chain(&items[at].right).rev().filter(|&&next| !seen[next]));
            }
        }
    }
    columns
}

/// Sweeps to and fro, and returns the best order on the way with the number of its crossings.
fn fewer_crossings(items: &[Item], mut columns: Vec<Vec<usize>>) -> (usize, Vec<Vec<usize>>) {
    let mut places = vec![0; items.len()];
    columns.iter().for_each(|column| number(column, &mut places));
    let mut fewest = crossings(items, &columns, &places);
    let mut best = columns.clone();
    let mut waited = 0;
    for sweep in 0..SWEEPS {
        if fewest == 0 || waited == PATIENCE {
            break;
        }
        let last = columns.len() - 1;
        for step in 1..=last {
            let (at, side): (_, fn(&Item) -> &[usize]) =
                if sweep % 2 == 0 { (step, |item| &item.left) } else { (last - step, |item| &item.right) };
            columns[at].sort_by_cached_key(|&item| barycentre(item, side(&items[item]), &places));
            number(&columns[at], &mut places);
        }
        exchange(items, &mut columns, &mut places);
        waited += 1;
        let found = crossings(items, &columns, &places);
        if found < fewest {
            (fewest, best, waited) = (found, columns.clone(), 0);
        }
    }
    (fewest, best)
}

/// Exchanges neighbours of a column wherever that undoes crossings.
fn exchange(items: &[Item], columns: &mut [Vec<usize>], places: &mut [usize]) {
    for column in columns {
        for at in 1..column.len() {
            let (above, below) = (column[at - 1], column[at]);
            let tangle = |one: usize, other: usize| {
                let (one, other) = (&items[one], &items[other]);
                tangled(&one.left, &other.left, places) + tangled(&one.right, &other.right, places)
            };
            if tangle(above, below) > tangle(below, above) {
                column.swap(at - 1, at);
                places.swap(above, below);
            }
        }
    }
}

/// Counts the pairs of neighbours that stand the other way round than the two that they belong to.
fn tangled(above: &[usize], below: &[usize], places: &[usize]) -> usize {
    if above.len() * below.len() > MOST_PAIRS {
        return 0;
    }
    above.iter().map(|&one| below.iter().filter(|&&other| places[one] > places[other]).count()).sum()
}

fn number(column: &[usize], places: &mut [usize]) {
    column.iter().enumerate().for_each(|(place, &item)| places[item] = place);
}

/// Returns the mean place of the neighbours in thousandths, or the item's own where there are none.
fn barycentre(item: usize, neighbours: &[usize], places: &[usize]) -> usize {
    let sum: usize = neighbours.iter().map(|&neighbour| places[neighbour]).sum();
    (sum * 1000).checked_div(neighbours.len()).unwrap_or(places[item] * 1000)
}

/// Counts crossings between adjacent columns.
fn crossings(items: &[Item], columns: &[Vec<usize>], places: &[usize]) -> usize {
    columns.windows(2).map(|pair| inversions(items, pair, places)).sum()
}

/// Counts the pairs of edges between two columns whose ends stand in another order than their starts: a Fenwick tree
/// answers in O(log items) how many earlier edges end further down.
fn inversions(items: &[Item], pair: &[Vec<usize>], places: &[usize]) -> usize {
    let mut tree = vec![0_usize; pair[1].len() + 1];
    let (mut total, mut seen) = (0, 0);
    for &left in &pair[0] {
        let ends: Vec<usize> = items[left].right.iter().map(|&right| places[right] + 1).collect();
        for &end in &ends {
            let mut at = end;
            let mut not_below = 0;
            while at > 0 {
                not_below += tree[at];
                at &= at - 1;
            }
            total += seen - not_below;
        }
        for mut at in ends {
            seen += 1;
            while at < tree.len() {
                tree[at] += 1;
                at += at & at.wrapping_neg();
            }
        }
    }
    total
}
