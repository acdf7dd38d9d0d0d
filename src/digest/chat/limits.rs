//! How much the services take. A post over one of these is refused as a whole.
//!
//! Where a service does not say what it counts, UTF-16 units are counted: they are never fewer than its characters.

/// So many posts are made of one message. More would not be read, and services slow down who sends many.
pub(super) const POSTS: usize = 4;

/// How long what is told of one page may be, in UTF-16 units before they are escaped.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub(super) title: usize,
    /// How many lines.
    pub(super) lines: usize,
    pub(super) line: usize,
    pub(super) by: usize,
    /// An address that is longer is left out, in bytes.
    pub(super) link: usize,
}

/// Returns the length of a text in UTF-16 units.
pub(super) fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// <https://docs.slack.dev/reference/block-kit/blocks>
pub(super) mod slack {
    use crate::digest::chat::limits::Bounds;

    /// The text of a header.
    pub(in crate::digest::chat) const HEADER: usize = 150;
    /// Blocks of one post.
    pub(in crate::digest::chat) const BLOCKS: usize = 50;
    /// All blocks of one post. It is not documented: `msg_blocks_too_long` comes from about 13,200 characters on, whatever the
    /// number of blocks (<https://github.com/slackapi/bolt-js/issues/2509>). Whether it counts texts or JSON is not said, so JSON
    /// is counted, which is longer.
    pub(in crate::digest::chat) const POST: usize = 12_000;
    /// What is shown in a notification, far below the 40,000 that are taken.
    pub(in crate::digest::chat) const NOTIFICATION: usize = 300;
    /// Each text is far below the 3,000 characters that one may have.
    pub(in crate::digest::chat) const BOUNDS: Bounds = Bounds { title: 200, lines: 6, line: 300, by: 200, link: 1000 };
}

/// <https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using>
pub(super) mod teams {
    use crate::digest::chat::limits::Bounds;

    /// Bytes of a whole request: 28 KB are taken, and what lies around the body is not told.
    pub(in crate::digest::chat) const POST: usize = 27_000;
    /// The title of a card.
    pub(in crate::digest::chat) const TITLE: usize = 200;
    /// Four bytes a character at most.
    pub(in crate::digest::chat) const BOUNDS: Bounds = Bounds { title: 200, lines: 6, line: 300, by: 200, link: 1000 };
}

/// <https://docs.discord.com/developers/resources/message#embed-object-embed-limits>
pub(super) mod discord {
    use crate::digest::chat::limits::Bounds;

    /// The text over the embeds.
    pub(in crate::digest::chat) const CONTENT: usize = 2000;
    /// Embeds of one post.
    pub(in crate::digest::chat) const EMBEDS: usize = 10;
    /// The title of an embed.
    pub(in crate::digest::chat) const TITLE: usize = 256;
    /// The text of an embed.
    pub(in crate::digest::chat) const DESCRIPTION: usize = 4096;
    /// The titles and texts of all embeds of one post.
    pub(in crate::digest::chat) const POST: usize = 6000;
    /// An escaped character is two.
    pub(in crate::digest::chat) const BOUNDS: Bounds = Bounds { title: 150, lines: 4, line: 250, by: 150, link: 700 };
}

/// <https://developers.mattermost.com/integrate/webhooks/incoming>
pub(super) mod mattermost {
    use crate::digest::chat::limits::Bounds;

    /// The text of a post.
    pub(in crate::digest::chat) const POST: usize = 16_383;
    /// An escaped character is five at most.
    pub(in crate::digest::chat) const BOUNDS: Bounds = Bounds { title: 200, lines: 6, line: 300, by: 200, link: 1000 };
}
