//! Names of people and teams, and words in lists, as they stand in one line.

use super::text::{link_at, plain};

/// Splits a line of names: at commas, semicolons, "and" between handles, spaces where every word is a handle.
///
/// `Name (@handle)` and `Name <mail>` stay whole; "et al." and placeholders are nobody.
pub(super) fn people(text: &str) -> Vec<String> {
    let shown = plain(text);
    let handles = shown.split_whitespace().all(|word| word.starts_with('@'));
    let parts: Vec<String> = if handles {
        shown.split_whitespace().map(|word| word.trim_end_matches([',', ';']).to_owned()).collect()
    } else {
        split(&shown)
    };
    parts.into_iter().filter_map(|part| person(&part)).collect()
}

/// Reads one name. A note after a handle (`@x, to review API`) is dropped.
fn person(text: &str) -> Option<String> {
    let name = text.trim().trim_matches(['"', '\'', '`', '*']).trim().trim_end_matches('.');
    let name = name.strip_prefix("and ").unwrap_or(name).trim();
    let lower = name.to_lowercase();
    let nobody =
        ["", "et al", "tbd", "n/a", "na", "none", "-", "todo", "tba", "?", "null", "~"].contains(&lower.as_str());
    let note = lower.starts_with("to review") || lower.starts_with("for ");
    (!nobody && !note && !is_placeholder(name)).then(|| name.to_owned())
}

/// Splits at commas and semicolons outside brackets.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0usize;
    for letter in text.chars() {
        match letter {
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match letter {
            ',' | ';' | '、' | '，' if depth == 0 => parts.push(String::new()),
            letter => parts.last_mut().expect("it never is empty").push(letter),
        }
    }
    parts
}

/// Splits a line of tags: at commas, or at spaces where every word could be a tag.
pub(super) fn tags(text: &str) -> Vec<String> {
    let shown = plain(text);
    let separated = shown.contains([',', ';', '、', '，']);
    let word_like = |word: &str| {
        word.chars().all(|letter| {
            letter.is_lowercase() || letter.is_ascii_digit() || matches!(letter, '-' | '_' | '#' | '.' | '/')
        })
    };
    let parts = if !separated && shown.split_whitespace().all(word_like) {
        shown.split_whitespace().map(str::to_owned).collect()
    } else {
        split(&shown)
    };
    let tag = |part: String| {
        part.trim().trim_matches(['"', '\'', '`', '*', '[', ']']).trim_start_matches('#').trim().to_owned()
    };
    parts.into_iter().map(tag).filter(|tag| !tag.is_empty() && !is_placeholder(tag) && !is_nothing(tag)).collect()
}

/// Says whether a value says that there is none.
pub(super) fn is_nothing(text: &str) -> bool {
    let lower = text.trim().trim_matches(['"', '\'', '`', '*', '_', '.', '[', ']', '(', ')']).to_lowercase();
    matches!(
        lower.as_str(),
        "" | "n/a" | "na" | "none" | "tbd" | "tba" | "todo" | "-" | "--" | "—" | "null" | "~" | "nil" | "x"
    )
}

/// Says whether a text is what a template asks for: `{list everyone}`, `[names]`, `<who>`, `YYYY-MM-DD`.
pub(super) fn is_placeholder(text: &str) -> bool {
    let text = text.trim().trim_matches(['"', '\'', '*', '_', '`']);
    let framed = |open: char, close: char| text.starts_with(open) && text.ends_with(close) && text.contains(' ');
    let listed = framed('[', ']') && link_at(text).is_none();
    text.contains("YYYY")
        || framed('{', '}') && text.len() > 24
        || listed && text.len() > 12
        || framed('<', '>') && !text.contains('@')
}
