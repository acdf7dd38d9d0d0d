//! What all pages of a site are rendered with.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::view::{ReadingPath, SiteView};
use super::weeks::Weeks;
use super::{Assets, Glossary};
use crate::date::Date;
use crate::path::{Addresses, BookPath, SitePath};
use crate::theme::Words;
use crate::tracker::Trackers;

/// What views are made with, beside the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Settings {
    /// What the whole site has in common.
    pub site: Arc<SiteView>,
    /// Where the assets are.
    pub assets: Assets,
    /// The address of the site's root, ending in `/`.
    pub url: Option<String>,
    /// What links say of the files of the site.
    pub addresses: Addresses,
    /// The address for editing a page, with `{path}`.
    pub edit_url: Option<String>,
    /// The day on which something is overdue or not; nothing is without it.
    pub today: Option<Date>,
    /// The words of the interface.
    pub words: Arc<Words>,
    /// The width and height of images in pixels, where their files say them.
    pub sizes: BTreeMap<BookPath, (u32, u32)>,
    /// The terms that are explained somewhere.
    pub glossary: Arc<Glossary>,
    /// Whether any page has a tag.
    pub has_tags: bool,
    /// The pages that show all decisions, by name: what [`decision_pages`](super::decision_pages) returns.
    pub decision_pages: Vec<(&'static str, SitePath)>,
    /// What changed in the last weeks.
    pub weeks: Arc<Weeks>,
    /// Pages in the order in which somebody should read them.
    pub reading_paths: Arc<[ReadingPath]>,
    /// Whose issues become links in the fields of records.
    pub trackers: Trackers,
}
