//! What differs between two states of a book, as git has them: which commits they are, and what the build needs of them.

use std::path::{Path, PathBuf};

use super::{Book, LARGEST};
use crate::build::{Answers, Inputs, Memo, Overrides, Stretch, Wants, brought, difference};
use crate::config::Config;
use crate::diagnostic::Finding;
use crate::disk::cache::folder::name_of;
use crate::disk::ends::{End, Ends, Told};
use crate::disk::error::Error;
use crate::disk::read;
use crate::disk::walk::Walked;
use crate::file::Source;
use crate::history::{self, Point, Repository};
use crate::path::BookPath;
use crate::time::Zone;

/// The files as they are, and what is known of them.
struct Looked {
    inputs: Inputs,
    walked: Walked,
    memo: Memo,
}

impl Book {
    /// Tells what differs between two states, without drafts.
    ///
    /// # Errors
    /// When the book lies in no repository, or git or the disk cannot tell.
    pub fn changes(&mut self, since: &End, until: &End) -> Result<Told, Error> {
        let looked = self.look_back()?;
        let (stretch, ends) = self.stretch(&looked, since, until)?;
        let difference = self.answered(looked, |inputs, memo| difference(inputs, memo, &stretch))?;
        Ok(Told { difference, ends })
    }

    /// Tells what differs between a state and the files as they are, and the findings that are new since.
    ///
    /// # Errors
    /// When the book lies in no repository, or git or the disk cannot tell.
    pub fn review(&mut self, since: &End) -> Result<(Told, Vec<Finding>), Error> {
        let looked = self.look_back()?;
        let (stretch, ends) = self.stretch(&looked, since, &End::WorkTree)?;
        let (findings, difference) = self.answered(looked, |inputs, memo| {
            Ok((brought(inputs, memo, &stretch)?, difference(inputs, memo, &stretch)?))
        })?;
        Ok((Told { difference, ends }, findings))
    }

    fn look_back(&mut self) -> Result<Looked, Error> {
        let memo = self.recall();
        let (mut inputs, walked) = self.look(&Overrides::default())?;
        inputs.repository.answers = Answers::None;
        Ok(Looked { inputs, walked, memo })
    }

    /// Asks a question of the build until it has all that it wants to know.
    fn answered<T>(
        &mut self,
        Looked { mut inputs, walked, mut memo }: Looked,
        ask: impl Fn(&Inputs, &mut Memo) -> Result<T, Wants>,
    ) -> Result<T, Error> {
        loop {
            match ask(&inputs, &mut memo) {
                Ok(answer) => return Ok(answer),
                Err(Wants { contents, files, .. }) => {
                    let held = self.surroundings.contents(&contents).map_err(Error::MissingContents)?;
                    inputs.contents.extend(held);
                    self.answer(Wants { files, ..Wants::default() }, &walked, &mut inputs)?;
                }
            }
        }
    }

    fn stretch(
        &self,
        Looked { inputs, walked, .. }: &Looked,
        since: &End,
        until: &End,
    ) -> Result<(Stretch, Ends), Error> {
        let root = self.surroundings.root();
        let repository = self.git()?;
        if repository.head()?.is_none() {
            return Err(Error::NoCommit { path: root.to_owned() });
        }
        let until = point(&repository, until, "HEAD")?;
        let since = point(&repository, since, until.as_ref().map_or("HEAD", |point| &point.hash))?;
        let present = self.surroundings.present(&repository, &inputs.listing, || self.changed_since(walked))?;
        let present = present.ok_or_else(|| Error::NoCommit { path: root.to_owned() })?;
        let [from, to] = [&since, &until].map(|point| point.as_ref().map(|point| point.hash.as_str()));
        let (stretch, lacks_contents) = self.surroundings.stretch(&present, from, to)?;
        Ok((stretch, Ends { since, until, lacks_contents }))
    }

    /// Says whether the repository has a commit, which a push may have replaced.
    ///
    /// # Errors
    /// When the book lies in no repository, or git cannot say.
    pub fn has_commit(&self, hash: &str) -> Result<bool, Error> {
        match self.git()?.point(hash) {
            Ok(_) => Ok(true),
            Err(history::Error::UnknownRevision { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Says whether a commit is another one or an ancestor of it.
    ///
    /// # Errors
    /// When the book lies in no repository, there is no such commit, or git cannot say.
    pub fn leads_to(&self, hash: &str, later: &str) -> Result<bool, Error> {
        Ok(self.git()?.merge_base(hash, later)?.as_deref() == Some(hash))
    }

    fn git(&self) -> Result<Repository, Error> {
        let repository = Repository::discover(self.surroundings.root())?;
        repository.ok_or_else(|| Error::NoRepository { path: self.root.clone() })
    }

    /// Returns the folder in which something is kept for this book, below one for all books.
    pub fn folder_in(&self, base: &Path) -> PathBuf {
        base.join("books").join(name_of(&self.root))
    }

    /// Returns the folder of the book below the root of its repository.
    pub fn place(&self) -> BookPath {
        BookPath::new(&self.repository().folder).unwrap_or_else(|_| BookPath::root())
    }

    /// Returns the time zone that the settings name, else UTC.
    pub fn time_zone(&self) -> Zone {
        let path = BookPath::new("book.toml").expect("a plain name");
        let content = read::regular(&self.root.join(path.as_str()), LARGEST).unwrap_or_default();
        let (config, _) = Config::read_with(&Source::new(path, content), &self.given.settings);
        config.book.time_zone
    }

    /// Returns the commit that is checked out, for who remembers a state; nothing before the first, and without a repository.
    ///
    /// # Errors
    /// When git cannot say.
    pub fn head(&self) -> Result<Option<Point>, Error> {
        let Some(repository) = Repository::discover(self.surroundings.root())? else { return Ok(None) };
        let head = repository.head()?;
        Ok(head.map(|head| repository.point(&head)).transpose()?)
    }
}

/// Finds the commit that an end means; nothing for the files as they are, and for a moment before the first commit.
fn point(repository: &Repository, end: &End, tip: &str) -> Result<Option<Point>, Error> {
    match end {
        End::WorkTree => Ok(None),
        End::Revision(revision) => Ok(Some(repository.point(revision)?)),
        End::MergeBase(revision) => {
            let base = repository.merge_base(tip, revision)?;
            let base = base.ok_or_else(|| Error::NoMergeBase { revision: revision.clone() })?;
            Ok(Some(repository.point(&base)?))
        }
        End::At(moment) => match repository.point_at(tip, *moment)? {
            None if !repository.boundary()?.is_empty() => Err(Error::CutHistory { moment: *moment }),
            point => Ok(point),
        },
    }
}
