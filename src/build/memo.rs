//! What earlier builds worked out, by the fingerprint of all it depends on.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::parse::Classified;
use crate::decision::Traits;
use crate::diagnostic::Diagnostic;
use crate::file::Artifact;
use crate::fingerprint::Fingerprint;
use crate::include::Expanded;
use crate::page::{Labels, Options, Page};
use crate::path::{BookPath, SitePath};
use crate::render::{Fault, Templates};

/// Three tables, of pages read, understood and rendered, and the templates. Each holds what the last build used and nothing else.
#[derive(Default)]
pub struct Memo {
    /// The compiled templates of the last build, by the fingerprint of their theme and its words.
    pub(super) templates: Option<(Fingerprint, Arc<Loaded>)>,
    pub(super) parsed: BTreeMap<BookPath, Arc<ParsedPage>>,
    pub(super) classified: BTreeMap<BookPath, Classified>,
    pub(super) rendered: BTreeMap<SitePath, Rendered>,
}

/// Compiled templates, and what is wrong with those of the book.
pub(super) struct Loaded {
    pub(super) templates: Templates,
    pub(super) fault: Option<Fault>,
}

/// How pages are read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Reading {
    pub(super) options: Options,
    pub(super) labels: Arc<Labels>,
}

/// A page that was read.
#[derive(Debug)]
pub(super) struct ParsedPage {
    /// The fingerprint of path, text and how it is read.
    pub(super) key: Fingerprint,
    /// The fingerprint of the file itself, before includes.
    pub(super) source: Fingerprint,
    pub(super) reading: Reading,
    /// Whether no other file has a part in the page.
    pub(super) includes_nothing: bool,
    /// The fingerprint of the Markdown with its includes.
    pub(super) markdown: Fingerprint,
    /// What the page shows of being a decision record.
    pub(super) traits: Traits,
    pub(super) page: Arc<Page>,
    pub(super) expanded: Arc<Expanded>,
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
