//! What several commands need of a book; and `clean`.

use std::env;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::args::Clean;
use super::{Error, Outcome, report, terminal};
use crate::build::{Build, Overrides};
use crate::date::Date;
use crate::disk::scaffold::Made;
use crate::disk::{self, Book, Environment, Unpublished, cache};
use crate::time::{Moment, Zone};

/// Returns where the site goes: what the command line says, seen from here, else what the settings say.
pub(super) fn site_folder(out: Option<&Path>, book: &Book, build: &Build) -> PathBuf {
    match out {
        Some(out) => out.to_owned(),
        None => book.root().join(build.folder.as_str()),
    }
}

/// Refuses a book without a page: what was published of it stays.
pub(super) fn check_pages(book: &Book, build: &Build) -> Result<(), Error> {
    if build.counts.pages > 0 {
        return Ok(());
    }
    let path = book.root().join(build.src.as_str());
    Err(Error::NoPages { exists: path.is_dir(), path })
}

/// Returns a path as a user would type it from here.
pub(super) fn shown(path: &Path) -> String {
    let here = env::current_dir().and_then(|here| here.canonicalize());
    let relative = here.ok().and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    terminal::harmless(&relative.unwrap_or_else(|| path.to_owned()).display().to_string())
}

/// Returns the day where the user is, or that of `SOURCE_DATE_EPOCH` in UTC.
///
/// See <https://reproducible-builds.org/specs/source-date-epoch/>.
pub(super) fn today() -> Date {
    match fixed_now() {
        Some(moment) => Zone::default().day_of(moment),
        None => Zone::of_system().day_of(now()),
    }
}

/// Returns the moment of `SOURCE_DATE_EPOCH`, else of the clock.
pub(super) fn now() -> Moment {
    let clock = || {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Moment(i64::try_from(since.as_secs()).unwrap_or(0))
    };
    fixed_now().unwrap_or_else(clock)
}

fn fixed_now() -> Option<Moment> {
    std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok()).map(Moment)
}

/// Says what became of a file.
pub(super) fn told(made: &Made, root: &Path) -> String {
    let (word, path) = match made {
        Made::Created(path) => ("created", path),
        Made::Kept(path) => ("kept   ", path),
    };
    format!("{word} {}\n", path.strip_prefix(root).unwrap_or(path).display())
}

pub(super) fn clean(args: &Clean, environment: &Environment) -> Result<Outcome, Error> {
    let mut book = Book::open(&args.dir, environment)?;
    let mut memo = book.recall();
    let build = book.build(&mut memo, &Overrides::default())?;
    let folder = site_folder(args.out.as_deref(), &book, &build);
    let Unpublished { removed, left } = disk::unpublish(&book, &folder, &build)?;
    book.cache().map_or(Ok(()), cache::clear)?;
    report::left(&left);
    let files = super::build::count(removed, "file");
    terminal::print(&format!("removed {files} of the site in {} and the search index\n", shown(&folder)))?;
    Ok(Outcome::Clean)
}
