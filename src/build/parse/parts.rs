//! Which files are parts of pages and no pages themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::classify::Classified;
use crate::build::memo::ParsedPage;
use crate::build::project::Project;
use crate::path::BookPath;
use crate::site::Kind;

/// Returns the files that are a part of pages and no pages themselves: they can only be parts, and a page that is built shows
/// them whole, so that nothing of them is lost.
pub(super) fn parts<'a>(
    pages: &[(&'a ParsedPage, &Classified)],
    project: &Project<'_>,
    drafts: bool,
) -> BTreeSet<&'a BookPath> {
    let shown: BTreeMap<&BookPath, &BTreeSet<BookPath>> =
        pages.iter().map(|(page, _)| (&page.outline.path, &page.origin.shown)).collect();
    let candidates: BTreeSet<&BookPath> = pages
        .iter()
        .filter(|(page, classified)| can_be_part(page, classified, project))
        .map(|(page, _)| &page.outline.path)
        .collect();
    let is_built = |page: &ParsedPage| drafts || !page.outline.front_matter.draft;
    let included: BTreeSet<&BookPath> = shown.values().flat_map(|paths| paths.iter()).collect();
    let is_candidate = |path: &BookPath| candidates.contains(path) && included.contains(path);
    let roots = pages.iter().filter(|(page, _)| is_built(page) && !is_candidate(&page.outline.path));
    let mut open: Vec<&BookPath> = roots.map(|(page, _)| &page.outline.path).collect();
    // Pages that include each other and that no other page shows are reached from none, and stay.
    let mut parts = BTreeSet::new();
    while let Some(path) = open.pop() {
        let reached = shown.get_key_value(path).into_iter().flat_map(|(_, paths)| paths.iter());
        for (path, _) in reached.filter_map(|path| shown.get_key_value(path)) {
            if is_candidate(path) && parts.insert(*path) {
                open.push(path);
            }
        }
    }
    parts
}

/// Says whether a file may be nothing but a part of pages. A record is a page in any case. In an mdBook the navigation says
/// what is a page; elsewhere every file is one, unless its name begins with an underline.
fn can_be_part(page: &ParsedPage, classified: &Classified, project: &Project<'_>) -> bool {
    let path = &page.outline.path;
    let is_named_so = || path.names().any(|name| name.starts_with('_'));
    let is_unlisted = project.summary.is_some() && !project.lists(path);
    classified.kind == Kind::Page && classified.record.is_none() && (is_unlisted || is_named_so())
}
