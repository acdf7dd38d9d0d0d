//! The parse of a masked text: what goes out is cut from the source, with the constructs where their filler stands.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::attributes::Attributes;
use super::construct::{Construct, Kind};
use super::mask::Base;
use super::seen::{Alert, Fold, Seen};

/// A text with what its author meant in it.
pub(super) struct Guarded<'t> {
    pub(super) text: &'t str,
    /// The text without the colons that begin no definition.
    pub(super) base: Base<'t>,
    /// What is parsed: as long as the text, and filled where constructs stand.
    pub(super) masked: Cow<'t, str>,
    /// From left to right.
    pub(super) constructs: Vec<Construct>,
    /// By the beginning of their heading.
    pub(super) attributes: Vec<(usize, Attributes)>,
    /// By the beginning of their quote.
    pub(super) alerts: Vec<(usize, Alert)>,
}

impl<'t> Guarded<'t> {
    /// A text in which nothing is meant.
    pub(super) fn plain(text: &'t str) -> Self {
        Self {
            text,
            base: Base::of(text),
            masked: Cow::Borrowed(text),
            constructs: Vec::new(),
            attributes: Vec::new(),
            alerts: Vec::new(),
        }
    }
}

/// Parses a masked text, and shows what stands in it. Returns the references without a definition.
pub(super) fn read(
    guarded: &Guarded<'_>,
    extensions: Options,
    seen: &mut dyn FnMut(Seen<'_>, Range<usize>),
) -> Vec<(Range<usize>, String)> {
    let mut missing = Vec::new();
    let mut note_missing = |link: pulldown_cmark::BrokenLink<'_>| {
        if link.link_type == LinkType::Reference {
            let written = &guarded.text[link.span.clone()];
            let label = written.rfind('[').map_or(written, |open| &written[open + 1..]);
            missing.push((link.span, label.trim_end_matches(']').to_owned()));
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(&guarded.masked, extensions, Some(&mut note_missing));
    let mut emitter = Emitter { guarded, extensions, next: 0, done: 0, links: 0, quotes: Vec::new(), text: None, seen };
    for (event, range) in parser.into_offset_iter() {
        emitter.event(event, range);
    }
    emitter.flush();
    missing
}

struct Emitter<'g, 's> {
    guarded: &'g Guarded<'g>,
    extensions: Options,
    /// The next construct.
    next: usize,
    /// Where the last construct ends.
    done: usize,
    /// How many links and images are open.
    links: usize,
    /// For each open quote, whether it is an alert of ours.
    quotes: Vec<Option<Fold>>,
    /// The text that may go on.
    text: Option<(Cow<'g, str>, Range<usize>)>,
    seen: &'s mut dyn FnMut(Seen<'_>, Range<usize>),
}

impl<'g> Emitter<'g, '_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(text) => match self.place(&text) {
                Some(place) => self.text_at(place),
                None if range.start < self.done => {}
                None => self.put_together(text, range),
            },
            Event::SoftBreak | Event::HardBreak if range.start < self.done => {}
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Code(code) => {
                let code = self.code(code, &range);
                self.see(Seen::Event(Event::Code(code)), range);
            }
            Event::InlineHtml(html) => {
                let html = self.place(&html).unwrap_or(range.clone());
                self.see(Seen::Event(Event::InlineHtml(self.guarded.text[html].into())), range);
            }
            Event::Html(html) => {
                let html = self.restored(html);
                self.see(Seen::Event(Event::Html(html)), range);
            }
            event => self.see(Seen::Event(event), range),
        }
    }

    /// Shows text of the source, with the constructs in it.
    fn text_at(&mut self, place: Range<usize>) {
        let guarded = self.guarded;
        let mut start = place.start.max(self.done);
        while start < place.end {
            let Some(construct) = guarded.constructs.get(self.next).filter(|next| next.range.start < place.end) else {
                return self.push(Cow::Borrowed(&guarded.text[start..place.end]), start..place.end);
            };
            self.next += 1;
            if construct.range.start < start {
                continue;
            }
            if start < construct.range.start {
                self.push(Cow::Borrowed(&guarded.text[start..construct.range.start]), start..construct.range.start);
            }
            self.construct(construct);
            self.done = construct.range.end;
            start = self.done;
        }
    }

    fn construct(&mut self, construct: &'g Construct) {
        let Construct { range, kind } = construct;
        let written = &self.guarded.text[range.clone()];
        match kind {
            Kind::Inline(formula) => self.see(Seen::Event(Event::InlineMath(formula.as_str().into())), range.clone()),
            Kind::Display(formula) => self.see(Seen::Event(Event::DisplayMath(formula.as_str().into())), range.clone()),
            Kind::Emoji(sign) => self.see(Seen::Shown { text: (*sign).into(), written }, range.clone()),
            Kind::Plain => self.push(Cow::Borrowed(written), range.clone()),
            // A link stands in no other.
            Kind::Address { .. } | Kind::Wikilink { .. } if self.links > 0 => {
                self.push(Cow::Borrowed(written), range.clone())
            }
            Kind::Address { href, shown } => self.link(LinkType::Autolink, href, Label::Text(shown), range),
            Kind::Wikilink { target, label, is_shown: false } => {
                let kind = LinkType::WikiLink { has_pothole: label.is_some() };
                let label = label.as_deref().map_or(Label::Text(target), Label::Markdown);
                self.link(kind, target, label, range);
            }
            Kind::Wikilink { target, label, is_shown: true } => self.image(target, label.as_deref(), range),
        }
    }

    fn link(&mut self, link_type: LinkType, target: &str, label: Label<'_>, range: &Range<usize>) {
        let tag = Tag::Link { link_type, dest_url: target.into(), title: "".into(), id: "".into() };
        self.see(Seen::Event(Event::Start(tag)), range.clone());
        match label {
            Label::Text(text) => self.see(Seen::Event(Event::Text(text.into())), range.clone()),
            Label::Markdown(text) => {
                let is_inline = |event: &Event<'_>| match event {
                    Event::Start(tag) => matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough),
                    Event::End(tag) => matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough),
                    event => matches!(event, Event::Text(_) | Event::Code(_)),
                };
                // The words as a paragraph: what would begin a block is text.
                for event in Parser::new_ext(text, self.extensions).filter(is_inline) {
                    self.see(Seen::Event(event), range.clone());
                }
            }
        }
        self.see(Seen::Event(Event::End(TagEnd::Link)), range.clone());
    }

    /// A file shown in its place. What Obsidian takes for its size says nothing of what it shows.
    fn image(&mut self, target: &str, label: Option<&str>, range: &Range<usize>) {
        let is_size = |label: &&str| label.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
        let stem = target.rsplit('/').next().unwrap_or(target);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let alt = label.filter(|label| !is_size(label)).unwrap_or(stem);
        let link_type = LinkType::WikiLink { has_pothole: label.is_some() };
        let tag = Tag::Image { link_type, dest_url: target.into(), title: "".into(), id: "".into() };
        self.see(Seen::Event(Event::Start(tag)), range.clone());
        self.see(Seen::Event(Event::Text(alt.into())), range.clone());
        self.see(Seen::Event(Event::End(TagEnd::Image)), range.clone());
    }

    /// Shows what the parser made of signs: an entity, or with smart punctuation a dash, dots and quotes.
    fn put_together(&mut self, text: CowStr<'_>, range: Range<usize>) {
        let written = &self.guarded.text[range.clone()];
        let is_option = written == "--" && self.guarded.text[range.end..].starts_with(char::is_alphabetic);
        if is_option {
            self.push(Cow::Borrowed(written), range);
        } else if written.starts_with(['-', '.', '\'', '"']) {
            self.see(Seen::Shown { text, written }, range);
        } else {
            let text = self.guarded.base.restored(&text);
            self.push(Cow::Owned(text), range);
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let guarded = self.guarded;
        let tag = match tag {
            Tag::Heading { level, .. } => {
                let known = guarded.attributes.binary_search_by_key(&range.start, |(start, _)| *start);
                let attributes = known.ok().map(|at| guarded.attributes[at].1.clone()).unwrap_or_default();
                let classes = attributes.classes.into_iter().map(CowStr::from).collect();
                Tag::Heading { level, id: attributes.id.map(CowStr::from), classes, attrs: Vec::new() }
            }
            Tag::BlockQuote(kind) => {
                let known = guarded.alerts.binary_search_by_key(&range.start, |(start, _)| *start);
                let alert = known.ok().filter(|_| kind.is_none()).map(|at| guarded.alerts[at].1.clone());
                self.quotes.push(alert.as_ref().map(|alert| alert.fold));
                if let Some(alert) = alert {
                    return self.see(Seen::AlertStart(alert), range);
                }
                Tag::BlockQuote(kind)
            }
            Tag::Link { link_type, dest_url, title, id } => {
                self.links += 1;
                let (dest_url, title) = self.target(dest_url, title, &range);
                Tag::Link { link_type, dest_url, title, id }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.links += 1;
                let (dest_url, title) = self.target(dest_url, title, &range);
                Tag::Image { link_type, dest_url, title, id }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock(CodeBlockKind::Fenced(self.restored(info))),
            tag => tag,
        };
        self.see(Seen::Event(Event::Start(tag)), range);
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Link | TagEnd::Image => self.links = self.links.saturating_sub(1),
            TagEnd::BlockQuote(_) => {
                if let Some(fold) = self.quotes.pop().flatten() {
                    return self.see(Seen::AlertEnd(fold), range);
                }
            }
            _ => {}
        }
        self.see(Seen::Event(Event::End(tag)), range);
    }

    /// Returns where a string of the parser stands, if it is a part of the masked text.
    fn place(&self, text: &CowStr<'_>) -> Option<Range<usize>> {
        let CowStr::Borrowed(text) = text else { return None };
        let start = (text.as_ptr() as usize).checked_sub(self.guarded.masked.as_ptr() as usize)?;
        (start + text.len() <= self.guarded.masked.len() && !text.is_empty()).then(|| start..start + text.len())
    }

    /// Returns what the source has where the parser saw a string.
    fn restored<'e>(&self, text: CowStr<'e>) -> CowStr<'e>
    where
        'g: 'e,
    {
        match self.place(&text) {
            Some(place) => self.guarded.text[place].into(),
            None => self.guarded.base.restored(&text).into(),
        }
    }

    /// Returns where a link leads and its title. What the parser puts together itself, over lines and without escapes, may
    /// hold filler, if a construct hid the sign that made it no link; then it is read once more as it is written.
    fn target<'e>(&self, address: CowStr<'e>, title: CowStr<'e>, range: &Range<usize>) -> (CowStr<'e>, CowStr<'e>)
    where
        'g: 'e,
    {
        let (text, masked) = (self.guarded.text, &self.guarded.masked[range.clone()]);
        let is_doubtful = |part: &CowStr<'_>| self.place(part).is_none() && part.contains(['%', '$']);
        if (is_doubtful(&address) || is_doubtful(&title))
            && let Some(end) = masked.rfind("](").filter(|_| *masked != text[range.clone()])
        {
            let written = format!("[x{}", &text[range.start + end..range.end]);
            let read = Parser::new(&written).find_map(|event| match event {
                Event::Start(Tag::Link { dest_url, title, .. }) => Some((dest_url.into_static(), title.into_static())),
                _ => None,
            });
            return read.unwrap_or(("".into(), "".into()));
        }
        (self.restored(address), self.restored(title))
    }

    /// Code over several lines is put together by the parser; a construct is in it only if one hid a sign.
    fn code<'e>(&self, code: CowStr<'e>, range: &Range<usize>) -> CowStr<'e>
    where
        'g: 'e,
    {
        let next = self.guarded.constructs.get(self.next..).unwrap_or_default();
        let holds =
            next.iter().find(|next| next.range.end > range.start).is_some_and(|next| next.range.start < range.end);
        if holds && self.place(&code).is_none() {
            let written = self.guarded.text[range.clone()].trim_matches('`').replace('\n', " ");
            return written.into();
        }
        self.restored(code)
    }

    fn push(&mut self, text: Cow<'g, str>, range: Range<usize>) {
        match &mut self.text {
            Some((before, at)) => {
                before.to_mut().push_str(&text);
                at.end = range.end;
            }
            None => self.text = Some((text, range)),
        }
    }

    fn flush(&mut self) {
        if let Some((text, range)) = self.text.take() {
            let text = match text {
                Cow::Borrowed(text) => CowStr::Borrowed(text),
                Cow::Owned(text) => CowStr::from(text),
            };
            (self.seen)(Seen::Event(Event::Text(text)), range);
        }
    }

    fn see(&mut self, seen: Seen<'_>, range: Range<usize>) {
        self.flush();
        (self.seen)(seen, range);
    }
}

/// What a link shows.
enum Label<'l> {
    Text(&'l str),
    Markdown(&'l str),
}
