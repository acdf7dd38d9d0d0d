//! The compressed pieces of a site's search, kept for its next export.

use std::path::Path;

use super::folder::prepare;
use super::memo::program;
use crate::codec::unseal;
use crate::disk::error::Error;
use crate::disk::read;
use crate::disk::write::Pieces;
use crate::fingerprint::Fingerprint;
use crate::search::Streams;

/// The name of the file in the cache folder.
const FILE: &str = "streams";

/// The largest file that is read, in bytes.
const LARGEST: u64 = 4 << 30;

/// Returns the streams that the last export kept; none where there are none, a byte is another, or
/// another program kept them, which may compress otherwise.
pub(in crate::disk) fn streams(folder: &Path) -> Streams {
    let read = || {
        let content = unseal(read::regular(&folder.join(FILE), LARGEST).ok()?.into())?;
        let is_ours = content.get(..Fingerprint::LENGTH)? == program()?.as_bytes();
        Streams::of_bytes(&content.part(Fingerprint::LENGTH..content.len())?).filter(|_| is_ours)
    };
    read().unwrap_or_default()
}

/// Keeps streams where that pays. What cannot be kept is made again.
pub(in crate::disk) fn keep_streams(folder: &Path, streams: &Streams) {
    if let Some(program) = program().filter(|_| streams.is_worth_keeping() && prepare(folder).is_ok()) {
        let _ = write(folder, program, streams);
    }
}

fn write(folder: &Path, program: Fingerprint, streams: &Streams) -> Result<(), Error> {
    let mut pieces = Pieces::sealed(folder)?;
    pieces.add(program.as_bytes())?;
    streams.write(|piece| pieces.add(piece))?;
    pieces.seal(&folder.join(FILE))
}
