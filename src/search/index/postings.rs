//! The index as the ranking asks it.

use std::collections::BTreeSet;

use tantivy::DocSet as _;
use tantivy::postings::Postings as _;
use tantivy::schema::IndexRecordOption;

use super::super::rank::{ENDINGS, Posting, Postings, SIMILAR, coarsened, ends_so, expansions};
use super::super::synonym::Name;
use super::snapshot::{Snapshot, read_spans, spans_of, weigh};

impl Postings for Snapshot {
    type Error = tantivy::TantivyError;

    fn pages(&self) -> u64 {
        self.totals.pages
    }

    fn bound(&self) -> usize {
        self.bound
    }

    fn postings(&self, group: &str) -> tantivy::Result<Vec<Posting>> {
        let mut found = Vec::new();
        let (mut spans, mut positions) = (Vec::new(), Vec::new());
        self.each(self.fields.words, group, IndexRecordOption::WithFreqsAndPositions, |segment, postings| {
            let document = postings.doc();
            postings.positions(&mut positions);
            read_spans(&segment.spans, document, &mut spans);
            weigh(&self.averages, segment.begin + document, &spans, &positions, &mut found);
        })?;
        Ok(coarsened(found))
    }

    fn positions(&self, group: &str) -> tantivy::Result<Vec<(u32, Vec<u32>)>> {
        let mut found = Vec::new();
        self.each(self.fields.words, group, IndexRecordOption::WithFreqsAndPositions, |segment, postings| {
            let mut positions = Vec::new();
            postings.positions(&mut positions);
            found.push((segment.begin + postings.doc(), positions));
        })?;
        Ok(found)
    }

    fn group(&self, form: &str) -> tantivy::Result<Option<String>> {
        let key = self.groups.key(form);
        if self.count(&key)? == 0 {
            return Ok(None);
        }
        let known = self.has_form(form)? || self.groups.is_possible(&key, form);
        Ok(Some(key).filter(|_| known))
    }

    fn beginning(&self, prefix: &str) -> tantivy::Result<Vec<String>> {
        let mut groups = BTreeSet::new();
        for segment in &self.segments {
            let index = segment.reader.inverted_index(self.fields.forms)?;
            let mut stream = index.terms().range().ge(prefix.as_bytes()).into_stream()?;
            while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                if segment.has_any(&index, stream.value())? {
                    groups.extend(std::str::from_utf8(stream.key()).map(|form| self.groups.key(form)));
                }
            }
        }
        let mut groups = self.most_frequent(groups.into_iter().map(|key| (key.clone(), key)).collect())?;
        groups.truncate(expansions(prefix, self.totals.pages));
        Ok(groups.into_iter().map(|(group, _)| group).collect())
    }

    fn ending(&self, end: &str) -> tantivy::Result<Vec<String>> {
        let mut groups = BTreeSet::new();
        for segment in &self.segments {
            let index = segment.reader.inverted_index(self.fields.forms)?;
            let mut stream = index.terms().stream()?;
            while stream.advance() {
                let form = std::str::from_utf8(stream.key()).unwrap_or("");
                if ends_so(form, end) && segment.has_any(&index, stream.value())? {
                    groups.insert(self.groups.key(form));
                }
            }
        }
        groups.remove(&self.groups.key(end));
        let mut groups = self.most_frequent(groups.into_iter().map(|key| (key.clone(), key)).collect())?;
        groups.truncate(ENDINGS);
        Ok(groups.into_iter().map(|(group, _)| group).collect())
    }

    fn similar(&self, form: &str, distance: u8) -> tantivy::Result<Option<(String, Vec<String>)>> {
        let forms = self.forms_within(form, distance)?;
        let mut meant = self.most_frequent(forms.into_iter().map(|form| (self.groups.key(&form), form)).collect())?;
        meant.truncate(SIMILAR);
        let Some((_, first)) = meant.first() else { return Ok(None) };
        let first = first.clone();
        let mut groups = Vec::new();
        for (group, _) in meant {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        Ok(Some((first, groups)))
    }

    fn is_stop_word(&self, form: &str) -> bool {
        self.groups.is_stop_word(form)
    }

    fn joins_words(&self) -> bool {
        self.groups.joins_words()
    }

    fn synonyms(&self) -> &[Vec<Name>] {
        &self.synonyms
    }

    fn section_at(&self, page: u32, position: u32) -> Option<u32> {
        let (segment, document) = self.locate(page);
        let spans = spans_of(&self.segments[segment].spans, document);
        let span = spans.partition_point(|begin| *begin <= position).saturating_sub(1);
        (span.div_ceil(2) as u32).checked_sub(1)
    }

    fn by_path(&self, mut pages: Vec<u32>) -> tantivy::Result<Vec<u32>> {
        pages.sort_unstable();
        let mut named: Vec<(String, u32)> = Vec::new();
        for pages in pages.chunk_by(|one, other| self.locate(*one).0 == self.locate(*other).0) {
            let segment = &self.segments[self.locate(pages[0]).0];
            let Some(column) = segment.reader.fast_fields().str("path")? else { continue };
            let name_of = |page: &u32| Some((column.term_ords(page - segment.begin).next()?, *page));
            let mut names: Vec<(u64, u32)> = pages.iter().filter_map(name_of).collect();
            names.sort_unstable();
            let (names, pages): (Vec<u64>, Vec<u32>) = names.into_iter().unzip();
            let mut pages = pages.into_iter();
            column.dictionary().sorted_ords_to_term_cb(&names, |name| {
                named.extend(pages.next().map(|page| (String::from_utf8_lossy(name).into_owned(), page)));
            })?;
        }
        named.sort();
        Ok(named.into_iter().map(|(_, page)| page).collect())
    }

    fn weight(&self, page: u32) -> u64 {
        let (segment, document) = self.locate(page);
        self.segments[segment].weight.first(document).unwrap_or(100)
    }
}
