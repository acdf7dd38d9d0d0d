//! The examples of CommonMark 0.31.2 and of the GitHub Flavored Markdown extensions, through the renderer.
//!
//! Compared is what a browser makes of the page and of the expected HTML, after our own decorations are undone:
//! heading ids and anchors, figures around code, frames around tables, lazy loading, classes of tasks.

use std::collections::BTreeMap;
use std::sync::Arc;

use precedent::page::{Attribute, Options, Page, Piece, Target, parse};
use precedent::path::BookPath;
use serde::Deserialize;

use crate::dom::{Element, Node, fragment};

/// An example of a specification.
#[derive(Deserialize)]
struct Example {
    number: usize,
    section: String,
    markdown: String,
    html: String,
}

const STRICT: Options = Options {
    smart_punctuation: false,
    math: false,
    definition_lists: false,
    alerts: false,
    wikilinks: false,
    detail: precedent::page::Detail::Full,
    trust_html: true,
    vault: false,
    trackers: precedent::tracker::Trackers::NONE,
};

const FRONT_MATTER: &str = "`---` in the first line begins front matter";
const AUTOLINK: &str = "bare addresses are links, as in GFM";
const SCHEME: &str = "an address with a scheme that nobody knows is no link: it could run script";
const CAPTION: &str = "an image that stands alone with a title is a figure with a caption";

/// Where we differ from CommonMark on purpose.
const COMMONMARK_DEVIATIONS: &[(usize, &str)] = &[
    (98, FRONT_MATTER),
    (572, CAPTION),
    (573, CAPTION),
    (576, CAPTION),
    (577, CAPTION),
    (584, CAPTION),
    (585, CAPTION),
    (586, CAPTION),
    (588, CAPTION),
    (589, CAPTION),
    (591, CAPTION),
    (598, SCHEME),
    (599, SCHEME),
    (601, SCHEME),
    (602, AUTOLINK),
    (606, AUTOLINK),
    (608, AUTOLINK),
    (611, AUTOLINK),
    (612, AUTOLINK),
];

/// Where we differ from GFM.
const GFM_DEVIATIONS: &[(usize, &str)] = &[];

#[test]
fn commonmark_as_its_specification_says() {
    check("CommonMark", include_str!("../data/commonmark-0.31.2.json"), 652, COMMONMARK_DEVIATIONS);
}

#[test]
fn github_markdown_as_its_specification_says() {
    check("GFM", include_str!("../data/gfm-0.29-extensions.json"), 14, GFM_DEVIATIONS);
}

