//! What differs, as values: pages that changed, and what became of each.

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::decision::State;
use crate::path::{BookPath, SitePath};
use crate::revision::Commit;
use crate::site::Kind;
use crate::time::Moment;

/// What differs between two states of a book.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Changes {
    /// Each page that changed, in the order of what it asks for, then the newest first.
    pub pages: Vec<Change>,
    /// The pages whose text changed by no more than spelling, spacing, punctuation or markup.
    pub small: Vec<BookPath>,
}

/// A week of a book's history, and what changed in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WeekOfChanges {
    /// Its first day.
    pub monday: Date,
    /// What changed.
    pub changes: Changes,
    /// Whether the book began in it.
    pub is_first: bool,
}

/// A page that changed, and how.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Change {
    /// How much it asks of its readers.
    pub weight: Weight,
    /// The page.
    pub page: Named,
    /// Its first sentence, of a new page.
    pub description: String,
    /// The state in which a decision stands now.
    pub state: Option<State>,
    /// Everything that became of it, what matters most first.
    pub facts: Vec<Fact>,
    /// The commits that did it, newest first; none where it is not committed.
    pub commits: Vec<Commit>,
    /// When the last of it came to the branch; nothing where it is not committed.
    pub at: Option<Moment>,
    /// Whether some of it is not committed yet.
    pub is_uncommitted: bool,
    /// The scope that it was of before, where that is another.
    pub scope_before: Option<String>,
    /// Everybody whom it concerns: deciders, consulted, informed, authors, owners.
    pub people: Vec<String>,
}

/// How much a change asks of its readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// A proposal that somebody is to answer.
    NeedsAnswer,
    /// What holds is not what held before.
    InForce,
    /// Everything else.
    Other,
}

impl Weight {
    /// Every weight, in their order.
    pub const ALL: &[Self] = &[Self::NeedsAnswer, Self::InForce, Self::Other];
}

/// A page by its names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Named {
    /// What it is for.
    pub kind: Kind,
    /// The one name that no other record has; of another page its file.
    pub id: String,
    /// What its team calls a decision by its number: `ADR-12`.
    pub label: Option<String>,
    /// Its title, without the number.
    pub title: String,
    /// Its file; of a page that is gone the file that it was.
    pub path: BookPath,
    /// Where it stands in the site; nothing where it is gone.
    pub address: Option<SitePath>,
    /// The part of the organisation that a record belongs to; empty for the whole.
    pub scope: String,
    /// Its tags.
    pub tags: Vec<String>,
}

impl Named {
    /// Returns its label and title in one.
    pub fn whole(&self) -> String {
        match &self.label {
            Some(label) => format!("{label} {}", self.title),
            None => self.title.clone(),
        }
    }
}

/// One thing that became of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Fact {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// A decision stands in another state.
    Status {
        /// The state before; nothing where it had none.
        from: Option<State>,
        /// The state now.
        to: Option<State>,
        /// The commit that said so; nothing where it is not committed, or another record says so.
        commit: Option<Commit>,
    },
    /// Other decisions took its place.
    SupersededBy(
        /// They.
        Vec<Named>,
    ),
    /// A decision has another number.
    Renumbered {
        /// What it was called.
        from: String,
        /// What it is called now.
        to: String,
    },
    /// It says something new of another record.
    Relates {
        /// How it stands to that: `amends`, `required-by`.
        verb: String,
        /// The other record.
        to: Named,
    },
    /// Other people stand in one of its fields.
    People {
        /// The field: `deciders`, `owners`.
        field: String,
        /// Who stands in it now.
        to: Vec<String>,
    },
    /// It stands at another address.
    Moved {
        /// The address before.
        from: SitePath,
        /// Whether that leads to the new one.
        redirects: bool,
    },
    /// It has another title.
    Retitled {
        /// The title before.
        from: String,
    },
    /// A day by which somebody is to do something is another.
    Deadline {
        /// Which.
        what: Deadline,
        /// The day before.
        from: Option<Date>,
        /// The day now.
        to: Option<Date>,
    },
    /// A rule of a guideline is another, by its id.
    Rule {
        /// Its id.
        id: String,
        /// Its words before; nothing where it is new.
        from: Option<String>,
        /// Its words now; nothing where it is gone.
        to: Option<String>,
    },
    /// A part of the text is another.
    Section {
        /// Its heading; empty for what stands before the first.
        heading: String,
        /// Its id on the page; nothing where it has none, or is gone.
        anchor: Option<String>,
        /// What became of it.
        how: Edit,
        /// The first sentence that is new.
        sentence: String,
    },
    /// So many further parts of the text are others.
    MoreSections(
        /// How many.
        usize,
    ),
}

/// What became of a part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Edit {
    /// It is new.
    Added,
    /// Its words are others.
    Changed,
    /// It is gone.
    Removed,
}

/// A day by which somebody is to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deadline {
    /// A proposal is to be decided.
    DecideBy,
    /// What is in force is to be looked at again.
    ReviewBy,
}
