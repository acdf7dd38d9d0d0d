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

pub(super) const FORMULAS: &str = "a formula: GitHub's own is no part of its Markdown, and takes the same";
const ATTRIBUTES: &str = "attributes of a heading, which GitHub shows as text";
const DEFINITIONS: &str = "a definition list, which GitHub shows as text";
const ALERTS: &str = "an alert of another program, which GitHub shows as a quote";
const BRACKETS: &str = "an address in brackets, which GitHub's pages link and its Markdown alone does not";
const EMOJI: &str = "a code of an emoji that touches a letter, a digit or a colon, which stays as it is written";
const HIDDEN: &str = "lines of Rust code that begin with `#`, which are hidden as in mdBook";
const DIFF: &str = "signs of a difference in code of another language, which are drawn beside it";
const NOTES: &str = "numbers in code that lead to notes below it";
const RULE: &str = "dashes right after the definition of a link: a rule here, text there";
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
    if our.starts_with("pre: ") && their.starts_with("pre: ") && visible(&our) == visible(&their) {
        return Some(HIDDEN);
    }
    if our.starts_with("pre: ") && their.starts_with("pre: ") {
        if our.trim_start_matches("pre: ") == unsigned(&their) {
            return Some(DIFF);
        }
        if their.contains("# (1)") && letters(&our) == letters(&their) {
            return Some(NOTES);
        }
    }
    if our == "---" && their.strip_prefix("p: ").is_some_and(|line| line.bytes().all(|byte| byte == b'-')) {
        return Some(RULE);
    }
    let begins = |kinds: &[&str]| ours.iter().any(|line| kinds.iter().any(|kind| line.starts_with(kind)));
    if begins(&["dt: ", "dd: "]) && letters(&our) == letters(&their) {
        return Some(DEFINITIONS);
    }
    if (begins(KINDS) || ours.is_empty()) && their.contains("blockquote: [!") || our == "title: Note" {
        return Some(ALERTS);
    }
    let is_quoted = theirs.iter().all(|line| line.starts_with("blockquote: "));
    if begins(KINDS) && is_quoted && letters(&our) == letters(&their) {
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
    if without_unknown(&their) == our {
        return Some(SCHEME);
    }
    if without_addresses(&our) == without_addresses(&their) {
        return Some(BRACKETS);
    }
    if our.contains(':') && with_emoji(&our) == with_emoji(&their) {
        return Some(EMOJI);
    }
    None
}

/// Code without the signs of a difference.
fn unsigned(code: &str) -> String {
    let code = code.trim_start_matches("pre: ").split('⏎');
    let lines = code.map(|line| line.strip_prefix(['+', '-', ' ']).unwrap_or(line));
    lines.collect::<Vec<_>>().join("⏎")
}

/// Code without its hidden lines.
fn visible(code: &str) -> String {
    let code = code.trim_start_matches("pre: ");
    code.split('⏎')
        .filter(|line| !line.starts_with("# ") && *line != "#")
        .collect::<Vec<_>>()
        .join("⏎")
        .trim_end_matches('⏎')
        .replace("##", "#")
}

/// How the lines of alerts begin.
const KINDS: &[&str] = &["title: ", "note: ", "tip: ", "important: ", "warning: ", "caution: "];

/// Takes links off whose scheme is one of no address.
fn without_unknown(text: &str) -> String {
    let is_unknown = |href: &str| {
        let scheme = href.split([':', '/', '?', '#']).next().unwrap_or("");
        let known = ["http", "https", "mailto", "ftp", "irc", "xmpp", "tel", "ssh", "git"];
        href[scheme.len()..].starts_with(':')
            && !scheme.is_empty()
            && !known.contains(&scheme.to_ascii_lowercase().as_str())
    };
    let mut out = text.to_owned();
    // A picture stays without its address.
    while let Some((start, end)) = out.find("!⟨⟩(").map(|at| at + "!⟨⟩(".len()).and_then(|start| {
        let end = start + out[start..].find(')')?;
        is_unknown(&out[start..end]).then_some((start, end))
    }) {
        out.replace_range(start..end, "");
    }
    let mut from = out.len();
    while let Some(close) = out[..from].rfind("⟩(") {
        from = close;
        let start = close + "⟩(".len();
        let Some(end) = out[start..].find(')').map(|end| start + end) else { continue };
        let Some(open) = out[..close].rfind('⟨').filter(|_| is_unknown(&out[start..end])) else { continue };
        out.replace_range(close..=end, "");
        out.replace_range(open..open + '⟨'.len_utf8(), "");
        from = open;
    }
    out
}

/// The letters without what tells blocks and signs apart.
fn letters(text: &str) -> String {
    let words = text.split(' ').filter(|word| {
        !matches!(*word, "dt:" | "dd:" | "p:" | "li:" | "blockquote:") && !KINDS.contains(&format!("{word} ").as_str())
    });
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

/// Takes links off that stand in brackets and show where they lead.
fn without_addresses(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('⟨') {
        let (before, after) = rest.split_at(open);
        out.push_str(before);
        let link = after.split_once("⟩(").and_then(|(label, rest)| Some((label, rest.split_once(')')?)));
        match link {
            Some((label, (href, tail)))
                if out.ends_with('[') && !label.contains("⟩") && href.ends_with(&label['⟨'.len_utf8()..]) =>
            {
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
