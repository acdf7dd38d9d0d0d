//! Answers a query: strictly first, then forgiving typos, then with some of the words only.

use std::collections::BTreeSet;

use tantivy::collector::TopDocs;
use tantivy::query::{
    BooleanQuery, BoostQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Searcher, TantivyDocument, Term};

use super::super::document::Document;
use super::super::excerpt;
use super::super::query::{Clause, LastWord, Parsed, Request, parse};
use super::super::schema;
use super::{Hit, Index, Results};

/// How much a word counts by where it stands.
const TITLE: f32 = 4.0;
const HEADING: f32 = 2.5;
const BODY: f32 = 1.0;

/// How much a prefix or a forgiven typo counts against the word itself.
const PREFIX: f32 = 0.6;
const TYPO: f32 = 0.3;

/// What a decision no longer in force counts against one that is.
const NOT_IN_FORCE: f32 = 0.7;

/// How many words a prefix may stand for.
const EXPANSIONS: usize = 64;

/// How strictly a query is read.
#[derive(Clone, Copy, PartialEq)]
enum Reading {
    Strict,
    Forgiving,
    Partial,
}

pub(super) fn answer(index: &Index, request: &Request) -> tantivy::Result<Results> {
    let mut parsed = parse(&request.text);
    let Some(asking) = Asking::new(index, request, &mut parsed) else {
        return Ok(Results { query: request.text.clone(), results: Vec::new() });
    };
    let mut hits = Vec::new();
    for reading in [Reading::Strict, Reading::Forgiving, Reading::Partial] {
        hits = asking.hits(reading, request.limit)?;
        if !hits.is_empty() {
            break;
        }
    }
    Ok(Results { query: request.text.clone(), results: hits })
}

struct Asking<'a> {
    index: &'a Index,
    searcher: Searcher,
    parsed: &'a Parsed,
    typing: bool,
}

impl<'a> Asking<'a> {
    /// Returns nothing when the query asks for nothing.
    fn new(index: &'a Index, request: &Request, parsed: &'a mut Parsed) -> Option<Self> {
        parsed.filters.extend(&request.filters);
        let filtered = parsed.filters.by_field().iter().any(|(_, values)| !values.is_empty());
        let asks = filtered || !parsed.wanted.is_empty();
        let typing = request.last_word == LastWord::Typing && !request.text.ends_with(char::is_whitespace);
        asks.then(|| Self { index, searcher: index.reader.searcher(), parsed, typing })
    }

    fn hits(&self, reading: Reading, limit: usize) -> tantivy::Result<Vec<Hit>> {
        let query = self.query(reading)?;
        // Several sections of one page answer; the best of each page is shown.
        let mut wanted = limit.saturating_mul(4).saturating_add(20);
        loop {
            let found = self.searcher.search(&query, &TopDocs::with_limit(wanted).order_by_score())?;
            let complete = found.len() < wanted;
            let mut documents = Vec::with_capacity(found.len());
            for (score, address) in found {
                let stored: TantivyDocument = self.searcher.doc(address)?;
                let json = stored.get_first(self.index.fields.stored).and_then(|value| value.as_str()).unwrap_or("");
                if let Some(document) = crate::data::from_json::<Document>(json.as_bytes()) {
                    documents.push((weigh(score, &document), document));
                }
            }
            let pages: BTreeSet<&String> = documents.iter().map(|(_, document)| &document.path).collect();
            if pages.len() >= limit || complete {
                return Ok(self.best_of_pages(documents, limit));
            }
            wanted = wanted.saturating_mul(4);
        }
    }

    fn best_of_pages(&self, mut documents: Vec<(f32, Document)>, limit: usize) -> Vec<Hit> {
        documents.sort_by(|(a, x), (b, y)| {
            b.total_cmp(a).then_with(|| x.path.cmp(&y.path)).then_with(|| x.line.cmp(&y.line))
        });
        let mut seen = BTreeSet::new();
        documents.retain(|(_, document)| seen.insert(document.path.clone()));
        documents.truncate(limit);
        documents.into_iter().map(|(score, document)| self.hit(score, document)).collect()
    }

