//! `precedent ci`, and what `precedent init --ci` has of it.

use std::fs;
use std::path::Path;

use super::args::{Ci as Args, Recipe};
use super::{Error, Outcome, book, terminal};
use crate::amend::{Service, Setup, recipe};
use crate::disk;
use crate::disk::scaffold::{self, Made};
use crate::path::BookPath;

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let no_folder = |source| disk::Error::NoFolder { path: args.dir.clone(), source };
    let folder = fs::canonicalize(&args.dir).map_err(no_folder)?;
    // A folder of the book will do, as for every command.
    let place = folder.ancestors().find(|folder| folder.join("book.toml").is_file()).unwrap_or(&folder);
    terminal::print(&write(args.service.into(), place, &args.recipe)?)?;
    Ok(Outcome::Clean)
}

/// Writes the recipe for a book to the root of its repository, and returns what to say of it.
pub(super) fn write(service: Service, place: &Path, args: &Recipe) -> Result<String, Error> {
    let root = scaffold::repository_of(place).unwrap_or(place);
    let below =
        place.strip_prefix(root).expect("a repository lies above its book").to_string_lossy().replace('\\', "/");
    let below = BookPath::new(&below).unwrap_or_else(|_| BookPath::root());
    let files = recipe(service, &Setup { book: &below, branch: &args.branch, install: &args.install })?;
    let made = scaffold::write(root, &files)?;
    let mut out: String = made.iter().map(|made| book::told(made, root)).collect();
    if args.install.is_empty() && matches!(made[0], Made::Created(_)) {
        out += &format!("note: fill in PRECEDENT_INSTALL in `{}`: how CI installs Precedent\n", files[0].path);
    }
    let includes = files.get(1).zip(made.get(1)).filter(|(_, made)| matches!(made, Made::Kept(_)));
    if let Some((file, _)) = includes {
        out += &format!("note: add to `{}`:\n{}", file.path, file.text);
    }
    Ok(out)
}
