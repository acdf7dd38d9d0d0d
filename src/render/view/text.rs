//! The text of a page: what the template puts in, and what decides whether that has changed.

use std::sync::Arc;

use super::Settings;
use crate::fingerprint::Fingerprint;
use crate::page;
use crate::path::SitePath;
use crate::render::Glossary;
use crate::render::body::{self, Content, Filling};
use crate::site::{Entry, Site};

/// What the text of a page is made of, as far as it can change.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Text {
    /// The page as it was read.
    page: Fingerprint,
    /// What fills its holes.
    fillings: Vec<Filling>,
    /// The terms that are marked on it.
    glossary: Option<Arc<Glossary>>,
}

/// Returns what the text of a page is made of.
pub(super) fn of(site: &Site, settings: &Settings, entry: &Entry) -> Text {
    let has_terms = entry.page().front_matter.glossary == page::Glossary::Unsaid && !settings.glossary.is_empty();
    Text {
        page: entry.parsed.fingerprint,
        fillings: body::fillings(site, settings, entry),
        glossary: has_terms.then(|| settings.glossary.clone()),
    }
}

/// Puts the text together, for a view of a page.
pub(super) fn content(entry: Option<&Entry>, text: Option<&Text>, here: &SitePath) -> Content {
    let (Some(entry), Some(Text { page: _, fillings, glossary })) = (entry, text) else {
        return Content::default();
    };
    let Content { heading, lead, rest } = body::fill(entry, fillings);
    match glossary {
        Some(glossary) => Content { heading, lead, rest: glossary.mark(&rest, here) },
        None => Content { heading, lead, rest },
    }
}
