//! Posts for an incoming webhook of Mattermost: Markdown.

use serde::Serialize;

use super::brief;
use super::escape;
use super::frame::{Foot, Head};
use super::limits::mattermost::{BOUNDS, POST};
use super::limits::{POSTS, units};
use super::pack::{Packed, Piece, Room, pack};
use crate::data::to_json;
use crate::digest::message::{Digest, Item};
use crate::theme::Words;

/// The title of a message.
const TITLE: usize = 200;

#[derive(Serialize)]
struct Post {
    text: String,
}

pub(super) fn posts(digest: &Digest, words: &Words) -> Vec<String> {
    let parts = brief::parts(digest, BOUNDS).into_iter().map(|(heading, items)| {
        let heading = format!("\n##### {}\n\n", escape::mattermost(&heading));
        let items = items.iter().map(of_item).map(|text| {
            let taken = units(&text);
            (text, taken)
        });
        Piece { size: units(&heading), heading, items: items.collect() }
    });
    let around = units(&head(&Head::longest(digest, TITLE))) + units(&foot(&Foot::longest(digest, words)));
    let room = Room { post: POST - around, piece: POST, pieces: usize::MAX, posts: POSTS };
    let Packed { posts, left } = pack(parts.collect(), room);
    let count = posts.len();
    let post = |(at, pieces): (usize, Vec<Piece<String>>)| {
        let mut text = head(&Head::of(digest, at, count, TITLE));
        for Piece { heading, items, .. } in pieces {
            text += &heading;
            text.extend(items.into_iter().map(|(item, _)| item));
        }
        if at + 1 == count {
            text += &foot(&Foot::of(digest, left, words));
        }
        to_json(&Post { text })
    };
    posts.into_iter().enumerate().map(post).collect()
}

fn head(Head { title, period }: &Head) -> String {
    format!("#### {}\n\n{}\n", escape::mattermost(title), escape::mattermost(period))
}

fn foot(Foot { lines, link }: &Foot) -> String {
    let lines = lines.iter().map(|line| escape::mattermost(line)).chain(link.iter().map(|link| format!("<{link}>")));
    lines.map(|line| format!("\n{line}\n")).collect()
}

fn of_item(Item { title, link, path, lines, by }: &Item) -> String {
    let title = escape::mattermost(title);
    let mut out = match link {
        Some(link) => format!("- **[{title}](<{link}>)**"),
        None => format!("- **{title}** ({})", escape::code(path)),
    };
    if !by.is_empty() {
        out += &format!(" · {}", escape::mattermost(by));
    }
    out.push('\n');
    lines.iter().for_each(|line| out += &format!("    - {}\n", escape::mattermost(line)));
    out
}
