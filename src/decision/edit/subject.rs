//! A record that is open for edits, what an edit is, and why one cannot be made.

use std::ops::Range;

use super::other::Other;
use crate::date::Date;
use crate::decision::reading::input::Input;
use crate::decision::reading::outline::Outline;
use crate::decision::reading::read;
use crate::decision::record::Record;
use crate::decision::words::dialect::Dialect;
use crate::decision::words::state::State;
use crate::diagnostic::Span;

/// A change of one run of bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The bytes that go; empty where something is only put in.
    pub span: Span,
    /// What comes in their place.
    pub replacement: String,
}

impl Edit {
    pub(super) fn replace(range: Range<usize>, replacement: impl Into<String>) -> Self {
        Self { span: range.into(), replacement: replacement.into() }
    }

    pub(super) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(at..at, text)
    }
}

/// What changes in a record: in its page, and in the file of metadata beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edits {
    /// In the page.
    pub page: Vec<Edit>,
    /// In the file beside it.
    pub metadata: Vec<Edit>,
}

/// Why an edit cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unable {
    /// The form has no word for the state.
    #[error("the form `{}` has no word for `{}`", dialect.name(), state.name())]
    NoWord {
        /// The form.
        dialect: Dialect,
        /// The state.
        state: State,
    },
    /// The form has no place for a note.
    #[error("a status of the form `{}` has no place for a note", dialect.name())]
    NoNote {
        /// The form.
        dialect: Dialect,
    },
    /// The form has no place for it.
    #[error("the form `{}` has no place for {what}", dialect.name())]
    NoPlace {
        /// The form.
        dialect: Dialect,
        /// What was to be put there.
        what: &'static str,
    },
    /// What is there cannot be changed without a risk to what stands around it.
    #[error("{what} is written in a way that cannot be changed safely")]
    Unclear {
        /// What should have changed.
        what: &'static str,
    },
}

/// Makes the edits in a text, which must be the one that they were made for.
///
/// # Errors
/// When two edits overlap, or one lies outside the text.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, Unable> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for Edit { span, replacement } in edits {
        let kept = text.get(at..span.start).filter(|_| text.get(span.start..span.end).is_some());
        out += kept.ok_or(Unable::Unclear { what: "the text" })?;
        out += replacement;
        at = span.end;
    }
    out += &text[at..];
    Ok(out)
}

/// The status that a record is to have.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The state.
    pub state: State,
    /// The record that takes its place, where the state is superseded.
    pub by: Option<&'a Other>,
    /// What is said beyond the state.
    pub note: Option<&'a str>,
    /// The day of the change.
    pub today: Date,
}

/// A record, open for edits.
pub(super) struct Open<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) outline: Outline<'a>,
    pub(super) record: Record,
    pub(super) eol: &'static str,
}

impl<'a> Open<'a> {
    pub(super) fn new(input: &'a Input<'a>) -> Self {
        let outline = Outline::new(&input.text[input.start..], input.start);
        Self { outline, record: read(input), eol: eol_of(input.text), input }
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.record.dialect
    }
}

/// Returns how the lines of a text end.
pub fn eol_of(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
