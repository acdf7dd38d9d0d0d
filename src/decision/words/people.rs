//! Names of people and teams, and words in lists, as they stand in one line.

use crate::decision::words::link::{begin_of, link_at};
use crate::decision::words::plain::plain;

/// Splits a line of names: at commas, semicolons, "and" between names, spaces where every word is a handle.
///
/// `Name (@handle)` and `Name <mail>` stay whole; "et al." and placeholders are nobody.
pub(in crate::decision) fn people(text: &str) -> Vec<String> {
    if is_placeholder(text) {
        return Vec::new();
    }
    // A cell of a table may hold one name a line.
    let shown = plain(&["<br>", "<br/>", "<br />"].iter().fold(text.to_owned(), |text, tag| text.replace(tag, ", ")));
    // `@ann @bob`, and `ann@ bob@` as some write their mail addresses.
    let is_handle = |word: &str| word.starts_with('@') || word.trim_end_matches([',', ';']).ends_with('@');
    let handles = shown.split_whitespace().all(is_handle);
    let parts: Vec<String> = if handles {
        shown.split_whitespace().map(|word| word.trim_end_matches([',', ';']).to_owned()).collect()
    } else {
        with_companies(split(&shown))
    };
    parts.iter().flat_map(|part| pair(part)).filter_map(person).collect()
}

/// Reads an item of a list, which is one person where not every part between its commas is a name: what follows is said
/// of that person.
pub(in crate::decision) fn people_of_item(text: &str) -> Vec<String> {
    let all = people(text);
    let is_name = |name: &String| {
        let words: Vec<&str> = name.split_whitespace().collect();
        name.starts_with('@') || words.len() <= 4 && words.iter().all(|word| !word.starts_with(char::is_lowercase))
    };
    let keep = if all.iter().all(is_name) { all.len() } else { 1 };
    all.into_iter().take(keep).collect()
}

/// What stands after the name of a company, and is no name of its own.
const COMPANIES: &[&str] =
    &["inc", "ltd", "llc", "gmbh", "corp", "co", "ag", "plc", "bv", "b.v", "s.a", "sa", "oy", "ab", "limited", "s.r.l"];

/// Joins "Ann Lee", "Acme Inc." again: the company is hers.
fn with_companies(parts: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for part in parts {
        let last = part.trim().trim_end_matches('.').rsplit(' ').next().unwrap_or_default().to_lowercase();
        match joined.last_mut().filter(|_| COMPANIES.contains(&last.as_str())) {
            Some(person) => *person = format!("{}, {}", person.trim_end(), part.trim()),
            None => joined.push(part),
        }
    }
    joined
}

/// Splits "Ann Lee and Bob Ray", where both are names; "Research and Development" and "the web team" are not.
fn pair(text: &str) -> Vec<&str> {
    let halves = text.split_once(" and ").or_else(|| text.split_once(" & "));
    let is_name = |name: &str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let capital = |word: &&str| word.starts_with(char::is_uppercase);
        words.iter().any(|word| word.starts_with('@')) || (1..=3).contains(&words.len()) && words.iter().all(capital)
    };
    let is_group = GROUPS.iter().any(|group| text.to_lowercase().contains(group));
    match halves {
        Some((one, other)) if !is_group && is_name(one) && is_name(other) => vec![one, other],
        _ => vec![text],
    }
}

/// Words that tell a group of people, whose name may hold an "and".
const GROUPS: &[&str] = &[
    "team",
    "group",
    "guild",
    "board",
    "department",
    "committee",
    "council",
    "development",
    "chapter",
    "curator",
    "lead",
    "manager",
    "architect",
    "engineer",
    "officer",
    "owner",
    "maintainer",
    "steward",
    "head of",
    "knowledge",
    "design",
    "security",
    "operations",
    "platform",
    "data",
    "product",
    "research",
    "office",
];

/// Reads one name. A note after a handle (`@x, to review API`) is dropped.
fn person(text: &str) -> Option<String> {
    let name = text.trim().trim_matches(['"', '\'', '`', '*']).trim().trim_end_matches('.');
    let name = name.strip_prefix("and ").unwrap_or(name);
    // "👩‍💻 Ann Lee"
    let opens = |letter: char| letter.is_alphanumeric() || letter.is_ascii_punctuation();
    let name = name.trim_start_matches(|letter: char| !opens(letter)).trim();
    let lower = name.to_lowercase();
    let nobody = is_nothing(&lower) || ["et al", "?", "pending"].contains(&lower.trim_matches('_'));
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
pub(in crate::decision) fn tags(text: &str) -> Vec<String> {
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
    parts.iter().filter_map(|part| tag(part)).collect()
}

/// Reads an item of a list in front matter, which is one tag: `two words`, `a, b`.
pub(in crate::decision) fn tag_of_item(text: &str) -> Option<String> {
    tag(&plain(text))
}

fn tag(text: &str) -> Option<String> {
    let tag = text.trim().trim_matches(['"', '\'', '`', '*', '[', ']']).trim_start_matches('#').trim();
    (!tag.is_empty() && !is_placeholder(tag) && !is_nothing(tag)).then(|| tag.to_owned())
}

/// Says whether a value says that there is none.
pub(in crate::decision) fn is_nothing(text: &str) -> bool {
    let lower = text.trim().trim_matches(['"', '\'', '`', '*', '_', '.', '[', ']', '(', ')']).to_lowercase();
    matches!(
        lower.as_str(),
        "" | "n/a"
            | "na"
            | "n.a"
            | "none"
            | "tbd"
            | "tba"
            | "todo"
            | "-"
            | "--"
            | "—"
            | "null"
            | "~"
            | "nil"
            | "x"
            | "not applicable"
            | "nothing"
            | "none yet"
            | "unknown"
    )
}

/// Says whether a place for a value is still empty, or as its template has it.
pub(in crate::decision) fn says_nothing(text: &str) -> bool {
    is_nothing(text) || is_placeholder(text)
}

/// Says whether a text is what a template asks for: `{list everyone}`, `[names]`, `<who>`, `YYYY-MM-DD`.
pub(in crate::decision) fn is_placeholder(text: &str) -> bool {
    let text = text.trim().trim_matches(['"', '\'', '*', '_', '`']);
    let inner = |open: char, close: char| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let wordy = |inner: &str| inner.split([',', ';']).any(|part| part.split_whitespace().count() >= 4);
    // `{DATE_YESTERDAY}`
    let variable = |inner: &str| inner.contains('_') && !inner.contains(char::is_lowercase);
    let listed = inner('[', ']').is_some_and(|inner| inner.contains(' ')) && link_at(text).is_none();
    let asks = ["leave this empty", "leave this blank", "leave empty", "leave blank", "fill in", "fill me in"];
    let lower = begin_of(text, 40).to_lowercase();
    text.contains("YYYY")
        || inner('{', '}').is_some_and(|inner| wordy(inner) || variable(inner))
        || listed && text.len() > 12
        || inner('<', '>').is_some_and(|inner| inner.contains(' ') && !inner.contains('@'))
        || asks.iter().any(|words| lower.trim_start_matches(['(', '[', '{', '<']).starts_with(words))
}
