//! Shows findings with their lines, and errors with what to do.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::book::shown;
use super::error::Error;
use super::terminal::{Colour, harmless};
use crate::diagnostic::{DOCUMENTATION, Finding, Severity};
use crate::path::BookPath;

/// How many findings are shown whole.
const MOST: usize = 100;

/// Prints findings to standard error: the first hundred whole, of the rest how many there are of each code.
pub(super) fn findings(findings: &[Finding]) {
    let renderer = match Colour::of(&io::stderr()) {
        Colour::Yes => Renderer::styled(),
        Colour::No => Renderer::plain(),
    };
    // What is wrong with the settings is the cause of much else, and what denies the build must be seen: the list may be cut.
    let mut shown: Vec<&Finding> = findings.iter().collect();
    shown.sort_by_key(|finding| (!finding.code.is_of_settings(), std::cmp::Reverse(finding.severity)));
    let mut out = String::new();
    let mut explained = BTreeSet::new();
    for finding in shown.iter().take(MOST).map(|finding| printable(finding)) {
        // Once for each code is enough.
        let page = explained.insert(finding.code).then(|| format!("see {}", finding.code.address()));
        out += &renderer.render(&[group(&finding, page.as_deref())]);
        out += "\n\n";
    }
    if let Some(rest) = shown.get(MOST..).filter(|rest| !rest.is_empty()) {
        let mut counts = BTreeMap::<&str, usize>::new();
        rest.iter().for_each(|finding| *counts.entry(finding.code.name()).or_default() += 1);
        let counts: Vec<String> = counts.iter().map(|(code, count)| format!("{count} {code}")).collect();
        out += &format!("and {} more: {}\n\n", rest.len(), counts.join(", "));
    }
    let _ = io::stderr().write_all(out.as_bytes());
}

/// Returns a finding without what could drive the terminal.
fn printable(finding: &Finding) -> Finding {
    let mut finding = finding.clone();
    finding.path = BookPath::new(&harmless(finding.path.as_str())).unwrap_or_else(|_| BookPath::root());
    finding.message = harmless(&finding.message);
    finding.help = finding.help.map(|help| harmless(&help));
    if let Some(excerpt) = &mut finding.excerpt {
        // Of two bytes, as these are, so that what is marked stays in its place; other controls are made visible anyway.
        let shown = |letter| if matches!(letter, '\u{80}'..='\u{9f}') { '·' } else { letter };
        excerpt.text = excerpt.text.chars().map(shown).collect();
    }
    finding
}

/// Names files of an earlier build that were left where they are.
pub(super) fn left(files: &[PathBuf]) {
    for file in files {
        let name = harmless(&shown(file));
        let about = "is no part of the site any more, and was left: somebody else may have written it";
        warning(&format!("`{name}` {about}"));
    }
}

/// Prints a warning that is about no place in the book.
pub(super) fn warning(message: &str) {
    eprintln!("{}: {}", Colour::of(&io::stderr()).paint("1;33", "warning"), harmless(message));
}

fn group<'a>(finding: &'a Finding, page: Option<&'a str>) -> annotate_snippets::Group<'a> {
    let level = if finding.severity == Severity::Deny { Level::ERROR } else { Level::WARNING };
    let mut group = level
        .primary_title(finding.message.as_str())
        .id(finding.code.name())
        .elements(std::iter::empty::<annotate_snippets::Origin<'_>>());
    group = match &finding.excerpt {
        Some(excerpt) => group.element(
            Snippet::source(excerpt.text.as_str())
                .line_start(excerpt.first_line)
                .path(finding.path.as_str())
                .annotation(AnnotationKind::Primary.span(excerpt.start..excerpt.end)),
        ),
        None if finding.path.as_str().is_empty() => group,
        None => group.element(annotate_snippets::Origin::path(finding.path.as_str()).line(finding.line)),
    };
    [finding.help.as_deref(), page]
        .into_iter()
        .flatten()
        .fold(group, |group, help| group.element(Level::HELP.message(help)))
}

/// Prints an error, why it came about, and what to do.
pub(super) fn error(error: &Error) {
    trouble(error);
    if let Some(help) = error.help() {
        let colour = Colour::of(&io::stderr());
        let _ = writeln!(io::stderr(), "{}: {}", colour.paint("1;36", "help"), harmless(&help));
    }
    if let Some(page) = error.page() {
        let colour = Colour::of(&io::stderr());
        let _ = writeln!(io::stderr(), "{}: see {DOCUMENTATION}{page}", colour.paint("1;36", "help"));
    }
}

/// Prints an error, and why it came about.
pub(super) fn trouble(error: &dyn std::error::Error) {
    let colour = Colour::of(&io::stderr());
    let mut out = format!("{}: {}\n", colour.paint("1;31", "error"), harmless(&error.to_string()));
    let mut cause = error.source();
    while let Some(source) = cause {
        out += &format!("  because: {}\n", harmless(&source.to_string()));
        cause = source.source();
    }
    let _ = io::stderr().write_all(out.as_bytes());
}
