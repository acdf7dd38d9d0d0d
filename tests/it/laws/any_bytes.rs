//! Law 4: any bytes in any file: no panic, a site, and findings that point into their files.

use std::sync::Arc;

use precedent::build::Build;
use precedent::config::Config;
use precedent::file::Source;
use precedent::include;
use precedent::page::{Options, parse};
use precedent::path::BookPath;
use precedent::search::Index;
use proptest::prelude::*;
use proptest::proptest;

use super::cases;
use crate::memory::{Files, built, files};

/// Words of every language that a file of a book is written in, and what usually breaks readers of them.
const WORDS: &[&str] = &[
    "\n",
    "\n\n",
    "    ",
    "\t",
    " ",
    "---\n",
    "+++\n",
    "# ",
    "## ",
    "> ",
    "> [!NOTE]\n",
    "- ",
    "1. ",
    "- [x] ",
    "* * *",
    "```",
    "```rust\n",
    "```mermaid\nflowchart LR\na-->b\n```\n",
    "~~~",
    "| a | b |\n|---|---|\n",
    "|",
    "[",
    "](",
    ")",
    "[[",
    "]]",
    "![",
    "[^1]",
    "[^1]: ",
    "[x]: /y \"z\"\n",
    "<",
    ">",
    "</",
    "<div>",
    "<!--",
    "-->",
    "<script>",
    "<svg><style>",
    "&amp;",
    "&#0;",
    "&",
    "$",
    "$$",
    "\\frac{1}{",
    "\\begin{matrix}",
    "}",
    "{",
    "{#id .class}",
    "{{",
    "}}",
    "{{#include part.md}}",
    "{{#include index.md:1:}}",
    "{{#include part.md:a}}",
    "{{#title x}}",
    "{% raw %}",
    "{% extends \"base.html\" %}",
    "{{ page.title }}",
    "{{ page.rest | safe }}",
    "{% for x in page.toc %}",
    "{% endfor %}",
    "title: ",
    "title = ",
    "tags: [a, b]",
    "status: accepted",
    "status: superseded by 0001",
    "date: 2024-02-30",
    "aliases: [\"../x\", /]",
    "weight: 99999999999999999999",
    "draft: true",
    "&a *a",
    "!!python/object",
    "[book]\n",
    "[build]\n",
    "[output.html]\n",
    "[rules]\n",
    "[markdown]\n",
    "src = \"..\"\n",
    "src = \"src\"\n",
    "build-dir = \".\"\n",
    "html = \"trusted\"\n",
    "broken-link = \"deny\"\n",
    "\"",
    "'",
    "=",
    ":",
    ",",
    "a",
    "ß",
    "é",
    "e\u{301}",
    "\u{1f468}\u{200d}\u{1f469}",
    "\u{202e}",
    "\u{feff}",
    "\u{fdd0}",
    "\u{fdd1}",
    "\u{0}",
    "\u{1}",
    "\u{2028}",
    "\r\n",
    "\r",
    "https://a.b/c",
    "www.a.b",
    "a@b.c",
    "javascript:alert(1)",
    "a.md",
    "part.md#x",
    "#",
    "?",
    "%",
    "%zz",
    "%00",
    "..",
    "/",
    "\\",
    "`",
    "*",
    "_",
    "~~",
    "^",
    "- [A](a.md)\n",
    "- [B]()\n",
    "  - [C](part.md)\n",
    "ANCHOR: a",
    "ANCHOR_END: a",
    "// ANCHOR: a\n",
];

const PLACES: &[&str] = &[
    "index.md",
    "part.md",
    "book.toml",
    "SUMMARY.md",
    "theme/templates/page.html",
    "theme/templates/base.html",
    "theme/assets/style.css",
    "theme/theme.toml",
    "decisions/0001-x.md",
    "image.svg",
    "src/SUMMARY.md",
    "src/a.md",
];

