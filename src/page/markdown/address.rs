//! Bare addresses in text, as GitHub links them: `https://…`, `www.…` and mail addresses.
//!
//! The rules are those of cmark-gfm's extension `autolink`, of which the GitHub Flavored Markdown specification tells a
//! part. Beside it, addresses in square brackets are linked, as GitHub's pages do.

use std::ops::Range;

use super::construct::{Construct, Kind, before};
use super::leaf::{Leaf, Segment};

/// Finds the addresses of a leaf.
pub(super) fn find(text: &str, leaf: &Leaf, segments: &[Segment]) -> Vec<Construct> {
    let mut found: Vec<Construct> = Vec::new();
    for Segment { range, .. } in segments {
        found.extend(Search { text, leaf, segment: range, from: range.start }.run());
    }
    let anchors = leaf.within_tags(text, &["a"]);
    for address in &mut found {
        let next = anchors.partition_point(|anchor| anchor.end <= address.range.start);
        if anchors.get(next).is_some_and(|anchor| anchor.start <= address.range.start) {
            address.kind = Kind::Plain;
        }
    }
    found
}

/// A search in a segment, from left to right.
struct Search<'a> {
    text: &'a str,
    leaf: &'a Leaf,
    segment: &'a Range<usize>,
    /// Where the last address ends.
    from: usize,
}

impl Search<'_> {
    fn run(mut self) -> Vec<Construct> {
        let within = &self.text[self.segment.clone()];
        let mut found = Vec::new();
        if !within.contains("://") && !within.contains("www.") && !within.contains('@') {
            return found;
        }
        let mut domains = Domains::default();
        for (at, sign) in within.match_indices([':', 'w', '@']) {
            let at = self.segment.start + at;
            let address = match sign {
                _ if at < self.from => None,
                ":" => self.url(at),
                "w" => self.www(at, &mut domains),
                _ => self.mail(at),
            };
            if let Some(address) = address {
                self.from = address.range.end;
                found.push(address);
            }
        }
        found
    }

    /// No letter stands before the scheme.
    fn url(&self, colon: usize) -> Option<Construct> {
        let Self { text, segment, from, .. } = *self;
        let domain = colon + 3;
        if !text[colon..segment.end].starts_with("://") {
            return None;
        }
        let scheme = text[from..colon].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let start = colon - scheme;
        if !["http", "https", "ftp"].iter().any(|known| text[start..colon].eq_ignore_ascii_case(known)) {
            return None;
        }
        let rest = &text[domain..segment.end];
        let named = rest.starts_with(is_host);
        let names = Domain::read(rest);
        (named && names.is_valid(None)).then_some(())?;
        let range = start..end_of_address(text, start, domain, segment.end)?;
        Some(self.address(range, ""))
    }

    /// Before `www.` stands a blank, or one of `*_~([`.
    fn www(&self, at: usize, domains: &mut Domains) -> Option<Construct> {
        let Self { text, segment, .. } = *self;
        if !text[at..segment.end].starts_with("www.") {
            return None;
        }
        let begins = at == segment.start
            || before(text, at).is_none_or(|sign| sign.is_whitespace() || matches!(sign, '*' | '_' | '~' | '(' | '['));
        if !begins || !domains.around(text, at, segment.end).is_valid(Some(at)) {
            return None;
        }
        let range = at..end_of_address(text, at, at + 4, segment.end)?;
        Some(self.address(range, "http://"))
    }

    /// Signs of emphasis around an address are no part of it: the letters come from one text of the parser.
    fn mail(&self, at: usize) -> Option<Construct> {
        let Self { text, leaf, segment, from } = *self;
        let plain = leaf.texts.partition_point(|range| range.end <= at);
        let plain = leaf.texts.get(plain).filter(|range| range.start <= at)?;
        let (from, stop) = (from.max(plain.start), segment.end.min(plain.end));
        let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
        let mut start = at - text.as_bytes()[from..at].iter().rev().take_while(|byte| is_local(byte)).count();
        if start == at {
            return None;
        }
        let scheme = ["mailto:", "xmpp:"].into_iter().find(|scheme| text[from..start].ends_with(scheme));
        start -= scheme.map_or(0, str::len);
        let domain = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        let mut end = at + 1 + text.as_bytes()[at + 1..stop].iter().take_while(domain).count();
        if text[end..stop].starts_with('@') {
            return None;
        }
        while text[..end].ends_with('.') {
            end -= 1;
        }
        let name = &text[at + 1..end.max(at + 1)];
        let is_domain = name.contains('.')
            && !name.starts_with('.')
            && !name.contains("..")
            && name.ends_with(|last: char| last.is_ascii_alphabetic());
        is_domain.then(|| self.address(start..end, if scheme.is_some() { "" } else { "mailto:" }))
    }

    fn address(&self, range: Range<usize>, before: &str) -> Construct {
        let shown = self.leaf.written(self.text, &range);
        let href = format!("{before}{shown}");
        Construct { range, kind: Kind::Address { href, shown } }
    }
}

