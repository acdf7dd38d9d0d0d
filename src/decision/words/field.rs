//! The one vocabulary of metadata: which words mean which field, in front matter, bullets, lines, tables and headings.

use crate::data::Schema;
use crate::diagnostic::nearest;

/// What a key speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::decision) enum Field {
    Number,
    Title,
    Status,
    Date,
    Proposed,
    Updated,
    Deciders,
    Consulted,
    Informed,
    Authors,
    Owners,
    Tags,
    Supersedes,
    SupersededBy,
    Amends,
    AmendedBy,
    RelatesTo,
    Requires,
    RequiredBy,
    ConflictsWith,
    Implements,
    DerivesFrom,
    Links,
    Tracking,
    ReviewBy,
    DecideBy,
    AppliesTo,
}

/// Keys as the field's tools and teams write them, in lower case, without signs and spaces.
const KEYS: &[(Field, &[&str])] = &[
    (Field::Number, &["number", "adr", "adrnumber", "eip", "kepnumber", "ordinal", "rfc", "id", "adrid"]),
    (Field::Title, &["title", "featurename", "feature", "subject"]),
    (
        Field::Status,
        &[
            "status",
            "state",
            "stage",
            "adrstatus",
            "decisionstatus",
            "currentstatus",
            "statut",
            "estado",
            "stato",
            "状态",
            "状態",
            "ステータス",
            "статус",
            "상태",
            "estatus",
            "stav",
            "durum",
            "tila",
            "état",
            "zustand",
            "стан",
            "حالة",
            "állapot",
        ],
    ),
    (
        Field::Date,
        &[
            "date",
            "decided",
            "decidedon",
            "decisiondate",
            "dateofdecision",
            "accepted",
            "acceptedon",
            "approvaldate",
            "datum",
            "fecha",
            "data",
            "日期",
            "日付",
            "дата",
            "날짜",
            "datedecided",
            "adrdate",
            "since",
            "entschiedenam",
            "décidéle",
            "fechadedecisión",
            "datadadecisão",
        ],
    ),
    (
        Field::Proposed,
        &[
            "proposed",
            "proposedon",
            "created",
            "createdat",
            "createdon",
            "creationdate",
            "datecreated",
            "startdate",
            "dateproposed",
            "submitted",
            "introduced",
            "introducedon",
            "dateintroduced",
        ],
    ),
    (
        Field::Updated,
        &[
            "updated",
            "updatedat",
            "lastupdated",
            "lastupdate",
            "lastmodified",
            "modified",
            "dateupdated",
            "lastreviewed",
            "lastreviewedon",
            "stand",
            "últimaactualización",
            "últimaatualização",
        ],
    ),
    (
        Field::Deciders,
        &[
            "décisionnaires",
            "entscheidungsträger",
            "decisoras",
            "decisori",
            "beslissers",
            "besluitvormers",
            "deciders",
            "decider",
            "decisionmakers",
            "decisionmaker",
            "decidedby",
            "approvers",
            "approver",
            "approvedby",
            "entscheider",
            "décideurs",
            "decisores",
            "决策者",
            "결정자",
            "décideur",
            "decididores",
            "beslutningstagere",
        ],
    ),
    (
        Field::Consulted,
        &[
            "consultés",
            "konsultiert",
            "consultados",
            "consultadas",
            "consultati",
            "geraadpleegd",
            "consulted",
            "reviewers",
            "initialreviewers",
            "reviewer",
            "reviewedby",
            "contributors",
            "advisors",
            "stakeholders",
        ],
    ),
    (
        Field::Informed,
        &[
            "informés",
            "informiert",
            "informados",
            "informadas",
            "informati",
            "geïnformeerd",
            "informed",
            "participatingsigs",
        ],
    ),
    (
        Field::Authors,
        &[
            "auteurs",
            "autoren",
            "autores",
            "autoria",
            "autori",
            "authors",
            "author",
            "proposer",
            "proposers",
            "proposedby",
            "champion",
            "champions",
            "autor",
            "auteur",
            "作者",
            "작성자",
        ],
    ),
    (
        Field::Owners,
        &[
            "owners",
            "owner",
            "owningsig",
            "owningstage",
            "contact",
            "responsables",
            "driver",
            "dri",
            "responsible",
            "accountable",
            "maintainer",
            "maintainers",
        ],
    ),
    (
        Field::Tags,
        &["tags", "tag", "labels", "label", "category", "categories", "keywords", "topics", "domain", "组件"],
    ),
    (Field::Supersedes, &["supersedes", "supercedes", "replaces", "obsoletes"]),
    (Field::SupersededBy, &["supersededby", "supercededby", "replacedby", "obsoletedby", "superseded", "superseder"]),
    (Field::Amends, &["amends", "amend", "updates"]),
    (Field::AmendedBy, &["amendedby"]),
    (
        Field::RelatesTo,
        &[
            "relatesto",
            "relatedto",
            "related",
            "seealso",
            "relateddecisions",
            "relatedadrs",
            "relatedadr",
            "relations",
            "extends",
            "refines",
            "clarifies",
        ],
    ),
    (Field::Requires, &["requires", "dependson", "dependencies", "dependency"]),
    (Field::RequiredBy, &["requiredby"]),
    (Field::ConflictsWith, &["conflictswith", "conflicts", "contradicts"]),
    (Field::Implements, &["implements"]),
    (Field::DerivesFrom, &["derivesfrom", "derivedfrom", "basedon"]),
    (Field::Links, &["links"]),
    (
        Field::Tracking,
        &[
            "review",
            "reviews",
            "pitch",
            "tracking",
            "trackinglink",
            "trackingissue",
            "technicalstory",
            "userstory",
            "rfcpr",
            "rustissue",
            "referenceissues",
            "implementationpr",
            "reactissue",
            "vueissue",
            "bug",
            "bugs",
            "forumdiscussion",
            "relatedissue",
            "relatedissues",
            "relatedrequest",
            "issue",
            "issues",
            "ticket",
            "tickets",
            "jira",
            "discussionsto",
            "discussion",
            "pr",
            "prs",
            "pullrequest",
            "externalrefs",
            "epic",
            "story",
        ],
    ),
    (
        Field::ReviewBy,
        &[
            "reviewby",
            "reviewdate",
            "nextreview",
            "reviewon",
            "revisit",
            "revisitby",
            "revisiton",
            "expires",
            "staleafter",
        ],
    ),
    (
        Field::DecideBy,
        &[
            "decideby",
            "decisionby",
            "decisiondue",
            "decisiondeadline",
            "due",
            "duedate",
            "deadline",
            "lastcalldeadline",
        ],
    ),
    (
        Field::AppliesTo,
        &["appliesto", "affects", "affectedpaths", "paths", "globs", "files", "applyto", "governs", "scopepaths"],
    ),
];

