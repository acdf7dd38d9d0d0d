//! Addresses without `.html`: every link leads where it leads with the names of files, on hosts as they look for a page.

use std::collections::{BTreeMap, BTreeSet};

use precedent::build::{Build, Memo, refresh};
use precedent::path::BookPath;

use crate::dom;
use crate::memory::{Files, built, built_with, files, inputs, shown, text};
use crate::program::Folder;

/// A book with all that is linked: pages and folders of one name, files without an extension, versions, tags, decisions that
/// are related and due, a glossary, an alias, an old address, and a page for addresses that are not there.
const BOOK: &str = "-- index.md --\n---\ntags: [start]\n---\n# Home\n\n[guide](guide.md), [part](guide/part.md?x=1#deep), [folder](guide/), \
    [licence](LICENSE), [its page](LICENSE.md), [list](list/), [home](index.md), [data](data.json), [q](a%20b.md), [twice](#home)\n\n![p](p.png)\n\
    -- guide.md --\n# Guide\n\n[home](index.md#home) [part](guide/part.md) A queue waits.\n\
    -- guide/part.md --\n---\ntags: [start, deep]\n---\n# Part\n\n## Deep\n\n[guide](../guide.md) [up](index.md) [home](../) [itself](part.md) [there](#deep)\n\
    -- guide/index.md --\n# Folder\n\n[part](part.md) [itself](index.md)\n\
    -- list/rust-1.95.md --\n# Rust 1.95\n\n[node](node.js.md) [home](../index.html)\n\
    -- list/node.js.md --\n# Node\n\n[rust](rust-1.95.md)\n\
    -- LICENSE.md --\n# Licence\n-- LICENSE --\nfree\n-- a b.md --\n---\naliases: [/before/, was.html]\n---\n# A b\n\n[[guide]]\n\
    -- glossary.md --\n# Glossary\n\nQueue\n: What waits.\n-- data.json --\n{}\n-- p.png --\nx\n-- 404.md --\n# Gone\n\n[home](index.md) [part](guide/part.md)\n\
    -- adr/0001-one.md --\n---\nstatus: superseded by 0002\ndate: 2024-01-02\ndeciders: [Ann]\ntags: [start]\n---\n# One\n\nText.\n\
    -- adr/0002-two.md --\n---\nstatus: accepted\ndate: 2025-01-02\nsupersedes: [\"0001\"]\nreview-by: 2030-01-01\n---\n# Two\n\nText.\n\
    -- adr/0003-three.md --\n---\nstatus: proposed\ndate: 2025-02-02\nrelates-to: [\"0002\"]\n---\n# Three\n\nText.\n";

fn book(site: &str) -> Files {
    let moved = "[output.html.redirect]\n\"/old/x.html\" = \"/guide/part.html?x=1#deep\"\n";
    files(&format!(
        "-- book.toml --\n[build]\nfiles = \"all\"\n[site]\nurl = \"https://example.org/h/\"\n{site}\n{moved}{BOOK}"
    ))
}

const EXTENSIONLESS: &str = "addresses = \"extensionless\"";
const CLOUDFLARE: &str = "addresses = \"extensionless\"\nhost = \"cloudflare\"";

/// How a host looks for a file; nothing where it answers with anything but the file itself.
type Finds = fn(&BTreeSet<&str>, &str) -> Option<String>;

/// The file of this name, then the page, then the folder.
fn page_first(files: &BTreeSet<&str>, path: &str) -> Option<String> {
    let names =
        if is_folder(path) { vec![format!("{path}index.html")] } else { vec![path.to_owned(), format!("{path}.html")] };
    names.into_iter().find(|name| files.contains(&**name))
}

/// The same, but a folder hides the page beside it, as on GitLab.
fn folder_first(files: &BTreeSet<&str>, path: &str) -> Option<String> {
    let folder = format!("{path}/");
    let is_hidden = !is_folder(path) && files.iter().any(|file| file.starts_with(&folder));
    page_first(files, path).filter(|_| !is_hidden)
}

/// The same, but a page hides the folder beside it, as on Netlify.
fn page_only(files: &BTreeSet<&str>, path: &str) -> Option<String> {
    let is_hidden = is_folder(path) && files.contains(&*format!("{}.html", path.trim_end_matches('/')));
    page_first(files, path).filter(|_| !is_hidden)
}

/// No page is looked for under a name that seems to have an extension.
fn no_extension(files: &BTreeSet<&str>, path: &str) -> Option<String> {
    page_first(files, path)
        .filter(|found| found == path || is_folder(path) || !path.rsplit('/').next().unwrap().contains('.'))
}

