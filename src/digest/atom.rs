//! What changed as a feed: Atom (RFC 4287), one entry for each thing that became of a page in a week: that it is new, has another
//! state, was moved; and one for all that became of its text.
//!
//! An entry's id is a tag (RFC 4151) of the page, the week and what happened. It holds no address, so a site that moves tells
//! nothing twice; and a further edit in the same week is another version of the entry of the text, and no news of the rest.
//! Nothing in a feed depends on the clock.

use super::html;
use super::message::{Item, Voice, of_change};
use crate::changes::{Change, Deadline, Fact, WeekOfChanges};
use crate::date::Date;
use crate::decision::State;
use crate::log::is_in_scope;
use crate::path::SitePath;
use crate::site::Kind;
use crate::time::Moment;

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
    let news = weeks.iter().filter(|week| !week.is_first);
    let told = news.flat_map(|week| week.changes.pages.iter().map(|change| (week.monday, change)));
    let told = told.filter(|(_, change)| feed.subject.admits(change));
    let mut told: Vec<Event<'_>> = told.flat_map(|(monday, change)| events(monday, change)).collect();
    told.sort_by(|one, other| {
        let key = |event: &Event<'_>| (std::cmp::Reverse(event.at), event.change.page.path.clone());
        key(one).cmp(&key(other))
    });
    told.truncate(ENTRIES);
    // A feed without entries has a day of its own: that of the last change of the book.
    let last = weeks.iter().flat_map(|week| &week.changes.pages).filter_map(|change| change.at).max();
    let updated = told.first().map(|event| event.at).or(last).unwrap_or(Moment(0));
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
    for event in &told {
        out += &entry(event, id, voice);
    }
    out + "</feed>\n"
}

/// One thing that became of a page.
struct Event<'a> {
    at: Moment,
    monday: Date,
    change: &'a Change,
    /// What happened, as its id says it.
    name: String,
    facts: Vec<Fact>,
}

/// Tells apart what became of a page in a week.
fn events(monday: Date, change: &Change) -> Vec<Event<'_>> {
    let Some(at) = change.at else { return Vec::new() };
    let mut events: Vec<Event<'_>> = Vec::new();
    for fact in &change.facts {
        let name = name_of(fact);
        match events.iter_mut().find(|event| event.name == name) {
            Some(event) => event.facts.push(fact.clone()),
            None => events.push(Event { at, monday, change, name, facts: vec![fact.clone()] }),
        }
    }
    events
}

fn name_of(fact: &Fact) -> String {
    match fact {
        Fact::Added => "new".to_owned(),
        Fact::Removed => "removed".to_owned(),
        Fact::Status { to, .. } => format!("status-{}", to.map_or("none", State::name)),
        Fact::SupersededBy(_) => "superseded".to_owned(),
        Fact::Renumbered { .. } => "renumbered".to_owned(),
        Fact::Moved { .. } | Fact::Retitled { .. } => "moved".to_owned(),
        Fact::Deadline { what: Deadline::DecideBy, .. } => "decide-by".to_owned(),
        Fact::Deadline { what: Deadline::ReviewBy, .. } => "review-by".to_owned(),
        Fact::Relates { .. } | Fact::People { .. } => "record".to_owned(),
        Fact::Rule { .. } | Fact::Section { .. } | Fact::MoreSections(_) => "text".to_owned(),
    }
}

fn entry(event: &Event<'_>, id: &str, voice: &Voice<'_>) -> String {
    let Event { at, monday, name, facts, .. } = event;
    let change = &Change { facts: facts.clone(), ..event.change.clone() };
    let item: Item = of_change(change, &[], voice);
    let first = item.lines.first().map_or_else(String::new, |line| format!(": {line}"));
    let entry_id = format!("{id}/{}/{monday}/{name}", tag(&change.page.id));
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
