//! The ends of a difference: what somebody asks for, and the commits that it came to.

use crate::build::Difference;
use crate::history::Point;
use crate::time::Moment;

/// Where a difference begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The state of the branch at a moment.
    At(Moment),
    /// A revision of git.
    Revision(String),
    /// Where the branch and this revision part.
    MergeBase(String),
    /// The files as they are.
    WorkTree,
}

/// What differs, and between which commits.
#[derive(Debug)]
pub struct Told {
    /// What differs.
    pub difference: Difference,
    /// The ends.
    pub ends: Ends,
}

/// The ends of a stretch of history, as git knows them.
#[derive(Debug, Clone)]
pub struct Ends {
    /// The commit at the beginning; nothing where that is before the first.
    pub since: Option<Point>,
    /// The commit at the end; nothing where that is the files as they are.
    pub until: Option<Point>,
    /// Set where the clone lacks contents of old files: one that was renamed and changed at once counts as two.
    pub lacks_contents: bool,
}
