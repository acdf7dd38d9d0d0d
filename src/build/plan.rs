//! What must be written and removed so that a folder holds the site.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Build;
use crate::file::Artifact;
use crate::path::SitePath;

/// The files that earlier builds wrote to a folder, with the fingerprints of their bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Fingerprints in hexadecimal, by path.
    pub files: BTreeMap<String, String>,
    /// What the files of the search were made of, and how many there are.
    #[serde(default)]
    pub search: Option<(String, usize)>,
}

/// The files of the search.
#[derive(Debug)]
pub enum Search<'a> {
    /// There is none.
    None,
    /// Those that the folder holds are still right.
    Kept,
    /// These, made of documents with this fingerprint.
    Made(&'a [Artifact], String),
}

/// What the names of the search's files begin with.
pub const SEARCH: &str = "search/";

/// The differences between a folder and a site.
#[derive(Debug, PartialEq, Eq)]
pub struct Plan<'a> {
    /// Files to write, those first that others refer to.
    pub write: Vec<&'a Artifact>,
    /// Files to remove, which an earlier build wrote.
    pub remove: Vec<SitePath>,
    /// What the folder holds afterwards.
    pub manifest: Manifest,
}

/// Compares what a folder holds with a site and its search. A file of the site wins over one of the search.
pub fn plan<'a>(build: &'a Build, search: &Search<'a>, present: &Manifest) -> Plan<'a> {
    let mut manifest = Manifest::default();
    let mut artifacts: BTreeMap<&str, &Artifact> = BTreeMap::new();
    match search {
        Search::None => {}
        Search::Kept => {
            let kept = present.files.iter().filter(|(path, _)| path.starts_with(SEARCH));
            manifest.files = kept.map(|(path, fingerprint)| (path.clone(), fingerprint.clone())).collect();
            manifest.search.clone_from(&present.search);
        }
        Search::Made(files, documents) => {
            artifacts.extend(files.iter().map(|file| (file.path.as_str(), file)));
            manifest.search = Some((documents.clone(), files.len()));
        }
    }
    artifacts.extend(build.artifacts.iter().map(|(path, artifact)| (path.as_str(), artifact)));
    let files = artifacts.values().map(|artifact| (artifact.path.to_string(), artifact.fingerprint.to_string()));
    manifest.files.extend(files);
    let differs =
        |artifact: &&Artifact| present.files.get(artifact.path.as_str()) != manifest.files.get(artifact.path.as_str());
    let mut write: Vec<&Artifact> = artifacts.into_values().filter(differs).collect();
    // Pages refer to assets, and the root of the search to its other files, so they come last: a reader never gets a
    // page whose style sheet is not there yet.
    write.sort_by_key(|artifact| {
        artifact.path.as_str().ends_with(".html") || artifact.path.as_str() == "search/root.js"
    });
    let gone = present.files.keys().filter(|path| !manifest.files.contains_key(*path));
    // A build writes no path that is not in its plain form; one such, `.` for the folder itself, is of somebody else.
    let plain = |path: &String| SitePath::new(path).ok().filter(|plain| !path.is_empty() && plain.as_str() == path);
    let remove = gone.filter_map(plain).collect();
    Plan { write, remove, manifest }
}
