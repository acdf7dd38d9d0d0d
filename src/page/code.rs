//! Code blocks: the info string says the language, a title, and which lines matter.
//!
//! ```` ```python title="app.py" {2,4-6} linenos ````, ```` ```diff ````, ```` ```python diff ````; mdBook's
//! `rust,ignore` and hidden `# ` lines.

mod annotation;

use std::iter::Peekable;
use std::ops::{Range, RangeInclusive};
use std::slice;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

pub(super) use annotation::{Marker, link};

use super::foreign::Runner;
use super::highlight::{Colours, Engine, Outcome, Token, highlight};

/// What an info string says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fence {
    pub(super) language: String,
    pub(super) title: Option<String>,
    numbered: bool,
    marked: Vec<RangeInclusive<usize>>,
    diff: Diff,
}

/// Whether lines begin with `+` and `-`.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Diff {
    #[default]
    No,
    /// A `diff` block: the signs stay in the text.
    Signed,
    /// A block of another language that shows a change: the signs become marks.
    Marked,
}

impl Fence {
    pub(super) fn parse(info: &str) -> Self {
        let mut fence = Self::default();
        for (at, word) in words(info).into_iter().enumerate() {
            if let Some(lines) = word.strip_prefix('{').and_then(|word| word.strip_suffix('}')) {
                fence.marked.extend(lines.split(',').filter_map(parse_lines));
            } else if let Some((key, value)) = word.split_once('=') {
                match key {
                    "title" | "filename" | "name" => fence.title = Some(value.trim_matches('"').to_owned()),
                    "hl_lines" => {
                        fence.marked.extend(value.trim_matches('"').split([',', ' ']).filter_map(parse_lines))
                    }
                    "linenos" => fence.numbered = value.trim_matches('"') != "false",
                    _ => {}
                }
            } else if matches!(word.as_str(), "linenos" | "lineNos" | "showLineNumbers") {
                fence.numbered = true;
            } else if at == 0 {
                fence.language = word.trim_start_matches('.').to_lowercase();
            } else if word == "diff" {
                fence.diff = Diff::Marked;
            }
        }
        if matches!(fence.language.as_str(), "diff" | "patch") {
            fence.diff = Diff::Signed;
        }
        fence
    }
}

