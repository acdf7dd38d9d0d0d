//! Files as they were when they were written: known again by their stamps, else by their bytes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::num::NonZero;
use std::path::Path;
use std::thread::available_parallelism;
use std::time::{Duration, SystemTime};

use crate::disk::error::Error;
use crate::disk::stamp::Stamp;
use crate::disk::{read, write};
use crate::fingerprint::Fingerprint;

/// The largest record that is read, and the largest file that is compared by its bytes, in bytes.
const LARGEST: u64 = 1 << 30;

/// A file that changed so short a time before its stamp was taken may have changed again with the same stamp.
const UNSETTLED: Duration = Duration::from_millis(50);

/// Files below a folder, each with the fingerprint of the bytes that were written and the stamp they had then.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::disk) struct Record {
    /// What the files were made of, where somebody wrote that down; one line.
    pub(in crate::disk) about: String,
    files: BTreeMap<String, (Fingerprint, Option<Stamp>)>,
}

/// Whether stamps may be taken for what they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::disk) enum Age {
    /// The files may have been written just now, and may be written again by others at any time.
    Fresh,
    /// Nobody but Precedent writes them.
    Own,
}

impl Record {
    /// Reads a record that was [written](Self::write) earlier; an empty one where there is none, or it is damaged.
    pub(in crate::disk) fn read(path: &Path) -> Self {
        let content = read::regular(path, LARGEST).ok();
        content.and_then(|content| Self::parse(std::str::from_utf8(&content).ok()?)).unwrap_or_default()
    }

    fn parse(text: &str) -> Option<Self> {
        let (version, rest) = text.split_once('\n')?;
        let (about, rest) = rest.split_once('\n')?;
        // Its end says that it was written whole.
        let lines = rest.strip_suffix("end\n")?;
        let files = lines.split_terminator('\0').map(line).collect::<Option<_>>()?;
        (version == env!("CARGO_PKG_VERSION")).then(|| Self { about: about.to_owned(), files })
    }

    /// Writes the record.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(in crate::disk) fn write(&self, path: &Path) -> Result<(), Error> {
        let mut text = format!("{}\n{}\n", env!("CARGO_PKG_VERSION"), self.about.replace('\n', " "));
        for (name, (fingerprint, stamp)) in &self.files {
            let written = match stamp {
                Some(Stamp { length, modified, changed, inode }) => {
                    let [modified, changed] = [modified, changed].map(|time| nanoseconds(*time));
                    write!(text, "{fingerprint} {length} {modified} {changed} {inode} {name}\0")
                }
                None => write!(text, "{fingerprint} - - - - {name}\0"),
            };
            written.expect("a text takes every character");
        }
        write::atomically(path, (text + "end\n").as_bytes())
    }

    /// Notes that a file has these bytes now.
    pub(in crate::disk) fn note(&mut self, folder: &Path, name: &str, fingerprint: Fingerprint, age: Age) {
        let stamp = folder.join(name).symlink_metadata().ok().map(|metadata| Stamp::of(&metadata));
        let is_settled =
            |stamp: &Stamp| SystemTime::now().duration_since(stamp.changed).is_ok_and(|passed| passed > UNSETTLED);
        let stamp = stamp.filter(|stamp| age == Age::Own || is_settled(stamp));
        self.files.insert(name.to_owned(), (fingerprint, stamp));
    }

    /// Returns the fingerprint that a file was written with.
    pub(in crate::disk) fn written(&self, name: &str) -> Option<Fingerprint> {
        self.files.get(name).map(|(fingerprint, _)| *fingerprint)
    }

    /// Says whether every file is as it was written. Reads none but those whose stamps were too young to tell.
    pub(in crate::disk) fn is_as_written(&self, folder: &Path) -> bool {
        let files: Vec<_> = self.files.iter().collect();
        let cores = available_parallelism().map_or(1, NonZero::get);
        let is_same =
            |(name, (fingerprint, _)): &(&String, &(Fingerprint, _))| self.now(folder, name) == Some(*fingerprint);
        std::thread::scope(|scope| {
            let shares = files.chunks(files.len().div_ceil(cores).max(1));
            let looks: Vec<_> = shares.map(|share| scope.spawn(move || share.iter().all(is_same))).collect();
            looks.into_iter().all(|look| look.join().expect("a look gives nothing for what it cannot see"))
        })
    }

    /// Returns the names of the files.
    pub(in crate::disk) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Returns the fingerprint of the bytes that a file has now; nothing where it is no regular file. Reads it only where
    /// its stamp is not that of the record.
    pub(in crate::disk) fn now(&self, folder: &Path, name: &str) -> Option<Fingerprint> {
        let path = folder.join(name);
        let metadata = path.symlink_metadata().ok().filter(|metadata| metadata.is_file())?;
        match self.files.get(name) {
            Some((fingerprint, Some(stamp))) if *stamp == Stamp::of(&metadata) => Some(*fingerprint),
            _ => read::regular(&path, LARGEST).ok().map(|content| Fingerprint::of_bytes(&content)),
        }
    }
}

/// Reads `FINGERPRINT LENGTH MODIFIED CHANGED INODE NAME`.
fn line(text: &str) -> Option<(String, (Fingerprint, Option<Stamp>))> {
    let mut parts = text.splitn(6, ' ');
    let mut part = || parts.next();
    let (fingerprint, length, modified, changed, inode, name) = (part()?, part()?, part()?, part()?, part()?, part()?);
    let stamp = match length {
        "-" => None,
        length => Some(Stamp {
            length: length.parse().ok()?,
            modified: moment(modified)?,
            changed: moment(changed)?,
            inode: inode.parse().ok()?,
        }),
    };
    Some((name.to_owned(), (Fingerprint::parse(fingerprint)?, stamp)))
}

/// Returns a time as nanoseconds since 1970, negative before.
fn nanoseconds(time: SystemTime) -> i128 {
    let whole = |passed: Duration| i128::try_from(passed.as_nanos()).unwrap_or(i128::MAX);
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(passed) => whole(passed),
        Err(before) => -whole(before.duration()),
    }
}

fn moment(text: &str) -> Option<SystemTime> {
    let nanoseconds: i128 = text.parse().ok()?;
    let passed = Duration::from_nanos(u64::try_from(nanoseconds.unsigned_abs()).ok()?);
    let epoch = SystemTime::UNIX_EPOCH;
    if nanoseconds < 0 { epoch.checked_sub(passed) } else { epoch.checked_add(passed) }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests write files")]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_stamp_else_by_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let (place, of) = (folder.path(), |text: &str| Fingerprint::of_bytes(text.as_bytes()));
        std::fs::write(place.join("a"), "one").unwrap();
        let mut record = Record { about: "x".to_owned(), ..Record::default() };
        record.note(place, "a", of("one"), Age::Own);
        record.note(place, "gone", of("two"), Age::Fresh);
        record.write(&place.join("record")).unwrap();
        let read = Record::read(&place.join("record"));
        assert_eq!(read, record);
        assert_eq!((read.now(place, "a"), read.now(place, "gone")), (Some(of("one")), None));
        std::fs::write(place.join("a"), "two").unwrap();
        assert_eq!((read.now(place, "a"), read.written("a")), (Some(of("two")), Some(of("one"))));
    }

    #[test]
    fn a_damaged_record_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record");
        let mut record = Record::default();
        record.note(folder.path(), "a b", Fingerprint::of_bytes(b"x"), Age::Own);
        record.write(&path).unwrap();
        let whole = std::fs::read(&path).unwrap();
        for length in 0..whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            assert_eq!(Record::read(&path), Record::default(), "{length} bytes");
        }
    }
}
