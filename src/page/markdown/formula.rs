//! Formulas: `$…$`, `$$…$$` and `` $`…`$ ``, told from prices, shell variables and regular expressions.
//!
//! GitHub's rule: an opening `$` has no letter, digit or `$` before it and no blank after it; a closing one has no blank
//! before it and no letter or digit after it. What else is refused below is text that fulfils this by accident.

use std::ops::Range;

use super::construct::{Construct, Kind, before, is_escaped};
use super::leaf::{Leaf, Other, Segment};

/// One `$`, or two.
#[derive(Debug)]
struct Run {
    range: Range<usize>,
    barriers: usize,
    tags: usize,
}

/// Finds the formulas of a leaf.
pub(super) fn find(text: &str, leaf: &Leaf, segments: &[Segment]) -> Vec<Construct> {
    let runs = runs(text, segments);
    let mut found = Vec::new();
    let mut at = 0;
    while at + 1 < runs.len() {
        let (taken, construct) = if runs[at].range.len() == 2 {
            display(text, leaf, &runs, at)
        } else {
            (2, in_code(text, leaf, &runs, at).or_else(|| inline(text, leaf, &runs, at)))
        };
        at += if construct.is_some() { taken } else { 1 };
        found.extend(construct);
    }
    without_crossing(found, &leaf.emphasis)
}

/// Three `$` or more delimit nothing.
fn runs(text: &str, segments: &[Segment]) -> Vec<Run> {
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    for Segment { range, barriers, tags } in segments {
        let mut at = range.start;
        while let Some(next) = text[at..range.end].find('$') {
            let start = at + next + usize::from(is_escaped(text, at + next));
            let length = bytes[start..range.end].iter().take_while(|byte| **byte == b'$').count();
            if (1..=2).contains(&length) {
                runs.push(Run { range: start..start + length, barriers: *barriers, tags: *tags });
            }
            at = (start + length).max(at + next + 1);
        }
    }
    runs
}

/// `` $`x`$ ``: the code stands between the two signs.
fn in_code(text: &str, leaf: &Leaf, runs: &[Run], at: usize) -> Option<Construct> {
    let (open, close) = (&runs[at].range, &runs[at + 1].range);
    let code = leaf.opaque.binary_search_by_key(&open.end, |opaque| opaque.range.start).ok()?;
    let code =
        Some(&leaf.opaque[code]).filter(|opaque| opaque.kind == Other::Code && opaque.range.end == close.start)?;
    if close.len() != 1 || !may_open_after(before(text, open.start)) || !may_close_before(after(text, close.end)) {
        return None;
    }
    let formula = leaf.written(text, &code.range);
    let kind = Kind::Inline(formula.trim_matches('`').trim().to_owned());
    Some(Construct { range: open.start..close.end, kind })
}

fn inline(text: &str, leaf: &Leaf, runs: &[Run], at: usize) -> Option<Construct> {
    let (open, close) = (&runs[at], &runs[at + 1]);
    let is_blank = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
    // No formula begins with what ends a sentence or a quotation.
    let is_end = |letter: Option<char>| {
        letter.is_some_and(|letter| matches!(letter, '"' | '\'' | ')' | ']' | ',' | ';' | ':' | '!' | '?' | '*' | '~'))
    };
    let (first, last) = (after(text, open.range.end), before(text, close.range.start));
    if close.range.len() != 1
        || open.barriers != close.barriers
        || is_blank(first)
        || is_blank(last)
        || is_end(first)
        || !may_open_after(before(text, open.range.start))
        || !may_close_before(after(text, close.range.end))
    {
        return None;
    }
    let formula = leaf.written(text, &(open.range.end..close.range.start));
    // What a command encloses is no tag: `$\\text{<b>}$`.
    let tagged = open.tags != close.tags && !formula.contains('\\');
    if tagged || is_price(&formula) || is_prose(&formula) || is_variable(&formula) || is_pattern(&formula) {
        return None;
    }
    Some(Construct { range: open.range.start..close.range.end, kind: Kind::Inline(formula) })
}

