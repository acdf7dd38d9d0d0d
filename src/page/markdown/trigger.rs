//! A quick look at whether a text may hold a construct at all; most of the work is left out where it holds none.

use super::table;

/// Says whether a text has a sign that begins a construct. What it denies is certain.
pub(super) fn any(text: &str) -> bool {
    let has = |sign: u8| text.as_bytes().contains(&sign);
    has(b'$')
        || has(b'@')
        || text.contains("://")
        || text.contains("www.")
        || text.contains("[[")
        || text.contains("[!")
        || has(b'}') && text.lines().any(ends_in_attributes)
        || text.match_indices(':').any(|(at, _)| text[at + 1..].bytes().take(64).any(|byte| byte == b':'))
        || has(b'|') && lines_of_tables(text)
        || lines_that_change(text)
}

/// Braces at the end of a line, or before the signs that end a heading.
fn ends_in_attributes(line: &str) -> bool {
    let inside = line.trim_end().trim_end_matches('#').trim_end().strip_suffix('}');
    let inside = inside.and_then(|line| line.rsplit_once('{')).map_or("", |(_, inside)| inside);
    inside.contains(['#', '.', '='])
}

/// A rule of a table two lines below a line of text.
fn lines_of_tables(text: &str) -> bool {
    let mut before = ["", ""];
    text.lines().any(|line| {
        let found = is_rule_within(line) && !before[0].trim().is_empty();
        before = [before[1], line];
        found
    })
}

/// A rule of a table, in whatever container.
fn is_rule_within(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']);
    line.starts_with(['|', ':', '-']) && table::is_rule(line)
}

/// Colons that begin no definition, and tabs that the parser does not bear.
fn lines_that_change(text: &str) -> bool {
    text.lines().any(|line| {
        let inside = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
        let begins = inside.strip_prefix(':').is_some_and(|rest| !rest.starts_with([' ', '\t']));
        let ends = line.ends_with([' ', '\t']) && inside.starts_with(['`', '~']) && inside.contains('\t');
        begins || ends || line.contains('\t') && is_rule_within(line)
    })
}
