//! What stands around the parts of each post: what the message is, and what it does not tell.

use super::brief::{link, short, shown};
use crate::changes::more;
use crate::digest::message::Digest;
use crate::theme::Words;

/// The largest number of items that room is kept for.
const MOST: usize = 9_999_999;

/// What a post says first.
pub(super) struct Head {
    pub(super) title: String,
    pub(super) period: String,
}

impl Head {
    /// Returns that of one post of several, by its place from 0.
    pub(super) fn of(digest: &Digest, at: usize, posts: usize, most: usize) -> Self {
        let place = if posts > 1 { format!(" ({}/{posts})", at + 1) } else { String::new() };
        let title = shown(&digest.title, most - place.len());
        Self { title: format!("{title}{place}"), period: short(&digest.period, 200) }
    }

    /// Returns the longest that there can be.
    pub(super) fn longest(digest: &Digest, most: usize) -> Self {
        Self::of(digest, 8, 9, most)
    }
}

/// What the last post says last.
pub(super) struct Foot {
    /// What is counted and not told, and what did not fit.
    pub(super) lines: Vec<String>,
    /// The page that has it all.
    pub(super) link: Option<String>,
}

impl Foot {
    /// Returns that of a message of which so many items are left out.
    pub(super) fn of(digest: &Digest, left: usize, words: &Words) -> Self {
        let small = digest.small.as_ref().map(|small| short(small, 200));
        let lines = small.into_iter().chain((left > 0).then(|| more(left, words))).collect();
        Self { lines, link: digest.link.as_deref().and_then(|address| link(address, 1000)) }
    }

    /// Returns the longest that there can be.
    pub(super) fn longest(digest: &Digest, words: &Words) -> Self {
        Self::of(digest, MOST, words)
    }
}
