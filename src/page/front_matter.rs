//! Front matter: YAML between `---` lines or TOML between `+++` lines, at the very beginning of a file.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::hero::{self, Hero};
use super::title;
use crate::data::{self, Entry, Fault, Schema, Table, Value};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::path::BookPath;

/// What the front matter of a page says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// `title`
    pub title: Option<String>,
    /// `description`, or `summary`
    pub description: Option<String>,
    /// `kind`, or `type`: `decision`, `guideline` or `page`
    pub kind: Option<String>,
    /// `tags`
    pub tags: Vec<String>,
    /// `date`
    pub date: Option<Date>,
    /// `aliases`: further addresses, as they are written
    pub aliases: Vec<String>,
    /// `draft`
    pub draft: bool,
    /// `search`: what the page counts there, in hundredths; 0 keeps it out
    pub search: Option<u64>,
    /// `weight`, or `order`: pages with a lower one come first
    pub weight: Option<i64>,
    /// `hero`: what stands in place of the heading
    pub hero: Option<Hero>,
    /// `glossary`: whether the page explains terms, or leaves them as they are
    pub glossary: Glossary,
    /// Everything that stands there, for decisions and themes.
    pub table: Table,
}

/// What a page has to do with terms that are explained.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Glossary {
    /// They are marked on it, as on every page.
    #[default]
    Unsaid,
    /// None is marked on it.
    No,
    /// It explains all terms of its definition lists.
    All,
    /// It explains these of them, in lower case.
    Only(BTreeSet<String>),
}

impl Glossary {
    /// Says whether the page explains a term to the others.
    pub(super) fn explains(&self, term: &super::Term) -> bool {
        match self {
            Self::Unsaid | Self::No => false,
            Self::All => true,
            Self::Only(meant) => term.names.iter().any(|name| meant.contains(&name.to_lowercase())),
        }
    }
}

/// Returns what each key of a page takes. A key without a value is as good as none.
pub fn schema_of_key(key: &str) -> Option<Schema> {
    let no_table = || Schema::Scalar.one_or_list();
    Some(match key {
        "title" | "description" | "summary" | "kind" => Schema::Scalar,
        // Other programs have other types, and decisions have days in many forms.
        "type" | "date" => Schema::Any,
        "tags" | "aliases" | "glossary" => no_table(),
        "draft" => Schema::Either(vec![
            Schema::Boolean,
            Schema::Choice(["yes", "no", "on", "off"].map(str::to_owned).to_vec()),
        ]),
        "weight" | "order" => Schema::Integer,
        "hero" => hero::schema(),
        "search" => Schema::weight(),
        _ => return None,
    })
}

/// Reads the front matter; also returns the byte where the text begins.
pub(super) fn read(path: &BookPath, text: &str) -> (FrontMatter, usize, Vec<Diagnostic>) {
    let Some(block) = find(text) else {
        let bom = text.len() - text.trim_start_matches('\u{feff}').len();
        return (FrontMatter::default(), bom, unclosed(path, text).into_iter().collect());
    };
    let inner = &text[block.start..block.end];
    let parsed = match block.format {
        Format::Yaml => data::parse_yaml(inner),
        Format::Toml => data::parse_toml(inner),
    };
    let mut diagnostics = Vec::new();
    let mut table = parsed.unwrap_or_else(|fault| {
        diagnostics.push(describe(path, &fault, &block));
        data::by_lines(inner)
    });
    shift(&mut table, block.start);
    keep_as_written(&mut table, text);
    let front_matter = understand(table, path, &mut diagnostics);
    (front_matter, block.after, diagnostics)
}

#[derive(Clone, Copy, PartialEq)]
enum Format {
    Yaml,
    Toml,
}

struct Block {
    format: Format,
    start: usize,
    end: usize,
    after: usize,
}

/// Keys by which front matter is known where empty lines precede it: those of pages, and those that most records have.
const KNOWN: &[&str] = &[
    "title",
    "description",
    "summary",
    "kind",
    "type",
    "tags",
    "aliases",
    "date",
    "draft",
    "weight",
    "order",
    "glossary",
    "search",
    "status",
    "state",
    "stage",
    "author",
    "authors",
    "deciders",
    "decision-makers",
    "created",
    "updated",
    "creation-date",
    "start-date",
    "number",
    "id",
    "slug",
    "layout",
    "permalink",
    "categories",
    "keywords",
    "sidebar_position",
    "nav_order",
];

fn find(text: &str) -> Option<Block> {
    let (format, start) = opening(text)?;
    // Below empty lines a thematic break could be meant, unless every line is a key or belongs to one.
    let is_first = text.trim_start_matches('\u{feff}').starts_with(['-', '+']);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let closes = match format {
            Format::Yaml => matches!(line.trim_end(), "---" | "..."),
            Format::Toml => line.trim_end() == "+++",
        };
        if closes {
            let block = Block { format, start, end: at, after: at + line.len() };
            let inner = &text[start..at];
            let known = |table: Table| table.0.iter().any(|entry| KNOWN.contains(&entry.key.to_lowercase().as_str()));
            let strict = || format == Format::Yaml && data::parse_yaml(inner).is_ok_and(known);
            return (is_data(inner, format) && (is_first || strict())).then_some(block);
        }
        at += line.len();
    }
    None
}

/// Finds the line that opens front matter, after empty ones; returns the format and where what it opens begins.
fn opening(text: &str) -> Option<(Format, usize)> {
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut at = bom;
    for line in text[bom..].split_inclusive('\n') {
        at += line.len();
        match line.trim_end() {
            "" => {}
            "---" => return Some((Format::Yaml, at)),
            "+++" => return Some((Format::Toml, at)),
            _ => return None,
        }
    }
    None
}

