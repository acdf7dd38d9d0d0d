//! How a file is packed: compressed, and readable both as data and as a script.
//!
//! A page from `file:` may fetch nothing, but it may run scripts that lie beside it. So a file is the call of a function
//! with a text: `precedentData("…")`. Between the quotes stands a raw DEFLATE stream (RFC 1951) of which four bytes are
//! escaped as JavaScript does it: `"`, `\`, line feed and carriage return. Who fetches the file undoes that and has the
//! stream; who runs it as a script, with the charset `x-user-defined`, gets it as a text with a character a byte.

use std::collections::BTreeMap;

use libdeflater::{CompressionLvl, Compressor};

use super::in_parallel_with;
use crate::file::Artifact;
use crate::fingerprint::Fingerprint;
use crate::path::SitePath;

const BEFORE: &[u8] = b"precedentData(\"";
const AFTER: &[u8] = b"\")";

/// How many letters a name has: 25 bits of its content.
pub(super) const NAME: usize = 5;

/// Contents that share a name: that of all of them together.
pub(super) type Bundle = Vec<Content>;

/// A file before it has its name: it is `folder`, the name of its bundle, and `rest`.
pub(super) struct Content {
    pub(super) folder: &'static str,
    pub(super) rest: String,
    pub(super) bytes: Vec<u8>,
}

impl Content {
    /// Returns a bundle of one file.
    pub(super) fn alone(folder: &'static str, bytes: Vec<u8>) -> Bundle {
        vec![Self { folder, rest: String::new(), bytes }]
    }

    fn path(&self, name: &str) -> String {
        let Self { folder, rest, bytes: _ } = self;
        format!("search/{folder}/{name}{rest}.js")
    }
}

/// The files of the search as they come.
#[derive(Default)]
pub(super) struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// Packs a file and returns its name in its folder.
    pub(super) fn add(&mut self, folder: &'static str, bytes: Vec<u8>) -> String {
        self.add_all(vec![Content::alone(folder, bytes)])
    }

    /// Packs bundles on every core, and returns their names one after the other.
    pub(super) fn add_all(&mut self, bundles: Vec<Bundle>) -> String {
        let packed = in_parallel_with(&bundles, Packer::new, |packer, bundle| {
            bundle.iter().map(|content| packer.pack(content)).collect()
        });
        bundles.iter().zip(packed).map(|(bundle, packed)| self.keep(bundle, packed)).collect()
    }

    /// Names a bundle by its content; where that name is not free, by it and a number.
    fn keep(&mut self, bundle: &Bundle, packed: Vec<Vec<u8>>) -> String {
        let whole: Vec<&[u8]> =
            bundle.iter().zip(&packed).flat_map(|(content, packed)| [content.rest.as_bytes(), packed]).collect();
        let salted = |salt: u8| if salt == 0 { whole.concat() } else { [&whole.concat(), &[salt][..]].concat() };
        let is_free = |name: &String| {
            let there = |content: &Content| self.0.get(&content.path(name));
            bundle.iter().zip(&packed).all(|(content, packed)| there(content).is_none_or(|there| there == packed))
        };
        let mut names = (0..=u8::MAX).map(|salt| Fingerprint::of_bytes(&salted(salt)).letters(NAME));
        let name = names.find(is_free).expect("of 256 names with 25 bits one is free");
        self.0.extend(bundle.iter().zip(packed).map(|(content, packed)| (content.path(&name), packed)));
        name
    }

    /// Returns the files, with the root.
    pub(super) fn finish(mut self, root: Vec<u8>) -> Vec<Artifact> {
        let root = Content { folder: "", rest: String::new(), bytes: root };
        self.0.insert("search/root.js".to_owned(), Packer::new().pack(&root));
        let artifact = |(path, content): (String, Vec<u8>)| {
            Artifact::new(SitePath::new(&path).expect("the names of these files are letters and digits"), content)
        };
        self.0.into_iter().map(artifact).collect()
    }
}

/// What packs many files; it takes some megabytes.
struct Packer {
    /// For columns of numbers: the two levels above take three times as long for a hundredth less.
    thorough: Compressor,
    /// For texts and positions: there are many, and the level above takes three times as long for a hundredth less.
    quick: Compressor,
}

impl Packer {
    fn new() -> Self {
        let at = |level| Compressor::new(CompressionLvl::new(level).expect("the levels are 0 to 12"));
        Self { thorough: at(10), quick: at(9) }
    }

    fn pack(&mut self, Content { folder, rest: _, bytes }: &Content) -> Vec<u8> {
        let compressor = if matches!(*folder, "d" | "p") { &mut self.quick } else { &mut self.thorough };
        let mut stream = vec![0; compressor.deflate_compress_bound(bytes.len())];
        let length = compressor.deflate_compress(bytes, &mut stream).expect("a stream is never above its bound");
        stream.truncate(length);
        envelope(&stream)
    }
}

/// Puts a stream into the call of a function.
fn envelope(stream: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(stream.len() + stream.len() / 32 + BEFORE.len() + AFTER.len());
    packed.extend_from_slice(BEFORE);
    for byte in stream {
        match *byte {
            b'"' => packed.extend_from_slice(b"\\\""),
            b'\\' => packed.extend_from_slice(b"\\\\"),
            b'\n' => packed.extend_from_slice(b"\\n"),
            b'\r' => packed.extend_from_slice(b"\\r"),
            other => packed.push(other),
        }
    }
    packed.extend_from_slice(AFTER);
    packed
}
