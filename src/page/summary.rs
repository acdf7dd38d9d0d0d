//! `SUMMARY.md`, the navigation of an mdBook: links in lists, with parts and separators.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::title;
use crate::diagnostic::{Code, Diagnostic};
use crate::file::Source;
use crate::path::{BookPath, decode};

/// What `SUMMARY.md` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// The entries in order.
    pub entries: Vec<Entry>,
}

/// A line of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A chapter with those below it.
    Chapter(Chapter),
    /// A rule.
    Separator,
    /// The title of the part that follows.
    Part(String),
}

/// A chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Its name in the navigation.
    pub title: String,
    /// Its file; nothing for a draft, which has no page.
    pub path: Option<BookPath>,
    /// The chapters below it.
    pub children: Vec<Chapter>,
}

impl Summary {
    /// Returns the files of all chapters.
    pub fn paths(&self) -> Vec<&BookPath> {
        self.chapters().into_iter().filter_map(|chapter| chapter.path.as_ref()).collect()
    }

    /// Returns the titles of the files that have one; what names a file first counts.
    pub fn titles(&self) -> BTreeMap<&BookPath, &str> {
        let mut titles = BTreeMap::new();
        for chapter in self.chapters().into_iter().filter(|chapter| title::is_one(&chapter.title)) {
            if let Some(path) = &chapter.path {
                titles.entry(path).or_insert(chapter.title.as_str());
            }
        }
        titles
    }

    /// Returns all chapters in order, each before those below it.
    fn chapters(&self) -> Vec<&Chapter> {
        fn add<'s>(chapter: &'s Chapter, chapters: &mut Vec<&'s Chapter>) {
            chapters.push(chapter);
            chapter.children.iter().for_each(|child| add(child, chapters));
        }
        let mut chapters = Vec::new();
        for entry in &self.entries {
            if let Entry::Chapter(chapter) = entry {
                add(chapter, &mut chapters);
            }
        }
        chapters
    }
}

/// Reads the navigation. What is no navigation is a finding and is passed over.
pub fn parse(source: &Source) -> (Summary, Vec<Diagnostic>) {
    let text = String::from_utf8_lossy(&source.content);
    let mut reading = Reading {
        source,
        entries: Vec::new(),
        open: Vec::new(),
        depth: 0,
        titled: false,
        too_deep: false,
        diagnostics: Vec::new(),
    };
    let mut link: Option<(String, String)> = None;
    let mut heading: Option<String> = None;
    for (event, range) in Parser::new(&text).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => reading.heading(heading.take().unwrap_or_default()),
            Event::Start(Tag::List(_)) => reading.depth += 1,
            Event::End(TagEnd::List(_)) => reading.depth -= 1,
            Event::Start(Tag::Link { dest_url, .. }) => link = Some((dest_url.to_string(), String::new())),
            Event::End(TagEnd::Link) => {
                if let Some((target, title)) = link.take() {
                    reading.chapter(&target, title, range);
                }
            }
            Event::Text(text) | Event::Code(text) => match (&mut link, &mut heading) {
                (Some((_, title)), _) => title.push_str(&text),
                (None, Some(heading)) => heading.push_str(&text),
                (None, None) if reading.depth > 0 && !text.trim().is_empty() => {
                    let message = format!("`{}` is no link, so it is not in the navigation", text.trim());
                    reading.report(Code::InvalidSummary, message, range);
                }
                _ => {}
            },
            Event::Rule => reading.entries.push(Entry::Separator),
            _ => {}
        }
    }
    (Summary { entries: reading.entries }, reading.diagnostics)
}

struct Reading<'s> {
    source: &'s Source,
    entries: Vec<Entry>,
    /// Depths of the chapters on the way to the last one.
    open: Vec<usize>,
    depth: usize,
    titled: bool,
    too_deep: bool,
    diagnostics: Vec<Diagnostic>,
}

/// How deep chapters may nest: the navigation is walked by recursion, and no reader finds more.
const DEEPEST: usize = 64;

