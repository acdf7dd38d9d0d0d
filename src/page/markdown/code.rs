//! Where a text has code, as GitHub reads it.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::{Rules, mask};
use crate::tracker::Trackers;

/// The places of a text's code, each from left to right.
#[derive(Debug, Default)]
pub(in crate::page) struct Code {
    blocks: Vec<Range<usize>>,
    spans: Vec<Range<usize>>,
}

impl Code {
    /// Returns a text with blanks in place of its code.
    fn blanked(&self, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for range in self.blocks.iter().chain(&self.spans) {
            bytes[range.clone()].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        }
        String::from_utf8(bytes).expect("whole characters were filled with ASCII")
    }

    /// Says whether a byte stands in a block of code.
    pub(in crate::page) fn is_in_block(&self, at: usize) -> bool {
        holds(&self.blocks, at)
    }

    /// Says whether a byte stands in code within a line.
    pub(in crate::page) fn is_in_span(&self, at: usize) -> bool {
        holds(&self.spans, at)
    }
}

fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let before = ranges.partition_point(|range| range.start <= at);
    before > 0 && at < ranges[before - 1].end
}

/// Returns the text of a page without its front matter, with blanks in place of its code.
pub fn without_code(text: &str) -> String {
    code(text, true).blanked(text)
}

/// Finds the code of a text, read with or without definition lists, in which less is code.
pub(in crate::page) fn code(text: &str, definition_lists: bool) -> Code {
    let rules = Rules {
        smart_punctuation: false,
        math: false,
        definition_lists,
        alerts: false,
        wikilinks: false,
        trackers: &Trackers::NONE,
    };
    let base = mask::base(text, definition_lists);
    let mut code = Code::default();
    for (event, range) in Parser::new_ext(&base.text, rules.structure()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code.blocks.push(range),
            Event::Code(_) => code.spans.push(range),
            _ => {}
        }
    }
    code.blocks.sort_by_key(|range| range.start);
    code.spans.sort_by_key(|range| range.start);
    code
}
