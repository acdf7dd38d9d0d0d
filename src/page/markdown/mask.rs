//! Masks: what is parsed in place of the author's text, byte for byte as long, so that every place stays its own.
//!
//! The parser sees filler where a construct stands, and nothing of it goes out: texts are cut from the source by their
//! places (`parse`), and the one sign that may get into other strings is one that the source has nowhere.

use std::borrow::Cow;

use super::construct::{Construct, Kind};
use super::leaf::{Leaf, Place};
use super::table;

/// A text to parse, with signs that mean nothing where colons stand that begin no definition.
#[derive(Debug)]
pub(super) struct Base<'a> {
    pub(super) text: Cow<'a, str>,
    /// What stands for a colon.
    colon: Option<char>,
}

impl<'a> Base<'a> {
    /// A text as it is.
    pub(super) fn of(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), colon: None }
    }

    /// Puts the colons back into a string that the parser put together.
    pub(super) fn restored(&self, text: &str) -> String {
        self.colon.map_or_else(|| text.to_owned(), |sign| text.replace(sign, ":"))
    }
}

/// Hides colons that begin no definition, which is one and a blank, and tabs that the parser does not bear: after the end of a
/// fence, and in the rule of a table.
pub(super) fn base(text: &str, definition_lists: bool) -> Base<'_> {
    let mut changes: Vec<(usize, u8)> = Vec::new();
    let mut colon = None;
    let mut start = 0;
    let mut before = ["", ""];
    for line in text.split_inclusive('\n') {
        let at = start + line.len() - after_containers(line).len();
        let rest = &text[at..start + line.len()];
        match rest.as_bytes() {
            [b':', next, ..]
                if definition_lists
                    && !matches!(next, b' ' | b'\t')
                    && !(table::is_rule(rest) && begins_table(before)) =>
            {
                colon = colon.or_else(|| unused(text));
                changes.extend(colon.map(|sign| (at, sign as u8)));
            }
            [b'`' | b'~', ..] => changes.extend(tabs_after_fence(rest).map(|tab| (at + tab, b' '))),
            _ => {}
        }
        if rest.contains('\t') && table::is_rule(rest) {
            changes.extend(rest.match_indices('\t').map(|(tab, _)| (at + tab, b' ')));
        }
        start += line.len();
        before = [before[1], line];
    }
    if changes.is_empty() {
        return Base::of(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for (at, byte) in changes {
        bytes[at] = byte;
    }
    Base { text: Cow::Owned(String::from_utf8(bytes).expect("ASCII in place of ASCII")), colon }
}

/// Says whether the second line is the first of its block, so that it can be the head of a table to the parser. Where it
/// is not, `table` sees to it.
fn begins_table([above, head]: [&str; 2]) -> bool {
    let inside = |line: &str| line.trim_start_matches([' ', '\t', '>']).trim_end().len();
    let is_item = after_containers(head).len() < head.trim_start_matches([' ', '\t', '>']).len();
    inside(above) == 0 || above.trim_end().ends_with(table::COMMENT) || is_item
}

/// What follows quotes' and items' signs.
fn after_containers(line: &str) -> &str {
    let mut rest = line.trim_start_matches([' ', '\t', '>']);
    while let Some(next) = rest.strip_prefix(['-', '*', '+']).filter(|next| next.starts_with([' ', '\t'])) {
        rest = next.trim_start_matches([' ', '\t', '>']);
    }
    rest
}

/// A control character that the text has nowhere.
fn unused(text: &str) -> Option<char> {
    ('\u{1}'..='\u{1f}').filter(|sign| !sign.is_whitespace()).find(|sign| !text.contains(*sign))
}

fn tabs_after_fence(line: &str) -> impl Iterator<Item = usize> {
    let line = line.trim_end_matches(['\n', '\r']);
    let fence = line.trim_end_matches([' ', '\t']);
    let is_fence = fence.len() >= 3 && fence.bytes().all(|byte| byte == fence.as_bytes()[0]);
    let blanks = if is_fence { &line[fence.len()..] } else { "" };
    blanks.match_indices('\t').map(move |(at, _)| fence.len() + at).collect::<Vec<_>>().into_iter()
}

/// The longest label of a definition, in bytes: 999 characters.
const LONGEST_LABEL: usize = 4 * 1000;

/// Says whether filler in place of a construct would make another block of its line: a fence holds no further fence sign, and
/// the label of a definition no bracket.
pub(super) fn would_begin_block(text: &str, leaf: &Leaf, range: &std::ops::Range<usize>) -> bool {
    let written = &text[range.clone()];
    let line = leaf.lines.partition_point(|line| line.end <= range.start);
    let Some(line) = leaf.lines.get(line) else { return false };
    let (begin, rest) = (&text[line.start..range.start], &text[range.end.min(line.end)..line.end]);
    let is_near = begin.len() < LONGEST_LABEL && begin.starts_with('[');
    let rest = &rest.as_bytes()[..rest.len().min(LONGEST_LABEL)];
    let hides_bracket = is_near && written.contains([']', '[']) && rest.windows(2).any(|two| two == b"]:");
    written.contains('`') && begin.starts_with("```") || hides_bracket
}

/// Fills constructs and blanks in a text.
pub(super) struct Mask {
    bytes: Vec<u8>,
}

impl Mask {
    pub(super) fn new(base: &str) -> Self {
        Self { bytes: base.as_bytes().to_vec() }
    }

    /// Fills a construct. To what stands beside it, it is a letter or a punctuation mark, as its own ends are; a mark in
    /// second place sees to it that it never reads as the name of an HTML tag.
    pub(super) fn construct(&mut self, text: &str, leaf: &Leaf, construct: &Construct) {
        let range = &construct.range;
        let keeps = matches!(construct.kind, Kind::Inline(_) | Kind::Display(_));
        let edge = |letter: Option<char>| match letter {
            Some(letter) if letter.is_alphanumeric() => b'x',
            _ if keeps => b'$',
            _ => b'%',
        };
        let written = &text[range.clone()];
        let (first, last) = (edge(written.chars().next()), edge(written.chars().next_back()));
        // The bytes between two lines are their containers'.
        let line = leaf.lines.partition_point(|line| line.end <= range.start);
        for line in leaf.lines[line..].iter().take_while(|line| line.start < range.end) {
            let (start, end) = (line.start.max(range.start), line.end.min(range.end));
            self.bytes[start..end].fill(b'%');
        }
        self.bytes[range.start] = first;
        self.bytes[range.end - 1] = last;
    }

    /// Fills with blanks.
    pub(super) fn blank(&mut self, range: &std::ops::Range<usize>) {
        self.bytes[range.clone()].fill(b' ');
    }

    /// Fills the colon at the beginning of each line that begins no definition: a mark, as it is one.
    pub(super) fn colons(&mut self, text: &str, leaf: &Leaf) {
        for line in leaf.lines.iter().filter(|_| leaf.place != Place::Fixed) {
            if text[line.clone()].starts_with(':') && self.bytes[line.start] != b':' {
                self.bytes[line.start] = b'%';
            }
        }
    }

    pub(super) fn text(self) -> String {
        String::from_utf8(self.bytes).expect("whole characters were filled with ASCII")
    }
}
