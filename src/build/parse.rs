//! The second stage: every page, read alone and in parallel, by memo.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::claim::{Claimed, claim, metadata_of, metadata_path, partly_read, unmatched_folders};
use super::included::{self, Included};
use super::memo::{Memo, ParsedPage, Reading};
use super::project::Project;
use super::vault::is_in_vault;
use super::{Inputs, builds_drafts};
use crate::decision::{self, Candidate, Place, Record, Shape, Traits};
use crate::diagnostic::{Code, Diagnostic};
use crate::file::Source;
use crate::fingerprint::Fingerprint;
use crate::include::{self, Expanded};
use crate::page::{self, Budget, Detail, Labels, Options, Page, Summary, title_of_name};
use crate::path::BookPath;
use crate::site::{Kind, Parsed};
use crate::theme::Words;

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
pub(super) struct Origins(BTreeMap<BookPath, Arc<Expanded>>);

impl Origins {
    /// Moves a finding about a page to the file that the author wrote.
    pub(super) fn relocate(&self, diagnostic: Diagnostic) -> Diagnostic {
        match self.0.get(&diagnostic.path) {
            Some(expanded) => expanded.relocate(diagnostic),
            None => diagnostic,
        }
    }
}

/// Reads the pages; fails with what must be read first: pages, and the files they include.
pub(super) fn pages(project: &Project<'_>, detail: Detail, memo: &mut Memo) -> Result<Pages, BTreeSet<BookPath>> {
    let sources = &project.inputs.sources;
    let candidates: Vec<&BookPath> =
        project.publishable.iter().filter(|path| path.is_markdown() && path.is_within(&project.src)).collect();
    let mut wants: BTreeSet<BookPath> =
        candidates.iter().filter(|path| !sources.contains_key(**path)).map(|path| (*path).clone()).collect();
    let readings = Readings::new(project, detail);
    wants.extend(wanted_includes(&candidates, project, &readings, memo));
    let metadata = candidates.iter().filter_map(|path| metadata_path(path));
    wants.extend(metadata.filter(|path| project.inputs.listing.contains(path) && !sources.contains_key(path)));
    if !wants.is_empty() {
        return Err(wants);
    }
    let earlier = std::mem::take(&mut memo.parsed);
    let task = Task { project, readings: &readings, budget: &Budget::default(), included: Included::default() };
    let read: Vec<Read> = candidates
        .par_iter()
        .filter_map(|path| sources.get(*path))
        .map(|source| match unchanged(source, readings.of(source), &earlier) {
            Some(page) => Read::Page(page.clone(), false),
            None if is_binary(source) => Read::Binary(binary(source)),
            None => parse(source, &task, earlier.get(&source.path)),
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
    let fresh = parsed.iter().filter(|(_, fresh)| *fresh).count();
    let drafts = builds_drafts(&project.config, &project.inputs.overrides);
    let earlier = std::mem::take(&mut memo.classified);
    let claims: Vec<Claimed> = parsed.iter().map(|(parsed, _)| claim(&parsed.page, project)).collect();
    let candidates: Vec<Candidate<'_>> = parsed
        .iter()
        .zip(&claims)
        .filter(|((parsed, _), _)| drafts || !parsed.page.front_matter.draft)
        .map(|((parsed, _), claimed)| Candidate {
            path: &parsed.page.path,
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
                _ if collections.holds(&parsed.page.path) => Kind::Decision,
                Claimed::Guideline => Kind::Guideline,
                _ => Kind::Page,
            };
            let shape = collections.shape_of(&parsed.page.path);
            classify(parsed, kind, &shape, project, earlier.get(&parsed.page.path))
        })
        .collect();
    diagnostics.extend(collections.partly().iter().map(partly_read));
    diagnostics.extend(unmatched_folders(project, &candidates));
    let read: Vec<(&ParsedPage, &Classified)> = parsed.iter().map(|(page, _)| page.as_ref()).zip(&classified).collect();
    let parts = parts(&read, project, drafts);
    let listed = project.summary.as_ref().map(Summary::titles).unwrap_or_default();
    let mut pages = Vec::new();
    for (parsed, classified) in read {
        if (parsed.page.front_matter.draft && !drafts) || parts.contains(&parsed.page.path) {
            continue;
        }
        let found = parsed.expanded.diagnostics.iter().cloned();
        diagnostics.extend(
            found.chain(parsed.page.diagnostics.iter().cloned().map(|diagnostic| parsed.expanded.relocate(diagnostic))),
        );
        let listed = listed.get(&parsed.page.path).copied();
        pages.push(join(parsed, classified, listed));
    }
    let origins =
        Origins(parsed.iter().map(|(parsed, _)| (parsed.page.path.clone(), parsed.expanded.clone())).collect());
    memo.classified = parsed.iter().map(|(parsed, _)| parsed.page.path.clone()).zip(classified).collect();
    // What a machine under load could not finish is tried again.
    let is_finished = |page: &ParsedPage| page.page.diagnostics.iter().all(|found| found.code != Code::TooMuchWork);
    let finished = parsed.into_iter().filter(|(parsed, _)| is_finished(parsed));
    memo.parsed = finished.map(|(parsed, _)| (parsed.page.path.clone(), parsed)).collect();
    let templates = collections.templates().clone();
    Ok(Pages { parsed: pages, diagnostics, origins, templates, fresh })
}

/// Returns the files that are a part of pages and no pages themselves: they can only be parts, and a page that is built shows
/// them whole, so that nothing of them is lost.
fn parts<'a>(pages: &[(&'a ParsedPage, &Classified)], project: &Project<'_>, drafts: bool) -> BTreeSet<&'a BookPath> {
    let shown: BTreeMap<&BookPath, &BTreeSet<BookPath>> =
        pages.iter().map(|(page, _)| (&page.page.path, &page.expanded.shown)).collect();
    let candidates: BTreeSet<&BookPath> = pages
        .iter()
        .filter(|(page, classified)| can_be_part(page, classified, project))
        .map(|(page, _)| &page.page.path)
        .collect();
    let is_built = |page: &ParsedPage| drafts || !page.page.front_matter.draft;
    let included: BTreeSet<&BookPath> = shown.values().flat_map(|paths| paths.iter()).collect();
    let is_candidate = |path: &BookPath| candidates.contains(path) && included.contains(path);
    let roots = pages.iter().filter(|(page, _)| is_built(page) && !is_candidate(&page.page.path));
    let mut open: Vec<&BookPath> = roots.map(|(page, _)| &page.page.path).collect();
    // Pages that include each other and that no other page shows are reached from none, and stay.
    let mut parts = BTreeSet::new();
    while let Some(path) = open.pop() {
        let reached = shown.get_key_value(path).into_iter().flat_map(|(_, paths)| paths.iter());
        for (path, _) in reached.filter_map(|path| shown.get_key_value(path)) {
            if is_candidate(path) && parts.insert(*path) {
                open.push(path);
            }
        }
    }
    parts
}

