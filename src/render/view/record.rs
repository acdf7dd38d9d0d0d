//! What a page tells of its record: the header, the banners, the relations from both ends, the history.

use serde::Serialize;

use super::notice::{chain, notices};
use super::revision::commit;
use super::{LinkView, RecordView, Settings, decision_graph, decisions, link, tags};
use crate::date::Date;
use crate::decision::{Direction, Record, State, Stated, Verb};
use crate::path::SitePath;
use crate::render::told;
use crate::site::{Entry, Filed, Kind, Related, Site};

/// A status: the state, and what the author says of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(in crate::render) struct StatusView {
    /// One of the six states.
    pub(in crate::render) name: &'static str,
    /// The author's words.
    text: String,
    /// The author's own word, where it is short and another than the state's.
    pub(in crate::render) word: String,
    /// What the author says beyond it.
    note: String,
    /// Whether the text says it, or only the form of the record.
    stated: bool,
}

/// Another record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct RefView {
    label: Option<String>,
    title: String,
    /// Nothing for what is no record of the site.
    url: Option<String>,
    kind: &'static str,
    status: Option<&'static str>,
}

/// Records that stand in one relation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct GroupView {
    verb: String,
    records: Vec<RefView>,
}

/// A decision that a guideline follows from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct SourceView {
    record: RefView,
    /// What replaces it, where something does.
    successors: Vec<RefView>,
}

/// How many commits a page shows.
const SHOWN: usize = 40;

/// Returns the record of a page.
pub(super) fn record(site: &Site, settings: &Settings, at: usize) -> Option<RecordView> {
    let entry = &site.entries[at];
    let (record, filed) = entry.record()?;
    let here = &entry.url;
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    let people = |names: &[Stated<String>]| -> Vec<LinkView> {
        names.iter().map(|name| facet(settings, here, "person", &name.value)).collect()
    };
    let by = |direction| entry.related_by(Verb::Supersedes, direction).map(|at| link(site, here, at)).collect();
    let (relations, related) = relations(site, settings, entry);
    let mut record = RecordView {
        id: filed.id.clone(),
        number: record.number.as_ref().map(|number| number.value),
        scope: Some(&filed.scope).filter(|scope| !scope.is_empty()).map(|scope| facet(settings, here, "scope", scope)),
        status: status(record, filed),
        date: day(entry.date()),
        decided: day(filed.decided),
        proposed: day(filed.proposed),
        updated: day(filed.updated),
        deciders: people(&record.deciders),
        authors: people(&record.authors),
        consulted: people(&record.consulted),
        informed: people(&record.informed),
        owners: filed.owners.iter().map(|name| facet(settings, here, "person", name)).collect(),
        tags: entry.tags().iter().map(|tag| tags::link(settings, here, tag)).collect(),
        applies_to: record.applies_to.iter().map(|pattern| pattern.value.clone()).collect(),
        tracking: record
            .tracking
            .iter()
            .filter(|text| is_shown(&text.value))
            .flat_map(|text| tracked(settings, &text.value))
            .collect(),
        review_by: day(filed.review_by),
        decide_by: day(filed.decide_by),
        superseded_by: by(Direction::Reverse),
        supersedes: by(Direction::Forward),
        notices: notices(site, settings, at, filed),
        relations,
        related,
        has_facts: false,
        graph: decision_graph::of_record(site, settings, at),
        graph_url: decisions::graph_of(site, settings, at),
        guidelines: guidelines(site, entry),
        sources: sources(site, at),
        history: entry.history.iter().take(SHOWN).map(|revision| commit(settings, revision)).collect(),
        changes: super::changes::of_record(settings, here, &entry.page().path),
        earlier: entry.history.len().saturating_sub(SHOWN),
        anchors: told::headings(entry),
    };
    record.has_facts = has_facts(&record, entry.parsed.kind);
    Some(record)
}

/// Says whether a record has more than status, day and people; a guideline's tags stand beside those.
fn has_facts(record: &RecordView, kind: Kind) -> bool {
    let RecordView { decided, proposed, updated, decide_by, review_by, .. } = record;
    let days = [decided, proposed, updated].into_iter().flatten().count() > 1;
    let people = [&record.owners, &record.consulted, &record.informed, &record.tracking];
    days || decide_by.is_some()
        || review_by.is_some()
        || people.into_iter().any(|people| !people.is_empty())
        || !record.deciders.is_empty() && !record.authors.is_empty()
        || record.scope.is_some()
        || !record.relations.is_empty()
        || !record.applies_to.is_empty()
        || !record.tags.is_empty() && kind == Kind::Decision
}

