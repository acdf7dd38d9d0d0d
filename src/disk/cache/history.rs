//! What git told of the past of a book, kept for the next run: a commit's past never changes.

use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::folder::prepare;
use super::memo::program;
use crate::codec::{decode, encode, seal, unseal};
use crate::disk::{read, write};
use crate::fingerprint::Fingerprint;

/// The name of the file in the cache folder.
const FILE: &str = "history";

/// The largest file that is read, in bytes.
const LARGEST: u64 = 1 << 30;

/// Returns what was kept under a key, which stands for all that it depends on; nothing where that is something else, a byte is
/// another, or another program kept it, which may ask git otherwise.
pub(in crate::disk) fn recall<Told: DeserializeOwned>(folder: &Path, key: Fingerprint) -> Option<Told> {
    let content = unseal(read::regular(&folder.join(FILE), LARGEST).ok()?.into())?;
    let name = name(key)?;
    let is_asked_for = content.get(..name.len())? == name;
    decode(content.get(name.len()..)?).filter(|_| is_asked_for)
}

/// Keeps it in the place of what was kept before. What cannot be kept is asked for again.
pub(in crate::disk) fn keep(folder: &Path, key: Fingerprint, told: &impl Serialize) {
    if let Some(name) = name(key).filter(|_| prepare(folder).is_ok()) {
        let _ = write::atomically(&folder.join(FILE), &seal(&[name, encode(told)].concat()));
    }
}

fn name(key: Fingerprint) -> Option<Vec<u8>> {
    Some(Fingerprint::of(&(program()?, key)).as_bytes().to_vec())
}
