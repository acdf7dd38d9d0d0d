//! A message cut to what a chat can show: short texts on one line each, links that are links of the web.

use super::limits::{Bounds, units};
use crate::digest::markdown::is_override;
use crate::digest::message::{Digest, Item};

/// Returns the parts of a message within the bounds.
pub(super) fn parts(digest: &Digest, bounds: Bounds) -> Vec<(String, Vec<Item>)> {
    let items = |items: &[Item]| items.iter().map(|one| item(one, bounds)).collect();
    digest.parts.iter().map(|part| (shown(&part.heading, bounds.title), items(&part.items))).collect()
}

fn item(item: &Item, bounds: Bounds) -> Item {
    let Item { title, link: address, path, lines, by } = item;
    let mut told: Vec<String> = lines.iter().take(bounds.lines).map(|line| shown(line, bounds.line)).collect();
    if lines.len() > bounds.lines {
        told.push("…".to_owned());
    }
    Item {
        title: shown(title, bounds.title),
        link: address.as_deref().and_then(|address| link(address, bounds.link)),
        path: short(path, bounds.title),
        lines: told,
        by: short(by, bounds.by),
    }
}

/// Returns a [`short`] text that is not empty: services refuse one that is.
pub(super) fn shown(text: &str, most: usize) -> String {
    Some(short(text, most)).filter(|text| !text.is_empty()).unwrap_or_else(|| "…".to_owned())
}

/// Returns a text on one line, without what is not seen and what turns its direction, and with its end cut off where it is
/// longer than so many UTF-16 units.
pub(super) fn short(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut line = words.join(" ");
    line.retain(|letter| !letter.is_control() && !is_override(letter));
    if units(&line) <= most {
        return line;
    }
    let mut taken = 1;
    let fits = |letter: &char| {
        taken += letter.len_utf16();
        taken <= most
    };
    let kept: String = line.chars().take_while(fits).collect();
    // Nothing joins what was cut with what follows.
    let kept = kept.trim_end_matches(|last: char| last == '\u{200d}' || last.is_whitespace());
    format!("{kept}…")
}

/// Returns an address that no syntax can take for more than one; nothing where it is none of the web, or longer than so many bytes.
pub(super) fn link(address: &str, most: usize) -> Option<String> {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&*+,;=%".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    (is_web && out.len() <= most).then_some(out)
}
