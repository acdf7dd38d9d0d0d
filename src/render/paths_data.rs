//! All reading paths as a script, for the browser of whoever follows one.

use serde::Serialize;

use super::view::{READING_PATHS_DATA as DATA, Settings};
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
        #[serde(skip_serializing_if = "Option::is_none")]
        a: Option<String>,
    }
    #[derive(Serialize)]
    struct Path<'a> {
        t: &'a str,
        u: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        a: Option<String>,
        p: Vec<Step>,
    }
    // The file by which a script knows a page, and the address that leads there, where that is another.
    let names = |file: &SitePath| {
        let (name, address) = (file.encoded(), settings.addresses.from_root(file));
        (name.clone(), (address != name).then_some(address))
    };
    let step = |at: &usize| {
        let entry = &site.entries[*at];
        let (u, a) = names(&entry.url);
        Step { n: entry.label(), t: entry.labelled_title().to_owned(), u, a }
    };
    let with_names = settings.reading_paths.iter().map(|path| (path, names(&path.url)));
    let paths =
        with_names.map(|(path, (u, a))| Path { t: &path.title, u, a, p: path.pages.iter().map(step).collect() });
    let paths: Vec<Path<'_>> = paths.collect();
    let text = format!("window.precedentReadingPaths = {};\n", to_json(&paths));
    (!paths.is_empty()).then(|| Artifact::new(SitePath::new(DATA).expect("a plain name"), text.into_bytes()))
}
