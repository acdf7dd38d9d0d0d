//! The page of what changed, week by week, and what became of one record.

use serde::Serialize;

use super::revision::{RevisionView, commit};
use super::{PageView, Settings, View, frame, parts, place};
use crate::changes::{Change, Fact, WeekOfChanges, Weight};
use crate::path::SitePath;
use crate::revision::{Commit, Revision};
use crate::site::Site;

/// What changed, and what it can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct ChangesView {
    weeks: Vec<WeekView>,
    /// The kinds, scopes and people of what is shown.
    kinds: Vec<&'static str>,
    scopes: Vec<String>,
    people: Vec<String>,
    feeds: Vec<FeedView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct WeekView {
    monday: String,
    is_first: bool,
    groups: Vec<WeightView>,
    /// How many pages more changed than are shown.
    more: usize,
    /// How many pages have small edits.
    small: usize,
}

/// What asks the same of its readers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct WeightView {
    /// `needs-answer`, `in-force`, `other`.
    name: &'static str,
    heading: String,
    items: Vec<ChangeView>,
}

/// A page that changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct ChangeView {
    label: Option<String>,
    title: String,
    url: Option<String>,
    kind: &'static str,
    status: Option<&'static str>,
    scope: String,
    description: String,
    /// What became of it, in words.
    lines: Vec<LineView>,
    people: Vec<String>,
    commits: Vec<RevisionView>,
    /// How many commits more there are.
    earlier: usize,
    /// When the last of it came to the branch, in seconds since 1970; nothing where that is not known.
    at: Option<i64>,
}

/// A fact in words, and the part of the page that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct LineView {
    /// What it is about, which leads to `url` where there is one.
    part: String,
    text: String,
    url: Option<String>,
    /// Who said so, where others had a part in the change.
    by: String,
}

/// A feed and its address from the page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct FeedView {
    title: String,
    pub(super) url: String,
}

/// So many pages of a week are shown, of the first fewer, and so many commits and people of a page.
const PAGES: usize = 80;
const FIRST_PAGES: usize = 12;
const COMMITS: usize = 3;
const PEOPLE: usize = 20;

/// Returns the view of the page; nothing where nothing is known of the past.
pub fn changes(site: &Site, settings: &Settings) -> Option<View> {
    let weeks = &settings.weeks;
    if weeks.is_empty() {
        return None;
    }
    let here = weeks.page.clone();
    let mut room = parts::ROOM;
    let weeks: Vec<WeekView> =
        weeks.weeks.iter().map_while(|of_week| week(settings, &here, of_week, &mut room)).collect();
    let items = || weeks.iter().flat_map(|week| &week.groups).flat_map(|group| &group.items);
    let sorted = |mut all: Vec<String>| {
        all.sort_by_key(|text| text.to_lowercase());
        all.dedup();
        all
    };
    let changes = ChangesView {
        kinds: crate::site::Kind::ALL
            .iter()
            .map(|kind| kind.name())
            .filter(|kind| items().any(|item| item.kind == *kind))
            .collect(),
        scopes: sorted(items().map(|item| item.scope.clone()).filter(|scope| !scope.is_empty()).collect()),
        people: sorted(items().flat_map(|item| item.people.clone()).collect()),
        feeds: feeds(settings, &here),
        weeks,
    };
    let words = &settings.words;
    let page = PageView {
        title: words.text("changes.title"),
        description: words.text("changes.description"),
        kind: "changes",
        ..place(settings, &here)
    };
    let tabs = super::decisions::tabs(settings, &here, Some("changes"));
    let framed = frame(site, settings, &here, None, "changes.html", page);
    Some(View { changes: Some(changes), decision_pages: tabs, ..framed })
}

/// Returns the feeds, seen from a page.
pub(super) fn feeds(settings: &Settings, here: &SitePath) -> Vec<FeedView> {
    let feed = |(title, path): &(String, SitePath)| FeedView {
        title: title.clone(),
        url: settings.addresses.href(here, path),
    };
    settings.weeks.feeds.iter().map(feed).collect()
}

