//! All pages joined: addresses, links, navigation, backlinks, and which decision replaces which. Immutable.
//!
//! In: the pages, each understood alone, and the names of the other files. Out: a [`Site`]. Cheap, so it is made
//! anew on every build; nothing here knows HTML, templates or the index.

mod addresses;
mod entries;
mod glossary;
mod navigation;
mod records;
mod relations;
mod resolve;
mod standing;
mod urls;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use entries::Entries;
pub use glossary::Explained;
pub use navigation::{Navigation, Node, NodeId};
pub use records::{Filed, Found, Records};
pub use relations::{Related, Unresolved};
pub use resolve::{Lost, Place, Repository, Resolution};

use serde::{Deserialize, Serialize};

use crate::codec::{Encoded, Text};
use crate::date::Date;
use crate::decision::{self, Direction, Record, State, Verb};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::page::{Content, Outline, Summary};
use crate::path::{Addresses, BookPath, Lookup, SitePath};
use crate::revision::Revision;

/// What a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A decision record.
    Decision,
    /// A guideline.
    Guideline,
    /// Any other page.
    Page,
}

impl Kind {
    /// Every kind.
    pub const ALL: &[Self] = &[Self::Decision, Self::Guideline, Self::Page];

    /// Returns the word for the kind.
    pub fn name(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Guideline => "guideline",
            Self::Page => "page",
        }
    }
}

/// A page before it is joined with the others.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// What others can see of it.
    pub outline: Arc<Outline>,
    /// What stands on it.
    pub content: Encoded<Content>,
    /// Its title: of the page, or of the record where the page's headings do not give it.
    pub title: String,
    /// What a decision or a guideline says of itself.
    pub record: Option<Arc<Record>>,
    /// What it is for.
    pub kind: Kind,
    /// The Markdown with its includes put in.
    pub markdown: Text,
    /// The fingerprint of that Markdown.
    pub markdown_fingerprint: Fingerprint,
    /// The fingerprint of all that the page was made of.
    pub fingerprint: Fingerprint,
}

/// A page of the site.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The page itself.
    pub parsed: Parsed,
    /// Where it goes.
    pub url: SitePath,
    /// Where its Markdown goes.
    pub markdown_url: SitePath,
    /// Where each of its links leads, in their order.
    pub links: Vec<Resolution>,
    /// The pages that link to it, by number, in the order of their paths.
    pub backlinks: Vec<usize>,
    /// What only its neighbours tell of a record.
    pub filed: Option<Filed>,
    /// How it stands to other records, told by either.
    pub related: Vec<Related>,
    /// What it says of records that are not one record of the site.
    pub unresolved: Vec<Unresolved>,
    /// The commits that touched the file of a record, newest first; empty where history is not known.
    pub history: Vec<Revision>,
    /// The commit that changed its file last, where that is known.
    pub changed: Option<Revision>,
}

impl Entry {
    /// Says whether it is the page that a host shows where there is none, which no list names.
    pub fn is_missing_page(&self) -> bool {
        urls::is_missing_page(&self.url)
    }

    /// Returns what others can see of the page.
    pub fn page(&self) -> &Outline {
        &self.parsed.outline
    }

    /// Returns its title.
    pub fn title(&self) -> &str {
        &self.parsed.title
    }

    /// Returns the title of a record as it states it, without its number; of another page its own.
    pub fn bare_title(&self) -> &str {
        let stated = self.parsed.record.as_ref().and_then(|record| record.title.as_ref());
        let of_name = [decision::Place::FileName, decision::Place::FolderName];
        let stated = stated.filter(|title| !of_name.contains(&title.origin.place));
        stated.map_or(self.title(), |title| &title.value)
    }

    /// Returns what the team of a decision calls it by its number: `ADR-12`.
    pub fn label(&self) -> Option<String> {
        self.parsed.record.as_ref().filter(|_| self.parsed.kind == Kind::Decision)?.label()
    }

    /// Returns the title as it stands beside the label: without the number, which the label says.
    pub fn labelled_title(&self) -> &str {
        let Some((label, record)) = self.label().zip(self.parsed.record.as_ref()) else { return self.title() };
        let title = record.without_number(self.title());
        // A page may be called by nothing but its number.
        if title.contains(&label) { self.bare_title() } else { title }
    }

