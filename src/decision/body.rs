//! What the text of a record says: its head (bullets, lines, tables), and its sections.

use super::field::{self, Field};
use super::gather::Gathered;
use super::people::is_placeholder;
use super::text::{Line, Outline, Section, plain};
use super::{Origin, Place, Span, day, status};

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
const LINKS: &[&str] = &[
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
    "estatus",
];

/// Reads head and sections.
pub(super) fn read(outline: &Outline<'_>, gathered: &mut Gathered<'_>) {
    head(&outline.head(), gathered);
    for section in &outline.sections {
        let is = |names: &[&str]| {
            names.iter().any(|name| name.eq_ignore_ascii_case(section.title) || *name == section.title.to_lowercase())
        };
        if section.level > 1 && is(METADATA) {
            head(&section.lines, gathered);
        }
        if let Some((key, value)) = section.title.split_once(':').filter(|_| section.level > 1) {
            let field =
                field::of_key(key).filter(|field| matches!(field, Field::Status | Field::Date | Field::Deciders));
            if let Some(field) = field {
                gathered.take(
                    field,
                    &[value.trim().to_owned()],
                    &origin(Place::Section, section.heading, section.heading),
                );
            }
        }
        if is(STATUS) {
            status_section(section, gathered);
        } else if is(LINKS) {
            link_section(section, gathered);
        } else if is(TOLD) {
            for line in &section.lines {
                gathered.take_line(line.text, &origin(Place::Section, *line, *line));
            }
        } else if is(&["changelog", "change log", "revision history"]) {
            log_section(section, gathered);
        } else if let Some(field) = field_of_section(section) {
            field_section(field, section, gathered);
        }
    }
}

fn origin(place: Place, first: Line<'_>, last: Line<'_>) -> Origin {
    Origin { place, file: None, span: Some(Span { start: first.range().start, end: last.range().end }) }
}

/// Reads the lines under the title.
fn head(lines: &[Line<'_>], gathered: &mut Gathered<'_>) {
    let mut at = 0;
    while let Some(line) = lines.get(at).copied() {
        at += 1;
        if let Some(names) = header_row(lines, at - 1) {
            let cells = cells(lines[at + 1].text);
            for (field, cell) in names.iter().zip(cells) {
                if let Some(field) = field {
                    gathered.take(*field, &[cell.to_owned()], &origin(Place::Table, lines[at + 1], lines[at + 1]));
                }
            }
            at += 2;
            continue;
        }
        let fields = fields(line);
        if fields.is_empty() {
            note(line, gathered);
        }
        for Given { field, value, place } in fields {
            if value.is_empty() {
                let items = nested_items(&lines[at..], line.indent());
                let texts: Vec<String> = items.iter().map(|(_, text)| (*text).to_owned()).collect();
                let last = items.last().map_or(line, |(line, _)| *line);
                gathered.take(field, &texts, &origin(place, line, last));
            } else {
                gathered.take(field, &[value.to_owned()], &origin(place, line, line));
            }
        }
    }
}

/// A field of a line.
struct Given<'t> {
    field: Field,
    value: &'t str,
    place: Place,
}

