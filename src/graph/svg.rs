//! The drawing as SVG: a [`Layout`] comes in, markup comes out.
//!
//! Looks are left to a style sheet: a page's content security policy allows no `style` here, and a theme must be able
//! to say how it looks. No element has an id, so that several drawings can stand in one page.

use super::layout::{Curve, HEIGHT, Layout, Point, Spot, WIDTH, layout};
use super::{Edge, Graph, Node, glyph, legend, text};

/// The gap between the legend and the drawing.
const BELOW_LEGEND: f64 = 20.0;
/// The length of an arrow head.
const HEAD: f64 = 8.0;
/// The gap between the border of a box and what is inside.
const PADDING: f64 = 12.0;

/// What a drawing in a file of its own looks like.
const STYLE: &str = include_str!("standalone.css");

/// Returns a drawing to be put into an HTML page, or nothing when no record speaks of another.
///
/// `name` is the accessible name of the whole. The looks are the page's, by the classes `graph`, `node-…` and `edge-…`.
pub fn svg(graph: &Graph, name: &str) -> String {
    let layout = layout(graph);
    if layout.boxes.is_empty() { String::new() } else { drawing(graph, &layout, name, Place::Page) }
}

/// Returns the same drawing as a file: with its looks, in light and dark.
pub fn standalone_svg(graph: &Graph, name: &str) -> String {
    drawing(graph, &layout(graph), name, Place::File)
}

/// Where a drawing stands.
#[derive(Clone, Copy)]
enum Place {
    Page,
    File,
}

impl Place {
    /// Returns the room around the drawing. In a page there is need of some for lines that are drawn on the border.
    fn margin(self) -> f64 {
        match self {
            Self::Page => 4.0,
            Self::File => 20.0,
        }
    }

    fn namespace(self) -> &'static str {
        match self {
            Self::Page => "",
            Self::File => " xmlns=\"http://www.w3.org/2000/svg\"",
        }
    }

    fn style(self) -> String {
        match self {
            Self::Page => String::new(),
            Self::File => format!("<style>\n{STYLE}</style>\n"),
        }
    }
}

fn drawing(graph: &Graph, layout: &Layout, name: &str, place: Place) -> String {
    let legend = legend::legend(graph, layout);
    let top = legend.height + BELOW_LEGEND;
    let margin = place.margin();
    let (width, height) = (layout.width.max(legend.width) + 2.0 * margin, top + layout.height + 2.0 * margin);
    let (namespace, style, name) = (place.namespace(), place.style(), text::escape(&text::one_line(name)));
    let mut out = format!(
        "<svg{namespace} class=\"graph\" role=\"group\" aria-label=\"{name}\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"{} {} {width} {height}\">\n{style}",
        -margin,
        -margin - top
    );
    out += &format!("<g transform=\"translate(0 {})\">\n{}</g>\n", -top, legend.markup);
    layout.curves.iter().for_each(|curve| out += &edge(graph, curve));
    layout.boxes.iter().for_each(|spot| out += &node(graph, &graph.nodes[spot.node], spot));
    out + "</svg>\n"
}

/// Returns the classes of an edge.
pub(super) fn edge_class(verb: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    format!("edge edge-{}", verb.chars().map(letter).collect::<String>())
}

/// Returns the classes of a node with such a status.
pub(super) fn node_class(status: &str) -> String {
    if status.is_empty() { "node".to_owned() } else { format!("node node-{status}") }
}

