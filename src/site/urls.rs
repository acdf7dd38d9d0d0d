//! Addresses: `a/b.md` goes to `a/b.html`, a folder's `README.md` or `index.md` to its `index.html`.

use std::collections::BTreeMap;

use super::{Kind, Navigation, Parsed};
use crate::diagnostic::{Code, Diagnostic};
use crate::fingerprint::Fingerprint;
use crate::page::order_of_name;
use crate::path::{BookPath, SitePath};

/// Says whether a page is the page of its folder.
pub(super) fn is_index(path: &BookPath) -> bool {
    matches!(path.stem().to_ascii_lowercase().as_str(), "index" | "readme")
}

/// Says whether an address is that of the page which a host shows where there is none.
pub(super) fn is_missing_page(url: &SitePath) -> bool {
    url.as_str() == "404.html"
}

/// The longest name that common file systems take, in bytes.
const LONGEST: usize = 255;

/// Gives each page its address. An mdBook keeps every name; elsewhere the prefixes that order files vanish.
pub(super) fn assign(
    pages: &[Parsed],
    src: &BookPath,
    is_mdbook: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<SitePath> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut urls = vec![None; pages.len()];
    // An index.md has the better claim to its folder's address than a README.md beside it.
    let mut order: Vec<usize> = (0..pages.len()).collect();
    order.sort_by_key(|at| !pages[*at].outline.path.stem().eq_ignore_ascii_case("index"));
    for at in order {
        let parsed = &pages[at];
        let path = &parsed.outline.path;
        let candidates = [wished(parsed, src, is_mdbook), plain(path, src)].map(|url| writable(url, path, diagnostics));
        let free = candidates.iter().find(|url| !taken.contains_key(&url.as_str().to_lowercase()));
        let url = free.cloned().unwrap_or_else(|| numbered(&candidates[1], &taken));
        let other = taken.get(&candidates[0].as_str().to_lowercase()).map(|other| &pages[*other]);
        // `index.md` that leads to `README.md` beside it, so that both names are found: nothing is lost.
        let is_index = path.stem().eq_ignore_ascii_case("readme");
        let is_same = is_index && other.is_some_and(|other| other.markdown_fingerprint == parsed.markdown_fingerprint);
        if url != candidates[0] && !is_same {
            let other = other.map_or(String::new(), |other| format!(", which `{}` has", other.outline.path));
            let message = format!("this page would be `{}`{other}, so it is `{url}`", candidates[0]);
            diagnostics.push(Diagnostic::new(Code::DuplicateUrl, path, message));
        }
        taken.insert(url.as_str().to_lowercase(), at);
        urls[at] = Some(url);
    }
    urls.into_iter().map(|url| url.expect("every page was given one")).collect()
}

/// Shortens the name of a page that no file system takes; a hash keeps it apart from others that begin so.
fn writable(url: SitePath, path: &BookPath, diagnostics: &mut Vec<Diagnostic>) -> SitePath {
    let name = url.name();
    if name.len() <= LONGEST {
        return url;
    }
    let hash = Fingerprint::of_bytes(name.as_bytes()).short();
    let kept = &name[..name.floor_char_boundary(LONGEST - hash.len() - "-.html".len())];
    let folder = &url.as_str()[..url.as_str().len() - name.len()];
    let message = format!("the page's name is longer than {LONGEST} bytes, so its address is shortened");
    diagnostics.push(Diagnostic::new(Code::InvalidName, path, message).help("give the file a shorter name"));
    site_path(&format!("{folder}{kept}-{hash}.html"))
}

fn wished(parsed: &Parsed, src: &BookPath, is_mdbook: bool) -> SitePath {
    let path = &parsed.outline.path;
    if is_index(path) {
        let folder = folder(&path.parent(), src, is_mdbook);
        return site_path(&format!("{folder}index.html"));
    }
    let stem = path.stem();
    let stem = if is_mdbook || parsed.kind == Kind::Decision {
        stem
    } else {
        order_of_name(stem).map_or(stem, |(_, rest)| rest)
    };
    site_path(&format!("{}{stem}.html", folder(&path.parent(), src, is_mdbook)))
}

