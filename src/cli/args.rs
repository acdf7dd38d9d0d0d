//! The definitions of all commands; help, completions and man pages come from here.

mod announce;
mod changes;
mod listing;
mod values;
mod writing;

use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, CommandFactory, Parser, Subcommand};

use super::complete;
use crate::diagnostic::DOCUMENTATION;
use crate::host::Host;
use crate::search::Facet;

pub(super) use announce::{Announce, Recipient, ShapeName};
pub(super) use changes::{Changes, ChangesFormat};
pub(super) use listing::List;
pub(super) use values::{Drawing, Format, KindName, RecordKind, SchemaOf, ServiceName, StatusName, TableFormat, word};
pub(super) use writing::{Action, Decision, FirstStatus, How, New, Status};

/// Turns a folder of Markdown into a site, a live preview, and a search of your team's decisions.
#[derive(Debug, Parser)]
#[command(
    name = "precedent",
    version,
    max_term_width = 100,
    after_help = format!("Run `precedent help COMMAND` for the examples of a command.\nDocumentation: {DOCUMENTATION}")
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    /// Where the search index and other things that can be made again are kept
    /// [default: $PRECEDENT_CACHE_DIR, else the folder that the system has for caches]
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) cache_dir: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Init(Init),
    Ci(Ci),
    Build(Build),
    Serve(Serve),
    Search(Search),
    List(List),
    Show(Show),
    Governs(Governs),
    Graph(Graph),
    Changes(Changes),
    Announce(Announce),
    Check(Check),
    Explain(Explain),
    New(New),
    Decision(Decision),
    Clean(Clean),
    Completions(Completions),
    Schema(Schema),
    Man(Man),
}

/// Makes a new knowledge base: settings, an index, a first decision and guideline; or settings for what is there.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent init               in this folder\n  precedent init handbook      in a new folder\n  precedent init --ci github   with a workflow that checks and publishes it\n\nNo file that is there already is changed. Where decision records are found, no others are made."
)]
pub(super) struct Init {
    /// The folder, which is made when it is not there
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,
    /// The title of the book [default: from the name of the folder]
    #[arg(long)]
    pub(super) title: Option<String>,
    /// Also write a recipe for this CI service
    #[arg(long, value_name = "SERVICE")]
    pub(super) ci: Option<ServiceName>,
    #[command(flatten)]
    pub(super) recipe: Recipe,
}

/// Writes a recipe for a CI service: it checks every pull request, and publishes the site from one branch.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent ci github\n  precedent ci gitlab docs --install 'cargo install precedent --locked'\n  precedent ci shell --branch trunk\n\nThe files lie in the root of the repository; none that is there already is changed. Until --install is given, or\nPRECEDENT_INSTALL in the recipe is filled in, a run fails and says so."
)]
pub(super) struct Ci {
    /// The service
    pub(super) service: ServiceName,
    /// A folder of the book
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,
    #[command(flatten)]
    pub(super) recipe: Recipe,
}

/// What a recipe is told.
#[derive(Debug, Args)]
pub(super) struct Recipe {
    /// The command by which CI installs Precedent
    #[arg(long, value_name = "COMMAND", default_value = "", hide_default_value = true)]
    pub(super) install: String,
    /// The branch that is published
    #[arg(long, default_value = "main")]
    pub(super) branch: String,
}

/// Builds the static site.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent build                     the book of this folder\n  precedent build docs -d public      another book, another place for the site\n  precedent build --deny all          for CI: any finding fails the build\n  precedent build --for netlify       with the files that a host reads: headers, redirects\n  precedent build --untrusted         a pull request of a stranger\n\nOnly differences are written, and nothing is removed that an earlier build did not write.\nPages can be opened from the disk, unless `site.addresses` of book.toml is \"extensionless\".\nExit code 1: a finding is at `deny`, and nothing was written. Exit code 2: the work could not be done."
)]
pub(super) struct Build {
    /// A folder of the book
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,
    /// Where the site goes [default: `build.build-dir` of book.toml]
    #[arg(short = 'd', long = "dest-dir", value_name = "OUT")]
    pub(super) out: Option<PathBuf>,
    /// The address at which the site will stand, for this build [default: `site.url` of book.toml]
    #[arg(long, value_name = "URL")]
    pub(super) site_url: Option<String>,
    /// Write what this host reads, and compare the site with what it takes [default: `site.host` of book.toml]
    #[arg(long = "for", value_name = "HOST", value_parser = PossibleValuesParser::new(Host::ALL.map(Host::name)))]
    pub(super) host: Option<String>,
    #[command(flatten)]
    pub(super) trust: Trust,
    /// Build drafts too
    #[arg(long)]
    pub(super) drafts: bool,
    /// Fail on findings of this code, or on `all`; may be repeated
    #[arg(long, value_name = "CODE", add = complete::codes(&["all"]))]
    pub(super) deny: Vec<String>,
    /// Print no summary
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// Whether the book may do more than show text and images.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Trust {
    /// Trust nothing in the book: no theme, style sheet or script of its own, no raw HTML, no file for the host; git is not asked
    #[arg(long)]
    pub(super) untrusted: bool,
}

