//! The memo of a book, kept between runs: files that are written once, and a root that names those which belong together.
//!
//! A part is called by the fingerprint of its bytes, and the root is the last to be written and takes its place by renaming:
//! whoever reads while another process writes gets the old parts, the new ones, or none. Every byte is checked. What is not
//! as it was written, or was written by another program, is taken for nothing: the build then works it out again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::folder::{hold, prepare};
use crate::build::{Memo, PARTS, Parts, SMALL};
use crate::codec::{Bytes, decode, encode, seal, unseal};
use crate::disk::error::Error;
use crate::disk::stamp::Stamp;
use crate::disk::write::Pieces;
use crate::disk::{read, write};
use crate::fingerprint::Fingerprint;
use crate::path::BookPath;

/// The folder of the parts, and the name of their root there.
const FOLDER: &str = "memo";
const ROOT: &str = "root";

/// The largest part, in bytes: what is more is not kept.
const LARGEST: u64 = 4 << 30;

/// Files by the stamps under which these fingerprints were taken of their bytes.
pub(in crate::disk) type Stamps = BTreeMap<BookPath, (Stamp, Fingerprint)>;

/// What one run leaves to the next.
#[derive(Debug, Default)]
pub(in crate::disk) struct Kept {
    pub(in crate::disk) stamps: Stamps,
    /// The parts of the memo that is kept with them; nothing where there is none.
    parts: Option<Names>,
}

/// The fingerprints by which parts are called.
type Names = [Fingerprint; PARTS.len()];

#[derive(Serialize, Deserialize)]
struct Root {
    program: Fingerprint,
    parts: Names,
    stamps: Stamps,
}

/// Reads what an earlier run kept.
pub(in crate::disk) fn recall(folder: &Path) -> (Memo, Kept) {
    let folder = folder.join(FOLDER);
    let recalled = root(&folder).and_then(|root| {
        let memo = Memo::of_parts(&parts(&folder, &root)?)?;
        Some((memo, Kept { stamps: root.stamps, parts: Some(root.parts) }))
    });
    recalled.unwrap_or_default()
}

fn root(folder: &Path) -> Option<Root> {
    let sealed: Bytes = read::regular(&folder.join(ROOT), LARGEST).ok()?.into();
    let root: Root = decode(&unseal(sealed)?)?;
    (root.program == program()?).then_some(root)
}

fn parts(folder: &Path, root: &Root) -> Option<Parts> {
    let part = |at: usize| {
        let bytes = read::regular(&path(folder, at, root.parts[at]), LARGEST).ok()?;
        (Fingerprint::of_bytes(&bytes) == root.parts[at]).then(|| Bytes::from(bytes))
    };
    Some([part(0)?, part(1)?, part(2)?, part(3)?, part(4)?, part(5)?])
}

fn path(folder: &Path, part: usize, fingerprint: Fingerprint) -> PathBuf {
    folder.join(format!("{}-{}", PARTS[part], fingerprint.letters(12)))
}

/// Keeps a memo for the next run, where it is another than the one that is kept, or files have other stamps.
///
/// # Errors
/// When the folder cannot be written.
pub(in crate::disk) fn remember(folder: &Path, memo: &Memo, stamps: Stamps, kept: &Kept) -> Result<Kept, Error> {
    let is_right = kept.parts.is_some() && !memo.is_worth_keeping();
    let small = Fingerprint::of_bytes(memo.small_part());
    let is_as_kept = is_right && stamps == kept.stamps && kept.parts.is_some_and(|parts| parts[SMALL] == small);
    let Some(program) = program().filter(|_| !is_as_kept) else {
        return Ok(Kept { stamps, parts: kept.parts });
    };
    prepare(folder)?;
    let _held = hold(folder)?;
    let folder = folder.join(FOLDER);
    fs::create_dir_all(&folder).map_err(|source| Error::Write { path: folder.clone(), source })?;
    let parts = match root(&folder).filter(|_| is_right) {
        Some(before) => write_small(&folder, memo, before.parts)?,
        None => write_parts(&folder, memo, kept)?,
    };
    let root = Root { program, parts, stamps };
    write::atomically(&folder.join(ROOT), &seal(&encode(&root)))?;
    remove_others(&folder, &root.parts);
    Ok(Kept { stamps: root.stamps, parts: Some(root.parts) })
}

/// Writes the small part beside those that stay, where it is another than theirs.
fn write_small(folder: &Path, memo: &Memo, mut parts: Names) -> Result<Names, Error> {
    let small = Fingerprint::of_bytes(memo.small_part());
    if parts[SMALL] != small {
        parts[SMALL] = small;
        write::atomically(&path(folder, SMALL, small), memo.small_part())?;
    }
    Ok(parts)
}

/// Writes the parts but for those that are there. Of what could not be read none is taken to be there: it may be damaged.
fn write_parts(folder: &Path, memo: &Memo, kept: &Kept) -> Result<Names, Error> {
    let mut parts = PARTS.map(|_| Pieces::new(folder)).into_iter().collect::<Result<Vec<Pieces>, Error>>()?;
    memo.write(|at, piece| parts[at].add(piece))?;
    let mut fingerprints = Vec::new();
    for (at, part) in parts.into_iter().enumerate() {
        let fingerprint = part.fingerprint();
        let path = path(folder, at, fingerprint);
        if !(kept.parts.is_some() && path.is_file()) {
            part.finish(&path)?;
        }
        fingerprints.push(fingerprint);
    }
    Ok(fingerprints.try_into().expect("each part has a name"))
}

/// Removes parts that belong to no root any more.
fn remove_others(folder: &Path, parts: &[Fingerprint; PARTS.len()]) {
    let ours: Vec<PathBuf> = parts.iter().enumerate().map(|(at, part)| path(folder, at, *part)).collect();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name() != ROOT && !ours.contains(&entry.path()) {
            // What cannot be removed takes space, and harms nothing.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Names the program that runs: another one may work out something else of the same bytes. Its place on the disk does not
/// count, so that a cache serves in the next container too.
pub(in crate::disk) fn program() -> Option<Fingerprint> {
    let metadata = std::env::current_exe().ok()?.metadata().ok()?;
    Some(Fingerprint::of(&(env!("CARGO_PKG_VERSION"), metadata.len(), metadata.modified().ok()?)))
}
