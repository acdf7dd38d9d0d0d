//! Which rows are wanted.

use super::Row;
use crate::date::Date;
use crate::decision::State;

/// What rows must be. Values of one field are alternatives; an empty list asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Kinds: `decision`, `guideline`.
    pub kinds: Vec<String>,
    /// States in which they stand.
    pub states: Vec<State>,
    /// Tags, without regard to case.
    pub tags: Vec<String>,
    /// Scopes, with those below them.
    pub scopes: Vec<String>,
    /// Parts of names of people, without regard to case: deciders, authors, owners, consulted, informed.
    pub people: Vec<String>,
    /// The first day.
    pub since: Option<Date>,
    /// The last day on which a review or a decision is due; what is over is not due.
    pub due: Option<Date>,
}

impl Filter {
    /// Says whether a row is wanted.
    pub fn admits(&self, row: &Row) -> bool {
        let Self { kinds, states, tags, scopes, people, since, due } = self;
        let any = |wanted: &[String], has: &dyn Fn(&str) -> bool| {
            wanted.is_empty() || wanted.iter().any(|wanted| has(wanted))
        };
        let state = row.standing;
        let in_scope = |wanted: &str| {
            row.scope
                .strip_prefix(wanted.trim_end_matches('/'))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        any(kinds, &|wanted| row.kind == wanted)
            && (states.is_empty() || state.is_some_and(|state| states.contains(&state)))
            && any(tags, &|wanted| row.tags.iter().any(|tag| tag.to_lowercase() == wanted.to_lowercase()))
            && any(scopes, &in_scope)
            && any(people, &|wanted| row.people().any(|name| name.to_lowercase().contains(&wanted.to_lowercase())))
            && since.is_none_or(|since| row.date.is_some_and(|date| date >= since))
            && due.is_none_or(|until| row.due().is_some_and(|day| day <= until))
    }
}

impl Row {
    /// Returns everyone that the record names.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        let lists = [&self.deciders, &self.authors, &self.owners, &self.consulted, &self.informed];
        lists.into_iter().flatten().map(String::as_str)
    }

    /// Returns the day on which something is due: of an open proposal its decision, of what is in force its review.
    pub fn due(&self) -> Option<Date> {
        match self.standing {
            Some(State::Superseded | State::Deprecated | State::Rejected) => None,
            Some(State::Proposed) | None => [self.decide_by, self.review_by].into_iter().flatten().min(),
            Some(State::Accepted | State::Unknown) => self.review_by,
        }
    }
}
