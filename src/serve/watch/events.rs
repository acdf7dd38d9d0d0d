//! What tells that something changed: the system, or a look at every file in turn.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::disk::{self, Book};

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// The system tells; where it cannot, files are looked at in turn.
    Native,
    /// Files are looked at in turn: for network disks and containers, where the system does not tell.
    Polling,
}

/// After an event, further ones are awaited this long, since editors and git write in bursts.
const QUIET: Duration = Duration::from_millis(15);

/// A burst is cut off after this time, so that the reader sees something.
const LONGEST_BURST: Duration = Duration::from_millis(500);

/// How often files are looked at where the system does not tell.
pub(super) const POLL: Duration = Duration::from_millis(700);

/// What the watcher tells: files that have changed; none where it only says that something has.
pub(super) type Event = Vec<PathBuf>;

/// Waits for an event and for the end of its burst; returns the files that were named. Nothing where there will be no more.
pub(super) fn wait(events: &Receiver<Event>) -> Option<BTreeSet<PathBuf>> {
    let mut files = BTreeSet::from_iter(events.recv().ok()?);
    let begun = Instant::now();
    while begun.elapsed() < LONGEST_BURST {
        match events.recv_timeout(QUIET) {
            Ok(more) => files.extend(more),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    Some(files)
}

/// Asks the system to tell of changes. In the folders of git's own files only these matter: a program that asks for the
/// status in the background writes beside them all the time.
fn native(events: &Sender<Event>, head_files: &[PathBuf]) -> notify::Result<RecommendedWatcher> {
    let (events, head_files) = (events.clone(), head_files.to_owned());
    let matters = move |path: &PathBuf| {
        // Git writes a file beside the one that it replaces, and takes it away where it leaves that as it is.
        let is_lock = path.extension() == Some(OsStr::new("lock"));
        let file = if is_lock { path.with_extension("") } else { path.clone() };
        head_files.contains(&file) || !head_files.iter().any(|head| head.parent() == path.parent())
    };
    let tell = move |event: notify::Result<notify::Event>| {
        // An error or a lost event (`Rescan`) says "look again" like any other; only reading changes nothing.
        let event = event.unwrap_or_default();
        let is_change = !matches!(event.kind, EventKind::Access(_));
        if is_change && (event.paths.is_empty() || event.paths.iter().any(&matters)) {
            let _ = events.send(event.paths);
        }
    };
    RecommendedWatcher::new(tell, notify::Config::default())
}

/// Looks at the stamps of the book and of git's files in turn, in a thread of its own.
///
/// `notify::PollWatcher` compares times in whole seconds, and misses what is saved twice in one.
fn poll(book: &Book, head_files: Vec<PathBuf>, events: Sender<Event>) {
    let (root, settings) = (book.root().to_owned(), book.given().settings.clone());
    let mut before = disk::stamps(&root, &settings, &head_files);
    let mut was_changed = true;
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(POLL);
            let now = disk::stamps(&root, &settings, &head_files);
            let is_changed = now != before;
            // Once more after a change: a file so fresh may have changed again with the same stamp.
            if (is_changed || was_changed) && events.send(Event::new()).is_err() {
                return;
            }
            (before, was_changed) = (now, is_changed);
        }
    });
}

pub(super) struct Watched {
    /// None where files are looked at in turn.
    native: Option<RecommendedWatcher>,
    /// Each folder with what tells it from another that has taken its place.
    folders: BTreeMap<PathBuf, Option<FolderId>>,
    /// What git writes whenever another commit is checked out or made: the book tells of commits too.
    head_files: Vec<PathBuf>,
    events: Sender<Event>,
}

/// The number of a folder in its file system.
type FolderId = (u64, u64);

fn identity(folder: &Path) -> Option<FolderId> {
    let metadata = folder.metadata().ok()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some((metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        let created = metadata.created().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some((created.as_secs(), created.subsec_nanos().into()))
    }
}

impl Watched {
    pub(super) fn new(watching: Watching, events: Sender<Event>, book: &Book) -> Self {
        let head_files = book.head_files();
        let native = match watching {
            // Where the system watches for nobody any more, files are looked at in turn.
            Watching::Native => native(&events, &head_files).ok(),
            Watching::Polling => None,
        };
        if native.is_none() {
            poll(book, head_files.clone(), events.clone());
        }
        Self { native, folders: BTreeMap::new(), head_files, events }
    }

    /// Watches the folders of the book and of git's own files, each by itself: what git ignores costs no watch. A folder in
    /// the place of another is watched anew. Says whether any was.
    pub(super) fn follow(&mut self, book: &Book) -> bool {
        let Some(native) = &mut self.native else { return false };
        let of_git = self.head_files.iter().filter_map(|file| file.parent());
        let folders: BTreeSet<&Path> = book.folders().iter().map(PathBuf::as_path).chain(of_git).collect();
        let now: BTreeMap<PathBuf, Option<FolderId>> =
            folders.into_iter().map(|folder| (folder.to_owned(), identity(folder))).collect();
        for (gone, id) in &self.folders {
            if now.get(gone) != Some(id) {
                let _ = native.unwatch(gone);
            }
        }
        let new: Vec<PathBuf> = now
            .iter()
            .filter(|(folder, id)| self.folders.get(*folder) != Some(id))
            .map(|(path, _)| path.clone())
            .collect();
        self.folders = now;
        let is_any_new = !new.is_empty();
        for folder in new {
            match native.watch(&folder, RecursiveMode::NonRecursive) {
                Err(error) if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) => {
                    // The system has no watches left.
                    self.native = None;
                    poll(book, self.head_files.clone(), self.events.clone());
                    break;
                }
                Ok(()) | Err(_) => {} // where the folder went away, the next look sees that
            }
        }
        is_any_new
    }

    /// Looks again after a while, whatever the system tells until then.
    pub(super) fn look_later(&self, after: Duration) {
        let events = self.events.clone();
        std::thread::spawn(move || {
            std::thread::sleep(after);
            let _ = events.send(Event::new());
        });
    }
}
