//! The last stage: every file of the site, rendered in parallel, by memo.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::memo::{Loaded, Memo, Rendered};
use super::names::{Claim, Names};
use super::project::Project;
use super::{beside, feeds, hosting, reading_paths};
use crate::active_content;
use crate::changes::{WeekOfChanges, address};
use crate::codec::Packed;
use crate::diagnostic::{Code, Diagnostic};
use crate::file::Artifact;
use crate::fingerprint::Fingerprint;
use crate::path::{BookPath, SitePath};
use crate::render::{self, Card, Fault, Settings, Templates, View, Weeks};
use crate::site::{Entry, Site};
use crate::theme::Theme;

/// The files of the site.
pub(super) struct Output {
    pub(super) artifacts: BTreeMap<SitePath, Artifact>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How many pages were not in the memo.
    pub(super) fresh: usize,
}

pub(super) fn render(project: &Project<'_>, site: &Site, weeks: &[WeekOfChanges], memo: &mut Memo) -> Output {
    let zone = project.config.book.time_zone.clone();
    let feeds = feeds::feeds(project, site, weeks);
    let feed_files = feeds::files(project, site, weeks, &feeds);
    let named = feeds.into_iter().map(|feed| (feed.title, feed.path)).collect();
    let weeks = Arc::new(Weeks::new(weeks.to_vec(), zone, address(site), named));
    let (reading_paths, missing) = reading_paths::resolve(project, site);
    let own = render::Own {
        styles: &project.styles,
        scripts: &project.scripts,
        look: &project.config.look,
        logo: project.logo,
        icon: project.icon,
        reading_paths: !reading_paths.is_empty(),
    };
    let (assets, assets_files) = render::publish(&project.theme, &project.words, &own);
    let assets = if project.config.search.enabled { assets } else { assets.without_search() };
    let settings = Arc::new(Settings {
        site: project.site_view.clone(),
        assets,
        url: project.config.site.url.clone(),
        addresses: site.addresses.clone(),
        edit_url: project.config.site.edit_url.clone(),
        today: project.inputs.today,
        words: project.words.clone(),
        sizes: sizes(project, site),
        glossary: Arc::new(render::Glossary::new(site, &project.config.book.language)),
        has_tags: site.entries.iter().any(|entry| !entry.tags().is_empty()),
        decision_pages: render::decision_pages(site, &weeks),
        weeks,
        trackers: project.config.trackers.clone(),
        reading_paths: reading_paths.into(),
    });
    memo.settings = Some(settings.clone());
    let loaded = templates(project, memo);
    let mut diagnostics: Vec<Diagnostic> = loaded.fault.clone().map(describe).into_iter().collect();
    diagnostics.extend(feeds::without_address(project));
    let (published, refused) = beside::publish(project, site);
    diagnostics.extend(refused.into_iter().chain(missing));
    let earlier = std::mem::take(&mut memo.rendered);
    let common = Fingerprint::of(&(project.theme.fingerprint, &settings, site.structure()));
    let rendering = Rendering {
        site,
        settings: &settings,
        templates: &loaded.templates,
        theme: project.theme.fingerprint,
        common,
        earlier: &earlier,
    };
    let pages = || (0..site.entries.len()).into_par_iter().map(|at| rendering.page(at)).collect();
    let (mut rendered, shared): (Vec<(Rendered, bool)>, _) =
        rayon::join(pages, || render::shared::files(site, &settings));
    let pages = rendered.len();
    rendered.extend(generated(site, &settings).into_iter().map(|view| rendering.view(&view, None, None)));
    rendered.extend(images(site, &settings, &earlier));
    let views = rendered.len();
    let (addresses, owners): (Vec<View>, Vec<BookPath>) = addresses(project, site, &settings).into_iter().unzip();
    rendered.extend(addresses.into_iter().map(|view| rendering.view(&view, None, None)));
    let fresh = rendered.iter().filter(|(_, fresh)| *fresh).count();
    diagnostics.extend(rendered.iter().filter_map(|(rendered, _)| rendered.diagnostic.clone()));
    let mut names = Names::default();
    let artifact = |(rendered, _): &(Rendered, bool)| rendered.artifact.clone();
    let made = made_of_pages(project, site);
    let named_by_content = hosting::named_by_content(
        &assets_files,
        made.iter().chain(rendered[pages..views].iter().map(|(rendered, _)| &rendered.artifact)),
    );
    let own = [shared, assets_files].into_iter().flatten().chain(rendered[..pages].iter().map(artifact));
    let made = made.into_iter().chain(rendered[pages..views].iter().map(artifact)).chain(feed_files);
    own.chain(made).for_each(|artifact| names.add(artifact, Claim::Site));
    published.into_iter().for_each(|(artifact, source)| names.add(artifact, Claim::Beside(source)));
    render::shared::words(site, &settings).into_iter().for_each(|artifact| names.add(artifact, Claim::Site));
    let addresses = rendered[views..].iter().map(artifact).zip(&owners);
    addresses.for_each(|(artifact, owner)| names.add(artifact, Claim::Address(owner)));
    if let Some(host) = project.config.site.host {
        // Only an address that got its name is one that leads elsewhere: a rule may win over any file.
        let is_published = |artifact: &Artifact| names.files().get(&artifact.path) == Some(artifact);
        let published = rendered[views..].iter().map(artifact).filter(is_published).map(|artifact| artifact.path);
        let rules = hosting::rules(host, project, site, &published.collect(), names.files());
        rules.omitted.iter().for_each(|path| names.leave_out(path));
        let files = hosting::files(host, project, &rules, &named_by_content, names.files());
        files.into_iter().for_each(|artifact| names.add(artifact, Claim::Site));
        let precompressed = hosting::precompressed(host, names.files(), &mut memo.precompressed);
        precompressed.into_iter().for_each(|artifact| names.add(artifact, Claim::Site));
    }
    let (artifacts, refused) = names.finish();
    diagnostics.extend(refused);
    memo.changes += fresh;
    memo.rendered = rendered.into_iter().map(|(rendered, _)| (rendered.artifact.path.clone(), rendered)).collect();
    Output { artifacts, diagnostics, fresh }
}

