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
}

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

/// Compares what a folder holds with a site.
pub fn plan<'a>(build: &'a Build, present: &Manifest) -> Plan<'a> {
    let files = build.artifacts.values().map(|artifact| (artifact.path.to_string(), artifact.fingerprint.to_string()));
    let manifest = Manifest { files: files.collect() };
    let mut write: Vec<&Artifact> = build
        .artifacts
        .values()
        .filter(|artifact| present.files.get(artifact.path.as_str()) != manifest.files.get(artifact.path.as_str()))
        .collect();
    // Pages refer to assets, so pages come last: a reader never gets a page whose style sheet is not there yet.
    write.sort_by_key(|artifact| artifact.path.as_str().ends_with(".html"));
    let gone = present.files.keys().filter(|path| !manifest.files.contains_key(*path));
    let remove = gone.filter_map(|path| SitePath::new(path).ok()).collect();
    Plan { write, remove, manifest }
}
