//! Makes a page of its sections, as tantivy takes it.

use std::collections::BTreeSet;

use hashbrown::HashSet;
use tantivy::TantivyDocument;
use tantivy::schema::Field;

use super::super::document::Document;
use super::super::facet::Facets;
use super::super::group::Keys;
use super::super::schema::Fields;
use super::super::token::tokens;
use super::words::Words;

/// Returns a page as tantivy takes it, and where its fields begin.
pub(super) fn to_tantivy(
    sections: &[Document],
    id: &str,
    fields: &Fields,
    keys: &mut Keys<'_>,
) -> (TantivyDocument, Vec<u32>) {
    let Fields { id: id_field, path, words, forms, spans, .. } = *fields;
    let mut out = TantivyDocument::new();
    let Some(first) = sections.first() else { return (out, Vec::new()) };
    out.add_text(id_field, id);
    out.add_text(path, &first.path);
    let mut text = Text { keys, words: Words::default(), forms: HashSet::new(), spans: vec![0] };
    text.add(&first.title);
    for section in sections {
        text.add(&section.heading);
        text.add(&section.text);
        out.add_text(fields.stored, crate::data::to_json(section));
    }
    out.add_text(words, text.words.finish());
    let mut all: Vec<&String> = text.forms.iter().collect();
    all.sort_unstable();
    all.into_iter().for_each(|form| out.add_text(forms, form));
    text.spans.iter().for_each(|span| out.add_u64(spans, u64::from(*span)));
    add_facets(&Facets::of(first), fields, &mut out);
    (out, text.spans)
}

/// The text of a page as it grows.
struct Text<'k, 'g> {
    keys: &'k mut Keys<'g>,
    words: Words,
    forms: HashSet<String>,
    spans: Vec<u32>,
}

impl Text<'_, '_> {
    /// Adds a field.
    fn add(&mut self, text: &str) {
        let begin = self.spans.last().copied().unwrap_or(0);
        let mut end = begin;
        for token in tokens(text) {
            let position = begin.saturating_add(token.position);
            end = position.saturating_add(1);
            self.words.push(self.keys.key(&token.text), position);
            self.forms.insert(token.text);
        }
        self.spans.push(end.saturating_add(1));
    }
}

/// Adds what a page is filtered and called by.
fn add_facets(facets: &Facets, fields: &Fields, out: &mut TantivyDocument) {
    let Facets { kind, status, tags, people, scopes, names, day, weight } = facets;
    let many: [(Field, &BTreeSet<String>); 4] =
        [(fields.tag, tags), (fields.person, people), (fields.scope, scopes), (fields.name, names)];
    out.add_text(fields.kind, kind);
    status.iter().for_each(|state| out.add_text(fields.status, state));
    for (field, values) in many {
        values.iter().for_each(|value| out.add_text(field, value));
    }
    day.iter().for_each(|day| out.add_u64(fields.day, *day));
    out.add_u64(fields.weight, *weight);
}
