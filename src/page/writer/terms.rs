//! The terms of a glossary: the definition lists of a page whose front matter says that it is one.

use super::Writer;
use super::blocks::{escaped, shorten};
use crate::page::Term;

/// A term that is being read.
pub(super) struct OpenTerm {
    /// Where its tag begins in the HTML.
    html_start: usize,
    names: String,
    id: String,
    text: String,
    part: Part,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Names,
    /// Between its names and its definition.
    Between,
    Definition,
}

impl Writer<'_> {
    /// Begins a term, in a glossary.
    pub(super) fn start_term(&mut self) {
        let (html_start, part) = (self.html.len(), Part::Names);
        let none = String::new;
        self.term = self.input.glossary.then(|| OpenTerm { html_start, names: none(), id: none(), text: none(), part });
    }

    /// Returns what stands between two lines: the names of a term stay apart.
    pub(super) fn between_names(&self) -> &'static str {
        match &self.term {
            Some(term) if term.part == Part::Names => "<br />\n",
            _ => "\n",
        }
    }

    /// Ends the names of a term, one a line, and gives it an id.
    pub(super) fn end_names(&mut self) {
        let Some(term) = &mut self.term else { return };
        let first = term.names.lines().map(str::trim).find(|name| !name.is_empty()).unwrap_or("");
        term.id = self.ids.claim(None, first);
        term.part = Part::Between;
        self.anchors.push(term.id.clone());
        if self.html[term.html_start..].starts_with("<dt>") {
            self.html.insert_str(term.html_start + 3, &format!(" id=\"{}\"", escaped(&term.id)));
        }
    }

    pub(super) fn start_definition(&mut self) {
        if let Some(term) = &mut self.term {
            term.part = Part::Definition;
        }
    }

    /// Ends the definition of a term with its first paragraph.
    pub(super) fn end_definition(&mut self) {
        let Some(OpenTerm { names, id, text, .. }) = self.term.take_if(|term| term.part == Part::Definition) else {
            return;
        };
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let names: Vec<String> = names.lines().map(words).filter(|name| !name.is_empty()).collect();
        if !names.is_empty() {
            self.terms.push(Term { names, id, text: shorten(&words(&text)) });
        }
    }

    /// Appends to the names or the definition of the term.
    pub(super) fn text_of_term(&mut self, text: &str) {
        match &mut self.term {
            Some(term) if term.part == Part::Names => term.names.push_str(text),
            Some(term) if term.part == Part::Definition => term.text.push_str(text),
            _ => {}
        }
    }
}
