//! The tree that readers walk: from `SUMMARY.md`, or from the folders.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Parsed, urls};
use crate::page::{Chapter, Entry, Summary, order_of_name, title_of_name};
use crate::path::{BookPath, SitePath};

/// The number of a node.
pub type NodeId = usize;

/// A place in the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Node {
    /// Its name.
    pub title: String,
    /// Its address; nothing for a group without a page, a part, a draft.
    pub url: Option<SitePath>,
    /// The page, by number; nothing for a generated listing and for groups.
    pub entry: Option<usize>,
    /// The node above.
    pub parent: Option<NodeId>,
    /// The nodes below, in order.
    pub children: Vec<NodeId>,
}

/// The tree, its nodes in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Navigation {
    nodes: Vec<Node>,
    roots: Vec<NodeId>,
    of_entry: BTreeMap<usize, NodeId>,
    listings: BTreeMap<SitePath, NodeId>,
}

impl Navigation {
    /// Returns a node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id]
    }

    /// Returns the nodes at the top.
    pub fn roots(&self) -> &[NodeId] {
        &self.roots
    }

    /// Returns the node of a page, nothing for a page that is not in the navigation.
    pub fn of_entry(&self, entry: usize) -> Option<NodeId> {
        self.of_entry.get(&entry).copied()
    }

    /// Returns the nodes that readers can go to, in order.
    pub fn reading_order(&self) -> impl DoubleEndedIterator<Item = NodeId> {
        self.nodes.iter().enumerate().filter(|(_, node)| node.url.is_some()).map(|(id, _)| id)
    }

    /// Returns the generated listing at an address.
    pub fn listing_at(&self, url: &SitePath) -> Option<NodeId> {
        self.listings.get(url).copied()
    }

    /// Returns the generated listings.
    pub fn listings(&self) -> impl Iterator<Item = NodeId> {
        self.listings.values().copied()
    }

    /// Returns the nodes from the top down to this one, without it.
    pub fn ancestors(&self, id: NodeId) -> Vec<NodeId> {
        let mut ancestors: Vec<NodeId> =
            std::iter::successors(self.nodes[id].parent, |id| self.nodes[*id].parent).collect();
        ancestors.reverse();
        ancestors
    }

    /// Returns the node and its siblings.
    pub fn siblings(&self, id: NodeId) -> &[NodeId] {
        self.nodes[id].parent.map_or(&self.roots, |parent| &self.nodes[parent].children)
    }

    /// Returns the nodes that readers can go to before and after this one.
    pub fn neighbours(&self, id: NodeId) -> (Option<NodeId>, Option<NodeId>) {
        let reachable = |id: &NodeId| self.nodes[*id].url.is_some();
        ((0..id).rev().find(reachable), (id + 1..self.nodes.len()).find(reachable))
    }

    fn add(&mut self, node: Node) -> NodeId {
        let id = self.nodes.len();
        match node.parent {
            Some(parent) => self.nodes[parent].children.push(id),
            None => self.roots.push(id),
        }
        if let Some(entry) = node.entry {
            self.of_entry.entry(entry).or_insert(id);
        }
        self.nodes.push(node);
        id
    }
}

/// Makes the tree of an mdBook. A part holds what follows it.
pub(super) fn from_summary(summary: &Summary, pages: &[Parsed], urls: &[SitePath]) -> Navigation {
    let by_path: BTreeMap<&BookPath, usize> =
        pages.iter().enumerate().map(|(at, parsed)| (&parsed.outline.path, at)).collect();
    let mut tree = Navigation::default();
    let mut part = None;
    for entry in &summary.entries {
        match entry {
            Entry::Separator => part = None,
            Entry::Part(title) => {
                part = Some(tree.add(Node {
                    title: title.clone(),
                    url: None,
                    entry: None,
                    parent: None,
                    children: Vec::new(),
                }));
            }
            Entry::Chapter(chapter) => add_chapter(&mut tree, chapter, part, &by_path, urls),
        }
    }
    tree
}

fn add_chapter(
    tree: &mut Navigation,
    chapter: &Chapter,
    parent: Option<NodeId>,
    by_path: &BTreeMap<&BookPath, usize>,
    urls: &[SitePath],
) {
    let entry = chapter.path.as_ref().and_then(|path| by_path.get(path).copied());
    let url = entry.map(|entry| urls[entry].clone());
    let id = tree.add(Node { title: chapter.title.clone(), url, entry, parent, children: Vec::new() });
    for child in &chapter.children {
        add_chapter(tree, child, Some(id), by_path, urls);
    }
}

