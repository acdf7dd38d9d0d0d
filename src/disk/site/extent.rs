//! How much lies in the folder of a site, as its host counts it.

use std::fs;
use std::path::Path;

use super::manifest::LOCK;
use crate::disk::error::Error;
use crate::disk::walk::MANIFEST;

/// How much lies in a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extent {
    /// How many files.
    pub files: u64,
    /// How many folders, without the one that was asked for.
    pub folders: u64,
    /// How many bytes the files have.
    pub bytes: u64,
    /// The largest file, by its path from the folder, and its bytes.
    pub largest: Option<(String, u64)>,
}

/// Looks at every file below a folder but for Precedent's own records. Links are counted as files and not followed.
///
/// # Errors
/// When a folder cannot be read.
pub fn measure(folder: &Path) -> Result<Extent, Error> {
    let mut extent = Extent::default();
    let mut open = vec![folder.to_owned()];
    while let Some(place) = open.pop() {
        let error = |source| Error::Read { path: place.clone(), source };
        for entry in fs::read_dir(&place).map_err(error)? {
            let entry = entry.map_err(error)?;
            let metadata = entry.metadata().map_err(error)?;
            if metadata.is_dir() {
                extent.folders += 1;
                open.push(entry.path());
                continue;
            }
            let path = entry.path();
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
            if [MANIFEST, LOCK].contains(&name.as_str()) {
                continue;
            }
            extent.files += 1;
            extent.bytes += metadata.len();
            if extent.largest.as_ref().is_none_or(|(_, most)| *most < metadata.len()) {
                extent.largest = Some((name, metadata.len()));
            }
        }
    }
    Ok(extent)
}