/// Draws the images of links to pages, but for those that an earlier build drew.
fn images(site: &Site, settings: &Settings, earlier: &BTreeMap<SitePath, Rendered>) -> Vec<(Rendered, bool)> {
    let cards: BTreeMap<SitePath, Card> =
        site.entries.iter().filter_map(|entry| render::card(settings, entry)).map(|card| (card.path(), card)).collect();
    let image = |(path, card): (SitePath, Card)| {
        let key = Fingerprint::of(&card);
        match earlier.get(&path).filter(|earlier| earlier.key == key) {
            Some(earlier) => (earlier.clone(), false),
            None => {
                let artifact = Artifact::compressed(path, &card.draw());
                (Rendered { key, inputs: None, artifact, diagnostic: None }, true)
            }
        }
    };
    cards.into_par_iter().map(image).collect()
}

/// Renders one page as the last build rendered it, and returns all files that are made of it; nothing where a template of the
/// book fails.
pub(super) fn page(site: &Site, memo: &Memo, at: usize) -> Option<Vec<Artifact>> {
    let (settings, (_, loaded)) = (memo.settings.as_ref()?, memo.templates.as_ref()?);
    let entry = &site.entries[at];
    let view = render::page(site, settings, at);
    let (html, fault) = loaded.templates.render(&view, Some(entry));
    let page = Artifact::new(view.url().clone(), html.into_bytes());
    fault.is_none().then(|| [page].into_iter().chain(made_of_page(entry)).collect())
}

/// Returns the sizes of the images that are published.
fn sizes(project: &Project<'_>, site: &Site) -> BTreeMap<BookPath, (u32, u32)> {
    let is_image =
        |path: &&BookPath| matches!(path.extension().as_str(), "png" | "gif" | "jpg" | "jpeg" | "webp" | "svg");
    let size = |path: &BookPath| Some((path.clone(), render::image_size(&project.inputs.sources.get(path)?.content)?));
    site.files.keys().filter(is_image).filter_map(size).collect()
}

/// Compiles the templates, unless the last build had the same theme.
fn templates(project: &Project<'_>, memo: &mut Memo) -> Arc<Loaded> {
    let key = Fingerprint::of(&(project.theme.fingerprint, &*project.words));
    match &memo.templates {
        Some((known, loaded)) if *known == key => loaded.clone(),
        _ => {
            let (templates, fault) =
                Templates::load(&project.theme, &Theme::built_in(project.config.look.theme), &project.words);
            let loaded = Arc::new(Loaded { templates, fault });
            memo.templates = Some((key, loaded.clone()));
            loaded
        }
    }
}

/// The pages that no file of the book is.
fn generated(site: &Site, settings: &Settings) -> Vec<View> {
    let pages: BTreeSet<&SitePath> = site.entries.iter().map(|entry| &entry.url).collect();
    let mut views: Vec<View> =
        site.navigation.listings().flat_map(|node| render::listing(site, settings, node)).collect();
    views.extend(render::contents(site, settings));
    views.push(render::missing(site, settings));
    views.extend(render::search(site, settings));
    views.extend(render::decisions(site, settings));
    views.extend(render::tags(site, settings));
    views.extend(render::changes(site, settings));
    views.extend(render::reading_paths(site, settings));
    views.retain(|view| !pages.contains(view.url()));
    views
}

