//! Where a link leads: to a page and heading, a file, another site, or nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{Navigation, Parsed, urls};
use crate::page::{Link, Outline, Role, Target, slug};
use crate::path::{BookPath, SitePath, decode};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Resolution {
    /// To another site.
    External(String),
    /// To a page of the site.
    Page {
        /// The page, by number.
        entry: usize,
        /// Query and fragment, percent-encoded, with their signs; empty for the page itself.
        suffix: String,
        /// What is wrong with the link, although the page is there.
        lost: Option<Lost>,
    },
    /// To a file beside the pages.
    File {
        /// The file.
        path: BookPath,
        /// Where it goes.
        url: SitePath,
        /// Query and fragment.
        suffix: String,
    },
    /// To a file that is generated.
    Generated {
        /// Where it goes.
        url: SitePath,
        /// Query and fragment.
        suffix: String,
    },
    /// To a file or folder of the repository that is not part of the site.
    Source {
        /// Its place, from the repository's root.
        place: Place,
        /// Query and fragment, with their signs.
        suffix: String,
        /// The reference as it was written.
        written: String,
    },
    /// Nowhere.
    Broken {
        /// The reference as it was written.
        written: String,
        /// The address that goes out all the same, percent-encoded as far as its author did.
        address: String,
        /// Why.
        lost: Lost,
    },
    /// Nowhere, since no page has the name in `[[name]]`: it is shown as it is written.
    Unanswered {
        /// The name.
        name: String,
        /// Whether its author meant a link, as the book has a wikilink that leads somewhere.
        meant: bool,
    },
}

/// A file or folder of the repository.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// A file, from the root.
    File(String),
    /// A folder, from the root; empty for the root itself.
    Folder(String),
}

/// The repository in which a book lies, as far as it is known.
#[derive(Debug, Clone, Copy)]
pub struct Repository<'a> {
    /// Its files, from its root.
    pub files: &'a BTreeSet<String>,
    /// The book's folder below that root.
    pub folder: &'a str,
}

impl Repository<'_> {
    /// Returns what a reference names that stands in a file of the book. As on a host, `/a` is counted from the root.
    fn find(&self, from: &BookPath, reference: &str) -> Option<Place> {
        let base = format!("{}/{}", self.folder, from.parent());
        let base = if reference.starts_with('/') { "" } else { base.as_str() };
        let mut parts: Vec<&str> = Vec::new();
        for part in base.split('/').chain(reference.split('/')) {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        let place = parts.join("/");
        if self.files.contains(&place) {
            return Some(Place::File(place));
        }
        let below = if place.is_empty() { String::new() } else { format!("{place}/") };
        let is_folder = self.files.range(below.clone()..).next().is_some_and(|file| file.starts_with(&below));
        is_folder.then_some(Place::Folder(place))
    }
}

/// Why a link does not lead where its author meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Lost {
    /// There is no such page or file.
    Missing,
    /// The page is there, the heading is not.
    Heading(String),
    /// Several pages have this name.
    Ambiguous(Vec<BookPath>),
    /// The file is in the book, but outside the folder of the pages.
    Outside,
    /// The reference leaves the book.
    Leaves,
}

impl Resolution {
    /// Returns the page that the link leads to, by number.
    pub fn entry(&self) -> Option<usize> {
        match self {
            Self::Page { entry, .. } => Some(*entry),
            _ => None,
        }
    }
}

/// Everything that a link can lead to.
pub(super) struct Targets<'a> {
    pages: &'a [Parsed],
    navigation: &'a Navigation,
    listing: &'a BTreeSet<BookPath>,
    src: &'a BookPath,
    by_path: BTreeMap<&'a BookPath, usize>,
    by_url: BTreeMap<&'a SitePath, usize>,
    by_name: BTreeMap<String, Vec<usize>>,
    /// Ids of headings and anchors, page by page.
    ids: Vec<BTreeSet<&'a str>>,
    /// File names in lower case, for wikilinks to images.
    files_by_name: BTreeMap<String, Vec<&'a BookPath>>,
    repository: Option<Repository<'a>>,
}

