//! A small sign for each status, so that nobody has to tell them by colour.

use super::layout::Point;

/// The statuses that have a shape, in the order of a decision's life.
pub(super) const STATUSES: &[&str] = &["proposed", "accepted", "rejected", "deprecated", "superseded", "unknown"];

/// How wide and high a sign is.
pub(super) const SIZE: f64 = 14.0;

/// Returns the path of a sign, drawn on 24 units.
fn path(status: &str) -> Option<&'static str> {
    Some(match status {
        "proposed" => "M12 4a8 8 0 1 1-.01 0M12 12h.01",
        "accepted" => "m5 12.500 5 5L19 7",
        "rejected" => "m6 6 12 12M18 6 6 18",
        "deprecated" => "M12 3.500a8.500 8.500 0 1 1-.01 0M8 12h8",
        "superseded" => "M4 12h15M13 6l6 6-6 6",
        "unknown" => "M8 8.500a4 4 0 1 1 5.500 3.700c-1 .4-1.500 1-1.500 2.300M12 19v.1",
        _ => return None,
    })
}

/// Returns the sign of a status, or nothing where the status has none.
pub(super) fn glyph(status: &str, corner: Point) -> String {
    let Some(path) = path(status) else { return String::new() };
    let (Point { x, y }, scale) = (corner, SIZE / 24.0);
    format!(r#"<path class="node-glyph" transform="translate({x} {y}) scale({scale:.3})" d="{path}"/>"#)
}
