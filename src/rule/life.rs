//! What cannot be true of the lives of decisions: circles, rejected successors, two in force for one, templates accepted.

use std::collections::BTreeSet;

use super::records::at;
use crate::decision::{Direction, Fault, State, Verb};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::site::{Entry, Kind, Site};

/// Looks at the life of one record.
pub(super) fn check(site: &Site, number: usize) -> Vec<Diagnostic> {
    let entry = &site.entries[number];
    let mut diagnostics: Vec<Diagnostic> = circle(site, number).into_iter().collect();
    diagnostics.extend(rejected_successor(site, entry));
    diagnostics.extend(two_successors(site, entry));
    diagnostics.extend(template_accepted(entry));
    diagnostics.extend(faults(entry));
    diagnostics
}

/// What was meant to state something and does not.
fn faults(entry: &Entry) -> Vec<Diagnostic> {
    let Some((record, _)) = entry.record() else { return Vec::new() };
    let report = |fault: &Fault| match fault {
        Fault::Misspelt { written, meant } => {
            let message = format!("the status `{written}` is read as `{meant}`");
            (Code::MisspeltMetadata, message, format!("write `{meant}`"))
        }
        Fault::Key { written, meant } => {
            let message = format!("nothing reads the key `{written}`");
            (Code::MisspeltMetadata, message, format!("did you mean `{meant}`?"))
        }
        Fault::NoDay { written } => {
            let message = format!("`{written}` is not a date");
            (Code::InvalidDate, message, "write it as `YYYY-MM-DD`".to_owned())
        }
    };
    let diagnostics = record.faults.iter().map(|stated| {
        let (code, message, help) = report(&stated.value);
        at(code, entry, &stated.origin, message).help(help)
    });
    diagnostics.collect()
}

/// Records that replace each other in a circle; the first of them by its path is named.
fn circle(site: &Site, number: usize) -> Option<Diagnostic> {
    let next = |at: usize| site.entries[at].related_by(Verb::Supersedes, Direction::Forward);
    let mut seen = BTreeSet::new();
    let mut open: Vec<usize> = next(number).collect();
    while let Some(at) = open.pop() {
        if seen.insert(at) {
            open.extend(next(at));
        }
    }
    // Only those that lead back are part of the circle.
    let leads_back = |at: &usize| {
        let mut reached = BTreeSet::from([*at]);
        let mut open = vec![*at];
        while let Some(one) = open.pop() {
            open.extend(next(one).filter(|further| reached.insert(*further)));
        }
        reached.contains(&number)
    };
    if !seen.contains(&number) {
        return None;
    }
    let members: Vec<usize> = seen.into_iter().filter(leads_back).collect();
    let is_first = members.first() == Some(&number);
    let others = members.iter().filter(|at| **at != number).map(|at| format!("`{}`", site.entries[*at].page().path));
    let message = format!("supersedes {}, which supersedes it in turn", others.collect::<Vec<_>>().join(" and "));
    let help = "one of them is in force: take the other relation out";
    is_first.then(|| on_relation(site, number, Code::CircularSuccession, message).help(help))
}

/// A record that says it is superseded, although what was to replace it was rejected.
fn rejected_successor(site: &Site, entry: &Entry) -> Option<Diagnostic> {
    let (record, filed) = entry.record()?;
    let status = record.status.as_ref().filter(|status| status.value.state == State::Superseded)?;
    let told: Vec<usize> = entry.related_by(Verb::Supersedes, Direction::Reverse).collect();
    let is_rejected = |at: &usize| site.entries[*at].state() == Some(State::Rejected);
    let rejected = told.iter().find(|at| is_rejected(at))?;
    let message = format!("says `{}`, and `{}` was rejected", status.value.text, site.entries[*rejected].page().path);
    let help = "`precedent decision accept` puts it in force again";
    filed.successors.is_empty().then(|| at(Code::RejectedSuccessor, entry, &status.origin, message).help(help))
}

/// Several decisions in force that each replace one, and do not say that they share it.
fn two_successors(site: &Site, entry: &Entry) -> Option<Diagnostic> {
    let (record, filed) = entry.record()?;
    let in_force: Vec<usize> = filed
        .successors
        .iter()
        .copied()
        .filter(|at| matches!(site.entries[*at].state(), Some(State::Accepted) | None))
        .collect();
    // A record that names both knows of them.
    let named = record
        .relations
        .iter()
        .filter(|stated| stated.value.verb == Verb::Supersedes && stated.value.direction == Direction::Reverse);
    if in_force.len() < 2 || named.count() >= in_force.len() {
        return None;
    }
    let names: Vec<String> = in_force.iter().map(|at| format!("`{}`", site.entries[*at].page().path)).collect();
    let message = format!("{} are in force and both supersede this", names.join(" and "));
    Some(Diagnostic::new(Code::TwoSuccessors, &entry.page().path, message).help("name both in its status, or mend one"))
}

/// An accepted record whose text is still the template's.
fn template_accepted(entry: &Entry) -> Option<Diagnostic> {
    let (record, _) = entry.record().filter(|_| entry.parsed.kind == Kind::Decision)?;
    record.status.as_ref().filter(|status| status.value.state == State::Accepted)?;
    let text = &*entry.parsed.markdown;
    let mut start = 0;
    let mut in_code = false;
    for line in text.split_inclusive('\n') {
        in_code ^= line.trim_start().starts_with("```");
        let asks = ["Chosen option: \"{", "Chosen option: {", "Chosen option: \"[option", "Chosen option: [option"];
        let begin = line.trim_start_matches(['*', ' ', '-', '_']);
        if !in_code && asks.iter().any(|asked| begin.starts_with(asked)) {
            let message = "is accepted, and its text is still the template's".to_owned();
            let span = Span { start, end: start + line.trim_end().len() };
            let help = "say what was decided, or set its status to proposed";
            return Some(Diagnostic::new(Code::UnfilledDecision, &entry.page().path, message).at(span).help(help));
        }
        start += line.len();
    }
    None
}

/// A finding at the first relation of a record by which it supersedes another.
fn on_relation(site: &Site, number: usize, code: Code, message: String) -> Diagnostic {
    let entry = &site.entries[number];
    let origin = entry.record().and_then(|(record, _)| {
        record.relations.iter().find(|stated| stated.value.verb == Verb::Supersedes).map(|stated| &stated.origin)
    });
    match origin {
        Some(origin) => at(code, entry, origin, message),
        None => Diagnostic::new(code, &entry.page().path, message),
    }
}
