//! YAML, guarded: the parser below bounds neither bytes nor repeated keys, so this does.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Entry, Fault, Node, Table, Value};
use crate::diagnostic::Span;

/// The longest YAML text that is read, in bytes.
///
/// Aliases can repeat a scalar some thousand times before the parser's limit on events stops them; at 16 KiB
/// the worst case stays at some 20 MB.
pub const LONGEST: usize = 16 * 1024;

/// Reads a YAML mapping. Keys at the left margin know their bytes, and so do their values.
///
/// # Errors
/// When the text is not YAML, is longer than 16 KiB, is no mapping, or has a key twice.
pub fn parse(text: &str) -> Result<Table, Fault> {
    if text.len() > LONGEST {
        return Err(Fault { message: format!("longer than {LONGEST} bytes"), span: None });
    }
    let Written(value) = serde_yaml::from_str(text).map_err(|error| {
        let span = error.location().map(|location| {
            let start = text.floor_char_boundary(location.index().min(text.len()));
            Span { start, end: text[start..].find('\n').map_or(text.len(), |at| start + at) }
        });
        Fault { message: error.to_string(), span }
    })?;
    match value {
        Value::Table(table) => Ok(locate(table, text)),
        Value::Null => Ok(Table::default()),
        other => Err(Fault { message: format!("expected keys with values, found {}", other.kind()), span: None }),
    }
}

/// Finds each top-level key in the text. A value's bytes run to the next such key.
fn locate(mut table: Table, text: &str) -> Table {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with(|first: char| !first.is_whitespace() && !matches!(first, '#' | '-' | '}' | ']')) {
            lines.push((at, line));
        }
        at += line.len();
    }
    for entry in &mut table.0 {
        let Some(place) = lines.iter().position(|(_, line)| starts_with_key(line, &entry.key)) else { continue };
        let (start, line) = lines[place];
        let end = lines.get(place + 1).map_or(text.len(), |(next, _)| *next);
        let colon = start + line.find(':').map_or(0, |colon| colon + 1);
        entry.key_span = Some(Span { start, end: colon.saturating_sub(1).max(start) });
        let value = text[colon..end].trim_end();
        let lead = value.len() - value.trim_start().len();
        entry.node.span = Some(Span { start: colon + lead, end: colon + value.len() });
    }
    table
}

fn starts_with_key(line: &str, key: &str) -> bool {
    let line = line.trim_start_matches(['"', '\'']);
    line.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
}

/// A value as the text has it; [`Value`] itself is read as it is kept between runs.
struct Written(Value);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor).map(Self)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or_else(|_| Value::Text(value.to_string()), Value::Integer))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value.to_bits()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        // A tagged value, `!name value`: the tag says nothing to us.
        let (_tag, variant) = access.variant::<String>()?;
        serde::de::VariantAccess::newtype_variant::<Written>(variant).map(|Written(value)| value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut nodes = Vec::new();
        while let Some(Written(value)) = sequence.next_element()? {
            nodes.push(Node { value, span: None });
        }
        Ok(Value::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut table = Table::default();
        while let Some((Written(key), Written(value))) = map.next_entry()? {
            let key = key.scalar().ok_or_else(|| A::Error::custom("a key must be a text"))?;
            if table.get(&key).is_some() {
                return Err(A::Error::custom(format!("the key `{key}` stands twice")));
            }
            table.0.push(Entry { key, key_span: None, node: Node { value, span: None } });
        }
        Ok(Value::Table(table))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match parse(text) {
            Ok(table) => super::super::to_json(&super::super::Plain(table)),
            Err(fault) => fault.message,
        }
    }

    #[test]
    fn scalars_stay_what_the_author_wrote() {
        assert_eq!(
            shown("c: no\no: 0755\nd: 2024-01-16\nn:\nv: 1.5"),
            r#"{"c":"no","o":"0755","d":"2024-01-16","n":null,"v":1.5}"#
        );
        assert_eq!(shown("status: { accepted }"), r#"{"status":{"accepted":null}}"#);
        assert_eq!(shown("# only a comment"), "{}");
    }

    #[test]
    fn what_could_hurt_is_refused() {
        assert!(shown("a: 1\nb: 2\na: 3").contains("stands twice"));
        assert!(shown(&format!("a: {}", "x".repeat(LONGEST))).contains("longer than"));
        assert!(shown(&"[".repeat(10_000)).contains("recursion"));
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for level in 1..9 {
            let alias = format!("*a{}", level - 1);
            bomb += &format!("a{level}: &a{level} [{}]\n", [alias.as_str(); 9].join(","));
        }
        assert!(shown(&bomb).contains("repetition"));
    }

    #[test]
    fn keys_and_values_know_their_bytes() {
        let text = "title: One\ntags:\n  - a\n  - b\ndate: x\n";
        let table = parse(text).unwrap();
        let part = |key: &str| {
            let span = table.get(key).unwrap().span.unwrap();
            &text[span.start..span.end]
        };
        assert_eq!((part("title"), part("tags"), part("date")), ("One", "- a\n  - b", "x"));
    }
}
