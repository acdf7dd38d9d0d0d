//! A stretch of history: from one state of the files to another, what differs, who changed it, and when it arrived.
//!
//! States are read from git's objects: the hashes of what differs, and later the contents of those that somebody wants.

use std::collections::{BTreeMap, BTreeSet};

use super::{Error, Repository, command};
use crate::revision::Commit;
use crate::time::Moment;

/// A commit as a state of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Its full hash.
    pub hash: String,
    /// When it was committed.
    pub at: Moment,
}

/// What happened between two states.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stretch {
    /// The commits that changed each file, by its name in the end, newest first, each with the hash of the content it left.
    pub changes: BTreeMap<String, Vec<Change>>,
    /// When what changed a file last came to the branch, which may be later than it was written.
    pub arrivals: BTreeMap<String, Moment>,
    /// The names that files had in the beginning, by those that they have in the end.
    pub renames: BTreeMap<String, String>,
    /// The parents of each commit among those that touched the folder, where the history is not a line; else nothing.
    pub parents: BTreeMap<String, Vec<String>>,
    /// Set where the clone lacks contents of old files: one that was renamed and changed at once is another file.
    pub lacks_contents: bool,
}

/// A commit, and what a file held after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The commit.
    pub commit: Commit,
    /// The hash of the content; nothing where the file was removed.
    pub content: Option<String>,
}

/// What a line of `--raw` says of one file.
struct Raw {
    status: u8,
    /// The content before; nothing where the file is new or no regular one.
    before: Option<String>,
    after: Option<String>,
    /// The name before, of a file that was renamed.
    from: Option<String>,
    path: String,
}

/// Stands before each commit: no path of git has two slashes in a row.
const COMMIT: &str = "//commit";

const CHANGES: &[&str] = &[
    "log",
    "-z",
    "--raw",
    "--no-abbrev",
    // Of each commit the next before it that touched the folder too.
    "--parents",
    "--topo-order",
    "--diff-merges=dense-combined",
    "--no-relative",
    "--no-ext-diff",
    "--no-color",
    "--encoding=UTF-8",
    "--format=%x00//commit%x00%H%x00%P%x00%at%x00%an%x00%s",
];

const ARRIVALS: &[&str] = &[
    "log",
    "-z",
    "--name-only",
    "--no-renames",
    "--first-parent",
    "--diff-merges=first-parent",
    "--no-relative",
    "--no-ext-diff",
    "--no-color",
    "--format=%x00//commit%x00%ct",
];

impl Repository {
    /// Returns the commit that a revision names, with the time when it was committed.
    ///
    /// # Errors
    /// When there is no such revision, or git cannot say.
    pub fn point(&self, revision: &str) -> Result<Point, Error> {
        let hash = self.resolve(revision)?;
        let line = self.git("look up a commit", &["log", "-1", "--no-show-signature", "--format=%ct", &hash, "--"])?;
        Ok(Point { at: Moment(command::as_line(&line).parse().unwrap_or(0)), hash })
    }

    /// Returns the state of a branch at a moment: the last of its commits that was made until then, along first parents; nothing
    /// where it was not there yet, or a shallow clone does not reach so far.
    ///
    /// # Errors
    /// When there is no such revision, or git cannot say.
    pub fn point_at(&self, revision: &str, moment: Moment) -> Result<Option<Point>, Error> {
        let hash = self.commit(revision)?;
        let until = format!("--min-age={}", moment.0.max(0));
        let arguments = ["log", "-1", "--first-parent", "--format=%H %ct", &until, &hash, "--"];
        Ok(points(&self.git("look up a commit", &arguments)?).into_iter().next())
    }

    /// Returns the commits of a branch that touch a folder, newest first, along first parents, that were made at a moment or later.
    ///
    /// # Errors
    /// When there is no such revision, or git cannot say.
    pub fn points_since(&self, revision: &str, moment: Moment, folder: &str) -> Result<Vec<Point>, Error> {
        let hash = self.commit(revision)?;
        let since = format!("--max-age={}", moment.0.max(0));
        // Every commit touches the whole repository; named as a path, it would be compared for each.
        let place = (!folder.is_empty()).then_some(folder);
        let arguments = ["log", "--first-parent", "--format=%H %ct", &since, &hash, "--"];
        let arguments: Vec<&str> = arguments.into_iter().chain(place).collect();
        Ok(points(&self.git("tell the history", &arguments)?))
    }