/// Says whether a file may be nothing but a part of pages. A record is a page in any case. In an mdBook the navigation says
/// what is a page; elsewhere every file is one, unless its name begins with an underline.
fn can_be_part(page: &ParsedPage, classified: &Classified, project: &Project<'_>) -> bool {
    let path = &page.page.path;
    let is_named_so = || path.names().any(|name| name.starts_with('_'));
    let is_unlisted = project.summary.is_some() && !project.lists(path);
    classified.kind == Kind::Page && classified.record.is_none() && (is_unlisted || is_named_so())
}

/// Returns the files that pages include, directly or through others, that were not read yet.
///
/// A page that included nothing in an earlier build and has the same bytes includes nothing now.
fn wanted_includes(
    candidates: &[&BookPath],
    project: &Project<'_>,
    readings: &Readings<'_>,
    memo: &Memo,
) -> BTreeSet<BookPath> {
    let sources = &project.inputs.sources;
    let mut seen: BTreeSet<BookPath> = BTreeSet::new();
    let candidates = candidates.iter().filter_map(|path| sources.get(*path));
    let mut open: Vec<&Source> =
        candidates.filter(|source| unchanged(source, readings.of(source), &memo.parsed).is_none()).collect();
    let mut wants = BTreeSet::new();
    while let Some(source) = open.pop() {
        for path in include::wanted(source) {
            if !seen.insert(path.clone()) {
                continue;
            }
            match sources.get(&path) {
                Some(source) => open.push(source),
                None if project.inputs.listing.contains(&path) => {
                    wants.insert(path);
                }
                None => {}
            }
        }
    }
    wants
}

