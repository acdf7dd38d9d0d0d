//! Puts included files into a text: `{{#include file:region}}` and its kin, as mdBook reads them.
//!
//! In: a source, and a way to look at other sources. Out: one [`Expanded`] text that knows, byte by byte, where it
//! comes from, so that a finding about it is shown in the file the author wrote.
//!
//! Directives (mdBook 0.5): `include`, `rustdoc_include`, `playground`, `title`; a backslash before the braces prints
//! them as they are; an unknown directive stays, since a preprocessor may mean it.

mod region;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::file::Source;
use crate::path::BookPath;

/// How deep includes may nest, as in mdBook.
const DEPTH: usize = 10;

/// The longest text that includes may make of one page, in bytes.
const LONGEST: usize = 8 << 20;

/// How many includes one page may have, with those of the files it includes.
const MOST: usize = 2000;

/// How much the includes of one page may look through, in bytes: many small parts of one large file are as much work as
/// large ones.
const READ: usize = 16 << 20;

/// A text with its includes put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expanded {
    /// The text; bytes that were no UTF-8 are U+FFFD.
    pub text: Arc<str>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a text with includes comes from, and what it says beside its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// A title that a `{{#title …}}` sets for the page.
    pub title: Option<String>,
    /// The files that were put in.
    pub shown: BTreeSet<BookPath>,
    /// What is wrong with the includes.
    pub diagnostics: Vec<Diagnostic>,
    pieces: Vec<Piece>,
}

/// A run of the expanded text that stands so in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Piece {
    at: usize,
    path: BookPath,
    offset: usize,
}

impl Origin {
    /// Moves a finding about the expanded text to the file that its first byte comes from.
    pub fn relocate(&self, diagnostic: Diagnostic) -> Diagnostic {
        let Some(span) = diagnostic.span else { return diagnostic };
        let Some(piece) = self.pieces.iter().rev().find(|piece| piece.at <= span.start) else { return diagnostic };
        let start = span.start - piece.at + piece.offset;
        let moved = Span { start, end: start + (span.end - span.start) };
        Diagnostic { path: piece.path.clone(), ..diagnostic }.at(moved)
    }
}

/// Returns the files that the text wants to include, whether they exist or not.
pub fn wanted(source: &Source) -> BTreeSet<BookPath> {
    // Most files include nothing, and are not looked through as text.
    if !source.content.contains(&b'{') {
        return BTreeSet::new();
    }
    let text = String::from_utf8_lossy(&source.content);
    let folder = source.path.parent();
    directives(&text)
        .filter_map(|directive| directive.target())
        .filter_map(|target| folder.join(target.file).ok())
        .collect()
}

/// Puts in what the source includes. What cannot be put in stays as it is written, with a finding.
pub fn expand<'a>(source: &'a Source, look: &impl Fn(&BookPath) -> Option<&'a Source>) -> Expanded {
    let mut work = Work {
        out: String::new(),
        title: None,
        shown: BTreeSet::new(),
        diagnostics: Vec::new(),
        pieces: Vec::new(),
        count: 0,
        read: 0,
        look,
    };
    let text = String::from_utf8_lossy(&source.content);
    work.diagnostics.extend(not_utf8(source));
    work.append(&Part { path: &source.path, text: &text, offset: 0 }, &mut Vec::new());
    let Work { out, title, shown, diagnostics, pieces, .. } = work;
    Expanded { text: out.into(), origin: Origin { title, shown, diagnostics, pieces } }
}

/// Tells of the first byte of a source that is not UTF-8.
pub fn not_utf8(source: &Source) -> Option<Diagnostic> {
    let at = std::str::from_utf8(&source.content).err()?.valid_up_to();
    let diagnostic = Diagnostic::new(Code::InvalidUtf8, &source.path, "a byte that is not UTF-8").at(at..at + 1);
    Some(diagnostic.help("save the file as UTF-8"))
}

/// A part of a file to be appended.
struct Part<'t> {
    path: &'t BookPath,
    text: &'t str,
    /// Where the part begins in its file.
    offset: usize,
}

struct Work<'l, L> {
    out: String,
    title: Option<String>,
    shown: BTreeSet<BookPath>,
    diagnostics: Vec<Diagnostic>,
    pieces: Vec<Piece>,
    count: usize,
    /// How many bytes were looked through for what is included.
    read: usize,
    look: &'l L,
}

