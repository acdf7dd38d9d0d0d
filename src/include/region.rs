//! The part of a file that an include names: lines `2`, `2:`, `:10`, `2:10`, or the region between
//! `ANCHOR: name` and `ANCHOR_END: name`.

use std::ops::Range;

/// A run of whole lines of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lines {
    pub(super) range: Range<usize>,
    /// Whether the include asks for them.
    pub(super) chosen: bool,
}

/// Cuts the text into runs that are wanted and runs that are not; lines that only mark a region are in none.
pub(super) fn select(text: &str, region: Option<&str>) -> Result<Vec<Lines>, String> {
    let wanted = Wanted::parse(region)?;
    let mut inside = false;
    let mut found = !matches!(wanted, Wanted::Region(_));
    let mut runs: Vec<Lines> = Vec::new();
    let mut at = 0;
    let mut count = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        (at, count) = (range.end, count + 1);
        if let (Some(mark), false) = (marker(line), matches!(wanted, Wanted::Lines(..))) {
            if let Wanted::Region(name) = wanted
                && mark.name == name
            {
                inside = mark.begins;
                found = true;
            }
            continue;
        }
        let chosen = match wanted {
            Wanted::All => true,
            Wanted::Lines(first, last) => (first..=last).contains(&count),
            Wanted::Region(_) => inside,
        };
        match runs.last_mut() {
            Some(run) if run.chosen == chosen && run.range.end == range.start => run.range.end = range.end,
            _ => runs.push(Lines { range, chosen }),
        }
    }
    match wanted {
        Wanted::Region(name) if !found => Err(format!("there is no region `{name}`")),
        Wanted::Lines(first, _) if first > count.max(1) => Err(format!("there is no line {first}")),
        _ => Ok(runs),
    }
}

#[derive(Clone, Copy)]
enum Wanted<'r> {
    All,
    /// First and last line, from 1, inclusive.
    Lines(usize, usize),
    Region(&'r str),
}

impl<'r> Wanted<'r> {
    fn parse(region: Option<&'r str>) -> Result<Self, String> {
        let Some(region) = region.filter(|region| !region.is_empty()) else { return Ok(Self::All) };
        let number = |text: &str| text.parse::<usize>().ok().filter(|number| *number > 0);
        let (first, last) = match region.split_once(':') {
            None => match number(region) {
                Some(line) => return Ok(Self::Lines(line, line)),
                None if region.starts_with(|first: char| first.is_ascii_digit()) => {
                    return Err(format!("`{region}` names no line"));
                }
                None => return Ok(Self::Region(region)),
            },
            Some((first, last)) => (first, last),
        };
        let bad = || format!("`{region}` names no lines");
        let first = if first.is_empty() { 1 } else { number(first).ok_or_else(bad)? };
        let last = if last.is_empty() { usize::MAX } else { number(last).ok_or_else(bad)? };
        if first <= last { Ok(Self::Lines(first, last)) } else { Err(bad()) }
    }
}

struct Marker<'l> {
    name: &'l str,
    begins: bool,
}

/// Reads `ANCHOR: name` or `ANCHOR_END: name` anywhere in a line.
fn marker(line: &str) -> Option<Marker<'_>> {
    let at = line.find("ANCHOR")?;
    let rest = &line[at + "ANCHOR".len()..];
    let (begins, rest) = match rest.strip_prefix("_END") {
        Some(rest) => (false, rest),
        None => (true, rest),
    };
    let name = rest.strip_prefix(':')?.trim_start();
    let end =
        name.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '-').unwrap_or(name.len());
    (end > 0).then(|| Marker { name: &name[..end], begins })
}
