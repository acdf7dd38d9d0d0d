//! Tells the form of a record from its marks, and a record from another page.

use super::body::STATUS;
use super::field::{self, Field};
use super::head::{self, Given};
use super::people::is_placeholder;
use super::plain::plain;
use super::text::{Line, Outline, Section};
use super::{Dialect, Input, Place, date_of_name, front, name, relation, slug_of};
use crate::data::Table;
use crate::diagnostic::Span;

/// Sections that a decision has and other pages rarely do.
const SECTIONS: &[&str] = &[
    "decision",
    "decision outcome",
    "considered options",
    "decision drivers",
    "consequences",
    "context",
    "context and problem statement",
    "problem statement",
    "rationale",
    "alternatives",
    "alternatives considered",
    "options considered",
    "considered alternatives",
    "options",
    "entscheidung",
    "kontext",
    "konsequenzen",
    "décision",
    "contexte",
    "conséquences",
    "decisión",
    "contexto",
    "consecuencias",
    "decisão",
    "consequências",
    "决策",
    "背景",
    "決定",
    "結果",
];

/// Headings that name a part of a text and never the text.
const PARTS: &[&str] = &[
    "summary",
    "abstract",
    "status",
    "motivation",
    "table of contents",
    "contents",
    "introduction",
    "overview",
    "background",
    "release signoff checklist",
    "changelog",
    "metadata",
    "date",
    "deciders",
    "problem",
    "proposal",
    "description",
    "simple summary",
    "toc",
];

/// Says whether a text carries the marks of a decision record, in whatever folder it lies.
pub fn is_recognised(front_matter: &Table, text: &str) -> bool {
    if front::marks(front_matter).is_some() {
        return true;
    }
    let outline = Outline::new(text, 0);
    let marks = Marks::of(&outline);
    let decides = outline.sections.iter().filter(|section| is_decision_section(section.title)).count();
    let states = marks.has(Field::Status) || marks.status_section || front_matter.get("status").is_some();
    let decided = marks.is_rust_rfc()
        || marks.status_section && decides >= 1
        || states && marks.has(Field::Deciders) && decides >= 1
        || states && decides >= 2;
    decided && !marks.is_template
}

/// Says whether a title that stands in bold on its own line is meant as the heading of a part.
pub(super) fn is_part(title: &str) -> bool {
    let lower = title.to_lowercase();
    STATUS.contains(&lower.as_str())
        || is_decision_section(title)
        || matches!(lower.as_str(), "date" | "deciders" | "authors" | "author" | "supersedes" | "superseded by")
}

fn is_decision_section(title: &str) -> bool {
    let lower = title.to_lowercase();
    SECTIONS.contains(&lower.as_str())
}

/// Returns the form of a record.
pub(super) fn dialect(input: &Input<'_>, outline: &Outline<'_>) -> Dialect {
    if input.metadata.is_some() {
        return Dialect::Kep;
    }
    if let Some(dialect) = front::marks(input.front_matter) {
        return dialect;
    }
    let marks = Marks::of(outline);
    let slug = slug_of(input.path);
    let compact_date = date_of_name(&slug).is_some() && slug.as_bytes()[..8].iter().all(u8::is_ascii_digit);
    let has_section = |name: &str| outline.sections.iter().any(|section| section.title.eq_ignore_ascii_case(name));
    let madr = has_section("considered options") || has_section("decision outcome");
    if input.front_matter.get("status").is_some() {
        return if madr { Dialect::Madr3 } else { Dialect::Typed };
    }
    match () {
        () if marks.is_rust_rfc() => Dialect::RustRfc,
        () if marks.bold && marks.has(Field::Status) => Dialect::BoldBullets,
        () if marks.bulleted && compact_date => Dialect::Log4brains,
        () if marks.bulleted && (marks.has(Field::Status) || marks.has(Field::Deciders)) => Dialect::Madr2,
        () if marks.status_section && has_section("changelog") => Dialect::Cosmos,
        () if marks.status_section => Dialect::Nygard,
        () if compact_date && madr => Dialect::Log4brains,
        () if marks.has(Field::Status) || marks.has(Field::Date) && has_section("decision") => Dialect::Fields,
        () if is_y_statement(outline) => Dialect::YStatement,
        () if has_section("considered options") || has_section("considered alternatives") => Dialect::Madr1,
        () if date_of_name(&slug).is_some() => Dialect::DateNamed,
        () => Dialect::Plain,
    }
}

