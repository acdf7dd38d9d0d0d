//! The texts that results show and that are read for how near words stand.
//!
//! A piece is JSON, the part of a page: `[page, first section, title, url, path, breadcrumb, kind, status, date, tags, id,
//! scope, [[heading, anchor, line, text], …]]`, where the text is the beginning of the section that
//! [`near`](super::super::near) reads. So many sections of a page share a piece that it is about an [`EXTENT`] long.

use std::ops::Range;

use serde::Serialize;

use super::envelope::{Files, Packer, Stream};
use super::pack::{Pack, Packs, packs};
use super::streams::Pieces;
use super::{Page, in_parallel_with};
use crate::data::to_json;
use crate::fingerprint::Fingerprint;
use crate::search::document::Document;
use crate::search::near::LONGEST;

/// How much a piece holds, in bytes before compression, unless a section alone is longer; and in a book of many pages, where
/// what the root says of all pieces is more than what a search loads of them.
const EXTENT: (usize, usize) = (1200, 1800);

/// How many pages are many.
const MANY: usize = 4096;

/// The part of a page that a piece holds.
#[derive(Serialize)]
struct Piece<'d>(
    usize,
    usize,
    &'d str,
    &'d str,
    &'d str,
    &'d [String],
    &'d str,
    Option<&'d str>,
    Option<&'d str>,
    &'d [String],
    Option<&'d str>,
    &'d str,
    Vec<Section<'d>>,
);

/// `[heading, anchor, line, text]`
#[derive(Serialize)]
struct Section<'d>(&'d str, &'d str, usize, &'d str);

/// The pieces of a page, by all that they are made of.
struct PageTexts {
    of: Fingerprint,
    pieces: Pieces,
    streams: Vec<Stream>,
}

pub(super) fn write(pages: &[Page<'_>], files: &mut Files<'_>) -> Packs {
    let extent = if pages.len() > MANY { EXTENT.1 } else { EXTENT.0 };
    let numbered: Vec<(usize, &Page<'_>)> = pages.iter().enumerate().collect();
    let made = in_parallel_with(
        &numbered,
        || Packer::new(files.known),
        |packer, (number, page)| page_texts(*number, page, extent, packer),
    );
    let ranges = packs(pages.iter().zip(&made).map(|(page, made)| (page.whole.path.as_str(), made.pieces.size)));
    let mut made = made.into_iter();
    let pack = |range: &Range<usize>| {
        let mut pack = Pack::default();
        for PageTexts { of, pieces, streams } in made.by_ref().take(range.len()) {
            pack.sizes += &pieces.per.to_string();
            files.keep_page(of, pieces);
            for stream in streams {
                pack.push(stream);
            }
        }
        pack
    };
    let packed = ranges.iter().map(pack).collect();
    files.add("d", packed)
}

/// Returns the pieces of a page: those of an earlier export where it had the same page in the same place.
fn page_texts(number: usize, page: &Page<'_>, extent: usize, packer: &mut Packer<'_>) -> PageTexts {
    let of = Fingerprint::of(&(page.id, number, extent));
    match packer.known.page(of) {
        Some((pieces, streams)) => PageTexts { of, pieces: pieces.clone(), streams },
        None => {
            let (pieces, streams) = texts(number, &page.documents(), extent, packer);
            PageTexts { of, pieces, streams }
        }
    }
}

fn texts(number: usize, page: &[Document], extent: usize, packer: &mut Packer<'_>) -> (Pieces, Vec<Stream>) {
    let size = page.iter().map(|document| 40 + document.heading.len() + shown(document).len()).sum();
    let per = (page.len() * extent / std::cmp::max(size, 1)).max(1);
    let pieces = page.chunks(per).enumerate();
    let streams = pieces.map(|(at, sections)| packer.quickly(to_json(&piece(number, at * per, sections)).as_bytes()));
    let streams: Vec<Stream> = streams.collect();
    let keys = streams.iter().map(|(key, _)| *key).collect();
    (Pieces { size, per: if per < page.len() { per } else { 0 }, keys }, streams)
}

fn piece<'d>(number: usize, first: usize, sections: &'d [Document]) -> Piece<'d> {
    let Document { url, path, title, breadcrumb, kind, status, date, tags, id, scope, .. } = &sections[0];
    let url = url.split('#').next().unwrap_or("");
    let (status, date, id) = (status.as_deref(), date.as_deref(), id.as_deref());
    let sections = sections.iter().map(section).collect();
    Piece(number, first, title, url, path, breadcrumb, kind, status, date, tags, id, scope, sections)
}

fn section(document: &Document) -> Section<'_> {
    let anchor = document.url.split_once('#').map_or("", |(_, anchor)| anchor);
    Section(&document.heading, anchor, document.line, shown(document))
}

fn shown(document: &Document) -> &str {
    &document.text[..document.text.floor_char_boundary(LONGEST)]
}
