//! How pages are read: what the settings and the words of the interface say of it.

use std::sync::Arc;

use crate::build::Inputs;
use crate::build::project::Project;
use crate::build::vault::is_in_vault;
use crate::fingerprint::Fingerprint;
use crate::page::{Detail, Labels, Options};
use crate::path::BookPath;
use crate::theme::Words;

/// How a page is read.
pub(super) struct Reading {
    pub(super) options: Options,
    pub(super) labels: Arc<Labels>,
    pub(super) fingerprint: Fingerprint,
    /// The fingerprint of a reading that makes more of a page, and all that this one does.
    fuller: Fingerprint,
}

impl Reading {
    fn new(options: Options, labels: Arc<Labels>) -> Self {
        let fingerprint = |detail| Fingerprint::of(&(Options { detail, ..options.clone() }, &labels));
        Self { fingerprint: fingerprint(options.detail), fuller: fingerprint(Detail::Full), options, labels }
    }

    /// Says whether a page that was read so serves.
    pub(super) fn is_served_by(&self, fingerprint: Fingerprint) -> bool {
        fingerprint == self.fingerprint || fingerprint == self.fuller
    }
}

/// How pages are read that lie in a vault of Obsidian, and all others.
pub(super) struct Readings<'p> {
    inputs: &'p Inputs,
    in_vaults: Reading,
    elsewhere: Reading,
}

impl<'p> Readings<'p> {
    pub(super) fn new(project: &'p Project<'_>, detail: Detail) -> Self {
        let elsewhere = reading(project, detail);
        let in_vaults = Reading::new(Options { vault: true, ..elsewhere.options.clone() }, elsewhere.labels.clone());
        Self { inputs: project.inputs, in_vaults, elsewhere }
    }

    pub(super) fn of(&self, path: &BookPath) -> &Reading {
        if is_in_vault(path, self.inputs) { &self.in_vaults } else { &self.elsewhere }
    }
}

fn reading(project: &Project<'_>, detail: Detail) -> Reading {
    let markdown = &project.config.markdown;
    let options = Options {
        smart_punctuation: markdown.smart_punctuation,
        math: markdown.math,
        definition_lists: markdown.definition_lists,
        alerts: markdown.alerts,
        wikilinks: markdown.wikilinks,
        detail,
        trust_html: markdown.html == crate::config::RawHtml::Trusted,
        vault: false,
        trackers: project.config.trackers.clone(),
    };
    Reading::new(options, Arc::new(labels(&project.words)))
}

fn labels(words: &Words) -> Labels {
    let of = |name: &str| words.text(&format!("content.{name}"));
    Labels {
        alerts: ["note", "tip", "important", "warning", "caution"].map(of),
        table: of("table"),
        done: of("done"),
        to_do: of("to_do"),
        formula: of("formula"),
        diagram: of("diagram"),
        diagram_text: of("diagram_text"),
        footnotes: of("footnotes"),
        back: of("back"),
    }
}
