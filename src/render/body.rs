//! Fills the holes of a page's body: where links lead, seen from the page.

use std::collections::BTreeSet;

use super::Settings;
use super::told::{self, is_balanced};
use super::view::reference;
use crate::page::{Attribute, Piece, Role};
use crate::path::SitePath;
use crate::site::{Entry, Lost, Resolution, Site};

/// The body of a page as a template gets it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// The heading with its `<h1>`, empty where the text begins otherwise.
    pub heading: String,
    /// Of the first page of a book with decisions what stands before its first section; else nothing.
    pub lead: String,
    /// The rest.
    pub rest: String,
}

impl Content {
    /// Parts what stands before the first section, where no element goes on there.
    pub(super) fn with_lead(mut self) -> Self {
        if let Some(end) = self.rest.find("<h2").filter(|end| is_balanced(&self.rest[..*end])) {
            let rest = self.rest.split_off(end);
            self.lead = std::mem::replace(&mut self.rest, rest);
        }
        self
    }
}

/// What fills the holes of one link.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Filling {
    /// The reference, percent-encoded; nothing for a link that leads nowhere.
    href: Option<String>,
    /// The title of the page, for a wikilink without a label.
    label: String,
    /// Whether the link does not lead where its author meant.
    broken: bool,
    /// The size of an image.
    size: Option<(u32, u32)>,
}

/// Returns what fills each hole, in the order of the links.
pub(super) fn fillings(site: &Site, settings: &Settings, entry: &Entry) -> Vec<Filling> {
    let links = entry.page().links.iter().zip(&entry.links);
    links.map(|(link, resolution)| filling(site, settings, &entry.url, (link.role, resolution))).collect()
}

/// Returns where a link leads, by its number, for whoever escapes it.
pub(super) fn address(site: &Site, settings: &Settings, entry: &Entry, link: usize) -> Option<String> {
    let role = entry.page().links.get(link)?.role;
    let filling = filling(site, settings, &entry.url, (role, entry.links.get(link)?));
    filling.href.map(|href| href.replace("&amp;", "&"))
}

/// Puts the body together, without the blocks that the header of a record tells.
pub(super) fn fill(entry: &Entry, fillings: &[Filling]) -> Content {
    let body = entry.parsed.content.get().body;
    let hidden = told::blocks(entry);
    let rest = if hidden.is_empty() { join(&body.rest, fillings) } else { join_shown(&body.rest, fillings, &hidden) };
    Content { heading: labelled(entry, join(&body.heading, fillings)), lead: String::new(), rest }
}

/// Puts the number of a decision before its title, as its team says it, in place of how the heading says it.
fn labelled(entry: &Entry, heading: String) -> String {
    let (Some(label), Some(record)) = (entry.label(), &entry.parsed.record) else { return heading };
    let Some(start) = heading.find('>').map(|end| end + 1) else { return heading };
    let end = heading[start..].find('<').map_or(heading.len(), |length| start + length);
    let text = &heading[start..end];
    // The number alone is in no text: what follows it may be code or a link.
    let kept = text.find(record.without_number(text)).unwrap_or(0);
    let label = label.replace('&', "&amp;").replace('<', "&lt;");
    format!("{}<span class=\"number\">{label}</span> {}", &heading[..start], &heading[start + kept..])
}

/// Puts pieces together, but for some blocks. A block whose HTML does not end with it is shown whatever it holds.
fn join_shown(pieces: &[Piece], fillings: &[Filling], hidden: &BTreeSet<usize>) -> String {
    let mut html = String::new();
    let (mut start, mut block) = (0, None);
    let is_mark = |piece: &Piece| matches!(piece, Piece::Block(_));
    while start < pieces.len() {
        let end = start + pieces[start..].iter().take_while(|piece| !is_mark(piece)).count();
        let part = join(&pieces[start..end], fillings);
        if !block.is_some_and(|block| hidden.contains(&block)) || !is_balanced(&part) {
            html.push_str(&part);
        }
        block = match pieces.get(end) {
            Some(Piece::Block(number)) => Some(*number),
            _ => None,
        };
        start = end + 1;
    }
    html
}