impl<'a, L: Fn(&BookPath) -> Option<&'a Source>> Work<'_, L> {
    fn append(&mut self, part: &Part<'_>, open: &mut Vec<BookPath>) {
        open.push(part.path.clone());
        let mut done = 0;
        for directive in directives(part.text) {
            self.verbatim(part, done..directive.span.start);
            done = directive.span.end;
            match self.put_in(part, &directive, open) {
                Ok(()) => {}
                Err(diagnostic) => {
                    let place = part.offset + directive.span.start..part.offset + directive.span.end;
                    self.diagnostics.push(diagnostic.at(place));
                    self.verbatim(part, directive.span);
                }
            }
        }
        self.verbatim(part, done..part.text.len());
        open.pop();
    }

    fn verbatim(&mut self, part: &Part<'_>, range: std::ops::Range<usize>) {
        if range.is_empty() {
            return;
        }
        self.pieces.push(Piece { at: self.out.len(), path: part.path.clone(), offset: part.offset + range.start });
        self.out.push_str(&part.text[range]);
    }

    fn put_in(
        &mut self,
        part: &Part<'_>,
        directive: &Directive<'_>,
        open: &mut Vec<BookPath>,
    ) -> Result<(), Diagnostic> {
        if directive.escaped {
            let span = directive.span.start + 1..directive.span.end;
            self.verbatim(part, span);
            return Ok(());
        }
        if directive.kind == "title" {
            self.title = Some(directive.argument.trim().to_owned());
            return Ok(());
        }
        let target = directive.target().filter(|_| self.count <= MOST);
        let Some(target) = target else {
            self.verbatim(part, directive.span.clone());
            return Ok(());
        };
        self.count += 1;
        let broken = |message: String| Diagnostic::new(Code::BrokenInclude, part.path, message);
        if self.count > MOST {
            return Err(broken(format!("more than {MOST} includes in one page")));
        }
        let path = (part.path.parent().join(target.file)).map_err(|_| {
            broken(format!("`{}` lies outside the book", target.file)).help("only files of the book can be included")
        })?;
        if open.contains(&path) {
            return Err(Diagnostic::new(Code::IncludeLoop, part.path, format!("`{path}` includes itself")));
        }
        if open.len() > DEPTH {
            return Err(Diagnostic::new(Code::IncludeLoop, part.path, format!("includes nest deeper than {DEPTH}")));
        }
        let source = (self.look)(&path).ok_or_else(|| broken(format!("the included file `{path}` does not exist")))?;
        let text = std::str::from_utf8(&source.content)
            .map_err(|_| broken(format!("the included file `{path}` is not UTF-8")))?;
        self.read += text.len();
        if self.read > READ {
            self.count = MOST + 1;
            return Err(broken(format!("the includes of one page read more than {} MB", READ >> 20)));
        }
        let parts = region::select(text, target.region).map_err(|message| broken(format!("{message} in `{path}`")))?;
        if self.out.len() + text.len() > LONGEST {
            self.count = MOST;
            return Err(broken(format!("with its includes the page would be longer than {} MB", LONGEST >> 20)));
        }
        if target.region.is_none() {
            self.shown.insert(path.clone());
        }
        self.append_parts(directive.kind, &path, text, &parts, open);
        Ok(())
    }

    fn append_parts(
        &mut self,
        kind: &str,
        path: &BookPath,
        text: &str,
        parts: &[region::Lines],
        open: &mut Vec<BookPath>,
    ) {
        if kind == "playground" {
            self.out.push_str("```rust\n");
        }
        let before = self.out.len();
        for lines in parts {
            if lines.chosen {
                self.append(&Part { path, text: &text[lines.range.clone()], offset: lines.range.start }, open);
            } else if kind == "rustdoc_include" {
                let hidden = text[lines.range.clone()].lines().map(|line| format!("# {line}\n"));
                self.out.extend(hidden);
            }
        }
        // The line break of the directive's own line is the last one's.
        if self.out.len() > before && self.out.ends_with('\n') {
            self.out.pop();
        }
        if kind == "playground" {
            self.out.push_str("\n```");
        }
    }
}

/// `{{#kind argument}}` in a text.
struct Directive<'t> {
    span: std::ops::Range<usize>,
    kind: &'t str,
    argument: &'t str,
    escaped: bool,
}

/// The file of an include, and the part of it that is wanted.
struct Target<'t> {
    file: &'t str,
    region: Option<&'t str>,
}

impl<'t> Directive<'t> {
    /// Returns the file and region, nothing for a directive that includes no file.
    fn target(&self) -> Option<Target<'t>> {
        if self.escaped || !matches!(self.kind, "include" | "rustdoc_include" | "playground" | "playpen") {
            return None;
        }
        let word = self.argument.split_whitespace().next()?;
        let (file, region) = match word.split_once(':') {
            Some((file, region)) => (file, Some(region)),
            None => (word, None),
        };
        Some(Target { file, region })
    }
}

fn directives(text: &str) -> impl Iterator<Item = Directive<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(found) = text[from..].find("{{") {
            let start = from + found;
            from = start + 2;
            let Some(directive) = directive_at(text, start) else { continue };
            from = directive.span.end;
            return Some(directive);
        }
        None
    })
}

fn directive_at(text: &str, start: usize) -> Option<Directive<'_>> {
    let inside = text[start + 2..].trim_start().strip_prefix('#')?;
    let line = &inside[..inside.find('\n').unwrap_or(inside.len())];
    let close = line.find("}}")?;
    let end = text.len() - inside.len() + close + 2;
    let escaped = text[..start].ends_with('\\');
    let (kind, argument) = line[..close].split_once(char::is_whitespace)?;
    let plain = kind.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let span = start - usize::from(escaped)..end;
    (plain && !argument.trim().is_empty()).then_some(Directive { span, kind, argument, escaped })
}

#[cfg(test)]
mod tests;
