//! What waits for somebody: open proposals, and reviews that are due.

use std::collections::BTreeSet;

use serde::Serialize;

use super::change::Named;
use super::compare::{named, people};
use crate::date::Date;
use crate::decision::State;
use crate::log::{Due, DueKind, asked, dues};
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
    let is_open = |entry: &Entry| entry.parsed.kind == Kind::Decision && entry.state() == Some(State::Proposed);
    let dues = dues(site);
    let is_near = |due: &&Due| match due.kind {
        DueKind::Decision => true,
        // A proposal is to be decided first.
        DueKind::Review => {
            let is_soon = today.days_until(due.date).is_some_and(|days| days <= SOON);
            is_soon && !is_open(&site.entries[due.entry])
        }
    };
    let dated: BTreeSet<usize> = dues.iter().filter(|due| due.kind == DueKind::Decision).map(|due| due.entry).collect();
    let near = dues.iter().filter(is_near).map(|due| {
        let asks = if due.kind == DueKind::Decision { Asks::Decision } else { Asks::Review };
        one(&site.entries[due.entry], asks, Some(due.date), today)
    });
    let undated = site.entries.iter().enumerate().filter(|(at, entry)| is_open(entry) && !dated.contains(at));
    near.chain(undated.map(|(_, entry)| one(entry, Asks::Decision, None, today))).collect()
}

fn one(entry: &Entry, asks: Asks, day: Option<Date>, today: Date) -> Waiting {
    let days = day.and_then(|day| today.days_until(day));
    Waiting { page: named(entry), asks, day, days, asked: asked(entry), people: people(entry) }
}
