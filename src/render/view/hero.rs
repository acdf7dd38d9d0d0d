//! What a template sees of the front matter of a page: the hero, and the keys that are its own.

use serde::Serialize;

use super::{LinkView, Settings};
use crate::data::{Plain, Table, Value};
use crate::render::body;
use crate::site::{Entry, Site};

/// How fast people read, in words a minute.
pub(super) const READING: usize = 220;

/// What stands in place of the heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct HeroView {
    title: String,
    text: String,
    actions: Vec<LinkView>,
}

/// Returns what the front matter puts in place of the heading.
pub(super) fn hero(site: &Site, settings: &Settings, entry: &Entry) -> Option<HeroView> {
    let hero = entry.page().front_matter.hero.as_ref()?;
    // Its links are the last of the page.
    let first = entry.page().links.len().saturating_sub(hero.actions.len());
    let action = |(at, (words, _)): (usize, &(String, String))| LinkView {
        label: None,
        title: words.clone(),
        url: body::address(site, settings, entry, first + at),
        kind: "page",
    };
    Some(HeroView {
        title: hero.title.clone().unwrap_or_else(|| entry.title().to_owned()),
        text: hero.text.clone(),
        actions: hero.actions.iter().enumerate().map(action).collect(),
    })
}

/// The keys that no field of the view already shows.
pub(super) fn extra(table: &Table) -> Plain {
    let shown = ["title", "description", "tags", "date", "aliases", "draft", "hero"];
    let kept = table.0.iter().filter(|entry| !shown.contains(&entry.key.as_str()) && entry.node.value != Value::Null);
    Plain(Table(
        kept.cloned()
            .map(|mut entry| {
                (entry.key_span, entry.node.span) = (None, None);
                entry
            })
            .collect(),
    ))
}
