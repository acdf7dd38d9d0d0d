//! A moment, and the day on which it falls in a time zone.
//!
//! The zones are those that the program brings, so the same name means the same days on every machine. Only
//! [`Zone::of_system`] asks the machine, for commands whose day is that of their user.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::date::Date;

/// A moment: seconds since the beginning of 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// Reads an ISO date and time, `2025-01-31T14:30` or `2025-01-31 14:30:00+01:00`; without an offset it is one of the zone.
    pub fn parse(text: &str, zone: &Zone) -> Option<Self> {
        let text = text.trim().replacen(' ', "T", 1);
        if let Ok(moment) = text.parse::<jiff::Timestamp>() {
            return Some(Self(moment.as_second()));
        }
        let local: jiff::civil::DateTime = text.contains('T').then(|| text.parse().ok())??;
        Some(Self(zone.zone.to_ambiguous_timestamp(local).compatible().ok()?.as_second()))
    }

    /// Reads a day and time as mail and HTTP write it, `Wed, 21 Oct 2015 07:28:00 GMT`.
    pub fn parse_mail(text: &str) -> Option<Self> {
        let zoned = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
        Some(Self(zoned.as_second()))
    }

    /// Returns the moment so many seconds earlier.
    pub fn minus(self, seconds: i64) -> Self {
        Self(self.0.saturating_sub(seconds))
    }

    fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_second(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }
}

/// In UTC, as RFC 3339 writes it: `2025-01-31T14:30:00Z`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.timestamp())
    }
}

/// A time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    name: String,
    zone: jiff::tz::TimeZone,
}

impl Zone {
    /// Returns the zone of an IANA name, `Europe/Berlin`, or `UTC`; nothing where there is none.
    pub fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("utc") {
            return Some(Self::default());
        }
        let zone = jiff::tz::TimeZoneDatabase::bundled().get(name).ok()?;
        Some(Self { name: zone.iana_name().unwrap_or(name).to_owned(), zone })
    }

    /// Returns the zone in which the user of this machine lives; UTC where the machine does not say.
    pub fn of_system() -> Self {
        let zone = jiff::tz::TimeZone::system();
        Self { name: zone.iana_name().unwrap_or("UTC").to_owned(), zone }
    }

    /// Returns its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the day on which a moment falls.
    pub fn day_of(&self, moment: Moment) -> Date {
        let day = self.zone.to_datetime(moment.timestamp()).date();
        let number = |value: i8| u8::try_from(value).unwrap_or(1);
        let date = Date::new(u16::try_from(day.year()).unwrap_or(1), number(day.month()), number(day.day()));
        date.unwrap_or_else(|| Date::new(1, 1, 1).expect("the first day of the calendar"))
    }

    /// Returns the time of the day, `14:30`.
    pub fn clock_of(&self, moment: Moment) -> String {
        let time = self.zone.to_datetime(moment.timestamp()).time();
        format!("{:02}:{:02}", time.hour(), time.minute())
    }

    /// Returns the first moment of a day.
    pub fn start_of(&self, day: Date) -> Moment {
        let whole = |value: u8| i8::try_from(value.max(1)).unwrap_or(1);
        let year = i16::try_from(day.year()).unwrap_or(1);
        let civil =
            jiff::civil::Date::new(year, whole(day.month()), whole(day.day())).unwrap_or(jiff::civil::Date::MIN);
        let start = civil.to_zoned(self.zone.clone()).map(|start| start.timestamp().as_second());
        Moment(start.unwrap_or(i64::MIN / 2))
    }
}

impl std::hash::Hash for Zone {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl Default for Zone {
    /// Returns UTC.
    fn default() -> Self {
        Self { name: "UTC".to_owned(), zone: jiff::tz::TimeZone::UTC }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_falls_on_the_day_of_its_zone() {
        let zone = |name| Zone::named(name).unwrap();
        let late = Moment::parse("2025-01-30T23:30:00-08:00", &zone("UTC")).unwrap();
        assert_eq!(zone("Europe/Berlin").day_of(late).to_string(), "2025-01-31");
        assert_eq!(zone("America/Los_Angeles").day_of(late).to_string(), "2025-01-30");
        assert_eq!(zone("Asia/Kolkata").clock_of(late), "13:00");
        assert_eq!(late.to_string(), "2025-01-31T07:30:00Z");
        assert_eq!(Zone::named("Mars/Olympus"), None);
    }

    #[test]
    fn a_day_begins_at_its_midnight_also_when_the_clocks_change() {
        let berlin = Zone::named("europe/berlin").unwrap();
        let day = |text| Date::parse(text).unwrap();
        assert_eq!(berlin.name(), "Europe/Berlin");
        assert_eq!(berlin.start_of(day("2025-03-30")).to_string(), "2025-03-29T23:00:00Z");
        assert_eq!(berlin.start_of(day("2025-03-31")).to_string(), "2025-03-30T22:00:00Z");
        assert_eq!(Moment::parse("2025-03-31 00:00", &berlin), Some(berlin.start_of(day("2025-03-31"))));
    }
}