    fn query(&self, reading: Reading) -> tantivy::Result<BooleanQuery> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let last = self.parsed.wanted.len().wrapping_sub(1);
        let occur = if reading == Reading::Partial { Occur::Should } else { Occur::Must };
        for (at, clause) in self.parsed.wanted.iter().enumerate() {
            let typing = self.typing && at == last;
            if let Some(query) = self.clause(clause, reading, typing)? {
                clauses.push((occur, query));
            }
        }
        if clauses.is_empty() && !self.parsed.wanted.is_empty() {
            return Ok(BooleanQuery::new(vec![])); // only signs were typed
        }
        for clause in &self.parsed.unwanted {
            if let Some(query) = self.clause(clause, Reading::Strict, false)? {
                clauses.push((Occur::MustNot, query));
            }
        }
        for (occur, filters) in [(Occur::Must, &self.parsed.filters), (Occur::MustNot, &self.parsed.unwanted_filters)] {
            for (name, values) in filters.by_field().into_iter().filter(|(_, values)| !values.is_empty()) {
                let field = self.index.index.schema().get_field(name)?;
                let alternatives = values.iter().map(|value| term(field, value)).map(|query| (Occur::Should, query));
                clauses
                    .push((occur, Box::new(BoostQuery::new(Box::new(BooleanQuery::new(alternatives.collect())), 0.0))));
            }
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, Box::new(tantivy::query::AllQuery)));
        }
        let mut query = BooleanQuery::new(clauses);
        if reading == Reading::Partial && !self.parsed.wanted.is_empty() {
            query.set_minimum_number_should_match(1);
        }
        Ok(query)
    }

    /// Returns the query of a clause; nothing when its text has no words.
    fn clause(&self, clause: &Clause, reading: Reading, typing: bool) -> tantivy::Result<Option<Box<dyn Query>>> {
        let fields = &self.index.fields;
        let mut alternatives: Vec<Box<dyn Query>> = Vec::new();
        match clause {
            Clause::Words(text) | Clause::Phrase(text) => {
                let terms = schema::terms(&mut schema::stemmed_analyzer(&self.index.language), text);
                if terms.is_empty() {
                    return Ok(None);
                }
                for (field, boost) in [(fields.title, TITLE), (fields.heading, HEADING), (fields.body, BODY)] {
                    let query = words_together(field, &terms);
                    alternatives.push(Box::new(BoostQuery::new(query, boost)));
                }
                let plain = schema::terms(&mut schema::plain_analyzer(), text);
                let single = matches!(clause, Clause::Words(_)).then_some(&plain[..]);
                if let Some([(word, _)]) = single {
                    if typing {
                        self.prefix(word, &mut alternatives)?;
                    }
                    if reading != Reading::Strict {
                        typos(word, fields, &mut alternatives);
                    }
                }
            }
            Clause::Prefix(text) => {
                let Some((word, _)) = schema::terms(&mut schema::plain_analyzer(), text).pop() else { return Ok(None) };
                self.prefix(&word, &mut alternatives)?;
            }
        }
        Ok(Some(Box::new(DisjunctionMaxQuery::with_tie_breaker(alternatives, 0.3))))
    }

    /// Adds the words that begin so, those in most documents first.
    fn prefix(&self, prefix: &str, alternatives: &mut Vec<Box<dyn Query>>) -> tantivy::Result<()> {
        for (field, boost) in [(self.index.fields.names, TITLE), (self.index.fields.words, BODY)] {
            let mut found = std::collections::BTreeMap::<String, u32>::new();
            for segment in self.searcher.segment_readers() {
                let inverted = segment.inverted_index(field)?;
                let mut stream = inverted.terms().range().ge(prefix.as_bytes()).into_stream()?;
                while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                    if let Ok(word) = std::str::from_utf8(stream.key()) {
                        *found.entry(word.to_owned()).or_default() += stream.value().doc_freq;
                    }
                }
            }
            let mut found: Vec<(String, u32)> = found.into_iter().collect();
            found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            for (word, _) in found.into_iter().take(EXPANSIONS) {
                alternatives.push(Box::new(BoostQuery::new(term(field, &word), boost * PREFIX)));
            }
        }
        if alternatives.is_empty() {
            alternatives.push(Box::new(BooleanQuery::new(vec![])));
        }
        Ok(())
    }

    fn hit(&self, score: f32, document: Document) -> Hit {
        let marks = Marker::new(&self.index.language, self.parsed, self.typing).marks(&document.text);
        let Document {
            url,
            path,
            line,
            title,
            heading,
            breadcrumb,
            kind,
            status,
            date,
            tags,
            id,
            scope,
            people: _,
            text,
        } = document;
        Hit {
            excerpt: excerpt::cut(&text, &marks),
            title,
            heading,
            path,
            line,
            url,
            breadcrumb,
            kind,
            status,
            date,
            tags,
            id,
            scope,
            score,
        }
    }
}