    /// Tells what happened in a folder between two revisions; from the beginning where none is given for it.
    ///
    /// # Errors
    /// When there is no such revision, or git cannot tell.
    pub fn stretch(&self, from: Option<&str>, to: &str, folder: &str) -> Result<Stretch, Error> {
        let to = self.commit(to)?;
        let range = match from {
            Some(from) => format!("{}..{to}", self.commit(from)?),
            None => to,
        };
        let place = or_here(folder);
        let ask = |renames| self.git("tell the history", &[CHANGES, &[renames, &range, "--", place]].concat());
        let (output, lacks_contents) = match ask("-M") {
            Ok(output) => (output, false),
            // A clone may lack the contents of old files, and they are not fetched.
            Err(error) => (ask("-M100%").map_err(|_| error)?, true),
        };
        let boundary = self.boundary()?;
        let commits = commits(&output, &boundary);
        let is_line = commits.iter().all(|(_, parents, _)| parents.len() < 2);
        let parents = commits.iter().map(|(commit, parents, _)| (commit.hash.clone(), parents.clone()));
        let parents = if is_line { BTreeMap::new() } else { parents.collect() };
        let (changes, renames) = follow(commits);
        let arrivals = self.git("tell the history", &[ARRIVALS, &[&range, "--", place]].concat())?;
        Ok(Stretch { changes, arrivals: arrived(&arrivals), renames, parents, lacks_contents })
    }

    /// Returns the files of a folder that differ between two revisions, with the hash of what each held in the first; nothing
    /// for one that was not there, or was no regular file. Without a first revision no file was there.
    ///
    /// # Errors
    /// When there is no such revision, or git cannot compare.
    pub fn before(
        &self,
        from: Option<&str>,
        to: &str,
        folder: &str,
    ) -> Result<BTreeMap<String, Option<String>>, Error> {
        let from = match from {
            Some(from) => self.commit(from)?,
            None => self
                .git("name a tree", &["hash-object", "-t", "tree", "--stdin"])
                .map(|hash| command::as_line(&hash))?,
        };
        let to = self.commit(to)?;
        let arguments = [
            "diff-tree",
            "-r",
            "-z",
            "--raw",
            "--no-abbrev",
            "--no-renames",
            "--no-relative",
            &from,
            &to,
            "--",
            or_here(folder),
        ];
        Ok(raw(&self.git("compare", &arguments)?).into_iter().map(|raw| (raw.path, raw.before)).collect())
    }

    /// Returns what a revision held at some paths; nothing where there was no regular file.
    ///
    /// # Errors
    /// When there is no such revision, or git cannot list it.
    pub fn at(&self, revision: &str, paths: BTreeSet<String>) -> Result<BTreeMap<String, Option<String>>, Error> {
        if paths.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut blobs = self.blobs(&self.commit(revision)?, &[])?;
        Ok(paths.into_iter().map(|path| (path.clone(), blobs.remove(&path))).collect())
    }

    /// Returns the contents that have these hashes, in their order.
    ///
    /// # Errors
    /// When git cannot read one, as in a clone that lacks it.
    pub fn contents(&self, hashes: &[&str]) -> Result<Vec<Vec<u8>>, Error> {
        if hashes.is_empty() { Ok(Vec::new()) } else { command::contents(&self.place, hashes) }
    }
}

fn or_here(folder: &str) -> &str {
    if folder.is_empty() { "." } else { folder }
}

fn points(output: &[u8]) -> Vec<Point> {
    let text = String::from_utf8_lossy(output);
    let point = |line: &str| {
        let (hash, at) = line.split_once(' ')?;
        Some(Point { hash: hash.to_owned(), at: Moment(at.parse().ok()?) })
    };
    text.lines().filter_map(point).collect()
}

/// Returns the words that git ends with a zero byte.
fn words(output: &[u8]) -> impl Iterator<Item = String> {
    let bare = |word: &[u8]| String::from_utf8_lossy(word.strip_prefix(b"\n").unwrap_or(word)).into_owned();
    output.split(|byte| *byte == 0).map(bare)
}

/// Reads the lines of `--raw -z`.
fn raw(output: &[u8]) -> Vec<Raw> {
    let mut words = words(output);
    let mut all = Vec::new();
    while let Some(word) = words.next() {
        all.extend(word.starts_with(':').then(|| raw_line(&word, &mut words)).flatten());
    }
    all
}