/// Returns the status, stated or by default of the form.
pub(super) fn status(record: &Record, filed: &Filed) -> Option<StatusView> {
    let state = filed.state?;
    let stated = record.status.as_ref().map(|status| &status.value);
    // What a successor changed, the words of the text do not say.
    let stated = stated.filter(|status| status.state == state);
    let text = stated.map_or(String::new(), |status| status.text.clone());
    Some(StatusView {
        name: state.name(),
        word: own_word(state, &text),
        // What follows "superseded" names records, and those are shown as such.
        note: stated.filter(|_| state != State::Superseded).and_then(|status| status.note.clone()).unwrap_or_default(),
        text,
        stated: stated.is_some(),
    })
}

/// The longest word for a status that a badge has room for.
const LONGEST_WORD: usize = 22;

/// Returns what stands on the badge instead of the state's own word.
pub(in crate::render) fn own_word(state: State, text: &str) -> String {
    let lower = text.to_lowercase();
    let same = lower.is_empty() || lower.starts_with(state.name()) || lower.starts_with("superc");
    let short = text.chars().count() <= LONGEST_WORD && !text.contains(|letter: char| letter.is_ascii_digit());
    if !same && short || state == State::Unknown { text.to_owned() } else { String::new() }
}

/// Returns another record, seen from a page.
pub(super) fn reference(site: &Site, here: &SitePath, at: usize) -> RefView {
    let entry = &site.entries[at];
    RefView {
        label: entry.label(),
        title: entry.labelled_title().to_owned(),
        url: Some(site.addresses.href(here, &entry.url)),
        kind: entry.parsed.kind.name(),
        status: entry.state().map(State::name),
    }
}

/// Returns a value that the log can be filtered by, with the address of what it leaves.
pub(super) fn facet(settings: &Settings, here: &SitePath, key: &'static str, value: &str) -> LinkView {
    let log = settings.decision_pages.first();
    let url = log.map(|(_, log)| format!("{}?{key}={}", settings.addresses.href(here, log), encoded(value)));
    LinkView { label: None, title: value.to_owned(), url, kind: key }
}

