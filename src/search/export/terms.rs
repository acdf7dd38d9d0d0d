//! Words: groups of inflections with the pages that have them, and names of records.
//!
//! A file of words is binary. Numbers are unsigned LEB128. First the length of a text and the text in UTF-8: a line for
//! each group, its key and, unless that is its only form, a space and a code for each form: the rest after the key, or `<` and
//! the rest after the key less its last letter. The key of a name is U+0001 and the name; it has no forms. Then columns, each for
//! all groups one after the other:
//!
//! 1. the number of pages of each group;
//! 2. the endings that make further forms of it, a bit each;
//! 3. its pages, each as how many lie between it and the one before;
//! 4. for each page twice the number of sections, and one more if the title has the group;
//! 5. for each of those titles the impact, a byte;
//! 6. for each page its sections, as the pages are written;
//! 7. for each section the impact, a byte.
//!
//! A file of positions has, for each place in the same order, their number and the positions, written as pages are. They
//! count from where the title or the section's heading begins; the text of a section begins one after its heading's end.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::layout::{self, Run, route};
use super::root::{Listed, Terms};
use super::{Files, Page, in_parallel};
use crate::data::to_json;
use crate::search::facet::Facets;
use crate::search::group::Groups;
use crate::search::index::{Place, Snapshot};
use crate::search::rank::expansions;

/// The most that a file of words holds, in bytes before compression, up to so many bytes of words.
const MOST: (f64, f64) = (7000.0, 4e6);

/// What begins the key of a name.
const NAME: char = '\u{1}';

/// A group of words as it is written.
pub(super) struct Group {
    key: String,
    /// In ascending order; none for a name.
    pub(super) forms: Vec<String>,
    /// How many pages have it.
    pub(super) pages: usize,
    columns: Columns,
}

#[derive(Default)]
struct Columns {
    mask: u32,
    pages: Vec<u8>,
    heads: Vec<u8>,
    titles: Vec<u8>,
    sections: Vec<u8>,
    impacts: Vec<u8>,
    positions: Vec<u8>,
}

/// Reads all groups of an index, and the names of all records; in the order of their first forms.
pub(super) fn groups(snapshot: &Snapshot, pages: &[Page<'_>]) -> tantivy::Result<Vec<Group>> {
    let mut forms: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for form in snapshot.forms()? {
        forms.entry(snapshot.groups().key(&form)).or_default().push(form);
    }
    let spans = snapshot.spans()?;
    let forms: Vec<(String, Vec<String>)> = forms.into_iter().collect();
    let read = in_parallel(&forms, |(key, forms)| {
        let places = snapshot.places(key, &spans)?;
        Ok(Group::new(key.clone(), forms.clone(), mask(snapshot.groups(), key, forms), &places))
    });
    let mut groups: Vec<Group> = read.into_iter().collect::<tantivy::Result<_>>()?;
    groups.extend(names(pages));
    groups.sort_by(|a, b| a.first().cmp(b.first()));
    Ok(groups)
}

/// Returns the endings that make forms of a key beside those that are there.
fn mask(groups: &Groups, key: &str, forms: &[String]) -> u32 {
    let further = groups.possible(key).filter(|(_, form)| forms.binary_search(form).is_err());
    further.fold(0, |mask, (ending, _)| mask | 1 << ending)
}

/// Returns the names of records as groups that stand in titles.
fn names(pages: &[Page<'_>]) -> Vec<Group> {
    let mut named: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        for name in page.first().map(|first| Facets::of(first).names).unwrap_or_default() {
            let place = Place { page: number as u32, place: 0, impact: 1, positions: Vec::new() };
            named.entry(format!("{NAME}{name}")).or_default().push(place);
        }
    }
    named.into_iter().map(|(key, places)| Group::new(key, Vec::new(), 0, &places)).collect()
}

impl Group {
    /// Makes a group of the places where it stands, in their order.
    fn new(key: String, forms: Vec<String>, mask: u32, places: &[Place]) -> Self {
        let mut columns = Columns { mask, ..Columns::default() };
        let mut pages = 0;
        let mut next_page = 0;
        for of_page in places.chunk_by(|a, b| a.page == b.page) {
            pages += 1;
            number(&mut columns.pages, of_page[0].page - next_page);
            next_page = of_page[0].page + 1;
            let has_title = u32::from(of_page[0].place == 0);
            number(&mut columns.heads, 2 * (of_page.len() as u32 - has_title) + has_title);
            let mut next_place = 1;
            for place in of_page {
                if place.place == 0 {
                    columns.titles.push(place.impact);
                } else {
                    number(&mut columns.sections, place.place - next_place);
                    next_place = place.place + 1;
                    columns.impacts.push(place.impact);
                }
                columns.add_positions(&place.positions);
            }
        }
        Self { key, forms, pages, columns }
    }

    /// Returns where the group stands among others: by its first form.
    fn first(&self) -> &str {
        self.forms.first().unwrap_or(&self.key)
    }

    /// Returns its line.
    fn line(&self) -> String {
        let mut line = self.key.clone();
        if self.forms.len() == 1 && self.forms[0] == self.key {
            return line;
        }
        for form in &self.forms {
            line.push(' ');
            match form.strip_prefix(self.key.as_str()) {
                Some(rest) => line += rest,
                None => {
                    let less = self.key.char_indices().next_back().map_or(0, |(last, _)| last);
                    line.push('<');
                    line += form.get(less..).expect("a form begins with the key less its last letter");
                }
            }
        }
        line
    }

    fn size(&self) -> usize {
        let Columns { mask: _, pages, heads, titles, sections, impacts, positions: _ } = &self.columns;
        let columns: usize = [pages, heads, titles, sections, impacts].iter().map(|column| column.len()).sum();
        self.line().len() + columns + 4
    }
}

impl Columns {
    fn add_positions(&mut self, positions: &[u32]) {
        if positions.is_empty() {
            return;
        }
        number(&mut self.positions, positions.len() as u32);
        let mut next = 0;
        for position in positions {
            number(&mut self.positions, position - next);
            next = position + 1;
        }
    }
}

/// Appends a number: seven bits a byte, the lowest first, the high bit where more follow.
fn number(into: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        into.push(value as u8 | 0x80);
        value >>= 7;
    }
    into.push(value as u8);
}