/// The addresses that lead elsewhere, each with the file of the book that says so.
fn addresses(project: &Project<'_>, site: &Site, settings: &Settings) -> Vec<(View, BookPath)> {
    let pages: BTreeMap<&SitePath, &Entry> = site.entries.iter().map(|entry| (&entry.url, entry)).collect();
    let of_pages = site.redirects.iter().map(|(from, to)| {
        let entry = pages.get(to);
        let title = entry.map_or(to.as_str(), |entry| entry.title());
        let file = entry.map_or_else(BookPath::root, |entry| entry.page().path.clone());
        (render::redirect(site, settings, from, &settings.addresses.href(from, to), title), file)
    });
    let of_settings = project.config.site.redirects.iter().map(|(from, to)| {
        let relative = hosting::target_of_site(to).map(|(path, suffix)| settings.addresses.href(from, &path) + suffix);
        let file = BookPath::new("book.toml").expect("a plain name");
        (render::redirect(site, settings, from, relative.as_deref().unwrap_or(to), to), file)
    });
    of_pages.chain(of_settings).collect()
}

/// What pages bring with them: their Markdown and diagrams; and the name of the host.
fn made_of_pages(project: &Project<'_>, site: &Site) -> Vec<Artifact> {
    let mut artifacts: Vec<Artifact> = site.entries.iter().flat_map(made_of_page).collect();
    if let Some(name) = &project.config.site.cname {
        artifacts.push(Artifact::new(SitePath::new("CNAME").expect("a plain name"), format!("{name}\n").into_bytes()));
    }
    artifacts
}

/// What one page brings with it.
fn made_of_page(entry: &Entry) -> Vec<Artifact> {
    let mut artifacts = vec![markdown(entry)];
    if entry.page().diagrams > 0 {
        artifacts.extend(entry.parsed.content.get().diagrams.iter().flat_map(|diagram| diagram.artifacts()));
    }
    artifacts
}

/// Returns the Markdown of a page.
///
/// A host that knows no type for its name tells it by its beginning, as browsers do, and there a tag means HTML. A byte
/// order mark before it means text, for the MIME Sniffing Standard (section 7.1) as for Go.
fn markdown(entry: &Entry) -> Artifact {
    let (path, text) = (entry.markdown_url.clone(), &entry.parsed.markdown);
    if active_content::is_sniffed_as_html(text.as_bytes()) {
        return Artifact::new(path, format!("\u{feff}{}", &**text).into_bytes());
    }
    Artifact { path, content: Packed::Plain(text.bytes().clone()), fingerprint: entry.parsed.markdown_fingerprint }
}

struct Rendering<'a> {
    site: &'a Site,
    settings: &'a Settings,
    templates: &'a Templates,
    theme: Fingerprint,
    /// The fingerprint of all that pages have in common.
    common: Fingerprint,
    earlier: &'a BTreeMap<SitePath, Rendered>,
}

impl Rendering<'_> {
    /// Renders a page, unless nothing that could show on it has changed.
    fn page(&self, at: usize) -> (Rendered, bool) {
        let entry = &self.site.entries[at];
        // The first page shows what is in others beyond their titles.
        let is_first = entry.url.as_str() == "index.html";
        let inputs = (!is_first).then(|| Fingerprint::of(&(self.common, entry.parsed.fingerprint, &entry.links)));
        match self.earlier.get(&entry.url).filter(|earlier| inputs.is_some() && earlier.inputs == inputs) {
            Some(earlier) => (earlier.clone(), false),
            None => self.view(&render::page(self.site, self.settings, at), Some(at), inputs),
        }
    }

    /// Renders a view, unless it is the same as before.
    fn view(&self, view: &View, entry: Option<usize>, inputs: Option<Fingerprint>) -> (Rendered, bool) {
        let key = Fingerprint::of(&(self.theme, view));
        if let Some(earlier) = self.earlier.get(view.url()).filter(|earlier| earlier.key == key) {
            return (Rendered { inputs, ..earlier.clone() }, false);
        }
        let (html, fault) = self.templates.render(view, entry.map(|at| &self.site.entries[at]));
        let artifact = Artifact::compressed(view.url().clone(), html.as_bytes());
        (Rendered { key, inputs, artifact, diagnostic: fault.map(describe) }, true)
    }
}

fn describe(Fault { path, message }: Fault) -> Diagnostic {
    let help = "the built-in template is used until it is mended";
    Diagnostic::new(Code::InvalidTemplate, &path, message.trim().to_owned()).help(help)
}
