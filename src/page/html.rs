//! The HTML that an author writes in Markdown: read as a browser reads it, and held against lists of what a page keeps.
//!
//! The walk asks for the tokens of each piece, takes its text for the search and its headings for the contents, and says
//! what is left out. The finished body is cleaned once more as a whole (`clean`), by the same lists: what the walk lets
//! through by mistake does not come through there.

mod addresses;
mod clean;
pub(super) mod lists;
mod style;
mod token;

pub(super) use addresses::candidates;
pub(super) use clean::{Values, clean};
pub(super) use style::{Read, read as read_style};
pub(super) use token::{Tag, Token, tokens};
