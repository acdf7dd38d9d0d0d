//! What a shell offers while arguments are typed: the values of facets and the names of records of the book around, and
//! the codes of findings.
//!
//! Nothing is offered where there is no book, and nothing is said: a shell has no place for it.

use std::ffi::OsStr;
use std::path::Path;
use std::time::SystemTime;

use clap_complete::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};

use super::environment;
use super::terminal::{harmless, is_visible};
use crate::diagnostic::Code;
use crate::disk::{Book, Pages, cache};
use crate::search::{self, Facet, Index};

/// Completes the values of a facet.
pub(super) fn of(facet: Facet) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| candidates(facet, typed.to_str().unwrap_or("")))
}

/// Completes the id of a record.
pub(super) fn records() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let typed = typed.to_str().unwrap_or("").to_lowercase();
        let Ok(mut book) = Book::open(Path::new("."), &environment::read(None)) else { return Vec::new() };
        let Ok(survey) = book.survey(Pages::All) else { return Vec::new() };
        let records =
            survey.site.entries.iter().filter_map(|entry| Some((entry.filed.as_ref()?.id.as_str(), entry.title())));
        let begun = records
            .filter(|(id, title)| id.to_lowercase().starts_with(&typed) || title.to_lowercase().starts_with(&typed));
        let candidate = |(id, title): (&str, &str)| {
            let word = shell_word(id, Shell::asking())?;
            Some(CompletionCandidate::new(word).help(Some(harmless(title).into())))
        };
        begun.filter_map(candidate).collect()
    })
}

/// Completes a word of a query: the names of fields, their values after the colon, and names of records.
pub(super) fn query() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let typed = typed.to_str().unwrap_or("");
        match typed.split_once(':') {
            Some((field, value)) => {
                let value = value.trim_start_matches('"');
                let values = ask(|index| index.complete(field, value));
                values
                    .into_iter()
                    .filter_map(|(value, pages)| candidate(&format!("{field}:{}", quoted(&value)), pages))
                    .collect()
            }
            None => {
                let fields = ["kind:", "status:", "tag:", "by:", "scope:", "after:", "before:"];
                let fields = fields.iter().filter(|field| field.starts_with(typed)).map(CompletionCandidate::new);
                fields.chain(candidates(Facet::Name, typed).into_iter().filter(|_| !typed.is_empty())).collect()
            }
        }
    })
}

/// Completes the code of a finding, or one of further words.
pub(super) fn codes(further: &'static [&'static str]) -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let codes = Code::ALL.iter().map(|code| (code.name(), code.meaning().trim()));
        let codes = codes.map(|(name, meaning)| CompletionCandidate::new(name).help(Some(meaning.into())));
        further.iter().map(CompletionCandidate::new).chain(codes).collect()
    })
}

fn candidates(facet: Facet, typed: &str) -> Vec<CompletionCandidate> {
    let lower = typed.trim_start_matches('@').to_lowercase();
    let values = ask(|index| index.values(facet)).into_iter().filter(|(value, _)| value.starts_with(&lower));
    values.filter_map(|(value, pages)| candidate(&value, pages)).collect()
}

/// Returns what a shell puts on the line; nothing for what it would not take as it is.
fn candidate(text: &str, pages: usize) -> Option<CompletionCandidate> {
    let word = shell_word(text, Shell::asking())?;
    Some(CompletionCandidate::new(word).help(Some(super::build::count(pages, "page").into())))
}

/// What a shell does with a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shell {
    /// It puts it on the line as it is (bash, PowerShell).
    Takes,
    /// It quotes what its language would read (zsh, fish, Elvish).
    Quotes,
}

impl Shell {
    /// Returns the shell that asks.
    fn asking() -> Self {
        match std::env::var(super::generate::ASKS).as_deref() {
            Ok("zsh" | "fish" | "elvish") => Self::Quotes,
            _ => Self::Takes,
        }
    }
}

/// Returns a text of the book as a word that a shell takes for nothing but text. What cannot be one is left out: a tag may
/// be a command.
fn shell_word(text: &str, shell: Shell) -> Option<String> {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./@:+,".contains(letter);
    if text.chars().all(is_plain) && !text.starts_with('-') {
        return Some(text.to_owned());
    }
    let can_be_quoted = text
        .chars()
        .all(|letter| is_visible(letter) && !matches!(letter, '\n' | '\t' | '\'' | '!' | '‘' | '’' | '‚' | '‛'));
    match shell {
        _ if !can_be_quoted || text.starts_with('-') => None,
        Shell::Takes => Some(format!("'{text}'")),
        Shell::Quotes => {
            text.chars().all(|letter| is_plain(letter) || matches!(letter, ' ' | '"')).then(|| text.to_owned())
        }
    }
}

fn quoted(value: &str) -> String {
    if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.to_owned() }
}

/// Asks the index of the book around.
fn ask(question: impl Fn(&Index) -> Result<Vec<(String, usize)>, search::Error>) -> Vec<(String, usize)> {
    let Ok(mut book) = Book::open(Path::new("."), &environment::read(None)) else { return Vec::new() };
    cache::ask(&mut book, SystemTime::now(), question).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_runs_nothing_that_it_is_offered() {
        let word = |text: &str| shell_word(text, Shell::Takes);
        assert_eq!(word("security").as_deref(), Some("security"));
        assert_eq!(word("two words").as_deref(), Some("'two words'"));
        assert_eq!(word("$(touch x)").as_deref(), Some("'$(touch x)'"));
        for text in ["it's", "a'; touch x; '", "\u{1b}[31m", "a\nb", "--open", "it’s", "!!"] {
            assert_eq!(word(text), None, "{text:?}");
        }
        let word = |text: &str| shell_word(text, Shell::Quotes);
        assert_eq!(word("two words").as_deref(), Some("two words"));
        assert_eq!(word("$(touch x)"), None);
    }
}