    /// Returns the record of a decision or guideline, and what its neighbours tell of it.
    pub fn record(&self) -> Option<(&Record, &Filed)> {
        Some((self.parsed.record.as_deref()?, self.filed.as_ref()?))
    }

    /// Returns the state in which the decision stands, nothing for other pages and for records without a status.
    pub fn state(&self) -> Option<State> {
        self.filed.as_ref()?.state
    }

    /// Returns the day that the page states: of a record its decision, else of the front matter.
    pub fn date(&self) -> Option<Date> {
        self.filed.as_ref().and_then(Filed::date).or(self.page().front_matter.date)
    }

    /// Returns its tags.
    pub fn tags(&self) -> Vec<String> {
        let of_record = self.parsed.record.as_ref().filter(|record| !record.tags.is_empty());
        match of_record {
            Some(record) => record.tags.iter().map(|tag| tag.value.clone()).collect(),
            None => self.page().front_matter.tags.clone(),
        }
    }

    /// Returns the records that stand to this one in a relation, by number.
    pub fn related_by(&self, verb: Verb, direction: Direction) -> impl Iterator<Item = usize> {
        let fits = move |related: &&Related| related.verb == verb && related.direction == direction;
        self.related.iter().filter(fits).map(|related| related.entry)
    }
}

/// The site as a whole. A copy shares everything with the first.
#[derive(Debug, Clone)]
pub struct Site {
    /// The pages in the order of their paths; their place is their number.
    pub entries: Entries,
    /// The tree of the navigation.
    pub navigation: Arc<Navigation>,
    /// The files beside the pages that are published, and where they go.
    pub files: Arc<BTreeMap<BookPath, SitePath>>,
    /// Addresses that lead to another: aliases of pages, and the root where no page is there.
    pub redirects: Arc<BTreeMap<SitePath, SitePath>>,
    /// What its links say of its files.
    pub addresses: Addresses,
    /// The records by what people call them.
    pub records: Arc<Records>,
    /// The terms that pages explain.
    pub glossary: Arc<[Explained]>,
    /// What is wrong with addresses.
    pub diagnostics: Arc<[Diagnostic]>,
}

impl Site {
    /// Returns the title of the page that a link of an entry leads to, nothing where it leads elsewhere.
    pub fn title_of_link(&self, entry: &Entry, link: usize) -> Option<&str> {
        match entry.links.get(link)? {
            Resolution::Page { entry, .. } => Some(self.entries[*entry].title()),
            _ => None,
        }
    }

    /// Returns what an entry of the navigation is called: the label of a decision, and the title beside it. A name that an
    /// author wrote with the number in it has no label.
    pub fn name_of<'s>(&'s self, node: &'s Node) -> (Option<String>, &'s str) {
        let entry = node.entry.map(|entry| &self.entries[entry]);
        let Some((entry, label)) = entry.and_then(|entry| Some((entry, entry.label()?))) else {
            return (None, &node.title);
        };
        let bare = entry.parsed.record.as_ref().map_or(&*node.title, |record| record.without_number(&node.title));
        if node.title == entry.title() {
            (Some(label), entry.labelled_title())
        } else if bare.contains(&label) {
            (None, &node.title)
        } else {
            (Some(label), bare)
        }
    }

    /// Returns the fingerprint of all that one page can show of others: titles, addresses, states, order, links.
    ///
    /// While it stays the same, a page changes only with its own text and where its own links lead.
    pub fn structure(&self) -> Fingerprint {
        let entry = |entry: &Entry| {
            let Entry { parsed, url, markdown_url, links: _, backlinks, filed, related, unresolved, history, changed } =
                entry;
            let number = parsed.record.as_ref().and_then(|record| record.number.as_ref().map(|number| number.value));
            let names = (&parsed.title, entry.label(), entry.labelled_title());
            let own = (names, parsed.kind, number, filed, history, changed);
            Fingerprint::of(&(own, url, markdown_url, backlinks, related, unresolved))
        };
        let entries: Vec<Fingerprint> = self.entries.iter().map(entry).collect();
        Fingerprint::of(&(entries, &self.navigation, &self.redirects, &self.addresses, &self.glossary))
    }
}

