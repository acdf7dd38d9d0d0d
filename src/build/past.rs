//! Earlier states of the book: its files as they are come in, with what git tells of a stretch of its history; out comes what
//! differs between the two ends, as the settings of today read them.
//!
//! A state is the files as they are with some others in their place ([`Patch`]), so a page that is the same in both is read
//! once, and of the others git is asked for what they held.

mod brought;
mod state;
mod weeks;

use std::collections::{BTreeMap, BTreeSet};

use super::memo::Memo;
use super::{Inputs, Survey, Wants, survey};
use crate::changes::{Between, Changes, between};
use crate::config::Config;
use crate::file::Source;
use crate::fingerprint::Fingerprint;
use crate::path::BookPath;
use crate::revision::Commit;
use crate::site::Site;
use crate::time::Moment;

pub use brought::brought;
pub(super) use weeks::weeks;
pub use weeks::{Remembered, Week};

/// What the files of the book were in a state, where they were not as they are: the hash of what each held, nothing where it
/// was not there.
pub type Patch = BTreeMap<BookPath, Option<String>>;

/// The commits at both ends of a stretch; before the first, and the files as they are, is nothing.
pub type Ends = (Option<String>, Option<String>);

/// A stretch of the book's history, as git tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Stretch {
    /// The state at its beginning.
    pub before: Patch,
    /// The state at its end.
    pub after: Patch,
    /// The files that differ.
    pub touched: BTreeSet<BookPath>,
    /// The names that files had at the beginning, by those that they have at the end.
    pub renames: BTreeMap<BookPath, BookPath>,
    /// The commits that touched each file, newest first, with the hash of what it held then.
    pub commits: BTreeMap<BookPath, Vec<(Commit, Option<String>)>>,
    /// When what changed a file came to the branch.
    pub arrivals: BTreeMap<BookPath, Moment>,
    /// The files that are not as they were committed, where the end is the files as they are.
    pub uncommitted: BTreeSet<BookPath>,
    /// The parents of each commit, where the history is not a line.
    pub parents: BTreeMap<String, Vec<String>>,
}

/// What a file held, by which git knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    content: std::sync::Arc<[u8]>,
    fingerprint: Fingerprint,
}

impl Held {
    /// Takes the bytes.
    pub fn new(content: Vec<u8>) -> Self {
        Self { fingerprint: Fingerprint::of_bytes(&content), content: content.into() }
    }
}

/// What differs between the ends of a stretch, and the state at its end.
#[derive(Debug)]
pub struct Difference {
    /// What differs.
    pub changes: Changes,
    /// The book at the end.
    pub after: Survey,
}

/// Says what differs between the ends of a stretch.
///
/// # Errors
/// With what must be read first.
pub fn difference(inputs: &Inputs, memo: &mut Memo, stretch: &Stretch) -> Result<Difference, Wants> {
    // The nearer state first: the memo then goes from page to page of the other.
    let after = at(inputs, memo, &stretch.after)?;
    let before = at(inputs, memo, &stretch.before)?;
    let changes = compared(inputs, stretch, (&before.site, &after.site))?;
    Ok(Difference { changes, after })
}

/// Reads the book as it was in a state.
fn at(inputs: &Inputs, memo: &mut Memo, patch: &Patch) -> Result<Survey, Wants> {
    if patch.is_empty() {
        return survey(inputs, memo);
    }
    survey(&patched(inputs, patch), memo).map_err(|wants| held(wants, patch))
}

/// Takes what a state needs of files that are others there for the hashes of what they held.
fn held(wants: Wants, patch: &Patch) -> Wants {
    let mut contents = wants.contents;
    let files = wants.files.into_iter().filter(|path| match patch.get(path) {
        Some(Some(hash)) => {
            contents.insert(hash.clone());
            false
        }
        _ => true,
    });
    Wants { files: files.collect(), contents, ..wants }
}

fn patched(inputs: &Inputs, patch: &Patch) -> Inputs {
    let mut state = inputs.clone();
    let outside = Outside::of(inputs, patch);
    for (path, hash) in patch.iter().filter(|(path, _)| !outside.holds(path)) {
        state.sources.remove(path);
        state.unread.remove(path);
        let Some(hash) = hash else {
            state.listing.remove(path);
            continue;
        };
        state.listing.insert(path.clone());
        if let Some(Held { content, fingerprint }) = inputs.contents.get(hash) {
            let (content, fingerprint) = (content.clone(), *fingerprint);
            state.sources.insert(path.clone(), Source { path: path.clone(), content, fingerprint });
        }
    }
    state
}

/// What can be no part of the book in any state, as a walk sees it: hidden files, sites that were built, the settings, which
/// are those of today whatever they were.
struct Outside {
    sites: BTreeSet<BookPath>,
}

impl Outside {
    fn of(inputs: &Inputs, patch: &Patch) -> Self {
        let settings = BookPath::new(SETTINGS).expect("a plain name");
        let file = inputs.sources.get(&settings).cloned().unwrap_or_else(|| Source::new(settings, *b""));
        let (config, _) = Config::read_with(&file, &inputs.given.settings);
        // A site that somebody committed has its manifest with it.
        let committed = patch.keys().filter(|path| path.name() == MANIFEST).map(BookPath::parent);
        let sites = inputs.sites.iter().cloned().chain(committed).chain([config.build.folder]);
        Self { sites: sites.filter(|folder| *folder != BookPath::root()).collect() }
    }

    fn holds(&self, path: &BookPath) -> bool {
        let is_hidden = path.names().any(|name| name.starts_with('.'));
        is_hidden || path.as_str() == SETTINGS || self.sites.iter().any(|site| path.is_within(site))
    }
}

/// The settings of the book, and the file that a built site has.
const SETTINGS: &str = "book.toml";
const MANIFEST: &str = ".precedent-manifest.json";

fn compared(inputs: &Inputs, stretch: &Stretch, (before, after): (&Site, &Site)) -> Result<Changes, Wants> {
    let versions = state::versions(stretch, before, after);
    let missing = versions.values().flat_map(|commits| commits.iter()).filter_map(|(_, hash)| hash.clone());
    let missing: BTreeSet<String> = missing.filter(|hash| !inputs.contents.contains_key(hash)).collect();
    if !missing.is_empty() {
        return Err(Wants { contents: missing, ..Wants::default() });
    }
    let said = state::said(inputs, stretch, &versions, after)?;
    let of_file = |(path, commits): (&BookPath, &Vec<(Commit, Option<String>)>)| {
        (path.clone(), commits.iter().map(|(commit, _)| commit.clone()).collect())
    };
    Ok(between(&Between {
        before,
        after,
        touched: &stretch.touched,
        renames: &stretch.renames,
        commits: &stretch.commits.iter().map(of_file).collect(),
        said: &said,
        arrivals: &stretch.arrivals,
        uncommitted: &stretch.uncommitted,
    }))
}
