//! What earlier builds worked out, by the fingerprint of all it depends on.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::file::Artifact;
use crate::fingerprint::Fingerprint;
use crate::include::Expanded;
use crate::page::Page;
use crate::path::{BookPath, SitePath};

/// Two tables: of pages read, and of pages rendered. Each holds what the last build used and nothing else.
#[derive(Debug, Default)]
pub struct Memo {
    pub(super) parsed: BTreeMap<BookPath, Arc<ParsedPage>>,
    pub(super) rendered: BTreeMap<SitePath, Rendered>,
}

/// A page that was read.
#[derive(Debug)]
pub(super) struct ParsedPage {
    /// The fingerprint of path, text and options.
    pub(super) key: Fingerprint,
    pub(super) page: Arc<Page>,
    pub(super) expanded: Arc<Expanded>,
}

/// A page that was rendered.
#[derive(Debug, Clone)]
pub(super) struct Rendered {
    /// The fingerprint of theme and view.
    pub(super) key: Fingerprint,
    pub(super) artifact: Artifact,
    pub(super) diagnostic: Option<Diagnostic>,
}
