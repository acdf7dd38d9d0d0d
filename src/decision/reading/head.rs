//! The lines in which a record says of itself what it is: bullets, `Key: value`, tables, quotes, badges, and notes.

use crate::decision::reading::gather::Gathered;
use crate::decision::reading::outline::Line;
use crate::decision::reading::relation;
use crate::decision::record::{Origin, Place};
use crate::decision::words::day;
use crate::decision::words::field::{self, Field};
use crate::decision::words::link::{TextTarget, link_at};
use crate::decision::words::people::is_placeholder;
use crate::decision::words::plain::plain;
use crate::decision::words::state::State;
use crate::decision::words::status;
use crate::decision::words::verb::Verb;
use crate::diagnostic::Span;

/// A field of a line.
pub(in crate::decision) struct Given<'t> {
    pub(in crate::decision) field: Field,
    pub(in crate::decision) value: &'t str,
    pub(in crate::decision) place: Place,
}

/// Reads the lines under the title, or those of a section of metadata.
pub(in crate::decision) fn read(lines: &[Line<'_>], gathered: &mut Gathered<'_>) {
    let mut at = 0;
    while let Some(line) = lines.get(at).copied() {
        at += 1;
        if let Some(names) = header_row(lines, at - 1) {
            let origin = origin(Place::Table, lines[at + 1], lines[at + 1]);
            for (field, cell) in names.iter().zip(cells(lines[at + 1].text)) {
                if let Some(field) = field {
                    gathered.take(*field, &[cell.to_owned()], &origin);
                }
            }
            at += 2;
            continue;
        }
        if let Some(given) = lines.get(at).and_then(|next| definition(line, *next)) {
            gathered.take(given.field, &[given.value.to_owned()], &origin(given.place, line, lines[at]));
            at += 1;
            continue;
        }
        let fields = fields(line);
        if fields.is_empty() {
            note(line, gathered);
            gathered.take_unknown_key(line);
        }
        for given in fields {
            let (texts, last) = texts(&given, line, &lines[at..]);
            gathered.take(given.field, &texts, &origin(given.place, line, last));
        }
    }
}

/// Reads a term and its definition: `Status`, and `: Accepted` on the next line.
fn definition<'t>(term: Line<'_>, next: Line<'t>) -> Option<Given<'t>> {
    let value = next.text.trim_start().strip_prefix(": ")?.trim();
    key_of(term.text.trim_matches(MARKS)).map(|field| Given { field, value, place: Place::Line })
}

/// Where several lines stand.
pub(in crate::decision) fn origin(place: Place, first: Line<'_>, last: Line<'_>) -> Origin {
    Origin { place, file: None, span: Some(Span { start: first.range().start, end: last.range().end }) }
}

/// Returns the value of a field, which may go on below its line, and the last line of it.
fn texts<'t>(given: &Given<'_>, line: Line<'t>, below: &[Line<'t>]) -> (Vec<String>, Line<'t>) {
    let next = below.first().copied().filter(|next| !next.is_blank() && fields(*next).is_empty());
    if !given.value.is_empty() {
        // `* Deciders: Ann,` goes on.
        return match next.filter(|_| given.value.ends_with(',')) {
            Some(next) => (vec![given.value.to_owned(), next.text.trim().to_owned()], next),
            None => (vec![given.value.to_owned()], line),
        };
    }
    let items = nested_items(below, line.indent());
    if let Some((last, _)) = items.last() {
        return (items.iter().map(|(_, text)| (*text).to_owned()).collect(), *last);
    }
    let goes_on = |next: &Line<'_>| next.indent() > line.indent() || matches!(given.field, Field::Status | Field::Date);
    match next.filter(goes_on) {
        Some(next) => (vec![next.text.trim().to_owned()], next),
        None => (Vec::new(), line),
    }
}

