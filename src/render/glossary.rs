//! Marks the terms of the glossary where a page first uses them: HTML comes in, HTML with links comes out.
//!
//! The text is read once, word by word, along a tree of the names, so a page costs what its length is, however many terms
//! there are. Code, headings, links and the labels of things are left alone.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use crate::fingerprint::Fingerprint;
use crate::path::{Addresses, SitePath};
use crate::site::Site;

/// The names of all terms, ready to be found.
#[derive(Debug, Default)]
pub struct Glossary {
    addresses: Addresses,
    terms: Vec<Term>,
    nodes: Vec<Node>,
    fingerprint: Option<Fingerprint>,
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Term {
    url: SitePath,
    id: String,
    text: String,
}

/// A beginning of names.
#[derive(Debug, Default)]
struct Node {
    next: BTreeMap<String, usize>,
    /// The terms with this name. One with a name that has capitals of its own must be written so.
    ends: Vec<(Option<String>, usize)>,
}

/// How many words, spaces and signs of a name are looked at.
const LONGEST: usize = 16;

/// How many spellings that differ only in capitals are told apart.
const SPELLINGS: usize = 4;

/// Elements whose text has no terms: links, code, headings, and what is a label and no sentence.
const SKIPPED: &[&str] = &[
    "a",
    "abbr",
    "audio",
    "button",
    "code",
    "dfn",
    "dt",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "iframe",
    "kbd",
    "label",
    "math",
    "object",
    "pre",
    "samp",
    "script",
    "select",
    "style",
    "summary",
    "svg",
    "textarea",
    "th",
    "title",
    "var",
    "video",
];

impl PartialEq for Glossary {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
    }
}

impl Eq for Glossary {}

impl Hash for Glossary {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.fingerprint.hash(state);
    }
}

impl Glossary {
    /// Collects the terms of a site. An English name is known with an `s` as well.
    pub fn new(site: &Site, language: &str) -> Self {
        let fingerprint = (!site.glossary.is_empty()).then(|| {
            let urls = site.glossary.iter().map(|explained| &site.entries[explained.entry].url);
            Fingerprint::of(&(&site.glossary, urls.collect::<Vec<_>>(), &site.addresses, language))
        });
        let addresses = site.addresses.clone();
        let mut glossary = Self { addresses, terms: Vec::new(), nodes: vec![Node::default()], fingerprint };
        for explained in site.glossary.iter() {
            let at = glossary.terms.len();
            for name in &explained.term.names {
                glossary.add(name, at);
                if language.starts_with("en") && name.ends_with(|last: char| last.is_alphabetic() && last != 's') {
                    glossary.add(&format!("{name}s"), at);
                }
            }
            let (id, text) = (explained.term.id.clone(), explained.term.text.clone());
            glossary.terms.push(Term { url: site.entries[explained.entry].url.clone(), id, text });
        }
        glossary
    }

    /// Says whether there are no terms.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    fn add(&mut self, name: &str, term: usize) {
        let name = escape(name);
        if !name.starts_with(char::is_alphanumeric) || tokens(&name).count() > LONGEST {
            return;
        }
        let mut node = 0;
        for token in tokens(&name) {
            let key = key(token).into_owned();
            let fresh = self.nodes.len();
            node = *self.nodes[node].next.entry(key).or_insert(fresh);
            if node == fresh {
                self.nodes.push(Node::default());
            }
        }
        let exact = name.chars().skip(1).any(char::is_uppercase).then_some(name);
        let ends = &mut self.nodes[node].ends;
        if ends.len() < SPELLINGS && ends.iter().all(|(known, _)| *known != exact) {
            ends.push((exact, term));
        }
    }

    /// Marks the terms in the HTML of a page, seen from its address.
    pub(super) fn mark(&self, html: &str, here: &SitePath) -> String {
        let mut marking = Marking { glossary: self, here, seen: vec![false; self.terms.len()], out: String::new() };
        marking.out.reserve(html.len() + html.len() / 8);
        let mut rest = html;
        // The element that is left alone, and how often it stands within itself.
        let mut skipped: Option<(&str, usize)> = None;
        while let Some(start) = rest.find('<') {
            let (text, after) = rest.split_at(start);
            let end = end_of_tag(after);
            let tag = &after[..end];
            if skipped.is_none() {
                marking.text(text)
            } else {
                marking.out.push_str(text)
            }
            marking.out.push_str(tag);
            skipped = follow(skipped, tag);
            rest = &after[end..];
        }
        if skipped.is_none() {
            marking.text(rest)
        } else {
            marking.out.push_str(rest)
        }
        marking.out
    }
}

