//! Which words a beginning or a misspelt word may stand for.

use super::super::token::{is_gram, is_gram_letter};

/// Returns how many groups a beginning may stand for in an index of so many pages. Short ones are about to grow, and each
/// group has to be fetched: a long list where pages are many.
pub(in crate::search) fn expansions(prefix: &str, pages: u64) -> usize {
    let [two, three, four] = if pages > 4096 { [1, 2, 4] } else { [3, 4, 6] };
    match prefix.chars().count() {
        _ if is_gram(prefix) => 8,
        0..=2 => two,
        3 => three,
        4 => four,
        _ => 8,
    }
}

/// How many forms a typo may stand for.
pub(in crate::search) const SIMILAR: usize = 4;

/// Says whether a form of the index may be what was meant: letters alone, of which the first two or the last two are
/// those of the word. One slip leaves one of the two ends as it was, from five letters on.
pub(in crate::search) fn is_similar(form: &str, word: &str) -> bool {
    let ends = |text: &str| {
        let letters: Vec<char> = text.chars().collect();
        Some(([letters.first().copied()?, *letters.get(1)?], [*letters.get(letters.len() - 2)?, *letters.last()?]))
    };
    match (ends(form), ends(word)) {
        (Some(here), Some(there)) => may_be_meant(form) && (here.0 == there.0 || here.1 == there.1),
        _ => false,
    }
}

/// How many groups an end may stand for.
pub(in crate::search) const ENDINGS: usize = 6;

/// Says whether a form is a longer word with this end: at least three letters more, and letters alone.
pub(in crate::search) fn ends_so(form: &str, end: &str) -> bool {
    may_be_meant(form) && form.strip_suffix(end).is_some_and(|rest| rest.chars().nth(2).is_some())
}

/// Says whether a form can be what a misspelt word stands for.
pub(in crate::search) fn may_be_meant(form: &str) -> bool {
    form.chars().nth(2).is_some() && form.chars().all(char::is_alphabetic) && !form.chars().any(is_gram_letter)
}
