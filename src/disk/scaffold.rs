//! New files: of a new book, and the next decision, guideline or page of a book.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::Error;
use crate::build::Build;
use crate::date::Date;
use crate::decision::number_of_name;
use crate::page::slug;
use crate::path::BookPath;
use crate::site::Kind;

/// A file to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its place below the root.
    pub path: BookPath,
    /// Its text.
    pub text: String,
}

/// What became of a file to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// It was written.
    Created(PathBuf),
    /// One was there already, and is as it was.
    Kept(PathBuf),
}

/// Returns the files of a new book.
pub fn book(title: &str, today: Date) -> Vec<NewFile> {
    let file = |path: &str, text: &str| NewFile {
        path: BookPath::new(path).expect("a plain path"),
        text: text.replace("{title}", &title.replace('"', "'")).replace("{date}", &today.to_string()),
    };
    vec![
        file("book.toml", include_str!("../../templates/book/book.toml")),
        file("docs/index.md", include_str!("../../templates/book/index.md")),
        file(
            "docs/decisions/0001-record-architecture-decisions.md",
            include_str!("../../templates/book/0001-record-architecture-decisions.md"),
        ),
        file("docs/guidelines/writing.md", include_str!("../../templates/book/writing.md")),
        file(".github/workflows/docs.yml", include_str!("../../templates/book/workflow.yml")),
    ]
}

/// Returns the next file of a kind: where the others of the kind are, numbered on from the highest.
pub fn next(kind: Kind, title: &str, existing: &Existing, today: Date) -> NewFile {
    let slug = slug(title);
    let slug = if slug.is_empty() { "untitled".to_owned() } else { slug };
    let (name, template) = match kind {
        Kind::Decision => (existing.next_decision(&slug, today), include_str!("../../templates/decision.md")),
        Kind::Guideline => (format!("{slug}.md"), include_str!("../../templates/guideline.md")),
        Kind::Page => (format!("{slug}.md"), include_str!("../../templates/page.md")),
    };
    let folder = match kind {
        Kind::Page => existing.src.clone(),
        _ => existing.folder.clone().unwrap_or_else(|| {
            let name = if kind == Kind::Decision { "decisions" } else { "guidelines" };
            existing.src.join(name).expect("a plain name")
        }),
    };
    let text = template.replace("{title}", title).replace("{date}", &today.to_string());
    NewFile { path: folder.join(&name).expect("a slug has no slash"), text }
}

/// What a book has of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Existing {
    /// The folder of the pages.
    pub src: BookPath,
    /// The folder that holds most of the kind.
    pub folder: Option<BookPath>,
    /// The names in that folder, without extensions.
    pub stems: Vec<String>,
}

impl Existing {
    /// Looks at what a build found.
    pub fn of(build: &Build, kind: Kind) -> Self {
        let paths: Vec<BookPath> = build.pages(kind).cloned().collect();
        let mut folders: Vec<BookPath> = paths.iter().map(BookPath::parent).collect();
        folders.sort();
        let count = |folder: &BookPath| folders.iter().filter(|other| *other == folder).count();
        let folder = folders.iter().rev().max_by_key(|folder| count(folder)).cloned();
        let stems =
            paths.iter().filter(|path| Some(path.parent()) == folder).map(|path| path.stem().to_owned()).collect();
        Self { src: build.src.clone(), folder, stems }
    }

    /// Numbers as the folder does: with as many digits, or by date where no name has a number.
    fn next_decision(&self, slug: &str, today: Date) -> String {
        let numbers = self.stems.iter().filter_map(|stem| number_of_name(stem).map(|number| (number, stem)));
        let Some((highest, stem)) = numbers.max() else {
            let dated = self
                .stems
                .first()
                .filter(|stem| stem.len() >= 8 && stem.as_bytes()[..8].iter().all(u8::is_ascii_digit));
            return if dated.is_some() { format!("{}-{slug}.md", today.compact()) } else { format!("0001-{slug}.md") };
        };
        let prefix: String = stem.chars().take_while(|letter| !letter.is_ascii_digit()).collect();
        let width = stem[prefix.len()..].chars().take_while(char::is_ascii_digit).count();
        format!("{prefix}{:0width$}-{slug}.md", highest + 1)
    }
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
    match fs::File::create_new(&path) {
        Ok(mut out) => {
            out.write_all(file.text.as_bytes()).map_err(error)?;
            Ok(Made::Created(path))
        }
        Err(source) if source.kind() == std::io::ErrorKind::AlreadyExists => Ok(Made::Kept(path)),
        Err(source) => Err(error(source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_numbered_as_its_folder_numbers() {
        let today = Date::new(2026, 11, 22).unwrap();
        let name = |stems: &[&str]| {
            let stems = stems.iter().map(|stem| (*stem).to_owned()).collect();
            Existing { src: BookPath::root(), folder: None, stems }.next_decision("use-x", today)
        };
        assert_eq!(name(&[]), "0001-use-x.md");
        assert_eq!(name(&["0001-a", "0009-b", "notes"]), "0010-use-x.md");
        assert_eq!(name(&["adr-007-a"]), "adr-008-use-x.md");
        assert_eq!(name(&["20240101-a"]), "20261122-use-x.md");
    }
}