/// Compares all examples; the table of deviations must name those that differ, and no others.
fn check(name: &str, json: &str, count: usize, deviations: &[(usize, &str)]) {
    let examples: Vec<Example> = serde_json::from_str(json).unwrap();
    assert_eq!(examples.len(), count);
    let known: BTreeMap<usize, &str> = deviations.iter().copied().collect();
    assert_eq!(known.len(), deviations.len(), "an example is listed twice");
    let mut wrong = String::new();
    for Example { number, section, markdown, html } in &examples {
        let (ours, theirs) = (normalised(&html_of(markdown)), normalised(html));
        match (ours == theirs, known.get(number)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(reason)) => wrong += &format!("{name} {number} passes, yet is listed: {reason}\n"),
            (false, None) => {
                wrong += &format!("{name} {number} ({section}): {markdown:?}\n  ours   {ours}\n  theirs {theirs}\n")
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The HTML of a text, its holes filled with the targets as they are written.
fn html_of(markdown: &str) -> String {
    let text: Arc<str> = markdown.into();
    let page = parse(&BookPath::new("a.md").unwrap(), &text, &STRICT);
    page.content.body.heading.iter().chain(&page.content.body.rest).map(|piece| filled(&page, piece)).collect()
}

fn filled(page: &Page, piece: &Piece) -> String {
    let target = |number: usize| match &page.outline.links[number].target {
        Target::External(target) | Target::Relative(target) | Target::Wiki(target) | Target::Bare(target) => {
            target.clone()
        }
        Target::Generated(path) => path.to_string(),
    };
    match piece {
        Piece::Html(html) => html.clone(),
        Piece::Label(number) | Piece::Address(number) => target(*number),
        Piece::Block(_) => String::new(),
        Piece::Target(number, attribute) => {
            let mut href = String::new();
            pulldown_cmark_escape::escape_href(&mut href, &target(*number)).unwrap();
            let name = if *attribute == Attribute::Href { "href" } else { "src" };
            format!(" {name}=\"{href}\"")
        }
    }
}

/// The DOM in one line, white space as the specification's own comparison treats it.
fn normalised(html: &str) -> String {
    let mut out = String::new();
    write(&undone(fragment(html)), false, &mut out);
    out
}

/// Takes our decorations off.
fn undone(mut element: Element) -> Element {
    let mut children = Vec::new();
    for child in std::mem::take(&mut element.children) {
        match child {
            Node::Element(child) if child.has_class("anchor") && is_heading(&element.name) => {}
            Node::Element(child)
                if child.name == "figure" && child.has_class("code")
                    || child.name == "div" && child.has_class("table") =>
            {
                children.extend(undone(child).children);
            }
            Node::Element(child) if child.name == "span" && element.name == "code" => {
                children.push(Node::Text(child.text()))
            }
            Node::Element(child) => children.push(Node::Element(undone(child))),
            Node::Text(text) => children.push(Node::Text(text)),
        }
    }
    let ours = |name: &str, value: &str| match element.name.as_str() {
        name_of_heading if is_heading(name_of_heading) => name == "id",
        "pre" => name == "tabindex",
        "img" => name == "loading",
        "li" => name == "class" && value == "task",
        "input" => name == "aria-label",
        _ => false,
    };
    let mut attributes: Vec<(String, String)> =
        element.attributes.iter().filter(|(name, value)| !ours(name, value)).cloned().collect();
    for (name, value) in &mut attributes {
        // The specification of one program says `align`, that of another a style; we have a class.
        if matches!(element.name.as_str(), "td" | "th") && matches!(name.as_str(), "class" | "style") {
            (*name, *value) =
                ("align".into(), value.trim_start_matches("align-").trim_start_matches("text-align: ").into());
        }
    }
    Element { name: element.name, attributes, children }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_block(name: &str) -> bool {
    let blocks = "address article aside blockquote body center dd del-block details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html iframe input li main nav ol p pre section table tbody td textarea tfoot th thead tr ul";
    blocks.split(' ').any(|block| block == name) || name == "#root" || name == "html"
}

fn write(element: &Element, in_pre: bool, out: &mut String) {
    out.push_str(&format!("<{}", element.name));
    for (name, value) in &element.attributes {
        out.push_str(&format!(" {name}={value:?}"));
    }
    out.push('>');
    let is_pre = in_pre || matches!(element.name.as_str(), "pre" | "textarea" | "script" | "style");
    for child in &element.children {
        match child {
            Node::Text(text) if is_pre => out.push_str(text),
            Node::Text(text) => {
                let text =
                    text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
                        + if text.ends_with([' ', '\n']) { " " } else { "" };
                let begins = text.trim().is_empty();
                let space = child_begins_with_space(child) && !out.ends_with([' ', '>'])
                    || child_begins_with_space(child) && ends_with_inline(out);
                out.push_str(if space && !begins { " " } else { "" });
                out.push_str(if begins && !ends_with_inline(out) { "" } else { &text });
            }
            Node::Element(child) => {
                if is_block(&child.name) && !is_pre {
                    out.truncate(out.trim_end_matches(' ').len());
                }
                write(child, is_pre, out);
            }
        }
    }
    if is_block(&element.name) && !is_pre {
        out.truncate(out.trim_end_matches(' ').len());
    }
    out.push_str(&format!("</{}>", element.name));
}

fn child_begins_with_space(node: &Node) -> bool {
    matches!(node, Node::Text(text) if text.starts_with([' ', '\n']))
}

/// Says whether what was written ends with an inline element, after which a space counts.
fn ends_with_inline(out: &str) -> bool {
    let Some(start) = out.rfind('<') else { return false };
    let name = out[start + 1..].trim_start_matches('/').split([' ', '>']).next().unwrap_or("");
    out.ends_with('>') && !is_block(name) && name != "br"
}
