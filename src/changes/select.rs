//! Which changes somebody asks for: of a scope, of a kind, those that concern a person.

use super::change::{Change, Changes, Named};
use super::waiting::Waiting;
use crate::log::{is_in_scope, is_person};
use crate::site::Kind;

/// What is asked for. Values of one field are alternatives; an empty list asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Scopes, with those below them.
    pub scopes: Vec<String>,
    /// Tags, without regard to case.
    pub tags: Vec<String>,
    /// Kinds of pages.
    pub kinds: Vec<Kind>,
    /// Handles that begin with `@`, or parts of names, without regard to case.
    pub people: Vec<String>,
}

impl Selection {
    /// Keeps the changes that are asked for. Small edits concern nobody in particular.
    pub fn changes(&self, mut changes: Changes) -> Changes {
        changes.pages.retain(|Change { page, people, commits, scope_before, .. }| {
            let mut concerned = people.clone();
            concerned.extend(commits.iter().map(|commit| commit.author.clone()));
            let was = scope_before.clone().map(|scope| Named { scope, ..page.clone() });
            self.admits(page, &concerned) || was.is_some_and(|was| self.admits(&was, &concerned))
        });
        if !self.people.is_empty() {
            changes.small.clear();
        }
        changes
    }

    /// Keeps what waits for those who are asked for.
    pub fn waiting(&self, mut waiting: Vec<Waiting>) -> Vec<Waiting> {
        waiting.retain(|Waiting { page, people, .. }| self.admits(page, people));
        waiting
    }

    fn admits(&self, page: &Named, concerned: &[String]) -> bool {
        let Self { scopes, tags, kinds, people } = self;
        let within = |scope: &String| is_in_scope(&page.scope, scope);
        let concerns = |wanted: &String| concerned.iter().any(|name| is_person(name, wanted));
        let is_tagged = |tag: &String| page.tags.iter().any(|own| own.to_lowercase() == tag.to_lowercase());
        (scopes.is_empty() || scopes.iter().any(within))
            && (tags.is_empty() || tags.iter().any(is_tagged))
            && (kinds.is_empty() || kinds.contains(&page.kind))
            && (people.is_empty() || people.iter().any(concerns))
    }
}
