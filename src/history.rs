//! What git remembers: a [`Repository`] tells which files there are, who changed them when, and what they were.
//!
//! A folder comes in; the program `git` is asked, and values come out. Nothing is ever written, not even git's index,
//! and nobody's words become an option: a revision is looked up first and goes on as its hash, a path is literal.
//! Without `git`, or outside a work tree, there is no repository, which is no error.
//!
//! Paths are relative to the repository's root and separated by `/`. Names that are not UTF-8 are left out.

mod command;
mod log;
mod stretch;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::revision::Revision;
pub use stretch::{Change, Point, Stretch};

/// Why git does not answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The program does not start.
    #[error("cannot run `git` in `{}` to {purpose}", folder.display())]
    Start {
        /// What it was to do.
        purpose: &'static str,
        /// Where.
        folder: PathBuf,
        /// Why it does not.
        source: io::Error,
    },
    /// The program says that it cannot.
    #[error("git cannot {purpose} in `{}`: {message}", folder.display())]
    Failed {
        /// What it was to do.
        purpose: &'static str,
        /// Where.
        folder: PathBuf,
        /// The first line of what it says.
        message: String,
    },
    /// No commit has this name.
    #[error("git knows no revision `{revision}` in `{}`; fetch it, or look at its name", folder.display())]
    UnknownRevision {
        /// The name.
        revision: String,
        /// Where.
        folder: PathBuf,
    },
}

/// What git tells of the past of files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// The commits that touched each file, newest first.
    pub files: BTreeMap<String, Vec<Revision>>,
    /// Set where the clone is shallow: what came before its first commits is not known.
    pub is_cut: bool,
    /// Set where the clone lacks contents of old files: one that was renamed and changed at once has two histories.
    pub lacks_contents: bool,
}

/// A branch of this clone, or of a remote as it was last fetched.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Branch {
    /// Its name as people say it: `main`, `origin/main`.
    pub name: String,
    /// Its whole name, which is a revision that nothing else can be: `refs/heads/main`.
    pub reference: String,
    /// The commit it points at.
    pub hash: String,
}

/// A git repository with a work tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    root: PathBuf,
    /// The root as git writes it: on Windows, git does not take every form of a resolved path.
    place: PathBuf,
}

impl Repository {
    /// Returns the repository whose work tree holds a folder; none where it is in no work tree or git is not installed.
    ///
    /// Only the folder decides. Variables such as `GIT_DIR`, which git sets for its hooks, are not followed.
    ///
    /// # Errors
    /// When there is no such folder, or git refuses the repository, as it does where somebody else owns it.
    pub fn discover(folder: &Path) -> Result<Option<Self>, Error> {
        const PURPOSE: &str = "find the repository";
        let answer = match command::ask(folder, PURPOSE, &["rev-parse", "--show-toplevel"]) {
            Err(Error::Start { source, .. }) if source.kind() == io::ErrorKind::NotFound => return Ok(None),
            answer => answer?,
        };
        let nowhere = ["not a git repository", "must be run in a work tree"];
        if answer.code != Some(0) && nowhere.iter().any(|nowhere| answer.message.contains(nowhere)) {
            return Ok(None);
        }
        let place = command::as_path(&answer.or_failed(folder, PURPOSE)?);
        let root = fs::canonicalize(&place).map_err(|source| Error::Start {
            purpose: PURPOSE,
            folder: place.clone(),
            source,
        })?;
        Ok(Some(Self { root, place }))
    }

    /// Returns the work tree's folder, with every symbolic link resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the commit that is checked out; none before the first.
    ///
    /// # Errors
    /// When git cannot say.
    pub fn head(&self) -> Result<Option<String>, Error> {
        self.look_up("HEAD")
    }

    /// Returns the files of the work tree that git tracks or would track, sorted. Ignored and removed ones are none.
    ///
    /// # Errors
    /// When git cannot list them.
    pub fn files(&self) -> Result<BTreeSet<String>, Error> {
        let list = ["ls-files", "-z", "-t", "--cached", "--deleted", "--others", "--exclude-standard"];
        let output = self.git("list files", &list)?;
        let mut files = BTreeSet::new();
        let mut removed = BTreeSet::new();
        for (state, name) in command::names(&output).filter_map(|line| line.split_once(' ')) {
            // A repository inside this one is listed as a folder; what it holds is its own.
            if !name.ends_with('/') {
                if state == "R" { &mut removed } else { &mut files }.insert(name.to_owned());
            }
        }
        Ok(&files - &removed)
    }

