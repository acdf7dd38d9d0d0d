//! The HTML of a page, with holes for what only the whole site knows.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Span;

/// The HTML of a page in two parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The first heading with its `<h1>` and what precedes it, when the first heading is one; else empty.
    pub heading: Vec<Piece>,
    /// All that follows.
    pub rest: Vec<Piece>,
}

impl Body {
    /// Returns it with the first heading as a part of what follows.
    pub(super) fn without_heading(mut self) -> Self {
        self.heading.append(&mut self.rest);
        Self { rest: self.heading, heading: Vec::new() }
    }
}

/// A block that stands in no other: a paragraph, a list, a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where it stands in the source.
    pub span: Span,
    /// Which of the page's headings it is.
    pub heading: Option<usize>,
}

/// A part of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// HTML as it goes out.
    Html(String),
    /// Space, name and value of the attribute that holds the target of a link, by the link's number.
    Target(usize, Attribute),
    /// The target of a link alone, in an attribute that may hold more, by the link's number.
    Address(usize),
    /// The title of the page that a link leads to.
    Label(usize),
    /// The place where a block begins, by its number. The first heading has no mark.
    Block(usize),
}

/// The attribute that holds a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attribute {
    /// Of `<a>`.
    Href,
    /// Of `<img>` and other media.
    Src,
}

/// What a mark in the HTML stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hole {
    /// The target of a link, inside the quotes of an attribute.
    Target(usize),
    /// The target of a link, in an attribute that may hold more.
    Address(usize),
    /// The title of a link's page.
    Label(usize),
    /// HTML of our own that no sanitiser shall see.
    Slot(usize),
    /// The place after the first heading.
    EndOfHeading,
    /// The place where a block begins.
    Block(usize),
}

/// Writes and finds marks. A mark cannot be forged: it carries a hash of the whole text it stands in.
#[derive(Debug, Clone)]
pub(super) struct Marks {
    open: String,
}

/// Noncharacters that no text needs.
const OPEN: char = '\u{FDD0}';
const CLOSE: char = '\u{FDD1}';

impl Marks {
    pub(super) fn new(text: &str) -> Self {
        let hash = crate::fingerprint::Fingerprint::of_bytes(text.as_bytes());
        Self { open: format!("{OPEN}{hash}") }
    }

    pub(super) fn write(&self, hole: Hole) -> String {
        let (kind, number) = match hole {
            Hole::Target(number) => ('t', number),
            Hole::Address(number) => ('a', number),
            Hole::Label(number) => ('l', number),
            Hole::Slot(number) => ('s', number),
            Hole::EndOfHeading => ('e', 0),
            Hole::Block(number) => ('b', number),
        };
        format!("{}{kind}{number}{CLOSE}", self.open)
    }

    /// Returns the hole that a text is a mark of.
    pub(super) fn read(&self, text: &str) -> Option<Hole> {
        let inside = text.strip_prefix(self.open.as_str())?.strip_suffix(CLOSE)?;
        let number = inside.get(1..)?.parse().ok()?;
        match inside.as_bytes().first()? {
            b't' => Some(Hole::Target(number)),
            b'a' => Some(Hole::Address(number)),
            b'l' => Some(Hole::Label(number)),
            b's' => Some(Hole::Slot(number)),
            b'e' => Some(Hole::EndOfHeading),
            b'b' => Some(Hole::Block(number)),
            _ => None,
        }
    }

    /// Puts our own HTML where its marks stand; it may hold marks of links itself.
    fn fill(&self, html: &str, slots: &[String]) -> String {
        let mut out = String::with_capacity(html.len());
        let mut rest = html;
        while let Some((start, end)) = self.next(rest) {
            match self.read(&rest[start..end]) {
                Some(Hole::Slot(number)) => {
                    out.push_str(&rest[..start]);
                    out.push_str(slots.get(number).map_or("", String::as_str));
                }
                _ => out.push_str(&rest[..end]),
            }
            rest = &rest[end..];
        }
        out + rest
    }

    /// Returns where the next mark begins and ends. The first sign is looked for, which is faster than the whole.
    fn next(&self, html: &str) -> Option<(usize, usize)> {
        let (start, _) = html.match_indices(OPEN).find(|(at, _)| html[*at..].starts_with(self.open.as_str()))?;
        let length = html[start..].find(CLOSE)?;
        Some((start, start + length + CLOSE.len_utf8()))
    }

    /// Cuts finished HTML at its marks. Slots are filled in; the heading ends where its mark stands.
    pub(super) fn cut(&self, html: &str, slots: &[String]) -> Body {
        let html = self.fill(html, slots);
        let mut body = Body::default();
        let mut pieces = Pieces::default();
        let mut rest = html.as_str();
        while let Some((start, end)) = self.next(rest) {
            match self.read(&rest[start..end]) {
                Some(Hole::Address(number)) => {
                    pieces.text(&rest[..start]);
                    pieces.0.push(Piece::Address(number));
                }
                Some(Hole::Label(number)) => {
                    pieces.text(&rest[..start]);
                    pieces.0.push(Piece::Label(number));
                }
                Some(Hole::Block(number)) => {
                    pieces.text(&rest[..start]);
                    pieces.0.push(Piece::Block(number));
                }
                Some(Hole::EndOfHeading) => {
                    pieces.text(&rest[..start]);
                    body.heading = std::mem::take(&mut pieces).0;
                }
                Some(Hole::Target(number)) => {
                    let before = &rest[..start];
                    let quoted = rest[end..].strip_prefix('"');
                    let name = [(" href=\"", Attribute::Href), (" src=\"", Attribute::Src)];
                    let named =
                        name.iter().find_map(|(name, attribute)| Some((before.strip_suffix(name)?, *attribute)));
                    if let (Some((before, attribute)), Some(after)) = (named, quoted) {
                        pieces.text(before);
                        pieces.0.push(Piece::Target(number, attribute));
                        rest = after;
                        continue;
                    }
                    pieces.text(before);
                }
                Some(Hole::Slot(_)) | None => pieces.text(&rest[..end]),
            }
            rest = &rest[end..];
        }
        pieces.text(rest);
        body.rest = pieces.0;
        body
    }
}

/// Pieces being gathered, neighbouring HTML as one.
#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn text(&mut self, html: &str) {
        match self.0.last_mut() {
            _ if html.is_empty() => {}
            Some(Piece::Html(last)) => last.push_str(html),
            _ => self.0.push(Piece::Html(html.to_owned())),
        }
    }
}

/// Moves a range of the body's text to the source, which begins with front matter.
pub(super) fn shift(range: &std::ops::Range<usize>, offset: usize) -> Span {
    Span { start: range.start + offset, end: range.end + offset }
}
