//! The part of a text that shows why it was found: sentences and lines, as they begin and end.
//!
//! A text is a line a block; a line that begins with a tab is code. A line is cut into sentences: after `.`, `!` or `?`, with the
//! quotes and brackets that close there, where a blank and no small letter follow; and after `。`, `！` and `？`. Code is passed
//! over unless the query looks like code, or the text is nothing else.
//!
//! Shown are the neighbours of at most [`LENGTH`] UTF-16 units together that have most of the words, from one with a word on, the
//! first of equals; with the one before, where there is room; of a longer sentence a part with whole words.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Serialize;

/// A run of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The text.
    pub text: String,
    /// Whether the query asked for it.
    pub marked: bool,
}

/// How long an excerpt is, in UTF-16 units, which JavaScript counts.
const LENGTH: usize = 220;

/// How far before the first word a part of a sentence begins, and how far it is moved to whole words.
const LEAD: usize = 44;

/// What was found: which word it answers, and where it stands. In order.
pub(super) type Mark = (usize, Range<usize>);

/// Cuts the part of a text that holds most of what was found.
pub(super) fn cut(text: &str, marks: &[Mark], shows_code: bool) -> Vec<Part> {
    let mut sentences = sentences(text, shows_code);
    if sentences.is_empty() {
        sentences = self::sentences(text, true);
    }
    let shown = window(text, &sentences, marks);
    let mut parts = Parts::default();
    let Some(first) = sentences.get(shown.start) else { return parts.0 };
    let inner = if shown.len() == 1 { part(text, first, marks) } else { first.clone() };
    if shown.start > 0 || inner.start > first.start {
        parts.push("… ", false);
    }
    let mut before: Option<&Range<usize>> = None;
    for range in std::iter::once(&inner).chain(&sentences[shown.start + 1..shown.end]) {
        if let Some(before) = before {
            let ends = text[before.clone()].ends_with(['.', '!', '?', ':', ';', ',', '…', '"', '”', ')']);
            parts.push(if ends || !text[before.end..range.start].contains('\n') { " " } else { " · " }, false);
        }
        let mut at = range.start;
        for (_, mark) in marks.iter().filter(|(_, mark)| mark.start >= range.start && mark.end <= range.end) {
            if mark.start >= at {
                parts.push(&text[at..mark.start], false);
                parts.push(&text[mark.clone()], true);
                at = mark.end;
            }
        }
        parts.push(&text[at..range.end], false);
        before = Some(range);
    }
    if shown.end < sentences.len() || inner.end < first.end {
        parts.push(" …", false);
    }
    parts.0
}

/// Says whether who asks this looks for code.
pub(super) fn looks_like_code(query: &str) -> bool {
    let letters: Vec<char> = query.chars().collect();
    query.contains(['_', '(', ')', '{', '}', '=', '<', '>', ';', '`', '$', '\\'])
        || query.contains("::")
        || query.contains("--")
        || letters.windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
        || letters
            .windows(3)
            .any(|three| three[0].is_ascii_alphanumeric() && three[1] == '.' && three[2].is_ascii_alphabetic())
}

#[derive(Default)]
struct Parts(Vec<Part>);

impl Parts {
    fn push(&mut self, text: &str, marked: bool) {
        if !text.is_empty() {
            self.0.push(Part { text: text.replace('\t', " "), marked });
        }
    }
}

/// Returns where the sentences of a text stand, without the blanks around them.
fn sentences(text: &str, with_code: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut begin = 0;
    for line in text.split('\n') {
        let is_code = line.starts_with('\t');
        if is_code && with_code {
            found.push(trimmed(text, begin..begin + line.len()));
        } else if !is_code {
            let mut start = 0;
            for end in ends(line) {
                found.push(trimmed(text, begin + start..begin + end));
                start = end;
            }
        }
        begin += line.len() + 1;
    }
    found.retain(|range| !range.is_empty());
    found
}

