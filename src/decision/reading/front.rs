//! What front matter, or a file of metadata beside the page, says.

use crate::data::{Entry, Table, Value};
use crate::decision::reading::gather::Gathered;
use crate::decision::reading::relation;
use crate::decision::record::{Fault, Origin, Place, Stated};
use crate::decision::record::{Reference, Relation};
use crate::decision::words::dialect::Dialect;
use crate::decision::words::field::{self, Field};
use crate::decision::words::name::title_of_slug;
use crate::decision::words::people::{is_nothing, is_placeholder};
use crate::decision::words::plain::plain;
use crate::decision::words::status;
use crate::decision::words::verb::{self, Direction, Verb};
use crate::diagnostic::Span;
use crate::path::BookPath;

/// Where a table of metadata stands.
pub(in crate::decision) struct Frame<'a> {
    pub(in crate::decision) place: Place,
    /// The file, when it is not the page itself.
    pub(in crate::decision) file: Option<&'a BookPath>,
}

/// Reads a table.
pub(in crate::decision) fn read(
    table: &Table,
    frame: &Frame<'_>,
    dialect: Option<Dialect>,
    gathered: &mut Gathered<'_>,
) {
    // `fip: "0015"`: the word for the records of the folder is a key of their number.
    let shape = gathered.mentions.shape.clone();
    let of_entry = |key: &str| field_of(key, dialect).or_else(|| shape.calls(key).then_some(Field::Number));
    let mut entries: Vec<(Field, &Entry)> =
        table.0.iter().filter_map(|entry| Some((of_entry(&entry.key)?, entry))).collect();
    // `status` before `stage`, whatever stands first in the text.
    entries.sort_by_key(|(field, entry)| (*field, rank(&entry.key)));
    for (field, entry) in entries {
        let origin = Origin { place: frame.place, file: frame.file.cloned(), span: whole(entry) };
        match field {
            Field::Links => links(&entry.node.value, &origin, gathered),
            _ if verb::of_field(field).is_some() => relations(field, &entry.node.value, &origin, gathered),
            // `feature: faster-queue` is an id, whose words are a title.
            Field::Title if entry.key.eq_ignore_ascii_case("feature") => {
                let words = texts(&entry.node.value).iter().map(|id| title_of_slug(id, None)).collect::<Vec<_>>();
                gathered.take(field, &words, &origin);
            }
            Field::Tags if matches!(entry.node.value, Value::List(_)) => {
                gathered.take_tag_items(&texts(&entry.node.value), &origin);
            }
            _ => gathered.take(field, &texts(&entry.node.value), &origin),
        }
    }
    for entry in &table.0 {
        let own = gathered.mentions.shape.keys.contains(&entry.key.to_lowercase());
        let meant = field::misspelt(&entry.key).filter(|_| !own);
        gathered.record.faults.extend(meant.map(|meant| Stated {
            value: Fault::Key { written: entry.key.clone(), meant: meant.to_owned() },
            origin: Origin { place: frame.place, file: frame.file.cloned(), span: whole(entry) },
        }));
    }
    if let Some(reason) = table.entry("withdrawal-reason") {
        let origin = Origin { place: frame.place, file: frame.file.cloned(), span: whole(reason) };
        let text = reason.node.value.scalar().unwrap_or_default();
        gathered.take_reason(&text, &origin);
        if let Some(status) = &mut gathered.record.status {
            status.value.note = status.value.note.take().or(Some(plain(&text)).filter(|text| !text.is_empty()));
        }
    }
}

/// Key and value together.
fn whole(entry: &Entry) -> Option<Span> {
    let value = entry.node.span?;
    Some(Span { start: entry.key_span.map_or(value.start, |key| key.start), end: value.end })
}

pub(in crate::decision) fn field_of(key: &str, dialect: Option<Dialect>) -> Option<Field> {
    match (dialect, key) {
        (Some(Dialect::Eip), "type") => Some(Field::Tags),
        (Some(Dialect::Kep | Dialect::Openshift), "approvers" | "api-approvers") => Some(Field::Deciders),
        // A site generator's id is a name of the page.
        (Some(Dialect::Backstage), "id") => Some(Field::Number),
        // A milestone, not what the decision came to.
        (Some(Dialect::Kep | Dialect::Openshift), "stage") => None,
        _ => field::of_key(key),
    }
}

pub(in crate::decision) fn rank(key: &str) -> usize {
    ["status", "state", "stage", "decision-makers", "deciders"].iter().position(|name| *name == key).unwrap_or(9)
}

/// Returns the texts of a value: of a scalar, of a list, of `{ accepted }`, which YAML takes for a mapping.
pub(in crate::decision) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::List(nodes) => nodes.iter().flat_map(|node| item(&node.value)).collect(),
        Value::Table(table) if table.0.iter().all(|entry| entry.node.value == Value::Null) => {
            let keys = table.0.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>().join(", ");
            // `{list everyone who was told}` is a template's.
            (!is_placeholder(&format!("{{{keys}}}"))).then_some(keys).into_iter().collect()
        }
        Value::Table(table) => table.0.iter().filter_map(|entry| entry.node.value.scalar()).collect(),
        scalar => {
            scalar.scalar().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).into_iter().collect()
        }
    }
}

