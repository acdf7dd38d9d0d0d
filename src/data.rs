//! Structured text: YAML, TOML and JSON, read into one [`Value`] that remembers where it stood.
//!
//! In: the text of a settings file or of front matter. Out: a [`Table`], or a [`Fault`] with its place.
//! The home of the format crates, so that a setting and a front matter key are read the same way.

mod lines;
mod schema;
mod value;
mod yaml;

pub use lines::by_lines;
pub use schema::{Key, Schema, Use};
pub use value::{Entry, Node, Plain, Table, Value};
pub use yaml::parse as parse_yaml;

use serde::Serialize;

use crate::diagnostic::Span;

/// Why a text cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, as the parser says it.
    pub message: String,
    /// The bytes meant, where the parser knows them.
    pub span: Option<Span>,
}

/// Reads a TOML document; every key and value knows its bytes.
///
/// # Errors
/// When the text is not TOML 1.0.
pub fn parse_toml(text: &str) -> Result<Table, Fault> {
    let table = toml::de::DeTable::parse(text)
        .map_err(|error| Fault { message: error.message().to_owned(), span: error.span().map(Span::from) })?;
    Ok(value::from_toml(table.into_inner()))
}

/// Writes a value as compact JSON.
pub fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("maps have text keys and nothing else can fail")
}

/// Writes a value as JSON for a reader's eye.
pub fn to_pretty_json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("maps have text keys and nothing else can fail")
}

/// Returns a JSON text as a reader's eye wants it, with its keys in their order; as it is where it is no JSON.
pub fn pretty_json(text: &str) -> String {
    serde_json::from_str(text).map_or_else(|_| text.to_owned(), |value: serde_json::Value| to_pretty_json(&value))
}

/// Reads a JSON text that is no string; nothing where it is one, or no JSON.
pub fn value_of_json(text: &str) -> Option<Value> {
    value::from_json(serde_json::from_str(text).ok()?)
}

/// Reads JSON into a type, or nothing when it does not fit.
pub fn from_json<T: serde::de::DeserializeOwned>(text: &[u8]) -> Option<T> {
    serde_json::from_slice(text).ok()
}
