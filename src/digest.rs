//! What changed, as a message: a [`Digest`] is what a team reads in a terminal, a review, a chat or a mail.
//!
//! In: [`Changes`](crate::changes::Changes) and what waits. Out: parts with headings and items, all of it plain text, which each
//! writer escapes for the place where it is read. Only what the writers share is decided here: what is said, in which order, in
//! whose words.

mod atom;
mod chat;
mod html;
mod mail;
mod markdown;
mod message;
mod text;

pub use atom::{Feed, Subject, atom};
pub use chat::{Chat, Shape, posts};
pub use html::html;
pub use mail::{Address, Envelope, mail};
pub use markdown::{MARK, markdown};
pub use message::{Digest, Item, Part, Voice, period};
pub use text::text;
