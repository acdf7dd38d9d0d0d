//! Components on shelves: drawings come in, biggest first, and one drawing comes out.

use super::layout::{Layout, Point};

/// The width that a drawing should have, unless one component alone is wider.
const PAGE: f64 = 1000.0;
/// The gap between two components.
const GAP: f64 = 40.0;

/// A row as high as its first component. Smaller ones stand beside it, in stacks.
struct Shelf {
    top: f64,
    height: f64,
    stacks: Vec<Stack>,
}

struct Stack {
    left: f64,
    width: f64,
    height: f64,
}

/// Puts each component into the first place that has room for it.
pub(super) fn pack(components: Vec<Layout>) -> Layout {
    let page = components.iter().map(|component| component.width).fold(PAGE, f64::max);
    let mut shelves: Vec<Shelf> = Vec::new();
    let mut all = Layout::default();
    for component in components {
        let found = shelves.iter_mut().find_map(|shelf| shelf.take(&component, page));
        let corner = found.unwrap_or_else(|| {
            let top = shelves.last().map_or(0.0, |shelf| shelf.top + shelf.height + GAP);
            let stack = Stack { left: 0.0, width: component.width, height: component.height };
            shelves.push(Shelf { top, height: component.height, stacks: vec![stack] });
            Point { x: 0.0, y: top }
        });
        add(&mut all, component, corner);
    }
    all
}

impl Shelf {
    fn take(&mut self, component: &Layout, page: f64) -> Option<Point> {
        let &Layout { width, height, .. } = component;
        let fits = |stack: &&mut Stack| width <= stack.width && stack.height + GAP + height <= self.height;
        if let Some(stack) = self.stacks.iter_mut().find(fits) {
            let corner = Point { x: stack.left, y: self.top + stack.height + GAP };
            stack.height += GAP + height;
            return Some(corner);
        }
        let left = self.stacks.last().map_or(0.0, |stack| stack.left + stack.width + GAP);
        if left + width > page || height > self.height {
            return None;
        }
        self.stacks.push(Stack { left, width, height });
        Some(Point { x: left, y: self.top })
    }
}

/// Moves a component to its corner.
fn add(all: &mut Layout, component: Layout, corner: Point) {
    let moved = |point: Point| Point { x: point.x + corner.x, y: point.y + corner.y };
    all.width = all.width.max(corner.x + component.width);
    all.height = all.height.max(corner.y + component.height);
    for mut spot in component.boxes {
        spot.corner = moved(spot.corner);
        all.boxes.push(spot);
    }
    for mut curve in component.curves {
        curve.points.iter_mut().for_each(|point| *point = moved(*point));
        all.curves.push(curve);
    }
}
