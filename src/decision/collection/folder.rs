//! The pages of one folder: whether it is a collection, which of them are its records, and what they have in common.

use std::collections::{BTreeMap, BTreeSet};

use super::candidate::{Candidate, Claim, Partly};
use crate::decision::reading::traits::Likeness;
use crate::decision::record::Place;
use crate::decision::shape::{Shape, is_hint};
use crate::decision::words::name::{self, date_of_name, is_companion, number_of_name, numbered};
use crate::path::BookPath;

/// The pages of one folder.
pub(super) struct Folder<'a> {
    pub(super) path: BookPath,
    pub(super) candidates: Vec<Candidate<'a>>,
    /// Whether each record has a folder of its own.
    pub(super) by_folder: bool,
}

/// How many files of one kind are needed before their folder is believed to be a collection.
const FEW: usize = 3;

/// How a page is named among the others of its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Name {
    /// With a number, after this word.
    Numbered(String),
    Dated,
    Plain,
}

impl<'a> Folder<'a> {
    /// The pages that are no index, template or log, and that nothing says to be something else.
    fn open(&self) -> Vec<Candidate<'a>> {
        let open = self.candidates.iter().filter(|candidate| {
            candidate.claim != Claim::Other && !candidate.is_template() && !self.is_beside(candidate)
        });
        open.copied().collect()
    }

    /// How many pages look like records.
    pub(super) fn alike(&self) -> usize {
        self.open().iter().filter(|candidate| candidate.likeness() >= Likeness::Close).count()
    }

    pub(super) fn new(path: BookPath) -> Self {
        Self { path, candidates: Vec::new(), by_folder: false }
    }

    /// Says whether a page is an index, a template or a log beside records, by its name.
    fn is_beside(&self, candidate: &Candidate<'_>) -> bool {
        let is_page_of_folder = self.by_folder && candidate.is_index() && candidate.path.parent() != self.path;
        !is_page_of_folder && is_companion(candidate.path)
    }

    fn slug(&self, path: &BookPath) -> String {
        let is_index = matches!(path.stem().to_ascii_lowercase().as_str(), "index" | "readme");
        if self.by_folder && is_index && path.parent() != self.path {
            return path.parent().name().to_owned();
        }
        name::slug_of(path)
    }

    fn name(&self, path: &BookPath) -> Name {
        let slug = self.slug(path);
        match numbered(&slug) {
            Some(name) => Name::Numbered(name.word()),
            None if date_of_name(&slug).is_some() => Name::Dated,
            None => Name::Plain,
        }
    }

    /// Returns the words before the numbers that several names share.
    fn prefixes(&self, pages: &[Candidate<'a>]) -> BTreeSet<String> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for page in pages {
            if let Name::Numbered(word) = self.name(page.path) {
                *counts.entry(word).or_default() += 1;
            }
        }
        counts.into_iter().filter(|(_, count)| *count >= 2 || pages.len() == 1).map(|(word, _)| word).collect()
    }

    /// Returns the pages that are decisions.
    pub(super) fn members(&self) -> Vec<Candidate<'a>> {
        let claimed = self.candidates.iter().filter(|candidate| candidate.claim == Claim::Decision).copied();
        let mut members: Vec<Candidate<'a>> = claimed.collect();
        let open: Vec<Candidate<'a>> =
            self.open().into_iter().filter(|candidate| candidate.claim != Claim::Decision).collect();
        let judge = Judge::new(self, &open);
        members.extend(open.iter().filter(|candidate| judge.is_record(candidate)));
        members.sort_by_key(|candidate| candidate.path);
        members
    }

    /// Returns what the records have in common.
    pub(super) fn shape(&self, members: &[Candidate<'a>], leftovers: &BTreeSet<String>) -> Shape {
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        let mut keys: BTreeMap<&str, usize> = BTreeMap::new();
        for member in members {
            let number = numbered(&self.slug(member.path)).and_then(|name| name.number());
            let called = member.traits.called.as_ref().filter(|(_, own)| number.is_none_or(|number| number == *own));
            if let Some((word, _)) = called {
                *codes.entry(word).or_default() += 1;
            }
            member.traits.keys.iter().for_each(|key| *keys.entry(key).or_default() += 1);
        }
        let code = codes.iter().max_by_key(|(_, count)| **count).filter(|(_, count)| **count * 2 >= members.len());
        let mut prefixes = self.prefixes(members);
        prefixes.remove("");
        Shape {
            folder: self.path.clone(),
            by_folder: self.by_folder,
            prefixes,
            code: code.map(|(code, _)| (*code).to_owned()),
            keys: keys.into_iter().filter(|(_, count)| *count >= 2).map(|(key, _)| key.to_owned()).collect(),
            leftovers: leftovers.clone(),
        }
    }

    /// Says whether the folder looks like a collection of which only a part is read.
    pub(super) fn partly(&self, members: &[Candidate<'a>]) -> Option<Partly> {
        let paths: BTreeSet<&BookPath> = members.iter().map(|member| member.path).collect();
        let is_member = |page: &Candidate<'a>| paths.contains(page.path);
        let open = self.open();
        let prefixes = self.prefixes(&open);
        let alike = |page: &&Candidate<'a>| match self.name(page.path) {
            Name::Numbered(word) => prefixes.contains(&word) && page.claim == Claim::Nothing,
            Name::Dated | Name::Plain => page.likeness() >= Likeness::Close,
        };
        let files: Vec<&Candidate<'a>> = open.iter().filter(|page| alike(page) || is_member(page)).collect();
        let first = files.iter().find(|page| !is_member(page))?;
        let like = files.iter().filter(|page| page.likeness() >= Likeness::Close).count();
        let looks = files.len() >= FEW && (!members.is_empty() || like >= FEW) && like * 4 >= files.len();
        looks.then(|| Partly {
            folder: self.path.clone(),
            first: first.path.clone(),
            read: files.iter().filter(|page| is_member(page)).count(),
            files: files.len(),
        })
    }
}

