//! The first stage: settings, the folder of the pages, the navigation, the theme.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Given, Inputs, Trust, beside, folders, names};
use crate::config::{Config, Direction, Files, RawHtml};
use crate::diagnostic::{Code, Diagnostic};
use crate::file::Source;
use crate::owner::Owners;
use crate::page::{Summary, parse_summary, title_of_name};
use crate::path::BookPath;
use crate::render::{Scripts, SiteView, policy};
use crate::theme::{Theme, Words};

/// The names under which browsers look for the image of a site, the best first.
const ICONS: [&str; 3] = ["favicon.svg", "favicon.png", "favicon.ico"];

/// What a book is, before its pages are read.
pub(super) struct Project<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) config: Config,
    pub(super) src: BookPath,
    pub(super) summary: Option<Summary>,
    pub(super) publish_all: bool,
    pub(super) theme: Theme,
    /// The words of the interface, in the language of the book.
    pub(super) words: Arc<Words>,
    pub(super) styles: Vec<&'a Source>,
    pub(super) scripts: Vec<&'a Source>,
    pub(super) logo: Option<&'a Source>,
    /// The image by which browsers show the site, where the book has one beside its first page.
    pub(super) icon: Option<&'a Source>,
    /// Words for readers and robots that the book has written itself.
    pub(super) own_words: Vec<&'a Source>,
    /// The files that can be pages or be published: not settings, theme, or an earlier site.
    pub(super) publishable: BTreeSet<BookPath>,
    pub(super) site_view: Arc<SiteView>,
    /// Folders that hold decisions because another tool's file says so, from the book's root.
    pub(super) tool_folders: Vec<BookPath>,
    owners: Option<Owners>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Project<'a> {
    /// Reads the settings and what they name; fails with what must be read first.
    pub(super) fn new(inputs: &'a Inputs) -> Result<Self, BTreeSet<BookPath>> {
        let mut wants = BTreeSet::new();
        let mut look = |path: &BookPath| {
            let source = inputs.sources.get(path);
            if source.is_none() && inputs.listing.contains(path) {
                wants.insert(path.clone());
            }
            source
        };
        let settings = look(&plain("book.toml"));
        let (config, mut diagnostics) = read_settings(settings, &inputs.given);
        let src = folder_of_pages(&config, settings.is_some(), inputs);
        let summary = look(&src.join("SUMMARY.md").expect("a plain name"));
        let trusts = inputs.given.trust == Trust::Owner;
        let theme_files: Vec<&BookPath> =
            inputs.listing.iter().filter(|path| trusts && is_theme_file(path, &config)).collect();
        let theme_sources: Vec<&Source> = theme_files.into_iter().filter_map(&mut look).collect();
        let tool_folders = folders::FILES.iter().filter_map(|name| Some((*name, look(&plain(name))?)));
        let tool_folders: Vec<BookPath> = tool_folders
            .flat_map(|(name, source)| folders::named(name, &String::from_utf8_lossy(&source.content)))
            .collect();
        let styles = config.site.styles.iter().filter_map(&mut look).collect();
        let scripts = config.site.scripts.iter().filter_map(&mut look).collect();
        let logo = config.look.logo.as_ref().and_then(&mut look);
        let mut beside_first = |name: &&str| look(&src.join(name).expect("a plain name"));
        let own_words: Vec<&Source> = names::OWN_WORDS.iter().filter_map(&mut beside_first).collect();
        let icons: Vec<&Source> = ICONS.iter().filter_map(&mut beside_first).collect();
        if !wants.is_empty() {
            return Err(wants);
        }
        for path in config
            .site
            .styles
            .iter()
            .chain(&config.site.scripts)
            .chain(&config.look.logo)
            .filter(|path| !inputs.listing.contains(*path))
        {
            let message = format!("`{path}`, which `book.toml` names, does not exist");
            diagnostics.push(Diagnostic::new(Code::MissingFile, &plain("book.toml"), message));
        }
        let mut is_harmless = |source: &&Source| {
            let trusted = config.markdown.html == RawHtml::Trusted;
            let fault = if trusted { None } else { beside::active(source, source.path.name()) };
            diagnostics.extend(fault.clone());
            fault.is_none()
        };
        let logo = logo.filter(&mut is_harmless);
        let icon = icons.into_iter().find(is_harmless);
        let summary = summary.map(|source| {
            let (summary, found) = parse_summary(source);
            diagnostics.extend(found);
            summary
        });
        let (theme, found) = Theme::over_built_in(config.look.theme, &config.site.theme, theme_sources.into_iter());
        diagnostics.extend(found);
        diagnostics.extend(inputs.diagnostics.iter().cloned());
        diagnostics.extend(summary.iter().flat_map(|summary| missing_chapters(summary, &src, inputs)));
        let publish_all = config.build.files.map_or(src != BookPath::root(), |files| files == Files::All);
        let publishable = inputs.listing.iter().filter(|path| is_publishable(path, &config, &src));
        let (publishable, deep): (BTreeSet<BookPath>, BTreeSet<BookPath>) =
            publishable.cloned().partition(|path| path.as_str().split('/').count() <= DEEPEST);
        diagnostics.extend(too_deep(&deep));
        let site_view = Arc::new(site_view(&config, inputs));
        let words = Arc::new(theme.words(&config.book.language));
        Ok(Self {
            inputs,
            config,
            src,
            summary,
            publish_all,
            theme,
            words,
            styles,
            scripts,
            logo,
            icon,
            own_words,
            publishable,
            site_view,
            tool_folders,
            owners: inputs.repository.codeowners.as_deref().map(Owners::read),
            diagnostics,
        })
    }
}

