//! Reading paths: pages in the order in which somebody should read them, with the minutes that they take.
//!
//! What a reader has read is known in their browser alone (`paths.js`), so no page of the site depends on it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{PageView, Settings, View, frame, hero, place, site_path};
use crate::decision::State;
use crate::page::slug;
use crate::path::SitePath;
use crate::site::Site;

/// The name of the script that has all paths.
pub(in crate::render) const DATA: &str = "reading-paths.js";
/// The page of all paths, where there are several.
const INDEX: &str = "reading-paths.html";
/// How many paths the first page shows.
const SHOWN: usize = 4;
/// The longest name of a path's page, in bytes.
const LONGEST: usize = 100;

/// Pages in the order in which somebody should read them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReadingPath {
    /// What it is called.
    pub title: String,
    /// For whom it is.
    pub description: String,
    /// The numbers of its pages in the site, of which there is one at least.
    pub pages: Vec<usize>,
    /// Where its own page is.
    pub(in crate::render) url: SitePath,
}

/// A path, as a list of paths or its own page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct ReadingPathView {
    title: String,
    description: String,
    url: String,
    /// The file from the root of the site, by which scripts know it.
    path: String,
    /// How many pages it has.
    count: usize,
    /// How long they all take.
    minutes: usize,
    /// Its pages in order; none in a list of paths.
    pages: Vec<StepView>,
}

/// A page of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct StepView {
    label: Option<String>,
    title: String,
    url: String,
    /// The file from the root of the site, by which scripts know it.
    path: String,
    description: String,
    minutes: usize,
    /// The status of a decision that does not hold.
    status: Option<&'static str>,
}

impl ReadingPath {
    /// Puts together paths: title, description and pages of each. Their pages have names of their own, made of the titles.
    pub fn all(paths: Vec<(String, String, Vec<usize>)>) -> Vec<Self> {
        let mut taken = BTreeSet::new();
        let path = |(title, description, pages): (String, String, Vec<usize>)| {
            let name = slug(&title);
            let name = name.trim_matches('-');
            let name = &name[..name.floor_char_boundary(LONGEST)];
            let page = |name: &str| SitePath::new(&format!("reading-paths/{name}.html")).ok();
            let name = if name.is_empty() || page(name).is_none() { "path" } else { name };
            let numbered = |number: usize| if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
            let free = (1..).map(numbered).find(|name| !taken.contains(name)).expect("numbers have no end");
            let url = page(&free).expect("a name with a number is one");
            taken.insert(free);
            Self { title, description, pages, url }
        };
        paths.into_iter().map(path).collect()
    }
}

/// Returns how many minutes a page takes: a minute for each [`hero::READING`] words, and one at least.
fn minutes(site: &Site, at: usize) -> usize {
    site.entries[at].page().words.div_ceil(hero::READING).max(1)
}

fn shown(site: &Site, settings: &Settings, path: &ReadingPath, here: &SitePath) -> ReadingPathView {
    ReadingPathView {
        title: path.title.clone(),
        description: path.description.clone(),
        url: settings.addresses.href(here, &path.url),
        path: path.url.encoded(),
        count: path.pages.len(),
        minutes: path.pages.iter().map(|at| minutes(site, *at)).sum(),
        pages: Vec::new(),
    }
}

fn step(site: &Site, settings: &Settings, at: usize, here: &SitePath) -> StepView {
    let entry = &site.entries[at];
    StepView {
        label: entry.label(),
        title: entry.labelled_title().to_owned(),
        url: settings.addresses.href(here, &entry.url),
        path: entry.url.encoded(),
        description: entry.page().description.clone(),
        minutes: minutes(site, at),
        status: entry.state().filter(|state| *state != State::Accepted).map(State::name),
    }
}

/// Returns the paths that the first page shows; none on others.
pub(super) fn on_first_page(site: &Site, settings: &Settings, here: &SitePath) -> Vec<ReadingPathView> {
    let paths = if here.as_str() == "index.html" { &settings.reading_paths[..] } else { &[] };
    paths.iter().take(SHOWN).map(|path| shown(site, settings, path, here)).collect()
}

/// Returns the way to the paths: to the page of all, or to the only one there is.
pub(super) fn index_from(settings: &Settings, here: &SitePath) -> Option<String> {
    match &settings.reading_paths[..] {
        [] => None,
        [path] => Some(settings.addresses.href(here, &path.url)),
        _ => Some(settings.addresses.href(here, &site_path(INDEX))),
    }
}

/// Returns the address of the script that has all paths; nothing where there is none.
pub(super) fn data_from(settings: &Settings, here: &SitePath) -> String {
    if settings.reading_paths.is_empty() { String::new() } else { settings.addresses.href(here, &site_path(DATA)) }
}

/// Returns the pages of the paths, and of all of them where there are several.
pub fn reading_path_pages(settings: &Settings) -> Vec<SitePath> {
    let several = settings.reading_paths.len() > 1;
    let own = settings.reading_paths.iter().map(|path| path.url.clone());
    several.then(|| site_path(INDEX)).into_iter().chain(own).collect()
}

/// Returns the views of these pages.
pub fn reading_paths(site: &Site, settings: &Settings) -> Vec<View> {
    let paths = &settings.reading_paths;
    let all = (paths.len() > 1).then(|| all(site, settings));
    all.into_iter().chain(paths.iter().map(|path| one(site, settings, path))).collect()
}

fn all(site: &Site, settings: &Settings) -> View {
    let here = site_path(INDEX);
    let page = PageView { title: settings.words.text("paths.title"), kind: "reading-paths", ..place(settings, &here) };
    let reading_paths = settings.reading_paths.iter().map(|path| shown(site, settings, path, &here)).collect();
    View { reading_paths, ..frame(site, settings, &here, None, "reading-paths.html", page) }
}

fn one(site: &Site, settings: &Settings, path: &ReadingPath) -> View {
    let here = &path.url;
    let page = PageView {
        title: path.title.clone(),
        description: path.description.clone(),
        kind: "reading-path",
        ..place(settings, here)
    };
    let pages = path.pages.iter().map(|at| step(site, settings, *at, here)).collect();
    let up = super::LinkView {
        label: None,
        title: settings.words.text("paths.title"),
        url: Some(settings.addresses.href(here, &site_path(INDEX))),
        kind: "listing",
    };
    View {
        reading_path: Some(ReadingPathView { pages, ..shown(site, settings, path, here) }),
        breadcrumbs: if settings.reading_paths.len() > 1 { vec![up] } else { Vec::new() },
        ..frame(site, settings, here, None, "reading-path.html", page)
    }
}
