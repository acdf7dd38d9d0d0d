//! What a record says of other records: verbs, directions, and whom they mean.

use std::collections::BTreeMap;

use super::field::Field;
use super::people::{is_nothing, is_placeholder};
use super::text::{TextTarget, link_at, plain};

/// How one record stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// It takes the other's place.
    Supersedes,
    /// It changes the other, which stays in force.
    Amends,
    /// It builds on the other.
    Requires,
    /// It carries the other out.
    Implements,
    /// The rule follows from the decision.
    DerivesFrom,
    /// Both cannot hold.
    ConflictsWith,
    /// It has to do with the other.
    RelatesTo,
}

impl Verb {
    /// Every verb, the strongest first.
    pub const ALL: &[Self] = &[
        Self::Supersedes,
        Self::Amends,
        Self::Requires,
        Self::Implements,
        Self::DerivesFrom,
        Self::ConflictsWith,
        Self::RelatesTo,
    ];

    /// Returns the words for the relation, seen from the record that has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supersedes => "supersedes",
            Self::Amends => "amends",
            Self::Requires => "requires",
            Self::Implements => "implements",
            Self::DerivesFrom => "derives from",
            Self::ConflictsWith => "conflicts with",
            Self::RelatesTo => "relates to",
        }
    }

    /// Returns the words for the relation, seen from the other record.
    pub fn reverse_name(self) -> &'static str {
        match self {
            Self::Supersedes => "superseded by",
            Self::Amends => "amended by",
            Self::Requires => "required by",
            Self::Implements => "implemented by",
            Self::DerivesFrom => "has derived",
            Self::ConflictsWith => "conflicts with",
            Self::RelatesTo => "related to by",
        }
    }

    /// Says whether the relation is the same from both ends.
    pub fn is_symmetric(self) -> bool {
        matches!(self, Self::ConflictsWith | Self::RelatesTo)
    }
}

/// From which end a relation is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// This record supersedes the other.
    Forward,
    /// The other supersedes this record.
    Reverse,
}

/// What a record says of one other record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Relation {
    /// The verb.
    pub verb: Verb,
    /// From which end.
    pub direction: Direction,
    /// The author's own verb, where it says more: "Clarifies".
    pub label: Option<String>,
    /// Whom it means.
    pub target: Reference,
}

/// A mention of another record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// A link, relative or not.
    Link(String),
    /// A number, a file stem, `ADR-12`, a title.
    Name(String),
}

impl Reference {
    /// Returns what the author wrote.
    pub fn text(&self) -> &str {
        match self {
            Self::Link(text) | Self::Name(text) => text,
        }
    }
}

/// Beginnings of lines that tell of a relation, in lower case. The longest that fits wins.
const VERBS: &[(&str, Verb, Direction)] = &[
    ("supersedes", Verb::Supersedes, Direction::Forward),
    ("supercedes", Verb::Supersedes, Direction::Forward),
    ("superseding", Verb::Supersedes, Direction::Forward),
    ("replaces", Verb::Supersedes, Direction::Forward),
    ("obsoletes", Verb::Supersedes, Direction::Forward),
    ("ersetzt durch", Verb::Supersedes, Direction::Reverse),
    ("remplacé par", Verb::Supersedes, Direction::Reverse),
    ("reemplazado por", Verb::Supersedes, Direction::Reverse),
    ("substituído por", Verb::Supersedes, Direction::Reverse),
    ("superseded by", Verb::Supersedes, Direction::Reverse),
    ("superseded with", Verb::Supersedes, Direction::Reverse),
    ("superceded by", Verb::Supersedes, Direction::Reverse),
    ("replaced by", Verb::Supersedes, Direction::Reverse),
    ("replaced with", Verb::Supersedes, Direction::Reverse),
    ("obsoleted by", Verb::Supersedes, Direction::Reverse),
    ("deprecated by", Verb::Supersedes, Direction::Reverse),
    ("deprecated in favor of", Verb::Supersedes, Direction::Reverse),
    ("deprecated in favour of", Verb::Supersedes, Direction::Reverse),
    ("superseded in favor of", Verb::Supersedes, Direction::Reverse),
    ("amends", Verb::Amends, Direction::Forward),
    ("amended by", Verb::Amends, Direction::Reverse),
    ("amended in", Verb::Amends, Direction::Reverse),
    ("updates", Verb::Amends, Direction::Forward),
    ("updated by", Verb::Amends, Direction::Reverse),
    ("requires", Verb::Requires, Direction::Forward),
    ("depends on", Verb::Requires, Direction::Forward),
    ("required by", Verb::Requires, Direction::Reverse),
    ("conflicts with", Verb::ConflictsWith, Direction::Forward),
    ("contradicts", Verb::ConflictsWith, Direction::Forward),
    ("implements", Verb::Implements, Direction::Forward),
    ("implemented by", Verb::Implements, Direction::Reverse),
    ("derives from", Verb::DerivesFrom, Direction::Forward),
    ("derived from", Verb::DerivesFrom, Direction::Forward),
    ("relates to", Verb::RelatesTo, Direction::Forward),
    ("related to", Verb::RelatesTo, Direction::Forward),
    ("see also", Verb::RelatesTo, Direction::Forward),
    ("related", Verb::RelatesTo, Direction::Forward),
    ("clarifies", Verb::RelatesTo, Direction::Forward),
    ("clarified by", Verb::RelatesTo, Direction::Reverse),
    ("refines", Verb::RelatesTo, Direction::Forward),
    ("refined by", Verb::RelatesTo, Direction::Reverse),
    ("extends", Verb::RelatesTo, Direction::Forward),
    ("extended by", Verb::RelatesTo, Direction::Reverse),
];

