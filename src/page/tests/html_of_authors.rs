//! The HTML of an author: what of it stays, what is text, and what is left out.

use super::*;

#[test]
fn html_of_an_author_is_made_safe() {
    for (text, expected) in [
        ("<script>alert(1)</script>\n\nx", "\n<p>x</p>\n"),
        ("a <b onclick=\"x()\">b</b>", "<p>a <b>b</b></p>\n"),
        ("<a href=\"javascript:x()\">a</a>", "<p><a>a</a></p>\n"),
        ("<a href=\"b.md\">a</a>", "<p><a href=«0»>a</a></p>\n"),
        ("<svg onload=x()><circle/></svg>y", "<p>y</p>\n"),
        ("<div>\n\n*a*\n", "<div>\n<p><em>a</em></p>\n</div>"),
        ("a <!-- c --> b", "<p>a  b</p>\n"),
        ("[a](javascript:x)", "<p><a>a</a></p>\n"),
        (
            "# H {onclick=x .c}",
            "<h1 id=\"h\" class=\"c\">H <a class=\"anchor\" href=\"#h\" aria-labelledby=\"h\"></a></h1>\n",
        ),
    ] {
        assert_eq!(html(text), expected, "{text}");
    }
    assert_eq!(
        codes("<script>x</script>\n\n<b onclick=x>y</b> [a](javascript:x)"),
        ["unsafe-html", "unsafe-html", "unsafe-link"]
    );
}

#[test]
fn html_of_an_author_keeps_what_documents_use() {
    for kept in [
        "<ol type=\"a\" start=\"3\" reversed=\"\"><li value=\"7\">x</li></ol>",
        "<table border=\"1\"><tbody><tr><td colspan=\"2\" valign=\"top\">x</td></tr></tbody></table>",
        "<p><a href=\"https://x.y\" target=\"_blank\" rel=\"nofollow\" download=\"\">x</a></p>",
        "<p><time datetime=\"2024-01-02\">x</time> <progress value=\"1\" max=\"2\">x</progress> <nobr>x</nobr></p>",
        "<div hidden=\"\" data-x=\"1\">x</div>",
        "<p><button type=\"button\">x</button></p>",
    ] {
        assert_eq!(html(kept).trim_end(), kept);
        assert_eq!(codes(kept), [""; 0], "{kept}");
    }
    for (text, expected, found) in [
        ("<noscript>Turn it on.</noscript>\n", "<p>Turn it on.</p>\n", &[][..]),
        (
            "Put the <title> element first.\n\nMore.",
            "<p>Put the &lt;title&gt; element first.</p>\n<p>More.</p>\n",
            &["`<title>`"],
        ),
        ("<style>\np { color: red }\n</style>\n\nx", "\n<p>x</p>\n", &["`<style>`"]),
        ("<textarea>\nx\n\ny", "&lt;textarea&gt;\nx\n\ny", &["`<textarea>`"]),
        ("cd <path>, say <your name here>", "<p>cd &lt;path&gt;, say &lt;your name here&gt;</p>\n", &[]),
        ("<div data-status=\"x\" wrong=\"y\">x</div>", "<div>x</div>", &["`data-status`", "`wrong`"]),
        (
            "<img style=\"width: 50%; color: red; float: right\" src=\"https://x.y/a\">",
            "<img width=\"50%\" src=\"https://x.y/a\" class=\"float-right\">",
            &["`style=\"color: …\"`"],
        ),
        ("<button onclick=\"x()\">y</button>", "<p><button type=\"button\">y</button></p>", &["`onclick`"]),
        (
            "<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"d.png, e.png 2x\"><img src=\"l.png\"></picture>",
            "<p><picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"«0», «1» 2x\"><img src=«2»></picture></p>",
            &[],
        ),
    ] {
        assert_eq!(html(text).trim_end(), expected.trim_end(), "{text}");
        let page = page(text);
        let messages: Vec<&str> =
            page.outline.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(messages.len(), found.len(), "{messages:?}");
        assert!(found.iter().zip(&messages).all(|(name, message)| message.contains(name)), "{messages:?}");
    }
}

#[test]
fn what_is_left_out_is_found_where_it_stands() {
    for text in ["<div>\r\né\r\n<p wrong=\"x\">y</p>\r\n</div>\r\n", "> <div>\n> é\n> <p wrong=\"x\">y</p>\n> </div>\n"]
    {
        let found = page(text).outline.diagnostics.remove(0);
        let span = found.span.unwrap();
        assert_eq!(&text[span.start..span.end], "wrong", "{found:?}");
    }
}

#[test]
fn the_text_in_html_is_text_of_the_page() {
    let page = page(
        "<h1 align=\"center\">Shop</h1>\n\nIntro.\n\n<details>\n<summary>Where the alpaca lives</summary>\n\nBody.\n\n</details>\n\n<table><tr><td>dingo</td><td>cell</td></tr><tr><td>next</td></tr></table>\n\n| Cell |\n|---|\n| meerkat<br>narwhal |\n\n<h2 id=\"two\">Part <b>two</b></h2>\n\n<p>After &amp; all <img src=\"https://x.y/a\" alt=\"a yak\"></p>\n<script>nothing</script>\n",
    );
    assert_eq!(page.outline.title.as_deref(), Some("Shop"));
    let headings: Vec<_> =
        page.outline.headings.iter().map(|it| (it.level, it.id.as_str(), it.text.as_str())).collect();
    assert_eq!(headings, [(1, "shop", "Shop"), (2, "two", "Part two")]);
    let text = |at: usize| {
        page.content.sections[at].text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(
        text(0),
        ["Intro.", "Where the alpaca lives", "Body.", "dingo", "cell", "next", "Cell", "meerkat", "narwhal"]
    );
    assert_eq!((page.content.sections[1].heading.as_str(), text(1)), ("Part two", vec!["After & all a yak"]));
}

#[test]
fn a_page_has_one_title_whatever_precedes_it() {
    for text in [
        "![Logo](https://x.y/l.svg)\n\n# Guide\n\nText.\n",
        "[Home](https://x.y)\n\n# Guide\n\nText.\n",
        "> A quote.\n\n# Guide\n\nText.\n",
        "<h1 align=\"center\">Guide</h1>\n\nText.\n",
        "<div align=\"center\">\n\n# Guide\n\n</div>\n\nText.\n",
        "<div align=\"center\"><img src=\"https://x.y/l.svg\"><h1>Guide</h1><p>Badges</p></div>\n\nText.\n",
        "<div>\n\n# Guide\n\nText.\n",
        "## Before\n\nText.\n\n# Guide\n",
    ] {
        let page = page(text);
        assert_eq!(page.outline.title.as_deref(), Some("Guide"), "{text}");
        assert_eq!(shown(&page.content.body.heading).matches("<h1").count(), 1, "{text}");
        assert!(!shown(&page.content.body.rest).contains("<h1"), "{text}");
    }
    let parts = page("---\ntitle: Guide\n---\n# Context\n\nText.\n\n# Decision\n");
    assert!(
        parts.content.body.heading.is_empty() && shown(&parts.content.body.rest).contains("<h1 id=\"context\""),
        "{parts:?}"
    );
}

#[test]
fn a_mark_cannot_be_forged() {
    let forged = "`x <div title=\"&#xFDD0;0000s0&#xFDD1;\">y</div> \u{FDD0}s0\u{FDD1}\n\n```\ncode\n```\n";
    assert_eq!(html(forged).matches("code</").count() + html(forged).matches("code\n<").count(), 1, "{}", html(forged));
}