/// Reads one line: a colon, modes and hashes for each parent and for what came out, and the status; then the names.
fn raw_line(word: &str, words: &mut impl Iterator<Item = String>) -> Option<Raw> {
    let parents = word.bytes().take_while(|byte| *byte == b':').count();
    let fields: Vec<&str> = word[parents..].split(' ').collect();
    let (modes, rest) = fields.split_at_checked(parents + 1)?;
    let (hashes, status) = rest.split_at_checked(parents + 1)?;
    let status = status.first()?.bytes().next()?;
    let first = words.next()?;
    // What git calls a rename has two names, unless it tells of a merge.
    let (from, path) = if status == b'R' && parents == 1 { (Some(first), words.next()?) } else { (None, first) };
    let content = |at: usize| modes[at].starts_with("100").then(|| hashes[at].to_owned());
    Some(Raw { status, before: content(0), after: content(parents), from, path })
}

/// Reads commits and what they changed, newest first. One at the boundary of a shallow clone seems to add every file; it
/// tells nothing.
fn commits(output: &[u8], boundary: &BTreeSet<String>) -> Vec<(Commit, Vec<String>, Vec<Raw>)> {
    let mut words = words(output);
    let mut commits: Vec<(Commit, Vec<String>, Vec<Raw>)> = Vec::new();
    let mut is_boundary = false;
    while let Some(word) = words.next() {
        if word == COMMIT {
            let [hash, parents, at, author, subject] = [(); 5].map(|()| words.next().unwrap_or_default());
            is_boundary = boundary.contains(&hash);
            let commit = Commit { hash, author, at: Moment(at.parse().unwrap_or(0)), subject };
            commits.push((
                commit,
                parents.split(' ').filter(|hash| !hash.is_empty()).map(str::to_owned).collect(),
                Vec::new(),
            ));
        } else if word.starts_with(':') {
            let raw = raw_line(&word, &mut words);
            if let Some((_, _, changes)) = commits.last_mut().filter(|_| !is_boundary) {
                changes.extend(raw);
            }
        }
    }
    commits
}

/// A commit, those before it that touched the folder, and what it did to files.
type Told = (Commit, Vec<String>, Vec<Raw>);

/// The commits of each file by the name that it has in the end, and the names that renamed ones had in the beginning.
type Followed = (BTreeMap<String, Vec<Change>>, BTreeMap<String, String>);

/// Follows files through their renames. Where branches run beside each other, a file may be changed under its old name after it
/// got the new one: what is told of a name that is gone in the end is of the file that it became.
fn follow(commits: Vec<Told>) -> Followed {
    // The names in the end, by those at this point of the history.
    let mut ends: BTreeMap<String, String> = BTreeMap::new();
    let mut changes: BTreeMap<String, Vec<(usize, Change)>> = BTreeMap::new();
    let mut became: BTreeMap<String, String> = BTreeMap::new();
    let mut begun: BTreeSet<String> = BTreeSet::new();
    for (at, (commit, _, files)) in commits.into_iter().enumerate() {
        let mut renamed = Vec::new();
        for Raw { status, after, from, path, .. } in files {
            let end = ends.get(&path).cloned().unwrap_or_else(|| path.clone());
            changes.entry(end.clone()).or_default().push((at, Change { commit: commit.clone(), content: after }));
            if let Some(from) = from {
                ends.remove(&path);
                became.insert(from.clone(), end.clone());
                renamed.push((from, end));
            } else if status == b'A' {
                // Here it began: what had the name before was another file.
                ends.remove(&path);
                begun.extend((end == path).then_some(path));
            }
        }
        // After all of the commit's files, since two may trade names in one.
        ends.extend(renamed);
    }
    for (name, end) in became {
        // A file that began under the name, or was removed under it, has a past of its own.
        let is_of_branch = |changes: &Vec<(usize, Change)>| {
            !begun.contains(&name) && changes.iter().all(|(_, change)| change.content.is_some())
        };
        if name != end && changes.get(&name).is_some_and(is_of_branch) && !ends.values().any(|other| *other == name) {
            let others = changes.remove(&name).unwrap_or_default();
            let all = changes.entry(end).or_default();
            all.extend(others);
            all.sort_by_key(|(at, _)| *at);
        }
    }
    let changes = changes.into_iter().map(|(name, all)| (name, all.into_iter().map(|(_, change)| change).collect()));
    let renames = ends.into_iter().filter(|(before, after)| before != after).map(|(before, after)| (after, before));
    (changes.collect(), renames.collect())
}

fn arrived(output: &[u8]) -> BTreeMap<String, Moment> {
    let mut words = words(output);
    let mut at = Moment(0);
    let mut arrivals = BTreeMap::new();
    while let Some(word) = words.next() {
        if word == COMMIT {
            at = Moment(words.next().and_then(|at| at.parse().ok()).unwrap_or(0));
        } else if !word.is_empty() {
            arrivals.entry(word).or_insert(at);
        }
    }
    arrivals
}