/// Reads `* Status: x`, `- **Status:** x`, `Status: x`, `Date 09/04/2018`, `> Status: x`, `| Status | x |`, and several
/// on one line with `|` or a dot between.
fn fields(line: Line<'_>) -> Vec<Given<'_>> {
    let text = line.text.trim();
    if text.starts_with('|') {
        let cells = cells(text);
        let field = cells.first().filter(|_| cells.len() >= 2).and_then(|key| field::of_key(&plain(key)));
        return field.map(|field| Given { field, value: cells[1], place: Place::Table }).into_iter().collect();
    }
    let bulleted = text.strip_prefix(['-', '*', '+']).is_some_and(|rest| rest.starts_with([' ', '\t']));
    let place = if bulleted { Place::Bullet } else { Place::Line };
    let separators = [" | ", " · ", " • ", " — ", "<br>", "<br/>", "<br />"];
    let parts = separators
        .iter()
        .map(|separator| text.split(separator).collect::<Vec<_>>())
        .find(|parts| parts.len() > 1 && parts.iter().all(|part| field_of_part(part).is_some()));
    let parts = parts.unwrap_or_else(|| vec![text]);
    parts.into_iter().filter_map(field_of_part).map(|(field, value)| Given { field, value, place }).collect()
}

fn field_of_part(part: &str) -> Option<(Field, &str)> {
    let bare = part.trim().trim_start_matches(['-', '+', '*', '>', ' ', '\t', '_', '`', '.', 'q']);
    let bare = if bare.len() + 1 < part.trim().len() || part.trim().starts_with(['-', '*', '+', '>', '_', '`']) {
        bare
    } else {
        part.trim()
    };
    if let Some((key, value)) = bare.split_once(':').or_else(|| bare.split_once('：')) {
        let key = key.trim_matches(['*', '_', '`', ' ']);
        let word_like = !key.is_empty() && key.chars().count() <= 30 && key.split_whitespace().count() <= 4;
        let field = Some(key).filter(|_| word_like && !value.starts_with("//")).and_then(field::of_key);
        if let Some(field) = field {
            return Some((field, value_of(value)));
        }
    }
    let (key, rest) = bare.split_once([' ', '\t'])?;
    let rest = rest.trim();
    match field::of_key(key.trim_matches(['*', '_', ':']))? {
        Field::Date if key.to_lowercase().contains("date") && day::find(rest).is_some_and(|found| found.start == 0) => {
            Some((Field::Date, rest))
        }
        Field::Status if key.trim_matches(['*', '_']).len() < part.trim().len() && is_emphasised(part, key) => {
            Some((Field::Status, value_of(rest)))
        }
        _ => None,
    }
}

/// `**Status** accepted`
fn is_emphasised(part: &str, key: &str) -> bool {
    let bold = format!("**{}**", key.trim_matches(['*', '_', ':']));
    part.contains(&bold)
        && status::parse(part.split(&bold).nth(1).unwrap_or(""))
            .is_some_and(|status| status.state != super::State::Unknown)
}

fn value_of(value: &str) -> &str {
    let value = value.split("<!--").next().unwrap_or("").trim();
    let opened = value
        .strip_prefix("**")
        .or_else(|| value.strip_prefix("__"))
        .filter(|rest| !rest.contains("**") && !rest.contains("__"));
    opened.unwrap_or(value).trim()
}

/// Reads a table whose first row names fields: `| Status | Date |`.
fn header_row(lines: &[Line<'_>], at: usize) -> Option<Vec<Option<Field>>> {
    let (names, rule, _) = (lines.get(at)?, lines.get(at + 1)?, lines.get(at + 2)?);
    let is_rule = rule.text.contains('-') && rule.text.trim().chars().all(|sign| matches!(sign, '|' | '-' | ':' | ' '));
    let fields: Vec<Option<Field>> = cells(names.text).iter().map(|cell| field::of_key(&plain(cell))).collect();
    let known = fields.iter().flatten().count();
    (names.text.trim().starts_with('|') && is_rule && known >= 2 && known * 2 >= fields.len()).then_some(fields)
}

fn cells(row: &str) -> Vec<&str> {
    row.trim().trim_start_matches('|').trim_end_matches('|').split('|').map(str::trim).collect()
}

/// Returns the items of a list below a key without a value.
fn nested_items<'t>(lines: &[Line<'t>], indent: usize) -> Vec<(Line<'t>, &'t str)> {
    let mut items = Vec::new();
    for line in lines {
        let item = line.text.trim_start().strip_prefix(['-', '*', '+']).and_then(|rest| rest.strip_prefix([' ', '\t']));
        match item {
            Some(item) if line.indent() > indent || field_of_part(line.text).is_none() => {
                items.push((*line, item.trim()))
            }
            _ if line.is_blank() && items.is_empty() => {}
            _ => break,
        }
    }
    items
}

/// Reads a line of the head that is no field: "Superseded by [x](x.md)", "*Note:* this RFC has been superseded by …".
fn note(line: Line<'_>, gathered: &mut Gathered<'_>) {
    if line.is_blank() || line.text.len() > 400 {
        return;
    }
    let origin = origin(Place::Line, line, line);
    let lower = plain(line.text).to_lowercase();
    let bare = lower.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let own = bare.starts_with("superseded by") || bare.starts_with("superceded by") || speaks_of_itself(bare);
    if own && !status::is_partial(bare) {
        let from = line
            .text
            .to_lowercase()
            .find("supersed")
            .or_else(|| line.text.to_lowercase().find("superced"))
            .or_else(|| line.text.to_lowercase().find("replaced by"));
        let words = from.and_then(|from| line.text.get(from..)).unwrap_or(line.text);
        gathered.take_status(words, &origin);
        return;
    }
    gathered.take_line(line.text, &origin);
}

