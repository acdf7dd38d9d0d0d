//! Comments of Obsidian, `%%…%%`: their authors see them and nobody else does. In a vault they are cut out of a text before
//! anything reads it.
//!
//! A text comes in, one without them goes out, with as many lines. What is left between a comment and its neighbours is
//! such that it reads as before: no blanks at the beginning of a line, which would make code of it, and none at its end.
//!
//! What looks like a comment by one way of reading and not by another is cut out: too little shown is seen by the author,
//! too much by everybody. So in what comes out no reading of Markdown has a comment any more.

use std::ops::Range;

use super::front_matter;
use super::markdown::{self, Code};
use crate::path::BookPath;

/// A text without its comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncommented {
    /// The text, with as many lines as before.
    pub text: String,
    /// Where a comment began that has no end, so that the rest is left out.
    pub unclosed: Option<usize>,
}

/// How often the text without comments is read again, since where code stands may have changed.
const ROUNDS: usize = 8;

/// Cuts the comments out of a text; nothing where there are none.
pub fn without_comments(path: &BookPath, text: &str) -> Option<Uncommented> {
    if !text.contains("%%") {
        return None;
    }
    let start = front_matter::read(path, text).1;
    let mut left = Uncommented { text: text[start..].to_owned(), unclosed: None };
    for _ in 0..ROUNDS {
        let before = left.text.len();
        for code in [markdown::code(&left.text, false), markdown::code(&left.text, true)] {
            let (cuts, is_unclosed) = comments(&left.text, &code);
            let is_done = cuts.is_empty();
            cut(&mut left, &cuts, is_unclosed);
            if !is_done {
                break;
            }
        }
        if left.text.len() == before {
            break;
        }
    }
    // Whoever writes a text that is another at each reading has the rest of it taken for a comment.
    let last = [false, true].map(|definitions| comments(&left.text, &markdown::code(&left.text, definitions)).0);
    if let Some(first) = last.iter().flatten().map(|range| range.start).min() {
        let rest = first..left.text.len();
        cut(&mut left, &[rest], true);
    }
    (left.text.len() != text.len() - start).then(|| Uncommented {
        text: format!("{}{}", &text[..start], left.text),
        unclosed: left.unclosed.map(|at| at + start),
    })
}

/// Signs for per cent, two or more of them in a row.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: usize,
    length: usize,
    /// Whether it stands in a block of code.
    in_block: bool,
    /// Whether it can begin a comment: it stands in no code.
    opens: bool,
}

fn runs(text: &str, code: &Code) -> Vec<Run> {
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("%%") {
        let mut start = at + found;
        let end = start + bytes[start..].iter().take_while(|byte| **byte == b'%').count();
        let escapes = bytes[at..start].iter().rev().take_while(|byte| **byte == b'\\').count();
        start += escapes % 2;
        if end - start >= 2 {
            let in_block = code.is_in_block(start);
            runs.push(Run { start, length: end - start, in_block, opens: !in_block && !code.is_in_span(start) });
        }
        at = end;
    }
    runs
}

/// Finds the comments of a text, and says whether the last has no end.
///
/// What begins one counts in no code; what ends one counts in a line of code too, where its author may have written a single
/// backtick, and in a block of code if there is nothing else. A longer row of signs is ended by one as long, if there is one.
fn comments(text: &str, code: &Code) -> (Vec<Range<usize>>, bool) {
    let mut runs = runs(text, code);
    let mut longest = vec![0; runs.len() + 1];
    for (at, run) in runs.iter().enumerate().rev() {
        longest[at] = longest[at + 1].max(if run.in_block { 0 } else { run.length });
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(run) = runs.get(at).copied() {
        at += 1;
        if !run.opens {
            continue;
        }
        let wanted = if longest[at] >= run.length { run.length } else { 2 };
        let is_close = |close: &Run| !close.in_block && close.length >= wanted;
        let close = (longest[at] >= 2).then(|| runs[at..].iter().position(is_close).map(|close| at + close)).flatten();
        match close {
            Some(close) => at = end(&mut runs, close, wanted, run.start, &mut found),
            None if run.length > 2 || !begins_line(text, run.start) => {}
            None if at < runs.len() => at = end(&mut runs, at, 2, run.start, &mut found),
            None => {
                found.push(run.start..text.len());
                return (found, true);
            }
        }
    }
    (found, false)
}

/// Ends a comment with a row of signs, of which what is left may begin the next. Returns the next row.
fn end(runs: &mut [Run], close: usize, length: usize, start: usize, found: &mut Vec<Range<usize>>) -> usize {
    let run = &mut runs[close];
    found.push(start..run.start + length);
    *run = Run { start: run.start + length, length: run.length - length, opens: !run.in_block, ..*run };
    if run.length >= 2 { close } else { close + 1 }
}

/// The signs of quotes and items, with blanks.
fn is_container(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')') || letter.is_ascii_digit()
}

fn begins_line(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(is_container);
    before.is_empty() || before.ends_with('\n')
}

/// Takes ranges out of a text, all but the ends of their lines.
fn cut(left: &mut Uncommented, ranges: &[Range<usize>], is_unclosed: bool) {
    if ranges.is_empty() {
        return;
    }
    let text = std::mem::take(&mut left.text);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for range in ranges {
        out.push_str(&text[done.min(range.start)..range.start]);
        let last = range.end == text.len() && is_unclosed;
        let lines = text[range.clone()].matches('\n').count();
        let rest = text[range.end..].trim_start_matches([' ', '\t']);
        let ends_line = lines > 0 || rest.is_empty() || rest.starts_with(['\n', '\r']);
        let begin = out.rfind('\n').map_or(0, |at| at + 1);
        let is_begin = out[begin..].chars().all(is_container);
        if ends_line && is_begin && !out[begin..].contains('>') {
            out.truncate(begin);
        } else if ends_line {
            out.truncate(out.trim_end_matches([' ', '\t']).len().max(begin));
        }
        if last && left.unclosed.is_none() {
            left.unclosed = Some(out.len());
        }
        out.extend(std::iter::repeat_n('\n', lines));
        // Between words one blank stays.
        let takes_blanks = ends_line || is_begin || out.ends_with([' ', '\t']);
        done = if takes_blanks { text.len() - rest.len() } else { range.end };
    }
    out.push_str(&text[done..]);
    left.text = out;
}

#[cfg(test)]
mod tests;
