//! What stands in the text: bullets and lines under the title, and the `## Status` section.

use super::status;
use super::{Record, Reference, people};
use crate::date::Date;

/// Reads the text of a record.
pub(super) fn read(text: &str) -> Record {
    let mut record = Record::default();
    for line in head(text) {
        let Some((key, value)) = field(line) else { continue };
        match key.as_str() {
            "status" => {
                record.status = record.status.take().or_else(|| status::parse(value, &mut record.superseded_by))
            }
            "date" => record.date = record.date.or_else(|| Date::parse(value)),
            "deciders" | "decision-makers" => record.deciders = people(&split(value)),
            "tags" => {
                record.tags =
                    value.split([',', ' ']).map(|tag| tag.trim().to_lowercase()).filter(|tag| !tag.is_empty()).collect()
            }
            _ => {}
        }
    }
    read_status_section(text, &mut record);
    for line in section(text, "links") {
        read_relation(line, &mut record);
    }
    record
}

/// Says whether the text has a status where records have theirs.
pub(super) fn is_recognised(text: &str) -> bool {
    let by_section = section(text, "status").next().is_some()
        && section(text, "decision").chain(section(text, "context")).next().is_some();
    let mut fields = head(text).filter_map(field).map(|(key, _)| key);
    by_section
        || fields.any(|key| key == "status")
            && head(text).filter_map(field).any(|(key, _)| key == "deciders" || key == "date")
}

fn read_status_section(text: &str, record: &mut Record) {
    for line in section(text, "status") {
        let line = line.trim_start_matches(['-', '*', ' ']).trim();
        if line.is_empty() || read_relation(line, record) {
            continue;
        }
        let lower = line.to_lowercase();
        if record.status.is_none() || lower.starts_with("superseded by") || lower.starts_with("superceded by") {
            record.status = status::parse(line, &mut record.superseded_by);
        }
    }
}

/// Reads "Supersedes …", in adr-tools' spelling too; says whether the line was that.
fn read_relation(line: &str, record: &mut Record) -> bool {
    let lower = line.trim_start_matches(['-', '*', ' ']).to_lowercase();
    let forward = ["supersedes ", "supercedes ", "replaces "].iter().any(|verb| lower.starts_with(verb));
    if forward {
        record
            .supersedes
            .extend(status::references(line).into_iter().filter(|reference| matches!(reference, Reference::Link(_))));
    }
    let other = ["amends ", "amended by ", "clarifies ", "clarified by "].iter().any(|verb| lower.starts_with(verb));
    forward || other
}

/// The lines before the first section, outside code.
fn head(text: &str) -> impl Iterator<Item = &str> {
    outside_code(text).take_while(|line| !line.starts_with("##"))
}

/// The lines of a section, by its title.
fn section<'t>(text: &'t str, title: &'t str) -> impl Iterator<Item = &'t str> {
    let is_title = move |line: &str| {
        let name = line.trim_start_matches('#');
        line.starts_with("##") && name.trim().trim_end_matches(':').eq_ignore_ascii_case(title)
    };
    outside_code(text)
        .skip_while(move |line| !is_title(line))
        .skip(1)
        .take_while(|line| !line.starts_with('#'))
        .filter(|line| !line.trim().is_empty())
}

/// The lines that stand in no fenced code and no comment.
fn outside_code(text: &str) -> impl Iterator<Item = &str> {
    let (mut fenced, mut commented) = (false, false);
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        if fence {
            fenced = !fenced;
        }
        let starts = line.trim_start().starts_with("<!--");
        let shown = !fenced && !fence && !commented && !starts;
        commented = (commented || starts) && !line.contains("-->");
        shown
    })
}

/// Reads `* Status: x`, `- **Status:** x`, `Status: x`, `Date 09/04/2018`.
fn field(line: &str) -> Option<(String, &str)> {
    let line = line.trim().trim_start_matches(['-', '*', '+', ' ', '_']);
    let (key, value) = line.split_once(':')?;
    let key = key.trim_matches(['*', '_', '`', ' ']).to_lowercase().replace(' ', "-");
    let plain = !key.is_empty() && key.len() < 30 && key.chars().all(|letter| letter.is_alphabetic() || letter == '-');
    plain.then(|| (key, value.trim_start_matches(['*', '_', ' ']).trim()))
}

fn split(value: &str) -> Vec<String> {
    let value = value.split("<!--").next().unwrap_or("").replace("&#x20;", " ");
    value.split([',', ';']).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}
