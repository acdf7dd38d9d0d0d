mod html_of_authors;
mod issues;
mod text;

use super::*;

pub(super) const ALL: Options = Options {
    detail: Detail::Full,
    smart_punctuation: false,
    math: true,
    definition_lists: true,
    alerts: true,
    wikilinks: true,
    trust_html: false,
    vault: false,
    trackers: crate::tracker::Trackers::NONE,
};

fn page(text: &str) -> Page {
    parse(&BookPath::new("docs/01-a_page.md").unwrap(), &text.into(), &ALL)
}

/// The body with every hole shown as `«n»`.
fn html(text: &str) -> String {
    let body = page(text).content.body;
    shown(&body.heading) + &shown(&body.rest)
}

fn shown(pieces: &[Piece]) -> String {
    let show = |piece: &Piece| match piece {
        Piece::Html(html) => html.clone(),
        Piece::Target(number, Attribute::Href) => format!(" href=«{number}»"),
        Piece::Target(number, Attribute::Src) => format!(" src=«{number}»"),
        Piece::Address(number) => format!("«{number}»"),
        Piece::Label(number) => format!("«label {number}»"),
        Piece::Block(_) => String::new(),
    };
    pieces.iter().map(show).collect()
}

fn codes(text: &str) -> Vec<&'static str> {
    page(text).outline.diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect()
}

#[test]
fn title_and_description_come_from_the_best_place() {
    let check = |text: &str, title: Option<&str>, description: &str| {
        let page = page(text);
        assert_eq!((page.outline.title.as_deref(), page.outline.description.as_str()), (title, description), "{text}");
    };
    check("---\ntitle: T\ndescription: D\n---\n# H\n\nText.", Some("T"), "D");
    check("+++\ntitle = 'T'\n+++\n# H\n\nText.", Some("T"), "Text.");
    check("---\ntitle: N/A\n---\n# TBD\n\nText.\n\n# H\n", Some("H"), "Text.");
    check("---\ntitle: none\n---\n# Untitled\n\nText.", None, "Text.");
    check(
        "# 4. Use `x`\n\nDate: 2024-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nWe need it.",
        Some("4. Use x"),
        "We need it.",
    );
    check("plain", None, "plain");
    check("", None, "");
}

#[test]
fn broken_front_matter_is_found_at_its_line_and_the_page_is_built() {
    let page = page("---\ntitle: a: b\nstatus: accepted\n---\n# H\n");
    assert_eq!(page.outline.title.as_deref(), Some("a: b"));
    let diagnostic = &page.outline.diagnostics[0];
    assert_eq!(diagnostic.code, Code::InvalidFrontMatter);
    assert!((4..16).contains(&diagnostic.span.unwrap().start), "{diagnostic:?}");
    assert_eq!(html("---\n\nprose\n\n---\n"), "<hr />\n<p>prose</p>\n<hr />\n");
}

#[test]
fn links_are_holes_and_the_heading_stands_apart() {
    let page = page("# H [a](b.md)\n\n[c](d.md#e \"t\") ![i](j.png) <https://x.y> [[wiki#h|label]] [[w]]");
    assert!(matches!(
        page.content.body.heading[..],
        [Piece::Html(_), Piece::Target(0, Attribute::Href), Piece::Html(_)]
    ));
    let targets: Vec<_> = page.outline.links.iter().map(|link| link.target.clone()).collect();
    let relative = |text: &str| Target::Relative(text.to_owned());
    let wiki = |text: &str| Target::Wiki(text.to_owned());
    assert_eq!(
        targets,
        [
            relative("b.md"),
            relative("d.md#e"),
            relative("j.png"),
            Target::External("https://x.y".into()),
            wiki("wiki#h"),
            Target::Bare("w".to_owned())
        ]
    );
    assert_eq!(html("[a](b.md) [[w]]"), "<p><a href=«0»>a</a> <a href=«1»>«label 1»</a></p>\n");
}

