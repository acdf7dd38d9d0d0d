//! What the documentation says of each key: the tables of its pages come in, which tests hold against the reader.

use std::collections::BTreeMap;

/// What a key means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    /// In words.
    pub(super) text: String,
    /// What holds without it, where that is said.
    pub(super) default: Option<String>,
}

impl Meaning {
    /// Returns it as a sentence for an editor.
    pub(super) fn shown(&self) -> String {
        match &self.default {
            Some(default) => format!("{}. Default: {default}", self.text),
            None => self.text.clone(),
        }
    }
}

/// Returns the meaning of each key in the table with this head. A row may have several keys.
pub(super) fn meanings(page: &str, head: &str) -> BTreeMap<String, Meaning> {
    let column = |name: &str| head.trim_matches('|').split('|').position(|cell| cell.trim() == name);
    let (meaning, default) =
        (column("Meaning").or_else(|| column("Holds")).expect("a table of keys"), column("Default"));
    let rows = page.lines().skip_while(|line| *line != head).skip(2).take_while(|line| line.starts_with('|'));
    let mut found = BTreeMap::new();
    for row in rows {
        let row = row.replace("\\|", "\u{1}");
        let cells: Vec<String> =
            row.trim_matches('|').split('|').map(|cell| plain(&cell.trim().replace('\u{1}', "|"))).collect();
        let default = default.map(|at| cells[at].clone()).filter(|text| !text.is_empty());
        for key in cells[0].split('`').skip(1).step_by(2) {
            found.insert(key.to_owned(), Meaning { text: cells[meaning].clone(), default: default.clone() });
        }
    }
    found
}

/// Takes the links out of a text: what they show stays.
fn plain(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some((before, shown, after)) = next_link(rest) {
        text.push_str(before);
        text.push_str(shown);
        rest = after;
    }
    text + rest
}

fn next_link(text: &str) -> Option<(&str, &str, &str)> {
    let middle = text.find("](")?;
    let open = text[..middle].rfind('[')?;
    let close = middle + text[middle..].find(')')?;
    Some((&text[..open], &text[open + 1..middle], &text[close + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_speaks_for_each_of_its_keys() {
        let page = "text\n\n| Key | Default | Meaning |\n|---|---|---|\n| `a`, `b` | [of each](x.md) | one, `\"x\\|y\"`; see [there](y.md#z) |\n\n| `c` | | no |\n";
        let found = meanings(page, "| Key | Default | Meaning |");
        assert_eq!(found.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(found["a"].shown(), "one, `\"x|y\"`; see there. Default: of each");
    }
}