/// Reads one item of a list: a text, or a table whose telling key holds it.
fn item(value: &Value) -> Vec<String> {
    let Value::Table(table) = value else { return texts(value) };
    if let Some(pattern) = table.get("pattern").and_then(|node| node.value.scalar()) {
        let kind = table.get("type").and_then(|node| node.value.scalar());
        let negated = table.get("negate").is_some_and(|node| node.value == Value::Boolean(true));
        let is_path = kind.is_none_or(|kind| kind == "path");
        return is_path.then(|| if negated { format!("!{pattern}") } else { pattern }).into_iter().collect();
    }
    let telling = ["name", "handle", "login", "email", "path", "glob", "id", "url", "ref", "target"];
    let found = telling.iter().find_map(|key| table.get(key).and_then(|node| node.value.scalar()));
    // `- Ann: product` is a mapping of one key.
    found.or_else(|| table.0.first().map(|entry| entry.key.clone())).into_iter().collect()
}

fn relations(field: Field, value: &Value, origin: &Origin, gathered: &mut Gathered<'_>) {
    let Some((verb, direction)) = verb::of_field(field) else { return };
    for text in texts(value) {
        if matches!(text.as_str(), "true" | "false") || is_nothing(&text) {
            continue;
        }
        let is_path = !text.contains(' ') && !text.contains("](") && (text.contains('/') || text.ends_with(".md"));
        let targets = if is_path {
            vec![Reference::Link(text)]
        } else {
            relation::references(&text, &gathered.mentions).into_iter().map(named).collect()
        };
        for target in targets {
            gathered.relate(Relation { verb, direction, label: None, target }, origin);
        }
    }
}

/// A key holds nothing but names.
fn named(reference: Reference) -> Reference {
    match reference {
        Reference::Title(text) => Reference::Name(text),
        other => other,
    }
}

/// Reads `links: [{target: 2, kind: supersedes}]`.
fn links(value: &Value, origin: &Origin, gathered: &mut Gathered<'_>) {
    let Value::List(nodes) = value else { return };
    for node in nodes {
        let Value::Table(table) = &node.value else { continue };
        let text = |keys: &[&str]| keys.iter().find_map(|key| table.get(key).and_then(|node| node.value.scalar()));
        let Some(target) = text(&["target", "to", "id", "ref"]) else { continue };
        let word = text(&["kind", "type", "rel", "verb"]).unwrap_or_default();
        let (verb, direction) = verb::verb_of_word(&word).unwrap_or((Verb::RelatesTo, Direction::Forward));
        let label = relation::label(verb, &word);
        gathered.relate(Relation { verb, direction, label, target: Reference::Name(target) }, origin);
    }
}

/// Says whether front matter alone makes a file a record, in whatever folder it lies.
pub(in crate::decision) fn marks(table: &Table) -> Option<Dialect> {
    let has = |key: &str| table.get(key).is_some();
    let any = |keys: &[&str]| keys.iter().any(|key| has(key));
    let text = |key: &str| table.get(key).and_then(|node| node.value.scalar()).unwrap_or_default();
    let state = table.get("status").map(|node| texts(&node.value).join(", ")).and_then(|text| status::parse(&text));
    if has("eip") && (has("status") || has("title")) {
        return Some(Dialect::Eip);
    }
    // A page that is only informative decides nothing, whoever approved it.
    let informs = text("status").eq_ignore_ascii_case("informational");
    if any(&["kep-number", "owning-sig"]) || has("approvers") && has("creation-date") && !informs {
        return Some(Dialect::Openshift);
    }
    if has("adr") && has("status") {
        return Some(Dialect::Docusaurus);
    }
    if text("id").starts_with("adrs-adr") {
        return Some(Dialect::Backstage);
    }
    if has("schemaVersion") && has("status") && any(&["affects", "provenance", "deciders"]) {
        return Some(Dialect::Adrkit);
    }
    if has("number") && has("status") && (has("links") || has("title")) {
        return Some(Dialect::AdrsNg);
    }
    if has("stage") && has("start-date") {
        return Some(Dialect::EmberRfc);
    }
    if any(&["decision-makers", "decision_makers", "decisionMakers"]) && has("status") {
        return Some(Dialect::Madr4);
    }
    if any(&["deciders", "consulted", "informed"]) && has("status") {
        return Some(Dialect::Madr3);
    }
    let typed =
        any(&["supersedes", "superseded-by", "supersededBy", "superseded_by", "decide-by", "decideBy", "decide_by"]);
    (state.is_some() && typed).then_some(Dialect::Typed)
}
