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
    /// Handles that begin with `@`, or parts of names, without regard to case: of deciders, authors, owners, consulted,
    /// informed; where something is to be due, of those alone who own it, decide or wrote it.
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
        let in_scope = |wanted: &str| is_in_scope(&row.scope, wanted);
        // Who was only asked or told has nothing to do.
        let by = |wanted: &str| match due {
            Some(_) => row.responsible().any(|name| is_person(name, wanted)),
            None => row.people().any(|name| is_person(name, wanted)),
        };
        any(kinds, &|wanted| row.kind == wanted)
            && (states.is_empty() || state.is_some_and(|state| states.contains(&state)))
            && any(tags, &|wanted| row.tags.iter().any(|tag| tag.to_lowercase() == wanted.to_lowercase()))
            && any(scopes, &in_scope)
            && any(people, &by)
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

    /// Returns those by whom something can be done about it: who owns it, decides, or wrote it.
    fn responsible(&self) -> impl Iterator<Item = &str> {
        let lists = [&self.owners, &self.deciders, &self.authors];
        lists.into_iter().flatten().map(String::as_str)
    }
}

/// Says whether a scope is the one that is wanted, or below it.
pub fn is_in_scope(scope: &str, wanted: &str) -> bool {
    let rest = scope.strip_prefix(wanted.trim_end_matches('/'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Says whether a name is the one that is wanted: a handle as a whole, with or without its `@`; else any part of it.
pub fn is_person(name: &str, wanted: &str) -> bool {
    let (name, wanted) = (name.to_lowercase(), wanted.to_lowercase());
    let Some(handle) = wanted.strip_prefix('@').filter(|handle| !handle.is_empty()) else {
        return name.contains(&wanted);
    };
    // `Ann (@ann)` has the handle; the mail address `ann@annex.org` and the team `@ann/docs` do not.
    let goes_on = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '/' | '@');
    let stands_alone = |(at, found): (usize, &str)| {
        let after = name[at + found.len()..].strip_prefix('.').unwrap_or(&name[at + found.len()..]);
        !name[..at].ends_with(goes_on) && !after.starts_with(goes_on)
    };
    name == handle || name.match_indices(&wanted).any(stands_alone)
}

#[cfg(test)]
mod tests {
    use super::is_person;

    #[test]
    fn a_handle_is_a_whole_one_and_a_name_any_part() {
        for (name, wanted) in [
            ("@ann", "@ann"),
            ("@Ann", "@ann"),
            ("ann", "@ann"),
            ("@ann", "ann"),
            ("Ann Lee (@ann)", "@ann"),
            ("@ann.", "@ann"),
            ("@ann-lee", "ann"),
            ("Ann Lee", "lee"),
            ("@quayside/docs", "@quayside/docs"),
            ("@", "@"),
        ] {
            assert!(is_person(name, wanted), "{wanted} finds {name}");
        }
        for (name, wanted) in [
            ("@anna", "@ann"),
            ("@ann-lee", "@ann"),
            ("@ann.lee", "@ann"),
            ("@joann", "@ann"),
            ("joe@ann.org", "@ann"),
            ("@ann/docs", "@ann"),
            ("Anna", "@ann"),
            ("Bob", "ann"),
        ] {
            assert!(!is_person(name, wanted), "{wanted} does not find {name}");
        }
    }
}
