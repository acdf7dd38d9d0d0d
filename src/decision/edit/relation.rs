//! Edits that tell of another record: a line in the status, a bullet under `## Links`, a key.

use super::keys::{Block, front, is_typed, metadata};
use super::other::Other;
use super::subject::{Edit, Edits, Open, Unable};
use super::{body, lines};
use crate::decision::reading::input::Input;
use crate::decision::reading::outline::Section;
use crate::decision::reading::relation::label;
use crate::decision::words::dialect::Dialect;
use crate::decision::words::field::Field;
use crate::decision::words::section::LINKS;
use crate::decision::words::verb::verb_of_word;
use crate::decision::words::verb::{Direction, Verb};

/// What one record says of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The verb.
    pub verb: Verb,
    /// From which end.
    pub direction: Direction,
    /// The words, as a line begins with them: `Supersedes`.
    pub words: String,
}

impl Told {
    /// Reads a verb as people type it: `amends`, `clarified-by`.
    pub fn parse(word: &str) -> Option<Self> {
        let (verb, direction) = verb_of_word(word)?;
        let spoken = word.trim().replace(['-', '_'], " ").to_lowercase();
        let own = label(verb, &spoken).filter(|words| words.contains(' ') || words.ends_with('s'));
        let words = own.unwrap_or_else(|| match direction {
            Direction::Reverse if !verb.is_symmetric() => verb.reverse_name().to_owned(),
            _ => verb.name().to_owned(),
        });
        Some(Self { verb, direction, words: words[..1].to_uppercase() + &words[1..] })
    }

    /// "Supersedes"
    pub fn supersedes() -> Self {
        Self { verb: Verb::Supersedes, direction: Direction::Forward, words: "Supersedes".to_owned() }
    }

    /// "Superseded by"
    pub fn superseded_by() -> Self {
        Self { verb: Verb::Supersedes, direction: Direction::Reverse, words: "Superseded by".to_owned() }
    }

    /// Returns the same, told from the other end; nothing where there are no words for it.
    pub fn reversed(&self) -> Option<Self> {
        let direction = match self.direction {
            Direction::Forward => Direction::Reverse,
            Direction::Reverse => Direction::Forward,
        };
        const PAIRS: &[(&str, &str)] = &[
            ("Supersedes", "Superseded by"),
            ("Amends", "Amended by"),
            ("Clarifies", "Clarified by"),
            ("Refines", "Refined by"),
            ("Extends", "Extended by"),
            ("Requires", "Required by"),
            ("Implements", "Implemented by"),
            ("Conflicts with", "Conflicts with"),
            ("Relates to", "Relates to"),
        ];
        let found = PAIRS.iter().find_map(|(forward, reverse)| match self.words.as_str() {
            words if words == *forward => Some(*reverse),
            words if words == *reverse => Some(*forward),
            _ => None,
        });
        let symmetric = matches!(self.words.as_str(), "Conflicts with" | "Relates to");
        let direction = if symmetric { self.direction } else { direction };
        found.map(|words| Self { verb: self.verb, direction, words: words.to_owned() })
    }
}

/// Says whether records of a form tell of a relation from both ends, as the form's own tool writes them.
pub fn tells_both_ends(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Nygard | Dialect::AdrsNg)
}

/// Adds a relation to another record where the form keeps relations.
///
/// # Errors
/// When the form has no place for such a relation.
pub fn relate(input: &Input<'_>, told: &Told, other: &Other) -> Result<Edits, Unable> {
    let open = Open::new(input);
    if open.dialect() == Dialect::Kep && input.metadata.is_some() {
        let keyed = |block: Option<Block<'_>>| match block {
            Some(block) => keyed(&block, Dialect::Kep, told, other),
            None => Ok(Vec::new()),
        };
        return metadata(input, keyed);
    }
    if let Some(block) = front(&open).filter(|_| is_typed(&open)) {
        return Ok(Edits { page: keyed(&block, open.dialect(), told, other)?, ..Edits::default() });
    }
    Ok(Edits { page: vec![in_text(&open, told, other)], ..Edits::default() })
}

/// Adds a relation to the keys of a typed record.
pub(super) fn keyed(block: &Block<'_>, dialect: Dialect, told: &Told, other: &Other) -> Result<Vec<Edit>, Unable> {
    if dialect == Dialect::AdrsNg {
        return Ok(vec![linked(block, told, other)?]);
    }
    let (field, name) = key(told, dialect).ok_or(Unable::Unclear { what: "a key for this relation" })?;
    let edit = match block.entry(field, dialect) {
        Some(entry) => block.add_item(entry, &other.id, dialect)?,
        None => {
            let item = block.quoted_item(&other.id);
            let is_one =
                told.direction == Direction::Reverse && told.verb == Verb::Supersedes || dialect == Dialect::Eip;
            let value = if is_one { item } else { format!("[{item}]") };
            block.add_key(&block.key(name, dialect), &value)
        }
    };
    Ok(vec![edit])
}

