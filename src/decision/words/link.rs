//! Links in a line of Markdown: what they show, and where they lead.

/// Returns the beginning of a text, of so many bytes at most.
pub(in crate::decision) fn begin_of(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// A link in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::decision) struct TextLink<'t> {
    pub(in crate::decision) label: &'t str,
    /// The target, or the label of a definition.
    pub(in crate::decision) target: TextTarget<'t>,
    /// The bytes that the whole link has.
    pub(in crate::decision) length: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::decision) enum TextTarget<'t> {
    Inline(&'t str),
    Definition(&'t str),
}

/// Reads `[label](target)`, `[label][name]`, `[label][]` or `[[page]]` at the beginning of a text.
pub(in crate::decision) fn link_at(text: &str) -> Option<TextLink<'_>> {
    if let Some(inner) = text.strip_prefix("[[") {
        let (page, after) = inner.split_once("]]")?;
        // `[[1]](https://…)` is a link whose label has brackets.
        if after.starts_with('(') {
            let end = closing(after, '(', ')')?;
            let target = after[1..end].split_whitespace().next().unwrap_or("").trim_matches(['<', '>']);
            let label = &text[1..page.len() + 3];
            return Some(TextLink { label, target: TextTarget::Inline(target), length: page.len() + 4 + end + 1 });
        }
        let (name, label) = page.split_once('|').unwrap_or((page, page));
        // In a table the sign between both is escaped.
        let name = name.strip_suffix('\\').unwrap_or(name);
        return Some(TextLink { label, target: TextTarget::Inline(name), length: page.len() + 4 });
    }
    // An image's label may begin with `!` and be none.
    let close = closing(text, '[', ']').filter(|_| text.starts_with('['))?;
    let (label, after) = (&text[1..close], &text[close + 1..]);
    if after.starts_with('(') {
        let end = closing(after, '(', ')')?;
        let target = after[1..end].split_whitespace().next().unwrap_or("").trim_matches(['<', '>']);
        return Some(TextLink { label, target: TextTarget::Inline(target), length: close + 1 + end + 1 });
    }
    let inner = after.strip_prefix('[')?;
    let (name, _) = inner.split_once(']')?;
    let name_or_label = if name.is_empty() { label } else { name };
    Some(TextLink { label, target: TextTarget::Definition(name_or_label), length: close + 1 + name.len() + 2 })
}

/// The longest label or target of a link.
const LONGEST: usize = 1000;

/// Finds the bracket that closes the first one.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0usize;
    for (at, letter) in text.char_indices().take_while(|(at, _)| *at <= LONGEST) {
        if letter == open {
            depth += 1;
        } else if letter == close {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commonmarks_link_comes_before_a_wikilink() {
        let read = |text: &str| {
            link_at(text).map(|TextLink { label, target, length }| match target {
                TextTarget::Inline(target) => format!("{label} to {target}, {length}"),
                TextTarget::Definition(name) => format!("{label} by {name}, {length}"),
            })
        };
        for (text, expected) in [
            ("[[PR]](https://a.b) x", Some("[PR] to https://a.b, 19")),
            ("[[a|b]] x", Some("b to a, 7")),
            ("[[a\\|b]] |", Some("b to a, 8")),
            ("[[a]]", Some("a to a, 5")),
            ("[[a", None),
        ] {
            assert_eq!(read(text).as_deref(), expected, "{text}");
        }
    }
}
