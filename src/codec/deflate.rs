//! DEFLATE, as browsers unpack it.

use libdeflater::{CompressionLvl, Compressor};

/// Compresses many pieces with one memory of some megabytes.
pub struct Deflater(Compressor);

impl Deflater {
    /// Makes one for a level from 0 to 12.
    ///
    /// # Panics
    /// When there is no such level.
    pub fn new(level: i32) -> Self {
        Self(Compressor::new(CompressionLvl::new(level).expect("the levels are 0 to 12")))
    }

    /// Returns a raw stream.
    pub fn deflate(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = vec![0; self.0.deflate_compress_bound(bytes.len())];
        let length = self.0.deflate_compress(bytes, &mut stream).expect("a stream is never above its bound");
        stream.truncate(length);
        stream
    }

    /// Returns a stream with the head and the checksum of gzip, and no time in it.
    pub fn gzip(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = vec![0; self.0.gzip_compress_bound(bytes.len())];
        let length = self.0.gzip_compress(bytes, &mut stream).expect("a stream is never above its bound");
        stream.truncate(length);
        stream
    }
}
