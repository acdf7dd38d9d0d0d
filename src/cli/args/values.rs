//! The words that options take.

use clap::ValueEnum;

use crate::amend::Service;
use crate::decision::State;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum KindName {
    Decision,
    Guideline,
    Page,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum RecordKind {
    Decision,
    Guideline,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TableFormat {
    Text,
    Json,
    Csv,
    Jira,
    Asana,
    Lines,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Drawing {
    Svg,
    Dot,
    Mermaid,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum StatusName {
    Proposed,
    Accepted,
    Rejected,
    Deprecated,
    Superseded,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ServiceName {
    #[value(name = "github")]
    GitHub,
    #[value(name = "gitlab")]
    GitLab,
    Jenkins,
    #[value(name = "circleci")]
    CircleCi,
    Azure,
    Shell,
}

impl From<ServiceName> for Service {
    fn from(name: ServiceName) -> Self {
        match name {
            ServiceName::GitHub => Self::GitHub,
            ServiceName::GitLab => Self::GitLab,
            ServiceName::Jenkins => Self::Jenkins,
            ServiceName::CircleCi => Self::CircleCi,
            ServiceName::Azure => Self::Azure,
            ServiceName::Shell => Self::Shell,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SchemaOf {
    Book,
    FrontMatter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    Text,
    Json,
}

impl From<StatusName> for State {
    fn from(name: StatusName) -> Self {
        match name {
            StatusName::Proposed => Self::Proposed,
            StatusName::Accepted => Self::Accepted,
            StatusName::Rejected => Self::Rejected,
            StatusName::Deprecated => Self::Deprecated,
            StatusName::Superseded => Self::Superseded,
            StatusName::Unknown => Self::Unknown,
        }
    }
}

/// Returns the word for a value as it is typed.
pub(in crate::cli) fn word(value: &impl ValueEnum) -> String {
    value.to_possible_value().expect("no value is hidden").get_name().to_owned()
}
