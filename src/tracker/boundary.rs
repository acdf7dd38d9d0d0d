//! Where a mention of an issue begins and ends: what its neighbours make a part of something longer is none.

/// Says whether what stands before a mention ends there.
pub(super) fn before(text: &str, mention: &str) -> bool {
    let mut letters = text.chars().rev();
    let (last, second) = (letters.next(), letters.next());
    let Some(last) = last else { return true };
    // `a#12` and `&#12;` are no mentions: a sign begins one only after a blank or what opens or ends something.
    if !mention.starts_with(char::is_alphanumeric) {
        return last.is_whitespace()
            || "([{<>\"'“”‘’„«»,;:|*—–".contains(last)
            || last.is_alphanumeric() && !joins(last);
    }
    match last {
        // The path `feature/QS-12` is an address of something else; `QS-11/QS-12` are two.
        '/' => second.is_some_and(|letter| letter.is_ascii_digit()),
        '.' => !second.is_some_and(joins),
        '_' | '-' | '@' | '\\' | '=' | '&' | '?' | '%' | '#' => false,
        letter => !joins(letter),
    }
}

/// Says whether what stands after a mention begins there.
pub(super) fn after(mention: &str, text: &str) -> bool {
    let mut letters = text.chars();
    let (first, second) = (letters.next(), letters.next());
    let Some(first) = first.filter(|_| mention.ends_with(char::is_alphanumeric)) else { return true };
    let goes_on = |with: fn(char) -> bool| second.is_some_and(with);
    match first {
        // `QS-12-fix` has the issue in its name; `CVE-2026-1`, `#1.5` and `#1,234` are other numbers.
        '-' | ',' | ':' | '/' => !goes_on(|letter| letter.is_ascii_digit()),
        '.' => !goes_on(joins),
        '_' | '@' => false,
        letter => !joins(letter),
    }
}

/// Says whether a letter makes one word with what stands beside it. Scripts that have no blanks between words, and Korean, whose
/// particles follow a name at once, do not.
fn joins(letter: char) -> bool {
    let apart = matches!(u32::from(letter),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1100..=0x11ff | 0x1780..=0x17ff | 0x2e80..=0xa4cf | 0xa960..=0xa97f
        | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0xff66..=0xffdc | 0x20000..=0x3ffff);
    letter.is_alphanumeric() && !apart
}
