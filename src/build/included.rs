//! What the pages of a book include together: a few bytes on each page can stand for megabytes.

use std::sync::atomic::{AtomicUsize, Ordering};

/// How much the pages of a book may include together, in bytes.
pub(super) const MOST: usize = 64 << 20;

/// How many bytes the pages have included so far.
#[derive(Debug, Default)]
pub(super) struct Included(AtomicUsize);

impl Included {
    /// Counts more, and says whether the book still may.
    pub(super) fn allows(&self, more: usize) -> bool {
        more == 0 || self.0.fetch_add(more, Ordering::Relaxed) + more <= MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_may_include_so_much_and_no_more() {
        let included = Included::default();
        assert!(included.allows(MOST / 2) && included.allows(MOST / 2));
        assert!(!included.allows(1), "this is too much");
        assert!(included.allows(0), "a page that includes nothing is shown all the same");
    }
}
