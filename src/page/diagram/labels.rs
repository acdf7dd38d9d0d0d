//! The words of a diagram: its source comes in, and out comes what its nodes, edges, participants and titles say.
//!
//! They are found without drawing it, so a text is the same wherever it is read. The drawing shows no more than these words;
//! where the source is no diagram, some words too many or too few are found.

use std::collections::BTreeSet;

use super::super::html::{Token, tokens};
use super::LONGEST;
use super::entities::Encoded;
use super::grammar::{self, Grammar, Lines};

/// Returns the labels of a diagram in their order, each once; none of one that is too long to be drawn.
pub(in crate::page) fn labels(source: &str) -> Vec<String> {
    if source.len() > LONGEST {
        return Vec::new();
    }
    let encoded = Encoded::new(&without_directives(source));
    let mut lines = encoded.text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    let mut found = Found::default();
    if lines.next_if_eq(&"---").is_some() {
        let settings = lines.by_ref().take_while(|line| *line != "---");
        settings.filter_map(|line| line.strip_prefix("title:")).for_each(|title| found.text(title));
    }
    let mut lines = lines.filter(|line| !line.starts_with("%%"));
    let Some(first) = lines.next() else { return Vec::new() };
    let (kind, rest) = first.split_once([' ', '\t', ';']).unwrap_or((first, ""));
    let grammar = grammar::of(kind.trim_end_matches(':'));
    for line in std::iter::once(rest).chain(lines) {
        let parts = line.split(|sign| sign == ';' && grammar.lines == Lines::Nodes);
        parts.for_each(|part| found.line(part, &grammar));
    }
    found.finish(&encoded)
}

/// Cuts out what configures the drawing: `%%{init: …}%%`, which may go over lines.
fn without_directives(source: &str) -> String {
    let (mut text, mut rest) = (String::with_capacity(source.len()), source);
    while let Some((before, directive)) = rest.split_once("%%{") {
        text.push_str(before);
        rest = directive.split_once("}%%").map_or("", |(_, after)| after);
    }
    text + rest
}

/// A text of the diagram.
struct Label {
    text: String,
    /// Whether it is a name, which is not shown where it has a label.
    is_name: bool,
}

#[derive(Default)]
struct Found {
    labels: Vec<Label>,
    /// Names that have a label.
    labelled: BTreeSet<String>,
}

/// What arrows are made of.
const ARROW: [char; 6] = ['-', '=', '.', '~', '<', '>'];
const OPENING: [char; 3] = ['[', '(', '{'];
const CLOSING: [char; 3] = [']', ')', '}'];

impl Found {
    fn line(&mut self, line: &str, grammar: &Grammar) {
        let mut line = line.trim();
        let (mut word, mut rest) = first_word(line);
        while !word.is_empty() && grammar.keywords.contains(&word.as_str()) {
            line = rest;
            (word, rest) = first_word(line);
        }
        if line.starts_with("::") || grammar.settings.contains(&word.as_str()) {
            return;
        }
        if matches!(word.as_str(), "title" | "acctitle" | "accdescr" | "section") {
            return self.text(rest.trim_start_matches(':'));
        }
        match grammar.lines {
            // `note right of A: text`, `note for A "text"`
            Lines::Text if word == "note" => match split_at_colon(rest) {
                (_, Some(text)) => self.text(text),
                (quoted, None) => self.quoted(quoted),
            },
            Lines::Nodes => self.nodes(line),
            Lines::Quoted => self.quoted(line),
            Lines::Texts => line.split(':').for_each(|text| self.text(text)),
            Lines::Name => self.names(split_at_colon(line).0),
            Lines::Text => {
                let (names, text) = split_at_colon(line);
                self.names(names);
                self.text(text.unwrap_or_default());
            }
        }
    }

    /// Takes names and quoted texts with arrows and brackets between them; `name as label` is its label.
    fn names(&mut self, names: &str) {
        if let Some((left, right)) = names.split_once(" as ") {
            // `state "label" as name`
            let (name, label) = if left.starts_with('"') { (right, left) } else { (left, right) };
            self.labelled.insert(name.trim().to_owned());
            return self.text(label);
        }
        for (at, part) in names.split('"').enumerate() {
            if at % 2 == 1 {
                self.text(part);
                continue;
            }
            // `class name["label"]`
            if let Some(name) = part.strip_suffix('[') {
                self.labelled.insert(name.trim().to_owned());
            }
            let mut rest = part;
            while !rest.is_empty() {
                let (piece, _, after) = split_piece(rest, Where::Between);
                self.add(name_in(piece), true);
                rest = after;
            }
        }
    }

