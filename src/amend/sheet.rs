//! One record as an edit sees it: its text is changed, read again, and compared with what it said before.

use std::sync::Arc;

use super::Error;
use crate::decision::edit::{self, Edits, Other, Told, Unable};
use crate::decision::{self, Direction, Input, Record, Relation, Shape, State, Stated, Verb};
use crate::diagnostic::Lines;
use crate::page::{self, Options};
use crate::path::BookPath;

/// The text of one record.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) path: BookPath,
    pub(super) dialect: decision::Dialect,
    pub(super) shape: Arc<Shape>,
    pub(super) text: String,
    pub(super) metadata: Option<(BookPath, String)>,
}

impl Sheet {
    pub(super) fn with_input<T>(&self, work: impl FnOnce(&Input<'_>) -> T) -> T {
        let page = page::parse(&self.path, &Arc::from(self.text.as_str()), &PLAIN);
        work(&Input {
            path: &self.path,
            front_matter: &page.outline.front_matter.table,
            text: &self.text,
            start: page.outline.start,
            metadata: self.metadata.as_ref().map(|(path, text)| (path, text.as_str())),
            dialect: Some(self.dialect),
            shape: &self.shape,
        })
    }

    /// The line in which a record states its status, where it does so in its page.
    pub(super) fn line_of_status(&self, record: &Record) -> Option<usize> {
        let origin = record.status.as_ref().map(|status| &status.origin).filter(|origin| origin.file.is_none())?;
        Some(Lines::new(&*self.text).line_of(origin.span?.start))
    }

    pub(super) fn record(&self) -> Record {
        self.with_input(decision::read)
    }

    /// Returns the text with names added to those who decided.
    pub(super) fn decided_by(&self, names: &[String]) -> Result<Self, Error> {
        let before = self.record();
        let named = self.edited(|input| edit::decided_by(input, names))?;
        let after = named.record();
        let has = |record: &Record, name: &str| record.deciders.iter().any(|decider| decider.value == name);
        let kept = before.deciders.iter().all(|decider| has(&after, &decider.value));
        let holds = kept && names.iter().all(|name| has(&after, name)) && state_of(&before) == state_of(&after);
        let others = Record { deciders: after.deciders.clone(), ..before };
        if holds && is_unharmed(&others, &after, |_| false) {
            return Ok(named);
        }
        Err(Error::Unsafe { path: self.path.clone(), line: None })
    }

    pub(super) fn edited(&self, work: impl FnOnce(&Input<'_>) -> Result<Edits, Unable>) -> Result<Self, Error> {
        let line = self.line_of_status(&self.record());
        let unable = |source| Error::Unable { path: self.path.clone(), line, source };
        let edits = self.with_input(work).map_err(unable)?;
        let text = edit::apply(&self.text, &edits.page).map_err(unable)?;
        let metadata = match &self.metadata {
            Some((path, text)) => Some((path.clone(), edit::apply(text, &edits.metadata).map_err(unable)?)),
            None => None,
        };
        Ok(Self { text, metadata, ..self.clone() })
    }
}

/// How a page is read for its front matter alone.
const PLAIN: Options = Options {
    detail: page::Detail::Text,
    smart_punctuation: false,
    math: false,
    definition_lists: false,
    alerts: false,
    wikilinks: false,
    trust_html: true,
    vault: false,
    trackers: crate::tracker::Trackers::NONE,
};

pub(super) fn state_of(record: &Record) -> Option<State> {
    record.status.as_ref().map(|status| status.value.state)
}

pub(super) fn tells(record: &Record, told: &Told, other: &Other) -> bool {
    let names = [Some(&other.link), Some(&other.id), Some(&other.slug), other.code.as_ref()];
    record.relations.iter().map(|relation| &relation.value).any(|relation| {
        let same = relation.verb == told.verb && relation.direction == told.direction;
        same && names.into_iter().flatten().any(|name| name == relation.target.text())
    })
}

pub(super) fn is_replaced(relation: &Relation) -> bool {
    relation.verb == Verb::Supersedes && relation.direction == Direction::Reverse
}

/// Leaves out the day that stands with the status, as in `Proposed (2024-03-01)`: it is that of the status, and changes
/// with it.
pub(super) fn without_day_of_status(record: &Record) -> Record {
    let mut record = record.clone();
    let span = record.status.as_ref().and_then(|status| status.origin.span);
    let beside = |day: &Stated<_>| span.zip(day.origin.span).is_some_and(|(one, other)| one == other);
    record.proposed = record.proposed.filter(|day| !beside(day));
    record
}

/// Says whether a record still tells all that it told, but its status, its day, and relations that may go.
pub(super) fn is_unharmed(before: &Record, after: &Record, may_go: impl Fn(&Relation) -> bool) -> bool {
    fn values<T: Clone>(stated: &[Stated<T>]) -> Vec<T> {
        stated.iter().map(|stated| stated.value.clone()).collect()
    }
    fn value<T: Clone>(stated: Option<&Stated<T>>) -> Option<T> {
        stated.map(|stated| stated.value.clone())
    }
    let people = |record: &Record| {
        [&record.deciders, &record.consulted, &record.informed, &record.authors, &record.owners]
            .map(|list| values(list))
    };
    let lists = |record: &Record| [&record.tags, &record.applies_to, &record.tracking].map(|list| values(list));
    let days = |record: &Record| {
        [&record.proposed, &record.updated, &record.review_by, &record.decide_by].map(|day| value(day.as_ref()))
    };
    let name = |record: &Record| (value(record.title.as_ref()), value(record.number.as_ref()));
    let kept = before.relations.iter().map(|relation| &relation.value).filter(|relation| !may_go(relation));
    let told = |relation: &Relation| after.relations.iter().any(|after| after.value == *relation);
    name(before) == name(after)
        && people(before) == people(after)
        && lists(before) == lists(after)
        && days(before) == days(after)
        && kept.into_iter().all(told)
        && (before.decided.is_none() || after.decided.is_some())
}
