//! What a template sees. Every field is always there, `null` or empty where it has nothing to say.

mod assets;
mod changes;
mod contents;
mod decision_graph;
mod decision_log;
mod decisions;
mod hero;
mod home;
mod image;
mod notice;
mod others;
mod parts;
mod reading_paths;
mod record;
mod revision;
mod tags;
mod text;
mod timeline;
mod toc;

use std::sync::Arc;

pub use changes::changes;
pub use contents::contents;
pub(super) use decision_log::{LOG_DATA, is_in_parts as log_is_in_parts, newest, row_of};
pub use decisions::{CALENDAR, decision_pages, decisions};
pub use image::card;
pub(super) use others::reference;
pub use others::{listing, missing, redirect, search};
pub(super) use reading_paths::DATA as READING_PATHS_DATA;
pub use reading_paths::{ReadingPath, reading_path_pages, reading_paths};
pub(super) use record::{is_shown, own_word};
pub use tags::{tag_pages, tags};

use serde::Serialize;

use super::body::Content;
use super::neighbourhood::{self, Item};
pub use super::settings::Settings;
use super::told;
use crate::data::Plain;
use crate::path::SitePath;
use crate::site::{Entry, Kind, NodeId, Site};
use assets::{AssetsView, assets};
use changes::{ChangeView, ChangesView, FeedView};
use decision_graph::GraphView;
use decision_log::LogView;
use decisions::{DueGroupView, DuePersonView, TabView};
use hero::HeroView;
use home::HomeView;
use notice::NoticeView;
use parts::PartsView;
use reading_paths::ReadingPathView;
use record::{GroupView, RefView, SourceView, StatusView};
use revision::RevisionView;
use tags::TagView;
use timeline::YearView;

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
    pub policy: String,
    /// Name and version of the program.
    pub generator: String,
}

