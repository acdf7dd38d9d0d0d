//! The decision log: every record of a site as a [`Row`], filtered and sorted; as JSON and as CSV.
//!
//! In: a [`Site`]. Out: what `precedent list`, the page of the log and programs show, in the same words.

mod csv;
mod drawing;
mod due;
mod filter;
mod issues;
mod mentioned;

use serde::Serialize;

pub use csv::csv;
pub use drawing::{graph, neighbours};
pub use due::{Due, DueKind, asked, dues};
pub use filter::{Filter, is_in_scope, is_person};
pub use issues::{Importer, issues, waits};
pub use mentioned::mentions;

use crate::date::Date;
use crate::decision::{Direction, Place, Relation, State, Stated, Verb};
use crate::diagnostic::Lines;
use crate::site::{Entry, Filed, Kind, Site};

/// One record, with everything that it says. What the text does not give is `None` or empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The one name that no other record has.
    pub id: String,
    /// `decision` or `guideline`.
    pub kind: &'static str,
    /// The part of the organisation or repository; empty for the whole.
    pub scope: String,
    /// For display: it need not be unique.
    pub number: Option<u32>,
    /// Without the number.
    pub title: String,
    /// The state that the text gives.
    pub status: Option<State>,
    /// The author's words for it.
    pub status_raw: Option<String>,
    /// What they say beyond the state.
    pub status_note: Option<String>,
    /// The state that the form of the record gives where the text is silent.
    pub status_default: Option<State>,
    /// The state in which it stands: of the text or the form, or superseded by a decision in force.
    pub standing: Option<State>,
    /// What its team calls it by its number: `ADR-0012`.
    pub label: Option<String>,
    /// The day of the decision; else of the proposal, else of the last change.
    pub date: Option<Date>,
    /// The day of the decision.
    pub decided: Option<Date>,
    /// The day when it was written down first.
    pub proposed: Option<Date>,
    /// The day of its last change, as the text says it.
    pub updated: Option<Date>,
    /// Who decided.
    pub deciders: Vec<String>,
    /// Who was asked.
    pub consulted: Vec<String>,
    /// Who was told.
    pub informed: Vec<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who looks after it.
    pub owners: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Ids of the records that it replaces; what names no record is as it was written.
    pub supersedes: Vec<String>,
    /// Ids of the records that replace it.
    pub superseded_by: Vec<String>,
    /// Ids of the proposals that would replace it.
    pub would_be_superseded_by: Vec<String>,
    /// Every relation, these included, told by either record.
    pub relations: Vec<RelationRow>,
    /// When it is to be looked at again.
    pub review_by: Option<Date>,
    /// When it is to be decided.
    pub decide_by: Option<Date>,
    /// The files that it governs.
    pub applies_to: Vec<String>,
    /// Links to where it was discussed.
    pub tracking: Vec<String>,
    /// The form in which it is written.
    pub dialect: &'static str,
    /// Its file, from the book's root.
    pub path: String,
    /// The line where it begins, from 1.
    pub line: usize,
    /// Its address from the site's root.
    pub url: String,
    /// The number of its page in the site.
    #[serde(skip)]
    pub entry: usize,
}

/// How a record stands to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelationRow {
    /// "supersedes", "superseded by", "amends", …
    pub verb: &'static str,
    /// The author's own verb, where it says more.
    pub label: Option<String>,
    /// The id of the other record; nothing where it is no record of the book.
    pub id: Option<String>,
    /// The title of the other record, or what was written.
    pub title: String,
}

/// Returns a row for every decision and guideline, in the order of their collections and numbers.
pub fn rows(site: &Site) -> Vec<Row> {
    let mut rows: Vec<Row> = (0..site.entries.len()).filter_map(|at| row(site, at)).collect();
    rows.sort_by(|a, b| key(a).cmp(&key(b)));
    rows
}

fn key(row: &Row) -> (&str, &str, Option<u32>, Option<Date>, &str) {
    (row.kind, &row.scope, row.number, row.date, &row.path)
}

