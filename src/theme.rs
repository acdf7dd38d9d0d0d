//! A theme: templates and assets by name, the built-in ones with those of the book laid over them.
//!
//! In: the files of the book's theme folder. Out: a [`Theme`] and findings about files that override nothing. The words
//! of the interface belong to it, in one file per language.

mod colour;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use colour::Accent;
use rust_embed::RustEmbed;
pub use words::{COMPLETE, Words, fill};

use crate::data::{self, Table};
use crate::diagnostic::{Code, Diagnostic};
use crate::file::Source;
use crate::fingerprint::Fingerprint;
use crate::path::BookPath;

#[derive(RustEmbed)]
#[folder = "themes/default"]
struct DefaultFiles;

#[derive(RustEmbed)]
#[folder = "themes/plain"]
struct PlainFiles;

/// A theme that comes with the program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum BuiltIn {
    /// `themes/default`
    #[default]
    Default,
    /// `themes/plain`, laid over the default one.
    Plain,
}

impl BuiltIn {
    /// Every theme that comes with the program.
    pub const ALL: &[Self] = &[Self::Default, Self::Plain];

    /// Returns its name, which is that of its folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Plain => "plain",
        }
    }

    /// Returns its files by name, those of the theme below it first.
    fn files(self) -> Vec<(String, Cow<'static, [u8]>)> {
        match self {
            Self::Default => files::<DefaultFiles>(),
            Self::Plain => [files::<DefaultFiles>(), files::<PlainFiles>()].concat(),
        }
    }
}

/// Templates and assets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Templates by name, `page.html`.
    pub templates: BTreeMap<String, Template>,
    /// Assets by name, `style.css`.
    pub assets: BTreeMap<String, Arc<[u8]>>,
    /// The words of the interface by language, `de`.
    languages: BTreeMap<String, Vec<Table>>,
    /// The fingerprint of all of it.
    pub fingerprint: Fingerprint,
}

/// A template's text, and the file of the book that it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Template {
    /// The text.
    pub text: String,
    /// The file, nothing for a built-in one.
    pub path: Option<BookPath>,
}

impl Theme {
    /// Returns a built-in theme.
    pub fn built_in(theme: BuiltIn) -> Self {
        Self::over_built_in(theme, &BookPath::root(), std::iter::empty()).0
    }

    /// Lays the files below the folder over the built-in theme, `templates/page.html` over its own.
    ///
    /// New templates and assets are welcome: an overridden template may use them. Anything else is a finding.
    pub fn over_built_in<'a>(
        theme: BuiltIn,
        folder: &BookPath,
        files: impl Iterator<Item = &'a Source>,
    ) -> (Self, Vec<Diagnostic>) {
        let mut templates = BTreeMap::new();
        let mut assets = BTreeMap::new();
        let mut languages: BTreeMap<String, Vec<Table>> = BTreeMap::new();
        for (name, content) in theme.files() {
            if let Some(name) = name.strip_prefix("templates/") {
                let text = String::from_utf8_lossy(&content).into_owned();
                templates.insert(name.to_owned(), Template { text, path: None });
            } else if let Some(name) = name.strip_prefix("assets/") {
                assets.insert(name.to_owned(), bytes(content));
            } else if let Some(language) = language(&name) {
                let table = data::parse_toml(&String::from_utf8_lossy(&content)).expect("a test reads these files");
                languages.entry(language).or_default().push(table);
            }
        }
        let mut diagnostics = Vec::new();
        for file in files {
            let Some(name) = file.path.below(folder) else { continue };
            if let Some(name) = name.strip_prefix("templates/").filter(|name| name.ends_with(".html")) {
                let text = String::from_utf8_lossy(&file.content).into_owned();
                templates.insert(name.to_owned(), Template { text, path: Some(file.path.clone()) });
            } else if let Some(name) = name.strip_prefix("assets/") {
                assets.insert(name.to_owned(), file.content.clone());
            } else if let Some(language) = language(name) {
                match data::parse_toml(&String::from_utf8_lossy(&file.content)) {
                    Ok(table) => languages.entry(language).or_default().push(table),
                    Err(fault) => diagnostics.push(invalid(file, fault)),
                }
            } else if name != "theme.toml" {
                let message = format!("`{name}` overrides nothing of the theme");
                let help = "templates go to `templates/`, style sheets, scripts and images to `assets/`, words to `languages/`";
                diagnostics.push(Diagnostic::new(Code::UnknownThemeFile, &file.path, message).help(help));
            }
        }
        let fingerprint = Fingerprint::of(&(&templates, &assets, &languages));
        (Self { templates, assets, languages, fingerprint }, diagnostics)
    }

    /// Returns the words of the interface in a language, a BCP 47 tag.
    pub fn words(&self, language: &str) -> Words {
        Words::of(language, &self.languages)
    }

    /// Returns the languages that the interface has words in.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.keys().map(String::as_str)
    }
}

fn files<F: RustEmbed>() -> Vec<(String, Cow<'static, [u8]>)> {
    let content = |name: &str| F::get(name).expect("the name comes from the list of names").data;
    F::iter().map(|name| (name.to_string(), content(&name))).collect()
}

/// The language of a file: `de` of `languages/de.toml`.
fn language(name: &str) -> Option<String> {
    Some(name.strip_prefix("languages/")?.strip_suffix(".toml")?.to_ascii_lowercase())
}

fn invalid(file: &Source, fault: data::Fault) -> Diagnostic {
    let message = format!("cannot be read as TOML: {}", fault.message);
    let diagnostic = Diagnostic::new(Code::InvalidToml, &file.path, message);
    match fault.span {
        Some(span) => diagnostic.at(span),
        None => diagnostic,
    }
}

fn bytes(content: Cow<'static, [u8]>) -> Arc<[u8]> {
    content.into_owned().into()
}

#[cfg(test)]
mod tests;
