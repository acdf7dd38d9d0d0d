//! Files that speak of all pages at once: navigation, sitemap, feeds for machines.

use serde::Serialize;

use super::view::{Settings, date, reading_path_pages, tag_pages};
use super::{calendar, log_data, paths_data, visits};
use crate::data::{to_json, to_pretty_json};
use crate::decision::State;
use crate::file::Artifact;
use crate::path::SitePath;
use crate::site::{Entry, Kind, NodeId, Site};

/// Returns the words for readers and robots, which a book may have written itself: `llms.txt`, `robots.txt`.
pub fn words(site: &Site, settings: &Settings) -> Vec<Artifact> {
    vec![llms(site, settings), robots(settings)]
}

/// Returns the shared files: `navigation.js`, `changes.js`, `site.json`; `sitemap.xml` where the address of the site is
/// known; `decisions.ics` where something is due; `decision-log.js` where the log has several pages; `reading-paths.js` where there are such; `search.mjs` where there is a
/// search.
pub fn files(site: &Site, settings: &Settings) -> Vec<Artifact> {
    let mut files = vec![navigation(site), visits::changes(site), site_json(site, settings)];
    files.extend(settings.url.as_ref().map(|url| sitemap(site, settings, url)));
    files.extend(calendar::feed(site, settings));
    files.extend(log_data::log_data(site, settings));
    files.extend(paths_data::data(site, settings));
    files.extend(settings.assets.engine.as_ref().map(search_module));
    files
}

/// A module under a name that stays, with which other pages search this site.
fn search_module(engine: &SitePath) -> Artifact {
    let text = include_str!("search.mjs").replace("./engine.js", &format!("./{}", engine.encoded()));
    artifact("search.mjs", text)
}

/// The whole tree, as a script, since a page opened from a disk can load nothing else.
pub fn navigation(site: &Site) -> Artifact {
    #[derive(Serialize)]
    struct Item<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        n: Option<String>,
        t: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        u: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        k: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        s: Option<&'static str>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        c: Vec<Item<'a>>,
    }
    fn items<'a>(site: &'a Site, nodes: &[NodeId]) -> Vec<Item<'a>> {
        let item = |id: &NodeId| {
            let node = site.navigation.node(*id);
            let entry = node.entry.map(|entry| &site.entries[entry]);
            let (label, title) = site.name_of(node);
            Item {
                n: label,
                t: title,
                u: node.url.as_ref().map(|url| site.addresses.from_root(url)),
                k: entry.map(|entry| entry.parsed.kind.name()),
                s: entry.and_then(Entry::state).map(|state| state.name()),
                c: items(site, &node.children),
            }
        };
        nodes.iter().map(item).collect()
    }
    #[derive(Serialize)]
    struct Tree<'a> {
        items: Vec<Item<'a>>,
    }
    let tree = Tree { items: items(site, site.navigation.roots()) };
    artifact("navigation.js", format!("window.precedentNavigation = {};\n", to_json(&tree)))
}

fn site_json(site: &Site, settings: &Settings) -> Artifact {
    #[derive(Serialize)]
    struct Page<'a> {
        url: String,
        path: &'a str,
        markdown: String,
        title: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        label: Option<String>,
        description: &'a str,
        kind: &'static str,
        status: Option<&'static str>,
        date: Option<String>,
        tags: Vec<String>,
        words: usize,
        links: Vec<String>,
    }
    #[derive(Serialize)]
    struct All<'a> {
        title: &'a str,
        description: &'a str,
        language: &'a str,
        url: Option<&'a str>,
        generator: &'a str,
        pages: Vec<Page<'a>>,
    }
    let address = |url: &SitePath| site.addresses.from_root(url);
    let page = |entry: &'_ Entry| -> Vec<String> {
        let mut urls: Vec<String> =
            entry.links.iter().filter_map(|link| link.entry()).map(|at| address(&site.entries[at].url)).collect();
        urls.sort();
        urls.dedup();
        urls
    };
    let pages = site.entries.iter().map(|entry| Page {
        url: address(&entry.url),
        path: entry.page().path.as_str(),
        markdown: entry.markdown_url.encoded(),
        title: entry.title(),
        label: entry.label(),
        description: &entry.page().description,
        kind: entry.parsed.kind.name(),
        status: entry.state().map(|state| state.name()),
        date: date(entry),
        tags: entry.tags(),
        words: entry.page().words,
        links: page(entry),
    });
    let site_view = &settings.site;
    let all = All {
        title: &site_view.title,
        description: &site_view.description,
        language: &site_view.language,
        url: settings.url.as_deref(),
        generator: &site_view.generator,
        pages: pages.collect(),
    };
    artifact("site.json", to_pretty_json(&all) + "\n")
}