#[test]
fn words_of_front_matter_are_kept_and_drafts_kept_back() {
    let front = |text: &str| page(text).outline.front_matter;
    assert_eq!(page("---\ntitle: 1.10\n---\n").outline.title.as_deref(), Some("1.10"));
    assert_eq!(page("---\ntitle: 007\n---\n").outline.title.as_deref(), Some("007"));
    for (text, draft, found) in [
        ("true", true, 0),
        ("yes", true, 0),
        ("On", true, 0),
        ("no", false, 0),
        ("false", false, 0),
        ("perhaps", true, 1),
        ("[x]", true, 1),
        ("", false, 0),
    ] {
        let text = format!("---\ndraft: {text}\n---\n# X\n");
        assert_eq!((front(&text).draft, codes(&text).len()), (draft, found), "{text}");
    }
}

#[test]
fn front_matter_after_empty_lines_has_a_key_that_is_known() {
    assert_eq!(page("\n\n---\ntitle: Late\n---\nText.\n").outline.title.as_deref(), Some("Late"));
    assert!(html("\n---\nnote: to self\n---\nText.\n").contains("note: to self"));
    assert!(html("\n---\nSome prose: with a colon\n---\nText.\n").contains("Some prose"));
}

#[test]
fn the_summary_is_what_follows_the_title() {
    assert_eq!(page("[Home](https://x.y)\n\n# Guide\n\nHow it is done.\n").outline.description, "How it is done.");
}

#[test]
fn the_text_for_search_is_cut_at_headings() {
    let page = page(
        "# T\n\nIntro `code`.\n\n## A *b*\n\n- one\n- two\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```py\nz = 1\n```\n",
    );
    let sections: Vec<_> = page
        .content
        .sections
        .iter()
        .map(|section| (section.anchor.as_deref(), section.heading.as_str(), section.text.as_str()))
        .collect();
    assert_eq!(sections, [(None, "", "Intro code.\n"), (Some("a-b"), "A b", "one\ntwo\nx\ny\n1\n2\n\tz = 1\n")]);
}

#[test]
fn what_markdown_offers_is_there() {
    for (text, part) in [
        (
            "> [!WARNING]\n> x",
            "<div class=\"alert warning\" role=\"note\"><p class=\"alert-title\">Warning</p>\n<p>x</p>\n</div>",
        ),
        (
            "- [x] a",
            "<li class=\"task\"><input type=\"checkbox\" disabled=\"\" aria-label=\"Done\" checked=\"\"/> a</li>",
        ),
        ("a[^n]\n\n[^n]: note", "<li id=\"fn-1\"><p>note <a class=\"back\" href=\"#fnref-1-1\""),
        ("T\n: d", "<dl>\n<dt>T</dt>\n<dd>d</dd>\n</dl>"),
        ("$x^2$", "<math"),
        ("$\\operatorname{<img src=x onerror=y>}$", "<mi>&lt;img src=x onerror=y&gt;</mi>"),
        ("~~a~~ https://a.b", "<del>a</del> <a href=\"https://a.b\">https://a.b</a>"),
        ("|a|\n|-:|\n|b|", "<td class=\"align-right\">b</td>"),
        ("```diff\n+a\n```", "<figure class=\"code signed\" data-language=\"diff\">"),
    ] {
        assert!(html(text).contains(part), "{text}\n{}", html(text));
    }
}

#[cfg(feature = "diagrams")]
#[test]
fn a_diagram_is_drawn_twice_and_a_bad_one_is_shown_as_text() {
    let drawn = page("```mermaid\nflowchart TD\n A[Start] --> B[Done]\n```\n");
    assert_eq!((drawn.outline.diagnostics.len(), drawn.content.diagrams.len(), drawn.outline.links.len()), (0, 1, 2));
    let shown =
        drawn.content.body.rest.iter().filter(|piece| matches!(piece, Piece::Target(_, Attribute::Src))).count();
    assert_eq!(shown, 2, "{:?}", drawn.content.body.rest);
    assert_eq!(codes("```mermaid\nnonsense ->\n```\n"), ["invalid-diagram"]);
}

