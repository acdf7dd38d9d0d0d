//! What is wrong with an author's text: a [`Diagnostic`] with a stable [`Code`], a place, a sentence and help.
//!
//! Diagnostics are collected, never thrown: the build goes on. Who prints them is not known here.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::path::BookPath;

mod code;
pub use code::{Code, DOCUMENTATION};

/// How much a finding matters, which the book decides code by code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Not shown.
    Allow,
    /// Shown.
    Warn,
    /// Shown, and the command ends with exit code 1 and writes nothing.
    Deny,
}

/// One thing that is wrong in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The file, relative to the book's root.
    pub path: BookPath,
    /// The bytes meant; nothing when the whole file is.
    pub span: Option<Span>,
    /// What kind of finding it is.
    pub code: Code,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// A range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

impl Diagnostic {
    /// Makes a finding about a whole file.
    pub fn new(code: Code, path: &BookPath, message: impl Into<String>) -> Self {
        Self { path: path.clone(), span: None, code, message: message.into(), help: None }
    }

    /// Adds the place.
    pub fn at(self, span: impl Into<Span>) -> Self {
        Self { span: Some(span.into()), ..self }
    }

    /// Adds what to do.
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Adds "did you mean" when one of the candidates is near the name.
    pub fn suggest<'a>(self, name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(name, candidates) {
            Some(candidate) => {
                let help = format!("did you mean `{candidate}`?");
                self.help(help)
            }
            None => self,
        }
    }
}

/// Returns the candidate most like the name, if one is like it at all.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    candidates
        .into_iter()
        // The distance is at least the difference in length, which costs nothing to know.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed(candidate))
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= allowed(candidate))
        .min()
        .map(|(_, candidate)| candidate)
}

fn allowed(candidate: &str) -> usize {
    candidate.chars().count() / 3
}

/// Says whether two words differ by at most so many letters.
pub fn within(a: &str, b: &str, distance: usize) -> bool {
    a.len().abs_diff(b.len()) <= 4 * distance && strsim::damerau_levenshtein(a, b) <= distance
}

/// A finding with all that a reader needs to see it: the level that the book gives it, and the line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Finding {
    /// The level that the book's rules give the code.
    pub severity: Severity,
    /// The file, relative to the book's root.
    pub path: BookPath,
    /// The line, from 1; 1 when the whole file is meant.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The stable code.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The lines around the place, for the reader's eye.
    #[serde(skip)]
    pub excerpt: Option<Excerpt>,
}

/// The part of a source that a finding shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Excerpt {
    /// Whole lines of the source.
    pub text: String,
    /// The number of the first line.
    pub first_line: usize,
    /// The bytes of `text` that are meant.
    pub start: usize,
    /// The byte after the last that is meant.
    pub end: usize,
}

/// A text that knows where its lines begin, so that many findings are placed as fast as one.
#[derive(Debug)]
pub struct Lines<'t> {
    text: Cow<'t, str>,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text.
    pub fn new(text: impl Into<Cow<'t, str>>) -> Self {
        let text = text.into();
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// Returns the line of a byte, from 1.
    pub fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|line| *line <= byte).max(1)
    }
}

/// The longest line that an excerpt shows, in bytes.
const EXCERPT_LINE: usize = 300;

impl Finding {
    /// Places a diagnostic in the text it speaks of.
    pub fn locate(diagnostic: Diagnostic, severity: Severity, lines: Option<&Lines<'_>>) -> Self {
        let Diagnostic { path, span, code, message, help } = diagnostic;
        let mut finding = Self { severity, path, line: 1, column: 1, code, message, help, excerpt: None };
        let (Some(span), Some(Lines { text, starts })) = (span, lines) else { return finding };
        let start = floor_boundary(text, span.start);
        let end = floor_boundary(text, span.end).max(start);
        finding.line = starts.partition_point(|line| *line <= start);
        let line_start = starts[finding.line - 1];
        let line_end = starts.get(finding.line).map_or(text.len(), |next| next - 1);
        finding.column = text[line_start..start].chars().count() + 1;
        if line_end - line_start <= EXCERPT_LINE {
            finding.excerpt = Some(Excerpt {
                text: text[line_start..line_end].to_owned(),
                first_line: finding.line,
                start: start - line_start,
                end: end.min(line_end).max(start) - line_start,
            });
        }
        finding
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {} [{}]", self.path, self.line, self.column, self.message, self.code)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <Cow<'de, str>>::deserialize(deserializer)?;
        Self::from_name(&name).ok_or_else(|| D::Error::custom(format!("no finding is called `{name}`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_points_at_line_and_column() {
        let path = BookPath::new("a.md").unwrap();
        let text = "eins\nzwö drei\n";
        let at = text.find("drei").unwrap();
        let diagnostic = Diagnostic::new(Code::BrokenLink, &path, "no").at(at..at + 4);
        let finding = Finding::locate(diagnostic, Severity::Warn, Some(&Lines::new(text)));
        assert_eq!((finding.line, finding.column), (2, 5));
        let excerpt = finding.excerpt.unwrap();
        assert_eq!(&excerpt.text[excerpt.start..excerpt.end], "drei");
    }

    #[test]
    fn a_name_is_suggested_only_when_it_is_near() {
        assert_eq!(nearest("titel", ["title", "authors"]), Some("title"));
        assert_eq!(nearest("colour", ["title", "authors"]), None);
    }
}
