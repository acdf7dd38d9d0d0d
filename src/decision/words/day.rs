//! Days as people write them: `2024-01-16`, `16/1/2024`, `January 16th, 2024`, `16. Januar 2024`.

use serde::{Deserialize, Serialize};

use crate::date::Date;

/// A day or a month, or two days that the same digits can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WrittenDate {
    /// One day.
    Day(Date),
    /// `05/02/2018`: the fifth of February or the second of May, which only its neighbours can tell.
    Either {
        /// The day when the first number is the day.
        day_first: Date,
        /// The day when the first number is the month.
        month_first: Date,
    },
}

/// Which number of `05/02/2018` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DateOrder {
    /// The first: the fifth of February.
    DayFirst,
    /// The second: May the second.
    MonthFirst,
}

impl WrittenDate {
    /// Returns the day, given how its neighbours are written.
    pub fn resolve(self, order: DateOrder) -> Date {
        match (self, order) {
            (Self::Day(day), _) => day,
            (Self::Either { day_first, .. }, DateOrder::DayFirst) => day_first,
            (Self::Either { month_first, .. }, DateOrder::MonthFirst) => month_first,
        }
    }

    /// Returns the day where there is no doubt.
    pub fn certain(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Either { .. } => None,
        }
    }
}

/// A date in a text: what it says, how its numbers are ordered if that shows, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::decision) struct Found {
    pub(in crate::decision) date: WrittenDate,
    /// Set by `25/04/2022`, which can be read in one way only.
    pub(in crate::decision) order: Option<DateOrder>,
    pub(in crate::decision) start: usize,
    pub(in crate::decision) end: usize,
}

/// Finds the first date of a text.
pub(in crate::decision) fn find(text: &str) -> Option<Found> {
    // Every day has a digit, and most texts have none.
    text.contains(|letter: char| letter.is_ascii_digit())
        .then(|| words(text))
        .and_then(|words| (0..words.len()).find_map(|at| by_digits(&words, at).or_else(|| by_name(&words, at))))
}

/// Finds the date that a text is and nothing else, but for signs: a day, or a month such as `2018-11` or `July 2020`.
pub(in crate::decision) fn whole(text: &str) -> Option<Found> {
    let found = find(text).or_else(|| month_of(text))?;
    let is_sign = |letter: char| !letter.is_alphanumeric();
    let weekday = |text: &str| WEEKDAYS.contains(&text.trim_matches(is_sign).to_lowercase().as_str());
    let before = &text[..found.start];
    let after = &text[found.end..];
    ((before.chars().all(is_sign) || weekday(before)) && after.chars().all(is_sign)).then_some(found)
}

const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Reads a month without a day at the beginning of a text: `2018-11`, `2018/11`, `11/2018`, `July 2020`, `2020 July`.
pub(in crate::decision) fn month_of(text: &str) -> Option<Found> {
    let words = words(text);
    let (one, two) = (words.first()?, words.get(1)?);
    let alone = words.get(2).is_none_or(|third| third.before.trim_start().starts_with(|sign| "(,;".contains(sign)));
    let numbers = one.number().zip(two.number()).filter(|_| matches!(two.before, "-" | "/" | "."));
    let (year, month) = match numbers {
        Some((year, month)) if one.text.len() == 4 => (year, byte(month)?),
        Some((month, year)) if two.text.len() == 4 => (year, byte(month)?),
        Some(_) => return None,
        None => match (month(one.text), month(two.text)) {
            (Some(month), _) if two.text.len() == 4 => (two.number()?, month),
            (None, Some(month)) if one.text.len() == 4 => (one.number()?, month),
            _ => return None,
        },
    };
    let date = Date::of_month(year, month).filter(|_| alone && (1970..=2100).contains(&year))?;
    Some(Found { date: WrittenDate::Day(date), order: None, start: one.start, end: two.end() })
}

/// A run of letters or of digits, with its place and what stands before it.
struct Word<'t> {
    text: &'t str,
    start: usize,
    before: &'t str,
}

impl Word<'_> {
    fn number(&self) -> Option<u16> {
        self.text.parse().ok().filter(|_| self.text.len() <= 4)
    }

    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    let class = |letter: char| if letter.is_ascii_digit() { 1 } else { 2 * u8::from(letter.is_alphabetic()) };
    let mut words: Vec<Word<'_>> = Vec::new();
    let (mut start, mut end) = (0, 0);
    let mut kind = 0;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let now = class(letter);
        if now != kind {
            if kind != 0 {
                words.push(Word { text: &text[start..at], start, before: &text[end..start] });
                end = at;
            }
            (start, kind) = (at, now);
        }
    }
    words
}

