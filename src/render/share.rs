//! The image that other programs show of a link to a page: what the page is called, how its decision stands, and in which book.
//!
//! In: what stands on it. Out: a PNG of 1,200 by 630 pixels, the size that Open Graph's readers ask for. Only the feature
//! `share-images` draws any, and only for a site with an address, since those readers follow no relative one.

#[cfg(feature = "share-images")]
mod drawing;

use serde::Serialize;

use crate::codec::encode;
use crate::decision::State;
use crate::fingerprint::Fingerprint;
use crate::path::SitePath;
use crate::site::Entry;
use crate::theme::Words;

/// What stands on the image of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Card {
    /// What its team calls a decision by its number.
    label: Option<String>,
    title: String,
    /// The state of a decision in the words of the interface, and its name.
    status: Option<(String, &'static str)>,
    book: String,
}

impl Card {
    /// Returns what stands on the image of a page of a book; nothing where none is drawn.
    pub fn of(book: &str, words: &Words, entry: &Entry) -> Option<Self> {
        if !cfg!(feature = "share-images") || entry.page().front_matter.draft {
            return None;
        }
        let state = entry.state().map(State::name);
        let card = Self {
            label: entry.label(),
            title: entry.labelled_title().to_owned(),
            status: state.map(|state| (words.text(&format!("status.{state}")), state)),
            book: book.to_owned(),
        };
        card.can_be_drawn().then_some(card)
    }

    /// Returns where the image goes: another text is another file, so that nobody shows an old one from memory.
    pub fn path(&self) -> SitePath {
        let name = Fingerprint::of_bytes(&encode(self)).letters(12);
        SitePath::new(&format!("assets/share/{name}.png")).expect("letters and digits make a path")
    }

    /// Says whether the fonts that are there have all its letters: those of Latin, Greek and Cyrillic.
    fn can_be_drawn(&self) -> bool {
        let has = |letter: char| {
            matches!(u32::from(letter), 0x20..=0x7E | 0xA0..=0x17F | 0x370..=0x3FF | 0x400..=0x45F | 0x2010..=0x2026)
                || "’‚“”„†•‰′″‹›€™−".contains(letter)
        };
        let status = self.status.as_ref().map(|(word, _)| word);
        let texts = self.label.iter().chain([&self.title, &self.book]).chain(status);
        texts.flat_map(|text| text.chars()).all(has)
    }

    /// Draws it.
    #[cfg(feature = "share-images")]
    pub fn draw(&self) -> Vec<u8> {
        drawing::draw(self)
    }

    /// Draws nothing: [`Card::of`] gives none then.
    #[cfg(not(feature = "share-images"))]
    pub fn draw(&self) -> Vec<u8> {
        Vec::new()
    }
}

#[cfg(all(test, feature = "share-images"))]
mod tests {
    use super::*;

    fn card(title: &str) -> Card {
        let status = Some(("Accepted".to_owned(), "accepted"));
        Card { label: Some("ADR-12".to_owned()), title: title.to_owned(), status, book: "A <b>ook</b>".to_owned() }
    }

    #[test]
    fn an_image_has_the_size_that_is_asked_for_and_differs_with_its_words() {
        let long = "A title that goes on and on ".repeat(20) + &"x".repeat(300);
        let images: Vec<Vec<u8>> = ["Use PostgreSQL", "Εξυπηρετητές", &long].map(|title| card(title).draw()).to_vec();
        for image in &images {
            assert_eq!(super::super::image_size(image), Some((1200, 630)));
        }
        assert!(images[0] != images[1] && images[1] != images[2]);
        assert_eq!(images[0], card("Use PostgreSQL").draw());
        assert_ne!(card("a").path(), card("b").path());
    }

    #[test]
    fn no_image_has_boxes_in_the_place_of_letters() {
        for (title, drawn) in [("Größe — “à la carte”", true), ("Обзор", true), ("東京", false), ("done ✅", false)]
        {
            assert_eq!(card(title).can_be_drawn(), drawn, "{title}");
        }
    }
}
