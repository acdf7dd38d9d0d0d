//! How a file is packed: compressed, and readable both as data and as a script.
//!
//! A page from `file:` may fetch nothing, but it may run scripts that lie beside it. So a file is the call of a function
//! with a text: `precedentData("…")`. Between the quotes stand raw DEFLATE streams, see [`pack`](super::pack), of which four
//! bytes are escaped as JavaScript does it: `"`, `\`, line feed and carriage return. Who fetches the file undoes that and has
//! the stream; who runs it as a script, with the charset `x-user-defined`, gets it as a text with a character a byte.

use std::collections::BTreeMap;

use libdeflater::{CompressionLvl, Compressor};

use super::pack::{Pack, Packs};
use crate::file::Artifact;
use crate::fingerprint::Fingerprint;
use crate::path::SitePath;

const BEFORE: &[u8] = b"precedentData(\"";
const AFTER: &[u8] = b"\")";

/// How many letters a name has: 25 bits of its content.
pub(super) const NAME: usize = 5;

/// The files of the search as they come.
#[derive(Default)]
pub(super) struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// Keeps packs in a folder.
    pub(super) fn add(&mut self, folder: &'static str, packs: Vec<Pack>) -> Packs {
        self.add_all([folder], packs.into_iter().map(|pack| [pack]).collect())
    }

    /// Keeps packs that share a name, each in its folder: that of all of them together. Returns the first of each.
    pub(super) fn add_all<const N: usize>(&mut self, folders: [&'static str; N], packs: Vec<[Pack; N]>) -> Packs {
        let mut kept = Packs::default();
        for packs in packs {
            kept.sizes.extend(packs.first().map(|pack| pack.sizes.clone()));
            let files = packs.map(|pack| [BEFORE, &pack.bytes, AFTER].concat());
            kept.names += &self.keep(folders, files);
        }
        kept
    }

    /// Names files by their content; where that name is not free, by it and a number.
    fn keep<const N: usize>(&mut self, folders: [&'static str; N], files: [Vec<u8>; N]) -> String {
        let path = |folder: &str, name: &str| format!("search/{folder}/{name}.js");
        let salted = |salt: u8| if salt == 0 { files.concat() } else { [&files.concat(), &[salt][..]].concat() };
        let is_free = |name: &String| {
            let there = |folder: &str| self.0.get(&path(folder, name));
            folders.iter().zip(&files).all(|(folder, file)| there(folder).is_none_or(|there| there == file))
        };
        let mut names = (0..=u8::MAX).map(|salt| Fingerprint::of_bytes(&salted(salt)).letters(NAME));
        let name = names.find(is_free).expect("of 256 names with 25 bits one is free");
        self.0.extend(folders.iter().zip(files).map(|(folder, file)| (path(folder, &name), file)));
        name
    }

    /// Returns the files, with the root.
    pub(super) fn finish(mut self, root: &[u8]) -> Vec<Artifact> {
        let mut pack = Pack::default();
        pack.push(&Packer::new().thoroughly(root));
        self.0.insert("search/root.js".to_owned(), [BEFORE, &pack.bytes, AFTER].concat());
        let artifact = |(path, content): (String, Vec<u8>)| {
            Artifact::new(SitePath::new(&path).expect("the names of these files are letters and digits"), content)
        };
        self.0.into_iter().map(artifact).collect()
    }
}

/// What compresses many pieces; it takes some megabytes.
pub(super) struct Packer {
    thorough: Compressor,
    quick: Compressor,
}

impl Packer {
    pub(super) fn new() -> Self {
        let at = |level| Compressor::new(CompressionLvl::new(level).expect("the levels are 0 to 12"));
        Self { thorough: at(10), quick: at(9) }
    }

    /// Compresses columns of numbers: the two levels above take three times as long for a hundredth less.
    pub(super) fn thoroughly(&mut self, bytes: &[u8]) -> Vec<u8> {
        compress(&mut self.thorough, bytes)
    }

    /// Compresses texts and positions: there are many, and the level above takes three times as long for a hundredth less.
    pub(super) fn quickly(&mut self, bytes: &[u8]) -> Vec<u8> {
        compress(&mut self.quick, bytes)
    }
}

fn compress(compressor: &mut Compressor, bytes: &[u8]) -> Vec<u8> {
    let mut stream = vec![0; compressor.deflate_compress_bound(bytes.len())];
    let length = compressor.deflate_compress(bytes, &mut stream).expect("a stream is never above its bound");
    stream.truncate(length);
    stream
}
