//! Numbers in code whose notes stand below it: a comment that is nothing but `(1)`, as in `x = 1  # (1)`.

use std::ops::Range;

/// A number in the HTML of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::page) struct Marker {
    pub(in crate::page) number: usize,
    /// The comment and the space before it.
    pub(super) range: Range<usize>,
}

/// What begins a comment in the languages that people write, and what ends it there.
const COMMENTS: &[(&str, &str)] =
    &[("#", ""), ("//", ""), ("--", ""), (";", ""), ("%", ""), ("/*", "*/"), ("<!--", "-->"), ("(*", "*)")];

/// The largest number that is one of a note.
const LARGEST: usize = 99;

/// Returns where the comment begins, with the space before it, and its number. Material's `(1)!` is known as well.
pub(super) fn find(line: &str) -> Option<(usize, usize)> {
    let whole = line.trim_end();
    let read = |(open, close): &(&str, &str)| {
        let rest = whole.strip_suffix(close)?.trim_end();
        let rest = rest.strip_suffix('!').unwrap_or(rest).strip_suffix(')')?;
        let before = rest.trim_end_matches(|sign: char| sign.is_ascii_digit());
        let number = rest[before.len()..].parse().ok().filter(|number| (1..=LARGEST).contains(number))?;
        let before = before.strip_suffix('(')?.trim_end().strip_suffix(open)?;
        let start = before.trim_end().len();
        // Code does not end in the sign of a comment: `a//(1)` is no comment of `a/`.
        (start < before.len() || start == 0).then_some((start, number))
    };
    COMMENTS.iter().find_map(read)
}

/// Makes links of the numbers that have a note, given the ids of the notes in their order.
pub(in crate::page) fn link(html: &str, markers: &[Marker], notes: &[String]) -> String {
    let mut linked = String::with_capacity(html.len() + markers.len() * 64);
    let mut done = 0;
    for Marker { number, range } in markers {
        let Some(id) = notes.get(number - 1) else { continue };
        linked.push_str(&html[done..range.start]);
        linked.push_str(&format!("<a class=\"annotation\" href=\"#{id}\">{number}</a>"));
        done = range.end;
    }
    linked + &html[done..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_a_comment_that_is_nothing_else() {
        for (line, found) in [
            ("x = 1  # (1)", Some((5, 1))),
            ("x; // (12)!  ", Some((2, 12))),
            ("# (2)", Some((0, 2))),
            ("<p> <!-- (3) -->", Some((3, 3))),
            ("a { } /* (1)! */", Some((5, 1))),
            ("f(1)", None),
            ("x = f // (1) and more", None),
            ("# see (1)", None),
            ("a//(1)", None),
            ("# (0)", None),
            ("# (99999999999999999999999)", None),
            ("é # (1)", Some((2, 1))),
        ] {
            assert_eq!(find(line), found, "{line}");
        }
    }
}