/// Returns how many runs the formula takes, and the formula.
fn display(text: &str, leaf: &Leaf, runs: &[Run], at: usize) -> (usize, Option<Construct>) {
    let open = &runs[at];
    let Some(taken) = runs[at + 1..].iter().position(|run| run.range.len() == 2) else { return (1, None) };
    let close = &runs[at + 1 + taken];
    let formula = leaf.written(text, &(open.range.end..close.range.start));
    // `echo $$; kill $$` has a blank on one side only.
    let is_even = formula.starts_with(char::is_whitespace) == formula.ends_with(char::is_whitespace);
    let tagged = open.tags != close.tags && !formula.contains('\\');
    let is_one = open.barriers == close.barriers && !tagged && !formula.trim().is_empty();
    let meant = is_one && (is_even || has_tex(&formula));
    let range = open.range.start..close.range.end;
    (taken + 2, meant.then_some(Construct { range, kind: Kind::Display(formula) }))
}

fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// Beside letters and digits: what ends a pattern, as in `^(a)$|^(b)$` and `\d+$`.
fn may_open_after(before: Option<char>) -> bool {
    before.is_none_or(|letter| {
        !letter.is_alphanumeric() && !matches!(letter, '$' | '_' | ')' | ']' | '}' | '+' | '?' | '\\')
    })
}

/// Beside letters and digits: `${A}/${B}`, `$(a)/$(b)` and `$_` are a shell's.
fn may_close_before(after: Option<char>) -> bool {
    after.is_none_or(|letter| !letter.is_alphanumeric() && !matches!(letter, '$' | '{' | '(' | '_' | '@' | '#'))
}

fn has_tex(formula: &str) -> bool {
    formula.contains(['\\', '=', '^', '_', '+', '<', '>', '{', '}'])
}

/// `$5 or 10$` begins with an amount and goes on with words.
fn is_price(formula: &str) -> bool {
    formula.starts_with(|first: char| first.is_ascii_digit())
        && formula.contains(char::is_whitespace)
        && !has_tex(formula)
}

/// A quotation mark is no sign of TeX; two words beside each other are a sentence between two signs, unless a command of TeX says otherwise.
fn is_prose(formula: &str) -> bool {
    let is_word = |word: &str| {
        let word = word.trim_end_matches([',', ';', '.', ':']);
        word.chars().count() > 1 && word.chars().all(char::is_alphabetic)
    };
    let mut before = false;
    let is_quoted = formula.contains('"');
    !formula.contains('\\')
        && (is_quoted
            || formula.split_whitespace().any(|word| std::mem::replace(&mut before, is_word(word)) && is_word(word)))
}

/// `.*$|^a$` has one pattern and the next.
fn is_pattern(formula: &str) -> bool {
    formula.trim_start_matches(['|', ')', '/']).starts_with('^')
}

/// `${NAME}` is a variable of a shell or a template.
fn is_variable(formula: &str) -> bool {
    let name = formula.strip_prefix('{').and_then(|rest| rest.split_once('}')).map_or("", |(name, _)| name);
    !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.' | ':' | '-'))
}

/// Leaves out formulas that take one sign of an emphasis whose other sign stands in none: `**$x** or **y$**`.
fn without_crossing(formulas: Vec<Construct>, emphasis: &[Range<usize>]) -> Vec<Construct> {
    if formulas.is_empty() || emphasis.is_empty() {
        return formulas;
    }
    let within = |at: usize| {
        let next = formulas.partition_point(|formula| formula.range.end <= at);
        Some(next).filter(|next| formulas.get(*next).is_some_and(|formula| formula.range.start <= at))
    };
    let mut crossed = vec![false; formulas.len()];
    for range in emphasis {
        match (within(range.start), within(range.end - 1)) {
            (Some(formula), None) | (None, Some(formula)) => crossed[formula] = true,
            _ => {}
        }
    }
    formulas.into_iter().zip(crossed).filter(|(_, crossed)| !crossed).map(|(formula, _)| formula).collect()
}