fn is_folder(path: &str) -> bool {
    path.is_empty() || path.ends_with('/')
}

/// The links of a page, resolved: the path, and what follows it. Addresses elsewhere are as they are.
fn links(html: &str, address: &str) -> Vec<(String, String)> {
    let base = format!("/h/{address}");
    let elements = dom::page(html);
    let references = elements.all().into_iter().flat_map(|element| {
        let attributes = ["href", "src", "action", "data-results", "data-changes", "content"];
        attributes.into_iter().filter_map(|name| {
            let value = element.attribute(name)?.to_owned();
            (name != "content" || value.starts_with("https://") || value.contains("; url=")).then_some(value)
        })
    });
    references.map(|reference| resolved(&base, reference.split("; url=").last().unwrap())).collect()
}

fn resolved(base: &str, reference: &str) -> (String, String) {
    let reference = reference.strip_prefix("https://example.org").unwrap_or(reference);
    let end = reference.find(['?', '#']).unwrap_or(reference.len());
    let (path, rest) = reference.split_at(end);
    if path.contains(':') {
        return (path.to_owned(), rest.to_owned());
    }
    let folder = &base[..=base.rfind('/').unwrap()];
    let whole = match path {
        "" => base.to_owned(),
        path if path.starts_with('/') => path.to_owned(),
        path => format!("{folder}{path}"),
    };
    let mut names: Vec<&str> = Vec::new();
    let steps: Vec<&str> = whole.split('/').collect();
    for (at, step) in steps.iter().enumerate() {
        match *step {
            "." => {}
            ".." => drop(names.pop()),
            name => names.push(name),
        }
        if at + 1 == steps.len() && step.starts_with('.') {
            names.push("");
        }
    }
    let path = names.join("/");
    let path = path.strip_prefix("/h/").unwrap_or_else(|| panic!("{reference} leaves the site: {path}"));
    (precedent::path::decode(path), rest.to_owned())
}

fn pages(build: &Build) -> BTreeMap<&str, String> {
    let names = build.artifacts.keys().map(|path| path.as_str()).filter(|name| name.ends_with(".html"));
    names.map(|name| (name, text(build, name))).collect()
}

/// Holds the links of a site against those of the same site with the names of files, and returns how many have no `.html`.
fn check(settings: &str, hosts: &[Finds]) -> usize {
    let (plain, site) = (built(&book("")), built(&book(settings)));
    let files: BTreeSet<&str> = site.artifacts.keys().map(|path| path.as_str()).collect();
    let mut short = 0;
    for ((name, with), without) in pages(&plain).into_iter().zip(pages(&site).into_values()) {
        let url = precedent::path::SitePath::new(name).unwrap();
        let address = precedent::path::decode(&site.site.addresses.from_root(&url));
        let (with, without) = (links(&with, name), links(&without, &address));
        assert_eq!(with.len(), without.len(), "{name}");
        for ((file, rest), (path, other_rest)) in with.iter().zip(&without) {
            // The graph is asked for a record by its address.
            assert_eq!(rest.trim_end_matches(".html"), other_rest, "{name}: {file}");
            // A file is what it is named, and a folder is its page.
            let wanted = if is_folder(file) { format!("{file}index.html") } else { file.clone() };
            if !files.contains(&*wanted) {
                assert_eq!(file, path, "{name}");
                continue;
            }
            for host in hosts {
                assert_eq!(host(&files, path).as_deref(), Some(&*wanted), "{name}: {path}");
            }
            short += usize::from(wanted.ends_with(".html") && *path != wanted);
        }
    }
    short
}

#[test]
fn every_link_leads_where_it_leads_with_the_names_of_files() {
    let everywhere: [Finds; 4] = [page_first, folder_first, page_only, no_extension];
    let plain = check(EXTENSIONLESS, &everywhere);
    let exact = check(CLOUDFLARE, &[page_first]);
    assert!(plain > 400 && exact > plain, "{plain} and {exact} links are short");
}