/// How pages are read that lie in a vault of Obsidian, and all others.
struct Readings<'p> {
    inputs: &'p Inputs,
    in_vaults: Reading,
    elsewhere: Reading,
}

impl<'p> Readings<'p> {
    fn new(project: &'p Project<'_>, detail: Detail) -> Self {
        let elsewhere = reading(project, detail);
        let in_vaults = Reading { options: Options { vault: true, ..elsewhere.options }, ..elsewhere.clone() };
        Self { inputs: project.inputs, in_vaults, elsewhere }
    }

    fn of(&self, source: &Source) -> &Reading {
        if is_in_vault(&source.path, self.inputs) { &self.in_vaults } else { &self.elsewhere }
    }
}

fn reading(project: &Project<'_>, detail: Detail) -> Reading {
    let markdown = &project.config.markdown;
    let options = Options {
        smart_punctuation: markdown.smart_punctuation,
        math: markdown.math,
        definition_lists: markdown.definition_lists,
        alerts: markdown.alerts,
        wikilinks: markdown.wikilinks,
        detail,
        trust_html: markdown.html == crate::config::RawHtml::Trusted,
        vault: false,
    };
    Reading { options, labels: Arc::new(labels(&project.words)) }
}

fn labels(words: &Words) -> Labels {
    let of = |name: &str| words.text(&format!("content.{name}"));
    Labels {
        alerts: ["note", "tip", "important", "warning", "caution"].map(of),
        table: of("table"),
        done: of("done"),
        to_do: of("to_do"),
        formula: of("formula"),
        diagram: of("diagram"),
        diagram_text: of("diagram_text"),
        footnotes: of("footnotes"),
        back: of("back"),
    }
}

/// What reading a file came to.
enum Read {
    /// A page, and whether it had to be read again.
    Page(Arc<ParsedPage>, bool),
    Binary(Diagnostic),
}

/// Returns the page that an earlier build made of the same bytes, when no other file had a part in it.
fn unchanged<'m>(
    source: &Source,
    reading: &Reading,
    earlier: &'m BTreeMap<BookPath, Arc<ParsedPage>>,
) -> Option<&'m Arc<ParsedPage>> {
    let page = earlier.get(&source.path)?;
    (page.includes_nothing && page.source == source.fingerprint && page.reading == *reading).then_some(page)
}

fn parse(source: &Source, task: &Task<'_>, earlier: Option<&Arc<ParsedPage>>) -> Read {
    let Task { project, readings, budget, included } = task;
    let reading = readings.of(source);
    let expanded = include::expand(source, &|path| project.inputs.sources.get(path));
    let key = Fingerprint::of(&(&source.path, &expanded.text, reading));
    if let Some(earlier) = earlier.filter(|earlier| earlier.key == key && *earlier.expanded == expanded) {
        return Read::Page(earlier.clone(), false);
    }
    let reader = page::Reader { options: &reading.options, labels: &reading.labels, budget };
    let is_within = included.allows(expanded.text.len().saturating_sub(source.content.len()));
    let mut page =
        if is_within { reader.page(&source.path, &expanded.text) } else { reader.page(&source.path, &Arc::from("")) };
    if !is_within {
        let message = format!("the pages of the book include more than {} MB together", included::MOST >> 20);
        page.diagnostics.push(Diagnostic::new(Code::TooMuchWork, &source.path, message).help("link to large files"));
    }
    if let Some(title) = &expanded.title {
        page.title = Some(title.clone());
    }
    let body = page.text(&expanded.text);
    let parsed = ParsedPage {
        key,
        traits: Traits::of(&source.path, &page.front_matter.table, body),
        source: source.fingerprint,
        reading: reading.clone(),
        includes_nothing: include::wanted(source).is_empty(),
        markdown: Fingerprint::of_bytes(expanded.text.as_bytes()),
        page: Arc::new(page),
        expanded: Arc::new(expanded),
    };
    Read::Page(Arc::new(parsed), true)
}

