//! Tags and text of a piece of HTML, as the standard cuts it.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token as Found, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// A part of a piece of HTML. Comments are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::page) enum Token {
    /// A tag that opens an element, or stands for all of it.
    Open(Tag),
    /// The name in a tag that closes an element.
    Close(String),
    /// Text, with its entities read.
    Text(String),
}

/// A tag that opens an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::page) struct Tag {
    /// In lower case.
    pub(in crate::page) name: String,
    /// Names in lower case, and values with their entities read.
    pub(in crate::page) attributes: Vec<(String, String)>,
}

impl Tag {
    pub(in crate::page) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(named, _)| named == name).map(|(_, value)| value.as_str())
    }
}

/// Cuts a piece of HTML. A tag that does not end is nothing, as in a browser.
pub(in crate::page) fn tokens(html: &str) -> Vec<Token> {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.take()
}

#[derive(Default)]
struct Sink(RefCell<Vec<Token>>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Found, _line: u64) -> TokenSinkResult<()> {
        let mut found = self.0.borrow_mut();
        match token {
            Found::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let attributes = tag.attrs.iter();
                let attributes = attributes
                    .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
                    .collect();
                found.push(Token::Open(Tag { name: tag.name.to_string(), attributes }));
            }
            Found::TagToken(tag) => found.push(Token::Close(tag.name.to_string())),
            Found::CharacterTokens(text) => match found.last_mut() {
                Some(Token::Text(last)) => last.push_str(&text),
                _ => found.push(Token::Text(text.to_string())),
            },
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_cut_as_a_browser_cuts_it() {
        let open = |name: &str, attributes: &[(&str, &str)]| {
            let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            Token::Open(Tag { name: name.to_owned(), attributes: attributes.iter().map(own).collect() })
        };
        assert_eq!(
            tokens("<P Align=center title='a > b'>x &amp; y < z<!-- c --><br/></p><a href=\"b"),
            [
                open("p", &[("align", "center"), ("title", "a > b")]),
                Token::Text("x & y < z".to_owned()),
                open("br", &[]),
                Token::Close("p".to_owned()),
            ]
        );
    }
}
