//! What a command changes in the sources: a status, a relation, a number; and the next record.
//!
//! In: the joined site, and a way to read the files as they are. Out: a [`Plan`] of changed files, complete before
//! anything is written. Every edited record is read again: the plan holds only when the record then says what is
//! wanted, and all else that it said.

mod next;
mod other;
mod recipe;
mod renumber;
mod sheet;
mod template;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use next::{New, NewFile, decision};
pub use recipe::{Service, Setup, Unwritable, recipe};
pub use renumber::renumber;
pub use template::BUILT_IN;

use crate::date::Date;
use crate::decision::edit::{self, Other, Told, Unable, Wanted};
use crate::decision::{self, Direction, Shape, State, Verb};
use crate::path::BookPath;
use crate::site::Site;
use sheet::{Sheet, is_replaced, is_unharmed, state_of, tells, without_day_of_status};

/// A book whose sources are to change.
pub struct Book<'a> {
    /// The pages, joined.
    pub site: &'a Site,
    /// The folder of the pages.
    pub src: &'a BookPath,
    /// The folders that other tools' settings name for decisions; the project's own first.
    pub tool_folders: &'a [BookPath],
    /// Returns the text of a file as it lies there; nothing where there is none, or it is no UTF-8.
    pub read: &'a dyn Fn(&BookPath) -> Option<String>,
}

/// The files that change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// New texts of files that are there, under the names that they have now.
    pub changes: Vec<Change>,
    /// A file or folder that gets another name after that.
    pub rename: Option<(BookPath, BookPath)>,
}

/// A file that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub path: BookPath,
    /// Its text as it was read.
    pub before: String,
    /// Its text as it is to be.
    pub after: String,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The file cannot be read as text.
    #[error("`{path}` cannot be read as text")]
    Unreadable {
        /// The file.
        path: BookPath,
    },
    /// The form of a record has no place for it.
    #[error("this change cannot be made in `{path}`{}", by_hand(*line))]
    Unable {
        /// The file.
        path: BookPath,
        /// The line that states the status, from 1, to be changed by hand.
        line: Option<usize>,
        /// Why.
        source: Unable,
    },
    /// After the edit the record would not say what is wanted, or would have lost something.
    #[error("this change in `{path}` could damage what stands around it{}", by_hand(*line))]
    Unsafe {
        /// The file.
        path: BookPath,
        /// The line that states the status, from 1, to be changed by hand.
        line: Option<usize>,
    },
    /// A record cannot stand so to itself.
    #[error("a record cannot be related to itself")]
    Itself,
    /// The number belongs to another record, or a file of the new name is there.
    #[error("the number {number} is taken by `{path}`")]
    Taken {
        /// The number.
        number: u32,
        /// The other.
        path: BookPath,
    },
    /// The name of the record has no number.
    #[error("the name of `{path}` has no number")]
    NoNumber {
        /// The record.
        path: BookPath,
    },
    /// No collection is of the scope.
    #[error("there is no scope `{scope}`")]
    NoScope {
        /// What was asked for.
        scope: String,
        /// What there is.
        scopes: Vec<String>,
    },
    /// There is no such template.
    #[error("there is no template `{name}`")]
    NoTemplate {
        /// What was asked for.
        name: String,
    },
}

fn by_hand(line: Option<usize>) -> String {
    line.map_or(String::new(), |line| format!("; change line {line} by hand"))
}

/// A status that a record is given.
#[derive(Debug, Clone, Copy)]
pub struct NewStatus<'a> {
    /// The state.
    pub state: State,
    /// What is said beyond it.
    pub note: Option<&'a str>,
    /// Who decided; they are added to whom the record names.
    pub deciders: &'a [String],
    /// The day of the change.
    pub today: Date,
}

/// Gives a record another status, and says so in the records that it supersedes, when it is accepted now.
///
/// Where it is rejected, records that name it as what replaced them are in force again.
///
/// # Errors
/// When the form of the record has no word or no place for it.
pub fn status(book: &Book<'_>, at: usize, change: &NewStatus<'_>) -> Result<Plan, Error> {
    let NewStatus { state, note, deciders, today } = *change;
    let mut desk = Desk::new(book);
    desk.set_status(at, &Wanted { state, by: None, note, today })?;
    desk.name_deciders(at, deciders)?;
    let replaced = book.site.entries[at].related_by(Verb::Supersedes, Direction::Forward);
    for old in replaced.filter(|old| *old != at).collect::<Vec<_>>() {
        let stated = desk.state(old)?;
        let by = other::other(book, old, at)?;
        match state {
            State::Accepted if !matches!(stated, Some(State::Superseded | State::Rejected | State::Deprecated)) => {
                desk.set_status(old, &Wanted { state: State::Superseded, by: Some(&by), note: None, today })?;
            }
            State::Rejected if stated == Some(State::Superseded) && names_only(book, old, at) => {
                desk.set_status(old, &Wanted { state: State::Accepted, by: None, note: None, today })?;
            }
            _ => {}
        }
    }
    Ok(desk.plan())
}

/// Says whether nothing else replaced a record than one.
fn names_only(book: &Book<'_>, at: usize, successor: usize) -> bool {
    book.site.entries[at].related_by(Verb::Supersedes, Direction::Reverse).all(|other| other == successor)
}

