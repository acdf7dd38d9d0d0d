//! What the text of a record says: its head, and its sections.

use crate::decision::reading::gather::Gathered;
use crate::decision::reading::head::{self, item_of, origin};
use crate::decision::reading::outline::{Line, Outline, Section};
use crate::decision::reading::relation;
use crate::decision::reading::status::{self, by_day};
use crate::decision::record::Relation;
use crate::decision::record::{Origin, Place};
use crate::decision::words::day;
use crate::decision::words::field::{self, Field};
use crate::decision::words::link::{TextTarget, link_at};
use crate::decision::words::plain::plain;
use crate::decision::words::section::{LINKS, LOG, METADATA, STATUS, TOLD};
use crate::decision::words::status as words_status;
use crate::decision::words::verb::{self, Direction, Verb};

/// Reads head and sections.
pub(in crate::decision) fn read(outline: &Outline<'_>, gathered: &mut Gathered<'_>) {
    head::read(&outline.head(), gathered);
    let logged: Vec<(String, Origin)> =
        outline.sections.iter().flat_map(|section| read_section(section, gathered)).collect();
    let told = outline.title().and_then(|title| Some((title.heading, words_status::of_title(title.title)?)));
    if let Some((heading, words)) = told.filter(|_| gathered.record.status.is_none()) {
        gathered.take_status(words, &origin(Place::Heading, heading, heading));
    }
    if gathered.record.status.is_none() && !logged.is_empty() {
        gathered.record.proposed = None;
        gathered.take_history(&by_day(logged));
    }
}

/// Reads a section; returns the states that a log of changes names.
fn read_section(section: &Section<'_>, gathered: &mut Gathered<'_>) -> Vec<(String, Origin)> {
    let lower = section.title.to_lowercase();
    let is = |names: &[&str]| names.contains(&lower.as_str());
    if is(METADATA) {
        head::read(&section.lines, gathered);
        // `- Name: Names for stacks` is the title where the text has no heading for it.
        let named = section.lines.iter().find_map(|line| Some((line, item_of(line.text)?.strip_prefix("Name:")?)));
        if let Some((line, name)) = named {
            gathered.take_title(name, &origin(Place::Bullet, *line, *line));
        }
    }
    if section.level > 1 {
        heading_field(section, gathered);
    }
    if is(STATUS) {
        status::section(section, gathered);
    } else if is(LINKS) {
        link_section(section, gathered);
    } else if is(TOLD) {
        for line in &section.lines {
            gathered.take_line(line.text, &origin(Place::Section, *line, *line));
        }
    } else if is(LOG) {
        return log_section(section, gathered);
    } else if let Some(field) = field_of_section(section) {
        field_section(field, section, gathered);
    } else {
        told_bullets(section, gathered);
        section.lines.iter().for_each(|line| head::remark(*line, gathered));
    }
    Vec::new()
}

/// Reads `## Status: Accepted`.
fn heading_field(section: &Section<'_>, gathered: &mut Gathered<'_>) {
    let Some((key, value)) = section.title.split_once(':') else { return };
    let field = field::of_key(key).filter(|field| matches!(field, Field::Status | Field::Date | Field::Deciders));
    // "Current status: two editors side by side" tells of something else.
    let states = |field| field != Field::Status || section.level == 2 || words_status::begins_with_state(value);
    if let Some(field) = field.filter(|field| states(*field)) {
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

fn link_section(section: &Section<'_>, gathered: &mut Gathered<'_>) {
    for line in section.lines.iter().filter(|line| !line.is_blank()) {
        let origin = origin(Place::Section, *line, *line);
        if gathered.take_line(line.text, &origin) {
            continue;
        }
        let words = line.text.split('[').next().unwrap_or("").trim_matches(|letter: char| !letter.is_alphanumeric());
        let label = (!words.is_empty() && words.split_whitespace().count() <= 3).then(|| words.to_owned());
        for target in relation::links(line.text, &gathered.mentions) {
            let outside = target.text().contains("://") && !target.text().ends_with(".md");
            if !outside {
                let (verb, direction) = (Verb::RelatesTo, Direction::Forward);
                gathered.relate(Relation { verb, direction, label: label.clone(), target }, &origin);
            }
        }
    }
}

/// Reads a log of changes; returns the states that its entries name.
fn log_section(section: &Section<'_>, gathered: &mut Gathered<'_>) -> Vec<(String, Origin)> {
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
    // `- [approved](https://…) (2022-07-12)`: where nothing else states a status, the last state of the log does.
    let states = section.lines.iter().filter(is_entry).filter_map(|line| {
        let text = item_of(line.text)?;
        let opens = text.starts_with(|first: char| first.is_alphabetic() || matches!(first, '[' | '*'));
        let dated = opens && day::find(text).is_some() && words_status::begins_with_state(text);
        (dated && text.split_whitespace().count() <= 8).then(|| (text.to_owned(), origin(Place::Section, *line, *line)))
    });
    states.collect()
}

/// A section such as `## Date` or `## Deciders`. Deeper ones belong to what stands around them.
fn field_of_section(section: &Section<'_>) -> Option<Field> {
    // What stands in bold on a line of its own is a heading by intent, and has no level.
    let own = section.level == 2 || section.heading.text.trim_start().starts_with("**");
    let short = own && section.title.split_whitespace().count() <= 2;
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
    let bare = |line: &&Line<'_>| line.text.trim().trim_start_matches(['-', '*', '+', '>', ' ']).to_owned();
    let texts: Vec<String> = lines.iter().map(bare).collect();
    if first.text.len() > 200 || texts.iter().any(|text| is_prose(text)) {
        return; // prose under a heading that only looks like a field
    }
    let origin = origin(Place::Section, **first, **last);
    if verb::of_field(field).is_none() {
        gathered.take(field, &texts, &origin);
        return;
    }
    // A section names its records by links or numbers; what else stands there tells of something.
    let named: Vec<String> =
        texts.into_iter().filter(|text| !relation::named(text, &gathered.mentions).is_empty()).collect();
    gathered.take(field, &named, &origin);
}

/// Says whether a text is a sentence rather than names or words.
fn is_prose(text: &str) -> bool {
    let shown = plain(text);
    let words = shown.split_whitespace().count();
    let small = shown.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    let listed = shown.contains([',', ';']);
    words > 12 && !listed || shown.contains(". ") && words > 5 || shown.ends_with('.') && words > 4 && small * 2 > words
}
