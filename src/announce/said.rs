//! What a service says to a post, as it can be shown: one line, of letters alone, without the address.

use super::webhook::Webhook;

/// So many characters are shown.
const LONGEST: usize = 200;

/// A part of an address that is shorter is no secret.
const SHORTEST: usize = 5;

/// Returns the first line of what a service said.
pub(super) fn said(body: &[u8], webhook: &Webhook) -> String {
    let text = String::from_utf8_lossy(body);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let is_override = |letter: char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let harmless: String = line.chars().filter(|letter| !letter.is_control() && !is_override(*letter)).collect();
    let shown = without(&harmless, webhook);
    match shown.char_indices().nth(LONGEST) {
        Some(_) => shown.chars().take(LONGEST - 1).chain(['…']).collect(),
        None => shown,
    }
}

/// Returns a text without any part of the address: some services and proxies repeat what was asked for.
fn without(text: &str, webhook: &Webhook) -> String {
    let rest = webhook.expose().split_once("://").map_or("", |(_, rest)| rest);
    let rest = rest.find(['/', '?', '#']).map_or("", |at| &rest[at..]);
    let mut parts: Vec<String> = rest.split(['/', '?', '#', '&', '=', ';', ',']).map(str::to_ascii_lowercase).collect();
    parts.retain(|part| part.len() >= SHORTEST);
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    let mut out = text.to_owned();
    for part in parts {
        while let Some(at) = out.to_ascii_lowercase().find(&part) {
            out.replace_range(at..at + part.len(), "…");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_and_what_drives_a_terminal_are_left_out() {
        let webhook = Webhook::parse("https://a.example/hooks/T0SECRET/b-4711-x?sig=QwErTy%2B12").unwrap();
        let said = |text: &str| said(text.as_bytes(), &webhook);
        assert_eq!(said("\n\n  no_service\nmore"), "no_service");
        assert_eq!(said("\u{1b}[31mred\u{202e}\u{7}"), "[31mred");
        assert_eq!(said("POST /hooks/t0secret/B-4711-X?sig=qwerty%2b12 not found"), "POST /…/…/…?sig=… not found");
        assert_eq!(said(&"x".repeat(500)).chars().count(), 200);
    }
}
