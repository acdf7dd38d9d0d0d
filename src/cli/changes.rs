//! `precedent changes`

use std::io;

use serde::Serialize;

use super::args::{Changes as Args, ChangesFormat};
use super::terminal::{Colour, harmless_lines};
use super::{Error, Outcome, announce, book, check, governs, graph, terminal};
use crate::build::Difference;
use crate::changes::{Changes, Selection, Side, Waiting, When, address, waiting};
use crate::decision::State;
use crate::diagnostic::Finding;
use crate::digest::{self, Digest, Item, Part, Voice};
use crate::disk::{Book, End, Ends, Environment, Told};
use crate::history::Repository;
use crate::log::{self, is_in_scope};
use crate::site::Site;
use crate::theme::{BuiltIn, COMPLETE, Theme, Words};
use crate::time::{Moment, Zone};

/// Without an option, so much is told.
const DEFAULT: &str = "7d";

pub(super) fn run(args: &Args, environment: &Environment) -> Result<Outcome, Error> {
    let mut book = Book::open(&args.dir, environment)?;
    let zone = zone(args.tz.as_deref(), &book)?;
    let now = book::now();
    let end = |text: &str, side| match end(text, side, now, &zone) {
        Err(Error::NoAnnouncement) => announce::last_end(&book),
        end => end,
    };
    let mut from = None;
    let (told, findings) = match &args.against {
        Some(revision) => book.review(&End::MergeBase(revision.clone()))?,
        None => {
            let since = end(args.since.as_deref().unwrap_or(DEFAULT), Side::Since)?;
            from = if let End::At(moment) = since { Some(moment) } else { None };
            let until = args.until.as_deref().map_or(Ok(End::WorkTree), |until| end(until, Side::Until))?;
            (book.changes(&since, &until)?, Vec::new())
        }
    };
    let Told { difference: Difference { changes, after }, ends } = told;
    if let Some((since, until)) = ends.since.as_ref().zip(ends.until.as_ref())
        && since.hash != until.hash
        && book.leads_to(&until.hash, &since.hash)?
    {
        return Err(Error::Backwards);
    }
    check_scopes(&args.scope, &changes, &after.site)?;
    let selection = Selection { scopes: args.scope.clone(), people: args.person.clone(), ..Selection::default() };
    let until = ends.until.as_ref().map_or(now, |point| point.at);
    let waits = selection.waiting(waiting(&after.site, zone.day_of(until)));
    let changes = selection.changes(changes);
    let language = if args.format == ChangesFormat::Text { COMPLETE } else { &after.language };
    let words = Theme::built_in(BuiltIn::default()).words(language);
    let period = match &args.against {
        Some(revision) => against(revision, &ends),
        None => digest::period(from.or(ends.since.as_ref().map(|point| point.at)), until, &zone),
    };
    let page = address(&after.site);
    let voice = Voice {
        words: &words,
        zone: &zone,
        site: after.url.as_deref(),
        addresses: &after.site.addresses,
        page: &page,
        title: &after.title,
        period: &period,
    };
    let mut digest = Digest::of(&changes, &waits, &voice);
    let review = args.against.as_ref().map(|revision| Review { book: &book, revision, findings: &findings });
    if let Some(review) = &review {
        digest.parts.extend(review.parts(&after.site, &words)?);
    }
    if ends.lacks_contents {
        let what =
            "the clone lacks the contents of old files, so one that was renamed and changed at once counts as two";
        super::report::warning(what);
    }
    match args.format {
        ChangesFormat::Text => {
            let colour = Colour::of(&io::stdout());
            let nothing =
                if digest.is_empty() { format!("\n{}\n", words.text("changes.nothing")) } else { String::new() };
            let shown = digest::text(&plain(digest), &|code, text| colour.paint(code, text));
            terminal::print(&(shown + &nothing))?;
        }
        ChangesFormat::Markdown => terminal::print(&digest::markdown(&digest, &words))?,
        ChangesFormat::Html => terminal::print(&digest::html(&digest, &after.language))?,
        ChangesFormat::Json => {
            let commit = |point: &Option<crate::history::Point>| point.as_ref().map(|point| point.hash.clone());
            let (since, until) = (commit(&ends.since), commit(&ends.until));
            terminal::print_json(&Whole {
                since,
                until,
                zone: zone.name(),
                changes,
                waiting: waits,
                findings: &findings,
            })?;
        }
    }
    Ok(Outcome::Clean)
}

