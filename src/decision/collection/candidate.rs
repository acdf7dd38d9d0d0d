//! A page that may be a decision, and what is said of it.

use crate::decision::reading::traits::{Likeness, Traits};
use crate::decision::words::name::{self, is_unfilled, speaks_of_template};
use crate::path::BookPath;

/// What settings, front matter and metadata say of a page before its text is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It is a decision.
    Decision,
    /// It is none.
    Other,
    /// It lies so many folders below one that is named for decisions.
    Below(usize),
    /// It lies so deep below a folder that is named for decisions, and is the book's own.
    BelowBook(usize),
    /// Nothing.
    Nothing,
}

/// A page that may be a decision.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// Its file.
    pub path: &'a BookPath,
    /// What its text shows.
    pub traits: &'a Traits,
    /// What is said of it otherwise.
    pub claim: Claim,
}

impl Candidate<'_> {
    pub(super) fn is_index(&self) -> bool {
        matches!(self.path.stem().to_ascii_lowercase().as_str(), "index" | "readme")
    }

    pub(super) fn likeness(&self) -> Likeness {
        self.traits.likeness()
    }

    /// Says whether the name is that of a template.
    pub(super) fn is_named_template(&self) -> bool {
        speaks_of_template(&name::slug_of(self.path)) || speaks_of_template(self.path.parent().name())
    }

    /// Says whether name and text are those of a template.
    pub(super) fn is_template(&self) -> bool {
        let slug = name::slug_of(self.path);
        let number = name::numbered(&slug).and_then(|name| name.number());
        self.is_named_template() && (number == Some(0) || self.traits.asks)
            || number == Some(0) && self.traits.asks
            || is_unfilled(self.path)
    }
}

/// A folder that looks like a collection of which only a part is read as decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partly {
    /// The folder.
    pub folder: BookPath,
    /// The first file that is not read.
    pub first: BookPath,
    /// How many are.
    pub read: usize,
    /// How many look alike.
    pub files: usize,
}
