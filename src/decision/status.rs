//! The status of a decision: words of the author's, and which of five states they mean.

use serde::Serialize;

use super::people::is_placeholder;
use super::text::plain;

/// A status as it is written, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Status {
    /// The state that the words mean.
    pub state: State,
    /// The author's words, without markup.
    pub text: String,
    /// What the author says beyond the state: the words after it.
    pub note: Option<String>,
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

/// Beginnings of the words that mean a state. The longest that fits wins, so "not accepted" comes before "not".
///
/// English first, then German, French, Spanish, Portuguese, Italian, Dutch, Russian, Chinese, Japanese, Korean.
const WORDS: &[(State, &[&str])] = &[
    (
        State::Superseded,
        &[
            "supersed",
            "superced",
            "replaced",
            "obsoleted by",
            "obsoleted",
            "⌛",
            "🔄",
            "ersetzt",
            "abgelöst",
            "remplac",
            "reemplazad",
            "sustituid",
            "substituíd",
            "substituid",
            "sostituit",
            "vervangen",
            "заменен",
            "заменён",
            "已取代",
            "已替代",
            "被取代",
            "置き換え",
            "대체",
        ],
    ),
    (
        State::Deprecated,
        &[
            "deprecat",
            "depricat",
            "retired",
            "removed",
            "moved",
            "obsolete",
            "no longer",
            "archived",
            "reverted",
            "outdated",
            "expired",
            "sunset",
            "not in use",
            "inactive",
            "discontinued",
            "revoked",
            "cancelled after",
            "🗑",
            "⚠",
            "veraltet",
            "überholt",
            "obsolèt",
            "déprécié",
            "obsolet",
            "descontinuad",
            "deprecad",
            "verouderd",
            "устарел",
            "已废弃",
            "已弃用",
            "废弃",
            "弃用",
            "廃止",
            "非推奨",
            "폐기",
        ],
    ),
    (
        State::Rejected,
        &[
            "reject",
            "declined",
            "withdrawn",
            "abandon",
            "not accepted",
            "not approved",
            "not adopted",
            "won't",
            "wontfix",
            "wont",
            "will not",
            "denied",
            "discarded",
            "dismissed",
            "dropped",
            "closed",
            "cancel",
            "dead",
            "❌",
            "🚫",
            "👎",
            "abgelehnt",
            "verworfen",
            "rejeté",
            "rechazad",
            "descartad",
            "rejeitad",
            "recusad",
            "rifiutat",
            "scartat",
            "afgewezen",
            "verworpen",
            "отклонен",
            "отклонён",
            "已拒绝",
            "拒绝",
            "否决",
            "却下",
            "거부",
            "기각",
        ],
    ),
    (
        State::Accepted,
        &[
            "accept",
            "acccept",
            "acept",
            "aproved",
            "approv",
            "adopted",
            "active",
            "final",
            "living",
            "implement",
            "imlpement",
            "implment",
            "stable",
            "decided",
            "ratified",
            "agreed",
            "done",
            "complete",
            "committed",
            "in force",
            "in effect",
            "in use",
            "effective",
            "published",
            "merged",
            "enacted",
            "current",
            "enforced",
            "confirmed",
            "ready-for-release",
            "ready for release",
            "released",
            "recommended",
            "landed",
            "shipped",
            "valid",
            "yes",
            "✅",
            "✔",
            "☑",
            "👍",
            "🟢",
            "angenommen",
            "akzeptiert",
            "entschieden",
            "beschlossen",
            "genehmigt",
            "umgesetzt",
            "accepté",
            "adopté",
            "approuvé",
            "validé",
            "aceptad",
            "aprobad",
            "adoptad",
            "aceit",
            "aprovad",
            "adotad",
            "accettat",
            "approvat",
            "adottat",
            "geaccepteerd",
            "aanvaard",
            "goedgekeurd",
            "принят",
            "утвержден",
            "утверждён",
            "одобрен",
            "已接受",
            "已采纳",
            "已通过",
            "已批准",
            "已决定",
            "已实施",
            "采纳",
            "接受",
            "通过",
            "承認",
            "採用",
            "決定",
            "승인",
            "채택",
            "수락",
        ],
    ),
    (
        State::Proposed,
        &[
            "propos",
            "porpos",
            "pending",
            "review",
            "draft",
            "rfc",
            "provisional",
            "last call",
            "last-call",
            "in progress",
            "in-progress",
            "inprogress",
            "in review",
            "in-review",
            "in discussion",
            "under ",
            "experiment",
            "incomplete",
            "open",
            "wip",
            "work in progress",
            "discuss",
            "idea",
            "prediscussion",
            "planned",
            "exploring",
            "tbd",
            "todo",
            "to be ",
            "awaiting",
            "waiting",
            "ready for review",
            "ready for",
            "requested",
            "not yet",
            "undecided",
            "not decided",
            "unapproved",
            "stagnant",
            "deferred",
            "on hold",
            "on-hold",
            "paused",
            "postponed",
            "blocked",
            "new",
            "initial",
            "suggest",
            "trial",
            "request for comment",
            "🤔",
            "🚧",
            "💬",
            "🟡",
            "📝",
            "⏳",
            "vorgeschlagen",
            "vorschlag",
            "entwurf",
            "offen",
            "in arbeit",
            "in diskussion",
            "ausstehend",
            "en cours",
            "à valider",
            "brouillon",
            "borrador",
            "pendient",
            "en discusión",
            "en revisión",
            "pendente",
            "rascunho",
            "em discussão",
            "em análise",
            "bozza",
            "in revisione",
            "voorgesteld",
            "concept",
            "предложен",
            "черновик",
            "на рассмотрении",
            "提议",
            "提案",
            "草案",
            "草稿",
            "待定",
            "讨论中",
            "待讨论",
            "進行中",
            "検討中",
            "ドラフト",
            "제안",
            "초안",
            "검토",
        ],
    ),
];

