//! The page of all pages: the whole navigation as a tree; in parts, by folder, where it is long.

use super::parts::{self, Groups, ROOM};
use super::{PageView, Settings, TreeView, View, frame, place, site_path};
use crate::path::SitePath;
use crate::render::neighbourhood::LABEL;
use crate::site::{NodeId, Site};

/// An entry of the tree, in the order of reading.
struct Line {
    depth: usize,
    label: Option<String>,
    title: String,
    url: Option<SitePath>,
}

/// Returns the views of the pages with the whole navigation.
pub fn contents(site: &Site, settings: &Settings) -> Vec<View> {
    let first = site_path("contents.html");
    let title = settings.words.text("page.all_pages");
    let lines = lines(site, settings);
    let parts = parts::cut(&by_folder(&lines, &settings.site.title), &first, None);
    let view = |(at, part): (usize, &parts::Part)| {
        let here = &part.path;
        let page = PageView { title: title.clone(), kind: "contents", ..place(settings, here) };
        let above = above(&lines, part.items.start);
        let shown: Vec<&Line> = above.into_iter().chain(&lines[part.items.clone()]).collect();
        let view = View {
            tree: trees(&mut shown.as_slice(), 0, &|url| site.addresses.href(here, url)),
            ..frame(site, settings, here, None, "contents.html", page)
        };
        parts::dress(settings, &parts, at, "parts.entries", view)
    };
    parts.iter().enumerate().map(view).collect()
}

fn lines(site: &Site, settings: &Settings) -> Vec<Line> {
    fn walk(site: &Site, nodes: &[NodeId], depth: usize, lines: &mut Vec<Line>) {
        for id in nodes {
            let node = site.navigation.node(*id);
            let (label, title) = site.name_of(node);
            lines.push(Line { depth, label, title: title.to_owned(), url: node.url.clone() });
            walk(site, &node.children, depth + 1, lines);
        }
    }
    let mut lines = Vec::new();
    walk(site, site.navigation.roots(), 0, &mut lines);
    // The pages that show all decisions: the log, with the others below it.
    for (at, (name, path)) in settings.decision_pages.iter().enumerate() {
        let (depth, name) = if at == 0 { (0, "log_title") } else { (1, *name) };
        let title = settings.words.text(&format!("decisions.{name}"));
        lines.push(Line { depth, label: None, title, url: Some(path.clone()) });
    }
    let is_unlisted = |at: &usize| site.navigation.of_entry(*at).is_none() && !site.entries[*at].is_missing_page();
    lines.extend((0..site.entries.len()).filter(is_unlisted).map(|at| {
        let entry = &site.entries[at];
        Line { depth: 0, label: entry.label(), title: entry.labelled_title().to_owned(), url: Some(entry.url.clone()) }
    }));
    lines
}

/// Returns the lines by the folders under which they are found: those at the top, and of a folder that is too long for a page
/// those in it.
fn by_folder(lines: &[Line], title: &str) -> Groups {
    let mut groups = Groups::of_names();
    // The folders above a line that are too long for a page, each with its depth and what it is called.
    let mut long: Vec<(usize, String)> = Vec::new();
    // The folder that has a group of its own, and its depth.
    let mut open: Option<(usize, String)> = None;
    let ends = ends(lines);
    for (at, line) in lines.iter().enumerate() {
        long.retain(|(depth, _)| *depth < line.depth);
        open = open.filter(|(depth, _)| *depth < line.depth);
        let above = long.last().map_or(title, |(_, title)| title);
        let has_children = ends[at] > at + 1;
        if open.is_none() && has_children {
            let name = if long.is_empty() { line.title.clone() } else { format!("{above} › {}", line.title) };
            if lines[at..ends[at]].iter().map(weight).sum::<usize>() > ROOM {
                long.push((line.depth, name));
            } else {
                open = Some((line.depth, name));
            }
        }
        let group = open.as_ref().or(long.last()).map_or(title, |(_, title)| title);
        groups.add(group, weight(line));
    }
    groups
}

/// Returns of each line where what is below it ends.
fn ends(lines: &[Line]) -> Vec<usize> {
    let mut ends = vec![lines.len(); lines.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        while let Some(last) = open.pop_if(|last| lines[*last].depth >= line.depth) {
            ends[last] = at;
        }
        open.push(at);
    }
    ends
}

/// About how many bytes of markup a line has.
fn weight(line: &Line) -> usize {
    let label = line.label.as_ref().map_or(0, |label| LABEL + label.len());
    28 + label + line.title.len() + line.url.as_ref().map_or(0, |url| url.as_str().len())
}

/// Returns the folders above a line, the outermost first, for a page that begins in the middle of them.
fn above(lines: &[Line], start: usize) -> Vec<&Line> {
    let mut depth = lines.get(start).map_or(0, |line| line.depth);
    let mut above = Vec::new();
    for line in lines[..start].iter().rev() {
        if line.depth < depth {
            depth = line.depth;
            above.push(line);
        }
    }
    above.reverse();
    above
}

/// Takes the trees of some depth from the beginning of the lines.
fn trees(lines: &mut &[&Line], depth: usize, href: &dyn Fn(&SitePath) -> String) -> Vec<TreeView> {
    let mut trees = Vec::new();
    while let Some((line, rest)) = lines.split_first().filter(|(line, _)| line.depth >= depth) {
        *lines = rest;
        let url = line.url.as_ref().map(href);
        let (label, title) = (line.label.clone(), line.title.clone());
        trees.push(TreeView { label, title, url, children: self::trees(lines, line.depth + 1, href) });
    }
    trees
}
