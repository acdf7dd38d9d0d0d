//! Why something cannot be announced. No text here holds the address of a webhook: only its host is named.

use std::io;
use std::path::PathBuf;

/// Why something cannot be announced.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is none.
    #[error("the address of the webhook is not an address of the web")]
    NoAddress,
    /// The address leads over the network unencrypted.
    #[error("the address of the webhook must begin with `https://`")]
    Unencrypted,
    /// The address is one that takes no posts any more.
    #[error("`{host}` is an Office 365 connector, and Microsoft has switched these off")]
    Connector {
        /// Its host.
        host: String,
    },
    /// The file with the address cannot be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// Others can read the address.
    #[error("other users can read `{}`, which holds the address of a webhook", path.display())]
    Readable {
        /// The file.
        path: PathBuf,
    },
    /// Nothing was sent.
    #[error("cannot reach `{host}`: {reason}")]
    Unreachable {
        /// The host.
        host: String,
        /// Why not.
        reason: String,
    },
    /// The service says no.
    #[error("`{host}` refused the message with status {status}{}", colon(said))]
    Refused {
        /// The host.
        host: String,
        /// The status of HTTP.
        status: u16,
        /// The first line of what it says.
        said: String,
    },
    /// The request was sent, and no answer came that says what became of it.
    #[error("it is not known whether `{host}` took the message: {reason}")]
    Unknown {
        /// The host.
        host: String,
        /// What happened.
        reason: String,
    },
    /// Some of several posts were taken.
    #[error("{sent} of {all} messages were sent")]
    Partly {
        /// How many were.
        sent: usize,
        /// How many there are.
        all: usize,
        /// What became of the next.
        source: Box<Self>,
    },
    /// An earlier run did not learn what became of its message.
    #[error("it is not known what became of the last announcement")]
    Unsettled,
    /// The file with what was announced is another file, or damaged.
    #[error("`{}` is not a list of announcements", path.display())]
    NoMemory {
        /// The file.
        path: PathBuf,
    },
    /// The file with what was announced cannot be read or written.
    #[error(transparent)]
    Disk(#[from] crate::disk::Error),
}

impl Error {
    /// Says whether something may have been sent all the same.
    pub fn is_unsettled(&self) -> bool {
        matches!(self, Self::Unknown { .. } | Self::Partly { .. })
    }
}

fn colon(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!(": {said}") }
}
