use super::*;
use crate::date::Date;
use crate::time::{Moment, Zone};

#[test]
fn a_word_means_the_time_that_people_mean() {
    let zone = Zone::named("Europe/Berlin").unwrap();
    // A Thursday, in the afternoon.
    let now = Moment::parse("2025-06-12T15:00", &zone).unwrap();
    let read = |text, side| match When::read(text, side, now, &zone) {
        When::At(moment) => format!("{} {}", zone.day_of(moment), zone.clock_of(moment)),
        When::Revision(revision) => format!("revision {revision}"),
        When::LastAnnouncement => "last".to_owned(),
    };
    let since = |text| read(text, Side::Since);
    assert_eq!(since("yesterday"), "2025-06-11 00:00");
    assert_eq!(since("Monday"), "2025-06-09 00:00");
    assert_eq!(since("thursday"), "2025-06-05 00:00", "today is no day in the past");
    assert_eq!(since("18h"), "2025-06-11 21:00");
    assert_eq!(since("2w"), "2025-05-29 15:00");
    assert_eq!(since("2025-03-30"), "2025-03-30 00:00");
    assert_eq!(read("2025-03-30", Side::Until), "2025-03-30 23:59");
    assert_eq!(since("2025-06-01T09:30"), "2025-06-01 09:30");
    assert_eq!(since("2025-06-01T09:30Z"), "2025-06-01 11:30");
    assert_eq!(since("last"), "last");
    assert_eq!(since("origin/main"), "revision origin/main");
    assert_eq!(since("v1.2"), "revision v1.2");
    assert_eq!(Date::parse("2025-06-12").unwrap().monday().to_string(), "2025-06-09");
}