/// `links: [{target: 2, kind: supersedes}]`, as adrs writes it.
fn linked(block: &Block<'_>, told: &Told, other: &Other) -> Result<Edit, Unable> {
    let kind: String = told.words.to_lowercase().chars().filter(|letter| letter.is_alphabetic()).collect();
    let lines = format!("- target: {}\n  kind: {kind}", other.id);
    let flow = format!("{{target: {}, kind: {kind}}}", other.id);
    match block.entry(Field::Links, Dialect::AdrsNg) {
        Some(entry) => match block.add_line(entry, &lines) {
            Some(edit) => Ok(edit),
            None => block.add_raw(entry, &flow),
        },
        None => Ok(block.add_key("links", &format!("[{flow}]"))),
    }
}

/// The field of a relation, and its key where the record has none yet.
fn key(told: &Told, dialect: Dialect) -> Option<(Field, &'static str)> {
    let of_proposals = matches!(dialect, Dialect::Eip | Dialect::Kep | Dialect::Openshift);
    Some(match (told.verb, told.direction) {
        (Verb::Supersedes, Direction::Forward) if of_proposals => (Field::Supersedes, "replaces"),
        (Verb::Supersedes, Direction::Forward) => (Field::Supersedes, "supersedes"),
        (Verb::Supersedes, Direction::Reverse) => (Field::SupersededBy, "superseded-by"),
        (Verb::Amends, Direction::Forward) => (Field::Amends, "amends"),
        (Verb::Amends, Direction::Reverse) => (Field::AmendedBy, "amended-by"),
        (Verb::Requires, Direction::Forward) => (Field::Requires, "requires"),
        (Verb::Requires, Direction::Reverse) => (Field::RequiredBy, "required-by"),
        (Verb::ConflictsWith, _) => (Field::ConflictsWith, "conflicts-with"),
        (Verb::Implements, Direction::Forward) => (Field::Implements, "implements"),
        (Verb::DerivesFrom, Direction::Forward) => (Field::DerivesFrom, "derives-from"),
        (Verb::RelatesTo, _) if of_proposals => (Field::RelatesTo, "see-also"),
        (Verb::RelatesTo, _) => (Field::RelatesTo, "relates-to"),
        (Verb::Implements | Verb::DerivesFrom, Direction::Reverse) => return None,
    })
}

/// Adds a line to the status of adr-tools and its kin, else a bullet to the links.
fn in_text(open: &Open<'_>, told: &Told, other: &Other) -> Edit {
    use Dialect::{BoldBullets, Log4brains, Madr1, Madr2, Madr3, Madr4, RustRfc};
    let line = format!("{} {}", told.words, other.mention(open.dialect()));
    let by_links = matches!(open.dialect(), BoldBullets | Log4brains | Madr1 | Madr2 | Madr3 | Madr4 | RustRfc);
    if let Some(status) = lines::sections(open).find(|section| lines::is_status_section(section) && !by_links) {
        return Edit::insert(end_of(open, status), format!("{0}{0}{line}", open.eol));
    }
    let of_madr = matches!(open.dialect(), Madr3 | Madr4);
    let names: &[&str] = if of_madr { &["more information"] } else { LINKS };
    let links = open.outline.named(names).last().or_else(|| open.outline.named(LINKS).last());
    match links {
        Some(section) => bullet(open, section, &line),
        None => {
            let title = if of_madr { "More Information" } else { "Links" };
            let sign = sign_of(&open.outline.sections).unwrap_or('*');
            body::append(open, &format!("## {title}{0}{0}{sign} {line}", open.eol))
        }
    }
}

/// Adds a bullet to a section, in the sign of the others.
fn bullet(open: &Open<'_>, section: &Section<'_>, line: &str) -> Edit {
    let last = section.lines.iter().rfind(|line| !line.is_blank());
    let item = section.lines.iter().rfind(|line| is_item(line.text));
    let sign = item
        .and_then(|line| line.text.trim_start().chars().next())
        .or_else(|| sign_of(&open.outline.sections))
        .unwrap_or('*');
    let follows = last.is_some() && item.is_some_and(|item| Some(item) == last);
    let gap = if follows { open.eol.to_owned() } else { open.eol.repeat(2) };
    Edit::insert(end_of(open, section), format!("{gap}{sign} {line}"))
}

fn is_item(line: &str) -> bool {
    let first = line.trim_start().strip_prefix(['-', '*', '+']);
    first.is_some_and(|rest| rest.starts_with([' ', '\t'])) && line.len() - line.trim_start().len() < 2
}

/// The sign of the bullets of a text.
fn sign_of(sections: &[Section<'_>]) -> Option<char> {
    let mut lines = sections.iter().flat_map(|section| &section.lines);
    lines.find(|line| is_item(line.text)).and_then(|line| line.text.trim_start().chars().next())
}

/// Returns where the last line of a section ends that says something, or its heading.
fn end_of(open: &Open<'_>, section: &Section<'_>) -> usize {
    let text = open.input.text;
    match section.lines.iter().rfind(|line| !line.is_blank()) {
        Some(line) => body::end_of_line(text, line.start),
        None => body::end_of_heading(text, section),
    }
}
