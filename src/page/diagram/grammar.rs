//! What the lines of each kind of diagram begin with, and which of their parts are words for readers.
//!
//! <https://mermaid.js.org/intro/syntax-reference.html>

/// How the labels of a kind of diagram are written.
pub(super) struct Grammar {
    /// Words that begin a line in which nothing is shown, in lower case.
    pub(super) settings: &'static [&'static str],
    /// Words that begin a line and are not shown, in lower case.
    pub(super) keywords: &'static [&'static str],
    pub(super) lines: Lines,
}

/// What of a line is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// Nodes with their labels in brackets, and the texts of edges.
    Nodes,
    /// Names, and one text after a colon.
    Text,
    /// Texts with colons between them.
    Texts,
    /// What stands before a colon.
    Name,
    /// What stands in quotes.
    Quoted,
}

/// Returns the grammar of a kind, which is the first word of a diagram. Of one that is not known, what is quoted counts.
pub(super) fn of(kind: &str) -> Grammar {
    let (lines, settings, keywords): (_, &[&str], &[&str]) = match kind {
        "graph" | "flowchart" | "flowchart-elk" => (
            Lines::Nodes,
            &["style", "classdef", "class", "linkstyle", "click", "direction", "end"],
            &["lr", "rl", "tb", "td", "bt", "subgraph"],
        ),
        "block" | "block-beta" => {
            (Lines::Nodes, &["style", "classdef", "class", "columns", "end"], &["block", "space"])
        }
        "mindmap" | "kanban" => (Lines::Nodes, &[], &[]),
        "sequenceDiagram" => (
            Lines::Text,
            &[
                "activate",
                "deactivate",
                "autonumber",
                "destroy",
                "end",
                "rect",
                "link",
                "links",
                "properties",
                "details",
            ],
            &[
                "create",
                "participant",
                "actor",
                "loop",
                "alt",
                "else",
                "opt",
                "par",
                "and",
                "critical",
                "option",
                "break",
                "box",
            ],
        ),
        "stateDiagram" | "stateDiagram-v2" => {
            (Lines::Text, &["style", "classdef", "class", "direction", "hide", "scale", "end"], &["state"])
        }
        "classDiagram" | "classDiagram-v2" => (
            Lines::Text,
            &["style", "classdef", "cssclass", "click", "callback", "direction", "link"],
            &["class", "namespace"],
        ),
        "erDiagram" => (Lines::Text, &["style", "classdef", "class", "direction"], &[]),
        "requirementDiagram" => (
            Lines::Text,
            &["style", "classdef", "class", "direction", "risk", "verifymethod", "type"],
            &["requirement", "functionalrequirement", "performancerequirement", "element", "id", "text", "docref"],
        ),
        "timeline" | "journey" => (Lines::Texts, &[], &["section"]),
        "gantt" => (
            Lines::Name,
            &["dateformat", "axisformat", "tickinterval", "excludes", "includes", "todaymarker", "weekday", "weekend"],
            &["section"],
        ),
        "pie" => (Lines::Name, &[], &["showdata"]),
        "quadrantChart" => {
            (Lines::Name, &[], &["x-axis", "y-axis", "quadrant-1", "quadrant-2", "quadrant-3", "quadrant-4"])
        }
        _ => (Lines::Quoted, &[], &[]),
    };
    Grammar { settings, keywords, lines }
}
