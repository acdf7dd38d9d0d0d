//! Long lists in parts: the items of a list come in, with what they weigh and the groups they stand in (years, letters,
//! folders); out come the pages that share them, each with the way to all others.
//!
//! A list that fits into [`ROOM`] stays one page. What is longer has a first page with the beginning of the list, and then
//! a page for each group: small neighbours share one, and a group that is too long itself has several.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Serialize;

use super::{LinkView, Settings, View};
use crate::page::slug;
use crate::path::SitePath;

/// About how many bytes of markup the list of a page may have. With what stands around it a page stays below 300 kB; some
/// 200 records of the log are as long, 600 of the timeline, 2,000 entries of the contents.
pub(super) const ROOM: usize = 200_000;

/// How many bytes the first page has of a list that begins with the newest.
pub(super) const NEWEST: usize = 100_000;

/// A year with less than this shares a page with its neighbours; so does a letter or a folder, of which there are more.
const LEAST_OF_YEARS: usize = ROOM / 8;
const LEAST_OF_NAMES: usize = ROOM / 2;

/// The longest part of a file's name that comes from the name of a group, in bytes.
const LONGEST: usize = 60;

/// The groups of a list, in the order of their items.
#[derive(Debug, Clone)]
pub(super) struct Groups {
    /// What readers call each of them.
    titles: Vec<String>,
    /// Of each item, in order: its group, and about how many bytes of markup it takes.
    items: Vec<(usize, usize)>,
    /// The title of a group that shares no page with others: what has no date among years.
    apart: Option<String>,
    /// A group with less shares a page with its neighbours.
    least: usize,
}

impl Groups {
    /// Returns no years yet; `undated` is what the group without one is called.
    pub(super) fn of_years(undated: &str) -> Self {
        let apart = Some(undated.to_owned());
        Self { titles: Vec::new(), items: Vec::new(), apart, least: LEAST_OF_YEARS }
    }

    /// Returns no letters or folders yet.
    pub(super) fn of_names() -> Self {
        Self { titles: Vec::new(), items: Vec::new(), apart: None, least: LEAST_OF_NAMES }
    }

    /// Adds an item, in a group of its own where the last one has another title.
    pub(super) fn add(&mut self, title: &str, weight: usize) {
        if self.titles.last().is_none_or(|last| last != title) {
            self.titles.push(title.to_owned());
        }
        self.items.push((self.titles.len() - 1, weight));
    }

    fn weight(&self, items: &Range<usize>) -> usize {
        self.items[items.clone()].iter().map(|(_, weight)| weight).sum()
    }

    fn is_apart(&self, group: usize) -> bool {
        self.apart.as_ref() == Some(&self.titles[group])
    }

    fn fits_together(&self, one: usize, other: usize) -> bool {
        one.min(other) < self.least && one + other <= ROOM
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) path: SitePath,
    pub(super) items: Range<usize>,
    title: String,
    section: usize,
    /// Which page of its section it is, from 1, and how many the section has.
    piece: (usize, usize),
}

/// Neighbouring groups that share pages.
struct Section {
    groups: (usize, usize),
    items: Range<usize>,
}

impl Section {
    /// Returns the group that nearly all of the section is, where there is one.
    fn main(&self, groups: &Groups) -> Option<usize> {
        let all = groups.weight(&self.items);
        let weight = |group: usize| {
            let own = groups.items[self.items.clone()].iter().filter(|(of, _)| *of == group);
            own.map(|(_, weight)| weight).sum::<usize>()
        };
        let [first, last] = [self.groups.0, self.groups.1].map(|group| (group, weight(group)));
        [first, last].into_iter().find(|(_, weight)| weight * 10 > all * 9).map(|(group, _)| group)
    }
}

/// Cuts a list into its pages: one where it fits, at the address `first`. `head` is what the first page is called and about
/// how many bytes of the list it has; without it the first section begins there.
pub(super) fn cut(groups: &Groups, first: &SitePath, head: Option<(&str, usize)>) -> Vec<Part> {
    let whole = 0..groups.items.len();
    let one = |items: Range<usize>, title: &str| Part {
        path: first.clone(),
        items,
        title: title.to_owned(),
        section: 0,
        piece: (1, 1),
    };
    if groups.weight(&whole) <= ROOM {
        return vec![one(whole, "")];
    }
    let mut parts = Vec::new();
    let mut start = 0;
    if let Some((title, room)) = head {
        start = end_of(groups, whole.clone(), room);
        parts.push(one(0..start, title));
    }
    let mut taken = BTreeSet::new();
    for section in sections(groups, start..whole.end) {
        let number = parts.last().map_or(0, |last: &Part| last.section + 1);
        let pieces = pieces(groups, &section.items);
        let (title, name) = named(groups, &section);
        let count = pieces.len();
        for (at, items) in pieces.into_iter().enumerate() {
            let path = if parts.is_empty() { first.clone() } else { beside(first, &name, at, &mut taken) };
            parts.push(Part { path, items, title: title.clone(), section: number, piece: (at + 1, count) });
        }
    }
    parts
}

