//! A message in Markdown, as reviews and chats show it. What authors wrote is escaped: it names nobody, links nowhere, is no
//! HTML, and cannot look like another part of the message.

use super::{Digest, Item};

/// Writes it.
pub fn markdown(digest: &Digest) -> String {
    let mut out = format!("## {}\n\n{}\n", escaped(&digest.title), escaped(&digest.period));
    out += &parts(digest);
    if let Some(link) = &digest.link {
        out += &format!("\n<{link}>\n");
    }
    out
}

/// Writes the parts, for a message with a head of its own.
pub fn comment(digest: &Digest) -> String {
    parts(digest)
}

fn parts(digest: &Digest) -> String {
    let mut out = String::new();
    for part in &digest.parts {
        out += &format!("\n### {}\n\n", escaped(&part.heading));
        for Item { title, link, path, lines, by } in &part.items {
            let title = escaped(title);
            out += &match link {
                Some(link) => format!("- **[{title}](<{link}>)**"),
                None => format!("- **{title}** ({})", code(path)),
            };
            out += &if by.is_empty() { "\n".to_owned() } else { format!(" · {}\n", escaped(by)) };
            lines.iter().for_each(|line| out += &format!("  - {}\n", escaped(line)));
        }
    }
    if let Some(small) = &digest.small {
        out += &format!("\n{}\n", escaped(small));
    }
    out
}

/// Returns a plain text as Markdown that shows it, on one line. `@` is followed by a sign without width, so that no service
/// takes it for a mention, and so is what begins as an address does.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '(' | ')' | '#' | '+' | '!' | '|' | '~'
            | '$' | '&' => {
                out.push('\\');
                out.push(letter);
            }
            // `:smile:`, `https://` and `@all` are made of what follows them.
            '@' | ':' => {
                out.push(letter);
                out.push('\u{200b}');
            }
            letter if letter.is_control() || is_override(letter) => {}
            letter => out.push(letter),
        }
    }
    // A line may begin with what makes a list or a rule of it.
    if out.starts_with(['-', '=']) || out.starts_with(|first: char| first.is_ascii_digit()) && out.contains(['.', ')'])
    {
        out.insert(0, '\u{200b}');
    }
    out
}

/// Says whether a sign turns the direction of the text around it.
pub(super) fn is_override(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns a text as code, whatever backticks it has.
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}
