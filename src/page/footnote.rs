//! Footnotes, numbered in the order of their first reference and gathered at the end of the page.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Labels;
use super::writer::escaped;

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Footnotes {
    /// Names in the order of their first reference, with the number of references.
    order: Vec<(String, usize)>,
    numbers: BTreeMap<String, usize>,
    notes: BTreeMap<String, String>,
    /// The open definition, with the HTML that waits outside it.
    open: Vec<(String, String)>,
}

impl Footnotes {
    /// Returns the HTML of a reference.
    pub(super) fn refer(&mut self, name: &str) -> String {
        let next = self.order.len();
        let at = *self.numbers.entry(name.to_owned()).or_insert(next);
        if at == next {
            self.order.push((name.to_owned(), 0));
        }
        self.order[at].1 += 1;
        let (number, count) = (at + 1, self.order[at].1);
        format!(
            "<sup class=\"footnote\"><a href=\"#fn-{number}\" id=\"fnref-{number}-{count}\" role=\"doc-noteref\">{number}</a></sup>"
        )
    }

    /// Begins a definition; the HTML so far waits.
    pub(super) fn open(&mut self, name: &str, outside: String) {
        self.open.push((name.to_owned(), outside));
    }

    /// Ends a definition; returns the HTML that waited.
    pub(super) fn close(&mut self, note: String) -> String {
        let Some((name, outside)) = self.open.pop() else { return note };
        self.notes.entry(name).or_insert(note);
        outside
    }

    /// Returns the list of the notes that were referred to, empty where there is none.
    pub(super) fn section(&self, labels: &Labels) -> String {
        if self.order.is_empty() {
            return String::new();
        }
        let name = escaped(&labels.footnotes);
        let mut html = format!("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{name}\"><ol>\n");
        for (at, (name, count)) in self.order.iter().enumerate() {
            let number = at + 1;
            let mut links = String::new();
            for reference in 1..=*count {
                let label = escaped(&labels.back.replace("{n}", &number.to_string()));
                write!(links, " <a class=\"back\" href=\"#fnref-{number}-{reference}\" role=\"doc-backlink\" aria-label=\"{label}\">↩</a>")
                    .expect("writing to a string cannot fail");
            }
            let note = self.notes.get(name).map_or("", String::as_str).trim_end();
            let body = match note.strip_suffix("</p>") {
                Some(inside) => format!("{inside}{links}</p>"),
                None => format!("{note}{links}"),
            };
            writeln!(html, "<li id=\"fn-{number}\">{body}</li>").expect("writing to a string cannot fail");
        }
        html + "</ol></section>\n"
    }
}
