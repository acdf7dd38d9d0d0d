//! Colours for code, at build time: a text comes in, tokens with CSS classes come out.
//!
//! Grammars are programs of others and one may loop; a block that takes longer than a deadline stays plain and its
//! thread is given up. Blocks beyond a size stay plain without trying.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// A run of bytes with a CSS class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) class: &'static str,
}

/// What highlighting came to.
pub(super) enum Outcome {
    Tokens(Vec<Token>),
    Unknown,
    TookTooLong,
}

/// The largest block that is highlighted, in bytes.
const LARGEST: usize = 128 * 1024;

/// How long one block may take; the slowest of 8,000 mutated real ones took 72 ms.
const DEADLINE: Duration = Duration::from_secs(3);

/// Highlights the blocks of one page. Its thread starts with the first block that needs one.
#[derive(Default)]
pub(super) struct Highlighter {
    worker: Option<Worker>,
}

struct Worker {
    jobs: Sender<(String, String)>,
    results: Receiver<Option<Vec<Token>>>,
}

impl Highlighter {
    pub(super) fn highlight(&mut self, language: &str, text: &str) -> Outcome {
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
            return Outcome::TookTooLong;
        }
        let worker = self.worker.take().unwrap_or_else(start);
        worker
            .jobs
            .send((language.to_owned(), text.to_owned()))
            .expect("the worker waits for jobs until its sender is dropped");
        match worker.results.recv_timeout(DEADLINE) {
            Ok(tokens) => {
                self.worker = Some(worker);
                tokens.map_or(Outcome::Unknown, Outcome::Tokens)
            }
            Err(RecvTimeoutError::Timeout) => Outcome::TookTooLong,
            Err(RecvTimeoutError::Disconnected) => Outcome::Unknown, // the grammar panicked
        }
    }
}

fn start() -> Worker {
    let (jobs, waiting) = channel::<(String, String)>();
    let (done, results) = channel();
    std::thread::spawn(move || {
        let mut engine = engine::Engine::default();
        for (language, text) in waiting {
            if done.send(engine.tokens(&language, &text)).is_err() {
                return;
            }
        }
    });
    Worker { jobs, results }
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

#[cfg(feature = "highlight")]
mod engine {
    use std::sync::{Arc, LazyLock};

    use super::Token;

    /// Compiled grammars: constants that cost some milliseconds each to make, so they are made once, when needed.
    static GRAMMARS: LazyLock<Arc<arborium::GrammarStore>> = LazyLock::new(|| Arc::new(arborium::GrammarStore::new()));

    #[derive(Default)]
    pub(super) struct Engine(Option<arborium::Highlighter>);

    pub(super) fn knows(language: &str) -> bool {
        arborium::get_language(language).is_some()
    }

    impl Engine {
        pub(super) fn tokens(&mut self, language: &str, text: &str) -> Option<Vec<Token>> {
            let highlighter = self.0.get_or_insert_with(|| arborium::Highlighter::with_store(GRAMMARS.clone()));
            let spans = highlighter.highlight_spans(language, text).ok()?;
            let tokens = arborium_highlight::spans_to_flat_tokens(text, spans);
            Some(
                tokens
                    .into_iter()
                    .map(|token| Token {
                        start: token.start as usize,
                        end: token.end as usize,
                        class: arborium_theme::tag_to_name(token.tag).unwrap_or(""),
                    })
                    .filter(|token| !token.class.is_empty())
                    .filter(|token| text.is_char_boundary(token.start) && text.is_char_boundary(token.end))
                    .collect(),
            )
        }
    }
}

#[cfg(not(feature = "highlight"))]
mod engine {
    use super::Token;

    #[derive(Default)]
    pub(super) struct Engine {}

    pub(super) fn knows(_: &str) -> bool {
        false
    }

    impl Engine {
        pub(super) fn tokens(&mut self, _: &str, _: &str) -> Option<Vec<Token>> {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snippets_that_hung_other_highlighters_end_soon() {
        let mut highlighter = Highlighter::default();
        for (language, text) in [
            ("javascript", "e /*"),
            ("typescript", "i < 0 ? (l) : ([i + 1]);"),
            ("js", "{ try { } catch { (, e"),
            ("rust", "r#\""),
        ] {
            assert!(matches!(highlighter.highlight(language, text), Outcome::Tokens(_)), "{language}");
        }
        assert!(matches!(highlighter.highlight("klingon", "Qapla'"), Outcome::Unknown));
        assert!(matches!(highlighter.highlight("json", &"[".repeat(200_000)), Outcome::TookTooLong));
    }
}
