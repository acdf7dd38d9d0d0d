//! The arguments of the commands that write: `new` and `decision`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{KindName, complete};

/// Makes the next decision, guideline or page, as the others are written and numbered.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent new decision \"Use PostgreSQL\"\n  precedent new decision \"Use Kafka\" --supersedes 12 --edit\n  precedent new decision \"Retry policy\" --scope payments --template nygard\n  precedent new guideline \"Naming of topics\" --derives-from 12\n\nA decision takes the form, numbering and template of its folder (template.md, adr-template.md, templates/template.md),\nelse a built-in template: madr, madr-minimal, madr2, nygard, log4brains, y-statement, rust-rfc, eip.\nThe path of the new file is printed, and those of the decisions that change with it."
)]
pub(in crate::cli) struct New {
    /// What to make
    pub(in crate::cli) kind: KindName,
    /// Its title
    pub(in crate::cli) title: String,
    /// The template of a decision, by name [default: the folder's own]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) template: Option<String>,
    /// A decision whose place this one takes; may be repeated
    #[arg(long, value_name = "ID", add = complete::records())]
    pub(in crate::cli) supersedes: Vec<String>,
    /// The decision that a guideline follows from; may be repeated
    #[arg(long, value_name = "ID", add = complete::records())]
    pub(in crate::cli) derives_from: Vec<String>,
    /// The scope of a decision [default: of the folder you are in, else where most are]
    #[arg(long)]
    pub(in crate::cli) scope: Option<String>,
    /// The status of a decision [default: as the folder's template says, else proposed]
    #[arg(long)]
    pub(in crate::cli) status: Option<FirstStatus>,
    /// Who decides, where the form of a decision has a place for it; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) by: Vec<String>,
    /// Open it in $VISUAL or $EDITOR
    #[arg(short, long)]
    pub(in crate::cli) edit: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// A folder of the book
    #[arg(short = 'C', long, default_value = ".", value_name = "DIR")]
    pub(in crate::cli) dir: PathBuf,
}

/// How a decision can begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FirstStatus {
    Proposed,
    Accepted,
}

/// Changes the status, relations or number of a decision, where they stand in its file.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent decision accept 12 --by @ann --by \"Bob Ray\"\n  precedent decision reject ADR-12 --note \"too slow\"\n  precedent decision supersede 3 12 --dry-run      12 takes the place of 3; both say so\n  precedent decision link 12 amends 7\n  precedent decision renumber payments/12 14       with every link to it\n\nOnly the lines that say it are changed. The paths of the changed files are printed; --dry-run shows the difference."
)]
pub(in crate::cli) struct Decision {
    #[command(subcommand)]
    pub(in crate::cli) action: Action,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Action {
    /// Gives it the status accepted, and today as the day of the decision where its form has one
    Accept(Decided),
    /// Gives it the status rejected, and the day likewise
    Reject(Decided),
    /// Gives it the status deprecated
    Deprecate(Status),
    /// Gives it the status proposed
    Propose(Status),
    /// Says in both decisions that the new one takes the place of the old one
    Supersede {
        /// The decision that is replaced
        #[arg(add = complete::records())]
        old: String,
        /// The decision that takes its place
        #[arg(add = complete::records())]
        new: String,
        #[command(flatten)]
        how: How,
    },
    /// Says how a decision stands to another: supersedes, amends, requires, implements, clarifies, relates-to, …
    Link {
        /// The decision that says it
        #[arg(add = complete::records())]
        from: String,
        /// How it stands to the other
        verb: String,
        /// The other decision
        #[arg(add = complete::records())]
        to: String,
        #[command(flatten)]
        how: How,
    },
    /// Gives it another number, and rewrites every link to it and every mention by its number
    Renumber {
        /// The decision
        #[arg(add = complete::records())]
        id: String,
        /// Its new number; without one, the next that is free
        number: Option<u32>,
        #[command(flatten)]
        how: How,
    },
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Status {
    /// The decision
    #[arg(add = complete::records())]
    pub(in crate::cli) id: String,
    /// What to say with it, in brackets after the status
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) note: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) how: How,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Decided {
    #[command(flatten)]
    pub(in crate::cli) status: Status,
    /// Who decided; added to whom it names, where its form has a place for it; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) by: Vec<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct How {
    /// Show the difference, and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// A folder of the book
    #[arg(short = 'C', long, default_value = ".", value_name = "DIR")]
    pub(in crate::cli) dir: PathBuf,
}
