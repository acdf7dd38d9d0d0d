use std::collections::BTreeSet;

use super::kind::Kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::tests::ALL;
use crate::page::{Options, parse};
use crate::path::BookPath;

fn findings(text: &str, vault: bool) -> Vec<Diagnostic> {
    let path = BookPath::new("a.md").unwrap();
    let page = parse(&path, &text.into(), &Options { vault, ..ALL });
    page.outline.diagnostics.into_iter().filter(|found| found.code == Code::ForeignDialect).collect()
}

/// What the findings point at, and what they say of it.
fn check(text: &str, expected: &[(&str, &str)]) {
    check_in(text, false, expected);
}

fn check_in(text: &str, vault: bool, expected: &[(&str, &str)]) {
    let found = findings(text, vault);
    let seen: Vec<(&str, &str)> = (found.iter())
        .map(|found| (&text[found.span.unwrap().start..found.span.unwrap().end], found.message.as_str()))
        .collect();
    assert_eq!(seen, expected, "{text}");
}

fn nothing(text: &str) {
    check_in(text, false, &[]);
    check_in(text, true, &[]);
}

/// Each kind once, in a page of its own.
const EACH: &[(Kind, &str)] = &[
    (Kind::Admonition, "!!! note\n    x\n"),
    (Kind::Admonition, "??? tip \"Title\"\n    x\n"),
    (Kind::Admonition, "???+ warning inline end \"T\"\n\n\tx\n"),
    (Kind::Admonition, "- a\n\n    !!! danger highlight blink\n        x\n"),
    (Kind::ContentTab, "=== \"Linux\"\n\n    x\n"),
    (Kind::Snippet, "--8<-- \"a.md\"\n"),
    (Kind::AttributeList, "[a](b.md){ .md-button }\n"),
    (Kind::AttributeList, "[a](b.md){: target=\"_blank\" rel=x }\n"),
    (Kind::AttributeList, "![a](b.png){ width=\"300\" }\n"),
    (Kind::AttributeList, "a\n{ .class #id }\n"),
    (Kind::AttributeList, "a\n{: .class }\n"),
    (Kind::AttributeList, "{:toc}\n"),
    (Kind::AttributeList, "# a {: #b }\n"),
    (Kind::Directive, ":::note\n\nx\n\n:::\n"),
    (Kind::Directive, "::: tip Title\nx\n:::\n"),
    (Kind::Directive, ":::{note}\nx\n:::\n"),
    (Kind::Directive, ":::note[Title]\nx\n:::\n"),
    (Kind::Directive, "::::{grid} 2\nx\n::::\n"),
    (Kind::Import, "import Tabs from '@theme/Tabs';\n\nx\n"),
    (Kind::Import, "a\n\nimport \"./a.css\"\nimport {B} from \"./b\"\n"),
    (Kind::Import, "export const a = 1;\n"),
    (Kind::Import, "export default function A() {}\n"),
    (Kind::Element, "<Tabs>\n\nx\n\n</Tabs>\n"),
    (Kind::Element, "<Tabs.Item label={\"a b\"}>x</Tabs.Item>\n"),
    (Kind::Element, "a <Badge text=\"b\" /> c\n"),
    (Kind::Embed, "![[A note]]\n"),
    (Kind::Embed, "![[a/v1.2 notes#Part]]\n"),
    (Kind::Comment, "a %%b c%% d\n"),
    (Kind::Comment, "a %% b c %%\n"),
    (Kind::Comment, "%%\n\na\n\n%%\n"),
    (Kind::Dataview, "```dataview\nLIST\n```\n"),
    (Kind::Dataview, "~~~dataviewjs\ndv\n~~~\n"),
    (Kind::GitBookBlock, "{% hint style=\"info\" %}\nx\n{% endhint %}\n"),
    (Kind::LiquidTag, "{% include a.html %}\n"),
    (Kind::LiquidTag, "{%- if a -%}\n"),
    (Kind::LiquidTag, "By {{ page.author }}.\n"),
    (Kind::Shortcode, "{{< figure src=\"a.png\" >}}\n"),
    (Kind::Shortcode, "a {{% ref \"b\" %}} c\n"),
    (Kind::Shortcode, "{{< figure\n  src=\"a.png\" >}}\n"),
    (Kind::Shortcode, "{{</ tabs >}}\n"),
    (Kind::RstDirective, ".. note::\n   x\n"),
    (Kind::RstDirective, ".. py:function:: f\n"),
    (Kind::RstRole, "See :ref:`a`.\n"),
    (Kind::RstRole, "(:py:func:`a`)\n"),
];

const OF_VAULTS: &[(Kind, &str)] = &[
    (Kind::Tag, "a #one/two b\n"),
    (Kind::Tag, "#über\n"),
    (Kind::Tag, "(#one)\n"),
    (Kind::BlockId, "a b ^37066d\n"),
    (Kind::BlockId, "- a ^my-id\n"),
];

