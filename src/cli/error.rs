//! Why a command could not do its work.

use std::io;
use std::path::PathBuf;

use super::book;
use crate::{amend, announce, disk, history, search, serve};

#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error(transparent)]
    Disk(#[from] disk::Error),
    #[error(transparent)]
    Serve(#[from] serve::Error),
    #[error(transparent)]
    History(#[from] history::Error),
    #[error("`{}` is not in a git repository", path.display())]
    NoRepository { path: PathBuf },
    #[error("`{}` is outside the repository `{}`", path.display(), root.display())]
    OutsideRepository { path: PathBuf, root: PathBuf },
    #[error(transparent)]
    Search(#[from] search::Error),
    #[error("cannot write to standard output")]
    Print(#[source] io::Error),
    #[error("cannot open `{address}`")]
    Open { address: String, source: io::Error },
    #[error("cannot write man pages to `{}`", path.display())]
    Man { path: PathBuf, source: io::Error },
    #[error("there is no page in `{}`{}", path.display(), if *exists { "" } else { ": there is no such folder" })]
    NoPages { path: PathBuf, exists: bool },
    #[error(transparent)]
    Recipe(#[from] amend::Unwritable),
    #[error("there is no scope `{scope}`")]
    NoScope { scope: String, scopes: Vec<String> },
    #[error("a title must have letters or digits")]
    NoTitle,
    #[error("`{text}` names nobody")]
    NoName { text: String },
    #[error("there is no finding `{code}`")]
    UnknownCode { code: String, near: Option<String> },
    #[error("there is no record `{id}`")]
    NoRecord { id: String, near: Vec<String> },
    #[error("`{id}` is ambiguous: it can be {}", names.join(", "))]
    SeveralRecords { id: String, names: Vec<String> },
    #[error("`{text}` is not a date")]
    NoDay { text: String },
    #[error("there is no time zone `{name}`")]
    NoZone { name: String },
    #[error("nothing of this book was announced yet")]
    NoAnnouncement,
    #[error("the end lies before the beginning")]
    Backwards,
    #[error("`{text}` is no issue of a tracker of this book")]
    NoIssue { text: String, patterns: Vec<String> },
    #[error(transparent)]
    Announce(#[from] announce::Error),
    #[error("the variable `{variable}` does not hold the address of a webhook")]
    NoWebhook { variable: String },
    #[error("the variable `{variable}` is a setting of the book, and not for a secret")]
    WebhookSetting { variable: String },
    #[error("`{text}` is not a mail address")]
    NoMailbox { text: String },
    #[error("there is no folder for what was announced")]
    NoState,
    #[error("cannot write `{}`", path.display())]
    Output { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Amend(#[from] amend::Error),
    #[error("unknown relation `{word}`")]
    NoVerb { word: String },
    #[error("`{option}` is for a {kind} only")]
    Misplaced { option: &'static str, kind: &'static str },
    #[error("`$VISUAL` and `$EDITOR` are not set")]
    NoEditor,
    #[error("the editor `{command}` failed")]
    Editor { command: String, source: Option<io::Error> },
    #[error("`{}` exists already", path.display())]
    Exists { path: PathBuf },
}

impl Error {
    /// Returns what to do next.
    pub(super) fn help(&self) -> Option<String> {
        match self {
            Self::Disk(error) => disk_help(error),
            Self::NoPages { .. } => Some(
                "name the folder of the pages in `book.src` of book.toml, or begin with `precedent init` in an empty folder"
                    .to_owned(),
            ),
            Self::Serve(serve::Error::Listen { source, .. }) if source.kind() == io::ErrorKind::AddrInUse => Some(
                "another program uses this port; choose one with `--port`, or none for the first that is free".into(),
            ),
            Self::UnknownCode { near, .. } => Some(match near {
                Some(near) => format!("did you mean `{near}`? `precedent explain` lists them all"),
                None => "`precedent explain` lists them all".to_owned(),
            }),
            Self::NoRecord { near, .. } => Some(match &near[..] {
                [] => "`precedent list` shows them all".to_owned(),
                near => format!("did you mean `{}`? `precedent list` shows them all", near.join("`, `")),
            }),
            Self::SeveralRecords { .. } => Some("name it by one of these".to_owned()),
            Self::NoDay { .. } => Some("write it as `2025-01-31`, or as a number of days, `30d`".to_owned()),
            Self::NoZone { .. } => Some("write its IANA name, such as `Europe/Berlin` or `Asia/Kolkata`, or `UTC`".to_owned()),
            Self::NoAnnouncement => Some("name a day instead: `--since yesterday`, `--since 2w`".to_owned()),
            Self::Backwards => Some("name an earlier beginning with `--since`, or a later end with `--until`".to_owned()),
            Self::NoIssue { patterns, .. } => Some(match &patterns[..] {
                [] => "name the tracker in `[trackers]` of `book.toml`: `\"QS-{n}\" = \"https://tracker.example/browse/QS-{n}\"`"
                    .to_owned(),
                patterns => format!("`[trackers]` of `book.toml` has `{}`", patterns.join("`, `")),
            }),
            Self::Announce(error) => announce_help(error),
            Self::NoWebhook { variable } => Some(format!(
                "set `{variable}` from the secrets of your CI, or name another variable with `--webhook-env`, or a file with \
                 `--webhook-file`"
            )),
            Self::WebhookSetting { .. } => Some("choose a name without two underscores in a row".to_owned()),
            Self::NoMailbox { .. } => Some("write it as `ann@example.org` or `Ann Lee <ann@example.org>`".to_owned()),
            Self::NoState => Some("name a file with `--state`".to_owned()),
            Self::Amend(error) => amend_help(error),
            Self::NoScope { scopes, .. } if scopes.is_empty() => {
                Some("leave out `--scope`: no record of the book has one".to_owned())
            }
            Self::NoScope { scopes, .. } => Some(format!("there are {}", scopes.join(", "))),
            Self::NoTitle => Some("say what is decided: `precedent new decision \"Use PostgreSQL\"`".to_owned()),
            Self::NoName { .. } => Some("name a person or a team: `--by @ann`, `--by \"Ann Lee\"`".to_owned()),
            Self::NoVerb { .. } => Some(
                "say `supersedes`, `amends`, `requires`, `implements`, `conflicts-with`, `clarifies`, `refines`, \
                 `extends` or `relates-to`, or one of them from the other end, such as `amended-by`"
                    .to_owned(),
            ),
            Self::Misplaced { option, .. } => Some(format!("leave out `{option}`")),
            Self::NoEditor => Some("set one of them, or open the file yourself".into()),
            Self::Exists { .. } => Some("choose another title, or open the file".into()),
            _ => None,
        }
    }
}

impl Error {
    /// Returns the page of the documentation that says more, below its address.
    pub(super) fn page(&self) -> Option<&'static str> {
        match self {
            Self::UnknownCode { .. } => Some("reference/findings/index.html"),
            Self::NoRecord { .. } | Self::SeveralRecords { .. } => Some("reference/records.html#ids"),
            Self::Amend(_) | Self::NoVerb { .. } | Self::Misplaced { .. } => Some("reference/editing.html"),
            Self::Announce(_) | Self::NoWebhook { .. } | Self::NoMailbox { .. } | Self::NoState => {
                Some("how-to/announce-changes.html")
            }
            Self::Disk(disk::Error::NoFolder { .. }) => Some("tutorial/index.html"),
            Self::Serve(_) => Some("reference/commands.html#precedent-serve"),
            _ => None,
        }
    }
}

fn disk_help(error: &disk::Error) -> Option<String> {
    use disk::Error::{Changed, CutHistory, Foreign, HoldsBook, HoldsSources, Link, Locked, MissingContents, NoFolder};
    match error {
        NoFolder { .. } => Some("name a folder that exists, or make a book with `precedent init`".to_owned()),
        Locked { .. } => Some("wait for it to end".to_owned()),
        MissingContents(_) => Some(
            "`git fetch --refetch --no-filter` brings it; nothing is fetched by itself. In CI, ask the checkout for the whole clone"
                .to_owned(),
        ),
        CutHistory { .. } => {
            Some("`git fetch --unshallow` brings the rest; in CI, ask the checkout for the whole history".to_owned())
        }
        Changed { .. } => Some("run the command again".to_owned()),
        Foreign { folder, .. } => Some(format!(
            "move it, or choose another folder with `-d`; if all in `{}` comes from earlier builds, remove that folder",
            book::shown(folder)
        )),
        HoldsBook { .. } => Some("choose another folder in `build.build-dir` of book.toml, or with `-d`".to_owned()),
        HoldsSources { .. } => Some(
            "choose a folder of its own for the site in `build.build-dir` of book.toml, or with `-d`; \
             or move the pages, and name their folder in `book.src`"
                .to_owned(),
        ),
        Link { .. } => Some("remove the link, or name the folder that it leads to with `-d`".to_owned()),
        _ => None,
    }
}

fn announce_help(error: &announce::Error) -> Option<String> {
    use announce::Error::{
        Connector, Disk, NoAddress, NoMemory, Partly, Readable, Refused, Unencrypted, Unknown, Unreachable, Unsettled,
    };
    match error {
        Connector { .. } => Some(
            "make a workflow in Teams, \"Send webhook alerts to a channel\", and use its address with `--to teams`"
                .to_owned(),
        ),
        NoAddress | Unencrypted => Some("copy the whole address from the settings of the chat".to_owned()),
        Readable { path } => Some(format!("`chmod 600 {}`", path.display())),
        Refused { status: 300..=399, .. } => {
            Some("redirects are not followed; use the address that the chat gives for webhooks".to_owned())
        }
        Refused { status: 400, .. } => Some(
            "is it the address of another service than `--to` names? For Teams, try `--teams-shape card`".to_owned(),
        ),
        Refused { status: 401 | 403 | 404 | 410, .. } => {
            Some("the webhook was removed or is not allowed to write; make a new one in the chat".to_owned())
        }
        Refused { .. } | Unreachable { .. } => Some("nothing was announced; run the command again later".to_owned()),
        Unknown { .. } | Partly { .. } | Unsettled => {
            Some("look into the channel: `--again` sends all of it again, `--since last` goes on after it".to_owned())
        }
        NoMemory { .. } => Some("name another file with `--state`, or remove this one".to_owned()),
        Disk(error) => disk_help(error),
        announce::Error::Read { .. } => None,
    }
}

fn amend_help(error: &amend::Error) -> Option<String> {
    use amend::Error::{Itself, NoNumber, NoScope, NoTemplate, Taken, Unable, Unreadable, Unsafe};
    match error {
        Unable { .. } | Unsafe { .. } => Some("nothing was written; change it in an editor".to_owned()),
        Unreadable { .. } => Some("save it as UTF-8".to_owned()),
        Itself => Some("name two records".to_owned()),
        Taken { .. } => Some("choose another number; `precedent list` shows those in use".to_owned()),
        NoNumber { .. } => Some("only records whose file or folder is named by a number can get another".to_owned()),
        NoScope { scopes, .. } if scopes.is_empty() => Some("leave out `--scope`: the book has one scope".to_owned()),
        NoScope { scopes, .. } => Some(format!("there are {}", scopes.join(", "))),
        NoTemplate { .. } => Some(format!("there are {}", amend::BUILT_IN.join(", "))),
    }
}
