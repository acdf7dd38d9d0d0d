//! Blocks of code: the text that is found, the code or the drawing that is shown.

use std::ops::Range;

use super::super::{Detail, Link, Role, Target, code, diagram};
use super::Writer;
use crate::diagnostic::Code;

/// A code block whose text is being gathered.
pub(super) struct OpenCode {
    pub(super) text: String,
    info: String,
}

impl OpenCode {
    pub(super) fn new(info: String) -> Self {
        Self { text: String::new(), info }
    }
}

impl Writer<'_> {
    pub(super) fn end_code(&mut self, range: &Range<usize>) {
        let Some(OpenCode { text, info }) = self.code.take() else { return };
        let fence = code::Fence::parse(&info);
        let is_formula = fence.language == "math" && self.input.options.math;
        let is_diagram = fence.language == "mermaid";
        if is_diagram {
            diagram::labels(&text).iter().for_each(|label| self.line(label));
        } else if !is_formula {
            self.line(fence.title.as_deref().unwrap_or_default());
            self.code_lines(&text);
        }
        if self.input.options.detail == Detail::Text {
            return;
        }
        if is_formula {
            self.math_block(&text, range);
            return self.push("\n");
        }
        if is_diagram {
            return self.diagram(&text, range);
        }
        let rendered = code::render(&fence, &text, &mut self.foreign, &mut self.colours);
        match rendered.problem {
            None => {}
            Some(code::Problem::UnknownLanguage) => {
                self.report(Code::UnknownLanguage, range, format!("no highlighting for `{}`", fence.language), None);
            }
            Some(code::Problem::TooMuch) => {
                let message =
                    format!("this `{}` block is too large or too deep to highlight, so it is plain", fence.language);
                self.report(Code::UnknownLanguage, range, message, None);
            }
            Some(code::Problem::Stopped) => {
                self.too_much_work(range, &format!("highlighting this `{}` block", fence.language))
            }
        }
        self.code_in_tabs(fence.title.as_deref());
        self.slot(rendered.html);
        self.annotatable(rendered.markers);
        self.push("\n");
    }

    fn diagram(&mut self, text: &str, range: &Range<usize>) {
        match diagram::draw(text, &mut self.foreign) {
            Ok(drawn) => {
                let labels = self.input.labels;
                let mut marks = drawn.paths().map(|path| {
                    let link = Link { target: Target::Generated(path), role: Role::Image, span: self.span(range) };
                    self.link(link)
                });
                let html = diagram::figure(text, &drawn, labels, &mut marks);
                self.diagrams.push(drawn);
                self.slot(html);
            }
            Err(fault) => {
                match fault {
                    diagram::Fault::Stopped => self.too_much_work(range, "drawing this diagram"),
                    diagram::Fault::Invalid(message) => {
                        self.report(
                            Code::InvalidDiagram,
                            range,
                            format!("the diagram cannot be drawn: {message}"),
                            None,
                        );
                    }
                }
                let html = code::render(&code::Fence::parse(""), text, &mut self.foreign, &mut self.colours).html;
                self.slot(html);
            }
        }
        self.push("\n");
    }

    /// Reports work that was stopped. How much it is depends on the machine, so no site may come of it.
    fn too_much_work(&mut self, range: &Range<usize>, work: &str) {
        let help = "make it smaller, or write it as plain text";
        self.report(Code::TooMuchWork, range, format!("{work} takes more work than a page and a book may"), Some(help));
    }
}
