//! The texts that results show and that are read for how near words stand.
//!
//! A piece is JSON, the part of a page: `[page, first section, title, url, path, breadcrumb, kind, status, date, tags, id,
//! scope, [[heading, anchor, line, text], …]]`, where the text is the beginning of the section that
//! [`near`](super::super::near) reads. So many sections of a page share a piece that it is about an [`EXTENT`] long.

use serde::Serialize;

use super::envelope::{Files, Packer};
use super::pack::{Pack, Packs, packs};
use super::{Page, in_parallel_with};
use crate::data::to_json;
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

pub(super) fn write(pages: &[Page<'_>], files: &mut Files<'_>) -> Packs {
    let extent = if pages.len() > MANY { EXTENT.1 } else { EXTENT.0 };
    let ranges = packs(pages.iter().map(|page| (page.first().map_or("", |first| first.path.as_str()), size(page))));
    let packed = in_parallel_with(
        &ranges,
        || Packer::new(files.known),
        |packer, range| {
            let mut pack = Pack::default();
            for number in range.clone() {
                let (page, per) = (&pages[number], per_piece(&pages[number], extent));
                pack.sizes += &if per < page.len() { per } else { 0 }.to_string();
                for (at, sections) in page.chunks(per).enumerate() {
                    pack.push(packer.quickly(to_json(&piece(number, at * per, sections)).as_bytes()));
                }
            }
            pack
        },
    );
    files.add("d", packed)
}

/// Returns about how long the pieces of a page are, in bytes before compression.
fn size(page: &Page<'_>) -> usize {
    page.iter().map(|document| 40 + document.heading.len() + shown(document).len()).sum()
}

/// Returns how many sections of a page share a piece.
fn per_piece(page: &Page<'_>, extent: usize) -> usize {
    (page.len() * extent / size(page).max(1)).max(1)
}

fn piece<'d>(number: usize, first: usize, sections: &[&'d Document]) -> Piece<'d> {
    let Document { url, path, title, breadcrumb, kind, status, date, tags, id, scope, .. } = sections[0];
    let url = url.split('#').next().unwrap_or("");
    let (status, date, id) = (status.as_deref(), date.as_deref(), id.as_deref());
    let sections = sections.iter().map(|document| section(document)).collect();
    Piece(number, first, title, url, path, breadcrumb, kind, status, date, tags, id, scope, sections)
}

fn section(document: &Document) -> Section<'_> {
    let anchor = document.url.split_once('#').map_or("", |(_, anchor)| anchor);
    Section(&document.heading, anchor, document.line, shown(document))
}

fn shown(document: &Document) -> &str {
    &document.text[..document.text.floor_char_boundary(LONGEST)]
}
