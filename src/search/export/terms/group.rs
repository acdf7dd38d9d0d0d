//! A group of inflections, or the name of a record, as a piece of words has it.

use std::collections::BTreeMap;

use super::super::envelope::Packer;
use super::super::pack::Pack;
use super::super::{Page, in_parallel};
use crate::search::facet::Facets;
use crate::search::group::Groups;
use crate::search::index::{Place, Snapshot};
use crate::search::rank::{MANY, Posting, coarsened};

/// What begins the key of a name.
const NAME: char = '\u{1}';

/// What is added to the impact in a section whose heading has the group.
const IN_HEADING: u8 = 64;

/// How many places a piece of positions holds.
const PLACES: usize = 2048;

/// A group of words as it is written.
pub(in super::super) struct Group {
    pub(super) key: String,
    /// In ascending order; none for a name.
    pub(in super::super) forms: Vec<String>,
    /// The endings that make forms which no page has, a bit each.
    pub(super) mask: u32,
    /// How many pages have it.
    pub(in super::super) pages: usize,
    columns: Columns,
    /// All its places, where the ranking does not see all; their impacts are all 1.
    whole: Option<Columns>,
    positions: Positions,
}

#[derive(Default)]
struct Columns {
    pages: Vec<u8>,
    heads: Vec<u8>,
    titles: Vec<u8>,
    title_words: Vec<u8>,
    sections: Vec<u8>,
    impacts: Vec<u8>,
    heading_words: Vec<u8>,
}

#[derive(Default)]
struct Positions {
    /// How many positions each place has.
    counts: Vec<u32>,
    all: Vec<u32>,
}

/// Reads all groups of an index, and the names of all records; in the order of their first forms.
pub(in super::super) fn groups(snapshot: &Snapshot, pages: &[Page<'_>]) -> tantivy::Result<Vec<Group>> {
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
        for name in Facets::of(&page.whole).names {
            let posting = Posting { page: number as u32, place: 0, impact: 1, words: 0 };
            let place = Place { posting, positions: Vec::new() };
            named.entry(format!("{NAME}{name}")).or_default().push(place);
        }
    }
    named.into_iter().map(|(key, places)| Group::new(key, Vec::new(), 0, &places)).collect()
}

impl Group {
    /// Makes a group of the places where it stands, in their order.
    fn new(key: String, forms: Vec<String>, mask: u32, places: &[Place]) -> Self {
        let all: Vec<Posting> = places.iter().map(|place| place.posting).collect();
        let pages = all.chunk_by(|one, other| one.page == other.page).count();
        let whole =
            (pages > MANY).then(|| all.iter().map(|posting| Posting { impact: 1, words: 0, ..*posting }).collect());
        let positions = Positions {
            counts: places.iter().map(|place| place.positions.len() as u32).collect(),
            all: places.iter().flat_map(|place| &place.positions).copied().collect(),
        };
        let columns = Columns::of(&coarsened(all));
        let whole = whole.map(|whole: Vec<Posting>| Columns::of(&whole));
        Self { key, forms, mask, pages, columns, whole, positions }
    }

    /// Returns where the group stands among others: by its first form.
    pub(super) fn first(&self) -> &str {
        self.forms.first().unwrap_or(&self.key)
    }

