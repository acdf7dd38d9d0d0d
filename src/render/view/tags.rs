//! The pages of the tags: one with all of them, and one for each, with the pages that have it.
//!
//! Where a tag's page is follows from the tag alone, so a page knows the address without knowing any other page.

use std::collections::BTreeMap;

use serde::Serialize;

use super::others::{child, weight};
use super::parts::{self, Groups, Part, letter};
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
pub(super) fn link(settings: &Settings, here: &SitePath, tag: &str) -> LinkView {
    let url = page_of(tag).map(|page| settings.addresses.href(here, &page));
    LinkView { label: None, title: tag.to_owned(), url, kind: "tag" }
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

/// Returns the views of these pages, each cut into parts by letter where it is too long for one.
pub fn tags(site: &Site, settings: &Settings) -> Vec<View> {
    let tags = gather(site);
    let mut views: Vec<View> =
        tags.iter().flat_map(|(first, (tag, pages))| one(site, settings, first, tag, pages)).collect();
    if !tags.is_empty() {
        views.extend(all(site, settings, &tags));
    }
    views
}

fn one(site: &Site, settings: &Settings, first: &SitePath, tag: &str, pages: &[usize]) -> Vec<View> {
    let title = settings.words.filled("tags.tagged", &[("tag", tag)]);
    let by_letter: Vec<(String, usize)> = {
        let titled = |at: &usize| (letter(site.entries[*at].title()), *at);
        let mut pages: Vec<_> = pages.iter().map(titled).collect();
        pages.sort_by_cached_key(|(letter, at)| (letter.clone(), site.entries[*at].title().to_lowercase(), *at));
        pages
    };
    let mut groups = Groups::of_names();
    by_letter.iter().for_each(|(letter, at)| groups.add(letter, weight(site, *at)));
    let parts = parts::cut(&groups, first, None);
    let view = |(at, part): (usize, &Part)| {
        let here = &part.path;
        let page = PageView { title: title.clone(), kind: "tag", ..place(settings, here) };
        let up = LinkView {
            label: None,
            title: settings.words.text("tags.title"),
            url: Some(settings.addresses.href(here, &index())),
            kind: "listing",
        };
        let shown: Vec<usize> = by_letter[part.items.clone()].iter().map(|(_, at)| *at).collect();
        // What is on one page stands as in the navigation.
        let shown = if parts.len() == 1 { pages } else { &shown };
        let view = View {
            children: shown.iter().map(|at| child(site, here, *at)).collect(),
            breadcrumbs: vec![up],
            ..frame(site, settings, here, None, "listing.html", page)
        };
        parts::dress(settings, &parts, at, "tags.pages", view)
    };
    parts.iter().enumerate().map(view).collect()
}

fn all(site: &Site, settings: &Settings, tags: &BTreeMap<SitePath, (String, Vec<usize>)>) -> Vec<View> {
    let mut all: Vec<(&SitePath, &String, usize)> =
        tags.iter().map(|(page, (tag, pages))| (page, tag, pages.len())).collect();
    all.sort_by_cached_key(|(_, tag, _)| (tag.to_lowercase(), (*tag).clone()));
    let mut groups = Groups::of_names();
    all.iter().for_each(|(page, tag, _)| groups.add(&letter(tag), 120 + tag.len() + page.as_str().len()));
    let parts = parts::cut(&groups, &index(), None);
    let view = |(at, part): (usize, &Part)| {
        let here = &part.path;
        let page = PageView { title: settings.words.text("tags.title"), kind: "tags", ..place(settings, here) };
        let shown = all[part.items.clone()].iter().map(|(page, tag, count)| TagView {
            title: (*tag).clone(),
            url: settings.addresses.href(here, page),
            count: *count,
        });
        let view = View { tags: shown.collect(), ..frame(site, settings, here, None, "tags.html", page) };
        parts::dress(settings, &parts, at, "tags.count", view)
    };
    parts.iter().enumerate().map(view).collect()
}

/// Returns the way to the page of all tags, where there is one.
pub(super) fn index_from(settings: &Settings, here: &SitePath) -> Option<String> {
    settings.has_tags.then(|| settings.addresses.href(here, &index()))
}
