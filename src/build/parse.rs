//! The second stage: every page, read alone and in parallel, by memo.

mod classify;
mod parts;
mod reading;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::claim::{Claimed, claim, metadata_path, partly_read, unmatched_folders};
use super::included::{self, Included};
use super::memo::{Memo, ParsedPage};
use super::project::Project;
use super::{Inputs, builds_drafts};
use crate::codec::{Encoded, Text};
use crate::decision::{self, Candidate, Shape, State, Traits};
use crate::diagnostic::{Code, Diagnostic};
use crate::file::Source;
use crate::fingerprint::Fingerprint;
use crate::include::{self, Expanded, Origin};
use crate::page::{self, Budget, Detail, Page, Summary};
use crate::path::BookPath;
use crate::site::{Kind, Parsed};
pub(super) use classify::Classified;
use classify::{classify, join};
use parts::parts;
use reading::Readings;

/// The pages, and what is wrong with them.
pub(super) struct Pages {
    pub(super) parsed: Vec<Parsed>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) origins: Origins,
    /// The templates that lie beside records.
    pub(super) templates: BTreeSet<BookPath>,
    /// How many were not in the memo.
    pub(super) fresh: usize,
}

/// Where the text of each page comes from.
pub(super) struct Origins(BTreeMap<BookPath, Arc<Origin>>);

impl Origins {
    /// Moves a finding about a page to the file that the author wrote.
    pub(super) fn relocate(&self, diagnostic: Diagnostic) -> Diagnostic {
        match self.0.get(&diagnostic.path) {
            Some(origin) => origin.relocate(diagnostic),
            None => diagnostic,
        }
    }
}

/// Reads the pages; fails with what must be read first: pages, and the files they include.
pub(super) fn pages(project: &Project<'_>, detail: Detail, memo: &mut Memo) -> Result<Pages, BTreeSet<BookPath>> {
    let candidates: Vec<&BookPath> =
        project.publishable.iter().filter(|path| path.is_markdown() && path.is_within(&project.src)).collect();
    let readings = Readings::new(project, detail);
    let wants = wanted(&candidates, project, &readings, memo);
    if !wants.is_empty() {
        return Err(wants);
    }
    let earlier = std::mem::take(&mut memo.parsed);
    let before = earlier.len();
    let (parsed, mut diagnostics) = read(&candidates, project, &readings, earlier);
    let fresh = parsed.iter().filter(|(_, fresh)| *fresh).count();
    memo.changes += fresh + before.saturating_sub(parsed.len() - fresh);
    let drafts = builds_drafts(&project.config, &project.inputs.overrides);
    let earlier = std::mem::take(&mut memo.classified);
    let claims: Vec<Claimed> = parsed.iter().map(|(parsed, _)| claim(&parsed.outline, project)).collect();
    let candidates: Vec<Candidate<'_>> = parsed
        .iter()
        .zip(&claims)
        .filter(|((parsed, _), _)| drafts || !parsed.outline.front_matter.draft)
        .map(|((parsed, _), claimed)| Candidate {
            path: &parsed.outline.path,
            traits: &parsed.traits,
            claim: claimed.claim(),
        })
        .collect();
    let collections = decision::learn(&candidates);
    let classified: Vec<Classified> = parsed
        .par_iter()
        .zip(&claims)
        .map(|((parsed, _), claimed)| {
            let kind = match *claimed {
                Claimed::Kind(kind) => kind,
                _ if collections.holds(&parsed.outline.path) => Kind::Decision,
                Claimed::Guideline => Kind::Guideline,
                _ => Kind::Page,
            };
            let shape = collections.shape_of(&parsed.outline.path);
            classify(parsed, kind, &shape, project, earlier.get(&parsed.outline.path))
        })
        .collect();
    diagnostics.extend(collections.partly().iter().map(partly_read));
    diagnostics.extend(unmatched_folders(project, &candidates));
    let read: Vec<(&ParsedPage, &Classified)> = parsed.iter().map(|(page, _)| page.as_ref()).zip(&classified).collect();
    let parts = parts(&read, project, drafts);
    let listed = project.summary.as_ref().map(Summary::titles).unwrap_or_default();
    let mut pages = Vec::new();
    for (parsed, classified) in read {
        let ParsedPage { outline, origin, .. } = parsed;
        if (outline.front_matter.draft && !drafts) || parts.contains(&outline.path) {
            continue;
        }
        let of_page = outline.diagnostics.iter().cloned().map(|diagnostic| origin.relocate(diagnostic));
        diagnostics.extend(origin.diagnostics.iter().cloned().chain(of_page));
        let listed = listed.get(&outline.path).copied();
        pages.push(join(parsed, classified, listed));
    }
    let origins = parsed.iter().map(|(parsed, _)| (parsed.outline.path.clone(), parsed.origin.clone())).collect();
    memo.classified = parsed.iter().map(|(parsed, _)| parsed.outline.path.clone()).zip(classified).collect();
    // What a machine under load could not finish is tried again.
    let is_finished = |page: &ParsedPage| page.outline.diagnostics.iter().all(|found| found.code != Code::TooMuchWork);
    let finished = parsed.into_iter().filter(|(parsed, _)| is_finished(parsed));
    memo.parsed = finished.map(|(parsed, _)| (parsed.outline.path.clone(), parsed)).collect();
    let templates = collections.templates().clone();
    Ok(Pages { parsed: pages, diagnostics, origins: Origins(origins), templates, fresh })
}