impl Project<'_> {
    /// Returns who owns a file, as CODEOWNERS says.
    pub(super) fn owners_of(&self, path: &BookPath) -> Vec<String> {
        let Some(owners) = &self.owners else { return Vec::new() };
        let folder = &self.inputs.repository.folder;
        let from_root = if folder.is_empty() { path.to_string() } else { format!("{folder}/{path}") };
        owners.of(&from_root).into_iter().map(str::to_owned).collect()
    }

    /// Returns the names of the book's own folder and of those above it in its repository, as far as they are known.
    pub(super) fn own_folder(&self) -> &str {
        let folder = &self.inputs.repository.folder;
        if folder.is_empty() { &self.inputs.folder_name } else { folder }
    }

    /// Says whether the navigation lists a file.
    pub(super) fn lists(&self, path: &BookPath) -> bool {
        self.summary.as_ref().is_some_and(|summary| summary.paths().contains(&path))
    }
}

/// Reads the settings. Those of before hold while the file cannot be read as TOML; where it became empty or is gone, that is
/// said.
fn read_settings(file: Option<&Source>, given: &Given) -> (Config, Vec<Diagnostic>) {
    let empty = Source::new(plain("book.toml"), *b"");
    let source = file.unwrap_or(&empty);
    let Some(earlier) = &given.earlier else { return trusted(Config::read_with(source, &given.settings), given.trust) };
    if let Some(fault) = Config::fault(source) {
        let fault = fault.help("the settings of before hold until it is mended");
        let (config, _) = Config::read_with(earlier, &given.settings);
        return trusted((config, vec![fault]), given.trust);
    }
    let (config, mut found) = Config::read_with(source, &given.settings);
    if source.content.is_empty() {
        let what = if file.is_some() { "is empty now" } else { "is gone" };
        let message = format!("`book.toml` {what}, so every setting has its default");
        found.insert(0, Diagnostic::new(Code::MissingFile, &source.path, message));
    }
    trusted((config, found), given.trust)
}

