//! Which decisions and guidelines govern a source file, and why.
//!
//! In: a [`Site`], a file's path, its text and its owners. Out: the records, those in force first, each with its
//! reasons: a pattern of the record's `applies-to`, a marker in the file, the scope that the file lies in, an owner
//! that both have. A record whose patterns say nothing of the file does not govern it for being near.

use serde::Serialize;

use crate::decision::{State, Stated};
use crate::glob::Globs;
use crate::site::{Filed, Found, Kind, Site};

/// A source file, as its repository knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile<'a> {
    /// Its path from the root of the repository, separated by `/`.
    pub path: &'a str,
    /// Its text; empty where it cannot be read.
    pub text: &'a str,
    /// Who owns it, as CODEOWNERS says.
    pub owners: Vec<String>,
    /// The book's folder below the root of the repository.
    pub book: &'a str,
}

/// A record that governs a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Governing {
    /// The record's id.
    pub id: String,
    /// `decision` or `guideline`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Its state; nothing where it states none.
    pub status: Option<State>,
    /// Its file, from the book's root.
    pub path: String,
    /// The ids of what replaces it.
    pub superseded_by: Vec<String>,
    /// The ids of the proposals that would replace it.
    pub would_be_superseded_by: Vec<String>,
    /// Why it governs the file, the strongest first.
    pub reasons: Vec<Reason>,
}

/// Why a record governs a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "by", rename_all = "lowercase")]
pub enum Reason {
    /// The file names the record: `@adr 12`.
    Marker {
        /// The line of the marker, from 1.
        line: usize,
    },
    /// The record names the file.
    Pattern {
        /// The pattern of `applies-to`.
        pattern: String,
    },
    /// The file lies in the part of the repository that the record's collection belongs to.
    Scope {
        /// The folder, from the root of the repository.
        folder: String,
    },
    /// The record states an owner whom CODEOWNERS gives the file.
    Owner {
        /// The owner.
        name: String,
    },
}

/// A marker in a source file that names no record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LostMarker {
    /// The line, from 1.
    pub line: usize,
    /// The name that it has.
    pub name: String,
}

/// What governs a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Governed {
    /// The file, from the root of the repository.
    pub path: String,
    /// The records, those in force first.
    pub records: Vec<Governing>,
    /// Markers that name none.
    pub lost: Vec<LostMarker>,
}

/// Returns what governs a file.
pub fn govern(site: &Site, file: &SourceFile<'_>) -> Governed {
    let (marked, lost) = markers(site, file.text);
    let mut records: Vec<Governing> = (0..site.entries.len())
        .filter_map(|at| {
            let mut reasons = reasons(site, at, file);
            reasons.extend(
                marked.iter().filter(|(entry, _)| *entry == at).map(|(_, line)| Reason::Marker { line: *line }),
            );
            reasons.sort();
            (!reasons.is_empty()).then(|| governing(site, at, reasons))
        })
        .collect();
    records.sort_by(|a, b| (rank(a.status), &a.reasons, &a.id).cmp(&(rank(b.status), &b.reasons, &b.id)));
    Governed { path: file.path.to_owned(), records, lost }
}

/// In force, then to come, then gone.
fn rank(state: Option<State>) -> u8 {
    match state {
        Some(State::Accepted) | None => 0,
        Some(State::Proposed | State::Unknown) => 1,
        Some(State::Rejected | State::Deprecated | State::Superseded) => 2,
    }
}

fn governing(site: &Site, at: usize, reasons: Vec<Reason>) -> Governing {
    let entry = &site.entries[at];
    let id = |at: usize| site.entries[at].filed.as_ref().map_or(String::new(), |filed| filed.id.clone());
    let told = || entry.related_by(crate::decision::Verb::Supersedes, crate::decision::Direction::Reverse);
    let filed = entry.filed.as_ref();
    // A record that says itself that it is replaced knows by whom.
    let own = entry.state() == Some(State::Superseded) && filed.is_none_or(|filed| filed.successors.is_empty());
    let successors = if own { told().collect() } else { filed.map_or(Vec::new(), |filed| filed.successors.clone()) };
    let pending = filed.map_or(Vec::new(), |filed| filed.pending.clone());
    Governing {
        id: id(at),
        kind: entry.parsed.kind.name(),
        title: entry.title().to_owned(),
        status: entry.state(),
        path: entry.page().path.to_string(),
        superseded_by: successors.into_iter().map(id).collect(),
        would_be_superseded_by: pending.into_iter().map(id).collect(),
        reasons,
    }
}

