//! The longest of many known words with which a text begins, without a look at each of them.

use std::collections::BTreeMap;

/// Words by their first letter, the longest first.
pub(in crate::decision) struct Beginnings<T>(BTreeMap<char, Vec<(&'static str, T)>>);

impl<T: Copy> Beginnings<T> {
    pub(in crate::decision) fn new(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut by_first: BTreeMap<char, Vec<(&'static str, T)>> = BTreeMap::new();
        for (word, meaning) in words {
            by_first.entry(word.chars().next().expect("no word is empty")).or_default().push((word, meaning));
        }
        by_first.values_mut().for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
        Self(by_first)
    }

    /// Returns the longest word that a text begins with, and what it means.
    pub(in crate::decision) fn of(&self, text: &str) -> Option<(&'static str, T)> {
        let words = self.0.get(&text.chars().next()?)?;
        words.iter().copied().find(|(word, _)| text.starts_with(word))
    }
}
