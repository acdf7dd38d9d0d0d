//! Hands tokens to tantivy that were cut already: as one text, which its tokenizer takes apart again.
//!
//! tantivy has a value for ready-made tokens too, but keeps it as JSON until it is indexed: that took a tenth of a build.

use std::fmt::Write;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name of the tokenizer in the schema.
pub(in crate::search) const TOKENIZER: &str = "words";

/// The words of a page in order: a line each, of how far it stands after the one before, a space and the word.
#[derive(Default)]
pub(super) struct Words {
    lines: String,
    last: u32,
}

impl Words {
    /// Adds a word, which holds no line feed, at a position that is not before that of the last.
    pub(super) fn push(&mut self, word: &str, position: u32) {
        match position - self.last {
            0 => self.lines += "0",
            1 => self.lines += "1",
            gap => write!(self.lines, "{gap}").expect("a text can be written to"),
        }
        self.lines += " ";
        self.lines += word;
        self.lines += "\n";
        self.last = position;
    }

    /// Returns the text that the tokenizer reads.
    pub(super) fn finish(self) -> String {
        self.lines
    }
}

/// Reads what [`Words`] wrote.
#[derive(Clone, Default)]
pub(super) struct WordsTokenizer {
    token: Token,
}

impl Tokenizer for WordsTokenizer {
    type TokenStream<'a> = Lines<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Lines<'a> {
        self.token.reset();
        self.token.position = 0;
        Lines { lines: text.lines(), token: &mut self.token }
    }
}

pub(super) struct Lines<'a> {
    lines: std::str::Lines<'a>,
    token: &'a mut Token,
}

impl TokenStream for Lines<'_> {
    fn advance(&mut self) -> bool {
        let Some((gap, word)) = self.lines.next().and_then(|line| line.split_once(' ')) else { return false };
        self.token.position += gap.parse::<usize>().unwrap_or_default();
        self.token.text.clear();
        self.token.text.push_str(word);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
