//! What front matter, settings and the names of folders say of a page, before its text and its neighbours are looked at.

use std::collections::BTreeSet;

use super::project::Project;
use crate::decision::{self, Candidate, Claim, Partly};
use crate::diagnostic::{Code, Diagnostic};
use crate::file::Source;
use crate::page::Outline;
use crate::path::BookPath;
use crate::site::Kind;

/// What front matter, settings and the names of folders say of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claimed {
    /// It is of this kind.
    Kind(Kind),
    /// It lies among guidelines, unless its text is that of a decision.
    Guideline,
    /// A folder of decisions is so far above it, or nothing is known.
    Open(Claim),
}

impl Claimed {
    pub(super) fn claim(self) -> Claim {
        match self {
            Self::Kind(Kind::Decision) => Claim::Decision,
            Self::Kind(_) | Self::Guideline => Claim::Other,
            Self::Open(claim) => claim,
        }
    }
}

/// The front matter decides, then the settings, then the folder; what is left open its text and its neighbours tell.
pub(super) fn claim(page: &Outline, project: &Project<'_>) -> Claimed {
    match page.front_matter.kind.as_deref().map(str::to_lowercase).as_deref() {
        Some("decision" | "adr") => return Claimed::Kind(Kind::Decision),
        Some("guideline") => return Claimed::Kind(Kind::Guideline),
        Some("page") => return Claimed::Kind(Kind::Page),
        _ => {}
    }
    let decisions = &project.config.decisions;
    if decisions.excludes(&page.path) {
        return Claimed::Kind(Kind::Page);
    }
    let has_metadata = metadata_of(&page.path, project).is_some();
    let is_template = decision::is_companion(&page.path) || decision::is_fixture(&page.path);
    let index = page.path.stem().eq_ignore_ascii_case("readme");
    if has_metadata && (index || !is_template) && !decision::is_template_folder(&page.path)
        || decisions.dialect_of(&page.path).is_some()
    {
        return Claimed::Kind(Kind::Decision);
    }
    let collection = decision::collection_of(&page.path);
    let below = collection.below(&project.src).unwrap_or("");
    // What tests read is nobody's decision, unless a setting names the very folder.
    let is_named = |wanted: &String| wanted.trim_matches('/').contains('/') && depth_below(below, wanted).is_some();
    if decision::is_fixture(&page.path) && !decisions.folders.iter().any(is_named) {
        return Claimed::Kind(Kind::Page);
    }
    let by_tool = project.tool_folders.iter().filter_map(|folder| collection.below(folder)).map(depth_of).min();
    let by_name = decisions.folders.iter().filter_map(|wanted| depth_below(below, wanted)).min();
    if let Some(depth) = by_tool.into_iter().chain(by_name).min() {
        return Claimed::Open(Claim::Below(depth));
    }
    if project.config.guideline_folders.iter().any(|wanted| depth_below(below, wanted).is_some()) {
        return Claimed::Guideline;
    }
    let own = format!("{}/{below}", project.own_folder());
    let by_own = decisions.folders.iter().filter_map(|wanted| depth_below(own.trim_matches('/'), wanted)).min();
    Claimed::Open(by_own.map_or(Claim::Nothing, Claim::BelowBook))
}

/// Names the folders of the settings in which no page lies.
pub(super) fn unmatched_folders(project: &Project<'_>, pages: &[Candidate<'_>]) -> Vec<Diagnostic> {
    let decisions = &project.config.decisions;
    let below: Vec<String> = pages
        .iter()
        .map(|page| page.path.parent())
        .collect::<BTreeSet<_>>()
        .iter()
        .map(|folder| folder.below(&project.src).unwrap_or("").to_owned())
        .collect();
    let is_unmatched = |wanted: &&String| !below.iter().any(|folder| depth_below(folder, wanted).is_some());
    let unmatched = decisions.folders.iter().filter(|_| decisions.folders_are_set).filter(is_unmatched);
    let settings = BookPath::new("book.toml").expect("a plain name");
    let report = |wanted: &String| {
        let message = format!("`{wanted}` in `folders` of `[decisions]` matches no folder of pages");
        Diagnostic::new(Code::UnmatchedFolder, &settings, message)
            .help("name a folder, or its path below the folder of the pages; `.` is that folder itself")
    };
    unmatched.map(report).collect()
}

/// Tells that a folder looks like a collection, and how to take it in.
pub(super) fn partly_read(partly: &Partly) -> Diagnostic {
    let Partly { folder, first, read, files } = partly;
    let name = if *folder == BookPath::root() { ".".to_owned() } else { folder.to_string() };
    let message = format!("{read} of the {files} files of `{name}` that look like decisions are read as such");
    Diagnostic::new(Code::PartlyReadCollection, first, message)
        .help(format!("add `{name}` to `folders` of `[decisions]`, or name it in `exclude`"))
}

fn depth_of(below: &str) -> usize {
    below.split('/').filter(|name| !name.is_empty()).count()
}

/// Returns how deep a folder lies below the last one of a name (`adr`) or below a path (`teams/pay/adr`).
fn depth_below(folder: &str, wanted: &str) -> Option<usize> {
    let wanted = wanted.trim_matches('/').trim_start_matches("./");
    if matches!(wanted, "." | "") {
        return Some(depth_of(folder));
    }
    if wanted.contains('/') {
        let rest = folder.strip_prefix(wanted)?;
        return (rest.is_empty() || rest.starts_with('/')).then(|| depth_of(rest));
    }
    folder.rsplit('/').position(|name| name.eq_ignore_ascii_case(wanted))
}

/// The file of metadata that the pages of Kubernetes enhancements have beside them.
pub(super) fn metadata_path(path: &BookPath) -> Option<BookPath> {
    path.stem().eq_ignore_ascii_case("readme").then(|| path.parent().join("kep.yaml").ok())?
}

pub(super) fn metadata_of<'p>(path: &BookPath, project: &'p Project<'_>) -> Option<&'p Source> {
    project.inputs.sources.get(&metadata_path(path)?)
}