/// Any bytes, and words in any order, with bytes that are no UTF-8 between them.
fn content() -> impl Strategy<Value = Vec<u8>> {
    let words =
        || prop::collection::vec(prop::sample::select(WORDS), 0..40).prop_map(|words| words.concat().into_bytes());
    let front_matter = || {
        (prop::sample::select(vec!["---\n", "+++\n"]), words(), words())
            .prop_map(|(fence, inside, after)| [fence.as_bytes(), &inside, b"\n", fence.as_bytes(), &after].concat())
    };
    prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..200),
        4 => words(),
        2 => front_matter(),
        1 => (words(), any::<Vec<u8>>(), words()).prop_map(|(before, bytes, after)| [before, bytes, after].concat()),
    ]
}

fn book() -> Files {
    files(
        "-- index.md --\n# Home\n\n[part](part.md) {{#include part.md}}\n-- part.md --\n# Part\n-- decisions/0001-x.md --\n# X\n\n## Status\n\nAccepted\n",
    )
}

/// Asserts what holds for every build of every book.
fn check_build(files: &Files, build: &Build) {
    for finding in &build.findings {
        let Some(content) = files.get(finding.path.as_str()) else { continue };
        let lines = String::from_utf8_lossy(content).matches('\n').count() + 1;
        assert!((1..=lines).contains(&finding.line), "{finding} is past the end of its file, which has {lines} lines");
        if let Some(excerpt) = &finding.excerpt {
            assert!(excerpt.text.get(excerpt.start..excerpt.end).is_some(), "{finding}: {excerpt:?}");
        }
    }
    for (path, artifact) in &build.artifacts {
        if path.as_str().ends_with(".html") && !files.contains_key(path.as_str()) {
            assert!(std::str::from_utf8(&artifact.bytes()).is_ok(), "{path} is no UTF-8");
        }
    }
    Index::in_memory(&build.language).sync(&build.contents()).unwrap();
}

proptest! {
    #![proptest_config(cases(250))]
    #[test]
    fn any_bytes_in_any_file_make_a_site(changes in prop::collection::vec((prop::sample::select(PLACES), content()), 1..4)) {
        let mut files = book();
        files.extend(changes.into_iter().map(|(path, content)| (path.to_owned(), content)));
        check_build(&files, &built(&files));
    }
}

fn options(bits: u8) -> Options {
    let on = |bit: u8| bits & (1 << bit) != 0;
    Options {
        smart_punctuation: on(0),
        math: on(1),
        definition_lists: on(2),
        alerts: on(3),
        wikilinks: on(4),
        detail: precedent::page::Detail::Full,
        trust_html: on(5),
        vault: on(6),
        trackers: precedent::tracker::Trackers::NONE,
    }
}

fn path(name: &str) -> BookPath {
    BookPath::new(name).unwrap()
}

proptest! {
    #![proptest_config(cases(1500))]
    #[test]
    fn the_findings_of_a_page_lie_in_its_text(bytes in content(), bits in any::<u8>()) {
        let text: Arc<str> = String::from_utf8_lossy(&bytes).into();
        let page = parse(&path("a.md"), &text, &options(bits));
        for diagnostic in &page.outline.diagnostics {
            if let Some(span) = diagnostic.span {
                prop_assert!(text.get(span.start..span.end).is_some(), "{diagnostic:?} in {} bytes", text.len());
            }
        }
        for link in &page.outline.links {
            prop_assert!(text.get(link.span.start..link.span.end).is_some(), "{link:?} in {} bytes", text.len());
        }
        for section in &page.content.sections {
            prop_assert!(text.get(section.start..).is_some(), "{section:?} in {} bytes", text.len());
        }
    }

    #[test]
    fn the_findings_of_settings_lie_in_their_text(bytes in content()) {
        let source = Source::new(path("book.toml"), bytes.as_slice());
        let text = String::from_utf8_lossy(&bytes);
        for diagnostic in Config::read(&source).1 {
            if let Some(span) = diagnostic.span {
                prop_assert!(text.get(span.start..span.end).is_some(), "{diagnostic:?} in {} bytes", text.len());
            }
        }
    }

    #[test]
    fn findings_move_to_the_file_that_was_included(bytes in content(), part in content()) {
        let (page, part) = (Source::new(path("a.md"), bytes.as_slice()), Source::new(path("part.md"), part.as_slice()));
        let sources = [&page, &part];
        let expanded = include::expand(&page, &|path| sources.into_iter().find(|source| source.path == *path));
        let parsed = parse(&page.path, &expanded.text, &options(0b1_1111));
        for diagnostic in parsed.outline.diagnostics.into_iter().map(|diagnostic| expanded.origin.relocate(diagnostic)).chain(expanded.origin.diagnostics.iter().cloned()) {
            let source = sources.into_iter().find(|source| source.path == diagnostic.path).expect("a finding is in a file that was read");
            let length = String::from_utf8_lossy(&source.content).len();
            prop_assert!(diagnostic.span.is_none_or(|span| span.start <= length), "{diagnostic:?} in {length} bytes");
        }
    }
}

