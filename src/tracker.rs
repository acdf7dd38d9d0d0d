//! Issues of a tracker, as texts mention them: patterns such as `QS-{n}` with an address come in; where a text mentions one, and
//! where that leads, comes out.
//!
//! Nothing is an issue that no pattern names: `UTF-8` and `CVE-2026-1` look like keys and are none.

mod boundary;

use std::ops::Range;
use std::sync::Arc;

/// What stands for the number of an issue.
const PLACE: &str = "{n}";

/// How many trackers a book can have: each number of a text is held against every one of them.
pub const MOST: usize = 100;

/// How one tracker is mentioned, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tracker {
    /// What stands before the number.
    before: String,
    /// What stands after it.
    after: String,
    /// An address with `{n}`.
    address: String,
}

/// What is wrong with a tracker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The pattern has no place for the number, or several.
    #[error("a pattern must have `{{n}}` once, for the number of the issue")]
    Pattern,
    /// A brace in the pattern or the address that is not part of `{n}`.
    #[error("`{{n}}` is the only placeholder there is")]
    Placeholder,
    /// Blanks in the pattern.
    #[error("a pattern must have no blanks")]
    Blank,
    /// The pattern is found in any text with numbers.
    #[error("a pattern must have a letter or a sign such as `#` beside `{{n}}`, and no digit right beside it")]
    Everything,
    /// The address is none of the web.
    #[error("an address must begin with `https://` or `http://`, and have no blanks")]
    Address,
    /// The address does not say where the number goes.
    #[error("an address must have `{{n}}` where the number of the issue goes")]
    NoNumber,
}

impl Tracker {
    /// Reads a pattern and its address: `QS-{n}` and `https://tracker.example/browse/QS-{n}`.
    pub fn new(pattern: &str, address: &str) -> Result<Self, Fault> {
        let has_brace = |text: &str| text.replace(PLACE, "").contains(['{', '}']);
        let blank = |text: &str| text.contains(|letter: char| letter.is_whitespace() || letter.is_control());
        if has_brace(pattern) || has_brace(address) {
            return Err(Fault::Placeholder);
        }
        let (before, after) = pattern.split_once(PLACE).ok_or(Fault::Pattern)?;
        if after.contains(PLACE) {
            return Err(Fault::Pattern);
        }
        if blank(pattern) {
            return Err(Fault::Blank);
        }
        let digit = |letter: char| letter.is_ascii_digit();
        let tells =
            |letter: char| letter.is_alphabetic() || !letter.is_numeric() && !"+-.,:;'\"()[]<>/\\*_=%".contains(letter);
        if !pattern.replace(PLACE, "").contains(tells) || before.ends_with(digit) || after.starts_with(digit) {
            return Err(Fault::Everything);
        }
        let host = ["https://", "http://"].iter().find_map(|scheme| address.strip_prefix(scheme));
        if host.is_none_or(|host| host.is_empty() || host.starts_with('/')) || blank(address) {
            return Err(Fault::Address);
        }
        if !address.contains(PLACE) {
            return Err(Fault::NoNumber);
        }
        Ok(Self { before: before.to_owned(), after: after.to_owned(), address: address.to_owned() })
    }

    /// Returns how it is mentioned, with `{n}`.
    pub fn pattern(&self) -> String {
        format!("{}{PLACE}{}", self.before, self.after)
    }

    fn url(&self, number: &str) -> String {
        self.address.replace(PLACE, number)
    }

    /// Returns the place of the mention whose number stands at a place.
    fn around(&self, text: &str, number: &Range<usize>) -> Option<Range<usize>> {
        let start = text[..number.start].strip_suffix(&self.before)?.len();
        let end = text.len() - text[number.end..].strip_prefix(&self.after)?.len();
        let stands_alone =
            boundary::before(&text[..start], &text[start..end]) && boundary::after(&text[start..end], &text[end..]);
        stands_alone.then_some(start..end)
    }

    /// Returns the number of the issue that has an address, or a part of its page: `…/QS-412#comment-3`.
    fn number_at<'a>(&self, address: &'a str) -> Option<&'a str> {
        let (before, _) = self.address.split_once(PLACE)?;
        let rest = address.strip_prefix(before)?;
        let number = &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()];
        let beyond = address.strip_prefix(&self.url(number))?;
        (is_number(number) && is_beyond(beyond)).then_some(number)
    }
}

/// The trackers of a book, in the order of its settings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Trackers(Option<Arc<[Tracker]>>);

/// A place where a text mentions an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands.
    pub range: Range<usize>,
    /// Where the issue is.
    pub url: String,
}

/// An issue: what mentions lead to is the same one, whatever their pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    url: String,
}

impl Trackers {
    /// No trackers.
    pub const NONE: Self = Self(None);

    /// Takes the trackers of a book; those beyond [`MOST`] are left out.
    pub fn new(mut trackers: Vec<Tracker>) -> Self {
        trackers.truncate(MOST);
        Self((!trackers.is_empty()).then(|| trackers.into()))
    }

    /// Returns the trackers.
    pub fn iter(&self) -> impl Iterator<Item = &Tracker> {
        self.0.iter().flat_map(|trackers| trackers.iter())
    }

    /// Finds the mentions of a text, from left to right. Where two patterns fit, the longer mention counts.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        let mut at = 0;
        while let Some(start) = self.0.as_ref().and(text[at..].find(|letter: char| letter.is_ascii_digit())) {
            let start = at + start;
            at = start + text[start..].bytes().take_while(u8::is_ascii_digit).count();
            let number = start..at;
            if !is_number(&text[number.clone()]) {
                continue;
            }
            let fitting = self.iter().filter_map(|tracker| Some((tracker, tracker.around(text, &number)?)));
            let Some((tracker, range)) = fitting.min_by_key(|(_, range)| std::cmp::Reverse(range.len())) else {
                continue;
            };
            if found.last().is_none_or(|last| last.range.end <= range.start) {
                found.push(Mention { range, url: tracker.url(&text[number]) });
            }
        }
        found
    }

    /// Returns the issue that a text names as a whole, by its key or its address.
    pub fn issue(&self, text: &str) -> Option<Issue> {
        let by_address = || self.iter().find_map(|tracker| Some(tracker.url(tracker.number_at(text)?)));
        let mentions = self.mentions(text);
        let whole = mentions.into_iter().find(|mention| mention.range == (0..text.len())).map(|mention| mention.url);
        whole.or_else(by_address).map(|url| Issue { url })
    }

    /// Says whether a text mentions an issue, by a key or by its address.
    pub fn mention(&self, issue: &Issue, text: &str) -> bool {
        self.mentions(text).iter().any(|mention| mention.url == issue.url) || issue.is_addressed_in(text)
    }
}

impl Issue {
    /// Says whether an address is its own, or of a part of its page.
    pub fn is_at(&self, address: &str) -> bool {
        address.strip_prefix(&self.url).is_some_and(is_beyond)
    }

    /// Says whether its address, which nothing goes on, stands in a text.
    fn is_addressed_in(&self, text: &str) -> bool {
        let url = self.url.as_str();
        text.match_indices(url).any(|(at, _)| boundary::after(url, &text[at + url.len()..]))
    }
}

/// Says whether an address goes on, if at all, with a part of its page.
fn is_beyond(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['/', '?', '#'])
}

/// Digits that a tracker gives: none begins with a zero.
fn is_number(digits: &str) -> bool {
    !digits.is_empty() && !digits.starts_with('0')
}

#[cfg(test)]
mod tests;
