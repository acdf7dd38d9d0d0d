//! Notes of code: a list that begins with 1, right after a block with numbers in it, holds what they stand for.

use super::super::code::{Marker, link};
use super::Writer;
use super::blocks::escaped;

/// A block of code that a list may explain, if nothing comes between.
pub(super) struct Annotatable {
    /// The slot that holds its HTML.
    slot: usize,
    markers: Vec<Marker>,
}

/// The list that explains a block, while it is open.
pub(super) struct OpenNotes {
    of: Annotatable,
    /// How many tags are open in it, outside of its items.
    depth: usize,
    ids: Vec<String>,
}

impl Writer<'_> {
    /// Remembers the block that was just written.
    pub(super) fn annotatable(&mut self, markers: Vec<Marker>) {
        self.annotatable = (!markers.is_empty()).then(|| Annotatable { slot: self.slots.len() - 1, markers });
    }

    /// Begins the notes of a block; returns the tag of the list.
    pub(super) fn start_notes(&mut self, of: Annotatable) -> String {
        self.notes.push(OpenNotes { of, depth: self.depth, ids: Vec::new() });
        "<ol class=\"annotations\" role=\"list\">\n".to_owned()
    }

    /// Gives a note the id by which its number finds it; a rule has one. Returns the tag of the item.
    pub(super) fn note_start(&mut self, tag: String) -> String {
        if self.notes.last().is_none_or(|notes| notes.depth + 1 != self.depth) {
            return tag;
        }
        let is_plain = tag == "<li>";
        if is_plain {
            let id = self.ids.claim(Some("code-note"), "");
            self.anchors.push(id);
        }
        let id = escaped(self.anchors.last().expect("the id of this note or rule"));
        let tag = if is_plain { format!("<li id=\"{id}\">") } else { tag };
        self.notes.last_mut().expect("the list is open").ids.push(id);
        tag
    }

    /// Ends the notes, if it was they that ended, and links the numbers to them.
    pub(super) fn end_notes(&mut self) {
        if let Some(OpenNotes { of, ids, .. }) = self.notes.pop_if(|notes| notes.depth == self.depth + 1) {
            let html = &mut self.slots[of.slot];
            *html = link(html, &of.markers, &ids);
        }
    }
}
