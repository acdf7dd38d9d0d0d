//! Alerts that the parser does not know: kinds of other programs, and a title after the kind.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Options, Parser};

use super::leaf::Leaf;
use super::seen::{Alert, Fold};

/// Reads `[!kind]`, a sign for folding and a title in the first line of a quote; with the place of that line.
pub(super) fn read(text: &str, leaf: &Leaf) -> Option<(Range<usize>, Alert)> {
    let start = leaf.lines.first()?.start;
    let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    let (kind, rest) = text[start..end].strip_prefix("[!")?.split_once(']')?;
    let kind = nearest(kind.trim())?;
    let (fold, title) = match rest.split_at_checked(1) {
        Some(("-", title)) => (Fold::Closed, title),
        Some(("+", title)) => (Fold::Open, title),
        _ => (Fold::Never, rest),
    };
    // What follows must be quoted itself; else it belongs to the line above and would fall out of the quote.
    let next = leaf.lines.get(1).map(|next| &text[end..next.start]);
    let goes_on = next.is_none_or(|before| before.contains('>'));
    let stands_apart = title.is_empty() || title.starts_with(char::is_whitespace);
    (goes_on && stands_apart).then(|| (start..end, Alert { kind, title: plain(title), fold }))
}

/// The words of a title without their markup.
fn plain(title: &str) -> String {
    let text = |event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.to_string()),
        _ => None,
    };
    Parser::new_ext(title.trim(), Options::ENABLE_STRIKETHROUGH).filter_map(text).collect()
}

/// Returns the nearest of GitHub's kinds: those of Obsidian, whose list of names this is, and of MkDocs.
fn nearest(kind: &str) -> Option<BlockQuoteKind> {
    Some(match kind.to_ascii_lowercase().as_str() {
        "note" | "info" | "abstract" | "summary" | "tldr" | "example" | "quote" | "cite" | "todo" | "question"
        | "help" | "faq" | "seealso" => BlockQuoteKind::Note,
        "tip" | "hint" | "success" | "check" | "done" => BlockQuoteKind::Tip,
        "important" => BlockQuoteKind::Important,
        "warning" | "attention" => BlockQuoteKind::Warning,
        "caution" | "danger" | "error" | "bug" | "failure" | "fail" | "missing" => BlockQuoteKind::Caution,
        _ => return None,
    })
}