/// Returns where the sentences of a line end.
fn ends(line: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut ended = false;
    for (at, letter) in line.char_indices() {
        match letter {
            '.' | '!' | '?' => ended = true,
            '"' | '\'' | ')' | ']' | '”' | '’' => {}
            '。' | '！' | '？' => {
                found.push(at + letter.len_utf8());
                ended = false;
            }
            blank if blank.is_whitespace() && ended => {
                let next = line[at..].trim_start().chars().next();
                if next.is_some_and(|next| !next.is_lowercase()) {
                    found.push(at);
                }
                ended = false;
            }
            _ => ended = false,
        }
    }
    found.push(line.len());
    found
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.start + inner.len() - inner.trim_start().len();
    start..start + inner.trim().len()
}

/// Returns how long a text is in UTF-16 units.
fn length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Returns the neighbours with the most different words, the first of equals.
fn window(text: &str, sentences: &[Range<usize>], marks: &[Mark]) -> Range<usize> {
    let lengths: Vec<usize> = sentences.iter().map(|range| length(&text[range.clone()])).collect();
    let words: Vec<BTreeSet<usize>> = sentences
        .iter()
        .map(|range| {
            let inside = marks.iter().filter(|(_, mark)| mark.start >= range.start && mark.end <= range.end);
            inside.map(|(word, _)| *word).collect()
        })
        .collect();
    let mut best: Option<(usize, Range<usize>)> = None;
    let finds = words.iter().any(|words| !words.is_empty());
    for start in (0..sentences.len()).filter(|start| !finds || !words[*start].is_empty()) {
        let (mut end, mut whole, mut held) = (start + 1, lengths[start], words[start].clone());
        while end < sentences.len() && whole + lengths[end] < LENGTH {
            whole += lengths[end] + 1;
            held.extend(&words[end]);
            end += 1;
        }
        if best.as_ref().is_none_or(|(most, _)| held.len() > *most) {
            let before = start.checked_sub(1).filter(|before| whole + lengths[*before] < LENGTH);
            best = Some((held.len(), before.unwrap_or(start)..end));
        }
    }
    best.map_or(0..0, |(_, window)| window)
}

/// Returns the part of a sentence with the most different words.
fn part(text: &str, sentence: &Range<usize>, marks: &[Mark]) -> Range<usize> {
    if length(&text[sentence.clone()]) <= LENGTH {
        return sentence.clone();
    }
    let inside: Vec<&Mark> =
        marks.iter().filter(|(_, mark)| mark.start >= sentence.start && mark.end <= sentence.end).collect();
    let (mut most, mut begin) = (0, sentence.start);
    for (at, (_, first)) in inside.iter().enumerate() {
        let near = inside[at..].iter().take_while(|(_, mark)| length(&text[first.start..mark.end]) <= LENGTH - LEAD);
        let words: BTreeSet<usize> = near.map(|(word, _)| *word).collect();
        if words.len() > most {
            (most, begin) = (words.len(), first.start);
        }
    }
    let start = word_start(text, sentence, back(&text[sentence.start..begin], LEAD).map(|back| sentence.start + back));
    let end =
        forward(&text[start..sentence.end], LENGTH).map_or(sentence.end, |end| word_end(text, start, start + end));
    start..end
}

/// Returns the place so many units before the end of a text, nothing when it is shorter.
fn back(text: &str, units: usize) -> Option<usize> {
    let mut left = units;
    for (at, letter) in text.char_indices().rev() {
        match left.checked_sub(letter.len_utf16()) {
            Some(less) => left = less,
            None => return Some(at + letter.len_utf8()),
        }
    }
    None
}

/// Returns the place so many units behind the beginning of a text, nothing when it is shorter.
fn forward(text: &str, units: usize) -> Option<usize> {
    let mut left = units;
    for (at, letter) in text.char_indices() {
        match left.checked_sub(letter.len_utf16()) {
            Some(less) => left = less,
            None => return Some(at),
        }
    }
    None
}

