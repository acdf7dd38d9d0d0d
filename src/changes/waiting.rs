//! What waits for somebody: open proposals, and reviews that are due.

use serde::Serialize;

use super::change::Named;
use super::compare::{named, people};
use crate::date::Date;
use crate::decision::State;
use crate::site::{Entry, Kind, Site};

/// So many days ahead a review counts as one that waits.
const SOON: i64 = 30;

/// A record that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Waiting {
    /// The record.
    pub page: Named,
    /// For what.
    pub asks: Asks,
    /// The day by which it is to be done.
    pub day: Option<Date>,
    /// How many days are left, less than none where the day is over.
    pub days: Option<i64>,
    /// Who is asked: owners, else deciders, else authors.
    pub asked: Vec<String>,
    /// Everybody whom it concerns.
    pub people: Vec<String>,
}

/// What a record waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Asks {
    /// A decision.
    Decision,
    /// Another look.
    Review,
}

/// Returns what waits on a day: every open proposal, and reviews that are due within 30 days; what is due first stands first.
pub fn waiting(site: &Site, today: Date) -> Vec<Waiting> {
    let mut all: Vec<Waiting> = site.entries.iter().filter_map(|entry| one(entry, today)).collect();
    all.sort_by(|one, other| {
        let key = |waiting: &Waiting| (waiting.day.is_none(), waiting.day, waiting.asks, waiting.page.path.clone());
        key(one).cmp(&key(other))
    });
    all
}

fn one(entry: &Entry, today: Date) -> Option<Waiting> {
    let (record, filed) = entry.record()?;
    let is_open = entry.parsed.kind == Kind::Decision && filed.state == Some(State::Proposed);
    let days = |day: Option<Date>| day.and_then(|day| today.days_until(day));
    let (asks, day) = match filed.state {
        _ if is_open => (Asks::Decision, filed.decide_by.or(filed.review_by)),
        Some(State::Superseded | State::Deprecated | State::Rejected) => return None,
        _ => (Asks::Review, Some(filed.review_by.filter(|day| days(Some(*day)).is_some_and(|days| days <= SOON))?)),
    };
    let names = |list: &[crate::decision::Stated<String>]| list.iter().map(|stated| stated.value.clone()).collect();
    let lists: [Vec<String>; 3] = [filed.owners.clone(), names(&record.deciders), names(&record.authors)];
    let asked = lists.into_iter().find(|list| !list.is_empty()).unwrap_or_default();
    Some(Waiting { page: named(entry), asks, day, days: days(day), asked, people: people(entry) })
}
