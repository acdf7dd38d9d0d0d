//! `precedent new`

use std::env;
use std::path::Path;
use std::process::Command;

use super::args::{KindName, New as Args};
use super::{Error, Outcome, book, terminal};
use crate::build::{Memo, Overrides};
use crate::disk::Book;
use crate::disk::scaffold::{self, Existing, Made};
use crate::site::Kind;

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let kind = match args.kind {
        KindName::Decision => Kind::Decision,
        KindName::Guideline => Kind::Guideline,
        KindName::Page => Kind::Page,
    };
    let mut book = Book::open(&args.dir, book::today)?;
    let build = book.build(&mut Memo::default(), &Overrides { drafts: true, ..Overrides::default() });
    let file = scaffold::next(kind, &args.title, &Existing::of(&build, kind), book::today());
    for made in scaffold::write(book.root(), &[file])? {
        match made {
            Made::Created(path) => {
                terminal::print(&format!("{}\n", shown(&path)))?;
                if args.edit {
                    edit(&path)?;
                }
            }
            Made::Kept(path) => return Err(Error::Exists { path }),
        }
    }
    Ok(Outcome::Clean)
}

/// The path as a user would type it from here.
fn shown(path: &Path) -> String {
    let here = env::current_dir().and_then(|here| here.canonicalize());
    let relative = here.ok().and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    relative.unwrap_or_else(|| path.to_owned()).display().to_string()
}

/// Opens the user's editor, whose setting may hold arguments.
fn edit(path: &Path) -> Result<(), Error> {
    let setting =
        ["VISUAL", "EDITOR"].into_iter().find_map(|name| env::var(name).ok().filter(|value| !value.trim().is_empty()));
    let command = setting.ok_or(Error::NoEditor)?;
    let mut words = command.split_whitespace();
    let program = words.next().ok_or(Error::NoEditor)?;
    let failed = |source| Error::Editor { command: command.clone(), source };
    let status = Command::new(program).args(words).arg(path).status().map_err(|error| failed(Some(error)))?;
    if status.success() { Ok(()) } else { Err(failed(None)) }
}