/// The list of pages for language models, in the form of <https://llmstxt.org>: what is in force first, and what is
/// over under `Optional`, which a reader with little room leaves out.
fn llms(site: &Site, settings: &Settings) -> Artifact {
    let mut text = format!("# {}\n", line(&settings.site.title));
    if !settings.site.description.is_empty() {
        text += &format!("\n> {}\n", line(&settings.site.description));
    }
    let is_over = |entry: &Entry| {
        matches!(entry.state(), Some(State::Superseded | State::Deprecated | State::Rejected))
            && entry.parsed.kind == Kind::Decision
    };
    let of_kind = |kind: Kind| site.entries.iter().filter(move |entry| entry.parsed.kind == kind && !is_over(entry));
    let mut decisions: Vec<&Entry> = of_kind(Kind::Decision).collect();
    decisions.sort_by_key(|entry| entry.state() != Some(State::Accepted));
    text += &part("Decisions", &decisions);
    text += &part("Guidelines", &of_kind(Kind::Guideline).collect::<Vec<_>>());
    text += &part("Pages", &of_kind(Kind::Page).collect::<Vec<_>>());
    text += &part("Optional", &site.entries.iter().filter(|entry| is_over(entry)).collect::<Vec<_>>());
    artifact("llms.txt", text)
}

fn part(title: &str, entries: &[&Entry]) -> String {
    if entries.is_empty() {
        return String::new();
    }
    let mut text = format!("\n## {title}\n\n");
    for entry in entries {
        let status = entry.state().map(|state| format!("[{}] ", state.name())).unwrap_or_default();
        let description = line(&entry.page().description);
        let label = entry.label().map_or(String::new(), |label| format!("{label}: "));
        let title = line(&format!("{label}{}", entry.labelled_title())).replace(['[', ']'], "");
        let item = format!("- [{title}]({}): {status}{description}", entry.markdown_url.encoded());
        text += item.trim_end_matches([':', ' ']);
        text.push('\n');
    }
    text
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn robots(settings: &Settings) -> Artifact {
    let sitemap = settings.url.as_ref().map(|url| format!("Sitemap: {url}sitemap.xml\n")).unwrap_or_default();
    artifact("robots.txt", format!("User-agent: *\nAllow: /\n{sitemap}"))
}

/// The sitemap protocol 0.9; addresses are percent-encoded, so `&` alone needs escaping.
fn sitemap(site: &Site, settings: &Settings, url: &str) -> Artifact {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let (tags, paths) = (tag_pages(site), reading_path_pages(settings));
    let own = settings.decision_pages.iter().map(|(_, path)| path).chain(&tags).chain(&paths);
    let own = own.filter(|path| site.entries.iter().all(|entry| entry.url != **path));
    let pages = site.entries.iter().filter(|entry| !entry.is_missing_page()).map(|entry| &entry.url);
    for path in pages.chain(own) {
        let address = format!("{url}{}", site.addresses.from_root(path)).replace('&', "&amp;");
        xml += &format!("<url><loc>{address}</loc></url>\n");
    }
    artifact("sitemap.xml", xml + "</urlset>\n")
}

fn artifact(name: &str, text: String) -> Artifact {
    Artifact::new(SitePath::new(name).expect("a plain name"), text.into_bytes())
}
