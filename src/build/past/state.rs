//! Which commit gave a record its state: what its text said after each.

use std::collections::BTreeMap;

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

/// The state that a record's text gave after each of its commits, newest first.
pub(super) type States = BTreeMap<BookPath, Vec<(Commit, Option<State>)>>;

/// Returns the commits that may have given a record its state: of those that stand in another than before, and that several
/// commits touched.
pub(super) fn versions<'a>(stretch: &'a Stretch, before: &Site, after: &Site) -> Versions<'a> {
    let stands = |site: &Site, path: &BookPath| site.entries.find(path).and_then(|at| site.entries[at].state());
    let earlier = |path| stretch.renames.get(path).unwrap_or(path);
    let several = stretch.commits.iter().filter(|(_, commits)| commits.len() > 1);
    let others = several.filter(|(path, _)| stands(after, path) != stands(before, earlier(path)));
    others.map(|(path, commits)| (path, &commits[..commits.len().min(MOST)])).collect()
}

/// Reads which state each of these versions gives its record.
pub(super) fn states(inputs: &Inputs, versions: &Versions<'_>, after: &Site) -> Result<States, Wants> {
    if versions.is_empty() {
        return Ok(BTreeMap::new());
    }
    let project = Project::new(inputs).map_err(Wants::files)?;
    let state = |path: &BookPath, hash: &Option<String>| {
        let Held { content, .. } = inputs.contents.get(hash.as_ref()?)?;
        let record = after.entries[after.entries.find(path)?].parsed.record.as_ref()?;
        parse::state(&project, path, content, &record.shape)
    };
    let of_file = |(path, commits): (&&BookPath, &&[(Commit, Option<String>)])| {
        let states = commits.iter().map(|(commit, hash)| (commit.clone(), state(path, hash)));
        ((*path).clone(), states.collect())
    };
    Ok(versions.iter().map(of_file).collect())
}
