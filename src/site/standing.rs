//! In which state each record stands: as it says itself, or superseded by a decision that is in force.
//!
//! Only a decision that is in force takes another out of force: a proposal would, and a rejected one never did.

use std::collections::BTreeSet;

use super::records::Filed;
use super::relations::Related;
use crate::decision::{Direction, State, Verb};

/// Works out the states; returns for each record the proposals that would replace it.
pub(super) fn settle(filed: &mut [Option<Filed>], related: &[Vec<Related>]) {
    let own: Vec<Option<State>> = filed.iter().map(|filed| filed.as_ref().and_then(|filed| filed.state)).collect();
    let successors = |at: usize| {
        let replaces = |related: &&Related| related.verb == Verb::Supersedes && related.direction == Direction::Reverse;
        related[at].iter().filter(replaces).map(|related| related.entry)
    };
    for at in 0..filed.len() {
        let Some(filed) = &mut filed[at] else { continue };
        let takes_over = |successor: &usize| counts(own[*successor]) && !is_in_circle(at, *successor, &successors);
        filed.successors = successors(at).filter(takes_over).collect();
        let goes_on = !matches!(filed.state, Some(State::Rejected | State::Deprecated | State::Superseded));
        filed.pending =
            successors(at).filter(|successor| goes_on && own[*successor] == Some(State::Proposed)).collect();
        if goes_on && !filed.successors.is_empty() {
            filed.state = Some(State::Superseded);
            filed.pending.clear();
        }
    }
}

/// Says whether a record in a state takes the place of what it supersedes: it is in force, or it was.
fn counts(state: Option<State>) -> bool {
    matches!(state, Some(State::Accepted | State::Superseded | State::Deprecated) | None)
}

/// Says whether a record that replaces another is in the end replaced by it.
fn is_in_circle<I: Iterator<Item = usize>>(at: usize, successor: usize, successors: &impl Fn(usize) -> I) -> bool {
    let mut seen = BTreeSet::from([successor]);
    let mut open = vec![successor];
    while let Some(next) = open.pop() {
        if next == at {
            return true;
        }
        open.extend(successors(next).filter(|further| seen.insert(*further)));
    }
    false
}
