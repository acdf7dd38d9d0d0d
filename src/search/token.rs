//! Cuts text into the words that are indexed and asked for. This page is the specification: whoever follows it in
//! another language gets the same tokens, and `tests/data/tokens.json` holds examples to check it with.
//!
//! **Characters.** A *word character* has the Unicode property Alphabetic, or a general category N or M, or is `_`.
//! A word character in one of the [`GRAMS`] blocks (Han, kana, Hangul, Thai and their neighbours, which write no spaces
//! or inflect without end) is a *gram*; every other one is a *letter*.
//!
//! **Grams.** A run of grams gives each two neighbours as a token; a run of one gives that one. They are not folded.
//!
//! **Words.** A run of letters is a *segment*. Segments are joined into one *compound* by a `.` between them, and by a
//! `-` between them before a digit (category N) or where the compound took a `--`. A compound also takes
//! - the `--` before it, where neither a word character nor a `-` stands before that: `--dry-run`;
//! - the `.` before it, where neither a word character nor a `.` stands before that and an alphabetic one follows: `.NET`;
//! - the `++` or `#` after it, where its last character is alphabetic and no word character, `+` or `#` follows: `C++`.
//!
//! **Parts.** A segment is cut at every `_`; and each piece that is no key before an Uppercase character that follows a
//! Lowercase one; before an Uppercase one that follows an Uppercase one or a digit and stands before a Lowercase one,
//! unless that is an `s` that ends the piece (`ADRs`). Marks (M) are passed over when neighbours are looked at. Empty
//! pieces are no parts. A piece is a *key* if it is longer than [`LONGEST`] characters and has more than two of category N,
//! or is longer than [`LONGEST_NAME`].
//!
//! **Joins.** Some write apart what others write as one. So these are also a token without what joins them, a *join*: two or
//! three runs of letters with a `-` between each two (`hand-over`); a run and `t` or `s` with an apostrophe between (`don't`);
//! one to three ASCII digits and runs of three with a `,` between each two (`1,500`). No word character, `-` or `.` stands
//! before a join, nor a word character with `,`, `'` or `’`; after it no `++` or `#`, nor any of `-.,'’` with a word character.
//!
//! **Tokens.** In this order: a join; the compound, if it has several segments or took a sign; then for each segment: the
//! segment, if it is not its only part; then its parts. A token is folded: each character in lower case by itself,
//! then NFD, then without its [`ACCENTS`], then by [`LETTERS`], and cut to [`LONGEST`] characters. An empty one is left out.
//!
//! **Positions.** Parts and grams count from 0 through the text, also empty ones. Joins, compounds and segments have the position of their first part; without any part they are left out.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a text, a part of one, or two neighbours of a script without spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word, folded.
    pub text: String,
    /// The bytes of the text that it stands for.
    pub range: Range<usize>,
    /// Its place among the words of the text, from 0.
    pub position: u32,
    /// Whether it is a part of a name: of a compound or a segment.
    pub is_part: bool,
}

/// The most characters of a word: what is longer is a hash or a key, which its beginning tells.
pub const LONGEST: usize = 40;

/// The most characters of a name of several words, which is found by these.
pub const LONGEST_NAME: usize = 128;

/// What stands for a letter that is none of its neighbours with an accent, as people type it who have no key for it.
pub const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ł', "l"),
    ('ı', "i"),
    ('ς', "σ"),
];

/// The blocks whose word characters are grams: Thai and Lao, Myanmar, Hangul Jamo, Khmer, radicals, kana and their
/// marks, compatibility Jamo, Han, Hangul, compatibility Han, half-width kana, further kana, further Han.
pub const GRAMS: &[(u32, u32)] = &[
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1100, 0x11FF),
    (0x1780, 0x17FF),
    (0x2E80, 0x30FF),
    (0x3130, 0x318F),
    (0x31F0, 0x31FF),
    (0x3400, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFF),
];

/// What is dropped from letters: the marks of Latin, Greek and Cyrillic, Hebrew points, Arabic signs, variation
/// selectors. Vowels that are written as marks, as in Devanagari, stay.
pub const ACCENTS: &[(u32, u32)] = &[
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
];

/// Cuts a text into tokens, in the order of their positions.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut cutter = Cutter { text, position: 0, tokens: Vec::new() };
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        if let Some(end) = plain_word(text, at) {
            cutter.push(at..end, false);
            cutter.position += 1;
            at = end;
            continue;
        }
        at = match class(letter) {
            Class::Gram => cutter.grams(at),
            Class::Letter => cutter.compound(at),
            Class::Other => at + letter.len_utf8(),
        };
    }
    cutter.tokens
}

