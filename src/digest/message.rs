//! A message before it is written for some place: what is said, in which order, in whose words. All of it is plain text.

use serde::Serialize;

use crate::changes::{Change, Changes, Fact, Named, Waiting, Weight, small};
use crate::path::{Addresses, SitePath};
use crate::theme::Words;
use crate::time::{Moment, Zone};

/// A message of what changed. All texts are plain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Digest {
    /// What it is: the title of the book.
    pub title: String,
    /// Which time it tells of.
    pub period: String,
    /// The page of the site that tells the same and more.
    pub link: Option<String>,
    /// What it tells, by what it asks for. Empty where nothing changed and nothing waits.
    pub parts: Vec<Part>,
    /// What is counted and not told.
    pub small: Option<String>,
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its heading.
    pub heading: String,
    /// What it tells.
    pub items: Vec<Item>,
}

/// What a message tells of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The page.
    pub title: String,
    /// Its address, where the site's is known, and where it is not gone.
    pub link: Option<String>,
    /// The file.
    pub path: String,
    /// What became of it, each in a few words.
    pub lines: Vec<String>,
    /// Who did it and when, with the commits; empty where nobody is told.
    pub by: String,
}

/// How it is told.
#[derive(Debug, Clone)]
pub struct Voice<'a> {
    /// The words of the readers.
    pub words: &'a Words,
    /// The zone of their days.
    pub zone: &'a Zone,
    /// The address of the site's root, ending in `/`, where it is known.
    pub site: Option<&'a str>,
    /// How its files are addressed.
    pub addresses: &'a Addresses,
    /// The page of the site that tells the same.
    pub page: &'a SitePath,
    /// The title of the book.
    pub title: &'a str,
    /// Which time it is of.
    pub period: &'a str,
}

impl Voice<'_> {
    /// Returns the whole address of a file of the site.
    pub(super) fn address(&self, file: &SitePath) -> String {
        format!("{}{}", self.site.unwrap_or_default(), self.addresses.from_root(file))
    }
}

/// So many commits of one page are named.
const COMMITS: usize = 3;

impl Digest {
    /// Puts a message together; what waits stands first, with the proposals that changed.
    pub fn of(changes: &Changes, waiting: &[Waiting], voice: &Voice<'_>) -> Self {
        let Voice { words, site, page, .. } = voice;
        let mut parts = Vec::new();
        for weight in Weight::ALL {
            let of_weight = changes.pages.iter().filter(|change| change.weight == *weight);
            let mut items: Vec<Item> = of_weight.map(|change| of_change(change, waiting, voice)).collect();
            if *weight == Weight::NeedsAnswer {
                let told = |waiting: &&Waiting| {
                    let is_told = |change: &Change| change.weight == *weight && change.page.path == waiting.page.path;
                    changes.pages.iter().any(is_told)
                };
                items.extend(waiting.iter().filter(|one| !told(one)).map(|waiting| of_waiting(waiting, voice)));
            }
            if !items.is_empty() {
                parts.push(Part { heading: weight.heading(words), items });
            }
        }
        let count = changes.small.len();
        Self {
            title: voice.title.to_owned(),
            period: voice.period.to_owned(),
            link: site.map(|_| voice.address(page)),
            parts,
            small: (count > 0).then(|| small(count, words)),
        }
    }

    /// Says whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.small.is_none()
    }
}

pub(super) fn of_change(change: &Change, waiting: &[Waiting], voice: &Voice<'_>) -> Item {
    let Change { page, description, facts, .. } = change;
    let mut lines: Vec<String> = facts.iter().map(|fact| line(change, fact, voice)).collect();
    lines.extend(Some(description.clone()).filter(|text| !text.is_empty()));
    let asked = waiting.iter().find(|waiting| waiting.page.path == page.path);
    lines.extend(asked.map(|waiting| waiting.sentence(voice.words)));
    let lines = lines.iter().map(|line| short(line)).collect();
    Item { by: short(&by(change, voice)), lines, ..item(page, voice) }
}

/// Says a fact; of a state also who gave it, where others had a part in the change.
fn line(change: &Change, fact: &Fact, voice: &Voice<'_>) -> String {
    let said = fact.sentence(voice.words);
    match fact {
        Fact::Added => match change.state {
            Some(state) => format!("{said}: {}", voice.words.text(&format!("status.{}", state.name()))),
            None => said,
        },
        Fact::Status { commit: Some(commit), .. } if change.commits.len() > 1 => {
            let day = voice.zone.day_of(commit.at).to_string();
            let by = voice.words.filled("changes.by", &[("author", &commit.author), ("date", &day)]);
            format!("{said} ({by})")
        }
        _ => said,
    }
}

fn of_waiting(waiting: &Waiting, voice: &Voice<'_>) -> Item {
    Item { lines: vec![short(&waiting.sentence(voice.words))], ..item(&waiting.page, voice) }
}

/// A title is shown up to so many letters, and a path: the whole message has room for all.
const LONGEST: usize = 300;

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn item(page: &Named, voice: &Voice<'_>) -> Item {
    let link = page.address.as_ref().filter(|_| voice.site.is_some()).map(|address| voice.address(address));
    Item { title: short(&page.whole()), link, path: short(page.path.as_str()), lines: Vec::new(), by: String::new() }
}

/// Names the authors, the day of the last commit, and the commits.
fn by(change: &Change, voice: &Voice<'_>) -> String {
    let uncommitted = voice.words.text("changes.uncommitted");
    let Some(last) = change.commits.first() else {
        return if change.is_uncommitted { uncommitted } else { String::new() };
    };
    let mut authors: Vec<&str> = Vec::new();
    for commit in &change.commits {
        if !authors.contains(&&*commit.author) {
            authors.push(&commit.author);
        }
    }
    let day = voice.zone.day_of(last.at).to_string();
    let said = voice.words.filled("changes.by", &[("author", &authors.join(", ")), ("date", &day)]);
    let hashes: Vec<&str> =
        change.commits.iter().take(COMMITS).map(|commit| &commit.hash[..commit.hash.len().min(8)]).collect();
    let more = if change.commits.len() > COMMITS { ", …" } else { "" };
    let also = if change.is_uncommitted { format!(", {uncommitted}") } else { String::new() };
    format!("{said} ({}{more}){also}", hashes.join(", "))
}

/// Says a stretch of time: `2025-06-09 00:00 – 2025-06-12 15:00 (Europe/Berlin)`.
pub fn period(since: Option<Moment>, until: Moment, zone: &Zone) -> String {
    let say = |moment: Moment| format!("{} {}", zone.day_of(moment), zone.clock_of(moment));
    format!("{} – {} ({})", since.map_or_else(|| "…".to_owned(), say), say(until), zone.name())
}