/// Tells of front matter that no line closes: it opens the file, and a key stands in the next line.
fn unclosed(path: &BookPath, text: &str) -> Option<Diagnostic> {
    let (format, start) = opening(text).filter(|_| text.trim_start_matches('\u{feff}').starts_with(['-', '+']))?;
    let sign = if format == Format::Yaml { "---" } else { "+++" };
    let begin = text[start..].lines().next().filter(|line| is_data(line, format) && !line.trim().is_empty())?;
    let closed = text[start..].lines().any(|line| line.trim_end() == sign);
    let key = begin.split([':', '=']).next().unwrap_or_default();
    let is_key = !key.is_empty() && key.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'));
    (!closed && is_key).then(|| {
        Diagnostic::new(Code::InvalidFrontMatter, path, format!("the front matter has no closing `{sign}`"))
            .at(Span { start, end: start + begin.len() })
            .help(format!("put a line `{sign}` after the last key"))
    })
}

/// Tells front matter from prose between two thematic breaks: some line must look like a key.
fn is_data(text: &str, format: Format) -> bool {
    let sign = if format == Format::Yaml { ':' } else { '=' };
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    lines.peek().is_none()
        || lines.any(|line| {
            let key = line.split(sign).next().unwrap_or("");
            line.contains(sign) && !key.is_empty() && !key.trim().contains(' ') || line.starts_with('[')
        })
}

fn describe(path: &BookPath, fault: &Fault, block: &Block) -> Diagnostic {
    let format = if block.format == Format::Yaml { "YAML" } else { "TOML" };
    let message = format!("the front matter cannot be read as {format}: {}", fault.message);
    let span = match fault.span {
        Some(span) => Span { start: span.start + block.start, end: span.end + block.start },
        None => Span { start: block.start, end: block.start },
    };
    Diagnostic::new(Code::InvalidFrontMatter, path, message)
        .at(span)
        .help("quote values that hold `:`, `#`, `@` or brackets")
}

/// Takes what is words as it is written: `title: 1.10` is no number.
fn keep_as_written(table: &mut Table, text: &str) {
    let words = |entry: &&mut Entry| matches!(entry.key.as_str(), "title" | "description" | "summary");
    for entry in table.0.iter_mut().filter(words) {
        let is_number = matches!(entry.node.value, Value::Integer(_) | Value::Float(_));
        let written = entry.node.span.and_then(|span| text.get(span.start..span.end)).filter(|_| is_number);
        if let Some(written) = written {
            entry.node.value = Value::Text(written.trim().to_owned());
        }
    }
}

fn shift(table: &mut Table, offset: usize) {
    let shift = |span: &mut Option<Span>| {
        *span = span.map(|span| Span { start: span.start + offset, end: span.end + offset });
    };
    for entry in &mut table.0 {
        shift(&mut entry.key_span);
        shift(&mut entry.node.span);
    }
}

fn understand(table: Table, path: &BookPath, diagnostics: &mut Vec<Diagnostic>) -> FrontMatter {
    let mut front = FrontMatter::default();
    for Entry { key, node, .. } in &table.0 {
        let understood = match key.as_str() {
            "title" => {
                node.value.scalar().map(|text| front.title = Some(text).filter(|text| title::is_one(text))).is_some()
            }
            "description" | "summary" => node.value.scalar().map(|text| front.description = Some(text)).is_some(),
            "kind" => node.value.scalar().map(|kind| front.kind = Some(kind)).is_some(),
            "type" => {
                front.kind = front.kind.take().or_else(|| node.value.scalar());
                true
            }
            "tags" => {
                front.tags = node.value.texts();
                !matches!(node.value, Value::Table(_))
            }
            "aliases" => {
                front.aliases = node.value.texts();
                !matches!(node.value, Value::Table(_))
            }
            "date" => {
                front.date = node.value.scalar().and_then(|text| Date::parse(&text));
                true // a decision's date has many forms, which its own room reads
            }
            "draft" => {
                let said = node.value.scalar().map(|text| text.trim().to_lowercase());
                let no = matches!(said.as_deref(), Some("false" | "no" | "off" | "0")) || node.value == Value::Null;
                // What nobody understands is kept back: a draft that goes out by mistake cannot be called back.
                front.draft = !no;
                no || matches!(said.as_deref(), Some("true" | "yes" | "on" | "1"))
            }
            "glossary" => {
                front.glossary = match &node.value {
                    Value::Boolean(true) => Glossary::All,
                    Value::Boolean(false) => Glossary::No,
                    value => Glossary::Only(value.texts().iter().map(|name| name.to_lowercase()).collect()),
                };
                !matches!(node.value, Value::Table(_))
            }
            "hero" => {
                front.hero = hero::read(&node.value);
                front.hero.is_some()
            }
            "weight" | "order" => {
                matches!(node.value, Value::Integer(_)) && {
                    front.weight = if let Value::Integer(weight) = node.value { Some(weight) } else { None };
                    true
                }
            }
            "search" => {
                front.search = node.value.hundredths();
                front.search.is_some()
            }
            _ => true,
        };
        if !understood && node.value != Value::Null {
            let message = format!("`{key}` cannot be {}", node.value.kind());
            let mut diagnostic = Diagnostic::new(Code::InvalidValue, path, message);
            if key == "draft" {
                diagnostic = diagnostic.help("say `true` or `false`; until then the page is a draft");
            }
            diagnostics.push(match node.span {
                Some(span) => diagnostic.at(span),
                None => diagnostic,
            });
        }
    }
    FrontMatter { table, ..front }
}
