//! Attributes of a heading: `{#id .class key=value}` after a blank at its end, and nothing else in braces.

use std::ops::Range;

use super::leaf::Leaf;

/// What the braces after a heading say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    /// Where they stand, with their braces.
    pub(super) range: Range<usize>,
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
}

/// Reads the attributes at the end of a heading's text.
pub(super) fn read(text: &str, leaf: &Leaf) -> Option<Attributes> {
    let segments = leaf.segments();
    let last = segments.last().filter(|last| leaf.lines.last().is_some_and(|line| line.end == last.range.end))?;
    let written = text[last.range.clone()].trim_end();
    let start = written.strip_suffix('}')?.rfind('{')?;
    let inside = &written[start + 1..written.len() - 1];
    let stands_apart = written[..start].ends_with([' ', '\t']);
    let mut attributes =
        Attributes { range: last.range.start + start..last.range.start + written.len(), ..Attributes::default() };
    let mut words = inside.split_whitespace().peekable();
    words.peek().filter(|_| stands_apart)?;
    for word in words {
        if let Some(id) = word.strip_prefix('#').filter(|id| is_name(id)) {
            attributes.id = Some(id.to_owned());
        } else if let Some(class) = word.strip_prefix('.').filter(|class| is_name(class)) {
            attributes.classes.push(class.to_owned());
        } else {
            // A key with a value is an attribute, which no heading here has.
            word.split_once('=').filter(|(key, value)| is_key(key) && !value.is_empty())?;
        }
    }
    Some(attributes)
}

fn is_name(word: &str) -> bool {
    !word.is_empty() && !word.contains(['{', '}', '#', '<', '>', '"', '\'', '='])
}

fn is_key(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_alphabetic())
        && word.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ':' | '.'))
}
