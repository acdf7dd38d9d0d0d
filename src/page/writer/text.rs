//! The text of the sections for search: every block, item and cell is a line, and a line of code begins with a tab.
//!
//! An excerpt is cut from it at lines and sentences. So no line ends or begins with a blank, and none but code with a tab.

use super::Writer;
use crate::page::{PageTitle, Section};

impl Writer<'_> {
    /// Appends to the plain text: of an image, a heading, or the section. A line end there ends the line.
    pub(super) fn plain(&mut self, text: &str) {
        self.text_of_term(text);
        if let Some(image) = &mut self.image {
            image.alt.push_str(text);
        } else if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
            heading.written.push_str(text);
        } else {
            let parted = std::mem::take(&mut self.parted);
            let label_of = self.label_is_hole.then(|| self.links.len() - 1);
            let section = self.section_for(text);
            if parted {
                close_gap(&mut section.text, text);
            }
            let start = section.text.len();
            append(&mut section.text, text);
            if let Some(link) = label_of {
                section.label(link, start);
            }
        }
    }

    /// Appends a line of its own.
    pub(super) fn line(&mut self, text: &str) {
        self.break_plain();
        self.plain(text);
        self.break_plain();
    }

    /// Appends the lines of a block of code.
    pub(super) fn code_lines(&mut self, code: &str) {
        self.break_plain();
        let section = self.section_for(code);
        for line in code.lines().filter(|line| !line.trim().is_empty()) {
            section.text.push('\t');
            section.text.push_str(line.trim_end());
            section.text.push('\n');
        }
    }

    /// Appends what an image shows, apart from the words around it.
    pub(super) fn alternative(&mut self, alt: &str) {
        self.parted = true;
        self.plain(alt);
        self.parted = true;
    }

    /// Ends a line of the plain text.
    pub(super) fn break_plain(&mut self) {
        if self.heading.is_none() {
            end_line(self.section());
        }
    }

    /// Returns the text of the section.
    pub(super) fn section(&mut self) -> &mut String {
        &mut self.last_section_mut().text
    }

    /// Returns the section that a text goes to: after a rule, the one around it goes on.
    fn section_for(&mut self, text: &str) -> &mut Section {
        if let Some(section) = self.after_rule.take_if(|_| !text.trim().is_empty()) {
            self.sections.push(section);
        }
        self.last_section_mut()
    }

    fn last_section_mut(&mut self) -> &mut Section {
        self.sections.last_mut().expect("the first section is there from the beginning")
    }
}

impl Section {
    /// Notes that the text from here on is what a link without a label shows.
    fn label(&mut self, link: usize, start: usize) {
        let end = self.text.len();
        match self.titles.last_mut() {
            Some(title) if title.link == link => title.range.end = end,
            _ => self.titles.push(PageTitle { range: start..end, link }),
        }
    }
}

/// Appends a text with its blanks, tabs among them, as one space each run.
fn append(out: &mut String, text: &str) {
    for piece in text.split_inclusive([' ', '\t', '\r', '\n']) {
        let word = piece.trim_end_matches([' ', '\t', '\r', '\n']);
        out.push_str(word);
        if piece.ends_with('\n') {
            end_line(out);
        } else if word.len() < piece.len() && !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

fn end_line(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

/// Sets words apart between which something stands that is no text, and puts a sign after it at the word before.
fn close_gap(out: &mut String, next: &str) {
    if next.starts_with(char::is_alphanumeric) && out.ends_with(char::is_alphanumeric) {
        out.push(' ');
    } else if next.starts_with(['.', ',', ';', ':', '!', '?', ')']) && out.ends_with(' ') {
        out.pop();
    }
}
