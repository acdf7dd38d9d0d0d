//! Puts what the parts of a text say together into one record: the first to state a thing is believed.

use std::collections::BTreeMap;

use super::day::{self, WrittenDate};
use super::field::Field;
use super::people::{is_nothing, is_placeholder, people, tags};
use super::relation::{self, Direction, Reference, Relation, Verb};
use super::text::plain;
use super::{DateOrder, Origin, Record, State, Stated, name, status};

/// A record in the making.
#[derive(Default)]
pub(super) struct Gathered<'t> {
    pub(super) record: Record,
    /// Definitions of the text's reference links.
    pub(super) definitions: BTreeMap<String, &'t str>,
}

impl Gathered<'_> {
    /// Takes what one place says of a field: one text, or the items of a list.
    pub(super) fn take(&mut self, field: Field, texts: &[String], origin: &Origin) {
        let first = || texts.first().map_or("", String::as_str);
        match field {
            Field::Number => self.take_number(first(), origin),
            Field::Title => self.take_title(first(), origin),
            Field::Status => self.take_status(&texts.join(", "), origin),
            Field::Date | Field::Proposed | Field::Updated | Field::ReviewBy | Field::DecideBy => {
                self.take_date(field, first(), origin);
            }
            Field::Deciders | Field::Consulted | Field::Informed | Field::Authors | Field::Owners => {
                let list = self.list(field);
                if list.is_empty() {
                    let names = texts.iter().flat_map(|text| people(text));
                    list.extend(names.map(|name| Stated { value: name, origin: origin.clone() }));
                }
            }
            Field::Tags => {
                for tag in texts.iter().flat_map(|text| tags(text)) {
                    if self.record.tags.iter().all(|known| known.value != tag) {
                        self.record.tags.push(Stated { value: tag, origin: origin.clone() });
                    }
                }
            }
            Field::AppliesTo => {
                let patterns = texts.iter().flat_map(|text| patterns(text));
                self.record.applies_to.extend(patterns.map(|value| Stated { value, origin: origin.clone() }));
            }
            Field::Tracking => {
                for text in texts.iter().filter(|text| !is_nothing(text) && !is_placeholder(text)) {
                    let links = relation::links(text, &self.definitions);
                    let values: Vec<String> = links.iter().map(|link| link.text().to_owned()).collect();
                    let values = if values.is_empty() { vec![plain(text)] } else { values };
                    self.record
                        .tracking
                        .extend(values.into_iter().map(|value| Stated { value, origin: origin.clone() }));
                }
            }
            Field::Links => {}
            _ => {
                let Some((verb, direction)) = relation::of_field(field) else { return };
                for text in texts {
                    for target in relation::references(text, &self.definitions) {
                        self.relate(verb, direction, None, target, origin);
                    }
                }
            }
        }
    }

    fn list(&mut self, field: Field) -> &mut Vec<Stated<String>> {
        match field {
            Field::Deciders => &mut self.record.deciders,
            Field::Consulted => &mut self.record.consulted,
            Field::Informed => &mut self.record.informed,
            Field::Authors => &mut self.record.authors,
            _ => &mut self.record.owners,
        }
    }

    fn take_number(&mut self, text: &str, origin: &Origin) {
        let text = text.trim().trim_matches(['"', '\'', '[', ']']);
        let number = text.parse().ok().or_else(|| name::number_of_name(text).filter(|_| text.len() < 12));
        self.record.number = self.record.number.take().or(number.map(|value| Stated { value, origin: origin.clone() }));
    }

    pub(super) fn take_title(&mut self, text: &str, origin: &Origin) {
        let title = plain(text);
        if !title.is_empty() && !is_placeholder(&title) && !is_placeholder(text) && self.record.title.is_none() {
            self.record.title = Some(Stated { value: title, origin: origin.clone() });
        }
    }

    fn take_date(&mut self, field: Field, text: &str, origin: &Origin) {
        let Some(found) = day::find(text) else { return };
        if let Some(order) = found.order {
            self.record.date_order = self.record.date_order.or(Some(order));
        }
        let slot = match field {
            Field::Date => &mut self.record.decided,
            Field::Proposed => &mut self.record.proposed,
            Field::Updated => &mut self.record.updated,
            Field::ReviewBy => &mut self.record.review_by,
            _ => &mut self.record.decide_by,
        };
        if slot.is_none() {
            *slot = Some(Stated { value: found.date, origin: origin.clone() });
        }
    }

    /// Takes a status, and the relations and the day that stand in the same words.
    pub(super) fn take_status(&mut self, text: &str, origin: &Origin) {
        let Some(status) = status::parse(text) else { return };
        self.relate_by_words(text, origin);
        let replaces = match &self.record.status {
            None => true,
            Some(stated) => status.state == State::Superseded && stated.value.state == State::Accepted,
        };
        if replaces {
            if let Some(found) = day::find(text).filter(|_| self.record.decided.is_none()) {
                self.record.decided = Some(Stated { value: found.date, origin: origin.clone() });
            }
            self.record.status = Some(Stated { value: status, origin: origin.clone() });
        }
    }

    /// Takes every relation that the words of a status tell, wherever they stand in it.
    fn relate_by_words(&mut self, text: &str, origin: &Origin) {
        for told in relation::told_anywhere(text) {
            let label = relation::label(told.verb, &told.words);
            for target in relation::references(told.rest, &self.definitions) {
                self.relate(told.verb, told.direction, label.clone(), target, origin);
            }
        }
    }

    /// Takes a line that begins with a verb and names a record; says whether it was one.
    pub(super) fn take_line(&mut self, line: &str, origin: &Origin) -> bool {
        let Some(told) = relation::told(line) else { return false };
        let named = relation::named(told.rest, &self.definitions);
        let label = relation::label(told.verb, &told.words);
        let any = !named.is_empty();
        for target in named {
            self.relate(told.verb, told.direction, label.clone(), target, origin);
        }
        any
    }

    pub(super) fn relate(
        &mut self,
        verb: Verb,
        direction: Direction,
        label: Option<String>,
        target: Reference,
        origin: &Origin,
    ) {
        let relation = Relation { verb, direction, label, target };
        if self.record.relations.iter().all(|known| known.value != relation) {
            self.record.relations.push(Stated { value: relation, origin: origin.clone() });
        }
    }

    /// Takes the days of a change log: the first is when the record was proposed, the last when it changed.
    pub(super) fn take_log(&mut self, days: &[(WrittenDate, Option<DateOrder>, Origin)]) {
        let mut days: Vec<&(WrittenDate, Option<DateOrder>, Origin)> = days.iter().collect();
        self.record.date_order = self.record.date_order.or(days.iter().find_map(|(_, order, _)| *order));
        days.sort_by_key(|(date, _, _)| date.resolve(DateOrder::DayFirst));
        let stated = |day: &&(WrittenDate, Option<DateOrder>, Origin)| Stated { value: day.0, origin: day.2.clone() };
        self.record.proposed = self.record.proposed.take().or(days.first().map(stated));
        if days.len() > 1 {
            self.record.updated = self.record.updated.take().or(days.last().map(stated));
        }
    }
}

/// Splits globs at commas and spaces outside braces.
fn patterns(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0usize;
    for letter in text.trim().chars() {
        depth = match letter {
            '{' => depth + 1,
            '}' => depth.saturating_sub(1),
            _ => depth,
        };
        match letter {
            ',' if depth == 0 => parts.push(String::new()),
            letter => parts.last_mut().expect("it never is empty").push(letter),
        }
    }
    let bare = |part: &String| part.trim().trim_matches(['`', '"', '\'']).to_owned();
    parts.iter().map(bare).filter(|part| !is_nothing(part)).collect()
}
