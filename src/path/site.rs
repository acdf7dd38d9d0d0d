//! A file of the finished site.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{BookPath, PathError};

/// What is encoded in one segment of a URL path: all that the URL standard's path set names, and what HTML minds.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%')
    .add(b'\\')
    .add(b'^')
    .add(b'|')
    .add(b'[')
    .add(b']')
    .add(b'&')
    .add(b'\'')
    .add(b':');

/// A path below the site's root, not percent-encoded: `decisions/0001-a b.html`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Checks and normalises like [`BookPath::new`].
    ///
    /// # Errors
    /// When the text is absolute or leaves the site's root.
    pub fn new(text: &str) -> Result<Self, PathError> {
        Ok(Self(BookPath::new(text)?.as_str().into()))
    }

    /// Returns the path as text, not percent-encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the way from this file's folder to the root: empty, `../`, `../../` …
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// Returns the last name.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// Returns the percent-encoded path of the file from the root. What a link says of a page is up to
    /// [`Addresses`](super::Addresses).
    pub fn encoded(&self) -> String {
        self.0.split('/').map(encode_segment).collect::<Vec<_>>().join("/")
    }

    /// Returns the percent-encoded relative reference from one file of the site to this one.
    ///
    /// A first segment with a colon cannot be taken for a scheme, since `:` is encoded.
    pub(super) fn href_from(&self, from: &SitePath) -> String {
        let to: Vec<&str> = self.0.split('/').collect();
        let from: Vec<&str> = from.0.split('/').collect();
        let shared = to[..to.len() - 1].iter().zip(&from[..from.len() - 1]).take_while(|(a, b)| a == b).count();
        let mut href = "../".repeat(from.len() - 1 - shared);
        href.push_str(&to[shared..].iter().map(|name| encode_segment(name)).collect::<Vec<_>>().join("/"));
        href
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

impl Serialize for SitePath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for SitePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&<Cow<'de, str>>::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// Percent-encodes one segment of a URL path.
pub fn encode_segment(segment: &str) -> String {
    utf8_percent_encode(segment, SEGMENT).to_string()
}

/// Decodes `%20` and its like; a sequence that is not UTF-8 becomes U+FFFD.
pub fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_relative_and_encoded() {
        let check = |from: &str, to: &str, expected: &str| {
            let (from, to) = (SitePath::new(from).unwrap(), SitePath::new(to).unwrap());
            assert_eq!(to.href_from(&from), expected);
        };
        check("index.html", "a/b.html", "a/b.html");
        check("a/b.html", "a/c d.html", "c%20d.html");
        check("a/b/c.html", "a/d.html", "../d.html");
        check("a/b.html", "index.html", "../index.html");
        check("a.html", "x:y.html", "x%3Ay.html");
        check("a/a.html", "a/a.html", "a.html");
    }
}
