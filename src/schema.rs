//! JSON Schema of what authors write, for editors and checkers: the reader's own account of what it takes comes in, with what
//! the documentation says of each key; a schema comes out.
//!
//! The form is draft 7, which the language servers for TOML and YAML know.

mod meaning;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::Config;
use crate::data::{Key, Schema, Use, to_pretty_json};
use crate::diagnostic::{Code, DOCUMENTATION};
use crate::{decision, page};
use meaning::{Meaning, meanings};

/// A schema, as JSON has it.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Json {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    version: Option<&'static str>,
    #[serde(rename = "$id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    deprecated: bool,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    types: Option<Types>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    choices: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Box<Json>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    any_of: Vec<Json>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    properties: BTreeMap<String, Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    additional_properties: Option<Others>,
}

/// The type of a value, or those that it may have.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Types {
    One(&'static str),
    Several(Vec<&'static str>),
}

/// What keys take that no property is.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Others {
    No(bool),
    All(Box<Json>),
}

/// Returns the schema of `book.toml`.
pub fn book() -> String {
    let mut said = meanings(include_str!("../docs/reference/settings.md"), "| Key | Default | Meaning |");
    for code in Code::ALL {
        said.insert(format!("rules.{code}"), Meaning { text: code.meaning().trim().to_owned(), default: None });
    }
    let json = json(&Config::schema(), "", &said);
    written(Json { title: Some("book.toml of Precedent"), ..json }, "book")
}

/// Returns the schema of the front matter of pages and records.
pub fn front_matter() -> String {
    let of_pages = meanings(include_str!("../docs/reference/front-matter.md"), "| Key | Meaning |");
    let of_records = meanings(include_str!("../docs/reference/records.md"), "| Key | Holds | Example |");
    let mut keys: BTreeMap<String, Key> = BTreeMap::new();
    let mut said = BTreeMap::new();
    for (name, meaning) in of_records.into_iter().chain(of_pages) {
        // What both read may be what either takes; what a page cannot be is a finding there.
        let schema = page::schema_of_key(&name).or_else(|| decision::schema_of_key(&name));
        let schema = schema.expect("every key that is documented is read");
        let schema = Schema::Either(vec![schema, Schema::Null]);
        keys.insert(name.clone(), Key { name: name.clone(), schema, used: Use::Read });
        said.insert(name, meaning);
    }
    let schema = Schema::Table(keys.into_values().collect(), Some(Box::new(Schema::Any)));
    written(Json { title: Some("front matter of Precedent"), ..json(&schema, "", &said) }, "front-matter")
}

fn written(json: Json, name: &str) -> String {
    let json = Json {
        version: Some("http://json-schema.org/draft-07/schema#"),
        id: Some(format!("{DOCUMENTATION}{name}.schema.json")),
        ..json
    };
    to_pretty_json(&json) + "\n"
}

/// Returns the types of what has no further conditions.
fn plain_types(schema: &Schema) -> Option<Vec<&'static str>> {
    Some(match schema {
        Schema::Null => vec!["null"],
        Schema::Text => vec!["string"],
        Schema::Scalar => vec!["string", "number", "boolean"],
        Schema::Boolean => vec!["boolean"],
        Schema::Integer => vec!["integer"],
        _ => return None,
    })
}

/// Returns a schema as JSON; `place` is the name of the table with its dot.
fn json(schema: &Schema, place: &str, said: &BTreeMap<String, Meaning>) -> Json {
    let of_type = |name| Json { types: Some(Types::One(name)), ..Json::default() };
    match schema {
        Schema::Any => Json::default(),
        Schema::Null | Schema::Text | Schema::Scalar | Schema::Boolean | Schema::Integer => {
            let types = plain_types(schema).expect("these are types");
            let types = if let [one] = types[..] { Types::One(one) } else { Types::Several(types) };
            Json { types: Some(types), ..Json::default() }
        }
        Schema::Number(from, to) => Json { minimum: Some(*from), maximum: Some(*to), ..of_type("number") },
        Schema::Choice(names) => Json { choices: names.clone(), ..of_type("string") },
        Schema::List(item) => Json { items: Some(Box::new(json(item, place, said))), ..of_type("array") },
        Schema::Either(several) => match several.iter().map(plain_types).collect::<Option<Vec<_>>>() {
            // One message for a wrong value, and not one for each type that it could have had.
            Some(types) => Json { types: Some(Types::Several(types.concat())), ..Json::default() },
            None => Json { any_of: several.iter().map(|one| json(one, place, said)).collect(), ..Json::default() },
        },
        Schema::Table(keys, others) => {
            let property = |key: &Key| {
                let name = format!("{place}{}", key.name);
                let inner = json(&key.schema, &format!("{name}."), said);
                let description = match key.used {
                    Use::Read => said.get(&name).map(Meaning::shown),
                    Use::Ignored => Some("mdBook reads it; it has no effect here.".to_owned()),
                    Use::Obsolete => Some("It has no effect any more: remove the line.".to_owned()),
                };
                (key.name.clone(), Json { description, deprecated: key.used == Use::Obsolete, ..inner })
            };
            let others = match others {
                Some(others) => Others::All(Box::new(json(others, place, said))),
                None => Others::No(false),
            };
            Json {
                properties: keys.iter().map(property).collect(),
                additional_properties: Some(others),
                ..of_type("object")
            }
        }
    }
}
