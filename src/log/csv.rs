//! Rows as CSV.

use super::Row;
use crate::date::Date;
use crate::decision::State;

/// Returns a text as a cell that is only shown. A spreadsheet would run one that begins as a formula does, so an apostrophe
/// stands before it; controls and overrides of the direction are dropped.
///
/// See <https://owasp.org/www-community/attacks/CSV_Injection>.
pub(super) fn cell(text: &str) -> String {
    let shows = |letter: &char| {
        let is_override = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        !is_override && (!letter.is_control() || *letter == '\n')
    };
    let shown: String = text.chars().filter(shows).collect();
    let is_formula = shown.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{shown}") } else { shown }
}

/// Writes rows as CSV (RFC 4180), lists joined by `; `.
pub fn csv(rows: &[Row]) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let head = [
        "id",
        "kind",
        "scope",
        "number",
        "title",
        "status",
        "status_raw",
        "date",
        "deciders",
        "authors",
        "owners",
        "tags",
        "supersedes",
        "superseded_by",
        "review_by",
        "decide_by",
        "dialect",
        "path",
        "line",
    ];
    let mut write = |cells: &[String]| {
        let cells = cells.iter().map(|text| cell(text));
        writer.write_record(cells).expect("a vector takes every byte, and rows are of one length");
    };
    write(&head.map(str::to_owned));
    for row in rows {
        let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
        let join = |list: &[String]| list.join("; ");
        write(&[
            row.id.clone(),
            row.kind.to_owned(),
            row.scope.clone(),
            row.number.map_or(String::new(), |number| number.to_string()),
            row.title.clone(),
            row.status.map_or("", State::name).to_owned(),
            row.status_raw.clone().unwrap_or_default(),
            day(row.date),
            join(&row.deciders),
            join(&row.authors),
            join(&row.owners),
            join(&row.tags),
            join(&row.supersedes),
            join(&row.superseded_by),
            day(row.review_by),
            day(row.decide_by),
            row.dialect.to_owned(),
            row.path.clone(),
            row.line.to_string(),
        ]);
    }
    let bytes = writer.into_inner().expect("a vector has nothing to flush");
    String::from_utf8(bytes).expect("what was written was text")
}
