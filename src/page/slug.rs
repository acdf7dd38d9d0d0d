//! The ids of headings, as GitHub and mdBook make them, so that links from elsewhere keep working.

use std::collections::{BTreeMap, BTreeSet};

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Returns the id of a heading's text: lower case, what GitHub takes for a word, and `-`; white space becomes `-`.
pub fn slug(text: &str) -> String {
    text.trim()
        .to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            letter if letter == '-' || is_word(letter) => Some(letter),
            letter if letter.is_whitespace() => Some('-'),
            _ => None,
        })
        .collect()
}

/// Says whether GitHub's pattern of ids, `[^\p{Word}\- ]`, leaves a letter: letters, marks (of which Hindi and Thai are full),
/// decimal digits, and what connects words.
fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || matches!(letter.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark)
        || matches!(letter.general_category(), GeneralCategory::DecimalNumber | GeneralCategory::ConnectorPunctuation)
}

/// The ids that a page has given out.
#[derive(Default)]
pub(super) struct Ids {
    taken: BTreeSet<String>,
    /// The number last tried for a text, so that many equal headings cost no more than others.
    last: BTreeMap<String, usize>,
}

impl Ids {
    /// Returns an id that no other heading of the page has: the explicit one, or that of the text, numbered if need be.
    pub(super) fn claim(&mut self, explicit: Option<&str>, text: &str) -> String {
        let base = explicit.map_or_else(|| slug(text), str::to_owned);
        let base = if base.is_empty() { "section".to_owned() } else { base };
        let mut id = base.clone();
        while !self.taken.insert(id.clone()) {
            let count = self.last.entry(base.clone()).or_default();
            *count += 1;
            id = format!("{base}-{count}");
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_github() {
        for (text, id) in [
            ("Hello, World!", "hello-world"),
            ("  C++ & `Rust` ", "c--rust"),
            ("Größe_1 — x", "größe_1--x"),
            ("日本", "日本"),
            ("हिन्दी में खोज", "हिन्दी-में-खोज"),
            ("การตั้งค่าระบบ", "การตั้งค่าระบบ"),
            ("The --force option", "the---force-option"),
            ("H₂O and x² ½", "ho-and-x-"),
            ("!", ""),
        ] {
            assert_eq!(slug(text), id);
        }
        let mut ids = Ids::default();
        let claimed = ["A", "A", "a-1", "A", "?"].map(|text| ids.claim(None, text));
        assert_eq!(claimed, ["a", "a-1", "a-1-1", "a-2", "section"]);
    }
}
