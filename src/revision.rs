//! One commit that touched a file, as a page tells of it; and as what it changed is told.

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::time::Moment;

/// A commit: who changed a file, when, and what they said about it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Revision {
    /// The commit's full hash.
    pub hash: String,
    /// The author's name, as the commit states it.
    pub author: String,
    /// The author's day, in the time zone in which they wrote.
    pub date: Date,
    /// The first line of the message.
    pub subject: String,
}

/// A commit as one of a change: who made it, and when to the second.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Commit {
    /// Its full hash.
    pub hash: String,
    /// The author's name, as the commit states it.
    pub author: String,
    /// When it was written.
    pub at: Moment,
    /// The first line of the message.
    pub subject: String,
}
