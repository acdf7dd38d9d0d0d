//! Addresses that lead elsewhere, as hosts answer them: with a status, before any page is loaded.
//!
//! Each has a page as well, which leads on in a browser. It stays wherever a host cannot take the rule.

use std::collections::BTreeSet;

use super::facts::{Host, Root, Wins};
use crate::path::{Addresses, SitePath};

/// An address that leads elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The file of the site that the address would be.
    pub from: SitePath,
    /// Where it leads.
    pub to: Target,
    /// Whether the address without `.html` means this one too: nothing else has that name.
    pub bare: bool,
}

/// Where an address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a file of the site, with a query or a fragment.
    Site(SitePath, String),
    /// To any address.
    Web(String),
}

/// The rules for a host.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Redirects {
    pub(super) rules: Vec<Rule>,
    /// The pages that must not be there, since the host would show them before it looks at a rule.
    pub omitted: BTreeSet<SitePath>,
}

/// A path, and the address that it leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) from: String,
    pub(super) to: String,
    status: &'static str,
}

impl Redirects {
    /// Makes the rules of a host, as many as it takes, for a site with this address and these of its files.
    pub fn new(host: Host, (url, addresses): (Option<&str>, &Addresses), redirects: &[Redirect]) -> Self {
        let Some(rules) = host.rules() else { return Self::default() };
        // Where the host wants paths from its own root, the address of the site must be known.
        if rules.wins == Wins::File && url.is_none() {
            return Self::default();
        }
        let base = if rules.from == Root::Host { base_path(url) } else { "/" };
        let mut made = Self::default();
        let mut bytes = 0;
        for redirect in redirects {
            let Some(to) = target(&redirect.to, url, addresses) else { continue };
            let froms: Vec<String> = paths(redirect).into_iter().map(|path| format!("{base}{path}")).collect();
            if !froms.iter().all(|from| is_plain(from)) || froms.contains(&to) {
                continue;
            }
            let more: Vec<Rule> =
                froms.into_iter().map(|from| Rule { from, to: to.clone(), status: rules.status }).collect();
            bytes += more.iter().map(|rule| rule.from.len() + rule.to.len() + rules.frame).sum::<usize>();
            if made.rules.len() + more.len() > rules.most || bytes > rules.bytes {
                break;
            }
            made.rules.extend(more);
            if rules.wins == Wins::File {
                made.omitted.insert(redirect.from.clone());
            }
        }
        made
    }
}

/// Returns the file `_redirects`; nothing where there is no rule.
pub(super) fn rules_file(redirects: &Redirects) -> Option<String> {
    let line = |rule: &Rule| format!("{} {} {}\n", rule.from, rule.to, rule.status);
    (!redirects.rules.is_empty()).then(|| redirects.rules.iter().map(line).collect())
}

/// Returns the paths under which a page is asked for, percent-encoded: with its extension and without.
fn paths(redirect: &Redirect) -> Vec<String> {
    let path = redirect.from.encoded();
    let without = match folder_of(&path) {
        Some(folder) => folder.to_owned(),
        None => match path.strip_suffix(".html").filter(|_| redirect.bare) {
            Some(without) => without.to_owned(),
            None => return vec![path],
        },
    };
    vec![path, without]
}

/// Returns the folder whose page a path is, with its slash.
fn folder_of(path: &str) -> Option<&str> {
    path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'))
}

/// Returns the address that a rule leads to. A site below a path says its whole address, since where a host begins to
/// count is its own affair.
fn target(to: &Target, url: Option<&str>, addresses: &Addresses) -> Option<String> {
    let to = match to {
        Target::Web(address) => address.clone(),
        Target::Site(path, suffix) => {
            let path = addresses.from_root(path);
            // Hosts show the page of a folder for the folder; Cloudflare takes a rule to `index.html` for a circle.
            let path = folder_of(&path).filter(|_| addresses.are_files()).unwrap_or(&path);
            let whole = url.filter(|url| base_path(Some(url)) != "/");
            format!("{}{path}{suffix}", whole.unwrap_or("/"))
        }
    };
    let is_one_word = to.chars().all(|letter| letter.is_ascii_graphic() && !matches!(letter, '"' | '\\' | '$' | ';'));
    (is_one_word && (to.starts_with('/') || to.contains("://"))).then_some(to)
}

/// Says whether a path means itself: hosts have patterns with `*` and `:`, and settings of nginx have signs of their own.
fn is_plain(path: &str) -> bool {
    path.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '/' | '-' | '_' | '.' | '~' | '%'))
}

/// The path of an address: `/handbook/` of `https://example.org/handbook/`, `/` where none is known.
pub(super) fn base_path(url: Option<&str>) -> &str {
    let after_scheme = url.and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
    after_scheme.and_then(|rest| rest.find('/').map(|slash| &rest[slash..])).unwrap_or("/")
}
