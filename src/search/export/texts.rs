//! The texts that results show and that are read for how near words stand.
//!
//! A file is JSON: a piece of a page, `[page, first section, title, url, path, breadcrumb, kind, status, date, tags, id,
//! scope, [[heading, anchor, line, text], …]]`, where the text is the beginning of the section that
//! [`near`](super::super::near) reads. So many sections of a page share a file that it is about [`EXTENT`] long.
//!
//! A search fetches a few of these files, and there are thousands: to name each in the root would cost more than the
//! texts. So neighbouring pages share a folder, the folder is named by all that it holds, and in it files are numbered.

use serde::Serialize;

use super::envelope::{Bundle, Content, Files};
use super::root::Texts;
use super::{Gaps, Page};
use crate::data::to_json;
use crate::fingerprint::Fingerprint;
use crate::search::document::Document;
use crate::search::near::LONGEST;

/// How much a file holds, in bytes before compression, unless a section alone is longer.
const EXTENT: usize = 1800;

/// One page in so many ends its folder, by its path: so a page more or less moves no other folder's end.
///
/// It grows with the root of the number of pages, as does what the root of the search says of folders, and takes few
/// values, so that a site that grows a little keeps its files.
fn share(pages: usize) -> u64 {
    let mut share = 12;
    while share * share * 12 < pages as u64 {
        share *= 2;
    }
    share
}

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
    let mut texts = Texts { starts: Gaps(Vec::new()), names: String::new(), per: Vec::new() };
    let mut starts = Vec::new();
    let mut folders = Vec::new();
    let mut folder = Bundle::new();
    let share = share(pages.len());
    let mut start = 0;
    for (number, page) in pages.iter().enumerate() {
        let per = per_file(page);
        texts.per.push(if per < page.len() { per } else { 0 });
        for (at, sections) in page.chunks(per).enumerate() {
            let piece = piece(number, at * per, sections);
            let rest = format!("/{}-{at}", number - start);
            folder.push(Content { folder: "d", rest, bytes: to_json(&piece).into_bytes() });
        }
        if number + 1 == pages.len() || page.first().is_some_and(|first| ends_folder(&first.path, share)) {
            starts.push(start as u32);
            folders.push(std::mem::take(&mut folder));
            start = number + 1;
        }
    }
    texts.names = files.add_all(folders);
    texts.starts = Gaps::of(&starts.into_iter().collect());
    texts
}

/// Returns how many sections of a page share a file.
fn per_file(page: &Page<'_>) -> usize {
    let size: usize = page.iter().map(|document| 40 + document.heading.len() + shown(document).len()).sum();
    (page.len() * EXTENT / size.max(1)).max(1)
}

fn ends_folder(path: &str, share: u64) -> bool {
    let digits = Fingerprint::of_bytes(path.as_bytes()).to_string();
    u64::from_str_radix(&digits[..8], 16).is_ok_and(|number| number.is_multiple_of(share))
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
