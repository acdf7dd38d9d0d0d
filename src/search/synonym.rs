//! What the team calls the same: `k8s` and `kubernetes`, `PR` and `pull request`.

use serde::Serialize;

use super::group::Groups;
use super::token::tokens;

/// One of several names for the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Name {
    /// As the team writes it.
    pub(super) text: String,
    /// Its words, folded, one after the other.
    pub(super) words: Vec<String>,
    /// The key of the group of each word: by these a query is known without a look at the words' own postings.
    pub(super) keys: Vec<String>,
}

impl Name {
    pub(super) fn new(text: &str, groups: &Groups) -> Self {
        let mut end = 0;
        // What lies in a token that was taken is a part of it.
        let whole = tokens(text).into_iter().filter(|token| {
            let is_whole = token.range.start >= end;
            end = end.max(token.range.end);
            is_whole
        });
        let words: Vec<String> = whole.map(|token| token.text).collect();
        Self { text: text.to_owned(), keys: words.iter().map(|word| groups.key(word)).collect(), words }
    }
}