/// Reads which state a version of a record gives it; nothing where it gives none.
pub(super) fn state(project: &Project<'_>, path: &BookPath, content: &Arc<[u8]>, shape: &Arc<Shape>) -> Option<State> {
    let source = Source::new(path.clone(), content.clone());
    let readings = Readings::new(project, Detail::Text);
    let task = Task { project, readings: &readings, budget: &Budget::default(), included: Included::default() };
    let Read::Page(page, _) = parse(&source, &task, None) else { return None };
    let record = classify(&page, Kind::Decision, shape, project, None).record?;
    record.status.as_ref().map(|status| status.value.state).or(record.dialect.default_state())
}

/// Reads one page again that other pages see as they did; nothing where they do not, or another file has a part in it.
pub(super) fn again(project: &Project<'_>, memo: &Memo, path: &BookPath) -> Option<Parsed> {
    let (source, before) = (project.inputs.sources.get(path)?, memo.parsed.get(path)?);
    if is_binary(source) || !before.includes_nothing || !include::wanted(source).is_empty() {
        return None;
    }
    let readings = Readings::new(project, Detail::Full);
    let task = Task { project, readings: &readings, budget: &Budget::default(), included: Included::default() };
    let Read::Page(page, _) = parse(source, &task, Some(before)) else { return None };
    let known = memo.classified.get(path)?;
    let shape = known.record.as_ref().map(|record| record.shape.clone()).unwrap_or_default();
    let classified = classify(&page, known.kind, &shape, project, None);
    let is_same_record = match (&classified.record, &known.record) {
        (Some(now), Some(before)) => now.states_the_same(before),
        (now, before) => now.is_none() && before.is_none(),
    };
    let is_same = is_same_record && page.traits == before.traits && page.outline.is_seen_as(&before.outline);
    let listed = project.summary.as_ref().and_then(|summary| summary.titles().get(path).copied());
    is_same.then(|| join(&page, &classified, listed))
}

/// Returns the files that must be read first: pages that are not known, the metadata beside them, and what they include.
fn wanted(candidates: &[&BookPath], project: &Project<'_>, readings: &Readings<'_>, memo: &Memo) -> BTreeSet<BookPath> {
    let Inputs { sources, listing, .. } = project.inputs;
    let new: Vec<&BookPath> =
        candidates.iter().copied().filter(|path| unchanged(path, project, readings, &memo.parsed).is_none()).collect();
    let mut wants: BTreeSet<BookPath> =
        new.iter().filter(|path| !sources.contains_key(**path)).copied().cloned().collect();
    let metadata = candidates.iter().filter_map(|path| metadata_path(path));
    wants.extend(metadata.filter(|path| listing.contains(path) && !sources.contains_key(path)));
    let mut seen: BTreeSet<BookPath> = BTreeSet::new();
    let mut open: Vec<&Source> = new.iter().filter_map(|path| sources.get(*path)).collect();
    while let Some(source) = open.pop() {
        for path in include::wanted(source) {
            if !seen.insert(path.clone()) {
                continue;
            }
            match sources.get(&path) {
                Some(source) => open.push(source),
                None if listing.contains(&path) => {
                    wants.insert(path);
                }
                None => {}
            }
        }
    }
    wants
}

/// What reading a file came to.
enum Read {
    /// A page, and whether it had to be read again.
    Page(Arc<ParsedPage>, bool),
    Binary(Diagnostic),
}

