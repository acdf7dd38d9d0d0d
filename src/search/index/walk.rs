//! All that an index holds, for who writes it elsewhere. Pages are numbered by their paths here.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::postings::Postings as _;
use tantivy::schema::IndexRecordOption;

use super::snapshot::{Snapshot, spans_of, weigh};
use crate::search::facet::Facet;
use crate::search::rank::Posting;

/// A group of words in a place of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Place {
    /// With its impact as it is.
    pub(in crate::search) posting: Posting,
    /// Where it stands there, from the beginning of the title or of the section's heading.
    pub(in crate::search) positions: Vec<u32>,
}

/// Where the fields of each page begin, by its number in the index.
pub(in crate::search) struct Spans(Vec<Vec<u32>>);

impl Snapshot {
    /// Returns every form that a page has.
    pub(in crate::search) fn forms(&self) -> tantivy::Result<BTreeSet<String>> {
        let mut forms = BTreeSet::new();
        for segment in &self.segments {
            let index = segment.reader.inverted_index(self.fields.forms)?;
            let mut stream = index.terms().stream()?;
            while stream.advance() {
                if segment.has_any(&index, stream.value())? {
                    forms.extend(std::str::from_utf8(stream.key()).map(str::to_owned));
                }
            }
        }
        Ok(forms)
    }

    /// Returns the values of a facet with how many pages have each, the most frequent first.
    pub(super) fn values(&self, facet: Facet) -> tantivy::Result<Vec<(String, usize)>> {
        let field = self.searcher.schema().get_field(facet.field())?;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for segment in &self.segments {
            let index = segment.reader.inverted_index(field)?;
            let mut stream = index.terms().stream()?;
            while stream.advance() {
                let value = String::from_utf8_lossy(stream.key()).into_owned();
                *counts.entry(value).or_default() += segment.count(&index, stream.value())? as usize;
            }
        }
        let mut values: Vec<(String, usize)> = counts.into_iter().filter(|(_, pages)| *pages > 0).collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(values)
    }

    /// Returns the years of pages with how many pages have each, the newest first.
    pub(super) fn years(&self) -> tantivy::Result<Vec<(String, usize)>> {
        let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
        for segment in &self.segments {
            let days = segment.reader.fast_fields().u64("day")?;
            for document in segment.reader.doc_ids_alive() {
                if let Some(day) = days.first(document) {
                    *counts.entry(day / 10_000).or_default() += 1;
                }
            }
        }
        Ok(counts.into_iter().rev().map(|(year, pages)| (year.to_string(), pages)).collect())
    }

    /// Reads where the fields of all pages begin.
    pub(in crate::search) fn spans(&self) -> tantivy::Result<Spans> {
        self.order()?; // Counted once here, and not by each of many threads.
        let segments = self.segments.iter();
        Ok(Spans(
            segments.flat_map(|segment| (0..segment.reader.max_doc()).map(|at| spans_of(&segment.spans, at))).collect(),
        ))
    }

    /// Returns where a group stands, in the order of pages and places.
    pub(in crate::search) fn places(&self, group: &str, spans: &Spans) -> tantivy::Result<Vec<Place>> {
        let order = self.order()?;
        let mut places = Vec::new();
        let (mut positions, mut found) = (Vec::new(), Vec::new());
        self.each(self.fields.words, group, IndexRecordOption::WithFreqsAndPositions, |segment, postings| {
            let page = segment.begin + tantivy::DocSet::doc(postings);
            let spans = &spans.0[page as usize];
            postings.positions(&mut positions);
            found.clear();
            weigh(&self.averages, page, spans, &positions, &mut found);
            places.extend(found.iter().map(|posting| {
                let (begin, end) = extent(spans, posting.place);
                let from = positions.partition_point(|position| *position < begin);
                let until = positions.partition_point(|position| *position < end);
                let mut positions: Vec<u32> = positions[from..until].iter().map(|position| position - begin).collect();
                positions.dedup(); // A word and its part may be of one group.
                Place { posting: Posting { page: order[page as usize], ..*posting }, positions }
            }));
        })?;
        places.sort_unstable_by_key(|place| (place.posting.page, place.posting.place));
        Ok(places)
    }
}

/// Returns where a place of a page begins and ends: a title is one field, a section its heading and its text.
fn extent(spans: &[u32], place: u32) -> (u32, u32) {
    let first = (place as usize * 2).saturating_sub(1);
    let last = place as usize * 2 + 1;
    let at = |span: usize| spans.get(span).copied().unwrap_or(u32::MAX);
    (at(first), at(last))
}
