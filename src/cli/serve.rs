//! `precedent serve`

use super::args::Serve as Args;
use super::build::count;
use super::{Error, Outcome, report, terminal};
use crate::build::Overrides;
use crate::disk::{Book, Environment};
use crate::serve::{News, Options, Port, Preview, Watching};

/// Where looking for a free port begins.
const FIRST_PORT: u16 = 3000;

pub(super) fn run(args: &Args, environment: &Environment) -> Result<Outcome, Error> {
    let book = Book::open(&args.dir, environment)?;
    let root = book.root().display().to_string();
    let options = Options {
        host: args.host,
        names: args.allow_host.clone(),
        port: args.port.map_or(Port::From(FIRST_PORT), Port::Exactly),
        watching: if args.poll { Watching::Polling } else { Watching::Native },
        overrides: Overrides { drafts: !args.no_drafts, ..Overrides::default() },
    };
    terminal::progress(&format!("building {root} …"));
    let preview = Preview::start(book, options)?;
    terminal::progress("");
    let state = preview.state();
    report::findings(&state.build.findings);
    if !args.host.is_loopback() {
        eprintln!("warning: other machines can read this preview, drafts included; without `--host` only this one can");
    }
    let url = format!("http://{}/", shown_address(&preview));
    let counts = state.build.counts;
    terminal::print(&format!(
        "{}: {} at {url}\n",
        terminal::harmless(&state.build.title),
        count(counts.pages, "page")
    ))?;
    terminal::print(&format!("following {root}; stop with Ctrl-C\n"))?;
    if counts.pages == 0 {
        let place = terminal::harmless(&preview.state().build.src.to_string());
        let place = if place.is_empty() { String::new() } else { format!("{place}/") };
        eprintln!("note: there is no page yet; write `{place}index.md`, or begin with `precedent init`");
    }
    if args.open
        && let Err(error) = open::that_detached(&url)
    {
        eprintln!("warning: the browser cannot be opened: {error}");
    }
    preview.run(show)?;
    Ok(Outcome::Clean)
}

/// Browsers name the machine itself, whatever address it listens on.
fn shown_address(preview: &Preview) -> String {
    let address = preview.address();
    match address.ip() {
        ip if ip.is_unspecified() => format!("localhost:{}", address.port()),
        _ => address.to_string(),
    }
}

fn show(news: News<'_>) {
    let (state, indexed) = match news {
        News::Built(state, indexed) => (state, indexed),
        News::Lost(error) => {
            report::trouble(error);
            eprintln!("the last site is served until the book can be read again");
            return;
        }
    };
    report::findings(&state.build.findings);
    if let Err(error) = indexed {
        report::trouble(&error);
    }
    let changed = count(state.changed.len() + state.early, "file");
    let line = format!("{changed} changed, {}\n", count(state.build.findings.len(), "finding"));
    // Nobody may be reading.
    let _ = terminal::print(&line);
}
