//! The live preview: a book on the disk comes in, a web server that follows it goes out.
//!
//! A watcher thread rebuilds when something changes and passes on the finished [`State`]; the server answers from
//! it, so no reader ever sees half a site and nothing is read from the disk for a request. A page whose text alone was
//! saved is passed on ahead of the build ([`refresh`](crate::build::refresh)), which in a large book takes longer.
//!
//! Security: loopback by default, foreign `Host` and `Origin` headers refused, only files of the site are served.

mod guard;
mod http;
mod live;
mod watch;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;

pub use watch::Watching;

use crate::build::{Build, Memo, Overrides};
use crate::disk::{Book, cache};
use crate::file::Artifact;
use crate::path::SitePath;
use crate::search::Index;

/// Why the preview cannot run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The port is taken or not allowed.
    #[error("cannot listen on {address}")]
    Listen {
        /// What was asked for.
        address: SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
    /// The server cannot run at all.
    #[error("cannot start the server")]
    Start(#[source] std::io::Error),
    /// The book cannot be read.
    #[error(transparent)]
    Book(#[from] crate::disk::Error),
}

/// How the preview runs.
#[derive(Debug, Clone)]
pub struct Options {
    /// The address to listen on.
    pub host: IpAddr,
    /// Names under which the host may be asked for, beside its addresses and `localhost`.
    pub names: Vec<String>,
    /// The port.
    pub port: Port,
    /// How changes are noticed.
    pub watching: Watching,
    /// What the command line asks for beyond the settings.
    pub overrides: Overrides,
}

/// Which port is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Port {
    /// This one and no other; 0 for any that is free.
    Exactly(u16),
    /// This one, or one of the next that are free.
    From(u16),
}

/// What the server answers from.
pub struct State {
    /// The site.
    pub build: Arc<Build>,
    /// Files of pages that were saved since, which the next build has too.
    pub ahead: BTreeMap<SitePath, Artifact>,
    /// Its index.
    pub index: Arc<Index>,
    /// Counts the builds.
    pub generation: u64,
    /// The files that differ from those that were served before, as paths from the root.
    pub changed: Vec<String>,
    /// How many more differ from the build before, which were served ahead of this one.
    pub early: usize,
    /// Pages that the build before had elsewhere: their old addresses, and those that they have now.
    pub moved: BTreeMap<String, String>,
}

/// What the preview tells whoever started it.
pub enum News<'n> {
    /// A new state is served, and this came of indexing it.
    Built(&'n State, Result<(), crate::search::Error>),
    /// The book cannot be read for now. The last state is served until it can be.
    Lost(&'n crate::disk::Error),
}

/// A preview that is ready to answer.
pub struct Preview {
    listener: TcpListener,
    options: Options,
    states: http::States,
    book: Book,
    memo: Memo,
}

impl State {
    /// Returns a file of the site.
    fn file(&self, path: &SitePath) -> Option<&Artifact> {
        self.ahead.get(path).or_else(|| self.build.artifacts.get(path))
    }
}

/// How many ports are tried after the first.
const PORTS: u16 = 20;

impl Preview {
    /// Builds the book for the first time and takes a port. The index is brought up to date while the first page is read.
    ///
    /// # Errors
    /// When no port is free, or the book cannot be read.
    pub fn start(mut book: Book, options: Options) -> Result<Self, Error> {
        let listener = listen(&options)?;
        let mut memo = book.recall();
        let build = book.build(&mut memo, &options.overrides)?;
        book.remember(&memo);
        let index = Arc::new(cache::copied_index(&book, &build.language));
        let (ahead, changed, moved) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        let first = State { build: build.into(), ahead, index, generation: 0, changed, early: 0, moved };
        let states = http::States::new(first);
        Ok(Self { listener, options, states, book, memo })
    }

    /// Returns the address that the preview listens on.
    pub fn address(&self) -> SocketAddr {
        self.listener.local_addr().expect("a bound listener has an address")
    }

    /// Returns the first state.
    pub fn state(&self) -> Arc<State> {
        self.states.newest.borrow().clone()
    }

    /// Serves until the process is told to stop. `report` is called after each rebuild.
    ///
    /// # Errors
    /// When the server cannot start.
    pub fn run(self, report: impl Fn(News<'_>) + Send + Sync + 'static) -> Result<(), Error> {
        let Self { listener, options, states, book, memo } = self;
        let router = http::router(states.clone(), guard::Guard::new(&options, &listener));
        watch::start(book, memo, &options, states, report);
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(Error::Start)?;
        runtime.block_on(async {
            listener.set_nonblocking(true).map_err(Error::Start)?;
            let listener = tokio::net::TcpListener::from_std(listener).map_err(Error::Start)?;
            tokio::select! {
                served = axum::serve(listener, router) => served.map_err(Error::Start),
                // Open event streams must not keep the process: what is served is lost with it anyway.
                () = stop_signal() => Ok(()),
            }
        })
    }
}

fn listen(options: &Options) -> Result<TcpListener, Error> {
    let (first, last) = match options.port {
        Port::Exactly(port) => (port, port),
        Port::From(port) => (port, port.saturating_add(PORTS)),
    };
    let mut failure = None;
    for port in first..=last {
        let address = SocketAddr::new(options.host, port);
        match TcpListener::bind(address) {
            Ok(listener) => return Ok(listener),
            Err(source) => failure = failure.or(Some(Error::Listen { address, source })),
        }
    }
    Err(failure.expect("at least one port was tried"))
}

async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
