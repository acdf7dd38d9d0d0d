//! Style sheets, scripts and images of the theme and of the book, under names that carry their content.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::script;
use crate::config::Look;
use crate::data::to_json;
use crate::file::{Artifact, Source};
use crate::fingerprint::Fingerprint;
use crate::path::SitePath;
use crate::theme::{Accent, BuiltIn, Theme, Words};

/// Where the assets are, for the head of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Assets {
    pub(super) styles: Vec<SitePath>,
    /// Scripts that run before the page is drawn.
    pub(super) head_scripts: Vec<SitePath>,
    pub(super) scripts: Vec<SitePath>,
    /// Scripts that one template alone needs, with its name; a script may be there for several.
    pub(super) page_scripts: Vec<(&'static str, SitePath)>,
    /// The script that searches, which is loaded when it is needed.
    pub(super) engine: Option<SitePath>,
    pub(super) icon: Option<SitePath>,
    /// The font of the theme's text, where the book has no other.
    pub(super) font: Option<SitePath>,
    /// The image before the name of the site.
    pub(super) logo: Option<SitePath>,
}

/// What a book has of its own beside the theme.
pub struct Own<'a> {
    /// Further style sheets.
    pub styles: &'a [&'a Source],
    /// Further scripts.
    pub scripts: &'a [&'a Source],
    /// What it sets of its looks.
    pub look: &'a Look,
    /// The image before its name.
    pub logo: Option<&'a Source>,
    /// The image by which browsers show it.
    pub icon: Option<&'a Source>,
    /// Whether it has reading paths.
    pub reading_paths: bool,
}

/// The script that sets the colour scheme before anything is drawn.
const FIRST_SCRIPT: &str = "scheme.js";

/// The font of text.
const FONT: &str = "fonts/inter.woff2";

/// The folder of fonts, which the style sheets of the theme name, with their licences.
const FONTS: &str = "fonts/";

/// The script that searches, what it loads when a query needs it, and its types, which lie beside the module for other
/// pages.
const ENGINE: &str = "engine.js";
const ENGINE_MORE: &str = "engine-more.js";
const ENGINE_TYPES: &str = "engine/search.d.ts";

/// The script of a book with reading paths.
const PATHS: &str = "paths.js";

impl Assets {
    /// Leaves out the script that searches.
    pub fn without_search(self) -> Self {
        Self { engine: None, ..self }
    }
}

/// Scripts that some templates alone need.
const PAGE_SCRIPTS: &[(&str, &str)] = &[
    ("changes-view.js", "changes.html"),
    ("decisions.js", "decision-log.html"),
    ("log.js", "decision-log.html"),
    ("decisions.js", "decision-graph.html"),
    ("graph.js", "decision-graph.html"),
    ("graph-view.js", "decision-graph.html"),
];

/// The script that other scripts have their words from. It comes before them, and they before it in the file.
const WORDS: &str = "words.js";

/// The sections that scripts have words from.
const SCRIPT_SECTIONS: &[&str] = &["script", "search", "status", "kind", "decisions", "page", "relation", "paths"];

/// The style sheet of the theme. It is put together of the parts in `style/`, unless the book has one of this name.
const STYLE: &str = "style.css";

/// Returns the files of the theme as they are published: style sheets and scripts put together of their parts.
fn joined(theme: &Theme, words: &Words) -> BTreeMap<String, Arc<[u8]>> {
    let is_part_of_style = |name: &str| name.starts_with("style/") && name.ends_with(".css");
    let (style, mut files): (BTreeMap<_, _>, BTreeMap<_, _>) =
        theme.assets.clone().into_iter().partition(|(name, _)| is_part_of_style(name));
    files
        .entry(STYLE.to_owned())
        .or_insert_with(|| style.values().map(|content| &content[..]).collect::<Vec<_>>().join(&b'\n').into());
    let mut files = script::prepare(&files);
    let fonts = files.iter().filter(|(name, _)| name.starts_with(FONTS));
    let fonts: Vec<(String, SitePath)> = fonts.map(|(name, font)| (name.clone(), with_hash(name, font))).collect();
    for (_, sheet) in files.iter_mut().filter(|(name, _)| name.ends_with(".css")) {
        for (plain, published) in &fonts {
            *sheet = naming(sheet, plain, published.encoded().as_str());
        }
    }
    if let Some(script) = files.get_mut(WORDS) {
        *script = with_words(script, words);
    }
    if let (Some(more), Some(engine)) = (files.get(ENGINE_MORE).cloned(), files.get_mut(ENGINE)) {
        let published = with_hash(ENGINE_MORE, &more).encoded();
        *engine = naming(engine, &format!("./{ENGINE_MORE}"), &format!("./{published}"));
    }
    files
}

