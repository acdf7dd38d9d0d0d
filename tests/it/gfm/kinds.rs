//! In which ways a page may differ from GitHub's, each with its reason.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::told::FORMULA;

/// What differs at one place.
pub(super) struct Difference {
    pub(super) kind: &'static str,
    pub(super) ours: String,
    pub(super) theirs: String,
}

/// A difference that nobody meant.
pub(super) const UNMEANT: &str = "not meant";

const FORMULAS: &str = "a formula: GitHub's own is no part of its Markdown, and takes the same";
const ATTRIBUTES: &str = "attributes of a heading, which GitHub shows as text";
const DEFINITIONS: &str = "a definition list, which GitHub shows as text";
const ALERTS: &str = "an alert of another program, which GitHub shows as a quote";
const BRACKETS: &str = "an address in brackets, which GitHub's pages link and its Markdown alone does not";
const EMOJI: &str = "a code of an emoji that touches a letter, a digit or a colon, which stays as it is written";
const SCHEME: &str = "an address with a scheme that nobody knows is no link: it could run script";

/// Compares two pages.
pub(super) fn differences(ours: &[String], theirs: &[String]) -> Vec<Difference> {
    let (ours, theirs): (Vec<String>, Vec<String>) =
        (ours.iter().map(|line| plain(line)).collect(), theirs.iter().map(|line| plain(line)).collect());
    let mut found = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, &ours, &theirs) {
        if matches!(operation, DiffOp::Equal { .. }) {
            continue;
        }
        let (ours, theirs) = (&ours[operation.old_range()], &theirs[operation.new_range()]);
        if ours.len() == theirs.len() {
            let pairs = ours.iter().zip(theirs);
            found.extend(
                pairs.map(|(ours, theirs)| difference(std::slice::from_ref(ours), std::slice::from_ref(theirs))),
            );
        } else {
            found.push(difference(ours, theirs));
        }
    }
    found
}

fn difference(ours: &[String], theirs: &[String]) -> Difference {
    let kind = kind(ours, theirs).unwrap_or(UNMEANT);
    Difference { kind, ours: ours.join("\n            "), theirs: theirs.join("\n            ") }
}

/// Smart punctuation is meant, and undone on both sides.
fn plain(line: &str) -> String {
    let mut line = line.replace(['“', '”'], "\"").replace(['‘', '’'], "'").replace('…', "...");
    line = line.replace('—', "---").replace('–', "--");
    line
}

fn kind(ours: &[String], theirs: &[String]) -> Option<&'static str> {
    let (our, their) = (ours.join(" "), theirs.join(" "));
    let begins = |kinds: &[&str]| ours.iter().any(|line| kinds.iter().any(|kind| line.starts_with(kind)));
    if begins(&["dt: ", "dd: "]) && letters(&our) == letters(&their) {
        return Some(DEFINITIONS);
    }
    if begins(&["title: ", "note: ", "tip: ", "important: ", "warning: ", "caution: "]) && their.contains("[!") {
        return Some(ALERTS);
    }
    if our.contains(FORMULA) && is_formula(&our, &without_signs(&their)) {
        return Some(FORMULAS);
    }
    if our.starts_with('h')
        && their.strip_prefix(our.as_str()).is_some_and(|rest| rest.starts_with(" {") && rest.ends_with('}'))
    {
        return Some(ATTRIBUTES);
    }
    if without_addresses(&our) == without_addresses(&their) {
        return Some(if our.contains("://") || our.contains('@') { BRACKETS } else { SCHEME });
    }
    if our.contains(':') && letters(&with_emoji(&our)) == letters(&with_emoji(&their)) {
        return Some(EMOJI);
    }
    None
}

/// The letters without what tells blocks and signs apart.
fn letters(text: &str) -> String {
    let words = text.split(' ').filter(|word| !matches!(*word, "dt:" | "dd:" | "p:" | "li:" | "blockquote:"));
    words.flat_map(str::chars).filter(|letter| letter.is_alphanumeric()).collect()
}

fn without_signs(text: &str) -> String {
    ["⟨em⟩", "⟨/em⟩", "⟨b⟩", "⟨/b⟩"].iter().fold(text.to_owned(), |text, sign| text.replace(sign, ""))
}

/// Says whether one text is the other with formulas between dollars or in blocks of code.
fn is_formula(ours: &str, theirs: &str) -> bool {
    let ours = without_signs(ours);
    let mut parts = ours.split(FORMULA);
    let Some(mut rest) = theirs.strip_prefix(parts.next().unwrap_or("")) else {
        return theirs.starts_with("pre: ") || letters(theirs).contains(&letters(ours.trim_start_matches("p: ")));
    };
    for part in parts {
        let Some(inside) = rest.strip_prefix('$') else { return false };
        let Some(end) = inside.find('$') else { return false };
        let after = inside[end..].trim_start_matches('$');
        rest = match after.strip_prefix(part) {
            Some(after) => after,
            // Another dollar stood inside.
            None => match inside.find(&format!("${part}")) {
                Some(at) if !part.is_empty() => &inside[at + 1 + part.len()..],
                _ if part.is_empty() => "",
                _ => return false,
            },
        };
    }
    true
}

/// Takes links off that show where they lead.
fn without_addresses(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('⟨') {
        let (before, after) = rest.split_at(open);
        out.push_str(before);
        let link = after.split_once("⟩(").and_then(|(label, rest)| Some((label, rest.split_once(')')?)));
        match link {
            Some((label, (href, tail))) if !label.contains("⟩") && href.ends_with(&label['⟨'.len_utf8()..]) => {
                out.push_str(&label['⟨'.len_utf8()..]);
                rest = tail;
            }
            _ => {
                out.push('⟨');
                rest = &after['⟨'.len_utf8()..];
            }
        }
    }
    out + rest
}

fn with_emoji(text: &str) -> String {
    let mut out = String::new();
    for part in text.split_inclusive(':') {
        out.push_str(emojis::get_by_shortcode(part.trim_end_matches(':')).map_or(part, |emoji| emoji.as_str()));
    }
    out.replace(':', "")
}
