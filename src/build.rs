//! The conductor: inputs come in, a [`Build`] comes out: every file of the site, the documents of the search, the
//! findings. Pure: what it wants to read it asks for, what it would write it returns.
//!
//! Stages: settings, pages (parsed in parallel, by memo), the joined site, rules and documents, views and files
//! (rendered in parallel, by memo). A memo's key is the fingerprint of all that the result depends on, so a warm build
//! equals a cold one byte for byte.

mod beside;
mod claim;
mod feeds;
mod findings;
mod folders;
mod hosting;
mod included;
mod inputs;
mod memo;
mod names;
mod output;
mod parse;
mod past;
mod plan;
mod project;
mod reading_paths;
mod refresh;
mod unread;
mod vault;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use inputs::{Answers, Given, Inputs, Known, Overrides, Repository, Trust, Wants};
pub use memo::{Memo, PARTS, Parts, SMALL};
pub use past::{Difference, Ends, Held, Patch, Stretch, Week, brought, difference};
pub use plan::{Manifest, Plan, SEARCH, Search, plan};
pub use refresh::refresh;

use crate::changes::WeekOfChanges;
use crate::config::{self, Config, Drafts};
use crate::diagnostic::{Finding, Severity};
use crate::file::Artifact;
use crate::host::Host;
use crate::page::Detail;
use crate::path::{BookPath, SitePath};
use crate::search::Contents;
use crate::site::{Kind, Parsed, Site};
use crate::time::Zone;
use crate::tracker::Trackers;
use project::Project;

/// How a build went.
#[derive(Debug)]
pub enum Outcome {
    /// This must be known first.
    Wants(Wants),
    /// The site.
    Done(Box<Build>),
}

/// A finished site.
#[derive(Debug)]
pub struct Build {
    /// The files of the site.
    pub artifacts: BTreeMap<SitePath, Artifact>,
    /// What is wrong, in the order of the files.
    pub findings: Vec<Finding>,
    /// What the site is made of.
    pub counts: Counts,
    /// The language of the text, a BCP 47 tag.
    pub language: String,
    /// The title of the site.
    pub title: String,
    /// The folder that the settings name for the site, below the book's root.
    pub folder: BookPath,
    /// The folder of the pages.
    pub src: BookPath,
    /// The host that the files are for.
    pub host: Option<Host>,
    /// What the search finds.
    pub search: config::Search,
    /// The pages, joined.
    pub site: Site,
    /// The last weeks in which it changed, newest first.
    pub weeks: Vec<WeekOfChanges>,
    /// The files of the book that it is made of.
    pub read: BTreeSet<BookPath>,
}

/// What a book says, before anything is made of it: for commands that only look.
#[derive(Debug)]
pub struct Survey {
    /// The pages, joined.
    pub site: Site,
    /// The folder of the pages.
    pub src: BookPath,
    /// The title of the site.
    pub title: String,
    /// The language of the text, a BCP 47 tag.
    pub language: String,
    /// The folder that the settings name for the site, below the book's root.
    pub folder: BookPath,
    /// What the search finds.
    pub search: config::Search,
    /// The address of the site's root, ending in `/`, where the settings name it.
    pub url: Option<String>,
    /// The zone whose days are meant where git tells a moment.
    pub time_zone: Zone,
    /// How issues are mentioned, and where they are.
    pub trackers: Trackers,
    /// The folders in which other tools' settings (`.adr-dir` and its kin) keep decisions; the project's own first.
    pub tool_folders: Vec<BookPath>,
}

impl Survey {
    /// Returns the files of the pages of a kind, in the order of their paths.
    pub fn pages(&self, kind: Kind) -> impl Iterator<Item = &BookPath> {
        let of_kind = self.site.entries.iter().filter(move |entry| entry.parsed.kind == kind);
        of_kind.map(|entry| &entry.page().path)
    }

    /// Returns what the search knows; texts are made when they are asked for, anew each time.
    pub fn contents(&self) -> Contents<'_> {
        contents(&self.site, &self.search)
    }
}

/// How much there is of everything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Pages of all kinds.
    pub pages: usize,
    /// Decisions among them.
    pub decisions: usize,
    /// Guidelines among them.
    pub guidelines: usize,
    /// Files beside the pages.
    pub files: usize,
    /// Pages that had to be read again.
    pub parsed: usize,
    /// Pages that had to be rendered again.
    pub rendered: usize,
}

impl Build {
    /// Returns what the search knows; texts are made when they are asked for, anew each time.
    pub fn contents(&self) -> Contents<'_> {
        contents(&self.site, &self.search)
    }

    /// Says whether a finding stops the site from being published.
    pub fn is_denied(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Deny)
    }
}

/// Returns what the search of a site knows.
fn contents<'s>(site: &'s Site, search: &config::Search) -> Contents<'s> {
    let names = site.glossary.iter().map(|explained| explained.term.names.clone());
    let several = names.filter(|names| names.len() > 1);
    let synonyms = search.synonyms.iter().cloned().chain(several).collect();
    crate::search::contents(site, &|path| search.weight_of(path), synonyms)
}

