//! Compressed pieces that an earlier export made: compressing is two thirds of the work, and most pieces stay as they are. The
//! texts of a page that stays are not even put together again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codec::{Bytes, decode, encode};
use crate::fingerprint::Fingerprint;

/// How thoroughly a piece is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Level {
    /// Columns of numbers: the two levels above take three times as long for a hundredth less.
    Thorough,
    /// Texts and positions: there are many, and the level above takes three times as long for a hundredth less.
    Quick,
}

/// What a stream is made of.
pub(super) type Key = (Fingerprint, Level);

/// Streams by what they are made of.
#[derive(Debug, Default)]
pub struct Streams {
    all: BTreeMap<Key, Bytes>,
    /// The pieces of pages, by all that they are made of.
    pages: BTreeMap<Fingerprint, Pieces>,
    /// How many the export before had not.
    fresh: usize,
}

/// The pieces of the texts of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pieces {
    /// About how long they are, in bytes before compression.
    pub(super) size: usize,
    /// How many sections share a piece; 0 where all do.
    pub(super) per: usize,
    pub(super) keys: Vec<Key>,
}

/// New streams are kept when they are one in so many.
const SHARE: usize = 64;

impl Streams {
    /// Reads what [`Streams::write`] made; nothing where it is of another program.
    pub fn of_bytes(bytes: &Bytes) -> Option<Self> {
        let length = usize::try_from(u64::from_le_bytes(bytes.get(..8)?.try_into().ok()?)).ok()?;
        let (keys, pages): (Vec<(Key, usize)>, _) = decode(bytes.get(8..8 + length)?)?;
        let mut at = 8 + length;
        let stream = |(key, length): (Key, usize)| {
            at += length;
            Some((key, bytes.part(at - length..at)?))
        };
        let all = keys.into_iter().map(stream).collect::<Option<_>>()?;
        Some(Self { all, pages, fresh: 0 })
    }

    /// Says whether they differ so much from those of the export before that they are worth keeping: to compress a few
    /// anew costs less than to write all of them.
    pub fn is_worth_keeping(&self) -> bool {
        self.fresh > self.all.len() / SHARE
    }

    /// Hands them over as bytes, piece by piece: how long the lists are, the list of keys with the length of each stream and that
    /// of pages, and the streams.
    ///
    /// # Errors
    /// The first of whoever takes the pieces.
    pub fn write<E>(&self, mut piece: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let keys: Vec<(&Key, usize)> = self.all.iter().map(|(key, stream)| (key, stream.len())).collect();
        let keys = encode(&(keys, &self.pages));
        piece(&(keys.len() as u64).to_le_bytes())?;
        piece(&keys)?;
        self.all.values().try_for_each(|stream| piece(stream))
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Bytes> {
        self.all.get(key)
    }

    /// Returns the pieces of a page, and the stream of each.
    pub(super) fn page(&self, of: Fingerprint) -> Option<(&Pieces, Vec<(Key, Bytes)>)> {
        let pieces = self.pages.get(&of)?;
        let streams = pieces.keys.iter().map(|key| Some((*key, self.get(key)?.clone())));
        Some((pieces, streams.collect::<Option<_>>()?))
    }

    pub(super) fn add_page(&mut self, of: Fingerprint, pieces: Pieces) {
        self.pages.insert(of, pieces);
    }

    /// Adds streams; those that are not among the known ones are fresh.
    pub(super) fn add(&mut self, streams: Vec<(Key, Bytes)>, known: &Self) {
        self.fresh += streams.iter().filter(|(key, _)| known.get(key).is_none()).count();
        self.all.extend(streams);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_come_back() {
        let mut streams = Streams::default();
        let key = |text: &str, level| (Fingerprint::of_bytes(text.as_bytes()), level);
        let some = vec![
            (key("a", Level::Quick), vec![1, 2, 3].into()),
            (key("a", Level::Thorough), Vec::new().into()),
            (key("b", Level::Quick), vec![4].into()),
        ];
        streams.add(some, &Streams::default());
        let page = Fingerprint::of_bytes(b"page");
        streams.add_page(page, Pieces { size: 7, per: 0, keys: vec![key("b", Level::Quick)] });
        let mut bytes = Vec::new();
        let Ok(()) = streams.write(|piece| {
            bytes.extend_from_slice(piece);
            Ok::<(), std::convert::Infallible>(())
        });
        let bytes = Bytes::from(bytes);
        let read = Streams::of_bytes(&bytes).unwrap();
        assert_eq!((&read.all, &read.pages), (&streams.all, &streams.pages));
        assert_eq!(read.page(page).map(|(pieces, streams)| (pieces.size, streams.len())), Some((7, 1)));
        assert_eq!((streams.is_worth_keeping(), read.is_worth_keeping()), (true, false));
        for length in 0..bytes.len() {
            assert!(Streams::of_bytes(&bytes.part(0..length).unwrap()).is_none(), "cut at {length}");
        }
    }
}