fn filling(site: &Site, settings: &Settings, from: &SitePath, (role, resolution): (Role, &Resolution)) -> Filling {
    let whole = |href: String| Filling { href: Some(href), label: String::new(), broken: false, size: None };
    match resolution {
        Resolution::External(url) => whole(url.clone()),
        Resolution::File { path, url, suffix } => {
            Filling { size: settings.sizes.get(path).copied(), ..whole(reference(settings, from, url) + &safe(suffix)) }
        }
        Resolution::Generated { url, suffix } => whole(reference(settings, from, url) + &safe(suffix)),
        Resolution::Page { entry, suffix, lost } => {
            let target = &site.entries[*entry];
            let own_heading = target.url == *from && suffix.starts_with('#');
            let href = if own_heading { String::new() } else { reference(settings, from, &target.url) } + &safe(suffix);
            let broken = matches!(lost, Some(Lost::Heading(_)));
            Filling { label: target.title().to_owned(), broken, ..whole(href) }
        }
        Resolution::Source { place, suffix, written } => {
            let repository = settings.site.repository.as_deref();
            match repository.and_then(|repository| super::repository::place(repository, place, role == Role::Image)) {
                Some(address) => whole(address + &safe(suffix)),
                None => Filling { label: written.clone(), broken: true, ..whole(safe(written)) },
            }
        }
        Resolution::Broken { written, address, .. } => {
            Filling { label: written.clone(), broken: true, ..whole(safe(address)) }
        }
        Resolution::Unanswered { name, meant } => {
            Filling { href: None, label: format!("[[{name}]]"), broken: *meant, size: None }
        }
    }
}

/// Encodes what an attribute could not hold in a query or fragment.
fn safe(suffix: &str) -> String {
    let mut out = String::with_capacity(suffix.len());
    for letter in suffix.chars() {
        match letter {
            '"' => out.push_str("%22"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\'' => out.push_str("%27"),
            '&' => out.push_str("&amp;"),
            letter if letter.is_whitespace() => out.push_str("%20"),
            letter => out.push(letter),
        }
    }
    out
}

fn join(pieces: &[Piece], fillings: &[Filling]) -> String {
    let mut html = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Html(text) => html.push_str(text),
            Piece::Block(_) => {}
            Piece::Target(number, attribute) => {
                let Some(filling) = fillings.get(*number) else { continue };
                let name = if *attribute == Attribute::Href { "href" } else { "src" };
                if let Some(href) = &filling.href {
                    html.push_str(&format!(" {name}=\"{href}\""));
                }
                if let Some((width, height)) = filling.size.filter(|_| is_image_without_size(&html, pieces.get(at + 1)))
                {
                    html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
                }
                if filling.broken && *attribute == Attribute::Href {
                    html.push_str(" data-broken");
                }
            }
            Piece::Address(number) => {
                html.push_str(fillings.get(*number).and_then(|filling| filling.href.as_deref()).unwrap_or_default());
            }
            Piece::Label(number) => {
                let label = fillings.get(*number).map_or("", |filling| filling.label.as_str());
                for letter in label.chars() {
                    match letter {
                        '&' => html.push_str("&amp;"),
                        '<' => html.push_str("&lt;"),
                        '>' => html.push_str("&gt;"),
                        letter => html.push(letter),
                    }
                }
            }
        }
    }
    html
}

/// Says whether the HTML ends within the tag of an image that says no size, neither before nor in what follows.
fn is_image_without_size(html: &str, next: Option<&Piece>) -> bool {
    let Some(tag) = html.rfind('<').map(|at| &html[at..]) else { return false };
    let rest = match next {
        Some(Piece::Html(text)) => text.split('>').next().unwrap_or(""),
        _ => "",
    };
    tag.starts_with("<img") && ![tag, rest].iter().any(|part| part.contains(" width=") || part.contains(" height="))
}
