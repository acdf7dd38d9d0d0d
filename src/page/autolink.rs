//! Bare addresses in text, as GitHub links them: `https://…`, `www.…` and mail addresses.
//!
//! The rules are those of "Autolinks (extension)" in the GitHub Flavored Markdown specification, 0.29-gfm.

use std::ops::Range;

/// An address in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Autolink {
    pub(super) range: Range<usize>,
    pub(super) href: String,
}

/// Finds the addresses of a text, from left to right.
pub(super) fn find(text: &str) -> Vec<Autolink> {
    if !text.contains("://") && !text.contains("www.") && !text.contains('@') {
        return Vec::new();
    }
    let mut found: Vec<Autolink> = Vec::new();
    let mut names = Names::default();
    let mut from = 0;
    for (at, letter) in text.char_indices() {
        if at < from {
            continue;
        }
        let link = match letter {
            'h' | 'f' if begins_word(text, at) => url(text, at, &mut names),
            'w' if begins_word(text, at) => www(text, at, &mut names),
            '@' => mail(text, at, from),
            _ => None,
        };
        if let Some(link) = link {
            from = link.range.end;
            found.push(link);
        }
    }
    found
}

/// Addresses begin at the beginning, after white space, or after `*`, `_`, `~`, `(`.
fn begins_word(text: &str, at: usize) -> bool {
    text[..at]
        .chars()
        .next_back()
        .is_none_or(|before| before.is_whitespace() || matches!(before, '*' | '_' | '~' | '('))
}

fn url(text: &str, at: usize, names: &mut Names) -> Option<Autolink> {
    let scheme = ["https://", "http://", "ftp://"].into_iter().find(|scheme| text[at..].starts_with(scheme))?;
    let range = at..end_of_address(text, at, at + scheme.len(), names)?;
    Some(Autolink { href: text[range.clone()].to_owned(), range })
}

fn www(text: &str, at: usize, names: &mut Names) -> Option<Autolink> {
    if !text[at..].starts_with("www.") {
        return None;
    }
    let range = at..end_of_address(text, at, at, names)?;
    Some(Autolink { href: format!("http://{}", &text[range.clone()]), range })
}

/// Returns where an address ends whose domain begins at `domain`; nothing when there is no valid domain.
fn end_of_address(text: &str, start: usize, domain: usize, names: &mut Names) -> Option<usize> {
    if text[domain..].starts_with('.') || !names.around(text, domain).is_domain(domain) {
        return None;
    }
    let rest = &text[domain..];
    let stop = rest.find(|letter: char| letter.is_whitespace() || letter == '<').unwrap_or(rest.len());
    Some(trim_end(text, start, domain + stop))
}

/// The letters of names that follow each other without a gap. Many addresses may begin in them (`_www._www._www.`), so
/// what is asked of them is found out once.
#[derive(Debug, Default)]
struct Names {
    range: Range<usize>,
    /// Where they end without their last dots.
    end: usize,
    /// Where the last two labels begin, from the right.
    labels: [usize; 2],
    /// Where two dots stand together the last time.
    gap: Option<usize>,
    underscore: Option<usize>,
}

impl Names {
    /// Returns the names around a place.
    fn around(&mut self, text: &str, at: usize) -> &Self {
        if !self.range.contains(&at) {
            let rest = &text[at..];
            let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
            let names = &rest[..rest.find(|letter| !is_part(letter)).unwrap_or(rest.len())];
            let trimmed = names.trim_end_matches('.');
            let last = trimmed.rfind('.').map_or(0, |dot| dot + 1);
            let before = trimmed[..last.saturating_sub(1)].rfind('.').map_or(0, |dot| dot + 1);
            *self = Self {
                range: at..at + names.len(),
                end: at + trimmed.len(),
                labels: [at + last, at + before],
                gap: trimmed.rfind("..").map(|gap| at + gap),
                underscore: trimmed.rfind('_').map(|underscore| at + underscore),
            };
        }
        self
    }

    /// Says whether what follows a place in the names is a domain: two labels or more, none empty, and no underscore in
    /// the last two.
    fn is_domain(&self, from: usize) -> bool {
        let [last, before] = self.labels;
        from < self.end
            && from < last.saturating_sub(1)
            && self.gap.is_none_or(|gap| gap < from)
            && self.underscore.is_none_or(|underscore| underscore < before.max(from))
    }
}

/// Leaves punctuation, unbalanced parentheses and entities out of the end of an address.
fn trim_end(text: &str, start: usize, mut end: usize) -> usize {
    // What is cut off is counted and not counted again, so a long row of parentheses costs its length.
    let count = |sign: char| text[start..end].matches(sign).count();
    let (opened, mut closed) = (count('('), count(')'));
    loop {
        let address = &text[start..end];
        let Some(last) = address.chars().next_back() else { return end };
        match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => end -= 1,
            ')' if closed > opened => {
                end -= 1;
                closed -= 1;
            }
            ';' => {
                let name = address[..address.len() - 1].trim_end_matches(|letter: char| letter.is_ascii_alphanumeric());
                end = if name.ends_with('&') && name.len() + 1 < address.len() {
                    start + name.len() - 1
                } else {
                    end - 1
                };
            }
            _ => return end,
        }
    }
}

fn mail(text: &str, at: usize, from: usize) -> Option<Autolink> {
    let local = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_' | '+');
    let start = text[from..at]
        .rfind(|letter| !local(letter))
        .map_or(from, |before| from + before + text[from + before..].chars().next().map_or(1, char::len_utf8));
    let domain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let rest = &text[at + 1..];
    let mut end = at + 1 + rest.find(|letter| !domain(letter)).unwrap_or(rest.len());
    while text[..end].ends_with('.') {
        end -= 1;
    }
    let name = &text[at + 1..end.max(at + 1)];
    let valid = start < at && name.contains('.') && !name.starts_with('.') && !name.ends_with(['-', '_']);
    valid.then(|| Autolink { href: format!("mailto:{}", &text[start..end]), range: start..end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_a_reader_thinks() {
        let links = |text: &str| find(text).into_iter().map(|link| text[link.range].to_owned()).collect::<Vec<_>>();
        for (text, expected) in [
            ("see www.commonmark.org/help for", vec!["www.commonmark.org/help"]),
            ("Visit www.commonmark.org/a.b.", vec!["www.commonmark.org/a.b"]),
            ("(www.google.com/search?q=Markup+(business))", vec!["www.google.com/search?q=Markup+(business)"]),
            ("www.google.com/search?q=commonmark&hl;", vec!["www.google.com/search?q=commonmark"]),
            (
                "http://commonmark.org, and (Visit https://encrypted.google.com/search?q=Markup+(business))",
                vec!["http://commonmark.org", "https://encrypted.google.com/search?q=Markup+(business)"],
            ),
            ("foo@bar.baz. hello@mail+xyz.example", vec!["foo@bar.baz"]),
            ("a.b-c_d@a.b- a.b-c_d@a.b_ @handle é@x.de", vec![]),
            ("xhttps://a.b http://localhost https://", vec![]),
            ("www..a.b www.a..b www.a_b.c www.a_b.c.d www.x.a_b.c.d.", vec!["www.a_b.c.d", "www.x.a_b.c.d"]),
            ("_www._www.a.b *www.a.b... http://.a.b", vec!["www._www.a.b", "www.a.b"]),
            ("(http://a.b/(c))) http://a.b/))&amp;)", vec!["http://a.b/(c)", "http://a.b/"]),
        ] {
            assert_eq!(links(text), expected, "{text}");
        }
    }
}
