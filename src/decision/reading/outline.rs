//! The text of a record as lines with their places: a title, a head, and sections. Code and comments are no part of it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::decision::words::field;
use crate::decision::words::link::begin_of;
use crate::decision::words::section::{is_part, names_part};

/// How many bytes of a line are read: nobody states a thing of a record further to the right, and what looks for
/// brackets and verbs stays linear in the text.
const WIDEST: usize = 4096;

/// A line without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::decision) struct Line<'t> {
    pub(in crate::decision) text: &'t str,
    /// Where it begins in the file.
    pub(in crate::decision) start: usize,
}

impl Line<'_> {
    /// The bytes of the line without the spaces around it.
    pub(in crate::decision) fn range(&self) -> Range<usize> {
        let lead = self.text.len() - self.text.trim_start().len();
        self.start + lead..self.start + lead + self.text.trim().len()
    }

    pub(in crate::decision) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The depth of indentation, in bytes.
    pub(in crate::decision) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }
}

/// A heading and what stands below it, up to the next heading.
#[derive(Debug)]
pub(in crate::decision) struct Section<'t> {
    /// The heading without its signs and without what authors hang on it: numbers, colons, comments.
    pub(in crate::decision) title: &'t str,
    pub(in crate::decision) level: u8,
    pub(in crate::decision) heading: Line<'t>,
    pub(in crate::decision) lines: Vec<Line<'t>>,
}

/// A text, taken apart.
#[derive(Debug, Default)]
pub(in crate::decision) struct Outline<'t> {
    /// What stands before the first heading.
    pub(in crate::decision) lead: Vec<Line<'t>>,
    pub(in crate::decision) sections: Vec<Section<'t>>,
    /// Definitions of reference links, by label in lower case.
    pub(in crate::decision) definitions: BTreeMap<String, &'t str>,
}

impl<'t> Outline<'t> {
    /// Takes a text apart that begins at byte `offset` of its file.
    pub(in crate::decision) fn new(text: &'t str, offset: usize) -> Self {
        let mut outline = Self::default();
        let lines = visible(text, offset);
        let mut at = 0;
        while let Some(line) = lines.get(at).copied() {
            let heading = atx(line).map(|(level, title)| (level, title, 1)).or_else(|| {
                let under = lines.get(at + 1)?;
                setext(line, *under).map(|(level, title)| (level, title, 2))
            });
            let heading = heading.or_else(|| bold_heading(line.text).map(|title| (6, title, 1)));
            match heading {
                Some((level, title, taken)) => {
                    let title = if level > 1 { without_ornament(title) } else { title };
                    outline.sections.push(Section { title, level, heading: line, lines: Vec::new() });
                    at += taken;
                }
                None => {
                    if let Some((label, target)) = definition(line.text) {
                        outline.definitions.entry(label).or_insert(target);
                    }
                    let lines = outline.sections.last_mut().map_or(&mut outline.lead, |section| &mut section.lines);
                    lines.push(line);
                    at += 1;
                }
            }
        }
        outline
    }

    /// The lines in which a record says of itself what it is: those before the first section.
    pub(in crate::decision) fn head(&self) -> Vec<Line<'t>> {
        let begin = self.sections.iter().take(self.titles());
        self.lead.iter().chain(begin.flat_map(|title| &title.lines)).copied().collect()
    }

    /// How many headings at the beginning are the title: one of the first level, or of another that names no part; and a
    /// second that repeats its words.
    fn titles(&self) -> usize {
        let Some(first) = self.sections.first() else { return 0 };
        if first.level > 1 && (first.level > 3 || names_part(first.title)) {
            return 0;
        }
        let words = |section: &Section<'_>| {
            section
                .title
                .chars()
                .filter(|letter| letter.is_alphabetic())
                .flat_map(char::to_lowercase)
                .collect::<String>()
        };
        let repeats = |second: &Section<'_>| {
            let (one, two) = (words(first), words(second));
            !two.is_empty()
                && !names_part(second.title)
                && (one.ends_with(&two) || two.ends_with(&one) && !one.is_empty())
        };
        1 + usize::from(self.sections.get(1).is_some_and(repeats))
    }

    /// The first heading of the first level.
    pub(in crate::decision) fn title(&self) -> Option<&Section<'t>> {
        self.sections.iter().find(|section| section.level == 1)
    }

    /// The sections of these names.
    pub(in crate::decision) fn named<'o>(&'o self, names: &'o [&str]) -> impl Iterator<Item = &'o Section<'t>> {
        self.sections.iter().filter(move |section| names.iter().any(|name| section.title.eq_ignore_ascii_case(name)))
    }
}

