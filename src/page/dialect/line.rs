//! Marks that begin a line, and those that need one of their own.

use std::ops::Range;

use super::Mark;
use super::ground::Ground;
use super::kind::Kind;

/// A line, without its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl Line<'_> {
    /// The bytes of what stands in it.
    fn range(&self) -> Range<usize> {
        let begin = self.start + self.indent();
        begin..begin + self.text.trim().len()
    }

    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }
}

/// Cuts a text into its lines.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let found = Line { start, text: line.trim_end_matches(['\n', '\r']) };
        start += line.len();
        found
    })
}

/// The lines of a page, and what stands below each.
pub(super) struct View<'v> {
    lines: &'v [Line<'v>],
    ground: &'v Ground,
    /// The last line that closes a directive.
    last_close: Option<usize>,
    /// For each line, whether the next that is not empty is set in below it.
    holds_block: Vec<bool>,
}

impl<'v> View<'v> {
    pub(super) fn new(lines: &'v [Line<'v>], ground: &'v Ground) -> Self {
        let closes = |line: &Line<'_>| {
            let text = line.text.trim();
            text.len() >= 3 && text.bytes().all(|byte| byte == b':') && ground.is_open(line.range().start)
        };
        let mut holds_block = vec![false; lines.len()];
        let mut below = 0;
        for (at, line) in lines.iter().enumerate().rev() {
            let indent = width(line.text);
            holds_block[at] = below >= indent + 4;
            if !line.text.trim().is_empty() {
                below = indent;
            }
        }
        Self { lines, ground, last_close: lines.iter().rposition(closes), holds_block }
    }

    /// Returns the mark of a dialect that a line begins with.
    pub(super) fn mark(&self, at: usize) -> Option<Mark> {
        let line = self.lines[at];
        let text = line.text.trim();
        let kind = match text.as_bytes().first()? {
            b'!' | b'?' if is_admonition(text) && self.holds_block[at] => Kind::Admonition,
            b'=' if is_tab(text) && self.holds_block[at] => Kind::ContentTab,
            b'-' | b';' if is_snippet(text) => Kind::Snippet,
            b':' if is_directive(text) && self.last_close.is_some_and(|last| last > at) => Kind::Directive,
            b'{' if is_block(text) => block_kind(text),
            b'{' if is_attribute_list(text, Alone::Yes) => Kind::AttributeList,
            b'.' if is_rst_directive(text) => Kind::RstDirective,
            b'i' if line.indent() == 0 && is_import(text) && self.begins_paragraph(at) => Kind::Import,
            b'e' if line.indent() == 0 && is_export(text) && self.begins_paragraph(at) => Kind::Import,
            _ => return None,
        };
        let range = line.range();
        self.ground.is_open(range.start).then_some(Mark { kind, range })
    }

    fn begins_paragraph(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|at| self.lines[at].text.trim()) else { return true };
        before.is_empty() || is_import(before) || is_export(before)
    }
}

/// How far a line is set in, a tab to the next four.
fn width(line: &str) -> usize {
    let blanks = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    blanks.fold(0, |width, byte| if byte == b'\t' { width / 4 * 4 + 4 } else { width + 1 })
}

/// Splits a name off: letters, digits, `-` and `_`, a letter first.
fn name(text: &str) -> Option<(&str, &str)> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let end = text.find(|letter| !is_part(letter)).unwrap_or(text.len());
    (end > 0 && text.starts_with(|first: char| first.is_ascii_alphabetic())).then(|| text.split_at(end))
}

fn is_quoted(text: &str) -> bool {
    text.len() >= 2 && text.starts_with('"') && text.ends_with('"')
}

/// `!!! note "Title"`, `??? tip`, `???+ tip inline end`
fn is_admonition(text: &str) -> bool {
    let rest = text.strip_prefix("!!!").or_else(|| text.strip_prefix("???+")).or_else(|| text.strip_prefix("???"));
    let Some((_, mut rest)) = rest.map(str::trim_start).and_then(name) else { return false };
    while let Some((_, next)) = name(rest.trim_start()) {
        rest = next;
    }
    rest.trim().is_empty() || is_quoted(rest.trim())
}

/// `=== "Tab"`
fn is_tab(text: &str) -> bool {
    let rest = text.strip_prefix("===").map(|rest| rest.trim_start_matches(['!', '+']));
    rest.is_some_and(|rest| rest.starts_with(' ') && is_quoted(rest.trim()))
}

/// `--8<-- "file"`
fn is_snippet(text: &str) -> bool {
    let rest = text.trim_start_matches(';').strip_prefix("--8<--");
    rest.is_some_and(|rest| is_quoted(rest.trim()))
}

