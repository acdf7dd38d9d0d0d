//! What an author plainly meant by a piece of ordinary text.
//!
//! Each rule has a file of its own and yields constructs from left to right; here is what they are, and who comes first
//! where two claim the same bytes.

use std::ops::Range;

use super::leaf::Segment;

/// A piece of text that means more than its letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Construct {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

/// What it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A bare address: where it leads, which is what it shows with a scheme before it if it has none.
    Address { href: String, shown: String },
    /// What stands in a link already, and is only kept as it is.
    Plain,
    /// A formula in its line.
    Inline(String),
    /// A formula on its own.
    Display(String),
    /// `[[target]]`, `[[target|label]]`, and with `!` before it what is shown in its place.
    Wikilink { target: String, label: Option<String>, is_shown: bool },
    /// The sign that a code like `:rocket:` stands for.
    Emoji(&'static str),
}

/// Joins constructs with further ones of less weight: what overlaps is left out.
pub(super) fn join(first: Vec<Construct>, further: Vec<Construct>) -> Vec<Construct> {
    if further.is_empty() {
        return first;
    }
    let mut joined: Vec<Construct> = Vec::with_capacity(first.len() + further.len());
    let mut first = first.into_iter().peekable();
    for next in further {
        while let Some(before) = first.next_if(|before| before.range.start < next.range.end) {
            joined.push(before);
        }
        if joined.last().is_none_or(|last| last.range.end <= next.range.start) {
            joined.push(next);
        }
    }
    joined.extend(first);
    joined
}

/// Takes constructs out of the segments: what follows may neither touch nor cross them.
pub(super) fn cut(segments: Vec<Segment>, constructs: &[Construct]) -> Vec<Segment> {
    if constructs.is_empty() {
        return segments;
    }
    let mut left = Vec::with_capacity(segments.len() + constructs.len());
    let mut constructs = constructs.iter().peekable();
    let mut taken = 0;
    for Segment { range, barriers, tags } in segments {
        let mut start = range.start;
        while let Some(next) = constructs.next_if(|next| next.range.start < range.end) {
            if start < next.range.start {
                left.push(Segment { range: start..next.range.start, barriers: barriers + taken, tags });
            }
            start = next.range.end;
            taken += 1;
        }
        if start < range.end {
            left.push(Segment { range: start..range.end, barriers: barriers + taken, tags });
        }
    }
    left
}

/// Says whether the sign at this byte is escaped by a backslash before it.
pub(super) fn is_escaped(text: &str, at: usize) -> bool {
    let before = &text.as_bytes()[..at];
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// Returns the letter before a byte.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}
