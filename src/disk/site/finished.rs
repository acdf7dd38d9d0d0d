//! A build that is finished, so that the next one of the same says so and stops.
//!
//! In the user's cache lies what the last build of a book was made of, and what came of it. While all of that is as it was
//! (the files of the book and of the site by their stamps, what git tells, the day, the options and the program), a build
//! would come to the same; nothing is read, and nothing is written.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::place::record_file;
use crate::build::{Build, Counts, Overrides};
use crate::codec::{decode, encode, seal, unseal};
use crate::diagnostic::{Code, Excerpt, Finding, Severity};
use crate::disk::book::Book;
use crate::disk::cache::record::Record;
use crate::disk::walk::MANIFEST;
use crate::disk::{cache, read, write};
use crate::fingerprint::Fingerprint;
use crate::host::Host;
use crate::path::BookPath;

/// What a build came to that would come to the same again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// The title of the site.
    pub title: String,
    /// What the site is made of.
    pub counts: Counts,
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// The folder of the site.
    pub folder: PathBuf,
    /// How many files it has.
    pub files: usize,
    /// The host that they are for.
    pub host: Option<Host>,
    /// Whether its links lead from page to page where it lies on a disk.
    pub works_on_disk: bool,
}

/// As it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    state: Fingerprint,
    title: String,
    counts: Counts,
    findings: Vec<KeptFinding>,
    folder: PathBuf,
    files: usize,
    host: Option<Host>,
    works_on_disk: bool,
}

/// A [`Finding`], whose excerpt is no part of its JSON.
#[derive(Serialize, Deserialize)]
struct KeptFinding(Severity, BookPath, usize, usize, Code, String, Option<String>, Option<Excerpt>);

/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// Looks at every file, and returns what the last build came to where nothing has changed since. `out` is the folder that the
/// caller named. Where something has, the build that follows need not look again.
pub fn finished(book: &mut Book, out: Option<&Path>, overrides: &Overrides) -> Option<Finished> {
    book.look_ahead();
    let sealed = read::regular(&file(book, out, overrides)?, LARGEST).ok()?;
    let Kept { state, title, counts, findings, folder, files, host, works_on_disk } = decode(&unseal(sealed.into())?)?;
    let record = Record::read(&record_file(book, &folder)?);
    let is_there = folder.join(MANIFEST).is_file() && record.is_as_written(&folder);
    if !is_there || book.state_now(&folder) != Some(state) {
        return None;
    }
    let finding = |KeptFinding(severity, path, line, column, code, message, help, excerpt)| Finding {
        severity,
        path,
        line,
        column,
        code,
        message,
        help,
        excerpt,
    };
    let findings = findings.into_iter().map(finding).collect();
    Some(Finished { title, counts, findings, folder, files, host, works_on_disk })
}

/// Notes what a build came to that [`finished`] was asked for before: `folder` holds `files` files, all of which are its own. Where that cannot be kept, or files of
/// the book are too young to be known by their stamps, the next build looks at everything.
pub fn finish(book: &Book, out: Option<&Path>, overrides: &Overrides, build: &Build, (folder, files): (&Path, usize)) {
    let Some(file) = file(book, out, overrides) else { return };
    let folder = folder.canonicalize().ok();
    let state = folder.and_then(|folder| Some((book.state_built(&folder)?, folder)));
    let Some((state, folder)) = state else {
        // What it says is not so any more; where there is none, nothing is left behind.
        let _ = std::fs::remove_file(file);
        return;
    };
    let finding = |finding: &Finding| {
        let Finding { severity, path, line, column, code, message, help, excerpt } = finding.clone();
        KeptFinding(severity, path, line, column, code, message, help, excerpt)
    };
    let findings = build.findings.iter().map(finding).collect();
    let (title, counts, host) = (build.title.clone(), build.counts, build.host);
    let works_on_disk = build.site.addresses.are_files();
    let kept = Kept { state, title, counts, findings, folder, files, host, works_on_disk };
    let _ = write::atomically(&file, &seal(&encode(&kept)));
}

/// Returns the file in the user's cache for builds with these options.
fn file(book: &Book, out: Option<&Path>, overrides: &Overrides) -> Option<PathBuf> {
    let out = out.map(std::path::absolute).transpose().ok()?;
    let name = Fingerprint::of(&(out, overrides, cache::memo::program()?));
    Some(book.cache()?.join(format!("finished-{}", name.letters(12))))
}
