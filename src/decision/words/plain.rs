//! The text of a line as a reader sees it: without links, emphasis, tags, entities and comments. Code stays as it is.

use crate::decision::words::link::{TextLink, TextTarget, link_at};

/// Returns a text as a reader sees it: links as their labels, without emphasis, code marks, entities, tags, comments.
pub(in crate::decision) fn plain(text: &str) -> String {
    plain_with(text, &|_| true)
}

/// Returns a text likewise, where only some labels are those of links: `a[b][c]` without a definition is text.
pub(in crate::decision) fn plain_with(text: &str, is_defined: &dyn Fn(&str) -> bool) -> String {
    // Most lines have no markup.
    if !text.contains(['[', '<', '&', '\\', '*', '_', '~', '`']) {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let text = text.split("<!--").next().unwrap_or("");
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let linked = |link: &TextLink<'_>| match link.target {
            TextTarget::Definition(label) => is_defined(label),
            TextTarget::Inline(_) => true,
        };
        let Some(link) = link_at(&rest[open..]).filter(linked) else {
            out += &rest[..=open];
            rest = &rest[open + 1..];
            continue;
        };
        let before = &rest[..open];
        out += before.strip_suffix('!').unwrap_or(before);
        out += link.label.strip_prefix('!').and_then(link_at).map_or(link.label, |image| image.label);
        rest = &rest[open + link.length..];
    }
    out += rest;
    let out = outside_code(&out, |text| unescaped(&without_emphasis(&without_tags(text))));
    let trimmed = out.trim().trim_end_matches('\\').trim();
    let code = trimmed.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).filter(|inner| !inner.contains('`'));
    let trimmed = code.unwrap_or(trimmed).trim();
    let inner = trimmed.trim_matches(['*', '_']);
    let out = if inner.len() + 1 < trimmed.len() { inner } else { trimmed };
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Changes what stands outside of code between backticks.
fn outside_code(text: &str, change: impl Fn(&str) -> String) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    // The last backtick of an odd number opens nothing.
    let closed = pieces.len() - usize::from(pieces.len().is_multiple_of(2));
    let is_code = |at: usize| at % 2 == 1 && at < closed;
    let piece = |(at, piece): (usize, &&str)| if is_code(at) { (*piece).to_owned() } else { change(piece) };
    pieces.iter().enumerate().map(piece).collect::<Vec<_>>().join("`")
}

/// Drops `*`, `_` and `~~` around words, by the rules of CommonMark as far as a line of metadata needs them: double ones
/// in any place, single ones in pairs.
fn without_emphasis(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Where single signs that may open something stand in `out`.
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after = rest.trim_start_matches(first);
        let run = &rest[..rest.len() - after.len()];
        rest = after;
        let touches = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let (before, next) = (out.chars().next_back(), after.chars().next());
        let inside = touches(before) && touches(next) && first == '_';
        if !matches!(first, '*' | '_') && run != "~~" || inside {
            out += run;
            continue;
        }
        let opens = next.is_some_and(|next| !next.is_whitespace());
        let closes = before.is_some_and(|before| !before.is_whitespace());
        let partner = open.iter().rposition(|(sign, _)| *sign == first).filter(|_| closes && run.len() == 1);
        match partner {
            Some(at) => {
                out.remove(open[at].1);
                open.truncate(at);
            }
            None if run.len() == 2 => {}
            None => {
                open.extend((opens && run.len() == 1).then_some((first, out.len())));
                out += run;
            }
        }
    }
    out
}

/// Elements that authors write inside a line.
const TAGS: &[&str] = &[
    "a", "b", "br", "center", "code", "del", "div", "em", "font", "i", "img", "ins", "kbd", "p", "s", "small", "span",
    "strong", "sub", "sup", "u",
];

/// Drops the tags of a line, and puts a space for a break.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out += &rest[..open];
        let inner = rest[open + 1..].split('>').next().unwrap_or("");
        let name = inner.trim_start_matches('/').split([' ', '/']).next().unwrap_or("").to_ascii_lowercase();
        let is_tag = TAGS.contains(&name.as_str()) && rest.len() > open + 1 + inner.len();
        out += if name == "br" && is_tag { " " } else { "" };
        let end = if is_tag { open + inner.len() + 2 } else { open + 1 };
        out += if is_tag { "" } else { "<" };
        rest = &rest[end..];
    }
    out + rest
}

/// Reads entities, and backslashes before punctuation.
fn unescaped(text: &str) -> String {
    const ENTITIES: &[(&str, &str)] = &[
        ("&#x20;", " "),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    if !text.contains(['&', '\\']) {
        return text.to_owned();
    }
    let text = ENTITIES.iter().fold(text.to_owned(), |text, (name, sign)| text.replace(name, sign));
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let escapes = letter == '\\' && letters.peek().is_some_and(char::is_ascii_punctuation);
        if !escapes {
            out.push(letter);
        } else if let Some(next) = letters.next() {
            out.push(next);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_what_a_reader_sees() {
        for (text, expected) in [
            ("Use [Kafka](kafka.md) and [Redis][r]", "Use Kafka and Redis"),
            ("Use *only* _one_ **big** __database__", "Use only one big database"),
            ("*All of it*", "All of it"),
            ("~~12. Old~~", "12. Old"),
            ("2 * 3 * 4", "2 * 3 * 4"),
            ("snake_case_names and a*b", "snake_case_names and a*b"),
            ("Use `__init__` and `src/**/*.rs`", "Use `__init__` and `src/**/*.rs`"),
            ("Use `<img>` and <img src=x>pictures", "Use `<img>` and pictures"),
            ("Ann&nbsp;Lee\\_1 <!-- optional -->", "Ann Lee_1"),
            ("`code`", "code"),
            ("an odd ` backtick **here**", "an odd ` backtick here"),
            ("**Use `one`**", "Use `one`"),
            ("**superseded by [7](7.md)**", "superseded by 7"),
            ("Vec<T> and <svg>", "Vec<T> and <svg>"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }
}
