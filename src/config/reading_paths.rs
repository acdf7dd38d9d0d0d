//! `[[reading-paths]]`: pages in the order in which somebody should read them.

use super::reader::Reader;
use crate::diagnostic::Span;

/// Pages in the order in which somebody should read them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReadingPath {
    /// What it is called.
    pub title: String,
    /// For whom it is, or what they know afterwards.
    pub description: Option<String>,
    /// The pages as they are named: from the folder of the pages, or from the book's root.
    pub pages: Vec<NamedPage>,
}

/// A page that the settings name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NamedPage {
    /// Its name, as it is written.
    pub name: String,
    /// Where that stands.
    pub span: Option<Span>,
}

pub(super) fn read_reading_paths(root: &mut Reader<'_>) -> Vec<ReadingPath> {
    let read = |table: &mut Reader<'_>| {
        let (title, description) = (table.text("title"), table.text("description"));
        let pages = table.placed_texts("pages").into_iter().map(|(name, span)| NamedPage { name, span }).collect();
        Some(ReadingPath { title: title.or_else(|| table.missing("title", "a text"))?, description, pages })
    };
    root.tables("reading-paths", read).into_iter().flatten().collect()
}
