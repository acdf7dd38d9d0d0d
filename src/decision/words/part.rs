//! Words that say that a decision changes a part of another, in the languages that records are written in.

/// Adverbs, in lower case.
pub(in crate::decision) const PARTLY: &[&str] = &[
    "partly",
    "partially",
    "in part",
    "teilweise",
    "zum teil",
    "partiellement",
    "en partie",
    "parcialmente",
    "en parte",
    "em parte",
    "parzialmente",
    "in parte",
    "gedeeltelijk",
    "deels",
    "delvis",
    "częściowo",
    "частично",
];

/// What follows the name of a record of which only a part is meant: "ADR-7, in part", "ADR-7 §3", "ADR-7 hinsichtlich …".
const AFTER: &[&str] = &[
    "partial",
    "§",
    "section",
    "sections",
    "sec.",
    "point",
    "points",
    "part",
    "parts",
    "portion",
    "abschnitt",
    "punkt",
    "kapitel",
    "hinsichtlich",
    "bezüglich",
    "soweit",
    "insoweit",
    "as far as",
    "insofar",
    "regarding",
    "with regard",
    "en ce qui",
    "en lo que",
    "no que",
];

/// What stands before the name of a record of which only a part is meant: "parts of ADR-7".
const BEFORE: &[&str] = &["part of", "parts of", "a part of", "teile von", "une partie de", "parte de", "partes de"];

/// Says whether a text begins with words that speak of a part.
pub(in crate::decision) fn begins_with_part(text: &str) -> bool {
    let lower = text.trim_start_matches([' ', ',', ':', ';', '(', '—', '–', '-', '*', '_']).to_lowercase();
    let whole =
        |word: &str| lower.strip_prefix(word).is_some_and(|rest| word == "§" || !rest.starts_with(char::is_alphabetic));
    PARTLY.iter().chain(AFTER).any(|word| whole(word)) || lower.starts_with("partial")
}

/// Leaves out "parts of" at the beginning of a text, where it stands there.
pub(in crate::decision) fn without_part(text: &str) -> Option<&str> {
    let bare = text.trim_start_matches([' ', ':', '*', '_']);
    let fits = |word: &&&str| bare.get(..word.len()).is_some_and(|start| start.to_lowercase() == **word);
    BEFORE.iter().chain(PARTLY).find(fits).map(|word| bare[word.len()..].trim_start())
}

/// Says whether a text in lower case has an adverb of part in it.
pub(in crate::decision) fn has_partly(lower: &str) -> bool {
    lower.contains("partial") || PARTLY.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_in_many_ways() {
        for text in
            [", in part", " (partially; the rack stays)", " §3", " hinsichtlich der Regale", " — point 6", " (partial)"]
        {
            assert!(begins_with_part(text), "{text}");
        }
        for text in ["", " because it is partly wrong", " partnership", " pointless"] {
            assert!(!begins_with_part(text), "{text}");
        }
        assert_eq!(without_part("Parts of ADR-7"), Some("ADR-7"));
        assert_eq!(without_part("ADR-7"), None);
    }
}