    /// Returns the files that git tracks, from the root of the repository, sorted.
    ///
    /// # Errors
    /// When git cannot list them.
    pub fn tracked(&self) -> Result<Vec<String>, Error> {
        let output = self.git("list files", &["ls-files", "-z", "--cached"])?;
        Ok(command::names(&output).map(str::to_owned).collect())
    }

    /// Returns the commits up to a revision that touched each of some `files`, newest first; `files` has those of
    /// [`Repository::files`] in some folders, or all of them where no folder is given. A file without commits is left out.
    ///
    /// A file keeps its history when it is renamed within these folders. Merges are not told: what they bring together
    /// is. Costs one pass over the history of the folders.
    ///
    /// # Errors
    /// When there is no such revision, git cannot tell, or a folder is outside the repository.
    pub fn log(&self, revision: &str, folders: &[&str], files: &BTreeSet<String>) -> Result<Log, Error> {
        let head = self.commit(revision)?;
        let ask = |renames| {
            let mut arguments = log::ARGUMENTS.to_vec();
            arguments.extend([renames, head.as_str(), "--"]);
            arguments.extend(folders.iter().map(|folder| if folder.is_empty() { "." } else { folder }));
            self.git("tell the history", &arguments)
        };
        let boundary = self.boundary()?;
        let (output, lacks_contents) = match ask(log::RENAMES) {
            Ok(output) => (output, false),
            // A clone may lack the contents of old files, and they are not fetched.
            Err(error) => (ask(log::EXACT_RENAMES).map_err(|_| error)?, true),
        };
        let files = log::follow(log::read(&output, &boundary), files);
        Ok(Log { files, is_cut: !boundary.is_empty(), lacks_contents })
    }

    /// Returns the commits at which a shallow clone begins; none where the clone is whole.
    ///
    /// # Errors
    /// When git cannot say.
    pub fn boundary(&self) -> Result<BTreeSet<String>, Error> {
        let place = self.own_file("shallow", "see how far the history goes")?;
        #[expect(clippy::disallowed_methods, reason = "git has no question for what it keeps in this file")]
        let list = fs::read_to_string(place).unwrap_or_default();
        Ok(list.lines().map(str::to_owned).collect())
    }

    /// Returns the files of git of which one changes whenever another commit is checked out or made: `HEAD`, its log, and
    /// the list of tables where references are kept in tables. Not each is there. Before it writes one, git makes a file
    /// with `.lock` after its name.
    ///
    /// # Errors
    /// When git cannot say.
    pub fn head_files(&self) -> Result<Vec<PathBuf>, Error> {
        let files = ["HEAD", "logs/HEAD", "reftable/tables.list"];
        files.iter().map(|file| self.own_file(file, "find its `HEAD`")).collect()
    }

    /// Returns the place of a file of git itself.
    fn own_file(&self, file: &str, purpose: &'static str) -> Result<PathBuf, Error> {
        Ok(self.place.join(command::as_path(&self.git(purpose, &["rev-parse", "--git-path", file])?)))
    }

    /// Returns the regular files of a revision, sorted.
    ///
    /// # Errors
    /// When there is no such revision, or git cannot list it.
    pub fn tree(&self, revision: &str) -> Result<BTreeSet<String>, Error> {
        let blobs = self.blobs(&self.resolve(revision)?, &[])?;
        Ok(blobs.into_keys().collect())
    }

    /// Returns the newest commit that two revisions have in common.
    ///
    /// # Errors
    /// When there is no such revision, or git cannot say.
    pub fn merge_base(&self, one: &str, other: &str) -> Result<Option<String>, Error> {
        const PURPOSE: &str = "find where two revisions part";
        let (one, other) = (self.resolve(one)?, self.resolve(other)?);
        let answer = command::ask(&self.place, PURPOSE, &["merge-base", &one, &other])?;
        if answer.code == Some(1) {
            return Ok(None);
        }
        Ok(Some(command::as_line(&answer.or_failed(&self.place, PURPOSE)?)))
    }

    /// Returns the files in which the work tree differs from a revision, sorted: changed, added, removed, untracked. A
    /// renamed file is there with both names.
    ///
    /// # Errors
    /// When there is no such revision, or git cannot compare.
    pub fn changed(&self, revision: &str) -> Result<Vec<String>, Error> {
        let hash = self.commit(revision)?;
        let diff = ["diff", "--name-only", "-z", "--no-renames", "--no-relative", "--no-ext-diff", "--no-textconv"];
        // Inside a submodule git would run what that repository's settings name.
        let arguments = [&diff[..], &["--ignore-submodules=dirty", "--no-color", &hash, "--"]].concat();
        let answer = command::ask_with(&self.place, "compare", &command::without_filters(&self.place)?, &arguments)?;
        let mut changed: BTreeSet<String> =
            command::names(&answer.or_failed(&self.place, "compare")?).map(str::to_owned).collect();
        let untracked = self.git("list files", &["ls-files", "-z", "--others", "--exclude-standard"])?;
        changed.extend(command::names(&untracked).filter(|name| !name.ends_with('/')).map(str::to_owned));
        Ok(changed.into_iter().collect())
    }

