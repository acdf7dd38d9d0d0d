//! The five states of a decision, and one for words that nobody knows.

use serde::{Deserialize, Serialize};

/// The life of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
