//! `precedent governs`

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::args::{Format, Governs as Args};
use super::terminal::{Colour, harmless};
use super::{Error, Outcome, terminal};
use crate::decision::State;
use crate::disk::{Book, Environment, Pages};
use crate::govern::{Governed, Governing, Reason, SourceFile, govern};
use crate::history::Repository;
use crate::owner::Owners;
use crate::site::Site;

/// The largest source file whose text is looked at for markers, in bytes.
const LARGEST: u64 = 4 << 20;

pub(super) fn run(args: &Args, environment: &Environment) -> Result<Outcome, Error> {
    let mut book = Book::open(&args.dir, environment)?;
    let survey = book.survey(Pages::All)?;
    let paths = paths(args, book.repository_root())?;
    let governed = governed(&book, &survey.site, &paths);
    match args.format {
        Format::Json => terminal::print_json(&governed)?,
        Format::Text => terminal::print(&shown(&governed, Colour::of(&io::stdout())))?,
    }
    Ok(Outcome::Clean)
}

/// Says what governs these files, which are named from the root of the repository.
pub(super) fn governed(book: &Book, site: &Site, paths: &BTreeSet<String>) -> Vec<Governed> {
    let (around, root) = (book.repository(), book.repository_root());
    let owners = around.codeowners.as_deref().map(Owners::read);
    let of_file = |path: &String| {
        let file = SourceFile {
            path,
            text: &text(&root.join(path)),
            owners: owners.iter().flat_map(|owners| owners.of(path)).map(str::to_owned).collect(),
            book: &around.folder,
        };
        govern(site, &file)
    };
    paths.iter().map(of_file).collect()
}

/// The files that are asked about, from the root of the repository. A folder stands for what is in it.
fn paths(args: &Args, root: &Path) -> Result<BTreeSet<String>, Error> {
    let repository = Repository::discover(root)?;
    let mut paths = BTreeSet::new();
    for path in &args.path {
        let from_root = from_root(path, root)?;
        if root.join(&from_root).is_dir() {
            let Some(repository) = &repository else { return Err(Error::NoRepository { path: path.clone() }) };
            let within = |file: &String| {
                from_root.is_empty() || file.strip_prefix(&from_root).is_some_and(|rest| rest.starts_with('/'))
            };
            paths.extend(repository.files()?.into_iter().filter(within));
        } else {
            paths.insert(from_root);
        }
    }
    if let Some(revision) = &args.diff {
        let Some(repository) = &repository else { return Err(Error::NoRepository { path: root.to_owned() }) };
        paths.extend(repository.changed(revision)?);
    }
    Ok(paths)
}

/// Returns a path as the repository names it, whether there is such a file or not.
fn from_root(path: &Path, root: &Path) -> Result<String, Error> {
    let outside = || Error::OutsideRepository { path: path.to_owned(), root: root.to_owned() };
    let here = env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    let mut whole = PathBuf::new();
    for part in here.join(path).components() {
        match part {
            Component::ParentDir => drop(whole.pop()),
            Component::CurDir => {}
            part => whole.push(part),
        }
    }
    let whole = whole.canonicalize().unwrap_or(whole);
    let below = whole.strip_prefix(root).map_err(|_| outside())?;
    let names: Option<Vec<&str>> = below.components().map(|name| name.as_os_str().to_str()).collect();
    Ok(names.ok_or_else(outside)?.join("/"))
}

fn text(path: &Path) -> String {
    let small = fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() <= LARGEST);
    let bytes = if small { fs::read(path).unwrap_or_default() } else { Vec::new() };
    String::from_utf8_lossy(&bytes).into_owned()
}

fn shown(governed: &[Governed], colour: Colour) -> String {
    let mut out = String::new();
    for Governed { path, records, lost } in governed {
        // Of many files only those are shown that something governs.
        if records.is_empty() && lost.is_empty() && governed.len() > 1 {
            continue;
        }
        out += &format!("{}\n", colour.paint("1", &harmless(path)));
        if records.is_empty() {
            out += "  no decision or guideline says that it governs this file\n";
        }
        for record in records {
            out += &one(record, colour);
        }
        for marker in lost {
            let warning = format!("line {} names `{}`, which is no record", marker.line, harmless(&marker.name));
            out += &format!("  {}\n", colour.paint("33", &warning));
        }
    }
    if out.is_empty() { "no decision or guideline says that it governs one of these files\n".to_owned() } else { out }
}

fn one(record: &Governing, colour: Colour) -> String {
    let state = record.status.map_or("", State::name);
    let state =
        record.status.map_or(String::new(), |status| format!("  {}", colour.paint(terminal::colour_of(status), state)));
    let reasons: Vec<String> = record.reasons.iter().map(reason).collect();
    let mut out =
        format!("  {}{state}\n    {}\n", harmless(&record.title), colour.paint("36", &harmless(&record.path)));
    out += &format!("    {}\n", colour.paint("2", &harmless(&reasons.join("; "))));
    if !record.superseded_by.is_empty() {
        out += &format!("    superseded by {}\n", harmless(&record.superseded_by.join(", ")));
    }
    out
}

fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Marker { line } => format!("named in line {line}"),
        Reason::Pattern { pattern } => format!("applies to `{pattern}`"),
        Reason::Scope { folder } => format!("of the scope `{folder}`"),
        Reason::Owner { name } => format!("owned by {name}"),
    }
}
