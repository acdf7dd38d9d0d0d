//! One state of the index, as the ranking asks it.
//!
//! Pages that were removed lie in their segments until these are merged. They are passed over here and never counted, so
//! that an index answers by what it holds and not by how it came to hold it.

use std::collections::BTreeSet;
use std::io;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use tantivy::columnar::Column;
use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader, Searcher, SegmentReader, TERMINATED, Term};

use super::super::group::Groups;
use super::super::rank::{Averages, Posting, Postings as _, is_similar, section_impact, title_impact};
use super::super::schema::Fields;
use super::super::synonym::Name;

/// What an index knows beside its pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) totals: Totals,
    /// Names that mean the same.
    pub(super) synonyms: Vec<Vec<String>>,
}

/// What all pages come to. It is kept beside the segments, since counting takes time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Totals {
    pub(super) pages: u64,
    /// Words and fields that have any.
    title: (u64, u64),
    heading: (u64, u64),
    body: (u64, u64),
}

impl Totals {
    /// Adds a page by where its fields begin.
    pub(super) fn add(&mut self, spans: &[u32]) {
        self.pages += 1;
        for (at, pair) in spans.windows(2).enumerate() {
            let (words, fields) = match at {
                0 => &mut self.title,
                _ if at % 2 == 1 => &mut self.heading,
                _ => &mut self.body,
            };
            let length = u64::from(length(pair));
            *words += length;
            *fields += u64::from(length > 0);
        }
    }
}

fn length(pair: &[u32]) -> u32 {
    pair[1].saturating_sub(pair[0]).saturating_sub(1)
}

/// A state of the index. The number of a page is its place in the segments one after the other.
pub(in crate::search) struct Snapshot {
    pub(super) searcher: Searcher,
    pub(super) fields: Fields,
    pub(super) segments: Vec<Segment>,
    pub(super) bound: usize,
    pub(super) totals: Totals,
    pub(super) averages: Averages,
    pub(super) groups: Groups,
    pub(super) synonyms: Vec<Vec<Name>>,
    order: OnceLock<Vec<u32>>,
}

pub(super) struct Segment {
    pub(super) reader: SegmentReader,
    /// The number of its first page.
    pub(super) begin: u32,
    pub(super) spans: Column<u64>,
    pub(super) weight: Column<u64>,
}

impl Segment {
    /// Counts the pages that have a term: without a look at them where none was removed.
    pub(super) fn count(&self, index: &InvertedIndexReader, info: &TermInfo) -> io::Result<u32> {
        match self.reader.alive_bitset() {
            None => Ok(info.doc_freq),
            Some(alive) => {
                let postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                Ok(postings.doc_freq_given_deletes(alive))
            }
        }
    }

    /// Says whether some page has a term.
    pub(super) fn has_any(&self, index: &InvertedIndexReader, info: &TermInfo) -> io::Result<bool> {
        if !self.reader.has_deletes() {
            return Ok(true);
        }
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED {
            if !self.reader.is_deleted(postings.doc()) {
                return Ok(true);
            }
            postings.advance();
        }
        Ok(false)
    }
}

impl Snapshot {
    pub(super) fn new(searcher: Searcher, fields: Fields, known: Known, language: &str) -> tantivy::Result<Self> {
        let Known { totals, synonyms } = known;
        let mut segments = Vec::new();
        let mut begin = 0;
        for reader in searcher.segment_readers() {
            let (spans, weight) = (reader.fast_fields().u64("spans")?, reader.fast_fields().u64("weight")?);
            segments.push(Segment { reader: reader.clone(), begin, spans, weight });
            begin += reader.max_doc();
        }
        let Totals { pages: _, title, heading, body } = totals;
        let averages = Averages::new(title, heading, body);
        let (groups, order, bound) = (Groups::new(language), OnceLock::new(), begin as usize);
        let synonyms =
            synonyms.iter().map(|names| names.iter().map(|name| Name::new(name, &groups)).collect()).collect();
        Ok(Self { searcher, fields, segments, bound, totals, averages, groups, synonyms, order })
    }

    /// Returns a number above those of all pages.
    pub(super) fn bound(&self) -> usize {
        self.bound
    }

    pub(in crate::search) fn groups(&self) -> &Groups {
        &self.groups
    }

    /// Returns the names that mean the same, as the team writes them.
    pub(super) fn names(&self) -> Vec<Vec<String>> {
        self.synonyms.iter().map(|names| names.iter().map(|name| name.text.clone()).collect()).collect()
    }

    /// Returns the segments, each with the number of its first page.
    pub(super) fn segments(&self) -> impl Iterator<Item = (u32, &SegmentReader)> {
        self.segments.iter().map(|segment| (segment.begin, &segment.reader))
    }

    /// Returns the segment of a page and its number there.
    pub(super) fn locate(&self, page: u32) -> (usize, u32) {
        let at = self.segments.partition_point(|segment| segment.begin <= page).saturating_sub(1);
        (at, page - self.segments[at].begin)
    }

    /// Says whether a page has not been removed.
    pub(super) fn is_alive(&self, page: u32) -> bool {
        let (segment, document) = self.locate(page);
        !self.segments[segment].reader.is_deleted(document)
    }