/// Splits at spaces and commas outside quotes and braces.
fn words(info: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let (mut quoted, mut braced) = (false, false);
    for letter in info.chars() {
        match letter {
            '"' => quoted = !quoted,
            '{' if !quoted => {
                braced = true;
                words.push(String::new());
            }
            _ => {}
        }
        if (letter.is_whitespace() || letter == ',') && !quoted && !braced {
            words.push(String::new());
        } else {
            words.last_mut().expect("there is always a last word").push(letter);
        }
        if letter == '}' && !quoted {
            braced = false;
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Reads `3` or `3-5`.
fn parse_lines(text: &str) -> Option<RangeInclusive<usize>> {
    let (first, last) = text.trim().split_once('-').unwrap_or((text.trim(), text.trim()));
    Some(first.trim().parse().ok()?..=last.trim().parse().ok()?)
}

/// A code block as HTML.
pub(super) struct Rendered {
    pub(super) html: String,
    /// The numbers in it that a list below may explain.
    pub(super) markers: Vec<Marker>,
    pub(super) problem: Option<Problem>,
}

/// Why a block is plain.
#[derive(Clone, Copy)]
pub(super) enum Problem {
    UnknownLanguage,
    TooMuch,
    Stopped,
}

/// One line of the block, without its line break.
struct Line<'t> {
    text: &'t str,
    class: &'static str,
}

pub(super) fn render(
    fence: &Fence,
    text: &str,
    runner: &mut Runner<'_, Engine>,
    colours: &mut Colours<'_>,
) -> Rendered {
    let lines = lines(fence, text);
    let shown: String = lines.iter().flat_map(|line| [line.text, "\n"]).collect();
    let (tokens, problem) = match highlight(&fence.language, &shown, runner, colours) {
        Outcome::Tokens(tokens) => (tokens, None),
        Outcome::Unknown => (Vec::new(), Some(Problem::UnknownLanguage)),
        Outcome::TooMuch => (Vec::new(), Some(Problem::TooMuch)),
        Outcome::Stopped => (Vec::new(), Some(Problem::Stopped)),
    };
    let by_line = fence.numbered || lines.iter().any(|line| !line.class.is_empty());
    let mut code = String::with_capacity(shown.len() * 2);
    let mut markers = Vec::new();
    let mut tokens = tokens.iter().peekable();
    let mut at = 0;
    for line in &lines {
        if by_line {
            code += &format!("<span class=\"line{}\">", line.class);
        }
        let end = at + line.text.len();
        let marker = annotation::find(line.text);
        let plain = marker.map_or(end, |(start, _)| at + start);
        write_tokens(&mut code, &shown, at..plain, &mut tokens);
        let start = code.len();
        write_tokens(&mut code, &shown, plain..end, &mut tokens);
        markers.extend(marker.map(|(_, number)| Marker { number, range: start..code.len() }));
        at = end + 1;
        code += if by_line { "\n</span>" } else { "\n" };
    }
    let (html, before) = figure(fence, &code);
    for Marker { range, .. } in &mut markers {
        *range = range.start + before..range.end + before;
    }
    Rendered { html, markers, problem }
}

/// Writes a part of the text, with a span for each token or what of it lies in the part.
fn write_tokens(code: &mut String, text: &str, part: Range<usize>, tokens: &mut Peekable<slice::Iter<'_, Token>>) {
    let Range { start: mut at, end } = part;
    while at < end {
        match tokens.peek() {
            Some(token) if token.end <= at => {
                tokens.next();
            }
            Some(token) if token.start <= at => {
                let stop = token.end.min(end);
                *code += &format!("<span class=\"{}\">", token.class);
                escape(code, &text[at..stop]);
                *code += "</span>";
                at = stop;
            }
            next => {
                let stop = next.map_or(end, |token| token.start.min(end));
                escape(code, &text[at..stop]);
                at = stop;
            }
        }
    }
}

/// Puts the frame around the code; also returns where the code begins in it.
fn figure(fence: &Fence, code: &str) -> (String, usize) {
    let mut html = String::from("<figure class=\"code");
    if fence.numbered {
        html += " numbered";
    }
    if fence.diff == Diff::Signed {
        html += " signed";
    }
    html += "\"";
    let language = if fence.language.is_empty() { "text" } else { &fence.language };
    let mut escaped = String::new();
    escape_html(&mut escaped, language).expect("writing to a string cannot fail");
    html += &format!(" data-language=\"{escaped}\">");
    if let Some(title) = &fence.title {
        html += "<figcaption>";
        escape(&mut html, title);
        html += "</figcaption>";
    }
    html += "<pre tabindex=\"0\"><code";
    if !fence.language.is_empty() {
        html += &format!(" class=\"language-{escaped}\"");
    }
    html += ">";
    let before = html.len();
    (html + code + "</code></pre></figure>", before)
}

fn lines<'t>(fence: &Fence, text: &'t str) -> Vec<Line<'t>> {
    let hides = fence.language == "rust";
    let shown = text.lines().filter(|line| !(hides && is_hidden(line))).enumerate();
    shown
        .map(|(at, text)| {
            let marked = fence.marked.iter().any(|range| range.contains(&(at + 1)));
            let (class, length) = match (fence.diff, text.as_bytes().first()) {
                (Diff::Signed, Some(b'+')) if !text.starts_with("+++") => (" added", 0),
                (Diff::Signed, Some(b'-')) if !text.starts_with("---") => (" removed", 0),
                (Diff::Marked, Some(b'+')) => (" added", 1),
                (Diff::Marked, Some(b'-')) => (" removed", 1),
                (Diff::Marked, Some(b' ')) => ("", 1),
                _ => ("", 0),
            };
            let class = if marked && class.is_empty() { " marked" } else { class };
            Line { text: &text[length..], class }
        })
        .collect()
}

/// mdBook's hidden lines of Rust: `#` alone or before a space; `#[…]` and `#!` are code.
fn is_hidden(line: &str) -> bool {
    line.trim_start().strip_prefix('#').is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn escape(out: &mut String, text: &str) {
    escape_html_body_text(out, text).expect("writing to a string cannot fail");
}

#[cfg(test)]
mod tests {
    use super::super::foreign::Budget;
    use super::super::highlight::Highlights;
    use super::*;

    fn rendered(info: &str, text: &str) -> String {
        let mut colours = Colours { known: &Highlights::default(), made: Highlights::default() };
        render(&Fence::parse(info), text, &mut Runner::new(&Budget::default()), &mut colours).html
    }

    #[test]
    fn an_info_string_is_read_in_every_spelling() {
        let fence = Fence::parse(r#"python title="a b.py" {2,4-6} linenos"#);
        assert_eq!(fence.language, "python");
        assert_eq!(fence.title.as_deref(), Some("a b.py"));
        assert!(fence.numbered);
        assert_eq!(fence.marked, [2..=2, 4..=6]);
        assert_eq!(Fence::parse("rust,ignore").language, "rust");
        assert_eq!(Fence::parse("js{1}").marked, [1..=1]);
        assert_eq!(Fence::parse("py diff").diff, Diff::Marked);
        assert_eq!(Fence::parse("").language, "");
    }

    #[test]
    fn a_huge_range_of_lines_costs_nothing() {
        let html = rendered("text {1-4000000000}", "a\nb\n");
        assert!(html.contains("<span class=\"line marked\">a\n</span>"), "{html}");
    }

    #[test]
    fn nothing_of_the_author_becomes_markup() {
        let html = rendered(r#""><script> title="<b>""#, "<script>&</script>\n");
        assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
    }
}
