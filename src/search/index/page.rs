//! Makes a page of its sections, as tantivy takes it.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::TantivyDocument;
use tantivy::tokenizer::{PreTokenizedString, Token};

use super::super::document::Document;
use super::super::group::Groups;
use super::super::query::{self, names_of};
use super::super::schema::Fields;
use super::super::token::tokens;
use crate::date::Date;
use crate::decision::number_of_name;
use crate::fingerprint::Fingerprint;

/// The sections of a page, in their order.
pub(super) struct Page<'d>(Vec<&'d Document>);

/// Puts the sections of each page together, by the fingerprint of all.
pub(super) fn pages(documents: &[Document]) -> BTreeMap<String, Page<'_>> {
    let mut by_path: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in documents {
        by_path.entry(&document.path).or_default().push(document);
    }
    by_path.into_values().map(|sections| (Fingerprint::of(&sections).to_string(), Page(sections))).collect()
}

impl Page<'_> {
    /// Returns the page as tantivy takes it, and where its fields begin.
    pub(super) fn to_tantivy(&self, id: &str, fields: &Fields, groups: &Groups) -> (TantivyDocument, Vec<u32>) {
        let Fields { id: id_field, path, words, forms, spans, .. } = *fields;
        let mut out = TantivyDocument::new();
        let Some(first) = self.0.first() else { return (out, Vec::new()) };
        out.add_text(id_field, id);
        out.add_text(path, &first.path);
        let mut text = Text { groups, words: Vec::new(), forms: BTreeSet::new(), spans: vec![0] };
        text.add(&first.title);
        for section in &self.0 {
            text.add(&section.heading);
            text.add(&section.text);
            out.add_text(fields.stored, crate::data::to_json(*section));
        }
        out.add_pre_tokenized_text(words, PreTokenizedString { text: String::new(), tokens: text.words });
        text.forms.iter().for_each(|form| out.add_text(forms, form));
        text.spans.iter().for_each(|span| out.add_u64(spans, u64::from(*span)));
        facets(first, fields, &mut out);
        (out, text.spans)
    }
}

/// The text of a page as it grows.
struct Text<'g> {
    groups: &'g Groups,
    words: Vec<Token>,
    forms: BTreeSet<String>,
    spans: Vec<u32>,
}

impl Text<'_> {
    /// Adds a field.
    fn add(&mut self, text: &str) {
        let begin = self.spans.last().copied().unwrap_or(0);
        let mut end = begin;
        for token in tokens(text) {
            let position = begin.saturating_add(token.position);
            end = position.saturating_add(1);
            let text = self.groups.key(&token.text);
            self.words.push(Token { text, position: position as usize, position_length: 1, ..Token::default() });
            self.forms.insert(token.text);
        }
        self.spans.push(end.saturating_add(1));
    }
}

/// Adds what a page is filtered and called by.
fn facets(page: &Document, fields: &Fields, out: &mut TantivyDocument) {
    out.add_text(fields.kind, &page.kind);
    if let Some(state) = &page.status {
        out.add_text(fields.status, state);
    }
    for name in &page.tags {
        out.add_text(fields.tag, query::facet_value(name));
    }
    for name in page.people.iter().flat_map(|name| names_of(name)) {
        out.add_text(fields.person, name);
    }
    // A scope is found by each that it lies in.
    let lower = page.scope.to_lowercase();
    for (end, _) in lower.match_indices('/').chain([(lower.len(), "")]).filter(|(end, _)| *end > 0) {
        out.add_text(fields.scope, &lower[..end]);
    }
    for name in names(page) {
        out.add_text(fields.name, name);
    }
    if let Some(date) = page.date.as_deref().and_then(Date::parse) {
        out.add_u64(fields.day, query::day(date));
    }
    out.add_bool(fields.retired, matches!(page.status.as_deref(), Some("superseded" | "deprecated" | "rejected")));
}

/// Returns what a record is called: `packages/web/0012-use-x`, `0012-use-x`, `packages/web/12`, `12`.
fn names(page: &Document) -> BTreeSet<String> {
    let Some(id) = page.id.as_ref().map(|id| id.to_lowercase()) else { return BTreeSet::new() };
    let slug = id.rsplit('/').next().unwrap_or(&id).to_owned();
    let mut names: BTreeSet<String> = BTreeSet::new();
    if let Some(number) = number_of_name(&slug) {
        let scope = &id[..id.len() - slug.len()];
        names.extend([number.to_string(), format!("{scope}{number}")]);
    }
    names.extend([id, slug]);
    names
}
