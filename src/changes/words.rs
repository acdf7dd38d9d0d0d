//! What became of a page, in words: a sentence for each fact, as plain text, in the language of the book.

use super::change::{Deadline, Edit, Fact, Named, Weight};
use super::waiting::{Asks, Waiting};
use crate::decision::State;
use crate::theme::Words;

impl Weight {
    /// Returns the heading over changes of this weight.
    pub fn heading(self, words: &Words) -> String {
        words.text(match self {
            Self::NeedsAnswer => "changes.needs_answer",
            Self::InForce => "changes.in_force",
            Self::Other => "changes.other",
        })
    }
}

impl Fact {
    /// Says it in a few words, without a full stop.
    pub fn sentence(&self, words: &Words) -> String {
        let state = |state: &Option<State>| state.map(|state| words.text(&format!("status.{}", state.name())));
        match self {
            Self::Added => words.text("changes.added"),
            Self::Removed => words.text("changes.removed"),
            Self::Status { from, to, commit: _ } => match (state(from), state(to)) {
                (Some(from), Some(to)) => words.filled("changes.status", &[("from", &from), ("to", &to)]),
                (None, Some(to)) => words.filled("changes.status_new", &[("to", &to)]),
                (from, None) => words.filled("changes.status_gone", &[("from", &from.unwrap_or_default())]),
            },
            Self::SupersededBy(records) => {
                let names: Vec<String> = records.iter().map(Named::whole).collect();
                words.filled("changes.superseded_by", &[("records", &names.join(", "))])
            }
            Self::Renumbered { from, to } => words.filled("changes.renumbered", &[("from", from), ("to", to)]),
            Self::Relates { verb, to } => {
                let verb = words
                    .find(&format!("relation.{}", verb.replace([' ', '-'], "_")))
                    .map_or(verb.clone(), str::to_owned);
                format!("{verb} {}", to.whole())
            }
            Self::People { field, to } => {
                let names = if to.is_empty() { "–".to_owned() } else { to.join(", ") };
                words.filled(
                    "changes.with_sentence",
                    &[("part", &words.text(&format!("record.{field}"))), ("sentence", &names)],
                )
            }
            Self::Moved { from, redirects } => {
                let key = if *redirects { "changes.moved" } else { "changes.moved_lost" };
                words.filled(key, &[("from", from.as_str())])
            }
            Self::Retitled { from } => words.filled("changes.retitled", &[("from", from)]),
            Self::Deadline { what, from, to } => {
                let name = match what {
                    Deadline::DecideBy => "decide_by",
                    Deadline::ReviewBy => "review_by",
                };
                let (from, to) = (from.map(|day| day.to_string()), to.map(|day| day.to_string()));
                let key = match (&from, &to) {
                    (Some(_), Some(_)) => format!("changes.{name}_moved"),
                    (_, Some(_)) => format!("changes.{name}"),
                    _ => format!("changes.{name}_gone"),
                };
                words.filled(&key, &[("from", &from.unwrap_or_default()), ("to", &to.unwrap_or_default())])
            }
            Self::Rule { id, from, to } => {
                let values =
                    [("id", &**id), ("from", from.as_deref().unwrap_or("")), ("to", to.as_deref().unwrap_or(""))];
                let key = match (from, to) {
                    (Some(_), Some(_)) => "changes.rule_changed",
                    (None, _) => "changes.rule_added",
                    _ => "changes.rule_removed",
                };
                words.filled(key, &values)
            }
            Self::Section { heading, how, sentence, .. } => section(heading, *how, sentence, words),
            Self::MoreSections(count) => counted("changes.more_sections", *count, words),
        }
    }
}

impl Fact {
    /// Splits its sentence: what it is about, which a page makes a link, and what is said of that.
    pub fn sentence_in_two(&self, words: &Words) -> (String, String) {
        let sentence = self.sentence(words);
        let part = match self {
            Self::Section { heading, how, .. } => section(heading, *how, "", words),
            Self::Rule { id, .. } => {
                sentence.find(id).map_or_else(String::new, |at| sentence[..at + id.len()].to_owned())
            }
            _ => String::new(),
        };
        match sentence.strip_prefix(&part) {
            Some(rest) => (part.clone(), rest.to_owned()),
            None => (String::new(), sentence),
        }
    }
}

fn section(heading: &str, how: Edit, sentence: &str, words: &Words) -> String {
    let part = match (heading, how) {
        ("", Edit::Added | Edit::Changed) => words.text("changes.text_changed"),
        ("", Edit::Removed) => words.text("changes.text_removed"),
        (heading, Edit::Added) => words.filled("changes.section_added", &[("heading", heading)]),
        (heading, Edit::Changed) => words.filled("changes.section_changed", &[("heading", heading)]),
        (heading, Edit::Removed) => words.filled("changes.section_removed", &[("heading", heading)]),
    };
    let shows = how != Edit::Removed && !sentence.is_empty();
    if shows { words.filled("changes.with_sentence", &[("part", &part), ("sentence", sentence)]) } else { part }
}

impl Waiting {
    /// Says for what it waits, until when, and for whom.
    pub fn sentence(&self, words: &Words) -> String {
        let asks = words.text(match self.asks {
            Asks::Decision => "changes.asks_decision",
            Asks::Review => "changes.asks_review",
        });
        let day = self.day.map(|day| day.to_string()).unwrap_or_default();
        let left = self.days.map(|days| {
            let key = match days {
                0 => "changes.due_today",
                1.. => "changes.days_left",
                _ => "changes.days_over",
            };
            let left = counted(key, usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX), words);
            words.filled("changes.by_day", &[("day", &day), ("left", &left)])
        });
        let asked =
            (!self.asked.is_empty()).then(|| words.filled("changes.asked", &[("people", &self.asked.join(", "))]));
        [Some(asks), left, asked].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// Says how many pages have edits that are counted and not told.
pub fn small(count: usize, words: &Words) -> String {
    counted("changes.small", count, words)
}

/// Says how many pages changed beyond those that are told.
pub fn more(count: usize, words: &Words) -> String {
    counted("changes.more", count, words)
}

fn counted(key: &str, count: usize, words: &Words) -> String {
    let text = words.find_counted(key, count as u64).map_or_else(|| words.text(key), str::to_owned);
    crate::theme::fill(&text, &[("n", &count.to_string())])
}
