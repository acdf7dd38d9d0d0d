//! What a page tells of commits: the history of a record, and who changed a page last.

use serde::Serialize;

use super::Settings;
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
        url: settings.site.repository.as_deref().and_then(|repository| commit_url(repository, hash)),
    }
}

/// Returns the address of a commit, where the host is one whose addresses are known.
fn commit_url(repository: &str, hash: &str) -> Option<String> {
    let (scheme, rest) = repository.split_once("://").filter(|(scheme, _)| matches!(*scheme, "https" | "http"))?;
    let host = rest.split('/').next()?.to_ascii_lowercase();
    let way = [
        ("github", "commit"),
        ("gitlab", "-/commit"),
        ("bitbucket", "commits"),
        ("codeberg", "commit"),
        ("gitea", "commit"),
        ("forgejo", "commit"),
    ];
    let way = way.iter().find_map(|(name, way)| host.contains(name).then_some(way))?;
    let of_project = ["/-/", "/tree/", "/src/", "/blob/"].iter().filter_map(|part| rest.find(part)).min();
    let project = rest[..of_project.unwrap_or(rest.len())].trim_end_matches('/').trim_end_matches(".git");
    Some(format!("{scheme}://{project}/{way}/{hash}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_found_where_the_host_has_it() {
        let url = |repository: &str| commit_url(repository, "abc").unwrap_or_default();
        assert_eq!(url("https://github.com/o/r"), "https://github.com/o/r/commit/abc");
        assert_eq!(url("https://github.com/o/r.git/"), "https://github.com/o/r/commit/abc");
        assert_eq!(url("https://github.com/o/r/tree/main/docs"), "https://github.com/o/r/commit/abc");
        assert_eq!(url("https://gitlab.example.org/a/b/c"), "https://gitlab.example.org/a/b/c/-/commit/abc");
        assert_eq!(url("https://bitbucket.org/o/r"), "https://bitbucket.org/o/r/commits/abc");
        assert_eq!(url("https://example.org/o/r") + &url("javascript:github"), "");
    }
}