/// Reads `* Status: x`, `- **Status:** x`, `Status: x`, `Date 09/04/2018`, `> Status: x`, `| Status | x |`,
/// `![Status: x](…)`, and several on one line.
pub(in crate::decision) fn fields(line: Line<'_>) -> Vec<Given<'_>> {
    let text = line.text.trim_start_matches(['>', ' ', '\t']).trim_end();
    // A row may go without the outer signs.
    let is_row = text.split_once(" | ").is_some_and(|(key, rest)| key_of(key).is_some() && !rest.contains(" | "));
    if text.starts_with('|') || text.starts_with("<tr") || is_row {
        let cells = cells(text);
        let field = cells.first().filter(|_| cells.len() >= 2).and_then(|key| field::of_key(&plain(key)));
        return field.map(|field| Given { field, value: cells[1], place: Place::Table }).into_iter().collect();
    }
    let bulleted = text.strip_prefix(['-', '*', '+']).is_some_and(|rest| rest.starts_with([' ', '\t']));
    let place = if bulleted { Place::Bullet } else { Place::Line };
    let given = |(field, value)| Given { field, value, place };
    if let Some(value) = badge_status(text) {
        return vec![given((Field::Status, value))];
    }
    parts(text).into_iter().filter_map(field_of_part).map(given).collect()
}

/// Signs that stand between several fields of one line.
const SEPARATORS: &[&str] = &[". ", " | ", " · ", " • ", " — ", "<br>", "<br/>", "<br />"];

/// Splits a line that holds several fields: badges, parts between signs, bold keys.
fn parts(text: &str) -> Vec<&str> {
    if let Some(badge) = text.trim_start_matches('[').strip_prefix('!').and_then(link_at) {
        return vec![badge.label];
    }
    let separated = SEPARATORS
        .iter()
        .filter(|separator| text.contains(**separator))
        .map(|separator| text.split(separator).collect::<Vec<_>>());
    let separated =
        separated.into_iter().find(|parts| parts.len() > 1 && parts.iter().all(|part| field_of_part(part).is_some()));
    separated.unwrap_or_else(|| by_bold_keys(text))
}

/// Reads the status of a badge of shields.io whose label does not tell it: `![](https://img.shields.io/badge/status-accepted-green)`.
fn badge_status(text: &str) -> Option<&str> {
    let badge = text.trim_start_matches('[').strip_prefix('!').and_then(link_at)?;
    let TextTarget::Inline(target) = badge.target else { return None };
    let (key, value) = target.split_once("/badge/")?.1.split_once('-')?;
    let value = value.split(['-', '?', '.']).next()?;
    let told = field::of_key(badge.label.split(':').next()?) == Some(Field::Status) && badge.label.contains(':');
    (!told && field::of_key(key) == Some(Field::Status) && says_state("", value)).then_some(value)
}

/// Reads the state in the address of a badge whose label says none: `https://badgen.net/badge/ADR/accepted/green`.
pub(in crate::decision) fn badge_state(text: &str) -> Option<&str> {
    let badge = text.trim_start_matches('[').strip_prefix('!').and_then(link_at)?;
    let TextTarget::Inline(target) = badge.target else { return None };
    let (_, path) = target.split_once("/badge/").filter(|_| !status::begins_with_state(badge.label))?;
    path.split(['/', '-', '?', '.']).find(|part| status::is_name(part))
}

/// Splits before each `**Key:**` and `**Key**:` that names a field.
fn by_bold_keys(text: &str) -> Vec<&str> {
    let marks: Vec<usize> = text.match_indices("**").map(|(at, _)| at).collect();
    let is_key = |pair: &&[usize]| {
        let inner = &text[pair[0] + 2..pair[1]];
        let signed = inner.trim_end().ends_with(':') || text[pair[1] + 2..].trim_start().starts_with(':');
        signed && key_of(inner.trim_end().trim_end_matches(':')).is_some()
    };
    let starts: Vec<usize> = marks.chunks_exact(2).filter(is_key).map(|pair| pair[0]).collect();
    if starts.len() < 2 {
        return vec![text];
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| text[*start..end].trim_end_matches("&nbsp;").trim_end()).collect()
}

/// Reads one field: by the sign after its key, by a bold key, or a date after a space.
pub(in crate::decision) fn field_of_part(part: &str) -> Option<(Field, &str)> {
    let part = without_bullet(part);
    by_sign(part).or_else(|| by_emphasis(part)).or_else(|| by_space(part))
}

fn without_bullet(part: &str) -> &str {
    let part = part.trim_start_matches(['>', ' ', '\t']);
    let tag = ["<p><strong>", "<p><b>", "<p>", "<b>", "<strong>"].iter().find_map(|tag| part.strip_prefix(tag));
    let part = tag.unwrap_or(part);
    let item = part.strip_prefix(['-', '+', '•']).or_else(|| part.strip_prefix("* "));
    // One RFC of Rust begins with `q- Feature Name`.
    item.or_else(|| part.strip_prefix("q-")).unwrap_or(part).trim()
}

/// Returns the field of a key that is short enough to be one.
fn key_of(key: &str) -> Option<Field> {
    let word_like = key.chars().count() <= 30 && key.split_whitespace().count() <= 4;
    word_like.then(|| field::of_key(key)).flatten()
}

/// `**Status:** accepted`, `Status : accepted`, `状态：已接受`
fn by_sign(part: &str) -> Option<(Field, &str)> {
    let at = part.find([':', '：'])?;
    let (key, rest) = part.split_at(at);
    let rest = rest.trim_start_matches([':', '：']);
    let field = key_of(key.trim_matches(MARKS)).filter(|_| !rest.starts_with("//"))?;
    let rest = rest.split("<!--").next().unwrap_or("").trim();
    // What opens before the key may close after it, or after the value.
    let bare = key.trim_start_matches(MARKS);
    let mark = &key[..key.len() - bare.len()];
    let closed = mark.is_empty() || bare.trim_end().ends_with(mark);
    let value = if closed { rest } else { rest.strip_prefix(mark).or_else(|| rest.strip_suffix(mark)).unwrap_or(rest) };
    let value = value.trim();
    let told = field != Field::Status || says_state(key, value);
    told.then_some((field, value))
}

const MARKS: [char; 4] = ['*', '_', '`', ' '];

/// "State: we keep it in Redis" is prose; "Status: whatever" is a status, though nobody knows it.
fn says_state(key: &str, value: &str) -> bool {
    let lower = key.trim_matches(MARKS).to_lowercase();
    let known = || status::parse(value).is_none_or(|status| status.state != State::Unknown);
    !matches!(lower.as_str(), "" | "state" | "stage" | "current state") || known()
}

/// `**Status** accepted`, `Status - accepted`
fn by_emphasis(part: &str) -> Option<(Field, &str)> {
    let bold = part.strip_prefix("**").and_then(|rest| rest.split_once("**"));
    let (key, rest) = bold.or_else(|| part.split_once(" - ")).or_else(|| part.split_once(" – "))?;
    let rest = rest.trim_start_matches(['-', '–', '—', ' ']);
    let known = || status::parse(rest).is_some_and(|status| status.state != State::Unknown);
    match key_of(key)? {
        Field::Status if known() => Some((Field::Status, rest)),
        Field::Date if begins_with_day(rest) => Some((Field::Date, rest)),
        _ => None,
    }
}

/// `Date 09/04/2018`
fn by_space(part: &str) -> Option<(Field, &str)> {
    let (key, rest) = part.split_once([' ', '\t'])?;
    let is_date = key.to_lowercase().contains("date") && key_of(key) == Some(Field::Date);
    (is_date && begins_with_day(rest.trim())).then(|| (Field::Date, rest.trim()))
}

fn begins_with_day(text: &str) -> bool {
    day::find(text).is_some_and(|found| found.start == 0)
}

/// Reads a table whose first row names fields: `| Status | Date |`.
pub(in crate::decision) fn header_row(lines: &[Line<'_>], at: usize) -> Option<Vec<Option<Field>>> {
    let [names, rule, _, ..] = lines.get(at..)? else { return None };
    let text = names.text.trim_start_matches(['>', ' ']);
    let is_rule =
        rule.text.contains('-') && rule.text.trim().chars().all(|sign| matches!(sign, '|' | '-' | ':' | ' ' | '>'));
    if !text.starts_with('|') || !is_rule {
        return None;
    }
    let fields: Vec<Option<Field>> = cells(text).iter().map(|cell| field::of_key(&plain(cell))).collect();
    // `| Status | Accepted |` is the first row of a table of keys and values, though some name a date "Accepted".
    let is_state = |cell: &&str| status::parse(cell).is_some_and(|status| status.state != State::Unknown);
    let is_pair = fields.first() == Some(&Some(Field::Status))
        && matches!(fields.get(1), Some(None | Some(Field::Date | Field::Proposed | Field::Updated)))
        && cells(text).get(1).is_some_and(is_state);
    let known = fields.iter().flatten().count();
    (!is_pair && known >= 2 && known * 2 >= fields.len()).then_some(fields)
}

/// Returns the cells of a row, of Markdown or of HTML.
pub(in crate::decision) fn cells(row: &str) -> Vec<&str> {
    let row = row.trim_start_matches(['>', ' ']).trim();
    if row.starts_with('<') {
        let ends = row.match_indices("</t").filter(|(at, _)| row[at + 3..].starts_with(['h', 'd']));
        return ends.map(|(end, _)| row[..end].rsplit_once('>').map_or("", |(_, text)| text).trim()).collect();
    }
    row.trim_start_matches('|').trim_end_matches('|').split('|').map(str::trim).collect()
}

/// Returns the items of a list below a key without a value.
pub(in crate::decision) fn nested_items<'t>(lines: &[Line<'t>], indent: usize) -> Vec<(Line<'t>, &'t str)> {
    let mut items = Vec::new();
    for line in lines {
        let item = item_of(line.text);
        match item {
            Some(item) if line.indent() > indent || field_of_part(line.text).is_none() => items.push((*line, item)),
            _ if line.is_blank() && items.is_empty() => {}
            _ => break,
        }
    }
    items
}

