//! What changed, as a message: a [`Digest`] is what a team reads in a terminal, a review, a chat or a mail.
//!
//! In: [`Changes`] and what waits. Out: parts with headings and items, all of it plain text, which each writer escapes for the
//! place where it is read. Only what the writers share is decided here: what is said, in which order, in whose words.

mod atom;
mod html;
mod markdown;
mod message;
mod text;

pub use atom::{Feed, Subject, atom};
pub use html::html;
pub use markdown::markdown;
pub use message::{Digest, Item, Part, Voice, period};
pub use text::text;
