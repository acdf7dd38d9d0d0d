//! One decision record: its text comes in, a [`Record`] comes out, in whatever form it is written.
//!
//! Front matter, a `kep.yaml`, bullets, lines, tables and sections are read with one vocabulary (`field`), and what
//! they say is put together by `gather`, in that order of trust. Every value keeps where it came from. Nothing is
//! invented: what the text does not give is absent.

mod body;
mod day;
mod detect;
mod dialect;
pub mod edit;
mod field;
mod front;
mod gather;
mod head;
mod name;
mod people;
mod plain;
mod relation;
mod status;
mod text;
mod verb;
mod words;

pub use day::{DateOrder, WrittenDate};
pub use detect::{is_member, is_recognised};
pub use dialect::Dialect;
pub use name::{collection_of, date_of_name, is_companion, is_unfilled, number_of_name, slug_of};
pub use relation::{Reference, Relation};
pub use status::{State, Status};
pub use verb::{Direction, Verb, verb_of_word};

use serde::Serialize;

use crate::data::{self, Table};
use crate::diagnostic::Span;
use crate::path::BookPath;
use gather::Gathered;
use text::Outline;

/// What a record says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Record {
    /// The form in which it is written.
    pub dialect: Dialect,
    /// The number, for display: it need not be unique.
    pub number: Option<Stated<u32>>,
    /// The title, without the number.
    pub title: Option<Stated<String>>,
    /// The status.
    pub status: Option<Stated<Status>>,
    /// The day of the decision.
    pub decided: Option<Stated<WrittenDate>>,
    /// The day when it was first written down.
    pub proposed: Option<Stated<WrittenDate>>,
    /// The day of its last change, as the text says it.
    pub updated: Option<Stated<WrittenDate>>,
    /// Set where a date of the text can be read in one order only.
    pub date_order: Option<DateOrder>,
    /// Who decided.
    pub deciders: Vec<Stated<String>>,
    /// Who was asked.
    pub consulted: Vec<Stated<String>>,
    /// Who was told.
    pub informed: Vec<Stated<String>>,
    /// Who wrote it.
    pub authors: Vec<Stated<String>>,
    /// Who looks after it.
    pub owners: Vec<Stated<String>>,
    /// Its tags.
    pub tags: Vec<Stated<String>>,
    /// What it says of other records.
    pub relations: Vec<Stated<Relation>>,
    /// When it is to be looked at again.
    pub review_by: Option<Stated<WrittenDate>>,
    /// When it is to be decided.
    pub decide_by: Option<Stated<WrittenDate>>,
    /// The files that it governs, as patterns from the repository's root.
    pub applies_to: Vec<Stated<String>>,
    /// Links to where it was discussed.
    pub tracking: Vec<Stated<String>>,
}

impl Default for Record {
    fn default() -> Self {
        Self {
            dialect: Dialect::Plain,
            number: None,
            title: None,
            status: None,
            decided: None,
            proposed: None,
            updated: None,
            date_order: None,
            deciders: Vec::new(),
            consulted: Vec::new(),
            informed: Vec::new(),
            authors: Vec::new(),
            owners: Vec::new(),
            tags: Vec::new(),
            relations: Vec::new(),
            review_by: None,
            decide_by: None,
            applies_to: Vec::new(),
            tracking: Vec::new(),
        }
    }
}

/// A value, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stated<T> {
    /// What is stated.
    pub value: T,
    /// Where.
    pub origin: Origin,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// What kind of place it is.
    pub place: Place,
    /// The file, when it is not the record's own.
    pub file: Option<BookPath>,
    /// The bytes in that file; nothing for names.
    pub span: Option<Span>,
}

impl Origin {
    fn of_name(place: Place) -> Self {
        Self { place, file: None, span: None }
    }
}