#[test]
fn what_else_lists_pages_has_the_same_addresses() {
    let site = built(&book(CLOUDFLARE));
    let lists =
        ["navigation.js", "changes.js", "site.json", "sitemap.xml", "decisions.ics", "decision-log.js", "_redirects"];
    let of_search = format!("{:?}", site.contents());
    for (list, list_text) in lists.map(|list| (list, text(&site, list))).into_iter().chain([("search", of_search)]) {
        let named = list_text.split(['"', '<', '>', '\n', ' ', '#']).filter(|word| word.ends_with(".html"));
        let named: BTreeSet<&str> = named.map(|word| word.rsplit('/').next().unwrap()).collect();
        // The last two are what leads elsewhere, under either name.
        let kept = ["LICENSE.html", "node.js.html", "was.html", "x.html", "index.html"];
        assert!(named.iter().all(|name| kept.contains(name)), "{list}: {named:?}");
    }
    let sitemap = text(&site, "sitemap.xml");
    for url in ["", "guide", "guide/", "guide/part", "a%20b", "list/rust-1.95", "decision-log", "tags/", "tags/deep"] {
        assert!(sitemap.contains(&format!("<loc>https://example.org/h/{url}</loc>")), "{url}: {sitemap}");
    }
    let page = text(&site, "guide/part.html");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/h/guide/part\">"), "{page}");
    assert!(page.contains("<link rel=\"alternate\" type=\"text/markdown\" href=\"part.md\">"), "{page}");
    let rules = text(&site, "_redirects");
    assert!(
        rules.contains("/was.html https://example.org/h/a%20b 301\n/was https://example.org/h/a%20b 301\n"),
        "{rules}"
    );
    assert!(rules.contains("/old/x.html https://example.org/h/guide/part?x=1#deep 301\n"), "{rules}");
    let rows = precedent::log::rows(&site.site);
    assert_eq!(
        rows.iter().map(|row| &*row.url).collect::<Vec<_>>(),
        ["adr/0001-one", "adr/0002-two", "adr/0003-three"]
    );
    // The graph is told by the address of a record which of them to draw.
    assert!(text(&site, "adr/0002-two.html").contains("href=\"../decision-graph#adr/0002-two\""));
}

#[test]
fn a_warm_build_equals_a_cold_one_whatever_changes_addresses() {
    let mut memo = Memo::default();
    let mut edited = book("");
    built_with(&edited, &mut memo);
    let mut same = |edited: &Files| {
        let (warm, cold) = (shown(&built_with(edited, &mut memo)), shown(&built(edited)));
        assert!(
            warm == cold,
            "{:?}",
            warm.iter().find(|(name, text)| cold.get(*name) != Some(text)).map(|(name, _)| name)
        );
    };
    for settings in [EXTENSIONLESS, CLOUDFLARE, "host = \"gitlab\"", EXTENSIONLESS] {
        edited.insert("book.toml".to_owned(), book(settings)["book.toml"].clone());
        same(&edited);
    }
    // A page that had its name alone shares it with a folder, and no longer does.
    edited.insert("glossary/more.md".to_owned(), b"# More\n".to_vec());
    same(&edited);
    edited.remove("glossary/more.md");
    same(&edited);
}

#[test]
fn a_page_that_is_shown_ahead_of_the_build_has_the_same_addresses() {
    let mut edited = book(EXTENSIONLESS);
    let mut memo = Memo::default();
    let before = built_with(&edited, &mut memo);
    let text_of = String::from_utf8(edited["guide/part.md"].clone()).unwrap();
    edited.insert("guide/part.md".to_owned(), (text_of + "\nOne sentence more.\n").into_bytes());
    let path = BookPath::new("guide/part.md").unwrap();
    let files = refresh(&inputs(&edited), &memo, &before.site, &BTreeSet::from([path])).expect("only its text changed");
    let page = files.iter().find(|file| file.path.as_str() == "guide/part.html").unwrap();
    assert_eq!(String::from_utf8_lossy(&page.bytes()), text(&built(&edited), "guide/part.html"));
}

#[test]
fn the_commands_know_the_files_of_addresses() {
    let folder = Folder::new();
    for (name, content) in book(EXTENSIONLESS) {
        folder.write(&name, content);
    }
    let note = "  links have no `.html`: pages need a server, and `precedent serve` is one\n";
    for _ in 0..2 {
        assert!(folder.run(&["build"]).exits(0).out.ends_with(note));
    }
    assert!(!folder.run(&["build", "--for", "azure"]).exits(0).out.contains(note));
    let found = folder.run(&["search", "sentence OR part", "--format", "json"]).exits(0).out;
    assert!(found.contains("\"url\": \"guide/part"), "{found}");
    let wrong = folder.run_with(&["check"], &[("PRECEDENT_SITE__ADDRESSES", "short")]).exits(0).err;
    assert!(wrong.contains("`file` or `extensionless`"), "{wrong}");
}