/// A sign of a domain, as cmark-gfm has it: no blank and no punctuation.
fn is_host(letter: char) -> bool {
    letter.is_alphanumeric() || !letter.is_ascii() && !letter.is_whitespace() && !is_sign(letter)
}

/// Punctuation and symbols beyond ASCII that may stand right after an address.
fn is_sign(letter: char) -> bool {
    matches!(u32::from(letter), 0xa1..=0xbf | 0xd7 | 0xf7 | 0x2010..=0x2bff | 0x3000..=0x3020 | 0xff00..=0xff0f | 0xff1a..=0xff20)
        && !letter.is_alphanumeric()
}

fn end_of_address(text: &str, start: usize, domain: usize, end: usize) -> Option<usize> {
    let rest = &text[domain..end];
    let stop = rest.find(|letter: char| letter.is_ascii_whitespace() || letter == '<').unwrap_or(rest.len());
    Some(trim_end(text, start, domain + stop)).filter(|end| *end > domain)
}

/// The names of a domain, with dots between them.
#[derive(Debug, Default, Clone)]
struct Domain {
    range: Range<usize>,
    /// Where the dots stand from the right: at most eleven.
    dots: Vec<usize>,
    underscore: Option<usize>,
}

/// Beyond so many dots an underscore is forgiven, so that no long text is looked at twice.
const MOST_DOTS: usize = 10;

impl Domain {
    fn read(text: &str) -> Self {
        let is_part = |letter: char| is_host(letter) || matches!(letter, '-' | '_' | '.');
        let names = &text[..text.find(|letter| !is_part(letter)).unwrap_or(text.len())];
        let dots = names.rmatch_indices('.').map(|(at, _)| at).take(MOST_DOTS + 1).collect();
        Self { range: 0..names.len(), dots, underscore: names.rfind('_') }
    }

    /// Says whether the names are a domain: no underscore in the last two, and for `www.` a name after it.
    fn is_valid(&self, www: Option<usize>) -> bool {
        let from = www.map_or(0, |at| at - self.range.start);
        if self.dots.len() > MOST_DOTS {
            return true;
        }
        let last_two = self.dots.get(1).map_or(0, |dot| dot + 1).max(from);
        let named = www.is_none() || self.range.len() > from + 4;
        named && self.underscore.is_none_or(|underscore| underscore < last_two)
    }
}

/// Many addresses may begin in one domain (`_www._www._www.`), so it is read once.
#[derive(Debug, Default)]
struct Domains {
    last: Domain,
}

impl Domains {
    fn around(&mut self, text: &str, at: usize, end: usize) -> &Domain {
        if !self.last.range.contains(&at) {
            let domain = Domain::read(&text[at..end]);
            self.last = Domain { range: at..at + domain.range.end, ..domain };
        }
        &self.last
    }
}

/// Leaves punctuation, unbalanced brackets and entities out of the end of an address.
fn trim_end(text: &str, start: usize, mut end: usize) -> usize {
    // What is cut off is counted and not counted again, so a long row of brackets costs its length.
    let count = |sign: char| text[start..end].matches(sign).count();
    let mut more = [('(', ')'), ('[', ']'), ('{', '}')].map(|(open, close)| (close, count(open), count(close)));
    loop {
        let address = &text[start..end];
        let Some(last) = address.chars().next_back() else { return end };
        match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => end -= 1,
            ')' | ']' | '}' => {
                let (_, opened, closed) =
                    more.iter_mut().find(|(close, ..)| *close == last).expect("each of these signs is there");
                if closed <= opened {
                    return end;
                }
                (*closed, end) = (*closed - 1, end - 1);
            }
            ';' => {
                let name = address[..address.len() - 1].trim_end_matches(|letter: char| letter.is_ascii_alphanumeric());
                end = if name.ends_with('&') && name.len() + 1 < address.len() {
                    start + name.len() - 1
                } else {
                    end - 1
                };
            }
            _ => return end,
        }
    }
}
