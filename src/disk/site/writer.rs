//! Writes and removes single files of a site, through no symbolic link.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::manifest::{LOCK, PARTIAL};
use super::place::Links;
use crate::disk::error::Error;
use crate::disk::walk::MANIFEST;
use crate::disk::write;
use crate::file::Artifact;
use crate::path::SitePath;

/// Writes to a folder that is locked.
///
/// Every file is written under one name first, so a build that is killed leaves one such file at most, and the next build
/// takes it away.
pub(super) struct Writer<'f> {
    folder: &'f Path,
    partial: PathBuf,
}

impl<'f> Writer<'f> {
    /// Begins, and takes away what a killed build left.
    pub(super) fn new(folder: &'f Path) -> Result<Self, Error> {
        let writer = Self { folder, partial: folder.join(PARTIAL) };
        remove_file(&writer.partial)?;
        Ok(writer)
    }

    /// Writes a file whole: no reader gets half of it.
    pub(super) fn write(&mut self, artifact: &Artifact) -> Result<(), Error> {
        let place = self.folder.join(artifact.path.as_str());
        make_folders(self.folder, &place)?;
        let written = self.write_partial(&artifact.bytes());
        written.and_then(|()| fs::rename(&self.partial, &place)).map_err(|source| {
            // The error counts; the file is taken away by the next build in any case.
            let _ = fs::remove_file(&self.partial);
            Error::Write { path: place, source }
        })
    }

    fn write_partial(&self, content: &[u8]) -> io::Result<()> {
        // A new file: whatever somebody put there is not opened, nor what it leads to.
        let mut file = File::create_new(&self.partial)?;
        file.write_all(content)?;
        write::set_readable(&file)
    }

    /// Removes a file and the folders that are then empty. What lies behind a symbolic link is not ours, and stays.
    pub(super) fn remove(&mut self, path: &SitePath) -> Result<(), Error> {
        if Links::new(self.folder).leads_through(path.as_str()) {
            return Ok(());
        }
        let place = self.folder.join(path.as_str());
        remove_file(&place)?;
        let above = place.ancestors().skip(1).take_while(|above| *above != self.folder);
        for empty in above {
            if fs::remove_dir(empty).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Removes the program's own records.
    pub(super) fn remove_own(&mut self) -> Result<(), Error> {
        [MANIFEST, LOCK, PARTIAL].iter().try_for_each(|name| remove_file(&self.folder.join(name)))
    }
}

fn remove_file(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(Error::Remove { path: path.to_owned(), source }),
        _ => Ok(()),
    }
}

/// Makes the folders above a file, through no symbolic link.
fn make_folders(folder: &Path, file: &Path) -> Result<(), Error> {
    let Some(parent) = file.parent() else { return Ok(()) };
    let below = parent.strip_prefix(folder).unwrap_or(Path::new(""));
    let mut at = folder.to_owned();
    for name in below {
        at.push(name);
        match fs::symlink_metadata(&at) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(metadata) if metadata.is_symlink() => return Err(Error::Link { path: at }),
            Ok(_) => return Err(Error::Foreign { path: at, folder: folder.to_owned() }),
            Err(_) => fs::create_dir(&at).map_err(|source| Error::Write { path: at.clone(), source })?,
        }
    }
    Ok(())
}
