//! The pages that no file of the book is: listings, the missing page, redirects; and what links to a page.

use super::assets::AssetsView;
use super::parts::{self, Groups};
use super::{ChildView, LinkView, PageView, Settings, View, date, frame, link, place, site_path};
use crate::path::SitePath;
use crate::render::neighbourhood;
use crate::site::{Entry, NodeId, Site};

/// Returns the views of a folder without a page of its own: one, or several where very much is in it.
pub fn listing(site: &Site, settings: &Settings, node: NodeId) -> Vec<View> {
    let this = site.navigation.node(node);
    let first = this.url.as_ref().expect("a listing has an address");
    let at_root = this.parent.is_none() && this.children.is_empty();
    let below = if at_root { site.navigation.roots() } else { &this.children };
    let below: Vec<NodeId> = below.iter().copied().filter(|child| *child != node).collect();
    let title = if at_root { &settings.site.title } else { &this.title };
    let mut groups = Groups::of_names();
    for child in &below {
        let child = site.navigation.node(*child);
        groups.add(title, child.entry.map_or(100 + 3 * child.title.len(), |at| weight(site, at)));
    }
    let parts = parts::cut(&groups, first, None);
    let view = |(at, part): (usize, &parts::Part)| {
        let here = &part.path;
        let home = super::home::home(site, settings, here);
        let reading_paths = super::reading_paths::on_first_page(site, settings, here);
        let toc = super::home::in_contents(settings, &reading_paths, home.as_ref(), Vec::new());
        let view = PageView { title: title.clone(), kind: "listing", toc, ..place(settings, here) };
        let view = View {
            children: below[part.items.clone()].iter().map(|child| node_child(site, here, *child)).collect(),
            home,
            reading_paths,
            ..frame(site, settings, here, Some(node), "listing.html", view)
        };
        parts::dress(settings, &parts, at, "parts.entries", view)
    };
    parts.iter().enumerate().map(view).collect()
}

/// Returns an entry of the navigation in a list.
fn node_child(site: &Site, here: &SitePath, child: NodeId) -> ChildView {
    let child = site.navigation.node(child);
    let ((label, title), url) = (site.name_of(child), child.url.as_ref().map(|url| site.addresses.href(here, url)));
    let title = title.to_owned();
    match child.entry {
        Some(at) => ChildView { label, title, url, ..self::child(site, here, at) },
        None => ChildView { label, title, url, description: String::new(), kind: "listing", status: None, date: None },
    }
}

/// About how many bytes of markup a page in a list has.
pub(super) fn weight(site: &Site, at: usize) -> usize {
    let entry = &site.entries[at];
    220 + entry.title().len() + entry.url.as_str().len() + entry.page().description.len()
}

/// Returns a page in a list.
pub(super) fn child(site: &Site, here: &SitePath, at: usize) -> ChildView {
    let entry = &site.entries[at];
    ChildView {
        label: entry.label(),
        title: entry.labelled_title().to_owned(),
        url: Some(site.addresses.href(here, &entry.url)),
        description: entry.page().description.clone(),
        kind: entry.parsed.kind.name(),
        status: entry.state().map(|state| state.name()),
        date: date(entry),
    }
}

/// Returns the view of the page that a host shows where there is none.
pub fn missing(site: &Site, settings: &Settings) -> View {
    let here = site_path("404.html");
    let view = PageView { title: settings.words.text("missing.title"), kind: "missing", ..place(settings, &here) };
    at_any_depth(frame(site, settings, &here, None, "404.html", view), settings)
}

/// Makes the links around a page absolute, below the path of the site's address where that is known.
///
/// A host serves the page that says that there is none at any depth, so relative links cannot work.
pub(super) fn at_any_depth(mut view: View, settings: &Settings) -> View {
    let base = base_path(settings.url.as_deref());
    view.root = base.clone();
    let absolute = |href: &mut String| *href = format!("{base}{}", href.trim_start_matches("./"));
    let AssetsView { styles, head_scripts, scripts, navigation, changes, reading_paths, icon, logo, font, search: _ } =
        &mut view.assets;
    let tabs = view.decision_pages.iter_mut().map(|tab| &mut tab.url);
    styles
        .iter_mut()
        .chain(head_scripts)
        .chain(scripts)
        .chain([navigation, changes, icon])
        .chain([logo, font, reading_paths].into_iter().filter(|address| !address.is_empty()))
        .chain(tabs)
        .chain(&mut view.tags_page)
        .chain(&mut view.changes_page)
        .chain(view.feeds.iter_mut().map(|feed| &mut feed.url))
        .chain([&mut view.start_page, &mut view.contents_page, &mut view.search_page])
        .chain(&mut view.reading_paths_page)
        .for_each(&absolute);
    neighbourhood::make_absolute(&mut view.navigation, &absolute);
    view
}

/// Returns the reference from one file of the site to another.
pub(in crate::render) fn reference(settings: &Settings, from: &SitePath, to: &SitePath) -> String {
    match from.as_str() {
        "404.html" => base_path(settings.url.as_deref()) + &settings.addresses.from_root(to),
        _ => settings.addresses.href(from, to),
    }
}

/// Returns the view of the page of search results; nothing where there is no search.
pub fn search(site: &Site, settings: &Settings) -> Option<View> {
    settings.assets.engine.as_ref()?;
    let here = site_path("search.html");
    let view = PageView { title: settings.words.text("page.search"), kind: "search", ..place(settings, &here) };
    Some(frame(site, settings, &here, None, "search.html", view))
}

/// Returns the view of an address that leads elsewhere: to a page of the site, or to any address.
pub fn redirect(site: &Site, settings: &Settings, from: &SitePath, to: &str, title: &str) -> View {
    let view = PageView { title: title.to_owned(), kind: "redirect", ..place(settings, from) };
    let mut view = frame(site, settings, from, None, "redirect.html", view);
    view.navigation = Vec::new();
    View { target: to.to_owned(), ..view }
}

/// The path of an address: `/handbook/` of `https://example.org/handbook/`.
fn base_path(url: Option<&str>) -> String {
    let after_scheme = url.and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
    let path = after_scheme.and_then(|rest| rest.find('/').map(|slash| &rest[slash..]));
    path.unwrap_or("/").to_owned()
}

/// Returns the pages that link here, apart from those that the record already names.
pub(super) fn backlinks(site: &Site, entry: &Entry) -> Vec<LinkView> {
    let is_named = |at: &&usize| entry.related.iter().any(|related| related.entry == **at);
    let others = entry.backlinks.iter().filter(|at| !is_named(at));
    others.map(|at| link(site, &entry.url, *at)).collect()
}
