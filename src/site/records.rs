//! The records among each other: their ids, their collections, and how a mention finds the record it means.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Kind, Parsed};
use crate::date::Date;
use crate::decision::{DateOrder, Reference, Shape, State, Stated, WrittenDate, number_of_name};
use crate::path::{BookPath, decode};

/// What only its neighbours tell of a record: its name among all, the days that its numbers mean, its owners.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filed {
    /// The one name that no other record has: the scope, a slash, the slug; the slug alone where the scope is empty.
    pub id: String,
    /// The part of the organisation or of the repository that its collection belongs to; empty for the whole.
    pub scope: String,
    /// Its name in its collection: of its file without the extension, or of its folder.
    pub slug: String,
    /// The folder of its collection.
    pub collection: BookPath,
    /// The state in which it stands: stated or by default of its form, or superseded by a decision in force.
    pub state: Option<State>,
    /// The decisions that took its place, in force or once so, by the numbers of their pages.
    pub successors: Vec<usize>,
    /// The proposals that would take its place, by the numbers of their pages.
    pub pending: Vec<usize>,
    /// The day of the decision.
    pub decided: Option<Date>,
    /// The day when it was written down first.
    pub proposed: Option<Date>,
    /// The day of its last change.
    pub updated: Option<Date>,
    /// When it is to be looked at again.
    pub review_by: Option<Date>,
    /// When it is to be decided.
    pub decide_by: Option<Date>,
    /// Who looks after it: stated, else from CODEOWNERS.
    pub owners: Vec<String>,
}

impl Filed {
    /// Returns the day that orders records: of the decision, else of the proposal, else of the last change.
    pub fn date(&self) -> Option<Date> {
        self.decided.or(self.proposed).or(self.updated)
    }
}

/// Finds records by what people call them.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// By id, slug, file name and title, all in lower case.
    by_name: BTreeMap<String, Vec<usize>>,
    by_number: BTreeMap<u32, Vec<usize>>,
    by_file: BTreeMap<String, Vec<usize>>,
    /// The shapes of their collections, by the number of the page.
    shapes: BTreeMap<usize, Arc<Shape>>,
    /// Path, scope and collection, by the number of the page.
    places: BTreeMap<usize, (BookPath, String, BookPath)>,
}

/// What a name came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The one record it means, by the number of its page.
    One(usize),
    /// Several have the name.
    Several(Vec<usize>),
    /// None has it.
    Nothing,
}

impl Found {
    fn of(mut entries: Vec<usize>) -> Self {
        entries.sort_unstable();
        entries.dedup();
        match entries[..] {
            [] => Self::Nothing,
            [entry] => Self::One(entry),
            _ => Self::Several(entries),
        }
    }
}

