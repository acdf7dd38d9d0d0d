//! Compressed pieces that an earlier export made: compressing is two thirds of the work, and most pieces stay as they are.

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
pub struct Streams(BTreeMap<Key, Bytes>);

impl Streams {
    /// Reads what [`Streams::to_bytes`] made; nothing where it is of another program.
    pub fn of_bytes(bytes: &Bytes) -> Option<Self> {
        let length = usize::try_from(u64::from_le_bytes(bytes.get(..8)?.try_into().ok()?)).ok()?;
        let keys: Vec<(Key, usize)> = decode(bytes.get(8..8 + length)?)?;
        let mut at = 8 + length;
        let stream = |(key, length): (Key, usize)| {
            at += length;
            Some((key, bytes.part(at - length..at)?))
        };
        keys.into_iter().map(stream).collect::<Option<_>>().map(Self)
    }

    /// Returns them as bytes: how long the list of keys is, the list with the length of each stream, and the streams.
    pub fn to_bytes(&self) -> Vec<u8> {
        let keys: Vec<(&Key, usize)> = self.0.iter().map(|(key, stream)| (key, stream.len())).collect();
        let keys = encode(&keys);
        let mut bytes = Vec::with_capacity(8 + keys.len() + self.0.values().map(|stream| stream.len()).sum::<usize>());
        bytes.extend_from_slice(&(keys.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&keys);
        self.0.values().for_each(|stream| bytes.extend_from_slice(stream));
        bytes
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Bytes> {
        self.0.get(key)
    }

    pub(super) fn add(&mut self, streams: Vec<(Key, Bytes)>) {
        self.0.extend(streams);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_come_back() {
        let mut streams = Streams::default();
        let key = |text: &str, level| (Fingerprint::of_bytes(text.as_bytes()), level);
        streams.add(vec![
            (key("a", Level::Quick), vec![1, 2, 3].into()),
            (key("a", Level::Thorough), Vec::new().into()),
            (key("b", Level::Quick), vec![4].into()),
        ]);
        let bytes = Bytes::from(streams.to_bytes());
        assert_eq!(Streams::of_bytes(&bytes).unwrap().0, streams.0);
        for length in 0..bytes.len() {
            assert!(Streams::of_bytes(&bytes.part(0..length).unwrap()).is_none(), "cut at {length}");
        }
    }
}
