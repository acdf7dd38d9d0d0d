//! Places on the disk as paths of the book.

use std::path::{MAIN_SEPARATOR, Path};

use crate::path::BookPath;

/// Returns a path below the root as one of the book; nothing where it is not UTF-8.
pub(in crate::disk) fn book_path(relative: &Path) -> Option<BookPath> {
    let text = relative.to_str()?;
    if MAIN_SEPARATOR == '/' {
        return BookPath::new(text).ok();
    }
    BookPath::new(&text.replace(MAIN_SEPARATOR, "/")).ok()
}
