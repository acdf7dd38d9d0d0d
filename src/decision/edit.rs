//! Surgical edits of one record: what is wanted comes in, a list of [`Edit`]s comes out, in the record's own form.
//!
//! Nothing is written anew: a status changes where it stands, a relation is added where the form keeps relations, and
//! every other byte stays. What the form has no place for is an [`Unable`], never a guess.

mod body;
mod keys;
mod lines;
mod relation;
mod words;

pub use relation::{Told, relate, tells_both_ends};
pub use words::Other;

use std::ops::Range;

use crate::data;
use crate::date::Date;
use crate::decision::reading::input::Input;
use crate::decision::reading::outline::Outline;
use crate::decision::reading::read;
use crate::decision::record::{Place, Record};
use crate::decision::words::dialect::Dialect;
use crate::decision::words::status::State;
use crate::diagnostic::Span;
use crate::path::BookPath;
use keys::Block;

/// A change of one run of bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The bytes that go; empty where something is only put in.
    pub span: Span,
    /// What comes in their place.
    pub replacement: String,
}

impl Edit {
    fn replace(range: Range<usize>, replacement: impl Into<String>) -> Self {
        Self { span: range.into(), replacement: replacement.into() }
    }

    fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(at..at, text)
    }
}

/// What changes in a record: in its page, and in the file of metadata beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edits {
    /// In the page.
    pub page: Vec<Edit>,
    /// In the file beside it.
    pub metadata: Vec<Edit>,
}

/// Why an edit cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unable {
    /// The form has no word for the state.
    #[error("the form `{}` has no word for `{}`", dialect.name(), state.name())]
    NoWord {
        /// The form.
        dialect: Dialect,
        /// The state.
        state: State,
    },
    /// The form has no place for a note.
    #[error("a status of the form `{}` has no place for a note", dialect.name())]
    NoNote {
        /// The form.
        dialect: Dialect,
    },
    /// What is there cannot be changed without a risk to what stands around it.
    #[error("{what} is written in a way that cannot be changed safely")]
    Unclear {
        /// What should have changed.
        what: &'static str,
    },
}

/// Makes the edits in a text, which must be the one that they were made for.
///
/// # Errors
/// When two edits overlap, or one lies outside the text.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, Unable> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for Edit { span, replacement } in edits {
        let kept = text.get(at..span.start).filter(|_| text.get(span.start..span.end).is_some());
        out += kept.ok_or(Unable::Unclear { what: "the text" })?;
        out += replacement;
        at = span.end;
    }
    out += &text[at..];
    Ok(out)
}

/// The status that a record is to have.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The state.
    pub state: State,
    /// The record that takes its place, where the state is superseded.
    pub by: Option<&'a Other>,
    /// What is said beyond the state.
    pub note: Option<&'a str>,
    /// The day of the change.
    pub today: Date,
}

/// A record, open for edits.
struct Open<'a> {
    input: &'a Input<'a>,
    outline: Outline<'a>,
    record: Record,
    eol: &'static str,
}

impl<'a> Open<'a> {
    fn new(input: &'a Input<'a>) -> Self {
        let outline = Outline::new(&input.text[input.start..], input.start);
        Self { outline, record: read(input), eol: eol_of(input.text), input }
    }

    fn dialect(&self) -> Dialect {
        self.record.dialect
    }

    /// The front matter, where there is one.
    fn front(&self) -> Option<Block<'_>> {
        Block::of_front_matter(self.input)
    }

    /// Whether relations and status have keys of their own, as programs write them.
    fn is_typed(&self) -> bool {
        use Dialect::{Adrkit, AdrsNg, Backstage, Docusaurus, Eip, EmberRfc, Kep, Madr3, Madr4, Openshift, Typed};
        let keyed = || self.front().is_some_and(|block| block.has_relation_keys());
        match self.dialect() {
            Typed | Adrkit | AdrsNg | Docusaurus | Backstage | EmberRfc | Eip | Kep | Openshift => true,
            Madr3 | Madr4 => keyed(),
            _ => false,
        }
    }
}

