//! The arguments of `list`.

use std::path::PathBuf;

use clap::Args;

use super::{RecordKind, StatusName, TableFormat, complete};
use crate::search::Facet;

/// Lists decisions and guidelines.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent list                                  every decision\n  precedent list --status accepted --tag security\n  precedent list --by maria --since 2025-01-01\n  precedent list --due 30d                        what waits for a review or a decision\n  precedent list --due 30d --by @ann              what of that waits for Ann\n  precedent list --tracker QS-412                 what mentions an issue\n  precedent list --format json                    for programs\n  precedent list --format jira > waiting.csv      open proposals, and reviews of the next 30 days\n\nExit code 1: there is none."
)]
pub(in crate::cli) struct List {
    /// Only this kind; may be repeated [default: decision]
    #[arg(long)]
    pub(in crate::cli) kind: Vec<RecordKind>,
    /// Only records of this status; may be repeated
    #[arg(long)]
    pub(in crate::cli) status: Vec<StatusName>,
    /// Only records with this tag; may be repeated
    #[arg(long, add = complete::of(Facet::Tag))]
    pub(in crate::cli) tag: Vec<String>,
    /// Only records of this scope and those below it; may be repeated
    #[arg(long, add = complete::of(Facet::Scope))]
    pub(in crate::cli) scope: Vec<String>,
    /// Only records that name this person, as decider, author, owner, or asked or told; with --due, only those that wait
    /// for them: as owner, decider or author. `@ann` is that handle, `ann` any part of a name; may be repeated
    #[arg(long, value_name = "PERSON")]
    pub(in crate::cli) by: Vec<String>,
    /// Only records of this day or later: 2025-01-31, or 90d for the last ninety days
    #[arg(long, value_name = "DAY")]
    pub(in crate::cli) since: Option<String>,
    /// Only records whose review or decision is due by this day: 2025-01-31, or 30d from today
    #[arg(long, value_name = "DAY")]
    pub(in crate::cli) due: Option<String>,
    /// Only records that mention this issue of a tracker of the book, QS-412, or its address
    #[arg(long, value_name = "ISSUE")]
    pub(in crate::cli) tracker: Option<String>,
    /// How to print them; `jira`, `asana` and `lines` (for Trello) are what waits for somebody, as these import it
    #[arg(long, default_value = "text")]
    pub(in crate::cli) format: TableFormat,
    /// A folder of the book
    #[arg(short = 'C', long, default_value = ".", value_name = "DIR")]
    pub(in crate::cli) dir: PathBuf,
}
