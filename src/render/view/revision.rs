//! What a page tells of commits: the history of a record, and who changed a page last.

use serde::Serialize;

use super::Settings;
use crate::render::repository;
use crate::revision::Revision;

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct RevisionView {
    date: String,
    author: String,
    subject: String,
    short: String,
    url: Option<String>,
}

/// Returns a commit, with its address where the host is known.
pub(super) fn commit(settings: &Settings, revision: &Revision) -> RevisionView {
    let Revision { hash, author, date, subject } = revision;
    RevisionView {
        date: date.to_string(),
        author: author.clone(),
        subject: subject.clone(),
        short: hash.chars().take(7).collect(),
        url: settings.site.repository.as_deref().and_then(|repository| repository::commit(repository, hash)),
    }
}
