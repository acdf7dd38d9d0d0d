//! What is due, as an iCalendar feed (RFC 5545): reviews, and the days until when proposals can be commented on.

use super::view::{CALENDAR, Settings};
use crate::file::Artifact;
use crate::log::{Due, DueKind, asked, dues};
use crate::path::SitePath;
use crate::site::{Entry, Site};

/// Returns the feed, where something is due.
///
/// An event's stamp is its own day, so the feed changes only when a record does.
pub(super) fn feed(site: &Site, settings: &Settings) -> Option<Artifact> {
    let dues = dues(site);
    if dues.is_empty() {
        return None;
    }
    let mut text = String::new();
    let mut line = |content: String| fold(&content, &mut text);
    let (title, generator) = (escape(&settings.site.title), escape(&settings.site.generator));
    line("BEGIN:VCALENDAR".to_owned());
    line("VERSION:2.0".to_owned());
    line(format!("PRODID:-//{generator}//EN"));
    line(format!("NAME:{title}"));
    line(format!("X-WR-CALNAME:{title}"));
    dues.iter().for_each(|due| event(site, settings, due, &mut line));
    line("END:VCALENDAR".to_owned());
    let path = SitePath::new(CALENDAR).expect("a plain name");
    Some(Artifact::new(path, text.into_bytes()))
}

/// Writes one event, for the whole of its day.
fn event(site: &Site, settings: &Settings, due: &Due, line: &mut impl FnMut(String)) {
    let entry = &site.entries[due.entry];
    let Some(filed) = &entry.filed else { return };
    let people = asked(entry);
    line("BEGIN:VEVENT".to_owned());
    // Calendars know an event again by its id: neither title nor day are part of it.
    line(format!("UID:{}", escape(&format!("{}-{}@{}", due.kind.name(), filed.id, host(settings)))));
    line(format!("DTSTAMP:{}T000000Z", due.date.compact()));
    line(format!("DTSTART;VALUE=DATE:{}", due.date.compact()));
    line(format!("SUMMARY:{}", escape(&summary(settings, due.kind, entry, &people))));
    if let Some(base) = &settings.url {
        line(format!("URL:{base}{}", site.addresses.from_root(&entry.url)));
    }
    let asked =
        (!people.is_empty()).then(|| settings.words.filled("calendar.asked", &[("people", &people.join(", "))]));
    let told = asked.into_iter().chain([entry.page().path.to_string()]);
    line(format!("DESCRIPTION:{}", escape(&told.collect::<Vec<_>>().join("\n"))));
    line(format!("CATEGORIES:{}", escape(&settings.words.text(category(due.kind)))));
    line("TRANSP:TRANSPARENT".to_owned());
    line("END:VEVENT".to_owned());
}

fn category(kind: DueKind) -> &'static str {
    match kind {
        DueKind::Review => "decisions.what_review",
        DueKind::Decision => "decisions.what_decision",
    }
}

/// How many people a summary names: a calendar shows little more than a line of it.
const NAMED: usize = 2;

/// Returns what a calendar shows of an event: what is to be done, with what, and by whom.
fn summary(settings: &Settings, kind: DueKind, entry: &Entry, people: &[String]) -> String {
    let label = entry.label().map_or(String::new(), |label| format!("{label} "));
    let record = format!("{label}{}", entry.labelled_title());
    let key = match kind {
        DueKind::Review => "calendar.review",
        DueKind::Decision => "calendar.comments",
    };
    let what = settings.words.filled(key, &[("record", &record)]);
    // One more than fit needs no more room than the number that would stand for it.
    let shown = if people.len() <= NAMED + 1 { people.len() } else { NAMED };
    let more = (people.len() > shown).then(|| format!("+{}", people.len() - shown));
    let names: Vec<String> = people[..shown].iter().cloned().chain(more).collect();
    if names.is_empty() { what } else { format!("{what} ({})", names.join(", ")) }
}

/// The host of the site, which makes the events' names unique in the world.
fn host(settings: &Settings) -> &str {
    let rest = settings.url.as_deref().and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
    rest.and_then(|rest| rest.split('/').next()).unwrap_or("precedent")
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// How long a line may be, in bytes without its end.
const LONGEST: usize = 75;

/// Appends a line; a long one goes on after a space. No letter is cut.
fn fold(content: &str, text: &mut String) {
    let mut length = 0;
    for letter in content.chars() {
        if length + letter.len_utf8() > LONGEST {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(letter);
        length += letter.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_too_long_and_unfolding_gives_the_text_back() {
        let content = format!("SUMMARY:{}", "Grüße, 🚢 und mehr ".repeat(20));
        let mut text = String::new();
        fold(&content, &mut text);
        assert!(text.split("\r\n").all(|line| line.len() <= LONGEST), "{text}");
        assert_eq!(text.strip_suffix("\r\n").unwrap().replace("\r\n ", ""), content);
    }

    #[test]
    fn text_cannot_end_its_line() {
        assert_eq!(escape("a; b, c\\ d\r\nEND:VEVENT\u{7}"), "a\\; b\\, c\\\\ d\\nEND:VEVENT");
    }
}