    /// Returns its line: the key and the codes of its forms.
    pub(super) fn line(&self) -> String {
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

    /// Returns all forms that it has or might have.
    pub(super) fn all_forms<'g>(&'g self, language: &'g Groups) -> impl Iterator<Item = String> + 'g {
        self.forms.iter().cloned().chain(language.forms(&self.key, self.mask))
    }

    /// Returns about how long it is in its piece, in bytes before compression.
    pub(super) fn size(&self) -> usize {
        let Columns { pages, heads, titles, title_words, sections, impacts, heading_words } = &self.columns;
        let columns = [pages, heads, titles, title_words, sections, impacts, heading_words];
        self.line().len() + columns.iter().map(|column| column.len()).sum::<usize>() + 4
    }

    /// Returns about how long its positions are, in bytes before compression.
    pub(super) fn positions(&self) -> usize {
        self.positions.counts.len() + self.positions.all.len()
    }
}

impl Columns {
    /// Writes postings in the order of pages and places.
    fn of(postings: &[Posting]) -> Self {
        let mut columns = Self::default();
        let mut next_page = 0;
        for of_page in postings.chunk_by(|a, b| a.page == b.page) {
            number(&mut columns.pages, of_page[0].page - next_page);
            next_page = of_page[0].page + 1;
            let has_title = u32::from(of_page[0].place == 0);
            number(&mut columns.heads, 2 * (of_page.len() as u32 - has_title) + has_title);
            let mut next_place = 1;
            for posting in of_page {
                if posting.place == 0 {
                    columns.titles.push(posting.impact);
                    columns.title_words.push(posting.words);
                } else {
                    number(&mut columns.sections, posting.place - next_place);
                    next_place = posting.place + 1;
                    columns.impacts.push(posting.impact + if posting.words > 0 { IN_HEADING } else { 0 });
                    columns.heading_words.extend(Some(posting.words).filter(|words| *words > 0));
                }
            }
        }
        columns
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

/// Returns the pack of words of several pieces, and that of their positions.
pub(super) fn packs(shards: &[Vec<&Group>], packer: &mut Packer<'_>) -> [Pack; 2] {
    let (mut of_words, mut of_positions) = (Pack::default(), Pack::default());
    for groups in shards {
        let begin = of_positions.end();
        let mut lengths: Vec<u32> =
            positions(groups).iter().map(|bytes| of_positions.push(packer.quickly(bytes))).collect();
        if groups.iter().any(|group| group.whole.is_some()) {
            let mut all = words(groups, |group| group.whole.as_ref().unwrap_or(&group.columns));
            all.extend_from_slice(&[0, 0]);
            lengths.push(of_positions.push(packer.thoroughly(&all)));
        }
        let mut bytes = words(groups, |group| &group.columns);
        number(&mut bytes, begin);
        number(&mut bytes, lengths.len() as u32);
        lengths.iter().for_each(|length| number(&mut bytes, *length));
        of_words.push(packer.thoroughly(&bytes));
    }
    [of_words, of_positions]
}

/// Returns the pieces of positions.
fn positions(groups: &[&Group]) -> Vec<Vec<u8>> {
    let counts: Vec<u32> = groups.iter().flat_map(|group| &group.positions.counts).copied().collect();
    let mut positions = groups.iter().flat_map(|group| &group.positions.all).copied();
    let piece = |counts: &[u32]| {
        let mut bytes = Vec::new();
        number(&mut bytes, counts.len() as u32);
        counts.iter().for_each(|count| number(&mut bytes, *count));
        for count in counts {
            let mut next = 0;
            for position in positions.by_ref().take(*count as usize) {
                number(&mut bytes, position - next);
                next = position + 1;
            }
        }
        bytes
    };
    counts.chunks(PLACES).map(piece).collect()
}

fn words(groups: &[&Group], columns: impl Fn(&Group) -> &Columns) -> Vec<u8> {
    let lines: Vec<String> = groups.iter().map(|group| group.line()).collect();
    let text = lines.join("\n");
    let mut words = Vec::new();
    number(&mut words, text.len() as u32);
    words.extend_from_slice(text.as_bytes());
    groups.iter().for_each(|group| number(&mut words, group.pages as u32));
    groups.iter().for_each(|group| number(&mut words, group.mask));
    let each: [fn(&Columns) -> &Vec<u8>; 7] = [
        |columns| &columns.pages,
        |columns| &columns.heads,
        |columns| &columns.titles,
        |columns| &columns.title_words,
        |columns| &columns.sections,
        |columns| &columns.impacts,
        |columns| &columns.heading_words,
    ];
    for column in each {
        groups.iter().for_each(|group| words.extend_from_slice(column(columns(group))));
    }
    words
}
