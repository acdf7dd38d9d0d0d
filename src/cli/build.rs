//! `precedent build`

use std::collections::BTreeSet;
use std::time::Instant;

use super::args::{Build as Args, Trust};
use super::{Error, Outcome, book, hosting, report, terminal};
use crate::build::{self, Counts, Overrides};
use crate::config::Setting;
use crate::diagnostic::{Code, nearest};
use crate::disk::{self, Book, Environment, Finished, Keep, Published, StaticSearch};

pub(super) fn run(args: &Args, environment: &Environment) -> Result<Outcome, Error> {
    let begun = Instant::now();
    let overrides = overrides(&args.deny, args.drafts)?;
    let mut book = Book::open(&args.dir, &given(environment, &settings(args), args.trust))?;
    terminal::progress(&format!("building {} …", book.root().display()));
    if let Some(finished) = disk::finished(&mut book, args.out.as_deref(), &overrides) {
        report::findings(&finished.findings);
        if !args.quiet {
            let Finished { title, counts, findings, folder, files, host, works_on_disk } = &finished;
            let published = Published { written: 0, removed: 0, unchanged: *files, left: Vec::new() };
            let about = About { title, counts: *counts, findings: findings.len() };
            let summary = summary(&about, &published, &book::shown(folder), begun);
            terminal::print(&(summary + hosting::note(*host, *works_on_disk) + &hosting::report(*host, folder)?))?;
        }
        return Ok(Outcome::Clean);
    }
    let mut memo = book.recall();
    let build = book.build(&mut memo, &overrides)?;
    book.remember(&memo);
    terminal::progress("");
    report::findings(&build.findings);
    if build.is_denied() {
        let denied =
            build.findings.iter().filter(|finding| finding.severity == crate::diagnostic::Severity::Deny).count();
        eprintln!("nothing was written: {} at `deny`", count(denied, "finding"));
        return Ok(Outcome::Denied);
    }
    book::check_pages(&book, &build)?;
    let folder = book::site_folder(args.out.as_deref(), &book, &build);
    terminal::progress(&format!("writing {} …", folder.display()));
    let keep = book.cache().filter(|_| !overrides.drafts).map_or(Keep::Nowhere, Keep::In);
    let search = build.search.enabled.then(|| StaticSearch::new(&build, keep));
    let published = disk::publish(&book, &folder, &build, search.as_ref())?;
    terminal::progress("");
    if published.left.is_empty() {
        let files = published.written + published.unchanged;
        disk::finish(&book, args.out.as_deref(), &overrides, &build, (&folder, files));
    }
    report::left(&published.left);
    if !args.quiet {
        let about = About { title: &build.title, counts: build.counts, findings: build.findings.len() };
        let summary = summary(&about, &published, &book::shown(&folder), begun);
        let note = hosting::note(build.host, build.site.addresses.are_files());
        terminal::print(&(summary + note + &hosting::report(build.host, &folder)?))?;
    }
    Ok(Outcome::Clean)
}

/// What the options say of the settings.
fn settings(args: &Args) -> Vec<Setting> {
    let given = [("site.url", &args.site_url), ("site.host", &args.host)];
    given.into_iter().filter_map(|(key, value)| Some(Setting::text(key, value.as_ref()?))).collect()
}

/// Adds to the environment what the options of a command say of the settings.
pub(super) fn given(environment: &Environment, settings: &[Setting], trust: Trust) -> Environment {
    let mut environment = environment.clone();
    environment.given.settings.extend_from_slice(settings);
    if trust.untrusted {
        environment.given.trust = build::Trust::Nobody;
    }
    environment
}

/// Reads the codes of `--deny`.
pub(super) fn overrides(deny: &[String], drafts: bool) -> Result<Overrides, Error> {
    let mut codes = BTreeSet::new();
    for name in deny.iter().filter(|name| *name != "all") {
        codes.insert(code(name)?);
    }
    Ok(Overrides { drafts, deny: codes, deny_all: deny.iter().any(|name| name == "all") })
}

/// Returns the code of a name.
pub(super) fn code(name: &str) -> Result<Code, Error> {
    Code::from_name(name).ok_or_else(|| {
        let near = nearest(name, Code::ALL.iter().map(|code| code.name())).map(str::to_owned);
        Error::UnknownCode { code: name.to_owned(), near }
    })
}

/// What the last line says of a build.
struct About<'b> {
    title: &'b str,
    counts: Counts,
    findings: usize,
}

fn summary(about: &About<'_>, published: &Published, folder: &str, begun: Instant) -> String {
    let About { title, counts, findings } = *about;
    let mut parts = vec![count(counts.pages, "page")];
    for (number, name) in [(counts.decisions, "decision"), (counts.guidelines, "guideline"), (counts.files, "file")] {
        if number > 0 {
            parts.push(count(number, name));
        }
    }
    let Published { written, removed, unchanged, left: _ } = published;
    format!(
        "{}: {}; {written} written, {removed} removed, {unchanged} unchanged; {}; {:.2} s\n  {folder}\n",
        terminal::harmless(title),
        parts.join(", "),
        count(findings, "finding"),
        begun.elapsed().as_secs_f64(),
    )
}

/// Writes a number with its noun.
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
