//! The part of the navigation that a page carries itself: its ancestors, with what stands around them.

use serde::Serialize;

use super::templates::counted;
use super::view::Settings;
use crate::path::SitePath;
use crate::site::{NodeId, Site};
use crate::theme::Words;

/// An entry of the sidebar.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct Item {
    title: String,
    url: Option<String>,
    kind: &'static str,
    status: Option<&'static str>,
    current: bool,
    open: bool,
    children: Vec<Item>,
    hidden: usize,
}

/// How many siblings stand before and after the way to the page.
const AROUND: usize = 12;

/// Returns the sidebar of the page at `from`; `current` is its node, if it has one.
pub(super) fn items(site: &Site, settings: &Settings, from: &SitePath, current: Option<NodeId>) -> Vec<Item> {
    let mut way = current.map(|node| site.navigation.ancestors(node)).unwrap_or_default();
    way.extend(current);
    let level = Level { site, from, way: &way };
    let (mut items, hidden) = level.items(site.navigation.roots());
    if hidden > 0 {
        items.push(level.more(&settings.words, hidden));
    }
    items
}

struct Level<'a> {
    site: &'a Site,
    from: &'a SitePath,
    /// The nodes from the top down to the page.
    way: &'a [NodeId],
}

impl Level<'_> {
    /// Returns the entries of one level, and how many were left out.
    fn items(&self, nodes: &[NodeId]) -> (Vec<Item>, usize) {
        let here = nodes.iter().position(|node| self.way.contains(node)).unwrap_or(0);
        let mut start = here.saturating_sub(AROUND);
        let mut end = (here + AROUND + 1).min(nodes.len());
        // Near either end the other side has the room.
        end = (end + (AROUND.saturating_sub(here - start))).min(nodes.len());
        start = start.saturating_sub((here + AROUND + 1).saturating_sub(nodes.len()));
        let items = nodes[start..end].iter().map(|node| self.item(*node)).collect();
        (items, nodes.len() - (end - start))
    }

    fn item(&self, id: NodeId) -> Item {
        let node = self.site.navigation.node(id);
        let open = self.way.contains(&id) && !node.children.is_empty();
        let (children, hidden) = if open { self.items(&node.children) } else { (Vec::new(), node.children.len()) };
        let entry = node.entry.map(|entry| &self.site.entries[entry]);
        Item {
            title: node.title.clone(),
            url: node.url.as_ref().map(|url| url.href_from(self.from)),
            kind: entry.map_or("listing", |entry| entry.parsed.kind.name()),
            status: entry.and_then(|entry| entry.state()).map(|state| state.name()),
            current: self.way.last() == Some(&id),
            open,
            children,
            hidden,
        }
    }

    fn more(&self, words: &Words, hidden: usize) -> Item {
        let contents = SitePath::new("contents.html").expect("a plain name");
        Item {
            title: counted(words, "page.more", hidden),
            url: Some(contents.href_from(self.from)),
            kind: "listing",
            status: None,
            current: false,
            open: false,
            children: Vec::new(),
            hidden: 0,
        }
    }
}
