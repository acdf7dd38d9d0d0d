//! The banners of a record: what a reader must know before reading.

use serde::Serialize;

use super::Settings;
use super::record::{RefView, reference, unresolved};
use crate::date::Date;
use crate::decision::{Direction, State, Verb};
use crate::site::{Filed, Kind, Site};

/// What a reader must know before reading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub(super) struct NoticeView {
    /// `superseded`, `deprecated`, `rejected`, `proposed`, `pending` where proposals would replace it, `review` where one is
    /// overdue, `source` where a decision
    /// that the guideline follows from is no longer in force.
    kind: &'static str,
    /// Where the chain of successors ends; of `source` the decision.
    records: Vec<RefView>,
    /// The successors on the way there.
    via: Vec<RefView>,
    /// Whether all of the records are in force.
    in_force: bool,
    /// The day on which something is or was due.
    date: Option<String>,
    /// Whether that day is over.
    overdue: bool,
}

/// Returns the banners of a record.
pub(super) fn notices(site: &Site, settings: &Settings, at: usize, filed: &Filed) -> Vec<NoticeView> {
    let entry = &site.entries[at];
    let refer = |all: Vec<usize>| all.into_iter().map(|at| reference(site, &entry.url, at)).collect::<Vec<_>>();
    let past = |day: Option<Date>| settings.today.zip(day).is_some_and(|(today, day)| day < today);
    let mut notices = Vec::new();
    let state = filed.state;
    let (way, ends) = chain(site, at);
    let replaced = state == Some(State::Superseded);
    if replaced && entry.parsed.kind == Kind::Decision {
        // A ring has no end: then all of it is named. So is a proposal, where the record itself gives way to it.
        let (way, ends) = if ends.is_empty() { (ends, way) } else { (way, ends) };
        let told = || entry.related_by(Verb::Supersedes, Direction::Reverse).collect();
        let ends = if ends.is_empty() { told() } else { ends };
        let in_force = ends.iter().all(|at| !is_over(site.entries[*at].state()));
        let mut records = refer(ends);
        records.extend(unresolved(settings, entry, Direction::Reverse, Verb::Supersedes));
        notices.push(NoticeView { kind: "superseded", records, via: refer(way), in_force, ..NoticeView::default() });
    } else if let Some(State::Deprecated | State::Rejected) = state {
        let kind = if state == Some(State::Rejected) { "rejected" } else { "deprecated" };
        notices.push(NoticeView { kind, ..NoticeView::default() });
    } else if state == Some(State::Proposed) {
        let (date, overdue) = (filed.decide_by.map(|day| day.to_string()), past(filed.decide_by));
        notices.push(NoticeView { kind: "proposed", date, overdue, ..NoticeView::default() });
    }
    if !filed.pending.is_empty() && !replaced {
        let records = refer(filed.pending.clone());
        notices.push(NoticeView { kind: "pending", records, ..NoticeView::default() });
    }
    if past(filed.review_by) && !is_over(state) && !replaced {
        let date = filed.review_by.map(|day| day.to_string());
        notices.push(NoticeView { kind: "review", date, overdue: true, ..NoticeView::default() });
    }
    let derived = entry.related_by(Verb::DerivesFrom, Direction::Forward).collect::<Vec<_>>();
    for source in derived.into_iter().filter(|at| is_over(site.entries[*at].state())) {
        let (way, ends) = chain(site, source);
        let via = refer(if ends.is_empty() { way } else { ends });
        notices.push(NoticeView { kind: "source", records: refer(vec![source]), via, ..NoticeView::default() });
    }
    notices
}

fn is_over(state: Option<State>) -> bool {
    matches!(state, Some(State::Superseded | State::Deprecated | State::Rejected))
}

/// Returns what replaces a record; a proposal replaces nothing yet.
fn successors(site: &Site, at: usize) -> impl Iterator<Item = usize> {
    let filed = site.entries[at].filed.as_ref();
    filed.into_iter().flat_map(|filed| filed.successors.iter().copied())
}

/// Follows the chain of successors: those on the way, and those at its end. Records may say that it is a ring.
pub(super) fn chain(site: &Site, at: usize) -> (Vec<usize>, Vec<usize>) {
    let (mut way, mut ends, mut seen) = (Vec::new(), Vec::new(), vec![at]);
    let mut next = 0;
    while let Some(current) = seen.get(next).copied() {
        next += 1;
        let new: Vec<usize> = successors(site, current).collect();
        if current != at {
            if new.is_empty() { ends.push(current) } else { way.push(current) }
        }
        for at in new {
            if !seen.contains(&at) {
                seen.push(at);
            }
        }
    }
    (way, ends)
}