/// Puts the published name of a file into one that names it from beside itself.
fn naming(text: &Arc<[u8]>, plain: &str, published: &str) -> Arc<[u8]> {
    String::from_utf8_lossy(text).replace(plain, published).into_bytes().into()
}

/// Publishes the theme's assets, and the book's own style sheets and scripts after them.
///
/// Style sheets, scripts and fonts carry their hash in their name; other assets keep theirs, since style sheets name them.
pub fn publish(theme: &Theme, words: &Words, own: &Own<'_>) -> (Assets, Vec<Artifact>) {
    let mut assets = Assets::default();
    let mut artifacts = Vec::new();
    // `style.css` first: what a book adds to the theme comes after it and wins.
    let joined = joined(theme, words);
    let mut files: Vec<(&String, &Arc<[u8]>)> = joined.iter().collect();
    files.sort_by_key(|(name, _)| (*name != STYLE && *name != WORDS, *name));
    for (name, content) in files.into_iter().filter(|(name, _)| *name != PATHS || own.reading_paths) {
        let plain = if name == ENGINE_TYPES { "search.d.mts".to_owned() } else { format!("assets/{name}") };
        let is_icon = name.starts_with("favicon.");
        let hashed = name.ends_with(".css") || name.ends_with(".js") || name.starts_with(FONTS) || is_icon;
        let path = if hashed { with_hash(&plain, content) } else { site_path(&plain) };
        let mut of_pages = PAGE_SCRIPTS.iter().filter(|(script, _)| *script == name).peekable();
        match name.rsplit('.').next() {
            Some("js") if of_pages.peek().is_some() => {
                assets.page_scripts.extend(of_pages.map(|(_, template)| (*template, path.clone())));
            }
            Some("css") => assets.styles.push(path.clone()),
            Some("js") if name == ENGINE => assets.engine = Some(path.clone()),
            Some("js") if name == ENGINE_MORE => {}
            Some("js") if name == FIRST_SCRIPT => assets.head_scripts.push(path.clone()),
            Some("js") => assets.scripts.push(path.clone()),
            _ if is_icon => assets.icon = Some(path.clone()),
            _ if name == FONT && own.look.font.is_none() && own.look.theme == BuiltIn::Default => {
                assets.font = Some(path.clone());
            }
            _ => {}
        }
        artifacts.push(Artifact::new(path, content.clone()));
    }
    if let Some(style) = of_look(own.look) {
        let path = with_hash("assets/settings.css", style.as_bytes());
        assets.styles.push(path.clone());
        artifacts.push(Artifact::new(path, style.into_bytes()));
    }
    if let Some(logo) = own.logo {
        let path = with_hash(&format!("assets/logo-{}", logo.path.name()), &logo.content);
        assets.logo = Some(path.clone());
        artifacts.push(Artifact::copy(path, logo));
    }
    if let Some(icon) = own.icon {
        let path = with_hash(&format!("assets/{}", icon.path.name()), &icon.content);
        assets.icon = Some(path.clone());
        artifacts.push(Artifact::copy(path, icon));
    }
    for (sources, list) in [(own.styles, &mut assets.styles), (own.scripts, &mut assets.scripts)] {
        for source in sources {
            let path = with_hash(source.path.as_str(), &source.content);
            list.push(path.clone());
            artifacts.push(Artifact::copy(path, source));
        }
    }
    (assets, artifacts)
}

/// Returns what settings change of the looks, as a style sheet.
fn of_look(look: &Look) -> Option<String> {
    let pair = |name: &str, [light, dark]: &[String; 2]| format!("  --{name}: light-dark({light}, {dark});\n");
    let mut rules = String::new();
    if let Some(Accent { text, soft, on }) = &look.accent {
        rules += &(pair("accent", text) + &pair("accent-soft", soft) + &pair("on-accent", on));
    }
    for (name, fonts) in [("sans", &look.font), ("mono", &look.code_font)] {
        rules.extend(fonts.iter().map(|fonts| match fonts.as_str() {
            "system" => format!("  --{name}: var(--system-{name});\n"),
            fonts => format!("  --{name}: {fonts};\n"),
        }));
    }
    (!rules.is_empty()).then(|| format!(":root {{\n{rules}}}\n"))
}

/// Puts the words before the script that hands them out.
fn with_words(script: &[u8], words: &Words) -> Arc<[u8]> {
    #[derive(Serialize)]
    struct Given<'a, S> {
        language: &'a str,
        words: S,
    }
    let given = to_json(&Given { language: words.language(), words: words.sections(SCRIPT_SECTIONS) });
    [format!("window.precedentWords = {given};\n").as_bytes(), script].concat().into()
}

fn with_hash(name: &str, content: &[u8]) -> SitePath {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    site_path(&format!("{stem}-{}.{extension}", Fingerprint::of_bytes(content).short()))
}

fn site_path(name: &str) -> SitePath {
    SitePath::new(name).expect("an asset's name is a path below the theme or the book")
}
