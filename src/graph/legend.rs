//! What the lines and signs of a drawing mean: only those that occur in it.

use std::collections::BTreeSet;

use super::layout::{Layout, Point};
use super::svg::{edge_class, head, node_class};
use super::{Graph, glyph, text};

/// The height of a row.
const ROW: f64 = 24.0;
/// The gap between two entries.
const GAP: f64 = 22.0;
/// The length of a sample line.
const SAMPLE: f64 = 34.0;
/// The narrowest legend that is worth a line break.
const NARROWEST: f64 = 420.0;

/// A row or more of explanations, and the room it takes.
pub(super) struct Legend {
    pub(super) markup: String,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Explains a drawing that stands below.
pub(super) fn legend(graph: &Graph, layout: &Layout) -> Legend {
    let widest = layout.width.max(NARROWEST);
    let mut pen = Point { x: 0.0, y: 0.0 };
    let mut all = Legend { markup: String::new(), width: 0.0, height: ROW };
    let verbs: BTreeSet<&str> = layout.curves.iter().map(|curve| curve.edge.verb).collect();
    let shapes: BTreeSet<&str> = layout.boxes.iter().map(|spot| graph.nodes[spot.node].shape()).collect();
    let lines = verbs.into_iter().map(|verb| (Sample::Line, verb));
    let signs = glyph::STATUSES.iter().filter(|status| shapes.contains(*status)).map(|status| (Sample::Sign, *status));
    for (sample, name) in lines.chain(signs) {
        let word = graph.word(name);
        let length = sample.width() + 7.0 + text::measure(word).ceil();
        if pen.x > 0.0 && pen.x + length > widest {
            pen = Point { x: 0.0, y: pen.y + ROW };
            all.height += ROW;
        }
        all.markup += &entry(sample, name, word, pen);
        all.width = all.width.max(pen.x + length);
        pen.x += length + GAP;
    }
    all.markup = format!("<g class=\"graph-legend\" aria-hidden=\"true\">\n{}</g>\n", all.markup);
    all
}

#[derive(Clone, Copy)]
enum Sample {
    Line,
    Sign,
}

impl Sample {
    fn width(self) -> f64 {
        match self {
            Self::Line => SAMPLE,
            Self::Sign => glyph::SIZE,
        }
    }
}

fn entry(sample: Sample, name: &str, word: &str, pen: Point) -> String {
    let (class, drawn) = match sample {
        Sample::Line => {
            let tip = Point { x: pen.x, y: pen.y + ROW / 2.0 };
            let line = format!(r#"<path class="edge-line" d="M{} {}H{}"/>"#, tip.x + 6.0, tip.y, tip.x + SAMPLE);
            (edge_class(name), line + &head(tip, 1.0))
        }
        Sample::Sign => {
            let corner = Point { x: pen.x, y: pen.y + (ROW - glyph::SIZE) / 2.0 };
            (node_class(name), glyph::glyph(name, corner))
        }
    };
    let (x, y) = (pen.x + sample.width() + 7.0, pen.y + ROW / 2.0 + 4.0);
    let word = text::escape(word);
    format!("<g class=\"{class}\">{drawn}<text x=\"{x}\" y=\"{y}\">{word}</text></g>\n")
}
