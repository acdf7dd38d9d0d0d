//! The second stage: every page, read alone and in parallel, by memo.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::builds_drafts;
use super::memo::{Memo, ParsedPage};
use super::project::Project;
use crate::decision;
use crate::diagnostic::{Code, Diagnostic};
use crate::file::Source;
use crate::fingerprint::Fingerprint;
use crate::include::{self, Expanded};
use crate::page::{self, Options, Page};
use crate::path::BookPath;
use crate::site::{Kind, Parsed};

/// The pages, and what is wrong with them.
pub(super) struct Pages {
    pub(super) parsed: Vec<Parsed>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) origins: Origins,
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
pub(super) fn pages(project: &Project<'_>, memo: &mut Memo) -> Result<Pages, BTreeSet<BookPath>> {
    let sources = &project.inputs.sources;
    let candidates: Vec<&BookPath> =
        project.publishable.iter().filter(|path| path.is_markdown() && path.is_within(&project.src)).collect();
    let mut wants: BTreeSet<BookPath> =
        candidates.iter().filter(|path| !sources.contains_key(**path)).map(|path| (*path).clone()).collect();
    wants.extend(wanted_includes(&candidates, project, memo));
    if !wants.is_empty() {
        return Err(wants);
    }
    let options = options(project);
    let earlier = std::mem::take(&mut memo.parsed);
    let read: Vec<Read> = candidates
        .par_iter()
        .filter_map(|path| sources.get(*path))
        .map(|source| match unchanged(source, &options, &earlier) {
            Some(page) => Read::Page(page.clone(), false),
            None if is_binary(source) => Read::Binary(binary(source)),
            None => parse(source, project, &options, earlier.get(&source.path)),
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
    let included: BTreeSet<&BookPath> = parsed.iter().flat_map(|(page, _)| &page.expanded.included).collect();
    let drafts = builds_drafts(&project.config, &project.inputs.overrides);
    let mut pages = Vec::new();
    for (parsed, _) in &parsed {
        // A file that others include is a part of them, unless the navigation lists it.
        let is_part = included.contains(&parsed.page.path) && !project.lists(&parsed.page.path);
        if (parsed.page.front_matter.draft && !drafts) || is_part {
            continue;
        }
        let found = parsed.expanded.diagnostics.iter().cloned();
        diagnostics.extend(
            found.chain(parsed.page.diagnostics.iter().cloned().map(|diagnostic| parsed.expanded.relocate(diagnostic))),
        );
        pages.push(classify(parsed, project));
    }
    let origins =
        Origins(parsed.iter().map(|(parsed, _)| (parsed.page.path.clone(), parsed.expanded.clone())).collect());
    memo.parsed = parsed.into_iter().map(|(parsed, _)| (parsed.page.path.clone(), parsed)).collect();
    Ok(Pages { parsed: pages, diagnostics, origins, fresh })
}

/// Returns the files that pages include, directly or through others, that were not read yet.
///
/// A page that included nothing in an earlier build and has the same bytes includes nothing now.
fn wanted_includes(candidates: &[&BookPath], project: &Project<'_>, memo: &Memo) -> BTreeSet<BookPath> {
    let options = options(project);
    let sources = &project.inputs.sources;
    let mut seen: BTreeSet<BookPath> = BTreeSet::new();
    let candidates = candidates.iter().filter_map(|path| sources.get(*path));
    let mut open: Vec<&Source> =
        candidates.filter(|source| unchanged(source, &options, &memo.parsed).is_none()).collect();
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

fn options(project: &Project<'_>) -> Options {
    let markdown = &project.config.markdown;
    Options {
        smart_punctuation: markdown.smart_punctuation,
        math: markdown.math,
        definition_lists: markdown.definition_lists,
        alerts: markdown.alerts,
        wikilinks: markdown.wikilinks,
        trust_html: markdown.html == crate::config::RawHtml::Trusted,
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
    options: &Options,
    earlier: &'m BTreeMap<BookPath, Arc<ParsedPage>>,
) -> Option<&'m Arc<ParsedPage>> {
    let page = earlier.get(&source.path)?;
    (page.includes_nothing && page.source == source.fingerprint && page.options == *options).then_some(page)
}

fn parse(source: &Source, project: &Project<'_>, options: &Options, earlier: Option<&Arc<ParsedPage>>) -> Read {
    let expanded = include::expand(source, &|path| project.inputs.sources.get(path));
    let key = Fingerprint::of(&(&source.path, &expanded.text, options));
    if let Some(earlier) = earlier.filter(|earlier| earlier.key == key && *earlier.expanded == expanded) {
        return Read::Page(earlier.clone(), false);
    }
    let mut page = page::parse(&source.path, &expanded.text, options);
    if let Some(title) = &expanded.title {
        page.title = title.clone();
    }
    let parsed = ParsedPage {
        key,
        source: source.fingerprint,
        options: *options,
        includes_nothing: include::wanted(source).is_empty(),
        markdown: Fingerprint::of_bytes(expanded.text.as_bytes()),
        page: Arc::new(page),
        expanded: Arc::new(expanded),
    };
    Read::Page(Arc::new(parsed), true)
}

/// Decides what a page is for, and reads the record of a decision.
fn classify(parsed: &ParsedPage, project: &Project<'_>) -> Parsed {
    let page = &parsed.page;
    let text = &parsed.expanded.text;
    let kind = kind(page, text, project);
    let record = (kind == Kind::Decision).then(|| {
        let input = decision::Input { path: &page.path, front_matter: &page.front_matter.table, text: page.text(text) };
        Arc::new(decision::read(&input))
    });
    let fingerprint = Fingerprint::of(&(parsed.key, &parsed.expanded.title));
    Parsed {
        page: page.clone(),
        record,
        kind,
        markdown: text.clone(),
        markdown_fingerprint: parsed.markdown,
        fingerprint,
    }
}

/// The front matter decides, then the folder, then what the text looks like.
fn kind(page: &Page, text: &str, project: &Project<'_>) -> Kind {
    match page.front_matter.kind.as_deref().map(str::to_lowercase).as_deref() {
        Some("decision" | "adr") => return Kind::Decision,
        Some("guideline") => return Kind::Guideline,
        Some("page") => return Kind::Page,
        _ => {}
    }
    if decision::is_companion(&page.path) {
        return Kind::Page;
    }
    let folder = page.path.parent();
    let below = folder.below(&project.src).unwrap_or("");
    let within = |folders: &[String]| folders.iter().any(|wanted| is_folder(below, wanted));
    if within(&project.config.decision_folders) {
        return Kind::Decision;
    }
    if within(&project.config.guideline_folders) {
        return Kind::Guideline;
    }
    let recognised = decision::is_recognised(&page.front_matter.table, page.text(text));
    if recognised { Kind::Decision } else { Kind::Page }
}

/// Says whether a folder is, or lies below, one of a name (`adr`) or of a path (`teams/pay/adr`).
fn is_folder(folder: &str, wanted: &str) -> bool {
    let wanted = wanted.trim_matches('/');
    if wanted.contains('/') {
        return folder == wanted || folder.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('/'));
    }
    folder.split('/').any(|name| name.eq_ignore_ascii_case(wanted))
}

/// A NUL in its beginning tells a file that is no text.
fn is_binary(source: &Source) -> bool {
    source.content.iter().take(8192).any(|byte| *byte == 0)
}

fn binary(source: &Source) -> Diagnostic {
    Diagnostic::new(Code::BinaryFile, &source.path, "this file holds binary data, so it is no page")
        .help("give it another extension")
}