/// Returns the row of one record, by the number of its page.
pub fn row(site: &Site, at: usize) -> Option<Row> {
    let entry = &site.entries[at];
    let (record, filed) = entry.record()?;
    let relations = relations(site, entry);
    let ids = |verb: &str| {
        let of_verb = relations.iter().filter(|relation| relation.verb == verb);
        of_verb.map(|relation| relation.id.clone().unwrap_or_else(|| relation.title.clone())).collect()
    };
    let span =
        record.title.as_ref().filter(|title| title.origin.place == Place::Heading).and_then(|title| title.origin.span);
    let title = entry.bare_title().to_owned();
    Some(Row {
        id: filed.id.clone(),
        kind: entry.parsed.kind.name(),
        scope: filed.scope.clone(),
        number: record.number.as_ref().map(|number| number.value),
        title,
        status: record.status.as_ref().map(|status| status.value.state),
        status_raw: record.status.as_ref().map(|status| status.value.text.clone()),
        status_note: record.status.as_ref().and_then(|status| status.value.note.clone()),
        status_default: record.dialect.default_state().filter(|_| record.status.is_none()),
        standing: filed.state,
        label: entry.label(),
        date: filed.date(),
        decided: filed.decided,
        proposed: filed.proposed,
        updated: filed.updated,
        deciders: values(&record.deciders),
        consulted: values(&record.consulted),
        informed: values(&record.informed),
        authors: values(&record.authors),
        owners: filed.owners.clone(),
        tags: entry.tags(),
        supersedes: ids(Verb::Supersedes.name()),
        superseded_by: superseded_by(site, entry, filed, &relations),
        would_be_superseded_by: filed.pending.iter().filter_map(|at| id_of(site, *at)).collect(),
        review_by: filed.review_by,
        decide_by: filed.decide_by,
        applies_to: values(&record.applies_to),
        tracking: values(&record.tracking),
        dialect: record.dialect.name(),
        path: entry.page().path.to_string(),
        line: span.map_or(1, |span| Lines::new(&*entry.parsed.markdown).line_of(span.start)),
        url: site.addresses.from_root(&entry.url),
        entry: at,
        relations,
    })
}

fn id_of(site: &Site, at: usize) -> Option<String> {
    site.entries[at].filed.as_ref().map(|filed| filed.id.clone())
}

/// What took the place of a record; where it only says itself that it was replaced, whatever it names.
fn superseded_by(site: &Site, entry: &Entry, filed: &Filed, relations: &[RelationRow]) -> Vec<String> {
    let own = filed.state == Some(State::Superseded) && filed.successors.is_empty();
    let known =
        if own { entry.related_by(Verb::Supersedes, Direction::Reverse).collect() } else { filed.successors.clone() };
    let named = relations.iter().filter(|one| one.verb == Verb::Supersedes.reverse_name() && one.id.is_none());
    let ids = known.into_iter().filter_map(|at| id_of(site, at));
    ids.chain(named.map(|relation| relation.title.clone())).collect()
}

fn values(stated: &[Stated<String>]) -> Vec<String> {
    stated.iter().map(|stated| stated.value.clone()).collect()
}

fn relations(site: &Site, entry: &Entry) -> Vec<RelationRow> {
    let words = |verb: Verb, direction: Direction| match direction {
        Direction::Reverse if !verb.is_symmetric() => verb.reverse_name(),
        _ => verb.name(),
    };
    let known = entry.related.iter().map(|related| {
        let other = &site.entries[related.entry];
        RelationRow {
            verb: words(related.verb, related.direction),
            label: related.label.clone(),
            id: other.filed.as_ref().map(|filed| filed.id.clone()),
            title: other.bare_title().to_owned(),
        }
    });
    let unknown = entry.unresolved.iter().map(|unresolved| {
        let Relation { verb, direction, label, target } = &unresolved.relation;
        RelationRow { verb: words(*verb, *direction), label: label.clone(), id: None, title: target.text().to_owned() }
    });
    known.chain(unknown).collect()
}

/// Returns the rows of one kind.
pub fn of_kind(rows: Vec<Row>, kind: Kind) -> Vec<Row> {
    rows.into_iter().filter(|row| row.kind == kind.name()).collect()
}
