//! Inlines: text, links, images, code, math, and the author's HTML.

use std::ops::Range;

use pulldown_cmark::{LinkType, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html_body_text};

use super::super::body::Hole;
use super::super::{Link, Role, Target, math, url};
use super::Writer;
use super::blocks::escaped;
use crate::diagnostic::Code;

/// An image whose alternative text is being gathered.
pub(super) struct OpenImage {
    pub(super) alt: String,
    source: String,
    title: String,
    /// Images nest in the alternative text of others.
    depth: usize,
}

impl Writer<'_> {
    pub(super) fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.text.push_str(text);
            return;
        }
        let text = self.without_rule_mark(text);
        self.plain(text);
        if self.image.is_some() || self.label_is_hole {
            return;
        }
        self.escape(text);
    }

    /// Text that is shown otherwise than it is written, which is what ids are made of.
    pub(super) fn shown(&mut self, text: &str, written: &str) {
        let id_end = self.heading.as_ref().map(|heading| heading.written.len());
        self.text(text);
        if let (Some(end), Some(heading)) = (id_end, &mut self.heading)
            && heading.written.len() > end
        {
            heading.written.truncate(end);
            heading.written.push_str(written);
        }
    }

    fn escape(&mut self, text: &str) {
        escape_html_body_text(&mut self.html, text).expect("writing to a string cannot fail");
    }

    pub(super) fn inline_code(&mut self, text: &str) {
        self.plain(text);
        if self.image.is_none() {
            self.html.push_str("<code>");
            self.escape(text);
            self.html.push_str("</code>");
        }
    }

    /// A formula in a block of code, as GitHub has it.
    pub(super) fn math_block(&mut self, text: &str, range: &Range<usize>) {
        self.push("<p>");
        self.formula(text.trim(), math::Display::Block, range);
        self.push("</p>");
    }

    /// A formula in a line. Its source is part of names and headings, and of no text that is searched.
    pub(super) fn math(&mut self, text: &str, display: math::Display, range: &Range<usize>) {
        if self.heading.is_some() || self.image.is_some() {
            self.plain(text);
        } else {
            self.text_of_term(text);
            self.parted = true;
        }
        self.formula(text, display, range);
    }

    fn formula(&mut self, text: &str, display: math::Display, range: &Range<usize>) {
        match math::render(text, display, &self.input.labels.formula) {
            Ok(html) => self.slot(html),
            Err(message) => {
                self.report(Code::InvalidMath, range, format!("the formula cannot be read: {message}"), None);
                self.slot(format!("<code class=\"math-error\">{}</code>", escaped(text)));
            }
        }
    }

    pub(super) fn start_inline(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Superscript => self.push("<sup>"),
            Tag::Subscript => self.push("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title, range),
            Tag::Image { link_type, dest_url, title, .. } => self.start_image(link_type, &dest_url, &title, range),
            _ => {}
        }
    }

    pub(super) fn end_inline(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Superscript => self.push("</sup>"),
            TagEnd::Subscript => self.push("</sub>"),
            TagEnd::Link if self.image.is_none() => {
                (self.in_link, self.label_is_hole) = (false, false);
                self.push("</a>");
            }
            TagEnd::Image => self.end_image(range),
            _ => {}
        }
    }

    fn start_link(&mut self, kind: LinkType, destination: &str, title: &str, range: &Range<usize>) {
        if self.image.is_some() {
            return;
        }
        self.in_link = true;
        let href = self.target(kind, destination, Role::Link, range).map(|target| format!(" href=\"{target}\""));
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) };
        self.push(&format!("<a{}{title}>", href.unwrap_or_default()));
        if matches!(kind, LinkType::WikiLink { has_pothole: false }) {
            let label = self.marks.write(Hole::Label(self.links.len() - 1));
            self.push(&label);
            self.label_is_hole = true;
        }
    }

    /// Returns what goes between the quotes of `href` or `src`; nothing for an address that is not safe.
    fn target(&mut self, kind: LinkType, destination: &str, role: Role, range: &Range<usize>) -> Option<String> {
        let span = self.span(range);
        if matches!(kind, LinkType::WikiLink { .. }) {
            let is_bare = matches!(kind, LinkType::WikiLink { has_pothole: false })
                && role == Role::Link
                && !destination.contains(['#', '/']);
            let target = if is_bare { Target::Bare } else { Target::Wiki };
            return Some(self.link(Link { target: target(destination.to_owned()), role, span }));
        }
        let destination =
            if kind == LinkType::Email { format!("mailto:{destination}") } else { destination.to_owned() };
        match url::classify(&destination, role) {
            url::Class::Relative => Some(self.link(Link { target: Target::Relative(destination), role, span })),
            url::Class::External => {
                let mut href = String::new();
                escape_href(&mut href, &destination).expect("writing to a string cannot fail");
                self.links.push(Link { target: Target::External(destination), role, span });
                Some(href)
            }
            url::Class::Unsafe => {
                let scheme = destination.split(':').next().unwrap_or("").trim();
                let message = format!("`{scheme}:` is no scheme that a link may have, so the link is removed");
                self.report(Code::UnsafeLink, range, message, Some("use http, https, mailto, or a path of the book"));
                None
            }
        }
    }

    fn start_image(&mut self, kind: LinkType, destination: &str, title: &str, range: &Range<usize>) {
        if let Some(image) = &mut self.image {
            image.depth += 1;
            return;
        }
        let source = self.target(kind, destination, Role::Image, range).unwrap_or_default();
        self.image = Some(OpenImage { alt: String::new(), source, title: title.to_owned(), depth: 0 });
    }

    fn end_image(&mut self, _range: &Range<usize>) {
        match &mut self.image {
            Some(image) if image.depth > 0 => image.depth -= 1,
            _ => {
                let Some(OpenImage { alt, source, title, .. }) = self.image.take() else { return };
                self.alternative(&alt);
                self.caption.clone_from(&title);
                let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(&title)) };
                self.push(&format!("<img src=\"{source}\" alt=\"{}\"{title} loading=\"lazy\" />", escaped(&alt)));
            }
        }
    }
}