    /// Takes `A[label] -->|label| B`: what stands in brackets, quotes and bars, and what is left between arrows.
    fn nodes(&mut self, line: &str) {
        let (mut depth, mut in_bars) = (0usize, false);
        let mut rest = line;
        while !rest.is_empty() {
            let place = if depth > 0 || in_bars { Where::Inside } else { Where::Between };
            let (piece, sign, after) = split_piece(rest, place);
            rest = after;
            if sign == Some('{') && piece.ends_with('@') {
                // `A@{ shape: rect, label: "text" }`
                let (inside, after) = rest.split_once('}').unwrap_or((rest, ""));
                self.labelled.insert(piece.trim().trim_end_matches('@').to_owned());
                self.quoted(inside);
                rest = after;
                continue;
            }
            let opens = sign.is_some_and(|sign| OPENING.contains(&sign));
            match (place, name_in(piece)) {
                (Where::Inside, _) => self.text(piece),
                (Where::Between, name) if opens && !name.contains(' ') => _ = self.labelled.insert(name.to_owned()),
                (Where::Between, name) => self.add(name, true),
            }
            match sign {
                Some('"') => {
                    let (inside, after) = rest.split_once('"').unwrap_or((rest, ""));
                    self.text(inside);
                    rest = after;
                }
                Some('|') => in_bars = !in_bars,
                Some(sign) if CLOSING.contains(&sign) => depth = depth.saturating_sub(1),
                _ => depth += usize::from(opens),
            }
        }
    }

    fn quoted(&mut self, line: &str) {
        line.split('"').skip(1).step_by(2).for_each(|text| self.text(text));
    }

    fn text(&mut self, text: &str) {
        self.add(text, false);
    }

    fn add(&mut self, text: &str, is_name: bool) {
        // In a line `\n` and tags break it; `/` and `` ` `` belong to brackets and quotes.
        let text = text.trim().replace("\\n", " ");
        let text =
            text.trim_matches(|sign: char| sign.is_whitespace() || matches!(sign, '"' | '`' | '/' | '\\' | '*' | '+'));
        let words: Vec<String> = match text.contains('<') {
            true => tokens(text).into_iter().filter_map(words).collect(),
            false => vec![text.to_owned()],
        };
        let text = words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        let is_count = text.len() == 1 && text.starts_with(|sign: char| sign.is_ascii_digit());
        if text.contains(char::is_alphanumeric) && !is_count {
            self.labels.push(Label { text, is_name });
        }
    }

    fn finish(self, encoded: &Encoded) -> Vec<String> {
        let Self { labels, labelled } = self;
        let mut seen = BTreeSet::new();
        let shown = labels.into_iter().filter(|label| !(label.is_name && labelled.contains(&label.text)));
        shown.map(|label| encoded.plain(&label.text)).filter(|text| seen.insert(text.clone())).collect()
    }
}

/// Returns a name without the ends of arrows (`o--`, `--x`) and the class that it has (`A:::class`).
fn name_in(piece: &str) -> &str {
    let name = piece.split(":::").next().unwrap_or_default().trim_matches(ARROW).trim();
    let name = ["o ", "x "].iter().find_map(|end| name.strip_prefix(end)).unwrap_or(name);
    let name = [" o", " x"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    if matches!(name, "o" | "x") { "" } else { name.trim() }
}

/// Where a piece of a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    /// Between arrows and nodes.
    Between,
    /// In brackets or bars.
    Inside,
}

/// Splits at the next bracket, quote or bar, and between nodes at an arrow too; also returns the sign.
fn split_piece(text: &str, place: Where) -> (&str, Option<char>, &str) {
    let mut before = ' ';
    for (at, sign) in text.char_indices() {
        let is_frame = matches!(sign, '"' | '|') || OPENING.contains(&sign) || CLOSING.contains(&sign);
        let is_arrow = ARROW.contains(&sign) && ARROW.contains(&before) || matches!(sign, '<' | '>');
        let is_between = place == Where::Between && (is_arrow || matches!(sign, '&' | ','));
        if is_frame || is_between {
            return (&text[..at], Some(sign), &text[at + sign.len_utf8()..]);
        }
        before = sign;
    }
    (text, None, "")
}

