//! Two sites, page by page: which are the same, and what became of each.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Changes, Deadline, Fact, Named, Weight};
use super::metadata;
use super::text::{Edits, Text, compare};
use crate::decision::{State, Stated};
use crate::path::BookPath;
use crate::revision::Commit;
use crate::site::{Entry, Kind, Site};
use crate::time::Moment;

/// What is compared.
pub struct Between<'a> {
    /// The site before.
    pub before: &'a Site,
    /// The site after, read with the same settings.
    pub after: &'a Site,
    /// The files that differ, by their names before and after; every other page has the same text in both.
    pub touched: &'a BTreeSet<BookPath>,
    /// The names that files had before, by those that they have after.
    pub renames: &'a BTreeMap<BookPath, BookPath>,
    /// The commits between them that touched a file, newest first, by its name after; of one that is gone by its last.
    pub commits: &'a BTreeMap<BookPath, Vec<Commit>>,
    /// The state that a record's text gave after each of those commits, newest first, where it differs in the end.
    pub states: &'a BTreeMap<BookPath, Vec<(Commit, Option<State>)>>,
    /// When what changed a file came to the branch.
    pub arrivals: &'a BTreeMap<BookPath, Moment>,
}

/// Tells what differs.
pub fn between(input: &Between<'_>) -> Changes {
    let Between { before, after, .. } = *input;
    let pairs = pairs(input);
    let taken: BTreeSet<usize> = pairs.iter().filter_map(|(old, _)| *old).collect();
    let mut changes = Changes::default();
    for (old, new) in pairs {
        let entry = &after.entries[new];
        if entry.is_missing_page() {
            continue;
        }
        let (facts, is_small) = match old {
            None => (vec![Fact::Added], false),
            Some(old) => facts(&before.entries[old], entry, input),
        };
        if is_small {
            changes.small.push(entry.page().path.clone());
        }
        changes.pages.extend((!facts.is_empty()).then(|| change(entry, facts, input)));
    }
    let gone =
        before.entries.iter().enumerate().filter(|(old, entry)| !taken.contains(old) && !entry.is_missing_page());
    changes.pages.extend(gone.map(|(_, entry)| {
        let mut change = change(entry, vec![Fact::Removed], input);
        change.page.address = None;
        change
    }));
    changes.pages.sort_by(|one, other| {
        let key = |change: &Change| (change.weight, change.at.is_some(), std::cmp::Reverse(change.at));
        key(one).cmp(&key(other)).then_with(|| one.page.path.cmp(&other.page.path))
    });
    changes
}

/// Finds for each page after which page it was before: by its file, by renames that git tells of, or else by what it says.
fn pairs(input: &Between<'_>) -> Vec<(Option<usize>, usize)> {
    let Between { before, after, renames, .. } = *input;
    let renamed: BTreeSet<&BookPath> = renames.values().collect();
    let mut pairs: Vec<(Option<usize>, usize)> = Vec::with_capacity(after.entries.len());
    for (new, entry) in after.entries.iter().enumerate() {
        let path = &entry.page().path;
        let by_rename = renames.get(path).and_then(|old| before.entries.find(old));
        // What had the name before and has another now is that other page.
        let by_path = || before.entries.find(path).filter(|_| !renamed.contains(path));
        pairs.push((by_rename.or_else(by_path), new));
    }
    // A file that was copied and then changed has one past, and that is the one of its own name.
    let mut taken = BTreeSet::new();
    for (old, _) in &mut pairs {
        *old = old.filter(|old| taken.insert(*old));
    }
    let mut left: BTreeMap<(String, String, bool), usize> = BTreeMap::new();
    for (old, entry) in before.entries.iter().enumerate().filter(|(old, _)| !taken.contains(old)) {
        left.insert(says(entry), old);
    }
    for (old, new) in pairs.iter_mut().filter(|(old, _)| old.is_none()) {
        *old = left.remove(&says(&after.entries[*new]));
    }
    pairs
}

/// By what a page is known that has another file, where nobody committed that: title, scope, and whether it is a record.
fn says(entry: &Entry) -> (String, String, bool) {
    let scope = entry.filed.as_ref().map(|filed| filed.scope.clone()).unwrap_or_default();
    (entry.bare_title().to_lowercase(), scope, entry.filed.is_some())
}

/// Tells what became of a page, and whether some of its words are others and nothing more.
fn facts(old: &Entry, new: &Entry, input: &Between<'_>) -> (Vec<Fact>, bool) {
    let mut facts = of_record(old, new, input);
    if old.bare_title() != new.bare_title() {
        facts.push(Fact::Retitled { from: old.bare_title().to_owned() });
    }
    if old.url != new.url {
        let redirects = input.after.redirects.get(&old.url) == Some(&new.url);
        facts.push(Fact::Moved { from: old.url.clone(), redirects });
    }
    let is_touched = input.touched.contains(&new.page().path) || input.touched.contains(&old.page().path);
    if !is_touched || old.parsed.markdown_fingerprint == new.parsed.markdown_fingerprint {
        return (facts, false);
    }
    let (before, after) = (old.parsed.content.get(), new.parsed.content.get());
    let text =
        |entry, sections| Text { outline: Entry::page(entry), sections, stated: metadata::stated(&entry.parsed) };
    let Edits { facts: of_text, is_small } = compare(&text(old, &before.sections), &text(new, &after.sections));
    facts.extend(of_text);
    let is_small = is_small && facts.is_empty();
    (facts, is_small)
}

