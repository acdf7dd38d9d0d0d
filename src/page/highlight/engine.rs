//! tree-sitter: a text in one language comes in, tokens come out, for a counted amount of work.
//!
//! The work is what the parser and the queries count themselves, so where it ends is the same on every machine.

use std::collections::HashMap;
use std::ops::{ControlFlow, Range};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use arborium::advanced::Span;
use arborium::tree_sitter::{
    Language, ParseOptions, Parser, Query, QueryCursor, QueryCursorOptions, StreamingIterator, Tree,
};

use super::super::foreign::Stop;
use super::{Token, TooMuch, canonical, limits};

/// How much work a text may make, in hundreds of steps, beside what its length allows.
const WORK: usize = 4000;

/// How many bytes allow a hundred steps more. Real code has some forty to hundreds, and the worst that was tried eight.
const BYTES: usize = 3;

/// How deep languages in languages are looked into: HTML, a script in it, a comment in that.
const LANGUAGES: usize = 3;

/// A language with its queries, which cost some milliseconds to make.
struct Grammar {
    language: Language,
    highlights: Query,
    injections: Query,
}

macro_rules! grammars {
    ($($name:literal = $module:ident,)*) => {
        /// The languages that are known.
        const NAMES: &[&str] = &[$($name),*];

        fn compile(name: &str) -> Option<Grammar> {
            match name {
                $($name => Grammar::new(
                    arborium::$module::language().into(),
                    &arborium::$module::HIGHLIGHTS_QUERY,
                    arborium::$module::INJECTIONS_QUERY,
                ),)*
                _ => None,
            }
        }
    };
}

grammars! {
    "bash" = lang_bash,
    "c" = lang_c,
    "css" = lang_css,
    "diff" = lang_diff,
    "dockerfile" = lang_dockerfile,
    "go" = lang_go,
    "hcl" = lang_hcl,
    "html" = lang_html,
    "java" = lang_java,
    "javascript" = lang_javascript,
    "json" = lang_json,
    "python" = lang_python,
    "rust" = lang_rust,
    "toml" = lang_toml,
    "typescript" = lang_typescript,
    "yaml" = lang_yaml,
}

impl Grammar {
    fn new(language: Language, highlights: &str, injections: &str) -> Option<Self> {
        let highlights = Query::new(&language, highlights).ok()?;
        let injections = Query::new(&language, injections).ok()?;
        Some(Self { language, highlights, injections })
    }
}

/// Grammars by the name of their language; nothing for one that cannot be compiled.
type Grammars = HashMap<&'static str, Option<Arc<Grammar>>>;

/// Compiled grammars, made once, when needed.
static GRAMMARS: LazyLock<Mutex<Grammars>> = LazyLock::new(Mutex::default);

fn grammar(language: &str) -> Option<Arc<Grammar>> {
    let name = *NAMES.iter().find(|name| **name == language)?;
    let mut grammars = GRAMMARS.lock().unwrap_or_else(PoisonError::into_inner);
    grammars.entry(name).or_insert_with(|| compile(name).map(Arc::new)).clone()
}

pub(in crate::page) fn knows(language: &str) -> bool {
    NAMES.contains(&language)
}

/// What is kept between the blocks of a page.
#[derive(Default)]
pub(in crate::page) struct Engine(Option<(Parser, QueryCursor)>);

impl Engine {
    /// Returns the tokens of a text, from left to right.
    pub(in crate::page) fn tokens(&mut self, language: &str, text: &str, stop: &Stop) -> Result<Vec<Token>, TooMuch> {
        let (parser, cursor) = self.0.get_or_insert_with(|| (Parser::new(), QueryCursor::new()));
        let left = WORK + text.len() / BYTES;
        let mut walk = Walk { parser, cursor, spans: Vec::new(), left, stop };
        walk.read(language, text, 0, LANGUAGES)?;
        let is_whole = |token: &Token| text.is_char_boundary(token.start) && text.is_char_boundary(token.end);
        let tokens = arborium_highlight::spans_to_flat_tokens(text, walk.spans).into_iter().map(|token| Token {
            start: token.start as usize,
            end: token.end as usize,
            class: arborium_theme::tag_to_name(token.tag).unwrap_or("").into(),
        });
        Ok(tokens.filter(|token| !token.class.is_empty()).filter(is_whole).collect())
    }
}

