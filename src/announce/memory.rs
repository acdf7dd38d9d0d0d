//! What was announced, to whom, and up to which commit, in a file of its own.
//!
//! It is no cache: without it, a team is told the same again, or not at all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::Error;
use crate::changes::Selection;
use crate::data::{from_json, to_pretty_json};
use crate::disk::{Exclusive, look};
use crate::fingerprint::Fingerprint;
use crate::path::BookPath;
use crate::time::Moment;

/// The form of the file.
const VERSION: u32 = 1;

/// An announcement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// The full hash of the commit from which on it tells; nothing where it tells of the beginning.
    pub since: Option<String>,
    /// The full hash of the commit up to which it tells.
    pub commit: String,
    /// When that was committed.
    pub at: Moment,
    /// What became of it.
    pub status: Status,
}

/// What became of an announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It was taken.
    Sent,
    /// Nobody knows.
    Unknown,
}

/// To whom something is announced: a service, an address, and which changes are asked for there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target(String);

impl Target {
    /// Returns the target of a book, by its folder in its repository. The address may be a secret, and goes in as a fingerprint.
    pub fn new(service: &str, address: &Fingerprint, selection: &Selection, book: &BookPath) -> Self {
        let Selection { scopes, tags, kinds, people } = selection;
        let kinds: Vec<String> = kinds.iter().map(|kind| format!("{kind:?}")).collect();
        let parts = to_pretty_json(&(address.to_string(), scopes, tags, kinds, people, book.as_str()));
        Self(format!("{service}-{}", Fingerprint::of_bytes(parts.as_bytes())))
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Known {
    version: u32,
    announcements: BTreeMap<String, Announced>,
}

/// The file with what was announced. While it is open, no other run opens it.
#[derive(Debug)]
pub struct Memory {
    file: Exclusive,
    known: Known,
}

impl Memory {
    /// Opens the file, and waits for another run that has it open. It need not be there.
    ///
    /// # Errors
    /// When it cannot be read, or is another file.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = Exclusive::open(path)?;
        let known = read(path)?;
        Ok(Self { file, known })
    }

    /// Returns what was last announced to a target.
    pub fn find(&self, target: &Target) -> Option<&Announced> {
        self.known.announcements.get(&target.0)
    }

    /// Keeps what was announced to a target, in place of what was; nothing forgets it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&mut self, target: &Target, announced: Option<Announced>) -> Result<(), Error> {
        self.known.version = VERSION;
        match announced {
            Some(announced) => drop(self.known.announcements.insert(target.0.clone(), announced)),
            None => drop(self.known.announcements.remove(&target.0)),
        }
        Ok(self.file.write((to_pretty_json(&self.known) + "\n").as_bytes())?)
    }
}

/// Returns what was announced last, to a target or to anybody; nothing where there was no announcement. Nothing is written or
/// waited for.
///
/// # Errors
/// When the file cannot be read, or is another file.
pub fn last(path: &Path, target: Option<&Target>) -> Result<Option<Announced>, Error> {
    let mut known = read(path)?;
    match target {
        Some(target) => Ok(known.announcements.remove(&target.0)),
        None => Ok(known.announcements.into_values().max_by_key(|announced| announced.at)),
    }
}

fn read(path: &Path) -> Result<Known, Error> {
    let Some(bytes) = look(path)? else { return Ok(Known::default()) };
    let known: Option<Known> = from_json(&bytes);
    let known = known.filter(|known| known.version == VERSION && known.announcements.values().all(is_sound));
    known.ok_or_else(|| Error::NoMemory { path: PathBuf::from(path) })
}

/// A hash goes to git as a revision, which a file from elsewhere could make another of.
fn is_sound(announced: &Announced) -> bool {
    let Announced { since, commit, .. } = announced;
    let is_hash = |text: &String| matches!(text.len(), 40 | 64) && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hash(commit) && since.as_ref().is_none_or(is_hash)
}