/// What the head of a text shows.
struct Marks {
    fields: Vec<Field>,
    bulleted: bool,
    bold: bool,
    status_section: bool,
    feature_name: bool,
    /// A template was not filled in.
    is_template: bool,
}

impl Marks {
    fn of(outline: &Outline<'_>) -> Self {
        let head = outline.head();
        let keys: Vec<(Given<'_>, &Line<'_>)> =
            head.iter().flat_map(|line| head::fields(*line).into_iter().map(move |given| (given, line))).collect();
        let telling = keys.iter().find(|(given, _)| given.field == Field::Status).or(keys.first());
        let bulleted = telling.is_some_and(|(given, _)| given.place == Place::Bullet);
        let item = telling.and_then(|(_, line)| head::item_of(line.text.trim_start_matches(['>', ' '])));
        let is_status = |section: &Section<'_>| section.level > 1 && STATUS.contains(&&*section.title.to_lowercase());
        let asks =
            |given: &Given<'_>| matches!(given.field, Field::Status | Field::Date) && is_placeholder(given.value);
        Self {
            bulleted,
            bold: bulleted && item.is_some_and(|item| item.starts_with("**")),
            status_section: outline.sections.iter().any(is_status),
            feature_name: head
                .iter()
                .any(|line| line.text.contains("Feature Name:") || line.text.contains("Feature Name :")),
            is_template: keys.iter().any(|(given, _)| asks(given)),
            fields: keys.iter().map(|(given, _)| given.field).collect(),
        }
    }

    fn has(&self, field: Field) -> bool {
        self.fields.contains(&field)
    }

    fn is_rust_rfc(&self) -> bool {
        let tracked = self.has(Field::Tracking);
        self.feature_name && (self.has(Field::Proposed) || tracked)
            || self.has(Field::Proposed) && tracked && self.fields.len() <= 6 && !self.has(Field::Status)
    }
}

/// "In the context of …, facing …, we decided for …" as the literature has it (Zdun et al., Sustainable architectural
/// design decisions, IEEE Software 2013).
fn is_y_statement(outline: &Outline<'_>) -> bool {
    let lines = outline.lead.iter().chain(outline.sections.iter().flat_map(|section| &section.lines));
    let text: String = lines.take(60).map(|line| plain(line.text).to_lowercase() + " ").collect();
    let context = text.find("in the context of");
    let facing = text.find("facing");
    let decided = text.find("we decided").or_else(|| text.find("we chose"));
    matches!((context, facing, decided), (Some(context), Some(facing), Some(decided)) if context < facing && facing < decided)
}

/// Returns the title that the headings give: the first of the first level, else a first one that names no part.
pub(super) fn title(outline: &Outline<'_>) -> Option<(String, Span)> {
    let is_title = |title: &str| {
        let lower = title.to_lowercase();
        !lower.is_empty() && !PARTS.contains(&lower.as_str()) && !is_decision_section(&lower) && !is_placeholder(title)
    };
    // `# ADR-26` alone says which record it is; another heading may say what it is about.
    let mut first_levels = outline.sections.iter().filter(|section| section.level == 1 && is_title(section.title));
    let telling = first_levels.clone().find(|section| !relation::is_name(section.title));
    let first_level =
        first_levels.next().map(|first| telling.filter(|_| relation::is_name(first.title)).unwrap_or(first));
    let first = || {
        outline
            .sections
            .first()
            .filter(|section| section.level <= 2 && is_title(section.title) && field::of_key(section.title).is_none())
    };
    let section = first_level.or_else(first)?;
    let text = plain(section.title);
    (!text.is_empty()).then(|| (text, Span::from(section.heading.range())))
}

/// Says whether a file of a folder of decisions is one: it lies in it directly, or it is named or marked as one.
pub fn is_member(path: &crate::path::BookPath, depth: usize, front_matter: &Table, text: &str) -> bool {
    let slug = slug_of(path);
    let named = name::number_of_name(&slug).is_some() || date_of_name(&slug).is_some();
    // Further pages in a record's own folder belong to it.
    let beside_record = !named && name::is_of_record(path.parent().name());
    depth == 0 && !beside_record || named || is_recognised(front_matter, text)
}
