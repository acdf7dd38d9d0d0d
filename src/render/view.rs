//! What a template sees. Every field is always there, `null` or empty where it has nothing to say.

use std::sync::Arc;

use serde::Serialize;

use super::body::{self, Content, Filling};
use super::neighbourhood::{self, Item};
use super::{Assets, POLICY};
use crate::data::{Table, Value};
use crate::decision::{Direction, Verb};
use crate::fingerprint::Fingerprint;
use crate::page::Heading;
use crate::path::SitePath;
use crate::site::{Entry, Kind, NodeId, Site};

/// What the whole site has in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SiteView {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// A BCP 47 tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The address of the repository.
    pub repository: Option<String>,
    /// The content security policy.
    pub policy: &'static str,
    /// Name and version of the program.
    pub generator: String,
}

impl SiteView {
    /// Returns the policy and the program's name.
    pub fn constants() -> (&'static str, String) {
        (POLICY, format!("Precedent {}", env!("CARGO_PKG_VERSION")))
    }
}

/// What views are made with, beside the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Settings {
    /// What the whole site has in common.
    pub site: Arc<SiteView>,
    /// Where the assets are.
    pub assets: Assets,
    /// The address of the site's root, ending in `/`.
    pub url: Option<String>,
    /// The address for editing a page, with `{path}`.
    pub edit_url: Option<String>,
}

/// Everything that the template of one page can read, and which template that is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct View {
    site: Arc<SiteView>,
    page: PageView,
    root: String,
    assets: AssetsView,
    navigation: Vec<Item>,
    breadcrumbs: Vec<LinkView>,
    previous: Option<LinkView>,
    next: Option<LinkView>,
    children: Vec<ChildView>,
    backlinks: Vec<LinkView>,
    tree: Vec<TreeView>,
    target: String,
    #[serde(skip)]
    pub(super) template: &'static str,
    #[serde(skip)]
    pub(super) url: SitePath,
    /// What the body is made of: the page as it was read, and what fills its holes.
    #[serde(skip)]
    body: Option<(Fingerprint, Vec<Filling>)>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
