//! Posts for an incoming webhook of Slack: a header, and rich text.
//!
//! A text within rich text is a text and no markup, so that nothing an author wrote is a mention, a link or a format there. Slack
//! recommends it over `mrkdwn`: <https://docs.slack.dev/reference/block-kit/blocks/rich-text-block>.

use serde::Serialize;

use super::brief;
use super::escape;
use super::frame::{Foot, Head};
use super::limits::slack::{BLOCKS, BOUNDS, HEADER, NOTIFICATION, POST};
use super::limits::{POSTS, units};
use super::pack::{Packed, Piece, Room, pack};
use crate::data::to_json;
use crate::digest::message::{Digest, Item};
use crate::theme::Words;

#[derive(Serialize)]
struct Post {
    /// What a notification shows. It is `mrkdwn`.
    text: String,
    blocks: Vec<Block>,
    unfurl_links: bool,
    unfurl_media: bool,
}

#[derive(Clone, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Block {
    Header { text: Plain },
    Context { elements: Vec<Plain> },
    RichText { elements: Vec<Rich> },
}

#[derive(Clone, Serialize)]
#[serde(tag = "type", rename = "plain_text")]
struct Plain {
    text: String,
    emoji: bool,
}

#[derive(Clone, Serialize)]
#[serde(tag = "type")]
enum Rich {
    #[serde(rename = "rich_text_section")]
    Section { elements: Vec<Run> },
    #[serde(rename = "rich_text_list")]
    List { style: &'static str, indent: u8, elements: Vec<Self> },
}

#[derive(Clone, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Run {
    Text {
        text: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        style: Option<Style>,
    },
    Link {
        url: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        style: Option<Style>,
    },
}

#[derive(Clone, Copy, Serialize)]
struct Style {
    bold: bool,
}

pub(super) fn posts(digest: &Digest, words: &Words) -> Vec<String> {
    let parts = brief::parts(digest, BOUNDS).into_iter().map(|(heading, items)| {
        let heading =
            vec![Rich::Section { elements: vec![Run::Text { text: heading, style: Some(Style { bold: true }) }] }];
        let items = items.into_iter().map(of_item).map(|rich| {
            let taken = size(&rich);
            (rich, taken)
        });
        // Around the elements stands their block.
        Piece {
            size: size(&heading) + size(&[Block::RichText { elements: Vec::new() }]),
            heading,
            items: items.collect(),
        }
    });
    let longest = [head(&Head::longest(digest, HEADER)), foot(&Foot::longest(digest, words))].concat();
    let around = size(&longest);
    let room = Room { post: POST - around, piece: POST, pieces: BLOCKS - longest.len(), posts: POSTS };
    let Packed { posts, left } = pack(parts.collect(), room);
    let count = posts.len();
    let post = |(at, pieces): (usize, Vec<Piece<Vec<Rich>>>)| {
        let first = Head::of(digest, at, count, HEADER);
        let text = brief::short(&format!("{}: {}", first.title, first.period), NOTIFICATION);
        let mut blocks = head(&first);
        blocks.extend(pieces.into_iter().map(|Piece { heading, items, .. }| {
            let items = items.into_iter().flat_map(|(rich, _)| rich);
            Block::RichText { elements: heading.into_iter().chain(items).collect() }
        }));
        if at + 1 == count {
            blocks.extend(foot(&Foot::of(digest, left, words)));
        }
        to_json(&Post { text: escape::slack(&text), blocks, unfurl_links: false, unfurl_media: false })
    };
    posts.into_iter().enumerate().map(post).collect()
}

fn head(head: &Head) -> Vec<Block> {
    let plain = |text: &str| Plain { text: text.to_owned(), emoji: false };
    let title = Block::Header { text: plain(&head.title) };
    let period = Block::Context { elements: vec![plain(&head.period)] };
    // An empty text is refused.
    std::iter::once(title).chain((!head.period.is_empty()).then_some(period)).collect()
}

fn foot(Foot { lines, link }: &Foot) -> Vec<Block> {
    let link = link.clone().map(|url| Run::Link { url, text: None, style: None });
    let lines = lines.iter().map(|line| text(line.clone())).chain(link);
    let elements: Vec<Rich> = lines.map(|run| Rich::Section { elements: vec![run] }).collect();
    if elements.is_empty() { Vec::new() } else { vec![Block::RichText { elements }] }
}

/// The page in bold, who changed it, and below it what became of it.
fn of_item(item: Item) -> Vec<Rich> {
    let Item { title, link, path, lines, by } = item;
    let bold = Some(Style { bold: true });
    let mut first = match link {
        Some(url) => vec![Run::Link { url, text: Some(title), style: bold }],
        None => vec![Run::Text { text: title, style: bold }, text(format!(" ({path})"))],
    };
    first.extend((!by.is_empty()).then(|| text(format!(" · {by}"))));
    let list = |indent, elements| Rich::List { style: "bullet", indent, elements };
    let below: Vec<Rich> = lines.into_iter().map(|line| Rich::Section { elements: vec![text(line)] }).collect();
    let below = (!below.is_empty()).then(|| list(1, below));
    std::iter::once(list(0, vec![Rich::Section { elements: first }])).chain(below).collect()
}

fn text(text: String) -> Run {
    Run::Text { text, style: None }
}

/// Counts as the whole will be counted, with the comma that follows.
fn size<T: Serialize>(values: &[T]) -> usize {
    values.iter().map(|value| units(&to_json(value)) + 1).sum()
}
