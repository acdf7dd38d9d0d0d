//! Titles: what is one, and what a name gives where nothing else does.

use crate::path::BookPath;

/// What stands in the place of a title and is none, in lower case.
const NO_TITLES: &[&str] =
    &["na", "n/a", "n.a", "none", "nil", "null", "tbd", "tba", "untitled", "untitled page", "no title"];

/// Says whether a text can be a title: `N/A`, `[TBD]`, `Untitled` and dashes alone say that there is none.
pub(super) fn is_one(text: &str) -> bool {
    let frame = |sign: char| sign.is_whitespace() || "\"'`“”*_.…()[]{}<>-–—".contains(sign);
    let bare = text.trim_matches(frame).to_lowercase();
    !bare.is_empty() && !NO_TITLES.contains(&bare.as_str())
}

/// Returns a title made of a file's or folder's name: `01-getting_started.md` is `Getting started`.
pub fn title_of_name(path: &BookPath) -> String {
    let stem = if path.is_markdown() { path.stem() } else { path.name() };
    let stem = match stem.to_ascii_lowercase().as_str() {
        "index" | "readme" if path.parent() != BookPath::root() => return title_of_name(&path.parent()),
        _ => stem,
    };
    let words = without_order(stem).replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => stem.to_owned(),
    }
}

/// Splits the ordering prefix off a name: `01-intro` is 1 and `intro`. At most two digits order; more are a number.
pub fn order_of_name(name: &str) -> Option<(u32, &str)> {
    let digits = name.find(|letter: char| !letter.is_ascii_digit())?;
    let rest = name[digits..].strip_prefix(['-', '_', '.'])?;
    if !(1..=2).contains(&digits) || rest.is_empty() || rest.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    Some((name[..digits].parse().ok()?, rest.trim_start()))
}

fn without_order(name: &str) -> &str {
    order_of_name(name).map_or(name, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_for_nothing_is_no_title() {
        for none in ["", " ", "NA", "n/a", "N.A.", "None", "*TBD*", "[tba]", "<untitled>", "---", "…", "“”"] {
            assert!(!is_one(none), "{none}");
        }
        for title in ["NASA", "None of the above", "TBD list", "C++", "?", "🚀", "-x", "x"] {
            assert!(is_one(title), "{title}");
        }
    }
}