/// Reads and joins the pages of a book, and makes nothing of them.
///
/// # Errors
/// With what must be read first.
pub fn survey(inputs: &Inputs, memo: &mut Memo) -> Result<Survey, Wants> {
    let inputs = &*vault::uncommented(inputs);
    let project = Project::new(inputs).map_err(Wants::files)?;
    let mut pages = parse::pages(&project, Detail::Text, memo).map_err(Wants::files)?;
    let site = join(&project, std::mem::take(&mut pages.parsed));
    let Config { book, build, search, site: settings, trackers, .. } = project.config;
    let title = project.site_view.title.clone();
    let Project { src, tool_folders, .. } = project;
    Ok(Survey {
        site,
        src,
        title,
        language: book.language,
        time_zone: book.time_zone,
        folder: build.folder,
        search,
        url: settings.url,
        trackers,
        tool_folders,
    })
}

fn join(project: &Project<'_>, pages: Vec<Parsed>) -> Site {
    let known = project.inputs.repository.answers.known();
    crate::site::link(crate::site::Input {
        pages,
        listing: &project.publishable,
        src: &project.src,
        summary: project.summary.as_ref(),
        publish_all: project.publish_all,
        lookup: project.config.site.lookup(),
        others: &project.config.site.redirects.keys().collect::<Vec<_>>(),
        start_title: &project.words.text("page.start"),
        owners: &|path| project.owners_of(path),
        history: known.map_or(&BTreeMap::new(), |known| &known.history),
        repository: known
            .map(|known| crate::site::Repository { files: &known.files, folder: &project.inputs.repository.folder }),
    })
}

/// Makes the site, or says what must be read first.
pub fn build(inputs: &Inputs, memo: &mut Memo) -> Outcome {
    let original = inputs;
    let inputs = &*vault::uncommented(inputs);
    let project = match Project::new(inputs) {
        Ok(project) => project,
        Err(files) => return Outcome::Wants(Wants::files(files)),
    };
    let mut pages = match parse::pages(&project, Detail::Full, memo) {
        Ok(pages) => pages,
        Err(files) => return Outcome::Wants(Wants::files(files)),
    };
    let site = join(&project, std::mem::take(&mut pages.parsed));
    let missing: BTreeSet<BookPath> =
        site.files.keys().filter(|file| !inputs.sources.contains_key(*file)).cloned().collect();
    let history = unasked_history(&site, &project.src, inputs);
    if !missing.is_empty() || !history.is_empty() {
        let weeks = (!history.is_empty()).then(|| Box::new(project.config.book.time_zone.clone()));
        return Outcome::Wants(Wants { files: missing, history, weeks, ..Wants::default() });
    }
    let weeks = match past::weeks(&project, original, &site, memo) {
        Ok((weeks, fresh)) => {
            memo.changes += fresh;
            weeks
        }
        Err(wants) => return Outcome::Wants(wants),
    };
    let output = output::render(&project, &site, &weeks, memo);
    let diagnostics = findings::diagnostics(&project, &pages, &site, output.diagnostics);
    let findings = match findings::located(diagnostics, &project, memo) {
        Ok(findings) => findings,
        Err(files) => return Outcome::Wants(Wants::files(files)),
    };
    let counts = Counts { parsed: pages.fresh, rendered: output.fresh, ..count(&site) };
    let artifacts = output.artifacts;
    let Config { book, build, .. } = &project.config;
    Outcome::Done(Box::new(Build {
        artifacts,
        findings,
        counts,
        language: book.language.clone(),
        title: project.site_view.title.clone(),
        folder: build.folder.clone(),
        src: project.src.clone(),
        host: project.config.site.host,
        search: project.config.search.clone(),
        site,
        weeks,
        read: inputs.sources.keys().chain(inputs.unread.keys()).cloned().collect(),
    }))
}

/// Returns the places of the pages whose history was not asked for yet: the folder of the pages; where that is the whole
/// book, which may be a whole repository, the folders that hold pages, and the files beside them.
fn unasked_history(site: &Site, src: &BookPath, inputs: &Inputs) -> BTreeSet<BookPath> {
    if !matches!(inputs.repository.answers, Answers::Unasked) {
        return BTreeSet::new();
    }
    if *src != BookPath::root() {
        return BTreeSet::from([src.clone()]);
    }
    let place = |path: &BookPath| if path.parent() == *src { path.clone() } else { path.parent() };
    site.entries.iter().map(|entry| place(&entry.page().path)).collect()
}

fn count(site: &Site) -> Counts {
    let of_kind = |kind| site.entries.iter().filter(|entry| entry.parsed.kind == kind).count();
    Counts {
        pages: site.entries.len(),
        decisions: of_kind(Kind::Decision),
        guidelines: of_kind(Kind::Guideline),
        files: site.files.len(),
        ..Counts::default()
    }
}

/// Says whether drafts are built.
fn builds_drafts(config: &Config, overrides: &Overrides) -> bool {
    overrides.drafts || config.build.drafts == Drafts::Build
}

#[cfg(test)]
mod tests;
