//! Follows the book: a file event says only "look again"; stamps and fingerprints say what changed.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::http::States;
use super::{Error, Options, State};
use crate::build::{Build, Memo, Overrides};
use crate::disk::{self, Book};
use crate::search::{self, Index};

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
const POLL: Duration = Duration::from_millis(700);

/// Watches in a thread of its own, and passes on a new state after each change.
pub(super) fn start(
    book: Book,
    memo: Memo,
    options: &Options,
    states: States,
    report: impl Fn(&State, Result<(), search::Error>) + Send + 'static,
) -> Result<(), Error> {
    let (events, waiting) = channel();
    let mut watched = Watched::new(options.watching, events, book.root())?;
    watched.follow(&book);
    let mut follower =
        Follower { book, memo, overrides: options.overrides.clone(), states, watched, indexer: start_indexer(report) };
    std::thread::spawn(move || {
        // What changed while the first build ran is seen now.
        follower.look();
        while wait(&waiting) {
            follower.look();
        }
    });
    Ok(())
}

/// Brings the index up to the newest state, in a thread of its own: a save shows at once, the search follows.
fn start_indexer(report: impl Fn(&State, Result<(), search::Error>) + Send + 'static) -> Sender<Arc<State>> {
    let (states, waiting) = channel::<Arc<State>>();
    std::thread::spawn(move || {
        while let Ok(state) = waiting.recv() {
            let newest = waiting.try_iter().last().unwrap_or(state);
            let indexed = newest.index.sync(&newest.build.documents()).map(drop);
            report(&newest, indexed);
        }
    });
    states
}

/// Waits for an event and for the end of its burst; says whether there will be more.
fn wait(events: &Receiver<()>) -> bool {
    if events.recv().is_err() {
        return false;
    }
    let begun = Instant::now();
    while begun.elapsed() < LONGEST_BURST {
        match events.recv_timeout(QUIET) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}

/// Asks the system to tell of changes.
fn native(events: &Sender<()>, root: &Path) -> Result<RecommendedWatcher, Error> {
    let events = events.clone();
    let tell = move |event: notify::Result<notify::Event>| {
        // An error or a lost event (`Rescan`) says "look again" like any other; only reading changes nothing.
        let matters = event.map_or(true, |event| !matches!(event.kind, EventKind::Access(_)));
        if matters {
            let _ = events.send(());
        }
    };
    let failed = |error: notify::Error| Error::Watch { path: root.to_owned(), message: error.to_string() };
    RecommendedWatcher::new(tell, notify::Config::default()).map_err(failed)
}

/// Looks at the stamps of the book in turn, in a thread of its own.
///
/// `notify::PollWatcher` compares times in whole seconds, and misses what is saved twice in one.
fn poll(root: PathBuf, events: Sender<()>) {
    let mut before = disk::stamps(&root);
    let mut was_changed = true;
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(POLL);
            let now = disk::stamps(&root);
            let is_changed = now != before;
            // Once more after a change: a file so fresh may have changed again with the same stamp.
            if (is_changed || was_changed) && events.send(()).is_err() {
                return;
            }
            (before, was_changed) = (now, is_changed);
        }
    });
}

struct Watched {
    /// None where files are looked at in turn.
    native: Option<RecommendedWatcher>,
    folders: BTreeSet<PathBuf>,
    events: Sender<()>,
}

impl Watched {
    fn new(watching: Watching, events: Sender<()>, root: &Path) -> Result<Self, Error> {
        let native = match watching {
            Watching::Native => Some(native(&events, root)?),
            Watching::Polling => {
                poll(root.to_owned(), events.clone());
                None
            }
        };
        Ok(Self { native, folders: BTreeSet::new(), events })
    }

    /// Watches the folders of the book, each by itself: what git ignores costs no watch.
    fn follow(&mut self, book: &Book) {
        let Some(native) = &mut self.native else { return };
        let now: BTreeSet<PathBuf> = book.folders().iter().cloned().collect();
        for gone in self.folders.difference(&now) {
            let _ = native.unwatch(gone);
        }
        let new: Vec<PathBuf> =
            now.iter().filter(|folder| !self.folders.contains(*folder) || *folder == book.root()).cloned().collect();
        self.folders = now;
        for folder in new {
            match native.watch(&folder, RecursiveMode::NonRecursive) {
                Err(error) if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) => {
                    // The system has no watches left.
                    self.native = None;
                    return poll(book.root().to_owned(), self.events.clone());
                }
                Ok(()) | Err(_) => {} // where the folder went away, the next look sees that
            }
        }
    }
}

struct Follower {
    book: Book,
    memo: Memo,
    overrides: Overrides,
    states: States,
    watched: Watched,
    indexer: Sender<Arc<State>>,
}

impl Follower {
    /// Builds again and passes on the result. A panic in the build leaves the last good state.
    fn look(&mut self) {
        let Self { book, memo, overrides, .. } = self;
        let Ok(build) = catch_unwind(AssertUnwindSafe(|| book.build(memo, overrides))) else {
            self.memo = Memo::default();
            return;
        };
        // New folders are watched before the state is passed on; what changed in them meanwhile is an event or seen next.
        let known = self.watched.folders.len();
        self.watched.follow(&self.book);
        if self.watched.folders.len() > known {
            let _ = self.watched.events.send(());
        }
        let before = self.states.borrow().clone();
        let changed = changed(&before.build, &build);
        if changed.is_empty() && before.build.findings == build.findings {
            return;
        }
        // The page is served at once; the index follows a moment later.
        let same_language = before.build.language == build.language;
        let index = if same_language { before.index.clone() } else { Arc::new(Index::in_memory(&build.language)) };
        let state = Arc::new(State { build, index, generation: before.generation + 1, changed });
        self.states.send_replace(state.clone());
        // Without the indexer the preview ends as well.
        let _ = self.indexer.send(state);
    }
}

/// Returns the paths of the files that differ.
fn changed(before: &Build, after: &Build) -> Vec<String> {
    let differs = |path| {
        before.artifacts.get(path).map(|artifact| artifact.fingerprint)
            != after.artifacts.get(path).map(|artifact| artifact.fingerprint)
    };
    let paths: BTreeSet<_> = before.artifacts.keys().chain(after.artifacts.keys()).collect();
    paths.into_iter().filter(|path| differs(path)).map(|path| path.encoded()).collect()
}
