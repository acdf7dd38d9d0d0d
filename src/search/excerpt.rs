//! The part of a text that shows why it was found.

use std::ops::Range;

use serde::Serialize;

/// A run of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The text.
    pub text: String,
    /// Whether the query asked for it.
    pub marked: bool,
}

/// How long an excerpt is, in bytes, before it is moved to whole words.
const LENGTH: usize = 220;

/// Cuts the part of a text that holds most of what was found. `marks` are in order; each names which word it answers.
pub(super) fn cut(text: &str, marks: &[(usize, Range<usize>)]) -> Vec<Part> {
    let window = window(text, marks);
    let mut parts = Vec::new();
    let mut push = |text: &str, marked| {
        let text = text.replace(['\n', '\t'], " ");
        if !text.is_empty() {
            parts.push(Part { text, marked });
        }
    };
    if window.start > 0 {
        push("… ", false);
    }
    let mut at = window.start;
    for (_, mark) in marks.iter().filter(|(_, mark)| mark.start >= window.start && mark.end <= window.end) {
        if mark.start < at {
            continue;
        }
        push(&text[at..mark.start], false);
        push(&text[mark.clone()], true);
        at = mark.end;
    }
    push(&text[at..window.end], false);
    if window.end < text.len() {
        push(" …", false);
    }
    parts
}

/// The window with the most different words, the earliest of equals.
fn window(text: &str, marks: &[(usize, Range<usize>)]) -> Range<usize> {
    let mut best = (0, 0);
    for (at, (_, first)) in marks.iter().enumerate() {
        let inside = marks[at..].iter().take_while(|(_, mark)| mark.end <= first.start + LENGTH);
        let words: std::collections::BTreeSet<usize> = inside.map(|(word, _)| *word).collect();
        if words.len() > best.0 {
            best = (words.len(), first.start);
        }
    }
    let lead = LENGTH / 5;
    let start = word_start(text, best.1.saturating_sub(lead));
    let end = word_end(text, (start + LENGTH).max(best.1 + LENGTH / 2));
    start..end
}

fn word_start(text: &str, at: usize) -> usize {
    if at == 0 {
        return 0;
    }
    let at = text.floor_char_boundary(at);
    let space = text[at..].char_indices().find(|(_, letter)| letter.is_whitespace()).filter(|(space, _)| *space < 40);
    space.map_or(at, |(space, letter)| at + space + letter.len_utf8())
}

fn word_end(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    let at = text.floor_char_boundary(at);
    text[..at].rfind(char::is_whitespace).filter(|space| at - space < 40).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_shows_where_most_words_are() {
        let text = format!("cache here. {} the cache has a time to live. {}", "x ".repeat(300), "y ".repeat(300));
        let at = text.rfind("cache").unwrap();
        let live = text.find("live").unwrap();
        let parts = cut(&text, &[(0, 0..5), (0, at..at + 5), (1, live..live + 4)]);
        let marked: Vec<&str> = parts.iter().filter(|part| part.marked).map(|part| part.text.as_str()).collect();
        assert_eq!(marked, ["cache", "live"]);
        assert_eq!((parts[0].text.as_str(), parts.last().unwrap().text.as_str()), ("… ", " …"));
    }

    #[test]
    fn any_marks_in_any_text_are_survived() {
        assert_eq!(cut("", &[]), []);
        let text = "ééééé".repeat(200);
        assert!(!cut(&text, &[(0, 0..2), (1, 4..6)]).is_empty());
        // A space of several bytes, where the window begins.
        let text = "wide\u{a0}space\u{3000}".repeat(60);
        for begin in text.char_indices().map(|(at, _)| at).filter(|at| *at + 4 < text.len()) {
            let end = text.ceil_char_boundary(begin + 4);
            assert!(!cut(&text, &[(0, begin..end)]).is_empty());
        }
    }
}
