//! Collections of decisions are known by their files: in any folder, with any prefix, in any head that is known, and with
//! pages beside them that are no records.

mod faults;
mod invented;
mod life;

use precedent::build::{Memo, survey};
use precedent::log::{self, Row};

use crate::memory::{Files, inputs};

/// Reads a book from its root, with no setting, and returns its decisions.
fn decisions(files: &Files) -> Vec<Row> {
    let site = survey(&inputs(files), &mut Memo::default()).expect("every file is there").site;
    log::rows(&site).into_iter().filter(|row| row.kind == "decision").collect()
}

/// Shows what a person would want to know of the decisions: what they are called, state, day, title, and relations.
fn shown(files: &Files) -> String {
    let line = |row: &Row| {
        let state = row.standing.map_or("-", precedent::decision::State::name);
        let date = row.date.map_or_else(|| "-".to_owned(), |date| date.to_string());
        let relations: String = row
            .relations
            .iter()
            .map(|relation| format!(" | {} {}", relation.verb, relation.id.as_ref().unwrap_or(&relation.title)))
            .collect();
        format!("{} {state} {date} {}{relations}\n", row.label.as_deref().unwrap_or("-"), row.title)
    };
    decisions(files).iter().map(line).collect()
}
