//! What the team calls the same: `k8s` and `kubernetes`, `PR` and `pull request`.

use serde::Serialize;

use super::token::tokens;

/// One of several names for the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Name {
    /// As the team writes it.
    pub(super) text: String,
    /// Its words, folded, one after the other.
    pub(super) words: Vec<String>,
}

impl Name {
    pub(super) fn new(text: &str) -> Self {
        let mut end = 0;
        // What lies in a token that was taken is a part of it.
        let whole = tokens(text).into_iter().filter(|token| {
            let is_whole = token.range.start >= end;
            end = end.max(token.range.end);
            is_whole
        });
        Self { text: text.to_owned(), words: whole.map(|token| token.text).collect() }
    }
}
