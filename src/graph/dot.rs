//! The graph for Graphviz.

use super::{Graph, Node, text};

/// How wide a label may be before it is broken.
const WIDTH: f64 = 190.0;

/// Returns the graph in the DOT language, with every node, also those without an edge.
pub fn dot(graph: &Graph) -> String {
    let mut out = "digraph decisions {\n  rankdir=RL;\n".to_owned();
    out += "  node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=11];\n";
    out += "  edge [fontname=\"sans-serif\", fontsize=9];\n";
    for node in &graph.nodes {
        out += &format!("  {} [{}];\n", quoted(&node.id), attributes(node));
    }
    for edge in graph.relations() {
        let (from, to) = (quoted(&graph.nodes[edge.from].id), quoted(&graph.nodes[edge.to].id));
        out += &format!("  {from} -> {to} [label={}{}];\n", string(edge.verb), line(edge.verb));
    }
    out + "}\n"
}

fn attributes(node: &Node) -> String {
    let lines = text::wrap(&node.label(), WIDTH, usize::MAX, 0.0);
    let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    let mut out = format!("label=\"{}\"", lines.join("\\n"));
    let status = node.shape();
    if !status.is_empty() {
        out += &format!(", class=\"{status}\", tooltip=\"{status}\"");
    }
    let corners = if node.kind == "guideline" { "" } else { "rounded," };
    out += &match status {
        "proposed" | "unknown" => format!(", style=\"{corners}dashed\""),
        "rejected" => format!(", style=\"{corners}dotted\", fontcolor=gray40"),
        "deprecated" => format!(", style=\"{corners}filled\", fillcolor=gray90, color=gray50, fontcolor=gray40"),
        "superseded" => format!(", style=\"{}\", peripheries=2, fontcolor=gray40", corners.trim_end_matches(',')),
        _ => format!(", style=\"{}\"", corners.trim_end_matches(',')),
    };
    if node.kind == "guideline" {
        out += ", shape=note";
    }
    if let Some(url) = &node.url {
        out += &format!(", URL={}", string(url));
    }
    out
}

fn line(verb: &str) -> &'static str {
    match verb {
        "supersedes" => ", penwidth=2",
        "conflicts with" => ", color=red, style=bold, arrowhead=tee",
        "relates to" => ", style=dotted, arrowhead=vee",
        _ => ", style=dashed",
    }
}

/// Returns a name. Nothing is an escape in it but a quote's.
fn quoted(id: &str) -> String {
    format!("\"{}\"", id.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r', '\0'], " "))
}

/// Returns a text that is shown.
fn string(text: &str) -> String {
    format!("\"{}\"", escaped(&text::one_line(text)))
}

/// Escapes what is shown, where Graphviz reads both backslashes and HTML's entities.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('\\', "\\\\").replace('"', "\\\"")
}