/// What is the same for every page that is read.
struct Task<'a> {
    project: &'a Project<'a>,
    readings: &'a Readings<'a>,
    budget: &'a Budget,
    included: Included,
}

/// What a page is for, and what it says of itself as a record.
#[derive(Debug, Clone)]
pub(super) struct Classified {
    /// The fingerprint of all that decided it.
    key: Fingerprint,
    kind: Kind,
    record: Option<Arc<Record>>,
}

/// Reads the record of a decision or guideline, unless an earlier build did.
fn classify(
    parsed: &ParsedPage,
    kind: Kind,
    shape: &Arc<Shape>,
    project: &Project<'_>,
    earlier: Option<&Classified>,
) -> Classified {
    let metadata = metadata_of(&parsed.page.path, project).filter(|_| kind == Kind::Decision);
    let dialect = project.config.decisions.dialect_of(&parsed.page.path);
    let key = Fingerprint::of(&(parsed.key, metadata.map(|source| source.fingerprint), kind, shape, dialect));
    if let Some(earlier) = earlier.filter(|earlier| earlier.key == key) {
        return earlier.clone();
    }
    let page = &parsed.page;
    let metadata = metadata.map(|source| (&source.path, String::from_utf8_lossy(&source.content)));
    let record = match kind {
        Kind::Decision => Some(decision::read(&decision::Input {
            path: &page.path,
            front_matter: &page.front_matter.table,
            text: &parsed.expanded.text,
            start: page.start,
            metadata: metadata.as_ref().map(|(path, text)| (*path, text.as_ref())),
            dialect,
            shape,
        })),
        Kind::Guideline => Some(decision::read_guideline(&page.path, &page.front_matter.table, shape.clone())),
        Kind::Page => None,
    };
    Classified { key, kind, record: record.map(Arc::new) }
}

/// Joins a page with what it is for; `listed` is its title in the navigation.
fn join(parsed: &ParsedPage, classified: &Classified, listed: Option<&str>) -> Parsed {
    let Classified { key: _, kind, record } = classified;
    Parsed {
        page: parsed.page.clone(),
        title: title(&parsed.page, record.as_deref(), listed),
        kind: *kind,
        markdown: parsed.expanded.text.clone(),
        markdown_fingerprint: parsed.markdown,
        fingerprint: Fingerprint::of(&(parsed.key, &parsed.expanded.title, record)),
        record: record.clone(),
    }
}

/// Chooses the title: what the page says, else the navigation, else the name of the file.
///
/// A record's title counts where it does not stand in the text as a page's would: in bullets, or in a file beside it.
fn title(page: &Page, record: Option<&Record>, listed: Option<&str>) -> String {
    let is_in_front = page.front_matter.title.is_some();
    let of_record = record.and_then(|record| record.title.as_ref()).and_then(|title| match title.origin.place {
        // `title: resolve-hosts` above a heading with words is an id, and the heading the title.
        Place::Heading => Some(title.value.as_str()).filter(|_| is_in_front),
        Place::FrontMatter => None,
        Place::FileName | Place::FolderName => listed.or(Some(&title.value)).filter(|_| !is_in_front),
        _ => Some(title.value.as_str()).filter(|_| !is_in_front),
    });
    let own = of_record.or(page.title.as_deref()).or(listed);
    own.map_or_else(|| title_of_name(&page.path), str::to_owned)
}

/// A NUL in its beginning tells a file that is no text.
fn is_binary(source: &Source) -> bool {
    source.content[..source.content.len().min(8192)].contains(&0)
}

fn binary(source: &Source) -> Diagnostic {
    Diagnostic::new(Code::BinaryFile, &source.path, "this file holds binary data, so it is no page")
        .help("give it another extension")
}
