//! What a browser compares with its last visit: the pages that changed last, each with a mark of its content.

use std::collections::BTreeMap;

use crate::data::to_json;
use crate::file::Artifact;
use crate::path::SitePath;
use crate::site::{Entry, Site};

/// How many pages are listed. More than this changes at once only when a whole book does.
const LISTED: usize = 200;

/// The name of the file. A script, since a page opened from a disk can load nothing else.
pub(super) const NAME: &str = "changes.js";

/// Returns the list. Without git nobody knows what changed last: then all pages are listed, or none where there are many.
pub(super) fn changes(site: &Site) -> Artifact {
    let mut entries: Vec<&Entry> = site.entries.iter().filter(|entry| entry.changed.is_some()).collect();
    entries.sort_by(|a, b| {
        let date = |entry: &Entry| entry.changed.as_ref().map(|revision| revision.date);
        date(b).cmp(&date(a)).then_with(|| a.url.cmp(&b.url))
    });
    if entries.is_empty() && site.entries.len() <= LISTED {
        entries = site.entries.iter().collect();
    }
    let listed = entries.into_iter().take(LISTED);
    let marks: BTreeMap<String, String> =
        listed.map(|entry| (site.addresses.from_root(&entry.url), entry.parsed.markdown_fingerprint.short())).collect();
    let text = format!("window.precedentChanges = {};\n", to_json(&marks));
    Artifact::new(SitePath::new(NAME).expect("a plain name"), text.into_bytes())
}
