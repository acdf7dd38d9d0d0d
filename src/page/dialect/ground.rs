//! Where ordinary text stands, as the one walk over the events of a page sees it go by.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::Mark;
use super::kind::Kind;
use crate::page::markdown::Seen;

/// The kinds of files that are shown in their place, whatever shows them.
const MEDIA: &[&str] = &[
    "png",
    "jpg",
    "jpeg",
    "gif",
    "svg",
    "webp",
    "avif",
    "bmp",
    "ico",
    "tif",
    "tiff",
    "heic",
    "mp4",
    "webm",
    "mov",
    "mkv",
    "ogv",
    "mp3",
    "wav",
    "ogg",
    "m4a",
    "flac",
    "3gp",
    "pdf",
    "canvas",
    "base",
    "excalidraw",
];

/// What is no ordinary text of a page.
#[derive(Debug, Default)]
pub(in crate::page) struct Ground {
    /// Code, formulas and comments.
    closed: Vec<Range<usize>>,
    /// HTML, which may hold elements of a dialect and nothing else of one.
    html: Vec<Range<usize>>,
    /// Where links and images end.
    links: Vec<usize>,
    /// What an event tells by itself.
    marks: Vec<Mark>,
}

impl Ground {
    /// Takes note of an event.
    pub(in crate::page) fn see(&mut self, seen: &Seen<'_>, range: &Range<usize>, text: &str) {
        let Seen::Event(event) = seen else { return };
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let word = |info: &str| info.split([' ', ',', '{']).next().unwrap_or("").to_ascii_lowercase();
                let is_query = |info: &str| matches!(word(info).as_str(), "dataview" | "dataviewjs");
                if matches!(kind, CodeBlockKind::Fenced(info) if is_query(info)) {
                    let line = text[range.clone()].lines().next().map_or(0, |line| line.trim_end().len());
                    self.mark(Kind::Dataview, range.start..range.start + line);
                }
                self.closed.push(range.clone());
            }
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::Start(Tag::MetadataBlock(_)) => {
                self.closed.push(range.clone());
            }
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                let is_comment = text[range.clone()].trim_start().starts_with("<!--");
                (if is_comment { &mut self.closed } else { &mut self.html }).push(range.clone());
            }
            Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, dest_url, .. }) if is_page(dest_url) => {
                self.mark(Kind::Embed, range.clone());
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.links.push(range.end),
            _ => {}
        }
    }

    fn mark(&mut self, kind: Kind, range: Range<usize>) {
        self.marks.push(Mark { kind, range });
    }

    /// Puts everything into its order, once all events have been seen.
    pub(super) fn close(&mut self) {
        self.closed.sort_by_key(|range| range.start);
        self.html.sort_by_key(|range| range.start);
        self.links.sort_unstable();
    }

    pub(super) fn take_marks(&mut self) -> Vec<Mark> {
        std::mem::take(&mut self.marks)
    }

    /// Says whether ordinary text stands at a byte.
    pub(super) fn is_open(&self, at: usize) -> bool {
        !holds(&self.closed, at) && !holds(&self.html, at)
    }

    /// Says whether text or HTML stands at a byte, but no code and no comment.
    pub(super) fn may_hold_elements(&self, at: usize) -> bool {
        !holds(&self.closed, at)
    }

    /// Says whether code begins at a byte.
    pub(super) fn is_code(&self, at: usize) -> bool {
        self.closed.binary_search_by_key(&at, |range| range.start).is_ok()
    }

    /// Says whether a link or an image ends before a byte.
    pub(super) fn follows_link(&self, at: usize) -> bool {
        self.links.binary_search(&at).is_ok()
    }
}

/// Ranges of events that hold no others do not overlap, but for the code of an item in the code around it: never.
fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let before = ranges.partition_point(|range| range.start <= at);
    before > 0 && at < ranges[before - 1].end
}

/// Says whether what is to be shown in its place is a page.
fn is_page(target: &str) -> bool {
    let name = target.split('#').next().unwrap_or(target);
    let name = name.rsplit('/').next().unwrap_or(name);
    let is_media = name
        .rsplit_once('.')
        .is_some_and(|(_, extension)| MEDIA.contains(&extension.trim().to_ascii_lowercase().as_str()));
    !is_media
}