impl Reading<'_> {
    /// The first heading names the file, unless chapters came before; the others name parts.
    fn heading(&mut self, text: String) {
        if self.titled || !self.entries.is_empty() {
            self.entries.push(Entry::Part(text));
        }
        self.titled = true;
        self.open.clear();
    }

    fn chapter(&mut self, target: &str, title: String, range: std::ops::Range<usize>) {
        let file = decode(target.split('#').next().unwrap_or(""));
        let path = if file.is_empty() {
            None
        } else {
            let path = self.source.path.parent().join(&file).ok().filter(BookPath::is_markdown);
            if path.is_none() {
                let message = format!("`{target}` is no Markdown file of the book");
                return self.report(Code::InvalidSummary, message, range);
            }
            path
        };
        let chapter = Chapter { title, path, children: Vec::new() };
        while self.open.last().is_some_and(|depth| *depth >= self.depth) {
            self.open.pop();
        }
        if self.open.len() >= DEEPEST {
            // What lies deeper stands where the deepest does, and is reported once.
            if !std::mem::replace(&mut self.too_deep, true) {
                let message = format!("chapters nest deeper than {DEEPEST}, so the inner ones stand side by side");
                self.report(Code::InvalidSummary, message, range);
            }
            self.open.truncate(DEEPEST - 1);
        }
        match self.siblings() {
            Some(siblings) => siblings.push(chapter),
            None => self.entries.push(Entry::Chapter(chapter)),
        }
        if self.depth > 0 {
            self.open.push(self.depth);
        }
    }

    /// Returns the children of the chapter that is open, nothing at the top.
    fn siblings(&mut self) -> Option<&mut Vec<Chapter>> {
        let depth = self.open.len();
        let Some(Entry::Chapter(chapter)) = self.entries.last_mut().filter(|_| depth > 0) else { return None };
        let mut children = &mut chapter.children;
        for _ in 1..depth {
            children = &mut children.last_mut()?.children;
        }
        Some(children)
    }

    fn report(&mut self, code: Code, message: String, range: std::ops::Range<usize>) {
        self.diagnostics.push(Diagnostic::new(code, &self.source.path, message).at(range));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(chapters: &[Chapter]) -> String {
        let one = |chapter: &Chapter| {
            let path = chapter.path.as_ref().map_or("-", |path| path.as_str());
            let children =
                if chapter.children.is_empty() { String::new() } else { format!("[{}]", shown(&chapter.children)) };
            format!("{}={path}{children}", chapter.title)
        };
        chapters.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_summary_is_read_as_mdbook_reads_it() {
        let text = "# Summary\n\n[Intro](intro.md)\n\n# Part *one*\n\n- [A](a/README.md)\n  - [B `x`](a/b%20c.md)\n    - [C]()\n  - [D](d.md)\n- [E](e.md)\n\n---\n\n[End](end.md)\n";
        let source = Source::new(BookPath::new("src/SUMMARY.md").unwrap(), text.as_bytes());
        let (summary, diagnostics) = parse(&source);
        assert_eq!(diagnostics, []);
        let lines: Vec<String> = summary
            .entries
            .iter()
            .map(|entry| match entry {
                Entry::Chapter(chapter) => shown(std::slice::from_ref(chapter)),
                Entry::Separator => "---".to_owned(),
                Entry::Part(title) => format!("# {title}"),
            })
            .collect();
        assert_eq!(
            lines,
            [
                "Intro=src/intro.md",
                "# Part one",
                "A=src/a/README.md[B x=src/a/b c.md[C=-] D=src/d.md]",
                "E=src/e.md",
                "---",
                "End=src/end.md"
            ]
        );
    }

    #[test]
    fn chapters_that_nest_too_deep_stand_side_by_side() {
        let text: String = (0..2000).map(|at| "  ".repeat(at) + "- [A](a.md)\n").collect();
        let (summary, diagnostics) = parse(&Source::new(BookPath::new("SUMMARY.md").unwrap(), text.as_bytes()));
        assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
        let [Entry::Chapter(chapter)] = &summary.entries[..] else { panic!("{} entries", summary.entries.len()) };
        assert_eq!(shown(std::slice::from_ref(chapter)).matches('[').count(), DEEPEST - 1);
    }
}
