//! The title of a record: which heading is one, and what else counts where none is.

use crate::decision::reading::outline::{Outline, Section};
use crate::decision::reading::relation::is_name;
use crate::decision::record::{Origin, Place, Record, Stated};
use crate::decision::shape::Shape;
use crate::decision::words::field;
use crate::decision::words::name::{self, PREFIXES};
use crate::decision::words::people::{is_nothing, is_placeholder};
use crate::decision::words::plain::plain_with;
use crate::decision::words::section::{PARTS, is_decision_section};
use crate::decision::words::status;
use crate::diagnostic::Span;

/// Gives a record its title: what it states, or its heading, or its name; without the number.
pub(in crate::decision) fn choose(outline: &Outline<'_>, of_name: &Origin, record: &mut Record) {
    let shape = record.shape.clone();
    let number = record.number.as_ref().map(|number| number.value);
    let heading = of_headings(outline, &shape);
    record.called = heading.as_ref().and_then(|(text, _)| called(text, number));
    let heading = heading
        .map(|(value, span)| Stated { value, origin: Origin { span: Some(span), ..Origin::of_name(Place::Heading) } });
    let stated = record.title.take().filter(|title| !shape.leftovers.contains(&title.value.to_lowercase()));
    // `title: ADR-0022` and `feature: faster-queue` name the record and say nothing of it.
    let (own, bare) = match stated {
        Some(title) if is_name(&title.value, &shape) || gives_way(&title, heading.as_ref()) => (None, Some(title)),
        title => (title, None),
    };
    let title = own.or(heading).or(bare);
    let by_name = || Stated { value: name::title_of_slug(&record.slug, number), origin: of_name.clone() };
    let title = title.unwrap_or_else(by_name);
    let bare = name::without_number(&title.value, number).trim().to_owned();
    record.title = Some(Stated { value: bare, origin: title.origin });
}

/// Says whether a stated title counts less than the heading: an id beside words, or a bullet below a heading.
fn gives_way(title: &Stated<String>, heading: Option<&Stated<String>>) -> bool {
    let Some(heading) = heading.filter(|heading| heading.value.contains(' ')) else { return false };
    let is_id = !title.value.contains(' ') && title.value.contains(['-', '_'])
        || !title.value.contains(' ') && title.value.chars().skip(1).any(char::is_uppercase);
    let typed = matches!(title.origin.place, Place::FrontMatter | Place::MetadataFile);
    let generic = heading.value.to_lowercase().ends_with(" template");
    (is_id || !typed) && !generic
}

/// Returns the title that the headings give: the first of the first level, else a first one that names no part. Where
/// several of the first level stand and the first is a part, all are.
fn of_headings(outline: &Outline<'_>, shape: &Shape) -> Option<(String, Span)> {
    let shown = |section: &Section<'_>| {
        let defined = |label: &str| outline.definitions.contains_key(&label.to_lowercase());
        status::without_frame(&plain_with(section.title, &defined)).to_owned()
    };
    let is_title = |section: &Section<'_>| {
        let text = shown(section);
        let lower = text.to_lowercase();
        let is_part = PARTS.contains(&lower.as_str()) || is_decision_section(&lower);
        !lower.is_empty() && !is_part && !is_placeholder(section.title) && !is_leftover(&lower, shape)
    };
    let mut first_levels = outline.sections.iter().filter(|section| section.level == 1).peekable();
    let several = first_levels.clone().count() > 1;
    let parts_only = several && first_levels.peek().is_some_and(|first| !is_title(first));
    let mut titles = first_levels.filter(|section| is_title(section) && !parts_only);
    // `# ADR-26` alone says which record it is; another heading may say what it is about.
    let telling = titles.clone().find(|section| !is_name(section.title, shape));
    let first_level = titles.next().map(|first| telling.filter(|_| is_name(first.title, shape)).unwrap_or(first));
    let first = || {
        let first = outline.sections.first().filter(|section| section.level <= 2 && !parts_only)?;
        (is_title(first) && field::of_key(first.title).is_none()).then_some(first)
    };
    let section = first_level.or_else(first)?;
    let text = shown(section);
    (!text.is_empty()).then(|| (text, Span::from(section.heading.range())))
}

/// Says whether a text, in lower case, is what a template left there.
pub(in crate::decision) fn is_leftover(lower: &str, shape: &Shape) -> bool {
    let asks = ["neat-enhancement-idea", "kep template", "your short, descriptive title", "title", "short title"];
    is_nothing(lower) || asks.contains(&lower) || shape.leftovers.contains(lower)
}

/// Returns what a heading calls its record: `ADR-0012` of `ADR-0012: Use MySQL`, where the number is its own.
fn called(heading: &str, number: Option<u32>) -> Option<String> {
    let text = heading.trim_start_matches(['[', '(', ' ']);
    let start = text.find(|letter: char| letter.is_ascii_digit())?;
    let digits = text[start..].find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len() - start);
    let word = text[..start].trim_end_matches(['-', ' ', '_', '#']);
    let lower = word.to_lowercase();
    let is_code = !word.is_empty() && !word.contains(' ') && !word.contains(char::is_lowercase);
    let worded = word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '_'));
    let is_own = number.is_some() && text[start..start + digits].parse().ok() == number;
    let known = !word.is_empty() && (is_code || PREFIXES.contains(&lower.as_str()));
    (worded && known && is_own).then(|| text[..start + digits].to_owned())
}
