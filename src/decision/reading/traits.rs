//! What a text shows of being a decision record, before anybody knows in what collection it lies.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::data::Table;
use crate::decision::reading::body;
use crate::decision::reading::detect::Marks;
use crate::decision::reading::front;
use crate::decision::reading::gather::Gathered;
use crate::decision::reading::outline::Outline;
use crate::decision::reading::relation::Mentions;
use crate::decision::record::{Place, Record};
use crate::decision::words::dialect::Dialect;
use crate::decision::words::field::Field;
use crate::decision::words::name::{is_companion, numbered, slug_of, speaks_of_template};
use crate::decision::words::section::{is_decision_section, is_proposal_section};
use crate::decision::words::state::State;
use crate::path::BookPath;

/// What a text shows of being a decision record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Traits {
    /// It carries the marks of a known form, which no other page has.
    pub(in crate::decision) recognised: bool,
    /// It states a status, and one that is known.
    pub(in crate::decision) states: bool,
    /// Where it states it.
    pub(in crate::decision) place: Option<Place>,
    /// How much else it says of itself: days, people, relations, where it was discussed.
    pub(in crate::decision) facts: usize,
    /// Sections that a decision has.
    pub(in crate::decision) decides: usize,
    /// Sections that a proposal has.
    pub(in crate::decision) proposes: usize,
    /// It asks to be filled in.
    pub(in crate::decision) asks: bool,
    /// What its heading calls it: `TEP`, 44.
    pub(in crate::decision) called: Option<(String, u32)>,
    /// The keys of its front matter that no program knows, in lower case.
    pub(in crate::decision) keys: BTreeSet<String>,
    /// A key whose value is a number, for each number: `fip: "0015"`.
    pub(in crate::decision) numbers: Vec<(String, u32)>,
    /// What a template holds for title and relations.
    pub(in crate::decision) leftovers: BTreeSet<String>,
}

/// How much a text looks like a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::decision) enum Likeness {
    /// Not at all.
    None,
    /// As other pages may.
    Slight,
    /// As records do, and a few other pages.
    Close,
    /// By a form that only records have.
    Sure,
}

impl Traits {
    /// Looks at a text; `text` is the body after the front matter.
    pub fn of(path: &BookPath, front_matter: &Table, text: &str) -> Self {
        let outline = Outline::new(text, 0);
        let marks = Marks::of(&outline);
        let mentions = Mentions { definitions: outline.definitions.clone(), ..Mentions::default() };
        let mut gathered = Gathered::new(mentions);
        let frame = front::Frame { place: Place::FrontMatter, file: None };
        front::read(front_matter, &frame, None, &mut gathered);
        body::read(&outline, &mut gathered);
        let record = gathered.finish();
        let sections = |is: fn(&str) -> bool| outline.sections.iter().filter(|section| is(section.title)).count();
        let decides = sections(is_decision_section);
        let proposes = sections(is_proposal_section);
        let heading = outline.title().or(outline.sections.first()).map_or("", |section| section.title);
        let status = record.status.as_ref().filter(|status| status.value.state != State::Unknown);
        let form = front::marks(front_matter);
        let asks = marks.is_template || asks(front_matter, heading);
        let states_any = marks.has(Field::Status) || marks.status_section || front_matter.get("status").is_some();
        let decided = marks.is_rust_rfc()
            || marks.status_section && decides >= 1
            || states_any && marks.has(Field::Deciders) && decides >= 1
            || states_any && decides >= 2;
        // A page of notes may say what replaced it, in a key of its own: a decision says more.
        let typed = form == Some(Dialect::Typed) && decides + proposes == 0;
        Self {
            recognised: form.is_some() && !typed || decided && !asks,
            states: status.is_some(),
            place: status.map(|status| status.origin.place),
            facts: facts(&record),
            decides,
            proposes,
            asks,
            called: called(heading),
            keys: front_matter.0.iter().map(|entry| entry.key.to_lowercase()).collect(),
            numbers: numbers(front_matter),
            leftovers: if is_companion(path) && speaks_of_template(&slug_of(path)) {
                leftovers(&record, heading)
            } else {
                BTreeSet::new()
            },
        }
    }

    /// Says how much the text looks like a record.
    pub(in crate::decision) fn likeness(&self) -> Likeness {
        let sections = self.decides + self.proposes;
        match self {
            _ if self.recognised => Likeness::Sure,
            _ if self.states && (self.facts >= 1 || sections >= 1) => Likeness::Close,
            _ if self.facts >= 2 && sections >= 2 || self.decides >= 2 => Likeness::Close,
            _ if self.states || self.decides >= 1 || self.proposes >= 2 || self.facts >= 2 => Likeness::Slight,
            _ => Likeness::None,
        }
    }
}

/// Counts the kinds of things that a record says of itself beside title and status.
fn facts(record: &Record) -> usize {
    let said = [
        record.decided.is_some(),
        record.proposed.is_some(),
        record.updated.is_some(),
        !record.deciders.is_empty(),
        !record.authors.is_empty(),
        !record.owners.is_empty(),
        !record.consulted.is_empty() || !record.informed.is_empty(),
        !record.tracking.is_empty(),
        !record.relations.is_empty(),
        record.number.is_some(),
    ];
    said.into_iter().filter(|said| *said).count()
}

/// Says whether front matter or heading are those of a template: `status: [proposed | accepted]`, `# <title>`.
fn asks(front_matter: &Table, heading: &str) -> bool {
    let status = front_matter.get("status").and_then(|node| node.value.scalar()).unwrap_or_default();
    let framed = |text: &str| text.starts_with(['{', '[', '<']) && text.ends_with(['}', ']', '>']);
    let choice = status.contains('|') || framed(status.trim());
    choice
        || framed(heading.trim()) && !heading.contains("](") && heading.contains(' ')
        || crate::decision::words::people::is_placeholder(heading)
}

/// Reads `TEP-0044` at the beginning of a heading.
fn called(heading: &str) -> Option<(String, u32)> {
    let text = heading.trim_start_matches(['[', '(', ' ']);
    let first = text.split([':', ']', ')', ' ', '–', '—', '.']).next()?;
    let name = numbered(first).or_else(|| {
        // `RFC 12: …`
        let end = text.match_indices(' ').nth(1).map_or(text.len(), |(at, _)| at);
        numbered(text[..end].trim_end_matches([':', '.', '-', ' ']))
    })?;
    let word = name.prefix.trim_matches(['-', '_', ' ', '#']);
    let is_code = !word.is_empty() && word.len() <= 24 && !word.contains(' ') && !word.contains(char::is_lowercase);
    (is_code && name.rest.is_empty()).then(|| Some((word.to_owned(), name.number()?))).flatten()
}

/// Returns the keys whose values are numbers of records.
fn numbers(front_matter: &Table) -> Vec<(String, u32)> {
    let number = |text: String| text.trim().parse().ok().filter(|_| text.trim().len() <= 5);
    let entries = front_matter.0.iter();
    entries.filter_map(|entry| Some((entry.key.to_lowercase(), number(entry.node.value.scalar()?)?))).collect()
}

fn leftovers(record: &Record, heading: &str) -> BTreeSet<String> {
    let relations = record.relations.iter().map(|relation| relation.value.target.text());
    let title = record.title.as_ref().map(|title| title.value.as_str());
    relations.chain(title).chain([heading]).map(str::to_lowercase).filter(|text| text.len() > 2).collect()
}