/// "This decision has been superseded by …"
fn speaks_of_itself(lower: &str) -> bool {
    let begin = lower.strip_prefix("note").unwrap_or(lower).trim_start_matches([':', ' ', '*']);
    let nouns =
        ["rfc", "adr", "decision", "record", "document", "proposal", "enhancement", "eip", "kep", "page", "madr"];
    let this = begin.strip_prefix("this ").and_then(|rest| nouns.iter().find_map(|noun| rest.strip_prefix(noun)));
    let states = ["superseded by", "superceded by", "replaced by"];
    this.is_some_and(|rest| {
        ["has been ", "was ", "is ", "has since been "].iter().any(|verb| {
            rest.trim_start()
                .strip_prefix(verb)
                .is_some_and(|rest| states.iter().any(|state| rest.trim_start_matches("partially ").starts_with(state)))
        })
    })
}

fn status_section(section: &Section<'_>, gathered: &mut Gathered<'_>) {
    let mut lines = section.lines.iter().filter(|line| !line.is_blank()).peekable();
    let mut logged = false;
    while let Some(line) = lines.next() {
        let bare = line.text.trim().trim_start_matches('>').trim_start();
        let item =
            bare.strip_prefix(['-', '*', '+']).and_then(|rest| rest.strip_prefix([' ', '\t'])).map(str::trim_start);
        let text = item.unwrap_or(bare);
        if text.starts_with("[ ]") || is_placeholder(text) {
            continue;
        }
        let text = text.strip_prefix("[x]").or_else(|| text.strip_prefix("[X]")).unwrap_or(text).trim();
        // The verb on one line, the record on the next.
        let broken_off = super::relation::told(text).is_some_and(|told| told.rest.trim_matches([' ', ':']).is_empty());
        let next = lines.next_if(|_| broken_off).copied();
        let joined = next.map_or_else(|| text.to_owned(), |next| format!("{text} {}", next.text.trim()));
        let origin = origin(Place::Section, *line, next.unwrap_or(*line));
        if let Some((field, value)) = field_of_part(text) {
            gathered.take(field, &[value.to_owned()], &origin);
            continue;
        }
        if super::relation::told(&joined)
            .is_some_and(|told| told.direction == super::Direction::Forward || told.verb != super::Verb::Supersedes)
        {
            gathered.take_line(&joined, &origin);
            continue;
        }
        // A list of days and states is a history: its last line holds.
        let dated = day::find(text).is_some_and(|found| found.start <= 2) && item.is_some();
        if dated
            && (logged || gathered.record.status.is_none())
            && status::parse(text).is_some_and(|status| status.state != super::State::Unknown)
        {
            gathered.record.status = None;
            logged = true;
        }
        gathered.take_status(&joined, &origin);
    }
}

fn link_section(section: &Section<'_>, gathered: &mut Gathered<'_>) {
    for line in section.lines.iter().filter(|line| !line.is_blank()) {
        let origin = origin(Place::Section, *line, *line);
        if gathered.take_line(line.text, &origin) {
            continue;
        }
        let words: String =
            line.text.split('[').next().unwrap_or("").trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned();
        let label = (!words.is_empty() && words.split_whitespace().count() <= 3).then_some(words);
        for target in super::relation::links(line.text, &gathered.definitions) {
            let outside = target.text().contains("://") && !target.text().ends_with(".md");
            if !outside {
                gathered.relate(super::Verb::RelatesTo, super::Direction::Forward, label.clone(), target, &origin);
            }
        }
    }
}

fn log_section(section: &Section<'_>, gathered: &mut Gathered<'_>) {
    let days: Vec<_> = section
        .lines
        .iter()
        .filter(|line| {
            line.text.trim_start().starts_with(['-', '*', '+', '|'])
                || line.text.trim_start().starts_with(|first: char| first.is_ascii_digit())
        })
        .filter_map(|line| {
            let found = day::find(line.text)?;
            Some((found.date, found.order, origin(Place::Section, *line, *line)))
        })
        .collect();
    gathered.take_log(&days);
}

/// A section such as `## Date` or `## Deciders`.
fn field_of_section(section: &Section<'_>) -> Option<Field> {
    let field =
        field::of_key(section.title).filter(|_| section.level > 1 && section.title.split_whitespace().count() <= 2)?;
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
