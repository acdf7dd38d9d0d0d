//! Keys that say nothing yet, and lists of names.

use std::ops::Range;

use super::{Block, Written, escaped, trailing};
use crate::data::Entry;
use crate::decision::edit::subject::{Edit, Unable};
use crate::decision::words::people::says_nothing;

const UNCLEAR: Unable = Unable::Unclear { what: "the list of deciders" };

impl Block<'_> {
    /// Says whether a key says nothing yet: no value, an empty list, or what a template says.
    pub(in crate::decision::edit) fn is_empty(&self, entry: &Entry) -> bool {
        let text = |range: Range<usize>| self.text.get(range).unwrap_or_default();
        match self.written(entry) {
            Ok(Written::Framed(inner)) => inner.is_empty() || says_nothing(text(inner.start - 1..inner.end + 1)),
            Ok(Written::Quoted(_, inner) | Written::Bare(inner)) => says_nothing(text(inner)),
            Ok(Written::Nothing(_)) => true,
            Ok(Written::Lines) | Err(_) => false,
        }
    }

    /// Gives a key its first value: over nothing, an empty list, or what a template says.
    pub(in crate::decision::edit) fn fill(&self, entry: &Entry, value: &str) -> Result<Edit, Unable> {
        let is_list = |inner: &Range<usize>| self.text[..inner.start].trim_end().ends_with('[');
        Ok(match self.written(entry)? {
            Written::Framed(inner) if is_list(&inner) => Edit::replace(inner, self.quoted_item(value)),
            Written::Framed(inner) => Edit::replace(inner, "").unframed(self.text, value),
            Written::Quoted(sign, inner) => Edit::replace(inner, escaped(sign, value)),
            Written::Bare(range) => Edit::replace(range, self.quoted_where_needed(value)),
            Written::Nothing(at) => Edit::insert(at, format!(" {}", self.quoted_where_needed(value))),
            Written::Lines => return Err(Unable::Unclear { what: "the front matter" }),
        })
    }

    /// Gives a key its first names: items of a list that is there, else one text.
    pub(in crate::decision::edit) fn first_names(&self, entry: &Entry, names: &[String]) -> Result<Edit, Unable> {
        let items = || names.iter().map(|name| self.quoted_item(name)).collect::<Vec<_>>().join(", ");
        match self.written(entry)? {
            _ if !self.is_empty(entry) => Err(UNCLEAR),
            Written::Framed(inner) if self.text[..inner.start].trim_end().ends_with('[') => {
                Ok(Edit::replace(inner, items()))
            }
            _ => self.fill(entry, &names.join(", ")),
        }
    }

    /// Adds names to those that a key has, as the author lists them.
    pub(in crate::decision::edit) fn add_names(&self, entry: &Entry, names: &[String]) -> Result<Edit, Unable> {
        let items = || names.iter().map(|name| self.as_item(entry, name));
        Ok(match self.written(entry)? {
            Written::Framed(inner) => {
                let end = inner.end - trailing(&self.text[inner], &[' ', '\t', ',']);
                Edit::insert(end, items().map(|item| format!(", {item}")).collect::<String>())
            }
            Written::Lines => {
                let lines = items().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n");
                self.add_line(entry, &lines).ok_or(UNCLEAR)?
            }
            Written::Quoted(sign, inner) => Edit::insert(inner.end, escaped(sign, &format!(", {}", names.join(", ")))),
            Written::Bare(range) => {
                let all = format!("{}, {}", &self.text[range.clone()], names.join(", "));
                Edit::replace(range, self.quoted_where_needed(&all))
            }
            Written::Nothing(_) => return Err(UNCLEAR),
        })
    }
}
