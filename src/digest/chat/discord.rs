//! Posts for a webhook of Discord: an embed for each part.

use serde::Serialize;

use super::brief;
use super::escape;
use super::frame::{Foot, Head};
use super::limits::discord::{BOUNDS, CONTENT, DESCRIPTION, EMBEDS, POST, TITLE};
use super::limits::{POSTS, units};
use super::pack::{Packed, Piece, Room, pack};
use crate::data::to_json;
use crate::digest::message::{Digest, Item};
use crate::theme::Words;

#[derive(Serialize)]
struct Post {
    content: String,
    embeds: Vec<Embed>,
    allowed_mentions: Mentions,
}

#[derive(Serialize)]
struct Embed {
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    description: String,
}

/// Which mentions ring: none, whatever a text says.
#[derive(Default, Serialize)]
struct Mentions {
    parse: [&'static str; 0],
}

pub(super) fn posts(digest: &Digest, words: &Words) -> Vec<String> {
    let parts = brief::parts(digest, BOUNDS).into_iter().map(|(heading, items)| {
        // Half as long, since an escaped character is two.
        let heading = escape::discord(&brief::shown(&heading, TITLE / 2 - 1));
        let items = items.iter().map(of_item).map(|text| {
            let taken = units(&text);
            (text, taken)
        });
        Piece { size: units(&heading), heading, items: items.collect() }
    });
    let last = foot(&Foot::longest(digest, words));
    let room = Room {
        post: POST - units(&last),
        // The heading stands in the title, and counts here too: a piece is never longer than it is taken to be.
        piece: DESCRIPTION,
        pieces: EMBEDS - usize::from(!last.is_empty()),
        posts: POSTS,
    };
    let Packed { posts, left } = pack(parts.collect(), room);
    let count = posts.len();
    let post = |(at, pieces): (usize, Vec<Piece<String>>)| {
        let Head { title, period } = Head::of(digest, at, count, CONTENT / 4);
        let content = format!("**{}**\n{}", escape::discord(&title), escape::discord(&period));
        let of_piece = |Piece { heading, items, .. }: Piece<String>| {
            let items: String = items.into_iter().map(|(text, _)| text).collect();
            Embed { title: heading, description: items }
        };
        let mut embeds: Vec<Embed> = pieces.into_iter().map(of_piece).collect();
        if at + 1 == count {
            let description = foot(&Foot::of(digest, left, words));
            embeds.extend((!description.is_empty()).then(|| Embed { title: String::new(), description }));
        }
        to_json(&Post { content, embeds, allowed_mentions: Mentions::default() })
    };
    posts.into_iter().enumerate().map(post).collect()
}

fn foot(Foot { lines, link }: &Foot) -> String {
    let lines = lines.iter().map(|line| escape::discord(line));
    let lines: Vec<String> = lines.chain(link.iter().map(|link| format!("<{link}>"))).collect();
    lines.join("\n")
}

fn of_item(Item { title, link, path, lines, by }: &Item) -> String {
    let title = escape::discord(title);
    let mut out = match link {
        Some(link) => format!("**[{title}](<{link}>)**"),
        None => format!("**{title}** ({})", escape::code(path)),
    };
    if !by.is_empty() {
        out += &format!(" · {}", escape::discord(by));
    }
    out.push('\n');
    lines.iter().for_each(|line| out += &format!("- {}\n", escape::discord(line)));
    out
}
