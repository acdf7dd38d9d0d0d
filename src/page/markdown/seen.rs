//! What the walk over a page sees: the parser's events, and what the parser does not know.

use pulldown_cmark::{BlockQuoteKind, CowStr, Event};

/// A thing that stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::page) enum Seen<'a> {
    /// What the parser calls it. Texts that follow each other are one.
    Event(Event<'a>),
    /// Text that is shown otherwise than it is written: a dash, a curly quote, the sign of an emoji code.
    Shown {
        /// What readers see.
        text: CowStr<'a>,
        /// What the author wrote, of which ids are made.
        written: &'a str,
    },
    /// The beginning of an alert that the parser does not know.
    AlertStart(Alert),
    /// Its end.
    AlertEnd(Fold),
}

/// An alert: its kind, and what its author says of its frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::page) struct Alert {
    /// The nearest of the five kinds that GitHub has.
    pub(in crate::page) kind: BlockQuoteKind,
    /// Its title, empty for that of the kind.
    pub(in crate::page) title: String,
    pub(in crate::page) fold: Fold,
}

/// Whether a frame can be folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::page) enum Fold {
    Never,
    Open,
    Closed,
}