impl<'a> Targets<'a> {
    pub(super) fn new(
        pages: &'a [Parsed],
        urls: &'a [SitePath],
        navigation: &'a Navigation,
        listing: &'a BTreeSet<BookPath>,
        src: &'a BookPath,
        repository: Option<Repository<'a>>,
    ) -> Self {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, parsed) in pages.iter().enumerate() {
            let page = &parsed.outline;
            for name in BTreeSet::from([page.path.stem().to_lowercase(), parsed.title.to_lowercase()]) {
                by_name.entry(name).or_default().push(at);
            }
        }
        let mut files_by_name: BTreeMap<String, Vec<&BookPath>> = BTreeMap::new();
        for file in listing.iter().filter(|file| file.is_within(src) && !file.is_markdown()) {
            files_by_name.entry(file.name().to_lowercase()).or_default().push(file);
        }
        Self {
            pages,
            navigation,
            listing,
            src,
            by_path: pages.iter().enumerate().map(|(at, parsed)| (&parsed.outline.path, at)).collect(),
            by_url: urls.iter().enumerate().map(|(at, url)| (url, at)).collect(),
            by_name,
            ids: pages.iter().map(|parsed| ids(&parsed.outline)).collect(),
            files_by_name,
            repository,
        }
    }

    /// Returns every file below the folder of the pages that is no page.
    pub(super) fn all_files(&self) -> BTreeMap<BookPath, SitePath> {
        let below = self.listing.iter().filter(|file| file.is_within(self.src) && !file.is_markdown());
        below.map(|file| (file.clone(), urls::file(file, self.src))).collect()
    }

    /// Returns where the links of all pages lead.
    pub(super) fn resolve_all(&self) -> Vec<Vec<Resolution>> {
        let resolve_page =
            |from: usize| self.pages[from].outline.links.iter().map(|link| self.resolve(from, link)).collect();
        let mut all: Vec<Vec<Resolution>> = (0..self.pages.len()).map(resolve_page).collect();
        let leads = |(parsed, resolutions): (&Parsed, &Vec<Resolution>)| {
            parsed.outline.links.iter().zip(resolutions).any(|(link, resolution)| {
                matches!(link.target, Target::Wiki(_) | Target::Bare(_))
                    && matches!(resolution, Resolution::Page { .. } | Resolution::File { .. })
            })
        };
        if self.pages.iter().zip(&all).any(leads) {
            for resolution in all.iter_mut().flatten() {
                if let Resolution::Unanswered { meant, .. } = resolution {
                    *meant = true;
                }
            }
        }
        all
    }

    fn resolve(&self, from: usize, link: &Link) -> Resolution {
        match &link.target {
            Target::External(url) => Resolution::External(url.clone()),
            Target::Generated(url) => Resolution::Generated { url: url.clone(), suffix: String::new() },
            Target::Wiki(text) => self.wiki(from, text),
            Target::Bare(name) => match self.wiki(from, name) {
                Resolution::Broken { .. } => Resolution::Unanswered { name: name.clone(), meant: false },
                resolution => resolution,
            },
            Target::Relative(reference) => self.relative(from, reference, link.role),
        }
    }

    fn relative(&self, from: usize, reference: &str, role: Role) -> Resolution {
        let reference = reference.trim();
        let end = reference.find(['?', '#']).unwrap_or(reference.len());
        let (path, suffix) = (decode(&reference[..end]), &reference[end..]);
        let broken = |lost| self.not_of_site(from, reference, lost);
        if path.is_empty() {
            return self.page(from, suffix);
        }
        let base = if path.starts_with('/') { self.src.clone() } else { self.pages[from].outline.path.parent() };
        let Ok(target) = base.join(path.trim_start_matches('/')) else { return broken(Lost::Leaves) };
        if let Some(entry) = self.page_at(&target) {
            return self.page(entry, suffix);
        }
        if let Some(url) = self.listing_at(&target) {
            return Resolution::Generated { url, suffix: suffix.to_owned() };
        }
        if self.listing.contains(&target) && !target.is_markdown() {
            if target.is_within(self.src) || role == Role::Image {
                let url = urls::file(&target, self.src);
                return Resolution::File { path: target, url, suffix: suffix.to_owned() };
            }
            return broken(Lost::Outside);
        }
        broken(Lost::Missing)
    }

    /// Tells what the repository has of which the site has nothing. A page of the book that is not built is missing.
    fn not_of_site(&self, from: usize, reference: &str, lost: Lost) -> Resolution {
        let end = reference.find(['?', '#']).unwrap_or(reference.len());
        let (path, suffix) = (decode(&reference[..end]), &reference[end..]);
        let page = &self.pages[from].outline.path;
        let own = page.parent().join(&path).ok().filter(|target| target.is_markdown() && target.is_within(self.src));
        let place = self.repository.filter(|_| own.is_none()).and_then(|repository| repository.find(page, &path));
        let written = reference.to_owned();
        match place {
            Some(place) => Resolution::Source { place, suffix: suffix.to_owned(), written },
            None => Resolution::Broken { address: written.clone(), written, lost },
        }
    }

    /// Finds a page by its file, by its address, without its extension, or as the index of a folder.
    pub(super) fn page_at(&self, target: &BookPath) -> Option<usize> {
        let file = |path: &BookPath| self.by_path.get(path).copied();
        let below = |name: &str| target.join(name).ok().and_then(|path| file(&path));
        file(target)
            .or_else(|| self.page_at_url(target))
            .or_else(|| below("index.md"))
            .or_else(|| below("README.md"))
            .or_else(|| {
                let with_extension = target.parent().join(&format!("{}.md", target.name())).ok()?;
                file(&with_extension)
            })
    }

    fn page_at_url(&self, target: &BookPath) -> Option<usize> {
        let url = SitePath::new(target.below(self.src)?).ok()?;
        self.by_url.get(&url).copied()
    }

    fn listing_at(&self, target: &BookPath) -> Option<SitePath> {
        let own = urls::listing(target, self.src);
        let named = SitePath::new(target.below(self.src)?).ok()?;
        [own, named].into_iter().find(|url| self.navigation.listing_at(url).is_some())
    }

    /// Resolves the fragment on a page that is there.
    fn page(&self, entry: usize, suffix: &str) -> Resolution {
        let Some((query, fragment)) = suffix.split_once('#').filter(|(_, fragment)| !fragment.is_empty()) else {
            return Resolution::Page { entry, suffix: suffix.to_owned(), lost: None };
        };
        let wanted = decode(fragment);
        match self.heading(entry, &wanted) {
            // Browsers lead there without an id.
            None if wanted.eq_ignore_ascii_case("top") => {
                Resolution::Page { entry, suffix: format!("{query}#top"), lost: None }
            }
            Some(id) => {
                Resolution::Page { entry, suffix: format!("{query}#{}", crate::path::encode_segment(id)), lost: None }
            }
            None => Resolution::Page { entry, suffix: suffix.to_owned(), lost: Some(Lost::Heading(wanted)) },
        }
    }

    /// Finds an id as it is, as GitHub would write it, or where only dashes and case differ.
    fn heading(&self, entry: usize, wanted: &str) -> Option<&'a str> {
        let ids = &self.ids[entry];
        if let Some(id) = ids.get(wanted) {
            return Some(id);
        }
        let loose =
            |text: &str| text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
        let wanted = Some(loose(wanted)).filter(|wanted| !wanted.is_empty())?;
        self.pages[entry]
            .outline
            .headings
            .iter()
            .find(|heading| loose(&heading.id) == wanted)
            .map(|heading| heading.id.as_str())
    }

    fn wiki(&self, from: usize, text: &str) -> Resolution {
        let (name, heading) = text.split_once('#').map_or((text, None), |(name, heading)| (name, Some(heading)));
        let name = name.trim();
        let address = || text.split('/').map(crate::path::encode_segment).collect::<Vec<_>>().join("/");
        let broken = |lost| Resolution::Broken { written: text.to_owned(), address: address(), lost };
        if name.is_empty() {
            return self.wiki_heading(from, heading, None);
        }
        let folder = self.pages[from].outline.path.parent();
        let direct = [&folder, self.src].into_iter().find_map(|base| self.page_at(&base.join(name).ok()?));
        if let Some(entry) = direct {
            return self.wiki_heading(entry, heading, None);
        }
        let key = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".md").to_lowercase();
        let ends = |entry: &&usize| {
            !name.contains('/')
                || self.pages[**entry].outline.path.as_str().to_lowercase().contains(&name.to_lowercase())
        };
        let found: Vec<usize> = self.by_name.get(&key).into_iter().flatten().filter(ends).copied().collect();
        match found[..] {
            [] => self.wiki_file(&key).unwrap_or_else(|| broken(Lost::Missing)),
            [entry] => self.wiki_heading(entry, heading, None),
            [first, ..] => {
                let near = found.iter().copied().find(|entry| self.pages[*entry].outline.path.parent() == folder);
                let candidates = found.iter().map(|entry| self.pages[*entry].outline.path.clone()).collect();
                let lost = near.is_none().then_some(Lost::Ambiguous(candidates));
                self.wiki_heading(near.unwrap_or(first), heading, lost)
            }
        }
    }

    fn wiki_heading(&self, entry: usize, heading: Option<&str>, lost: Option<Lost>) -> Resolution {
        let resolution = self.page(entry, &heading.map(|heading| format!("#{}", slug(heading))).unwrap_or_default());
        match (resolution, lost) {
            (Resolution::Page { entry, suffix, lost: None }, lost) => Resolution::Page { entry, suffix, lost },
            (resolution, _) => resolution,
        }
    }

    fn wiki_file(&self, name: &str) -> Option<Resolution> {
        let path = (*self.files_by_name.get(name)?.first()?).clone();
        let url = urls::file(&path, self.src);
        Some(Resolution::File { path, url, suffix: String::new() })
    }
}

fn ids(page: &Outline) -> BTreeSet<&str> {
    page.headings.iter().map(|heading| heading.id.as_str()).chain(page.anchors.iter().map(String::as_str)).collect()
}
