//! Tables right after a line of text, which GitHub reads and the parser does not: a comment is put between the two.
//!
//! A comment ends a paragraph and begins no list, quote or gap, so nothing else changes.

use std::ops::Range;

use super::leaf::{Leaf, Place};

/// What is put between a paragraph and its table.
pub(super) const COMMENT: &str = "<!---->";

/// A text with lines that its author did not write.
#[derive(Debug)]
pub(super) struct Extended {
    pub(super) text: String,
    /// Where those lines stand in it, in order.
    lines: Vec<Range<usize>>,
    /// How many bytes of them stand before each of them.
    added: Vec<usize>,
}

impl Extended {
    /// Returns the place in the author's text; nothing for what stands in a line that is not his.
    pub(super) fn original(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let line = self.lines.partition_point(|line| line.end <= range.start);
        if self.lines.get(line).is_some_and(|line| line.start <= range.start && range.end <= line.end) {
            return None;
        }
        Some(self.shifted(range.start)..self.shifted(range.end))
    }

    fn shifted(&self, at: usize) -> usize {
        let Some(last) = self.lines.partition_point(|line| line.start < at).checked_sub(1) else { return at };
        at - self.added[last] - (self.lines[last].end.min(at) - self.lines[last].start)
    }
}

/// Puts comments before the tables in paragraphs; nothing where there is none.
pub(super) fn extend(text: &str, leaves: &[Leaf]) -> Option<Extended> {
    let places: Vec<Range<usize>> = leaves
        .iter()
        .filter(|leaf| matches!(leaf.place, Place::Text | Place::Quote(_)))
        .filter_map(|leaf| table(text, leaf))
        .collect();
    if places.is_empty() {
        return None;
    }
    let text_of_all = String::with_capacity(text.len() + places.len() * 16);
    let mut extended = Extended { text: text_of_all, lines: Vec::new(), added: Vec::new() };
    let mut done = 0;
    for prefix in places {
        extended.text.push_str(&text[done..prefix.start]);
        let start = extended.text.len();
        extended.text.push_str(&text[prefix.clone()]);
        extended.text.push_str(COMMENT);
        extended.text.push('\n');
        extended.lines.push(start..extended.text.len());
        extended.added.push(start - prefix.start);
        done = prefix.start;
    }
    extended.text.push_str(&text[done..]);
    Some(extended)
}

/// Finds the first head of a table in a paragraph; returns what stands before it in its line. It is the first line only
/// where the colon of its rule is masked.
fn table(text: &str, leaf: &Leaf) -> Option<Range<usize>> {
    let prefix = |line: &Range<usize>| text[..line.start].rfind('\n').map_or(0, |end| end + 1)..line.start;
    let at = leaf.lines.windows(2).position(|lines| {
        let [head, rule] = [0, 1].map(|at| &text[lines[at].clone()]);
        is_rule(rule) && cells(head) == cells(rule)
    })?;
    let (first, head) = (prefix(&leaf.lines[0]), prefix(&leaf.lines[at]));
    let quotes = |range: &Range<usize>| text[range.clone()].matches('>').count();
    // A line that only goes on lazily is in no container, and begins no table in it.
    let is_within = quotes(&first) == quotes(&head) && (head.len() >= first.len() || text[first].trim().is_empty());
    is_within.then_some(head)
}

/// Says whether a line is the second of a table: `--- | :-:`.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let is_cell = |cell: &str| {
        let cell = cell.trim();
        let dashes = cell.strip_prefix(':').unwrap_or(cell);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
    };
    line.contains('|') && line.contains('-') && inner(line).split('|').all(is_cell)
}

fn cells(line: &str) -> usize {
    let line = inner(line.trim());
    let mut escaped = false;
    let pipes = line.bytes().filter(|byte| {
        let is_pipe = *byte == b'|' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        is_pipe
    });
    pipes.count() + 1
}

fn inner(line: &str) -> &str {
    let line = line.strip_prefix('|').unwrap_or(line);
    line.strip_suffix('|').unwrap_or(line)
}
