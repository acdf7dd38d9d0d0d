//! The part of the navigation that a page carries itself: its ancestors, with what stands around them.

use std::ops::Range;

use serde::Serialize;

use super::templates::counted;
use super::view::Settings;
use crate::decision::State;
use crate::path::SitePath;
use crate::site::{NodeId, Site};
use crate::theme::Words;

/// An entry of the sidebar.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct Item {
    label: Option<String>,
    title: String,
    url: Option<String>,
    kind: &'static str,
    status: Option<&'static str>,
    current: bool,
    open: bool,
    children: Vec<Item>,
    /// How many entries are below it, where none of them is shown.
    hidden: usize,
    /// Whether it stands for entries that are left out.
    more: bool,
}

/// How many bytes of markup stand around a label.
pub(super) const LABEL: usize = 30;

/// How many siblings stand before and after the way to the page, where there is room for them.
const AROUND: usize = 12;

/// How many there are at least.
const LEAST: usize = 2;

/// About how many bytes of markup the sidebar of a page may have.
const ROOM: usize = 14_000;

/// Returns the sidebar of the page at `from`; `current` is its node, if it has one.
pub(super) fn items(site: &Site, settings: &Settings, from: &SitePath, current: Option<NodeId>) -> Vec<Item> {
    let mut way = current.map(|node| site.navigation.ancestors(node)).unwrap_or_default();
    way.extend(current);
    let children = way.iter().map(|node| site.navigation.node(*node).children.as_slice());
    let place = |nodes: &[NodeId]| nodes.iter().position(|node| way.contains(node)).unwrap_or(0);
    let levels = std::iter::once(site.navigation.roots()).chain(children).map(|nodes| (nodes, place(nodes))).collect();
    let mut level =
        Level { site, words: &settings.words, from, way: &way, levels, around: AROUND, around_outer: AROUND };
    level.make_room();
    level.items(0)
}

struct Level<'a> {
    site: &'a Site,
    words: &'a Words,
    from: &'a SitePath,
    /// The nodes from the top down to the page.
    way: &'a [NodeId],
    /// What stands beside each of them, and below the last; with its place there.
    levels: Vec<(&'a [NodeId], usize)>,
    /// How many stand around the page itself, and among its children.
    around: usize,
    /// How many stand around the folders above it.
    around_outer: usize,
}

impl Level<'_> {
    /// Leaves out more where pages lie deep among many: first around the folders above, then around the page.
    fn make_room(&mut self) {
        while self.weight() > ROOM && self.around > LEAST {
            if self.around_outer > LEAST {
                self.around_outer -= 1;
            } else {
                self.around -= 1;
            }
        }
    }

    /// About how many bytes the markup of all levels has.
    fn weight(&self) -> usize {
        let shown = (0..self.levels.len()).flat_map(|depth| &self.levels[depth].0[self.shown(depth)]);
        shown.map(|node| self.weight_of(*node)).sum()
    }

    fn weight_of(&self, id: NodeId) -> usize {
        let node = self.site.navigation.node(id);
        // What is not ASCII is three times as long in an address.
        let address =
            |url: &SitePath| url.as_str().bytes().map(|byte| if byte.is_ascii() { 1 } else { 3 }).sum::<usize>();
        let state = node.entry.and_then(|entry| self.site.entries[entry].state());
        let label = self.site.name_of(node).0.map_or(0, |label| LABEL + label.len());
        let name = 50 + label + node.title.len() + node.url.as_ref().map_or(0, address) + 3 * self.way.len();
        let toggle = if node.children.is_empty() { 0 } else { 120 + node.title.len() };
        name + toggle + if state.is_some_and(|state| state != State::Accepted) { 120 } else { 0 }
    }

    /// Returns which entries of one level are shown.
    fn shown(&self, depth: usize) -> Range<usize> {
        let (nodes, here) = self.levels[depth];
        let around = if depth + 1 < self.way.len() { self.around_outer } else { self.around };
        let mut start = here.saturating_sub(around);
        let mut end = (here + around + 1).min(nodes.len());
        // Near either end the other side has the room.
        end = (end + (around.saturating_sub(here - start))).min(nodes.len());
        start = start.saturating_sub((here + around + 1).saturating_sub(nodes.len()));
        start..end
    }

    /// Returns the entries of one level; where some are left out, one stands for them.
    fn items(&self, depth: usize) -> Vec<Item> {
        let (nodes, _) = self.levels[depth];
        let shown = self.shown(depth);
        let before = self.more(shown.start);
        let after = self.more(nodes.len() - shown.end);
        let items = nodes[shown].iter().map(|node| self.item(*node, depth));
        before.into_iter().chain(items).chain(after).collect()
    }

    fn item(&self, id: NodeId, depth: usize) -> Item {
        let node = self.site.navigation.node(id);
        let open = self.way.contains(&id) && !node.children.is_empty();
        let children = if open { self.items(depth + 1) } else { Vec::new() };
        let hidden = if open { 0 } else { node.children.len() };
        let entry = node.entry.map(|entry| &self.site.entries[entry]);
        let (label, title) = self.site.name_of(node);
        Item {
            label,
            title: title.to_owned(),
            url: node.url.as_ref().map(|url| self.site.addresses.href(self.from, url)),
            kind: entry.map_or("listing", |entry| entry.parsed.kind.name()),
            status: entry.and_then(|entry| entry.state()).map(|state| state.name()),
            current: self.way.last() == Some(&id),
            open,
            children,
            hidden,
            more: false,
        }
    }

    fn more(&self, left_out: usize) -> Option<Item> {
        let contents = SitePath::new("contents.html").expect("a plain name");
        (left_out > 0).then(|| Item {
            label: None,
            title: counted(self.words, "page.more", left_out),
            url: Some(self.site.addresses.href(self.from, &contents)),
            kind: "listing",
            status: None,
            current: false,
            open: false,
            children: Vec::new(),
            hidden: 0,
            more: true,
        })
    }
}

/// Makes the links of entries absolute, below the path of the site's address.
pub(super) fn make_absolute(items: &mut [Item], absolute: &dyn Fn(&mut String)) {
    for item in items {
        item.url.iter_mut().for_each(absolute);
        make_absolute(&mut item.children, absolute);
    }
}