#[test]
fn each_mark_is_named_by_its_kind() {
    for (kind, text) in EACH.iter().chain(OF_VAULTS) {
        let found = findings(text, true);
        let [found] = found.as_slice() else { panic!("{text}: {found:?}") };
        assert!(found.message.contains(kind.name()), "{text}: {}", found.message);
        assert_eq!(found.help.as_deref(), Some(kind.help()));
        let in_code = format!("````\n{text}````\n\n<!--\n{text}-->\n");
        assert!(*kind == Kind::Directive || findings(&in_code, true).is_empty(), "{text} in code");
    }
    let tried: BTreeSet<Kind> = EACH.iter().chain(OF_VAULTS).map(|(kind, _)| *kind).collect();
    assert_eq!(tried.into_iter().collect::<Vec<_>>(), Kind::ALL);
    for (_, text) in OF_VAULTS {
        check(text, &[]);
    }
}

#[test]
fn what_only_looks_like_a_mark_is_text() {
    for text in [
        // MkDocs
        "!!! note\nx\n",
        "!!! What a day\n",
        "??? who knows\n\nx\n",
        "Title\n===\n",
        "=== \"a\" is strict\n",
        "if a\n=== \"b\"\nthen\n",
        "--8<-- cut here\n",
        "`!!! note` is a mark\n",
        "## Context {#why .a}\n",
        "- {#py-naming} Names\n",
        "{#py-naming}\n",
        "{x=1}\n",
        "{id}\n",
        "{}\n",
        "GET [a](b.md){id}\n",
        "[a](b.md) {name}\n",
        "text{ .class }\n",
        // Directives
        "The selector `:::before` and std:::x\n",
        ":::note\n\nx\n",
        "::: is a sign\n\nx ::: y\n",
        ":::\n\nx\n\n:::\n",
        // MDX
        "Goods\nimport duty from 'abroad'\n",
        "import duty from the port\n",
        "export const is a keyword\n",
        "export default settings\n",
        "Vec<String> and <String> and Option<Vec<Foo>>\n",
        "<Your Name>\n",
        "<BR> <Br/> <Details>x</Details> <TABLE></TABLE>\n",
        "<T>x</T>\n",
        "`<Tabs>` closes with `</Tabs>`\n",
        // Obsidian
        "![[a.png]] ![[b.PDF]] ![[c.mp4|200]]\n",
        "from 5%% to 10%% of it\n",
        "for %%i in (a b) do echo %%i\n",
        "printf(%%d) and %%\n",
        "```\n%%time\n%%\n```\n\n```mermaid\nflowchart LR\n%% a %%\nA --> B\n```\n",
        "[[A page]]\n",
        "See #12, #define, #fff and #a0b1c2; a#b, C#\n",
        "[a](#part) ## b [c]\n\n[c]: #part\n",
        "x ^ y and x^2\nand 2^n\n",
        "[^1] a\n\n[^1]: b\n",
        // Liquid and Hugo
        "{ % } and {%}\n",
        "In `{{ page.title }}` and `{% if %}`\n",
        "{{ x }} and {{page}}\n",
        "about {% if %} in a sentence\n",
        "{{<}} {{%}} {{< 1 >}}\n",
        // reStructuredText
        ".. and so on\n",
        "... note:: x\n",
        ":warning: `code` and :rocket:`x`\n",
        "10:30:45`x` and a:ref:`b`\n",
    ] {
        nothing(text);
    }
}

#[test]
fn a_page_has_one_finding_a_dialect() {
    let text = "# A\n\n!!! note\n    x\n\n!!! tip\n    x\n\n=== \"Tab\"\n    x\n\n{{< a >}}\n";
    check(
        text,
        &[
            (
                "!!! note",
                "this page has MkDocs' admonitions (`!!! note`) and content tabs (`=== \"Tab\"`), which are shown as text, \
                 3 times",
            ),
            ("{{< a >}}", "this page has Hugo's shortcodes (`{{< a >}}`), which are shown as text"),
        ],
    );
    check(
        "<A1b />\n\nimport x from 'y'\n",
        &[(
            "<A1b />",
            "this page has MDX's components (`<A1b />`) and imports and exports (`import x from 'y'`), which are not read, \
         2 times",
        )],
    );
}

#[test]
fn a_place_is_that_in_the_file() {
    check(
        "---\ntitle: a\n---\n\nä {{< b >}}\n",
        &[("{{< b >}}", "this page has Hugo's shortcodes (`{{< b >}}`), which are shown as text")],
    );
    let long = format!(":::note {}\n:::\n", "ä".repeat(80));
    assert!(findings(&long, false)[0].message.contains("ä…`"));
}

#[test]
fn front_matter_holds_no_marks() {
    nothing("---\ntitle: \"{{< a >}} %%b%%\"\n---\n\nx\n");
}