/// Returns how the lines of a text end.
pub fn eol_of(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Changes the status, where it stands or where the form has it.
///
/// The day of the decision follows where the record states one in such a form and the decision is made only now.
///
/// # Errors
/// When the form has no word or place for what is wanted.
pub fn set_status(input: &Input<'_>, wanted: &Wanted<'_>) -> Result<Edits, Unable> {
    let open = Open::new(input);
    let mut edits = match open.record.status.as_ref().map(|status| status.origin.place) {
        Some(Place::FrontMatter) => Edits { page: keyed_status(&open, open.front(), wanted)?, ..Edits::default() },
        Some(Place::MetadataFile) => metadata(input, |block| keyed_status(&open, block, wanted))?,
        Some(_) => Edits { page: body::change(&open, wanted)?, ..Edits::default() },
        None if open.dialect() == Dialect::Kep && input.metadata.is_some() => {
            metadata(input, |block| keyed_status(&open, block, wanted))?
        }
        None if open.front().is_some() && keeps_keys(open.dialect()) => {
            Edits { page: keyed_status(&open, open.front(), wanted)?, ..Edits::default() }
        }
        None => Edits { page: body::add(&open, wanted)?, ..Edits::default() },
    };
    edits.page.extend(decided_today(&open, wanted));
    Ok(edits)
}

/// Forms whose status stands in the text even where there is front matter.
fn keeps_keys(dialect: Dialect) -> bool {
    use Dialect::{BoldBullets, Cosmos, Fields, Log4brains, Madr2, Nygard, RustRfc};
    !matches!(dialect, BoldBullets | Cosmos | Fields | Log4brains | Madr2 | Nygard | RustRfc)
}

/// Works on the file of metadata beside the page.
fn metadata(
    input: &Input<'_>,
    work: impl FnOnce(Option<Block<'_>>) -> Result<Vec<Edit>, Unable>,
) -> Result<Edits, Unable> {
    let unclear = Unable::Unclear { what: "the file of metadata" };
    let (_, text) = input.metadata.ok_or(unclear.clone())?;
    let table = data::parse_yaml(text).map_err(|_| unclear)?;
    Ok(Edits { metadata: work(Some(Block::of_file(text, &table)))?, ..Edits::default() })
}

/// Changes the key of the status, and those of relations that go with it.
fn keyed_status(open: &Open<'_>, block: Option<Block<'_>>, wanted: &Wanted<'_>) -> Result<Vec<Edit>, Unable> {
    let block = block.ok_or(Unable::Unclear { what: "the front matter" })?;
    let sample = open.record.status.as_ref().map_or("", |status| status.value.text.as_str());
    let value = words::keyed(open, wanted, sample)?;
    let mut edits = vec![block.set_status(open.dialect(), &value)?];
    if let Some(other) = wanted.by.filter(|_| open.is_typed()) {
        edits.extend(relation::keyed(&block, open.dialect(), &Told::superseded_by(), other)?);
    }
    Ok(edits)
}

/// Sets the day of the decision, where the form keeps one that means that, and the decision is made with this change.
///
/// adr-tools' `Date:` is the day of writing, and a milestone of an enhancement is none of ours.
fn decided_today(open: &Open<'_>, wanted: &Wanted<'_>) -> Option<Edit> {
    use Dialect::{BoldBullets, Cosmos, Eip, EmberRfc, Kep, Nygard, Openshift, RustRfc};
    let decides = matches!(wanted.state, State::Accepted | State::Rejected);
    let pending = open.record.status.as_ref().is_some_and(|status| status.value.state == State::Proposed);
    let other_meaning =
        matches!(open.dialect(), Nygard | Cosmos | RustRfc | Eip | EmberRfc | Kep | Openshift | BoldBullets);
    let decided = open.record.decided.as_ref().filter(|_| decides && pending && !other_meaning)?;
    let span = decided.origin.span.filter(|_| decided.origin.file.is_none())?;
    let status = open.record.status.as_ref().and_then(|status| status.origin.span);
    let alone = status.is_none_or(|status| status.end <= span.start || span.end <= status.start);
    let text = open.input.text.get(span.start..span.end).filter(|_| alone)?;
    let found = crate::decision::words::day::find(text)?;
    // Only the plain ISO day is replaced by another; what else stands there has a meaning of its own.
    let written = text.get(found.start..found.end)?;
    let is_plain = written.len() == 10 && Date::parse(written).is_some_and(|day| day.to_string() == written);
    let is_time = text[found.end..].starts_with(['T', ':']);
    (is_plain && !is_time && text.matches(written).count() == 1)
        .then(|| Edit::replace(span.start + found.start..span.start + found.end, wanted.today.to_string()))
}

/// Returns the file of metadata that a page of the form has beside it.
pub fn metadata_path(path: &BookPath, dialect: Dialect) -> Option<BookPath> {
    (dialect == Dialect::Kep).then(|| path.parent().join("kep.yaml").ok())?
}

#[cfg(test)]
mod tests;
