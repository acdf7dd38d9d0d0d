//! Addresses on the host of a repository: of a commit, a file, a folder.

use crate::path::encode_segment;
use crate::site::Place;

/// How hosts name what they show: a part of the host's name, then the ways to a commit, a file, a folder, the bytes of a
/// file. `HEAD` is the branch that the host shows first.
const HOSTS: &[(&str, [&str; 4])] = &[
    ("github", ["commit", "blob/HEAD", "tree/HEAD", "raw/HEAD"]),
    ("gitlab", ["-/commit", "-/blob/HEAD", "-/tree/HEAD", "-/raw/HEAD"]),
    ("bitbucket", ["commits", "src/HEAD", "src/HEAD", "raw/HEAD"]),
    ("codeberg", ["commit", "src/commit/HEAD", "src/commit/HEAD", "raw/commit/HEAD"]),
    ("gitea", ["commit", "src/commit/HEAD", "src/commit/HEAD", "raw/commit/HEAD"]),
    ("forgejo", ["commit", "src/commit/HEAD", "src/commit/HEAD", "raw/commit/HEAD"]),
];

/// Returns the address of a commit, where the host is one whose addresses are known.
pub(super) fn commit(repository: &str, hash: &str) -> Option<String> {
    let (project, ways) = project(repository)?;
    Some(format!("{project}/{}/{hash}", ways[0]))
}

/// Returns the address of a file or folder; of a picture its bytes.
pub(super) fn place(repository: &str, place: &Place, shown: bool) -> Option<String> {
    let (project, ways) = project(repository)?;
    let (way, path) = match place {
        Place::File(path) if shown => (ways[3], path),
        Place::File(path) => (ways[1], path),
        Place::Folder(path) => (ways[2], path),
    };
    let path: String =
        path.split('/').filter(|part| !part.is_empty()).map(|part| format!("/{}", encode_segment(part))).collect();
    Some(format!("{project}/{way}{path}"))
}

/// Returns the address of the project, and how its host names things.
fn project(repository: &str) -> Option<(String, &'static [&'static str; 4])> {
    let (scheme, rest) = repository.split_once("://").filter(|(scheme, _)| matches!(*scheme, "https" | "http"))?;
    let host = rest.split('/').next()?.to_ascii_lowercase();
    let (_, ways) = HOSTS.iter().find(|(name, _)| host.contains(name))?;
    let of_project = ["/-/", "/tree/", "/src/", "/blob/"].iter().filter_map(|part| rest.find(part)).min();
    let project = rest[..of_project.unwrap_or(rest.len())].trim_end_matches('/').trim_end_matches(".git");
    Some((format!("{scheme}://{project}"), ways))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_found_where_the_host_has_it() {
        let url = |repository: &str| commit(repository, "abc").unwrap_or_default();
        assert_eq!(url("https://github.com/o/r"), "https://github.com/o/r/commit/abc");
        assert_eq!(url("https://github.com/o/r.git/"), "https://github.com/o/r/commit/abc");
        assert_eq!(url("https://github.com/o/r/tree/main/docs"), "https://github.com/o/r/commit/abc");
        assert_eq!(url("https://gitlab.example.org/a/b/c"), "https://gitlab.example.org/a/b/c/-/commit/abc");
        assert_eq!(url("https://bitbucket.org/o/r"), "https://bitbucket.org/o/r/commits/abc");
        assert_eq!(url("https://example.org/o/r") + &url("javascript:github"), "");
    }

    #[test]
    fn files_and_folders_are_shown_as_they_are_at_the_head() {
        let of = |repository: &str, wanted: Place, shown| place(repository, &wanted, shown).unwrap_or_default();
        let file = || Place::File("src/my file.rs".to_owned());
        let folder = |path: &str| Place::Folder(path.to_owned());
        assert_eq!(of("https://github.com/o/r", file(), false), "https://github.com/o/r/blob/HEAD/src/my%20file.rs");
        assert_eq!(of("https://github.com/o/r", file(), true), "https://github.com/o/r/raw/HEAD/src/my%20file.rs");
        assert_eq!(of("https://gitlab.com/o/r", folder("src"), false), "https://gitlab.com/o/r/-/tree/HEAD/src");
        assert_eq!(of("https://github.com/o/r", folder(""), false), "https://github.com/o/r/tree/HEAD");
        assert_eq!(of("https://example.org/o/r", file(), false), "");
    }
}
