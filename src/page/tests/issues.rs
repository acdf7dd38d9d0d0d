use super::*;
use crate::tracker::Tracker;

fn reading() -> Options {
    let of = |pattern: &str, address: &str| Tracker::new(pattern, address).unwrap();
    let trackers = Trackers::new(vec![
        of("QS-{n}", "https://t.example/browse/QS-{n}"),
        of("#{n}", "https://t.example/q?a=1&n={n}"),
        of("[{n}b]", "https://t.example/b/{n}"),
    ]);
    Options { trackers, smart_punctuation: true, ..ALL }
}

fn page(text: &str) -> Page {
    parse(&BookPath::new("a.md").unwrap(), &text.into(), &reading())
}

/// The links of a text, each as what it shows.
fn links(text: &str) -> Vec<String> {
    let body = page(text).content.body;
    let html = shown(&body.heading) + &shown(&body.rest);
    let parts = html.split("<a href=\"https://t.example").skip(1);
    let shown = |part: &str| part.split_once('>').unwrap().1.split("</a>").next().unwrap().to_owned();
    parts.map(shown).collect()
}

#[test]
fn ordinary_text_mentions_issues() {
    for (text, expected) in [
        ("See QS-412.", vec!["QS-412"]),
        ("**QS-1** *QS-2* _QS-3_ ~~QS-4~~ <b>QS-5</b>", vec!["QS-1", "QS-2", "QS-3", "QS-4", "QS-5"]),
        ("- QS-1\n- #2, and\n  #3", vec!["QS-1", "#2", "#3"]),
        (
            "> QS-1\n\n| a |\n|---|\n| QS-2 |\n\nTerm\n: QS-3\n\nx[^1]\n\n[^1]: QS-4\n",
            vec!["QS-1", "QS-2", "QS-3", "QS-4"],
        ),
        ("# About QS-1\n\n## And #2\n\nText.\n", vec!["QS-1", "#2"]),
        ("\"QS-1\" -- 'QS-2'...", vec!["QS-1", "QS-2"]),
        ("$5 and QS-1 and $6", vec!["QS-1"]),
        ("[QS-1] is no link, [5b] is one", vec!["QS-1", "[5b]"]),
    ] {
        assert_eq!(links(text), expected, "{text}");
    }
    let html = html_of("#7 & QS-1");
    assert_eq!(
        html,
        "<p><a href=\"https://t.example/q?a=1&amp;n=7\">#7</a> &amp; <a href=\"https://t.example/browse/QS-1\">QS-1</a></p>\n"
    );
}

fn html_of(text: &str) -> String {
    shown(&page(text).content.body.rest)
}

#[test]
fn nothing_else_does() {
    for text in [
        "`QS-1` ``#2``",
        "```\nQS-1\n```\n\n    QS-2\n",
        "[QS-1](https://other.example/) [x](QS-1.md \"QS-2\") ![QS-3](QS-4.png)",
        "<https://other.example/QS-1> https://other.example/QS-1 www.other.example/QS-1 ann@QS-1.example",
        "<a href=\"https://other.example/\">QS-1</a> <code>QS-2 <b>#3</b></code> <kbd>#4</kbd> <i title=\"QS-5\">x</i>",
        "<div>QS-1</div>\n\n<!-- QS-2 -->\n",
        "$QS-1 + x$ and [[QS-1]]",
        "\\#1 &#12; a#1 UTF-8 CVE-2026-1 ADR-12",
        "[QS-1]\n\n[QS-1]: https://other.example/\n",
    ] {
        assert_eq!(links(text), [""; 0], "{text}");
    }
}

#[test]
fn ids_titles_and_what_is_searched_stay_as_they_are() {
    let text = "# Why QS-412\n\n## About #7: it\n\nSee QS-1, `#2` and *#3*.\n";
    let (with, without) = (page(text), parse(&BookPath::new("a.md").unwrap(), &text.into(), &ALL));
    assert_eq!(with.content.sections, without.content.sections);
    assert_eq!(with.outline.headings, without.outline.headings);
    assert_eq!((with.outline.title, with.outline.description), (without.outline.title, without.outline.description));
}
