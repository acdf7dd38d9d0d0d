//! What earlier builds worked out, by the fingerprint of all it depends on; as bytes also for the next process.

mod parts;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::parse::Classified;
use super::past::Remembered;
use crate::codec::{Encoded, Text};
use crate::decision::Traits;
use crate::diagnostic::Diagnostic;
use crate::file::Artifact;
use crate::fingerprint::Fingerprint;
use crate::include::Origin;
use crate::page::{Content, Outline};
use crate::path::{BookPath, SitePath};
use crate::render::{Fault, Settings, Templates};

pub use parts::{PARTS, Parts, SMALL};

/// So many entries are always kept.
const FEW: usize = 1000;

/// Of more, changes are kept when they are one in so many.
const SHARE: usize = 64;

/// Three tables, of pages read, understood and rendered, and the templates. Each holds what the last build used and nothing else.
#[derive(Default)]
pub struct Memo {
    /// The compiled templates of the last build, by the fingerprint of their theme and its words.
    pub(super) templates: Option<(Fingerprint, Arc<Loaded>)>,
    /// What the pages of the last build had in common.
    pub(super) settings: Option<Arc<Settings>>,
    pub(super) parsed: BTreeMap<BookPath, Arc<ParsedPage>>,
    pub(super) classified: BTreeMap<BookPath, Classified>,
    pub(super) rendered: BTreeMap<SitePath, Rendered>,
    /// Files that are compressed for the host, by the fingerprint of what they hold; nothing where that would be no smaller.
    pub(super) precompressed: BTreeMap<SitePath, (Fingerprint, Option<Artifact>)>,
    /// What changed in the last weeks.
    pub(super) weeks: Encoded<Remembered>,
    /// How many entries came or went since it was kept.
    pub(super) changes: usize,
}

impl Memo {
    /// Says whether it differs so much from what was kept that it is worth keeping again: to work out a few pages anew
    /// costs less than to write all of them.
    pub fn is_worth_keeping(&self) -> bool {
        let entries = self.parsed.len() + self.rendered.len();
        self.changes > if entries < FEW { 0 } else { entries / SHARE }
    }

    /// Returns what earlier builds found out about weeks.
    pub(super) fn remembered(&self) -> Remembered {
        if self.weeks.bytes().is_empty() { Remembered::default() } else { self.weeks.get() }
    }

    /// Keeps what a build found out about weeks.
    pub(super) fn remember_weeks(&mut self, weeks: &Remembered) {
        self.weeks = Encoded::new(weeks);
    }

    /// Returns the text of a page that was read, where it is that of its file.
    pub(super) fn text_of(&self, path: &BookPath) -> Option<Text> {
        self.parsed.get(path).filter(|page| page.markdown == page.source).map(|page| page.text.clone())
    }
}

/// Compiled templates, and what is wrong with those of the book.
pub(super) struct Loaded {
    pub(super) templates: Templates,
    pub(super) fault: Option<Fault>,
}

/// A page that was read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ParsedPage {
    /// The fingerprint of path, text and how it is read.
    pub(super) key: Fingerprint,
    /// The fingerprint of the file itself, before includes.
    pub(super) source: Fingerprint,
    /// The fingerprint of how it is read.
    pub(super) reading: Fingerprint,
    /// Whether no other file has a part in the page.
    pub(super) includes_nothing: bool,
    /// The fingerprint of the Markdown with its includes.
    pub(super) markdown: Fingerprint,
    /// What the page shows of being a decision record.
    pub(super) traits: Traits,
    pub(super) outline: Arc<Outline>,
    #[serde(skip)]
    pub(super) content: Encoded<Content>,
    /// The Markdown with its includes.
    #[serde(skip)]
    pub(super) text: Text,
    pub(super) origin: Arc<Origin>,
}

/// A page that was rendered.
#[derive(Debug, Clone)]
pub(super) struct Rendered {
    /// The fingerprint of theme and view.
    pub(super) key: Fingerprint,
    /// The fingerprint of more than the view is made of: the same inputs need not even make the view.
    pub(super) inputs: Option<Fingerprint>,
    pub(super) artifact: Artifact,
    pub(super) diagnostic: Option<Diagnostic>,
}
