//! Issues of the book's trackers, as `[trackers]` names them: `QS-412`, `#12`, `owner/repo#12`.
//!
//! Which words are mentions `tracker` knows; here is where they may stand: in ordinary text, and in no link, nor in what the
//! author's own tags make a link or code.

use super::construct::{Construct, Kind, is_escaped};
use super::leaf::{Leaf, Place, Segment};
use crate::tracker::Trackers;

/// Tags in which a mention is part of a link or of code.
const NO_TEXT: &[&str] = &["a", "code", "pre", "kbd", "samp", "var", "button", "script", "style", "textarea", "title"];

/// Finds the mentions of issues in segments of text.
pub(super) fn find(text: &str, leaf: &Leaf, segments: &[Segment], trackers: &Trackers) -> Vec<Construct> {
    if *trackers == Trackers::NONE || leaf.place == Place::Link {
        return Vec::new();
    }
    let no_text = leaf.within_tags(text, NO_TEXT);
    let mut found = Vec::new();
    let mut texts = leaf.texts.iter().peekable();
    for Segment { range, .. } in segments {
        // Signs of emphasis are no part of a mention, and `_QS-412_` has one: each text of the parser is looked at alone.
        while texts.next_if(|text| text.end <= range.start).is_some() {}
        let mut within = texts.clone();
        while let Some(piece) = within.next_if(|text| text.start < range.end) {
            let (start, end) = (piece.start.max(range.start), piece.end.min(range.end));
            for mention in trackers.mentions(&text[start..end]) {
                let place = start + mention.range.start..start + mention.range.end;
                let next = no_text.partition_point(|tag| tag.end <= place.start);
                let is_text = no_text.get(next).is_none_or(|tag| place.end <= tag.start);
                if is_text && !is_escaped(text, place.start) {
                    let shown = text[place.clone()].to_owned();
                    found.push(Construct { range: place, kind: Kind::Address { href: mention.url, shown } });
                }
            }
        }
    }
    found
}