/// Returns an arrow head. Its tip touches a box; it lies right of the tip where `along` is 1, left where it is -1.
pub(super) fn head(tip: Point, along: f64) -> String {
    let Point { x, y } = tip;
    let back = x + along * HEAD;
    format!(r#"<path class="edge-head" d="M{x} {y}L{back} {}L{back} {}Z"/>"#, y - 4.0, y + 4.0)
}

fn edge(graph: &Graph, curve: &Curve) -> String {
    let Curve { edge: Edge { from, to, verb }, points } = curve;
    let (Some(&start), Some(&end)) = (points.first(), points.last()) else { return String::new() };
    let title =
        text::escape(&format!("{} {} {}", graph.nodes[*from].label(), graph.word(verb), graph.nodes[*to].label()));
    // The line ends inside the head, so that its own end does not show beside the tip.
    let (tip, along) = if to < from { (start, 1.0) } else { (end, -1.0) };
    let mut points = points.clone();
    let last = points.len() - 1;
    points[if to < from { 0 } else { last }].x += along * (HEAD - 2.0);
    let (line, head) = (path(&points), head(tip, along));
    let class = edge_class(verb);
    format!(
        "<g class=\"{class}\" data-ends=\"{from} {to}\"><title>{title}</title><path class=\"edge-line\" d=\"{line}\"/>{head}</g>\n"
    )
}

/// Returns a path that is level in each point: curves between columns, straight lines within.
fn path(points: &[Point]) -> String {
    let mut out = String::new();
    let mut before: Option<Point> = None;
    for pair in points.chunks_exact(2) {
        let (leave, enter) = (pair[0], pair[1]);
        out += &match before {
            None => format!("M{} {}", leave.x, leave.y),
            Some(_) => format!("H{}", leave.x),
        };
        let middle = (leave.x + enter.x) / 2.0;
        out += &if leave.y == enter.y {
            format!("H{}", enter.x)
        } else {
            format!("C{middle} {} {middle} {} {} {}", leave.y, enter.y, enter.x, enter.y)
        };
        before = Some(enter);
    }
    out
}

fn node(graph: &Graph, node: &Node, spot: &Spot) -> String {
    let (status, at) = (node.shape(), spot.node);
    let mut class = node_class(status);
    if node.kind == "guideline" {
        class += " node-guideline";
    }
    let separator = if status.is_empty() { "" } else { ", " };
    let title = text::escape(&format!("{}{separator}{}", node.label(), graph.word(status)));
    let (open, close) = match &node.url {
        Some(url) => (format!(r#"<a class="{class}" data-node="{at}" href="{}">"#, text::escape(url)), "</a>"),
        None => (format!(r#"<g class="{class}" data-node="{at}">"#), "</g>"),
    };
    let (frame, glyph) = (frame(node, spot.corner), sign(status, spot.corner));
    let lines = lines(node, spot.corner);
    format!("{open}<title>{title}</title>{frame}{glyph}{lines}{close}\n")
}

/// Returns the box. What is superseded has a second one inside.
fn frame(node: &Node, corner: Point) -> String {
    let round = if node.kind == "guideline" { HEIGHT / 2.0 } else { 8.0 };
    let rect = |inset: f64, class: &str| {
        let (x, y) = (corner.x + inset, corner.y + inset);
        let (width, height) = (WIDTH - 2.0 * inset, HEIGHT - 2.0 * inset);
        let round = round - inset;
        format!(r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{round}"/>"#)
    };
    let inner = if node.shape() == "superseded" { rect(3.0, "node-inner") } else { String::new() };
    rect(0.0, "node-box") + &inner
}

fn sign(status: &str, corner: Point) -> String {
    let corner = Point { x: corner.x + PADDING, y: corner.y + (HEIGHT - glyph::SIZE) / 2.0 };
    glyph::glyph(status, corner)
}

/// Returns number and title in one line or two.
fn lines(node: &Node, corner: Point) -> String {
    let number = text::one_line(&node.number);
    let title = if number.is_empty() { node.label() } else { text::one_line(&node.title) };
    let indent = if number.is_empty() { 0.0 } else { text::measure(&number) * 1.1 + 4.0 };
    let start = if node.shape().is_empty() { PADDING } else { PADDING + glyph::SIZE + 7.0 };
    let wrapped = text::wrap(&title, WIDTH - PADDING - start, 2, indent);
    let middle = corner.y + HEIGHT / 2.0 + 4.5;
    let mut y = if wrapped.len() == 1 { middle } else { middle - 8.0 };
    let mut out = String::new();
    for (at, line) in wrapped.iter().enumerate() {
        let x = corner.x + start;
        let number = if at > 0 || number.is_empty() {
            String::new()
        } else {
            format!(r#"<tspan class="node-number">{}</tspan> "#, text::escape(&number))
        };
        out += &format!(r#"<text x="{x}" y="{y}">{number}{}</text>"#, text::escape(line));
        y += 16.0;
    }
    out
}
