//! Pieces that share a file, so that a site has few files and a search still loads little.
//!
//! A piece is a raw DEFLATE stream (RFC 1951), escaped as [`envelope`](super::envelope) says and filled up to whole
//! [`BLOCK`]s; its last byte is [`FILL`] and how many bytes the filling has, itself among them. So the root tells where a
//! piece lies by a letter for its size, and a browser asks for these bytes alone, by an HTTP range (RFC 9110, 14.1.2). A
//! host that answers with the whole file does too: the piece is cut out of it.

use std::ops::Range;

use serde::Serialize;

use super::streams::Key;
use crate::codec::Bytes;
use crate::fingerprint::Fingerprint;

/// What the length of a piece is a multiple of. Sizes in bytes would take twice as much of the root.
const BLOCK: usize = 64;

/// What the last byte of a piece is counted from, and its filling is made of: no value up to a block is one to escape.
const FILL: u8 = b']';

/// What the letter of a number is counted from: no size is a digit.
const LETTER: u32 = '9' as u32;

/// How much a pack holds on average, in bytes before compression: a third of that after. At twice as much it ends.
const EXTENT: usize = 96 << 10;

/// The packs of a list, as the root has them.
#[derive(Debug, Default, Serialize)]
pub(super) struct Packs {
    /// The names of all, [`NAME`](super::envelope::NAME) letters each.
    pub(super) names: String,
    /// Of each pack a [letter] for each piece, which says how many blocks it takes. Of texts, before those of each page how
    /// many sections share a piece, in digits; 0 for all.
    pub(super) sizes: Vec<String>,
}

/// A file as it grows.
#[derive(Debug, Default)]
pub(super) struct Pack {
    pub(super) sizes: String,
    pub(super) bytes: Vec<u8>,
    /// The streams in it.
    pub(super) streams: Vec<(Key, Bytes)>,
}

impl Pack {
    /// Adds a piece and returns how many blocks it takes.
    pub(super) fn push(&mut self, (key, stream): (Key, Bytes)) -> u32 {
        let begin = self.bytes.len();
        for byte in stream.iter() {
            match *byte {
                b'"' => self.bytes.extend_from_slice(b"\\\""),
                b'\\' => self.bytes.extend_from_slice(b"\\\\"),
                b'\n' => self.bytes.extend_from_slice(b"\\n"),
                b'\r' => self.bytes.extend_from_slice(b"\\r"),
                other => self.bytes.push(other),
            }
        }
        let filling = BLOCK - self.bytes.len() % BLOCK;
        self.bytes.resize(self.bytes.len() + filling - 1, FILL);
        self.bytes.push(FILL + filling as u8);
        let blocks = ((self.bytes.len() - begin) / BLOCK) as u32;
        self.sizes.push(letter(blocks));
        self.streams.push((key, stream));
        blocks
    }

    /// Returns where the next piece begins, in blocks.
    pub(super) fn end(&self) -> u32 {
        (self.bytes.len() / BLOCK) as u32
    }
}

/// Returns the letter of a number; no letter is a surrogate.
pub(super) fn letter(number: u32) -> char {
    let code = LETTER + number;
    char::from_u32(if code < 0xD800 { code } else { code + 0x800 }).expect("no piece is longer than 70 megabytes")
}

/// Returns which neighbours among items, each a name and its size, share a pack.
///
/// A name says by its hash whether it is the last of its pack, so that a change in one place moves no end in another.
pub(super) fn packs<'a>(items: impl IntoIterator<Item = (&'a str, usize)>) -> Vec<Range<usize>> {
    let (mut packs, mut pack, mut sum) = (Vec::new(), 0..0, 0);
    for (name, size) in items {
        pack.end += 1;
        sum += size;
        if sum > 2 * EXTENT || hash(name) % EXTENT < size {
            let end = pack.end;
            packs.push(std::mem::replace(&mut pack, end..end));
            sum = 0;
        }
    }
    packs.extend(Some(pack).filter(|pack| !pack.is_empty()));
    packs
}

fn hash(name: &str) -> usize {
    let digits = Fingerprint::of_bytes(name.as_bytes()).to_string();
    usize::from_str_radix(&digits[..8], 16).expect("a fingerprint is written in hexadecimal digits")
}

#[cfg(test)]
mod tests {
    use super::super::streams::Level;
    use super::*;

    #[test]
    fn a_piece_is_whole_blocks_and_says_where_it_ends() {
        for length in 0..300 {
            let stream: Vec<u8> = (0..length).map(|at| (at * 7 % 256) as u8).collect();
            let mut pack = Pack::default();
            let key = (Fingerprint::of_bytes(b""), Level::Quick);
            pack.push((key, b"before".to_vec().into()));
            let begin = pack.end() as usize * BLOCK;
            let blocks = pack.push((key, stream.clone().into())) as usize;
            let piece = &pack.bytes[begin..];
            assert_eq!(piece.len(), blocks * BLOCK);
            let escaped = &piece[..piece.len() - usize::from(piece[piece.len() - 1] - FILL)];
            assert_eq!(escaped.len(), length + stream.iter().filter(|byte| b"\"\\\n\r".contains(byte)).count());
            assert_eq!(pack.sizes.chars().nth(1), char::from_u32(LETTER + blocks as u32));
        }
    }

    #[test]
    fn a_longer_piece_moves_no_other_end() {
        let names: Vec<String> = (0..4000).map(|number| format!("page {number}")).collect();
        let ends = |longer: usize| -> Vec<usize> {
            let size = |at: usize| 900 + if at == longer { 5000 } else { 0 };
            packs(names.iter().enumerate().map(|(at, name)| (name.as_str(), size(at))))
                .iter()
                .map(|pack| pack.end)
                .collect()
        };
        let (before, after) = (ends(usize::MAX), ends(1000));
        assert!(before.len() > 20 && before.last() == Some(&4000));
        let same = after.iter().filter(|end| before.contains(end)).count();
        assert!(same + 5 > after.len(), "{same} of {} ends stayed", after.len());
    }
}
