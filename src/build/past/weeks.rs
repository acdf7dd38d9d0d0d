//! What changed in the last weeks of a book: worked out once for each, since a week that is over stays as it was.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::state::MOST;
use super::{Ends, Patch, Stretch, at, compared};
use crate::build::memo::Memo;
use crate::build::project::Project;
use crate::build::{Inputs, Survey, Wants};
use crate::changes::{Changes, WeekOfChanges};
use crate::date::Date;
use crate::fingerprint::Fingerprint;
use crate::path::BookPath;
use crate::site::Site;

/// A week of the book's history.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Week {
    /// Its first day.
    pub monday: Date,
    /// The commits between which it lies.
    pub ends: Ends,
}

/// What earlier builds found out about weeks, by the fingerprint of all that it depends on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Remembered(pub(in crate::build) BTreeMap<Fingerprint, Changes>);

/// Tells what changed in the weeks that git told of, the newest first, and how many of them were not in the memo. `site` is
/// the book as it is.
pub(in crate::build) fn weeks(
    project: &Project<'_>,
    original: &Inputs,
    site: &Site,
    memo: &mut Memo,
) -> Result<(Vec<WeekOfChanges>, usize), Wants> {
    let weeks = original.repository.answers.known().map_or(&[][..], |known| &known.weeks);
    if weeks.is_empty() {
        memo.remember_weeks(&Remembered::default());
        return Ok((Vec::new(), 0));
    }
    let common = common(project);
    let Remembered(mut known) = memo.remembered();
    let key_of = |ends: &Ends| Fingerprint::of(&(common, ends));
    // Git is asked about the weeks that nobody knows: once for all of them, and once for what their files held.
    let fresh: Vec<&Ends> =
        weeks.iter().map(|week| &week.ends).filter(|ends| !known.contains_key(&key_of(ends))).collect();
    let untold = fresh.iter().filter(|ends| !original.stretches.contains_key(**ends));
    let stretches: BTreeSet<Ends> = untold.map(|ends| (*ends).clone()).collect();
    if !stretches.is_empty() {
        return Err(Wants { stretches, ..Wants::default() });
    }
    let contents = fresh.iter().flat_map(|ends| held(&original.stretches[*ends], project, site));
    let contents: BTreeSet<String> = contents.filter(|hash| !original.contents.contains_key(hash)).collect();
    if !contents.is_empty() {
        return Err(Wants { contents, ..Wants::default() });
    }
    let mut pages = Memo { parsed: memo.parsed.clone(), classified: memo.classified.clone(), ..Memo::default() };
    // The state at the end of a week is that at the beginning of the next, which was read already.
    let mut last: Option<(Patch, Survey)> = None;
    let mut told = Vec::new();
    let mut kept = BTreeMap::new();
    let mut worked_out = 0;
    for Week { monday, ends } in weeks {
        let key = key_of(ends);
        let changes = match known.remove(&key) {
            Some(changes) => changes,
            None => {
                worked_out += 1;
                let stretch = &original.stretches[ends];
                let after = match last.take() {
                    Some((patch, survey)) if patch == stretch.after => survey,
                    _ => at(original, &mut pages, &stretch.after)?,
                };
                let before = at(original, &mut pages, &stretch.before)?;
                let changes = compared(original, stretch, (&before.site, &after.site))?;
                last = Some((stretch.before.clone(), before));
                changes
            }
        };
        kept.insert(key, changes.clone());
        // A week in which only other files of the repository changed is none of the book.
        if !(changes.pages.is_empty() && changes.small.is_empty()) {
            told.push(WeekOfChanges { monday: *monday, changes, is_first: ends.0.is_none() });
        }
    }
    memo.remember_weeks(&Remembered(kept));
    Ok((told, worked_out))
}

/// Returns the contents that will be needed, so that git is asked once for all weeks: of pages, and of the versions of records.
fn held(stretch: &Stretch, project: &Project<'_>, site: &Site) -> Vec<String> {
    let Stretch { before, after, commits, .. } = stretch;
    let is_page = |path: &BookPath| path.is_markdown() && path.is_within(&project.src);
    let pages = before.iter().chain(after).filter(|(path, _)| is_page(path)).filter_map(|(_, hash)| hash.clone());
    let is_record = |path: &BookPath| site.entries.find(path).is_some_and(|at| site.entries[at].filed.is_some());
    let several = commits.iter().filter(|(path, commits)| commits.len() > 1 && is_record(path));
    let versions = several.flat_map(|(_, commits)| commits.iter().take(MOST)).filter_map(|(_, hash)| hash.clone());
    pages.chain(versions).collect()
}

/// The fingerprint of all that tells how a state is read, whatever is in it.
fn common(project: &Project<'_>) -> Fingerprint {
    let Inputs { sites, vaults, overrides, repository, given, folder_name, .. } = project.inputs;
    let settings = (&project.config, &given.settings, given.trust, overrides.drafts);
    // The site of the settings is no part of the book, whether it was built yet or not.
    let others: Vec<&BookPath> = sites.iter().filter(|site| **site != project.config.build.folder).collect();
    Fingerprint::of(&(
        settings,
        others,
        vaults,
        &repository.codeowners,
        &repository.folder,
        folder_name,
        &*project.words,
    ))
}