/// What programs read.
#[derive(Serialize)]
struct Whole<'a> {
    since: Option<String>,
    until: Option<String>,
    zone: &'a str,
    #[serde(flatten)]
    changes: Changes,
    waiting: Vec<Waiting>,
    findings: &'a [Finding],
}

/// Refuses a scope that no record has, now or before what changed.
pub(super) fn check_scopes(wanted: &[String], changes: &Changes, site: &Site) -> Result<(), Error> {
    let scopes: Vec<&String> =
        changes.pages.iter().flat_map(|change| change.scope_before.iter().chain([&change.page.scope])).collect();
    let is_changed = |wanted: &str| scopes.iter().any(|scope| is_in_scope(scope, wanted));
    let unchanged: Vec<String> = wanted.iter().filter(|wanted| !is_changed(wanted)).cloned().collect();
    graph::check_scopes(&unchanged, &log::rows(site))
}

/// The zone of the option, else of the settings.
pub(super) fn zone(named: Option<&str>, book: &Book) -> Result<Zone, Error> {
    match named {
        Some(name) => Zone::named(name).ok_or_else(|| Error::NoZone { name: name.to_owned() }),
        None => Ok(book.time_zone()),
    }
}

fn end(text: &str, side: Side, now: Moment, zone: &Zone) -> Result<End, Error> {
    match When::read(text, side, now, zone) {
        When::At(moment) => Ok(End::At(moment)),
        When::Revision(revision) => Ok(End::Revision(revision)),
        When::LastAnnouncement => Err(Error::NoAnnouncement),
    }
}

/// Says what a review compares with: the branch, and the commit at which both parted.
fn against(revision: &str, ends: &Ends) -> String {
    let base = ends.since.as_ref().map(|base| base.hash.chars().take(8).collect::<String>());
    base.map_or_else(|| revision.to_owned(), |base| format!("{revision} ({base})"))
}

/// Returns a message without what could drive the terminal; the colours come after.
fn plain(mut digest: Digest) -> Digest {
    let clean = |text: &mut String| *text = harmless_lines(text).replace('\n', " ");
    [&mut digest.title, &mut digest.period].into_iter().for_each(clean);
    for part in &mut digest.parts {
        for Item { title, path, lines, by, .. } in &mut part.items {
            lines.iter_mut().chain([title, path, by]).for_each(clean);
        }
    }
    digest
}

/// What a review asks beside the changes.
struct Review<'a> {
    book: &'a Book,
    revision: &'a str,
    findings: &'a [Finding],
}

impl Review<'_> {
    /// Tells of numbers that collide, of files that decisions govern, and of what is wrong only since.
    fn parts(&self, site: &Site, words: &Words) -> Result<Vec<Part>, Error> {
        let Self { book, revision, findings } = *self;
        let root = book.repository_root();
        let repository = Repository::discover(root)?.ok_or_else(|| Error::NoRepository { path: root.to_owned() })?;
        let collisions = check::with(&repository, revision, &book.repository().folder, site)?;
        let collisions = collisions.iter().map(|collision| {
            let values = [
                ("number", collision.number.to_string()),
                ("there", collision.there.to_string()),
                ("revision", revision.to_owned()),
                ("free", collision.free.to_string()),
            ];
            let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            of_file(collision.here.as_str(), words.filled("changes.collision", &values))
        });
        let base = repository.merge_base("HEAD", revision)?;
        let changed = repository.changed(base.as_deref().unwrap_or(revision))?.into_iter().collect();
        let governed = governs::governed(book, site, &changed);
        let governed = governed.iter().filter_map(|governed| {
            let in_force = governed.records.iter().filter(|record| !matches!(record.status, Some(State::Rejected)));
            let names: Vec<&str> = in_force.map(|record| record.title.as_str()).collect();
            let line = words.filled("changes.governed_by", &[("records", &names.join(", "))]);
            (!names.is_empty()).then(|| of_file(&governed.path, line))
        });
        let findings = findings.iter().map(|finding| {
            let place = format!("{}:{}", finding.path, finding.line);
            of_file(&place, format!("{} [{}]", finding.message, finding.code.name()))
        });
        let part = |key: &str, items: Vec<Item>| (!items.is_empty()).then(|| Part { heading: words.text(key), items });
        let parts = [
            part("changes.collisions", collisions.collect()),
            part("changes.governed", governed.collect()),
            part("changes.findings", findings.collect()),
        ];
        Ok(parts.into_iter().flatten().collect())
    }
}

fn of_file(path: &str, line: String) -> Item {
    Item { title: path.to_owned(), link: None, path: path.to_owned(), lines: vec![line], by: String::new() }
}
