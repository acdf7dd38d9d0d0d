//! Which things share a piece: a sorted list is cut where the next letter changes, so that a change in one place moves no
//! cut in another.

use std::ops::Range;

/// Neighbours that share a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// What is not before this, and before the next run's, belongs here.
    pub(super) start: String,
    pub(super) items: Range<usize>,
}

/// Cuts items, each a name and its size, into runs of a size at most; a single item may be larger.
///
/// Names are in ascending order, each once. A run holds all that begin alike, or neighbours among those.
pub(super) fn runs(items: &[(&str, usize)], most: usize) -> Vec<Run> {
    let mut runs = Vec::new();
    if !items.is_empty() {
        cut(items, most, 0..items.len(), "", &mut runs);
    }
    if let Some(first) = runs.first_mut() {
        first.start.clear();
    }
    runs
}

/// Cuts items that begin with `prefix`.
fn cut(items: &[(&str, usize)], most: usize, range: Range<usize>, prefix: &str, runs: &mut Vec<Run>) {
    let size = |range: &Range<usize>| items[range.clone()].iter().map(|(_, size)| size).sum::<usize>();
    if range.len() == 1 || size(&range) <= most {
        runs.push(Run { start: prefix.to_owned(), items: range });
        return;
    }
    let mut open: Option<(Run, usize)> = None;
    let next_letter = |at: usize| items[at].0[prefix.len()..].chars().next();
    let mut at = range.start;
    while at < range.end {
        let letter = next_letter(at);
        let end = (at..range.end).find(|at| next_letter(*at) != letter).unwrap_or(range.end);
        let child = at..end;
        let start: String = prefix.chars().chain(letter).collect();
        let extent = size(&child);
        at = end;
        match &mut open {
            Some((run, sum)) if *sum + extent <= most => {
                run.items.end = child.end;
                *sum += extent;
                continue;
            }
            _ => runs.extend(open.take().map(|(run, _)| run)),
        }
        if extent > most && child.len() > 1 {
            cut(items, most, child, &start, runs);
        } else {
            open = Some((Run { start, items: child }, extent));
        }
    }
    runs.extend(open.map(|(run, _)| run));
}

/// Returns the run that a name belongs to.
pub(super) fn route(runs: &[Run], name: &str) -> usize {
    runs.partition_point(|run| run.start.as_str() <= name).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(items: &[(&str, usize)], most: usize) -> Vec<String> {
        runs(items, most).into_iter().map(|run| format!("{}:{:?}", run.start, run.items)).collect()
    }

    #[test]
    fn a_list_is_cut_where_the_next_letter_changes() {
        let items = [("a", 1), ("ab", 4), ("ac", 4), ("b", 2), ("ba", 2), ("c", 9), ("d", 1)];
        assert_eq!(starts(&items, 30), [":0..7"]);
        assert_eq!(starts(&items, 5), [":0..2", "ac:2..3", "b:3..5", "c:5..6", "d:6..7"]);
        assert_eq!(starts(&[], 5), [""; 0]);
    }

    #[test]
    fn every_name_belongs_to_its_run() {
        let names: Vec<String> = (0..500).map(|number: u32| format!("{:b}", number * 7919 % 1024)).collect();
        let mut items: Vec<(&str, usize)> = names.iter().map(|name| (name.as_str(), name.len())).collect();
        items.sort_unstable();
        items.dedup();
        let runs = runs(&items, 40);
        for (at, run) in runs.iter().enumerate() {
            assert!(items[run.items.clone()].iter().all(|(name, _)| route(&runs, name) == at));
        }
        assert_eq!(runs.iter().map(|run| run.items.len()).sum::<usize>(), items.len());
    }
}