/// Moves the beginning of a part behind the next blank, where one is near.
fn word_start(text: &str, sentence: &Range<usize>, at: Option<usize>) -> usize {
    let Some(at) = at else { return sentence.start };
    let near = forward(&text[at..sentence.end], LEAD).map_or(sentence.end, |end| at + end);
    let blank = text[at..near].char_indices().find(|(_, letter)| letter.is_whitespace());
    blank.map_or(at, |(blank, letter)| at + blank + letter.len_utf8())
}

/// Moves the end of a part before the last blank, where one is near.
fn word_end(text: &str, start: usize, at: usize) -> usize {
    let near = back(&text[start..at], LEAD).map_or(start, |near| start + near);
    text[near..at].rfind(char::is_whitespace).map_or(at, |blank| near + blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, words: &[&str], shows_code: bool) -> String {
        let mut marks: Vec<Mark> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            marks.extend(text.match_indices(word).map(|(begin, word)| (at, begin..begin + word.len())));
        }
        marks.sort_by_key(|(_, mark)| mark.start);
        let parts = cut(text, &marks, shows_code).into_iter();
        parts.map(|part| if part.marked { format!("[{}]", part.text) } else { part.text }).collect()
    }

    #[test]
    fn an_excerpt_is_made_of_whole_sentences_and_items() {
        let filler = "Nothing of that matters here, and nobody reads it to its end. ".repeat(4);
        let text =
            format!("The cache is cold. {filler}\nKeys\nWe use v1.2 e.g. for the cache. It has a time to live.\nlast");
        assert_eq!(
            shown(&text, &["cache", "live"], false),
            "… Keys · We use v1.2 e.g. for the [cache]. It has a time to [live]. last",
        );
        assert_eq!(shown("One\nTwo\nthree: four\nfive", &[], false), "One · Two · three: four · five");
        assert_eq!(shown("缓存很快。会话在内存中。", &["内存"], false), "缓存很快。 会话在[内存]中。");
    }

    #[test]
    fn code_is_shown_to_who_asks_for_code() {
        let text = "We store it.\n\tlet cache = Cache::new();\n\tcache.clear();\nThe cache is small.";
        assert_eq!(shown(text, &["cache"], false), "We store it. The [cache] is small.");
        assert_eq!(shown(text, &["clear"], true), "… let cache = Cache::new(); cache.[clear](); The cache is small.");
        assert_eq!(shown("\tonly.code()", &["code"], false), "only.[code]()");
        let code = ["append_event", "std::map", "getUser", "a.b", "--flag", "f()"].map(looks_like_code);
        let prose = ["we use it", "v1.2", "3.12", "time to live", "ADR-12", "C++"].map(looks_like_code);
        assert_eq!((code, prose), ([true; 6], [false; 6]));
    }

    #[test]
    fn a_long_sentence_is_cut_at_words() {
        let text = format!("begin {}the cache has a time to live {}end", "word ".repeat(60), "word ".repeat(60));
        let shown = shown(&text, &["cache", "live"], false);
        assert!(shown.starts_with("… word ") && shown.ends_with(" word …"), "{shown}");
        assert!(shown.contains("the [cache] has a time to [live]") && length(&shown) < 232, "{shown}");
    }

    #[test]
    fn any_marks_in_any_text_are_survived() {
        assert_eq!(cut("", &[], false), []);
        for text in ["ééééé".repeat(200), "wide\u{a0}space\u{3000}😀".repeat(60), ". ? !\n\t\n . ".repeat(9)] {
            for begin in text.char_indices().map(|(at, _)| at).filter(|at| *at + 4 < text.len()) {
                let end = text.ceil_char_boundary(begin + 4);
                cut(&text, &[(0, begin..end)], false);
            }
        }
    }
}