/// What is joined.
pub struct Input<'a> {
    /// The pages, in any order.
    pub pages: Vec<Parsed>,
    /// The names of all files of the book.
    pub listing: &'a BTreeSet<BookPath>,
    /// The folder of the pages.
    pub src: &'a BookPath,
    /// The navigation of an mdBook, where there is one.
    pub summary: Option<&'a Summary>,
    /// Whether every file below the folder of the pages is published, or only what a page links to.
    pub publish_all: bool,
    /// Which pages are addressed without `.html`; nothing where all have the names of their files.
    pub lookup: Option<Lookup>,
    /// Further files of the site.
    pub others: &'a [&'a SitePath],
    /// The title of the folder of the pages, where it has no page of its own.
    pub start_title: &'a str,
    /// Returns who owns a file of the book.
    pub owners: &'a dyn Fn(&BookPath) -> Vec<String>,
    /// The commits that touched a file, newest first.
    pub history: &'a BTreeMap<BookPath, Vec<Revision>>,
    /// The repository in which the book lies.
    pub repository: Option<Repository<'a>>,
}

/// Joins the pages.
pub fn link(input: Input<'_>) -> Site {
    let Input {
        mut pages,
        listing,
        src,
        summary,
        publish_all,
        lookup,
        others,
        start_title,
        owners,
        history,
        repository,
    } = input;
    pages.sort_by(|a, b| a.outline.path.cmp(&b.outline.path));
    let mut diagnostics = Vec::new();
    let urls = urls::assign(&pages, src, summary.is_some(), &mut diagnostics);
    let navigation = match summary {
        Some(summary) => navigation::from_summary(summary, &pages, &urls),
        None => navigation::from_folders(&pages, &urls, src, start_title),
    };
    let targets = resolve::Targets::new(&pages, &urls, &navigation, listing, src, repository);
    let mut files = if publish_all { targets.all_files() } else { BTreeMap::new() };
    let links: Vec<Vec<Resolution>> = targets.resolve_all();
    for resolution in links.iter().flatten() {
        if let Resolution::File { path, url, .. } = resolution {
            files.insert(path.clone(), url.clone());
        }
    }
    let backlinks = backlinks(&links);
    let mut filed = records::file(&pages, src, owners);
    let records = Records::new(&pages, &filed);
    let joined = relations::join(&pages, &targets, &records);
    standing::settle(&mut filed, &joined.related);
    let redirects = urls::redirects(&pages, &urls, &navigation, &mut diagnostics);
    let glossary = glossary::glossary(&pages);
    let twins: Vec<SitePath> = pages.iter().map(|parsed| urls::markdown(&parsed.outline.path, src)).collect();
    let listings = navigation.listings().filter_map(|node| navigation.node(node).url.as_ref());
    let own = urls.iter().chain(&twins).chain(listings).chain(files.values()).chain(redirects.keys());
    let addresses = addresses::addresses(lookup, own.chain(others.iter().copied()));
    let records_of = filed.into_iter().zip(joined.related).zip(joined.unresolved);
    let entries = pages.into_iter().zip(urls.into_iter().zip(twins)).zip(links).zip(backlinks).zip(records_of);
    let entries =
        entries.map(|((((parsed, (url, markdown_url)), links), backlinks), ((filed, related), unresolved))| {
            let told = history.get(&parsed.outline.path).map_or(&[][..], Vec::as_slice);
            let changed = told.first().cloned();
            let history = if filed.is_some() { told.to_vec() } else { Vec::new() };
            Entry { parsed, url, markdown_url, links, backlinks, filed, related, unresolved, history, changed }
        });
    Site {
        entries: entries.collect(),
        navigation: navigation.into(),
        files: files.into(),
        redirects: redirects.into(),
        addresses,
        records: records.into(),
        glossary: glossary.into(),
        diagnostics: diagnostics.into(),
    }
}

fn backlinks(links: &[Vec<Resolution>]) -> Vec<Vec<usize>> {
    let mut backlinks = vec![BTreeSet::new(); links.len()];
    for (from, resolutions) in links.iter().enumerate() {
        for resolution in resolutions {
            if let Resolution::Page { entry, .. } = resolution
                && *entry != from
            {
                backlinks[*entry].insert(from);
            }
        }
    }
    backlinks.into_iter().map(|set| set.into_iter().collect()).collect()
}

#[cfg(test)]
mod tests;
