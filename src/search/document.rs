//! What is indexed: one document a section.

use serde::{Deserialize, Serialize};

use super::contents::{Contents, Page};
use crate::fingerprint::Fingerprint;
use crate::path::BookPath;
use crate::site::{Entry, Site};

/// A section of a page, with all that a result shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Document {
    /// Its address from the site's root, percent-encoded: `decisions/0001.html#context`.
    pub url: String,
    /// The source, relative to the book's root.
    pub path: String,
    /// The line of the source where the section begins, from 1.
    pub line: usize,
    /// The title of the page.
    pub title: String,
    /// The heading of the section, empty for the beginning of the page.
    pub heading: String,
    /// The names of the places above the page, and the number of a decision as its team says it.
    pub breadcrumb: Vec<String>,
    /// `decision`, `guideline` or `page`.
    pub kind: String,
    /// The state of a decision.
    pub status: Option<String>,
    /// The page's day, `2024-01-16`.
    pub date: Option<String>,
    /// The page's tags.
    pub tags: Vec<String>,
    /// The id of a record.
    pub id: Option<String>,
    /// The scope of a record.
    pub scope: String,
    /// Whom a record names: deciders, authors, owners, whom it asked and told.
    pub people: Vec<String>,
    /// The sources of the records that took its place.
    pub successors: Vec<String>,
    /// What the page counts against others, of 100.
    pub boost: u64,
    /// The text.
    pub text: String,
}

/// Returns the pages of a site as they are searched. A page without any text is one document, for its title.
///
/// `weight` says what a page counts, in hundredths, where the page itself does not; one that counts nothing is left out.
pub fn contents<'s>(site: &'s Site, weight: &dyn Fn(&BookPath) -> u64, synonyms: Vec<Vec<String>>) -> Contents<'s> {
    let weights = site.entries.iter().map(|entry| {
        let page = entry.page();
        let weight = || if entry.is_missing_page() { 0 } else { weight(&page.path) };
        page.front_matter.search.unwrap_or_else(weight)
    });
    let counting = site.entries.iter().zip(weights).enumerate().filter(|(_, (_, weight))| *weight > 0);
    let pages = counting.map(|(at, (entry, weight))| page(site, at, entry, weight));
    Contents { pages: pages.collect(), synonyms }
}

fn page<'s>(site: &'s Site, at: usize, entry: &'s Entry, boost: u64) -> Page<'s> {
    let page = entry.page();
    let whole = whole(site, at, entry, boost);
    let titles: Vec<_> = page.titled.iter().map(|link| site.title_of_link(entry, *link)).collect();
    let own = (page.sections, entry.parsed.markdown_fingerprint, &page.description, &page.front_matter.description);
    let id = Fingerprint::of(&(&whole, own, titles));
    Page::new(id, whole.clone(), move || sections(site, entry, &whole))
}

/// Returns what the documents of a page have in common.
fn whole(site: &Site, at: usize, entry: &Entry, boost: u64) -> Document {
    let page = entry.page();
    let node = site.navigation.of_entry(at);
    let breadcrumb = node.map(|node| site.navigation.ancestors(node)).unwrap_or_default();
    let places = breadcrumb.into_iter().map(|node| site.navigation.node(node).title.clone());
    let path_of = |at: &usize| site.entries[*at].page().path.to_string();
    Document {
        url: site.addresses.from_root(&entry.url),
        path: page.path.to_string(),
        line: 1,
        title: entry.title().to_owned(),
        heading: String::new(),
        breadcrumb: places.chain(entry.label()).collect(),
        kind: entry.parsed.kind.name().to_owned(),
        status: entry.state().map(|state| state.name().to_owned()),
        date: entry.date().map(|date| date.to_string()),
        tags: entry.tags(),
        id: entry.filed.as_ref().map(|filed| filed.id.clone()),
        scope: entry.filed.as_ref().map_or(String::new(), |filed| filed.scope.clone()),
        people: people(entry),
        successors: entry.filed.iter().flat_map(|filed| &filed.successors).map(path_of).collect(),
        boost,
        text: String::new(),
    }
}

/// Cuts a page into documents.
fn sections(site: &Site, entry: &Entry, whole: &Document) -> Vec<Document> {
    let page = entry.page();
    let markdown = &*entry.parsed.markdown;
    let mut lines = LineCount { text: markdown, at: 0, line: 1 };
    let sections = entry.parsed.content.get().sections;
    let mut documents: Vec<Document> = sections
        .iter()
        .filter(|section| section.searched)
        .map(|section| Document {
            url: match &section.anchor {
                Some(anchor) => format!("{}#{}", whole.url, crate::path::encode_segment(anchor)),
                None => whole.url.clone(),
            },
            line: lines.line_of(section.start),
            heading: section.heading.clone(),
            text: section.text_with(|link| site.title_of_link(entry, link)).trim_end().to_owned(),
            ..whole.clone()
        })
        .collect();
    if documents.first().is_none_or(|first| !first.heading.is_empty()) {
        // A page's description may be the first paragraph of a section that is kept out.
        let of_all = sections.iter().all(|section| section.searched);
        let description = Some(&page.description).filter(|_| of_all).or(page.front_matter.description.as_ref());
        let words: Vec<&str> = description.iter().flat_map(|text| text.split_whitespace()).collect();
        documents.insert(0, Document { text: words.join(" "), ..whole.clone() });
    }
    documents
}

fn people(entry: &Entry) -> Vec<String> {
    let Some((record, filed)) = entry.record() else { return Vec::new() };
    let stated = [&record.deciders, &record.authors, &record.consulted, &record.informed].into_iter().flatten();
    stated.map(|name| name.value.clone()).chain(filed.owners.iter().cloned()).collect()
}

/// Counts lines forward through a text.
struct LineCount<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl LineCount<'_> {
    fn line_of(&mut self, byte: usize) -> usize {
        let byte = self.text.floor_char_boundary(byte.min(self.text.len()));
        if byte > self.at {
            self.line += self.text[self.at..byte].matches('\n').count();
            self.at = byte;
        }
        self.line
    }
}
