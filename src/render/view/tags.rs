//! The pages of the tags: one with all of them, and one for each, with the pages that have it.
//!
//! Where a tag's page is follows from the tag alone, so a page knows the address without knowing any other page.

use std::collections::BTreeMap;

use serde::Serialize;

use super::others::child;
use super::{LinkView, PageView, Settings, View, frame, place, site_path};
use crate::page::slug;
use crate::path::SitePath;
use crate::site::Site;

/// A tag among all.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct TagView {
    title: String,
    url: String,
    /// How many pages have it.
    count: usize,
}

/// The longest name of a tag's page, in bytes; file systems take a little more.
const LONGEST: usize = 120;

/// The page of a tag; tags that differ in case or punctuation share one. A tag without letters has none.
fn page_of(tag: &str) -> Option<SitePath> {
    let name = slug(tag);
    let name = name.trim_matches('-');
    let is_name = !name.is_empty() && name.len() <= LONGEST;
    is_name.then(|| SitePath::new(&format!("tags/{name}.html")).ok()).flatten()
}

/// The page of all tags.
fn index() -> SitePath {
    site_path("tags/index.html")
}

/// Returns a tag as a link to its page.
pub(super) fn link(here: &SitePath, tag: &str) -> LinkView {
    LinkView { title: tag.to_owned(), url: page_of(tag).map(|page| page.href_from(here)), kind: "tag" }
}

/// Returns the addresses of these pages, of which there are none in a book without tags.
pub fn tag_pages(site: &Site) -> Vec<SitePath> {
    let pages = gather(site);
    if pages.is_empty() { Vec::new() } else { [index()].into_iter().chain(pages.into_keys()).collect() }
}

/// The tags by their page: how it is written first, and the pages that have it.
fn gather(site: &Site) -> BTreeMap<SitePath, (String, Vec<usize>)> {
    let mut tags: BTreeMap<SitePath, (String, Vec<usize>)> = BTreeMap::new();
    for (at, entry) in site.entries.iter().enumerate() {
        for tag in entry.tags() {
            let Some(page) = page_of(&tag) else { continue };
            let (_, pages) = tags.entry(page).or_insert_with(|| (tag, Vec::new()));
            if pages.last() != Some(&at) {
                pages.push(at);
            }
        }
    }
    tags
}

/// Returns the views of these pages.
pub fn tags(site: &Site, settings: &Settings) -> Vec<View> {
    let tags = gather(site);
    let mut views: Vec<View> = tags.iter().map(|(here, (tag, pages))| one(site, settings, here, tag, pages)).collect();
    if !tags.is_empty() {
        views.push(all(site, settings, &tags));
    }
    views
}

fn one(site: &Site, settings: &Settings, here: &SitePath, tag: &str, pages: &[usize]) -> View {
    let title = settings.words.filled("tags.tagged", &[("tag", tag)]);
    let view = PageView { title, kind: "tag", ..place(settings, here) };
    let up = LinkView { title: settings.words.text("tags.title"), url: Some(index().href_from(here)), kind: "listing" };
    View {
        children: pages.iter().map(|at| child(site, here, *at)).collect(),
        breadcrumbs: vec![up],
        ..frame(site, settings, here, None, "listing.html", view)
    }
}

fn all(site: &Site, settings: &Settings, tags: &BTreeMap<SitePath, (String, Vec<usize>)>) -> View {
    let here = index();
    let view = PageView { title: settings.words.text("tags.title"), kind: "tags", ..place(settings, &here) };
    let mut all: Vec<TagView> = tags
        .iter()
        .map(|(page, (tag, pages))| TagView { title: tag.clone(), url: page.href_from(&here), count: pages.len() })
        .collect();
    all.sort_by_cached_key(|tag| (tag.title.to_lowercase(), tag.title.clone()));
    View { tags: all, ..frame(site, settings, &here, None, "tags.html", view) }
}

/// Returns the way to the page of all tags, where there is one.
pub(super) fn index_from(settings: &Settings, here: &SitePath) -> Option<String> {
    settings.has_tags.then(|| index().href_from(here))
}
