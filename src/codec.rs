//! Values as bytes, as they are kept between runs: what is big stays encoded in memory too, until it is asked for.
//!
//! In: values that serde knows. Out: bytes in the format of `postcard`, which one version of the program writes and reads
//! again. Whoever takes bytes from outside checks them as a whole first ([`Fingerprint`]), so decoding cannot fail.

mod deflate;

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, Range};
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::fingerprint::Fingerprint;

pub use deflate::Deflater;

/// Bytes in a buffer that others share.
#[derive(Clone, PartialEq, Eq)]
pub struct Bytes(bytes::Bytes);

impl Bytes {
    /// Returns a part; nothing where these are too few.
    pub fn part(&self, range: Range<usize>) -> Option<Self> {
        self.get(range.clone())?;
        Some(Self(self.0.slice(range)))
    }
}

impl From<Vec<u8>> for Bytes {
    /// Copies nothing, but gives back what a buffer has beyond them.
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into_boxed_slice().into())
    }
}

impl From<Arc<[u8]>> for Bytes {
    fn from(buffer: Arc<[u8]>) -> Self {
        Self(bytes::Bytes::from_owner(buffer))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", String::from_utf8_lossy(self))
    }
}

/// A text in such bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Text(Bytes);

impl Text {
    /// Takes bytes for a text; nothing where they are no UTF-8.
    pub fn new(bytes: Bytes) -> Option<Self> {
        std::str::from_utf8(&bytes).is_ok().then_some(Self(bytes))
    }

    /// Returns the bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Arc::<[u8]>::from(text.as_bytes()).into())
    }
}

impl From<Arc<str>> for Text {
    fn from(text: Arc<str>) -> Self {
        Self(Arc::<[u8]>::from(text).into())
    }
}

/// Costs a look at every byte: who reads a long text more than once keeps what this returns.
impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        std::str::from_utf8(&self.0).expect("the bytes were checked when they were taken")
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Default for Text {
    fn default() -> Self {
        "".into()
    }
}

/// Bytes that are kept compressed where that pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Packed {
    /// As they are.
    Plain(Bytes),
    /// An LZ4 block with its length before it.
    Compressed(Bytes),
}

impl Packed {
    /// Compresses bytes, which costs a few nanoseconds a byte.
    pub fn new(bytes: &[u8]) -> Self {
        Self::Compressed(lz4_flex::compress_prepend_size(bytes).into())
    }

    /// Returns the bytes.
    ///
    /// # Panics
    /// When the compressed bytes are none that [`Packed::new`] made.
    pub fn get(&self) -> Bytes {
        match self {
            Self::Plain(bytes) => bytes.clone(),
            Self::Compressed(block) => unpacked(block).into(),
        }
    }
}

fn unpacked(block: &[u8]) -> Vec<u8> {
    lz4_flex::decompress_size_prepended(block).expect("what was compressed can be decompressed")
}

/// A value that is kept as compressed bytes, and decoded each time it is asked for.
pub struct Encoded<T> {
    bytes: Bytes,
    value: PhantomData<fn() -> T>,
}

impl<T> Encoded<T> {
    /// Takes bytes that [`Encoded::new`] made, in this run or an earlier one.
    pub fn of(bytes: Bytes) -> Self {
        Self { bytes, value: PhantomData }
    }

    /// Returns the bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}

impl<T: Serialize + DeserializeOwned> Encoded<T> {
    /// Encodes a value.
    pub fn new(value: &T) -> Self {
        Self::of(lz4_flex::compress_prepend_size(&encode(value)).into())
    }

    /// Decodes the value.
    ///
    /// # Panics
    /// When the bytes are none that [`Encoded::new`] made.
    pub fn get(&self) -> T {
        decode(&unpacked(&self.bytes)).expect("what was encoded can be decoded")
    }
}

impl<T> Default for Encoded<T> {
    /// Makes a place for bytes that are not there yet: nothing can be decoded from it.
    fn default() -> Self {
        Self { bytes: Vec::new().into(), value: PhantomData }
    }
}

impl<T> Clone for Encoded<T> {
    fn clone(&self) -> Self {
        Self { bytes: self.bytes.clone(), value: PhantomData }
    }
}

impl<T> fmt::Debug for Encoded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.bytes.len())
    }
}

/// Encodes a value.
pub fn encode(value: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(value).expect("lists and maps know their lengths, and memory does not end")
}

/// Decodes a value; nothing where the bytes are none of it.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// Puts the fingerprint of a content before it, so that [`unseal`] knows it again.
pub fn seal(content: &[u8]) -> Vec<u8> {
    [Fingerprint::of_bytes(content).as_bytes(), content].concat()
}

/// Returns the content of what [`seal`] made; nothing where a byte is another.
pub fn unseal(sealed: Bytes) -> Option<Bytes> {
    let content = sealed.part(Fingerprint::LENGTH..sealed.len())?;
    (Fingerprint::of_bytes(&content).as_bytes() == &sealed[..Fingerprint::LENGTH]).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_comes_back() {
        let value = (String::from("a"), Some(vec![1_u64, 300]), 'ß');
        assert_eq!(Encoded::new(&value).get(), value);
        assert_eq!(decode::<(String, u8)>(&[9, b'a']), None);
    }

    #[test]
    fn no_changed_byte_goes_unseen() {
        let sealed = seal(b"content");
        assert_eq!(unseal(sealed.clone().into()).as_deref(), Some(&b"content"[..]));
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(unseal(damaged.into()), None, "byte {at}");
            assert_eq!(unseal(sealed[..at].to_vec().into()), None, "cut at {at}");
        }
    }
}
