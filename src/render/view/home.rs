//! What the first page shows below its text in a book with decisions: the sections, what was decided, what waits, what
//! changed.

use serde::Serialize;

use super::decision_log::{RowView, newest, row_of};
use super::reading_paths::ReadingPathView;
use super::record::{RefView, reference};
use super::{Settings, TocView, site_path};
use crate::decision::State;
use crate::log::{self, DueKind, asked, dues};
use crate::path::SitePath;
use crate::site::{Kind, NodeId, Site};

/// What the first page shows below its text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct HomeView {
    sections: Vec<SectionView>,
    recent: Vec<RowView>,
    waiting: Vec<WaitingView>,
    /// How many more wait.
    waiting_more: usize,
    changed: Vec<ChangedView>,
}

/// A folder or part at the top of the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct SectionView {
    title: String,
    url: Option<String>,
    description: String,
    /// How many pages are in it.
    pages: usize,
    /// The titles of the first entries in it, for a section that does not describe itself.
    first: Vec<String>,
}

/// A record that somebody must look at.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct WaitingView {
    /// `review`, `decision`, or `proposed` where no day is said.
    what: &'static str,
    date: Option<String>,
    overdue: bool,
    record: RefView,
    /// For whom it waits.
    people: Vec<String>,
}

/// A page and its last change.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct ChangedView {
    page: RefView,
    date: String,
    author: String,
}

/// How many of each are shown.
const SHOWN: usize = 4;
/// How many titles stand for a section that does not describe itself.
const FIRST: usize = 3;

/// Returns what the first page shows; nothing on other pages and in books without decisions.
pub(super) fn home(site: &Site, settings: &Settings, here: &SitePath) -> Option<HomeView> {
    if settings.decision_pages.is_empty() || *here != site_path("index.html") {
        return None;
    }
    let rows = log::rows(site);
    let decisions: Vec<&log::Row> = rows.iter().filter(|row| row.kind == Kind::Decision.name()).collect();
    let mut waiting = waiting(site, settings, here);
    let waiting_more = waiting.len().saturating_sub(SHOWN);
    waiting.truncate(SHOWN);
    Some(HomeView {
        sections: sections(site, here),
        recent: newest(&decisions).iter().take(SHOWN).map(|(order, row)| row_of(site, *order, row, here)).collect(),
        waiting,
        waiting_more,
        changed: changed(site, here),
    })
}

/// Puts these lists into the contents of the page, where they stand on it: before the sections of its own text, and the way to
/// the folders after them. Without such sections everything follows the text. Reading paths come first.
pub(super) fn in_contents(
    settings: &Settings,
    paths: &[ReadingPathView],
    home: Option<&HomeView>,
    own: Vec<TocView>,
) -> Vec<TocView> {
    let entry = |id: &str, word: &str| TocView {
        level: 2,
        id: id.to_owned(),
        title: settings.words.text(word),
        children: Vec::new(),
    };
    let paths = (!paths.is_empty()).then(|| entry("home-paths", "paths.title")).into_iter();
    let Some(home) = home else { return paths.chain(own).collect() };
    let lists = [
        (!home.waiting.is_empty()).then(|| entry("home-waiting", "home.waiting")),
        Some(entry("home-recent", "home.recent")),
        (!home.changed.is_empty()).then(|| entry("home-changed", "home.changed")),
    ];
    let lists = lists.into_iter().flatten();
    let sections = (!home.sections.is_empty()).then(|| entry("home-sections", "home.start")).into_iter();
    match own.is_empty() {
        true => paths.chain(sections).chain(lists).collect(),
        false => paths.chain(lists).chain(own).chain(sections).collect(),
    }
}

fn sections(site: &Site, here: &SitePath) -> Vec<SectionView> {
    fn pages(site: &Site, nodes: &[NodeId]) -> usize {
        let of = |id: &NodeId| {
            let node = site.navigation.node(*id);
            usize::from(node.entry.is_some()) + pages(site, &node.children)
        };
        nodes.iter().map(of).sum()
    }
    let nodes = site.navigation.roots().iter().map(|id| site.navigation.node(*id));
    let sections = nodes.filter(|node| !node.children.is_empty()).map(|node| SectionView {
        title: node.title.clone(),
        url: node.url.as_ref().map(|url| site.addresses.href(here, url)),
        description: node.entry.map_or(String::new(), |at| site.entries[at].page().description.clone()),
        pages: pages(site, &node.children) + usize::from(node.entry.is_some()),
        first: node.children.iter().take(FIRST).map(|id| site.navigation.node(*id).title.clone()).collect(),
    });
    sections.collect()
}

/// Returns what is due first, then the proposals that say no day.
pub(super) fn waiting(site: &Site, settings: &Settings, here: &SitePath) -> Vec<WaitingView> {
    let is_near = |date| settings.today.is_some_and(|today| date <= today.plus(super::decisions::SOON));
    let due: Vec<_> = dues(site).into_iter().filter(|due| due.kind == DueKind::Decision || is_near(due.date)).collect();
    let is_due = |at: usize| due.iter().any(|due| due.entry == at && due.kind == DueKind::Decision);
    let proposals = site.entries.iter().enumerate().filter(|(at, entry)| {
        entry.parsed.kind == Kind::Decision && entry.state() == Some(State::Proposed) && !is_due(*at)
    });
    let dated = due.iter().map(|due| WaitingView {
        what: due.kind.name(),
        date: Some(due.date.to_string()),
        overdue: settings.today.is_some_and(|today| due.date < today),
        record: reference(site, here, due.entry),
        people: asked(&site.entries[due.entry]),
    });
    let undated = proposals.map(|(at, _)| WaitingView {
        what: "proposed",
        date: None,
        overdue: false,
        record: reference(site, here, at),
        people: asked(&site.entries[at]),
    });
    dated.chain(undated).collect()
}

/// Returns the pages that changed last, as git tells it.
fn changed(site: &Site, here: &SitePath) -> Vec<ChangedView> {
    let mut changed: Vec<_> =
        site.entries.iter().enumerate().filter_map(|(at, entry)| Some((at, entry.changed.as_ref()?))).collect();
    changed.sort_by(|(a, left), (b, right)| right.date.cmp(&left.date).then(a.cmp(b)));
    let shown = changed.into_iter().filter(|(at, _)| site.entries[*at].url != *here).take(SHOWN);
    let view = |(at, revision): (usize, &crate::revision::Revision)| ChangedView {
        page: reference(site, here, at),
        date: revision.date.to_string(),
        author: revision.author.clone(),
    };
    shown.map(view).collect()
}
