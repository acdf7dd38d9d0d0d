//! What the files for a host are made of, and what they have in common.

use super::redirects::Redirects;
use crate::path::SitePath;

/// What is known of a site when the files for its host are written.
#[derive(Debug)]
pub struct About<'a> {
    /// The address of the site's root, ending in `/`, where it is known.
    pub url: Option<&'a str>,
    /// The policy of its answers, with who may frame them.
    pub policy: &'a str,
    /// The policy where the host takes none that is so long: only who may frame an answer.
    pub short_policy: &'a str,
    /// Folders below which every file is named by its content.
    pub immutable_folders: &'a [String],
    /// Other files that are named by their content.
    pub immutable_files: &'a [SitePath],
    /// The addresses that lead elsewhere, as the host answers them.
    pub redirects: &'a Redirects,
}

/// The name of the file that holds the settings of nginx. Nobody shall read it over the web.
pub(super) const NGINX: &str = "nginx.conf";

/// The headers that every answer has but for that of the cache.
pub(super) fn security_headers(policy: &str) -> [(&'static str, &str); 3] {
    [("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin")]
}

/// What is said of files that are named by their content.
pub(super) const IMMUTABLE: &str = "public, max-age=31536000, immutable";