/// Returns where the items end that fit into some room, one at least.
fn end_of(groups: &Groups, items: Range<usize>, room: usize) -> usize {
    let mut used = 0;
    let fits = |at: &usize| {
        used += groups.items[*at].1;
        used <= room
    };
    let count = items.clone().take_while(fits).count();
    (items.start + count.max(1)).min(items.end)
}

/// Puts neighbours together as long as one of them is small and both fit.
fn sections(groups: &Groups, items: Range<usize>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut start = items.start;
    while start < items.end {
        let group = groups.items[start].0;
        let length = groups.items[start..items.end].iter().take_while(|(of, _)| *of == group).count();
        let own = start..start + length;
        let weight = groups.weight(&own);
        match sections.last_mut() {
            Some(last) if !groups.is_apart(group) && groups.fits_together(groups.weight(&last.items), weight) => {
                (last.groups.1, last.items.end) = (group, own.end);
            }
            _ => sections.push(Section { groups: (group, group), items: own.clone() }),
        }
        start = own.end;
    }
    sections
}

/// Cuts a section into pages of about the same length.
fn pieces(groups: &Groups, items: &Range<usize>) -> Vec<Range<usize>> {
    let weight = groups.weight(items);
    let count = weight.div_ceil(ROOM).max(1);
    let mut pieces = Vec::new();
    let (mut start, mut used) = (items.start, 0);
    for at in items.clone() {
        used += groups.items[at].1;
        // Each ends where its share of the whole is reached, so that no short rest is left for the last one.
        if used * count >= weight * (pieces.len() + 1) {
            pieces.push(start..at + 1);
            start = at + 1;
        }
    }
    pieces
}

/// Returns what a section is called, and what of its file's name comes from that.
fn named(groups: &Groups, section: &Section) -> (String, String) {
    let (from, to) =
        section.main(groups).filter(|_| groups.apart.is_none()).map_or(section.groups, |main| (main, main));
    let (from, to) = (&groups.titles[from], &groups.titles[to]);
    // Years run backwards in a list of the newest first, and nobody says "2019 to 2014".
    let is_year = |title: &str| title.parse::<u16>().is_ok();
    let (from, to) = if is_year(from) && is_year(to) && to < from { (to, from) } else { (from, to) };
    if from == to { (from.clone(), short(from)) } else { (format!("{from} – {to}"), short(&format!("{from} {to}"))) }
}

fn short(title: &str) -> String {
    let mut name = slug(title);
    while name.len() > LONGEST {
        name.pop();
    }
    name.trim_matches('-').to_owned()
}

/// Returns the address of a part: `decision-log.2024.html`, of its second page `decision-log.2024-2.html`. No name of a page's
/// file that is made from a title has a full stop in it.
fn beside(first: &SitePath, name: &str, at: usize, taken: &mut BTreeSet<String>) -> SitePath {
    let stem = first.as_str().trim_end_matches(".html");
    let name = if name.is_empty() { "part" } else { name };
    let number = |number: usize| if number == 0 { name.to_owned() } else { format!("{name}-{}", number + 1) };
    let free = (at..).map(number).find(|name| taken.insert(name.clone())).expect("numbers do not end");
    SitePath::new(&format!("{stem}.{free}.html")).expect("a name that a slug was added to")
}

/// What a page says of the list that it has a part of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct PartsView {
    /// The key of the word that counts what is listed.
    unit: &'static str,
    /// How many the whole list has, and this page.
    total: usize,
    shown: usize,
    /// What this page has: `2024`, `A – C`.
    title: String,
    /// The years, letters or folders.
    sections: Vec<PartView>,
    /// The pages of this one's section, where it has several.
    pieces: Vec<PartView>,
}

/// A page of a list, or several, as a link.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct PartView {
    title: String,
    url: String,
    /// How many it has.
    count: usize,
    current: bool,
    /// Whether it is this very page.
    here: bool,
}

