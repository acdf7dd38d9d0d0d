//! The fields of the index, and how text becomes terms.

use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer, TokenStream,
};

/// Raised whenever the fields or the terms change, so that an index of an older program is made anew.
pub(super) const VERSION: u32 = 2;

/// Words longer than this are hashes and keys, which nobody types.
const LONGEST_WORD: usize = 80;

/// The fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// The fingerprint.
    pub(super) id: Field,
    /// Stemmed text, with positions for phrases.
    pub(super) title: Field,
    pub(super) heading: Field,
    pub(super) body: Field,
    /// Words as they are, for prefixes and typos: of title and heading, and of everything.
    pub(super) names: Field,
    pub(super) words: Field,
    pub(super) kind: Field,
    pub(super) status: Field,
    pub(super) tag: Field,
    pub(super) person: Field,
    pub(super) scope: Field,
    /// The document itself, as JSON.
    pub(super) stored: Field,
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = |tokenizer: &str, record| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let stemmed = text(STEMMED, IndexRecordOption::WithFreqsAndPositions);
    let plain = text(PLAIN, IndexRecordOption::WithFreqs);
    let fields = Fields {
        id: builder.add_text_field("id", STRING.set_fast("raw")),
        title: builder.add_text_field("title", stemmed.clone()),
        heading: builder.add_text_field("heading", stemmed.clone()),
        body: builder.add_text_field("body", stemmed),
        names: builder.add_text_field("names", plain.clone()),
        words: builder.add_text_field("words", plain),
        kind: builder.add_text_field("kind", STRING),
        status: builder.add_text_field("status", STRING),
        tag: builder.add_text_field("tag", STRING),
        person: builder.add_text_field("person", STRING),
        scope: builder.add_text_field("scope", STRING),
        stored: builder.add_text_field("stored", STORED),
    };
    (builder.build(), fields)
}

pub(super) const STEMMED: &str = "stemmed";
pub(super) const PLAIN: &str = "plain";

/// Lower case, accents folded.
pub(super) fn plain_analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

/// The same, and inflections removed where the language has a stemmer.
pub(super) fn stemmed_analyzer(language: &str) -> TextAnalyzer {
    let Some(language) = stemmer(language) else { return plain_analyzer() };
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(Stemmer::new(language))
        .build()
}

/// Returns the terms of a text with the bytes they stand at.
pub(super) fn terms(analyzer: &mut TextAnalyzer, text: &str) -> Vec<(String, std::ops::Range<usize>)> {
    let mut stream = analyzer.token_stream(text);
    let mut terms = Vec::new();
    while stream.advance() {
        let token = stream.token();
        terms.push((token.text.clone(), token.offset_from..token.offset_to));
    }
    terms
}

/// Picks the stemmer of a BCP 47 language tag.
fn stemmer(tag: &str) -> Option<Language> {
    let primary = tag.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    Some(match primary.as_str() {
        "ar" => Language::Arabic,
        "da" => Language::Danish,
        "nl" => Language::Dutch,
        "en" => Language::English,
        "fi" => Language::Finnish,
        "fr" => Language::French,
        "de" => Language::German,
        "el" => Language::Greek,
        "hu" => Language::Hungarian,
        "it" => Language::Italian,
        "no" | "nb" | "nn" => Language::Norwegian,
        "pt" => Language::Portuguese,
        "ro" => Language::Romanian,
        "ru" => Language::Russian,
        "es" => Language::Spanish,
        "sv" => Language::Swedish,
        "ta" => Language::Tamil,
        "tr" => Language::Turkish,
        _ => return None,
    })
}
