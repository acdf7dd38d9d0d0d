//! Numbers that two branches gave to different decisions, which git merges without a word.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::decision::{Shape, is_companion};
use crate::path::BookPath;

/// The decisions of a revision of the book: paths from the book's root.
pub type Tree = BTreeSet<BookPath>;

/// A number that was given twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// The decision here.
    pub here: BookPath,
    /// The decision there.
    pub there: BookPath,
    /// The number of both.
    pub number: u32,
    /// The first number that neither has.
    pub free: u32,
}

/// Compares the decisions that are new here with those that are new there, since both parted at `base`.
///
/// `shapes` are those of the folders of decisions, by which the decisions of other revisions are known too.
pub fn find(here: &Tree, there: &Tree, base: &Tree, shapes: &BTreeMap<BookPath, Arc<Shape>>) -> Vec<Collision> {
    let there = numbered(there, shapes);
    let here = numbered(here, shapes);
    let highest = |collection: &BookPath| {
        let of = |numbers: &Numbered| {
            numbers.keys().filter(|(other, _)| other == collection).map(|(_, number)| *number).max()
        };
        of(&here).max(of(&there)).unwrap_or(0)
    };
    let mut found = Vec::new();
    for ((collection, number), paths) in &here {
        let others = there.get(&(collection.clone(), *number)).into_iter().flatten();
        let new_there: Vec<&BookPath> = others.filter(|path| !base.contains(*path) && !paths.contains(*path)).collect();
        for path in paths.iter().filter(|path| !base.contains(*path)) {
            found.extend(new_there.iter().map(|there| Collision {
                here: path.clone(),
                there: (*there).clone(),
                number: *number,
                free: highest(collection) + 1,
            }));
        }
    }
    found
}

type Numbered = BTreeMap<(BookPath, u32), BTreeSet<BookPath>>;

fn numbered(tree: &Tree, shapes: &BTreeMap<BookPath, Arc<Shape>>) -> Numbered {
    let mut numbered = Numbered::new();
    for path in tree.iter().filter(|path| path.is_markdown()) {
        let folders = [path.parent(), path.parent().parent()];
        let shape = folders.iter().find_map(|folder| shapes.get(folder));
        let Some((shape, slug)) = shape.map(|shape| (shape, shape.slug_of(path))) else { continue };
        // Deeper pages belong to a record of its own folder, whose page carries the number.
        let is_own = path.parent() == shape.folder || slug != path.stem();
        if let Some(number) = shape.number_of(&slug).filter(|_| is_own && (slug != path.stem() || !is_companion(path)))
        {
            numbered.entry((shape.folder.clone(), number)).or_default().insert(path.clone());
        }
    }
    numbered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(paths: &str) -> Tree {
        paths.split_whitespace().map(|path| BookPath::new(path).unwrap()).collect()
    }

    #[track_caller]
    fn check(here: &str, there: &str, base: &str, expected: &str) {
        let shape = |folder: &str| {
            let folder = BookPath::new(folder).unwrap();
            (folder.clone(), Arc::new(Shape::of_folder(folder)))
        };
        let shapes = [shape("adr"), shape("web/adr")].into();
        let found = find(&tree(here), &tree(there), &tree(base), &shapes);
        let shown: Vec<String> =
            found.iter().map(|one| format!("{} {}~{} {}", one.number, one.here, one.there, one.free)).collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn only_what_is_new_on_both_sides_collides() {
        check("adr/1-a.md adr/2-b.md", "adr/1-a.md adr/2-c.md", "adr/1-a.md", "2 adr/2-b.md~adr/2-c.md 3");
        check("adr/1-a.md adr/2-b.md", "adr/1-a.md adr/2-b.md", "adr/1-a.md", "");
        // Duplicates that both had before are no collision of these branches.
        check("adr/1-a.md adr/1-b.md", "adr/1-a.md adr/1-b.md", "adr/1-a.md adr/1-b.md", "");
        // A record that one side renamed is the same record.
        check("adr/2-new-name.md", "adr/2-old.md", "adr/2-old.md", "");
        // Collections number for themselves.
        check("adr/2-b.md", "web/adr/2-c.md", "", "");
        // Other pages have no numbers.
        check("adr/template.md adr/README.md", "adr/README.md", "", "");
    }
}
