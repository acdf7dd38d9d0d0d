//! Wikilinks, told from the double brackets of shells, Lua, TOML, C++ and lists in lists.
//!
//! CommonMark's link comes first, so `[[1]](https://…)` and `[[3]]` with a definition of `[3]` never get here. A wikilink
//! holds what could be the name of a page; whether there is such a page only the site knows.

use super::construct::{Construct, Kind, before, is_escaped};
use super::leaf::{Leaf, Place, Segment};

/// The longest that is read, in bytes: a name, a heading and a label.
const LONGEST: usize = 1024;

/// Finds the wikilinks of a leaf.
pub(super) fn find(text: &str, leaf: &Leaf, segments: &[Segment]) -> Vec<Construct> {
    let mut found = Vec::new();
    for Segment { range, .. } in segments {
        let within = &text[range.clone()];
        let mut done = 0;
        while let Some(close) = within[done..].find("]]").map(|at| done + at) {
            let end = close + 2;
            if let Some(open) = within[done..close].rfind("[[").map(|at| done + at) {
                found.extend(wikilink(text, leaf, range.start + open, range.start + close));
            }
            done = end;
        }
    }
    found
}

fn wikilink(text: &str, leaf: &Leaf, open: usize, close: usize) -> Option<Construct> {
    let inside = &text[open + 2..close];
    let before = before(text, open);
    let is_shown = before == Some('!') && !is_escaped(text, open - 1);
    // `m[[1]]` and `f()[[1]]` are elements of something.
    let is_index = before.is_some_and(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '[' | ']' | ')'));
    if inside.len() > LONGEST || is_index || is_escaped(text, open) || text[close + 2..].starts_with(']') {
        return None;
    }
    // In a table the sign between target and label is escaped, or it would end the cell.
    let (target, label) = match (leaf.place, inside.split_once("\\|")) {
        (Place::Cell, Some((target, label))) => (target, Some(label.replace("\\|", "|"))),
        _ => inside.split_once('|').map_or((inside, None), |(target, label)| (target, Some(label.to_owned()))),
    };
    if !could_be_page(target) || label.as_ref().is_some_and(|label| label.trim().is_empty()) {
        return None;
    }
    let range = open - usize::from(is_shown)..close + 2;
    let kind =
        Kind::Wikilink { target: target.to_owned(), label: label.map(|label| label.trim().to_owned()), is_shown };
    Some(Construct { range, kind })
}

/// Says whether a page could have this name: `[[ -f x ]]`, `[["a","b"]]`, `[[:alpha:]]`, `[[$x]]` and `[[x=1]]` are not
/// links.
fn could_be_page(target: &str) -> bool {
    let is_code = |letter: char| {
        letter.is_control()
            || matches!(letter, '[' | ']' | '"' | '<' | '>' | '{' | '}' | '=' | '*' | '\\' | '`' | ';' | '|' | '$')
    };
    !target.is_empty()
        && target.trim() == target
        && !target.starts_with(['-', ':', '\'', '!', ',', '&', '@', '%'])
        && !target.contains(is_code)
}
