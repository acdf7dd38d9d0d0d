//! The search of a site without a server: what an index holds, in files that a browser asks for as it needs them.
//!
//! In: an [`Index`] and the contents that it was made of. Out: files below `search/`. Every file but the root is named
//! by its content and never changes; the root names them all. What reads them ranks as [`rank`](super::rank) does, and
//! `themes/default/assets/engine` is that reader.
//!
//! | File | Holds |
//! |---|---|
//! | `root.js` | what is where; see [`root`] |
//! | `t/` | words: groups of inflections with their impacts; see [`terms`] |
//! | `p/` | the positions of those groups, for phrases |
//! | `d/` | texts: titles, headings, the beginning of each section; see [`texts`] |
//! | `v/` | words by their ends and length, for typos; see [`vocabulary`] |
//! | `f/` | values to filter by, a piece a field, and where the words for typos are; see [`facets`] |
//!
//! A file is a [`pack`] of small pieces, of which a search loads those that it needs. How it can be read from `https:` and
//! from `file:` alike is in [`envelope`].

mod envelope;
mod facets;
mod layout;
mod pack;
mod root;
mod streams;
mod terms;
mod texts;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;

use serde::Serialize;

use super::contents::{Contents, Page};
use super::index::{Error, Index};
use super::rank::Postings as _;
use crate::data::to_json;
use crate::file::Artifact;
use envelope::Files;
use root::Root;
pub use streams::Streams;

/// The folders whose files are named by what they hold, below that of the search.
pub const FOLDERS: [&str; 5] = ["d", "f", "p", "t", "v"];

/// Raised whenever the files change their meaning.
pub(super) const FORMAT: u32 = 5;

/// Returns the files of the static search, and the streams in them for the next time. The index must hold exactly these
/// contents.
///
/// # Errors
/// When the index cannot be read.
pub fn export(
    index: &Index,
    contents: &Contents<'_>,
    (title, language): (&str, &str),
    known: &Streams,
) -> Result<(Vec<Artifact>, Streams), Error> {
    let snapshot = index.snapshot();
    let pages = &contents.pages;
    let groups = terms::groups(&snapshot, pages).map_err(|error| Error::Read(error.to_string()))?;
    let mut files = Files::new(known);
    let terms = terms::write(&groups, pages.len(), snapshot.groups(), &mut files);
    let typos = vocabulary::write(&groups, &mut files);
    let root = Root {
        format: FORMAT,
        title,
        language,
        successors: successors(pages),
        pages: pages.len(),
        weights: facets::weights(pages),
        endings: snapshot.groups().endings(),
        stop_words: snapshot.groups().stop_words().collect::<Vec<_>>().join(" "),
        joins: snapshot.groups().joins_words(),
        synonyms: snapshot.synonyms(),
        texts: texts::write(pages, &mut files),
        facets: facets::write(pages, &typos, &mut files),
        terms,
    };
    Ok(files.finish(to_json(&root).as_bytes()))
}

/// Returns the pages that took the place of others, by these.
fn successors(pages: &[Page<'_>]) -> BTreeMap<usize, Vec<usize>> {
    let place = |path: &String| pages.binary_search_by(|page| page.whole.path.cmp(path)).ok();
    let of_page =
        |(at, page): (usize, &Page<'_>)| (at, page.whole.successors.iter().filter_map(place).collect::<Vec<_>>());
    pages.iter().enumerate().map(of_page).filter(|(_, found)| !found.is_empty()).collect()
}

/// Numbers in ascending order, each as how many lie between it and the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Gaps(Vec<u32>);

impl Gaps {
    fn of(numbers: &BTreeSet<u32>) -> Self {
        let mut next = 0;
        Self(numbers.iter().map(|number| number - std::mem::replace(&mut next, number + 1)).collect())
    }
}

/// Does the same with each item, on every core; the results are in the order of the items.
fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    in_parallel_with(items, || (), |(), item| work(item))
}

/// Does the same with each item, on every core, each with a tool of its own; the results are in the order of the items.
fn in_parallel_with<Tool, T: Sync, R: Send>(
    items: &[T],
    tool: impl Fn() -> Tool + Sync,
    work: impl Fn(&mut Tool, &T) -> R + Sync,
) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let chunk = items.len().div_ceil(threads * 8).max(1);
    let threads = threads.min(items.len().div_ceil(chunk));
    let next = std::sync::atomic::AtomicUsize::new(0);
    let worker = || {
        let (mut tool, mut done) = (tool(), Vec::new());
        loop {
            let begin = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed) * chunk;
            if begin >= items.len() {
                return done;
            }
            let end = (begin + chunk).min(items.len());
            done.push((begin, items[begin..end].iter().map(|item| work(&mut tool, item)).collect::<Vec<R>>()));
        }
    };
    let mut parts: Vec<(usize, Vec<R>)> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        handles.into_iter().flat_map(|handle| handle.join().expect("a worker's panic is our own mistake")).collect()
    });
    parts.sort_unstable_by_key(|(begin, _)| *begin);
    parts.into_iter().flat_map(|(_, part)| part).collect()
}

#[cfg(test)]
mod tests;