/// A kind of place where records state things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Front matter.
    FrontMatter,
    /// A file of metadata beside the page.
    MetadataFile,
    /// A bullet under the title.
    Bullet,
    /// A line under the title.
    Line,
    /// A table under the title.
    Table,
    /// A section.
    Section,
    /// The title.
    Heading,
    /// The name of the file.
    FileName,
    /// The name of the folder.
    FolderName,
    /// CODEOWNERS.
    Codeowners,
    /// The history in git.
    Git,
}

impl Place {
    /// Returns the words for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::FrontMatter => "front matter",
            Self::MetadataFile => "metadata file",
            Self::Bullet => "bullet",
            Self::Line => "line",
            Self::Table => "table",
            Self::Section => "section",
            Self::Heading => "heading",
            Self::FileName => "file name",
            Self::FolderName => "folder name",
            Self::Codeowners => "CODEOWNERS",
            Self::Git => "git",
        }
    }
}

/// What is read.
pub struct Input<'a> {
    /// The file.
    pub path: &'a BookPath,
    /// The front matter, empty where there is none.
    pub front_matter: &'a Table,
    /// The whole text of the file.
    pub text: &'a str,
    /// Where its body begins, after the front matter.
    pub start: usize,
    /// `kep.yaml` beside the file, and its text.
    pub metadata: Option<(&'a BookPath, &'a str)>,
    /// The form, where a setting names it.
    pub dialect: Option<Dialect>,
}

/// Reads a record. A text that says nothing of a decision gives one with a title only, made of the file's name.
pub fn read(input: &Input<'_>) -> Record {
    let outline = Outline::new(&input.text[input.start..], input.start);
    let dialect = input.dialect.unwrap_or_else(|| detect::dialect(input, &outline));
    let mut gathered = Gathered::new(outline.definitions.clone());
    gathered.record.dialect = dialect;
    if let Some((path, text)) = input.metadata {
        let table = data::parse_yaml(text).unwrap_or_else(|_| data::by_lines(text));
        let frame = front::Frame { place: Place::MetadataFile, file: Some(path) };
        front::read(&table, &frame, Some(Dialect::Kep), &mut gathered);
    }
    front::read(
        input.front_matter,
        &front::Frame { place: Place::FrontMatter, file: None },
        Some(dialect),
        &mut gathered,
    );
    body::read(&outline, &mut gathered);
    let mut record = gathered.finish();
    names(input, &outline, &mut record);
    record
}

/// Reads a guideline's own data, which only front matter holds.
pub fn read_guideline(front_matter: &Table) -> Record {
    let mut gathered = Gathered::default();
    gathered.record.dialect = Dialect::Typed;
    front::read(front_matter, &front::Frame { place: Place::FrontMatter, file: None }, None, &mut gathered);
    gathered.finish()
}

/// Fills in what names say: the number, the day, the title.
fn names(input: &Input<'_>, outline: &Outline<'_>, record: &mut Record) {
    let slug = slug_of(input.path);
    let place = if slug == input.path.stem() { Place::FileName } else { Place::FolderName };
    let of_name = || Origin::of_name(place);
    let number = number_of_name(&slug).map(|value| Stated { value, origin: of_name() });
    record.number = record.number.take().or(number);
    let day = date_of_name(&slug).map(|day| Stated { value: WrittenDate::Day(day), origin: of_name() });
    record.decided = record.decided.take().or(day);
    let number = record.number.as_ref().map(|number| number.value);
    let heading = detect::title(outline)
        .map(|(value, span)| Stated { value, origin: Origin { span: Some(span), ..Origin::of_name(Place::Heading) } });
    // `title: ADR-0022` names the record and says nothing of it.
    let (own, bare) = match record.title.take() {
        Some(title) if relation::is_name(&title.value) => (None, Some(title)),
        title => (title, None),
    };
    let title = own.or(heading).or(bare);
    let title = title.unwrap_or_else(|| Stated { value: name::title_of_slug(&slug), origin: of_name() });
    let bare = name::without_number(&title.value, number).trim().to_owned();
    record.title = Some(Stated { value: bare, origin: title.origin });
}

#[cfg(test)]
mod tests;
