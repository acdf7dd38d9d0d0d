//! What a shell offers while arguments are typed: the values of facets and the names of records of the book around, and
//! the codes of findings.
//!
//! Nothing is offered where there is no book, and nothing is said: a shell has no place for it.

use std::ffi::OsStr;
use std::path::Path;
use std::time::SystemTime;

use clap_complete::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};

use super::environment;
use crate::diagnostic::Code;
use crate::disk::{Book, cache};
use crate::search::{self, Facet, Index};

/// Completes the values of a facet.
pub(super) fn of(facet: Facet) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| candidates(facet, typed.to_str().unwrap_or("")))
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
                    .map(|(value, pages)| candidate(format!("{field}:{}", quoted(&value)), pages))
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
    values.map(|(value, pages)| candidate(value, pages)).collect()
}

fn candidate(text: String, pages: usize) -> CompletionCandidate {
    CompletionCandidate::new(text).help(Some(super::build::count(pages, "page").into()))
}

fn quoted(value: &str) -> String {
    if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.to_owned() }
}

/// Asks the index of the book around.
fn ask(question: impl Fn(&Index) -> Result<Vec<(String, usize)>, search::Error>) -> Vec<(String, usize)> {
    let Ok(mut book) = Book::open(Path::new("."), &environment::read(None)) else { return Vec::new() };
    cache::ask(&mut book, SystemTime::now(), question).unwrap_or_default()
}
