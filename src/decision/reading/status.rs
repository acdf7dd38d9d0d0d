//! The section of a status: statements, a history of them, a list of boxes, or a table.

use crate::decision::reading::gather::Gathered;
use crate::decision::reading::head::{self, cells, item_of, origin};
use crate::decision::reading::outline::{Line, Section};
use crate::decision::reading::relation::{self, Told};
use crate::decision::record::{Origin, Place};
use crate::decision::words::day::{self, DateOrder};
use crate::decision::words::field::Field;
use crate::decision::words::people::{is_nothing, is_placeholder};
use crate::decision::words::state::State;
use crate::decision::words::status;
use crate::decision::words::verb::{Direction, Verb};

/// One statement of a section: a line without its bullet, joined with the next where it breaks off.
struct Statement {
    text: String,
    origin: Origin,
    dated: bool,
}

/// Reads a section of status.
pub(in crate::decision) fn section(section: &Section<'_>, gathered: &mut Gathered<'_>) {
    let before = gathered.record.status.clone();
    let is_row = |line: &&Line<'_>| line.text.trim_start().starts_with('|');
    let rows: Vec<Line<'_>> = section.lines.iter().filter(is_row).copied().collect();
    head::read(&rows, gathered);
    let by_table = gathered.record.status != before;
    let statements = statements(section);
    let dated = || statements.iter().filter(|statement| statement.dated);
    if dated().count() >= 2 && gathered.record.status.is_none() {
        let steps = dated().map(|statement| (statement.text.clone(), statement.origin.clone()));
        gathered.take_history(&by_day(steps.collect()));
    }
    for statement in statements.iter().filter(|statement| !by_table || !statement.text.is_empty()) {
        if by_table && statement.origin.place == Place::Table {
            continue;
        }
        take(section, statement, gathered);
    }
}

fn take(section: &Section<'_>, statement: &Statement, gathered: &mut Gathered<'_>) {
    let Statement { text, origin, .. } = statement;
    let of_part = head::field_of_part(text);
    // "Accepted: 2024-03-01" is a status here, and a day under the title; "Superseded by:" says that nothing is.
    let is_state = |(field, value): &(Field, &str)| {
        let says =
            matches!(field, Field::Date | Field::Proposed) || *field == Field::SupersededBy && !is_nothing(value);
        says && status::begins_with_state(text)
    };
    if let Some((field, value)) = of_part.filter(|part| !is_state(part)) {
        gathered.take(field, &[value.to_owned()], origin);
        return;
    }
    // What a record says of others is no status of its own, even where nobody knows whom it means: "Supersedes the old
    // wiki page". "Partly superseded by" is a status and a relation.
    let of_others = |told: &Told<'_>| {
        told.direction == Direction::Forward
            || told.verb != Verb::Supersedes && !status::is_partial(&text.to_lowercase())
    };
    let told = relation::told(text).filter(of_others);
    if let Some(told) = &told {
        let known = gathered.take_line(text, origin);
        if known || told.verb == Verb::Supersedes && told.direction == Direction::Forward {
            return;
        }
    }
    // A section named "State" may as well be about the state of a program.
    let is_other = section.title.eq_ignore_ascii_case("state") && !status::begins_with_state(text);
    if is_other {
        return;
    }
    gathered.take_status(text, origin);
    // `**Approved**`, and below it `By board vote on 2/14/22`
    if !status::begins_with_state(text) {
        gathered.take_day_beside_status(text, origin);
    }
}

/// Returns what a section of status says. What a quotation explains is left out where there is more.
fn statements(section: &Section<'_>) -> Vec<Statement> {
    let is_quote = |line: &Line<'_>| line.text.trim_start().starts_with('>');
    let quoted_only = section.lines.iter().filter(|line| !line.is_blank()).all(is_quote);
    let mut lines = section.lines.iter().filter(|line| quoted_only || !is_quote(line)).peekable();
    let mut statements = Vec::new();
    while let Some(line) = lines.next() {
        let bare = line.text.trim_start_matches(['>', ' ', '\t']).trim_end();
        let row = bare.starts_with('|').then(|| cells(bare).join(" "));
        let listed = item_of(bare);
        let text = row.as_deref().or(listed).unwrap_or(bare);
        let text = head::badge_state(text).unwrap_or(text);
        // The definition of a link says nothing.
        if text.starts_with('[') && text.contains("]:") {
            continue;
        }
        let box_of = ["[x]", "[X]", "[✓]"].iter().find_map(|sign| text.strip_prefix(sign));
        // A box is ticked beside a state, or beside a task that says nothing of the decision.
        let is_task = box_of.is_some_and(|text| !is_state(text.trim()));
        let is_sign = text.starts_with("[ ]") || text.starts_with("[!") || is_task;
        if line.is_blank() || is_sign || is_placeholder(text) {
            continue;
        }
        let mut text = box_of.unwrap_or(text).trim().to_owned();
        // The verb on one line, the record on the next; or a sentence that goes on.
        let broken_off = relation::told(&text).is_some_and(|told| told.rest.trim_matches([' ', ':']).is_empty());
        let mut last = *line;
        if broken_off {
            while lines.next_if(|next| next.is_blank()).is_some() {}
        }
        while let Some(next) = lines.next_if(|next| broken_off && last == *line && names(next) || goes_on(&text, next))
        {
            text = format!("{text} {}", next.text.trim());
            last = *next;
        }
        let is_step = listed.is_some() || row.is_some() || text.starts_with(|first: char| first.is_ascii_digit());
        let known = || status::parse(&text).is_some_and(|status| status.state != State::Unknown);
        statements.push(Statement {
            dated: is_step && day::find(&text).is_some() && known(),
            origin: origin(if row.is_some() { Place::Table } else { Place::Section }, *line, last),
            text,
        });
    }
    statements
}

/// Orders the steps of a history by their days, since some write the newest first. Of one day, the later line is the later
/// step.
pub(in crate::decision) fn by_day(mut steps: Vec<(String, Origin)>) -> Vec<(String, Origin)> {
    steps.sort_by_key(|(text, _)| day::find(text).map(|found| found.date.resolve(DateOrder::DayFirst)));
    steps
}

/// Says whether a line can be the record that the verb before it names.
fn names(line: &Line<'_>) -> bool {
    let text = item_of(line.text).unwrap_or(line.text);
    !line.is_blank() && relation::told(text).is_none() && head::fields(*line).is_empty()
}

/// Says whether a line goes on with the sentence before it: it begins small, and what is there is no state by itself.
fn goes_on(before: &str, line: &Line<'_>) -> bool {
    let text = line.text.trim();
    let small = text.starts_with(char::is_lowercase);
    let whole = before.ends_with(['.', ':', '!', '?', ')', '\\']) || before.split_whitespace().count() <= 3;
    small && !whole && line.indent() < 4
}

/// Says whether a text beside a box is a state: an adjective, and no noun that begins like one.
fn is_state(text: &str) -> bool {
    let first = text.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    status::begins_with_state(text) && !first.to_lowercase().ends_with("tion") && text.split_whitespace().count() <= 8
}
