//! The addresses in `srcset`: several in one attribute.

/// Cuts `a.png 1x, b.png 2x` into addresses and what follows each.
///
/// <https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute>
pub(in crate::page) fn candidates(srcset: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == ',');
        if rest.is_empty() {
            return found;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        let bare = address.trim_end_matches(',');
        // A comma at the end of an address ends the candidate; elsewhere it is a part of it, as in `data:`.
        let (descriptor, after) = if bare.len() < address.len() {
            ("", after)
        } else {
            after.split_at(after.find(',').unwrap_or(after.len()))
        };
        found.push((bare, descriptor.trim()));
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_are_cut_at_commas_after_white_space() {
        assert_eq!(
            candidates(" a.png, b.png 2x ,https://x.y/c,d.png 300w"),
            [("a.png", ""), ("b.png", "2x"), ("https://x.y/c,d.png", "300w")]
        );
        assert_eq!(candidates("dark.svg"), [("dark.svg", "")]);
        assert_eq!(candidates(" , "), []);
    }
}
