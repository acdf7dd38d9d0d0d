//! A day of the calendar, as records state it.

use std::borrow::Cow;
use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day in the proleptic Gregorian calendar, years 1 to 9999; or a month of which no day is said, which comes before
/// all its days.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Returns the day, or nothing when the calendar has no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        ((1..=9999).contains(&year) && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// Returns a month of which no day is said, or nothing when the calendar has no such month.
    pub fn of_month(year: u16, month: u8) -> Option<Self> {
        ((1..=9999).contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month, day: 0 })
    }

    /// Reads `2024-01-16`, `2024/1/6` or an ISO date and time, of which it keeps the day.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let day = text.split(['T', ' ']).next()?;
        let mut parts = day.split(['-', '/']);
        let (year, month, date) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, date.parse().ok()?)
    }

    /// Returns the day so many days later; the last of the calendar at most.
    pub fn plus(self, days: u32) -> Self {
        Self::of_number(self.number() + i64::from(days))
    }

    /// Returns the day so many days earlier; the first of the calendar at least.
    pub fn minus(self, days: u32) -> Self {
        Self::of_number(self.number() - i64::from(days))
    }

    /// Returns how many days there are from this one to another, less than none where that is earlier; nothing where one of them
    /// is a whole month.
    pub fn days_until(self, other: Self) -> Option<i64> {
        (self.day > 0 && other.day > 0).then(|| other.number() - self.number())
    }

    /// Counts days from 0000-03-01, so that the leap day is the last of its year.
    ///
    /// After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    fn number(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day.max(1)));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
    }

    fn of_number(number: i64) -> Self {
        let (era, of_era) = (number.div_euclid(146_097), number.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let (day, month) =
            (of_year - (153 * shifted + 2) / 5 + 1, if shifted < 10 { shifted + 3 } else { shifted - 9 });
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        match u16::try_from(year) {
            Ok(year @ 1..=9999) => Self { year, month: month.unsigned_abs() as u8, day: day.unsigned_abs() as u8 },
            Ok(0) | Err(_) if year < 1 => Self { year: 1, month: 1, day: 1 },
            _ => Self { year: 9999, month: 12, day: 31 },
        }
    }

    /// Returns the year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, from 1.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Returns the day of the month, from 1; 0 where no day is said.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Returns the day of the week, from 0 for Monday.
    pub fn weekday(self) -> u8 {
        // 0000-03-01, the day of number 0, was a Wednesday.
        (self.number() + 2).rem_euclid(7).unsigned_abs() as u8
    }

    /// Returns the Monday of its week.
    pub fn monday(self) -> Self {
        self.minus(u32::from(self.weekday()))
    }

    /// Returns the day without separators, `20240116`, as date-named files write it.
    pub fn compact(&self) -> String {
        format!("{:04}{:02}{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.day {
            0 => write!(f, "{:04}-{:02}", self.year, self.month),
            day => write!(f, "{:04}-{:02}-{day:02}", self.year, self.month),
        }
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        let month = || {
            let (year, month) = text.split_once('-')?;
            Self::of_month(year.parse().ok()?, month.parse().ok()?)
        };
        Self::parse(&text).or_else(month).ok_or_else(|| D::Error::custom(format!("no day is called `{text}`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let day = |text: &str| Date::parse(text).unwrap();
        assert_eq!(day("2024-02-28").plus(2).to_string(), "2024-03-01");
        assert_eq!(day("2023-12-31").plus(1).to_string(), "2024-01-01");
        assert_eq!(day("2000-03-01").minus(1).to_string(), "2000-02-29");
        assert_eq!(day("0001-01-01").minus(1).to_string(), "0001-01-01");
        assert_eq!(day("9999-12-31").plus(1).to_string(), "9999-12-31");
        let mut date = day("1999-12-31");
        for _ in 0..3000 {
            let next = date.plus(1);
            assert!(next > date && next.minus(1) == date, "{date}");
            date = next;
        }
    }

    #[test]
    fn a_month_comes_before_its_days() {
        let month = Date::of_month(2018, 11).unwrap();
        assert_eq!(month.to_string(), "2018-11");
        assert!(month < Date::new(2018, 11, 1).unwrap() && month > Date::new(2018, 10, 31).unwrap());
        assert_eq!(month.plus(1).to_string(), "2018-11-02");
        assert_eq!(Date::of_month(2018, 13), None);
    }

    #[test]
    fn only_days_of_the_calendar_are_read() {
        assert_eq!(Date::parse("2024-2-29").unwrap().to_string(), "2024-02-29");
        assert_eq!(Date::parse("2032-12-01T00:00:00.000Z").unwrap().compact(), "20321201");
        for bad in
            ["2023-02-29", "2024-13-01", "24-01-01", "2024-01", "2024-01-01-01", "", "YYYY-MM-DD", "2024-99999-1"]
        {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }
}
