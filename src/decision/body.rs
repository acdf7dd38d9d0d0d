//! What the text of a record says: its head, and its sections.

use super::field::{self, Field};
use super::gather::Gathered;
use super::head::{self, cells, item_of, origin};
use super::people::is_placeholder;
use super::relation::{self, Relation};
use super::text::{Line, Outline, Section, TextTarget, link_at};
use super::verb::{Direction, Verb};
use super::{DateOrder, Origin, Place, State, day, status};

/// Sections in which some records keep what others have under the title.
const METADATA: &[&str] = &[
    "metadata",
    "meta",
    "meta data",
    "info",
    "information",
    "about",
    "details",
    "document info",
    "header",
    "adr info",
    "overview table",
];

/// Sections whose bullets are links to other records.
pub(super) const LINKS: &[&str] = &[
    "links",
    "related decisions",
    "related adrs",
    "related adr",
    "related",
    "see also",
    "relations",
    "related links",
    "related records",
];

/// Sections whose lines may begin with a verb and name a record.
const TOLD: &[&str] =
    &["references", "notes", "note", "more information", "related documents", "dependencies", "history"];

/// Sections that tell the changes of a record.
const LOG: &[&str] = &["changelog", "change log", "revision history"];

/// Names under which records keep their status.
pub(super) const STATUS: &[&str] = &[
    "status",
    "state",
    "decision status",
    "adr status",
    "statut",
    "estado",
    "stato",
    "状态",
    "状態",
    "ステータス",
    "статус",
    "상태",
    "estatus",
];

/// Reads head and sections.
pub(super) fn read(outline: &Outline<'_>, gathered: &mut Gathered<'_>) {
    head::read(&outline.head(), gathered);
    for section in &outline.sections {
        read_section(section, gathered);
    }
    let told = outline.title().and_then(|title| Some((title.heading, status::of_title(title.title)?)));
    if let Some((heading, words)) = told.filter(|_| gathered.record.status.is_none()) {
        gathered.take_status(words, &origin(Place::Heading, heading, heading));
    }
}

fn read_section(section: &Section<'_>, gathered: &mut Gathered<'_>) {
    let lower = section.title.to_lowercase();
    let is = |names: &[&str]| names.contains(&lower.as_str());
    if section.level > 1 {
        if is(METADATA) {
            head::read(&section.lines, gathered);
        }
        heading_field(section, gathered);
    }
    if is(STATUS) {
        status_section(section, gathered);
    } else if is(LINKS) {
        link_section(section, gathered);
    } else if is(TOLD) {
        for line in &section.lines {
            gathered.take_line(line.text, &origin(Place::Section, *line, *line));
        }
    } else if is(LOG) {
        log_section(section, gathered);
    } else if let Some(field) = field_of_section(section) {
        field_section(field, section, gathered);
    } else {
        told_bullets(section, gathered);
    }
}

/// Reads `## Status: Accepted`.
fn heading_field(section: &Section<'_>, gathered: &mut Gathered<'_>) {
    let Some((key, value)) = section.title.split_once(':') else { return };
    let field = field::of_key(key).filter(|field| matches!(field, Field::Status | Field::Date | Field::Deciders));
    if let Some(field) = field {
        gathered.take(field, &[value.trim().to_owned()], &origin(Place::Section, section.heading, section.heading));
    }
}

/// Reads "- Relates to [x](x.md)" and "- Supersedes ADR-12" wherever they stand: a bullet that is nothing else.
fn told_bullets(section: &Section<'_>, gathered: &mut Gathered<'_>) {
    for line in &section.lines {
        let told = item_of(line.text).and_then(relation::told);
        let Some(told) = told else { continue };
        let rest = told.rest.trim_start_matches([':', ' ']);
        let alone = rest.strip_suffix('.').unwrap_or(rest).trim_end();
        let is_link = link_at(alone).is_some_and(|link| {
            let near = matches!(link.target, TextTarget::Inline(to) if to.ends_with(".md") && !to.contains("://"));
            link.length == alone.len() && near
        });
        if is_link {
            gathered.take_line(line.text, &origin(Place::Section, *line, *line));
        }
    }
}

/// One statement of a section: a line without its bullet, joined with the next where it breaks off.
struct Statement {
    text: String,
    origin: Origin,
    dated: bool,
}

fn status_section(section: &Section<'_>, gathered: &mut Gathered<'_>) {
    let statements = statements(section);
    let dated = || statements.iter().filter(|statement| statement.dated);
    if dated().count() >= 2 && gathered.record.status.is_none() {
        let mut steps: Vec<(String, Origin)> =
            dated().map(|statement| (statement.text.clone(), statement.origin.clone())).collect();
        // Some write the newest first. Of one day, the later line is the later step.
        steps.sort_by_key(|(text, _)| day::find(text).map(|found| found.date.resolve(DateOrder::DayFirst)));
        gathered.take_history(&steps);
    }
    for Statement { text, origin, .. } in &statements {
        // "Accepted: 2024-03-01" is a status here, and a day under the title.
        let is_state = |field| {
            matches!(field, Field::Date | Field::Proposed | Field::SupersededBy) && status::begins_with_state(text)
        };
        if let Some((field, value)) = head::field_of_part(text).filter(|(field, _)| !is_state(*field)) {
            gathered.take(field, &[value.to_owned()], origin);
            continue;
        }
        // "Partly superseded by" is a status and a relation, "Supersedes" is a relation alone.
        let of_others = relation::told(text).is_some_and(|told| {
            told.direction == Direction::Forward
                || told.verb != Verb::Supersedes && !status::is_partial(&text.to_lowercase())
        });
        // A section named "State" may as well be about the state of a program.
        let is_other = section.title.eq_ignore_ascii_case("state") && !status::begins_with_state(text);
        if !(is_other || of_others && gathered.take_line(text, origin)) {
            gathered.take_status(text, origin);
        }
    }
}