/// One text being read.
struct Walk<'a> {
    parser: &'a mut Parser,
    cursor: &'a mut QueryCursor,
    spans: Vec<Span>,
    /// How much work is left.
    left: usize,
    stop: &'a Stop,
}

/// A part of a text that is in another language.
struct Injection {
    range: Range<usize>,
    language: String,
}

impl Walk<'_> {
    /// Reads a text that stands at `offset` of the whole, and what is in other languages in it.
    fn read(&mut self, language: &str, text: &str, offset: usize, languages: usize) -> Result<(), TooMuch> {
        let Some(grammar) = grammar(language) else { return Ok(()) };
        for piece in limits::pieces(language, text)? {
            let part = &text[piece.clone()];
            let Some(tree) = self.parse(&grammar, part)? else { continue };
            self.collect(&grammar.highlights, &tree, part, offset + piece.start)?;
            if languages == 0 {
                continue;
            }
            for Injection { range, language } in self.injections(&grammar.injections, &tree, part)? {
                let inner = &part[range.clone()];
                self.read(
                    canonical(&language.to_lowercase()),
                    inner,
                    offset + piece.start + range.start,
                    languages - 1,
                )?;
            }
        }
        Ok(())
    }

    fn parse(&mut self, grammar: &Grammar, text: &str) -> Result<Option<Tree>, TooMuch> {
        if self.parser.set_language(&grammar.language).is_err() {
            return Ok(None);
        }
        let (left, stop) = (&mut self.left, self.stop);
        let mut count = |_: &_| spend(left, stop);
        let options = ParseOptions::new().progress_callback(&mut count);
        let mut read = |at: usize, _| text.as_bytes().get(at..).unwrap_or_default();
        let tree = self.parser.parse_with_options(&mut read, None, Some(options));
        if tree.is_none() {
            // What it would go on with belongs to this text.
            self.parser.reset();
        }
        if self.left == 0 { Err(TooMuch) } else { Ok(tree) }
    }

    /// Collects the tokens of a tree.
    fn collect(&mut self, query: &Query, tree: &Tree, text: &str, offset: usize) -> Result<(), TooMuch> {
        let (left, stop) = (&mut self.left, self.stop);
        let mut count = |_: &_| spend(left, stop);
        let options = QueryCursorOptions::new().progress_callback(&mut count);
        let mut matches = self.cursor.matches_with_options(query, tree.root_node(), text.as_bytes(), options);
        while let Some(found) = matches.next() {
            for capture in found.captures {
                let name = query.capture_names()[capture.index as usize];
                if name.starts_with('_') || name.starts_with("injection.") {
                    continue;
                }
                self.spans.push(Span {
                    start: (offset + capture.node.start_byte()) as u32,
                    end: (offset + capture.node.end_byte()) as u32,
                    capture: name.to_owned(),
                    pattern_index: found.pattern_index as u32,
                });
            }
        }
        drop(matches);
        if self.left == 0 { Err(TooMuch) } else { Ok(()) }
    }

    /// Returns the parts of a text that are in other languages.
    fn injections(&mut self, query: &Query, tree: &Tree, text: &str) -> Result<Vec<Injection>, TooMuch> {
        let (left, stop) = (&mut self.left, self.stop);
        let mut count = |_: &_| spend(left, stop);
        let options = QueryCursorOptions::new().progress_callback(&mut count);
        let mut matches = self.cursor.matches_with_options(query, tree.root_node(), text.as_bytes(), options);
        let mut found = Vec::new();
        while let Some(part) = matches.next() {
            let captured =
                |name: &str| part.captures.iter().find(|capture| query.capture_names()[capture.index as usize] == name);
            let set = query.property_settings(part.pattern_index).iter();
            let set = set
                .filter(|property| &*property.key == "injection.language")
                .find_map(|property| property.value.as_deref());
            let written =
                captured("injection.language").and_then(|capture| capture.node.utf8_text(text.as_bytes()).ok());
            let range = captured("injection.content").map(|capture| capture.node.byte_range());
            let Some((range, language)) = range.zip(set.or(written)) else { continue };
            if !range.is_empty() && text.get(range.clone()).is_some() {
                found.push(Injection { range, language: language.to_owned() });
            }
        }
        drop(matches);
        if self.left == 0 { Err(TooMuch) } else { Ok(found) }
    }
}

/// Counts a hundred steps, and says whether to go on.
fn spend(left: &mut usize, stop: &Stop) -> ControlFlow<()> {
    *left = left.saturating_sub(1);
    if *left == 0 || stop.is_wanted() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}
