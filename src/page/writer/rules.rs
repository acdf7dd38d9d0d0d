//! Rules with an id of their own: `- {#py-naming} Names are words.` can be linked, and is found by itself.

use super::blocks::escaped;
use super::{Section, Writer};

/// A rule whose text is being gathered.
pub(super) struct OpenRule {
    /// How many containers were open when it began; nothing for a paragraph.
    depth: Option<usize>,
    /// The section to go on with after it.
    after: Section,
}

impl Writer<'_> {
    /// Opens an item, with its id where it is a rule; returns its tag.
    pub(super) fn item_start(&mut self, start: usize, raw: &str) -> String {
        let text = after_marker(raw);
        match rule_id(text) {
            Some(id) => self.open_rule("li", id, start, Some(self.frames.len())),
            None => "<li>".to_owned(),
        }
    }

    /// Opens a paragraph, with its id where it is a rule; returns its tag.
    pub(super) fn paragraph_start(&mut self, start: usize, raw: &str) -> String {
        // The first paragraph of an item has the item's id.
        match rule_id(raw).filter(|_| self.rule_mark.is_none()) {
            Some(id) => self.open_rule("p", id, start, None),
            None => "<p>".to_owned(),
        }
    }

    fn open_rule(&mut self, name: &str, id: &str, start: usize, depth: Option<usize>) -> String {
        self.rule_mark = Some(format!("{{#{id}}}"));
        let id = self.ids.claim(Some(id), "");
        self.anchors.push(id.clone());
        if self.rule.is_none() {
            let last = self.after_rule.take().unwrap_or_else(|| self.last_section());
            let heading = if last.heading.is_empty() { id.clone() } else { format!("{} › {id}", last.heading) };
            let start = start + self.input.offset;
            self.sections.push(Section {
                anchor: Some(id.clone()),
                heading,
                start,
                searched: last.searched,
                ..Section::default()
            });
            self.rule = Some(OpenRule { depth, after: last });
        }
        let id = escaped(&id);
        format!("<{name} id=\"{id}\" class=\"rule\"><a class=\"rule-id\" href=\"#{id}\">{id}</a> ")
    }

    /// Ends the rule that began at this depth, if one did. What follows belongs to the section around it.
    pub(super) fn close_rule(&mut self, depth: Option<usize>, end: usize) {
        if let Some(rule) = self.rule.take_if(|rule| rule.depth == depth) {
            self.after_rule = Some(Section { start: end + self.input.offset, ..rule.after });
        }
    }

    /// Drops the id from the beginning of a rule's text.
    pub(super) fn without_rule_mark<'t>(&mut self, text: &'t str) -> &'t str {
        let Some(mark) = self.rule_mark.take() else { return text };
        text.trim_start().strip_prefix(mark.as_str()).map_or(text, str::trim_start)
    }

    fn last_section(&self) -> Section {
        let last = self.sections.last().expect("the first section is there from the beginning");
        let (anchor, heading) = (last.anchor.clone(), last.heading.clone());
        Section { anchor, heading, searched: last.searched, ..Section::default() }
    }
}

/// What follows the sign of a list item, and of a task.
fn after_marker(raw: &str) -> &str {
    let raw = raw.trim_start();
    let rest = raw.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let rest = rest.strip_prefix(['-', '*', '+', '.', ')']).unwrap_or(rest).trim_start();
    ["[ ]", "[x]", "[X]"].iter().find_map(|task| rest.strip_prefix(task)).unwrap_or(rest).trim_start()
}

/// Reads `{#id}` at the beginning of a text.
fn rule_id(text: &str) -> Option<&str> {
    let (id, rest) = text.strip_prefix("{#")?.split_once('}')?;
    let plain =
        !id.is_empty() && id.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | ':'));
    (plain && rest.starts_with([' ', '\t', '\n'])).then_some(id)
}
