//! Signs that a diagram's text writes as `#quot;` or `#9829;`, since its language would read them.
//!
//! <https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters>. The program that draws knows them in
//! some kinds of diagrams only, and shows others as they are written. So each is given a letter for private use on its
//! way through, and its own sign in the drawing.

use super::super::html::{Token, tokens};
use super::super::writer::escaped;

/// The first of the letters that stand for signs.
const FIRST: u32 = 0xE000;
/// How many of them there are.
const MOST: u32 = 0x1900;

/// A text without such signs, and what stands for them.
pub(super) struct Encoded {
    pub(super) text: String,
    signs: Vec<(char, String)>,
}

impl Encoded {
    pub(super) fn new(source: &str) -> Self {
        let mut signs: Vec<(char, String)> = Vec::new();
        let mut text = String::with_capacity(source.len());
        let mut free = (FIRST..FIRST + MOST).filter_map(char::from_u32).filter(|letter| !source.contains(*letter));
        for line in source.split_inclusive('\n') {
            // Colours stand in these: `style A fill:#333;`
            let word = line.split_whitespace().next().unwrap_or_default();
            if matches!(word, "style" | "classDef" | "linkStyle" | "%%" | "%%{init:") {
                text += line;
                continue;
            }
            let mut rest = line;
            while let Some((before, after)) = rest.split_once('#') {
                text += before;
                let known = after.split_once(';').and_then(|(code, after)| Some((sign_of(code)?, after)));
                let letter = known.as_ref().and_then(|(sign, _)| {
                    let letter = signs.iter().find(|(_, known)| known == sign).map(|(letter, _)| *letter);
                    letter.or_else(|| free.next().inspect(|letter| signs.push((*letter, sign.clone()))))
                });
                match (known, letter) {
                    (Some((_, after)), Some(letter)) => {
                        text.push(letter);
                        rest = after;
                    }
                    _ => {
                        text.push('#');
                        rest = after;
                    }
                }
            }
            text += rest;
        }
        Self { text, signs }
    }

    /// Puts the signs into a part of the text, as they are shown.
    pub(super) fn plain(&self, part: &str) -> String {
        let mut plain = String::with_capacity(part.len());
        for letter in part.chars() {
            let is_ours = (FIRST..FIRST + MOST).contains(&u32::from(letter));
            match self.signs.iter().find(|(known, _)| is_ours && *known == letter) {
                Some((_, sign)) => plain.push_str(sign),
                None => plain.push(letter),
            }
        }
        plain
    }

    /// Puts the signs into a drawing.
    pub(super) fn decode(&self, svg: String) -> String {
        self.signs.iter().fold(svg, |svg, (letter, sign)| svg.replace(*letter, &escaped(sign)))
    }
}

/// Returns the sign of a code: a number, or a name of HTML.
fn sign_of(code: &str) -> Option<String> {
    let is_code = !code.is_empty() && code.len() <= 10 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let entity = match code.bytes().all(|byte| byte.is_ascii_digit()) {
        true => format!("&#{code};"),
        false => format!("&{code};"),
    };
    match is_code.then(|| tokens(&entity))?.as_slice() {
        // Some names have two signs; more are those of a shorter name and what follows it.
        [Token::Text(sign)] if sign.chars().count() <= 2 && !sign.chars().any(char::is_control) => Some(sign.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_go_through_and_come_out() {
        let source = "A[\"heart #9829; #quot;x#quot; #nothing; #1\"]\nstyle A fill:#333;\n";
        let encoded = Encoded::new(source);
        assert!(!encoded.text.contains("quot") && encoded.text.contains("fill:#333;"), "{}", encoded.text);
        assert_eq!(
            encoded.decode(encoded.text.clone()),
            "A[\"heart ♥ &quot;x&quot; #nothing; #1\"]\nstyle A fill:#333;\n"
        );
        assert_eq!(encoded.plain(&encoded.text), "A[\"heart ♥ \"x\" #nothing; #1\"]\nstyle A fill:#333;\n");
        assert_eq!(Encoded::new("#lt;script#gt;").decode("\u{e000}b\u{e001}".to_owned()), "&lt;b&gt;");
    }
}
