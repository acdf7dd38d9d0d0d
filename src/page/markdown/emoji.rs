//! Emoji codes as GitHub has them: `:rocket:`, `:+1:`.
//!
//! A code stands by itself: no letter, digit or colon touches it, so times, scopes and paths with colons stay. Codes may
//! follow each other without a blank.

use super::construct::{Construct, Kind, before};
use super::leaf::Segment;

/// The longest code that there is, in bytes.
const LONGEST: usize = 64;

/// Finds the codes in segments of text.
pub(super) fn find(text: &str, segments: &[Segment]) -> Vec<Construct> {
    let mut found: Vec<Construct> = Vec::new();
    for Segment { range, .. } in segments {
        let mut at = range.start;
        while let Some(start) = text[at..range.end].find(':').map(|next| at + next) {
            at = start + 1;
            let Some((length, sign)) = code(&text[start..range.end]) else { continue };
            let end = start + length;
            let follows = found.last().is_some_and(|last| last.range.end == start);
            let begins = before(text, start).is_none_or(|letter| !letter.is_alphanumeric() && letter != ':');
            let rest = &text[end..range.end];
            let ends = !rest.starts_with(|letter: char| letter.is_alphanumeric())
                && (!rest.starts_with(':') || code(rest).is_some());
            if (follows || begins) && ends {
                found.push(Construct { range: start..end, kind: Kind::Emoji(sign) });
                at = end;
            }
        }
    }
    found
}

/// Reads the code at the beginning of a text; returns its length and its sign.
fn code(text: &str) -> Option<(usize, &'static str)> {
    let name = text.strip_prefix(':')?;
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-');
    let length = name.bytes().take(LONGEST).take_while(is_part).count();
    if length == 0 || !name[length..].starts_with(':') {
        return None;
    }
    Some((length + 2, emojis::get_by_shortcode(&name[..length])?.as_str()))
}
