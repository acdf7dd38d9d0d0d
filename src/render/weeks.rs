//! The last weeks of the book, as pages show them: all on one page, and of a record its own.

use std::collections::BTreeMap;

use crate::changes::{Change, WeekOfChanges};
use crate::path::{BookPath, SitePath};
use crate::time::Zone;

/// The last weeks in which the book changed, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Weeks {
    /// The weeks.
    pub weeks: Vec<WeekOfChanges>,
    /// The zone of their days.
    pub zone: Zone,
    /// The page that shows them.
    pub page: SitePath,
    /// The feeds that tell of them: the title of each and where it is, the most general first.
    pub feeds: Vec<(String, SitePath)>,
    of_page: BTreeMap<BookPath, Vec<(usize, usize)>>,
}

impl Weeks {
    /// Orders what changed by its pages.
    pub fn new(weeks: Vec<WeekOfChanges>, zone: Zone, page: SitePath, feeds: Vec<(String, SitePath)>) -> Self {
        let mut of_page: BTreeMap<BookPath, Vec<(usize, usize)>> = BTreeMap::new();
        for (week, WeekOfChanges { changes, .. }) in weeks.iter().enumerate() {
            for (at, change) in changes.pages.iter().enumerate() {
                of_page.entry(change.page.path.clone()).or_default().push((week, at));
            }
        }
        Self { weeks, zone, page, feeds, of_page }
    }

    /// Says whether there is something to show.
    pub fn is_empty(&self) -> bool {
        self.weeks.is_empty()
    }

    /// Returns what became of a page, the newest first.
    pub(super) fn of(&self, path: &BookPath) -> impl Iterator<Item = &Change> {
        let places = self.of_page.get(path).into_iter().flatten();
        places.map(|(week, at)| &self.weeks[*week].changes.pages[*at])
    }
}
