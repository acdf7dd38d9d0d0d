//! The fields of the index: a page is a document of tantivy, and its text one sequence of positions.
//!
//! The positions of a page are those of its title, then of each section's heading and text, one left free after each;
//! `spans` holds where each begins, and where the last would end. So one list of positions answers how often and where
//! a word stands, and no phrase reaches from one field into the next.

use super::index::TOKENIZER;
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};

/// Raised whenever the fields or the terms change, so that an index of an older program is made anew.
pub(super) const VERSION: u32 = 7;

/// The fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// The fingerprint of the page's documents.
    pub(super) id: Field,
    /// The path of the source.
    pub(super) path: Field,
    /// The keys of the groups of words, with positions.
    pub(super) words: Field,
    /// Words as they are, for beginnings and typos.
    pub(super) forms: Field,
    pub(super) spans: Field,
    /// What a record is called: its id, its number, its number in its scope.
    pub(super) name: Field,
    pub(super) kind: Field,
    pub(super) status: Field,
    pub(super) tag: Field,
    pub(super) person: Field,
    pub(super) scope: Field,
    /// The page's day: 20240116.
    pub(super) day: Field,
    /// What the page counts, of 100.
    pub(super) weight: Field,
    /// The sections, each as JSON.
    pub(super) stored: Field,
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let words = TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_fieldnorms(false);
    let words = words.set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let fields = Fields {
        id: builder.add_text_field("id", STRING.set_fast("raw")),
        path: builder.add_text_field("path", TextOptions::default().set_fast("raw")),
        words: builder.add_text_field("words", TextOptions::default().set_indexing_options(words)),
        forms: builder.add_text_field("forms", STRING),
        spans: builder.add_u64_field("spans", FAST),
        name: builder.add_text_field("name", STRING),
        kind: builder.add_text_field("kind", STRING),
        status: builder.add_text_field("status", STRING),
        tag: builder.add_text_field("tag", STRING),
        person: builder.add_text_field("person", STRING),
        scope: builder.add_text_field("scope", STRING),
        day: builder.add_u64_field("day", FAST),
        weight: builder.add_u64_field("weight", FAST),
        stored: builder.add_text_field("stored", STORED),
    };
    (builder.build(), fields)
}
