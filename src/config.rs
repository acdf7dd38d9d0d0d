//! `book.toml`: its text comes in, a [`Config`] and diagnostics come out.
//!
//! Keys that mdBook has keep their names and meaning; Precedent's own settings are further top-level tables.
//! A bad value is a finding and the default holds; an unknown key is a finding with the nearest known name.

mod decisions;
mod feed;
mod given;
mod look;
mod mdbook;
mod reader;
mod reading_paths;
mod trackers;

pub use decisions::Decisions;

use std::collections::BTreeMap;

use crate::data::{self, Schema, Table, Value};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::file::Source;
use crate::host::Host;
use crate::path::{BookPath, Lookup, SitePath};
use crate::theme::{Accent, BuiltIn};
use crate::time::Zone;
use crate::tracker::Trackers;
use decisions::read_decisions;
pub use feed::Feed;
pub use given::Setting;
use reader::Reader;
pub use reading_paths::{NamedPage, ReadingPath};

/// Everything that a book can set, with defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Config {
    /// `[book]`
    pub book: Book,
    /// `[build]`
    pub build: Build,
    /// `[site]` and `[output.html]`
    pub site: Site,
    /// `[theme]`
    pub look: Look,
    /// `[markdown]`
    pub markdown: Markdown,
    /// `[decisions]`
    pub decisions: Decisions,
    /// `[guidelines] folders`: folders whose pages are guidelines.
    pub guideline_folders: Vec<String>,
    /// `[search]`
    pub search: Search,
    /// `[feed]`
    pub feed: Feed,
    /// `[[reading-paths]]`: pages in the order in which somebody should read them.
    pub reading_paths: Vec<ReadingPath>,
    /// `[trackers]`: how issues are mentioned, and where they are.
    pub trackers: Trackers,
    /// `[rules]`: levels that differ from a code's own.
    pub rules: BTreeMap<Code, Severity>,
}

/// What the search of the site finds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Search {
    /// Whether the site has one.
    pub enabled: bool,
    /// What files and folders count, from the book's root, in hundredths; 0 keeps them out.
    pub pages: Vec<(BookPath, u64)>,
    /// Names for the same, which are searched for together.
    pub synonyms: Vec<Vec<String>>,
}

impl Search {
    /// Returns what a file counts, in hundredths; the deepest folder decides.
    pub fn weight_of(&self, path: &BookPath) -> u64 {
        let fitting = self.pages.iter().filter(|(place, _)| path.is_within(place));
        fitting.max_by_key(|(place, _)| place.as_str().len()).map_or(100, |(_, weight)| *weight)
    }
}

/// What the book is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Book {
    /// Its title; nothing where the first page or the folder must give it.
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// What it is about.
    pub description: Option<String>,
    /// The folder of the pages; nothing where it must be detected.
    pub src: Option<BookPath>,
    /// The language of the text, a BCP 47 tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: Direction,
    /// The zone whose days are meant where git tells a moment.
    pub time_zone: Zone,
}

/// The direction of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// How the site is made.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Build {
    /// Where the site goes, below the book's root.
    pub folder: BookPath,
    /// Which files beside the pages are published; nothing where it must be detected.
    pub files: Option<Files>,
    /// Whether pages marked as drafts are built.
    pub drafts: Drafts,
}

/// Which files beside the pages are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Files {
    /// All below the folder of the pages.
    All,
    /// Those that a page links to or shows.
    Linked,
}

/// What becomes of pages marked as drafts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Drafts {
    /// They are left out of everything.
    Omit,
    /// They are built like other pages.
    Build,
}

/// How the site looks and where it will stand.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Site {
    /// The address of the site's root, ending in `/`; nothing where it is unknown.
    pub url: Option<String>,
    /// The host that serves the site, whose files are then written.
    pub host: Option<Host>,
    /// What links say of a page.
    pub addresses: PageAddresses,
    /// The folder that overrides files of the theme.
    pub theme: BookPath,
    /// The address of the repository.
    pub repository: Option<String>,
    /// The address for editing a page, with `{path}` for the file.
    pub edit_url: Option<String>,
    /// Further style sheets, relative to the book's root.
    pub styles: Vec<BookPath>,
    /// Further scripts, relative to the book's root.
    pub scripts: Vec<BookPath>,
    /// The name for a `CNAME` file.
    pub cname: Option<String>,
    /// Files of the site, and folders, that steer its host and are published nevertheless.
    pub host_files: Vec<SitePath>,
    /// Hosts from which a page may load scripts, styles, fonts, frames and data.
    pub external_hosts: Vec<String>,
    /// Addresses that lead elsewhere: from a file of the site, to a URL or a path from the site's root.
    pub redirects: BTreeMap<SitePath, String>,
}