/// Returns the address of a folder, ending in `/`, empty for the root.
fn folder(path: &BookPath, src: &BookPath, is_mdbook: bool) -> String {
    let names = path.below(src).unwrap_or_else(|| path.as_str()).split('/').filter(|name| !name.is_empty());
    names
        .map(|name| if is_mdbook { name } else { order_of_name(name).map_or(name, |(_, rest)| rest) })
        .map(|name| format!("{name}/"))
        .collect()
}

/// Returns the address of a folder's own page.
pub(super) fn listing(path: &BookPath, src: &BookPath) -> SitePath {
    site_path(&format!("{}index.html", folder(path, src, false)))
}

/// The address with every name as it is.
fn plain(path: &BookPath, src: &BookPath) -> SitePath {
    let below = path.below(src).unwrap_or_else(|| path.as_str());
    let end = below.len() - path.name().len() + path.stem().len();
    site_path(&format!("{}.html", &below[..end]))
}

fn numbered(url: &SitePath, taken: &BTreeMap<String, usize>) -> SitePath {
    let stem = url.as_str().trim_end_matches(".html");
    let mut numbers = 2..;
    numbers
        .find_map(|number| {
            let url = format!("{stem}-{number}.html");
            (!taken.contains_key(&url.to_lowercase())).then(|| site_path(&url))
        })
        .expect("there are more numbers than pages")
}

/// The Markdown keeps its place, so that links between the files hold.
pub(super) fn markdown(path: &BookPath, src: &BookPath) -> SitePath {
    site_path(path.below(src).unwrap_or_else(|| path.as_str()))
}

/// The address of a file beside the pages; one outside their folder goes to a place of its own.
pub(super) fn file(path: &BookPath, src: &BookPath) -> SitePath {
    match path.below(src) {
        Some(below) => site_path(below),
        None => site_path(&format!("files/{path}")),
    }
}

/// Gathers the aliases of the pages, and leads the root to the first page when no page is there.
pub(super) fn redirects(
    pages: &[Parsed],
    urls: &[SitePath],
    navigation: &Navigation,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<SitePath, SitePath> {
    let mut redirects: BTreeMap<SitePath, SitePath> = BTreeMap::new();
    let is_page = |url: &SitePath| urls.contains(url) || navigation.listing_at(url).is_some();
    for (parsed, url) in pages.iter().zip(urls) {
        for alias in &parsed.outline.front_matter.aliases {
            let Some(from) = alias_path(alias) else {
                let message = format!("the alias `{alias}` is no address inside the site");
                diagnostics.push(Diagnostic::new(Code::InvalidValue, &parsed.outline.path, message));
                continue;
            };
            if is_page(&from) || redirects.contains_key(&from) {
                let message = format!("the alias `{alias}` is taken by another page");
                diagnostics.push(Diagnostic::new(Code::DuplicateAlias, &parsed.outline.path, message));
            } else {
                redirects.insert(from, url.clone());
            }
        }
    }
    let root = site_path("index.html");
    if !is_page(&root)
        && let Some(first) = navigation.reading_order().find_map(|node| navigation.node(node).url.clone())
    {
        redirects.entry(root).or_insert(first);
    }
    redirects
}

/// `/old/`, `old`, `old.html` and `old.md` all name a page of the site.
fn alias_path(alias: &str) -> Option<SitePath> {
    let alias = alias.trim().trim_start_matches('/');
    let path = match alias.rsplit('/').next().unwrap_or("") {
        "" => format!("{alias}index.html"),
        name if name.ends_with(".html") => alias.to_owned(),
        name if name.ends_with(".md") => format!("{}.html", alias.trim_end_matches(".md")),
        _ => format!("{alias}/index.html"),
    };
    SitePath::new(&path).ok()
}

fn site_path(text: &str) -> SitePath {
    SitePath::new(text).expect("a path below a path of the book stays inside")
}