/// Words that are said before a state and change nothing.
const FILLERS: &[&str] = &[
    "status",
    "this adr is",
    "this decision is",
    "this decision was",
    "this adr was",
    "this adr has been",
    "this decision has been",
    "has been",
    "currently",
    "newly",
    "conditionally",
    "tentatively",
    "partially",
    "partly",
    "was",
    "is",
    "now",
    "mostly",
    "provisionally",
    "fully",
    "finally",
    "formally",
    "officially",
    "already",
    "we have",
    "it is",
    "it has been",
    "the decision is",
    "the decision was",
];

/// Reads a status. A list of choices, a placeholder and an empty text are none.
pub(super) fn parse(text: &str) -> Option<Status> {
    let shown = plain(&without_struck(text));
    let shown = shown.trim_matches(['{', '}', '"', '\'', '[', ']', '(', ')', '`', '*', '_']).trim();
    let lower = shown.to_lowercase();
    if shown.is_empty() || is_placeholder(text) || is_choice(&lower) {
        return None;
    }
    let partial = is_partial(&lower);
    let state = match state_at_start(&lower) {
        Some((State::Superseded, _)) if partial => State::Accepted,
        Some((state, _)) => state,
        None => State::Unknown,
    };
    Some(Status { state, note: note(shown, &lower), text: shown.to_owned() })
}

/// Says whether a text, in lower case, speaks of only a part of the decision.
pub(super) fn is_partial(lower: &str) -> bool {
    let at = ["supersed", "superced", "replaced"].iter().find_map(|word| lower.find(word));
    at.is_some_and(|at| ["partly", "partially", "in part", "partial"].iter().any(|word| lower[..at].contains(word)))
        || lower.starts_with("partly")
        || lower.contains("superseded in part")
        || lower.contains("superseded partially")
}

/// Returns the state that the first words mean, and how many bytes they take.
fn state_at_start(lower: &str) -> Option<(State, usize)> {
    let mut rest = lower;
    loop {
        let bare = rest.trim_start_matches(|letter: char| !letter.is_alphanumeric() && !is_pictogram(letter));
        let found = WORDS
            .iter()
            .flat_map(|(state, words)| words.iter().map(move |word| (*state, *word)))
            .filter(|(_, word)| bare.starts_with(word))
            .max_by_key(|(_, word)| word.len());
        let filler = FILLERS.iter().filter(|filler| bare.starts_with(**filler)).max_by_key(|filler| filler.len());
        // "Currently proposed" begins with a filler, although "current" alone is a state.
        let found = found.filter(|(_, word)| filler.is_none_or(|filler| filler.len() <= word.len()));
        if let Some((state, word)) = found {
            // A pictogram that a word follows means what the word means.
            let after = bare[word.len()..].trim_start_matches(|letter: char| !letter.is_alphanumeric());
            if !word.starts_with(char::is_alphanumeric)
                && let Some(said) = state_at_start(after)
            {
                return Some((said.0, lower.len() - after.len() + said.1));
            }
            return Some((state, lower.len() - bare.len() + word.len()));
        }
        let after = filler.map(|filler| &bare[filler.len()..]).filter(|after| after.starts_with([' ', ':', '-']));
        let pictogram = bare.chars().next().filter(|first| is_pictogram(*first)).map(|first| &bare[first.len_utf8()..]);
        let dated = super::day::find(bare).filter(|found| found.start == 0).map(|found| &bare[found.end..]);
        rest = after.or(pictogram).or(dated).filter(|rest| rest.len() < bare.len())?;
    }
}

