//! `precedent init`

use std::fs;

use super::args::Init as Args;
use super::{Error, Outcome, book, terminal};
use crate::disk;
use crate::disk::scaffold::{self, Made};
use crate::page::title_of_name;
use crate::path::BookPath;

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let write_error = |source| disk::Error::Write { path: args.dir.clone(), source };
    fs::create_dir_all(&args.dir).map_err(write_error)?;
    let root = fs::canonicalize(&args.dir).map_err(write_error)?;
    let name = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let from_name = BookPath::new(&name).map(|name| title_of_name(&name)).unwrap_or_default();
    let title =
        args.title.clone().unwrap_or(if from_name.is_empty() { "Knowledge base".to_owned() } else { from_name });
    let mut out = String::new();
    for made in scaffold::write(&root, &scaffold::book(&title, book::today()))? {
        let (word, path) = match &made {
            Made::Created(path) => ("created", path),
            Made::Kept(path) => ("kept   ", path),
        };
        out += &format!("{word} {}\n", path.strip_prefix(&root).unwrap_or(path).display());
    }
    let place = if args.dir.as_os_str() == "." {
        String::new()
    } else {
        format!(" {}", quoted(&args.dir.display().to_string()))
    };
    out += &format!("\nnext: precedent serve{place} --open\n");
    terminal::print(&out)?;
    Ok(Outcome::Clean)
}

/// Writes a path as a shell reads it.
fn quoted(path: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '.' | '-' | '_');
    if path.chars().all(plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}
