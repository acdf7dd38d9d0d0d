//! What the words of a status say: the state, the day, and the records that it has to do with.

use super::{Gathered, LONGEST};
use crate::decision::reading::relation;
use crate::decision::record::{Fault, Origin, Relation, Stated};
use crate::decision::words::day;
use crate::decision::words::link::begin_of;
use crate::decision::words::state::State;
use crate::decision::words::status;
use crate::decision::words::verb::{Direction, Verb};

impl Gathered<'_> {
    /// Takes a status, and the relations and the day that stand in the same words. The first counts; but a word that
    /// nobody knows gives way to one that is known, and what is in force to what replaced it.
    pub(in crate::decision) fn take_status(&mut self, text: &str, origin: &Origin) {
        let Some(status) = status::parse(text) else { return };
        // A guess is no reason to doubt what is stated.
        if status.meant.is_some()
            && self.record.status.as_ref().is_some_and(|known| known.value.state != State::Unknown)
        {
            return;
        }
        if let Some(meant) = &status.meant {
            let fault = Fault::Misspelt { written: first_word(&status.text), meant: meant.clone() };
            self.record.faults.push(Stated { value: fault, origin: origin.clone() });
        }
        self.relate_by_words(text, status.state, origin);
        let replaces = match self.record.status.as_ref().map(|stated| stated.value.state) {
            None => true,
            Some(State::Unknown) => status.state != State::Unknown,
            Some(state) => status.state == State::Superseded && state == State::Accepted && says_by_whom(&status),
        };
        if replaces {
            self.take_status_day(text, status.state, origin);
            self.record.status = Some(Stated { value: status, origin: origin.clone() });
        }
    }

    /// Takes the last of several states with their days, and the days of the others.
    pub(in crate::decision) fn take_history(&mut self, steps: &[(String, Origin)]) {
        self.record.status = None;
        for (text, origin) in steps {
            if let Some(status) = status::parse(text) {
                self.take_status_day(text, status.state, origin);
                self.relate_by_words(text, status.state, origin);
                self.record.status = Some(Stated { value: status, origin: origin.clone() });
            }
        }
    }

    /// Takes the day that a short line beside the status tells.
    pub(in crate::decision) fn take_day_beside_status(&mut self, text: &str, origin: &Origin) {
        let state = self.record.status.as_ref().map(|status| status.value.state);
        let decided = matches!(state, Some(State::Accepted | State::Rejected));
        if decided && text.split_whitespace().count() <= 10 && relation::told_anywhere(text).is_empty() {
            self.take_status_day(text, State::Accepted, origin);
        }
    }

    /// Takes the day of a status: what happened on it, the state tells.
    fn take_status_day(&mut self, text: &str, state: State, origin: &Origin) {
        // The name of a record may hold a day, which is that record's.
        let text = relation::without_links(text);
        let is_name = |found: &day::Found| text[found.end..].starts_with(['-', '_']);
        // "Accepted - November 2025"
        let month = || {
            let (_, rest) = [" - ", " – ", " — ", " · ", " ("].iter().find_map(|sign| text.split_once(sign))?;
            day::month_of(rest).filter(|_| matches!(state, State::Accepted | State::Rejected))
        };
        let found = day::find(&text).filter(|found| !is_name(found));
        let is_month = found.is_none();
        let Some(found) = found.or_else(month) else { return };
        self.record.date_order = self.record.date_order.or(found.order);
        // Of "review (17 July to 31 July)" the last day is the end.
        let before = if is_month { "" } else { text[..found.start].trim_end_matches(['`', ' ']) };
        let is_limit = [" by", " until", " to", " through", "-", "–", "—"].iter().any(|end| before.ends_with(end))
            && before.contains(|letter: char| {
                letter.is_ascii_digit() || before.ends_with(" by") || before.ends_with("until")
            });
        let slot = match state {
            State::Proposed if is_limit => &mut self.record.decide_by,
            State::Proposed => &mut self.record.proposed,
            State::Accepted | State::Rejected => &mut self.status_day,
            State::Superseded | State::Deprecated => &mut self.record.updated,
            State::Unknown => return,
        };
        if slot.is_none() {
            *slot = Some(Stated { value: found.date, origin: origin.clone() });
        }
    }

    /// Takes every relation that the words of a status tell, wherever they stand in it.
    fn relate_by_words(&mut self, text: &str, state: State, origin: &Origin) {
        let told = relation::told_anywhere(text);
        let is_replaced = |told: &relation::Told<'_>| told.verb == Verb::Supersedes || told.verb == Verb::Amends;
        // "Superseded (see ADR-5)": whom else would it mean?
        if state == State::Superseded && !told.iter().any(is_replaced) {
            for target in relation::mentioned(text, &self.mentions) {
                let (verb, direction) = (Verb::Supersedes, Direction::Reverse);
                self.relate(Relation { verb, direction, label: None, target }, origin);
            }
            return;
        }
        for told in told {
            // "Superseded by One broker" may name a title; "requires more work" and "see below" name no record.
            let targets = match (told.verb, told.direction) {
                (Verb::Supersedes | Verb::Amends, Direction::Reverse) if state != State::Rejected => {
                    relation::replaced(told.rest, &self.mentions)
                }
                (Verb::Supersedes, Direction::Forward) if !relation::named(told.rest, &self.mentions).is_empty() => {
                    relation::replaced(told.rest, &self.mentions)
                }
                _ => relation::named(told.rest, &self.mentions),
            };
            self.relate_all(&told, targets, origin);
        }
    }

    /// Takes the records that a reason mentions: by its verbs, else as what it has to do with.
    pub(in crate::decision) fn take_reason(&mut self, text: &str, origin: &Origin) {
        let text = begin_of(text, LONGEST);
        let before = self.related.len();
        self.relate_by_words(text, State::Rejected, origin);
        if self.related.len() == before {
            for target in relation::mentioned(text, &self.mentions) {
                let (verb, direction) = (Verb::RelatesTo, Direction::Forward);
                self.relate(Relation { verb, direction, label: None, target }, origin);
            }
        }
    }
}

/// Says whether a status of "superseded" is that of the whole record: it names a successor, or says no more.
fn says_by_whom(status: &status::Status) -> bool {
    let note = status.note.as_deref().unwrap_or_default();
    let first = note.split(' ').next().unwrap_or_default().to_lowercase();
    let words = ["by", "with", "in", "see", "since", "on", "as", "durch", "par", "por", "da", "door", "przez"];
    note.is_empty() || !first.starts_with(char::is_alphabetic) || words.contains(&first.as_str())
}

fn first_word(text: &str) -> String {
    text.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().to_owned()
}
