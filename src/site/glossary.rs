//! The terms of all glossaries, each with the page that explains it.

use crate::page::Term;

use super::Parsed;

/// A term, and where it is explained.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Explained {
    /// The page, by its number.
    pub entry: usize,
    /// What it is called, and what it means.
    pub term: Term,
}

/// Returns the terms of the pages. A name that two of them explain is the first one's.
pub(super) fn glossary(pages: &[Parsed]) -> Vec<Explained> {
    let of_page = |(entry, parsed): (usize, &Parsed)| {
        parsed.outline.terms.iter().map(move |term| Explained { entry, term: term.clone() }).collect::<Vec<_>>()
    };
    pages.iter().enumerate().flat_map(of_page).collect()
}
