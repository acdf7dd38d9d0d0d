//! What records say of each other, seen from both ends.

use std::collections::{BTreeMap, BTreeSet};

use super::Parsed;
use super::records::{Found, Records};
use super::resolve::Targets;
use crate::decision::{Direction, Reference, Relation, Verb};
use crate::diagnostic::Span;
use crate::path::BookPath;

/// How a record stands to another, told by either of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Related {
    /// The verb.
    pub verb: Verb,
    /// From which end: `Reverse` where the other supersedes this one.
    pub direction: Direction,
    /// The other record, by the number of its page.
    pub entry: usize,
    /// The author's own verb, where it says more.
    pub label: Option<String>,
}

impl Related {
    /// Returns the words for it: "supersedes", "superseded by", "Clarifies".
    pub fn words(&self) -> &str {
        match (&self.label, self.direction) {
            (Some(label), _) => label,
            (None, Direction::Forward) => self.verb.name(),
            (None, Direction::Reverse) if self.verb.is_symmetric() => self.verb.name(),
            (None, Direction::Reverse) => self.verb.reverse_name(),
        }
    }
}

/// A mention of a record that is not one record of the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unresolved {
    /// What was said.
    pub relation: Relation,
    /// Where, in the record's own file.
    pub span: Option<Span>,
    /// The records that it can mean, by number; empty where there is none.
    pub candidates: Vec<usize>,
}

/// What records say of each other.
pub(super) struct Joined {
    /// By page.
    pub(super) related: Vec<Vec<Related>>,
    pub(super) unresolved: Vec<Vec<Unresolved>>,
}

/// Joins what every record says.
pub(super) fn join(pages: &[Parsed], targets: &Targets<'_>, records: &Records) -> Joined {
    let mut edges: BTreeMap<(usize, Verb, usize), Labels> = BTreeMap::new();
    let mut unresolved = vec![Vec::new(); pages.len()];
    for (from, parsed) in pages.iter().enumerate() {
        let Some(record) = &parsed.record else { continue };
        let folder = parsed.outline.path.parent();
        let any_page = |path: &str| page_at(path, &folder, targets);
        let record_at = |path: &str| any_page(path).filter(|at| pages[*at].record.is_some());
        for stated in &record.relations {
            let relation = &stated.value;
            match records.resolve(from, &relation.target, record_at) {
                Found::One(to) if to == from => {}
                Found::One(to) => add(&mut edges, from, to, relation),
                // A page of the book that is no record is linked as any other.
                // Words that are no title are prose.
                Found::Nothing if matches!(relation.target, Reference::Title(_)) => {}
                Found::Nothing if relation.verb == Verb::RelatesTo && any_page(relation.target.text()).is_some() => {}
                found => {
                    let candidates = if let Found::Several(all) = found { all } else { Vec::new() };
                    let span = stated.origin.span.filter(|_| stated.origin.file.is_none());
                    unresolved[from].push(Unresolved { relation: relation.clone(), span, candidates });
                }
            }
        }
    }
    let mut related: Vec<BTreeSet<Related>> = vec![BTreeSet::new(); pages.len()];
    for ((from, verb, to), labels) in edges {
        related[from].insert(Related { verb, direction: Direction::Forward, entry: to, label: labels.forward });
        related[to].insert(Related { verb, direction: Direction::Reverse, entry: from, label: labels.reverse });
    }
    Joined { related: related.into_iter().map(|set| set.into_iter().collect()).collect(), unresolved }
}

/// What either end calls a relation.
#[derive(Default)]
struct Labels {
    forward: Option<String>,
    reverse: Option<String>,
}

fn add(edges: &mut BTreeMap<(usize, Verb, usize), Labels>, from: usize, to: usize, relation: &Relation) {
    let forward = relation.direction == Direction::Forward;
    let (mut ends, mut forward) = if forward { ((from, to), true) } else { ((to, from), false) };
    if relation.verb.is_symmetric() && ends.0 > ends.1 && edges.contains_key(&(ends.1, relation.verb, ends.0)) {
        (ends, forward) = ((ends.1, ends.0), !forward);
    }
    let labels = edges.entry((ends.0, relation.verb, ends.1)).or_default();
    let label = if forward { &mut labels.forward } else { &mut labels.reverse };
    *label = label.take().or_else(|| relation.label.clone());
}

/// Finds the page of a link: seen from the record, else from the root of the pages.
fn page_at(link: &str, folder: &BookPath, targets: &Targets<'_>) -> Option<usize> {
    let relative = (!link.starts_with('/')).then(|| folder.join(link).ok()).flatten();
    let from_root = || BookPath::new(link.trim_matches('/')).ok();
    relative.and_then(|path| targets.page_at(&path)).or_else(|| from_root().and_then(|path| targets.page_at(&path)))
}
