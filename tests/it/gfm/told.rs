//! What a reader sees of a page, told in lines: a block each, with its kind, its text, code, emphasis and links.

use std::sync::Arc;

use precedent::page::{Attribute, Detail, Options, Page, Piece, Target, parse};
use precedent::path::BookPath;

use crate::dom::{Element, Node, fragment};

/// All that is on by default. The author's HTML stays as it is on both sides: what is safe in it is no matter of Markdown.
const OPTIONS: Options = Options {
    smart_punctuation: true,
    math: true,
    definition_lists: true,
    alerts: true,
    wikilinks: true,
    detail: Detail::Full,
    trust_html: true,
    vault: false,
    trackers: precedent::tracker::Trackers::NONE,
};

/// What stands for a formula, whose letters are no longer those of its author.
pub(super) const FORMULA: char = '\u{2211}';

/// A page as Precedent makes it.
pub(super) fn ours(text: &str) -> Vec<String> {
    let page = page(text);
    let html: String = page
        .content
        .body
        .heading
        .iter()
        .chain(&page.content.body.rest)
        .map(|piece| filled(&page, piece, text))
        .collect();
    told(&html)
}

/// The same text as comrak makes it, with what GitHub has switched on.
pub(super) fn theirs(text: &str) -> Vec<String> {
    let mut options = comrak::Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.extension.shortcodes = true;
    options.render.r#unsafe = true;
    told(&comrak::markdown_to_html(page(text).outline.text(text), &options))
}

fn page(text: &str) -> Page {
    let text: Arc<str> = text.into();
    parse(&BookPath::new("a.md").unwrap(), &text, &OPTIONS)
}

/// HTML with targets as they are written; a wikilink is what its author wrote.
fn filled(page: &Page, piece: &Piece, text: &str) -> String {
    let target = |number: usize| match &page.outline.links[number].target {
        Target::External(target) | Target::Relative(target) => target.clone(),
        Target::Wiki(_) | Target::Bare(_) => {
            let span = page.outline.links[number].span;
            format!("wiki:{}", &text[span.start..span.end])
        }
        Target::Generated(path) => path.to_string(),
    };
    match piece {
        Piece::Html(html) => html.clone(),
        Piece::Label(_) => "label".to_owned(),
        Piece::Address(number) => target(*number),
        Piece::Block(_) => String::new(),
        Piece::Target(number, attribute) => {
            let name = if *attribute == Attribute::Href { "href" } else { "src" };
            format!(" {name}=\"{}\"", target(*number).replace('&', "&amp;").replace('"', "&quot;"))
        }
    }
}

fn told(html: &str) -> Vec<String> {
    let mut telling = Telling::default();
    telling.children(&fragment(html), "");
    telling.end("");
    telling.lines
}

#[derive(Default)]
struct Telling {
    lines: Vec<String>,
    inline: String,
}

const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

impl Telling {
    fn children(&mut self, element: &Element, kind: &str) {
        for child in &element.children {
            match child {
                Node::Text(text) => self.inline.push_str(text),
                Node::Element(child) => self.element(child, kind),
            }
        }
    }

    fn element(&mut self, element: &Element, kind: &str) {
        let is = |class: &str| element.has_class(class);
        let name = element.name.as_str();
        // Our decorations, and theirs.
        if is("anchor") || is("back") || is("footnote-backref") || is("tab-list") || is("footnotes") && name == "h2" {
            return;
        }
        if is("rule-id") {
            return self.inline.push_str(&format!("{{#{}}}", element.text()));
        }
        if is("footnote") || is("footnote-ref") {
            return self.inline.push_str(&format!("[^{}]", element.text()));
        }
        if is("math") || is("math-error") || name == "math" {
            return self.inline.push(FORMULA);
        }
        if name == "figure" && (is("code") || is("diagram")) {
            return element.named("pre").into_iter().take(1).for_each(|pre| self.pre(pre, kind));
        }
        match name {
            "pre" => self.pre(element, kind),
            "hr" => {
                self.end(kind);
                self.lines.push("---".to_owned());
            }
            _ if BLOCKS.contains(&name) => self.block(element, kind),
            _ => self.inline_element(element, kind),
        }
    }

    fn block(&mut self, element: &Element, kind: &str) {
        self.end(kind);
        let alert = ["note", "tip", "important", "warning", "caution"].into_iter().find(|alert| {
            element.has_class("alert") && element.has_class(alert)
                || element.has_class(&format!("markdown-alert-{alert}"))
        });
        let kind = match element.name.as_str() {
            // Frames that only we have, or that show nothing themselves.
            "div" | "figure" | "section" | "table" | "tbody" | "thead" | "ul" | "ol" | "dl" | "body"
                if alert.is_none() =>
            {
                kind
            }
            "details" if alert.is_none() => kind,
            "figcaption" => return,
            _ if element.has_class("alert-title") || element.has_class("markdown-alert-title") => "title",
            // A tight list and a loose one say the same.
            "p" if !kind.is_empty() => kind,
            name => alert.unwrap_or(name),
        };
        self.children(element, kind);
        self.end(kind);
    }

    fn inline_element(&mut self, element: &Element, kind: &str) {
        let attribute = |name: &str| element.attribute(name).unwrap_or("").to_owned();
        let around = |telling: &mut Self, open: &str, close: &str| {
            telling.inline.push_str(open);
            telling.children(element, kind);
            telling.inline.push_str(close);
        };
        match element.name.as_str() {
            "code" => self.inline.push_str(&format!("`{}`", element.text())),
            "em" => around(self, "⟨em⟩", "⟨/em⟩"),
            "strong" => around(self, "⟨b⟩", "⟨/b⟩"),
            "del" => around(self, "⟨del⟩", "⟨/del⟩"),
            "br" => self.inline.push(' '),
            "a" if attribute("href").starts_with("wiki:") => self.inline.push_str(&attribute("href")[5..]),
            "img" if attribute("src").starts_with("wiki:") => self.inline.push_str(&attribute("src")[5..]),
            "a" if element.attribute("href").is_some() => {
                let close = format!("⟩({})", decoded(&attribute("href")));
                around(self, "⟨", &close);
            }
            "img" => self.inline.push_str(&format!("!⟨{}⟩({})", attribute("alt"), decoded(&attribute("src")))),
            "input" => {
                self.inline.push_str(if element.attribute("checked").is_some() { "[x] " } else { "[ ] " });
            }
            _ => around(self, "", ""),
        }
    }

    fn pre(&mut self, element: &Element, kind: &str) {
        self.end(kind);
        self.lines.push(format!("pre: {}", element.text().trim_end_matches('\n').replace('\n', "⏎")));
    }

    /// Ends a line, if it says something.
    fn end(&mut self, kind: &str) {
        // A box stands before its paragraph, or in it.
        if matches!(self.inline.trim(), "[x]" | "[ ]") {
            return;
        }
        let text = std::mem::take(&mut self.inline).split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            let kind = if kind.is_empty() { "p" } else { kind };
            self.lines.push(format!("{kind}: {text}"));
        }
    }
}

/// An address without the escapes that either side adds, which browsers read alike.
fn decoded(address: &str) -> String {
    precedent::path::decode(address)
}