/// Returns the known key that a key is misspelt for: near the ones that most records have, and longer than a slip.
pub(in crate::decision) fn misspelt(key: &str) -> Option<&'static str> {
    const COMMON: &[&str] = &[
        "status",
        "date",
        "deciders",
        "decision-makers",
        "consulted",
        "informed",
        "authors",
        "author",
        "supersedes",
        "superseded-by",
        "review-by",
        "decide-by",
        "applies-to",
        "created",
        "updated",
        "title",
        "owners",
    ];
    let lower = key.trim().to_lowercase().replace(['_', ' '], "-");
    let far = lower.chars().count().min(5) < 5 || of_key(&lower).is_some();
    nearest(&lower, COMMON.iter().copied().filter(|_| !far))
}

/// Returns what a key of a record takes; nothing where it names no field.
pub fn schema_of_key(key: &str) -> Option<Schema> {
    let word = || Schema::Scalar;
    // A person or a record is named by a word, or by a table such as `{name: Ann, email: ann@example.org}`.
    let named = || Schema::Either(vec![Schema::Scalar, Schema::Table(Vec::new(), Some(Box::new(Schema::Any)))]);
    Some(match of_key(key)? {
        Field::Number | Field::Title => word(),
        Field::Date | Field::Proposed | Field::Updated | Field::ReviewBy | Field::DecideBy => word(),
        // Some say in a list what became of it, the newest last.
        Field::Status => Schema::Any,
        Field::Tags | Field::AppliesTo => word().one_or_list(),
        Field::Deciders | Field::Consulted | Field::Informed | Field::Authors | Field::Owners => named().one_or_list(),
        Field::Supersedes
        | Field::SupersededBy
        | Field::Amends
        | Field::AmendedBy
        | Field::RelatesTo
        | Field::Requires
        | Field::RequiredBy
        | Field::ConflictsWith
        | Field::Implements
        | Field::DerivesFrom
        | Field::Links
        | Field::Tracking => named().one_or_list(),
    })
}

/// Returns the field that a key names, however it is spelt: `Decision makers`, `decision-makers`, `decisionMakers`.
pub(in crate::decision) fn of_key(key: &str) -> Option<Field> {
    let key: String = key.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    KEYS.iter().find(|(_, keys)| keys.contains(&key.as_str())).map(|(field, _)| *field)
}
