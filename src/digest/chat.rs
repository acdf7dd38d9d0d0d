//! A message for a chat: a [`Digest`] comes in, the JSON of one or more posts for a webhook comes out.
//!
//! Each service has limits of its own, after which it refuses a post as a whole ([`limits`]). What does not fit one post goes to
//! the next; what does not fit the last is counted, beside the address of the page that has it all. Where a service takes a text
//! as a text, it is given as one, and nothing in it can mean anything; elsewhere it is escaped.

mod brief;
mod discord;
mod escape;
mod frame;
mod limits;
mod mattermost;
mod pack;
mod service;
mod slack;
mod teams;

pub use service::{Chat, Shape};

use super::message::Digest;
use crate::theme::Words;

/// Writes the posts, in the order in which they are to be sent. Each is JSON, and within the limits of the service.
pub fn posts(digest: &Digest, chat: Chat, words: &Words) -> Vec<String> {
    match chat {
        Chat::Slack => slack::posts(digest, words),
        Chat::Teams(shape) => teams::posts(digest, shape, words),
        Chat::Discord => discord::posts(digest, words),
        Chat::Mattermost => mattermost::posts(digest, words),
    }
}

#[cfg(test)]
mod tests;
