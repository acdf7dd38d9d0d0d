//! The HTML that an author writes: what of it a page keeps, its text for the search, its headings for the contents.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark_escape::escape_html_body_text;

use super::blocks::{OpenHeading, escaped};
use super::{Hole, Writer};
use crate::diagnostic::Code;
use crate::page::html::{self, Read, Tag, Token, lists};

/// How deep an author's elements may nest: no author means more, and a parser's work grows with the square of it.
const DEEPEST: usize = 300;

/// A piece of HTML as it stands in the text.
#[derive(Clone, Copy)]
struct Piece<'p> {
    /// As it is written.
    source: &'p str,
    /// Where it begins and ends in the text.
    start: usize,
    end: usize,
    /// Whether it is one tag in a line of text.
    inline: bool,
}

/// What the walk remembers of the author's HTML.
#[derive(Default)]
pub(super) struct Raw {
    /// Whether there is some, so that the body must be cleaned.
    pub(super) any: bool,
    /// The elements that are open.
    open: Vec<String>,
    /// Whether they were found to nest too deep.
    too_deep: bool,
    /// What was said to be left out: once a page is enough.
    told: BTreeSet<String>,
    /// The elements that the text closes somewhere; nothing before that was asked.
    closed: Option<BTreeSet<String>>,
}

impl Raw {
    /// Says whether no element is open.
    pub(super) fn is_closed(&self) -> bool {
        self.open.is_empty()
    }
}