/// Returns the text of a bullet.
pub(in crate::decision) fn item_of(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix(['-', '*', '+'])?.strip_prefix([' ', '\t'])?;
    Some(rest.trim())
}

/// Reads a line of the head that is no field: "Superseded by [x](x.md)", "*Note:* this RFC has been superseded by …",
/// "_Accepted, 2023-02-01_".
fn note(line: Line<'_>, gathered: &mut Gathered<'_>) {
    if line.is_blank() || line.text.len() > 400 || is_placeholder(line.text) {
        return;
    }
    let origin = origin(Place::Line, line, line);
    // `24 July 2020` alone under the title
    if day::whole(line.text).is_some() {
        gathered.take(Field::Date, &[line.text.trim().to_owned()], &origin);
        return;
    }
    if let Some(words) = framed_status(line.text).or(Some(line.text.trim()).filter(|word| status::is_name(word))) {
        gathered.take_status(words, &origin);
        return;
    }
    let lower = plain(line.text).to_lowercase();
    let bare = lower.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let own = bare.starts_with("superseded by") || bare.starts_with("superceded by") || speaks_of_itself(bare);
    if own && !status::is_partial(bare) {
        gathered.take_status(from_verb(line.text), &origin);
        return;
    }
    let replaces = of_itself(bare).is_some_and(|rest| REPLACES.iter().any(|verb| rest.starts_with(verb)));
    gathered.take_line(if replaces { from_verb(line.text) } else { line.text }, &origin);
}

