//! What waits for somebody as work for a tracker: open proposals and reviews, in the form that each imports.
//!
//! Jira and Asana import CSV; Trello makes a card of each line that is pasted. No value of a record is a formula to a
//! spreadsheet, ends its line or turns its direction.

use super::csv::cell;
use super::{DueKind, Row};
use crate::date::Date;
use crate::decision::State;
use crate::site::Kind;

/// What imports the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Importer {
    /// Jira: `Summary`, `Issue Type`, `Description`, `Due Date` as `yyyy-MM-dd`, and a column `Labels` for each tag.
    Jira,
    /// Asana: `Name`, `Section/Column`, `Assignee`, `Due Date`, `Notes`, `Tags`.
    Asana,
    /// A line for each, as Trello takes them.
    Lines,
}

/// Says whether a record waits for somebody: an open proposal, and what is to be reviewed until a day.
pub fn waits(row: &Row, until: Date) -> bool {
    is_proposal(row) || row.due().is_some_and(|day| day <= until)
}

fn is_proposal(row: &Row) -> bool {
    row.standing == Some(State::Proposed) && row.kind == Kind::Decision.name()
}

/// Writes records as work; `site` is the address of the site's root, where it is known.
pub fn issues(rows: &[Row], importer: Importer, site: Option<&str>) -> String {
    let works: Vec<Work> = rows.iter().map(|row| Work::of(row, site)).collect();
    match importer {
        Importer::Jira => jira(&works),
        Importer::Asana => asana(&works),
        Importer::Lines => works.iter().map(line).collect(),
    }
}

/// One piece of work.
struct Work<'r> {
    row: &'r Row,
    kind: DueKind,
    summary: String,
    day: String,
    /// Its address, or the path of its file.
    place: String,
}

impl<'r> Work<'r> {
    fn of(row: &'r Row, site: Option<&str>) -> Self {
        let undated = if is_proposal(row) { DueKind::Decision } else { DueKind::Review };
        let due = row.next_due();
        let kind = due.map_or(undated, |(kind, _)| kind);
        let label = row.label.as_ref().map_or(String::new(), |label| format!("{label} "));
        Self {
            row,
            kind,
            summary: format!("{}: {label}{}", what(kind), row.title),
            day: due.map_or(String::new(), |(_, day)| day.to_string()),
            place: site.map_or_else(|| row.path.clone(), |site| format!("{site}{}", row.url)),
        }
    }

    /// Returns what stands in it, one thing a line: where the record is, and of whom it is asked.
    fn description(&self) -> String {
        let asked = self.row.asked();
        let asked = (!asked.is_empty()).then(|| format!("\nAsked of {}", asked.join(", ")));
        format!("{}{}", self.place, asked.unwrap_or_default())
    }
}

fn what(kind: DueKind) -> &'static str {
    match kind {
        DueKind::Review => "Review",
        DueKind::Decision => "Decide",
    }
}

/// Several values of a field are columns of one name. A label of Jira has no blanks.
fn jira(works: &[Work<'_>]) -> String {
    let labels = works.iter().map(|work| work.row.tags.len()).max().unwrap_or(0).max(1);
    let label = |tag: &String| tag.split_whitespace().collect::<Vec<_>>().join("-");
    let head = ["Summary", "Issue Type", "Description", "Due Date"].into_iter().chain((0..labels).map(|_| "Labels"));
    let rows = works.iter().map(|work| {
        let first = [work.summary.clone(), "Task".to_owned(), work.description(), work.day.clone()];
        let tags = work.row.tags.iter().map(label).chain(std::iter::repeat(String::new())).take(labels);
        first.into_iter().chain(tags).collect()
    });
    table(std::iter::once(head.map(str::to_owned).collect()).chain(rows))
}

/// Only a mail address is somebody to Asana; others are named in the notes.
fn asana(works: &[Work<'_>]) -> String {
    let head = ["Name", "Section/Column", "Assignee", "Due Date", "Notes", "Tags"].map(str::to_owned).to_vec();
    let rows = works.iter().map(|work| {
        let section = match work.kind {
            DueKind::Review => "Reviews",
            DueKind::Decision => "Proposals",
        };
        let assignee = work.row.asked().iter().find_map(|name| mail(name)).unwrap_or_default().to_owned();
        let tags = work.row.tags.join(",");
        vec![work.summary.clone(), section.to_owned(), assignee, work.day.clone(), work.description(), tags]
    });
    table(std::iter::once(head).chain(rows))
}

/// Returns the mail address of `Ann Lee <ann@example.org>`, or of a name that is one.
fn mail(name: &str) -> Option<&str> {
    let inside =
        name.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(name, |(inside, _)| inside).trim();
    let (local, host) = inside.split_once('@')?;
    let is_part =
        |part: &str| !part.is_empty() && !part.contains(|letter: char| letter.is_whitespace() || letter == '@');
    (is_part(local) && is_part(host) && host.contains('.')).then_some(inside)
}

fn table(rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        let cells = row.iter().map(|text| cell(text));
        writer.write_record(cells).expect("a vector takes every byte, and rows are of one length");
    }
    String::from_utf8(writer.into_inner().expect("a vector has nothing to flush")).expect("what was written was text")
}

fn line(work: &Work<'_>) -> String {
    let by = if work.day.is_empty() { String::new() } else { format!(" by {}", work.day) };
    let asked = work.row.asked();
    let asked = if asked.is_empty() { String::new() } else { format!(" ({})", asked.join(", ")) };
    let line = format!("{}{by}{asked} {}", work.summary, work.place);
    format!("{}\n", cell(&line.split_whitespace().collect::<Vec<_>>().join(" ")))
}

#[cfg(test)]
mod tests {
    use super::mail;

    #[test]
    fn only_a_mail_address_is_one() {
        assert_eq!(mail("Ann Lee <ann@example.org>"), Some("ann@example.org"));
        assert_eq!(mail("ann@example.org"), Some("ann@example.org"));
        for name in ["@ann", "Ann", "ann@host", "a b@c.d", "@quayside/docs", "a@b@c.d"] {
            assert_eq!(mail(name), None, "{name}");
        }
    }
}
