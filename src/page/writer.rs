//! The one walk over the Markdown events: HTML with holes, headings, links, and plain text for search.

mod alerts;
mod annotations;
mod blocks;
mod code;
mod inlines;
mod raw;
mod rules;
mod tabs;
mod terms;
mod text;

pub(super) use blocks::escaped;

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::body::{Block, Body, Hole, Marks};
use super::footnote::Footnotes;
use super::foreign::{Budget, Runner};
use super::highlight::{Colours, Engine, Highlights};
use super::markdown::{self, Seen};
use super::slug::Ids;
use super::{Detail, Diagram, Heading, Labels, Link, Options, Section, Target, Term, body, dialect, html};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::path::BookPath;

/// What is walked.
pub(super) struct Input<'a> {
    pub(super) path: &'a BookPath,
    /// The text after the front matter.
    pub(super) text: &'a str,
    /// Where that text begins in the source.
    pub(super) offset: usize,
    pub(super) options: &'a Options,
    pub(super) labels: &'a Labels,
    /// Whether its definition lists explain terms.
    pub(super) glossary: bool,
    /// What the book has spent on grammars and diagrams.
    pub(super) budget: &'a Budget,
    /// The highlights of the last reading of the page.
    pub(super) known: &'a Highlights,
}

/// What the walk found.
pub(super) struct Written {
    pub(super) body: Body,
    pub(super) blocks: Vec<Block>,
    pub(super) headings: Vec<Heading>,
    pub(super) anchors: Vec<String>,
    pub(super) links: Vec<Link>,
    pub(super) sections: Vec<Section>,
    pub(super) diagrams: Vec<Diagram>,
    pub(super) highlights: Highlights,
    pub(super) terms: Vec<Term>,
    pub(super) summary: String,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// How deep blocks may nest before the inner ones lose their frames: no author means more, and browsers give up at 512.
const DEEPEST: usize = 100;

pub(super) fn write(input: &Input<'_>) -> Written {
    let mut writer = Writer::new(input);
    let is_full = input.options.detail == Detail::Full;
    let mut ground = dialect::Ground::default();
    let missing = markdown::read(input.text, rules(input.options), &mut |seen, range| {
        // Who asks for a text alone gets no findings of it.
        if is_full {
            ground.see(&seen, &range, input.text);
        }
        writer.see(seen, range);
    });
    for (span, reference) in missing {
        writer.report(Code::MissingDefinition, &span, format!("no definition of `[{reference}]`"), None);
    }
    let place = dialect::Place { path: input.path, text: input.text, offset: input.offset, vault: input.options.vault };
    if is_full {
        writer.diagnostics.extend(dialect::check(&place, ground));
    }
    writer.finish()
}

fn rules(options: &Options) -> markdown::Rules<'_> {
    let Options {
        smart_punctuation,
        math,
        definition_lists,
        alerts,
        wikilinks,
        trackers,
        detail: _,
        trust_html: _,
        vault: _,
    } = options;
    markdown::Rules {
        smart_punctuation: *smart_punctuation,
        math: *math,
        definition_lists: *definition_lists,
        alerts: *alerts,
        wikilinks: *wikilinks,
        trackers,
    }
}

/// The state of the walk. What a block gathers until its end is a field that is empty elsewhere.
struct Writer<'a> {
    input: &'a Input<'a>,
    marks: Marks,
    html: String,
    slots: Vec<String>,
    raw: raw::Raw,
    /// Whether the heading of the page stands in an element of the author's that has not ended.
    heading_is_open: bool,
    ids: Ids,
    headings: Vec<Heading>,
    /// Ids of rules.
    anchors: Vec<String>,
    links: Vec<Link>,
    sections: Vec<Section>,
    diagrams: Vec<Diagram>,
    blocks: Vec<Block>,
    /// How many tags are open.
    depth: usize,
    diagnostics: Vec<Diagnostic>,
    footnotes: Footnotes,
    foreign: Runner<'a, Engine>,
    colours: Colours<'a>,
    summary: String,
    /// For each open container, whether its frame was written.
    frames: Vec<bool>,
    heading: Option<blocks::OpenHeading>,
    paragraph: Option<usize>,
    rule: Option<rules::OpenRule>,
    /// The level of the heading below which nothing is searched.
    unsearched: Option<u8>,
    /// The id as it stands in the text of the rule that just began.
    rule_mark: Option<String>,
    /// The section to go on with when text follows a rule.
    after_rule: Option<Section>,
    code: Option<code::OpenCode>,
    html_block: Option<(String, Range<usize>)>,
    table: blocks::OpenTable,
    tabs: Vec<tabs::OpenTabs>,
    /// The block of code that ended just now.
    annotatable: Option<annotations::Annotatable>,
    notes: Vec<annotations::OpenNotes>,
    term: Option<terms::OpenTerm>,
    terms: Vec<Term>,
    image: Option<inlines::OpenImage>,
    /// The title of the image that ended last.
    caption: String,
    /// Whether something stands after the last word that is no text.
    parted: bool,
    in_link: bool,
    /// Set inside a wikilink without a label, whose text is a hole.
    label_is_hole: bool,
}

