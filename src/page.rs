//! One Markdown file, understood alone: text comes in, a [`Page`] comes out.
//!
//! One walk over the Markdown events (`writer`) yields the HTML with holes for link targets, the headings, the
//! links, and the plain text of every section for search. What only the whole site knows (where a link leads) is
//! left as a hole. What is wrong is a diagnostic; no text makes this fail.

mod body;
mod code;
mod comment;
mod diagram;
mod dialect;
mod footnote;
mod foreign;
mod front_matter;
mod hero;
mod highlight;
mod html;
mod markdown;
mod math;
mod slug;
mod summary;
mod title;
mod url;
mod writer;

use std::sync::Arc;

pub use body::{Attribute, Block, Body, Piece};
pub use comment::{Uncommented, without_comments};
pub use diagram::Diagram;
pub use foreign::Budget;
pub use front_matter::{FrontMatter, Glossary, schema_of_key};
pub use hero::Hero;
pub use highlight::Highlights;
pub use markdown::without_code;
pub use slug::slug;
pub use summary::{Chapter, Entry, Summary, parse as parse_summary};
pub use title::{order_of_name, title_of_name};

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::fingerprint::Fingerprint;
use crate::path::{BookPath, SitePath};
use crate::tracker::Trackers;

/// How much is made of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Detail {
    /// All that readers see.
    Full,
    /// Its text: code is not coloured and diagrams are not drawn.
    Text,
}

/// The words that a page itself brings, in the language of its readers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Labels {
    /// Of the five kinds of alerts.
    pub alerts: [String; 5],
    /// Of a table that can be scrolled.
    pub table: String,
    /// Of a task that is done.
    pub done: String,
    /// Of a task that is not.
    pub to_do: String,
    /// Of a formula.
    pub formula: String,
    /// Of a diagram, with `{kind}`.
    pub diagram: String,
    /// What opens the source of a diagram.
    pub diagram_text: String,
    /// Of the list of notes.
    pub footnotes: String,
    /// Of the way back from a note, with `{n}`.
    pub back: String,
}

impl Default for Labels {
    fn default() -> Self {
        Self {
            alerts: ["Note", "Tip", "Important", "Warning", "Caution"].map(str::to_owned),
            table: "Table".to_owned(),
            done: "Done".to_owned(),
            to_do: "To do".to_owned(),
            formula: "Formula".to_owned(),
            diagram: "Diagram ({kind})".to_owned(),
            diagram_text: "Diagram as text".to_owned(),
            footnotes: "Footnotes".to_owned(),
            back: "Back to reference {n}".to_owned(),
        }
    }
}

/// How a file is read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Options {
    /// How much is made of it.
    pub detail: Detail,
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
    /// Whether HTML in the text stays as it is; otherwise what could run script is removed.
    pub trust_html: bool,
    /// Whether it lies in a vault of Obsidian, where `#word` is a tag and `^word` the id of a block.
    pub vault: bool,
    /// Whose issues become links where the text mentions them.
    pub trackers: Trackers,
}

/// A page by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What other pages can see of it.
    pub outline: Outline,
    /// What stands on it.
    pub content: Content,
}

/// What other pages can see of a page, and the site needs of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// The file.
    pub path: BookPath,
    /// The title that it gives itself: of the front matter, else of the first heading of the first level that is one.
    pub title: Option<String>,
    /// A sentence or two for lists and search engines: of the front matter, else the first paragraph.
    pub description: String,
    /// What the front matter says.
    pub front_matter: FrontMatter,
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// Further ids that a link can name: those in the author's HTML.
    pub anchors: Vec<String>,
    /// The links in order; the holes of the body number them. At the end are those of the hero.
    pub links: Vec<Link>,
    /// The blocks of its body, which the pieces there mark.
    pub blocks: Vec<Block>,
    /// The terms that it explains to the whole site.
    pub terms: Vec<Term>,
    /// How many diagrams it shows.
    pub diagrams: usize,
    /// The fingerprint of its sections.
    pub sections: Fingerprint,
    /// The links in whose place the title of a page stands in the text of a section, by their numbers.
    pub titled: Vec<usize>,
    /// How many words the text has.
    pub words: usize,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the text begins in the source, after the front matter.
    pub start: usize,
}

/// What stands on a page: needed to render it and to search it, and for nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The HTML.
    pub body: Body,
    /// The text for search, section by section.
    pub sections: Vec<Section>,
    /// The diagrams that the body shows.
    pub diagrams: Vec<Diagram>,
    /// The tokens of its blocks of code, for its next reading.
    pub highlights: Highlights,
}

impl Outline {
    /// Returns the text after the front matter, of the source that the page was read from.
    pub fn text<'t>(&self, source: &'t str) -> &'t str {
        source.get(self.start..).unwrap_or("")
    }

    /// Says whether other pages see the same of both: all but where things stand, how long the text is, and what is wrong.
    pub fn is_seen_as(&self, other: &Self) -> bool {
        let seen = |page: &Self| {
            let Self { title, description, front_matter, headings, anchors, terms, diagrams, .. } = page.clone();
            let links: Vec<(Target, Role)> = page.links.iter().map(|link| (link.target.clone(), link.role)).collect();
            (title, description, front_matter, headings, anchors, terms, diagrams, links)
        };
        seen(self) == seen(other)
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The id, unique on the page.
    pub id: String,
    /// The text without markup.
    pub text: String,
    /// Whether it is the label of a tab, and so no part of the contents.
    pub is_tab: bool,
}

/// A link or image, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it points to.
    pub target: Target,
    /// Whether it shows its target.
    pub role: Role,
    /// Where it stands.
    pub span: Span,
}