/// Says in both records that one takes the other's place.
///
/// # Errors
/// When the form of either has no place for it.
pub fn supersede(book: &Book<'_>, old: usize, new: usize, today: Date) -> Result<Plan, Error> {
    let mut desk = Desk::new(book);
    let by = other::other(book, old, new)?;
    if !desk.tells(old, &Told::superseded_by(), &by)? || desk.state(old)? != Some(State::Superseded) {
        desk.set_status(old, &Wanted { state: State::Superseded, by: Some(&by), note: None, today })?;
    }
    desk.relate(new, &Told::supersedes(), &other::other(book, new, old)?)?;
    Ok(desk.plan())
}

/// Says in one record how it stands to another; in both where the form's own tool does so.
///
/// # Errors
/// When the form has no place for it.
pub fn link(book: &Book<'_>, from: usize, told: &Told, to: usize, today: Date) -> Result<Plan, Error> {
    match (told.verb, told.direction) {
        (Verb::Supersedes, Direction::Forward) => return supersede(book, to, from, today),
        (Verb::Supersedes, Direction::Reverse) => return supersede(book, from, to, today),
        _ => {}
    }
    let mut desk = Desk::new(book);
    desk.relate(from, told, &other::other(book, from, to)?)?;
    let dialect = |at: usize| book.site.entries[at].record().map(|(record, _)| record.dialect);
    let both = dialect(from).is_some_and(edit::tells_both_ends) && dialect(from) == dialect(to);
    if let Some(reversed) = told.reversed().filter(|_| both) {
        desk.relate(to, &reversed, &other::other(book, to, from)?)?;
    }
    Ok(desk.plan())
}

/// The files that are open for edits, as they were and as they are by now.
struct Desk<'a> {
    book: &'a Book<'a>,
    files: BTreeMap<BookPath, (String, String)>,
}

impl<'a> Desk<'a> {
    fn new(book: &'a Book<'a>) -> Self {
        Self { book, files: BTreeMap::new() }
    }

    fn plan(self) -> Plan {
        let changed = self.files.into_iter().filter(|(_, (before, after))| before != after);
        let changes = changed.map(|(path, (before, after))| Change { path, before, after }).collect();
        Plan { changes, rename: None }
    }

    fn open(&mut self, path: &BookPath) -> Result<(), Error> {
        if !self.files.contains_key(path) {
            let text = (self.book.read)(path).ok_or(Error::Unreadable { path: path.clone() })?;
            self.files.insert(path.clone(), (text.clone(), text));
        }
        Ok(())
    }

    /// Opens a record: its page, and the file of metadata beside it where there is one.
    fn sheet(&mut self, at: usize) -> Result<Sheet, Error> {
        let entry = &self.book.site.entries[at];
        let path = entry.page().path.clone();
        self.open(&path)?;
        let record = entry.parsed.record.as_deref();
        let dialect = record.map_or(decision::Dialect::Plain, |record| record.dialect);
        let shape = record.map_or_else(|| Arc::new(Shape::of_path(&path)), |record| record.shape.clone());
        let metadata = edit::metadata_path(&path, dialect).filter(|beside| self.open(beside).is_ok());
        let of_file = |path: BookPath| (path.clone(), self.files[&path].1.clone());
        Ok(Sheet { text: self.files[&path].1.clone(), metadata: metadata.map(of_file), path, dialect, shape })
    }

    fn state(&mut self, at: usize) -> Result<Option<State>, Error> {
        Ok(self.sheet(at)?.record().status.map(|status| status.value.state))
    }

    fn tells(&mut self, at: usize, told: &Told, other: &Other) -> Result<bool, Error> {
        Ok(tells(&self.sheet(at)?.record(), told, other))
    }

    /// Changes the status. Where a record states it twice, the second may contradict, and is changed as well.
    fn set_status(&mut self, at: usize, wanted: &Wanted<'_>) -> Result<(), Error> {
        let sheet = self.sheet(at)?;
        let before = sheet.record();
        if wanted.by.is_none() && wanted.note.is_none() && state_of(&before) == Some(wanted.state) {
            return Ok(());
        }
        let line = sheet.line_of_status(&before);
        let told = without_day_of_status(&before);
        let mut changed = sheet;
        for _ in 0..4 {
            changed = changed.edited(|input| edit::set_status(input, wanted))?;
            let after = changed.record();
            let by = wanted.by.is_none_or(|other| tells(&after, &Told::superseded_by(), other));
            if state_of(&after) == Some(wanted.state) && by {
                let is_same = is_unharmed(&told, &after, is_replaced);
                return if is_same { self.take(changed) } else { Err(Error::Unsafe { path: changed.path, line }) };
            }
        }
        Err(Error::Unsafe { path: changed.path, line })
    }

    fn relate(&mut self, at: usize, told: &Told, other: &Other) -> Result<(), Error> {
        let sheet = self.sheet(at)?;
        let before = sheet.record();
        if tells(&before, told, other) {
            return Ok(());
        }
        let changed = sheet.edited(|input| edit::relate(input, told, other))?;
        let after = changed.record();
        let holds = tells(&after, told, other) && state_of(&before) == state_of(&after);
        if !holds || !is_unharmed(&before, &after, |_| false) {
            return Err(Error::Unsafe { path: changed.path, line: None });
        }
        self.take(changed)
    }

    /// Adds to the people who decided.
    fn name_deciders(&mut self, at: usize, names: &[String]) -> Result<(), Error> {
        let named = self.sheet(at)?.decided_by(names)?;
        self.take(named)
    }

    fn take(&mut self, sheet: Sheet) -> Result<(), Error> {
        let files = [Some((sheet.path, sheet.text)), sheet.metadata];
        for (path, text) in files.into_iter().flatten() {
            if let Some((_, after)) = self.files.get_mut(&path) {
                *after = text;
            }
        }
        Ok(())
    }
}
