//! The decisions by month, newest first, in parts where they are many.

use serde::Serialize;

use super::decision_log::{RowView, cut_by_year, newest, row_of};
use super::parts::{self, Part};
use super::{Settings, View};
use crate::date::Date;
use crate::log::Row;
use crate::path::SitePath;
use crate::site::{Kind, Site};

/// The decisions of a year; those without a date have none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct YearView {
    year: Option<u16>,
    count: usize,
    months: Vec<MonthView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct MonthView {
    name: String,
    rows: Vec<RowView>,
}

/// Returns the pages of the timeline.
pub(super) fn pages(
    site: &Site,
    settings: &Settings,
    rows: &[Row],
    first: &SitePath,
    framed: &dyn Fn(&SitePath) -> View,
) -> Vec<View> {
    let decisions: Vec<&Row> = rows.iter().filter(|row| row.kind == Kind::Decision.name()).collect();
    let ordered = newest(&decisions);
    let parts = cut_by_year(settings, &ordered, first, weight);
    let page = |(at, part): (usize, &Part)| {
        let timeline = years(site, settings, &ordered[part.items.clone()], &part.path);
        parts::dress(settings, &parts, at, "decisions.count", View { timeline, ..framed(&part.path) })
    };
    parts.iter().enumerate().map(page).collect()
}

/// About how many bytes of markup a record has.
fn weight(row: &Row) -> usize {
    240 + row.title.len() + row.path.len() + row.scope.len()
}

fn years(site: &Site, settings: &Settings, rows: &[(usize, &Row)], here: &SitePath) -> Vec<YearView> {
    let mut years: Vec<YearView> = Vec::new();
    for (order, row) in rows {
        let name = row.date.map_or(String::new(), |date| settings.words.text(&format!("month.{}", date.month())));
        let year = row.date.map(Date::year);
        let row = row_of(site, *order, row, here);
        if years.last().is_none_or(|last| last.year != year) {
            years.push(YearView { year, count: 0, months: Vec::new() });
        }
        let last = years.last_mut().expect("one was just pushed where none fits");
        last.count += 1;
        match last.months.last_mut().filter(|month| month.name == name) {
            Some(month) => month.rows.push(row),
            None => last.months.push(MonthView { name, rows: vec![row] }),
        }
    }
    years
}
