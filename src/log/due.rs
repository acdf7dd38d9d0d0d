//! What is due and of whom it is asked: reviews of what is in force, and decisions on open proposals, until when comments
//! are taken.

use super::Row;
use crate::date::Date;
use crate::decision::{State, Stated};
use crate::site::{Entry, Kind, Site};

/// What is due of a record, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The day until which it is to be done.
    pub date: Date,
    /// What is to be done.
    pub kind: DueKind,
    /// The number of the page in the site.
    pub entry: usize,
}

/// What is to be done with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueKind {
    /// What is in force is to be looked at again.
    Review,
    /// An open proposal is to be decided; until then it can be commented on.
    Decision,
}

impl DueKind {
    /// Returns its name for templates and the ids of events.
    pub fn name(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Decision => "decision",
        }
    }
}

/// Returns what is due, in the order of the days.
pub fn dues(site: &Site) -> Vec<Due> {
    let mut dues = Vec::new();
    for (entry, page) in site.entries.iter().enumerate() {
        let Some((_, filed)) = page.record() else { continue };
        let days = days(page.parsed.kind.name(), filed.state, [filed.decide_by, filed.review_by]);
        dues.extend(days.map(|(kind, date)| Due { date, kind, entry }));
    }
    dues.sort_by_key(|due| (due.date, due.entry));
    dues
}

/// Returns of whom a review or a decision is asked: who owns the record, else who decides, else who wrote it.
pub fn asked(entry: &Entry) -> Vec<String> {
    let Some((record, filed)) = entry.record() else { return Vec::new() };
    let named = |names: &[Stated<String>]| names.iter().map(|name| name.value.clone()).collect::<Vec<_>>();
    first_named([filed.owners.clone(), named(&record.deciders), named(&record.authors)])
}

fn first_named<L: AsRef<[String]> + Default>(lists: [L; 3]) -> L {
    lists.into_iter().find(|names| !names.as_ref().is_empty()).unwrap_or_default()
}

/// Returns what a record has due: an open proposal its decision, what is not out of force its review.
fn days(
    kind: &str,
    state: Option<State>,
    [decide_by, review_by]: [Option<Date>; 2],
) -> impl Iterator<Item = (DueKind, Date)> {
    let is_open = matches!(state, Some(State::Proposed) | None) && kind == Kind::Decision.name();
    let is_over = matches!(state, Some(State::Superseded | State::Deprecated | State::Rejected));
    let decision = decide_by.filter(|_| is_open).map(|date| (DueKind::Decision, date));
    let review = review_by.filter(|_| !is_over).map(|date| (DueKind::Review, date));
    decision.into_iter().chain(review)
}

impl Row {
    /// Returns what is due first, and when.
    pub fn next_due(&self) -> Option<(DueKind, Date)> {
        days(self.kind, self.standing, [self.decide_by, self.review_by]).min_by_key(|(_, date)| *date)
    }

    /// Returns the day on which something is due: of an open proposal its decision, of what is in force its review.
    pub fn due(&self) -> Option<Date> {
        self.next_due().map(|(_, date)| date)
    }

    /// Returns of whom a review or a decision is asked, as [`asked`] does.
    pub fn asked(&self) -> &[String] {
        first_named([self.owners.as_slice(), &self.deciders, &self.authors])
    }
}
