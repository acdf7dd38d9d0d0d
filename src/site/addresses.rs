//! Which pages keep `.html` in their address, since something else of the site has the name without it.

use std::collections::BTreeSet;

use crate::path::{Addresses, Lookup, SitePath};

/// Pages beside the root that are made, whatever pages a book has.
const MADE: [&str; 7] = [
    "404.html",
    "contents.html",
    "decision-due.html",
    "decision-graph.html",
    "decision-log.html",
    "decision-timeline.html",
    "search.html",
];

/// Files without an extension that are made, or that a host reads.
const BARE: [&str; 3] = ["CNAME", "_headers", "_redirects"];

/// Folders of what is made.
const FOLDERS: [&str; 3] = ["assets", "search", "tags"];

/// Returns the addresses of a site with these files.
pub(super) fn addresses<'a>(lookup: Option<Lookup>, files: impl Iterator<Item = &'a SitePath>) -> Addresses {
    let Some(lookup) = lookup else { return Addresses::default() };
    let files: BTreeSet<&str> = files.map(SitePath::as_str).chain(MADE).chain(BARE).collect();
    let bare = files.iter().filter(|file| may_be_page(file));
    let mut kept: BTreeSet<String> = bare.map(|file| format!("{file}.html")).collect();
    if lookup == Lookup::Plain {
        for folder in files.iter().flat_map(|file| above(file)).chain(FOLDERS).collect::<BTreeSet<&str>>() {
            let page = format!("{folder}.html");
            // With both, some hosts answer with the folder, and others never do.
            if files.contains(&*page) {
                kept.insert(format!("{folder}/index.html"));
            }
            kept.insert(page);
        }
    }
    let path = |name: String| SitePath::new(&name).expect("a path of the site with a name more");
    Addresses::extensionless(lookup, kept.into_iter().map(path).collect())
}

/// Says whether the name of a file may be the address of a page.
fn may_be_page(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_none_or(|(_, extension)| !extension.bytes().any(|letter| letter.is_ascii_alphabetic()))
}

fn above(file: &str) -> impl Iterator<Item = &str> {
    file.match_indices('/').map(|(slash, _)| &file[..slash])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_its_name_where_something_else_has_it() {
        let files =
            ["guide.html", "guide/a.html", "guide/index.html", "LICENSE.html", "LICENSE", "tags.html", "b.html"];
        let files: Vec<SitePath> = files.iter().map(|file| SitePath::new(file).unwrap()).collect();
        let check = |lookup: Lookup, expected: &str| {
            let addresses = addresses(Some(lookup), files.iter());
            let search = SitePath::new("search.html").unwrap();
            let shown = files.iter().chain([&search]).map(|file| addresses.from_root(file));
            assert_eq!(shown.collect::<Vec<_>>().join(" "), expected);
        };
        check(Lookup::Exact, "guide guide/a guide/ LICENSE.html LICENSE tags b search");
        let plain = "guide.html guide/a guide/index.html LICENSE.html LICENSE tags.html b search.html";
        check(Lookup::Plain, plain);
    }
}