/// Follows into and out of what is left alone.
fn follow<'t>(skipped: Option<(&'t str, usize)>, tag: &'t str) -> Option<(&'t str, usize)> {
    let closes = tag.starts_with("</");
    let name = tag.trim_start_matches(['<', '/']);
    let name = &name[..name.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(name.len())];
    match skipped {
        None if closes || tag.ends_with("/>") => None,
        None if SKIPPED.contains(&name) || tag.starts_with("<p class=\"alert-title\"") => Some((name, 1)),
        None => None,
        Some((open, depth)) if open != name => Some((open, depth)),
        Some((_, 1)) if closes => None,
        Some((open, depth)) => Some((open, if closes { depth - 1 } else { depth + 1 })),
    }
}

/// Returns the length of the tag or comment that begins the text; quoted values may hold `>`.
fn end_of_tag(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |end| end + 3);
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// A page whose terms are being marked.
struct Marking<'a> {
    glossary: &'a Glossary,
    here: &'a SitePath,
    /// The terms that were marked.
    seen: Vec<bool>,
    out: String,
}

impl Marking<'_> {
    fn text(&mut self, text: &str) {
        let (mut done, mut at) = (0, 0);
        while let Some(token) = tokens(&text[at..]).next() {
            let found = if token.starts_with(char::is_alphanumeric) && !continues(&text[..at]) {
                self.glossary.longest(&text[at..])
            } else {
                None
            };
            let Some((length, term)) = found else {
                at += token.len();
                continue;
            };
            if !std::mem::replace(&mut self.seen[term], true) {
                self.out.push_str(&text[done..at]);
                self.link(term, &text[at..at + length]);
                done = at + length;
            }
            at += length;
        }
        self.out.push_str(&text[done..]);
    }

    fn link(&mut self, term: usize, text: &str) {
        let Term { url, id, text: meaning } = &self.glossary.terms[term];
        let href = self.glossary.addresses.href(self.here, url) + "#" + &escape(id);
        let meaning = escape(meaning).replace('"', "&quot;");
        self.out.push_str(&format!("<a class=\"term\" href=\"{href}\" title=\"{meaning}\">{text}</a>"));
    }
}

impl Glossary {
    /// Returns the longest name that the text begins with, and its term.
    fn longest(&self, text: &str) -> Option<(usize, usize)> {
        let (mut node, mut length, mut found) = (0, 0, None);
        for token in tokens(text).take(LONGEST) {
            let Some(next) = self.nodes[node].next.get(&*key(token)) else { break };
            node = *next;
            length += token.len();
            let written = &text[..length];
            let fits = |(exact, _): &&(Option<String>, usize)| exact.as_ref().is_none_or(|exact| exact == written);
            // A spelling of its own before one that any will do for.
            let mut ends: Vec<_> = self.nodes[node].ends.iter().filter(fits).collect();
            ends.sort_by_key(|(exact, _)| exact.is_none());
            if let Some((_, term)) = ends.first().filter(|_| !goes_on(&text[length..])) {
                found = Some((length, *term));
            }
        }
        found
    }
}

/// Says whether what follows is a part of a word that began before, as in `pre-release`.
fn continues(before: &str) -> bool {
    before.ends_with(['-', '/', '.', '@', '#', '_'])
        && before.trim_end_matches(['-', '/', '.', '@', '#', '_']).ends_with(char::is_alphanumeric)
}

/// Says whether a word goes on after a hyphen.
fn goes_on(after: &str) -> bool {
    after.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

/// Words, runs of white space, entities, and every other sign by itself.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let is_part: fn(char) -> bool = match first {
            first if is_word_by_itself(first) => |_| false,
            first if first.is_alphanumeric() || first == '_' => {
                |letter| (letter.is_alphanumeric() || letter == '_') && !is_word_by_itself(letter)
            }
            first if first.is_whitespace() => char::is_whitespace,
            _ => |_| false,
        };
        let end = match entity(rest) {
            Some(length) => length,
            None => {
                let after = &rest[first.len_utf8()..];
                first.len_utf8() + after.find(|letter| !is_part(letter)).unwrap_or(after.len())
            }
        };
        let (token, after) = rest.split_at(end);
        rest = after;
        Some(token)
    })
}

/// `&amp;` and its kin are one sign.
fn entity(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('&')?;
    let length = inside.bytes().take(10).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    inside[length..].starts_with(';').then_some(length + 2)
}

/// Letters of scripts that are written without spaces.
fn is_word_by_itself(letter: char) -> bool {
    matches!(letter, '\u{E00}'..='\u{E7F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// What a token is looked up by.
fn key(token: &str) -> Cow<'_, str> {
    match token.as_bytes()[0] {
        byte if byte.is_ascii_whitespace() => " ".into(),
        _ if token.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) => token.into(),
        _ if token.starts_with(char::is_whitespace) => " ".into(),
        _ => token.to_lowercase().into(),
    }
}

/// As text stands in HTML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
