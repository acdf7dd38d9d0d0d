//! `_headers`, as Cloudflare and Netlify read it.

use std::fmt::Write as _;

use super::about::{About, IMMUTABLE, security_headers};
use super::facts::Host;
use super::facts::{LONGEST_HEADER, MOST_HEADER_RULES};

/// Returns the file. Roots have no rule for the cache: both hosts let a browser ask each time (`max-age=0,
/// must-revalidate`), and two rules that match would be joined.
pub(super) fn headers_file(host: Host, about: &About<'_>) -> String {
    let mut text = format!("# Made by `precedent build --for {}`.\n/*\n", host.name());
    let line = |name: &str, value: &str| format!("  {name}: {value}\n");
    let is_short = line("Content-Security-Policy", about.policy).len() <= LONGEST_HEADER;
    let policy = if is_short { about.policy } else { about.short_policy };
    security_headers(policy).into_iter().for_each(|(name, value)| text += &line(name, value));
    for place in immutable(about).take(MOST_HEADER_RULES - 1) {
        let _ = write!(text, "\n{place}\n{}", line("Cache-Control", IMMUTABLE));
    }
    text
}

/// The paths of what never changes, folders first.
pub(super) fn immutable<'a>(about: &'a About<'_>) -> impl Iterator<Item = String> + 'a {
    let folders = about.immutable_folders.iter().map(|folder| format!("/{folder}/*"));
    folders.chain(about.immutable_files.iter().map(|file| format!("/{}", file.encoded())))
}
