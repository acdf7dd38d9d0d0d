//! Stretches of the book's history: what git tells from the root of the repository, as files of the book.

use std::collections::{BTreeMap, BTreeSet};

use super::Surroundings;
use crate::build::{Ends, Patch, Stretch, Week};
use crate::date::Date;
use crate::disk::error::Error;
use crate::history::{self, Point, Repository};
use crate::path::BookPath;
use crate::revision::Commit;
use crate::time::{Moment, Zone};

/// So many weeks in which the book changed are told, and none that lies further back than this.
const WEEKS: usize = 12;
const DAYS: u32 = 371;

/// The repository as it lies on the disk: how the files of the book differ from the commit that is checked out, and which
/// there are.
pub(in crate::disk) struct Present<'a> {
    repository: &'a Repository,
    head: String,
    /// What differs in the files as they were read.
    uncommitted: Patch,
    /// The files of the book.
    listing: BTreeSet<BookPath>,
}

impl Surroundings {
    /// Looks at the repository; nothing before the first commit.
    ///
    /// `listing` has the files of the book as they were read. Git compares those on the disk: which of them changed in between
    /// is asked for after it, so that a checkout or a save beside the build makes no state that never was.
    pub(in crate::disk) fn present<'a>(
        &self,
        repository: &'a Repository,
        listing: &BTreeSet<BookPath>,
        changed_meanwhile: impl FnOnce() -> Result<BTreeSet<BookPath>, Error>,
    ) -> Result<Option<Present<'a>>, Error> {
        let Some(head) = repository.head()? else { return Ok(None) };
        let mut differing = BTreeSet::from_iter(repository.changed(&head)?);
        let meanwhile = changed_meanwhile()?;
        differing.extend(meanwhile.iter().map(|path| self.above(path)));
        let listing = listing | &meanwhile;
        let uncommitted = self.patch(repository.at(&head, differing)?, &listing);
        Ok(Some(Present { repository, head, uncommitted, listing }))
    }

    /// Tells what happened between two commits; from the beginning of the book where none is given for it, to the files as they
    /// are where none is given for the end.
    pub(in crate::disk) fn stretch(
        &self,
        present: &Present<'_>,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<(Stretch, bool), history::Error> {
        let Present { repository, head, .. } = present;
        let end = to.unwrap_or(head);
        let told = repository.stretch(from, end, &self.folder)?;
        let between = self.patch(repository.before(from, end, &self.folder)?, &present.listing);
        let after = match to {
            Some(to) => self.state(present, Some(to))?,
            None => Patch::new(),
        };
        let uncommitted = if to.is_none() { present.uncommitted.clone() } else { Patch::new() };
        let touched = between.keys().chain(uncommitted.keys()).cloned().collect();
        let before = self.state(present, from)?;
        let commits = told.changes.into_iter().filter_map(|(path, changes)| {
            let changes = changes.into_iter().map(|history::Change { commit, content }| (commit, content));
            Some((self.below(&path)?, changes.collect::<Vec<(Commit, Option<String>)>>()))
        });
        let stretch = Stretch {
            before,
            after,
            uncommitted: uncommitted.into_keys().collect(),
            parents: told.parents,
            touched,
            renames: told.renames.iter().filter_map(|(to, from)| Some((self.below(to)?, self.below(from)?))).collect(),
            commits: commits.collect(),
            arrivals: told.arrivals.iter().filter_map(|(path, at)| Some((self.below(path)?, *at))).collect(),
        };
        Ok((stretch, told.lacks_contents))
    }

    /// Returns how the book differed from its files as they are, at a commit; before its beginning where none is given.
    fn state(&self, present: &Present<'_>, commit: Option<&str>) -> Result<Patch, history::Error> {
        let committed = present.repository.before(commit, &present.head, &self.folder)?;
        let mut patch = present.uncommitted.clone();
        patch.extend(self.patch(committed, &present.listing));
        Ok(patch)
    }

    /// Tells what happened in each of these stretches; none before the first commit.
    pub(in crate::disk) fn stretches(
        &self,
        wanted: &BTreeSet<Ends>,
        listing: &BTreeSet<BookPath>,
        changed_meanwhile: impl FnOnce() -> Result<BTreeSet<BookPath>, Error>,
    ) -> Result<BTreeMap<Ends, Stretch>, Error> {
        let Some(repository) = Repository::discover(&self.root)? else { return Ok(BTreeMap::new()) };
        let Some(present) = self.present(&repository, listing, changed_meanwhile)? else { return Ok(BTreeMap::new()) };
        let told = wanted.iter().map(|(from, to)| {
            let (stretch, _) = self.stretch(&present, from.as_deref(), to.as_deref())?;
            Ok(((from.clone(), to.clone()), stretch))
        });
        told.collect()
    }

    /// Returns the last weeks in which the book changed, newest first.
    pub(super) fn weeks(
        &self,
        repository: &Repository,
        head: &str,
        zone: &Zone,
        is_cut: bool,
    ) -> Result<Vec<Week>, history::Error> {
        let last = repository.point(head)?;
        let since = zone.start_of(zone.day_of(last.at).monday().minus(DAYS));
        let points = repository.points_since(head, since, &self.folder)?;
        let Some(oldest) = points.last() else { return Ok(Vec::new()) };
        let earlier = repository.point_at(head, since.minus(1))?;
        let mut ends = by_week(&points, zone);
        // The commit at which a shallow clone begins tells nothing of what it changed.
        let origin = match earlier {
            Some(earlier) => Some(earlier.hash),
            None if is_cut => Some(oldest.hash.clone()),
            None => None,
        };
        ends.truncate(WEEKS + 1);
        let weeks = ends.iter().enumerate().take(WEEKS).map(|(at, (monday, end))| {
            let from = ends.get(at + 1).map(|(_, end)| end.hash.clone()).or_else(|| origin.clone());
            Week { monday: *monday, ends: (from, Some(end.hash.clone())) }
        });
        Ok(weeks.filter(|week| week.ends.0 != week.ends.1).collect())
    }

    /// Takes files of the repository as those of the book. One that is there and no file of the book was none before either.
    fn patch(&self, files: BTreeMap<String, Option<String>>, listing: &BTreeSet<BookPath>) -> Patch {
        let is_there = |path: &str| self.root.join(path).symlink_metadata().is_ok();
        let of_book = files.into_iter().filter_map(|(path, hash)| Some((self.below(&path)?, path, hash)));
        of_book
            .filter(|(below, path, _)| listing.contains(below) || !is_there(path))
            .map(|(below, _, hash)| (below, hash))
            .collect()
    }

    /// Returns a path of the book as one of the repository.
    pub(super) fn above(&self, path: &BookPath) -> String {
        match (self.folder.as_str(), path.as_str()) {
            ("", path) => path.to_owned(),
            (folder, "") => folder.to_owned(),
            (folder, path) => format!("{folder}/{path}"),
        }
    }

    /// Returns a path of the repository as one of the book.
    pub(super) fn below(&self, path: &str) -> Option<BookPath> {
        let below = if self.folder.is_empty() { path } else { path.strip_prefix(&*self.folder)?.strip_prefix('/')? };
        BookPath::new(below).ok()
    }
}

/// Returns the weeks that have commits and the last commit of each, newest first. A clock that went wrong makes no week twice.
fn by_week<'p>(points: &'p [Point], zone: &Zone) -> Vec<(Date, &'p Point)> {
    let mut weeks: Vec<(Date, &Point)> = Vec::new();
    let mut latest = Moment(i64::MAX);
    for point in points {
        latest = latest.min(point.at);
        let monday = zone.day_of(latest).monday();
        if weeks.last().is_none_or(|(last, _)| *last != monday) {
            weeks.push((monday, point));
        }
    }
    weeks
}
