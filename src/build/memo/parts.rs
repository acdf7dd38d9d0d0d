//! A memo as bytes. What a command need not decode lies apart: of each page its text and its content, of each file its bytes.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::parse::Classified;
use super::{Memo, ParsedPage, Rendered};
use crate::codec::{Bytes, Encoded, Packed, Text, decode, encode};
use crate::diagnostic::Diagnostic;
use crate::file::Artifact;
use crate::fingerprint::Fingerprint;
use crate::path::{BookPath, SitePath};

/// The names of the parts.
pub const PARTS: [&str; 6] = ["lengths", "pages", "texts", "contents", "files", "weeks"];

/// The part that is small enough to be kept whenever it changes, by its place among them.
pub const SMALL: usize = 5;

/// The parts, in the order of their names. Whoever keeps them gives back the same bytes, or none.
pub type Parts = [Bytes; 6];

/// So many pages are encoded at once, on all cores.
const AT_ONCE: usize = 512;

/// How long what stands in the other parts is, in their order: a page's outline with what it was understood as, its text and
/// its content; and the bytes of a file.
#[derive(Default, Serialize, Deserialize)]
struct Lengths {
    pages: Vec<[usize; 3]>,
    files: Vec<(KeptFile, usize)>,
}

/// A rendered file without its bytes.
#[derive(Serialize, Deserialize)]
struct KeptFile {
    path: SitePath,
    fingerprint: Fingerprint,
    key: Fingerprint,
    inputs: Option<Fingerprint>,
    diagnostic: Option<Diagnostic>,
}

impl Memo {
    /// Hands it over as bytes, piece by piece, each with the place of its part in [`PARTS`]: whoever writes them down need
    /// not have all of them in memory.
    ///
    /// # Errors
    /// The first of whoever takes the pieces.
    pub fn write<E>(&self, mut piece: impl FnMut(usize, &[u8]) -> Result<(), E>) -> Result<(), E> {
        let mut lengths = Lengths::default();
        let all: Vec<(&BookPath, &ParsedPage)> = self.parsed.iter().map(|(path, page)| (path, &**page)).collect();
        for some in all.chunks(AT_ONCE) {
            let outline = |(path, page): &(&BookPath, &ParsedPage)| encode(&(page, self.classified.get(*path)));
            let outlines: Vec<Vec<u8>> = some.par_iter().map(outline).collect();
            for (outline, (_, page)) in outlines.iter().zip(some) {
                let pieces: [&[u8]; 3] = [outline, page.text.bytes(), page.content.bytes()];
                lengths.pages.push(pieces.map(<[u8]>::len));
                for (at, bytes) in pieces.into_iter().enumerate() {
                    piece(1 + at, bytes)?;
                }
            }
        }
        for Rendered { key, inputs, artifact, diagnostic } in self.rendered.values() {
            // What is not compressed does not come from here.
            let Packed::Compressed(bytes) = &artifact.content else { continue };
            let (path, diagnostic) = (artifact.path.clone(), diagnostic.clone());
            let kept = KeptFile { path, fingerprint: artifact.fingerprint, key: *key, inputs: *inputs, diagnostic };
            lengths.files.push((kept, bytes.len()));
            piece(4, bytes)?;
        }
        piece(SMALL, self.small_part())?;
        piece(0, &encode(&lengths))
    }

    /// Returns the bytes of the part [`SMALL`].
    pub fn small_part(&self) -> &[u8] {
        self.weeks.bytes()
    }

    /// Reads what [`Memo::write`] made; nothing where it is of another program.
    pub fn of_parts([lengths, pages, texts, contents, files, weeks]: &Parts) -> Option<Self> {
        let lengths: Lengths = decode(lengths)?;
        let mut at = [0; 3];
        let places: Vec<[std::ops::Range<usize>; 3]> = lengths
            .pages
            .iter()
            .map(|lengths| {
                let places = [0, 1, 2].map(|part| at[part]..at[part] + lengths[part]);
                at = places.each_ref().map(|place| place.end);
                places
            })
            .collect();
        let page = |[page, text, content]: &[std::ops::Range<usize>; 3]| {
            let (parsed, classified): (ParsedPage, Option<Classified>) = decode(pages.get(page.clone())?)?;
            let text = Text::new(texts.part(text.clone())?)?;
            Some((ParsedPage { text, content: Encoded::of(contents.part(content.clone())?), ..parsed }, classified))
        };
        let pages: Vec<(ParsedPage, Option<Classified>)> = places.par_iter().map(page).collect::<Option<_>>()?;
        let mut memo = Self::default();
        for (page, classified) in pages {
            let path = page.outline.path.clone();
            memo.classified.extend(classified.map(|classified| (path.clone(), classified)));
            memo.parsed.insert(path, page.into());
        }
        memo.rendered = rendered(lengths.files, files)?;
        memo.weeks = Encoded::of(weeks.clone());
        Some(memo)
    }
}

fn rendered(kept: Vec<(KeptFile, usize)>, files: &Bytes) -> Option<BTreeMap<SitePath, Rendered>> {
    let mut at = 0;
    let mut rendered = BTreeMap::new();
    for (KeptFile { path, fingerprint, key, inputs, diagnostic }, length) in kept {
        let content = Packed::Compressed(files.part(at..at + length)?);
        at += length;
        let artifact = Artifact { path: path.clone(), content, fingerprint };
        rendered.insert(path, Rendered { key, inputs, artifact, diagnostic });
    }
    Some(rendered)
}
