//! One decision record as it was read: each value with the place where it stands.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::decision::shape::Shape;
use crate::decision::words::day::{DateOrder, WrittenDate};
use crate::decision::words::dialect::Dialect;
use crate::decision::words::name;
use crate::decision::words::status::Status;
use crate::decision::words::verb::{Direction, Verb};
use crate::diagnostic::Span;
use crate::path::BookPath;

/// What a record says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Record {
    /// The form in which it is written.
    pub dialect: Dialect,
    /// The shape of its collection.
    pub shape: Arc<Shape>,
    /// Its name in its collection: of its file without the extension, or of its folder.
    pub slug: String,
    /// How its heading calls it: `ADR-0012`; nothing where the heading has no such name.
    pub called: Option<String>,
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
    /// What was meant to state something and does not.
    pub faults: Vec<Stated<Fault>>,
}

/// Metadata that is not read as its author meant it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Fault {
    /// A word that is read as another, near one.
    Misspelt {
        /// The word.
        written: String,
        /// What it is read as.
        meant: String,
    },
    /// A key that nothing reads, near one that is known.
    Key {
        /// The key.
        written: String,
        /// The known one.
        meant: String,
    },
    /// What is no day, where one belongs.
    NoDay {
        /// The text.
        written: String,
    },
}

impl Default for Record {
    fn default() -> Self {
        Self {
            dialect: Dialect::Plain,
            shape: Arc::default(),
            slug: String::new(),
            called: None,
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
            faults: Vec::new(),
        }
    }
}

impl Record {
    /// Says what its team calls it by its number: as its heading does, else by the collection's prefix, else by the
    /// folder's word, else the bare number; nothing where it has no number.
    pub fn label(&self) -> Option<String> {
        let number = self.number.as_ref()?.value;
        Some(self.called.clone().unwrap_or_else(|| self.shape.call(&self.slug, number)))
    }

    /// Returns a title or heading of the record without its number: `12. Use MySQL` is `Use MySQL`.
    pub fn without_number<'t>(&self, title: &'t str) -> &'t str {
        name::without_number(title, self.number.as_ref().map(|number| number.value))
    }

    /// Says whether both state the same, wherever it stands.
    pub fn states_the_same(&self, other: &Self) -> bool {
        self.clone().without_places() == other.clone().without_places()
    }

    fn without_places(mut self) -> Self {
        forget(&mut self.number);
        forget(&mut self.title);
        forget(&mut self.status);
        for date in [&mut self.decided, &mut self.proposed, &mut self.updated, &mut self.review_by, &mut self.decide_by]
        {
            forget(date);
        }
        let people = [&mut self.deciders, &mut self.consulted, &mut self.informed, &mut self.authors, &mut self.owners];
        let others = [&mut self.tags, &mut self.applies_to, &mut self.tracking];
        people.into_iter().chain(others).for_each(forget);
        forget(&mut self.relations);
        forget(&mut self.faults);
        self
    }
}

/// Forgets where values stand.
fn forget<'s, T: 's>(stated: impl IntoIterator<Item = &'s mut Stated<T>>) {
    stated.into_iter().for_each(|stated| stated.origin.span = None);
}

/// A value, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stated<T> {
    /// What is stated.
    pub value: T,
    /// Where.
    pub origin: Origin,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// What kind of place it is.
    pub place: Place,
    /// The file, when it is not the record's own.
    pub file: Option<BookPath>,
    /// The bytes in that file; nothing for names.
    pub span: Option<Span>,
}

impl Origin {
    pub(in crate::decision) fn of_name(place: Place) -> Self {
        Self { place, file: None, span: None }
    }
}

/// A kind of place where records state things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// What a record says of one other record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Relation {
    /// The verb.
    pub verb: Verb,
    /// From which end.
    pub direction: Direction,
    /// The author's own verb, where it says more: "Clarifies".
    pub label: Option<String>,
    /// Whom it means.
    pub target: Reference,
}

/// A mention of another record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reference {
    /// A link, relative or not.
    Link(String),
    /// A number, a file stem, `ADR-12`, a title.
    Name(String),
    /// Words that name a record where one has them for a title, and are prose where none has.
    Title(String),
}

impl Reference {
    /// Returns what the author wrote.
    pub fn text(&self) -> &str {
        match self {
            Self::Link(text) | Self::Name(text) | Self::Title(text) => text,
        }
    }
}
