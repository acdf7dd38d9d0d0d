//! Makes a body safe whose author wrote HTML: what could run script, style the page or leave its frame is removed.
//!
//! `ammonia` parses the body as a browser does and keeps what a list allows. Our own markup that no list should
//! allow (form controls, MathML) waits in slots. SVG and MathML of authors are never kept: every hole that ammonia
//! had was there.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;
use std::sync::{Arc, Mutex};

use ammonia::{Builder, UrlRelative};

use super::Role;
use super::body::{Hole, Marks};
use super::url::{Class, classify};

/// A safe body.
pub(super) struct Cleaned {
    pub(super) html: String,
    /// The ids and names that links can point to.
    pub(super) anchors: Vec<String>,
    /// The relative links of the author's HTML; their marks count on from the links that were known.
    pub(super) links: Vec<RawLink>,
}

/// A relative link in the author's HTML.
pub(super) struct RawLink {
    pub(super) value: String,
    pub(super) role: Role,
}

/// Where the values of attributes stand in a source, each of them by its text, in order.
///
/// An address with entities stands otherwise in the source, and then no place is known.
pub(super) struct Values<'t>(HashMap<&'t str, VecDeque<usize>>);

/// The longest value that is looked for, in bytes: one that never ends would be read again from every sign after it.
const LONGEST_VALUE: usize = 2000;

impl<'t> Values<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
        for (at, _) in text.match_indices('=') {
            let after = &text[at + 1..text.floor_char_boundary(at + 1 + LONGEST_VALUE)];
            let rest = after.trim_start();
            let start = at + 1 + after.len() - rest.len();
            let (start, end) = match rest.chars().next() {
                Some(quote @ ('"' | '\'')) => (start + 1, rest[1..].find(quote)),
                _ => (start, rest.find(|sign: char| sign.is_whitespace() || sign == '>')),
            };
            if let Some(length) = end {
                places.entry(&text[start..start + length]).or_default().push_back(start);
            }
        }
        Self(places)
    }

    /// Returns where a value stands that was not asked for before.
    pub(super) fn next(&mut self, value: &str) -> Option<Range<usize>> {
        let places = self.0.get_mut(value)?;
        let start = places.pop_front()?;
        Some(start..start + value.len())
    }
}

/// Elements beyond ammonia's own that documents use and that can do no harm.
const TAGS: &[&str] = &[
    "section",
    "figure",
    "figcaption",
    "picture",
    "source",
    "video",
    "audio",
    "track",
    "input",
    "label",
    "main",
    "big",
    "font",
    "dialog",
];

/// Of those, the ones that are nevertheless not for authors: forms, and the frame of the page.
const NOT_TAGS: &[&str] = &["input", "label", "main", "dialog"];

/// Attributes that every element may have.
const ATTRIBUTES: &[&str] = &[
    "id",
    "class",
    "title",
    "lang",
    "dir",
    "role",
    "align",
    "width",
    "height",
    "aria-label",
    "aria-labelledby",
    "aria-hidden",
    "tabindex",
];

/// Elements whose content goes with them.
const WITH_CONTENT: &[&str] = &[
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "template",
    "noscript",
    "textarea",
    "title",
    "xmp",
    "noembed",
    "noframes",
    "plaintext",
];

/// Cleans a body. `known` is the number of links that the body's marks already name.
pub(super) fn clean(html: &str, marks: &Marks, known: usize) -> Cleaned {
    let found = Arc::new(Mutex::new((Vec::new(), Vec::new())));
    let (seen, own_marks) = (found.clone(), marks.clone());
    let mut builder = Builder::default();
    builder
        .add_tags(TAGS.iter().filter(|tag| !NOT_TAGS.contains(tag)))
        .rm_clean_content_tags(["script", "style"])
        .add_clean_content_tags(WITH_CONTENT)
        .generic_attributes(ATTRIBUTES.iter().copied().collect::<HashSet<_>>())
        .add_tag_attributes("a", &["name"])
        .add_tag_attributes("img", &["loading", "srcset"])
        .rm_tag_attributes("img", &["srcset"])
        .add_tag_attributes("details", &["open"])
        .add_tag_attributes("video", &["src", "controls", "muted", "loop", "poster"])
        .add_tag_attributes("audio", &["src", "controls", "muted", "loop"])
        .add_tag_attributes("source", &["src", "type", "media"])
        .add_tag_attributes("track", &["src", "kind", "srclang", "label"])
        .add_tag_attributes("font", &["color"])
        .add_url_schemes(["tel", "irc", "ircs", "xmpp", "data", "slack", "msteams", "ssh", "git", "sftp"])
        .link_rel(None)
        .url_relative(UrlRelative::PassThrough)
        .attribute_filter(move |element, name, value| {
            let mut seen = seen.lock().expect("the filter does not panic");
            filter(element, name, value, &mut seen, &own_marks, known)
        });
    let html = builder.clean(html).to_string();
    drop(builder);
    let (links, anchors) = std::mem::take(&mut *found.lock().expect("the filter does not panic"));
    Cleaned { html, anchors, links }
}