/// Makes the tree of the folders: each has the page that is its index, or a generated listing.
pub(super) fn from_folders(pages: &[Parsed], urls: &[SitePath], src: &BookPath, start_title: &str) -> Navigation {
    let mut folders: BTreeMap<BookPath, Folder> = BTreeMap::new();
    folders.insert(src.clone(), Folder::default());
    for (at, parsed) in pages.iter().enumerate().filter(|(at, _)| !urls::is_missing_page(&urls[*at])) {
        let mut folder = parsed.outline.path.parent();
        let is_index = urls::is_index(&parsed.outline.path) && urls[at].name() == "index.html";
        let own = folders.entry(folder.clone()).or_default();
        if is_index {
            own.index = Some(at);
        } else {
            own.pages.push(at);
        }
        while folder != *src && folder != BookPath::root() {
            let parent = folder.parent();
            folders.entry(parent.clone()).or_default().folders.insert(folder, ());
            folder = parent;
        }
    }
    let mut tree = Navigation::default();
    let building = Building { pages, urls, src, start_title, folders: &folders };
    building.add_folder(&mut tree, src, None);
    tree
}

#[derive(Default)]
struct Folder {
    index: Option<usize>,
    pages: Vec<usize>,
    folders: BTreeMap<BookPath, ()>,
}

struct Building<'a> {
    pages: &'a [Parsed],
    urls: &'a [SitePath],
    src: &'a BookPath,
    start_title: &'a str,
    folders: &'a BTreeMap<BookPath, Folder>,
}

/// A page or a folder among its siblings.
enum Child<'a> {
    Page(usize),
    Folder(&'a BookPath),
}

impl Building<'_> {
    fn add_folder(&self, tree: &mut Navigation, path: &BookPath, parent: Option<NodeId>) {
        let folder = &self.folders[path];
        let id = match folder.index {
            Some(index) => tree.add(Node {
                title: self.pages[index].title.clone(),
                url: Some(self.urls[index].clone()),
                entry: Some(index),
                parent,
                children: Vec::new(),
            }),
            None => {
                let url = urls::listing(path, self.src);
                let free = !self.urls.contains(&url);
                let title = if path == self.src { self.start_title.to_owned() } else { title_of_name(path) };
                let id =
                    tree.add(Node { title, url: free.then(|| url.clone()), entry: None, parent, children: Vec::new() });
                if free {
                    tree.listings.insert(url, id);
                }
                id
            }
        };
        // The first page of the root is the first of its siblings, not their parent.
        let parent = if path == self.src { None } else { Some(id) };
        let mut children: Vec<Child<'_>> = folder.pages.iter().map(|at| Child::Page(*at)).collect();
        children.extend(folder.folders.keys().map(Child::Folder));
        children.sort_by(|a, b| self.compare(a, b));
        for child in children {
            match child {
                Child::Folder(path) => self.add_folder(tree, path, parent),
                Child::Page(at) => {
                    let (title, url) = (self.pages[at].title.clone(), Some(self.urls[at].clone()));
                    tree.add(Node { title, url, entry: Some(at), parent, children: Vec::new() });
                }
            }
        }
    }

    fn compare(&self, a: &Child<'_>, b: &Child<'_>) -> Ordering {
        let (a, b) = (self.place(a), self.place(b));
        a.0.cmp(&b.0).then_with(|| a.1.cmp(&b.1)).then_with(|| natural(a.2, b.2))
    }

    /// Returns what orders a child: its weight, its prefix, its name. Those without come after those with.
    fn place<'n>(&'n self, child: &Child<'n>) -> (i64, u32, &'n str) {
        let (page, name) = match child {
            Child::Page(at) => (Some(*at), self.pages[*at].outline.path.stem()),
            Child::Folder(path) => (self.folders[*path].index, path.name()),
        };
        let weight = page.and_then(|at| self.pages[at].outline.front_matter.weight);
        (weight.unwrap_or(i64::MAX), order_of_name(name).map_or(u32::MAX, |(order, _)| order), name)
    }
}

/// Compares as people do: `eip-2` before `eip-10`, whatever the case.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (Some(x), Some(y)) = (left.chars().next(), right.chars().next()) else {
            return left.len().cmp(&right.len()).then_with(|| a.cmp(b));
        };
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            let (x, rest_left) = number(left);
            let (y, rest_right) = number(right);
            (left, right) = (rest_left, rest_right);
            x.len().cmp(&y.len()).then_with(|| x.cmp(y))
        } else {
            (left, right) = (&left[x.len_utf8()..], &right[y.len_utf8()..]);
            x.to_lowercase().cmp(y.to_lowercase())
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// Splits off a number without its leading zeros.
fn number(text: &str) -> (&str, &str) {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].trim_start_matches('0'), &text[end..])
}