/// What links say of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageAddresses {
    /// The name of its file: `a.html`.
    File,
    /// The name without `.html`, which only a server finds: `a`.
    Extensionless,
}

impl Site {
    /// Returns which pages are addressed without `.html`; nothing where all have the names of their files.
    pub fn lookup(&self) -> Option<Lookup> {
        let known = || self.host.map_or(Lookup::Plain, Host::lookup);
        (self.addresses == PageAddresses::Extensionless).then(known)
    }
}

/// What a book sets of its looks without a file of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Look {
    /// Which of the built-in themes.
    pub theme: BuiltIn,
    /// The colour of links and marks, with the shades that can be read.
    pub accent: Option<Accent>,
    /// An image before the name of the site.
    pub logo: Option<BookPath>,
    /// The fonts of text and of code, as CSS names them; `system` for those of the reader's system.
    pub font: Option<String>,
    /// The fonts of code.
    pub code_font: Option<String>,
}

/// How Markdown is read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Markdown {
    /// Curly quotes, dashes, ellipses.
    pub smart_punctuation: bool,
    /// `$…$` and `$$…$$`.
    pub math: bool,
    /// `Term`, then `: definition`.
    pub definition_lists: bool,
    /// `> [!NOTE]`
    pub alerts: bool,
    /// `[[page]]`
    pub wikilinks: bool,
    /// What becomes of HTML in Markdown.
    pub html: RawHtml,
}

/// What becomes of HTML in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RawHtml {
    /// What cannot run script stays.
    Safe,
    /// All stays: only for a book whose every author may run script on its site.
    Trusted,
}

impl Default for Config {
    fn default() -> Self {
        Self::read(&Source::new(BookPath::new("book.toml").expect("a plain name"), *b"")).0
    }
}

impl Config {
    /// Reads the settings. Whatever is wrong is a finding, and the default holds for it.
    pub fn read(source: &Source) -> (Self, Vec<Diagnostic>) {
        Self::read_with(source, &[])
    }

    /// Reads the settings, and those that the caller gives, which hold whatever the file says.
    pub fn read_with(source: &Source, given: &[Setting]) -> (Self, Vec<Diagnostic>) {
        let (mut table, fault) = match parse(source) {
            Ok(table) => (table, None),
            Err(fault) => (Table::default(), Some(fault)),
        };
        given.iter().for_each(|setting| setting.put(&mut table));
        let mut root = Reader::new(&table, &source.path, "");
        let config = read_root(&mut root);
        (config, fault.into_iter().chain(root.finish()).collect())
    }

    /// Returns what `book.toml` may hold: what the reader of the settings asks for.
    pub fn schema() -> Schema {
        let (nothing, path) = (Table::default(), BookPath::new("book.toml").expect("a plain name"));
        let mut root = Reader::new(&nothing, &path, "");
        read_root(&mut root);
        root.schema()
    }

    /// Says why the file cannot be read as settings at all; nothing where it can.
    pub fn fault(source: &Source) -> Option<Diagnostic> {
        parse(source).err()
    }

    /// Takes back what lets a book do more than show text and images: raw HTML, style sheets, scripts, hosts, a name of the
    /// host.
    pub fn distrust(&mut self) {
        self.markdown.html = RawHtml::Safe;
        self.site.styles.clear();
        self.site.scripts.clear();
        self.site.cname = None;
        self.site.host_files.clear();
        self.site.external_hosts.clear();
    }

    /// Returns the level that the book gives a code.
    pub fn severity(&self, code: Code) -> Severity {
        self.rules.get(&code).copied().unwrap_or(code.default_severity())
    }
}

fn parse(source: &Source) -> Result<Table, Diagnostic> {
    data::parse_toml(&String::from_utf8_lossy(&source.content)).map_err(|fault| {
        let message = format!("cannot be read as TOML: {}", fault.message);
        let diagnostic = Diagnostic::new(Code::InvalidToml, &source.path, message);
        match fault.span {
            Some(span) => diagnostic.at(span),
            None => diagnostic,
        }
    })
}

