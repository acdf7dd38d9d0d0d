//! Why the disk cannot do what is asked.

use std::io;
use std::path::PathBuf;

use crate::history;
use crate::time::Moment;

use crate::path::BookPath;

/// Why the disk cannot do what is asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such folder.
    #[error("there is no folder `{}`", path.display())]
    NoFolder {
        /// What was asked for.
        path: PathBuf,
        /// Why it is none.
        source: io::Error,
    },
    /// The folder of the book cannot be read as a whole, for now at least.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// Git does not answer.
    #[error(transparent)]
    History(#[from] history::Error),
    /// The clone lacks what files held in an earlier state.
    #[error("what files held in an earlier state is not in this clone")]
    MissingContents(#[source] history::Error),
    /// There is no repository to tell of the past.
    #[error("`{}` is not in a git repository", path.display())]
    NoRepository {
        /// The book.
        path: PathBuf,
    },
    /// Nothing was committed yet.
    #[error("nothing is committed yet in `{}`", path.display())]
    NoCommit {
        /// The repository.
        path: PathBuf,
    },
    /// Two branches have no commit in common.
    #[error("`{revision}` has no commit in common with what is checked out")]
    NoMergeBase {
        /// The other branch.
        revision: String,
    },
    /// A shallow clone does not reach so far back.
    #[error("the clone holds the last commits only, none of them as early as {moment}")]
    CutHistory {
        /// What was asked for.
        moment: Moment,
    },
    /// A file or folder cannot be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A file or folder cannot be removed.
    #[error("cannot remove `{}`", path.display())]
    Remove {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A file is there already.
    #[error("`{}` exists already, and is left as it is", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A file is not any more as it was read.
    #[error("`{}` has changed in the meantime; nothing was written", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The folder for the site holds a file that is not of Precedent's making.
    #[error("`{}` is in the way: it was not written by precedent", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// The folder for the site.
        folder: PathBuf,
    },
    /// The folder for the site is the book, or holds it.
    #[error("the site cannot go to `{}`, which holds the book itself", path.display())]
    HoldsBook {
        /// The folder.
        path: PathBuf,
    },
    /// The folder for the site holds something that the book is made of.
    #[error("the site cannot go to `{}`, which holds `{file}` of the book", path.display())]
    HoldsSources {
        /// The folder.
        path: PathBuf,
        /// One of the files.
        file: BookPath,
    },
    /// A symbolic link in the folder for the site, or in its place.
    #[error("`{}` is a symbolic link; nothing is written through it", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// Another build is writing to the same folder.
    #[error("another build is writing to `{}`", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// The search index cannot be used.
    #[error(transparent)]
    Index(#[from] crate::search::Error),
}