fn of_record(old: &Entry, new: &Entry, input: &Between<'_>) -> Vec<Fact> {
    let Some((filed, earlier)) = new.filed.as_ref().zip(old.filed.as_ref()) else { return Vec::new() };
    let mut facts = Vec::new();
    if filed.state != earlier.state {
        let commit = said(new, filed.state, input);
        facts.push(Fact::Status { from: earlier.state, to: filed.state, commit });
    }
    let successors: Vec<Named> = filed.successors.iter().map(|at| named(&input.after.entries[*at])).collect();
    let known: BTreeSet<&str> = earlier
        .successors
        .iter()
        .filter_map(|at| input.before.entries[*at].filed.as_ref())
        .map(|filed| &*filed.id)
        .collect();
    if successors.iter().any(|successor| !known.contains(&*successor.id)) {
        facts.push(Fact::SupersededBy(successors));
    }
    let number = |entry: &Entry| entry.parsed.record.as_ref()?.number.as_ref().map(|number| number.value);
    if let (Some(from), Some(to)) = (old.label(), new.label())
        && number(old) != number(new)
    {
        facts.push(Fact::Renumbered { from, to });
    }
    let days = [
        (Deadline::DecideBy, earlier.decide_by, filed.decide_by),
        (Deadline::ReviewBy, earlier.review_by, filed.review_by),
    ];
    let moved = days.into_iter().filter(|(_, from, to)| from != to);
    facts.extend(moved.map(|(what, from, to)| Fact::Deadline { what, from, to }));
    facts
}

/// Returns the commit that gave a record its state: the first of the newest that all have it.
fn said(entry: &Entry, state: Option<State>, input: &Between<'_>) -> Option<Commit> {
    let path = &entry.page().path;
    match input.states.get(path) {
        Some(states) => {
            let same = states.iter().take_while(|(_, then)| *then == state);
            same.last().map(|(commit, _)| commit.clone())
        }
        None => input.commits.get(path).filter(|commits| commits.len() == 1).map(|commits| commits[0].clone()),
    }
}

fn change(entry: &Entry, facts: Vec<Fact>, input: &Between<'_>) -> Change {
    let page = named(entry);
    let successors =
        facts.iter().find_map(|fact| if let Fact::SupersededBy(records) = fact { Some(records) } else { None });
    // Where only another record says it, its commits did it.
    let paths = std::iter::once(&page.path).chain(successors.into_iter().flatten().map(|record| &record.path));
    let told = paths.clone().find_map(|path| input.commits.get(path).filter(|commits| !commits.is_empty()));
    let arrived = paths.clone().find_map(|path| input.arrivals.get(path).copied());
    let is_new = facts.contains(&Fact::Added);
    Change {
        weight: weight(entry, &facts),
        description: if is_new { entry.page().description.clone() } else { String::new() },
        state: entry.state().filter(|_| entry.parsed.kind == Kind::Decision),
        commits: told.cloned().unwrap_or_default(),
        at: arrived.or_else(|| told.and_then(|commits| commits.first()).map(|commit| commit.at)),
        people: people(entry),
        page,
        facts,
    }
}

fn weight(entry: &Entry, facts: &[Fact]) -> Weight {
    let is_gone = facts.contains(&Fact::Removed);
    match (entry.parsed.kind, entry.state()) {
        (Kind::Decision, Some(State::Proposed)) if !is_gone => Weight::NeedsAnswer,
        (Kind::Decision, _) => {
            let holds =
                |fact: &Fact| matches!(fact, Fact::Added | Fact::Removed | Fact::Status { .. } | Fact::SupersededBy(_));
            if facts.iter().any(holds) { Weight::InForce } else { Weight::Other }
        }
        (Kind::Guideline, _) => {
            let holds = |fact: &Fact| matches!(fact, Fact::Added | Fact::Removed | Fact::Rule { .. });
            if facts.iter().any(holds) { Weight::InForce } else { Weight::Other }
        }
        (Kind::Page, _) => Weight::Other,
    }
}

pub(super) fn named(entry: &Entry) -> Named {
    let path = entry.page().path.clone();
    let filed = entry.filed.as_ref();
    Named {
        kind: entry.parsed.kind,
        id: filed.map_or_else(|| path.to_string(), |filed| filed.id.clone()),
        label: entry.label(),
        title: entry.labelled_title().to_owned(),
        path,
        address: Some(entry.url.clone()),
        scope: filed.map(|filed| filed.scope.clone()).unwrap_or_default(),
        tags: entry.tags(),
    }
}

/// Everybody whom a record concerns.
pub(super) fn people(entry: &Entry) -> Vec<String> {
    let Some((record, filed)) = entry.record() else { return Vec::new() };
    let lists = [&record.deciders, &record.consulted, &record.informed, &record.authors];
    let stated = lists.into_iter().flatten().map(|stated: &Stated<String>| stated.value.clone());
    let mut seen = BTreeSet::new();
    stated.chain(filed.owners.iter().cloned()).filter(|name| seen.insert(name.clone())).collect()
}