/// Splits off the first word, in lower case.
fn first_word(line: &str) -> (String, &str) {
    let end = line.find(|sign: char| sign.is_whitespace() || sign == ':').unwrap_or(line.len());
    (line[..end].to_lowercase(), line[end..].trim_start())
}

/// Splits at the first colon outside quotes; `:::` is none.
fn split_at_colon(line: &str) -> (&str, Option<&str>) {
    let mut is_quoted = false;
    for (at, sign) in line.char_indices() {
        is_quoted ^= sign == '"';
        let is_alone = !line[at..].starts_with("::") && !line[..at].ends_with(':');
        if sign == ':' && !is_quoted && is_alone {
            return (&line[..at], Some(&line[at + 1..]));
        }
    }
    (line, None)
}

fn words(token: Token) -> Option<String> {
    match token {
        Token::Text(text) => Some(text),
        Token::Open(_) | Token::Close(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_diagram_are_what_it_shows() {
        for (source, found) in [
            (
                "---\ntitle: Rollout\n---\nflowchart LR\n  %% a note\n  A[Start here] --> B{Is it \"up?\"}\n  B -->|yes| C((Done))\n  B -- not yet --> D\n  style A fill:#f9f\n  D:::warm & A --o E([\"x #lt; 3<br/>times\"])\n",
                "Rollout/Start here/Is it/up?/yes/Done/not yet/D/x < 3 times",
            ),
            (
                "graph TD; one-->two-way;\nsubgraph s [Group]\nend\nF@{ shape: rect, label: \"Flag\" }\n",
                "one/two-way/Group/Flag",
            ),
            (
                "sequenceDiagram\n  title Log in\n  participant U as User\n  actor Bob\n  U->>+API: GET /me: who?\n  API-->>-U: 200\n  alt is known\n  Note over U,API: cached (5 min)\n  end\n  autonumber\n",
                "Log in/User/Bob/API/GET /me: who?/200/is known/cached (5 min)",
            ),
            (
                "stateDiagram-v2\n  [*] --> Open\n  state \"Being read\" as R\n  Open --> R: assign\n  R --> [*]\n",
                "Open/Being read/assign",
            ),
            (
                "classDiagram\n  Animal <|-- Duck : is a\n  class Duck[\"A duck\"] {\n    +String beak\n    +swim()\n  }\n  Pond \"1\" o-- \"*\" Duck\n",
                "Animal/is a/A duck/String beak/swim/Pond",
            ),
            (
                "erDiagram\n  CUSTOMER ||--o{ ORDER : places\n  ORDER {\n    int id\n  }\n",
                "CUSTOMER/ORDER/places/int id",
            ),
            (
                "gantt\n  dateFormat YYYY-MM-DD\n  title Plan\n  section First\n  Draft it :a1, 2024-01-01, 3d\n",
                "Plan/First/Draft it",
            ),
            ("pie title Pets\n  \"Dogs\" : 386\n", "Pets/Dogs"),
            ("journey\n  section Morning\n  Make tea: 5: Me, Cat\n", "Morning/Make tea/Me, Cat"),
            ("timeline\n  2002 : LinkedIn : Google\n", "2002/LinkedIn/Google"),
            ("mindmap\n  root((Ideas))\n    A long history\n    ::icon(fa fa-book)\n", "Ideas/A long history"),
            ("C4Context\n  Person(c, \"Customer\", \"Buys things\")\n", "Customer/Buys things"),
            (
                "quadrantChart\n  x-axis Low --> High\n  quadrant-1 Expand\n  Campaign: [0.3, 0.6]\n",
                "Low/High/Expand/Campaign",
            ),
            ("gitGraph\n  commit id: \"first\"\n", "first"),
            ("%%{init: {\n'theme': 'dark'\n}}%%\nflowchart TD\nlr lr A\n", "A"),
            ("", ""),
        ] {
            assert_eq!(labels(source).join("/"), found, "{source}");
        }
    }
}
