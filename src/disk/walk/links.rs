//! Symbolic links: one counts only where it leads to a file that the walk itself has found.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::place::book_path;
use crate::disk::stamp::Stamp;
use crate::path::BookPath;

/// Returns the file of the book that a link leads to; why it leads to none.
pub(super) fn target(
    root: &Path,
    link: &BookPath,
    files: &BTreeMap<BookPath, Stamp>,
) -> Result<BookPath, &'static str> {
    let target = fs::canonicalize(root.join(link.as_str())).map_err(|_| "a symbolic link that leads nowhere")?;
    let Ok(below) = target.strip_prefix(root) else {
        return Err("a symbolic link that leaves the book, so it is not followed");
    };
    let known = book_path(below).filter(|path| files.contains_key(path));
    match known {
        Some(path) => Ok(path),
        None if target.is_dir() => Err("a symbolic link to a folder, which is not followed"),
        None => Err("a symbolic link to a file that is no part of the book, so it is not followed"),
    }
}
