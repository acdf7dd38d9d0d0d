//! Two sites, page by page: which are the same, and what became of each.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Changes, Deadline, Edit, Fact, Named, Weight};
use super::metadata;
use super::text::{Text, compare};
use crate::decision::{Direction, State, Stated, Verb};
use crate::path::BookPath;
use crate::revision::Commit;
use crate::site::{Entry, Kind, Related, Site};
use crate::time::Moment;

/// What is compared.
pub struct Between<'a> {
    /// The site before.
    pub before: &'a Site,
    /// The site after, read with the same settings.
    pub after: &'a Site,
    /// The files that differ, by their names before and after.
    pub touched: &'a BTreeSet<BookPath>,
    /// The names that files had before, by those that they have after.
    pub renames: &'a BTreeMap<BookPath, BookPath>,
    /// The commits between them that touched a file, newest first, by its name after; of one that is gone by its last.
    pub commits: &'a BTreeMap<BookPath, Vec<Commit>>,
    /// The commit that gave a record its state, of those that several commits touched and that stand in another than before;
    /// nothing where none can be named.
    pub said: &'a BTreeMap<BookPath, Option<Commit>>,
    /// When what changed a file came to the branch.
    pub arrivals: &'a BTreeMap<BookPath, Moment>,
    /// The files that are not as they were committed.
    pub uncommitted: &'a BTreeSet<BookPath>,
}

/// The pages that are the same before and after, by their numbers.
struct Same {
    /// Of each page after which it was before.
    pairs: Vec<(Option<usize>, usize)>,
    /// Of each page before which it is after.
    after: BTreeMap<usize, usize>,
}