/// Returns where a word ends that is a compound of itself alone, as most are: ASCII letters, all small after the first, with
/// nothing before or after that could join it to more. It comes to the same as [`Cutter::compound`], in a fraction of the time.
fn plain_word(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let before = start.checked_sub(1).map_or(b' ', |before| bytes[before]);
    if !bytes[start].is_ascii_alphabetic() || !matches!(before, b' ' | b'\n' | b'(' | b'"' | b'`') {
        return None;
    }
    let end = start + 1 + bytes[start + 1..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let is_space = |at: usize| matches!(bytes.get(at), None | Some(b' ' | b'\n'));
    let ends = is_space(end) || matches!(bytes[end], b'.' | b',' | b':' | b';' | b')') && is_space(end + 1);
    ends.then_some(end)
}

/// Says whether a text begins with a character of a script without spaces.
pub(super) fn is_gram(text: &str) -> bool {
    text.chars().next().is_some_and(is_gram_letter)
}

/// Says whether a character belongs to a script without spaces.
pub(super) fn is_gram_letter(letter: char) -> bool {
    class(letter) == Class::Gram
}

/// Returns a word in lower case and without its accents.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower = text.chars().flat_map(char::to_lowercase);
    let bare = lower.nfd().filter(|letter| !lies_in(ACCENTS, *letter));
    bare.fold(String::new(), |mut folded, letter| {
        match LETTERS.iter().find(|(from, _)| *from == letter) {
            Some((_, to)) => folded += to,
            None => folded.push(letter),
        }
        folded
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Letter,
    Gram,
    Other,
}

fn class(letter: char) -> Class {
    if letter.is_ascii() {
        return if letter == '_' || letter.is_ascii_alphanumeric() { Class::Letter } else { Class::Other };
    }
    match letter.is_alphabetic() || letter.is_numeric() || is_combining_mark(letter) {
        true if lies_in(GRAMS, letter) => Class::Gram,
        true => Class::Letter,
        false => Class::Other,
    }
}

fn lies_in(blocks: &[(u32, u32)], letter: char) -> bool {
    let code = u32::from(letter);
    blocks.iter().take_while(|(first, _)| *first <= code).any(|(_, last)| code <= *last)
}

fn is_word(letter: char) -> bool {
    class(letter) != Class::Other
}

struct Cutter<'t> {
    text: &'t str,
    position: u32,
    tokens: Vec<Token>,
}

impl Cutter<'_> {
    /// Takes a run of grams; returns where it ends.
    fn grams(&mut self, start: usize) -> usize {
        let end = self.run(start, Class::Gram);
        let starts: Vec<usize> = self.text[start..end].char_indices().map(|(at, _)| start + at).collect();
        let ends = starts.iter().copied().skip(1).chain([end]);
        let ends: Vec<usize> = if starts.len() > 1 { ends.skip(1).collect() } else { ends.collect() };
        for (from, to) in starts.into_iter().zip(ends) {
            let text = self.text[from..to].to_owned();
            self.tokens.push(Token { text, range: from..to, position: self.position, is_part: false });
            self.position += 1;
        }
        end
    }

    /// Takes a compound; returns where it ends.
    fn compound(&mut self, start: usize) -> usize {
        if let Some(range) = self.join(start) {
            let letters = self.text[range.clone()].replace(['-', ',', '\'', '’'], "");
            self.push_as(&letters, range, false);
        }
        let whole_start = self.sign_before(start);
        let flag = self.text[whole_start..start].len() == 2;
        let segments = self.segments(start, flag);
        let last = segments.last().map_or(start, |segment| segment.end);
        let whole = whole_start..self.sign_after(last);
        let parts: Vec<Vec<Range<usize>>> = segments.iter().map(|segment| self.parts(segment)).collect();
        if parts.iter().any(|parts| !parts.is_empty()) && (segments.len() > 1 || whole != (start..last)) {
            self.push(whole.clone(), false);
        }
        for (segment, parts) in segments.into_iter().zip(parts) {
            let is_whole = segment == whole;
            let is_only = parts == [segment.clone()];
            if !parts.is_empty() && !is_only {
                self.push(segment, !is_whole);
            }
            for part in parts {
                self.push(part, !(is_whole && is_only));
                self.position += 1;
            }
        }
        whole.end
    }

    fn push(&mut self, range: Range<usize>, is_part: bool) {
        self.push_as(&self.text[range.clone()], range, is_part);
    }

    fn push_as(&mut self, letters: &str, range: Range<usize>, is_part: bool) {
        let mut text = fold(letters);
        if let Some((end, _)) = text.char_indices().nth(LONGEST) {
            text.truncate(end);
        }
        if !text.is_empty() {
            self.tokens.push(Token { text, range, position: self.position, is_part });
        }
    }

    /// Returns what is joined from here on.
    fn join(&self, start: usize) -> Option<Range<usize>> {
        let before = &self.text[..start];
        let begins = !before.ends_with(['-', '.'])
            && !before.ends_with(is_word)
            && !before.strip_suffix([',', '\'', '’']).is_some_and(|rest| rest.ends_with(is_word));
        let first = self.run(start, Class::Letter);
        let sign = self.text[first..].chars().next().filter(|sign| begins && matches!(sign, '-' | ',' | '\'' | '’'))?;
        let (mut end, mut runs) = (first, 1);
        while self.text[end..].starts_with(sign) {
            let next = end + sign.len_utf8();
            let last = self.run(next, Class::Letter);
            if next == last {
                break;
            }
            runs += 1;
            let run = &self.text[next..last];
            let fits = match sign {
                '-' => runs <= 3,
                ',' => run.len() == 3 && run.bytes().all(|byte| byte.is_ascii_digit()),
                _ => runs == 2 && matches!(run, "t" | "s" | "T" | "S"),
            };
            if !fits {
                return None;
            }
            end = last;
        }
        let number = &self.text[start..first];
        let is_number = number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
        let after = &self.text[end..];
        let goes_on = after.starts_with(is_word)
            || after.strip_prefix(['-', '.', ',', '\'', '’']).is_some_and(|rest| rest.starts_with(is_word))
            || after.starts_with("++")
            || after.starts_with('#');
        (runs > 1 && !goes_on && (sign != ',' || is_number)).then_some(start..end)
    }

    /// Returns where a run of one class ends.
    fn run(&self, start: usize, of: Class) -> usize {
        let rest = &self.text[start..];
        start + rest.find(|letter| class(letter) != of).unwrap_or(rest.len())
    }

    fn segments(&self, start: usize, flag: bool) -> Vec<Range<usize>> {
        let mut segments = Vec::new();
        segments.push(start..self.run(start, Class::Letter));
        loop {
            let last = segments.last().map_or(start, |segment| segment.end);
            let begin = last + 1;
            let end = match self.text.as_bytes().get(last) {
                Some(b'.' | b'-') => self.run(begin, Class::Letter),
                _ => begin,
            };
            let before_digit = || self.text[begin..end].starts_with(char::is_numeric);
            let hyphen = self.text[last..].starts_with('-');
            if end == begin || hyphen && !flag && !before_digit() {
                return segments;
            }
            segments.push(begin..end);
        }
    }

    /// Returns where a compound begins with the sign before it.
    fn sign_before(&self, start: usize) -> usize {
        let before = &self.text[..start];
        let stands_free = |rest: &str, sign| !rest.ends_with(|letter| is_word(letter) || letter == sign);
        if let Some(rest) = before.strip_suffix("--").filter(|rest| stands_free(rest, '-')) {
            return rest.len();
        }
        match before.strip_suffix('.').filter(|rest| stands_free(rest, '.')) {
            Some(rest) if self.text[start..].starts_with(char::is_alphabetic) => rest.len(),
            _ => start,
        }
    }

    /// Returns where a compound ends with the sign after it.
    fn sign_after(&self, end: usize) -> usize {
        let after = &self.text[end..];
        let sign = ["++", "#"].into_iter().find(|sign| after.starts_with(sign)).map_or(0, str::len);
        let ends = !after[sign..].starts_with(|letter| is_word(letter) || matches!(letter, '+' | '#'));
        if ends && self.text[..end].ends_with(char::is_alphabetic) { end + sign } else { end }
    }

    fn parts(&self, segment: &Range<usize>) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = segment.start;
        for piece in self.text[segment.clone()].split('_') {
            let end = start + piece.len();
            let mut from = start;
            for cut in humps(piece) {
                parts.push(from..start + cut);
                from = start + cut;
            }
            parts.push(from..end);
            start = end + 1;
        }
        parts.retain(|part| !part.is_empty());
        parts
    }
}

