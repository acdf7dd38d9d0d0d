//! Changes of sources: a plan is carried out whole, or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Error, walk};
use crate::amend::Plan;
use crate::path::BookPath;

/// Returns the text of a file; nothing where there is none, or it is no UTF-8.
pub fn text(root: &Path, path: &BookPath) -> Option<String> {
    fs::read_to_string(root.join(path.as_str())).ok()
}

/// Returns every Markdown file of a book, but those of the built site.
pub fn markdown(root: &Path, site: &BookPath) -> Vec<BookPath> {
    let is_source = |path: &BookPath| path.is_markdown() && (*site == BookPath::root() || !path.is_within(site));
    walk::walk(root).files.into_keys().filter(is_source).collect()
}

/// Writes what a plan says. All new texts lie beside their places before the first takes its place.
///
/// # Errors
/// When a file is not as the plan read it, or cannot be written.
pub fn carry_out(root: &Path, plan: &Plan) -> Result<(), Error> {
    let rename = plan.rename.as_ref().map(|(from, to)| (root.join(from.as_str()), root.join(to.as_str())));
    if let Some((_, to)) = rename.as_ref().filter(|(_, to)| fs::symlink_metadata(to).is_ok()) {
        return Err(Error::Exists { path: to.clone() });
    }
    let mut ready = Vec::new();
    for change in &plan.changes {
        let path = root.join(change.path.as_str());
        let error = |source| Error::Write { path: path.clone(), source };
        // A link is followed, so that it stays one.
        let place = fs::canonicalize(&path).map_err(error)?;
        if !place.starts_with(root) {
            return Err(Error::Link { path });
        }
        if fs::read(&place).map_err(error)? != change.before.as_bytes() {
            return Err(Error::Changed { path });
        }
        ready.push((beside(&place, change.after.as_bytes())?, place));
    }
    for (file, place) in ready {
        let persisted = file.persist(&place);
        persisted.map_err(|failed| Error::Write { path: place.clone(), source: failed.error })?;
    }
    if let Some((from, to)) = rename {
        fs::rename(&from, &to).map_err(|source| Error::Write { path: to.clone(), source })?;
    }
    Ok(())
}

/// Writes a new text beside the old file, with that one's permissions.
fn beside(place: &PathBuf, content: &[u8]) -> Result<tempfile::NamedTempFile, Error> {
    let error = |source| Error::Write { path: place.clone(), source };
    let folder = place.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".precedent-").tempfile_in(folder).map_err(error)?;
    std::io::Write::write_all(&mut file, content).map_err(error)?;
    let permissions = fs::metadata(place).map_err(error)?.permissions();
    file.as_file().set_permissions(permissions).map_err(error)?;
    Ok(file)
}
