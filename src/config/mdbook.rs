//! `[output.html]` as mdBook 0.5 has it, with the keys of 0.4 that real books still carry.

use std::collections::BTreeMap;

use super::reader::{Reader, is_web_address};
use super::{PageAddresses, Site, with_slash};
use crate::data::{Schema, Value};
use crate::path::{BookPath, SitePath};

/// What `[output.html]` sets, for the rooms of [`super::Config`] that own it.
pub(super) struct Html {
    pub(super) site: Site,
    pub(super) markdown: MarkdownKeys,
    /// Whether there is a search, where `search.enable` says so.
    pub(super) search: Option<bool>,
}

/// How Markdown is read, where `[output.html]` says so.
pub(super) struct MarkdownKeys {
    pub(super) smart_punctuation: Option<bool>,
    pub(super) definition_lists: Option<bool>,
    pub(super) admonitions: Option<bool>,
}

/// Keys that mdBook reads and that need nothing here: what they switch on is always on, or belongs to its own pages.
const WITHOUT_EFFECT: &[&str] = &[
    "default-theme",
    "preferred-dark-theme",
    "mathjax-support",
    "no-section-label",
    "sidebar-header-nav",
    "git-repository-icon",
    "input-404",
    "hash-files",
    "live-reload-endpoint",
    "print",
    "fold",
    "playground",
    "playpen",
    "code",
];

/// Keys that mdBook 0.4 had.
const OBSOLETE: &[&str] = &["curly-quotes", "copy-fonts", "google-analytics"];

pub(super) fn read_output(output: &mut Reader<'_>) -> Html {
    let html = output.table("html", read_html);
    output.entries(Schema::Any); // other backends are free-form
    html
}

fn read_html(table: &mut Reader<'_>) -> Html {
    WITHOUT_EFFECT.iter().for_each(|key| table.ignore(key));
    OBSOLETE.iter().for_each(|key| table.obsolete(key));
    let site = Site {
        url: table.text("site-url").map(with_slash).filter(|url| url.starts_with("http")),
        theme: table.path("theme").unwrap_or_else(|| BookPath::new("theme").expect("a plain name")),
        repository: table.address("git-repository-url"),
        edit_url: table.address("edit-url-template"),
        styles: table.paths("additional-css"),
        scripts: table.paths("additional-js"),
        cname: table.text("cname"),
        host: None,
        addresses: PageAddresses::File,
        host_files: Vec::new(),
        external_hosts: Vec::new(),
        redirects: table.table("redirect", read_redirects),
    };
    let markdown = MarkdownKeys {
        smart_punctuation: table.boolean("smart-punctuation"),
        definition_lists: table.boolean("definition-lists"),
        admonitions: table.boolean("admonitions"),
    };
    let search = table.table("search", |table| {
        let enabled = table.boolean("enable");
        table.entries(Schema::Any); // How mdBook ranks is not how it is ranked here.
        enabled
    });
    Html { site, markdown, search }
}

/// Keys are absolute from the site's root; one with a fragment belongs to a page that still exists and is left to it.
fn read_redirects(table: &mut Reader<'_>) -> BTreeMap<SitePath, String> {
    let mut redirects = BTreeMap::new();
    for entry in table.entries(Schema::Text) {
        let key = entry.key.trim_start_matches('/');
        match (&entry.node.value, SitePath::new(key)) {
            (Value::Text(_), _) if key.contains('#') => {}
            (Value::Text(target), Ok(path)) if !key.is_empty() && is_web_address(target) => {
                redirects.insert(path, target.clone());
            }
            _ => table.wrong(entry, "an address, under a path of the site").unwrap_or(()),
        }
    }
    redirects
}