pub(super) fn write(groups: &[Group], language: &Groups, files: &mut Files) -> Terms {
    let items: Vec<(&str, usize)> = groups.iter().map(|group| (group.first(), group.size())).collect();
    let runs = layout::runs(&items, most(&items));
    let (words, positions): (Vec<Vec<u8>>, Vec<Vec<u8>>) =
        runs.iter().map(|run| file(&groups[run.items.clone()])).unzip();
    let names = files.add_all("p", &positions);
    Terms {
        aliases: aliases(groups, &runs, language),
        begins: begins(groups, &runs),
        positions: files.add("n", to_json(&names).as_bytes()),
        terms: Listed { names: files.add_all("t", &words), starts: runs.into_iter().map(|run| run.start).collect() },
    }
}

/// Returns the most that a file holds: it grows with the root of what there is to hold, as does what the root of the search
/// says of the files. It takes few values, so that a site that grows a little keeps its files.
fn most(items: &[(&str, usize)]) -> usize {
    let all: usize = items.iter().map(|(_, size)| size).sum();
    let mut most = MOST.0;
    while most * std::f64::consts::SQRT_2 <= MOST.0 * (all as f64 / MOST.1).sqrt() {
        most *= std::f64::consts::SQRT_2;
    }
    most as usize
}

/// Returns a file of words and the one with their positions.
fn file(groups: &[Group]) -> (Vec<u8>, Vec<u8>) {
    let lines: Vec<String> = groups.iter().map(Group::line).collect();
    let text = lines.join("\n");
    let mut words = Vec::new();
    number(&mut words, text.len() as u32);
    words.extend_from_slice(text.as_bytes());
    groups.iter().for_each(|group| number(&mut words, group.pages as u32));
    groups.iter().for_each(|group| number(&mut words, group.columns.mask));
    let columns: [fn(&Columns) -> &Vec<u8>; 5] = [
        |columns| &columns.pages,
        |columns| &columns.heads,
        |columns| &columns.titles,
        |columns| &columns.sections,
        |columns| &columns.impacts,
    ];
    for column in columns {
        groups.iter().for_each(|group| words.extend_from_slice(column(&group.columns)));
    }
    (words, groups.iter().flat_map(|group| group.columns.positions.iter().copied()).collect())
}

/// Returns the runs of forms that are not in the one that their order says.
fn aliases(groups: &[Group], runs: &[Run], language: &Groups) -> BTreeMap<String, usize> {
    let mut aliases = BTreeMap::new();
    for (at, run) in runs.iter().enumerate() {
        for group in &groups[run.items.clone()] {
            let further = language.possible(&group.key).filter(|(ending, _)| group.columns.mask >> ending & 1 == 1);
            let forms = group.forms.iter().cloned().chain(further.map(|(_, form)| form));
            aliases.extend(forms.filter(|form| route(runs, form) != at).map(|form| (form, at)));
        }
    }
    aliases
}

/// Returns the runs with the first groups of each beginning whose words are in several runs by their order. All others have
/// theirs in the run that their order says, and in those of aliases that begin so.
fn begins(groups: &[Group], runs: &[Run]) -> BTreeMap<String, Vec<usize>> {
    let mut places: BTreeMap<&str, (usize, &Group)> = BTreeMap::new();
    let prefixes: BTreeSet<&str> = runs.iter().flat_map(|run| beginnings(&run.start)).collect();
    for (at, run) in runs.iter().enumerate() {
        for group in &groups[run.items.clone()] {
            places.extend(group.forms.iter().map(|form| (form.as_str(), (at, group))));
        }
    }
    let mut begins = BTreeMap::new();
    for prefix in prefixes {
        let here = places.range(prefix..).take_while(|(form, _)| form.starts_with(prefix)).map(|(_, place)| *place);
        let mut found: Vec<(Reverse<usize>, &str, usize)> =
            here.map(|(at, group)| (Reverse(group.pages), group.key.as_str(), at)).collect();
        found.sort_unstable();
        found.dedup();
        let elsewhere = found.iter().any(|(_, _, at)| *at != route(runs, prefix));
        let first: BTreeSet<usize> = found.iter().take(expansions(prefix)).map(|(_, _, at)| *at).collect();
        if elsewhere {
            begins.insert(prefix.to_owned(), first.into_iter().collect());
        }
    }
    begins
}

/// Returns all beginnings of a text, and itself.
fn beginnings(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().map(|(at, letter)| &text[..at + letter.len_utf8()])
}
