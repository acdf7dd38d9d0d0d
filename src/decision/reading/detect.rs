//! Tells the form of a record from its marks.

use crate::decision::reading::front;
use crate::decision::reading::head::{self, Given};
use crate::decision::reading::input::Input;
use crate::decision::reading::outline::{Line, Outline, Section};
use crate::decision::record::Place;
use crate::decision::words::dialect::Dialect;
use crate::decision::words::field::Field;
use crate::decision::words::name::date_of_name;
use crate::decision::words::people::is_placeholder;
use crate::decision::words::plain::plain;
use crate::decision::words::section::STATUS;

/// Returns the form of a record.
pub(in crate::decision) fn dialect(input: &Input<'_>, outline: &Outline<'_>) -> Dialect {
    if input.metadata.is_some() {
        return Dialect::Kep;
    }
    if let Some(dialect) = front::marks(input.front_matter) {
        return dialect;
    }
    let marks = Marks::of(outline);
    let slug = input.shape.slug_of(input.path);
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
pub(in crate::decision) struct Marks {
    fields: Vec<Field>,
    bulleted: bool,
    bold: bool,
    pub(in crate::decision) status_section: bool,
    feature_name: bool,
    start_date: bool,
    /// A template was not filled in.
    pub(in crate::decision) is_template: bool,
}

impl Marks {
    pub(in crate::decision) fn of(outline: &Outline<'_>) -> Self {
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
            start_date: head.iter().any(|line| line.text.to_lowercase().contains("start date")),
            is_template: keys.iter().any(|(given, _)| asks(given)),
            fields: keys.iter().map(|(given, _)| given.field).collect(),
        }
    }

    pub(in crate::decision) fn has(&self, field: Field) -> bool {
        self.fields.contains(&field)
    }

    pub(in crate::decision) fn is_rust_rfc(&self) -> bool {
        let tracked = self.has(Field::Tracking);
        self.feature_name && (self.has(Field::Proposed) || tracked)
            || self.start_date && tracked && self.fields.len() <= 6 && !self.has(Field::Status)
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
