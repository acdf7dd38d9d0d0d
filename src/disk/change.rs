//! Changes of sources: a plan is carried out whole, or not at all.

use std::fs;
use std::path::Path;

use super::book::Book;
use super::error::Error;
use super::{read, write};
use crate::amend::Plan;
use crate::path::BookPath;

/// The largest source that is changed, in bytes.
const LARGEST: u64 = 64 << 20;

/// Returns the text of a file; nothing where there is none, or it is no UTF-8.
pub fn text(root: &Path, path: &BookPath) -> Option<String> {
    let place = fs::canonicalize(root.join(path.as_str())).ok().filter(|place| place.starts_with(root))?;
    String::from_utf8(read::regular(&place, LARGEST).ok()?).ok()
}

/// Returns every Markdown file of a book, but those of the built site.
///
/// # Errors
/// When the folder of the book cannot be read.
pub fn markdown(book: &Book, site: &BookPath) -> Result<Vec<BookPath>, Error> {
    let is_source = |path: &BookPath| path.is_markdown() && (*site == BookPath::root() || !path.is_within(site));
    Ok(book.walk()?.files.into_keys().filter(is_source).collect())
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
        if read::regular(&place, LARGEST).map_err(error)? != change.before.as_bytes() {
            return Err(Error::Changed { path });
        }
        let permissions = fs::metadata(&place).map_err(error)?.permissions();
        ready.push((write::beside(&place, change.after.as_bytes(), permissions).map_err(error)?, place));
    }
    for (file, place) in ready {
        write::replace(file, &place).map_err(|source| Error::Write { path: place.clone(), source })?;
    }
    if let Some((from, to)) = rename {
        fs::rename(&from, &to).map_err(|source| Error::Write { path: to.clone(), source })?;
    }
    Ok(())
}