impl SiteView {
    /// Returns the program's name.
    pub fn generator() -> String {
        format!("Precedent {}", env!("CARGO_PKG_VERSION"))
    }
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
    decision_pages: Vec<TabView>,
    log: Option<LogView>,
    timeline: Vec<YearView>,
    graph: Option<GraphView>,
    due: Vec<DueGroupView>,
    due_people: Vec<DuePersonView>,
    home: Option<HomeView>,
    changes: Option<ChangesView>,
    /// The page of what changed; nothing where nothing is known of the past.
    changes_page: Option<String>,
    feeds: Vec<FeedView>,
    tags: Vec<TagView>,
    start_page: String,
    contents_page: String,
    search_page: String,
    tags_page: Option<String>,
    parts: Option<PartsView>,
    reading_paths: Vec<ReadingPathView>,
    reading_path: Option<ReadingPathView>,
    reading_paths_page: Option<String>,
    #[serde(skip)]
    pub(super) template: &'static str,
    #[serde(skip)]
    pub(super) url: SitePath,
    #[serde(skip)]
    body: Option<text::Text>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
struct PageView {
    /// What the team of a decision calls it by its number.
    label: Option<String>,
    title: String,
    description: String,
    kind: &'static str,
    url: String,
    canonical: Option<String>,
    /// The address of the image of a link to it.
    image: Option<String>,
    markdown: Option<String>,
    edit: Option<String>,
    changed: Option<RevisionView>,
    draft: bool,
    minutes: usize,
    date: Option<String>,
    tags: Vec<LinkView>,
    toc: Vec<TocView>,
    hero: Option<HeroView>,
    record: Option<RecordView>,
    extra: Plain,
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
    id: String,
    number: Option<u32>,
    scope: Option<LinkView>,
    status: Option<StatusView>,
    date: Option<String>,
    decided: Option<String>,
    proposed: Option<String>,
    updated: Option<String>,
    deciders: Vec<LinkView>,
    authors: Vec<LinkView>,
    owners: Vec<LinkView>,
    consulted: Vec<LinkView>,
    informed: Vec<LinkView>,
    tags: Vec<LinkView>,
    applies_to: Vec<String>,
    tracking: Vec<LinkView>,
    review_by: Option<String>,
    decide_by: Option<String>,
    superseded_by: Vec<LinkView>,
    supersedes: Vec<LinkView>,
    notices: Vec<NoticeView>,
    relations: Vec<GroupView>,
    related: Vec<GroupView>,
    /// Whether there is more than the line under the title says.
    has_facts: bool,
    /// The drawing of it with what stands in relation to it.
    graph: String,
    /// Where the graph of all draws it.
    graph_url: Option<String>,
    guidelines: Vec<RefView>,
    sources: Vec<SourceView>,
    history: Vec<RevisionView>,
    earlier: usize,
    /// What became of it in the last weeks.
    changes: Vec<ChangeView>,
    anchors: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct LinkView {
    label: Option<String>,
    title: String,
    url: Option<String>,
    kind: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct ChildView {
    label: Option<String>,
    title: String,
    url: Option<String>,
    description: String,
    kind: &'static str,
    status: Option<&'static str>,
    date: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct TreeView {
    label: Option<String>,
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
        let content = text::content(entry, self.body.as_ref(), &self.url);
        // What happened last stands after the first words of the first page.
        if self.home.is_some() || !self.reading_paths.is_empty() { content.with_lead() } else { content }
    }
}

/// So many feeds are announced by every page.
const FEEDS: usize = 2;

/// Returns the view of a page, by its number.
pub fn page(site: &Site, settings: &Settings, at: usize) -> View {
    let entry = &site.entries[at];
    let page = entry.page();
    let node = site.navigation.of_entry(at);
    let here = &entry.url;
    let home = home::home(site, settings, here);
    let reading_paths = reading_paths::on_first_page(site, settings, here);
    let view = PageView {
        label: entry.label(),
        title: entry.labelled_title().to_owned(),
        description: page.description.clone(),
        kind: entry.parsed.kind.name(),
        markdown: Some(settings.addresses.href(here, &entry.markdown_url)),
        edit: settings.edit_url.as_ref().map(|url| url.replace("{path}", page.path.as_str())),
        changed: entry.changed.as_ref().map(|commit| revision::commit(settings, commit)),
        draft: page.front_matter.draft,
        minutes: page.words.div_ceil(hero::READING),
        date: date(entry),
        tags: entry.tags().iter().map(|tag| tags::link(settings, here, tag)).collect(),
        toc: home::in_contents(
            settings,
            &reading_paths,
            home.as_ref(),
            toc::toc(&page.headings, &told::headings(entry)),
        ),
        hero: hero::hero(site, settings, entry),
        record: record::record(site, settings, at),
        image: image::address(settings, entry),
        extra: hero::extra(&page.front_matter.table),
        ..place(settings, here)
    };
    let template = match entry.parsed.kind {
        Kind::Decision => "decision.html",
        Kind::Guideline => "guideline.html",
        Kind::Page => "page.html",
    };
    let mut frame = frame(site, settings, here, node, template, view);
    if entry.is_missing_page() {
        frame = others::at_any_depth(frame, settings);
        frame.page.kind = "missing";
    }
    let (backlinks, body) = (others::backlinks(site, entry), Some(text::of(site, settings, entry)));
    View { backlinks, home, reading_paths, body, ..frame }
}

/// Returns a link to a page, by its number.
fn link(site: &Site, here: &SitePath, at: usize) -> LinkView {
    let other = &site.entries[at];
    LinkView {
        label: other.label(),
        title: other.labelled_title().to_owned(),
        url: Some(site.addresses.href(here, &other.url)),
        kind: other.parsed.kind.name(),
    }
}

fn place(settings: &Settings, url: &SitePath) -> PageView {
    let address = settings.addresses.from_root(url);
    PageView {
        canonical: settings.url.as_ref().map(|base| base.clone() + &address),
        url: address,
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
        let (label, title) = site.name_of(node);
        let url = node.url.as_ref().map(|url| site.addresses.href(here, url));
        LinkView { label, title: title.to_owned(), url, kind: "page" }
    };
    let made = |name: &str| settings.addresses.href(here, &site_path(name));
    let (previous, next) = node.map_or((None, None), |node| site.navigation.neighbours(node));
    View {
        site: settings.site.clone(),
        page,
        root: here.to_root(),
        assets: assets(settings, here, template),
        navigation: neighbourhood::items(site, settings, here, node),
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
        decision_pages: decisions::tabs(settings, here, None),
        log: None,
        timeline: Vec::new(),
        graph: None,
        due: Vec::new(),
        due_people: Vec::new(),
        home: None,
        changes: None,
        changes_page: (!settings.weeks.is_empty()).then(|| settings.addresses.href(here, &settings.weeks.page)),
        feeds: changes::feeds(settings, here).into_iter().take(FEEDS).collect(),
        tags: Vec::new(),
        start_page: made("index.html"),
        contents_page: made("contents.html"),
        search_page: made("search.html"),
        tags_page: tags::index_from(settings, here),
        parts: None,
        reading_paths: Vec::new(),
        reading_path: None,
        reading_paths_page: reading_paths::index_from(settings, here),
        template,
        url: here.clone(),
        body: None,
    }
}

pub(super) fn date(entry: &Entry) -> Option<String> {
    entry.date().map(|date| date.to_string())
}

fn site_path(name: &str) -> SitePath {
    SitePath::new(name).expect("a plain name")
}