/// Returns the relation that a field holds.
pub(super) fn of_field(field: Field) -> Option<(Verb, Direction)> {
    Some(match field {
        Field::Supersedes => (Verb::Supersedes, Direction::Forward),
        Field::SupersededBy => (Verb::Supersedes, Direction::Reverse),
        Field::Amends => (Verb::Amends, Direction::Forward),
        Field::AmendedBy => (Verb::Amends, Direction::Reverse),
        Field::RelatesTo => (Verb::RelatesTo, Direction::Forward),
        Field::Requires => (Verb::Requires, Direction::Forward),
        Field::RequiredBy => (Verb::Requires, Direction::Reverse),
        Field::ConflictsWith => (Verb::ConflictsWith, Direction::Forward),
        Field::Implements => (Verb::Implements, Direction::Forward),
        Field::DerivesFrom => (Verb::DerivesFrom, Direction::Forward),
        _ => return None,
    })
}

/// Returns the verb of a word such as `supersedes`, `superseded by`, `relatesto`, `superseded-by`.
pub fn verb_of_word(word: &str) -> Option<(Verb, Direction)> {
    let squeezed = |text: &str| {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let wanted = squeezed(word);
    let known =
        VERBS.iter().find(|(verb, _, _)| squeezed(verb) == wanted).map(|(_, verb, direction)| (*verb, *direction));
    let own = |name: fn(Verb) -> &'static str, direction| {
        Verb::ALL.iter().find(|verb| squeezed(name(**verb)) == wanted).map(|verb| (*verb, direction))
    };
    known.or_else(|| own(Verb::name, Direction::Forward)).or_else(|| own(Verb::reverse_name, Direction::Reverse))
}

/// What a line says of other records.
pub(super) struct Told<'t> {
    pub(super) verb: Verb,
    pub(super) direction: Direction,
    /// The verb as the author wrote it.
    pub(super) words: String,
    /// What follows the verb.
    pub(super) rest: &'t str,
}

/// Reads a line that begins with a verb: "Supersedes …", "- Amended by: …", "**Superseded by** …".
pub(super) fn told(line: &str) -> Option<Told<'_>> {
    let line = line.trim_start_matches(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '[' | '<'));
    // `[Superseded by 0012](0012-x.md)`: the verb stands in the label.
    let inner = line.strip_prefix('[').unwrap_or(line);
    let partly = ["partially ", "partly ", "Partially ", "Partly "].iter().find_map(|word| inner.strip_prefix(word));
    let begin = partly.unwrap_or(inner);
    let fits = |words: &&(&'static str, Verb, Direction)| {
        begin
            .get(..words.0.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(words.0) || start.to_lowercase() == words.0)
            && !begin[words.0.len()..].starts_with(char::is_alphanumeric)
    };
    let (words, verb, direction) = VERBS.iter().filter(fits).max_by_key(|(words, _, _)| words.len())?;
    let rest = if inner.len() == line.len() { &begin[words.len()..] } else { line };
    // "Superseded in part by" changes the record and leaves it in force.
    let verb = if partly.is_some() && *verb == Verb::Supersedes { Verb::Amends } else { *verb };
    Some(Told { verb, direction: *direction, words: begin[..words.len()].to_owned(), rest })
}

/// Returns the verbs whose own words say more than their kind.
pub(super) fn label(verb: Verb, words: &str) -> Option<String> {
    let lower = words.to_lowercase();
    let plain = [verb.name(), verb.reverse_name(), "see also", "related", "related to", "supercedes", "superceded by"];
    (!plain.contains(&lower.as_str())).then(|| words.to_owned())
}

/// Returns the records that a text names: its links, else the names in it.
pub(super) fn references(text: &str, definitions: &BTreeMap<String, &str>) -> Vec<Reference> {
    let links = links(text, definitions);
    if !links.is_empty() {
        return links;
    }
    let shown = plain(text);
    let shown = shown.trim_start_matches([':', '-', '–', ' ']).trim();
    if is_nothing(shown) || is_placeholder(shown) {
        return Vec::new();
    }
    let separated = shown.replace(" and ", ",").replace(" & ", ",").replace(';', ",");
    let parts: Vec<&str> = separated.split(',').map(str::trim).filter(|part| !is_nothing(part)).collect();
    let all_named = parts.iter().all(|part| looks_like_name(part));
    if all_named {
        return parts.iter().map(|part| Reference::Name(name(part).to_owned())).collect();
    }
    // A name before prose: "ADR-12 because …", "ADR 12, which …"; else the whole is a title.
    match leading_name(shown) {
        Some(found) => vec![Reference::Name(found)],
        None if shown.len() <= 120 => vec![Reference::Name(shown.trim_end_matches('.').to_owned())],
        None => Vec::new(),
    }
}

