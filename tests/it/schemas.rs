//! The schemas say what the readers do: whatever one refuses the other refuses too, and the other way round.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use precedent::config::Config;
use precedent::diagnostic::Code;
use precedent::file::Source;
use precedent::path::BookPath;
use precedent::schema;
use serde_json::{Map, Value, json};

use crate::memory::{built, files};

fn schema(text: &str) -> (Value, Validator) {
    let schema: Value = serde_json::from_str(text).unwrap();
    let validator = jsonschema::draft7::new(&schema).expect("it is a schema");
    (schema, validator)
}

/// Values of every type, and some that mean something to some key.
fn values() -> Vec<Value> {
    vec![
        json!("words"),
        json!("ltr"),
        json!("warn"),
        json!("linked"),
        json!(true),
        json!(3),
        json!(11),
        json!(-1),
        json!(0.5),
        json!([]),
        json!(["a", "b"]),
        json!([1, true]),
        json!([["a"]]),
        json!({}),
        json!({"a": "b"}),
        json!({"a": 2}),
        json!({"a": ["b", 1]}),
        json!({"a": {"b": "c"}}),
    ]
}

/// The keys of a schema with their tables: `book.title`.
fn keys(schema: &Value, place: &str) -> Vec<(String, Value)> {
    let none = Map::new();
    let properties = schema["properties"].as_object().unwrap_or(&none);
    let key = |(name, inner): (&String, &Value)| {
        let name = format!("{place}{name}");
        let below = keys(inner, &format!("{name}."));
        let own = (name, inner.clone());
        if below.is_empty() { vec![own] } else { below }
    };
    properties.iter().flat_map(key).collect()
}

/// A document in which a key has a value.
fn with(key: &str, value: &Value) -> Value {
    key.rsplit('.').fold(value.clone(), |inner, name| json!({ name: inner }))
}

#[test]
fn what_the_schema_of_settings_refuses_the_reader_refuses() {
    let (all, validator) = schema(&schema::book());
    let keys = keys(&all, "");
    assert!(keys.len() > 80, "{}", keys.len());
    let mut wrong = Vec::new();
    for (key, _) in &keys {
        for value in values() {
            let document = with(key, &value);
            let text = toml::to_string(&document).unwrap();
            let (_, found) = Config::read(&Source::new(BookPath::new("book.toml").unwrap(), text.into_bytes()));
            let is_refused =
                found.iter().any(|diagnostic| [Code::InvalidSetting, Code::UnknownSetting].contains(&diagnostic.code));
            // Texts have forms that only the reader knows: a path, an address, the name of a host.
            let is_text = |value: &Value| value.is_string();
            let has_form = is_text(&value)
                || value.as_array().is_some_and(|list| list.iter().all(is_text))
                || value.as_object().is_some_and(|table| table.values().all(is_text));
            let is_valid = validator.is_valid(&document);
            if is_valid == is_refused && !(is_valid && has_form) {
                wrong.push(format!("{document}: the schema says {is_valid}, the reader {found:?}"));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert!(!validator.is_valid(&json!({"book": {"titel": "x"}})), "a key that nobody reads");
    assert!(validator.is_valid(&json!({"output": {"linkcheck": {"anything": 1}}, "preprocessor": {"katex": {}}})));
}

#[test]
fn the_schema_of_settings_says_what_each_key_means() {
    let (all, _) = schema(&schema::book());
    let silent: Vec<String> = keys(&all, "")
        .into_iter()
        .filter(|(_, schema)| schema["description"].as_str().is_none_or(str::is_empty))
        .map(|(name, _)| name)
        .collect();
    // mdBook's table has one key that is ours to read, and others that are its own.
    assert_eq!(silent, ["output.html.search.enable"]);
}

/// The lines of front matter about whose value a page has a finding, of many pages with one line each.
fn refused(lines: &[String]) -> BTreeSet<&String> {
    let page = |(at, line): (usize, &String)| format!("-- {at}.md --\n---\n{line}\n---\n# A\n");
    let pages: String = lines.iter().enumerate().map(page).collect();
    let findings = built(&files(&format!("-- book.toml --\nbuild.drafts = true\n{pages}"))).findings;
    let of_values =
        findings.iter().filter(|finding| [Code::InvalidValue, Code::InvalidFrontMatter].contains(&finding.code));
    of_values.map(|finding| &lines[finding.path.as_str().trim_end_matches(".md").parse::<usize>().unwrap()]).collect()
}

#[test]
fn what_the_schema_of_front_matter_refuses_the_reader_refuses() {
    let (all, validator) = schema(&schema::front_matter());
    let mut wrong = Vec::new();
    let keys: BTreeSet<String> = keys(&all, "").into_iter().map(|(name, _)| name).collect();
    let of_pages =
        ["title", "description", "summary", "kind", "tags", "aliases", "draft", "weight", "search", "glossary", "hero"];
    assert!(of_pages.iter().all(|key| keys.contains(*key)), "{keys:?}");
    let documents: Vec<Value> =
        of_pages.iter().flat_map(|key| values().into_iter().map(move |value| json!({ *key: value }))).collect();
    let lines: Vec<String> = documents
        .iter()
        .flat_map(|document| document.as_object().unwrap())
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    let refused = refused(&lines);
    for (document, line) in documents.iter().zip(&lines) {
        let is_valid = validator.is_valid(document);
        if is_valid == refused.contains(line) {
            wrong.push(format!("{line}: the schema says {is_valid}"));
        }
    }
    wrong.retain(|line| !EXCEPTIONS.iter().any(|(exception, _)| line.starts_with(exception)));
    assert_eq!(wrong, [""; 0]);
    // Keys of records, as the documentation shows them, and keys that only a theme knows.
    for text in [
        "{\"decision-makers\": [\"Ann\"], \"applies-to\": [\"src/**\"], \"review-by\": \"2027-01-31\"}",
        "{\"mine\": {}}",
        "{\"title\": null}",
        "{\"hero\": {\"text\": \"All in one place.\", \"actions\": [{\"text\": \"Begin\", \"link\": \"a.md\"}]}}",
    ] {
        assert!(validator.is_valid(&serde_json::from_str(text).unwrap()), "{text}");
    }
    assert!(!validator.is_valid(&json!({"supersedes": [[1]]})));
}

/// Where the two may differ, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("kind: ", "a kind that nobody knows is another finding, and another program's key"),
    ("tags: [[", "lists in lists are flattened"),
    ("aliases: ", "an alias is an address, whose form only the reader knows"),
    ("glossary: [[", "lists in lists are flattened"),
];

#[test]
fn the_books_here_are_valid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (_, validator) = schema(&schema::book());
    for name in ["book.toml", "docs/book.toml", "templates/book/book.toml", "templates/book/around-records.toml"] {
        let settings: Value = toml::from_str(&fs::read_to_string(root.join(name)).unwrap()).unwrap();
        let errors: Vec<String> = validator.iter_errors(&settings).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{name}");
    }
    let (_, validator) = schema(&schema::front_matter());
    let mut open = vec![root.join("docs"), root.join("docs-example"), root.join("tests/data/records")];
    let mut seen = 0;
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if let Ok(text) = fs::read_to_string(&path)
            && let Some((yaml, _)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"))
            && let Ok(value) = serde_yaml::from_str::<Value>(yaml)
        {
            seen += 1;
            let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
            assert_eq!(errors, [""; 0], "{}", path.display());
        }
    }
    assert!(seen > 150, "{seen}");
}
