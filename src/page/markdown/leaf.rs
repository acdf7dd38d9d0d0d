//! The leaves of a text, as GitHub reads it: where ordinary text stands that no code, HTML, link or block takes.
//!
//! A text comes in and is parsed without any extension that takes ordinary text; leaves with ranges come out.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// The inline text of a block, or of a link in it.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    pub(super) place: Place,
    /// Its lines, without what their containers put before them.
    pub(super) lines: Vec<Range<usize>>,
    /// What is no ordinary text, from left to right: code, HTML, links, notes.
    pub(super) opaque: Vec<Opaque>,
    /// Emphasis of every kind, with its signs.
    pub(super) emphasis: Vec<Range<usize>>,
    /// The texts as the parser cuts them at signs, neighbours joined.
    pub(super) texts: Vec<Range<usize>>,
    /// Whether the last line may go on.
    is_open: bool,
}

/// Where a leaf stands.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    #[default]
    Text,
    /// The heading that begins at this byte.
    Heading(usize),
    /// The first paragraph of the quote that begins at this byte.
    Quote(usize),
    Cell,
    /// The text of a link, or of an image.
    Link,
    /// Text by which something is found elsewhere, as the label of `[label]`: nothing may change in it.
    Fixed,
}

/// A part of a leaf that is no ordinary text.
#[derive(Debug)]
pub(super) struct Opaque {
    pub(super) range: Range<usize>,
    pub(super) kind: Other,
}

/// What is no ordinary text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Other {
    Code,
    Tag,
    /// A link, an image, a reference to a note, the box of a task.
    Link,
}

/// A piece of ordinary text without a break.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) range: Range<usize>,
    /// How many things that are no ordinary text stand before it in its leaf, tags left out.
    pub(super) barriers: usize,
    /// How many tags do.
    pub(super) tags: usize,
}

impl Leaf {
    fn new(place: Place) -> Self {
        Self { place, ..Self::default() }
    }

    fn touch(&mut self, range: &Range<usize>) {
        match self.lines.last_mut().filter(|_| self.is_open) {
            Some(line) => line.end = line.end.max(range.end),
            None => self.lines.push(range.clone()),
        }
        self.is_open = true;
    }

    fn text(&mut self, range: Range<usize>) {
        self.touch(&range);
        match self.texts.last_mut().filter(|last| last.end == range.start) {
            Some(last) => last.end = range.end,
            None => self.texts.push(range),
        }
    }

    fn opaque(&mut self, range: Range<usize>, kind: Other) {
        self.touch(&range);
        self.opaque.push(Opaque { range, kind });
    }

    /// Returns the ordinary text of the leaf, line by line and between what is none.
    pub(super) fn segments(&self) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut opaque = self.opaque.iter().peekable();
        let (mut barriers, mut tags) = (0, 0);
        for line in &self.lines {
            let mut start = line.start;
            while let Some(next) = opaque.next_if(|next| next.range.start < line.end) {
                if start < next.range.start {
                    segments.push(Segment { range: start..next.range.start, barriers, tags });
                }
                start = next.range.end;
                *(if next.kind == Other::Tag { &mut tags } else { &mut barriers }) += 1;
            }
            if start < line.end {
                segments.push(Segment { range: start..line.end, barriers, tags });
            }
        }
        segments
    }

    /// Returns what stands between the author's own tags of these names: `<a …>` and `</a>`.
    pub(super) fn within_tags(&self, text: &str, names: &[&str]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        // Of tags in tags the outermost counts.
        let mut open: Option<(usize, &str)> = None;
        for tag in self.opaque.iter().filter(|opaque| opaque.kind == Other::Tag) {
            let written = text[tag.range.clone()].to_ascii_lowercase();
            let (is_end, rest) = match (written.strip_prefix("</"), written.strip_prefix('<')) {
                (Some(rest), _) => (true, rest),
                (None, rest) => (false, rest.unwrap_or_default()),
            };
            let is_name = |name: &str| {
                rest.strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with(|next: char| next.is_whitespace() || next == '>'))
            };
            match open {
                None if !is_end => {
                    open = names.iter().find(|name| is_name(name)).map(|name| (tag.range.end, *name));
                }
                Some((start, name)) if is_end && is_name(name) => {
                    found.push(start..tag.range.start);
                    open = None;
                }
                _ => {}
            }
        }
        found.extend(open.map(|(start, _)| start..text.len()));
        found
    }

    /// Returns what stands in a range of the leaf, without what containers put before its lines.
    pub(super) fn written(&self, text: &str, range: &Range<usize>) -> String {
        let first = self.lines.partition_point(|line| line.end <= range.start);
        let within = self.lines[first..].iter().take_while(|line| line.start < range.end);
        let parts: Vec<&str> = within.map(|line| &text[line.start.max(range.start)..line.end.min(range.end)]).collect();
        let written = parts.join("\n");
        if self.place == Place::Cell { written.replace("\\|", "|") } else { written }
    }
}

/// Reads the leaves of a text.
pub(super) fn read(text: &str, extensions: Options) -> Vec<Leaf> {
    let mut reading = Reading::default();
    for (event, range) in Parser::new_ext(text, extensions).into_offset_iter() {
        reading.event(event, range);
    }
    reading.close();
    reading.done
}

#[derive(Default)]
struct Reading {
    done: Vec<Leaf>,
    /// The leaf of the block that is open, and those of links in it, innermost last.
    open: Vec<Leaf>,
    place: Place,
    /// Whether the block holds code or HTML.
    is_other: bool,
    /// The quote that began just now.
    quote: Option<usize>,
}

impl Reading {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let quote = self.quote.take();
        match event {
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                self.leaf().opaque(range, Other::Link);
                let free = matches!(link_type, LinkType::Inline | LinkType::Reference);
                self.open.push(Leaf::new(if free { Place::Link } else { Place::Fixed }));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.done.extend(self.open.pop()),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                // It may go over several lines.
                self.leaf().touch(&(range.start..range.start));
                self.leaf().emphasis.push(range);
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {
                self.leaf().touch(&(range.end..range.end));
            }
            Event::Start(tag) => {
                self.close();
                self.is_other = matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_));
                self.place = match tag {
                    Tag::Heading { .. } => Place::Heading(range.start),
                    Tag::TableCell => Place::Cell,
                    Tag::Paragraph => quote.map_or(Place::Text, Place::Quote),
                    _ => Place::Text,
                };
                self.quote = matches!(tag, Tag::BlockQuote(None)).then_some(range.start);
            }
            Event::End(_) => {
                self.close();
                (self.is_other, self.place) = (false, Place::Text);
            }
            _ if self.is_other => {}
            Event::Text(_) => self.leaf().text(range),
            Event::Code(_) => self.leaf().opaque(range, Other::Code),
            Event::InlineHtml(_) => self.leaf().opaque(range, Other::Tag),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => self.leaf().opaque(range, Other::Link),
            Event::SoftBreak | Event::HardBreak => self.leaf().is_open = false,
            Event::Html(_) | Event::Rule | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn leaf(&mut self) -> &mut Leaf {
        if self.open.is_empty() {
            self.open.push(Leaf::new(self.place));
        }
        self.open.last_mut().expect("one was just put there")
    }

    fn close(&mut self) {
        self.done.append(&mut self.open);
    }
}
