//! The reading paths of the settings, with the pages that they name.

use std::collections::{BTreeMap, BTreeSet};

use super::project::Project;
use crate::config::NamedPage;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::path::BookPath;
use crate::render::ReadingPath;
use crate::site::Site;

/// Finds the pages of each path. A path without one is left out; a name that leads to none is a finding.
pub(super) fn resolve(project: &Project<'_>, site: &Site) -> (Vec<ReadingPath>, Vec<Diagnostic>) {
    let settings = &project.config.reading_paths;
    if settings.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let pages: BTreeMap<&BookPath, usize> =
        site.entries.iter().enumerate().map(|(at, entry)| (&entry.page().path, at)).collect();
    let mut diagnostics = Vec::new();
    let mut paths = Vec::new();
    for path in settings {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for named in &path.pages {
            let places = [project.src.join(&named.name).ok(), BookPath::new(&named.name).ok()];
            let places: Vec<BookPath> = places.into_iter().flatten().collect();
            match places.iter().find_map(|place| pages.get(place)) {
                Some(at) => found.extend(seen.insert(*at).then_some(*at)),
                None => diagnostics.push(missing(project, &pages, &path.title, named, &places)),
            }
        }
        if !found.is_empty() {
            paths.push((path.title.clone(), path.description.clone().unwrap_or_default(), found));
        }
    }
    (ReadingPath::all(paths), diagnostics)
}

fn missing(
    project: &Project<'_>,
    pages: &BTreeMap<&BookPath, usize>,
    title: &str,
    named: &NamedPage,
    places: &[BookPath],
) -> Diagnostic {
    let is_there = places.iter().any(|place| project.inputs.listing.contains(place));
    let what = if is_there { "is no page of the site" } else { "does not exist" };
    let message = format!("`{}`, which the reading path `{title}` names, {what}", named.name);
    let book = BookPath::new("book.toml").expect("a plain name");
    let diagnostic = Diagnostic::new(Code::MissingFile, &book, message);
    let diagnostic = match named.span {
        Some(span) => diagnostic.at(span),
        None => diagnostic,
    };
    // As it would be written: from the folder of the pages. A page of that name in another folder is what moved.
    let known: Vec<&str> = pages.keys().map(|path| path.below(&project.src).unwrap_or(path.as_str())).collect();
    let file = named.name.rsplit('/').next().unwrap_or_default();
    let moved = || known.iter().copied().find(|path| path.rsplit('/').next() == Some(file));
    match moved().filter(|_| !is_there).or_else(|| nearest(&named.name, known.iter().copied()).filter(|_| !is_there)) {
        Some(page) => diagnostic.help(format!("did you mean `{page}`?")),
        None if is_there => diagnostic.help("take its name out, or publish the page: a draft is built with `--drafts`"),
        None => diagnostic.help("name a page by its file, from the folder of the pages: `guides/start.md`"),
    }
}
