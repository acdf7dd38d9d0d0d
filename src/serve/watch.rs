//! Follows the book: a file event says only "look again"; stamps and fingerprints say what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::http::States;
use super::{News, Options, State};
use crate::build::{Build, Memo, Overrides};
use crate::disk::{self, Book};
use crate::file::Artifact;
use crate::fingerprint::Fingerprint;
use crate::path::SitePath;
use crate::search::Index;

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
    report: impl Fn(News<'_>) + Send + Sync + 'static,
) {
    let (events, waiting) = channel();
    let mut watched = Watched::new(options.watching, events, &book);
    watched.follow(&book);
    let report = Arc::new(report);
    let overrides = options.overrides.clone();
    let indexer = start_indexer(states.clone(), report.clone());
    // The first state is served already, and searched as soon as the index has it.
    let _ = indexer.send(states.newest.borrow().clone());
    let mut follower =
        Follower { book, memo, overrides, states, watched, indexer, report, is_lost: false, gone: BTreeMap::new() };
    std::thread::spawn(move || {
        // What changed while the first build ran is seen now.
        follower.look();
        while let Some(files) = wait(&waiting) {
            follower.look_at(&files);
            follower.look();
        }
    });
}

/// Brings the index up to the newest state, in a thread of its own: a save shows at once, the search follows.
fn start_indexer(states: States, report: Arc<impl Fn(News<'_>) + Send + Sync + 'static>) -> Sender<Arc<State>> {
    let (sender, waiting) = channel::<Arc<State>>();
    std::thread::spawn(move || {
        while let Ok(state) = waiting.recv() {
            let newest = waiting.try_iter().last().unwrap_or(state);
            let indexed = newest.index.sync(&newest.build.contents()).map(drop);
            // Whatever the index holds then, nobody waits for it any longer.
            states
                .indexed
                .send_modify(|known| *known = indexed.as_ref().map_or(known.or(Some(0)), |()| Some(newest.generation)));
            if newest.generation > 0 || indexed.is_err() {
                report(News::Built(&newest, indexed));
            }
        }
    });
    sender
}

/// What the watcher tells: files that have changed; none where it only says that something has.
type Event = Vec<PathBuf>;

/// Waits for an event and for the end of its burst; returns the files that were named. Nothing where there will be no more.
fn wait(events: &Receiver<Event>) -> Option<BTreeSet<PathBuf>> {
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

/// Asks the system to tell of changes.
fn native(events: &Sender<Event>) -> notify::Result<RecommendedWatcher> {
    let events = events.clone();
    let tell = move |event: notify::Result<notify::Event>| {
        // An error or a lost event (`Rescan`) says "look again" like any other; only reading changes nothing.
        let event = event.unwrap_or_default();
        if !matches!(event.kind, EventKind::Access(_)) {
            let _ = events.send(event.paths);
        }
    };
    RecommendedWatcher::new(tell, notify::Config::default())
}

/// Looks at the stamps of the book in turn, in a thread of its own.
///
/// `notify::PollWatcher` compares times in whole seconds, and misses what is saved twice in one.
fn poll(book: &Book, events: Sender<Event>) {
    let (root, settings) = (book.root().to_owned(), book.given().settings.clone());
    let mut before = disk::stamps(&root, &settings);
    let mut was_changed = true;
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(POLL);
            let now = disk::stamps(&root, &settings);
            let is_changed = now != before;
            // Once more after a change: a file so fresh may have changed again with the same stamp.
            if (is_changed || was_changed) && events.send(Event::new()).is_err() {
                return;
            }
            (before, was_changed) = (now, is_changed);
        }
    });
}

struct Watched {
    /// None where files are looked at in turn.
    native: Option<RecommendedWatcher>,
    /// Each folder with what tells it from another that has taken its place.
    folders: BTreeMap<PathBuf, Option<FolderId>>,
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
    fn new(watching: Watching, events: Sender<Event>, book: &Book) -> Self {
        let native = match watching {
            // Where the system watches for nobody any more, files are looked at in turn.
            Watching::Native => native(&events).ok(),
            Watching::Polling => None,
        };
        if native.is_none() {
            poll(book, events.clone());
        }
        Self { native, folders: BTreeMap::new(), events }
    }

    /// Watches the folders of the book, each by itself: what git ignores costs no watch. A folder in the place of another
    /// is watched anew.
    fn follow(&mut self, book: &Book) {
        let Some(native) = &mut self.native else { return };
        let now: BTreeMap<PathBuf, Option<FolderId>> =
            book.folders().iter().map(|folder| (folder.clone(), identity(folder))).collect();
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
        for folder in new {
            match native.watch(&folder, RecursiveMode::NonRecursive) {
                Err(error) if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) => {
                    // The system has no watches left.
                    self.native = None;
                    return poll(book, self.events.clone());
                }
                Ok(()) | Err(_) => {} // where the folder went away, the next look sees that
            }
        }
    }

    /// Looks again after a while, whatever the system tells until then.
    fn look_later(&self, after: Duration) {
        let events = self.events.clone();
        std::thread::spawn(move || {
            std::thread::sleep(after);
            let _ = events.send(Event::new());
        });
    }
}

