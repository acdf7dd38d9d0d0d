//! The texts that results show and that are read for how near words stand.
//!
//! A file is JSON: pieces of pages, each `[page, first section, title, url, path, breadcrumb, kind, status, date, tags,
//! id, scope, [[heading, anchor, line, text], …]]`, where the text is the beginning of the section that
//! [`near`](super::super::near) reads.
//!
//! How much a file holds is the balance of two costs: a search fetches some of them, and the root names all. With `n`
//! bytes of text, `r` files a search and 3 bytes a name, `r·size + 3·n/size` is least at `size = √(3·n/r)`.

use serde::Serialize;

use super::root::Texts;
use super::{Files, Page};
use crate::data::to_json;
use crate::fingerprint::Fingerprint;
use crate::search::document::Document;
use crate::search::near::LONGEST;
use crate::search::rank::READ;

/// The least and the most that a file holds, in bytes before compression.
const EXTENT: (f64, f64) = (1500.0, 6000.0);

/// What is left of a text after compression.
const COMPRESSED: f64 = 0.45;

/// After one page in so many, a file ends: so a change moves no file's end further than to the next of these.
const ENDS: u64 = 3;

/// The part of a page that a file holds.
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

pub(super) fn write(pages: &[Page<'_>], files: &mut Files) -> Texts {
    let extent = extent(pages);
    let mut texts = Texts { pages: Vec::new(), sections: Vec::new(), names: String::new() };
    let mut contents: Vec<Vec<u8>> = Vec::new();
    let mut open: Vec<Piece<'_>> = Vec::new();
    let (mut size, mut last_page) = (0, 0);
    let mut close = |open: &mut Vec<Piece<'_>>, size: &mut usize| {
        if let Some(first) = open.first() {
            texts.pages.push((first.0 - last_page) as u32);
            texts.sections.push(first.1 as u32);
            last_page = first.0;
            contents.push(to_json(open).into_bytes());
        }
        open.clear();
        *size = 0;
    };
    for (number, page) in pages.iter().enumerate() {
        for (at, document) in page.iter().enumerate() {
            let section = section(document);
            let more = section.0.len() + section.1.len() + section.3.len() + 12;
            if size > 0 && size + more > extent {
                close(&mut open, &mut size);
            }
            if open.last().is_none_or(|piece| piece.0 != number) {
                open.push(piece(number, at, document));
                size += document.title.len() + 2 * document.path.len() + 60;
            }
            size += more;
            open.last_mut().expect("a piece of this page was opened").12.push(section);
        }
        if page.first().is_some_and(|first| ends_file(&first.path)) {
            close(&mut open, &mut size);
        }
    }
    close(&mut open, &mut size);
    texts.names = files.add_all("d", &contents);
    texts
}

/// Returns how many bytes a file holds, of few possible numbers: a site that grows a little keeps its files.
fn extent(pages: &[Page<'_>]) -> usize {
    let text = |document: &&Document| document.text.len().min(LONGEST) + document.heading.len() + 40;
    let all: usize = pages.iter().flatten().map(text).sum();
    let best = (3.0 * COMPRESSED * all as f64 / READ as f64).sqrt() / COMPRESSED;
    let mut extent = EXTENT.0;
    while extent * std::f64::consts::SQRT_2 <= best.min(EXTENT.1) {
        extent *= std::f64::consts::SQRT_2;
    }
    extent as usize
}

fn ends_file(path: &str) -> bool {
    let digits = Fingerprint::of_bytes(path.as_bytes()).to_string();
    u64::from_str_radix(&digits[..8], 16).is_ok_and(|number| number.is_multiple_of(ENDS))
}

fn piece<'d>(number: usize, first: usize, document: &'d Document) -> Piece<'d> {
    let Document { url, path, title, breadcrumb, kind, status, date, tags, id, scope, .. } = document;
    let url = url.split('#').next().unwrap_or("");
    let (status, date, id) = (status.as_deref(), date.as_deref(), id.as_deref());
    Piece(number, first, title, url, path, breadcrumb, kind, status, date, tags, id, scope, Vec::new())
}

fn section(document: &Document) -> Section<'_> {
    let Document { url, heading, line, text, .. } = document;
    let anchor = url.split_once('#').map_or("", |(_, anchor)| anchor);
    Section(heading, anchor, *line, &text[..text.floor_char_boundary(LONGEST)])
}