/// Returns what a section of status says. What a quotation explains is left out where there is more.
fn statements(section: &Section<'_>) -> Vec<Statement> {
    let is_quote = |line: &Line<'_>| line.text.trim_start().starts_with('>');
    let said = section.lines.iter().filter(|line| !line.is_blank());
    let quoted_only = said.clone().all(is_quote);
    let mut lines = said.filter(|line| quoted_only || !is_quote(line)).peekable();
    let mut statements = Vec::new();
    while let Some(line) = lines.next() {
        let bare = line.text.trim_start_matches(['>', ' ', '\t']).trim_end();
        let row = bare.starts_with('|').then(|| cells(bare).join(" "));
        let listed = item_of(bare);
        let text = row.as_deref().or(listed).unwrap_or(bare);
        if text.starts_with("[ ]") || is_placeholder(text) {
            continue;
        }
        let text = text.strip_prefix("[x]").or_else(|| text.strip_prefix("[X]")).unwrap_or(text).trim();
        // The verb on one line, the record on the next.
        let broken_off = relation::told(text).is_some_and(|told| told.rest.trim_matches([' ', ':']).is_empty());
        let next = lines.next_if(|_| broken_off).copied();
        let is_step = listed.is_some() || row.is_some() || text.starts_with(|first: char| first.is_ascii_digit());
        let known = status::parse(text).is_some_and(|status| status.state != State::Unknown);
        statements.push(Statement {
            text: next.map_or_else(|| text.to_owned(), |next| format!("{text} {}", next.text.trim())),
            origin: origin(Place::Section, *line, next.unwrap_or(*line)),
            dated: is_step && known && day::find(text).is_some(),
        });
    }
    statements
}

fn link_section(section: &Section<'_>, gathered: &mut Gathered<'_>) {
    for line in section.lines.iter().filter(|line| !line.is_blank()) {
        let origin = origin(Place::Section, *line, *line);
        if gathered.take_line(line.text, &origin) {
            continue;
        }
        let words = line.text.split('[').next().unwrap_or("").trim_matches(|letter: char| !letter.is_alphanumeric());
        let label = (!words.is_empty() && words.split_whitespace().count() <= 3).then(|| words.to_owned());
        for target in relation::links(line.text, &gathered.definitions) {
            let outside = target.text().contains("://") && !target.text().ends_with(".md");
            if !outside {
                let (verb, direction) = (Verb::RelatesTo, Direction::Forward);
                gathered.relate(Relation { verb, direction, label: label.clone(), target }, &origin);
            }
        }
    }
}

fn log_section(section: &Section<'_>, gathered: &mut Gathered<'_>) {
    let is_entry = |line: &&Line<'_>| {
        line.text
            .trim_start()
            .starts_with(|first: char| matches!(first, '-' | '*' | '+' | '|') || first.is_ascii_digit())
    };
    let entries = section.lines.iter().filter(is_entry).filter_map(|line| {
        let found = day::find(line.text)?;
        Some((found.date, found.order, origin(Place::Section, *line, *line)))
    });
    gathered.take_log(&entries.collect::<Vec<_>>());
}

/// A section such as `## Date` or `## Deciders`.
fn field_of_section(section: &Section<'_>) -> Option<Field> {
    let short = section.level > 1 && section.title.split_whitespace().count() <= 2;
    let field = field::of_key(section.title).filter(|_| short)?;
    let plain = matches!(
        field,
        Field::Date
            | Field::Deciders
            | Field::Authors
            | Field::Tags
            | Field::Supersedes
            | Field::SupersededBy
            | Field::Amends
            | Field::AmendedBy
            | Field::Updated
            | Field::Consulted
            | Field::Informed
    );
    plain.then_some(field)
}

fn field_section(field: Field, section: &Section<'_>, gathered: &mut Gathered<'_>) {
    let lines: Vec<&Line<'_>> = section.lines.iter().filter(|line| !line.is_blank()).take(30).collect();
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    if first.text.len() > 200 {
        return; // prose under a heading that only looks like a field
    }
    let bare = |line: &&Line<'_>| line.text.trim().trim_start_matches(['-', '*', '+', '>', ' ']).to_owned();
    gathered.take(field, &lines.iter().map(bare).collect::<Vec<_>>(), &origin(Place::Section, **first, **last));
}
