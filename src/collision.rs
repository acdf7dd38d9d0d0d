//! Numbers that two branches gave to different decisions, which git merges without a word.

use std::collections::{BTreeMap, BTreeSet};

use crate::decision::{collection_of, is_companion, number_of_name, slug_of};
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
/// `collections` are the folders of decisions, by which those of other revisions are known too.
pub fn find(here: &Tree, there: &Tree, base: &Tree, collections: &BTreeSet<BookPath>) -> Vec<Collision> {
    let there = numbered(there, collections);
    let here = numbered(here, collections);
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

fn numbered(tree: &Tree, collections: &BTreeSet<BookPath>) -> Numbered {
    let mut numbered = Numbered::new();
    for path in tree.iter().filter(|path| path.is_markdown() && !is_companion(path)) {
        let collection = collection_of(path);
        if let Some(number) = number_of_name(&slug_of(path)).filter(|_| collections.contains(&collection)) {
            numbered.entry((collection, number)).or_default().insert(path.clone());
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
        let found = find(&tree(here), &tree(there), &tree(base), &tree("adr web/adr"));
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
