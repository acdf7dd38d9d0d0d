//! Follows the book: a file event says only "look again"; stamps and fingerprints say what changed.

mod events;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

pub use events::Watching;
use events::{POLL, Watched, wait};

use super::http::States;
use super::{News, Options, State};
use crate::build::{Build, Memo, Overrides};
use crate::disk::Book;
use crate::file::Artifact;
use crate::fingerprint::Fingerprint;
use crate::path::SitePath;
use crate::search::Index;

/// How long a page that went away may come back elsewhere.
const MOVING: Duration = Duration::from_secs(10);

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
        if self.watched.follow(&self.book) {
            self.watched.look_later(Duration::ZERO);
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