/// What a link points to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// Another site, or an address such as `mailto:`.
    External(String),
    /// A reference relative to the page, percent-encoded: `../a.md#b`.
    Relative(String),
    /// `[[page#heading]]`, not encoded.
    Wiki(String),
    /// `[[name]]` without a folder, heading or label: the name of a page or file, or else text.
    Bare(String),
    /// A file that the page makes itself.
    Generated(SitePath),
}

/// Whether a link shows its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// `<a>`
    Link,
    /// `<img>` and other media
    Image,
}

/// A term of a glossary.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Term {
    /// What it is called; each may stand in a text.
    pub names: Vec<String>,
    /// The id by which it is found on its page.
    pub id: String,
    /// What it means, in a sentence or two.
    pub text: String,
}

/// The text under one heading, for search.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Section {
    /// The id of the heading; nothing for the text before the first heading, or under the title.
    pub anchor: Option<String>,
    /// The text of the heading, empty for the text before the first.
    pub heading: String,
    /// The byte of the source where the section begins.
    pub start: usize,
    /// The text: a line each block, item and cell. Those of code begin with a tab, and no others do.
    pub text: String,
    /// The parts of the text in whose place the title of a page stands, in order.
    pub titles: Vec<PageTitle>,
    /// Whether it can be searched; `{.no-search}` after a heading keeps out what is below it.
    pub searched: bool,
}

impl Section {
    /// Returns the text with the titles of the pages that links lead to; `title` knows them by the number of the link.
    pub fn text_with<'t>(&self, title: impl Fn(usize) -> Option<&'t str>) -> String {
        let mut text = String::with_capacity(self.text.len());
        let mut at = 0;
        for PageTitle { range, link } in &self.titles {
            let Some(title) = title(*link) else { continue };
            text.push_str(&self.text[at..range.start]);
            text.push_str(&title.split_whitespace().collect::<Vec<_>>().join(" "));
            at = range.end;
        }
        text + &self.text[at..]
    }
}

/// A link without a label in the text of a section: what it shows is the title of its page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PageTitle {
    /// What is written there.
    pub range: std::ops::Range<usize>,
    /// The link, by its number on the page.
    pub link: usize,
}

/// The longest Markdown text that is read as a page, in bytes.
pub const LONGEST: usize = 16 << 20;

/// Reads a page, with the words of English readers.
pub fn parse(path: &BookPath, text: &Arc<str>, options: &Options) -> Page {
    parse_for(path, text, options, &Labels::default())
}

/// Reads a page, with the words of its readers.
pub fn parse_for(path: &BookPath, text: &Arc<str>, options: &Options, labels: &Labels) -> Page {
    Reader { options, labels, budget: &Budget::default(), known: &Highlights::default() }.page(path, text)
}

/// How the pages of a book are read.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// What is made of their Markdown.
    pub options: &'a Options,
    /// The words of their readers.
    pub labels: &'a Labels,
    /// What all of them together may spend on grammars and diagrams.
    pub budget: &'a Budget,
    /// The highlights of the last reading of the page, so that no block is read twice.
    pub known: &'a Highlights,
}

impl Reader<'_> {
    /// Reads a page.
    pub fn page(&self, path: &BookPath, text: &Arc<str>) -> Page {
        read(self, path, text)
    }
}

fn read(reader: &Reader<'_>, path: &BookPath, text: &Arc<str>) -> Page {
    let Reader { options, labels, budget, known } = *reader;
    let (mut front_matter, start, mut diagnostics) = front_matter::read(path, text);
    let body_text = if text.len() > LONGEST {
        let message = format!("longer than {} MB, so only its beginning is shown", LONGEST >> 20);
        diagnostics.push(Diagnostic::new(Code::TooLarge, path, message));
        &text[start..text.floor_char_boundary(LONGEST).max(start)]
    } else {
        &text[start..]
    };
    let glossary = matches!(front_matter.glossary, Glossary::All | Glossary::Only(_));
    let written = writer::write(&writer::Input {
        path,
        text: body_text,
        offset: start,
        options,
        labels,
        glossary,
        budget,
        known,
    });
    let terms = written.terms.into_iter().filter(|term| front_matter.glossary.explains(term)).collect();
    diagnostics.extend(written.diagnostics);
    let first = written.headings.iter().find(|heading| heading.level == 1 && title::is_one(&heading.text));
    let title = front_matter.title.clone().or_else(|| first.map(|heading| heading.text.clone()));
    let description = front_matter.description.clone().unwrap_or(written.summary);
    // Where parts are headings of the first level (`# Context`), none is the page's, and the title stands above them.
    let tops = written.headings.iter().filter(|heading| heading.level == 1);
    let has_parts = tops.clone().count() > 1 && tops.clone().all(|heading| Some(&heading.text) != title.as_ref());
    let body = if has_parts { written.body.without_heading() } else { written.body };
    let mut links = written.links;
    let span = front_matter.table.get("hero").and_then(|node| node.span).unwrap_or(Span { start: 0, end: 0 });
    if let Some(hero) = &mut front_matter.hero {
        hero::add_links(hero, (path, span), &mut links, &mut diagnostics);
    }
    let outline = Outline {
        path: path.clone(),
        title,
        description,
        terms,
        front_matter,
        headings: written.headings,
        anchors: written.anchors,
        links,
        blocks: written.blocks,
        diagrams: written.diagrams.len(),
        sections: Fingerprint::of(&written.sections),
        titled: written.sections.iter().flat_map(|section| &section.titles).map(|title| title.link).collect(),
        words: written.sections.iter().map(|section| section.text.split_whitespace().count()).sum(),
        diagnostics,
        start,
    };
    let writer::Written { sections, diagrams, highlights, .. } = written;
    Page { outline, content: Content { body, sections, diagrams, highlights } }
}

#[cfg(test)]
mod tests;