impl Records {
    pub(super) fn new(pages: &[Parsed], filed: &[Option<Filed>]) -> Self {
        let mut records = Self::default();
        for (at, (parsed, filed)) in pages.iter().zip(filed).enumerate() {
            let (Some(record), Some(filed)) = (&parsed.record, filed) else { continue };
            let path = &parsed.outline.path;
            let mut names: BTreeSet<String> =
                [filed.id.as_str(), filed.slug.as_str(), &parsed.title].map(str::to_lowercase).into();
            names.extend(record.title.as_ref().map(|title| title.value.to_lowercase()));
            // `use-mysql` for `0012-use-mysql`
            let bare =
                filed.slug.trim_start_matches(|letter: char| letter.is_ascii_digit()).trim_start_matches(['-', '_']);
            names.insert(bare.to_lowercase());
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                records.by_name.entry(name).or_default().push(at);
            }
            if let Some(number) = record.number.as_ref().filter(|_| parsed.kind == Kind::Decision) {
                records.by_number.entry(number.value).or_default().push(at);
            }
            records.by_file.entry(file_key(path.as_str())).or_default().push(at);
            records.shapes.insert(at, record.shape.clone());
            records.places.insert(at, (path.clone(), filed.scope.clone(), filed.collection.clone()));
        }
        records
    }

    /// Finds the record that a person means by `12`, `0012`, `ADR-12`, a slug, a title, a path, `scope/12`.
    ///
    /// With `near`, records of that record's own collection and scope are meant before others.
    pub fn find(&self, name: &str, near: Option<usize>) -> Found {
        let name = name.trim().trim_start_matches("./");
        let lower = name.to_lowercase();
        let stem = lower.trim_end_matches(".md");
        let exact = self.by_name.get(&lower).or_else(|| self.by_name.get(stem));
        let mut candidates = exact.cloned().unwrap_or_default();
        if candidates.is_empty() {
            let is_number = name.ends_with(|last: char| last.is_ascii_digit());
            candidates = if is_number { self.by_number(name, near) } else { Vec::new() };
        }
        if candidates.is_empty() && (name.contains('/') || lower.ends_with(".md")) {
            candidates = self.by_path(name);
        }
        if candidates.is_empty()
            && let Some((scope, rest)) = name.rsplit_once(['/', ':'])
        {
            let within = |at: &usize| self.is_of_scope(*at, scope);
            candidates = match self.find(rest, None) {
                Found::One(at) => vec![at],
                Found::Several(all) => all,
                Found::Nothing => Vec::new(),
            };
            let of_scope: Vec<usize> = candidates.iter().copied().filter(within).collect();
            // `repo:0042` names another repository; here it can only be taken without it.
            candidates = if name.contains('/') || !of_scope.is_empty() { of_scope } else { candidates };
        }
        self.nearest(candidates, near)
    }

    /// Finds the records that a name means by its number: `12`, `ADR-12`, and `TEP-12` where records are called so.
    fn by_number(&self, name: &str, near: Option<usize>) -> Vec<usize> {
        let of = |number: u32| self.by_number.get(&number).into_iter().flatten().copied();
        if let Some(number) = number_of_name(name) {
            return of(number).collect();
        }
        // What its own collection calls a number counts before what others call theirs.
        let number = |shape: &Shape| {
            let start = name.find(|letter: char| letter.is_ascii_digit())?;
            let own =
                shape.number_of(name).or_else(|| name[start..].parse().ok().filter(|_| shape.calls(&name[..start])));
            own.filter(|_| name.len() - start <= 5)
        };
        let own = near.and_then(|near| self.shapes.get(&near)).and_then(|shape| number(shape));
        let called: Vec<usize> = match own {
            Some(own) => of(own).collect(),
            None => self
                .shapes
                .iter()
                .filter(|(at, shape)| number(shape).is_some_and(|number| of(number).any(|other| other == **at)))
                .map(|(at, _)| *at)
                .collect(),
        };
        called
    }

    /// Finds what a record refers to.
    pub(super) fn resolve(&self, from: usize, reference: &Reference, page_at: impl Fn(&str) -> Option<usize>) -> Found {
        let found = match reference {
            Reference::Name(name) | Reference::Title(name) => self.find(name, Some(from)),
            Reference::Link(link) => {
                let path = decode(link.split(['#', '?']).next().unwrap_or(""));
                let is_web = path.contains("://");
                match page_at(&path).filter(|_| !is_web) {
                    Some(at) => Found::One(at),
                    None => self.nearest(self.by_path(&path), Some(from)),
                }
            }
        };
        match found {
            Found::Several(all) => Found::of(all.into_iter().filter(|at| *at != from).collect()),
            other => other,
        }
    }

    /// Finds records whose path ends as a path or an address does: the more names agree, the better.
    fn by_path(&self, path: &str) -> Vec<usize> {
        let names: Vec<&str> =
            path.trim_end_matches('/').split('/').filter(|name| !matches!(*name, "" | "." | "..")).collect();
        let Some(candidates) = self.by_file.get(&file_key(&names.join("/"))) else { return Vec::new() };
        let shared = |at: &usize| {
            let own: Vec<&str> = self.places[at].0.as_str().rsplit('/').collect();
            own.iter().zip(names.iter().rev()).take_while(|(own, name)| own.eq_ignore_ascii_case(name)).count()
        };
        let best = candidates.iter().map(shared).max().unwrap_or(0);
        candidates.iter().copied().filter(|at| shared(at) == best).collect()
    }

    fn is_of_scope(&self, at: usize, scope: &str) -> bool {
        let (_, own, collection) = &self.places[&at];
        let ends = |text: &str| {
            text.eq_ignore_ascii_case(scope) || text.to_lowercase().ends_with(&format!("/{}", scope.to_lowercase()))
        };
        ends(own) || ends(collection.as_str())
    }

    /// Keeps those that lie nearest to a record: in its collection, else in its scope, else all.
    fn nearest(&self, candidates: Vec<usize>, near: Option<usize>) -> Found {
        let Some((_, scope, collection)) = near.and_then(|near| self.places.get(&near)) else {
            return Found::of(candidates);
        };
        let others = candidates.iter().copied().filter(|at| Some(*at) != near);
        let same_collection: Vec<usize> = others.clone().filter(|at| self.places[at].2 == *collection).collect();
        if !same_collection.is_empty() {
            return Found::of(same_collection);
        }
        let same_scope: Vec<usize> = others.clone().filter(|at| self.places[at].1 == *scope).collect();
        Found::of(if same_scope.is_empty() { others.collect() } else { same_scope })
    }
}

/// What two ways to one file have in common: its name without extension, or its folder's where it is an index.
fn file_key(path: &str) -> String {
    let lower = path.to_lowercase();
    let bare = ["/readme.md", "/index.md", ".md", ".html", ".mdx"]
        .iter()
        .find_map(|end| lower.strip_suffix(end))
        .unwrap_or(&lower);
    bare.rsplit('/').next().unwrap_or(bare).to_owned()
}

