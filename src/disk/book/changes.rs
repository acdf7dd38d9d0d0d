//! What differs between two states of a book, as git has them: which commits they are, and what the build needs of them.

use super::Book;
use crate::build::{Answers, Difference, Overrides, Wants, difference};
use crate::disk::error::Error;
use crate::history::{Point, Repository};
use crate::path::BookPath;
use crate::time::Moment;

/// Where a difference begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The state of the branch at a moment.
    At(Moment),
    /// A revision of git.
    Revision(String),
    /// Where the branch and this revision part.
    MergeBase(String),
    /// The files as they are.
    WorkTree,
}

/// What differs, and between which commits.
#[derive(Debug)]
pub struct Told {
    /// What differs.
    pub difference: Difference,
    /// The commit at the beginning; nothing where that is before the first.
    pub since: Option<Point>,
    /// The commit at the end; nothing where that is the files as they are.
    pub until: Option<Point>,
    /// Set where the clone lacks contents of old files: one that was renamed and changed at once counts as two.
    pub lacks_contents: bool,
}

impl Book {
    /// Tells what differs between two states, without drafts.
    ///
    /// # Errors
    /// When the book lies in no repository, or git or the disk cannot tell.
    pub fn changes(&mut self, since: &End, until: &End) -> Result<Told, Error> {
        let root = self.surroundings.root().to_owned();
        let repository = Repository::discover(&root)?.ok_or(Error::NoRepository { path: self.root.clone() })?;
        let until = self.point(&repository, until, "HEAD")?;
        let tip = until.as_ref().map_or("HEAD", |point| &point.hash);
        let since = self.point(&repository, since, tip)?;
        let mut memo = self.recall();
        let (mut inputs, walked) = self.look(&Overrides::default())?;
        inputs.repository.answers = Answers::None;
        let stretch = match self.surroundings.present(&repository, &inputs.listing)? {
            Some(present) => {
                let hash = |point: &'_ Option<Point>| point.as_ref().map(|point| point.hash.clone());
                self.surroundings.stretch(&present, hash(&since).as_deref(), hash(&until).as_deref())?
            }
            None => return Err(Error::NoCommit { path: root }),
        };
        let (stretch, lacks_contents) = stretch;
        loop {
            match difference(&inputs, &mut memo, &stretch) {
                Ok(difference) => return Ok(Told { difference, since, until, lacks_contents }),
                Err(Wants { contents, files, .. }) => {
                    inputs.contents.extend(self.surroundings.contents(&contents)?);
                    self.answer(Wants { files, ..Wants::default() }, &walked, &mut inputs)?;
                }
            }
        }
    }

    /// Finds the commit that an end means; nothing for the files as they are, and for a moment before the first commit.
    fn point(&self, repository: &Repository, end: &End, tip: &str) -> Result<Option<Point>, Error> {
        match end {
            End::WorkTree => Ok(None),
            End::Revision(revision) => Ok(Some(repository.point(revision)?)),
            End::MergeBase(revision) => {
                let base = repository.merge_base(tip, revision)?;
                let base = base.ok_or_else(|| Error::NoMergeBase { revision: revision.clone() })?;
                Ok(Some(repository.point(&base)?))
            }
            End::At(moment) => match repository.point_at(tip, *moment)? {
                None if repository.is_cut()? => Err(Error::CutHistory { moment: *moment }),
                point => Ok(point),
            },
        }
    }

    /// Returns the hash of the commit that is checked out, for who remembers a state; nothing without one.
    ///
    /// # Errors
    /// When git cannot say.
    pub fn head(&self) -> Result<Option<String>, Error> {
        match Repository::discover(self.surroundings.root())? {
            Some(repository) => Ok(repository.head()?),
            None => Ok(None),
        }
    }

    /// Returns the folder of the book in its repository.
    pub fn place(&self) -> BookPath {
        BookPath::new(&self.repository().folder).unwrap_or_else(|_| BookPath::root())
    }
}