/// `:::note`, `::: tip Title`, `:::{note}`, `:::note[Title]`; `::: {.note}`
fn is_directive(text: &str) -> bool {
    let rest = text.trim_start_matches(':');
    let colons = text.len() - rest.len();
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('{').map_or(rest, |rest| rest.strip_prefix('.').unwrap_or(rest));
    let ends_well = |rest: &str| rest.is_empty() || rest.starts_with([' ', '[', '{', '}']);
    colons >= 3 && name(rest).is_some_and(|(_, rest)| ends_well(rest))
}

/// `{% … %}`
fn is_block(text: &str) -> bool {
    let inside = text.strip_prefix("{%").and_then(|rest| rest.strip_suffix("%}"));
    inside.is_some_and(|inside| name(inside.trim_start_matches('-').trim_start()).is_some())
}

/// The blocks of GitBook; what else stands in these signs is Liquid's.
const GITBOOK: &[&str] = &[
    "hint",
    "endhint",
    "tabs",
    "endtabs",
    "tab",
    "endtab",
    "embed",
    "content-ref",
    "endcontent-ref",
    "code",
    "endcode",
    "file",
    "endfile",
    "swagger",
    "endswagger",
    "stepper",
    "endstepper",
    "step",
    "endstep",
    "columns",
    "endcolumns",
    "column",
    "endcolumn",
    "updates",
    "endupdates",
];

fn block_kind(text: &str) -> Kind {
    let inside = text.trim_start_matches(['{', '%', '-', ' ']);
    match name(inside) {
        Some((name, _)) if GITBOOK.contains(&name) => Kind::GitBookBlock,
        _ => Kind::LiquidTag,
    }
}

/// Whether braces stand on a line of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alone {
    Yes,
    /// They follow a link, an image or the text of a heading.
    No,
}

/// `{ .class #id key="value" }`, `{: .class }`, `{:toc}`. On a line of its own, `{#id}` is the id of a rule and `{a=b}` a set.
pub(super) fn is_attribute_list(text: &str, alone: Alone) -> bool {
    let Some(inside) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else { return false };
    let (inside, has_colon) = inside.strip_prefix(':').map_or((inside, false), |inside| (inside, true));
    let (mut classes, mut others) = (0, 0);
    let mut rest = inside.trim();
    if rest.is_empty() || rest.contains(['{', '}']) {
        return false;
    }
    while !rest.is_empty() {
        let sign = rest.chars().next().filter(|sign| matches!(sign, '.' | '#'));
        let Some((_, after)) = name(sign.map_or(rest, |sign| &rest[sign.len_utf8()..])) else { return false };
        let after = match (sign, after.strip_prefix('=')) {
            (None, Some(value)) => {
                let end = match value.strip_prefix('"') {
                    Some(quoted) => quoted.find('"').map(|end| end + 2),
                    None => value.find(' ').or(Some(value.len())).filter(|end| *end > 0),
                };
                let Some(end) = end else { return false };
                others += 1;
                &value[end..]
            }
            (None, None) if !has_colon => return false,
            (Some('.'), _) => {
                classes += 1;
                after
            }
            _ => {
                others += 1;
                after
            }
        };
        if !after.is_empty() && !after.starts_with(' ') {
            return false;
        }
        rest = after.trim_start();
    }
    has_colon || classes > 0 || others > 0 && alone == Alone::No
}

/// `.. note::`, `.. py:function:: f`
fn is_rst_directive(text: &str) -> bool {
    let named = text.strip_prefix(".. ").and_then(|rest| rest.trim_start().split_once("::"));
    named.is_some_and(|(named, rest)| {
        let is_named = named.split(':').all(|part| name(part).is_some_and(|(_, rest)| rest.is_empty()));
        is_named && (rest.is_empty() || rest.starts_with(' '))
    })
}

/// `import X from './x'`, `import './x.css'`
fn is_import(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("import ") else { return false };
    let rest = rest.trim_end().trim_end_matches(';').trim_end();
    let path = rest.rsplit_once(" from ").map_or(rest, |(_, path)| path).trim();
    let is_path = |sign: char| {
        let inside = path.strip_prefix(sign).and_then(|path| path.strip_suffix(sign));
        inside.is_some_and(|inside| !inside.is_empty() && !inside.contains(sign))
    };
    is_path('\'') || is_path('"')
}

/// `export const x = …`
fn is_export(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("export ") else { return false };
    if let Some(rest) = rest.strip_prefix("default ") {
        return rest.starts_with("function ") || rest.starts_with("class ") || rest.starts_with(['(', '{']);
    }
    let known = ["const ", "let ", "var ", "function "].iter().find_map(|word| rest.strip_prefix(word));
    known.is_some_and(|rest| match rest.strip_prefix('{') {
        Some(names) => names.contains("} ="),
        None => name(rest).is_some_and(|(_, rest)| rest.trim_start().starts_with(['=', '('])),
    })
}
