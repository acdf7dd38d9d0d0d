//! Files that would be pages to other programs, and that nobody here reads.

use std::collections::BTreeMap;

use super::project::Project;
use crate::decision::is_fixture;
use crate::diagnostic::{Code, Diagnostic};
use crate::path::BookPath;

/// The kinds, by the ends of their names.
const KINDS: [&str; 6] = ["mdx", "rst", "adoc", "asciidoc", "org", "textile"];

/// Says once a book how many files are no pages because of their kind.
pub(super) fn unread(project: &Project<'_>) -> Option<Diagnostic> {
    let readme = project.src.join("README.md").expect("a plain name");
    let has_readme = project.inputs.listing.contains(&readme);
    let is_twin = |path: &BookPath| has_readme && path.parent() == project.src && path.stem() == "README";
    let files = project.publishable.iter().filter(|path| {
        let is_kind = KINDS.contains(&path.extension().as_str());
        is_kind && path.is_within(&project.src) && !is_fixture(path) && !is_twin(path)
    });
    let files: Vec<&BookPath> = files.collect();
    let first = *files.first()?;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for file in &files {
        *counts.entry(file.extension()).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), kind.clone()));
    let message = match (files.len(), counts.as_slice()) {
        (1, [(kind, _)]) => format!("a file of a kind that is not read, `.{kind}`"),
        (all, [(kind, _)]) => format!("{all} files of a kind that is not read, `.{kind}`; this is the first"),
        (all, counts) => {
            let each: Vec<String> = counts.iter().map(|(kind, count)| format!("{count} `.{kind}`")).collect();
            format!("{all} files of kinds that are not read: {}; this is the first", each.join(", "))
        }
    };
    let help =
        "only `.md` and `.markdown` are pages: convert them, as `pandoc` does, or leave them to their own program";
    Some(Diagnostic::new(Code::UnreadFile, first, message).help(help))
}
