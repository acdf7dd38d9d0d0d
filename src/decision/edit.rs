//! Surgical edits of one record: what is wanted comes in, a list of [`Edit`]s comes out, in the record's own form.
//!
//! Nothing is written anew: a status changes where it stands, a relation is added where the form keeps relations, and
//! every other byte stays. What the form has no place for is an [`Unable`], never a guess.

mod body;
mod deciders;
mod fill;
mod keys;
mod lines;
mod other;
mod relation;
mod subject;
mod words;

pub use deciders::{decided_by, names};
pub use other::Other;
pub use relation::{Told, relate, tells_both_ends};
pub use subject::{Edit, Edits, Unable, Wanted, apply, eol_of};

use crate::date::Date;
use crate::decision::reading::input::Input;
use crate::decision::record::Place;
use crate::decision::words::dialect::Dialect;
use crate::decision::words::field::Field;
use crate::decision::words::state::State;
use crate::diagnostic::Span;
use crate::path::BookPath;
use keys::{Block, front, is_typed, metadata};
use subject::Open;

/// Changes the status, where it stands or where the form has it.
///
/// The day of the decision follows where the record states one in such a form and the decision is made only now.
///
/// # Errors
/// When the form has no word or place for what is wanted.
pub fn set_status(input: &Input<'_>, wanted: &Wanted<'_>) -> Result<Edits, Unable> {
    let open = Open::new(input);
    let mut edits = match open.record.status.as_ref().map(|status| status.origin.place) {
        Some(Place::FrontMatter) => Edits { page: keyed_status(&open, front(&open), wanted)?, ..Edits::default() },
        Some(Place::MetadataFile) => metadata(input, |block| keyed_status(&open, block, wanted))?,
        Some(_) => Edits { page: body::change(&open, wanted)?, ..Edits::default() },
        None if open.dialect() == Dialect::Kep && input.metadata.is_some() => {
            metadata(input, |block| keyed_status(&open, block, wanted))?
        }
        None if front(&open).is_some() && keeps_keys(open.dialect()) => {
            Edits { page: keyed_status(&open, front(&open), wanted)?, ..Edits::default() }
        }
        None => Edits { page: body::add(&open, wanted)?, ..Edits::default() },
    };
    edits.page.extend(decided_today(&open, wanted)?);
    Ok(edits)
}

/// Forms whose status stands in the text even where there is front matter.
fn keeps_keys(dialect: Dialect) -> bool {
    use Dialect::{BoldBullets, Cosmos, Fields, Log4brains, Madr2, Nygard, RustRfc};
    !matches!(dialect, BoldBullets | Cosmos | Fields | Log4brains | Madr2 | Nygard | RustRfc)
}

/// Changes the key of the status, and those of relations that go with it.
fn keyed_status(open: &Open<'_>, block: Option<Block<'_>>, wanted: &Wanted<'_>) -> Result<Vec<Edit>, Unable> {
    let block = block.ok_or(Unable::Unclear { what: "the front matter" })?;
    let sample = open.record.status.as_ref().map_or("", |status| status.value.text.as_str());
    let value = words::keyed(open, wanted, sample)?;
    let mut edits = vec![block.set_status(open.dialect(), &value)?];
    if let Some(other) = wanted.by.filter(|_| is_typed(open)) {
        edits.extend(relation::keyed(&block, open.dialect(), &Told::superseded_by(), other)?);
    }
    Ok(edits)
}

/// Sets the day of the decision, where the form keeps one that means that, and the decision is made with this change.
///
/// adr-tools' `Date:` is the day of writing, and a milestone of an enhancement is none of ours.
fn decided_today(open: &Open<'_>, wanted: &Wanted<'_>) -> Result<Option<Edit>, Unable> {
    use Dialect::{BoldBullets, Cosmos, Eip, EmberRfc, Kep, Nygard, Openshift, RustRfc};
    let decides = matches!(wanted.state, State::Accepted | State::Rejected);
    let pending = open.record.status.as_ref().is_some_and(|status| status.value.state == State::Proposed);
    let other_meaning =
        matches!(open.dialect(), Nygard | Cosmos | RustRfc | Eip | EmberRfc | Kep | Openshift | BoldBullets);
    if !decides || !pending || other_meaning {
        return Ok(None);
    }
    match &open.record.decided {
        Some(decided) => Ok(decided.origin.span.filter(|_| decided.origin.file.is_none()).and_then(|span| {
            let status = open.record.status.as_ref().and_then(|status| status.origin.span);
            let alone = status.is_none_or(|status| status.end <= span.start || span.end <= status.start);
            day_in(open.input.text, span, wanted.today).filter(|_| alone)
        })),
        None => fill::empty(open, Field::Date, &wanted.today.to_string()),
    }
}

/// Puts a day over the one in a place. Only the plain ISO day is replaced: what else stands there has a meaning of its own.
fn day_in(all: &str, span: Span, today: Date) -> Option<Edit> {
    let text = all.get(span.start..span.end)?;
    let found = crate::decision::words::day::find(text)?;
    let written = text.get(found.start..found.end)?;
    let is_plain = written.len() == 10 && Date::parse(written).is_some_and(|day| day.to_string() == written);
    let is_time = text[found.end..].starts_with(['T', ':']);
    (is_plain && !is_time && text.matches(written).count() == 1)
        .then(|| Edit::replace(span.start + found.start..span.start + found.end, today.to_string()))
}

/// Returns the file of metadata that a page of the form has beside it.
pub fn metadata_path(path: &BookPath, dialect: Dialect) -> Option<BookPath> {
    (dialect == Dialect::Kep).then(|| path.parent().join("kep.yaml").ok())?
}

#[cfg(test)]
mod tests;
