//! CSS inside of a drawing: it may say how things look, and load nothing from outside.

use super::address;
use super::reason::Active;

/// Functions that take an address, and the one that old browsers ran.
const LOADING: &[&str] = &["url", "src", "image", "image-set", "-webkit-image-set", "expression"];

/// Checks a style sheet, or the value of a property.
///
/// # Errors
/// With what it loads or runs.
pub(super) fn check(css: &str) -> Result<(), Active> {
    if !css.contains(['\\', '(', '@', ':']) {
        return Ok(());
    }
    // With and without escapes: what either reading finds counts.
    check_plain(&without_comments(css).to_lowercase())?;
    check_plain(&without_comments(&unescaped(css)).to_lowercase())
}

fn check_plain(css: &str) -> Result<(), Active> {
    if css.contains("@import") {
        return Err(Active::new("its style sheet has an `@import`"));
    }
    for (at, _) in css.match_indices('(') {
        let start = css[..at]
            .rfind(|sign: char| !sign.is_alphanumeric() && sign != '-')
            .map_or(0, |before| before + css[before..].chars().next().map_or(1, char::len_utf8));
        if LOADING.contains(&&css[start..at]) {
            check_argument(&css[at + 1..])?;
        }
    }
    Ok(())
}

/// Checks every address in the argument of a function: each that is quoted, or the whole.
fn check_argument(rest: &str) -> Result<(), Active> {
    let (mut quoted, mut quote) = (Vec::new(), None);
    let mut end = rest.len();
    for (at, sign) in rest.char_indices() {
        match (quote, sign) {
            (None, '"' | '\'') => quote = Some((sign, at + 1)),
            (Some((open, start)), sign) if open == sign => {
                quoted.push(&rest[start..at]);
                quote = None;
            }
            (None, ')') => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    if quoted.is_empty() {
        quoted.push(rest[..end].trim());
    }
    // A function inside of another, `image-set(url(…) 1x)`, is met by itself.
    let is_function =
        |value: &&str| LOADING.iter().any(|name| value.strip_prefix(name).is_some_and(|rest| rest.starts_with('(')));
    quoted.into_iter().filter(|value| !is_function(value)).try_for_each(|value| {
        address::check_resource(value).map_err(|_| Active::new(format!("its style loads `{}`", address::shown(value))))
    })
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

/// Undoes the escapes of CSS: `\75 rl` is `url`. (CSS Syntax Level 3, section 4.3.7.)
fn unescaped(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut signs = css.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            out.push(sign);
            continue;
        }
        let mut digits = String::new();
        while digits.len() < 6
            && let Some(digit) = signs.next_if(char::is_ascii_hexdigit)
        {
            digits.push(digit);
        }
        match u32::from_str_radix(&digits, 16) {
            Ok(number) => {
                out.extend(char::from_u32(number));
                signs.next_if(|sign| sign.is_whitespace());
            }
            Err(_) => out.extend(signs.next().filter(|sign| *sign != '\n')),
        }
    }
    out
}
