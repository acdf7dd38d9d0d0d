//! How a file is packed: compressed, and readable both as data and as a script.
//!
//! A page from `file:` may fetch nothing, but it may run scripts that lie beside it. So a file is the call of a function
//! with a text: `precedentData("…")`. Between the quotes stand raw DEFLATE streams, see [`pack`](super::pack), of which four
//! bytes are escaped as JavaScript does it: `"`, `\`, line feed and carriage return. Who fetches the file undoes that and has
//! the stream; who runs it as a script, with the charset `x-user-defined`, gets it as a text with a character a byte.

use std::collections::BTreeMap;

use super::pack::{Pack, Packs};
use super::streams::{Key, Level, Pieces, Streams};
use crate::codec::{Bytes, Deflater};
use crate::file::Artifact;
use crate::fingerprint::Fingerprint;
use crate::path::SitePath;

const BEFORE: &[u8] = b"precedentData(\"";
const AFTER: &[u8] = b"\")";

/// How many letters a name has: 25 bits of its content.
pub(super) const NAME: usize = 5;

/// The files of the search as they come.
pub(super) struct Files<'s> {
    files: BTreeMap<String, Vec<u8>>,
    /// The streams of an earlier export.
    pub(super) known: &'s Streams,
    /// Those of this one.
    streams: Streams,
}

impl<'s> Files<'s> {
    pub(super) fn new(known: &'s Streams) -> Self {
        Self { files: BTreeMap::new(), known, streams: Streams::default() }
    }

    /// Notes the pieces of a page for the next export.
    pub(super) fn keep_page(&mut self, of: Fingerprint, pieces: Pieces) {
        self.streams.add_page(of, pieces);
    }

    /// Keeps packs in a folder.
    pub(super) fn add(&mut self, folder: &'static str, packs: Vec<Pack>) -> Packs {
        self.add_all([folder], packs.into_iter().map(|pack| [pack]).collect())
    }

    /// Keeps packs that share a name, each in its folder: that of all of them together. Returns the first of each.
    pub(super) fn add_all<const N: usize>(&mut self, folders: [&'static str; N], packs: Vec<[Pack; N]>) -> Packs {
        let mut kept = Packs::default();
        for packs in packs {
            kept.sizes.extend(packs.first().map(|pack| pack.sizes.clone()));
            let files = packs.map(|pack| {
                self.streams.add(pack.streams, self.known);
                [BEFORE, &pack.bytes, AFTER].concat()
            });
            kept.names += &self.keep(folders, files);
        }
        kept
    }

    /// Names files by their content; where that name is not free, by it and a number.
    fn keep<const N: usize>(&mut self, folders: [&'static str; N], files: [Vec<u8>; N]) -> String {
        let path = |folder: &str, name: &str| format!("search/{folder}/{name}.js");
        let salted = |salt: u8| if salt == 0 { files.concat() } else { [&files.concat(), &[salt][..]].concat() };
        let is_free = |name: &String| {
            let there = |folder: &str| self.files.get(&path(folder, name));
            folders.iter().zip(&files).all(|(folder, file)| there(folder).is_none_or(|there| there == file))
        };
        let mut names = (0..=u8::MAX).map(|salt| Fingerprint::of_bytes(&salted(salt)).letters(NAME));
        let name = names.find(is_free).expect("of 256 names with 25 bits one is free");
        self.files.extend(folders.iter().zip(files).map(|(folder, file)| (path(folder, &name), file)));
        name
    }

    /// Returns the files, with the root, and the streams in them.
    pub(super) fn finish(mut self, root: &[u8]) -> (Vec<Artifact>, Streams) {
        let mut pack = Pack::default();
        pack.push(Packer::new(self.known).thoroughly(root));
        self.files.insert("search/root.js".to_owned(), [BEFORE, &pack.bytes, AFTER].concat());
        let artifact = |(path, content): (String, Vec<u8>)| {
            Artifact::new(SitePath::new(&path).expect("the names of these files are letters and digits"), content)
        };
        (self.files.into_iter().map(artifact).collect(), self.streams)
    }
}

/// What compresses many pieces; it takes some megabytes.
pub(super) struct Packer<'s> {
    pub(super) known: &'s Streams,
    thorough: Deflater,
    quick: Deflater,
}

/// A compressed piece, and what it was made of.
pub(super) type Stream = (Key, Bytes);

impl<'s> Packer<'s> {
    pub(super) fn new(known: &'s Streams) -> Self {
        Self { known, thorough: Deflater::new(10), quick: Deflater::new(7) }
    }

    /// Compresses columns of numbers.
    pub(super) fn thoroughly(&mut self, bytes: &[u8]) -> Stream {
        self.compressed(bytes, Level::Thorough)
    }

    /// Compresses texts and positions.
    pub(super) fn quickly(&mut self, bytes: &[u8]) -> Stream {
        self.compressed(bytes, Level::Quick)
    }

    fn compressed(&mut self, bytes: &[u8], level: Level) -> Stream {
        let key = (Fingerprint::of_bytes(bytes), level);
        let compressor = match level {
            Level::Thorough => &mut self.thorough,
            Level::Quick => &mut self.quick,
        };
        let stream = self.known.get(&key).cloned();
        (key, stream.unwrap_or_else(|| compressor.deflate(bytes).into()))
    }
}
