use super::*;
use crate::codec::Encoded;
use crate::page;

/// Joins a book written as `-- path --` sections; files that are no Markdown are only listed.
fn site(book: &str) -> Site {
    let options = page::Options {
        detail: page::Detail::Full,
        smart_punctuation: false,
        math: true,
        definition_lists: true,
        alerts: true,
        wikilinks: true,
        trust_html: false,
        vault: false,
        trackers: crate::tracker::Trackers::NONE,
    };
    let mut listing = BTreeSet::new();
    let mut pages = Vec::new();
    for section in book.split("-- ").skip(1) {
        let (name, text) = section.split_once(" --\n").unwrap();
        let path = BookPath::new(name).unwrap();
        listing.insert(path.clone());
        if path.is_markdown() {
            let text: Arc<str> = text.into();
            let page = page::parse(&path, &text, &options);
            let kind = if name.contains("adr/") { Kind::Decision } else { Kind::Page };
            let input = crate::decision::Input {
                path: &path,
                front_matter: &page.outline.front_matter.table,
                text: &text,
                start: page.outline.start,
                metadata: None,
                dialect: None,
                shape: &Arc::new(crate::decision::Shape::of_path(&path)),
            };
            let record = (kind == Kind::Decision).then(|| Arc::new(crate::decision::read(&input)));
            let fingerprint = crate::fingerprint::Fingerprint::of(&text);
            let title = page.outline.title.clone().unwrap_or_else(|| page::title_of_name(&path));
            pages.push(Parsed {
                outline: Arc::new(page.outline),
                content: Encoded::new(&page.content),
                title,
                record,
                kind,
                markdown: text.into(),
                markdown_fingerprint: fingerprint,
                fingerprint,
            });
        }
    }
    let tracked = ["docs/a.md", "src/main.rs", ".github/x.yml", "README.md"].map(str::to_owned).into();
    link(Input {
        pages,
        listing: &listing,
        src: &BookPath::root(),
        summary: None,
        publish_all: false,
        lookup: None,
        others: &[],
        start_title: "Contents",
        owners: &|_| Vec::new(),
        history: &BTreeMap::new(),
        repository: Some(Repository { files: &tracked, folder: "docs" }),
    })
}

fn outline(site: &Site) -> String {
    fn show(site: &Site, ids: &[NodeId]) -> String {
        let one = |id: &NodeId| {
            let node = site.navigation.node(*id);
            let children =
                if node.children.is_empty() { String::new() } else { format!("[{}]", show(site, &node.children)) };
            format!("{}={}{children}", node.title, node.url.as_ref().map_or("-", |url| url.as_str()))
        };
        ids.iter().map(one).collect::<Vec<_>>().join(" ")
    }
    show(site, site.navigation.roots())
}

#[test]
fn folders_become_navigation() {
    let site = site(
        "-- README.md --\n# Home\n-- 02-b.md --\n# B\n-- 01-a.md --\n# A\n-- z/x10.md --\nten\n-- z/x2.md --\ntwo\n-- y/index.md --\n---\nweight: 1\n---\n# Why\n-- y/c.md --\n# C\n",
    );
    assert_eq!(
        outline(&site),
        "Home=index.html Why=y/index.html[C=y/c.html] A=a.html B=b.html Z=z/index.html[X2=z/x2.html X10=z/x10.html]"
    );
}

#[test]
fn links_lead_to_pages_headings_and_files() {
    let site = site(
        "-- a.md --\n[1](b.md) [2](b.md#one-two) [3](d/) [4](d/c.html#x) [5](i.png) [6](nope.md) [7](b.md#nope) [8](#own) [9](../../x) [[b#One two]] [[C page]] ![[i.png]]\n\n# Own\n\
         -- b.md --\n# B\n\n## One two\n-- d/c.md --\n# C page\n\n<a id=\"x\"></a>\n-- i.png --\n\n",
    );
    let shown: Vec<String> = site.entries[0]
        .links
        .iter()
        .map(|resolution| match resolution {
            Resolution::Page { entry, suffix, lost } => {
                format!("{}{suffix}{}", site.entries[*entry].url, if lost.is_some() { "!" } else { "" })
            }
            Resolution::File { url, .. } | Resolution::Generated { url, .. } => format!("file {url}"),
            Resolution::Source { place, suffix, .. } => format!("{place:?}{suffix}"),
            Resolution::Broken { lost, .. } => format!("{lost:?}"),
            Resolution::External(url) => url.clone(),
            Resolution::Unanswered { name, meant } => format!("[[{name}]] {meant}"),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "b.html",
            "b.html#one-two",
            "file d/index.html",
            "d/c.html#x",
            "file i.png",
            "Missing",
            "b.html#nope!",
            "a.html#own",
            "Leaves",
            "b.html#one-two",
            "d/c.html",
            "file i.png"
        ]
    );
    assert_eq!(site.entries[1].backlinks, [0]);
    assert_eq!(site.files.len(), 1, "only what is linked is published");
}

#[test]
fn the_top_of_a_page_is_there_without_a_heading() {
    let site = site("-- a.md --\n[1](#top) [2](b.md#TOP) [3](#) [4](#nope)\n-- b.md --\n# B\n");
    let lost: Vec<bool> = (site.entries[0].links.iter())
        .map(|resolution| matches!(resolution, Resolution::Page { lost: Some(_), .. }))
        .collect();
    assert_eq!(lost, [false, false, false, true]);
}

