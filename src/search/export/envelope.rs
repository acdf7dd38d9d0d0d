//! How a file is packed: compressed, and readable both as data and as a script.
//!
//! A page from `file:` may fetch nothing, but it may run scripts that lie beside it. So a file is the call of a function
//! with a text: `precedentData("…")`. Between the quotes stands a raw DEFLATE stream (RFC 1951) of which four bytes are
//! escaped as JavaScript does it: `"`, `\`, line feed and carriage return. Who fetches the file undoes that and has the
//! stream; who runs it as a script, with the charset `x-user-defined`, gets it as a text with a character a byte.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::in_parallel;
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
    /// Packs a file and returns its name in its folder.
    pub(super) fn add(&mut self, folder: &str, content: &[u8]) -> String {
        self.keep(folder, pack(content))
    }

    /// Packs many files on every core, and returns their names one after the other.
    pub(super) fn add_all(&mut self, folder: &str, contents: &[Vec<u8>]) -> String {
        let packed = in_parallel(contents, |content| pack(content));
        packed.into_iter().map(|packed| self.keep(folder, packed)).collect()
    }

    /// Packs folders on every core, each of files with their own names; returns the folders' names, one after the other.
    pub(super) fn add_folders(&mut self, above: &str, folders: &[Vec<(String, Vec<u8>)>]) -> String {
        let pack_all = |folder: &Vec<(String, Vec<u8>)>| -> Vec<(String, Vec<u8>)> {
            folder.iter().map(|(name, content)| (name.clone(), pack(content))).collect()
        };
        let mut names = String::new();
        for folder in in_parallel(folders, pack_all) {
            let whole: Vec<u8> = folder.iter().flat_map(|(name, packed)| [name.as_bytes(), packed].concat()).collect();
            let place = |name: &str| format!("{above}/{name}");
            let name = name_of(&whole, |name| {
                folder.iter().all(|(file, packed)| self.there(&place(name), file, packed) != There::Other)
            });
            self.0.extend(folder.into_iter().map(|(file, packed)| (path(&place(&name), &file), packed)));
            names += &name;
        }
        names
    }

    /// Names a file by its content.
    fn keep(&mut self, folder: &str, packed: Vec<u8>) -> String {
        let name = name_of(&packed, |name| self.there(folder, name, &packed) != There::Other);
        self.0.insert(path(folder, &name), packed);
        name
    }

    /// Says what already has a name.
    fn there(&self, folder: &str, name: &str, packed: &[u8]) -> There {
        match self.0.get(&path(folder, name)) {
            None => There::Nothing,
            Some(there) if there == packed => There::Same,
            Some(_) => There::Other,
        }
    }

    /// Returns the files, with the root.
    pub(super) fn finish(mut self, root: &[u8]) -> Vec<Artifact> {
        self.0.insert("search/root.js".to_owned(), pack(root));
        let artifact = |(path, content): (String, Vec<u8>)| {
            Artifact::new(SitePath::new(&path).expect("the names of these files are letters and digits"), content)
        };
        self.0.into_iter().map(artifact).collect()
    }
}

/// What already has a name.
#[derive(PartialEq)]
enum There {
    Nothing,
    /// The same bytes.
    Same,
    Other,
}

/// Names a content by itself; where that name is not free, by itself and a number.
fn name_of(content: &[u8], is_free: impl Fn(&str) -> bool) -> String {
    let salted = |salt: u8| if salt == 0 { content.to_vec() } else { [content, &[salt]].concat() };
    let mut names = (0..=u8::MAX).map(|salt| Fingerprint::of_bytes(&salted(salt)).letters(NAME));
    names.find(|name| is_free(name)).expect("of 256 names with 25 bits one is free")
}

fn path(folder: &str, name: &str) -> String {
    format!("search/{folder}/{name}.js")
}

fn pack(content: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    let stream = encoder.write_all(content).and_then(|()| encoder.finish());
    let stream = stream.expect("a vector takes every byte");
    let mut packed = Vec::with_capacity(stream.len() + stream.len() / 32 + BEFORE.len() + AFTER.len());
    packed.extend_from_slice(BEFORE);
    for byte in stream {
        match byte {
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
