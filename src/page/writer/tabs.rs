//! Tabs: what stands between the comments `<!-- tabs -->` and `<!-- /tabs -->`, cut at its headings or its titled code.
//!
//! Anywhere else the comments are nothing, and the headings what they are: labels of the parts, one below the other.
//! Here they are too, until the script of the theme makes tabs of them; so the labels are known before that script runs,
//! a row of buttons stands before the parts, and nothing jumps.

use super::Writer;
use super::blocks::escaped;

/// A group of tabs that was opened and not ended.
pub(super) struct OpenTabs {
    /// How many tags were open around it: it ends with them at the latest.
    depth: usize,
    cut: Cut,
    /// Where the first part begins in the HTML.
    first: usize,
    labels: Vec<String>,
}

/// What begins a part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// What comes first decides.
    Undecided,
    /// A heading of this level.
    Heading(u8),
    /// A block of code with a title.
    Code,
}

/// What a comment says of tabs.
pub(super) enum Mark {
    Open,
    Close,
}

/// How deep groups may stand in each other: no author means more.
const DEEPEST: usize = 3;

/// Reads a comment that begins or ends a group; docsify's spelling is known as well.
pub(super) fn mark(html: &str) -> Option<Mark> {
    let inside = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    match inside.trim() {
        "tabs" | "tabs:start" => Some(Mark::Open),
        "/tabs" | "tabs:end" => Some(Mark::Close),
        _ => None,
    }
}

impl Writer<'_> {
    /// Begins or ends a group at this depth.
    pub(super) fn tabs(&mut self, mark: Mark) {
        match mark {
            Mark::Open if self.tabs.len() < DEEPEST => {
                self.push("<div class=\"tab-group\">\n");
                let first = self.html.len();
                self.tabs.push(OpenTabs { depth: self.depth, cut: Cut::Undecided, first, labels: Vec::new() });
            }
            Mark::Close if self.tabs.last().is_some_and(|tabs| tabs.depth == self.depth) => self.end_tabs(),
            Mark::Open | Mark::Close => {}
        }
    }

    /// Begins a part at a heading that cuts its group, and says whether it does. A heading above those that cut ends it.
    pub(super) fn heading_in_tabs(&mut self, level: u8, depth: usize) -> bool {
        while let Some(tabs) = self.tabs.last_mut().filter(|tabs| tabs.depth == depth) {
            match tabs.cut {
                Cut::Undecided => tabs.cut = Cut::Heading(level),
                Cut::Heading(cut) if cut < level => return false,
                Cut::Heading(cut) if cut == level => {}
                Cut::Heading(_) | Cut::Code => {
                    self.end_tabs();
                    continue;
                }
            }
            self.start_tab(String::new());
            return true;
        }
        false
    }

    /// Gives the part that began with a heading its label, once that is known.
    pub(super) fn label_tab(&mut self, label: &str) {
        let tabs = self.tabs.last_mut().expect("a heading began a part of the group");
        *tabs.labels.last_mut().expect("that part") = label.to_owned();
    }

    /// Begins a part at a block of code with a title, in a group that no heading cuts.
    pub(super) fn code_in_tabs(&mut self, title: Option<&str>) {
        let (Some(tabs), Some(title)) = (self.tabs.last_mut(), title) else { return };
        if tabs.depth == self.depth && matches!(tabs.cut, Cut::Undecided | Cut::Code) {
            tabs.cut = Cut::Code;
            self.start_tab(title.to_owned());
        }
    }

    fn start_tab(&mut self, label: String) {
        let at = self.html.len();
        let tabs = self.tabs.last_mut().expect("a part begins in a group");
        let is_first = tabs.labels.is_empty();
        if is_first {
            tabs.first = at;
        }
        tabs.labels.push(label);
        self.push(if is_first { "<div class=\"tab-panel chosen\">\n" } else { "</div>\n<div class=\"tab-panel\">\n" });
    }

    /// Ends the groups that stand in a block which ends, and those that the text never ended.
    pub(super) fn end_tabs_within(&mut self, depth: usize) {
        while self.tabs.last().is_some_and(|tabs| tabs.depth > depth) {
            self.end_tabs();
        }
    }

    pub(super) fn end_tabs(&mut self) {
        let Some(OpenTabs { first, labels, .. }) = self.tabs.pop() else { return };
        if labels.is_empty() {
            return self.push("</div>\n");
        }
        let button = |(at, label): (usize, &String)| {
            let label = if label.is_empty() { (at + 1).to_string() } else { escaped(label) };
            let class = if at == 0 { "tab chosen" } else { "tab" };
            format!("<button type=\"button\" class=\"{class}\">{label}</button>")
        };
        let buttons: String = labels.iter().enumerate().map(button).collect();
        let parts = self.html.split_off(first);
        self.slot(format!("<div class=\"tab-list\">{buttons}</div>"));
        self.html.push('\n');
        self.html.push_str(&parts);
        self.push("</div>\n</div>\n");
    }
}