/// Says whether a piece is a hash or a key, which nobody reads as words.
fn is_key(piece: &str) -> bool {
    let is_long = |most| piece.chars().nth(most).is_some();
    let digits = || piece.chars().filter(|letter| letter.is_numeric()).count();
    is_long(LONGEST) && (is_long(LONGEST_NAME) || digits() > 2)
}

/// Returns where a piece is cut before a capital.
fn humps(piece: &str) -> Vec<usize> {
    if !piece.contains(char::is_uppercase) || is_key(piece) {
        return Vec::new();
    }
    let letters: Vec<(usize, char)> =
        piece.char_indices().filter(|(_, letter)| letter.is_ascii() || !is_combining_mark(*letter)).collect();
    let mut cuts = Vec::new();
    for (at, around) in letters.windows(2).enumerate() {
        let [(_, before), (place, here)] = *around else { continue };
        let next = letters.get(at + 2).map(|(_, letter)| *letter);
        let plural = next == Some('s') && at + 3 == letters.len();
        let begins_word = next.is_some_and(char::is_lowercase) && !plural;
        let cut = before.is_lowercase() || (before.is_uppercase() || before.is_numeric()) && begins_word;
        if here.is_uppercase() && cut {
            cuts.push(place);
        }
    }
    cuts
}

#[cfg(test)]
mod tests;
