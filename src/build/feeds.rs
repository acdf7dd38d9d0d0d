//! The feeds of a site: which there are, and what they say.

use std::collections::{BTreeMap, BTreeSet};

use super::project::Project;
use crate::changes::{WeekOfChanges, address};
use crate::diagnostic::{Code, Diagnostic};
use crate::digest::{Feed, Subject, Voice, atom};
use crate::file::Artifact;
use crate::page::slug;
use crate::path::{BookPath, SitePath};
use crate::site::{Kind, Site};

/// So many tags have a feed of their own, those on most pages.
const TAGS: usize = 200;

/// Returns the feeds, the most general first; none where the site has no address, since an entry must say where it leads.
pub(super) fn feeds(project: &Project<'_>, site: &Site, weeks: &[WeekOfChanges]) -> Vec<Feed> {
    let config = &project.config;
    let is_wanted = config.site.url.is_some() && config.feed.enabled != Some(false) && !weeks.is_empty();
    if !is_wanted {
        return Vec::new();
    }
    let mut feeds = Feeds { all: Vec::new(), taken: BTreeSet::new() };
    let words = &project.words;
    feeds.add("feed", words.text("changes.feed_all"), Subject::All);
    if site.entries.iter().any(|entry| entry.parsed.kind == Kind::Decision) {
        feeds.add("feeds/decisions", words.text("changes.feed_decisions"), Subject::Decisions);
    }
    let scopes: BTreeSet<&str> =
        site.entries.iter().filter_map(|entry| Some(entry.filed.as_ref()?.scope.as_str())).collect();
    for scope in scopes.into_iter().filter(|scope| !scope.is_empty()) {
        let title = words.filled("changes.feed_scope", &[("scope", scope)]);
        feeds.add(&format!("feeds/scope-{}", slug(scope)), title, Subject::Scope(scope.to_owned()));
    }
    for tag in tags(site) {
        let title = words.filled("changes.feed_tag", &[("tag", &tag)]);
        feeds.add(&format!("feeds/tag-{}", slug(&tag)), title, Subject::Tag(tag));
    }
    feeds.all
}

/// The feeds so far, and the names that they have.
struct Feeds {
    all: Vec<Feed>,
    taken: BTreeSet<String>,
}

impl Feeds {
    fn add(&mut self, name: &str, title: String, subject: Subject) {
        let names = (1..).map(|count| if count == 1 { format!("{name}.xml") } else { format!("{name}-{count}.xml") });
        let name = names.into_iter().find(|name| !self.taken.contains(name)).expect("there is always another number");
        // What makes no name of a file has none.
        if let Ok(path) = SitePath::new(&name) {
            self.taken.insert(name);
            self.all.push(Feed { title, path, subject });
        }
    }
}

/// Returns the tags that most pages have, in the order of their names.
fn tags(site: &Site) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for tag in site.entries.iter().flat_map(|entry| entry.tags()) {
        counts.entry(tag.to_lowercase()).or_insert_with(|| (0, tag.clone())).0 += 1;
    }
    let mut tags: Vec<(usize, String)> = counts.into_values().collect();
    tags.sort_by(|(one, left), (other, right)| other.cmp(one).then_with(|| left.cmp(right)));
    tags.into_iter().take(TAGS).map(|(_, tag)| tag).collect()
}

/// Writes the feeds.
pub(super) fn files(project: &Project<'_>, site: &Site, weeks: &[WeekOfChanges], feeds: &[Feed]) -> Vec<Artifact> {
    let config = &project.config;
    let Some(url) = &config.site.url else { return Vec::new() };
    let page = address(site);
    let voice = Voice {
        words: &project.words,
        zone: &config.book.time_zone,
        site: Some(url),
        addresses: &site.addresses,
        page: &page,
        title: &project.site_view.title,
        period: "",
    };
    let id = config.feed.id.clone().unwrap_or_else(|| of_address(url));
    let file = |feed: &Feed| {
        let text = atom(feed, weeks, &id, &config.book.language, &voice);
        Artifact::new(feed.path.clone(), text.into_bytes())
    };
    feeds.iter().map(file).collect()
}

/// Returns the tag of a site by its address: whoever moves it and wants no entry told twice sets `feed.id` to the old one.
fn of_address(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let name = host.rsplit_once('@').map_or(host, |(_, host)| host).split(':').next().unwrap_or(host);
    let path = path.trim_matches('/');
    format!("tag:{name},2026:{}", if path.is_empty() { "book" } else { path })
}

/// Reports feeds that are asked for, of a site without an address.
pub(super) fn without_address(project: &Project<'_>) -> Option<Diagnostic> {
    let config = &project.config;
    (config.feed.is_asked_for() && config.site.url.is_none()).then(|| {
        let path = BookPath::new("book.toml").expect("a plain name");
        let message = "the site has no address, so it has no feeds: an entry must say where it leads";
        Diagnostic::new(Code::FeedWithoutAddress, &path, message).help("set `site.url`, or build with `--site-url`")
    })
}