fn weigh(score: f32, document: &Document) -> f32 {
    match document.status.as_deref() {
        Some("superseded" | "deprecated" | "rejected") => score * NOT_IN_FORCE,
        _ => score,
    }
}

fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

fn words_together(field: Field, terms: &[(String, std::ops::Range<usize>)]) -> Box<dyn Query> {
    match terms {
        [(word, _)] => term(field, word),
        many => Box::new(PhraseQuery::new(many.iter().map(|(word, _)| Term::from_field_text(field, word)).collect())),
    }
}

/// Adds the words at one typo (from four letters on) or two (from eight).
fn typos(word: &str, fields: &schema::Fields, alternatives: &mut Vec<Box<dyn Query>>) {
    let Some(distance) = typos_allowed(word) else { return };
    for (field, boost) in [(fields.names, TITLE), (fields.words, BODY)] {
        let query = FuzzyTermQuery::new(Term::from_field_text(field, word), distance, true);
        alternatives.push(Box::new(BoostQuery::new(Box::new(query), boost * TYPO)));
    }
}

fn typos_allowed(word: &str) -> Option<u8> {
    match word.chars().count() {
        0..4 => None,
        4..8 => Some(1),
        _ => Some(2),
    }
}

/// Finds in a text the words that a query asked for.
struct Marker {
    stemmed: TextAnalyzer,
    plain: TextAnalyzer,
    stems: Vec<String>,
    prefixes: Vec<String>,
    words: Vec<String>,
}

impl Marker {
    fn new(language: &str, parsed: &Parsed, typing: bool) -> Self {
        let (mut stemmed, mut plain) = (schema::stemmed_analyzer(language), schema::plain_analyzer());
        let (mut stems, mut prefixes, mut words) = (Vec::new(), Vec::new(), Vec::new());
        for (at, clause) in parsed.wanted.iter().enumerate() {
            let (Clause::Words(text) | Clause::Phrase(text) | Clause::Prefix(text)) = clause;
            let own: Vec<String> = schema::terms(&mut plain, text).into_iter().map(|(word, _)| word).collect();
            if matches!(clause, Clause::Prefix(_)) || typing && at + 1 == parsed.wanted.len() {
                prefixes.extend(own.last().cloned());
            }
            if !matches!(clause, Clause::Prefix(_)) {
                stems.extend(schema::terms(&mut stemmed, text).into_iter().map(|(word, _)| word));
                words.extend(own);
            }
        }
        Self { stemmed, plain, stems, prefixes, words }
    }

    /// Exact words first; where there is none, words at a typo's distance.
    fn marks(mut self, text: &str) -> Vec<(usize, std::ops::Range<usize>)> {
        let stems = schema::terms(&mut self.stemmed, text);
        let plain = schema::terms(&mut self.plain, text);
        let exact = |((stem, _), (word, range)): (&(String, _), &(String, std::ops::Range<usize>))| {
            let by_stem = self.stems.iter().position(|wanted| wanted == stem);
            let by_prefix =
                || self.prefixes.iter().position(|prefix| word.starts_with(prefix.as_str())).map(|at| at + 1000);
            by_stem.or_else(by_prefix).map(|at| (at, range.clone()))
        };
        let marks: Vec<_> = stems.iter().zip(&plain).filter_map(exact).collect();
        if !marks.is_empty() {
            return marks;
        }
        let near = |(word, range): &(String, std::ops::Range<usize>)| {
            let near = |wanted: &String| {
                typos_allowed(wanted).is_some_and(|typos| crate::diagnostic::within(wanted, word, typos.into()))
            };
            let wanted = self.words.iter().position(near)?;
            Some((wanted, range.clone()))
        };
        plain.iter().filter_map(near).collect()
    }
}
