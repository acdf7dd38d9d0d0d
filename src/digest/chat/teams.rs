//! Posts for a workflow of Microsoft Teams: an Adaptive Card each.
//!
//! The runs of a `RichTextBlock` are texts and no Markdown, so that nothing an author wrote is a format or a link there; those of a
//! `TextBlock` would be Markdown, which no backslash reliably escapes in all of the clients.

use serde::Serialize;

use super::brief;
use super::escape;
use super::frame::{Foot, Head};
use super::limits::POSTS;
use super::limits::teams::{BOUNDS, POST, TITLE};
use super::pack::{Packed, Piece, Room, pack};
use super::service::Shape;
use crate::data::to_json;
use crate::digest::message::{Digest, Item};
use crate::theme::Words;

#[derive(Serialize)]
struct Message {
    r#type: &'static str,
    attachments: [Attachment; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Attachment {
    content_type: &'static str,
    content_url: Option<String>,
    content: Card,
}

#[derive(Serialize)]
struct Card {
    #[serde(rename = "$schema")]
    schema: &'static str,
    r#type: &'static str,
    version: &'static str,
    body: Vec<Element>,
    actions: Vec<OpenUrl>,
    msteams: Width,
}

#[derive(Serialize)]
struct Width {
    width: &'static str,
}

#[derive(Clone, Serialize)]
#[serde(tag = "type")]
enum Element {
    Container { spacing: &'static str, items: Vec<Self> },
    RichTextBlock { spacing: &'static str, inlines: Vec<Run> },
}

#[derive(Clone, Default, Serialize)]
#[serde(tag = "type", rename = "TextRun", rename_all = "camelCase")]
struct Run {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_subtle: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    select_action: Option<OpenUrl>,
}

#[derive(Clone, Serialize)]
#[serde(tag = "type", rename = "Action.OpenUrl")]
struct OpenUrl {
    title: String,
    url: String,
}

pub(super) fn posts(digest: &Digest, shape: Shape, words: &Words) -> Vec<String> {
    let parts = brief::parts(digest, BOUNDS).into_iter().map(|(heading, items)| {
        let run = Run { size: Some("Medium"), weight: Some("Bolder"), ..text(&heading) };
        let heading = block("Large", vec![run]);
        let items = items.iter().map(of_item).map(|element| {
            let taken = size(&element);
            (element, taken)
        });
        Piece { size: size(&heading), heading, items: items.collect() }
    });
    let (longest, most) = (Head::longest(digest, TITLE), Foot::longest(digest, words));
    let around = to_json(&whole(card(&longest, Vec::new(), Some(&most)), shape)).len();
    let room = Room { post: POST - around, piece: POST, pieces: usize::MAX, posts: POSTS };
    let Packed { posts, left } = pack(parts.collect(), room);
    let count = posts.len();
    let post = |(at, pieces): (usize, Vec<Piece<Element>>)| {
        let elements = pieces.into_iter().flat_map(|Piece { heading, items, .. }| {
            std::iter::once(heading).chain(items.into_iter().map(|(item, _)| item))
        });
        let foot = (at + 1 == count).then(|| Foot::of(digest, left, words));
        let card = card(&Head::of(digest, at, count, TITLE), elements.collect(), foot.as_ref());
        to_json(&whole(card, shape))
    };
    posts.into_iter().enumerate().map(post).collect()
}

/// Puts a card into what the workflow waits for.
fn whole(card: Card, shape: Shape) -> impl Serialize {
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Whole {
        Message(Message),
        Card(Card),
    }
    match shape {
        Shape::Card => Whole::Card(card),
        Shape::Message => {
            let content_type = "application/vnd.microsoft.card.adaptive";
            let attachments = [Attachment { content_type, content_url: None, content: card }];
            Whole::Message(Message { r#type: "message", attachments })
        }
    }
}

fn card(head: &Head, elements: Vec<Element>, foot: Option<&Foot>) -> Card {
    let title = Run { size: Some("Large"), weight: Some("Bolder"), ..text(&head.title) };
    let period = Run { is_subtle: true, ..text(&head.period) };
    let mut body = vec![block("Default", vec![title]), block("None", vec![period])];
    body.extend(elements);
    let lines = foot.into_iter().flat_map(|foot| &foot.lines);
    body.extend(lines.map(|line| block("Medium", vec![Run { is_subtle: true, ..text(line) }])));
    let link = foot.and_then(|foot| foot.link.clone());
    Card {
        schema: "http://adaptivecards.io/schemas/adaptive-card.json",
        r#type: "AdaptiveCard",
        version: "1.5",
        body,
        actions: link.map(|url| OpenUrl { title: escape::teams(&head.title), url }).into_iter().collect(),
        msteams: Width { width: "Full" },
    }
}

/// The page in bold, who changed it, and below it what became of it.
fn of_item(item: &Item) -> Element {
    let Item { title, link, path, lines, by } = item;
    let open = link.clone().map(|url| OpenUrl { title: escape::teams(title), url });
    let mut first = vec![Run { weight: Some("Bolder"), select_action: open, ..text(title) }];
    first.extend(link.is_none().then(|| text(&format!(" ({path})"))));
    first.extend((!by.is_empty()).then(|| Run { is_subtle: true, ..text(&format!(" · {by}")) }));
    let below = lines.iter().map(|line| block("None", vec![text(&format!("• {line}"))]));
    Element::Container { spacing: "Small", items: std::iter::once(block("None", first)).chain(below).collect() }
}

fn block(spacing: &'static str, inlines: Vec<Run>) -> Element {
    Element::RichTextBlock { spacing, inlines }
}

fn text(text: &str) -> Run {
    Run { text: escape::teams(text), ..Run::default() }
}

/// Counts the bytes, with the comma that follows.
fn size(element: &Element) -> usize {
    to_json(element).len() + 1
}
