//! Which commit gave a record its state: what its text said after each.

use std::collections::{BTreeMap, BTreeSet};

use crate::build::past::{Held, Stretch};
use crate::build::project::Project;
use crate::build::{Inputs, Wants, parse};
use crate::decision::State;
use crate::path::BookPath;
use crate::revision::Commit;
use crate::site::Site;

/// So many commits of one record are looked at.
pub(super) const MOST: usize = 50;

/// The commits that touched a record, newest first, with what it held after each.
pub(super) type Versions<'a> = BTreeMap<&'a BookPath, &'a [(Commit, Option<String>)]>;

/// The commits that gave records their states, where one can be named.
pub(super) type Said = BTreeMap<BookPath, Option<Commit>>;

/// Returns the commits that may have given a record its state: of those that stand in another than before, and that several
/// commits touched.
pub(super) fn versions<'a>(stretch: &'a Stretch, before: &Site, after: &Site) -> Versions<'a> {
    let stands = |site: &Site, path: &BookPath| site.entries.find(path).and_then(|at| site.entries[at].state());
    let earlier = |path| stretch.renames.get(path).unwrap_or(path);
    let several = stretch.commits.iter().filter(|(_, commits)| commits.len() > 1);
    let others = several.filter(|(path, _)| stands(after, path) != stands(before, earlier(path)));
    others.map(|(path, commits)| (path, &commits[..commits.len().min(MOST)])).collect()
}

/// Reads which state each of these versions gives its record, and finds the commit that gave it the one in which it stands.
pub(super) fn said(inputs: &Inputs, stretch: &Stretch, versions: &Versions<'_>, after: &Site) -> Result<Said, Wants> {
    if versions.is_empty() {
        return Ok(BTreeMap::new());
    }
    let project = Project::new(inputs).map_err(Wants::files)?;
    let of_file = |(path, commits): (&&BookPath, &&[(Commit, Option<String>)])| {
        let entry = after.entries.find(path).map(|at| &after.entries[at]);
        let record = entry.and_then(|entry| entry.parsed.record.as_ref());
        let state = |hash: &Option<String>| {
            let Held { content, .. } = inputs.contents.get(hash.as_ref()?)?;
            parse::state(&project, path, content, &record?.shape)
        };
        let states: Vec<Option<State>> = commits.iter().map(|(_, hash)| state(hash)).collect();
        let all = stretch.commits[*path].len();
        let told = Told { commits, states, parents: &stretch.parents, is_whole: all == commits.len() };
        ((*path).clone(), entry.and_then(|entry| told.first_with(entry.state())).cloned())
    };
    Ok(versions.iter().map(of_file).collect())
}

/// The versions of one record, newest first.
struct Told<'a> {
    commits: &'a [(Commit, Option<String>)],
    states: Vec<Option<State>>,
    /// The parents of commits; nothing where they follow each other in a line.
    parents: &'a BTreeMap<String, Vec<String>>,
    /// Whether these are all of them.
    is_whole: bool,
}

impl Told<'_> {
    /// Returns the commit that brought a state: from the newest that has it, back as long as one before has it too. A merge
    /// brings nothing that one of its sides had.
    fn first_with(&self, state: Option<State>) -> Option<&Commit> {
        let mut at = self.states.iter().position(|then| *then == state)?;
        loop {
            let earlier = self.earlier(at);
            match earlier.iter().find(|earlier| self.states[**earlier] == state) {
                Some(earlier) => at = *earlier,
                // Of what came before the oldest that was looked at, nothing is known.
                None if earlier.is_empty() && !self.is_whole => return None,
                None => return Some(&self.commits[at].0),
            }
        }
    }

    /// Returns the versions from which one was made.
    fn earlier(&self, at: usize) -> Vec<usize> {
        if self.parents.is_empty() {
            return if at + 1 < self.commits.len() { vec![at + 1] } else { Vec::new() };
        }
        let place = |hash: &str| self.commits.iter().position(|(commit, _)| commit.hash == hash);
        let mut seen = BTreeSet::new();
        let mut open: Vec<&String> = self.parents.get(&self.commits[at].0.hash).into_iter().flatten().collect();
        let mut found = Vec::new();
        while let Some(hash) = open.pop() {
            if !seen.insert(hash) {
                continue;
            }
            match place(hash) {
                // The log goes from new to old, so this comes to an end.
                Some(earlier) if earlier > at => found.push(earlier),
                _ => open.extend(self.parents.get(hash).into_iter().flatten()),
            }
        }
        found.sort_unstable();
        found
    }
}
