//! `precedent init`

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::args::Init as Args;
use super::{Error, Outcome, book, ci, terminal};
use crate::disk::scaffold::{self, Made, Records};
use crate::disk::{self, Book, Environment, Pages};
use crate::page::title_of_name;
use crate::path::BookPath;
use crate::site::Kind;

pub(super) fn run(args: &Args, environment: &Environment) -> Result<Outcome, Error> {
    let write_error = |source| disk::Error::Write { path: args.dir.clone(), source };
    fs::create_dir_all(&args.dir).map_err(write_error)?;
    let root = fs::canonicalize(&args.dir).map_err(write_error)?;
    let name = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let from_name = BookPath::new(&name).map(|name| title_of_name(&name)).unwrap_or_default();
    let title =
        args.title.clone().unwrap_or(if from_name.is_empty() { "Knowledge base".to_owned() } else { from_name });
    let mut out = String::new();
    let mut notes = Vec::new();
    let records = records(&root, environment);
    if let Some(found) = &records {
        out += &format!("found {found}; they are shown where they are\n");
    }
    let state = if records.is_some() { Records::There } else { Records::None };
    for made in scaffold::write(&root, &scaffold::book(&title, book::today(), state))? {
        out += &book::told(&made, &root);
        notes.extend(missing_in_ignore_file(&root, &made));
    }
    if let Some(service) = args.ci {
        out += &ci::write(service.into(), &root, &args.recipe)?;
    }
    let place = if args.dir.as_os_str() == "." {
        String::new()
    } else {
        format!(" {}", quoted(&args.dir.display().to_string()))
    };
    out.extend(notes);
    out += &format!("\nnext: precedent serve{place} --open\n");
    terminal::print(&out)?;
    Ok(Outcome::Clean)
}

/// Says how many decision records a folder holds that is no book yet; nothing where it holds none.
fn records(root: &Path, environment: &Environment) -> Option<String> {
    if root.join("book.toml").exists() {
        return None;
    }
    let mut book = Book::open(root, environment).ok()?;
    let survey = book.survey(Pages::All).ok()?;
    let folders: BTreeSet<BookPath> = survey.pages(Kind::Decision).map(BookPath::parent).collect();
    let count = survey.pages(Kind::Decision).count();
    let named: Vec<String> =
        folders.iter().take(3).map(|folder| format!("`{}`", terminal::harmless(folder.as_str()))).collect();
    let more = if folders.len() > 3 { " and elsewhere" } else { "" };
    (count > 0).then(|| format!("{} in {}{more}", super::build::count(count, "decision record"), named.join(", ")))
}

/// Says what a `.gitignore` that was there lacks.
fn missing_in_ignore_file(root: &Path, made: &Made) -> Option<String> {
    let Made::Kept(path) = made else { return None };
    let name = path.strip_prefix(root).ok()?;
    let text = (name == Path::new(".gitignore")).then(|| fs::read_to_string(path).ok()).flatten()?;
    let has = text.lines().any(|line| matches!(line.trim(), "/site/" | "/site" | "site/" | "site"));
    (!has).then(|| "note: add `/site/` to `.gitignore`: it is where `precedent build` writes the site\n".to_owned())
}

/// Writes a path as a shell reads it.
fn quoted(path: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '.' | '-' | '_');
    if path.chars().all(plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}
