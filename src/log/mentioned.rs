//! Which records mention an issue of a tracker.

use super::Row;
use crate::page::{self, Target};
use crate::site::Site;
use crate::tracker::{Issue, Trackers};

/// Says whether a record mentions an issue, by its key or its address: in front matter, or in its text outside code.
///
/// A text that has neither is not parsed.
pub fn mentions(site: &Site, row: &Row, trackers: &Trackers, issue: &Issue) -> bool {
    let entry = &site.entries[row.entry];
    let is_linked = entry.page().links.iter().any(|link| match &link.target {
        Target::External(address) => issue.is_at(address),
        _ => false,
    });
    let source = &*entry.parsed.markdown;
    let text = entry.page().text(source);
    let front = &source[..source.len() - text.len()];
    is_linked
        || trackers.mention(issue, front)
        || trackers.mention(issue, text) && trackers.mention(issue, &page::without_code(text))
}