/// Tells what differs.
pub fn between(input: &Between<'_>) -> Changes {
    let Between { before, after, .. } = *input;
    let pairs = pairs(input);
    let known = pairs.iter().filter_map(|(old, new)| Some(((*old)?, *new))).collect();
    let same = Same { pairs, after: known };
    let mut changes = Changes::default();
    for (old, new) in &same.pairs {
        let entry = &after.entries[*new];
        if entry.is_missing_page() {
            continue;
        }
        let old = old.map(|old| &before.entries[old]);
        let (facts, is_small) = match old {
            None => (vec![Fact::Added], false),
            Some(old) => facts(old, entry, &same, input),
        };
        if is_small {
            changes.small.push(entry.page().path.clone());
        }
        changes.pages.extend((!facts.is_empty()).then(|| change(old, entry, facts, input)));
    }
    let is_gone = |(old, entry): &(usize, &Entry)| !same.after.contains_key(old) && !entry.is_missing_page();
    changes.pages.extend(before.entries.iter().enumerate().filter(is_gone).map(|(_, entry)| {
        let mut change = change(Some(entry), entry, vec![Fact::Removed], input);
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
fn facts(old: &Entry, new: &Entry, same: &Same, input: &Between<'_>) -> (Vec<Fact>, bool) {
    let mut facts = of_record(old, new, same, input);
    if old.bare_title() != new.bare_title() {
        facts.push(Fact::Retitled { from: old.bare_title().to_owned() });
    }
    if old.url != new.url {
        let redirects = input.after.redirects.get(&old.url) == Some(&new.url);
        facts.push(Fact::Moved { from: old.url.clone(), redirects });
    }
    // Also where only a file that it includes is another.
    if old.parsed.markdown_fingerprint == new.parsed.markdown_fingerprint {
        return (facts, false);
    }
    let (before, after) = (old.parsed.content.get(), new.parsed.content.get());
    let text =
        |entry, sections| Text { outline: Entry::page(entry), sections, stated: metadata::stated(&entry.parsed) };
    facts.extend(compare(&text(old, &before.sections), &text(new, &after.sections)));
    facts.extend(struck(old, new).filter(|_| facts.is_empty()));
    // What is left is spelling, spacing, punctuation, or markup: where a link leads, what is bold.
    let is_small = facts.is_empty();
    (facts, is_small)
}

/// Tells of words that were struck through, or are no longer: they still stand there, and hold no more.
fn struck(old: &Entry, new: &Entry) -> Option<Fact> {
    let struck = |entry: &Entry| -> Vec<String> {
        let text = entry.parsed.markdown.to_string();
        text.split("~~").skip(1).step_by(2).map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    };
    let (before, after) = (struck(old), struck(new));
    let other =
        after.iter().find(|part| !before.contains(part)).or(before.iter().find(|part| !after.contains(part)))?;
    let sentence = format!("~~{other}~~");
    Some(Fact::Section { heading: String::new(), anchor: None, how: Edit::Changed, sentence })
}

fn of_record(old: &Entry, new: &Entry, same: &Same, input: &Between<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let is_decision = |entry: &Entry| entry.parsed.kind == Kind::Decision;
    let state = |entry: &Entry| entry.state().filter(|_| is_decision(entry));
    let (from, to) = (state(old), state(new));
    if from != to {
        facts.push(Fact::Status { from, to, commit: said(new, to, input) });
    }
    let Some((filed, earlier)) = new.filed.as_ref().zip(old.filed.as_ref()) else { return facts };
    let known: BTreeSet<usize> = earlier.successors.iter().filter_map(|at| same.after.get(at).copied()).collect();
    if filed.successors.iter().any(|successor| !known.contains(successor)) {
        facts.push(Fact::SupersededBy(filed.successors.iter().map(|at| named(&input.after.entries[*at])).collect()));
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
    // Only what its own text says: the others tell the rest.
    if input.touched.contains(&new.page().path) || input.touched.contains(&old.page().path) {
        facts.extend(relations(old, new, same, input));
        facts.extend(other_people(old, new));
    }
    facts
}

/// Tells how a record stands to others, as it did not before. What replaces it is told as such.
fn relations(old: &Entry, new: &Entry, same: &Same, input: &Between<'_>) -> Vec<Fact> {
    let known: BTreeSet<(Verb, Direction, usize)> =
        old.related.iter().filter_map(|one| Some((one.verb, one.direction, *same.after.get(&one.entry)?))).collect();
    let is_new = |one: &&Related| {
        let is_replaced = one.verb == Verb::Supersedes && one.direction == Direction::Reverse;
        !is_replaced && !known.contains(&(one.verb, one.direction, one.entry))
    };
    let fact = |one: &Related| {
        let is_reverse = one.direction == Direction::Reverse && !one.verb.is_symmetric();
        let verb = if is_reverse { one.verb.reverse_name() } else { one.verb.name() };
        Fact::Relates { verb: verb.to_owned(), to: named(&input.after.entries[one.entry]) }
    };
    new.related.iter().filter(is_new).map(fact).collect()
}

/// Tells which fields of a record name other people.
fn other_people(old: &Entry, new: &Entry) -> Vec<Fact> {
    let Some((record, earlier)) = new.parsed.record.as_ref().zip(old.parsed.record.as_ref()) else { return Vec::new() };
    let fields = [
        ("deciders", &earlier.deciders, &record.deciders),
        ("consulted", &earlier.consulted, &record.consulted),
        ("informed", &earlier.informed, &record.informed),
        ("authors", &earlier.authors, &record.authors),
        ("owners", &earlier.owners, &record.owners),
    ];
    let names = |list: &[Stated<String>]| list.iter().map(|stated| stated.value.clone()).collect::<Vec<_>>();
    let others = fields.into_iter().filter(|(_, before, after)| names(before) != names(after));
    others.map(|(field, _, after)| Fact::People { field: field.to_owned(), to: names(after) }).collect()
}

/// Returns the commit that gave a record its state; nothing where that is another record's word, or is not committed.
fn said(entry: &Entry, state: Option<State>, input: &Between<'_>) -> Option<Commit> {
    let path = &entry.page().path;
    let own = entry.parsed.record.as_ref().and_then(|record| record.status.as_ref()).map(|status| status.value.state);
    if own != state || input.uncommitted.contains(path) {
        return None;
    }
    let alone = || input.commits.get(path).filter(|commits| commits.len() == 1).map(|commits| commits[0].clone());
    input.said.get(path).cloned().unwrap_or_else(alone)
}

fn change(old: Option<&Entry>, entry: &Entry, facts: Vec<Fact>, input: &Between<'_>) -> Change {
    let page = named(entry);
    // Where only another record says it, or no longer does, the commits of that one did it.
    let successors = |site: &Site, entry: &Entry| -> Vec<BookPath> {
        let numbers = entry.filed.iter().flat_map(|filed| &filed.successors);
        numbers.map(|at| site.entries[*at].page().path.clone()).collect()
    };
    let before = old.map(|old| successors(input.before, old)).unwrap_or_default();
    let others = if facts.contains(&Fact::Removed) { Vec::new() } else { successors(input.after, entry) };
    let own = old.map(|old| old.page().path.clone());
    let paths: Vec<BookPath> = [page.path.clone()].into_iter().chain(own).chain(others).chain(before).collect();
    let told = paths.iter().find_map(|path| input.commits.get(path).filter(|commits| !commits.is_empty()));
    let arrived = paths.iter().find_map(|path| input.arrivals.get(path).copied());
    let is_uncommitted = paths.iter().any(|path| input.uncommitted.contains(path));
    let arrived = arrived.or_else(|| told.and_then(|commits| commits.first()).map(|commit| commit.at));
    // Whoever did it, it was there in the end.
    let last = || input.arrivals.values().max().copied().filter(|_| !is_uncommitted);
    let is_new = facts.contains(&Fact::Added);
    let scope = old.and_then(|old| old.filed.as_ref()).map(|filed| filed.scope.clone());
    Change {
        weight: weight(entry, &facts),
        description: if is_new { entry.page().description.clone() } else { String::new() },
        state: entry.state().filter(|_| entry.parsed.kind == Kind::Decision),
        commits: told.cloned().unwrap_or_default(),
        at: arrived.or_else(last),
        is_uncommitted,
        people: people(entry),
        scope_before: scope.filter(|scope| *scope != page.scope),
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