fn is_pictogram(letter: char) -> bool {
    matches!(u32::from(letter), 0x2190..=0x2BFF | 0x1F000..=0x1FAFF)
}

/// What follows the word of the state: "see ADR-3" of "Rejected (see ADR-3)".
fn note(shown: &str, lower: &str) -> Option<String> {
    let (_, end) = state_at_start(lower)?;
    // Lower case may have other bytes than the text itself; then there is no telling where the word ends.
    let rest = shown.get(end..).filter(|_| shown.len() == lower.len())?;
    let rest = rest
        .trim_start_matches(char::is_alphanumeric)
        .trim_start_matches([' ', ',', '.', ':', '-', '–', '—', ';', '/']);
    let rest = rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(rest).trim();
    (!rest.is_empty()).then(|| rest.to_owned())
}

/// Says whether a text names the states that one may choose from, as templates do.
fn is_choice(lower: &str) -> bool {
    let states = |separator: char| {
        let parts = lower.split(separator).map(str::trim).filter(|part| !part.is_empty());
        let mut states: Vec<State> = parts.filter_map(|part| state_at_start(part).map(|(state, _)| state)).collect();
        states.sort();
        states.dedup();
        states.len()
    };
    states('|') >= 2 || states('/') >= 3 || states(',') >= 3 || lower.starts_with("what is the status")
}

/// Drops what is struck through.
fn without_struck(text: &str) -> String {
    let mut out = String::new();
    let mut parts = text.split("~~");
    while let Some(kept) = parts.next() {
        out += kept;
        parts.next();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_states() {
        for (text, state, note) in [
            ("Accepted", State::Accepted, None),
            ("✅ Accepted", State::Accepted, None),
            ("❌ Rejected (see [019](019-x.md))", State::Rejected, Some("see 019")),
            ("Accepted, Implemented", State::Accepted, Some("Implemented")),
            ("*deprecated*", State::Deprecated, None),
            ("**superseded by [MADR-077](./077.md)**", State::Superseded, Some("by MADR-077")),
            ("Superceded by [3. Z](0003-z.md)", State::Superseded, Some("by 3. Z")),
            ("Partly superseded by ADR-3", State::Accepted, None),
            ("{ accepted }", State::Accepted, None),
            ("{ in-progress }", State::Proposed, None),
            ("approved", State::Accepted, None),
            ("not accepted", State::Rejected, None),
            ("Not yet accepted", State::Proposed, None),
            ("No longer relevant", State::Deprecated, None),
            ("Last Call", State::Proposed, None),
            ("imlpemented", State::Accepted, None),
            ("~~Proposed~~ Accepted", State::Accepted, None),
            ("2020-01-02: accepted", State::Accepted, None),
            ("This decision has been accepted", State::Accepted, None),
            ("Moved", State::Deprecated, None),
            ("Stagnant", State::Proposed, None),
            ("Abgelehnt", State::Rejected, None),
            ("已接受", State::Accepted, None),
            ("Wibble", State::Unknown, None),
        ] {
            let status = parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(status.state, state, "{text}");
            if note.is_some() {
                assert_eq!(status.note.as_deref(), note, "{text}");
            }
        }
    }

    #[test]
    fn a_template_states_nothing() {
        for text in [
            "",
            "[proposed | rejected | accepted | deprecated | … | superseded by [ADR-0005](0005-example.md)] <!-- optional -->",
            "{proposed | rejected | accepted}",
            "What is the status, such as proposed, accepted, rejected, deprecated, superseded, etc.?",
            "Proposed, Accepted, Rejected",
            "<!-- a comment -->",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
