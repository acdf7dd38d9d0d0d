//! In which form a record is written.

use serde::{Deserialize, Serialize};

use crate::decision::words::state::State;

/// The forms of decision records that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    /// adr-tools: `Date: …` and a `## Status` section.
    Nygard,
    /// MADR 1: sections alone.
    Madr1,
    /// MADR 2: bullets under the title.
    Madr2,
    /// MADR 3: front matter with `deciders`.
    Madr3,
    /// MADR 4: front matter with `decision-makers`.
    Madr4,
    /// log4brains: MADR 2 in files named by date.
    Log4brains,
    /// MADR's bullets with bold keys.
    BoldBullets,
    /// Lines or a table of `Key: value` in other forms.
    Fields,
    /// Files or folders named by date, without metadata.
    DateNamed,
    /// Cosmos: `## Status` with a `## Changelog`.
    Cosmos,
    /// Docusaurus front matter with `adr`.
    Docusaurus,
    /// Backstage front matter with `id: adrs-…`.
    Backstage,
    /// Kubernetes enhancement: `kep.yaml` beside `README.md`.
    Kep,
    /// OpenShift enhancement: the same keys as front matter.
    Openshift,
    /// Rust RFC: `- Feature Name: …`.
    RustRfc,
    /// Ember RFC: front matter with `stage`.
    EmberRfc,
    /// Ethereum improvement proposal.
    Eip,
    /// adrkit: front matter with `schemaVersion`.
    Adrkit,
    /// adrs: front matter with `number` and `links`.
    AdrsNg,
    /// Other typed front matter with a status.
    Typed,
    /// One sentence: in the context of …, facing …, we decided for ….
    YStatement,
    /// Nothing that tells a form.
    Plain,
}

impl Dialect {
    /// Every form.
    pub const ALL: &[Self] = &[
        Self::Nygard,
        Self::Madr1,
        Self::Madr2,
        Self::Madr3,
        Self::Madr4,
        Self::Log4brains,
        Self::BoldBullets,
        Self::Fields,
        Self::DateNamed,
        Self::Cosmos,
        Self::Docusaurus,
        Self::Backstage,
        Self::Kep,
        Self::Openshift,
        Self::RustRfc,
        Self::EmberRfc,
        Self::Eip,
        Self::Adrkit,
        Self::AdrsNg,
        Self::Typed,
        Self::YStatement,
        Self::Plain,
    ];

    /// Returns the name that settings and reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nygard => "nygard",
            Self::Madr1 => "madr1",
            Self::Madr2 => "madr2",
            Self::Madr3 => "madr3",
            Self::Madr4 => "madr4",
            Self::Log4brains => "log4brains",
            Self::BoldBullets => "bold-bullets",
            Self::Fields => "fields",
            Self::DateNamed => "date-named",
            Self::Cosmos => "cosmos",
            Self::Docusaurus => "docusaurus",
            Self::Backstage => "backstage",
            Self::Kep => "kep",
            Self::Openshift => "openshift",
            Self::RustRfc => "rust-rfc",
            Self::EmberRfc => "ember-rfc",
            Self::Eip => "eip",
            Self::Adrkit => "adrkit",
            Self::AdrsNg => "adrs-ng",
            Self::Typed => "typed",
            Self::YStatement => "y-statement",
            Self::Plain => "plain",
        }
    }

    /// Returns the form of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|dialect| dialect.name() == name)
    }

    /// Returns the state that the form gives a record which states none: an RFC of Rust is merged when it is accepted,
    /// and log4brains takes silence for consent.
    pub fn default_state(self) -> Option<State> {
        matches!(self, Self::RustRfc | Self::Log4brains).then_some(State::Accepted)
    }
}