/// Files each record: gives it its id, and its dates their order.
pub(super) fn file(pages: &[Parsed], src: &BookPath, owners: &dyn Fn(&BookPath) -> Vec<String>) -> Vec<Option<Filed>> {
    let orders = date_orders(pages);
    let scopes = scopes(pages, src);
    pages
        .iter()
        .map(|parsed| {
            let record = parsed.record.as_ref()?;
            let path = &parsed.outline.path;
            let collection = record.shape.folder.clone();
            let order = orders.get(&collection).copied().unwrap_or(DateOrder::DayFirst);
            let day = |date: &Option<Stated<WrittenDate>>| date.as_ref().map(|date| date.value.resolve(order));
            let (scope, slug) = (scopes[&collection].clone(), record.slug.clone());
            let stated: Vec<String> = record.owners.iter().map(|owner| owner.value.clone()).collect();
            Some(Filed {
                id: if scope.is_empty() { slug.clone() } else { format!("{scope}/{slug}") },
                scope,
                slug,
                collection,
                state: record.status.as_ref().map(|status| status.value.state).or(record.dialect.default_state()),
                successors: Vec::new(),
                pending: Vec::new(),
                decided: day(&record.decided),
                proposed: day(&record.proposed),
                updated: day(&record.updated),
                review_by: day(&record.review_by),
                decide_by: day(&record.decide_by),
                owners: if stated.is_empty() { owners(path) } else { stated },
            })
        })
        .collect()
}

/// Decides for each collection whether the day or the month stands first: by the dates that leave no choice.
fn date_orders(pages: &[Parsed]) -> BTreeMap<BookPath, DateOrder> {
    let mut votes: BTreeMap<BookPath, BTreeMap<DateOrder, usize>> = BTreeMap::new();
    let mut all: BTreeMap<DateOrder, usize> = BTreeMap::new();
    for parsed in pages {
        let Some(record) = &parsed.record else { continue };
        let Some(order) = record.date_order else { continue };
        *votes.entry(record.shape.folder.clone()).or_default().entry(order).or_default() += 1;
        *all.entry(order).or_default() += 1;
    }
    let most =
        |votes: &BTreeMap<DateOrder, usize>| votes.iter().max_by_key(|(_, count)| **count).map(|(order, _)| *order);
    let common = most(&all).unwrap_or(DateOrder::DayFirst);
    let collections = pages.iter().filter_map(|parsed| Some(parsed.record.as_ref()?.shape.folder.clone()));
    collections
        .map(|collection| (collection.clone(), votes.get(&collection).and_then(most).unwrap_or(common)))
        .collect()
}

/// Names that say what a folder holds and not whose it is.
const GENERIC: &[&str] = &[
    "adr",
    "adrs",
    "decisions",
    "decision",
    "decision-records",
    "architecture-decisions",
    "architecture-decision-record",
    "architecture-decision-records",
    "architecture",
    "arch",
    "madr",
    "rfc",
    "rfcs",
    "text",
    "eips",
    "keps",
    "doc",
    "docs",
    "documentation",
    "src",
    "guidelines",
    "guides",
    "conventions",
    "standards",
    "style-guides",
    ".archgate",
    "backlog",
    "content",
];

/// Names each collection by the folders that are its own. Where two would have one name, the later has its whole path.
fn scopes(pages: &[Parsed], src: &BookPath) -> BTreeMap<BookPath, String> {
    let of_kind = |kind: Kind| {
        let records = pages.iter().filter(move |parsed| parsed.record.is_some() && parsed.kind == kind);
        records.filter_map(|parsed| Some(parsed.record.as_ref()?.shape.folder.clone())).collect::<BTreeSet<_>>()
    };
    let mut scopes: BTreeMap<BookPath, String> = BTreeMap::new();
    // Decisions and guidelines of one part of a project are of one scope.
    for kind in Kind::ALL {
        let mut taken = BTreeSet::new();
        for collection in of_kind(*kind) {
            let wanted = scope_of(collection.below(src).unwrap_or(collection.as_str()));
            let scope = if taken.contains(&wanted) { collection.as_str().to_owned() } else { wanted };
            taken.insert(scope.clone());
            scopes.entry(collection).or_insert(scope);
        }
    }
    scopes
}

fn scope_of(folder: &str) -> String {
    let names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    let is_generic = |name: &&&str| GENERIC.contains(&name.to_lowercase().as_str());
    let end = names.len() - names.iter().rev().take_while(is_generic).count();
    let start = names[..end].iter().take_while(is_generic).count();
    names[start..end].join("/")
}
