//! The findings that a stretch of history brought: those at its end that were not there at its beginning.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::{Patch, Stretch, held, patched};
use crate::build::memo::Memo;
use crate::build::project::Project;
use crate::build::{Inputs, Wants, beside, findings, join, parse, vault};
use crate::diagnostic::{Code, Finding};
use crate::page::Detail;
use crate::path::BookPath;

/// Returns the findings that were not there at the beginning, as a build reports them, but for those about templates and the
/// names of files. One that only moved within its file is none.
///
/// # Errors
/// With what must be read first.
pub fn brought(inputs: &Inputs, memo: &mut Memo, stretch: &Stretch) -> Result<Vec<Finding>, Wants> {
    let after = all(inputs, memo, &stretch.after)?;
    let before = all(inputs, memo, &stretch.before)?;
    let mut known: BTreeMap<(Code, BookPath, String), usize> = BTreeMap::new();
    let names: BTreeMap<&BookPath, &BookPath> = stretch.renames.iter().map(|(to, from)| (from, to)).collect();
    for finding in before {
        let path = names.get(&finding.path).copied().unwrap_or(&finding.path).clone();
        *known.entry((finding.code, path, finding.message)).or_default() += 1;
    }
    let mut is_new = |finding: &Finding| {
        let key = (finding.code, finding.path.clone(), finding.message.clone());
        let left = known.get_mut(&key).filter(|count| **count > 0);
        left.is_none_or(|count| {
            *count -= 1;
            false
        })
    };
    Ok(after.into_iter().filter(|finding| is_new(finding)).collect())
}

/// Looks for what is wrong with a state of the book.
fn all(inputs: &Inputs, memo: &mut Memo, patch: &Patch) -> Result<Vec<Finding>, Wants> {
    let state = if patch.is_empty() { Cow::Borrowed(inputs) } else { Cow::Owned(patched(inputs, patch)) };
    let files = |files: BTreeSet<BookPath>| held(Wants::files(files), patch);
    let inputs = &*vault::uncommented(&state);
    let project = Project::new(inputs).map_err(files)?;
    let mut pages = parse::pages(&project, Detail::Full, memo).map_err(files)?;
    let site = join(&project, std::mem::take(&mut pages.parsed));
    let missing = site.files.keys().filter(|file| !inputs.sources.contains_key(*file)).cloned();
    let missing: BTreeSet<BookPath> = missing.collect();
    if !missing.is_empty() {
        return Err(files(missing));
    }
    let (_, refused) = beside::publish(&project, &site);
    let diagnostics = findings::diagnostics(&project, &pages, &site, refused);
    findings::located(diagnostics, &project, memo).map_err(files)
}