/// Takes back what the settings of a book that nobody trusts would let it do.
fn trusted((mut config, found): (Config, Vec<Diagnostic>), trust: Trust) -> (Config, Vec<Diagnostic>) {
    if trust == Trust::Nobody {
        config.distrust();
    }
    (config, found)
}

fn plain(name: &str) -> BookPath {
    BookPath::new(name).expect("a plain name")
}

/// The setting; else `src`, as mdBook has it, when it is there; else the book's root.
fn folder_of_pages(config: &Config, has_settings: bool, inputs: &Inputs) -> BookPath {
    let src = plain("src");
    let holds =
        |wanted: &dyn Fn(&BookPath) -> bool| inputs.listing.iter().any(|path| path.is_within(&src) && wanted(path));
    match &config.book.src {
        Some(folder) => folder.clone(),
        None if inputs.listing.contains(&plain("src/SUMMARY.md")) => src,
        None if has_settings && holds(&|path| path.is_markdown()) => src,
        None => BookPath::root(),
    }
}

/// Handlebars and other files of an mdBook theme are told apart by their names; only ours are looked at.
fn is_theme_file(path: &BookPath, config: &Config) -> bool {
    let Some(name) = path.below(&config.site.theme).filter(|_| config.site.theme != BookPath::root()) else {
        return false;
    };
    ["templates/", "assets/", "languages/"].iter().any(|folder| name.starts_with(folder))
}

fn is_publishable(path: &BookPath, config: &Config, src: &BookPath) -> bool {
    let in_folder = |folder: &BookPath| *folder != BookPath::root() && path.is_within(folder) && !src.is_within(folder);
    let named = path.as_str() == "book.toml"
        || folders::FILES.contains(&path.as_str())
        || path.name() == "SUMMARY.md" && path.parent() == *src;
    let is_theme = in_folder(&config.site.theme) && is_theme_file(path, config);
    !(named || is_theme)
}

/// How deep files may lie. The page of each folder names all above it, so what is written grows with the cube of the depth.
const DEEPEST: usize = 64;

/// Reports the folders that lie too deep, each once, whatever lies in it.
fn too_deep(files: &BTreeSet<BookPath>) -> BTreeSet<Diagnostic> {
    let folder = |path: &BookPath| path.as_str().split('/').take(DEEPEST).collect::<Vec<_>>().join("/");
    let folders: BTreeSet<BookPath> = files.iter().filter_map(|path| BookPath::new(&folder(path)).ok()).collect();
    let message = format!("lies below {DEEPEST} folders, so what is in it is left out");
    folders.iter().map(|folder| Diagnostic::new(Code::DeepNesting, folder, message.clone())).collect()
}

fn missing_chapters(summary: &Summary, src: &BookPath, inputs: &Inputs) -> Vec<Diagnostic> {
    let at = src.join("SUMMARY.md").expect("a plain name");
    let missing = summary.paths().into_iter().filter(|path| !inputs.listing.contains(*path));
    missing
        .map(|path| Diagnostic::new(Code::MissingChapter, &at, format!("the chapter `{path}` does not exist")))
        .collect()
}

fn site_view(config: &Config, inputs: &Inputs) -> SiteView {
    let trusted = config.markdown.html == RawHtml::Trusted;
    let scripts = if trusted { Scripts::OfPages } else { Scripts::OfSite };
    let folder = BookPath::new(&inputs.folder_name).unwrap_or_else(|_| BookPath::root());
    let title = config.book.title.clone().unwrap_or_else(|| title_of_name(&folder));
    SiteView {
        title: if title.is_empty() { "Documentation".to_owned() } else { title },
        description: config.book.description.clone().unwrap_or_default(),
        language: config.book.language.clone(),
        direction: if config.book.direction == Direction::Rtl { "rtl" } else { "ltr" },
        authors: config.book.authors.clone(),
        repository: config.site.repository.clone(),
        policy: policy(scripts, &config.site.external_hosts),
        generator: SiteView::generator(),
    }
}
