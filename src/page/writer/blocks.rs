//! Blocks: paragraphs, headings, lists, quotes, tables, code.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, HeadingLevel, Tag, TagEnd};
use pulldown_cmark_escape::escape_html;

use super::super::body::Hole;
use super::super::{Heading, Section};
use super::code::OpenCode;
use super::{DEEPEST, Writer, alerts, tabs};
use crate::diagnostic::Code;

/// A heading whose text is being gathered.
#[derive(Default)]
pub(super) struct OpenHeading {
    pub(super) text: String,
    /// The same before smart punctuation and emoji codes: what the id is made of.
    pub(super) written: String,
    pub(super) html_start: usize,
    pub(super) id: Option<String>,
    pub(super) classes: String,
    /// Further attributes, as they go out.
    pub(super) attributes: String,
    /// Whether it is the label of a tab.
    pub(super) is_tab: bool,
}

/// The table that is open.
#[derive(Default)]
pub(super) struct OpenTable {
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
}

impl Writer<'_> {
    pub(super) fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        if is_block(tag.to_end()) {
            self.break_plain();
        }
        match tag {
            Tag::Paragraph => {
                let tag = self.paragraph_start(range.start, &self.input.text[range.clone()]);
                self.push(&tag);
                // After a rule the section around it goes on, which is empty so far.
                let start = if self.after_rule.is_some() { 0 } else { self.section().len() };
                self.paragraph = Some(start).filter(|_| self.frames.is_empty());
            }
            Tag::Heading { level, id, classes, .. } => self.start_heading(level, id.map(String::from), &classes),
            Tag::BlockQuote(kind) => self.open(range, &alerts::quote_start(kind, self.input.labels)),
            Tag::List(None) => self.open(range, "<ul>\n"),
            Tag::List(Some(1)) => self.open(range, "<ol>\n"),
            Tag::List(Some(start)) => self.open(range, &format!("<ol start=\"{start}\">\n")),
            Tag::Item => {
                let tag = self.item_start(range.start, &self.input.text[range.clone()]);
                let tag = self.note_start(tag);
                self.open(range, &tag);
            }
            Tag::DefinitionList => self.open(range, "<dl>\n"),
            Tag::DefinitionListTitle => {
                self.start_term();
                self.open(range, "<dt>");
            }
            Tag::DefinitionListDefinition => {
                self.open(range, "<dd>");
                self.start_definition();
            }
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some(OpenCode::new(info));
            }
            Tag::HtmlBlock => self.html_block = Some((String::new(), range.clone())),
            Tag::FootnoteDefinition(name) => {
                let outer = std::mem::take(&mut self.html);
                self.footnotes.open(&name, outer);
                self.frames.push(true);
            }
            Tag::Table(alignments) => {
                self.table = OpenTable { alignments, column: 0, head: false };
                let label = escaped(&self.input.labels.table);
                self.push(&format!(
                    "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"{label}\"><table>\n"
                ));
            }
            Tag::TableHead => {
                (self.table.head, self.table.column) = (true, 0);
                self.push("<thead>\n<tr>\n");
            }
            Tag::TableRow => {
                self.table.column = 0;
                self.push("<tr>\n");
            }
            Tag::TableCell => self.start_cell(),
            Tag::MetadataBlock(_) => {}
            inline => self.start_inline(inline, range),
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        if is_block(tag) {
            self.break_plain();
        }
        match tag {
            TagEnd::Paragraph => {
                let is_figure = self.caption();
                if !is_figure {
                    self.push("</p>\n");
                }
                self.end_paragraph();
                if is_figure {
                    let caption = std::mem::take(&mut self.caption);
                    self.line(&caption);
                }
                self.end_definition();
                self.close_rule(None, range.end);
            }
            TagEnd::Heading(level) => self.close_heading(level as u8, range.start),
            TagEnd::BlockQuote(Some(_)) => self.close("</div>\n"),
            TagEnd::BlockQuote(None) => self.close("</blockquote>\n"),
            TagEnd::List(true) => {
                self.close("</ol>\n");
                self.end_notes();
            }
            TagEnd::List(false) => self.close("</ul>\n"),
            TagEnd::Item => {
                self.close("</li>\n");
                self.close_rule(Some(self.frames.len()), range.end);
            }
            TagEnd::DefinitionList => self.close("</dl>\n"),
            TagEnd::DefinitionListTitle => {
                self.end_names();
                self.close("</dt>\n");
            }
            TagEnd::DefinitionListDefinition => {
                self.end_definition();
                self.close("</dd>\n");
            }
            TagEnd::CodeBlock => self.end_code(range),
            TagEnd::HtmlBlock => {
                if let Some((text, range)) = self.html_block.take() {
                    match tabs::mark(&text) {
                        Some(mark) => self.tabs(mark),
                        None => self.raw_html(&text, &range, false),
                    }
                    self.break_plain();
                }
            }
            TagEnd::FootnoteDefinition => {
                self.frames.pop();
                let note = std::mem::take(&mut self.html);
                self.html = self.footnotes.close(note);
            }
            TagEnd::Table => self.push("</tbody>\n</table></div>\n"),
            TagEnd::TableHead => {
                self.table.head = false;
                self.push("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => {
                self.push(if self.table.head { "</th>\n" } else { "</td>\n" });
                self.table.column += 1;
            }
            TagEnd::MetadataBlock(_) => {}
            inline => self.end_inline(inline, range),
        }
    }

    /// Opens a container, whose frame is left out where blocks nest too deep.
    pub(super) fn open(&mut self, range: &Range<usize>, html: &str) {
        self.break_plain();
        let shown = self.frames.len() < DEEPEST;
        if self.frames.len() == DEEPEST {
            self.report(Code::DeepNesting, range, format!("blocks nest deeper than {DEEPEST}"), None);
        }
        self.frames.push(shown);
        if shown {
            self.push(html);
        }
    }

    pub(super) fn close(&mut self, html: &str) {
        if self.frames.pop() == Some(true) {
            self.push(html);
        }
        self.break_plain();
    }

    /// Takes the first paragraph that says something for the page's summary.
    fn end_paragraph(&mut self) {
        let Some(start) = self.paragraph.take() else { return };
        if !self.summary.is_empty() {
            return;
        }
        let under_status = self.sections.last().is_some_and(|section| section.heading.eq_ignore_ascii_case("status"));
        let text = self.section()[start..].split_whitespace().collect::<Vec<_>>().join(" ");
        let first_word = text.split([':', ' ']).next().unwrap_or("").to_lowercase();
        let metadata =
            matches!(first_word.as_str(), "date" | "status" | "deciders" | "author" | "authors" | "technical" | "tags");
        if !under_status && !metadata && text.chars().filter(|letter| letter.is_alphabetic()).count() > 2 {
            self.summary = shorten(&text);
        }
    }

    fn start_heading(&mut self, level: HeadingLevel, id: Option<String>, classes: &[pulldown_cmark::CowStr<'_>]) {
        let plain = |class: &str| class.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'));
        let classes: Vec<&str> = classes.iter().map(|class| &**class).filter(|class| plain(class)).collect();
        let is_tab = self.heading_in_tabs(level as u8, self.depth - 1);
        self.open_heading(OpenHeading { id, classes: classes.join(" "), is_tab, ..OpenHeading::default() });
    }

    pub(super) fn open_heading(&mut self, heading: OpenHeading) {
        self.break_plain();
        self.after_rule = None;
        self.heading = Some(OpenHeading { html_start: self.html.len(), ..heading });
    }

    /// Ends the heading that is open. The first of the first level is that of the page, whatever precedes it.
    pub(super) fn close_heading(&mut self, level: u8, start: usize) {
        let Some(heading) = self.heading.take() else { return };
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = words(&heading.text);
        let id = self.ids.claim(heading.id.as_deref().filter(|id| !id.is_empty()), &words(&heading.written));
        let inner = self.html.split_off(heading.html_start);
        let is_first = self.headings.is_empty();
        let is_title = self.frames.is_empty() && level == 1 && self.headings.iter().all(|heading| heading.level > 1);
        let mut attributes = format!(" id=\"{}\"{}", escaped(&id), heading.attributes);
        if !heading.classes.is_empty() {
            attributes += &format!(" class=\"{}\"", escaped(&heading.classes));
        }
        let anchor = format!("<a class=\"anchor\" href=\"#{id}\" aria-labelledby=\"{id}\"></a>", id = escaped(&id));
        self.push(&format!("<h{level}{attributes}>{} {anchor}</h{level}>\n", inner.trim_end()));
        if is_title {
            // A link back or a badge before the title is no summary.
            self.summary.clear();
            // An element around it ends first.
            self.heading_is_open = !self.raw.is_closed();
            if !self.heading_is_open {
                let mark = self.marks.write(Hole::EndOfHeading);
                self.push(&mark);
            }
        }
        if !is_title || !is_first {
            let start = start + self.input.offset;
            let searched = self.is_searched(level, &heading.classes);
            let (anchor, title) = (Some(id.clone()), text.clone());
            self.sections.push(Section { anchor, heading: title, start, searched, ..Section::default() });
        }
        if heading.is_tab {
            self.label_tab(&text);
        }
        self.headings.push(Heading { level, id, text, is_tab: heading.is_tab });
    }

    /// Says whether what follows a heading is searched.
    fn is_searched(&mut self, level: u8, classes: &str) -> bool {
        self.unsearched = self.unsearched.filter(|above| level > *above);
        if self.unsearched.is_none() && classes.split(' ').any(|class| class == "no-search") {
            self.unsearched = Some(level);
        }
        self.unsearched.is_none()
    }

    fn start_cell(&mut self) {
        let name = if self.table.head { "th" } else { "td" };
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            _ => "",
        };
        self.push(&format!("<{name}{class}>"));
    }

    /// Makes a figure of a paragraph that is one image with a title, and says whether it was one.
    fn caption(&mut self) -> bool {
        let Some(start) = self.html.rfind("<p>") else { return false };
        let image = self.html[start + 3..].trim();
        let alone = image.starts_with("<img ") && image.ends_with("/>") && image.matches('<').count() == 1;
        let title = image.split_once(" title=\"").and_then(|(before, after)| Some((before, after.split_once('"')?)));
        let Some((before, (title, after))) = title.filter(|_| alone) else { return false };
        let figure = format!("<figure class=\"image\">{before}{after}<figcaption>{title}</figcaption></figure>\n");
        self.html.truncate(start);
        self.push(&figure);
        true
    }

    /// Marks the item just opened as a task.
    pub(super) fn task(&mut self, done: bool) {
        // An item with an id, of a rule or a note, stays what it is.
        if let Some(at) = self.html.rfind("<li").filter(|at| self.html[*at..].starts_with("<li>")) {
            self.html.insert_str(at + 3, " class=\"task\"");
        }
        let labels = self.input.labels;
        let (label, state) = if done { (&labels.done, " checked=\"\"") } else { (&labels.to_do, "") };
        self.slot(format!("<input type=\"checkbox\" disabled=\"\" aria-label=\"{}\"{state}/>", escaped(label)));
        self.push(" ");
    }
}

/// Says whether a tag is of a block, an item or a cell, and not of what stands in a line.
fn is_block(tag: TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong, Subscript, Superscript};
    !matches!(tag, Emphasis | Strong | Strikethrough | Superscript | Subscript | Link | Image)
}

/// Returns the text escaped for an attribute in double quotes, or for text.
pub(in crate::page) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_html(&mut out, text).expect("writing to a string cannot fail");
    out
}

/// How long a summary may be, in characters: what search engines show.
const SUMMARY: usize = 160;

/// Cuts at a word, with an ellipsis.
pub(super) fn shorten(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(SUMMARY) else { return text.to_owned() };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches([',', ';', ':', '.', ' ']))
}
