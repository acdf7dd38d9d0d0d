//! Content hashes: the program's only notion of "changed".
//!
//! In: bytes, or any value that is `Hash`. Out: a [`Fingerprint`] of 128 bits (truncated BLAKE3).
//! A type derives `Hash`, so a new field is part of its fingerprint without anybody's care.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

/// The first 16 bytes of a BLAKE3 hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// How many bytes it has.
    pub const LENGTH: usize = 16;

    /// Returns its bytes.
    pub fn as_bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }

    /// Returns the fingerprint of the bytes alone.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self::truncate(&blake3::hash(bytes))
    }

    /// Returns the fingerprint of a value, as its `Hash` implementation describes it.
    ///
    /// It is the same in every run of one build of the program on one platform, and may differ between
    /// versions of Rust: good for a cache, not for a file name.
    pub fn of(value: &(impl Hash + ?Sized)) -> Self {
        let mut hasher = Blake3::default();
        value.hash(&mut hasher);
        Self::truncate(&hasher.whole())
    }

    /// Reads the 32 hexadecimal digits that a fingerprint is displayed as; nothing where the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let is_whole = text.len() == 32 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
        let whole = is_whole.then(|| u128::from_str_radix(text, 16).ok()).flatten()?;
        Some(Self(whole.to_be_bytes()))
    }

    /// Returns the first ten hexadecimal digits, for file names (40 bits: no clash among a site's assets).
    pub fn short(&self) -> String {
        let mut hex = self.to_string();
        hex.truncate(10);
        hex
    }

    /// Returns the first letters of the hash in base 32 (RFC 4648, extended hex alphabet, lower case): 5 bits each, at
    /// most 12. No two differ in case alone, so that every file system keeps them apart.
    pub fn letters(&self, count: usize) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
        let bits = u64::from_be_bytes(self.0[..8].try_into().expect("a fingerprint has 16 bytes"));
        let digit = |at: usize| ALPHABET[(bits >> (59 - 5 * at.min(11)) & 31) as usize];
        (0..count.min(12)).map(|at| char::from(digit(at))).collect()
    }

    fn truncate(hash: &blake3::Hash) -> Self {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.as_bytes()[..16]);
        Self(bytes)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

/// Takes the fingerprint of bytes that come in pieces: that of all of them in a row.
#[derive(Debug, Default)]
pub struct Digest(blake3::Hasher);

impl Digest {
    /// Adds a piece.
    pub fn add(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// Returns the fingerprint of what was added so far.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::truncate(&self.0.finalize())
    }
}

/// Lets a `Hash` implementation feed BLAKE3: in pieces of some size, since it has a few bytes at a time.
#[derive(Default)]
struct Blake3 {
    hasher: blake3::Hasher,
    rest: Vec<u8>,
}

impl Blake3 {
    const PIECE: usize = 8192;

    fn whole(&self) -> blake3::Hash {
        self.hasher.clone().update(&self.rest).finalize()
    }
}

impl Hasher for Blake3 {
    fn write(&mut self, bytes: &[u8]) {
        self.rest.extend_from_slice(bytes);
        if self.rest.len() >= Self::PIECE {
            self.hasher.update(&self.rest);
            self.rest.clear();
        }
    }

    fn finish(&self) -> u64 {
        u64::from_le_bytes(self.whole().as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_displayed_is_read() {
        let fingerprint = Fingerprint::of_bytes(b"x");
        assert_eq!(Fingerprint::parse(&fingerprint.to_string()), Some(fingerprint));
        for wrong in ["", "0", "+0000000000000000000000000000000", &"g".repeat(32), &"0".repeat(33)] {
            assert_eq!(Fingerprint::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn neighbouring_strings_do_not_run_together() {
        assert_ne!(Fingerprint::of(&("ab", "c")), Fingerprint::of(&("a", "bc")));
        assert_ne!(Fingerprint::of(&["ab"][..]), Fingerprint::of(&["a", "b"][..]));
    }
}
