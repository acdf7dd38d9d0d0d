//! The image of a link to a page, where one is drawn.

use super::Settings;
use crate::render::share::Card;
use crate::site::Entry;

/// Returns what stands on the image of a page: nothing where the site has no address, since only a whole one leads to it.
pub fn card(settings: &Settings, entry: &Entry) -> Option<Card> {
    settings.url.as_ref().and_then(|_| Card::of(&settings.site.title, &settings.words, entry))
}

/// Returns the address of the image of a page.
pub(super) fn address(settings: &Settings, entry: &Entry) -> Option<String> {
    let (url, card) = settings.url.as_ref().zip(card(settings, entry))?;
    Some(format!("{url}{}", card.path()))
}
