//! The value of a setting or a front matter key.

use serde::{Deserialize, Serialize, Serializer};

use crate::diagnostic::Span;

/// A value with the bytes it stood in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stood, when known.
    pub span: Option<Span>,
}

/// What a key holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Value {
    /// YAML's `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number, as its bits, so that it can be hashed.
    Float(u64),
    /// A text, or a date as it was written.
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping.
    Table(Table),
}

/// Keys with their values, in the order of the text, each key once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Table(pub Vec<Entry>);

/// One key of a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stood, when known.
    pub key_span: Option<Span>,
    /// Its value.
    pub node: Node,
}

impl Table {
    /// Returns the value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// Returns the entry of a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.key == key)
    }
}

impl Value {
    /// Returns what the value is, for a message.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Boolean(_) => "a boolean",
            Self::Integer(_) | Self::Float(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }

    /// Returns the text of a scalar: a text as it is, a number or boolean as written in JSON.
    pub fn scalar(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Integer(number) => Some(number.to_string()),
            Self::Float(bits) => Some(f64::from_bits(*bits).to_string()),
            Self::Boolean(value) => Some(value.to_string()),
            Self::Null | Self::List(_) | Self::Table(_) => None,
        }
    }

    /// Returns what something counts, in hundredths: a number from 0 to 10; `false` is 0 and `true` is 1.
    ///
    /// A table may say it as Material for MkDocs has it: `exclude: true`, or `boost: 2`.
    pub fn hundredths(&self) -> Option<u64> {
        match self {
            Self::Boolean(counts) => Some(u64::from(*counts) * 100),
            Self::Integer(number) => {
                u64::try_from(*number).ok().filter(|number| *number <= 10).map(|number| number * 100)
            }
            Self::Float(bits) => Some(f64::from_bits(*bits))
                .filter(|number| (0.0..=10.0).contains(number))
                .map(|number| (number * 100.0).round() as u64),
            Self::Table(table) => match (table.get("exclude"), table.get("boost")) {
                (Some(Node { value: Self::Boolean(true), .. }), _) => Some(0),
                (_, Some(boost)) => boost.value.hundredths(),
                _ => Some(100),
            },
            Self::Null | Self::Text(_) | Self::List(_) => None,
        }
    }

    /// Returns the texts of a list of scalars, of a list in one text (`a, b`), or of one scalar.
    pub fn texts(&self) -> Vec<String> {
        let texts = match self {
            Self::List(nodes) => nodes.iter().filter_map(|node| node.value.scalar()).collect(),
            Self::Text(text) => text.split([',', ';']).map(str::to_owned).collect(),
            other => other.scalar().into_iter().collect::<Vec<_>>(),
        };
        texts.iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
    }
}

/// A table as templates see it: its keys and values alone, without their places.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Plain(pub Table);

impl Serialize for Plain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        PlainValue::entries(&self.0, serializer)
    }
}

struct PlainValue<'v>(&'v Value);

impl PlainValue<'_> {
    fn entries<S: Serializer>(table: &Table, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(table.0.iter().map(|entry| (&entry.key, PlainValue(&entry.node.value))))
    }
}

impl Serialize for PlainValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Boolean(value) => serializer.serialize_bool(*value),
            Value::Integer(value) => serializer.serialize_i64(*value),
            Value::Float(bits) => serializer.serialize_f64(f64::from_bits(*bits)),
            Value::Text(value) => serializer.serialize_str(value),
            Value::List(nodes) => serializer.collect_seq(nodes.iter().map(|node| PlainValue(&node.value))),
            Value::Table(table) => Self::entries(table, serializer),
        }
    }
}

/// Converts toml's spanned tree. Its tables are ordered by key; spans give back the order of the text.
pub(super) fn from_toml(table: toml::de::DeTable<'_>) -> Table {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(key, value)| Entry {
            key_span: Some(key.span().into()),
            key: key.into_inner().into_owned(),
            node: node_from_toml(value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span);
    Table(entries)
}

/// Converts JSON; nothing for a string, which is a text without quotes as well.
pub(super) fn from_json(json: serde_json::Value) -> Option<Value> {
    use serde_json::Value as Json;
    let node = |json: Json| Node {
        value: match json {
            Json::String(text) => Value::Text(text),
            other => from_json(other).unwrap_or(Value::Null),
        },
        span: None,
    };
    Some(match json {
        Json::String(_) => return None,
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Boolean(value),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Value::Integer(number),
            None => Value::Float(number.as_f64().unwrap_or_default().to_bits()),
        },
        Json::Array(list) => Value::List(list.into_iter().map(node).collect()),
        Json::Object(map) => {
            let entry = |(key, json): (String, Json)| Entry { key, key_span: None, node: node(json) };
            Value::Table(Table(map.into_iter().map(entry).collect()))
        }
    })
}

fn node_from_toml(spanned: toml::Spanned<toml::de::DeValue<'_>>) -> Node {
    use toml::de::DeValue;
    let span = Some(spanned.span().into());
    let value = match spanned.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Boolean(value) => Value::Boolean(value),
        DeValue::Datetime(value) => Value::Text(value.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Text(number.as_str().to_owned()),
        },
        DeValue::Float(number) => match number.as_str().parse::<f64>() {
            Ok(number) => Value::Float(number.to_bits()),
            Err(_) => Value::Text(number.as_str().to_owned()),
        },
        DeValue::Array(array) => Value::List(array.into_iter().map(node_from_toml).collect()),
        DeValue::Table(table) => Value::Table(from_toml(table)),
    };
    Node { value, span }
}
