//! Puts what the parts of a text say together into one record: the first to state a thing is believed.

mod state;

use std::collections::BTreeSet;

use crate::decision::reading::outline::Line;
use crate::decision::reading::relation::{self, Mentions};
use crate::decision::reading::title::is_leftover;
use crate::decision::record::{Fault, Origin, Place, Record, Stated};
use crate::decision::record::{Reference, Relation};
use crate::decision::words::day::DateOrder;
use crate::decision::words::day::{self, WrittenDate};
use crate::decision::words::field::{self, Field};
use crate::decision::words::link::begin_of;
use crate::decision::words::name;
use crate::decision::words::people::{is_nothing, is_placeholder, people, people_of_item, tag_of_item, tags};
use crate::decision::words::plain::plain;
use crate::decision::words::verb::{self, Verb};

/// A record in the making.
#[derive(Default)]
pub(in crate::decision) struct Gathered<'t> {
    pub(in crate::decision) record: Record,
    pub(in crate::decision) mentions: Mentions<'t>,
    /// The day that stands with the status, which counts where nothing else tells the day.
    status_day: Option<Stated<WrittenDate>>,
    related: BTreeSet<Relation>,
    tagged: BTreeSet<String>,
}

/// How many bytes of one value are read.
const LONGEST: usize = 4096;

impl<'t> Gathered<'t> {
    /// Begins a record of a text.
    pub(in crate::decision) fn new(mentions: Mentions<'t>) -> Self {
        Self { mentions, ..Self::default() }
    }

