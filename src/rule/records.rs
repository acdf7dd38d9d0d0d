//! What is wrong with records among each other: names that lead nowhere, contradictions, deadlines, dead patterns.

use std::collections::BTreeMap;

use super::Surroundings;
use crate::date::Date;
use crate::decision::{Direction, Origin, Reference, State, Stated, Verb, WrittenDate};
use crate::diagnostic::{Code, Diagnostic};
use crate::glob::Glob;
use crate::site::{Entry, Kind, Site, Unresolved};

/// Looks at every record.
pub(super) fn check(site: &Site, surroundings: &Surroundings<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = duplicate_numbers(site);
    for entry in &site.entries {
        let Some((record, filed)) = entry.record() else { continue };
        diagnostics
            .extend(entry.unresolved.iter().filter_map(|unresolved| unresolved_mention(site, entry, unresolved)));
        diagnostics.extend(replaced_in_force(site, entry));
        diagnostics.extend(stale_sources(site, entry));
        diagnostics.extend(patterns(entry, surroundings));
        if let Some(status) = record.status.as_ref().filter(|status| status.value.state == State::Unknown) {
            let message = format!("the status `{}` is not known", status.value.text);
            diagnostics.push(at(Code::UnknownStatus, entry, &status.origin, message));
        }
        let Some(today) = surroundings.today else { continue };
        let is_over = matches!(filed.state, Some(State::Superseded | State::Deprecated | State::Rejected));
        if let (Some(day), Some(stated)) = (filed.review_by.filter(|day| *day < today && !is_over), &record.review_by) {
            let help = "look at it again, then set the next day";
            diagnostics.push(
                at(Code::OverdueReview, entry, &stated.origin, format!("was to be reviewed by {day}")).help(help),
            );
        }
        let is_open = matches!(filed.state, Some(State::Proposed) | None);
        if let (Some(day), Some(stated)) = (filed.decide_by.filter(|day| *day < today && is_open), &record.decide_by) {
            let help = "decide it: `precedent decision accept` or `reject`";
            diagnostics.push(
                at(Code::OverdueDecision, entry, &stated.origin, format!("was to be decided by {day}")).help(help),
            );
        }
    }
    diagnostics.extend(ambiguous_dates(site));
    diagnostics
}

pub(super) fn at(code: Code, entry: &Entry, origin: &Origin, message: String) -> Diagnostic {
    let path = origin.file.as_ref().unwrap_or(&entry.page().path);
    let diagnostic = Diagnostic::new(code, path, message);
    match origin.span {
        Some(span) => diagnostic.at(span),
        None => diagnostic,
    }
}

fn unresolved_mention(site: &Site, entry: &Entry, unresolved: &Unresolved) -> Option<Diagnostic> {
    let written = unresolved.relation.target.text();
    let is_elsewhere = written.contains("://");
    // A link of the page has a finding of its own.
    let is_link = matches!(unresolved.relation.target, Reference::Link(_));
    let is_loose = is_link && unresolved.relation.verb == Verb::RelatesTo && unresolved.candidates.is_empty();
    if is_elsewhere || is_loose {
        return None;
    }
    let place = |diagnostic: Diagnostic| match unresolved.span {
        Some(span) => diagnostic.at(span),
        None => diagnostic,
    };
    let path = &entry.page().path;
    if unresolved.candidates.is_empty() {
        return Some(place(Diagnostic::new(Code::UnknownRecord, path, format!("no record `{written}`"))));
    }
    let names: Vec<String> =
        unresolved.candidates.iter().map(|at| format!("`{}`", site.entries[*at].page().path)).collect();
    let message = format!("`{written}` can be {}", names.join(" or "));
    Some(place(Diagnostic::new(Code::AmbiguousRecord, path, message).help("name it by its file")))
}

/// Numbers that two decisions of one collection have. The later file is named, since the earlier was there first.
fn duplicate_numbers(site: &Site) -> Vec<Diagnostic> {
    let mut seen = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for entry in site.entries.iter().filter(|entry| entry.parsed.kind == Kind::Decision) {
        let Some((record, filed)) = entry.record() else { continue };
        let Some(number) = &record.number else { continue };
        let first = seen.entry((&filed.collection, number.value)).or_insert(&entry.page().path);
        if **first != entry.page().path {
            let message = format!("the number {} is also that of `{first}`", number.value);
            let help = format!("`precedent decision renumber {}` gives it the next free one", filed.id);
            diagnostics.push(at(Code::DuplicateNumber, entry, &number.origin, message).help(help));
        }
    }
    diagnostics
}

fn replaced_in_force(site: &Site, entry: &Entry) -> Option<Diagnostic> {
    let (record, _) = entry.record()?;
    let status = record.status.as_ref().filter(|status| status.value.state == State::Accepted)?;
    // A proposal replaces nothing yet.
    let successor = entry.filed.as_ref()?.successors.first()?;
    let path = &site.entries[*successor].page().path;
    let message = format!("says `{}`, and `{path}` supersedes it", status.value.text);
    Some(at(Code::ReplacedInForce, entry, &status.origin, message).help("set its status to superseded"))
}