/// Shows the site in the browser and follows every save.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent serve --open       the book of this folder, in the browser\n  precedent serve docs -p 8080\n  precedent serve --poll       on network disks and in containers, where the system tells of no change"
)]
pub(super) struct Serve {
    /// A folder of the book
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,
    /// The port [default: the first free one from 3000 on]
    #[arg(short, long)]
    pub(super) port: Option<u16>,
    /// The address to listen on; other machines can read the preview when it is not a loopback one
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDR")]
    pub(super) host: IpAddr,
    /// A further name under which the preview may be asked for; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(super) allow_host: Vec<String>,
    /// Open the browser
    #[arg(short, long)]
    pub(super) open: bool,
    /// Look at the files in turn instead of being told of changes
    #[arg(long)]
    pub(super) poll: bool,
    /// Leave drafts out, as a build does
    #[arg(long)]
    pub(super) no_drafts: bool,
}

/// Searches decisions, guidelines and pages.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent search cache invalidation\n  precedent search '\"time to live\" -redis' --status accepted\n  precedent search 'auth* tag:security' --format json\n  precedent search -- -redis cache           what begins with - stands after --\n\nA query: words (pages with all of them first), \"a phrase\", -not, begin*, kind:decision, status:accepted,\ntag:security, by:maria, scope:payments, after:2025-03, before:2026; the number or id of a record.\nTypos are forgiven in words that no page has. Exit code 1: nothing was found."
)]
pub(super) struct Search {
    /// What to look for
    #[arg(required = true, add = complete::query())]
    pub(super) query: Vec<String>,
    /// Only this kind; may be repeated
    #[arg(long)]
    pub(super) kind: Vec<KindName>,
    /// Only decisions of this status; may be repeated
    #[arg(long)]
    pub(super) status: Vec<StatusName>,
    /// Only pages with this tag; may be repeated
    #[arg(long, add = complete::of(Facet::Tag))]
    pub(super) tag: Vec<String>,
    /// Only records that name this person; may be repeated
    #[arg(long, value_name = "PERSON", add = complete::of(Facet::Person))]
    pub(super) by: Vec<String>,
    /// Only records of this scope and those below it; may be repeated
    #[arg(long, add = complete::of(Facet::Scope))]
    pub(super) scope: Vec<String>,
    /// Open the first result in the browser: on the built site, else on the site's address, else its file
    #[arg(long, conflicts_with = "format")]
    pub(super) open: bool,
    /// Print all at once, not page by page
    #[arg(long)]
    pub(super) no_pager: bool,
    /// How many results
    #[arg(short = 'n', long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) limit: u16,
    /// How to print them
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
    /// A folder of the book
    #[arg(short = 'C', long, default_value = ".", value_name = "DIR")]
    pub(super) dir: PathBuf,
}

/// Shows one decision or guideline: what it says of itself, and how it stands to others.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent show 12\n  precedent show ADR-0012 --explain     where each value comes from\n  precedent show use-postgresql --text\n  precedent show payments/12            the record 12 of the scope payments\n\nAn ID is a number, a file name with or without its number, a title, a path, or SCOPE/ID."
)]
pub(super) struct Show {
    /// The record
    #[arg(add = complete::records())]
    pub(super) id: String,
    /// Print the line that each value comes from
    #[arg(long)]
    pub(super) explain: bool,
    /// Print the record's Markdown after its data
    #[arg(long)]
    pub(super) text: bool,
    /// How to print it
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
    /// A folder of the book
    #[arg(short = 'C', long, default_value = ".", value_name = "DIR")]
    pub(super) dir: PathBuf,
}

