//! What `git log` writes, as the revisions of each file.
//!
//! The log goes from new to old and names files as they were called then. A rename says that from there on the old name
//! stands for the file under its new one. Branches run beside each other in the log, so a change under the old name may
//! come before the rename is known; it waits until then.

use std::collections::{BTreeMap, BTreeSet};

use crate::date::Date;
use crate::revision::Revision;

/// Finds files that were renamed and changed at once. Git compares their contents for it.
pub(super) const RENAMES: &str = "-M";

/// Finds files that were renamed and not changed, for which no content is needed.
pub(super) const EXACT_RENAMES: &str = "-M100%";

/// Asks for each commit and the files it touches, with a zero byte after each word.
pub(super) const ARGUMENTS: &[&str] = &[
    "log",
    "-z",
    "--no-merges",
    "--name-status",
    "--no-relative",
    "--no-ext-diff",
    "--no-color",
    "--encoding=UTF-8",
    "--format=%x00commit%x00%H%x00%as%x00%an%x00%s",
];

/// A commit in the log.
#[derive(Debug, Default)]
pub(super) struct Commit {
    /// None where the commit's day is not in the calendar.
    revision: Option<Revision>,
    changes: Vec<Change>,
}

/// What a commit does to a file.
#[derive(Debug)]
enum Change {
    Adds(String),
    Changes(String),
    Renames { from: String, to: String },
}

/// Reads what git writes when it is asked with [`ARGUMENTS`]. A commit at the boundary of a shallow clone has no parent
/// there, so it seems to add every file; it tells nothing.
pub(super) fn read(output: &[u8], boundary: &BTreeSet<String>) -> Vec<Commit> {
    let mut words = output.split(|byte| *byte == 0);
    let mut commits: Vec<Commit> = Vec::new();
    let mut is_boundary = false;
    while let Some(word) = words.next() {
        match word.trim_ascii_start() {
            [] => {}
            b"commit" => {
                let [hash, date, author, subject] = [(); 4].map(|()| text(words.next()));
                is_boundary = boundary.contains(&hash);
                let revision = Date::parse(&date).map(|date| Revision { hash, author, date, subject });
                commits.push(Commit { revision, changes: Vec::new() });
            }
            status => {
                let mut name = || String::from_utf8(words.next().unwrap_or_default().to_vec()).ok();
                let change = match status[0] {
                    b'R' => match (name(), name()) {
                        (Some(from), Some(to)) => Some(Change::Renames { from, to }),
                        (None, to) => to.map(Change::Adds),
                        (Some(_), None) => None,
                    },
                    b'A' => name().map(Change::Adds),
                    _ => name().map(Change::Changes),
                };
                if let Some(commit) = commits.last_mut().filter(|_| !is_boundary) {
                    commit.changes.extend(change);
                }
            }
        }
    }
    commits
}

fn text(word: Option<&[u8]>) -> String {
    String::from_utf8_lossy(word.unwrap_or_default()).into_owned()
}

/// Returns the revisions of each file that is there now, newest first.
pub(super) fn follow(commits: Vec<Commit>, present: &BTreeSet<String>) -> BTreeMap<String, Vec<Revision>> {
    let mut lives = Lives::of(present);
    let mut revisions = Vec::new();
    for (at, Commit { revision, changes }) in commits.into_iter().enumerate() {
        revisions.push(revision);
        let renames: Vec<(String, usize)> = changes.into_iter().filter_map(|change| lives.touch(change, at)).collect();
        // After all of the commit's changes, since two files may trade names in one.
        for (from, life) in renames {
            lives.rename(from, life);
        }
    }
    let files = present.iter().zip(lives.touched).filter_map(|(name, mut touched)| {
        touched.sort_unstable();
        touched.dedup();
        let told: Vec<Revision> = touched.into_iter().filter_map(|at| revisions[at].clone()).collect();
        (!told.is_empty()).then(|| (name.clone(), told))
    });
    files.collect()
}

/// The lives of files, as far as the log has been read. A file that is there now has a low number.
struct Lives {
    /// Whose life a name belongs to, at this point of the log.
    of: BTreeMap<String, usize>,
    /// The life that each went on as; its own number where it did not.
    went_on_as: Vec<usize>,
    /// The commits that touched each.
    touched: Vec<Vec<usize>>,
    present: usize,
}

impl Lives {
    fn of(present: &BTreeSet<String>) -> Self {
        Self {
            of: present.iter().cloned().enumerate().map(|(life, name)| (name, life)).collect(),
            went_on_as: (0..present.len()).collect(),
            touched: vec![Vec::new(); present.len()],
            present: present.len(),
        }
    }

    /// Takes note of a change, and returns the old name where the commit gave a file a new one.
    fn touch(&mut self, change: Change, commit: usize) -> Option<(String, usize)> {
        match change {
            Change::Changes(name) => {
                self.touch_name(&name, commit);
                None
            }
            Change::Adds(name) => {
                let life = self.touch_name(&name, commit);
                if life >= self.present {
                    // Here it began. What had the name before was another file.
                    self.of.remove(&name);
                }
                None
            }
            Change::Renames { from, to } => Some((from, self.touch_name(&to, commit))),
        }
    }

    fn touch_name(&mut self, name: &str, commit: usize) -> usize {
        let life = match self.of.get(name) {
            Some(life) => self.now(*life),
            None => self.begin(name),
        };
        self.touched[life].push(commit);
        life
    }

    fn begin(&mut self, name: &str) -> usize {
        let life = self.touched.len();
        self.touched.push(Vec::new());
        self.went_on_as.push(life);
        self.of.insert(name.to_owned(), life);
        life
    }

    /// Gives an old name to the life that it went on as, with what is known under it where no file has it now.
    fn rename(&mut self, from: String, life: usize) {
        let life = self.now(life);
        if let Some(waiting) = self.of.insert(from, life).map(|before| self.now(before))
            && waiting != life
            && waiting >= self.present
        {
            let touched = std::mem::take(&mut self.touched[waiting]);
            self.touched[life].extend(touched);
            self.went_on_as[waiting] = life;
        }
    }

    fn now(&self, mut life: usize) -> usize {
        while self.went_on_as[life] != life {
            life = self.went_on_as[life];
        }
        life
    }
}