/// Guidelines whose decision is no longer in force.
fn stale_sources(site: &Site, entry: &Entry) -> Vec<Diagnostic> {
    if entry.parsed.kind != Kind::Guideline {
        return Vec::new();
    }
    let sources = entry.related_by(Verb::DerivesFrom, Direction::Forward).map(|at| &site.entries[at]);
    let gone = sources
        .filter(|source| matches!(source.state(), Some(State::Superseded | State::Deprecated | State::Rejected)));
    let report = |source: &Entry| {
        let state = source.state().map_or("", State::name);
        let message = format!("derives from `{}`, which is {state}", source.page().path);
        let successors = source
            .related_by(Verb::Supersedes, Direction::Reverse)
            .map(|at| format!("`{}`", site.entries[at].page().path));
        let successors: Vec<String> = successors.collect();
        let help = if successors.is_empty() {
            "look whether the rule still holds".to_owned()
        } else {
            format!("it was superseded by {}", successors.join(" and "))
        };
        let span = entry.record().and_then(|(record, _)| {
            record
                .relations
                .iter()
                .find(|relation| relation.value.verb == Verb::DerivesFrom)
                .map(|relation| relation.origin.clone())
        });
        let diagnostic = Diagnostic::new(Code::StaleGuideline, &entry.page().path, message).help(help);
        match span.and_then(|origin| origin.span) {
            Some(span) => diagnostic.at(span),
            None => diagnostic,
        }
    };
    gone.map(report).collect()
}

/// Patterns that cannot be read, and those that match nothing where the files are known.
fn patterns(entry: &Entry, surroundings: &Surroundings<'_>) -> Vec<Diagnostic> {
    let Some((record, filed)) = entry.record() else { return Vec::new() };
    let is_over = matches!(filed.state, Some(State::Superseded | State::Deprecated | State::Rejected));
    let mut diagnostics = Vec::new();
    for Stated { value: pattern, origin } in &record.applies_to {
        match Glob::new(pattern.trim_start_matches('!')) {
            Err(fault) => {
                let message = format!("the pattern `{pattern}` cannot be read: {}", fault.message);
                diagnostics.push(at(Code::InvalidGlob, entry, origin, message));
            }
            Ok(glob) if !is_over && !matches_any(&glob, surroundings) => {
                let message = format!("the pattern `{pattern}` matches no file");
                diagnostics.push(
                    at(Code::DeadGlob, entry, origin, message).help("patterns begin at the root of the repository"),
                );
            }
            Ok(_) => {}
        }
    }
    diagnostics
}

fn matches_any(glob: &Glob, surroundings: &Surroundings<'_>) -> bool {
    match surroundings.files {
        Some(files) => files.iter().any(|file| glob.matches(file)),
        // Without git the book is all there is.
        None => surroundings.listing.iter().any(|path| {
            let below = path.as_str();
            glob.matches(below)
                || !surroundings.folder.is_empty() && glob.matches(&format!("{}/{below}", surroundings.folder))
        }),
    }
}

/// Dates such as `05/02/2018`, in a collection none of whose dates shows which number is the day: the first is named.
fn ambiguous_dates(site: &Site) -> Vec<Diagnostic> {
    let mut collections: BTreeMap<_, Vec<&Entry>> = BTreeMap::new();
    for entry in &site.entries {
        if let Some((_, filed)) = entry.record() {
            collections.entry(&filed.collection).or_default().push(entry);
        }
    }
    let shows_order = |entry: &&Entry| entry.record().is_some_and(|(record, _)| record.date_order.is_some());
    let unclear = collections.values().filter(|entries| !entries.iter().any(&shows_order));
    let report = |entries: &Vec<&Entry>| {
        entries.iter().find_map(|entry| {
            let (record, filed) = entry.record()?;
            let dates = [
                (&record.decided, filed.decided),
                (&record.proposed, filed.proposed),
                (&record.updated, filed.updated),
            ];
            let (stated, day) = dates.into_iter().find_map(|(stated, day)| {
                let stated = stated.as_ref().filter(|stated| matches!(stated.value, WrittenDate::Either { .. }))?;
                Some((stated, day?))
            })?;
            Some(report_date(entry, stated, day))
        })
    };
    unclear.filter_map(report).collect()
}

fn report_date(entry: &Entry, stated: &Stated<WrittenDate>, day: Date) -> Diagnostic {
    let message = format!("this date can mean two days; it is taken for {day}, and others of the folder likewise");
    at(Code::AmbiguousDate, entry, &stated.origin, message).help("write it as `YYYY-MM-DD`")
}
