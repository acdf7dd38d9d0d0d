//! Fills the places that a form has and that its author left empty, or as the template has them: day and deciders.

use super::keys::front;
use super::lines;
use super::subject::{Edit, Open, Unable};
use crate::decision::reading::head;
use crate::decision::reading::outline::Line;
use crate::decision::words::field::Field;
use crate::decision::words::people::says_nothing;

/// Puts a value where the record has a place for a field; nothing where it has none. No value is written over.
pub(super) fn empty(open: &Open<'_>, field: Field, value: &str) -> Result<Option<Edit>, Unable> {
    if let Some(block) = front(open)
        && let Some(entry) = block.entry(field, open.dialect())
    {
        return if block.is_empty(entry) { block.fill(entry, value).map(Some) } else { Ok(None) };
    }
    in_lines(&open.outline.head(), field, value)
}

/// Writes over `* Status: [proposed | accepted]`, or after a key without a value. What somebody wrote there stays: only a
/// status that says nothing is of the template.
pub(super) fn in_lines(head: &[Line<'_>], field: Field, value: &str) -> Result<Option<Edit>, Unable> {
    let fields = head.iter().flat_map(|line| head::fields(*line).into_iter().map(move |given| (line, given)));
    let Some((line, given)) = fields.into_iter().find(|(_, given)| given.field == field) else {
        return Ok(None);
    };
    let unclear = Unable::Unclear { what: name(field) };
    let range = lines::range_in(*line, given.value).ok_or(unclear.clone())?;
    if !range.is_empty() {
        let free = field == Field::Status || says_nothing(given.value);
        return Ok(free.then(|| Edit::replace(range, value)));
    }
    let end = line.start + line.text.trim_end().len();
    let is_open = line.text.trim_end().ends_with([':', '*', '_']);
    if is_open { Ok(Some(Edit::insert(end, format!(" {value}")))) } else { Err(unclear) }
}

/// What is said of a field that cannot be changed.
fn name(field: Field) -> &'static str {
    match field {
        Field::Date => "the day",
        Field::Deciders => "the list of deciders",
        _ => "the status",
    }
}
