//! The difference between two states of a book, told in a team's own words: what was decided, what changed, what waits.
//!
//! In: two sites that were read with the same settings, and the commits between them. Out: [`Changes`], in the order in which
//! a reader needs them: first what needs an answer, then what is in force now, then the rest. Pages, feeds, messages and
//! comments of reviews show it; none of them adds to it.

mod change;
mod compare;
mod metadata;
mod select;
mod text;
mod waiting;
mod when;
mod words;

pub use change::{Change, Changes, Deadline, Edit, Fact, Named, WeekOfChanges, Weight};
pub use compare::{Between, between};
pub use select::Selection;
pub use waiting::{Asks, Waiting, waiting};
pub use when::{Side, When};
pub use words::{more, small};

use crate::path::SitePath;
use crate::site::Site;

/// Returns where the site tells what changed: a page of the book that has the name keeps it.
pub fn address(site: &Site) -> SitePath {
    let is_taken = |name: &SitePath| site.entries.iter().any(|entry| entry.url == *name);
    let [first, second] = ["changes.html", "book-changes.html"].map(|name| SitePath::new(name).expect("a plain name"));
    if is_taken(&first) { second } else { first }
}

#[cfg(test)]
mod tests;