/// Returns a week, as far as there is room on the page; nothing where there is none left.
fn week(settings: &Settings, here: &SitePath, week: &WeekOfChanges, room: &mut usize) -> Option<WeekView> {
    let WeekOfChanges { monday, changes, is_first } = week;
    if *room == 0 {
        return None;
    }
    // A book that begins with a hundred pages has not changed in a hundred ways.
    let most = if *is_first { FIRST_PAGES } else { PAGES };
    let mut shown = 0;
    let mut groups = Vec::new();
    for weight in Weight::ALL {
        let mut items = Vec::new();
        for change in changes.pages.iter().filter(|change| change.weight == *weight) {
            let item = view(settings, here, change);
            let size = weigh(&item);
            if shown == most || size > *room {
                *room = if size > *room { 0 } else { *room };
                break;
            }
            *room -= size;
            shown += 1;
            items.push(item);
        }
        let name = match weight {
            Weight::NeedsAnswer => "needs-answer",
            Weight::InForce => "in-force",
            Weight::Other => "other",
        };
        if !items.is_empty() {
            groups.push(WeightView { name, heading: weight.heading(&settings.words), items });
        }
    }
    let (more, small) = (changes.pages.len() - shown, changes.small.len());
    Some(WeekView { monday: monday.to_string(), is_first: *is_first, groups, more, small })
}

/// About how many bytes of markup an item takes.
fn weigh(item: &ChangeView) -> usize {
    let lines: usize = item
        .lines
        .iter()
        .map(|line| 80 + line.part.len() + line.text.len() + line.url.as_ref().map_or(0, String::len))
        .sum();
    let people: usize = item.people.iter().map(|name| name.len() + 60).sum();
    500 + item.title.len() + item.description.len() + lines + people + 160 * item.commits.len()
}

/// Returns what became of a record in the last weeks, the newest first.
pub(super) fn of_record(settings: &Settings, here: &SitePath, path: &crate::path::BookPath) -> Vec<ChangeView> {
    // A list beside a text is short.
    settings.weeks.of(path).take(PEOPLE).map(|change| view(settings, here, change)).collect()
}

fn view(settings: &Settings, here: &SitePath, change: &Change) -> ChangeView {
    let Change { weight: _, page, description, state, facts, commits, at, people, is_uncommitted: _, scope_before: _ } =
        change;
    let url = page.address.as_ref().map(|address| settings.addresses.href(here, address));
    let mut lines: Vec<LineView> = facts.iter().map(|fact| line(settings, fact, commits, url.as_deref())).collect();
    // A redirect or a page of another name may stand there by now.
    lines.iter_mut().filter(|_| page.address.as_ref() == Some(here)).for_each(|line| {
        line.url = line.url.take().and_then(|url| url.split_once('#').map(|(_, anchor)| format!("#{anchor}")));
    });
    ChangeView {
        label: page.label.clone(),
        title: page.title.clone(),
        url,
        kind: page.kind.name(),
        status: state.map(|state| state.name()),
        scope: page.scope.clone(),
        description: description.clone(),
        lines,
        people: people.iter().take(PEOPLE).cloned().collect(),
        commits: commits.iter().take(COMMITS).map(|one| told(settings, one)).collect(),
        earlier: commits.len().saturating_sub(COMMITS),
        at: at.map(|at| at.0),
    }
}

fn line(settings: &Settings, fact: &Fact, commits: &[Commit], page: Option<&str>) -> LineView {
    let by = match fact {
        Fact::Status { commit: Some(commit), .. } if commits.len() > 1 => {
            let day = settings.weeks.zone.day_of(commit.at).to_string();
            settings.words.filled("changes.by", &[("author", &commit.author), ("date", &day)])
        }
        _ => String::new(),
    };
    let anchor = match fact {
        Fact::Section { anchor, .. } => anchor.as_deref(),
        Fact::Rule { id, to: Some(_), .. } => Some(id.as_str()),
        _ => None,
    };
    let url = page.zip(anchor).map(|(page, anchor)| format!("{page}#{}", crate::path::encode_segment(anchor)));
    let (part, text) = fact.sentence_in_two(&settings.words);
    LineView { part, text, url, by }
}

fn told(settings: &Settings, Commit { hash, author, at, subject }: &Commit) -> RevisionView {
    let date = settings.weeks.zone.day_of(*at);
    commit(settings, &Revision { hash: hash.clone(), author: author.clone(), date, subject: subject.clone() })
}