    /// Returns the branches of this clone and those it fetched, sorted by their whole name.
    ///
    /// # Errors
    /// When git cannot list them.
    pub fn branches(&self) -> Result<Vec<Branch>, Error> {
        let format = "--format=%(objectname) %(refname)";
        let output = self.git("list branches", &["for-each-ref", format, "refs/heads", "refs/remotes"])?;
        let branches = output.split(|byte| *byte == b'\n').filter_map(|line| {
            let (hash, reference) = std::str::from_utf8(line).ok()?.split_once(' ')?;
            let remote = reference.strip_prefix("refs/remotes/").filter(|name| !name.ends_with("/HEAD"));
            let name = reference.strip_prefix("refs/heads/").or(remote)?.to_owned();
            Some(Branch { name, reference: reference.to_owned(), hash: hash.to_owned() })
        });
        Ok(branches.collect())
    }

    /// Returns what a file held at a revision; none where there was no regular file of that name.
    ///
    /// # Errors
    /// When there is no such revision, or git cannot read it.
    pub fn read(&self, revision: &str, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let hash = self.resolve(revision)?;
        let plain = path.split('/').all(|part| !["", ".", ".."].contains(&part)) && !path.contains('\0');
        let blobs = if plain { self.blobs(&hash, &[path])? } else { BTreeMap::new() };
        let Some(blob) = blobs.get(path) else {
            return Ok(None);
        };
        self.git("read a file", &["cat-file", "blob", blob]).map(Some)
    }

    /// Returns what many files held at a revision, in two questions to git. Those that were not there are left out.
    ///
    /// # Errors
    /// When there is no such revision, or git cannot read it.
    pub fn read_all(&self, revision: &str, paths: &BTreeSet<String>) -> Result<BTreeMap<String, Vec<u8>>, Error> {
        let mut blobs = self.blobs(&self.resolve(revision)?, &[])?;
        blobs.retain(|path, _| paths.contains(path));
        let hashes: Vec<&str> = blobs.values().map(String::as_str).collect();
        let contents = command::contents(&self.place, &hashes)?;
        Ok(blobs.into_keys().zip(contents).collect())
    }

    fn git(&self, purpose: &'static str, arguments: &[&str]) -> Result<Vec<u8>, Error> {
        command::ask(&self.place, purpose, arguments)?.or_failed(&self.place, purpose)
    }

    /// Returns the regular files of a commit and the hashes of their contents; all, or those at some paths.
    fn blobs(&self, hash: &str, paths: &[&str]) -> Result<BTreeMap<String, String>, Error> {
        let arguments = [&["ls-tree", "-r", "-z", "--full-tree", hash, "--"], paths].concat();
        let output = self.git("list a revision's files", &arguments)?;
        let blobs = command::names(&output).filter_map(|line| {
            let (about, path) = line.split_once('\t')?;
            let regular = about.strip_prefix("100644 blob ").or(about.strip_prefix("100755 blob "))?;
            Some((path.to_owned(), regular.to_owned()))
        });
        Ok(blobs.collect())
    }

    fn resolve(&self, revision: &str) -> Result<String, Error> {
        self.look_up(revision)?
            .ok_or_else(|| Error::UnknownRevision { revision: revision.to_owned(), folder: self.root.clone() })
    }

    /// Returns the hash of the commit that a revision names. A whole hash is taken as it is, whether there is such a commit or
    /// not: git says so when it is asked about it.
    fn commit(&self, revision: &str) -> Result<String, Error> {
        let is_hash = [40, 64].contains(&revision.len()) && revision.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_hash { Ok(revision.to_owned()) } else { self.resolve(revision) }
    }

    /// Returns the hash of the commit that a revision names.
    fn look_up(&self, revision: &str) -> Result<Option<String>, Error> {
        if revision.is_empty() || revision.starts_with('-') || revision.contains('\0') {
            return Ok(None);
        }
        let commit = format!("{revision}^{{commit}}");
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit];
        let answer = command::ask(&self.place, "look up a revision", &arguments)?;
        // Git says 1 for a name that nothing has, and 128 for one like `main@{99}` that leads nowhere.
        Ok((answer.code == Some(0)).then(|| command::as_line(&answer.output)))
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests write the files of real repositories")]
mod tests;