impl<'a> Writer<'a> {
    fn new(input: &'a Input<'a>) -> Self {
        let first = Section { start: input.offset, searched: true, ..Section::default() };
        Self {
            input,
            marks: Marks::new(input.text),
            html: String::with_capacity(input.text.len() * 3 / 2),
            slots: Vec::new(),
            raw: raw::Raw::default(),
            heading_is_open: false,
            ids: Ids::default(),
            headings: Vec::new(),
            anchors: Vec::new(),
            links: Vec::new(),
            sections: vec![first],
            diagrams: Vec::new(),
            blocks: Vec::new(),
            depth: 0,
            diagnostics: Vec::new(),
            footnotes: Footnotes::default(),
            foreign: Runner::new(input.budget),
            colours: Colours { known: input.known, made: Highlights::default() },
            summary: String::new(),
            frames: Vec::new(),
            heading: None,
            paragraph: None,
            rule: None,
            unsearched: None,
            rule_mark: None,
            after_rule: None,
            code: None,
            html_block: None,
            table: blocks::OpenTable::default(),
            tabs: Vec::new(),
            annotatable: None,
            notes: Vec::new(),
            term: None,
            terms: Vec::new(),
            image: None,
            caption: String::new(),
            parted: false,
            in_link: false,
            label_is_hole: false,
        }
    }

    fn see(&mut self, seen: Seen<'_>, range: Range<usize>) {
        match seen {
            Seen::Event(event) => self.event(event, range),
            Seen::Shown { text, written } => self.shown(&text, written),
            Seen::AlertStart(alert) => {
                if self.depth == 0 {
                    self.mark_block(&Tag::BlockQuote(None), &range);
                }
                self.annotatable = None;
                self.depth += 1;
                self.start_alert(&alert, &range);
            }
            Seen::AlertEnd(fold) => {
                self.depth = self.depth.saturating_sub(1);
                self.end_tabs_within(self.depth);
                self.end_alert(fold);
            }
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let annotatable = self.annotatable.take();
        match event {
            Event::Start(tag) => {
                if self.depth == 0 {
                    self.mark_block(&tag, &range);
                }
                self.depth += 1;
                match (tag, annotatable) {
                    (Tag::List(Some(1)), Some(code)) => {
                        let tag = self.start_notes(code);
                        self.open(&range, &tag);
                    }
                    (tag, _) => self.start(tag, &range),
                }
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                self.end_tabs_within(self.depth);
                self.end(tag, &range);
            }
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.inline_code(&text),
            Event::InlineMath(text) => self.math(&text, super::math::Display::Inline, &range),
            Event::DisplayMath(text) => self.math(&text, super::math::Display::Block, &range),
            Event::Html(text) => match &mut self.html_block {
                Some((block, _)) => block.push_str(&text),
                None => self.raw_html(&text, &range, false),
            },
            Event::InlineHtml(text) => self.raw_html(&text, &range, true),
            Event::FootnoteReference(name) => {
                let html = self.footnotes.refer(&name);
                self.push(&html);
                self.parted = true;
            }
            Event::SoftBreak => {
                let between = self.between_names();
                self.push(between);
                self.text_of_term("\n");
                self.plain(" ");
            }
            Event::HardBreak => {
                self.push("<br />\n");
                self.plain("\n");
            }
            Event::Rule => {
                self.break_plain();
                self.push("<hr />\n");
            }
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    /// Marks where a block begins. What decides whether the first heading is one is left as it is.
    fn mark_block(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let is_heading = matches!(tag, Tag::Heading { .. });
        if self.html.is_empty() && (is_heading || matches!(tag, Tag::HtmlBlock)) {
            return;
        }
        let mark = self.marks.write(Hole::Block(self.blocks.len()));
        self.push(&mark);
        self.blocks.push(Block { span: self.span(range), heading: is_heading.then_some(self.headings.len()) });
    }

    /// Appends HTML, except inside an image, whose alternative text is plain.
    fn push(&mut self, html: &str) {
        if self.image.is_none() {
            self.html.push_str(html);
        }
    }

    /// Puts HTML of our own where no sanitiser shall see it.
    fn slot(&mut self, html: String) {
        let mark = self.marks.write(Hole::Slot(self.slots.len()));
        self.slots.push(html);
        self.push(&mark);
    }

    /// Notes a link, and returns the mark of its target.
    fn link(&mut self, link: Link) -> String {
        self.links.push(link);
        self.marks.write(Hole::Target(self.links.len() - 1))
    }

    fn span(&self, range: &Range<usize>) -> Span {
        body::shift(range, self.input.offset)
    }

    fn report(&mut self, code: Code, range: &Range<usize>, message: String, help: Option<&str>) {
        let diagnostic = Diagnostic::new(code, self.input.path, message).at(self.span(range));
        self.diagnostics.push(match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }

    fn finish(mut self) -> Written {
        while !self.tabs.is_empty() {
            self.end_tabs();
        }
        let notes = self.footnotes.section(self.input.labels);
        self.html.push_str(&notes);
        if self.heading_is_open {
            let mark = self.marks.write(Hole::EndOfHeading);
            self.push(&mark);
        }
        let mut anchors = std::mem::take(&mut self.anchors);
        if self.raw.any && !self.input.options.trust_html {
            let cleaned = html::clean(&self.html, &self.marks, self.links.len());
            self.html = cleaned.html;
            anchors.extend(cleaned.anchors);
            let mut places = html::Values::new(self.input.text);
            for raw in cleaned.links {
                let span = self.span(&places.next(&raw.value).unwrap_or(0..0));
                self.links.push(Link { target: Target::Relative(raw.value), role: raw.role, span });
            }
        }
        self.sections.retain(|section| !section.text.trim().is_empty() || !section.heading.is_empty());
        Written {
            body: self.marks.cut(&self.html, &self.slots),
            blocks: self.blocks,
            headings: self.headings,
            anchors,
            links: self.links,
            sections: self.sections,
            highlights: self.colours.made,
            diagrams: self.diagrams,
            terms: self.terms,
            summary: self.summary,
            diagnostics: self.diagnostics,
        }
    }
}