#[test]
fn blocks_that_nest_too_deep_lose_their_frames() {
    let text = format!("{}deep", "> ".repeat(5000));
    assert_eq!(codes(&text), ["deep-nesting"]);
    assert!(html(&text).matches("<blockquote>").count() <= 100 && html(&text).contains("deep"));
}

#[test]
fn names_become_titles() {
    for (name, title) in [
        ("01-getting_started.md", "Getting started"),
        ("a/README.md", "A"),
        ("0001-use-x.md", "0001 use x"),
        ("2024-01-02-x.md", "2024 01 02 x"),
    ] {
        assert_eq!(title_of_name(&BookPath::new(name).unwrap()), title);
    }
}

#[test]
fn a_rule_has_an_id_of_its_own() {
    let page = page(
        "# G\n\n## Names\n\n- {#py-1} Names are words.\n  - inner\n- other\n\n{#py-2} A paragraph.\n\nAfter.\n\n1. [ ] {#py-3} A task.\n",
    );
    let sections: Vec<String> = page
        .content
        .sections
        .iter()
        .map(|section| {
            format!(
                "{}|{}|{}",
                section.anchor.as_deref().unwrap_or("-"),
                section.heading,
                section.text.trim().replace('\n', "/")
            )
        })
        .collect();
    assert_eq!(
        sections,
        [
            "names|Names|",
            "py-1|Names › py-1|Names are words./inner",
            "names|Names|other",
            "py-2|Names › py-2|A paragraph.",
            "names|Names|After.",
            "py-3|Names › py-3|A task."
        ]
    );
    assert_eq!(page.outline.anchors, ["py-1", "py-2", "py-3"]);
}

