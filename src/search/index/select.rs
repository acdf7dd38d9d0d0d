//! The pages that filters leave.

use std::collections::BTreeSet;

use super::super::query::{Filters, Parsed};
use super::snapshot::Snapshot;

/// Which pages are allowed, by their number; all of them where nothing is filtered.
pub(super) struct Selection(Option<Vec<bool>>);

impl Selection {
    pub(super) fn new(snapshot: &Snapshot, parsed: &Parsed) -> tantivy::Result<Self> {
        let Parsed { filters, unwanted_filters, days, .. } = parsed;
        if *filters == Filters::default() && *unwanted_filters == Filters::default() && !days.any() {
            return Ok(Self(None));
        }
        let mut allowed = vec![true; snapshot.bound()];
        for pages in each(snapshot, filters)? {
            (0..).zip(&mut allowed).for_each(|(page, allowed)| *allowed &= pages.contains(&page));
        }
        for page in each(snapshot, unwanted_filters)?.into_iter().flatten() {
            allowed[page as usize] = false;
        }
        if days.any() {
            for (begin, segment) in snapshot.segments() {
                let column = segment.fast_fields().u64("day")?;
                for document in 0..segment.max_doc() {
                    allowed[(begin + document) as usize] &= days.hold(column.first(document));
                }
            }
        }
        Ok(Self(Some(allowed)))
    }

    pub(super) fn allows(&self, page: u32) -> bool {
        self.0.as_ref().is_none_or(|allowed| allowed[page as usize])
    }
}

/// Returns for each kind of filter that is set the pages that have one of its values.
fn each(snapshot: &Snapshot, filters: &Filters) -> tantivy::Result<Vec<BTreeSet<u32>>> {
    let mut found = Vec::new();
    for (name, values) in filters.by_field().into_iter().filter(|(_, values)| !values.is_empty()) {
        let field = snapshot.searcher.schema().get_field(name)?;
        let mut pages = BTreeSet::new();
        for value in values {
            pages.extend(snapshot.with_term(field, value)?);
        }
        found.push(pages);
    }
    Ok(found)
}
