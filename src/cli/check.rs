//! `precedent check`

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::args::{Check as Args, Format};
use super::{Error, Outcome, report, terminal};
use crate::build::Build;
use crate::collision::{self, Collision, Tree};
use crate::decision::Shape;
use crate::diagnostic::{Code, Diagnostic, Finding, Severity};
use crate::disk::{self, Book, Environment};
use crate::history::Repository;
use crate::path::BookPath;
use crate::site::{Entry, Site};

pub(super) fn run(args: &Args, environment: &Environment) -> Result<Outcome, Error> {
    let overrides = super::build::overrides(&args.deny, false)?;
    let mut book = Book::open(&args.dir, &super::build::given(environment, &[], args.trust))?;
    let mut memo = book.recall();
    let build = book.build(&mut memo, &overrides)?;
    book.remember(&memo);
    let mut findings = build.findings.clone();
    findings.extend(collisions(args, &book, &build)?);
    match args.format {
        Format::Json => terminal::print_json(&findings)?,
        Format::Text => report::findings(&findings),
    }
    super::book::check_pages(&book, &build)?;
    // What a build would refuse, it is told here.
    disk::examine(&book, &super::book::site_folder(None, &book, &build), &build)?;
    let denied = findings.iter().any(|finding| finding.severity == Severity::Deny);
    if args.format == Format::Text && !denied {
        terminal::print(&format!("{}, none at `deny`\n", super::build::count(findings.len(), "finding")))?;
    }
    Ok(if denied { Outcome::Denied } else { Outcome::Clean })
}

/// Compares the numbers here with those of other revisions.
fn collisions(args: &Args, book: &Book, build: &Build) -> Result<Vec<Finding>, Error> {
    if args.against.is_empty() && !args.all_branches {
        return Ok(Vec::new());
    }
    let repository =
        Repository::discover(book.root())?.ok_or_else(|| Error::NoRepository { path: book.root().to_owned() })?;
    let mut revisions: Vec<(String, String)> = args.against.iter().map(|name| (name.clone(), name.clone())).collect();
    if args.all_branches {
        revisions.extend(repository.branches()?.into_iter().map(|branch| (branch.name, branch.reference)));
    }
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for (name, revision) in revisions {
        for collision in with(&repository, &revision, &book.repository().folder, &build.site)? {
            if seen.insert((collision.here.clone(), collision.there.clone())) {
                findings.push(finding(&collision, &name));
            }
        }
    }
    Ok(findings)
}

/// Compares the numbers here with those of one revision.
pub(super) fn with(
    repository: &Repository,
    revision: &str,
    folder: &str,
    site: &Site,
) -> Result<Vec<Collision>, Error> {
    let tree = |paths: BTreeSet<String>| -> Tree { paths.iter().filter_map(|path| below(path, folder)).collect() };
    let records = site.entries.iter().filter_map(Entry::record);
    let shapes: BTreeMap<BookPath, Arc<Shape>> =
        records.map(|(record, _)| (record.shape.folder.clone(), record.shape.clone())).collect();
    let (here, there) = (tree(repository.files()?), tree(repository.tree(revision)?));
    let base = match repository.merge_base("HEAD", revision)? {
        Some(base) => tree(repository.tree(&base)?),
        None => Tree::new(),
    };
    Ok(collision::find(&here, &there, &base, &shapes))
}

fn below(path: &str, folder: &str) -> Option<BookPath> {
    let below = if folder.is_empty() { path } else { path.strip_prefix(folder)?.strip_prefix('/')? };
    BookPath::new(below).ok()
}

fn finding(collision: &Collision, name: &str) -> Finding {
    let Collision { here, there, number, free } = collision;
    let message = format!("the number {number} is that of `{there}` on `{name}`");
    let help = format!("`precedent decision renumber {here} {free}` gives it the next free one");
    let diagnostic = Diagnostic::new(Code::NumberCollision, here, message).help(help);
    Finding::locate(diagnostic, Code::NumberCollision.default_severity(), None)
}
