//! Pages whose text has changed, shown before the book is built again.
//!
//! In: the inputs of the last build with the new texts, and its site. Out: the files of those pages, where other pages see
//! of them what they saw before. All else of the site is as it was; the build that follows has the last word.

use std::collections::BTreeSet;

use super::memo::Memo;
use super::project::Project;
use super::{Inputs, output, parse, vault};
use crate::file::Artifact;
use crate::path::BookPath;
use crate::site::Site;

/// Renders these pages anew, in a time that does not grow with the book but for a look at the names of its files; nothing
/// where more than their text has changed.
pub fn refresh(inputs: &Inputs, memo: &Memo, site: &Site, pages: &BTreeSet<BookPath>) -> Option<Vec<Artifact>> {
    let inputs = &*vault::uncommented(inputs);
    let project = Project::new(inputs).ok()?;
    let mut site = site.clone();
    let mut changed = Vec::new();
    for path in pages {
        let at = site.entries.find(path)?;
        site.entries.replace(at, parse::again(&project, memo, path)?);
        changed.push(at);
    }
    let files: Option<Vec<Vec<Artifact>>> = changed.into_iter().map(|at| output::page(&site, memo, at)).collect();
    Some(files?.concat())
}
