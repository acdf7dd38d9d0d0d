//! The files for the host that the settings name: what steers it, and what it would compress.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::SEARCH;
use super::project::Project;
use crate::file::Artifact;
use crate::fingerprint::Fingerprint;
use crate::host::{self, About, Host, Redirect, Redirects, Target};
use crate::path::SitePath;
use crate::render::{FRAMES, policy_of_answers};
use crate::search::FOLDERS;
use crate::site::Site;

/// Returns the addresses that lead elsewhere as the host answers them. `published` are those that have a page, and `files` all
/// files of the site.
pub(super) fn rules(
    host: Host,
    project: &Project<'_>,
    site: &Site,
    published: &BTreeSet<SitePath>,
    files: &BTreeMap<SitePath, Artifact>,
) -> Redirects {
    let settings = &project.config.site;
    let of_pages = site.redirects.iter().map(|(from, to)| (from, Target::Site(to.clone(), String::new())));
    let of_settings = settings.redirects.iter().map(|(from, to)| {
        let of_site = target_of_site(to).map(|(path, suffix)| Target::Site(path, suffix.to_owned()));
        (from, of_site.unwrap_or_else(|| Target::Web(to.clone())))
    });
    let above = |path: &'_ SitePath| -> Vec<String> {
        path.as_str().match_indices('/').map(|(slash, _)| path.as_str()[..slash].to_owned()).collect()
    };
    let taken: BTreeSet<String> =
        files.keys().flat_map(|path| above(path).into_iter().chain([path.as_str().to_owned()])).collect();
    // The root leads to the first page, which may be another one tomorrow, so no browser shall remember that.
    let leads = |from: &SitePath| published.contains(from) && from.as_str() != "index.html";
    let all: BTreeMap<&SitePath, Target> = of_settings.chain(of_pages).filter(|(from, _)| leads(from)).collect();
    let redirect = |(from, to): (&SitePath, Target)| {
        let bare = from.as_str().strip_suffix(".html").is_some_and(|name| !taken.contains(name));
        Redirect { from: from.clone(), to, bare }
    };
    Redirects::new(host, (settings.url.as_deref(), &site.addresses), &all.into_iter().map(redirect).collect::<Vec<_>>())
}

/// Returns the file of the site that an address of the settings means, with the query or the fragment after it; nothing where
/// it does not begin with `/`.
pub(super) fn target_of_site(to: &str) -> Option<(SitePath, &str)> {
    let to = to.strip_prefix('/')?;
    let (path, suffix) = to.split_at(to.find(['?', '#']).unwrap_or(to.len()));
    Some((SitePath::new(path).ok()?, suffix))
}

/// Returns the files that are named by their content, of the theme's and of those that are made of pages.
pub(super) fn named_by_content<'a>(
    assets: &'a [Artifact],
    made: impl Iterator<Item = &'a Artifact>,
) -> BTreeSet<SitePath> {
    let hash = |name: &str| {
        let (stem, _) = name.rsplit_once('.')?;
        let (_, hash) = stem.rsplit_once('-')?;
        (hash.len() == 10 && hash.bytes().all(|letter| letter.is_ascii_hexdigit())).then_some(())
    };
    let assets = assets.iter().filter(|artifact| hash(artifact.path.name()).is_some());
    // A page of the book may lie in such a folder, and then its Markdown does.
    let is_drawn = |artifact: &&Artifact| {
        let in_folder = |folder: &str, kind: &str| {
            artifact.path.as_str().starts_with(folder) && artifact.path.as_str().ends_with(kind)
        };
        in_folder(DRAWINGS, ".svg") || in_folder(IMAGES, ".png")
    };
    assets.chain(made.filter(is_drawn)).map(|artifact| artifact.path.clone()).collect()
}

const ASSETS: &str = "assets/";
const DRAWINGS: &str = "assets/diagrams/";
const IMAGES: &str = "assets/share/";

/// Returns the files that the host reads. `files` are those of the site so far.
pub(super) fn files(
    host: Host,
    project: &Project<'_>,
    redirects: &Redirects,
    named_by_content: &BTreeSet<SitePath>,
    files: &BTreeMap<SitePath, Artifact>,
) -> Vec<Artifact> {
    let is_immutable = |folder: &&str| {
        let mut below = files.keys().filter(|path| path.as_str().starts_with(*folder)).peekable();
        below.peek().is_some() && below.all(|path| named_by_content.contains(path))
    };
    let whole = [ASSETS, DRAWINGS].into_iter().find(is_immutable);
    let search = project.config.search.enabled.then(|| FOLDERS.map(|folder| format!("{SEARCH}{folder}")));
    let immutable_folders: Vec<String> = whole
        .iter()
        .map(|folder| folder.trim_end_matches('/').to_owned())
        .chain(search.into_iter().flatten())
        .collect();
    let is_covered = |path: &&SitePath| whole.is_some_and(|folder| path.as_str().starts_with(folder));
    let immutable_files: Vec<SitePath> = named_by_content.iter().filter(|path| !is_covered(path)).cloned().collect();
    let policy = policy_of_answers(&project.site_view.policy);
    host::files(
        host,
        &About {
            url: project.config.site.url.as_deref(),
            policy: &policy,
            short_policy: FRAMES,
            immutable_folders: &immutable_folders,
            immutable_files: &immutable_files,
            redirects,
        },
    )
}

/// Returns the files of the site that the host would have to compress, compressed; those of before where they hold the same.
pub(super) fn precompressed(
    host: Host,
    files: &BTreeMap<SitePath, Artifact>,
    memo: &mut BTreeMap<SitePath, (Fingerprint, Option<Artifact>)>,
) -> Vec<Artifact> {
    if !host.serves_precompressed() {
        memo.clear();
        return Vec::new();
    }
    let known = std::mem::take(memo);
    let compress = |tool: &mut _, (path, artifact): (&SitePath, &Artifact)| {
        let earlier = known.get(path).filter(|(fingerprint, _)| *fingerprint == artifact.fingerprint);
        let packed = earlier.cloned().unwrap_or_else(|| (artifact.fingerprint, host::precompress(tool, artifact)));
        (path.clone(), packed)
    };
    *memo = files.par_iter().map_init(host::precompressor, compress).collect();
    memo.values().filter_map(|(_, packed)| packed.clone()).collect()
}
