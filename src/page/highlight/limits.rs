//! What keeps grammars from ending the program: some hold what is open in 1,024 bytes and end it by an assertion when
//! more is open, or write past the end.
//!
//! That cannot be caught, so it is made impossible by the text that a grammar gets. Of the grammars that are built in,
//! those of YAML and Python do it. The others give up what does not fit (Bash, HCL, HTML, Dockerfile) or hold nothing; but
//! that of HTML takes the square of its time for what is open.

use std::iter;
use std::ops::Range;

use super::TooMuch;

/// How many indicators a text in YAML may have. Each puts at most one level of four bytes on the stack, which begins
/// after ten bytes: (1024 − 10) / 4 = 253.
const INDICATORS: usize = 250;

/// How far lines of Python may be indented, in columns of which a tab has eight. Levels grow strictly, so there are no
/// more; each has two bytes, after two for itself and one for each open string, of which 255 count: (1024 − 257) / 2 = 383.
const INDENTATION: usize = 380;

/// How many tags a text in HTML may have: the scanner copies the list of all open ones at every sign that it reads, and
/// an end that closes nothing leaves it as long as it is.
const TAGS: usize = 4000;

/// Returns the pieces of a text that its grammar may get: all of it, but of YAML as much at a time as is safe.
pub(super) fn pieces(language: &str, text: &str) -> Result<Vec<Range<usize>>, TooMuch> {
    match language {
        "yaml" => Ok(yaml(text)),
        "python" if indentation(text) > INDENTATION => Err(TooMuch),
        "html" if text.matches('<').count() > TAGS => Err(TooMuch),
        _ => Ok(iter::once(0..text.len()).collect()),
    }
}

/// Returns the widest white space that the scanner could take for the indentation of a line of Python.
///
/// A backslash before a line break goes on with the line, and white space counts on.
fn indentation(text: &str) -> usize {
    let (mut widest, mut width) = (0, 0);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            ' ' => width += 1,
            '\t' => width += 8,
            '\\' | '\r' | '\x0c' => {}
            '\n' => width = 0,
            _ => {
                width = 0;
                // The rest of the line is no indentation, unless it is continued.
                while signs.next_if(|sign| !matches!(sign, '\n' | '\\')).is_some() {}
            }
        }
        if sign == '\\' && signs.next_if_eq(&'\r').is_some() | signs.next_if_eq(&'\n').is_some() {
            continue;
        }
        widest = widest.max(width);
    }
    widest
}

/// A line of YAML.
struct Line {
    range: Range<usize>,
    /// Nothing for what is blank or a comment.
    indentation: Option<usize>,
    indicators: usize,
}

/// Cuts a text where the structure is widest, so that no piece has too many indicators. A piece ends also before what
/// stands further out than its first line. A line that has too many for itself is in none.
fn yaml(text: &str) -> Vec<Range<usize>> {
    if indicators(text) <= INDICATORS {
        return iter::once(0..text.len()).collect();
    }
    let mut at = 0;
    let lines: Vec<Line> = text
        .split_inclusive('\n')
        .map(|line| {
            let inner = line.trim_start();
            let is_blank = inner.is_empty() || inner.starts_with('#');
            at += line.len();
            Line {
                range: at - line.len()..at,
                indentation: (!is_blank).then_some(line.len() - inner.len()),
                indicators: indicators(line),
            }
        })
        .collect();
    let mut pieces = Vec::new();
    let mut rest = &lines[..];
    while let Some(first) = rest.first() {
        let count = if first.indicators > INDICATORS { 1 } else { piece(rest) };
        if first.indicators <= INDICATORS {
            pieces.push(first.range.start..rest[count - 1].range.end);
        }
        rest = &rest[count..];
    }
    pieces
}

/// Returns how many lines the next piece has.
fn piece(lines: &[Line]) -> usize {
    let outermost = lines.iter().find_map(|line| line.indentation).unwrap_or(0);
    let (mut total, mut cut, mut best) = (0, lines.len(), usize::MAX);
    for (at, line) in lines.iter().enumerate() {
        total += line.indicators;
        let is_further_out = line.indentation.is_some_and(|indentation| indentation < outermost);
        if at > 0 && is_further_out {
            return at;
        }
        if total > INDICATORS {
            return cut.min(at).max(1);
        }
        if let Some(indentation) = line.indentation.filter(|indentation| at > 0 && *indentation <= best) {
            (cut, best) = (at, indentation);
        }
    }
    lines.len()
}

/// Counts what could open a level: `-`, `?` and `:` before white space, and the beginnings of blocks of text.
fn indicators(text: &str) -> usize {
    let opens = |pair: &[u8]| match pair[0] {
        b'-' | b'?' | b':' => pair.get(1).is_none_or(|next| next.is_ascii_whitespace() || *next == 0),
        sign => matches!(sign, b'|' | b'>'),
    };
    let bytes = text.as_bytes();
    (0..bytes.len()).filter(|at| opens(&bytes[*at..])).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        yaml(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn yaml_is_cut_where_the_structure_is_widest() {
        let entry = |name: &str, count: usize| format!("{name}:\n{}", "  - a: b\n".repeat(count));
        let (one, two) = (entry("one", 60), entry("two", 60));
        assert_eq!(texts(&format!("{one}{two}")), [format!("{one}{two}")]);
        let three = entry("three", 60);
        assert_eq!(texts(&format!("{one}{two}{three}")), [format!("{one}{two}"), three]);
        let deep = format!("- {}x\nlast: 1\n", "- ".repeat(300));
        assert_eq!(texts(&deep), ["last: 1\n"]);
        let long = entry("long", 500);
        assert_eq!(texts(&long).concat(), long);
        assert!(texts(&long).iter().all(|piece| indicators(piece) <= INDICATORS));
    }

    #[test]
    fn every_form_of_indentation_of_python_counts() {
        assert_eq!(indentation("a\n  b\n\tc      d\n"), 8);
        assert_eq!(indentation("a\n  \\\n  b\n"), 4);
        assert_eq!(indentation("  \\\r\n\t b"), 11);
        assert_eq!(indentation("x = 'a        b'\n  \x0c  y"), 4);
    }
}
