//! What only the joined site shows to be wrong: links that lead nowhere, unlisted pages, records that contradict.

mod life;
mod records;

use std::collections::BTreeSet;

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::page::{Link, Role, Summary};
use crate::path::BookPath;
use crate::site::{Entry, Lost, Resolution, Site};

/// Beyond this many pages a broken link is compared with the pages of its own folder only.
const MANY: usize = 500;

/// What rules know beside the site.
pub struct Surroundings<'a> {
    /// The day on which reviews are due or not.
    pub today: Option<Date>,
    /// The files of the repository, from its root; nothing where they are not known.
    pub files: Option<&'a BTreeSet<String>>,
    /// The book's folder below that root.
    pub folder: &'a str,
    /// The files of the book.
    pub listing: &'a BTreeSet<BookPath>,
    /// Whether the address of the repository is known, so that links lead there.
    pub has_repository: bool,
}

/// Looks at every link and every record.
pub fn check(site: &Site, surroundings: &Surroundings<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = records::check(site, surroundings);
    diagnostics.extend((0..site.entries.len()).flat_map(|number| life::check(site, number)));
    for entry in &site.entries {
        for (link, resolution) in entry.page().links.iter().zip(&entry.links) {
            let found = check_link(site, entry, link, resolution);
            let leads = surroundings.has_repository && matches!(resolution, Resolution::Source { .. });
            diagnostics.extend(found.filter(|_| !leads));
        }
    }
    diagnostics
}

/// Names the pages that a book's navigation leaves out. A file that another includes is no page of its own.
pub fn check_listed(site: &Site, summary: &Summary) -> Vec<Diagnostic> {
    let unlisted = |(at, entry): &(usize, &Entry)| {
        !summary.entries.is_empty() && site.navigation.of_entry(*at).is_none() && !entry.is_missing_page()
    };
    let report = |(_, entry): (usize, &Entry)| {
        let help = "add it to `SUMMARY.md`; until then only links and the search lead to it";
        Diagnostic::new(Code::UnlistedPage, &entry.page().path, "not in `SUMMARY.md`").help(help)
    };
    site.entries.iter().enumerate().filter(unlisted).map(report).collect()
}

fn check_link(site: &Site, entry: &Entry, link: &Link, resolution: &Resolution) -> Option<Diagnostic> {
    let path = &entry.page().path;
    let at = |code, message: String| Diagnostic::new(code, path, message).at(link.span);
    match resolution {
        Resolution::Source { written, .. } if link.role == Role::Image => Some(
            at(Code::BrokenImage, format!("the image `{written}` is in the repository, and no part of the site"))
                .help("move it beside the pages, or set `git-repository-url`"),
        ),
        Resolution::Source { written, .. } => Some(
            at(Code::OutsideSite, format!("`{written}` is in the repository, and no part of the site"))
                .help("`[output.html] git-repository-url` makes such links lead to the repository"),
        ),
        Resolution::Broken { written, lost, .. } => {
            let (code, what) = match link.role {
                Role::Image => (Code::BrokenImage, "image"),
                Role::Link => (Code::BrokenLink, "page or file"),
            };
            Some(match lost {
                Lost::Outside => at(Code::OutsideSite, format!("`{written}` lies outside the folder of the pages"))
                    .help("link to the repository's web page, or move the file beside the pages"),
                Lost::Leaves => at(code, format!("`{written}` leads out of the book")),
                _ => suggest_page(site, entry, written, at(code, format!("no {what} `{written}`"))),
            })
        }
        Resolution::Unanswered { name, meant: true } => {
            let broken = at(Code::BrokenLink, format!("no page or file `{name}`"));
            Some(suggest_page(site, entry, name, broken))
        }
        Resolution::Page { entry: target, lost: Some(lost), .. } => {
            let target = site.entries[*target].page();
            Some(match lost {
                Lost::Ambiguous(candidates) => {
                    let names: Vec<String> = candidates.iter().map(|path| format!("`{path}`")).collect();
                    at(Code::AmbiguousLink, format!("several pages have this name: {}", names.join(", ")))
                        .help("write the path")
                }
                Lost::Heading(wanted) => at(Code::BrokenAnchor, format!("no heading `#{wanted}` in `{}`", target.path))
                    .suggest(wanted, target.headings.iter().map(|heading| heading.id.as_str())),
                _ => return None,
            })
        }
        _ => None,
    }
}

fn suggest_page(site: &Site, entry: &Entry, written: &str, diagnostic: Diagnostic) -> Diagnostic {
    let name = written.split(['#', '?']).next().unwrap_or("").rsplit('/').next().unwrap_or("");
    let folder = entry.page().path.parent();
    let near = |other: &&Entry| site.entries.len() <= MANY || other.page().path.parent() == folder;
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let found = nearest(name, site.entries.iter().filter(near).take(MANY).map(|other| other.page().path.stem()));
    match found {
        Some(found) => diagnostic.help(format!("did you mean `{found}.md`?")),
        None => diagnostic,
    }
}