/// The pages that earlier builds read.
type Earlier = BTreeMap<BookPath, Arc<ParsedPage>>;

/// Reads each page, unless an earlier build read the same, and tells of those that are none.
fn read(
    candidates: &[&BookPath],
    project: &Project<'_>,
    readings: &Readings<'_>,
    earlier: Earlier,
) -> (Vec<(Arc<ParsedPage>, bool)>, Vec<Diagnostic>) {
    let task = Task { project, readings, budget: &Budget::default(), included: Included::default() };
    let read: Vec<Read> = candidates
        .par_iter()
        .filter_map(|path| match unchanged(path, project, readings, &earlier) {
            Some(page) => Some(Read::Page(page.clone(), false)),
            None => {
                let source = project.inputs.sources.get(*path)?;
                Some(if is_binary(source) {
                    Read::Binary(binary(source))
                } else {
                    parse(source, &task, earlier.get(&source.path))
                })
            }
        })
        .collect();
    let mut diagnostics = Vec::new();
    let mut parsed = Vec::with_capacity(read.len());
    for read in read {
        match read {
            Read::Page(page, fresh) => parsed.push((page, fresh)),
            Read::Binary(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    (parsed, diagnostics)
}

/// Returns the page that an earlier build made of the same bytes, when no other file had a part in it.
fn unchanged<'m>(
    path: &BookPath,
    project: &Project<'_>,
    readings: &Readings<'_>,
    earlier: &'m Earlier,
) -> Option<&'m Arc<ParsedPage>> {
    let page = earlier.get(path)?;
    let same = page.includes_nothing && project.inputs.fingerprint_of(path) == Some(page.source);
    (same && readings.of(path).is_served_by(page.reading)).then_some(page)
}

fn parse(source: &Source, task: &Task<'_>, earlier: Option<&Arc<ParsedPage>>) -> Read {
    let Task { project, readings, budget, included } = task;
    let reading = readings.of(&source.path);
    let Expanded { text, origin } = include::expand(source, &|path| project.inputs.sources.get(path));
    let key = Fingerprint::of(&(&source.path, &text, reading.fingerprint));
    if let Some(earlier) = earlier.filter(|earlier| earlier.key == key && *earlier.origin == origin) {
        return Read::Page(earlier.clone(), false);
    }
    let known = earlier.map(|page| page.content.get().highlights).unwrap_or_default();
    let reader = page::Reader { options: &reading.options, labels: &reading.labels, budget, known: &known };
    let is_within = included.allows(text.len().saturating_sub(source.content.len()));
    let Page { mut outline, content } =
        if is_within { reader.page(&source.path, &text) } else { reader.page(&source.path, &Arc::from("")) };
    if !is_within {
        let message = format!("the pages of the book include more than {} MB together", included::MOST >> 20);
        outline.diagnostics.push(Diagnostic::new(Code::TooMuchWork, &source.path, message).help("link to large files"));
    }
    if let Some(title) = &origin.title {
        outline.title = Some(title.clone());
    }
    let parsed = ParsedPage {
        key,
        traits: Traits::of(&source.path, &outline.front_matter.table, outline.text(&text)),
        source: source.fingerprint,
        reading: reading.fingerprint,
        includes_nothing: include::wanted(source).is_empty(),
        markdown: Fingerprint::of_bytes(text.as_bytes()),
        outline: Arc::new(outline),
        content: Encoded::new(&content),
        text: text_of(source, text),
        origin: Arc::new(origin),
    };
    Read::Page(Arc::new(parsed), true)
}

/// Takes the text of a page: where nothing was put in, the bytes of its file, which are in memory anyway.
fn text_of(source: &Source, text: Arc<str>) -> Text {
    let of_file = if *source.content == *text.as_bytes() { Text::new(source.content.clone().into()) } else { None };
    of_file.unwrap_or_else(|| text.into())
}

/// What is the same for every page that is read.
struct Task<'a> {
    project: &'a Project<'a>,
    readings: &'a Readings<'a>,
    budget: &'a Budget,
    included: Included,
}

/// A NUL in its beginning tells a file that is no text.
fn is_binary(source: &Source) -> bool {
    source.content[..source.content.len().min(8192)].contains(&0)
}

fn binary(source: &Source) -> Diagnostic {
    Diagnostic::new(Code::BinaryFile, &source.path, "this file holds binary data, so it is no page")
        .help("give it another extension")
}
