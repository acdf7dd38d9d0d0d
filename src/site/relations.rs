//! Which decision replaces which, seen from both ends.

use std::collections::BTreeSet;

use super::Parsed;
use super::resolve::Targets;
use crate::decision::Reference;

/// The decisions before and after one, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Relations {
    /// Those that it replaces.
    pub supersedes: Vec<usize>,
    /// Those that replace it.
    pub superseded_by: Vec<usize>,
}

/// Joins what either record says.
pub(super) fn compute(pages: &[Parsed], targets: &Targets<'_>) -> Vec<Relations> {
    let mut edges = BTreeSet::new();
    for (from, parsed) in pages.iter().enumerate() {
        let Some(record) = &parsed.record else { continue };
        let find = |reference: &Reference| match reference {
            Reference::Link(link) => {
                let path = link.split(['#', '?']).next().unwrap_or("");
                targets.page_at(&parsed.page.path.parent().join(path).ok()?)
            }
            Reference::Name(name) => targets.record(from, name),
        };
        edges.extend(record.supersedes.iter().filter_map(find).map(|old| (from, old)));
        edges.extend(record.superseded_by.iter().filter_map(find).map(|new| (new, from)));
    }
    let mut relations = vec![Relations::default(); pages.len()];
    for (new, old) in edges {
        relations[new].supersedes.push(old);
        relations[old].superseded_by.push(new);
    }
    relations
}