fn read_root(root: &mut Reader<'_>) -> Config {
    let (book, build) = (root.table("book", read_book), root.table("build", read_build));
    let html = root.table("output", mdbook::read_output);
    let mut site = html.site;
    root.table("site", |site_table| {
        let is_address =
            |text: &str| (text.starts_with("https://") || text.starts_with("http://")).then(|| text.to_owned());
        let url = site_table.checked("url", "an address that begins with `https://`", is_address);
        site.url = url.map(with_slash).or(site.url.take());
        site.host = site_table.choice("host", &Host::ALL.map(|host| (host.name(), host)));
        let addresses = [("file", PageAddresses::File), ("extensionless", PageAddresses::Extensionless)];
        site.addresses = site_table.choice("addresses", &addresses).unwrap_or(PageAddresses::File);
        site.host_files = site_table.site_paths("host-files");
        site.external_hosts = site_table.hosts("external-hosts");
    });
    for ignored in ["rust", "preprocessor"] {
        root.ignore(ignored);
    }
    let markdown = root.table("markdown", |table| read_markdown(table, &html.markdown));
    Config {
        book,
        build,
        site,
        look: root.table("theme", look::read),
        markdown,
        decisions: root.table("decisions", read_decisions),
        guideline_folders: root
            .table("guidelines", |table| table.texts("folders"))
            .unwrap_or_else(|| GUIDELINE_FOLDERS.iter().map(|name| (*name).to_owned()).collect()),
        search: root.table("search", |table| Search {
            enabled: table.boolean("enable").or(html.search).unwrap_or(true),
            pages: table.table("pages", |table| table.weights_by_path()),
            synonyms: table.table("synonyms", |table| table.names()),
        }),
        feed: root.table("feed", feed::read),
        reading_paths: reading_paths::read_reading_paths(root),
        trackers: root.table("trackers", trackers::read_trackers),
        rules: root.table("rules", read_rules),
    }
}

/// Folder names that hold guidelines.
const GUIDELINE_FOLDERS: &[&str] = &["guidelines", "guides", "conventions", "standards", "style-guides"];

fn read_book(table: &mut Reader<'_>) -> Book {
    table.obsolete("multilingual");
    let language = table.text("language").unwrap_or_else(|| "en".to_owned());
    let direction = match table.choice("text-direction", &[("ltr", Direction::Ltr), ("rtl", Direction::Rtl)]) {
        Some(direction) => direction,
        None if is_right_to_left(&language) => Direction::Rtl,
        None => Direction::Ltr,
    };
    Book {
        title: table.text("title"),
        authors: table.texts("authors").unwrap_or_default(),
        description: table.text("description"),
        src: table.path("src"),
        language,
        direction,
        time_zone: table.checked("time-zone", "a time zone such as `Europe/Berlin`", Zone::named).unwrap_or_default(),
    }
}

/// The languages that mdBook writes from right to left.
fn is_right_to_left(language: &str) -> bool {
    let primary = language.split('-').next().unwrap_or("");
    matches!(primary, "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "khw" | "ks" | "ps" | "sd" | "ug" | "ur" | "yi")
}

fn read_build(table: &mut Reader<'_>) -> Build {
    for ignored in ["create-missing", "use-default-preprocessors", "extra-watch-dirs"] {
        table.ignore(ignored);
    }
    Build {
        folder: table.path("build-dir").unwrap_or_else(|| BookPath::new("book").expect("a plain name")),
        files: table.choice("files", &[("all", Files::All), ("linked", Files::Linked)]),
        drafts: if table.boolean("drafts") == Some(true) { Drafts::Build } else { Drafts::Omit },
    }
}

fn read_markdown(table: &mut Reader<'_>, mdbook: &mdbook::MarkdownKeys) -> Markdown {
    let mut either = |key, mdbook: Option<bool>| table.boolean(key).or(mdbook).unwrap_or(true);
    Markdown {
        smart_punctuation: either("smart-punctuation", mdbook.smart_punctuation),
        math: either("math", None),
        definition_lists: either("definition-lists", mdbook.definition_lists),
        alerts: either("alerts", mdbook.admonitions),
        wikilinks: either("wikilinks", None),
        html: table.choice("html", &[("safe", RawHtml::Safe), ("trusted", RawHtml::Trusted)]).unwrap_or(RawHtml::Safe),
    }
}

fn read_rules(table: &mut Reader<'_>) -> BTreeMap<Code, Severity> {
    let levels = [("allow", Severity::Allow), ("warn", Severity::Warn), ("deny", Severity::Deny)];
    Code::ALL.iter().filter_map(|code| Some((*code, table.choice(code.name(), &levels)?))).collect()
}

fn with_slash(url: String) -> String {
    if url.ends_with('/') { url } else { url + "/" }
}

/// Says whether a value asks for something at all: `false` and the empty text do not.
fn is_set(value: &Value) -> bool {
    !matches!(value, Value::Boolean(false)) && value.scalar().as_deref() != Some("")
}

#[cfg(test)]
mod tests;