/// Makes the view of a part: its way to the others, its title and place. A list of one page stays as it is.
pub(super) fn dress(settings: &Settings, parts: &[Part], at: usize, unit: &'static str, view: View) -> View {
    if parts.len() < 2 {
        return view;
    }
    let part = &parts[at];
    let here = &part.path;
    let count = |section: usize| parts.iter().filter(|part| part.section == section).map(|part| part.items.len()).sum();
    let first_pieces = parts.iter().filter(|part| part.piece.0 == 1);
    let sections = first_pieces.map(|other| PartView {
        title: other.title.clone(),
        url: settings.addresses.href(here, &other.path),
        count: count(other.section),
        current: other.section == part.section,
        here: other.path == *here,
    });
    let pieces = parts.iter().filter(|other| other.section == part.section && part.piece.1 > 1);
    let pieces = pieces.map(|other| PartView {
        title: other.piece.0.to_string(),
        url: settings.addresses.href(here, &other.path),
        count: other.items.len(),
        current: other.path == *here,
        here: other.path == *here,
    });
    let link = |part: &Part| LinkView {
        label: None,
        title: full_title(settings, part),
        url: Some(settings.addresses.href(here, &part.path)),
        kind: "listing",
    };
    let parts_view = PartsView {
        unit,
        total: parts.last().map_or(0, |last| last.items.end),
        shown: part.items.len(),
        title: full_title(settings, part),
        sections: sections.collect(),
        pieces: pieces.collect(),
    };
    let mut view = View {
        parts: Some(parts_view),
        previous: at.checked_sub(1).map(|before| link(&parts[before])),
        next: parts.get(at + 1).map(link),
        ..view
    };
    if at > 0 {
        let up = LinkView {
            label: None,
            title: view.page.title.clone(),
            url: Some(settings.addresses.href(here, &parts[0].path)),
            kind: "listing",
        };
        view.breadcrumbs.push(up);
        view.page.title = format!("{} · {}", view.page.title, full_title(settings, part));
    }
    view
}

fn full_title(settings: &Settings, part: &Part) -> String {
    let (piece, pieces) = part.piece;
    if pieces == 1 {
        return part.title.clone();
    }
    let (piece, pieces) = (piece.to_string(), pieces.to_string());
    settings.words.filled("parts.piece", &[("title", &part.title), ("piece", &piece), ("pieces", &pieces)])
}

/// Returns the letter under which a title stands, or what stands for titles that begin with none.
pub(super) fn letter(title: &str) -> String {
    match title.chars().find(|letter| letter.is_alphanumeric()) {
        Some(letter) if letter.is_numeric() => "0 – 9".to_owned(),
        Some(letter) => letter.to_uppercase().collect(),
        None => "#".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts a list of groups, each with how many items of which weight it has; shows the file, the title and the items.
    fn check(list: &[(&str, usize, usize)], head: Option<(&str, usize)>, expected: &[&str]) {
        let mut groups = Groups::of_years("Undated");
        for (title, count, weight) in list {
            (0..*count).for_each(|_| groups.add(title, *weight));
        }
        let parts = cut(&groups, &SitePath::new("log.html").unwrap(), head);
        let shown = |part: &Part| format!("{} {:?} {:?} {:?}", part.path, part.title, part.items, part.piece);
        assert_eq!(parts.iter().map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_list_that_fits_is_one_page() {
        check(&[("2024", 10, ROOM / 20), ("2023", 10, ROOM / 20)], None, &["log.html \"\" 0..20 (1, 1)"]);
        check(&[], Some(("Newest", 10)), &["log.html \"\" 0..0 (1, 1)"]);
    }

    #[test]
    fn small_groups_share_a_page_and_long_ones_have_several() {
        let list = [("2024", 30, ROOM / 20), ("2023", 1, 1000), ("2022", 1, 1000), ("Undated", 1, 1000)];
        let newest = [
            "log.html \"Newest\" 0..10 (1, 1)",
            "log.2024.html \"2024\" 10..30 (1, 1)",
            "log.2022-2023.html \"2022 – 2023\" 30..32 (1, 1)",
            "log.undated.html \"Undated\" 32..33 (1, 1)",
        ];
        check(&list, Some(("Newest", ROOM / 2)), &newest);
        check(
            &list,
            None,
            &[
                "log.html \"2024\" 0..15 (1, 2)",
                "log.2024-2.html \"2024\" 15..30 (2, 2)",
                "log.2022-2023.html \"2022 – 2023\" 30..32 (1, 1)",
                "log.undated.html \"Undated\" 32..33 (1, 1)",
            ],
        );
    }

    #[test]
    fn names_of_files_are_each_for_one_part() {
        let big = ROOM / 2 + 1;
        check(
            &[("A b", 1, big), ("a-b", 1, big), ("a b", 1, big), ("!", 1, big)],
            Some(("All", 1)),
            &[
                "log.html \"All\" 0..1 (1, 1)",
                "log.a-b.html \"a-b\" 1..2 (1, 1)",
                "log.a-b-2.html \"a b\" 2..3 (1, 1)",
                "log.part.html \"!\" 3..4 (1, 1)",
            ],
        );
    }

    #[test]
    fn letters_stand_for_titles() {
        assert_eq!(["über", "(a)", "7 rules", "…"].map(letter), ["Ü", "A", "0 – 9", "#"]);
    }
}
