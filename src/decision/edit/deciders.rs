//! Who decided: names are added to those that the record has, or put where the form has a place for them.

use super::keys::front;
use super::subject::{Edit, Edits, Open, Unable};
use super::{body, fill, lines};
use crate::decision::reading::head;
use crate::decision::reading::input::Input;
use crate::decision::reading::outline::{Line, Section};
use crate::decision::record::Place;
use crate::decision::words::dialect::Dialect;
use crate::decision::words::field::{self, Field};
use crate::decision::words::people::{people, says_nothing};

const UNCLEAR: Unable = Unable::Unclear { what: "the list of deciders" };

/// Reads names as people type them: `Ann Lee, @bob`.
pub fn names(text: &str) -> Vec<String> {
    people(text)
}

/// Says who decided. Who is named already is not named twice.
///
/// # Errors
/// When the form has no place for deciders, or they are written in a way that cannot be changed safely.
pub fn decided_by(input: &Input<'_>, names: &[String]) -> Result<Edits, Unable> {
    let open = Open::new(input);
    let known = &open.record.deciders;
    let missing: Vec<String> =
        names.iter().filter(|name| known.iter().all(|known| known.value != **name)).cloned().collect();
    if missing.is_empty() {
        return Ok(Edits::default());
    }
    let place = known.first().map(|known| known.origin.place);
    let page = match place {
        Some(Place::MetadataFile) => return Err(UNCLEAR),
        Some(Place::FrontMatter) => {
            let block = front(&open).ok_or(UNCLEAR)?;
            let entry = block.entry(Field::Deciders, open.dialect()).ok_or(UNCLEAR)?;
            vec![block.add_names(entry, &missing)?]
        }
        Some(_) => vec![in_text(&open, &missing)?],
        None => vec![first(&open, &missing)?],
    };
    Ok(Edits { page, ..Edits::default() })
}

/// Adds names where the text has some.
fn in_text(open: &Open<'_>, names: &[String]) -> Result<Edit, Unable> {
    let start = open.record.deciders.first().and_then(|known| known.origin.span).ok_or(UNCLEAR)?.start;
    let heads = std::iter::once(open.outline.head()).chain(lines::sections(open).map(|section| section.lines.clone()));
    for lines in heads {
        let Some(at) = lines.iter().position(|line| line.range().start == start) else { continue };
        let nested = head::nested_items(&lines[at + 1..], lines[at].indent());
        let given = head::fields(lines[at]).into_iter().find(|given| given.field == Field::Deciders);
        if given.is_some_and(|given| given.value.is_empty()) {
            let (last, _) = nested.last().ok_or(UNCLEAR)?;
            return Ok(below(open, *last, names));
        }
        if let Some(range) = lines::value_in_lines(&lines, start, Field::Deciders).filter(|range| !range.is_empty()) {
            // `* Deciders: Ann,` goes on in the next line.
            let value = open.input.text[range.clone()].trim_end_matches('\\').trim_end();
            if value.ends_with(',') {
                return Err(UNCLEAR);
            }
            return Ok(Edit::insert(range.start + value.len(), format!(", {}", names.join(", "))));
        }
    }
    let section = section(open).ok_or(UNCLEAR)?;
    let last = section.lines.iter().rfind(|line| !line.is_blank()).ok_or(UNCLEAR)?;
    let is_item = head::item_of(last.text).is_some();
    let end = last.range().end;
    Ok(if is_item { below(open, *last, names) } else { Edit::insert(end, format!(", {}", names.join(", "))) })
}

/// Adds items below an item, as it is written.
fn below(open: &Open<'_>, last: Line<'_>, names: &[String]) -> Edit {
    let item = head::item_of(last.text).unwrap_or(last.text);
    let sign = &last.text[..last.text.len() - item.len()];
    let added: String = names.iter().map(|name| format!("{}{sign}{name}", open.eol)).collect();
    Edit::insert(body::end_of_line(open.input.text, last.start), added)
}

/// Puts names where the form has a place for them and none stand.
fn first(open: &Open<'_>, names: &[String]) -> Result<Edit, Unable> {
    let joined = names.join(", ");
    if let Some(block) = front(open)
        && let Some(entry) = block.entry(Field::Deciders, open.dialect())
    {
        return block.first_names(entry, names);
    }
    if let Some(edit) = fill::in_lines(&open.outline.head(), Field::Deciders, &joined)? {
        return Ok(edit);
    }
    if let Some(section) = section(open) {
        let first = section.lines.iter().find(|line| !line.is_blank());
        return match first {
            Some(line) if says_nothing(lines::bare(line.text)) => {
                let range = lines::range_in(*line, lines::bare(line.text)).ok_or(UNCLEAR)?;
                Ok(Edit::replace(range, joined))
            }
            Some(_) => Err(UNCLEAR),
            None => {
                let at = body::end_of_heading(open.input.text, section);
                Ok(Edit::insert(at, format!("{0}{0}{joined}", open.eol)))
            }
        };
    }
    by_form(open, names)
}

/// Adds the key or bullet that the form has by itself.
fn by_form(open: &Open<'_>, names: &[String]) -> Result<Edit, Unable> {
    use Dialect::{Adrkit, BoldBullets, Docusaurus, Log4brains, Madr2, Madr3, Madr4, Typed};
    let dialect = open.dialect();
    let key = if dialect == Dialect::Madr4 { "decision-makers" } else { "deciders" };
    match dialect {
        Madr3 | Madr4 | Typed | Adrkit | Docusaurus => {
            let block = front(open).ok_or(Unable::NoPlace { dialect, what: "deciders" })?;
            let items: Vec<String> = names.iter().map(|name| block.quoted_item(name)).collect();
            Ok(block.add_key(&block.key(key, dialect), &format!("[{}]", items.join(", "))))
        }
        Madr2 | Log4brains | BoldBullets => {
            let status = open.record.status.as_ref().and_then(|status| status.origin.span).ok_or(UNCLEAR)?;
            let head = open.outline.head();
            let line = head.iter().find(|line| line.range().start == status.start).ok_or(UNCLEAR)?;
            let sign = line.text.get(..1).filter(|sign| matches!(*sign, "-" | "*" | "+")).ok_or(UNCLEAR)?;
            let key = if line.text.contains("**") { "**Deciders:**" } else { "Deciders:" };
            let at = body::end_of_line(open.input.text, line.start);
            Ok(Edit::insert(at, format!("{}{sign} {key} {}", open.eol, names.join(", "))))
        }
        _ => Err(Unable::NoPlace { dialect, what: "deciders" }),
    }
}

fn section<'o, 't>(open: &'o Open<'t>) -> Option<&'o Section<'t>> {
    lines::sections(open).find(|section| section.level > 1 && field::of_key(section.title) == Some(Field::Deciders))
}
