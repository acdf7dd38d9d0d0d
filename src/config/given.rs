//! Settings that the caller gives beside `book.toml`: from the environment, or from an option of a command.

use crate::data::{self, Entry, Node, Table, Value};

/// A setting and its value, which holds whatever `book.toml` says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Setting {
    /// The names of the tables and of the key: `["site", "url"]`.
    keys: Vec<String>,
    value: Value,
}

/// What the names of variables that are settings begin with.
const PREFIX: &str = "PRECEDENT_";

impl Setting {
    /// Returns the setting that is a text, by its key as documents write it: `site.url`.
    pub fn text(key: &str, value: &str) -> Self {
        Self { keys: key.split('.').map(str::to_owned).collect(), value: Value::Text(value.to_owned()) }
    }

    /// Reads a variable of the environment, as mdBook has it: `PRECEDENT_SITE__URL` is `site.url`, and a single `_` is `-`.
    ///
    /// A value that is a list, a table, a number or a boolean of JSON is that; every other is a text. A name without two
    /// underlines in it is no setting.
    pub fn of_variable(name: &str, value: &str) -> Option<Self> {
        let name = name.strip_prefix(PREFIX)?;
        let keys: Vec<String> = name.split("__").map(|key| key.to_lowercase().replace('_', "-")).collect();
        let is_key = keys.len() > 1 && keys.iter().all(|key| !key.is_empty());
        let value = data::value_of_json(value).unwrap_or_else(|| Value::Text(value.to_owned()));
        is_key.then_some(Self { keys, value })
    }

    /// Puts the setting into the tables of `book.toml`.
    pub(super) fn put(&self, root: &mut Table) {
        put(root, &self.keys, &self.value);
    }
}

fn put(table: &mut Table, keys: &[String], value: &Value) {
    let Some((key, rest)) = keys.split_first() else { return };
    let at = table.0.iter().position(|entry| entry.key == *key).unwrap_or_else(|| {
        let node = Node { value: Value::Table(Table::default()), span: None };
        table.0.push(Entry { key: key.clone(), key_span: None, node });
        table.0.len() - 1
    });
    let node = &mut table.0[at].node;
    match &mut node.value {
        _ if rest.is_empty() => *node = Node { value: value.clone(), span: None },
        Value::Table(inner) => put(inner, rest, value),
        _ => {
            let mut inner = Table::default();
            put(&mut inner, rest, value);
            *node = Node { value: Value::Table(inner), span: None };
        }
    }
}