/// Says which decisions and guidelines govern source files, and why.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent governs src/api/slots.py\n  precedent governs src                       every file below\n  precedent governs --diff origin/main        what a change must respect\n\nA record governs what its `applies-to` patterns match, what names it (`@adr 12` in a comment), what lies in its\nscope, and what an owner that it states owns. Those in force come first."
)]
pub(super) struct Governs {
    /// Files or folders; they need not exist yet
    #[arg(required_unless_present = "diff")]
    pub(super) path: Vec<PathBuf>,
    /// Also the files that differ from this revision of git
    #[arg(long, value_name = "REV")]
    pub(super) diff: Option<String>,
    /// How to print it
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
    /// A folder of the book
    #[arg(short = 'C', long, default_value = ".", value_name = "DIR")]
    pub(super) dir: PathBuf,
}

/// Prints the graph of the records: what supersedes, amends, requires what.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent graph > decisions.svg\n  precedent graph --format dot > decisions.dot\n  precedent graph --format mermaid --scope payments"
)]
pub(super) struct Graph {
    /// The language of the drawing
    #[arg(long, default_value = "svg")]
    pub(super) format: Drawing,
    /// Only records of this scope and those below it; may be repeated
    #[arg(long, add = complete::of(Facet::Scope))]
    pub(super) scope: Vec<String>,
    /// A folder of the book
    #[arg(short = 'C', long, default_value = ".", value_name = "DIR")]
    pub(super) dir: PathBuf,
}

/// Looks for findings without writing anything, and for numbers that other branches gave too.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent check --deny all\n  precedent check --against origin/main      before a merge: is a number taken there?\n  precedent check --all-branches             every branch of this clone and of its remotes\n\nOnly decisions that are new here and new there since both parted are compared. Exit code 1: a finding is at `deny`."
)]
pub(super) struct Check {
    /// A folder of the book
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,
    #[command(flatten)]
    pub(super) trust: Trust,
    /// Compare numbers with this revision; may be repeated
    #[arg(long, value_name = "REV")]
    pub(super) against: Vec<String>,
    /// Compare numbers with every branch
    #[arg(long)]
    pub(super) all_branches: bool,
    /// Fail on findings of this code, or on `all`; may be repeated
    #[arg(long, value_name = "CODE", add = complete::codes(&["all"]))]
    pub(super) deny: Vec<String>,
    /// How to print the findings
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
}

/// Explains a finding: what it means, why it matters, and how to mend it.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent explain                every finding, with its level\n  precedent explain broken-link    its page of the documentation"
)]
pub(super) struct Explain {
    /// The code of the finding, which stands in brackets where it is printed
    #[arg(add = complete::codes(&[]))]
    pub(super) code: Option<String>,
}

/// Removes the built site and the search index; sources are never touched.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  precedent clean\n  precedent clean docs -d public")]
pub(super) struct Clean {
    /// A folder of the book
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,
    /// Where the site is [default: `build.build-dir` of book.toml]
    #[arg(short = 'd', long = "dest-dir", value_name = "OUT")]
    pub(super) out: Option<PathBuf>,
}

/// Prints the completions for a shell.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent completions bash > ~/.local/share/bash-completion/completions/precedent\n  precedent completions zsh > ~/.zfunc/_precedent\n  precedent completions fish > ~/.config/fish/completions/precedent.fish"
)]
pub(super) struct Completions {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}

/// Prints the JSON Schema of `book.toml` or of front matter, for editors and checkers.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  precedent schema > book.schema.json\n  precedent schema front-matter > front-matter.schema.json"
)]
pub(super) struct Schema {
    /// Of what
    #[arg(default_value = "book")]
    pub(super) of: SchemaOf,
}

/// Writes the man pages, one for each command.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  precedent man ~/.local/share/man/man1")]
pub(super) struct Man {
    /// The folder to write to, which is made when it is not there
    pub(super) dir: PathBuf,
}

/// Returns the definition of the whole command line, for completions, man pages and the reference.
pub fn command() -> clap::Command {
    Arguments::command().mut_subcommands(|command| {
        let page = format!("Documentation: {DOCUMENTATION}reference/commands.html#precedent-{}", command.get_name());
        let help = command.get_after_help().map_or_else(String::new, |help| format!("{help}\n\n"));
        command.after_help(help + &page)
    })
}
