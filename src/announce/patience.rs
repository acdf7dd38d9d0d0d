//! How long to wait before the next try: as long as the service asks, else longer each time, and never long.

use std::time::Duration;

use serde::Deserialize;

use crate::data::from_json;
use crate::time::Moment;

/// The longest wait before one try.
const LONGEST: Duration = Duration::from_secs(60);

/// What the first wait may be; each further one may be twice as long.
const FIRST: Duration = Duration::from_secs(1);

/// Returns the wait that a service asks for: seconds or a day and time of HTTP in its header, or seconds in its answer, as Discord
/// says them more exactly.
pub(super) fn asked(header: Option<&str>, body: &[u8], now: Moment) -> Option<Duration> {
    #[derive(Deserialize)]
    struct Limited {
        retry_after: f64,
    }
    let seconds = |seconds: f64| Duration::try_from_secs_f64(seconds.max(0.0)).ok();
    let of_body = from_json(body).and_then(|Limited { retry_after }| seconds(retry_after));
    let header = header.map(str::trim);
    let of_header = header.and_then(|text| match text.parse::<f64>() {
        Ok(number) => seconds(number),
        Err(_) => seconds(Moment::parse_mail(text)?.0.saturating_sub(now.0) as f64),
    });
    of_body.or(of_header)
}

/// Returns the wait before the next try, after so many; `chance` is between 0 and 1.
pub(super) fn wait(asked: Option<Duration>, tried: u32, chance: f64) -> Duration {
    let chance = chance.clamp(0.0, 1.0);
    match asked {
        // Who else was told the same does not come back at the same moment.
        Some(asked) => asked.min(LONGEST).mul_f64(1.0 + chance / 10.0).min(LONGEST),
        None => (FIRST * 2_u32.saturating_pow(tried.saturating_sub(1))).min(LONGEST).mul_f64(chance),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_says_how_long_to_wait() {
        let now = Moment(1_445_412_430);
        let asked = |header, body: &str| asked(header, body.as_bytes(), now).map(|wait| wait.as_millis());
        assert_eq!(asked(Some("30"), ""), Some(30_000));
        assert_eq!(asked(Some("Wed, 21 Oct 2015 07:28:00 GMT"), ""), Some(50_000));
        assert_eq!(asked(Some("Wed, 21 Oct 2009 07:28:00 GMT"), ""), Some(0), "it is over");
        assert_eq!(asked(Some("65"), "{\"message\": \"slow down\", \"retry_after\": 0.25}"), Some(250));
        for wrong in ["soon", "-1e999", "", "NaN"] {
            assert!(asked(Some(wrong), "").is_none_or(|wait| wait == 0), "{wrong}");
        }
        assert_eq!(asked(None, "[]"), None);
    }

    #[test]
    fn no_wait_is_long() {
        let second = Duration::from_secs(1);
        assert_eq!(wait(Some(second * 3600), 1, 1.0), second * 60);
        assert_eq!(wait(Some(second * 10), 1, 1.0), second * 11);
        assert_eq!([wait(None, 1, 1.0), wait(None, 2, 1.0), wait(None, 30, 1.0)], [second, second * 2, second * 60]);
        assert_eq!(wait(None, 2, 0.0), Duration::ZERO);
    }
}
