//! One commit that touched a file, as a page tells of it.

use serde::Serialize;

use crate::date::Date;

/// A commit: who changed a file, when, and what they said about it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
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