/// What code is made of, in the languages that are known and in diagrams.
const CODE: &[&str] = &[
    "- ",
    "? ",
    ": ",
    "a: ",
    "|\n",
    ">-\n",
    "&a ",
    "*a ",
    "!!t ",
    "---\n",
    "...\n",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "\"",
    "'",
    "`",
    "\"\"\"",
    "'''",
    "f'",
    "r#\"",
    "\"#",
    "${",
    "%{",
    "$(",
    "<<A\n",
    "<<-'B'\n",
    "A\n",
    "#",
    "//",
    "/*",
    "*/",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<style>",
    "<div a=",
    "</",
    "/>",
    "if x:\n",
    "fn a() {\n",
    "def f(a):\n",
    "\t",
    "\t\t\t\t",
    "  ",
    "        ",
    "\\\n",
    "\n",
    "\r\n",
    "\u{0}",
    "é",
    "𝄞",
    "=",
    "==",
    "=>",
    "->",
    "@",
    "\\",
    ",",
    ";",
    ".",
    "0x",
    "1e9",
    "RUN ",
    "FROM a\n",
    "graph TD\n",
    "flowchart LR\n",
    "sequenceDiagram\n",
    "classDiagram\n",
    "stateDiagram-v2\n",
    "erDiagram\n",
    "gantt\n",
    "pie\n",
    "mindmap\n",
    "timeline\n",
    "gitGraph\n",
    "journey\n",
    "quadrantChart\n",
    "xychart-beta\n",
    "block-beta\n",
    "kanban\n",
    "C4Context\n",
    "sankey-beta\n",
    "packet-beta\n",
    "radar-beta\n",
    "requirementDiagram\n",
    "subgraph a\n",
    "end\n",
    "a --> b\n",
    "A->>B: x\n",
    "loop x\n",
    "class A {\n",
    "[*] --> a\n",
    "A ||--o{ B : x\n",
    "section x\n",
    "title x\n",
    "%%{init: {\"theme\": ",
    "}%%\n",
    "click a href \"javascript:x\"\n",
    "style a fill:url(x)\n",
    "a[\"<b onclick=x>\"]\n",
    "2024-01-01, 3d\n",
    ": 1\n",
    "commit id: \"a\"\n",
    "branch b\n",
];

const LANGUAGES: &[&str] = &[
    "bash",
    "c",
    "css",
    "diff",
    "dockerfile",
    "go",
    "hcl",
    "html",
    "java",
    "javascript",
    "json",
    "python",
    "rust",
    "toml",
    "typescript",
    "yaml",
    "mermaid",
];

/// Words in any order, some of them many times.
fn code() -> impl Strategy<Value = String> {
    let word = (prop::sample::select(CODE), prop_oneof![9 => Just(1usize), 1 => 2..400usize]);
    prop::collection::vec(word, 1..30)
        .prop_map(|words| words.into_iter().map(|(word, count)| word.repeat(count)).collect())
}

proptest! {
    #![proptest_config(cases(300))]
    #[test]
    fn any_code_is_coloured_or_plain(language in prop::sample::select(LANGUAGES), code in code()) {
        // A grammar that ends the program ends this test.
        let text: Arc<str> = format!("~~~~~{language}\n{code}\n~~~~~\n").into();
        let page = parse(&path("a.md"), &text, &options(0));
        let stopped = page.outline.diagnostics.iter().find(|found| found.code.name() == "too-much-work");
        prop_assert!(stopped.is_none(), "{stopped:?}");
    }
}