/// The reasons that lie in the record.
fn reasons(site: &Site, at: usize, file: &SourceFile<'_>) -> Vec<Reason> {
    let entry = &site.entries[at];
    let Some((record, filed)) = entry.record() else { return Vec::new() };
    let mut reasons = Vec::new();
    reasons.extend(pattern(&record.applies_to, file.path).map(|pattern| Reason::Pattern { pattern }));
    let in_force = rank(filed.state) == 0;
    // Patterns say more than a folder does: a record with patterns governs what they match.
    if in_force && record.applies_to.is_empty() && entry.parsed.kind == Kind::Decision {
        let folder = scope_folder(filed, file.book);
        let is_own = folder
            .as_ref()
            .is_some_and(|folder| file.path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/')));
        reasons.extend(folder.filter(|_| is_own).map(|folder| Reason::Scope { folder }));
        let shared = record.owners.iter().find(|owner| file.owners.contains(&owner.value));
        reasons.extend(shared.map(|owner| Reason::Owner { name: owner.value.clone() }));
    }
    reasons
}

/// Returns the pattern that means the file, unless a later one takes it out again.
fn pattern(patterns: &[Stated<String>], path: &str) -> Option<String> {
    let readable: Vec<&str> =
        patterns.iter().map(|stated| stated.value.as_str()).filter(|pattern| Globs::new(&[pattern]).is_ok()).collect();
    let globs = Globs::new(&readable).ok()?;
    globs.matches(path).then(|| globs.last(path)).flatten().map(|at| readable[at].to_owned())
}

/// Returns the folder, from the root of the repository, of the part that a collection belongs to.
fn scope_folder(filed: &Filed, book: &str) -> Option<String> {
    let collection = filed.collection.as_str();
    let end = collection.find(&filed.scope).filter(|_| !filed.scope.is_empty())? + filed.scope.len();
    let folder = &collection[..end];
    // A collection that is the scope itself has nothing but its records in it.
    let holds_more = end < collection.len();
    let whole = if book.is_empty() { folder.to_owned() } else { format!("{book}/{folder}") };
    holds_more.then_some(whole)
}

/// The words by which a comment names a record.
const MARKERS: &[&str] = &["@adr", "@decision", "@guideline", "@precedent"];

/// Finds the records that the text of a file names, and the names that are none.
fn markers(site: &Site, text: &str) -> (Vec<(usize, usize)>, Vec<LostMarker>) {
    let (mut found, mut lost) = (Vec::new(), Vec::new());
    for (at, line) in text.lines().enumerate().filter(|(_, line)| line.contains('@')) {
        for name in named(line) {
            match site.records.find(&name, None) {
                Found::One(entry) => found.push((entry, at + 1)),
                Found::Several(entries) => found.extend(entries.into_iter().map(|entry| (entry, at + 1))),
                Found::Nothing => lost.push(LostMarker { line: at + 1, name }),
            }
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|(entry, _)| *entry);
    (found, lost)
}

/// Returns the names after the markers of a line: `@adr 12, payments/13` has two.
fn named(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    for marker in MARKERS {
        for (at, _) in line.match_indices(marker) {
            let joined =
                line[..at].ends_with(|before: char| before.is_alphanumeric() || matches!(before, '@' | '.' | '/'));
            let rest = line[at + marker.len()..].strip_prefix([' ', ':', '\t', '(', '=']).filter(|_| !joined);
            let Some(rest) = rest else { continue };
            names.extend(
                rest.split(',')
                    .map_while(|part| part.split_whitespace().next())
                    .map(|word| word.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned())
                    .take_while(|word| !word.is_empty()),
            );
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_name_records() {
        for (line, expected) in [
            ("// @adr 0012", "0012"),
            ("# @adr ADR-12, payments/13 because of this", "ADR-12|payments/13"),
            ("/* @decision: use-mysql */", "use-mysql"),
            ("mail@adr 12", ""),
            ("@adrift 12", ""),
            ("// see ADR-12", ""),
        ] {
            assert_eq!(named(line).join("|"), expected, "{line}");
        }
    }
}
