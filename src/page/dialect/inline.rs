//! Marks that may stand anywhere in a line.

use std::collections::BTreeSet;

use super::Mark;
use super::ground::Ground;
use super::kind::Kind;
use super::line::{Alone, Line, is_attribute_list};
use crate::page::html::lists;

/// A text, and what must be known of all of it to read one line.
pub(super) struct Within<'w> {
    text: &'w str,
    ground: &'w Ground,
    /// The components that the page closes.
    closed: BTreeSet<&'w str>,
    vault: bool,
}

impl<'w> Within<'w> {
    pub(super) fn new(text: &'w str, ground: &'w Ground, vault: bool) -> Self {
        Self { text, ground, closed: closed_components(text, ground), vault }
    }

    /// Finds the marks of a line.
    pub(super) fn marks(&self, line: Line<'_>) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut done = 0;
        for (at, byte) in line.text.bytes().enumerate() {
            if at < done || !matches!(byte, b'{' | b'<' | b'%' | b':' | b'#' | b'^') {
                continue;
            }
            if let Some((kind, length)) = self.mark(line, at, byte) {
                done = at + length;
                marks.push(Mark { kind, range: line.start + at..line.start + done });
            }
        }
        marks
    }

    /// Returns the mark that begins at a byte of the line, and its length.
    fn mark(&self, line: Line<'_>, at: usize, byte: u8) -> Option<(Kind, usize)> {
        let (place, rest) = (line.start + at, &line.text[at..]);
        let before = line.text[..at].chars().next_back();
        let found = match byte {
            b'<' => {
                let is_begin = before.is_none_or(|before| !before.is_alphanumeric() && before != '<');
                let length = element(rest, &self.closed).filter(|_| is_begin)?;
                return self.ground.may_hold_elements(place).then_some((Kind::Element, length));
            }
            b'{' if rest.starts_with("{{") => self.braces(place, rest)?,
            b'{' => (Kind::AttributeList, self.attributes(line, at)?),
            b'%' if before != Some('%') => (Kind::Comment, comment(line.text, at)?),
            b':' if before.is_none_or(|before| !before.is_alphanumeric() && before != ':') => {
                let length = role(rest).filter(|length| self.ground.is_code(place + length))?;
                (Kind::RstRole, length)
            }
            b'#' if self.vault && begins_word(line, at) => (Kind::Tag, tag(rest)?),
            b'^' if self.vault && before.is_none_or(char::is_whitespace) => (Kind::BlockId, block_id(rest)?),
            _ => return None,
        };
        self.ground.is_open(place).then_some(found)
    }

    /// `{{< name … >}}`, `{{% name … %}}`, which may go over lines; `{{ page.title }}`.
    fn braces(&self, place: usize, rest: &str) -> Option<(Kind, usize)> {
        for (open, close) in [("{{<", ">}}"), ("{{%", "%}}")] {
            let Some(inside) = rest.strip_prefix(open) else { continue };
            let first = beginning(inside, LONGEST).trim_start_matches([' ', '/']).chars().next()?;
            let all = beginning(&self.text[place..], LONGEST);
            let end = all.find(close)? + close.len();
            return first.is_ascii_alphabetic().then(|| (Kind::Shortcode, end.min(rest.len())));
        }
        let inside = beginning(&rest[2..], LONGEST).trim_start_matches(['-', ' ']);
        let is_known = ["page.", "site.", "include.", "layout.", "post."].iter().any(|name| inside.starts_with(name));
        let end = is_known.then(|| beginning(rest, LONGEST).find("}}"))?? + 2;
        Some((Kind::LiquidTag, end))
    }

    /// `{ .class }` after a link or an image, and what is no attribute of ours at the end of a heading.
    fn attributes(&self, line: Line<'_>, at: usize) -> Option<usize> {
        let (place, rest) = (line.start + at, &line.text[at..]);
        let length = beginning(rest, LONGEST_LIST).find('}')? + 1;
        let before = line.text[..at].trim_end();
        let follows_link = self.ground.follows_link(place) && before.ends_with([')', ']', '>']);
        let ends_heading = || {
            let is_last = rest[length..].trim().is_empty();
            is_last && rest.starts_with("{:") && before.trim_start_matches('>').trim_start().starts_with('#')
        };
        (is_attribute_list(&rest[..length], Alone::No) && (follows_link || ends_heading())).then_some(length)
    }
}

/// Says whether a word begins at a byte of the line, and neither the target of a link nor that of a reference.
fn begins_word(line: Line<'_>, at: usize) -> bool {
    let before = &line.text[..at];
    match before.chars().next_back() {
        None => true,
        Some('(') => !before.ends_with("]("),
        Some(last) => last.is_whitespace() && !before.trim_end().ends_with("]:"),
    }
}

/// Returns the beginning of a text, of at most so many bytes.
fn beginning(text: &str, length: usize) -> &str {
    &text[..text.floor_char_boundary(length)]
}

/// How far the end of a shortcode or a tag may be, in bytes.
const LONGEST: usize = 1000;

/// The longest attribute list, in bytes.
const LONGEST_LIST: usize = 300;

/// The longest name of an element, role or tag, in bytes.
const LONGEST_NAME: usize = 100;

/// Returns the names of the components that the page closes.
fn closed_components<'t>(text: &'t str, ground: &Ground) -> BTreeSet<&'t str> {
    let ends = text.match_indices("</").filter(|(at, _)| ground.may_hold_elements(*at));
    ends.filter_map(|(at, _)| component(&text[at + 2..])).collect()
}