/// Says whether each folder of some has a page that is a record: most of the pages look so, and no files lie beside
/// the folders that do.
pub(super) fn is_folder_each(pages: &[Candidate<'_>], beside: usize, folder: &str) -> bool {
    let named = pages.iter().any(|page| matches!(page.claim, Claim::Below(_) | Claim::BelowBook(_)));
    let open: Vec<&Candidate<'_>> =
        pages.iter().filter(|page| page.claim != Claim::Other && !page.is_template()).collect();
    let wanted = if named { Likeness::Slight } else { Likeness::Close };
    let alike = open.iter().filter(|page| page.likeness() >= wanted).count();
    let few = if named || is_hint(folder) { 2 } else { FEW };
    alike >= few && alike * 2 > open.len() && beside < alike
}

/// What decides over the pages of a folder.
struct Judge<'f, 'a> {
    folder: &'f Folder<'a>,
    /// Words before the numbers of names that several have.
    prefixes: BTreeSet<String>,
    /// Whether the folder is a collection by what its files have in common.
    is_collection: bool,
    /// Whether nearly all records have numbers, so that a page without one is none.
    is_numbered: bool,
    /// Where nearly all state their status.
    place: Option<Place>,
}

impl<'f, 'a> Judge<'f, 'a> {
    fn new(folder: &'f Folder<'a>, open: &[Candidate<'a>]) -> Self {
        let alike: Vec<&Candidate<'a>> = open.iter().filter(|page| page.likeness() >= Likeness::Close).collect();
        let prefixes = folder.prefixes(open);
        let is_numbered = |page: &Candidate<'a>| match folder.name(page.path) {
            Name::Numbered(word) => prefixes.contains(&word) || number_of_name(&folder.slug(page.path)).is_some(),
            _ => false,
        };
        let numbered = open.iter().filter(|page| is_numbered(page)).count();
        let numbered_alike = alike.iter().filter(|page| is_numbered(page)).count();
        let hinted = is_hint(folder.path.name());
        let wordy = alike.iter().filter(|page| page.traits.decides + page.traits.proposes >= 1).count();
        // Notes may end in a number; records begin with it, or with their word and a sign before it.
        let number_first = prefixes.contains("") || open.iter().any(|page| page.traits.called.is_some());
        let all_alike = alike.len() == open.len() && open.len() >= 2;
        let by_number = numbered >= 2
            && numbered_alike >= 2
            && (numbered >= FEW || all_alike || hinted)
            && (hinted || number_first || wordy * 2 >= alike.len())
            && numbered * 5 >= open.len() * 3
            && numbered_alike * 5 >= numbered * 2;
        let stating = alike.iter().filter(|page| page.traits.states || page.traits.recognised).count();
        let by_kind = alike.len() >= if hinted { 2 } else { FEW }
            && alike.len() * 5 >= open.len() * 3
            && stating * 2 >= alike.len()
            && wordy * 2 >= alike.len();
        let sure = open.iter().filter(|page| page.likeness() == Likeness::Sure).count();
        let by_form = sure >= FEW && sure * 2 >= open.len();
        Self {
            is_collection: by_number || by_kind || by_form,
            is_numbered: numbered >= FEW && numbered * 10 >= open.len() * 7,
            place: common_place(&alike),
            prefixes,
            folder,
        }
    }

    fn is_record(&self, page: &Candidate<'a>) -> bool {
        let likeness = page.likeness();
        let slug = self.folder.slug(page.path);
        let known = number_of_name(&slug).is_some() || date_of_name(&slug).is_some();
        let has_name = known || self.has_prefix(page);
        let resembles = page.traits.states && page.traits.place == self.place || likeness >= Likeness::Close;
        // Further pages in a record's own folder belong to it.
        let beside_record = !known && name::is_of_record(page.path.parent().name()) && !page.is_index();
        match page.claim {
            Claim::Decision => true,
            Claim::Other => false,
            Claim::Below(0) if has_name => true,
            Claim::Below(0) => {
                let is_page = self.is_numbered && likeness == Likeness::None;
                !beside_record && !is_page || likeness == Likeness::Sure
            }
            Claim::BelowBook(0) if has_name || self.folder.by_folder => true,
            Claim::BelowBook(0) => likeness >= Likeness::Slight && !(self.is_numbered && likeness < Likeness::Close),
            Claim::Below(_) | Claim::BelowBook(_) => {
                known
                    || likeness == Likeness::Sure
                    || has_name && resembles
                    || self.is_collection && resembles && !beside_record
                    || likeness == Likeness::Close && page.traits.place == Some(Place::Table)
            }
            Claim::Nothing if self.is_collection && !beside_record => {
                let says = likeness > Likeness::None || page.traits.facts + page.traits.proposes > 0;
                let own = page.traits.called.is_some();
                likeness == Likeness::Sure
                    || has_name && (says || own)
                    || !self.is_numbered && resembles
                    || self.is_numbered && resembles && page.traits.states && page.traits.place == self.place
            }
            Claim::Nothing => likeness == Likeness::Sure,
        }
    }

    fn has_prefix(&self, page: &Candidate<'a>) -> bool {
        matches!(self.folder.name(page.path), Name::Numbered(word) if self.prefixes.contains(&word))
    }
}

/// Returns where most of the pages state their status.
fn common_place(pages: &[&Candidate<'_>]) -> Option<Place> {
    let mut counts: BTreeMap<Place, usize> = BTreeMap::new();
    for place in pages.iter().filter_map(|page| page.traits.place) {
        *counts.entry(place).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(place, _)| place)
}