impl Writer<'_> {
    /// Takes a block of HTML, or one tag of a line.
    pub(super) fn raw_html(&mut self, text: &str, range: &Range<usize>, inline: bool) {
        let trusted = self.input.options.trust_html;
        if !trusted && is_comment(text) {
            return;
        }
        self.raw.any = true;
        let kept = self.html.len();
        let tokens = html::tokens(text);
        self.tokens(&tokens, Piece { source: text, start: range.start, end: range.end, inline });
        if trusted {
            self.html.truncate(kept);
            self.push(text);
        }
        if self.raw.is_closed() && std::mem::take(&mut self.heading_is_open) {
            let mark = self.marks.write(Hole::EndOfHeading);
            self.push(&mark);
        }
    }

    fn tokens(&mut self, tokens: &[Token], piece: Piece<'_>) {
        // Elements that have no end from here on, so that no two of them look for it.
        let mut endless: BTreeSet<&str> = BTreeSet::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                Token::Text(text) => self.raw_text(text),
                Token::Close(name) => self.close_raw(name),
                Token::Open(tag) => {
                    let name = tag.name.as_str();
                    let level = heading_level(name);
                    let is_whole = level.is_some() || lists::WITH_CONTENT.contains(&name);
                    let end = match is_whole && !endless.contains(name) {
                        true => tokens[at..].iter().position(|token| is_end(token, name)).map(|end| at + end),
                        false => None,
                    };
                    match (end, level) {
                        (Some(end), Some(level)) => self.raw_heading(level, tag, &tokens[at..end], piece),
                        (Some(_), None) => self.left_out(&format!("<{name}>"), &format!("<{name}"), piece),
                        (None, _) => {
                            endless.insert(name);
                            self.open_raw(tag, piece);
                        }
                    }
                    at = end.map_or(at, |end| end + 1);
                }
            }
        }
    }

    fn raw_text(&mut self, text: &str) {
        let mut html = String::with_capacity(text.len());
        escape_html_body_text(&mut html, text).expect("writing to a string cannot fail");
        self.push(&html);
        self.plain(&text.replace(char::is_whitespace, " "));
    }

    fn open_raw(&mut self, tag: &Tag, piece: Piece<'_>) {
        let name = tag.name.as_str();
        let as_written = || format!("&lt;{}", escaped(piece.source.trim_start_matches('<')));
        if piece.inline && !piece.source.ends_with("/>") && self.is_prose(tag) {
            let shown = as_written();
            self.push(&shown);
            return self.plain(piece.source);
        }
        if name == "br" {
            self.plain("\n");
            // The words before and after it are two; GitHub's ids do not know it.
            if let Some(heading) = &mut self.heading {
                heading.written.pop();
            }
        } else if lists::is_block(name) {
            self.break_plain();
        }
        if let Some(alt) = tag.attribute("alt").filter(|_| name == "img") {
            self.alternative(alt);
        }
        if lists::SHELLS.contains(&name) {
            return;
        }
        if lists::AS_TEXT.contains(&name) {
            self.left_out(&format!("<{name}>"), &format!("<{name}"), piece);
            let (shown, text) = match piece.inline {
                true => (as_written(), piece.source.to_owned()),
                false => (format!("&lt;{name}&gt;"), format!("<{name}>")),
            };
            self.push(&shown);
            return self.plain(&text);
        }
        if !lists::keeps_element(name) {
            return self.left_out(&format!("<{name}>"), &format!("<{name}"), piece);
        }
        if !lists::is_flat(name) {
            if self.raw.open.len() == DEEPEST {
                if !std::mem::replace(&mut self.raw.too_deep, true) {
                    let message = "HTML elements nest too deep, so the inner ones are left out".to_owned();
                    let range = piece.start..piece.end;
                    self.report(Code::DeepNesting, &range, message, None);
                }
                return;
            }
            self.raw.open.push(name.to_owned());
        }
        let attributes = self.attributes(tag, piece);
        self.push(&format!("<{name}{attributes}>"));
    }

    /// Says whether a tag in a line is what its author wrote for others to fill in: `<your name>`, `<path>`.
    ///
    /// GitHub drops such a tag; here its words stay, since nothing else in the line says them.
    fn is_prose(&mut self, tag: &Tag) -> bool {
        let known = |(name, value): &(String, String)| {
            !value.is_empty() || lists::keeps_attribute(&tag.name, name) || lists::is_handler(name)
        };
        let words = !tag.attributes.is_empty() && !tag.attributes.iter().any(known);
        let unknown = !lists::keeps_element(&tag.name) && !lists::HARMFUL.contains(&tag.name.as_str());
        let unknown = unknown && !lists::SHELLS.contains(&tag.name.as_str());
        words || unknown && tag.attributes.is_empty() && !self.closed_elements().contains(&tag.name)
    }

    /// The elements that the text closes somewhere.
    fn closed_elements(&mut self) -> &BTreeSet<String> {
        self.raw.closed.get_or_insert_with(|| {
            let names = self.input.text.split("</").skip(1);
            let end = |name: &str| name.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
            names.map(|name| name[..end(name).unwrap_or(name.len())].to_ascii_lowercase()).collect()
        })
    }

    fn close_raw(&mut self, name: &str) {
        if !lists::keeps_element(name) {
            return;
        }
        if lists::is_block(name) {
            self.break_plain();
        }
        if !lists::is_flat(name) {
            // What closes nothing, or an element that was left out because it stood too deep.
            let Some(at) = self.raw.open.iter().rposition(|open| open == name) else { return };
            self.raw.open.remove(at);
        }
        self.push(&format!("</{name}>"));
    }

    /// Returns the attributes of an element that a page keeps, as they go out.
    fn attributes(&mut self, tag: &Tag, piece: Piece<'_>) -> String {
        let mut kept: Vec<(&str, String)> = Vec::new();
        let mut classes: Vec<&str> = Vec::new();
        for (name, value) in &tag.attributes {
            match name.as_str() {
                "style" => {
                    for read in html::read_style(&tag.name, value) {
                        match read {
                            Read::Attribute(name, value) => kept.push((name, value)),
                            Read::Class(class) => classes.push(class),
                            Read::Left(property) => {
                                self.left_out(&format!("style=\"{property}: …\""), "style", piece);
                            }
                        }
                    }
                }
                "class" => classes.extend(value.split_whitespace()),
                name if lists::keeps_attribute(&tag.name, name) => {
                    if value.trim_start().to_ascii_lowercase().starts_with("javascript:") {
                        self.left_out("javascript:", name, piece);
                    }
                    kept.push((name, value.clone()));
                }
                name => self.left_out(name, name, piece),
            }
        }
        if !classes.is_empty() {
            kept.push(("class", classes.join(" ")));
        }
        kept.iter().map(|(name, value)| format!(" {name}=\"{}\"", escaped(value))).collect()
    }

    /// Writes a heading of the author's HTML as one of Markdown: with an id, in the contents and as a section.
    fn raw_heading(&mut self, level: u8, tag: &Tag, inner: &[Token], piece: Piece<'_>) {
        let attributes: Vec<(String, String)> =
            tag.attributes.iter().filter(|(name, _)| name != "id").cloned().collect();
        let attributes = self.attributes(&Tag { name: tag.name.clone(), attributes }, piece);
        let id = tag.attribute("id").map(str::to_owned);
        self.open_heading(OpenHeading { id, attributes, ..OpenHeading::default() });
        self.tokens(inner, piece);
        self.close_heading(level, piece.start);
    }

    /// Says once a page that something is left out, at the first place where it is written.
    fn left_out(&mut self, what: &str, written: &str, piece: Piece<'_>) {
        if self.input.options.trust_html || !self.raw.told.insert(what.to_owned()) {
            return;
        }
        // Line ends and the signs of a quote stand in the file, and not in the piece.
        let (start, end) = (piece.start, piece.end);
        let within = self.input.text.get(start..end).unwrap_or_default().to_ascii_lowercase();
        let range = within.find(written).map_or(start..end, |at| start + at..start + at + written.len());
        let bare = what.trim_matches(['<', '>']);
        let harmful = lists::HARMFUL.contains(&bare) || lists::is_handler(bare) || bare == "javascript:";
        let message = match harmful {
            true => format!("`{what}` could run script or break the page, so it is removed"),
            false => format!("a page keeps no `{what}`, so it is removed"),
        };
        let help = "`[markdown] html = \"trusted\"` keeps it, for a book whose every author may run script on its site";
        self.report(Code::UnsafeHtml, &range, message, Some(help));
    }
}

fn is_end(token: &Token, name: &str) -> bool {
    matches!(token, Token::Close(closed) if closed == name)
}

fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Says whether the text is one HTML comment and nothing else.
fn is_comment(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("<!--") && text.find("-->") == Some(text.len().saturating_sub(3))
}
