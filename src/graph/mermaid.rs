//! The graph for Mermaid, which GitHub and GitLab draw in Markdown.

use std::collections::BTreeSet;

use super::{Graph, Node, text};

/// Looks that are not told by colour, which must be readable on a light and a dark page.
const CLASSES: &[(&str, &str)] = &[
    ("proposed", "stroke-dasharray:5 4"),
    ("accepted", "stroke-width:2px"),
    ("rejected", "stroke-dasharray:1 4,opacity:0.7"),
    ("deprecated", "stroke-dasharray:8 3 2 3,opacity:0.7"),
    ("superseded", "opacity:0.6"),
    ("unknown", "stroke-dasharray:2 3"),
];

/// Returns the graph as a Mermaid flowchart, with every node, also those without an edge.
pub fn mermaid(graph: &Graph) -> String {
    let mut out = "flowchart RL\n".to_owned();
    for (at, node) in graph.nodes.iter().enumerate() {
        out += &format!("  n{at}{}\n", shape(node));
    }
    for edge in graph.relations() {
        out += &format!("  n{} {}|\"{}\"| n{}\n", edge.from, arrow(edge.verb), escaped(edge.verb), edge.to);
    }
    let used: BTreeSet<&str> = graph.nodes.iter().map(Node::shape).collect();
    for (class, looks) in CLASSES.iter().filter(|(class, _)| used.contains(class)) {
        out += &format!("  classDef {class} {looks}\n");
    }
    out
}

/// Returns the outline and the label. A superseded node has a double border.
fn shape(node: &Node) -> String {
    let label = escaped(&text::one_line(&node.label()));
    let outline = match (node.kind, node.shape()) {
        ("guideline", _) => format!("([\"{label}\"])"),
        (_, "superseded") => format!("[[\"{label}\"]]"),
        _ => format!("[\"{label}\"]"),
    };
    let class = node.shape();
    if class.is_empty() { outline } else { format!("{outline}:::{class}") }
}

fn arrow(verb: &str) -> &'static str {
    match verb {
        "supersedes" => "==>",
        "conflicts with" => "x--x",
        "relates to" => "-.->",
        _ => "-->",
    }
}

/// Writes as entity codes what Mermaid, HTML, or Mermaid's Markdown in labels would take for its own.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        let starts = out.chars().all(|before| before.is_ascii_digit());
        let inside_word = out.ends_with(char::is_alphanumeric);
        match letter {
            '"' => out += "#quot;",
            '&' => out += "#amp;",
            '<' => out += "#lt;",
            '>' => out += "#gt;",
            '#' | '`' | '*' | '~' | '$' | '\\' | '[' => out += &code(letter),
            '_' if !inside_word => out += &code(letter),
            '%' if out.ends_with('%') => out += &code(letter), // begins a comment, even within quotes
            '.' | ')' | '-' | '+' if starts => out += &code(letter), // begins a list
            _ => out.push(letter),
        }
    }
    out
}

fn code(letter: char) -> String {
    format!("#{};", u32::from(letter))
}