/// Reads `2024-01-16`, `2024/1/6`, `2024年1月16日`, `16.01.2024`, `5/2/18` and `20240116`.
fn by_digits(words: &[Word<'_>], at: usize) -> Option<Found> {
    let first = &words[at];
    if first.text.len() == 8 {
        let date = compact(first.text)?;
        return Some(Found { date: WrittenDate::Day(date), order: None, start: first.start, end: first.end() });
    }
    let one = first.number()?;
    if let [_, year, second, month, third, day, ..] = &words[at..]
        && (year.text, month.text, day.text) == ("年", "月", "日")
    {
        let date = Date::new(one, byte(second.number()?)?, byte(third.number()?)?)?;
        return Some(Found { date: WrittenDate::Day(date), order: None, start: first.start, end: day.end() });
    }
    let (second, third) = (words.get(at + 1)?, words.get(at + 2)?);
    let sign = second.before;
    if !matches!(sign, "-" | "/" | "." | " - " | "‑" | ". ") || third.before != sign {
        return None;
    }
    let (two, three) = (second.number()?, third.number()?);
    let found = |date, order| Some(Found { date, order, start: first.start, end: third.end() });
    if first.text.len() == 4 {
        return found(WrittenDate::Day(Date::new(one, byte(two)?, byte(three)?)?), None);
    }
    let year = match third.text.len() {
        4 => three,
        2 => 2000 + three,
        _ => return None,
    };
    let day_first = Date::new(year, byte(two)?, byte(one)?);
    let month_first = Date::new(year, byte(one)?, byte(two)?);
    match (day_first, month_first) {
        // Nobody writes the month first between points.
        (Some(day), _) if sign.starts_with('.') => found(WrittenDate::Day(day), None),
        (Some(day_first), Some(month_first)) if day_first == month_first => found(WrittenDate::Day(day_first), None),
        (Some(day_first), Some(month_first)) => found(WrittenDate::Either { day_first, month_first }, None),
        (Some(day), None) => found(WrittenDate::Day(day), Some(DateOrder::DayFirst)),
        (None, Some(day)) => found(WrittenDate::Day(day), Some(DateOrder::MonthFirst)),
        (None, None) => None,
    }
}

/// Reads `January 16th, 2024`, `16 Jan 2024`, `Jan 16 2024`.
fn by_name(words: &[Word<'_>], at: usize) -> Option<Found> {
    let is_ordinal = |word: &Word<'_>| matches!(word.text, "st" | "nd" | "rd" | "th" | "er" | "of" | "de" | "º" | "ª");
    let mut parts = words[at..].iter().take(6).filter(|word| !is_ordinal(word));
    let (one, two, three) = (parts.next()?, parts.next()?, parts.next()?);
    let near = |word: &Word<'_>| word.before.len() <= 3 && !word.before.contains('\n');
    // `2021 April 20`
    if let (Some(year), Some(month)) = (one.number().filter(|_| one.text.len() == 4), month(two.text)) {
        let date = Date::new(year, month, byte(three.number()?)?).filter(|_| near(two) && near(three))?;
        return Some(Found { date: WrittenDate::Day(date), order: None, start: one.start, end: three.end() });
    }
    let (month, day) = match (month(one.text), month(two.text)) {
        (Some(month), _) => (month, two.number()?),
        (None, Some(month)) => (month, one.number()?),
        _ => return None,
    };
    let year = three.number().filter(|_| three.text.len() == 4 && near(two) && near(three))?;
    let date = Date::new(year, month, byte(day)?)?;
    Some(Found { date: WrittenDate::Day(date), order: None, start: one.start, end: three.end() })
}

fn byte(number: u16) -> Option<u8> {
    u8::try_from(number).ok()
}

/// Reads `20240116`.
pub(in crate::decision) fn compact(digits: &str) -> Option<Date> {
    let all = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let date =
        all.then(|| Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?))?;
    // A number such as 12345678 is no day.
    date.filter(|_| matches!(&digits[..2], "19" | "20"))
}

/// Beginnings of the months, in English and where they differ in German, French, Spanish, Portuguese, Italian and Dutch.
const MONTHS: &[&[&str]] = &[
    &["jan", "jän", "ene", "gen"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "maa", "mrt"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mei", "mag"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aoû", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "out", "ott"],
    &["nov"],
    &["dec", "déc", "dez", "dic"],
];

fn month(word: &str) -> Option<u8> {
    let lower = word.to_lowercase();
    if !(3..=10).contains(&lower.chars().count()) {
        return None;
    }
    let place = MONTHS.iter().position(|names| names.iter().any(|name| lower.starts_with(name)))?;
    byte(u16::try_from(place).ok()? + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let shown = |text: &str| {
            find(text).map(|found| match found.date {
                WrittenDate::Day(day) => day.to_string(),
                WrittenDate::Either { day_first, month_first } => format!("{day_first} or {month_first}"),
            })
        };
        for (text, expected) in [
            ("2020-1-2", "2020-01-02"),
            ("on 2020/01/02.", "2020-01-02"),
            ("(2015-04-09)", "2015-04-09"),
            ("05/02/2018", "2018-02-05 or 2018-05-02"),
            ("25/04/2022: initial draft", "2022-04-25"),
            ("04/25/2022", "2022-04-25"),
            ("10/04/18", "2018-04-10 or 2018-10-04"),
            ("07/07/2020", "2020-07-07"),
            ("16.1.2024", "2024-01-16"),
            ("September 5th, 2023", "2023-09-05"),
            ("5 février 2021", "2021-02-05"),
            ("5. Mai 2021", "2021-05-05"),
            ("20240116", "2024-01-16"),
            ("2032-12-01T00:00:00.000Z", "2032-12-01"),
            ("2024年1月16日", "2024-01-16"),
            ("2021 April 20: accepted", "2021-04-20"),
            ("5th of January 2023", "2023-01-05"),
            ("05-Mar-2015", "2015-03-05"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
        let month = |text: &str| whole(text).map(|found| found.date.resolve(DateOrder::DayFirst).to_string());
        for (text, expected) in [
            ("July 2020", Some("2020-07")),
            ("2018-11", Some("2018-11")),
            ("*24 July 2020*", Some("2020-07-24")),
            ("in July 2020 we met", None),
            ("10/11", None),
            ("2018-99", None),
        ] {
            assert_eq!(month(text).as_deref(), expected, "{text}");
        }
        for text in [
            "YYYY-MM-DD",
            "v1.2.3",
            "12",
            "10.0.0.1",
            "2020",
            "May 2020",
            "99/99/2020",
            "12345678",
            "",
            "192.168.100.1",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
