//! What a page is filtered and called by, and what it counts.

use std::collections::BTreeSet;

use super::document::Document;
use super::query::{self, facet_value, names_of};
use super::token::fold;
use crate::date::Date;
use crate::decision::number_of_name;

/// A field by whose values pages are filtered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// `kind:decision`
    Kind,
    /// `status:accepted`
    Status,
    /// `tag:security`
    Tag,
    /// `by:maria`
    Person,
    /// `scope:payments`
    Scope,
    /// What a record is called, which is a query by itself.
    Name,
}

impl Facet {
    /// Returns the facet that a word before `:` means in a query.
    pub fn of_query(word: &str) -> Option<Self> {
        Some(match word {
            "kind" => Self::Kind,
            "status" => Self::Status,
            "tag" => Self::Tag,
            "by" => Self::Person,
            "scope" => Self::Scope,
            _ => return None,
        })
    }

    /// The name of its field in the index.
    pub(super) fn field(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Status => "status",
            Self::Tag => "tag",
            Self::Person => "person",
            Self::Scope => "scope",
            Self::Name => "name",
        }
    }
}

/// What a record that is no longer in force counts against one that is, of 100.
const NOT_IN_FORCE: u64 = 70;

/// The values by which a page is found, in the form in which they are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facets {
    pub(super) kind: String,
    pub(super) status: Option<String>,
    pub(super) tags: BTreeSet<String>,
    /// Whole names and words of them.
    pub(super) people: BTreeSet<String>,
    /// The scope and those that it lies in.
    pub(super) scopes: BTreeSet<String>,
    /// What a record is called: its id, its number, its number in its scope.
    pub(super) names: BTreeSet<String>,
    /// 20240116.
    pub(super) day: Option<u64>,
    /// What the page counts, of 100.
    pub(super) weight: u64,
}

impl Facets {
    /// Returns those of the page that a document is of.
    pub(super) fn of(page: &Document) -> Self {
        let lower = fold(&page.scope);
        let ends = lower.match_indices('/').map(|(end, _)| end).chain([lower.len()]).filter(|end| *end > 0);
        let in_force = !matches!(page.status.as_deref(), Some("superseded" | "deprecated" | "rejected"));
        Self {
            kind: page.kind.clone(),
            status: page.status.clone(),
            tags: page.tags.iter().map(|tag| facet_value(tag)).collect(),
            people: page.people.iter().flat_map(|name| names_of(name)).collect(),
            scopes: ends.map(|end| lower[..end].to_owned()).collect(),
            names: names(page),
            day: page.date.as_deref().and_then(Date::parse).map(query::day),
            weight: (page.boost * if in_force { 100 } else { NOT_IN_FORCE } / 100).max(1),
        }
    }
}

/// Returns what a record is called: `packages/web/0012-use-x`, `0012-use-x`, `packages/web/12`, `12`.
fn names(page: &Document) -> BTreeSet<String> {
    let Some(id) = page.id.as_ref().map(|id| id.to_lowercase()) else { return BTreeSet::new() };
    let slug = id.rsplit('/').next().unwrap_or(&id).to_owned();
    let mut names: BTreeSet<String> = BTreeSet::new();
    if let Some(number) = number_of_name(&slug) {
        let scope = &id[..id.len() - slug.len()];
        names.extend([number.to_string(), format!("{scope}{number}")]);
    }
    names.extend([id, slug]);
    names
}