/// Reads the name of a component: a capital letter first, small ones in it, and no element of HTML.
fn component(text: &str) -> Option<&str> {
    let end = text.bytes().take(LONGEST_NAME).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'.').count();
    let name = &text[..end];
    let is_pascal = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().any(|byte| byte.is_ascii_lowercase())
        && !name.ends_with('.');
    let lower = name.to_ascii_lowercase();
    let is_html = lists::keeps_element(&lower) || lists::HARMFUL.contains(&lower.as_str());
    (is_pascal && !is_html).then_some(name)
}

/// Returns the length of a tag of a component that is closed in itself or further on.
fn element(rest: &str, closed: &BTreeSet<&str>) -> Option<usize> {
    let name = component(&rest[1..])?;
    let after = &rest[1 + name.len()..];
    if !after.is_empty() && !after.starts_with([' ', '\t', '>', '/']) {
        return None;
    }
    let end = beginning(after, LONGEST).find('>').map(|end| 1 + name.len() + end + 1);
    let closes_itself = end.is_some_and(|end| rest[..end].ends_with("/>"));
    (closes_itself || closed.contains(name)).then(|| end.unwrap_or(rest.len()))
}

/// Returns the length of a comment of Obsidian: blanks stand inside both of its signs or inside neither, so that amounts in
/// per cent, variables of a shell and formats are none.
fn comment(line: &str, at: usize) -> Option<usize> {
    let before = line[..at].chars().next_back();
    let inside = line[at..].strip_prefix("%%").filter(|inside| !inside.starts_with('%'))?;
    let end = inside.find("%%")?;
    let (words, after) = (&inside[..end], inside[end + 2..].chars().next());
    let is_apart = |sign: Option<char>| sign.is_none_or(|sign| !sign.is_alphanumeric() && !matches!(sign, '%' | '_'));
    let is_even = words.starts_with(' ') == words.ends_with(' ');
    (!words.trim().is_empty() && is_even && is_apart(before) && is_apart(after)).then_some(end + 4)
}

/// The roles of docutils and Sphinx.
const ROLES: &[&str] = &[
    "ref",
    "doc",
    "term",
    "class",
    "func",
    "meth",
    "mod",
    "attr",
    "exc",
    "data",
    "const",
    "file",
    "command",
    "option",
    "envvar",
    "keyword",
    "math",
    "code",
    "sup",
    "sub",
    "abbr",
    "download",
    "guilabel",
    "menuselection",
    "kbd",
    "numref",
    "eq",
    "index",
    "pep",
    "rfc",
    "any",
    "program",
    "samp",
    "token",
    "obj",
    "role",
    "literal",
    "strong",
    "emphasis",
    "title-reference",
    "external",
    "manpage",
    "dfn",
    "confval",
];

/// Returns the length of `:name:`.
fn role(rest: &str) -> Option<usize> {
    let is_part = |byte: &u8| byte.is_ascii_lowercase() || matches!(byte, b':' | b'-');
    let length = rest.bytes().take(LONGEST_NAME).take_while(is_part).count();
    let name = rest[..length].strip_prefix(':')?.strip_suffix(':')?;
    let is_of_domain = || {
        let domain = name.split_once(':').map_or("", |(domain, _)| domain);
        ["py", "c", "cpp", "js", "rst", "std", "external"].contains(&domain)
    };
    (ROLES.contains(&name) || is_of_domain()).then_some(length)
}

/// Words after `#` that a compiler reads.
const FOR_COMPILERS: &[&str] = &[
    "define",
    "include",
    "ifdef",
    "ifndef",
    "endif",
    "pragma",
    "undef",
    "else",
    "elif",
    "if",
    "error",
    "import",
    "region",
    "endregion",
    "warning",
    "line",
    "using",
    "nullable",
];

/// Returns the length of a tag of Obsidian: a letter first, and neither a colour nor a word for a compiler.
fn tag(rest: &str) -> Option<usize> {
    let inside = &rest[1..];
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '/');
    let word = &inside[..inside.find(|letter| !is_part(letter)).unwrap_or(inside.len())];
    let is_colour = matches!(word.len(), 3 | 4 | 6 | 8) && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_tag = word.starts_with(char::is_alphabetic) && word.len() <= LONGEST_NAME && !is_colour;
    (is_tag && !FOR_COMPILERS.contains(&word)).then_some(word.len() + 1)
}

/// Returns the length of `^id` at the end of its line.
fn block_id(rest: &str) -> Option<usize> {
    let id = rest[1..].trim_end();
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (!id.is_empty() && id.len() <= LONGEST_NAME && id.bytes().all(is_part)).then_some(id.len() + 1)
}

/// Finds comments over several lines: between two that are nothing but the sign of one.
pub(super) fn comments_over_lines(lines: &[Line<'_>], ground: &Ground) -> Vec<Mark> {
    let is_sign = |line: &&Line<'_>| line.text.trim() == "%%" && ground.is_open(line.start);
    let signs: Vec<&Line<'_>> = lines.iter().filter(is_sign).collect();
    let mark = |pair: &[&Line<'_>]| Mark { kind: Kind::Comment, range: pair[0].start..pair[0].start + 2 };
    signs.chunks_exact(2).map(mark).collect()
}
