//! The manifest in a site's folder: which names builds gave, so that a later one knows them without the user's cache.
//!
//! It may have come with a repository. So it is read as a claim: a name that it lists may be overwritten by a file of that
//! name, and no more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{MAIN_SEPARATOR, Path};

use crate::build::Manifest;
use crate::data;
use crate::disk::error::Error;
use crate::disk::walk::MANIFEST;
use crate::disk::{read, write};
use crate::fingerprint::Fingerprint;
use crate::path::SitePath;

/// The file that one build at a time holds.
pub(super) const LOCK: &str = ".precedent-lock";

/// The file that is being written; it takes its place when it is whole.
pub(super) const PARTIAL: &str = ".precedent-partial";

/// The largest manifest that is read, in bytes: some million files.
const LARGEST: u64 = 256 << 20;

/// Says whether a name in a site's folder is one of the program's own records.
pub(super) fn is_record(name: &str) -> bool {
    [MANIFEST, LOCK, PARTIAL].iter().any(|record| name.eq_ignore_ascii_case(record))
}

/// A name inside the site's folder that is none of its own records, on this system: where `\` stands between names and `:`
/// after a drive, such a name could lead elsewhere.
pub(super) fn is_plain(name: &str) -> bool {
    let leads_elsewhere = MAIN_SEPARATOR != '/' && name.contains(['\\', ':']);
    !leads_elsewhere
        && SitePath::new(name).is_ok_and(|path| path.as_str() == name && !name.is_empty() && !is_record(name))
}

/// What a manifest claims: the names that builds gave, and the fingerprints that the files may have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Claims(BTreeMap<String, BTreeSet<String>>);

impl Claims {
    /// Returns what a finished build claims.
    pub(super) fn of(manifest: &Manifest) -> Self {
        let one = |(name, fingerprint): (&String, &String)| (name.clone(), BTreeSet::from([fingerprint.clone()]));
        Self(manifest.files.iter().map(one).collect())
    }

    /// Returns what both claim: what a folder may hold while a build turns one into the other.
    pub(super) fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        for (name, fingerprints) in &other.0 {
            both.0.entry(name.clone()).or_default().extend(fingerprints.iter().cloned());
        }
        both
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Says whether a build may have given a file these bytes.
    pub(super) fn admits(&self, name: &str, fingerprint: Fingerprint) -> bool {
        self.0.get(name).is_some_and(|fingerprints| fingerprints.contains(&fingerprint.to_string()))
    }

    /// Reads the manifest of a folder; a missing or damaged one claims nothing.
    pub(super) fn read(folder: &Path) -> Self {
        #[derive(serde::Deserialize)]
        struct File {
            files: BTreeMap<String, String>,
        }
        let content = read::regular(&folder.join(MANIFEST), LARGEST).ok();
        let file: Option<File> = content.and_then(|content| data::from_json(&content));
        let files = file.map(|file| file.files).unwrap_or_default();
        let several = |text: String| text.split(' ').map(str::to_owned).collect();
        Self(files.into_iter().filter(|(name, _)| is_plain(name)).map(|(name, text)| (name, several(text))).collect())
    }

    /// Writes the manifest. Where a file may have several fingerprints, blanks stand between them.
    pub(super) fn write(&self, folder: &Path) -> Result<(), Error> {
        let texts: BTreeMap<&str, String> = self
            .0
            .iter()
            .map(|(name, all)| (name.as_str(), all.iter().cloned().collect::<Vec<_>>().join(" ")))
            .collect();
        let file = BTreeMap::from([("files", texts)]);
        write::atomically(&folder.join(MANIFEST), data::to_json(&file).as_bytes())
    }
}
