//! Text without a font: what a label measures, where it breaks, and how it is escaped.

/// The size of the letters, in pixels; style sheets say the same.
pub(super) const SIZE: f64 = 12.5;
/// What stands where text was cut.
const ELLIPSIS: char = '…';
/// What makes one picture of two.
const JOINER: char = '\u{200D}';

/// Breaks a text into lines of at most `width` pixels; what is more than `most` lines ends in an ellipsis.
///
/// The first line begins `indent` pixels late. Words longer than a line are broken, as is text that has no words.
pub(super) fn wrap(text: &str, width: f64, most: usize, indent: f64) -> Vec<String> {
    let text = one_line(text);
    let whole = |piece: &&str| measure(piece.trim_end()) <= width;
    let parts = |piece| if whole(&piece) { vec![piece] } else { clusters(piece) };
    let mut lines = vec![String::new()];
    let mut used = indent;
    for part in pieces(&text).into_iter().flat_map(parts) {
        if used > 0.0 && used + measure(part.trim_end()) > width {
            lines.push(String::new());
            used = 0.0;
        }
        used += measure(part);
        if let Some(line) = lines.last_mut() {
            line.push_str(part);
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        let begins = if most == 1 { indent } else { 0.0 };
        lines.iter_mut().skip(most.saturating_sub(1)).for_each(|last| shorten(last, width - begins));
    }
    lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    lines
}

/// Takes letters away until the line and an ellipsis fit.
fn shorten(line: &mut String, width: f64) {
    loop {
        line.truncate(line.trim_end_matches([' ', ',', ';', ':', '-', '.']).len());
        let last = clusters(line).last().map_or(0, |cluster| cluster.len());
        if last == 0 || measure(line) + advance(ELLIPSIS) * SIZE <= width {
            return line.push(ELLIPSIS);
        }
        line.truncate(line.len() - last);
    }
}

/// Returns the text with single spaces and without control characters.
pub(super) fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(allowed).collect();
    visible.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Tells what may stand in XML, leaving out what turns the direction of the text around it.
fn allowed(letter: &char) -> bool {
    !letter.is_control()
        && !matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Escapes for XML text and attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().filter(allowed) {
        match letter {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            _ => out.push(letter),
        }
    }
    out
}

/// Returns about how wide a text is at [`SIZE`], by classes of letters: no font is known here.
pub(super) fn measure(text: &str) -> f64 {
    text.chars().map(advance).sum::<f64>() * SIZE
}

/// Returns the share of the size that a letter takes. The widest of the usual fonts decides, so that nothing runs over.
fn advance(letter: char) -> f64 {
    match letter {
        _ if joins(letter) => 0.0,
        'i' | 'j' | 'l' | '\'' | '|' | '.' | ',' | ':' | ';' | '!' | 'I' => 0.3,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '{' | '}' | '/' | '\\' | '-' | '"' | '`' => 0.38,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | ELLIPSIS | '—' => 0.95,
        'A'..='Z' => 0.7,
        _ if wide(letter) => 1.02,
        '\0'..='\u{7F}' => 0.61,
        _ => 0.66,
    }
}

/// Tells the letters of East Asia and the pictures, which are as wide as high and may be broken anywhere.
fn wide(letter: char) -> bool {
    matches!(letter,
        '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F000}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Tells what belongs to the letter before: marks, joiners, variation selectors, skin tones.
fn joins(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}' | '\u{93C}' | '\u{941}'..='\u{94D}' | '\u{E31}' | '\u{E34}'..='\u{E3A}'
        | '\u{E47}'..='\u{E4E}' | '\u{200B}'..='\u{200F}' | '\u{20D0}'..='\u{20FF}' | '\u{3099}' | '\u{309A}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0000}'..='\u{E01EF}')
}

/// Cuts a text where a line may break: after a space, and before and after a wide letter.
fn pieces(text: &str) -> Vec<&str> {
    cut(text, |before, letter| before == ' ' || wide(before) || wide(letter))
}

/// Cuts a text into letters with their marks.
fn clusters(text: &str) -> Vec<&str> {
    cut(text, |_, _| true)
}

/// Cuts a text between the letters for which `may` says so. Marks stay with the letter that bears them.
fn cut(text: &str, may: impl Fn(char, char) -> bool) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut before = JOINER;
    for (at, letter) in text.char_indices() {
        let stays = before == JOINER || letter == ' ' || joins(letter);
        if !stays && may(before, letter) {
            out.push(&text[start..at]);
            start = at;
        }
        if !joins(letter) || letter == JOINER {
            before = letter;
        }
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}