/// The lines outside fenced code and comments. What stands beside a comment on its line stays.
fn visible(text: &str, offset: usize) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut fence: Option<(char, usize)> = None;
    let mut in_comment = false;
    let mut start = offset;
    let preamble = preamble(text);
    for whole in text.split_inclusive('\n') {
        let line = Line { text: begin_of(whole.trim_end_matches(['\n', '\r']), WIDEST), start };
        start += whole.len();
        if preamble.contains(&(line.start - offset)) {
            lines.push(line);
            continue;
        }
        if in_comment {
            in_comment = !line.text.contains("-->");
            continue;
        }
        match (fence, fence_of(line.text)) {
            (Some((open, length)), Some((sign, count, rest))) => {
                if sign == open && count >= length && rest.trim().is_empty() {
                    fence = None;
                }
            }
            (Some(_), None) => {}
            (None, Some((sign, count, _))) => fence = Some((sign, count)),
            (None, None) => {
                let may_open = line.text.as_bytes().contains(&b'<');
                let opens =
                    may_open.then(|| line.text.rfind("<!--")).flatten().filter(|at| !line.text[*at..].contains("-->"));
                // A comment's sign between backticks is shown and opens none.
                let opens = opens.filter(|at| line.text[..*at].matches('`').count().is_multiple_of(2));
                in_comment = opens.is_some();
                let line = without_comments(Line { text: opens.map_or(line.text, |at| &line.text[..at]), ..line });
                lines.push(line);
            }
        }
    }
    lines
}

/// Returns the bytes of a block of code that is the head of a record: keys and values, before all else.
///
/// <https://github.com/bitcoin/bips/blob/master/bip-0003.md> has its head so.
fn preamble(text: &str) -> Range<usize> {
    let begin = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']).len();
    let Some((sign, count, "")) = text[begin..].lines().next().and_then(fence_of) else { return 0..0 };
    let Some(first) = text[begin..].find('\n').map(|at| begin + at + 1) else { return 0..0 };
    let closing: String = std::iter::repeat_n(sign, count).collect();
    let (mut at, mut fields) = (first, 0);
    for line in text[first..].split_inclusive('\n') {
        let bare = line.trim();
        if bare == closing {
            return if fields >= 3 { first..at } else { 0..0 };
        }
        let key = bare.split_once(':').filter(|(key, _)| !key.contains(' ') && !line.starts_with("        "));
        fields += usize::from(key.is_some_and(|(key, _)| field::of_key(key).is_some()));
        // A value may go on in the next line, indented.
        if key.is_none() && !line.starts_with("   ") {
            return 0..0;
        }
        at += line.len();
    }
    0..0
}

/// Drops the comments with which a line begins.
fn without_comments(line: Line<'_>) -> Line<'_> {
    let end = line.text.trim_start().starts_with("<!--").then(|| line.text.find("-->")).flatten();
    match end.map(|end| end + "-->".len()) {
        Some(end) => without_comments(Line { text: &line.text[end..], start: line.start + end }),
        None => line,
    }
}

/// Reads the fence of a code block: its sign, its length, and what follows.
fn fence_of(line: &str) -> Option<(char, usize, &str)> {
    let line = line.trim_start();
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let rest = line.trim_start_matches(sign);
    let count = line.len() - rest.len();
    (count >= 3 && !(sign == '`' && rest.contains('`'))).then_some((sign, count, rest))
}

fn atx(line: Line<'_>) -> Option<(u8, &str)> {
    let text = line.text.trim_start_matches('\u{feff}');
    let trimmed = text.trim_start();
    if text.len() - trimmed.len() > 3 {
        return None;
    }
    let rest = trimmed.trim_start_matches('#');
    let level = u8::try_from(trimmed.len() - rest.len()).ok().filter(|level| (1..=6).contains(level))?;
    // Some write `##Status`, which is no heading on the page and yet meant as one; `#tag` is not.
    let spaced = rest.is_empty() || rest.starts_with([' ', '\t']);
    (spaced || level >= 2).then(|| (level, bare_title(rest)))
}

fn setext<'t>(line: Line<'t>, under: Line<'_>) -> Option<(u8, &'t str)> {
    let sign = under.text.trim();
    let of = |letter: char| sign.len() >= 3 && sign.chars().all(|other| other == letter);
    let plain = !line.is_blank() && line.indent() < 4 && !line.text.trim_start().starts_with(['-', '*', '+', '>', '|']);
    let level = if of('=') {
        1
    } else if of('-') {
        2
    } else {
        return None;
    };
    plain.then(|| (level, bare_title(line.text)))
}

/// Reads `**Status**` alone on a line, which some write for a heading.
fn bold_heading(line: &str) -> Option<&str> {
    let inner = line.trim().trim_end_matches(':').strip_prefix("**")?.strip_suffix("**")?;
    let title = inner.trim().trim_end_matches(':').trim();
    is_part(title).then_some(title)
}

/// Drops closing signs, comments and attributes of a heading.
fn bare_title(text: &str) -> &str {
    let text = text.split("<!--").next().unwrap_or("").trim().trim_end_matches('#').trim();
    let text = text.rfind("{#").filter(|_| text.ends_with('}')).map_or(text, |at| text[..at].trim());
    text.trim_end_matches(':').trim()
}

/// Drops what stands before the name of a section: pictograms, and its number, as in `## 📊 Status` and `## 1.2. Status`.
fn without_ornament(title: &str) -> &str {
    let bare = title.trim_start_matches(|letter: char| !letter.is_alphanumeric() && !"`[(<{\"'".contains(letter));
    let name = bare.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ')'));
    let numbered =
        name.len() < bare.len() && name.starts_with(' ') && bare[..bare.len() - name.len()].contains(['.', ')']);
    if numbered { name.trim_start() } else { bare }
}

/// Reads `[label]: target`.
fn definition(line: &str) -> Option<(String, &str)> {
    let (label, rest) = line.trim_start().strip_prefix('[')?.split_once("]:")?;
    let target = rest.split_whitespace().next()?.trim_matches(['<', '>']);
    Some((label.to_lowercase(), target))
}
