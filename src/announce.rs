//! Tells a team what changed: posts go to the webhook of a chat, and what was announced is remembered.
//!
//! In: the posts, the address that takes them, and a clock. Out: that they were taken, or why not, in words that never hold the
//! address, since who has it can write to the channel. What became of it goes to a file, so that the next run goes on from there.

mod error;
mod memory;
mod patience;
mod said;
mod send;
mod webhook;

pub use error::Error;
pub use memory::{Announced, Memory, Status, Target, last};
pub use send::{Terms, send};
pub use webhook::Webhook;
