//! Who gets which name of the site. The site's own scripts, lists and search come first, then pages, then what is made of
//! them, then files beside the pages and addresses that lead elsewhere. Who loses says so.
//!
//! A name is also lost where it cannot be written: it is too long, or a file of it lies where another needs a folder.

use std::collections::{BTreeMap, BTreeSet};

use super::SEARCH;
use crate::diagnostic::{Code, Diagnostic};
use crate::file::Artifact;
use crate::path::{BookPath, SitePath};

/// Names that belong to the site, whether this build makes a file of the name or not.
const RESERVED: [&str; 12] = [
    ".precedent-lock",
    ".precedent-manifest.json",
    ".precedent-partial",
    "changes.js",
    "decision-log.js",
    "decisions.ics",
    "navigation.js",
    "reading-paths.js",
    "search.d.mts",
    "search.mjs",
    "site.json",
    "sitemap.xml",
];

/// Words for readers and robots that a book may bring itself, beside its first page: its own file is published in the place
/// of the one that is made.
pub(super) const OWN_WORDS: [&str; 2] = ["llms.txt", "robots.txt"];

/// The longest name that common file systems take, and the longest path that is written, in bytes.
const LONGEST_NAME: usize = 255;
const LONGEST_PATH: usize = 1024;

/// Where a file of the site comes from, for whom it matters that it is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim<'a> {
    /// Precedent makes it, or a page of the book is it.
    Site,
    /// It lies beside the pages.
    Beside(&'a BookPath),
    /// An address that leads elsewhere, as this file of the book says.
    Address(&'a BookPath),
}

/// The files of the site, by their names.
#[derive(Debug, Default)]
pub(super) struct Names {
    files: BTreeMap<SitePath, Artifact>,
    /// The names in small letters, since some file systems ignore case: those of the site, all, and those of folders.
    of_site: BTreeSet<String>,
    taken: BTreeSet<String>,
    folders: BTreeSet<String>,
    diagnostics: Vec<Diagnostic>,
}

impl Names {
    /// Adds a file, unless its name is taken or cannot be written. The first that asks for a name gets it.
    pub(super) fn add(&mut self, artifact: Artifact, claim: Claim<'_>) {
        match self.refuse(&artifact.path, claim) {
            None => {
                let name = artifact.path.as_str().to_lowercase();
                self.folders.extend(above(&name).map(str::to_owned));
                if claim == Claim::Site {
                    self.of_site.insert(name.clone());
                }
                self.taken.insert(name);
                self.files.insert(artifact.path.clone(), artifact);
            }
            Some(None) => {}
            Some(Some(diagnostic)) => self.diagnostics.push(diagnostic),
        }
    }

    /// Returns the files that have their names so far.
    pub(super) fn files(&self) -> &BTreeMap<SitePath, Artifact> {
        &self.files
    }

    /// Leaves out a file that has its name, which nobody else gets.
    pub(super) fn leave_out(&mut self, path: &SitePath) {
        self.files.remove(path);
    }

    pub(super) fn finish(self) -> (BTreeMap<SitePath, Artifact>, Vec<Diagnostic>) {
        (self.files, self.diagnostics)
    }

    /// Says whether a file cannot have its name, and whether that is a finding.
    fn refuse(&self, path: &SitePath, claim: Claim<'_>) -> Option<Option<Diagnostic>> {
        let lower = path.as_str().to_lowercase();
        let (file, what) = match claim {
            Claim::Site => (None, "this file"),
            Claim::Beside(file) => (Some(file), "this file"),
            Claim::Address(file) => (Some(file), "this address"),
        };
        let finding = |code: Code, message: String, help: &str| {
            Some(Some(Diagnostic::new(code, file.unwrap_or(&BookPath::root()), message).help(help)))
        };
        if path.as_str().len() > LONGEST_PATH || path.as_str().split('/').any(|name| name.len() > LONGEST_NAME) {
            let message = format!("the name `{}` is longer than file systems take, so {what} is left out", short(path));
            return finding(Code::InvalidName, message, "give it a shorter name");
        }
        if file.is_some() && is_reserved(&lower) {
            let message = format!("`{path}` is a name of the site's own, so {what} is not published");
            return finding(Code::ReservedName, message, "give it another name");
        }
        if self.files.contains_key(path) || file.is_some() && self.of_site.contains(&lower) {
            // A page of the book takes the place of one that would be made, and a file that of a word for robots.
            let message = format!("`{path}` is the name of another file of the site, so {what} is not published");
            return if file.is_some() {
                finding(Code::ReservedName, message, "give it another name")
            } else {
                Some(None)
            };
        }
        let blocks = self.folders.contains(&lower) || above(&lower).any(|folder| self.taken.contains(folder));
        if blocks {
            let message = format!("`{path}` is a file and a folder of the site at once, so {what} is not published");
            return finding(Code::ReservedName, message, "give the file or the folder another name");
        }
        None
    }
}

/// Says whether a name, in small letters, belongs to the site.
fn is_reserved(lower: &str) -> bool {
    let begins = |name: &str| lower.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    RESERVED.iter().any(|name| begins(name)) || lower.starts_with(SEARCH) && lower.ends_with(".js")
}

/// Says whether a book's own file of this name is published in the place of the one that is made.
pub(super) fn is_own_word(path: &SitePath) -> bool {
    OWN_WORDS.contains(&path.as_str())
}

/// Returns the folders above a file, the nearest last.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(slash, _)| &path[..slash])
}

fn short(path: &SitePath) -> String {
    path.as_str().chars().take(40).chain(['…']).collect()
}
