//! The files beside the pages: which of them go out as they came in, and why others stay behind.

use super::names;
use super::project::Project;
use crate::active_content;
use crate::config::RawHtml;
use crate::diagnostic::{Code, Diagnostic};
use crate::file::{Artifact, Source};
use crate::host;
use crate::path::{BookPath, SitePath};
use crate::site::Site;

/// Returns the files that are published, each with its source, and findings about those that are not.
pub(super) fn publish<'p>(project: &Project<'p>, site: &Site) -> (Vec<(Artifact, &'p BookPath)>, Vec<Diagnostic>) {
    let sources = &project.inputs.sources;
    let of_site = site
        .files
        .iter()
        .map(|(path, url)| (sources.get(path).expect("the build asked for every file it publishes"), url.clone()));
    let is_word = |(_, url): &(&Source, SitePath)| names::is_own_word(url);
    // Nothing links to words for robots, and they are published all the same.
    let words = project.own_words.iter().map(|source| (*source, urls_of_word(source)));
    let (mut artifacts, mut diagnostics) = (Vec::new(), Vec::new());
    for (source, url) in words.chain(of_site.filter(|file| !is_word(file))) {
        match refuse(project, source, &url) {
            Some(finding) => diagnostics.push(finding),
            None => artifacts.push((Artifact::copy(url, source), &source.path)),
        }
    }
    (artifacts, diagnostics)
}

fn urls_of_word(source: &Source) -> SitePath {
    SitePath::new(source.path.name()).expect("a plain name")
}

/// Says why a file stays behind: it steers the host, and the settings do not name it; or a browser could run it, and the
/// book does not trust its authors.
fn refuse(project: &Project<'_>, source: &Source, url: &SitePath) -> Option<Diagnostic> {
    if let Some(host) = host::steered_by(url) {
        let named = project.config.site.host_files.iter().any(|allowed| host::covers(allowed, url));
        let message = format!("a file that steers {host} is a setting of the site, and it is not published");
        let help = format!("`[site] host-files = [\"{url}\"]` in `book.toml` publishes it");
        return (!named).then(|| Diagnostic::new(Code::HostFile, &source.path, message).help(help));
    }
    if project.config.markdown.html == RawHtml::Trusted {
        return None;
    }
    active(source, url.name())
}

/// Returns what is wrong with a file of which a browser could run something under its published name.
pub(super) fn active(source: &Source, name: &str) -> Option<Diagnostic> {
    let reason = active_content::check(name, &source.content).err()?;
    let message = format!("a browser could run this file, so it is not published: {reason}");
    let help = "`[markdown] html = \"trusted\"` publishes it, for a book whose every author may run script on its site";
    Some(Diagnostic::new(Code::UnsafeFile, &source.path, message).help(help))
}
