//! What a page loads beside its text: the files of the theme, and the scripts of the whole site.

use serde::Serialize;

use super::{Settings, reading_paths, site_path};
use crate::path::SitePath;
use crate::render::{Assets, visits};

/// Addresses for the head of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct AssetsView {
    pub(super) styles: Vec<String>,
    pub(super) head_scripts: Vec<String>,
    pub(super) scripts: Vec<String>,
    pub(super) navigation: String,
    pub(super) changes: String,
    pub(super) reading_paths: String,
    pub(super) icon: String,
    pub(super) logo: String,
    pub(super) font: String,
    /// From the root of the site.
    pub(super) search: String,
}

/// Returns the files of the theme that a page with this template needs, seen from the page.
pub(super) fn assets(settings: &Settings, here: &SitePath, template: &str) -> AssetsView {
    let Assets { styles, head_scripts, scripts, page_scripts, icon, engine, logo, font } = &settings.assets;
    let own = page_scripts.iter().filter(|(of, _)| *of == template).map(|(_, path)| path.clone());
    let scripts: Vec<SitePath> = scripts.iter().cloned().chain(own).collect();
    let href = |path: &SitePath| settings.addresses.href(here, path);
    let all = |paths: &[SitePath]| paths.iter().map(href).collect();
    let one = |path: &Option<SitePath>| path.as_ref().map_or(String::new(), href);
    AssetsView {
        styles: all(styles),
        head_scripts: all(head_scripts),
        scripts: all(&scripts),
        navigation: href(&site_path("navigation.js")),
        changes: href(&site_path(visits::NAME)),
        reading_paths: reading_paths::data_from(settings, here),
        logo: one(logo),
        icon: one(icon),
        font: one(font),
        search: engine.as_ref().map_or(String::new(), SitePath::encoded),
    }
}
