//! Where a page finds style sheets, scripts and images.

use serde::Serialize;

use super::site_path;
use crate::path::SitePath;
use crate::render::{Assets, visits};

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct AssetsView {
    pub(super) styles: Vec<String>,
    pub(super) head_scripts: Vec<String>,
    pub(super) scripts: Vec<String>,
    pub(super) navigation: String,
    pub(super) changes: String,
    pub(super) icon: String,
    pub(super) logo: String,
    pub(super) font: String,
    /// From the root of the site.
    pub(super) search: String,
}

/// Returns where the assets are, seen from a page of a template.
pub(super) fn assets(assets: &Assets, here: &SitePath, template: &str) -> AssetsView {
    let Assets { styles, head_scripts, scripts, page_scripts, icon, engine, logo, font } = assets;
    let own = page_scripts.iter().filter(|(of, _)| *of == template).map(|(_, path)| path.clone());
    let scripts: Vec<SitePath> = scripts.iter().cloned().chain(own).collect();
    let from_here = |paths: &[SitePath]| paths.iter().map(|path| path.href_from(here)).collect();
    AssetsView {
        styles: from_here(styles),
        head_scripts: from_here(head_scripts),
        scripts: from_here(&scripts),
        navigation: site_path("navigation.js").href_from(here),
        changes: site_path(visits::NAME).href_from(here),
        logo: logo.as_ref().map_or(String::new(), |logo| logo.href_from(here)),
        icon: icon.as_ref().map_or(String::new(), |icon| icon.href_from(here)),
        font: font.as_ref().map_or(String::new(), |font| font.href_from(here)),
        search: engine.as_ref().map_or(String::new(), SitePath::encoded),
    }
}
