//! What can be saved from a text that is no YAML: lines of `key: value`, and the lists below a key.

use super::{Entry, Node, Table, Value};
use crate::diagnostic::Span;

/// Reads what stands plainly as `key: value`, or as `key:` with `- item` lines below it. The first of a name counts.
pub fn by_lines(text: &str) -> Table {
    let mut table = Table::default();
    let mut at = 0;
    // The key whose items may follow.
    let mut open: Option<(String, Span)> = None;
    for line in text.split_inclusive('\n') {
        let span = Span { start: at, end: at + line.trim_end().len() };
        at += line.len();
        if let Some(item) = item_of(line) {
            if let Some((key, key_span)) = &open {
                add_item(&mut table, key, *key_span, Node { value: Value::Text(item.to_owned()), span: Some(span) });
            }
            continue;
        }
        let Some((key, value)) = key_of(line) else { continue };
        let key_span = Span { start: span.start, end: span.start + key.len() };
        open = None;
        if table.get(key.trim_end()).is_some() {
            continue;
        }
        if value.is_empty() {
            open = Some((key.trim_end().to_owned(), key_span));
        } else {
            let node = Node { value: scalar(value), span: Some(span) };
            table.0.push(Entry { key: key.trim_end().to_owned(), key_span: Some(key_span), node });
        }
    }
    table
}

fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once([':', '='])?;
    let plain = key.trim_end().chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'));
    (plain && !key.trim_end().is_empty()).then(|| (key, value.trim()))
}

/// Reads a value as YAML's core schema does: a boolean, a number, else a text, which quotes may surround.
fn scalar(text: &str) -> Value {
    let is_number = !text.starts_with('0') || text == "0";
    match text {
        "true" => Value::Boolean(true),
        "false" => Value::Boolean(false),
        _ => match text.parse() {
            Ok(number) if is_number => Value::Integer(number),
            _ => Value::Text(text.trim_matches(['"', '\'']).to_owned()),
        },
    }
}

fn item_of(line: &str) -> Option<&str> {
    let item = line.trim_start().strip_prefix("- ")?.trim().trim_matches(['"', '\'']);
    (!item.is_empty()).then_some(item)
}

/// Adds an item to the list of a key, which is the last entry or none yet.
fn add_item(table: &mut Table, key: &str, key_span: Span, item: Node) {
    let end = item.span;
    match table.0.last_mut().filter(|entry| entry.key == key) {
        Some(Entry { node: Node { value: Value::List(items), span }, .. }) => {
            items.push(item);
            *span = span.zip(end).map(|(span, end)| Span { start: span.start, end: end.end });
        }
        _ => {
            let node = Node { span: end, value: Value::List(vec![item]) };
            table.0.push(Entry { key: key.to_owned(), key_span: Some(key_span), node });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_lists_are_saved() {
        let text = "title: A: b\nauthors:\n  - @ann\n  - \"@bob\"\nstatus = \"x\"\nempty:\nnot a key: y\ntitle: z\n";
        let table = by_lines(text);
        let shown: Vec<String> = table
            .0
            .iter()
            .map(|entry| match &entry.node.value {
                Value::List(items) => {
                    format!("{} {:?}", entry.key, items.iter().map(|item| item.value.scalar()).collect::<Vec<_>>())
                }
                value => format!("{} {:?}", entry.key, value.scalar()),
            })
            .collect();
        assert_eq!(shown, ["title Some(\"A: b\")", "authors [Some(\"@ann\"), Some(\"@bob\")]", "status Some(\"x\")"]);
        let span = table.entry("authors").unwrap().node.span.unwrap();
        assert_eq!(&text[span.start..span.end], "  - @ann\n  - \"@bob\"");
    }
}