#[test]
fn tabs_are_cut_at_headings_or_at_titled_code() {
    let group = "# P\n\n<!-- tabs -->\n\n### Linux\n\na\n\n#### More\n\n### *Mac*\n\nb\n\n<!-- /tabs -->\n\nafter\n";
    let shown = html(group);
    let parts = [
        "<div class=\"tab-list\"><button type=\"button\" class=\"tab chosen\">Linux</button>",
        "<button type=\"button\" class=\"tab\">Mac</button></div>\n<div class=\"tab-panel chosen\">\n<h3 id=\"linux\">",
        "<h4 id=\"more\">",
        "</div>\n<div class=\"tab-panel\">\n<h3 id=\"mac\">",
        "<p>b</p>\n</div>\n</div>\n<p>after</p>",
    ];
    for part in parts {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    let labels: Vec<bool> = page(group).outline.headings.iter().map(|heading| heading.is_tab).collect();
    assert_eq!(labels, [false, true, false, true]);
    let code =
        html("<!-- tabs:start -->\n```sh title=\"a<b\"\nx\n```\n\n```sh title=\"c\"\ny\n```\n<!-- tabs:end -->\n");
    assert!(code.contains("chosen\">a&lt;b</button><button type=\"button\" class=\"tab\">c</button>"), "{code}");
}

#[test]
fn tabs_end_with_what_they_stand_in_and_without_a_label_are_none() {
    let balanced = |text: &str, groups: usize, tabs: usize| {
        let html = html(text);
        assert_eq!(html.matches("<div").count(), html.matches("</div").count(), "{text}\n{html}");
        assert_eq!(html.matches("\"tab-group\"").count(), groups, "{text}\n{html}");
        assert_eq!(html.matches("<button").count(), tabs, "{text}\n{html}");
    };
    balanced("> <!-- tabs -->\n> ## A\n\n## B\n", 1, 1);
    balanced("<!-- tabs -->\n\n### A\n\n## B\n\n### C\n", 1, 1);
    balanced("<!-- tabs -->\n\n### A\n\n> ### quoted\n\n- item\n\n  ### in an item\n", 1, 1);
    balanced("<!-- tabs -->\n\ntext\n\n<!-- /tabs -->\n\n### A\n", 1, 0);
    balanced("<!-- /tabs -->\n\n### A\n\n> <!-- /tabs -->\n\ntext <!-- tabs -->\n", 0, 0);
    balanced("<!-- tabs -->\n## A\n<!-- tabs -->\n### B\n### C\n<!-- /tabs -->\n## D\n<!-- /tabs -->\n", 2, 4);
    balanced("<div>\n\n<!-- tabs -->\n\n## A\n\n</div>\n\nx\n", 1, 1);
    balanced(&"<!-- tabs -->\n# A\n".repeat(2000), 3, 2000);
}

#[test]
fn ids_are_made_of_what_is_written() {
    for (text, id, shown) in [
        ("# The --force option", "the---force-option", "The --force option"),
        ("# Before -- after", "before----after", "Before – after"),
        ("# :smiley: It's \"x\"", "smiley-its-x", "😃 It’s “x”"),
        ("# Extras :rocket:", "extras-rocket", "Extras 🚀"),
        ("# A &amp; b<br>c {#d}", "d", "A & b c"),
    ] {
        let smart = Options { smart_punctuation: true, ..ALL };
        let page = parse(&BookPath::new("a.md").unwrap(), &text.into(), &smart);
        assert_eq!((page.outline.headings[0].id.as_str(), page.outline.title.as_deref()), (id, Some(shown)), "{text}");
    }
}

#[test]
fn formulas_stand_in_code_too_and_breaks_part_words() {
    assert!(html("```math\n\\sqrt{x}\n```\n").contains("<math display=\"block\"><msqrt>"));
    assert!(html("a $`x^2`$ b").contains("a <math display=\"inline\"><msup>"));
    let page = page("| a |\n|---|\n| meerkat<br>narwhal |\n\n> [!faq]- Is it *so*?\n> yes\n");
    assert_eq!(page.content.sections[0].text, "a\nmeerkat\nnarwhal\nIs it so?\nyes\n");
    assert_eq!(
        html("> [!faq]- Is it *so*?\n> yes\n"),
        "<details class=\"alert note\"><summary class=\"alert-title\">Is it so?</summary>\n<p>yes</p>\n</details>\n"
    );
}

#[test]
fn numbers_in_code_lead_to_the_list_below() {
    let code = "```python\nx = 1  # (1)!\ny = 2  # (2)\nz = 3  # (3)\n```\n\n";
    let noted = page(&format!("{code}1. one\n2. two\n   1. inner\n"));
    let shown = html(&format!("{code}1. one\n2. two\n   1. inner\n"));
    assert_eq!(noted.outline.anchors, ["code-note", "code-note-1"]);
    assert!(shown.contains("1</span><a class=\"annotation\" href=\"#code-note\">1</a>\n"), "{shown}");
    assert!(shown.contains("<a class=\"annotation\" href=\"#code-note-1\">2</a>\n"), "{shown}");
    assert!(shown.contains("# (3)</span>") && !shown.contains("(2)"), "a number without a note stays: {shown}");
    assert!(shown.contains("<ol class=\"annotations\" role=\"list\">\n<li id=\"code-note\">one</li>\n<li id=\"code-note-1\">two<ol>\n<li>inner</li>"), "{shown}");
    for not_noted in ["text\n\n1. one\n", "- one\n", "2. one\n", ""] {
        let shown = html(&format!("{code}{not_noted}"));
        assert!(shown.contains("# (1)!</span>") && !shown.contains("annotation"), "{shown}");
    }
    let nested =
        html("> ```sh linenos\n> a # (1)\n> ```\n> 1. note\n>\n>    ```sh\n>    b # (1)\n>    ```\n>    1. deeper\n");
    assert_eq!(nested.matches("class=\"annotation\"").count(), 2, "{nested}");
    assert!(
        nested.contains("href=\"#code-note-1\">1</a>") && nested.contains("<li id=\"code-note-1\">deeper"),
        "{nested}"
    );
}
