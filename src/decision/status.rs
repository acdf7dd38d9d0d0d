//! The status of a decision: a word of the author's, and which of five states it means.

use serde::Serialize;

use super::Reference;

/// A status as it is written, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Status {
    /// The state that the words mean.
    pub state: State,
    /// The author's words, without markup.
    pub text: String,
}

/// The life of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Not decided yet.
    Proposed,
    /// Decided and in force.
    Accepted,
    /// Decided against.
    Rejected,
    /// No longer in force, and nothing takes its place.
    Deprecated,
    /// Replaced by another decision.
    Superseded,
    /// A word that nobody knows.
    Unknown,
}

impl State {
    /// Every state, in the order of a decision's life.
    pub const ALL: &[Self] =
        &[Self::Proposed, Self::Accepted, Self::Rejected, Self::Deprecated, Self::Superseded, Self::Unknown];

    /// Returns the word for the state.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Deprecated => "deprecated",
            Self::Superseded => "superseded",
            Self::Unknown => "unknown",
        }
    }
}

/// Beginnings of the words that mean a state, in the order in which they are tried.
const WORDS: &[(State, &[&str])] = &[
    (State::Superseded, &["supersed", "superced", "replaced", "obsolete", "⌛"]),
    (State::Deprecated, &["deprecat", "retired", "removed", "moved"]),
    (State::Rejected, &["not accepted", "reject", "declined", "withdrawn", "abandon", "❌"]),
    (
        State::Accepted,
        &[
            "accept",
            "approved",
            "adopted",
            "active",
            "final",
            "living",
            "implement",
            "imlpement",
            "stable",
            "decided",
            "ratified",
            "✅",
        ],
    ),
    (
        State::Proposed,
        &[
            "propos",
            "pending",
            "review",
            "draft",
            "rfc",
            "provisional",
            "last call",
            "in progress",
            "in-progress",
            "experimental",
            "incomplete",
            "open",
            "🤔",
        ],
    ),
];

/// Reads a status. A link or name after "superseded by" goes to the list of successors.
pub(super) fn parse(text: &str, successors: &mut Vec<Reference>) -> Option<Status> {
    let text = clean(text);
    let lower = text.to_lowercase();
    if text.is_empty() || text.contains('|') || text.starts_with('{') && text.contains('{') && text.len() > 60 {
        return None; // a template's list of choices
    }
    if let Some(state) = backward(&lower) {
        successors.extend(references(&text));
        return Some(Status { state, text: plain(&text) });
    }
    let start = lower.trim_start_matches(|letter: char| !letter.is_alphanumeric() && !EMOJI.contains(&letter));
    let state = WORDS.iter().find(|(_, words)| words.iter().any(|word| start.starts_with(word)));
    Some(Status { state: state.map_or(State::Unknown, |(state, _)| *state), text: plain(&text) })
}

const EMOJI: &[char] = &['✅', '❌', '⌛', '🤔'];

/// Tells "superseded by …" from "supersedes …", which is the forward edge of a healthy record, and from "partly superseded".
fn backward(lower: &str) -> Option<State> {
    let at = ["superseded by", "superceded by", "replaced by"].iter().find_map(|words| lower.find(words))?;
    let before = &lower[..at];
    let partly = ["partly", "partially", "in part"].iter().any(|word| before.contains(word));
    if !partly {
        return Some(State::Superseded);
    }
    Some(State::Accepted)
}

/// Returns the relative links of a text, or the name after "by".
pub(super) fn references(text: &str) -> Vec<Reference> {
    let links: Vec<Reference> = text
        .split("](")
        .skip(1)
        .filter_map(|after| after.split([')', ' ']).next())
        .filter(|target| !target.contains("://") && !target.is_empty())
        .map(|target| Reference::Link(target.to_owned()))
        .collect();
    if !links.is_empty() {
        return links;
    }
    let lower = text.to_lowercase();
    let name = lower.find(" by ").map(|at| text[at + 4..].trim().trim_matches(['.', ':', '*', '`']));
    name.filter(|name| !name.is_empty()).map(|name| Reference::Name(name.to_owned())).into_iter().collect()
}

/// Drops comments, emphasis and the braces of `{ accepted }`.
fn clean(text: &str) -> String {
    let text = text.split("<!--").next().unwrap_or("").replace("&#x20;", " ");
    text.trim().trim_matches(['*', '_', '`', '{', '}', '"', '\'']).trim().to_owned()
}

/// Replaces links by their labels.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let Some(middle) = rest[open..].find("](").map(|at| open + at) else { break };
        let Some(close) = rest[middle..].find(')').map(|at| middle + at) else { break };
        out += &rest[..open];
        out += &rest[open + 1..middle];
        rest = &rest[close + 1..];
    }
    out + rest
}
