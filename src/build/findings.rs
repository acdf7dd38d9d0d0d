//! What is wrong with a book: what every stage reports, each with its level and line.

use std::collections::{BTreeMap, BTreeSet};

use super::memo::Memo;
use super::parse::Pages;
use super::project::Project;
use super::{Inputs, Known, Overrides, Repository, unread};
use crate::codec::Text;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Finding, Lines, Severity};
use crate::path::BookPath;
use crate::site::Site;

/// Gathers what is wrong with settings, pages and site, and what else was found.
pub(super) fn diagnostics(
    project: &Project<'_>,
    pages: &Pages,
    site: &Site,
    others: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let inputs = project.inputs;
    let mut diagnostics = project.diagnostics.clone();
    diagnostics.extend(pages.diagnostics.iter().cloned());
    diagnostics.extend(unread::unread(project));
    let of_site = site.diagnostics.iter().cloned();
    let of_rules = crate::rule::check(site, &surroundings(inputs, &project.config));
    diagnostics.extend(of_site.chain(of_rules).map(|diagnostic| pages.origins.relocate(diagnostic)));
    diagnostics.extend(project.summary.iter().flat_map(|summary| crate::rule::check_listed(site, summary)));
    diagnostics.extend(inputs.repository.answers.known().into_iter().flat_map(Known::gaps));
    diagnostics.extend(others);
    // A template links to what its users will name, and its metadata is theirs to choose.
    diagnostics.retain(|diagnostic| !(diagnostic.code.is_of_text() && pages.templates.contains(&diagnostic.path)));
    diagnostics
}

/// Gives each diagnostic its level and line.
///
/// # Errors
/// With the files whose text must be known first.
pub(super) fn located(
    diagnostics: Vec<Diagnostic>,
    project: &Project<'_>,
    memo: &Memo,
) -> Result<Vec<Finding>, BTreeSet<BookPath>> {
    let inputs = project.inputs;
    let text = |path: &BookPath| memo.text_of(path);
    let untold = diagnostics.iter().map(|diagnostic| &diagnostic.path);
    // What left the listing since could not be read, and is not asked for again.
    let is_unread = |path: &BookPath| inputs.unread.contains_key(path) && inputs.listing.contains(path);
    let untold = untold.filter(|path| is_unread(path) && !inputs.sources.contains_key(*path));
    let untold: BTreeSet<BookPath> = untold.filter(|path| text(path).is_none()).cloned().collect();
    if untold.is_empty() { Ok(findings(diagnostics, &project.config, inputs, &text)) } else { Err(untold) }
}

/// What rules know beside the site.
fn surroundings<'i>(inputs: &'i Inputs, config: &Config) -> crate::rule::Surroundings<'i> {
    let Repository { folder, answers, codeowners: _ } = &inputs.repository;
    crate::rule::Surroundings {
        today: inputs.today,
        files: answers.known().map(|known| &known.files),
        folder,
        listing: &inputs.listing,
        has_repository: config.site.repository.is_some(),
    }
}

/// Gives each diagnostic its level and line: causes before consequences, then in the order of the files.
///
/// `known` has the texts of pages that were not read, as far as they are those of their files.
fn findings(
    mut diagnostics: Vec<Diagnostic>,
    config: &Config,
    inputs: &Inputs,
    known: &dyn Fn(&BookPath) -> Option<Text>,
) -> Vec<Finding> {
    diagnostics.sort_by(|one, other| {
        let key = |diagnostic: &Diagnostic| (diagnostic.code != Code::InvalidToml, !diagnostic.code.is_of_settings());
        key(one).cmp(&key(other)).then_with(|| one.cmp(other))
    });
    diagnostics.dedup();
    let Overrides { deny, deny_all, drafts: _ } = &inputs.overrides;
    let level = |code: Code| match config.severity(code) {
        Severity::Allow if !deny.contains(&code) => Severity::Allow,
        severity if *deny_all || deny.contains(&code) => severity.max(Severity::Deny),
        severity => severity,
    };
    let shown = diagnostics.into_iter().map(|diagnostic| (level(diagnostic.code), diagnostic));
    // A page may have thousands of findings: its text is decoded once.
    let mut texts: BTreeMap<BookPath, Option<Lines<'_>>> = BTreeMap::new();
    shown
        .filter(|(severity, _)| *severity != Severity::Allow)
        .map(|(severity, diagnostic)| {
            let text = texts.entry(diagnostic.path.clone()).or_insert_with_key(|path| {
                let source = inputs.sources.get(path).map(|source| String::from_utf8_lossy(&source.content));
                source.or_else(|| Some(known(path)?.to_string().into())).map(Lines::new)
            });
            Finding::locate(diagnostic, severity, text.as_ref())
        })
        .collect()
}
