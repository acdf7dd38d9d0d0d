//! What is read of one record.

use std::sync::Arc;

use crate::data::Table;
use crate::decision::shape::Shape;
use crate::decision::words::dialect::Dialect;
use crate::path::BookPath;

/// What is read.
pub struct Input<'a> {
    /// The file.
    pub path: &'a BookPath,
    /// The front matter, empty where there is none.
    pub front_matter: &'a Table,
    /// The whole text of the file.
    pub text: &'a str,
    /// Where its body begins, after the front matter.
    pub start: usize,
    /// `kep.yaml` beside the file, and its text.
    pub metadata: Option<(&'a BookPath, &'a str)>,
    /// The form, where a setting names it.
    pub dialect: Option<Dialect>,
    /// The shape of its collection.
    pub shape: &'a Arc<Shape>,
}