struct Follower<Report> {
    book: Book,
    memo: Memo,
    overrides: Overrides,
    states: States,
    watched: Watched,
    indexer: Sender<Arc<State>>,
    report: Arc<Report>,
    /// Whether the book could not be read at the last look.
    is_lost: bool,
    /// Pages that went away lately, with what they held: one that is moved may be seen gone before it is seen elsewhere.
    gone: BTreeMap<SitePath, (Fingerprint, Instant)>,
}

/// How long a page that went away may come back elsewhere.
const MOVING: Duration = Duration::from_secs(10);

impl<Report: Fn(News<'_>)> Follower<Report> {
    /// Passes on pages whose text was saved, where nothing else changes with it: the look at the whole book follows.
    fn look_at(&mut self, files: &BTreeSet<PathBuf>) {
        let before = self.states.newest.borrow().clone();
        let Self { book, memo, .. } = self;
        let refreshed = catch_unwind(AssertUnwindSafe(|| book.refresh(memo, &before.build.site, files)));
        let Ok(Some(refreshed)) = refreshed else { return };
        let is_new = |file: &Artifact| before.file(&file.path).map(|file| file.fingerprint) != Some(file.fingerprint);
        let changed: Vec<String> =
            refreshed.iter().filter(|file| is_new(file)).map(|file| file.path.encoded()).collect();
        if changed.is_empty() {
            return;
        }
        let mut ahead = before.ahead.clone();
        ahead.extend(refreshed.into_iter().map(|file| (file.path.clone(), file)));
        let State { build, index, generation, .. } = &*before;
        let (build, index, generation) = (build.clone(), index.clone(), generation + 1);
        let state = State { build, ahead, index, generation, changed, early: 0, moved: BTreeMap::new() };
        self.states.newest.send_replace(state.into());
    }

    /// Builds again and passes on the result. A panic in the build leaves the last good state, and so does a book that
    /// cannot be read: it is looked for until it is there.
    fn look(&mut self) {
        let Self { book, memo, overrides, .. } = self;
        let build = match catch_unwind(AssertUnwindSafe(|| book.build(memo, overrides))) {
            Ok(Ok(build)) => build,
            Ok(Err(error)) => {
                if !self.is_lost {
                    (self.report)(News::Lost(&error));
                }
                self.is_lost = true;
                return self.watched.look_later(POLL);
            }
            Err(_) => {
                self.memo = Memo::default();
                return;
            }
        };
        self.is_lost = false;
        if let Some(after) = self.book.waits() {
            self.watched.look_later(after);
        }
        // New folders are watched before the state is passed on; what changed in them meanwhile is an event or seen next.
        let known = self.watched.folders.clone();
        self.watched.follow(&self.book);
        if self.watched.folders.iter().any(|(folder, id)| known.get(folder) != Some(id)) {
            let _ = self.watched.events.send(Event::new());
        }
        let before = self.states.newest.borrow().clone();
        let changed = changed(&before, &build);
        if changed.is_empty() && before.ahead.is_empty() && before.build.findings == build.findings {
            return;
        }
        // The page is served at once; the index follows a moment later.
        let same_language = before.build.language == build.language;
        let index = if same_language { before.index.clone() } else { Arc::new(Index::in_memory(&build.language)) };
        let moved = self.moved(&before.build, &build);
        let (build, generation, early) = (Arc::new(build), before.generation + 1, before.ahead.len());
        let state = Arc::new(State { build, ahead: BTreeMap::new(), index, generation, changed, early, moved });
        self.states.newest.send_replace(state.clone());
        // Without the indexer the preview ends as well.
        let _ = self.indexer.send(state);
    }
}

impl<Report> Follower<Report> {
    /// Returns the files of pages that are gone, each with the address of the new page whose text is the same.
    fn moved(&mut self, before: &Build, after: &Build) -> BTreeMap<String, String> {
        let pages = |build: &Build| -> BTreeMap<SitePath, Fingerprint> {
            let entries = build.site.entries.iter();
            entries.map(|entry| (entry.url.clone(), entry.parsed.markdown_fingerprint)).collect()
        };
        let (had, has, now) = (pages(before), pages(after), Instant::now());
        let new: BTreeMap<Fingerprint, &SitePath> =
            has.iter().filter(|(url, _)| !had.contains_key(*url)).map(|(url, text)| (*text, url)).collect();
        self.gone.extend(had.iter().map(|(url, text)| (url.clone(), (*text, now))));
        self.gone.retain(|url, (_, since)| !has.contains_key(url) && now.duration_since(*since) < MOVING);
        let place = |text| Some(after.site.addresses.from_root(new.get(text)?));
        let moved = self.gone.iter().filter_map(|(url, (text, _))| Some((url.encoded(), place(text)?)));
        moved.collect()
    }
}

/// Returns the paths of the files that differ from those that are served.
fn changed(before: &State, after: &Build) -> Vec<String> {
    let fingerprint = |file: Option<&Artifact>| file.map(|file| file.fingerprint);
    let differs = |path: &&SitePath| fingerprint(before.file(path)) != fingerprint(after.artifacts.get(*path));
    let paths: BTreeSet<_> = before.build.artifacts.keys().chain(after.artifacts.keys()).collect();
    paths.into_iter().filter(differs).map(SitePath::encoded).collect()
}
