//! Vaults of Obsidian: before anything is read, the comments are cut out of their pages.
//!
//! What a build reads comes in, and goes out without comments, so that nothing that follows can show one: not a page, its
//! title, its Markdown, the search, a line of a finding.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Inputs;
use crate::diagnostic::{Code, Diagnostic};
use crate::file::Source;
use crate::include;
use crate::page::{Uncommented, without_comments};
use crate::path::BookPath;

/// Says whether a file lies in a vault.
pub(super) fn is_in_vault(path: &BookPath, inputs: &Inputs) -> bool {
    inputs.vaults.iter().any(|vault| path.is_within(vault))
}

/// Returns the inputs without the comments of vaults.
pub(super) fn uncommented(inputs: &Inputs) -> Cow<'_, Inputs> {
    if inputs.vaults.is_empty() {
        return Cow::Borrowed(inputs);
    }
    let of_vaults = inputs.sources.values().filter(|source| may_hold_comments(source, inputs));
    let cut: Vec<(&Source, Uncommented)> = of_vaults
        .filter_map(|source| Some((source, without_comments(&source.path, &String::from_utf8_lossy(&source.content))?)))
        .collect();
    if cut.is_empty() {
        return Cow::Borrowed(inputs);
    }
    let mut diagnostics = inputs.diagnostics.clone();
    for (source, Uncommented { unclosed, .. }) in &cut {
        diagnostics.extend(include::not_utf8(source));
        diagnostics.extend(unclosed.map(|at| unclosed_comment(&source.path, at)));
    }
    let mut sources: BTreeMap<BookPath, Source> = inputs.sources.clone();
    sources.extend(cut.into_iter().map(|(source, Uncommented { text, .. })| {
        (source.path.clone(), Source::new(source.path.clone(), text.into_bytes()))
    }));
    Cow::Owned(Inputs { sources, diagnostics, ..inputs.clone() })
}

fn may_hold_comments(source: &Source, inputs: &Inputs) -> bool {
    let has_sign = || source.content.windows(2).any(|two| two == b"%%");
    source.path.is_markdown() && is_in_vault(&source.path, inputs) && has_sign()
}

fn unclosed_comment(path: &BookPath, at: usize) -> Diagnostic {
    let message = "a comment of Obsidian (`%%`) that does not end, so the rest of the page is left out";
    Diagnostic::new(Code::ForeignDialect, path, message)
        .at(at..at)
        .help("end it with a further `%%`; `\\%%` is text, and so is `%%` in backticks")
}
