//! All reading paths as a script, for the browser of whoever follows one.

use serde::Serialize;

use super::view::{READING_PATHS_DATA as DATA, ReadingPath, Settings};
use crate::data::to_json;
use crate::file::Artifact;
use crate::path::SitePath;
use crate::site::Site;

/// Returns all paths as a script, which a page loads while its reader follows one.
pub(super) fn data(site: &Site, settings: &Settings) -> Option<Artifact> {
    #[derive(Serialize)]
    struct Step {
        #[serde(skip_serializing_if = "Option::is_none")]
        n: Option<String>,
        t: String,
        u: String,
    }
    #[derive(Serialize)]
    struct Path<'a> {
        t: &'a str,
        u: String,
        p: Vec<Step>,
    }
    let step = |at: &usize| {
        let entry = &site.entries[*at];
        Step { n: entry.label(), t: entry.labelled_title().to_owned(), u: entry.url.encoded() }
    };
    let path = |path: &'_ ReadingPath| path.pages.iter().map(step).collect();
    let paths: Vec<Path<'_>> =
        settings.reading_paths.iter().map(|one| Path { t: &one.title, u: one.url.encoded(), p: path(one) }).collect();
    let text = format!("window.precedentReadingPaths = {};\n", to_json(&paths));
    (!paths.is_empty()).then(|| Artifact::new(SitePath::new(DATA).expect("a plain name"), text.into_bytes()))
}
