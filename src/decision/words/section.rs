//! The names of sections: which hold a status, metadata, links, a log; which a decision has, and which name no text.

/// Sections in which some records keep what others have under the title.
pub(in crate::decision) const METADATA: &[&str] = &[
    "metadata",
    "meta",
    "meta data",
    "info",
    "information",
    "about",
    "details",
    "document info",
    "header",
    "adr info",
    "overview table",
];

/// Sections whose bullets are links to other records.
pub(in crate::decision) const LINKS: &[&str] = &[
    "links",
    "related decisions",
    "related adrs",
    "related adr",
    "related",
    "see also",
    "relations",
    "related links",
    "related records",
];

/// Sections whose lines may begin with a verb and name a record.
pub(in crate::decision) const TOLD: &[&str] =
    &["references", "notes", "note", "more information", "related documents", "dependencies", "history"];

/// Sections that tell the changes of a record.
pub(in crate::decision) const LOG: &[&str] = &["changelog", "change log", "revision history"];

/// Names under which records keep their status.
pub(in crate::decision) const STATUS: &[&str] = &[
    "status",
    "state",
    "decision status",
    "adr status",
    "statut",
    "estado",
    "stato",
    "状态",
    "状態",
    "ステータス",
    "статус",
    "상태",
    "estatus",
    "état",
    "etat",
    "zustand",
    "tila",
    "stav",
    "durum",
    "стан",
    "حالة",
    "trạng thái",
    "állapot",
    "stare",
    "tilstand",
    "stanje",
    "current status",
];

/// Sections that a decision has and other pages rarely do.
pub(in crate::decision) const SECTIONS: &[&str] = &[
    "decision",
    "decision outcome",
    "considered options",
    "decision drivers",
    "consequences",
    "context",
    "context and problem statement",
    "problem statement",
    "rationale",
    "alternatives",
    "alternatives considered",
    "options considered",
    "considered alternatives",
    "options",
    "entscheidung",
    "kontext",
    "konsequenzen",
    "décision",
    "contexte",
    "conséquences",
    "decisión",
    "contexto",
    "consecuencias",
    "decisão",
    "consequências",
    "决策",
    "背景",
    "決定",
    "結果",
];

/// Headings that name a part of a text and never the text.
pub(in crate::decision) const PARTS: &[&str] = &[
    "summary",
    "abstract",
    "status",
    "motivation",
    "table of contents",
    "contents",
    "introduction",
    "overview",
    "background",
    "release signoff checklist",
    "changelog",
    "metadata",
    "date",
    "deciders",
    "problem",
    "proposal",
    "description",
    "simple summary",
    "toc",
    "meta",
    "detailed design",
    "basic example",
    "transition path",
    "drawbacks",
    "definitions",
    "goals",
    "non-goals",
    "adoption strategy",
    "how we teach this",
    "how it works",
    "what it is",
    "unresolved questions",
    "open questions",
    "prior art",
    "guide-level explanation",
    "reference-level explanation",
    "rationale and alternatives",
    "rationale",
    "future possibilities",
    "future work",
    "specification",
    "implementation",
    "security considerations",
    "terminology",
    "requirements",
    "design",
    "solution",
    "proposed solution",
    "user stories",
    "tl;dr",
    "tldr",
    "preamble",
    "information",
    "references",
    "links",
    "history",
    "deliverables",
    "scope",
    "impact",
    "use cases",
];

/// Says whether a title that stands in bold on its own line is meant as the heading of a part.
pub(in crate::decision) fn is_part(title: &str) -> bool {
    let lower = title.to_lowercase();
    STATUS.contains(&lower.as_str())
        || is_decision_section(title)
        || matches!(lower.as_str(), "date" | "deciders" | "authors" | "author" | "supersedes" | "superseded by")
}

/// Says whether a heading names a part that a decision has.
pub(in crate::decision) fn is_decision_section(title: &str) -> bool {
    let lower = title.to_lowercase();
    SECTIONS.contains(&lower.as_str())
}

/// Sections that proposals have, and some other pages too.
const PROPOSALS: &[&str] = &[
    "abstract",
    "motivation",
    "rationale",
    "drawbacks",
    "alternatives",
    "alternatives considered",
    "specification",
    "proposal",
    "proposed solution",
    "detailed design",
    "design details",
    "prior art",
    "unresolved questions",
    "open questions",
    "unresolved issues",
    "unresolved",
    "backwards compatibility",
    "backward compatibility",
    "security considerations",
    "implementation history",
    "graduation criteria",
    "goals",
    "non-goals",
    "summary",
    "user stories",
    "test plan",
    "source compatibility",
    "guide-level explanation",
    "reference-level explanation",
    "rationale and alternatives",
    "how we teach this",
    "adoption strategy",
    "transition path",
    "basic example",
    "copyright",
    "path to active",
    "future possibilities",
    "future directions",
    "risks and mitigations",
    "simple summary",
    "design",
    "problem",
    "problem motivation",
    "solution",
    "requirements",
    "design rationale",
    "what",
    "why",
    "how",
    "risks",
    "impact",
    "assumptions",
    "implications",
    "reference implementation",
    "zusammenfassung",
    "begründung",
    "alternativen",
    "lösung",
    "résumé",
    "alternatives envisagées",
    "resumen",
    "motivación",
    "alternativas",
    "resumo",
    "motivação",
];

/// Says whether a heading names a part that proposals have.
pub(in crate::decision) fn is_proposal_section(title: &str) -> bool {
    PROPOSALS.contains(&title.to_lowercase().trim_end_matches('?'))
}

/// Says whether a heading names a part of a text rather than the text.
pub(in crate::decision) fn names_part(title: &str) -> bool {
    let lower = title.to_lowercase();
    let lists = [METADATA, LINKS, TOLD, LOG, STATUS, PARTS];
    lists.iter().any(|list| list.contains(&lower.as_str())) || is_part(title) || is_proposal_section(title)
}