/// Reads a line of any section that speaks of the record as a whole and names another: "Note: this ADR has been
/// superseded by [ADR 12]", "Supersedes [ADR 11](…)", "**Extends**: [ADR 12](…)".
pub(in crate::decision) fn remark(line: Line<'_>, gathered: &mut Gathered<'_>) {
    // Nearly no line of a text names another record, and looking is not free.
    let links = line.text.contains('[') && line.text.len() <= 400;
    let bare = || line.text.trim_start_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    if !links {
        return;
    }
    let origin = origin(Place::Section, line, line);
    let lower = bare();
    if speaks_of_itself(&lower) && !status::is_partial(&lower) {
        gathered.take_status(from_verb(line.text), &origin);
    } else if of_itself(&lower).is_some_and(|rest| REPLACES.iter().any(|verb| rest.starts_with(verb))) {
        gathered.take_line(from_verb(line.text), &origin);
    } else if let Some(told) = relation::told(line.text) {
        let rest = told.rest.trim_start_matches([':', '*', ' ', '_']);
        let keyed = line.text.trim_start_matches(['-', '+', ' ']).starts_with("**");
        let web = rest.contains("](http") && !rest.contains(".md");
        if rest.starts_with('[') && !web && (keyed || told.verb == Verb::Supersedes) {
            gathered.take_line(line.text, &origin);
        }
    }
}

const REPLACES: &[&str] = &["supersedes", "supercedes", "replaces", "obsoletes"];

/// Returns a line from its verb on.
fn from_verb(line: &str) -> &str {
    let lower = line.to_lowercase();
    let from = ["supersed", "superced", "replace", "obsolete"].iter().filter_map(|word| lower.find(word)).min();
    from.and_then(|from| line.get(from..)).unwrap_or(line)
}

/// Reads a line that is emphasised as a whole, and holds a state and at most a day beside it.
fn framed_status(line: &str) -> Option<&str> {
    let line = line.trim();
    let framed = ["**", "__", "*", "_"].iter().find_map(|mark| line.strip_prefix(mark)?.strip_suffix(mark))?;
    // A spelling is guessed only where a status must stand.
    let known = |status: &status::Status| status.state != State::Unknown && status.meant.is_none();
    let status = status::parse(framed).filter(known)?;
    let note = status.note.unwrap_or_default();
    let rest = day::find(&note).map_or(note.len(), |found| note.len() - (found.end - found.start));
    (rest <= 6).then_some(framed)
}

/// Returns what follows "this decision" or "this" at the beginning of a line, after a "note:".
fn of_itself(lower: &str) -> Option<&str> {
    const NOUNS: &[&str] =
        &["rfc", "adr", "decision", "record", "document", "proposal", "enhancement", "eip", "kep", "page", "madr"];
    let begin = lower.strip_prefix("note").unwrap_or(lower).trim_start_matches([':', ' ', '*', '_', '-', ',']);
    let rest = begin.strip_prefix("this ")?;
    Some(NOUNS.iter().find_map(|noun| rest.strip_prefix(noun)).unwrap_or(rest).trim_start())
}

/// "This decision has been superseded by …"
fn speaks_of_itself(lower: &str) -> bool {
    let this = of_itself(lower);
    let verbs = ["has been ", "was ", "is ", "has since been "];
    let done = this.and_then(|rest| verbs.iter().find_map(|verb| rest.strip_prefix(verb)));
    let states = ["superseded by", "superceded by", "replaced by"];
    done.is_some_and(|rest| states.iter().any(|state| rest.trim_start_matches("partially ").starts_with(state)))
}
