//! Files that a program is in the middle of writing: emptied first, or removed and made anew.
//!
//! Who follows a book shows what was there for a moment longer, instead of a page that is empty for a blink or a book
//! without its settings.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use super::stamp::Stamp;
use crate::path::BookPath;

/// How long a page that became empty is shown as it was.
const PAGE: Duration = Duration::from_millis(400);

/// How long settings that became empty, or are gone, hold.
const SETTINGS: Duration = Duration::from_secs(2);

/// Since when files have been empty or gone that were not before.
#[derive(Debug, Default)]
pub(super) struct Patience(BTreeMap<BookPath, SystemTime>);

impl Patience {
    /// Says whether the file that was there is to be taken for the one that is; `now` is the time.
    pub(super) fn holds(&mut self, path: &BookPath, before: u64, after: Option<Stamp>, now: SystemTime) -> bool {
        let is_settings = path.as_str() == "book.toml";
        let is_torn = before > 0 && after.map_or(is_settings, |stamp| stamp.length == 0);
        if !is_torn {
            self.0.remove(path);
            return false;
        }
        let since = *self.0.entry(path.clone()).or_insert(now);
        let limit = if is_settings { SETTINGS } else { PAGE };
        now.duration_since(since).is_ok_and(|passed| passed < limit)
    }

    /// Returns after which time to look again; nothing where no file is waited for.
    pub(super) fn rest(&self, now: SystemTime) -> Option<Duration> {
        let left = |(path, since): (&BookPath, &SystemTime)| {
            let limit = if path.as_str() == "book.toml" { SETTINGS } else { PAGE };
            let passed = now.duration_since(*since).unwrap_or_default();
            limit.checked_sub(passed).map(|left| left + Duration::from_millis(10))
        };
        self.0.iter().filter_map(left).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_empty_is_waited_for_and_then_believed() {
        let path = |name: &str| BookPath::new(name).unwrap();
        let begin = SystemTime::UNIX_EPOCH;
        let empty = Some(Stamp { length: 0, modified: begin, changed: begin, inode: 1 });
        let full = Some(Stamp { length: 9, modified: begin, changed: begin, inode: 1 });
        let after = |milliseconds| begin + Duration::from_millis(milliseconds);
        let mut patience = Patience::default();
        let mut holds = |name: &str, stamp, at| patience.holds(&path(name), 9, stamp, after(at));
        assert!(holds("a.md", empty, 0) && holds("a.md", empty, 399) && !holds("a.md", empty, 400));
        assert!(!holds("b.md", None, 0) && !holds("b.md", full, 0));
        assert!(holds("book.toml", None, 0) && holds("book.toml", empty, 1999) && !holds("book.toml", empty, 2000));
        assert!(!holds("a.md", full, 500) && holds("a.md", empty, 600), "each time anew");
        assert!(patience.rest(after(600)).is_some_and(|rest| rest > Duration::from_millis(399)));
    }
}