/// Encodes a value for a query: everything but letters, digits and `-._~`.
fn encoded(value: &str) -> String {
    let byte = |byte: u8| match byte {
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    value.bytes().map(byte).collect()
}

/// Returns links to where something was discussed. Of several issues that a text names each is one.
fn tracked(settings: &Settings, text: &str) -> Vec<LinkView> {
    let parts: Vec<&str> = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let are_issues = parts.len() > 1 && parts.iter().all(|part| settings.trackers.mentions(part).len() == 1);
    if are_issues {
        parts.iter().map(|part| mentioned(settings, part)).collect()
    } else {
        vec![mentioned(settings, text)]
    }
}

/// Returns a link to what a text names: an address of the web, or one issue of a tracker of the book.
fn mentioned(settings: &Settings, text: &str) -> LinkView {
    let link = outside(text);
    match settings.trackers.mentions(text).as_slice() {
        [issue] if link.url.is_none() => LinkView { url: Some(issue.url.clone()), ..link },
        _ => link,
    }
}

/// Returns a link to where something was discussed: what is no address of the web stays text.
fn outside(text: &str) -> LinkView {
    let lower = text.to_ascii_lowercase();
    let is_web = ["https://", "http://"].iter().any(|scheme| lower.starts_with(scheme))
        && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    let title = if is_web { text.split_once("://").map_or(text, |(_, rest)| rest).trim_end_matches('/') } else { text };
    LinkView { label: None, title: title.to_owned(), url: is_web.then(|| text.to_owned()), kind: "external" }
}

/// The longest text without an address that the header has room for.
const LONGEST_TRACKING: usize = 48;

/// Says whether the header shows where something was discussed: sentences stay in the text.
pub(in crate::render) fn is_shown(tracking: &str) -> bool {
    tracking.chars().count() <= LONGEST_TRACKING || outside(tracking).url.is_some()
}

/// Returns the relations from both ends, the strongest verb first: those for the header, and those for below. What
/// replaces the record is in a banner already, and what only has to do with it can wait; guidelines stand elsewhere.
fn relations(site: &Site, settings: &Settings, entry: &Entry) -> (Vec<GroupView>, Vec<GroupView>) {
    let (mut first, mut below): (Vec<GroupView>, Vec<GroupView>) = Default::default();
    let mut add = |ends: (Verb, Direction), words: String, record: RefView| {
        let weak = ends.0 == Verb::RelatesTo || ends == (Verb::Supersedes, Direction::Reverse);
        let groups = if weak { &mut below } else { &mut first };
        let verb = capitalised(&words);
        match groups.iter_mut().find(|group| group.verb == verb) {
            Some(group) => group.records.push(record),
            None => groups.push(GroupView { verb, records: vec![record] }),
        }
    };
    for related in entry.related.iter().filter(|related| !is_guideline_of(site, related)) {
        let ends = (related.verb, related.direction);
        let own = related.label.clone();
        add(ends, own.unwrap_or_else(|| verb(settings, related.words())), reference(site, &entry.url, related.entry));
    }
    for each in Verb::ALL {
        for direction in [Direction::Forward, Direction::Reverse] {
            for record in unresolved(settings, entry, direction, *each) {
                let words = match direction {
                    Direction::Reverse if !each.is_symmetric() => each.reverse_name(),
                    _ => each.name(),
                };
                add((*each, direction), verb(settings, words), record);
            }
        }
    }
    (first, below)
}

/// Returns the verb in the language of the interface: of "superseded by" the word `relation.superseded_by`.
pub(super) fn verb(settings: &Settings, name: &str) -> String {
    settings.words.text(&format!("relation.{}", name.replace(' ', "_")))
}

/// Returns mentions that are no record of the site: as text, or as a link to the issue or the address that they are.
pub(super) fn unresolved(
    settings: &Settings,
    entry: &Entry,
    direction: Direction,
    verb: Verb,
) -> impl Iterator<Item = RefView> {
    let told = entry.unresolved.iter().map(|unresolved| &unresolved.relation);
    let of_verb = told.filter(move |relation| relation.verb == verb && relation.direction == direction);
    of_verb.map(|relation| {
        let LinkView { label, title, url, kind } = mentioned(settings, relation.target.text());
        RefView { label, title, url, kind, status: None }
    })
}

fn is_guideline_of(site: &Site, related: &Related) -> bool {
    let between = related.verb == Verb::DerivesFrom;
    let kind = site.entries[related.entry].parsed.kind;
    between && (related.direction == Direction::Forward || kind == Kind::Guideline)
}

fn guidelines(site: &Site, entry: &Entry) -> Vec<RefView> {
    let derived = entry.related_by(Verb::DerivesFrom, Direction::Reverse);
    let guidelines = derived.filter(|at| site.entries[*at].parsed.kind == Kind::Guideline);
    guidelines.map(|at| reference(site, &entry.url, at)).collect()
}

fn sources(site: &Site, at: usize) -> Vec<SourceView> {
    let entry = &site.entries[at];
    let derived = entry.related_by(Verb::DerivesFrom, Direction::Forward);
    let source = |source: usize| SourceView {
        record: reference(site, &entry.url, source),
        successors: chain(site, source).1.into_iter().map(|at| reference(site, &entry.url, at)).collect(),
    };
    derived.map(source).collect()
}

/// Returns the words with a capital, as a label begins.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_become_links() {
        let url = |text: &str| outside(text).url.unwrap_or_default();
        assert_eq!(url("https://example.org/a"), "https://example.org/a");
        assert_eq!(url("javascript:alert(1)") + &url("#12") + &url("http://a b") + &url("data:text/html,x"), "");
    }

    #[test]
    fn a_badge_has_the_authors_word_where_it_is_another() {
        assert_eq!(own_word(State::Accepted, "Approved"), "Approved");
        assert_eq!(own_word(State::Accepted, "accepted"), "");
        assert_eq!(own_word(State::Superseded, "Superceded by 12. Use it"), "");
        assert_eq!(own_word(State::Unknown, "In flux since 2020"), "In flux since 2020");
    }

    #[test]
    fn a_query_holds_any_value() {
        assert_eq!(encoded("@ann & bö"), "%40ann%20%26%20b%C3%B6");
    }
}
