//! New files: of a new book, and the next guideline or page of a book.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::Error;
use super::write;
use crate::amend::NewFile;
use crate::build::Survey;
use crate::date::Date;
use crate::page::slug;
use crate::path::BookPath;
use crate::site::Kind;

/// What became of a file to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// It was written.
    Created(PathBuf),
    /// One was there already, and is as it was.
    Kept(PathBuf),
}

/// Whether a folder holds decision records before it is a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Records {
    /// It does.
    There,
    /// It does not.
    None,
}

/// Returns the files of a new book. Around records that are there already it is settings alone, which show all of them.
pub fn book(title: &str, today: Date, records: Records) -> Vec<NewFile> {
    let file = |path: &str, text: &str| NewFile {
        path: BookPath::new(path).expect("a plain path"),
        text: text.replace("{title}", &title.replace('"', "'")).replace("{date}", &today.to_string()),
    };
    let ignore = file(".gitignore", include_str!("../../templates/book/gitignore"));
    if records == Records::There {
        return vec![file("book.toml", include_str!("../../templates/book/around-records.toml")), ignore];
    }
    vec![
        file("book.toml", include_str!("../../templates/book/book.toml")),
        ignore,
        file("docs/index.md", include_str!("../../templates/book/index.md")),
        file(
            "docs/decisions/0001-record-architecture-decisions.md",
            include_str!("../../templates/book/0001-record-architecture-decisions.md"),
        ),
        file("docs/guidelines/writing.md", include_str!("../../templates/book/writing.md")),
    ]
}

/// Returns the next guideline or page: a guideline where most of them are.
pub fn next(kind: Kind, title: &str, survey: &Survey) -> NewFile {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let slug = slug(&title);
    let slug = if slug.is_empty() { "untitled".to_owned() } else { slug };
    let (folder, template) = match kind {
        Kind::Page => (survey.src.clone(), include_str!("../../templates/page.md")),
        _ => {
            let first = || survey.src.join("guidelines").expect("a plain name");
            (largest_folder(survey, kind).unwrap_or_else(first), include_str!("../../templates/guideline.md"))
        }
    };
    let path = folder.join(&format!("{slug}.md")).expect("a slug has no slash");
    NewFile { path, text: template.replace("{title}", &title) }
}

/// Returns the folder that holds most of a kind.
fn largest_folder(survey: &Survey, kind: Kind) -> Option<BookPath> {
    let mut folders: Vec<BookPath> = survey.pages(kind).map(BookPath::parent).collect();
    folders.sort();
    let count = |folder: &BookPath| folders.iter().filter(|other| *other == folder).count();
    folders.iter().rev().max_by_key(|folder| count(folder)).cloned()
}

/// Writes new files below a folder. One that is there already stays as it is.
///
/// # Errors
/// When a file cannot be written.
pub fn write(root: &Path, files: &[NewFile]) -> Result<Vec<Made>, Error> {
    files.iter().map(|file| write_new(root, file)).collect()
}

fn write_new(root: &Path, file: &NewFile) -> Result<Made, Error> {
    let path = root.join(file.path.as_str());
    let error = |source| Error::Write { path: path.clone(), source };
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(error)?;
    }
    match write::new(&path, file.text.as_bytes()).map_err(error)? {
        true => Ok(Made::Created(path)),
        false => Ok(Made::Kept(path)),
    }
}

/// Returns the root of the git repository that a folder lies in.
pub fn repository_of(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join(".git").exists())
}
