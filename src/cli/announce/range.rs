//! From which state of a book on an announcement tells, and up to which.
//!
//! In: the options, and what was announced before. Out: the ends, and whether there is anything between them to tell. What was
//! announced once is never told backwards: a checkout of an older commit removes no decision.

use super::super::args::Announce as Args;
use super::super::{Error, book, report};
use crate::announce::{self, Announced, Status};
use crate::changes::{Side, When};
use crate::disk::{Book, End, Ends};
use crate::time::{Moment, Zone};

/// Without an announcement to go on from, so much is told.
const DEFAULT: &str = "7d";

/// What somebody asks for.
pub(super) struct Range {
    pub(super) since: End,
    pub(super) until: End,
    /// The moment that was said for the beginning.
    pub(super) from: Option<Moment>,
}

/// Reads the options.
pub(super) fn range(args: &Args, earlier: Option<&Announced>, book: &Book, zone: &Zone) -> Result<Range, Error> {
    let (since, from) = since(args, earlier, book, zone)?;
    let until = match args.until.as_deref() {
        Some(text) => match When::read(text, Side::Until, book::now(), zone) {
            When::At(moment) => End::At(moment),
            When::Revision(revision) => End::Revision(revision),
            When::LastAnnouncement => return Err(Error::NoAnnouncement),
        },
        None => End::Revision("HEAD".to_owned()),
    };
    match (from, &until) {
        (Some(from), End::At(until)) if from > *until => Err(Error::Backwards),
        _ => Ok(Range { since, until, from }),
    }
}

/// Says from where on to tell, and the moment that was said.
fn since(args: &Args, earlier: Option<&Announced>, book: &Book, zone: &Zone) -> Result<(End, Option<Moment>), Error> {
    let named = |text: &str| match When::read(text, Side::Since, book::now(), zone) {
        When::At(moment) => Ok((End::At(moment), Some(moment))),
        When::Revision(revision) => Ok((End::Revision(revision), None)),
        When::LastAnnouncement => Ok((after(earlier.ok_or(Error::NoAnnouncement)?, book)?, None)),
    };
    match (&args.since, earlier) {
        (Some(text), _) => named(text),
        (None, Some(Announced { since: Some(since), .. })) if args.again => {
            if book.has_commit(since)? {
                return Ok((End::Revision(since.clone()), None));
            }
            let commit = short(since);
            report::warning(&format!(
                "the last announcement began at commit {commit}, which is gone: telling the last seven days"
            ));
            named(DEFAULT)
        }
        (None, Some(_)) if args.again => named(DEFAULT),
        (None, Some(Announced { status: Status::Unknown, .. })) => Err(announce::Error::Unsettled.into()),
        (None, Some(earlier)) => Ok((after(earlier, book)?, None)),
        (None, None) => {
            eprintln!("note: nothing was announced there yet, so the last seven days are told");
            named(DEFAULT)
        }
    }
}

/// Returns the state up to which was announced: the commit, or the branch at its time where a push replaced the commit.
pub(super) fn after(earlier: &Announced, book: &Book) -> Result<End, Error> {
    let Announced { commit, at, .. } = earlier;
    if book.has_commit(commit)? {
        return Ok(End::Revision(commit.clone()));
    }
    report::warning(&format!("the last announced commit {} is gone: telling what changed since {at}", short(commit)));
    Ok(End::At(*at))
}

/// Says whether somebody asks to go on after the last announcement, whatever became of it.
pub(super) fn is_after_last(args: &Args) -> bool {
    args.since.as_deref().is_some_and(|text| text.trim().eq_ignore_ascii_case("last"))
}

/// Says whether all up to the end was announced before. Then a second run a day says nothing whatever `--since` says.
pub(super) fn is_told(earlier: Option<&Announced>, ends: &Ends, book: &Book) -> Result<bool, Error> {
    match (earlier, &ends.until) {
        (Some(Announced { commit, status: Status::Sent, .. }), Some(until)) => {
            Ok(book.has_commit(commit)? && book.leads_to(&until.hash, commit)?)
        }
        _ => Ok(false),
    }
}

/// Refuses a beginning that somebody named, or that `--again` goes back to, and that comes after the end.
pub(super) fn check_order(args: &Args, ends: &Ends, book: &Book) -> Result<(), Error> {
    let goes_on = (args.since.is_none() || is_after_last(args)) && !args.again;
    match (&ends.since, &ends.until) {
        (Some(since), Some(until))
            if !goes_on && since.hash != until.hash && book.leads_to(&until.hash, &since.hash)? =>
        {
            Err(Error::Backwards)
        }
        _ => Ok(()),
    }
}

/// Returns as much of a hash as people read.
pub(super) fn short(hash: &str) -> &str {
    hash.get(..8).unwrap_or(hash)
}
