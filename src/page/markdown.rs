//! The guard of Markdown: a text comes in, what its author plainly meant comes out, as a parser's events.
//!
//! Extensions that take ordinary text (formulas, wikilinks, attributes of headings, emoji codes, bare addresses) never
//! decide for themselves. The text is parsed as GitHub does it (`leaf`), and in the ordinary text that is left each rule
//! (`address`, `formula`, `wikilink`, `issue`, `emoji`, `attributes`, `alert`) finds what is meant. Then it is parsed once more with
//! filler in those places (`mask`), so that emphasis and punctuation never reach into them, and what goes out is cut from
//! the source (`parse`). A text without any sign of these is parsed once.

mod address;
mod alert;
mod attributes;
mod code;
mod construct;
mod emoji;
mod formula;
mod issue;
mod leaf;
mod mask;
mod parse;
mod seen;
mod table;
mod trigger;
mod wikilink;

use std::borrow::Cow;
use std::ops::Range;

pub use code::without_code;
pub(super) use code::{Code, code};
pub(super) use seen::{Alert, Fold, Seen};

use construct::Construct;
use leaf::{Leaf, Place};
use parse::Guarded;

use crate::tracker::Trackers;

/// Which constructs are looked for, beside those that are always there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules<'r> {
    pub(super) smart_punctuation: bool,
    pub(super) math: bool,
    pub(super) definition_lists: bool,
    pub(super) alerts: bool,
    pub(super) wikilinks: bool,
    pub(super) trackers: &'r Trackers,
}

/// A reference to a link's definition that is nowhere, with its place.
pub(super) type Missing = (Range<usize>, String);

/// Reads a text, and shows what stands in it from left to right.
pub(super) fn read(text: &str, rules: Rules<'_>, seen: &mut dyn FnMut(Seen<'_>, Range<usize>)) -> Vec<Missing> {
    if !trigger::any(text) && rules.trackers.mentions(text).is_empty() {
        return parse::read(&Guarded::plain(text), rules.extensions(), seen);
    }
    let base = mask::base(text, rules.definition_lists);
    let leaves = leaf::read(&base.text, rules.structure());
    let Some(extended) = table::extend(text, &leaves) else {
        return parse::read(&guarded(text, base, &leaves, rules), rules.extensions(), seen);
    };
    let base = mask::base(&extended.text, rules.definition_lists);
    let leaves = leaf::read(&base.text, rules.structure());
    let guarded = guarded(&extended.text, base, &leaves, rules);
    let missing = parse::read(&guarded, rules.extensions(), &mut |event, range| {
        if let Some(range) = extended.original(&range) {
            seen(event, range);
        }
    });
    missing.into_iter().filter_map(|(range, label)| Some((extended.original(&range)?, label))).collect()
}

impl Rules<'_> {
    /// What shapes blocks, and takes no ordinary text.
    fn structure(self) -> pulldown_cmark::Options {
        use pulldown_cmark::Options;
        let always = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        let definitions = if self.definition_lists { Options::ENABLE_DEFINITION_LIST } else { Options::empty() };
        let alerts = if self.alerts { Options::ENABLE_GFM } else { Options::empty() };
        always | definitions | alerts
    }

    fn extensions(self) -> pulldown_cmark::Options {
        let punctuation = pulldown_cmark::Options::ENABLE_SMART_PUNCTUATION;
        if self.smart_punctuation { self.structure() | punctuation } else { self.structure() }
    }
}

/// Finds what is meant in the leaves of a text, and masks it.
fn guarded<'t>(text: &'t str, base: mask::Base<'t>, leaves: &[Leaf], rules: Rules<'_>) -> Guarded<'t> {
    let mut mask = mask::Mask::new(&base.text);
    let mut guarded = Guarded::plain(text);
    for leaf in leaves {
        mask.colons(text, leaf);
        // What is said of the block by its text is no part of the text.
        let mut blank = 0..0;
        match leaf.place {
            Place::Heading(start) => {
                if let Some(attributes) = attributes::read(text, leaf) {
                    blank = attributes.range.clone();
                    guarded.attributes.push((start, attributes));
                }
            }
            Place::Quote(start) if rules.alerts => {
                if let Some((line, alert)) = alert::read(text, leaf) {
                    blank = line;
                    guarded.alerts.push((start, alert));
                }
            }
            _ => {}
        }
        let overlaps = |range: &Range<usize>| range.start < blank.end && blank.start < range.end;
        let may_be = |range: &Range<usize>| !overlaps(range) && !mask::would_begin_block(text, leaf, range);
        for construct in constructs(text, leaf, rules).into_iter().filter(|construct| may_be(&construct.range)) {
            mask.construct(text, leaf, &construct);
            guarded.constructs.push(construct);
        }
        mask.blank(&blank);
    }
    guarded.constructs.sort_by_key(|construct| construct.range.start);
    guarded.masked = Cow::Owned(mask.text());
    guarded.base = base;
    guarded
}

/// Finds the constructs of a leaf: addresses first, since nothing may reach into one.
fn constructs(text: &str, leaf: &Leaf, rules: Rules<'_>) -> Vec<Construct> {
    if leaf.place == Place::Fixed {
        return Vec::new();
    }
    let mut segments = leaf.segments();
    let mut found = address::find(text, leaf, &segments);
    segments = construct::cut(segments, &found);
    if rules.math {
        let formulas = formula::find(text, leaf, &segments);
        segments = construct::cut(segments, &formulas);
        found = construct::join(found, formulas);
    }
    if rules.wikilinks && leaf.place != Place::Link {
        let wikilinks = wikilink::find(text, leaf, &segments);
        segments = construct::cut(segments, &wikilinks);
        found = construct::join(found, wikilinks);
    }
    let issues = issue::find(text, leaf, &segments, rules.trackers);
    segments = construct::cut(segments, &issues);
    found = construct::join(found, issues);
    construct::join(found, emoji::find(text, &segments))
}

#[cfg(test)]
mod tests;
