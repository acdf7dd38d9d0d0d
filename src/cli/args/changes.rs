//! The arguments of `precedent changes`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::complete;
use crate::search::Facet;

/// Tells what was decided, what changed and what waits since a day, a time or a revision.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent changes                                  the last seven days\n  precedent changes --since yesterday --tz Asia/Kolkata\n  precedent changes --since 18h --person @ann         what concerns Ann\n  precedent changes --since v1.4 --until v1.5\n  precedent changes --against origin/main --format markdown > comment.md\n\nWHEN is a day (2025-01-31, today, yesterday, monday), a time (2025-01-31T14:30), a span back from now (18h, 3d, 2w),\n`last` (the last announcement), or else a revision of git. A day is one of --tz, else of `book.time-zone`, else of UTC.\nWithout --until, what is not committed yet counts. Edits of spelling, punctuation or markup are counted and not listed."
)]
pub(in crate::cli) struct Changes {
    /// From when on [default: 7d]
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) since: Option<String>,
    /// Until when [default: the files as they are]
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) until: Option<String>,
    /// From where this revision and the files here parted, for a review: with numbers that collide, files that decisions govern,
    /// and findings that are new
    #[arg(long, value_name = "REV", conflicts_with_all = ["since", "until"])]
    pub(in crate::cli) against: Option<String>,
    /// The time zone whose days are meant
    #[arg(long, value_name = "ZONE")]
    pub(in crate::cli) tz: Option<String>,
    /// Only records of this scope and those below it; may be repeated
    #[arg(long, add = complete::of(Facet::Scope))]
    pub(in crate::cli) scope: Vec<String>,
    /// Only what concerns this person: decides, is consulted, owns, wrote; may be repeated
    #[arg(long, value_name = "NAME", add = complete::of(Facet::Person))]
    pub(in crate::cli) person: Vec<String>,
    /// How to print it
    #[arg(long, default_value = "text")]
    pub(in crate::cli) format: ChangesFormat,
    /// A folder of the book
    #[arg(short = 'C', long, default_value = ".", value_name = "DIR")]
    pub(in crate::cli) dir: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ChangesFormat {
    Text,
    Markdown,
    Json,
    Html,
}
