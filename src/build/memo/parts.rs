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
use crate::path::SitePath;

/// The names of the parts.
pub const PARTS: [&str; 5] = ["lengths", "pages", "texts", "contents", "files"];

/// The parts, in the order of their names. Whoever keeps them gives back the same bytes, or none.
pub type Parts<Part = Bytes> = [Part; 5];

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
    /// Returns it as bytes.
    pub fn to_parts(&self) -> Parts<Vec<u8>> {
        let mut lengths = Lengths::default();
        let outlines: Vec<Vec<u8>> =
            self.parsed.par_iter().map(|(path, page)| encode(&(page.as_ref(), self.classified.get(path)))).collect();
        let total =
            |length: fn(&ParsedPage) -> usize| Vec::with_capacity(self.parsed.values().map(|page| length(page)).sum());
        let mut pages = Vec::with_capacity(outlines.iter().map(Vec::len).sum());
        let mut texts = total(|page| page.text.bytes().len());
        let mut contents = total(|page| page.content.bytes().len());
        let mut files = Vec::new();
        for (outline, page) in outlines.iter().zip(self.parsed.values()) {
            let (text, content) = (page.text.bytes(), page.content.bytes());
            lengths.pages.push([outline.len(), text.len(), content.len()]);
            pages.extend_from_slice(outline);
            texts.extend_from_slice(text);
            contents.extend_from_slice(content);
        }
        for Rendered { key, inputs, artifact, diagnostic } in self.rendered.values() {
            // What is not compressed does not come from here.
            let Packed::Compressed(bytes) = &artifact.content else { continue };
            let (path, diagnostic) = (artifact.path.clone(), diagnostic.clone());
            let kept = KeptFile { path, fingerprint: artifact.fingerprint, key: *key, inputs: *inputs, diagnostic };
            lengths.files.push((kept, bytes.len()));
            files.extend_from_slice(bytes);
        }
        [encode(&lengths), pages, texts, contents, files]
    }

    /// Reads what [`Memo::to_parts`] made; nothing where it is of another program.
    pub fn of_parts([lengths, pages, texts, contents, files]: &Parts) -> Option<Self> {
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
