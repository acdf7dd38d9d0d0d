//! How one record stands to another, and the words that say so.

use serde::{Deserialize, Serialize};

use crate::decision::words::field::Field;

/// How one record stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// This record supersedes the other.
    Forward,
    /// The other supersedes this record.
    Reverse,
}

/// Beginnings of lines that tell of a relation, in lower case. The longest that fits wins.
pub(in crate::decision) const VERBS: &[(&str, Verb, Direction)] = &[
    ("supersedes", Verb::Supersedes, Direction::Forward),
    ("supercedes", Verb::Supersedes, Direction::Forward),
    ("superseding", Verb::Supersedes, Direction::Forward),
    ("replaces", Verb::Supersedes, Direction::Forward),
    ("obsoletes", Verb::Supersedes, Direction::Forward),
    ("ersetzt", Verb::Supersedes, Direction::Forward),
    ("ersetzt durch", Verb::Supersedes, Direction::Reverse),
    ("abgelöst durch", Verb::Supersedes, Direction::Reverse),
    ("remplace", Verb::Supersedes, Direction::Forward),
    ("remplacé par", Verb::Supersedes, Direction::Reverse),
    ("remplacée par", Verb::Supersedes, Direction::Reverse),
    ("reemplaza a", Verb::Supersedes, Direction::Forward),
    ("reemplazado por", Verb::Supersedes, Direction::Reverse),
    ("reemplazada por", Verb::Supersedes, Direction::Reverse),
    ("substitui", Verb::Supersedes, Direction::Forward),
    ("substituído por", Verb::Supersedes, Direction::Reverse),
    ("substituída por", Verb::Supersedes, Direction::Reverse),
    ("sostituisce", Verb::Supersedes, Direction::Forward),
    ("sostituito da", Verb::Supersedes, Direction::Reverse),
    ("vervangt", Verb::Supersedes, Direction::Forward),
    ("vervangen door", Verb::Supersedes, Direction::Reverse),
    ("zastępuje", Verb::Supersedes, Direction::Forward),
    ("zastąpione przez", Verb::Supersedes, Direction::Reverse),
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
    ("superseded in part by", Verb::Amends, Direction::Reverse),
    ("superseded partially by", Verb::Amends, Direction::Reverse),
    ("superseded partly by", Verb::Amends, Direction::Reverse),
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
    ("see", Verb::RelatesTo, Direction::Forward),
    ("see also", Verb::RelatesTo, Direction::Forward),
    ("in favor of", Verb::RelatesTo, Direction::Forward),
    ("in favour of", Verb::RelatesTo, Direction::Forward),
    ("moved to", Verb::RelatesTo, Direction::Forward),
    ("related", Verb::RelatesTo, Direction::Forward),
    ("clarifies", Verb::RelatesTo, Direction::Forward),
    ("clarified by", Verb::RelatesTo, Direction::Reverse),
    ("refines", Verb::RelatesTo, Direction::Forward),
    ("refined by", Verb::RelatesTo, Direction::Reverse),
    ("extends", Verb::RelatesTo, Direction::Forward),
    ("extended by", Verb::RelatesTo, Direction::Reverse),
];

/// Returns the relation that a field holds.
pub(in crate::decision) fn of_field(field: Field) -> Option<(Verb, Direction)> {
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
