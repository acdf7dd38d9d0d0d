//! Which addresses an author's link may have.

use super::Role;

/// What an address is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Another site.
    External,
    /// Relative to the page.
    Relative,
    /// A scheme that could run script, or that nobody knows.
    Unsafe,
}

/// The schemes that an author may link to.
const SAFE: &[&str] =
    &["http", "https", "mailto", "tel", "irc", "ircs", "xmpp", "ftp", "sftp", "ssh", "git", "slack", "msteams"];

/// Raster images may stand in the page itself.
const SAFE_DATA: &[&str] = &["data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;"];

/// Classifies as a browser would, which drops control characters and leading white space first.
pub(super) fn classify(address: &str, role: Role) -> Class {
    let address: String = address.trim().chars().filter(|letter| !letter.is_control()).collect();
    if address.starts_with("//") || address.starts_with("\\\\") || address.starts_with("/\\") {
        return Class::External;
    }
    let end = address.find(['/', '?', '#']).unwrap_or(address.len());
    let Some((scheme, _)) = address[..end].split_once(':') else { return Class::Relative };
    let scheme = scheme.trim().to_ascii_lowercase();
    // What the URL standard takes for no scheme is a name with a colon: `ADR 1: queues.md`.
    let is_scheme_letter = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.');
    if !scheme.starts_with(|first: char| first.is_ascii_alphabetic()) || !scheme.chars().all(is_scheme_letter) {
        return Class::Relative;
    }
    if SAFE.contains(&scheme.as_str()) {
        return Class::External;
    }
    let lower = address.to_ascii_lowercase();
    if role == Role::Image && SAFE_DATA.iter().any(|prefix| lower.starts_with(prefix)) {
        return Class::External;
    }
    Class::Unsafe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_schemes_pass() {
        for address in [
            "javascript:alert(1)",
            " JaVa\tscript:x",
            "\u{1}javascript:x",
            "vbscript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "x:y",
            "java\nscript:x",
        ] {
            assert_eq!(classify(address, Role::Link), Class::Unsafe, "{address:?}");
        }
        for address in ["https://a", "HTTP://a", "mailto:a@b", "//a.b/c"] {
            assert_eq!(classify(address, Role::Link), Class::External, "{address:?}");
        }
        for address in [
            "a.md",
            "../a:b.md".trim_start_matches("../").trim_start_matches("a:"),
            "./a:b.md",
            "#a:b",
            "?a:b",
            "",
            "ADR 1: b.md",
            "foo):",
            "1:2",
        ] {
            assert_eq!(classify(address, Role::Link), Class::Relative, "{address:?}");
        }
        assert_eq!(classify("data:image/png;base64,AA", Role::Image), Class::External);
        assert_eq!(classify("data:image/svg+xml;base64,AA", Role::Image), Class::Unsafe);
        assert_eq!(classify("data:image/png;base64,AA", Role::Link), Class::Unsafe);
    }
}
