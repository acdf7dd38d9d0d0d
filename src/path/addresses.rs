//! How a site addresses its files: with the name of the file, or as hosts shorten it.
//!
//! A file and its address are two things: `a/b.html` is written, and `a/b` may be what a link says. This is the one place that
//! turns the one into the other, and back.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::SitePath;

/// How the files of a site are addressed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Addresses(Option<Extensionless>);

/// Which files a host finds under an address without `.html`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lookup {
    /// Every one, as long as no other file has that very name: `a` is `a.html` and `a/` is `a/index.html`, side by side.
    Exact,
    /// Where no folder has the name either, and no full stop is in it: whatever the order in which a host looks.
    Plain,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Extensionless {
    lookup: Lookup,
    /// Files that keep their whole name in an address.
    kept: Arc<BTreeSet<SitePath>>,
}

impl Addresses {
    /// Returns addresses without `.html`, and without `index.html`: of all files but these.
    pub fn extensionless(lookup: Lookup, kept: BTreeSet<SitePath>) -> Self {
        Self(Some(Extensionless { lookup, kept: kept.into() }))
    }

    /// Says whether an address is the path of its file, so that a browser finds it on a disk too.
    pub fn are_files(&self) -> bool {
        self.0.is_none()
    }

    /// Returns the percent-encoded relative reference from one file of the site to another. It is never empty, which would
    /// mean the page itself with its query.
    pub fn href(&self, from: &SitePath, to: &SitePath) -> String {
        let mut href = to.href_from(from);
        href.truncate(href.len() - self.hidden(to).len());
        if href.is_empty() { "./".to_owned() } else { href }
    }

    /// Returns the percent-encoded address of a file from the root of the site: empty for the first page, where that has no
    /// name.
    pub fn from_root(&self, to: &SitePath) -> String {
        let mut address = to.encoded();
        address.truncate(address.len() - self.hidden(to).len());
        address
    }

    /// Returns the path of the file of an address from the root, as [`Self::from_root`] gives it.
    pub fn file_of(&self, address: &str) -> String {
        match address.rsplit('/').next() {
            _ if self.are_files() => address.to_owned(),
            Some("") | None => format!("{address}index.html"),
            Some(name) if name.ends_with(".html") => address.to_owned(),
            Some(_) => format!("{address}.html"),
        }
    }

    /// Returns what of a file's name is not in its address.
    fn hidden(&self, file: &SitePath) -> &'static str {
        let Some(Extensionless { lookup, kept }) = &self.0 else { return "" };
        let Some(stem) = file.name().strip_suffix(EXTENSION) else { return "" };
        if kept.contains(file) {
            ""
        } else if stem == "index" {
            "index.html"
        } else if is_plain(stem) || *lookup == Lookup::Exact && is_no_extension(stem) {
            EXTENSION
        } else {
            ""
        }
    }
}

const EXTENSION: &str = ".html";

fn is_plain(stem: &str) -> bool {
    !stem.is_empty() && !stem.contains('.')
}

/// Says whether a name with a full stop cannot be taken for one with an extension: `rust-1.95`, and not `node.js`. A host may
/// have rules for an extension.
fn is_no_extension(stem: &str) -> bool {
    let last = stem.rsplit('.').next().unwrap_or_default();
    let is_number = !last.is_empty() && last.bytes().all(|letter| letter.is_ascii_digit() || letter == b'-');
    is_number && !stem.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    fn addresses(lookup: Lookup, kept: &[&str]) -> Addresses {
        Addresses::extensionless(lookup, kept.iter().map(|name| path(name)).collect())
    }

    #[test]
    fn references_have_no_extension_and_lead_to_the_same_place() {
        let check = |from: &str, to: &str, expected: &str| {
            let href = addresses(Lookup::Exact, &["a/kept.html"]).href(&path(from), &path(to));
            assert_eq!(href, expected, "{from} {to}");
        };
        check("index.html", "a/b.html", "a/b");
        check("a/b.html", "a/c d.html", "c%20d");
        check("a/b/c.html", "a/d.html", "../d");
        check("a.html", "index.html", "./");
        check("index.html", "index.html", "./");
        check("a/b.html", "index.html", "../");
        check("a/b.html", "a/index.html", "./");
        check("a/b/index.html", "a/index.html", "../");
        check("index.html", "a/index.html", "a/");
        check("a.html", "x:y.html", "x%3Ay");
        check("index.html", "a/kept.html", "a/kept.html");
        // What is no page has its name.
        check("a/b.html", "navigation.js", "../navigation.js");
        check("a/b.html", "a/b.md", "b.md");
    }

    #[test]
    fn a_name_that_would_mean_something_else_is_kept() {
        let check = |name: &str, exact: &str, plain: &str| {
            assert_eq!(addresses(Lookup::Exact, &[]).from_root(&path(name)), exact);
            assert_eq!(addresses(Lookup::Plain, &[]).from_root(&path(name)), plain);
        };
        check("index.html", "", "");
        check("a/index.html", "a/", "a/");
        check("a/b.html", "a/b", "a/b");
        check("a/rust-1.95.html", "a/rust-1.95", "a/rust-1.95.html");
        check("log.2022-2023.html", "log.2022-2023", "log.2022-2023.html");
        check("a/node.js.html", "a/node.js.html", "a/node.js.html");
        check("a/.html", "a/.html", "a/.html");
        check("a/..html", "a/..html", "a/..html");
        check("a/...html", "a/...html", "a/...html");
        check("a/.1.html", "a/.1.html", "a/.1.html");
        assert_eq!(Addresses::default().from_root(&path("a/index.html")), "a/index.html");
    }

    #[test]
    fn an_address_tells_its_file() {
        let addresses = addresses(Lookup::Exact, &["kept.html"]);
        for file in ["index.html", "a/index.html", "a/b.html", "a/1.2.html", "kept.html", "node.js.html", "a%20b.html"]
        {
            let file = path(file);
            assert_eq!(addresses.file_of(&addresses.from_root(&file)), file.encoded());
        }
        assert_eq!(Addresses::default().file_of("a/b.html"), "a/b.html");
    }
}
