//! What changed as a feed: Atom (RFC 4287), one entry for each page and each time that something became of it.
//!
//! An entry's id is a tag (RFC 4151) of the record and the day; neither holds an address, so a site that moves tells nothing
//! twice. Nothing in a feed depends on the clock.

use super::html;
use super::message::{Item, Voice, of_change};
use crate::changes::{Change, WeekOfChanges};
use crate::log::is_in_scope;
use crate::path::SitePath;
use crate::site::Kind;
use crate::time::{Moment, Zone};

/// A feed of a site: what is in it, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub path: SitePath,
    /// Of what it tells.
    pub subject: Subject,
}

/// Of what a feed tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Of every page.
    All,
    /// Of decisions.
    Decisions,
    /// Of the records of a scope and those below it.
    Scope(String),
    /// Of the pages with a tag.
    Tag(String),
}

impl Subject {
    fn admits(&self, change: &Change) -> bool {
        let page = &change.page;
        match self {
            Self::All => true,
            Self::Decisions => page.kind == Kind::Decision,
            Self::Scope(scope) => is_in_scope(&page.scope, scope),
            Self::Tag(tag) => page.tags.iter().any(|own| own.to_lowercase() == tag.to_lowercase()),
        }
    }
}

/// The longest feed, in entries: readers fetch it whole, again and again.
const ENTRIES: usize = 60;

/// Writes a feed of the last weeks. `id` is the tag under which the ids of the book begin: `tag:docs.example.org,2026:handbook`.
pub fn atom(feed: &Feed, weeks: &[WeekOfChanges], id: &str, language: &str, voice: &Voice<'_>) -> String {
    let site = voice.site.unwrap_or_default();
    let told = weeks.iter().filter(|week| !week.is_first).flat_map(|week| &week.changes.pages);
    let mut told: Vec<(Moment, &Change)> =
        told.filter(|change| feed.subject.admits(change)).filter_map(|change| Some((change.at?, change))).collect();
    told.sort_by(|(one, left), (other, right)| other.cmp(one).then_with(|| left.page.path.cmp(&right.page.path)));
    told.truncate(ENTRIES);
    // A feed without entries has a day of its own: that of the last change of the book.
    let last = weeks.iter().flat_map(|week| &week.changes.pages).filter_map(|change| change.at).max();
    let updated = told.first().map(|(at, _)| *at).or(last).unwrap_or(Moment(0));
    let title = xml(&format!("{} · {}", voice.title, feed.title));
    let path = feed.path.encoded();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <id>{}</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<author><name>{}</name></author>\n\
         <generator>Precedent</generator>\n",
        xml(language),
        xml(&format!("{id}/{}", tag(&path))),
        xml(&format!("{site}{path}")),
        xml(&voice.address(voice.page)),
        xml(voice.title),
    );
    for (at, change) in told {
        out += &entry(at, change, id, voice);
    }
    out + "</feed>\n"
}

fn entry(at: Moment, change: &Change, id: &str, voice: &Voice<'_>) -> String {
    let item: Item = of_change(change, &[], voice);
    let first = item.lines.first().map_or_else(String::new, |line| format!(": {line}"));
    // A second change on one day is another entry.
    let day = format!("{}T{}", Zone::default().day_of(at), Zone::default().clock_of(at).replace(':', ""));
    let entry_id = format!("{id}/{}/{day}", tag(&change.page.id));
    let link = item.link.clone().unwrap_or_else(|| voice.address(voice.page));
    let author =
        change.commits.first().map(|commit| format!("<author><name>{}</name></author>\n", xml(&commit.author)));
    let mut categories = vec![("kind", change.page.kind.name().to_owned())];
    categories.extend(change.state.map(|state| ("status", state.name().to_owned())));
    categories.extend(change.page.tags.iter().map(|tag| ("tag", tag.clone())));
    let categories: String = categories
        .iter()
        .map(|(scheme, term)| format!("<category scheme=\"urn:precedent:{scheme}\" term=\"{}\"/>\n", xml(term)))
        .collect();
    format!(
        "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{at}</updated>\n<link rel=\"alternate\" type=\"text/html\" \
         href=\"{}\"/>\n{}{categories}<content type=\"html\">{}</content>\n</entry>\n",
        xml(&entry_id),
        xml(&format!("{}{first}", item.title)),
        xml(&link),
        author.unwrap_or_default(),
        xml(&html::lines(&item)),
    )
}

/// Returns a name as a part of a tag: what an address may not have is written as in one.
fn tag(name: &str) -> String {
    name.split('/').map(crate::path::encode_segment).collect::<Vec<_>>().join("/")
}

/// Returns a text as XML 1.0 has it. Controls are no part of XML, however they are written.
fn xml(text: &str) -> String {
    let allowed = |letter: &char| !matches!(letter, '\u{fffe}' | '\u{ffff}');
    html::escaped(&text.chars().filter(allowed).collect::<String>())
}
