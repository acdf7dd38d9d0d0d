//! When a difference begins or ends, as people say it: a day, a weekday, a span of time, a revision.

use crate::date::Date;
use crate::time::{Moment, Zone};

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// A moment.
    At(Moment),
    /// The last announcement.
    LastAnnouncement,
    /// A revision of git.
    Revision(String),
}

/// Which end of a stretch of time a word means: a day begins at its first moment, and ends at the next day's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The beginning.
    Since,
    /// The end.
    Until,
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const HOUR: i64 = 3600;

impl When {
    /// Reads `2025-01-31`, `2025-01-31T14:30`, `yesterday`, `today`, `monday` (the last before today), `18h`, `3d`, `2w`, `last`;
    /// anything else is a revision.
    pub fn read(text: &str, side: Side, now: Moment, zone: &Zone) -> Self {
        let text = text.trim();
        let lower = text.to_lowercase();
        let today = zone.day_of(now);
        let on = |day: Date| match side {
            Side::Since => Self::At(zone.start_of(day)),
            Side::Until => Self::At(zone.start_of(day.plus(1)).minus(1)),
        };
        if lower == "last" {
            return Self::LastAnnouncement;
        }
        if lower == "now" {
            return Self::At(now);
        }
        let named = match lower.as_str() {
            "today" => Some(today),
            "yesterday" => Some(today.minus(1)),
            _ => WEEKDAYS.iter().position(|name| *name == lower).map(|wanted| last(wanted, today)),
        };
        if let Some(day) = named {
            return on(day);
        }
        if let Some(seconds) = span(&lower) {
            return Self::At(now.minus(seconds));
        }
        if is_day(text)
            && let Some(day) = Date::parse(text)
        {
            return on(day);
        }
        Moment::parse(text, zone).map_or_else(|| Self::Revision(text.to_owned()), Self::At)
    }
}

/// Returns the last such day before today: on a Monday, `monday` is a week ago, since what was read today needs no telling.
fn last(wanted: usize, today: Date) -> Date {
    let today_is = usize::from(today.weekday());
    let back = (today_is + 7 - wanted) % 7;
    today.minus(u32::try_from(if back == 0 { 7 } else { back }).unwrap_or(7))
}

/// Reads `18h`, `3d`, `2w` as seconds.
fn span(text: &str) -> Option<i64> {
    let unit = match text.chars().next_back()? {
        'h' => HOUR,
        'd' => 24 * HOUR,
        'w' => 7 * 24 * HOUR,
        _ => return None,
    };
    let number = &text[..text.len() - 1];
    let is_number = !number.is_empty() && number.len() <= 5 && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| number.parse().ok())?.map(|number: i64| number * unit)
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/'))
}