fn filter<'v>(
    element: &str,
    name: &str,
    value: &'v str,
    found: &mut (Vec<RawLink>, Vec<String>),
    marks: &Marks,
    known: usize,
) -> Option<Cow<'v, str>> {
    match name {
        "id" | "name" => {
            found.1.push(value.to_owned());
            Some(value.into())
        }
        "tabindex" => (value == "0").then_some(value.into()),
        // No browser follows it, but a script or a program that reads the page may.
        "cite" => matches!(classify(value, Role::Link), Class::External | Class::Relative).then_some(value.into()),
        "href" | "src" | "poster" => {
            if marks.read(value).is_some() {
                return Some(value.into());
            }
            let role = if element == "a" { Role::Link } else { Role::Image };
            match classify(value, role) {
                Class::External => Some(value.into()),
                Class::Unsafe => None,
                Class::Relative if name == "poster" => None,
                Class::Relative => {
                    found.0.push(RawLink { value: value.to_owned(), role });
                    Some(marks.write(Hole::Target(known + found.0.len() - 1)).into())
                }
            }
        }
        _ => Some(value.into()),
    }
}

/// How deep an author's elements may nest: no author means more, and a parser's work grows with the square of it.
const DEEPEST: usize = 300;

/// Elements that have no content, or whose end a parser sees by itself.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li",
    "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "colgroup", "option", "optgroup", "rt", "rp",
];

/// The elements that the author's HTML has opened and not closed.
#[derive(Default)]
pub(super) struct Nesting(Vec<String>);

impl Nesting {
    /// Reads a piece of HTML; says whether its elements nest no deeper than a page can mean.
    pub(super) fn follow(&mut self, html: &str) -> bool {
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            rest = &rest[start + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.find("-->").map_or("", |end| &comment[end..]);
                continue;
            }
            let closes = rest.starts_with('/');
            let named = rest.trim_start_matches('/');
            let end_of_name =
                named.find(|letter: char| letter.is_whitespace() || matches!(letter, '/' | '>')).unwrap_or(named.len());
            let name = named[..end_of_name].to_ascii_lowercase();
            if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
                continue;
            }
            rest = after_tag(&named[end_of_name..]);
            if closes {
                self.0.iter().rposition(|open| *open == name).map(|at| self.0.remove(at));
            } else if WITH_CONTENT.contains(&name.as_str()) {
                let end = rest.to_ascii_lowercase().find(&format!("</{name}")).unwrap_or(rest.len());
                rest = &rest[end..];
            } else if !FLAT.contains(&name.as_str()) {
                if self.0.len() == DEEPEST {
                    return false;
                }
                self.0.push(name);
            }
        }
        true
    }
}

/// Returns what follows the end of a tag, whose quoted values may hold `>`.
fn after_tag(attributes: &str) -> &str {
    let mut quote = None;
    for (at, letter) in attributes.char_indices() {
        match (quote, letter) {
            (None, '>') => return &attributes[at + 1..],
            (None, '"' | '\'') if attributes[..at].trim_end().ends_with('=') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    ""
}

/// Returns the first thing in a piece of HTML that will be removed because it could do harm.
pub(super) fn unsafe_name(html: &str) -> Option<String> {
    let lower = html.to_ascii_lowercase();
    let element = lower.split('<').skip(1).filter(|after| !after.starts_with('/')).find_map(|after| {
        let name: String =
            after.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
        let harmful = WITH_CONTENT.contains(&name.as_str()) || HARMFUL.contains(&name.as_str());
        harmful.then(|| format!("<{name}>"))
    });
    element
        .or_else(|| {
            let words =
                lower.split(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '/' | '<' | '>'));
            words
                .filter_map(|word| word.split_once('='))
                .map(|(name, _)| name.trim())
                .find(|name| is_handler(name))
                .map(str::to_owned)
        })
        .or_else(|| lower.contains("javascript:").then(|| "javascript:".to_owned()))
}

const HARMFUL: &[&str] = &[
    "form", "input", "button", "select", "base", "meta", "link", "svg", "math", "frame", "frameset", "applet", "body",
    "html", "head",
];

fn is_handler(name: &str) -> bool {
    name.len() > 3 && name.starts_with("on") && name.chars().all(|letter| letter.is_ascii_alphabetic())
}