    /// Calls back with each page that has a term, and the segment of it.
    pub(super) fn each(
        &self,
        field: Field,
        text: &str,
        record: IndexRecordOption,
        mut found: impl FnMut(&Segment, &mut SegmentPostings),
    ) -> tantivy::Result<()> {
        let term = Term::from_field_text(field, text);
        for segment in &self.segments {
            let Some(mut postings) = segment.reader.inverted_index(field)?.read_postings(&term, record)? else {
                continue;
            };
            while postings.doc() != TERMINATED {
                if !segment.reader.is_deleted(postings.doc()) {
                    found(segment, &mut postings);
                }
                postings.advance();
            }
        }
        Ok(())
    }

    /// Returns the pages that have a term.
    pub(super) fn with_term(&self, field: Field, text: &str) -> tantivy::Result<BTreeSet<u32>> {
        let mut pages = BTreeSet::new();
        self.each(field, text, IndexRecordOption::Basic, |segment, postings| {
            pages.insert(segment.begin + postings.doc());
        })?;
        Ok(pages)
    }

    /// Counts the pages that have a group.
    pub(super) fn count(&self, group: &str) -> tantivy::Result<u64> {
        let term = Term::from_field_text(self.fields.words, group);
        let mut pages = 0;
        for segment in &self.segments {
            let index = segment.reader.inverted_index(self.fields.words)?;
            if let Some(info) = index.get_term_info(&term)? {
                pages += u64::from(segment.count(&index, &info)?);
            }
        }
        Ok(pages)
    }

    /// Orders groups by their pages, and those of equals by what they stand for.
    pub(super) fn most_frequent(&self, groups: Vec<(String, String)>) -> tantivy::Result<Vec<(String, String)>> {
        let mut counted = Vec::new();
        for (group, meant) in groups {
            counted.push((self.count(&group)?, meant, group));
        }
        counted.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        Ok(counted.into_iter().map(|(_, meant, group)| (group, meant)).collect())
    }

    /// Says whether some page has a form.
    pub(super) fn has_form(&self, form: &str) -> tantivy::Result<bool> {
        let term = Term::from_field_text(self.fields.forms, form);
        for segment in &self.segments {
            let index = segment.reader.inverted_index(self.fields.forms)?;
            if let Some(info) = index.get_term_info(&term)?
                && segment.has_any(&index, &info)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns the forms at a distance at most that may be meant.
    pub(super) fn forms_within(&self, word: &str, distance: u8) -> tantivy::Result<BTreeSet<String>> {
        let query = FuzzyTermQuery::new(Term::from_field_text(self.fields.forms, word), distance, true);
        let mut forms = BTreeSet::new();
        for segment in &self.segments {
            let index = segment.reader.inverted_index(self.fields.forms)?;
            let mut stream = index.terms().search(query.automaton()?).into_stream()?;
            while stream.advance() {
                let form = std::str::from_utf8(stream.key()).unwrap_or("");
                if is_similar(form, word) && segment.has_any(&index, stream.value())? {
                    forms.insert(form.to_owned());
                }
            }
        }
        Ok(forms)
    }

    /// Returns the place of each page in the order of their paths, by its number in the index.
    pub(super) fn order(&self) -> tantivy::Result<&[u32]> {
        if self.order.get().is_none() {
            let alive = self.segments().flat_map(|(begin, segment)| segment.doc_ids_alive().map(move |at| begin + at));
            let mut order = vec![u32::MAX; self.bound];
            for (place, page) in (0..).zip(self.by_path(alive.collect())?) {
                order[page as usize] = place;
            }
            return Ok(self.order.get_or_init(|| order));
        }
        Ok(self.order.get().map_or(&[], Vec::as_slice))
    }
}

/// Reads where the fields of a page begin.
pub(super) fn spans_of(column: &Column<u64>, document: u32) -> Vec<u32> {
    let mut spans = Vec::new();
    read_spans(column, document, &mut spans);
    spans
}

/// Reads where the fields of a page begin, in place of what was there.
pub(super) fn read_spans(column: &Column<u64>, document: u32, into: &mut Vec<u32>) {
    into.clear();
    into.extend(column.values_for_doc(document).map(|begin| u32::try_from(begin).unwrap_or(u32::MAX)));
}

/// Turns the positions of a group in a page into impacts.
pub(super) fn weigh(averages: &Averages, page: u32, spans: &[u32], positions: &[u32], into: &mut Vec<Posting>) {
    let (mut span, mut rest) = (0, positions);
    while let Some(first) = rest.first() {
        while spans.get(span + 1).is_some_and(|next| next <= first) {
            span += 1;
        }
        // How many stand in a field, and how many words it has.
        let mut take = |span: usize| {
            let end = spans.get(span + 1).copied().unwrap_or(u32::MAX);
            let count = rest.iter().take_while(|position| **position < end).count();
            rest = &rest[count..];
            (count as u32, spans.get(span..span + 2).map_or(0, length))
        };
        let place = span.div_ceil(2);
        let head = take((place * 2).saturating_sub(1));
        let impact = match place {
            0 => title_impact(averages, head),
            section => section_impact(averages, head, take(section * 2)),
        };
        let words = if head.0 > 0 { head.1.min(127) as u8 } else { 0 };
        into.push(Posting { page, place: place as u32, impact, words });
        span = place * 2 + 1;
    }
}
