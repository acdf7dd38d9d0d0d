//! Colours for code, at build time: a text comes in, tokens with CSS classes come out.
//!
//! Grammars are programs of others. What they could not bear they do not get, what makes too much work stays plain, and
//! both depend on the text alone; they run where they can be stopped all the same.

#[cfg(feature = "highlight")]
mod engine;
#[cfg(feature = "highlight")]
mod limits;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::foreign::{NoAnswer, Runner};
use crate::fingerprint::Fingerprint;

/// A run of bytes with a CSS class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) class: Cow<'static, str>,
}

/// The tokens of blocks of code, by the fingerprint of language and text: what one reading of a page leaves to the next.
/// To compile the queries of one language takes longer than to read a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Highlights(BTreeMap<Fingerprint, Vec<Token>>);

/// The highlights of the page that is being read, and those of the reading before.
pub(super) struct Colours<'a> {
    pub(super) known: &'a Highlights,
    pub(super) made: Highlights,
}

/// What highlighting came to.
pub(super) enum Outcome {
    Tokens(Vec<Token>),
    Unknown,
    /// The text is too large, too deep, or makes too much work, on every machine.
    TooMuch,
    /// The grammar did not end, or there is nothing left of a budget.
    Stopped,
}

/// A text makes too much work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMuch;

/// The largest block that is highlighted, in bytes.
const LARGEST: usize = 128 * 1024;

pub(super) use engine::Engine;

/// Highlights a block of code.
pub(super) fn highlight(
    language: &str,
    text: &str,
    runner: &mut Runner<'_, Engine>,
    colours: &mut Colours<'_>,
) -> Outcome {
    let language = canonical(language);
    if language.is_empty()
        || matches!(language, "text" | "txt" | "plain" | "plaintext" | "console" | "output" | "ignore")
        || text.trim().is_empty()
    {
        return Outcome::Tokens(Vec::new());
    }
    if !engine::knows(language) {
        return Outcome::Unknown;
    }
    if text.len() > LARGEST {
        return Outcome::TooMuch;
    }
    let key = Fingerprint::of(&(language, text));
    let Colours { known, made } = colours;
    if let Some(tokens) = made.0.get(&key).or_else(|| known.0.get(&key)).cloned() {
        made.0.insert(key, tokens.clone());
        return Outcome::Tokens(tokens);
    }
    let (owned_language, owned_text) = (language.to_owned(), text.to_owned());
    match runner.run(move |engine, stop| engine.tokens(&owned_language, &owned_text, stop)) {
        Ok(Ok(tokens)) => {
            made.0.insert(key, tokens.clone());
            Outcome::Tokens(tokens)
        }
        Ok(Err(TooMuch)) => Outcome::TooMuch,
        Err(NoAnswer::Failed) => Outcome::Unknown,
        Err(NoAnswer::TooMuchWork) => Outcome::Stopped,
    }
}

/// The grammar's name for what authors write.
fn canonical(language: &str) -> &str {
    match language {
        "py" | "python3" | "pycon" => "python",
        "sh" | "shell" | "zsh" | "shell-session" => "bash",
        "js" | "jsx" | "mjs" | "node" => "javascript",
        "ts" => "typescript",
        "yml" => "yaml",
        "rs" => "rust",
        "golang" => "go",
        "docker" => "dockerfile",
        "terraform" | "tf" => "hcl",
        "htm" | "xhtml" | "html5" => "html",
        "json5" | "jsonc" => "json",
        "patch" => "diff",
        "h" => "c",
        other => other,
    }
}

#[cfg(not(feature = "highlight"))]
mod engine {
    use super::super::foreign::Stop;
    use super::{Token, TooMuch};

    #[derive(Default)]
    pub(in crate::page) struct Engine {}

    pub(in crate::page) fn knows(_: &str) -> bool {
        false
    }

    impl Engine {
        pub(in crate::page) fn tokens(&mut self, _: &str, _: &str, _: &Stop) -> Result<Vec<Token>, TooMuch> {
            Ok(Vec::new())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::foreign::Budget;
    use super::*;

    #[cfg(feature = "highlight")]
    #[test]
    fn a_block_that_is_known_is_not_read_again() {
        let budget = Budget::default();
        let mut runner = Runner::new(&budget);
        let none = Highlights::default();
        let mut first = Colours { known: &none, made: Highlights::default() };
        highlight("rs", "fn main() {}", &mut runner, &mut first);
        let mut known = first.made;
        let mark = Token { start: 0, end: 2, class: "mark".into() };
        known.0.values_mut().for_each(|tokens| *tokens = vec![mark.clone()]);
        let mut second = Colours { known: &known, made: Highlights::default() };
        for (language, text, is_known) in
            [("rust", "fn main() {}", true), ("rust", "fn other() {}", false), ("c", "fn main() {}", false)]
        {
            let Outcome::Tokens(tokens) = highlight(language, text, &mut runner, &mut second) else { panic!() };
            assert_eq!(tokens == [mark.clone()], is_known, "{language} {text}");
        }
        // What is known is kept for the next reading too.
        assert_eq!(second.made.0.len(), 3);
    }

    #[test]
    fn snippets_that_hung_other_highlighters_end_soon() {
        let budget = Budget::default();
        let mut runner = Runner::new(&budget);
        let mut colours = Colours { known: &Highlights::default(), made: Highlights::default() };
        let mut highlight = |language: &str, text: &str| highlight(language, text, &mut runner, &mut colours);
        for (language, text) in [
            ("javascript", "e /*"),
            ("typescript", "i < 0 ? (l) : ([i + 1]);"),
            ("js", "{ try { } catch { (, e"),
            ("rust", "r#\""),
        ] {
            assert!(matches!(highlight(language, text), Outcome::Tokens(_)), "{language}");
        }
        assert!(matches!(highlight("klingon", "Qapla'"), Outcome::Unknown));
        assert!(matches!(highlight("json", &"[".repeat(200_000)), Outcome::TooMuch));
    }
}