    /// Takes what one place says of a field: one text, or the items of a list.
    pub(in crate::decision) fn take(&mut self, field: Field, texts: &[String], origin: &Origin) {
        let texts: Vec<&str> = texts.iter().map(|text| begin_of(text, LONGEST)).collect();
        let first = || texts.first().copied().unwrap_or_default();
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
                    let listed = texts.len() > 1;
                    let names = texts.iter().flat_map(|text| if listed { people_of_item(text) } else { people(text) });
                    list.extend(names.map(|name| Stated { value: name, origin: origin.clone() }));
                }
            }
            Field::Tags => self.take_tags(texts.iter().flat_map(|text| tags(text)), origin),
            Field::AppliesTo => {
                let patterns = texts.iter().flat_map(|text| patterns(text));
                self.record.applies_to.extend(patterns.map(|value| Stated { value, origin: origin.clone() }));
            }
            Field::Tracking => texts.iter().for_each(|text| self.track(text, origin)),
            Field::Links => {}
            _ => {
                let Some((verb, direction)) = verb::of_field(field) else { return };
                for text in texts {
                    let succeeds = verb == Verb::Supersedes;
                    let verb = if succeeds && relation::is_of_part(text) { Verb::Amends } else { verb };
                    let targets = match succeeds {
                        true => relation::replaced(text, &self.mentions),
                        false => relation::references(text, &self.mentions),
                    };
                    for target in targets {
                        self.relate(Relation { verb, direction, label: None, target }, origin);
                    }
                }
            }
        }
    }

    /// Takes tags as a list of front matter has them, each item one.
    pub(in crate::decision) fn take_tag_items(&mut self, items: &[String], origin: &Origin) {
        self.take_tags(items.iter().filter_map(|item| tag_of_item(begin_of(item, LONGEST))), origin);
    }

    fn take_tags(&mut self, tags: impl Iterator<Item = String>, origin: &Origin) {
        for tag in tags {
            if self.tagged.insert(tag.clone()) {
                self.record.tags.push(Stated { value: tag, origin: origin.clone() });
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

    /// Takes the links of a text, or the text where it names a ticket: `QS-412`, `#34`.
    fn track(&mut self, text: &str, origin: &Origin) {
        if is_nothing(text) || is_placeholder(text) {
            return;
        }
        // Some editors escape the brackets of a link that stands in a list.
        let text = text.replace("\\[", "[").replace("\\(", "(");
        let links = relation::links(&text, &self.mentions);
        let values = match links.is_empty() {
            true if names_ticket(&text) => vec![plain(&text)],
            true => Vec::new(),
            false => links.iter().map(|link| link.text().to_owned()).collect(),
        };
        self.record.tracking.extend(values.into_iter().map(|value| Stated { value, origin: origin.clone() }));
    }

    /// Takes note of a key that nothing reads and that is near a known one.
    pub(in crate::decision) fn take_unknown_key(&mut self, line: Line<'_>) {
        let text = line.text.trim_start_matches(['>', ' ', '-', '*', '+', '_']);
        let Some((key, value)) = text.split_once(':') else { return };
        let key = key.trim_matches(['*', '_', ' ']);
        let meant = field::misspelt(key).filter(|_| !key.contains(' ') && !value.trim().is_empty());
        if let Some(meant) = meant {
            let fault = Fault::Key { written: key.to_owned(), meant: meant.to_owned() };
            let span = Some(line.range().into());
            self.record.faults.push(Stated { value: fault, origin: Origin { place: Place::Line, file: None, span } });
        }
    }

    fn take_number(&mut self, text: &str, origin: &Origin) {
        let text = text.trim().trim_matches(['"', '\'', '[', ']']);
        let number = text.parse().ok().or_else(|| name::number_of_name(text).filter(|_| text.len() < 12));
        self.record.number = self.record.number.take().or(number.map(|value| Stated { value, origin: origin.clone() }));
    }

    pub(in crate::decision) fn take_title(&mut self, text: &str, origin: &Origin) {
        let title = plain(text);
        let said = !is_leftover(&title.to_lowercase(), &self.mentions.shape);
        if said && !is_placeholder(&title) && !is_placeholder(text) && self.record.title.is_none() {
            self.record.title = Some(Stated { value: title, origin: origin.clone() });
        }
    }

    fn take_date(&mut self, field: Field, text: &str, origin: &Origin) {
        let wants_day = matches!(field, Field::ReviewBy | Field::DecideBy);
        let Some(found) = day::find(text).or_else(|| day::month_of(&plain(text)).filter(|_| !wants_day)) else {
            self.record.faults.extend(misread_day(field, text, origin));
            return;
        };
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

    /// Takes a line that begins with a verb and names a record; says whether it was one.
    pub(in crate::decision) fn take_line(&mut self, line: &str, origin: &Origin) -> bool {
        let Some(told) = relation::told(line) else { return false };
        let named = relation::named(told.rest, &self.mentions);
        let any = !named.is_empty();
        self.relate_all(&told, named, origin);
        any
    }

    fn relate_all(&mut self, told: &relation::Told<'_>, targets: Vec<Reference>, origin: &Origin) {
        let label = relation::label(told.verb, &told.words);
        for target in targets {
            let relation = Relation { verb: told.verb, direction: told.direction, label: label.clone(), target };
            self.relate(relation, origin);
        }
    }

    /// Takes a relation, once. A ticket that it has to do with is no record, and tracked.
    pub(in crate::decision) fn relate(&mut self, relation: Relation, origin: &Origin) {
        let text = relation.target.text();
        let lower = text.to_lowercase();
        if is_placeholder(text)
            || text.starts_with('{')
            || is_nothing(text)
            || is_leftover(&lower, &self.mentions.shape)
        {
            return;
        }
        if relation.verb == Verb::RelatesTo && relation::is_ticket(text) {
            let known = self.record.tracking.iter().any(|known| known.value == text);
            let stated = (!known).then(|| Stated { value: text.to_owned(), origin: origin.clone() });
            self.record.tracking.extend(stated);
        } else if self.related.insert(relation.clone()) {
            self.record.relations.push(Stated { value: relation, origin: origin.clone() });
        }
    }

    /// Returns the record, when everything is taken.
    pub(in crate::decision) fn finish(mut self) -> Record {
        self.record.decided = self.record.decided.take().or(self.status_day.take());
        self.forget_harmless_faults();
        self.record
    }

    /// Forgets keys that are near a known one whose field the record states elsewhere: then the author meant another.
    fn forget_harmless_faults(&mut self) {
        let record = &self.record;
        let states = |key: &str| match field::of_key(key) {
            Some(Field::Status) => record.status.is_some(),
            Some(Field::Date) => record.decided.is_some(),
            Some(Field::Proposed) => record.proposed.is_some(),
            Some(Field::Updated) => record.updated.is_some(),
            Some(Field::Title) => record.title.is_some(),
            Some(Field::Deciders) => !record.deciders.is_empty(),
            Some(Field::Authors) => !record.authors.is_empty(),
            Some(Field::Owners) => !record.owners.is_empty(),
            Some(Field::Consulted) => !record.consulted.is_empty(),
            Some(Field::Informed) => !record.informed.is_empty(),
            _ => false,
        };
        let kept =
            record.faults.iter().filter(|fault| !matches!(&fault.value, Fault::Key { meant, .. } if states(meant)));
        self.record.faults = kept.cloned().collect();
    }

    /// Takes the days of a change log: the first is when the record was proposed, the last when it changed.
    pub(in crate::decision) fn take_log(&mut self, days: &[(WrittenDate, Option<DateOrder>, Origin)]) {
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

/// What cannot be a day although it stands where one belongs: `30 February`, `yesterday`.
fn misread_day(field: Field, text: &str, origin: &Origin) -> Option<Stated<Fault>> {
    let shown = plain(text);
    let typed =
        matches!(origin.place, Place::FrontMatter | Place::MetadataFile | Place::Bullet | Place::Table | Place::Line);
    let is_limit = matches!(field, Field::ReviewBy | Field::DecideBy);
    let is_year = shown.len() == 4 && shown.bytes().all(|byte| byte.is_ascii_digit());
    let numbered = shown.starts_with(|first: char| first.is_ascii_digit());
    let word = !shown.contains(' ') && shown.starts_with(char::is_lowercase) && field == Field::Date;
    let wrong = is_limit || numbered || word;
    let said = !is_nothing(&shown) && !is_placeholder(text) && !matches!(shown.as_str(), "true" | "false");
    let fault = Fault::NoDay { written: shown.clone() };
    (typed && wrong && said && !is_year && shown.len() <= 40).then(|| Stated { value: fault, origin: origin.clone() })
}

/// Says whether a text names a ticket: `QS-412`, `#34`, `!56`.
fn names_ticket(text: &str) -> bool {
    text.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ':' | '(' | ')')).any(|word| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let keyed = word.rsplit_once(['-', '#', '!']).filter(|(_, number)| digits(number));
        keyed.is_some_and(|(key, _)| {
            key.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '/' | '-' | '_'))
        })
    })
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
