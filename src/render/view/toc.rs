//! The contents beside a page: its headings, nested.

use super::TocView;
use crate::page::Heading;

/// The headings of the second and third level, nested.
pub(super) fn toc(headings: &[Heading], hidden: &[String]) -> Vec<TocView> {
    let mut toc: Vec<TocView> = Vec::new();
    let is_shown =
        |heading: &&Heading| (2..=3).contains(&heading.level) && !heading.is_tab && !hidden.contains(&heading.id);
    for Heading { level, id, text, .. } in headings.iter().filter(is_shown) {
        let entry = TocView { level: *level, id: id.clone(), title: text.clone(), children: Vec::new() };
        match toc.last_mut().filter(|last| last.level < *level) {
            Some(last) => last.children.push(entry),
            None => toc.push(entry),
        }
    }
    toc
}
