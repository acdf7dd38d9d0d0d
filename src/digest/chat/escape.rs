//! Texts as the services show them unchanged, where they read them as markup. What comes in is one line.
//!
//! A sign without width stands where nothing else keeps a service from seeing a mention, a channel, an emoji or an address.

/// A space without width, which every service shows as nothing.
const NOTHING: char = '\u{200b}';

/// Escapes for Slack's `mrkdwn`, where these three are all that can be escaped.
///
/// See <https://docs.slack.dev/messaging/formatting-message-text#escaping>.
pub(super) fn slack(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '@' | '#' | ':' | '*' | '_' | '~' | '`' => out.extend([letter, NOTHING]),
            letter => out.push(letter),
        }
    }
    out
}

/// Escapes for Discord's Markdown, where a backslash takes the meaning of any sign.
pub(super) fn discord(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '@' | ':' => out.extend([letter, NOTHING]),
            letter if letter.is_ascii_punctuation() && !is_plain(letter) => out.extend(['\\', letter]),
            letter => out.push(letter),
        }
    }
    begun(out)
}

/// Escapes for Mattermost's Markdown, which knows a backslash before some signs and names of others.
///
/// See `lib/marked.js` of <https://github.com/mattermost/marked>.
pub(super) fn mattermost(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = String::new();
    for letter in text.chars() {
        match letter {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            // Between two of them stands a formula.
            '$' => out += "&#36;",
            '\\' | '`' | '*' | '{' | '}' | '[' | ']' | '_' | '|' => out.extend(['\\', letter]),
            '#' | '~' => out.extend(['\\', letter, NOTHING]),
            '@' | ':' => out.extend([letter, NOTHING]),
            // `example.com/` and `www.example.com` are links without more.
            '/' if before.contains('.') => out.extend([NOTHING, letter]),
            '.' if before.to_ascii_lowercase().starts_with("www") => out.extend([NOTHING, letter]),
            letter => out.push(letter),
        }
        before.push(letter);
        if !letter.is_alphanumeric() && !matches!(letter, '.' | '-') {
            before.clear();
        }
    }
    begun(out)
}

/// Keeps a card of Teams from reading a date function, which is all that a run of text knows.
///
/// See <https://adaptivecards.io/explorer/TextRun.html>.
pub(super) fn teams(text: &str) -> String {
    text.replace("{{", "{\u{200b}{")
}

/// Punctuation that means nothing within a line: notifications show a message as it was sent, and a day should be one there.
fn is_plain(letter: char) -> bool {
    ".,;'\"/?=%&$^()!+-".contains(letter)
}

/// Keeps the beginning of a line from being that of a list or a rule.
fn begun(text: String) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = digits > 0 && text[digits..].starts_with(['.', ')']);
    if is_number || text.starts_with(['-', '+', '=']) { format!("{NOTHING}{text}") } else { text }
}

/// Returns a text as code, which no service reads: backticks become signs that look alike.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "ˋ"))
}
