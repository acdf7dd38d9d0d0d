//! A message in Markdown, as reviews and chats show it. What authors wrote is escaped: it names nobody, links nowhere, is no
//! HTML, and cannot look like another part of the message.

use super::message::{Digest, Item};
use crate::changes::more;
use crate::theme::Words;

/// The hidden first line by which a comment of a review is known again, so that the next run edits it.
pub const MARK: &str = "<!-- precedent:changes -->";

/// How many bytes a message may have; a comment on GitHub takes 65,536 characters.
const ROOM: usize = 60_000;

/// Writes it. What is too much is counted.
pub fn markdown(digest: &Digest, words: &Words) -> String {
    let mut out = format!("{MARK}\n## {}\n\n{}\n", escaped(&digest.title), escaped(&digest.period));
    let mut left_out = 0;
    for part in &digest.parts {
        let mut heading = Some(format!("\n### {}\n\n", escaped(&part.heading)));
        for item in &part.items {
            let text = heading.clone().unwrap_or_default() + &self::item(item);
            if out.len() + text.len() > ROOM {
                left_out += 1;
            } else {
                out += &text;
                heading = None;
            }
        }
    }
    if digest.parts.is_empty() {
        out += &format!("\n{}\n", words.text("changes.nothing"));
    }
    if left_out > 0 {
        out += &format!("\n{}\n", more(left_out, words));
    }
    if let Some(small) = &digest.small {
        out += &format!("\n{}\n", escaped(small));
    }
    if let Some(link) = &digest.link {
        out += &format!("\n[{}]({})\n", words.text("changes.title"), target(link));
    }
    out
}

fn item(Item { title, link, path, lines, by }: &Item) -> String {
    let title = escaped(title);
    let mut out = match link {
        Some(link) => format!("- **[{title}]({})**", target(link)),
        None if *path == title => format!("- {}", code(path)),
        None => format!("- **{title}** ({})", code(path)),
    };
    out += &if by.is_empty() { "\n".to_owned() } else { format!(" · {}\n", escaped(by)) };
    lines.iter().for_each(|line| out += &format!("  - {}\n", escaped(line)));
    out
}

/// Returns an address as the target of a link, in which brackets would end it.
fn target(link: &str) -> String {
    link.replace('(', "%28").replace(')', "%29").replace(['<', '>', ' '], "")
}

/// Returns a plain text as Markdown that shows it, on one line. A sign without width stands where a service would make a
/// mention, a picture or a link of plain words.
pub(super) fn escaped(text: &str) -> String {
    const BREAK: char = '\u{200b}';
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut last = [' '; 2];
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '&' => out.extend(['\\', letter]),
            // Services link `#12`, `!12` and `GH-12` after they have read the Markdown, whatever stands before them.
            '#' => out.extend(['\\', letter, BREAK]),
            '!' if letters.peek().is_some_and(|next| !next.is_whitespace()) => out.extend(['\\', letter, BREAK]),
            '-' if last == ['g', 'h'] => out.extend([letter, BREAK]),
            '@' => out.extend([letter, BREAK]),
            // `:smile:` and `https://`
            ':' if letters.peek().is_some_and(|next| !next.is_whitespace()) => out.extend([letter, BREAK]),
            'w' | 'W' if last == ['w', 'w'] => out.extend([letter, BREAK]),
            letter if letter.is_control() || is_override(letter) => {}
            letter => out.push(letter),
        }
        last = [last[1], letter.to_ascii_lowercase()];
    }
    // A line may begin with what makes a list or a rule of it.
    let is_number = out.starts_with(|first: char| first.is_ascii_digit()) && out.contains(['.', ')']);
    if is_number || out.starts_with(['-', '=', '+']) {
        out.insert(0, BREAK);
    }
    out
}

/// Says whether a sign turns the direction of the text around it.
pub(super) fn is_override(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns a text as code, whatever backticks it has.
pub(super) fn code(text: &str) -> String {
    let shown = |letter: &char| !letter.is_control() && !is_override(*letter);
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(shown).collect();
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}