#[test]
fn double_brackets_that_no_page_answers_are_meant_where_a_book_has_wikilinks() {
    let unanswered = |book: &str| {
        let site = site(book);
        let names = site.entries[0].links.iter().filter_map(|resolution| match resolution {
            Resolution::Unanswered { name, meant } => Some(format!("{name} {meant}")),
            Resolution::Broken { written, .. } => Some(format!("{written} broken")),
            _ => None,
        });
        names.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        unanswered("-- a.md --\n[[package]] [[x#y]] [[x|y]] [[d/x]]\n"),
        "package false, x#y broken, x broken, d/x broken"
    );
    assert_eq!(unanswered("-- a.md --\n[[package]]\n-- b.md --\n[[a]]\n"), "package true");
    assert_eq!(unanswered("-- a.md --\n[[package]]\n-- b.md --\n[a](a.md)\n"), "package false");
}

#[test]
fn files_of_the_repository_are_no_part_of_the_site() {
    let site = site(
        "-- a.md --\n[1](../src) [2](../src/main.rs#L3) [3](../.github/x.yml) [4](/src/main.rs) [5](../README.md) [6](../..) [7](../nope) [8](a.md)\n",
    );
    let shown: Vec<String> = site.entries[0]
        .links
        .iter()
        .map(|resolution| match resolution {
            Resolution::Source { place, suffix, .. } => format!("{place:?}{suffix}"),
            Resolution::Broken { address, .. } => format!("broken {address}"),
            _ => "page".to_owned(),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "Folder(\"src\")",
            "File(\"src/main.rs\")#L3",
            "File(\".github/x.yml\")",
            "File(\"src/main.rs\")",
            "File(\"README.md\")",
            "broken ../..",
            "broken ../nope",
            "page",
        ]
    );
}

#[test]
fn two_pages_never_share_an_address() {
    let site = site("-- README.md --\n# R\n-- index.md --\n# I\n-- 1-a.md --\n-- 2-a.md --\n-- B.md --\n-- b.md --\n");
    let urls: BTreeSet<String> = site.entries.iter().map(|entry| entry.url.as_str().to_lowercase()).collect();
    assert_eq!(urls.len(), 6, "{urls:?}");
    assert_eq!(site.entries.iter().find(|entry| entry.title() == "I").unwrap().url.as_str(), "index.html");
    assert_eq!(
        site.diagnostics.iter().filter(|diagnostic| diagnostic.code == crate::diagnostic::Code::DuplicateUrl).count(),
        3
    );
}

#[test]
fn a_decision_knows_what_replaces_it_from_either_end() {
    let site = site(
        "-- adr/0001-x.md --\n# 1. X\n\n## Status\n\nAccepted\n-- adr/0002-y.md --\n# 2. Y\n\n## Status\n\nAccepted\n\nSupercedes [1. X](0001-x.md)\n-- adr/0003-z.md --\n---\nstatus: superseded by ADR-0002\n---\n# Z\n",
    );
    let related = |at: usize, direction| site.entries[at].related_by(Verb::Supersedes, direction).collect::<Vec<_>>();
    assert_eq!(related(0, Direction::Reverse), [1]);
    assert_eq!(related(1, Direction::Forward), [0, 2]);
}

#[test]
fn a_mention_finds_the_record_that_a_person_means() {
    let record = |path: &str, title: &str| format!("-- {path} --\n# {title}\n");
    let book = [
        record("docs/adr/0001-use-x.md", "1. Use X"),
        record("docs/adr/0012-use-mysql.md", "12. Use MySQL"),
        record("packages/web/docs/adr/0012-use-react.md", "Use React"),
        record("packages/web/docs/adr/0013-a.md", "A"),
        record("packages/web/docs/adr/0013-b.md", "B"),
    ];
    let site = site(&book.concat());
    let found = |name: &str, near: Option<usize>| match site.records.find(name, near) {
        Found::One(at) => site.entries[at].filed.as_ref().unwrap().id.clone(),
        Found::Several(all) => format!("{} of them", all.len()),
        Found::Nothing => "-".to_owned(),
    };
    for (name, near, expected) in [
        ("1", None, "0001-use-x"),
        ("0001", None, "0001-use-x"),
        ("ADR-1", None, "0001-use-x"),
        ("adr 0001", None, "0001-use-x"),
        ("use-x", None, "0001-use-x"),
        ("Use MySQL", None, "0012-use-mysql"),
        ("docs/adr/0001-use-x.md", None, "0001-use-x"),
        ("./docs/adr/0001-use-x.md", None, "0001-use-x"),
        ("https://example.org/x/blob/main/docs/adr/0001-use-x.md", None, "0001-use-x"),
        ("12", None, "2 of them"),
        ("12", Some(3), "packages/web/0012-use-react"),
        ("12", Some(0), "0012-use-mysql"),
        ("web/12", None, "packages/web/0012-use-react"),
        ("packages/web/0012-use-react", None, "packages/web/0012-use-react"),
        ("13", Some(2), "2 of them"),
        ("99", None, "-"),
        ("", None, "-"),
    ] {
        assert_eq!(found(name, near), expected, "{name} near {near:?}");
    }
}

#[test]
fn aliases_lead_to_their_page() {
    let site = site("-- a.md --\n---\naliases: [/old/, b.html, 'x.md', '../../etc']\n---\n-- b.md --\n");
    let redirects: Vec<String> = site.redirects.iter().map(|(from, to)| format!("{from}>{to}")).collect();
    assert_eq!(redirects, ["old/index.html>a.html", "x.html>a.html"]);
    assert_eq!(site.diagnostics.len(), 2);
}
