//! The arguments of `precedent announce`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::complete;
use crate::search::Facet;

/// Announces in a chat, as Markdown or as a mail what changed since the last announcement.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent announce --to slack                         the address is in $PRECEDENT_WEBHOOK\n  precedent announce --to teams --dry-run               what would be sent\n  precedent announce --to discord --webhook-env DESIGN_WEBHOOK --scope design\n  precedent announce --to markdown --since yesterday > news.md\n  precedent announce --to email --from kb@example.org --recipient team@example.org > news.eml\n\nOnly what is committed is announced, once for each address: a file remembers up to which commit. Without one, the last\nseven days are told. WHEN is as for `precedent changes`. An address of a webhook is a secret: it is read from a variable\nor a file, and never printed. Exit code 2: it was not sent, or nobody knows."
)]
pub(in crate::cli) struct Announce {
    /// Where
    #[arg(long, value_name = "SERVICE")]
    pub(in crate::cli) to: Recipient,
    /// From when on [default: last, else 7d]
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) since: Option<String>,
    /// Until when [default: the commit that is checked out]
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) until: Option<String>,
    /// The time zone whose days are meant
    #[arg(long, value_name = "ZONE")]
    pub(in crate::cli) tz: Option<String>,
    /// Only records of this scope and those below it; may be repeated
    #[arg(long, add = complete::of(Facet::Scope))]
    pub(in crate::cli) scope: Vec<String>,
    /// Only what concerns this person: decides, is consulted, owns, wrote; may be repeated
    #[arg(long, value_name = "NAME", add = complete::of(Facet::Person))]
    pub(in crate::cli) person: Vec<String>,
    /// Print what would be sent, send nothing and remember nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Announce again what was announced last, with what came since
    #[arg(long)]
    pub(in crate::cli) again: bool,
    /// The variable with the address of the webhook [default: PRECEDENT_WEBHOOK]
    #[arg(long, value_name = "NAME", conflicts_with = "webhook_file")]
    pub(in crate::cli) webhook_env: Option<String>,
    /// The file with the address of the webhook, which nobody else may read
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) webhook_file: Option<PathBuf>,
    /// What the workflow of Teams waits for
    #[arg(long, value_name = "SHAPE", default_value = "message")]
    pub(in crate::cli) teams_shape: ShapeName,
    #[command(flatten)]
    pub(in crate::cli) mail: Mail,
    /// Write Markdown or the mail to this file, not to standard output
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// The file that remembers what was announced
    /// [default: in $PRECEDENT_STATE_DIR, else in the folder that the system has for the state of programs]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) state: Option<PathBuf>,
    /// A folder of the book
    #[arg(short = 'C', long, default_value = ".", value_name = "DIR")]
    pub(in crate::cli) dir: PathBuf,
}

/// What a mail says.
#[derive(Debug, Args)]
pub(in crate::cli) struct Mail {
    /// Who writes a mail
    #[arg(long, value_name = "ADDRESS", required_if_eq("to", "email"))]
    pub(in crate::cli) from: Option<String>,
    /// Who gets a mail; may be repeated
    #[arg(long, value_name = "ADDRESS")]
    pub(in crate::cli) recipient: Vec<String>,
    /// The subject of a mail [default: the title of the book and the time]
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) subject: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Recipient {
    Slack,
    Teams,
    Discord,
    Mattermost,
    Markdown,
    Email,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ShapeName {
    Message,
    Card,
}