struct PageView {
    title: String,
    description: String,
    kind: &'static str,
    url: String,
    canonical: Option<String>,
    markdown: Option<String>,
    edit: Option<String>,
    draft: bool,
    minutes: usize,
    date: Option<String>,
    tags: Vec<String>,
    toc: Vec<TocView>,
    record: Option<RecordView>,
    extra: Table,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct TocView {
    level: u8,
    id: String,
    title: String,
    children: Vec<TocView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct RecordView {
    number: Option<u32>,
    status: Option<StatusView>,
    date: Option<String>,
    deciders: Vec<String>,
    superseded_by: Vec<LinkView>,
    supersedes: Vec<LinkView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct StatusView {
    name: &'static str,
    text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct AssetsView {
    styles: Vec<String>,
    head_scripts: Vec<String>,
    scripts: Vec<String>,
    navigation: String,
    icon: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct LinkView {
    title: String,
    url: Option<String>,
    kind: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct ChildView {
    title: String,
    url: Option<String>,
    description: String,
    kind: &'static str,
    status: Option<&'static str>,
    date: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct TreeView {
    title: String,
    url: Option<String>,
    children: Vec<TreeView>,
}

impl View {
    /// Returns where the page goes.
    pub fn url(&self) -> &SitePath {
        &self.url
    }

    /// Returns the body, for a view of the page with this number.
    pub(super) fn content(&self, entry: Option<&Entry>) -> Content {
        match (entry, &self.body) {
            (Some(entry), Some((_, fillings))) => body::fill(entry, fillings),
            _ => Content::default(),
        }
    }
}

/// How fast people read, in words a minute.
const READING: usize = 220;

/// Returns the view of a page, by its number.
pub fn page(site: &Site, settings: &Settings, at: usize) -> View {
    let entry = &site.entries[at];
    let page = entry.page();
    let record = entry.parsed.record.as_deref();
    let node = site.navigation.of_entry(at);
    let here = &entry.url;
    let link = |other: &usize| {
        let other = &site.entries[*other];
        LinkView {
            title: other.title().to_owned(),
            url: Some(other.url.href_from(here)),
            kind: other.parsed.kind.name(),
        }
    };
    let view = PageView {
        title: entry.title().to_owned(),
        description: page.description.clone(),
        kind: entry.parsed.kind.name(),
        markdown: Some(entry.markdown_url.href_from(here)),
        edit: settings.edit_url.as_ref().map(|url| url.replace("{path}", page.path.as_str())),
        draft: page.front_matter.draft,
        minutes: page.words.div_ceil(READING),
        date: date(entry),
        tags: tags(entry),
        toc: toc(&page.headings),
        record: record.map(|record| RecordView {
            number: record.number.as_ref().map(|number| number.value),
            status: record
                .status
                .as_ref()
                .map(|status| StatusView { name: status.value.state.name(), text: status.value.text.clone() }),
            date: entry.date().map(|date| date.to_string()),
            deciders: record.deciders.iter().map(|name| name.value.clone()).collect(),
            superseded_by: entry.related_by(Verb::Supersedes, Direction::Reverse).map(|at| link(&at)).collect(),
            supersedes: entry.related_by(Verb::Supersedes, Direction::Forward).map(|at| link(&at)).collect(),
        }),
        extra: extra(&page.front_matter.table),
        ..place(settings, here)
    };
    let template = if entry.parsed.kind == Kind::Decision { "decision.html" } else { "page.html" };
    View {
        backlinks: entry.backlinks.iter().map(link).collect(),
        body: Some((entry.parsed.fingerprint, body::fillings(site, entry))),
        ..frame(site, settings, here, node, template, view)
    }
}

/// Returns the view of a folder without a page of its own.
pub fn listing(site: &Site, settings: &Settings, node: NodeId) -> View {
    let this = site.navigation.node(node);
    let here = this.url.as_ref().expect("a listing has an address");
    let at_root = this.parent.is_none() && this.children.is_empty();
    let below = if at_root { site.navigation.roots() } else { &this.children };
    let title = if at_root { settings.site.title.clone() } else { this.title.clone() };
    let view = PageView { title, kind: "listing", ..place(settings, here) };
    let children = below.iter().filter(|child| **child != node).map(|child| {
        let child = site.navigation.node(*child);
        let entry = child.entry.map(|entry| &site.entries[entry]);
        ChildView {
            title: child.title.clone(),
            url: child.url.as_ref().map(|url| url.href_from(here)),
            description: entry.map_or(String::new(), |entry| entry.page().description.clone()),
            kind: entry.map_or("listing", |entry| entry.parsed.kind.name()),
            status: entry.and_then(Entry::state).map(|state| state.name()),
            date: entry.and_then(date),
        }
    });
    View { children: children.collect(), ..frame(site, settings, here, Some(node), "listing.html", view) }
}

/// Returns the view of the page with the whole navigation.
pub fn contents(site: &Site, settings: &Settings) -> View {
    let here = site_path("contents.html");
    let view = PageView { title: "All pages".to_owned(), kind: "contents", ..place(settings, &here) };
    let mut tree = branches(site, site.navigation.roots(), &here);
    let unlisted = (0..site.entries.len()).filter(|at| site.navigation.of_entry(*at).is_none());
    tree.extend(unlisted.map(|at| {
        let entry = &site.entries[at];
        TreeView { title: entry.title().to_owned(), url: Some(entry.url.href_from(&here)), children: Vec::new() }
    }));
    View { tree, ..frame(site, settings, &here, None, "contents.html", view) }
}

/// Returns the view of the page that a host shows where there is none.
///
/// A host serves it at any depth, so relative links cannot work: its links are absolute, below the path of the
/// site's address where that is known.
pub fn missing(site: &Site, settings: &Settings) -> View {
    let here = site_path("404.html");
    let view = PageView { title: "Page not found".to_owned(), kind: "missing", ..place(settings, &here) };
    let mut view = frame(site, settings, &here, None, "404.html", view);
    let base = base_path(settings.url.as_deref());
    view.root = base.clone();
    let absolute = |href: &mut String| *href = format!("{base}{href}");
    let AssetsView { styles, head_scripts, scripts, navigation, icon } = &mut view.assets;
    styles.iter_mut().chain(head_scripts).chain(scripts).chain([navigation, icon]).for_each(absolute);
    view.navigation = Vec::new();
    view
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

fn place(settings: &Settings, url: &SitePath) -> PageView {
    PageView {
        url: url.encoded(),
        canonical: settings.url.as_ref().map(|base| format!("{base}{}", url.encoded())),
        ..PageView::default()
    }
}

fn frame(
    site: &Site,
    settings: &Settings,
    here: &SitePath,
    node: Option<NodeId>,
    template: &'static str,
    page: PageView,
) -> View {
    let link = |id: NodeId| {
        let node = site.navigation.node(id);
        LinkView { title: node.title.clone(), url: node.url.as_ref().map(|url| url.href_from(here)), kind: "page" }
    };
    let (previous, next) = node.map_or((None, None), |node| site.navigation.neighbours(node));
    View {
        site: settings.site.clone(),
        page,
        root: here.to_root(),
        assets: assets(&settings.assets, here),
        navigation: neighbourhood::items(site, here, node),
        breadcrumbs: node
            .map(|node| site.navigation.ancestors(node))
            .unwrap_or_default()
            .into_iter()
            .map(link)
            .collect(),
        previous: previous.map(link),
        next: next.map(link),
        children: Vec::new(),
        backlinks: Vec::new(),
        tree: Vec::new(),
        target: String::new(),
        template,
        url: here.clone(),
        body: None,
    }
}

fn assets(assets: &Assets, here: &SitePath) -> AssetsView {
    let Assets { styles, head_scripts, scripts, icon } = assets;
    let from_here = |paths: &[SitePath]| paths.iter().map(|path| path.href_from(here)).collect();
    AssetsView {
        styles: from_here(styles),
        head_scripts: from_here(head_scripts),
        scripts: from_here(scripts),
        navigation: site_path("navigation.js").href_from(here),
        icon: icon.as_ref().map_or(String::new(), |icon| icon.href_from(here)),
    }
}

fn branches(site: &Site, nodes: &[NodeId], here: &SitePath) -> Vec<TreeView> {
    let branch = |id: &NodeId| {
        let node = site.navigation.node(*id);
        let url = node.url.as_ref().map(|url| url.href_from(here));
        TreeView { title: node.title.clone(), url, children: branches(site, &node.children, here) }
    };
    nodes.iter().map(branch).collect()
}

/// The headings of the second and third level, nested.
fn toc(headings: &[Heading]) -> Vec<TocView> {
    let mut toc: Vec<TocView> = Vec::new();
    for Heading { level, id, text } in headings.iter().filter(|heading| (2..=3).contains(&heading.level)) {
        let entry = TocView { level: *level, id: id.clone(), title: text.clone(), children: Vec::new() };
        match toc.last_mut().filter(|last| last.level < *level) {
            Some(last) => last.children.push(entry),
            None => toc.push(entry),
        }
    }
    toc
}

pub(super) fn date(entry: &Entry) -> Option<String> {
    entry.date().map(|date| date.to_string())
}

pub(super) fn tags(entry: &Entry) -> Vec<String> {
    entry.tags()
}

/// The keys that no field of the view already shows.
fn extra(table: &Table) -> Table {
    let shown = ["title", "description", "tags", "date", "aliases", "draft"];
    let kept = table.0.iter().filter(|entry| !shown.contains(&entry.key.as_str()) && entry.node.value != Value::Null);
    Table(
        kept.cloned()
            .map(|mut entry| {
                (entry.key_span, entry.node.span) = (None, None);
                entry
            })
            .collect(),
    )
}

fn site_path(name: &str) -> SitePath {
    SitePath::new(name).expect("a plain name")
}
