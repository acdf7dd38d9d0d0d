//! Answers a query: plans it, ranks the pages, reads the first of them, shows the best section of each.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};

use super::super::document::Document;
use super::super::excerpt::looks_like_code;
use super::super::near::{Reader, Reading, begin_of};
use super::super::plan::plan;
use super::super::query::{Clause, Filters, LastWord, Parsed, Request, parse};
use super::super::rank::{NAMED, Plan, Postings, READ, Ranked, rank, weighed};
use super::select::Selection;
use super::snapshot::Snapshot;
use super::{Hit, Results};
use crate::decision::number_of_name;

/// A page that was read.
struct Found<'r> {
    score: u64,
    /// Its best section.
    document: Document,
    reading: Reading<'r>,
}

/// Returns the best pages, and what is to be said of the query.
pub(super) fn answer(snapshot: &Snapshot, request: &Request) -> tantivy::Result<Results> {
    let mut parsed = parse(&request.text);
    parsed.filters.extend(&request.filters);
    let filtered = parsed.filters != Filters::default() || parsed.days.any();
    let typing = request.last_word == LastWord::Typing && !request.text.ends_with(char::is_whitespace);
    let plan = plan(snapshot, &parsed, typing)?;
    let asks = !plan.wants.is_empty() || !plan.phrases.is_empty();
    if !asks && (!parsed.wanted.is_empty() || !filtered) {
        return Ok(results(request, plan, Vec::new(), 0)); // Nothing or only signs were typed.
    }
    let selection = Selection::new(snapshot, &parsed)?;
    let named = named(snapshot, &parsed)?;
    let allowed = |page| snapshot.is_alive(page) && selection.allows(page);
    let ranking = rank(snapshot, &plan, &named, request.limit, allowed)?;
    let reader = Reader::new(&plan, snapshot.groups());
    let mut found = Vec::new();
    for (at, ranked) in ranking.pages.into_iter().take(request.limit.max(READ)).enumerate() {
        let Some(document) = section(snapshot, &ranked)? else { continue };
        let Ranked { page, mut score, is_whole, .. } = ranked;
        let reading = reader.read(begin_of(&document.text));
        if at < READ {
            score += weighed(snapshot, page, reader.bonus(&document.title, &document.heading, &reading, &ranking.idf));
            if is_whole && document.status.as_deref() != Some("superseded") {
                let weighed = score % NAMED;
                score += weighed * 100 / snapshot.weight(page).min(100) - weighed;
            }
        }
        found.push(Found { score, document, reading });
    }
    found.sort_by_key(|found| Reverse(found.score));
    let mut found = behind_successors(found);
    found.truncate(request.limit);
    let shows_code = looks_like_code(&request.text);
    let hits = found.into_iter().map(|found| hit(&reader, found, shows_code)).collect();
    Ok(results(request, plan, hits, ranking.total))
}

fn results(request: &Request, plan: Plan, results: Vec<Hit>, total: usize) -> Results {
    let Plan { unknown, corrected, synonyms, .. } = plan;
    Results { query: request.text.clone(), results, total, unknown, corrected, synonyms }
}

/// Puts a record that was replaced behind the first of those that took its place, where it stands before all of these.
fn behind_successors(found: Vec<Found<'_>>) -> Vec<Found<'_>> {
    if found.iter().all(|found| found.document.successors.is_empty()) {
        return found;
    }
    let mut later: BTreeMap<String, Vec<Found<'_>>> = BTreeMap::new();
    let places: BTreeMap<String, usize> =
        found.iter().enumerate().map(|(at, found)| (found.document.path.clone(), at)).collect();
    let mut ordered = Vec::new();
    for (at, result) in found.into_iter().enumerate() {
        let first = result.document.successors.iter().filter_map(|path| Some((*places.get(path)?, path))).min();
        match first.filter(|(place, _)| *place > at) {
            Some((_, path)) => later.entry(path.clone()).or_default().push(result),
            None => {
                let mut open = vec![result];
                while let Some(result) = open.pop() {
                    open.extend(later.remove(&result.document.path).unwrap_or_default().into_iter().rev());
                    ordered.push(result);
                }
            }
        }
    }
    ordered
}

/// Reads a section of a page.
fn section(snapshot: &Snapshot, ranked: &Ranked) -> tantivy::Result<Option<Document>> {
    let (segment, document) = snapshot.locate(ranked.page);
    let stored: TantivyDocument = snapshot.searcher.doc(DocAddress::new(segment as u32, document))?;
    let mut sections = stored.get_all(snapshot.fields.stored);
    let json = sections.nth(ranked.section as usize).and_then(|value| value.as_str()).unwrap_or("");
    Ok(crate::data::from_json(json.as_bytes()))
}

/// Returns the records whose id, number or name the one or two words of a query are. Without a digit or a sign they are
/// none.
fn named(snapshot: &Snapshot, parsed: &Parsed) -> tantivy::Result<Vec<u32>> {
    let text = match &parsed.wanted[..] {
        [Clause::Words(word)] => word.to_lowercase(),
        [Clause::Words(one), Clause::Words(other)] => format!("{one} {other}").to_lowercase(),
        _ => return Ok(Vec::new()),
    };
    let is_name = text.contains(|letter: char| letter.is_ascii_digit() || matches!(letter, '-' | '_' | '/'));
    if !is_name || !parsed.unwanted.is_empty() {
        return Ok(Vec::new());
    }
    let text = text.trim_start_matches("./").trim_end_matches(".md");
    let mut pages = snapshot.with_term(snapshot.fields.name, text)?;
    let slug = text.rsplit('/').next().unwrap_or(text);
    let number =
        number_of_name(slug).filter(|_| slug.ends_with(|last: char| last.is_ascii_digit()) && !is_of_parts(slug));
    if let Some(number) = number.filter(|_| pages.is_empty()) {
        let name = format!("{}{number}", &text[..text.len() - slug.len()]);
        pages = snapshot.with_term(snapshot.fields.name, &name)?;
    }
    Ok(pages.into_iter().collect())
}

/// Says whether a number goes on after a point or colon, as in `3.12`, `1.2.3` and `10:36`: a version, a price, a time.
fn is_of_parts(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit();
    text.as_bytes().windows(3).any(|part| digit(part[0]) && matches!(part[1], b'.' | b':') && digit(part[2]))
}

fn hit(reader: &Reader, Found { score, document, reading }: Found<'_>, shows_code: bool) -> Hit {
    let excerpt = reader.excerpt(begin_of(&document.text), &reading, shows_code);
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
        successors: _,
        boost: _,
        text: _,
    } = document;
    Hit { title, heading, path, line, url, breadcrumb, kind, status, date, tags, id, scope, score, excerpt }
}