/// Returns the links of a text, by their targets. A link whose definition is missing counts by its label.
pub(super) fn links(text: &str, definitions: &BTreeMap<String, &str>) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let Some(link) = link_at(&rest[open..]) else {
            rest = &rest[open + 1..];
            continue;
        };
        let reference = match link.target {
            TextTarget::Inline(target) if target.starts_with('#') || target.is_empty() => None,
            TextTarget::Inline(target) => Some(Reference::Link(target.to_owned())),
            TextTarget::Definition(name) => Some(match definitions.get(&name.to_lowercase()) {
                Some(target) => Reference::Link((*target).to_owned()),
                None => Reference::Name(plain(link.label)),
            }),
        };
        found.extend(reference.filter(|reference| !reference.text().is_empty()));
        rest = &rest[open + link.length..];
    }
    if !found.is_empty() {
        return found;
    }
    for word in text.split_whitespace() {
        let word = word.trim_matches(['<', '>', '(', ')', ',', '.', '"']);
        if word.starts_with("https://") || word.starts_with("http://") || word.ends_with(".md") {
            found.push(Reference::Link(word.to_owned()));
        }
    }
    found
}

/// Says whether a text can be nothing but the name of a record: `12`, `ADR-12`, `0012-use-mysql`, `repo:0042`.
fn looks_like_name(text: &str) -> bool {
    let name = name(text);
    let token = !name.contains(' ') && !name.is_empty();
    token || leading_name(name).is_some_and(|leading| leading.len() == name.len())
}

fn name(text: &str) -> &str {
    text.trim().trim_matches(['"', '\'', '`', '.', '(', ')', '[', ']', '*']).trim()
}

/// Reads `ADR-12`, `MADR 099`, `RFC #12`, `12` at the beginning of a text.
fn leading_name(text: &str) -> Option<String> {
    let letters = text.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(text.len());
    let known = letters == 0 || super::name::PREFIXES.iter().any(|prefix| text[..letters].eq_ignore_ascii_case(prefix));
    let after = text[letters..].trim_start_matches(['-', ' ', '#', '_']);
    let digits = after.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(after.len());
    let bounded = after[digits..].is_empty() || after[digits..].starts_with([' ', ',', '.', ')', ':', ';', '(']);
    let end = text.len() - after.len() + digits;
    (known && (1..=5).contains(&digits) && bounded).then(|| text[..end].to_owned())
}

/// Returns the records that a line names without doubt: by links, or by a leading `ADR-12`.
pub(super) fn named(text: &str, definitions: &BTreeMap<String, &str>) -> Vec<Reference> {
    let links = links(text, definitions);
    if !links.is_empty() {
        return links;
    }
    let shown = plain(text);
    let shown = shown.trim_start_matches([':', '-', '–', ' ', '#']);
    if leading_name(shown).is_none() {
        return Vec::new();
    }
    references(shown, definitions)
}

/// Returns what a text tells of other records, wherever its verbs stand: "Accepted, amended by ADR-3".
pub(super) fn told_anywhere(text: &str) -> Vec<Told<'_>> {
    let mut found: Vec<Told<'_>> = Vec::new();
    let starts = text.char_indices().filter(|(at, letter)| {
        letter.is_alphabetic() && !text[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '-')
    });
    let mut end = 0;
    let mut places = Vec::new();
    for (at, _) in starts {
        // The longest phrase wins, and phrases do not overlap.
        let Some(mut told) = (at >= end).then(|| told(&text[at..])).flatten() else { continue };
        if is_inside_link(text, at) {
            continue;
        }
        let before = text[..at].to_lowercase();
        let before = before.trim_end();
        let partly = ["partly", "partially", "in part"].iter().any(|word| before.ends_with(word));
        if partly && told.verb == Verb::Supersedes {
            told.verb = Verb::Amends;
        }
        end = at + told.words.len();
        places.push(at);
        found.push(told);
    }
    // What one verb says ends where the next begins.
    for place in 0..found.len().saturating_sub(1) {
        let rest = found[place].rest;
        let begin = rest.as_ptr() as usize - text.as_ptr() as usize;
        let length = places[place + 1].saturating_sub(begin).min(rest.len());
        found[place].rest = &rest[..length];
    }
    found
}

/// Says whether a place lies in the label or the target of a link.
fn is_inside_link(text: &str, at: usize) -> bool {
    let mut rest = 0;
    while let Some(open) = text[rest..].find('[').map(|open| rest + open) {
        if open > at {
            return false;
        }
        let Some(link) = link_at(&text[open..]) else {
            rest = open + 1;
            continue;
        };
        if at < open + link.length {
            return at > open + 1;
        }
        rest = open + link.length;
    }
    false
}
