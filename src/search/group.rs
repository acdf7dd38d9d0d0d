//! Puts the inflections of a word together: `cache`, `caches` and `caching` are one group.
//!
//! The key of a form is its Snowball stem where the form begins with that stem less its last letter, else the form
//! itself: so a group stands near its forms in any sorted list, and who has the list needs no stemmer.

use frostem::{Algorithm, Stemmer};

/// The groups of a language.
pub(super) struct Groups(Option<Stemmer>);

impl Groups {
    /// Returns the groups of a BCP 47 language; in one without a stemmer each form is its own group.
    pub(super) fn new(language: &str) -> Self {
        Self(algorithm(language).map(Stemmer::new))
    }

    /// Returns the key of the group of a folded word.
    pub(super) fn key(&self, form: &str) -> String {
        let Some(stemmer) = self.0.filter(|_| form.chars().all(char::is_alphabetic)) else { return form.to_owned() };
        let stem = stemmer.stem(form);
        let last = stem.chars().next_back().map_or(0, char::len_utf8);
        let near = stem.len() > last && form.starts_with(&stem[..stem.len() - last]);
        if near { stem.into_owned() } else { form.to_owned() }
    }
}

fn algorithm(tag: &str) -> Option<Algorithm> {
    let primary = tag.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    Some(match primary.as_str() {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections_are_one_group_and_strangers_are_not() {
        let english = Groups::new("en-GB");
        for (form, key) in
            [("caching", "cach"), ("cache", "cach"), ("dying", "dying"), ("v1.2", "v1.2"), ("東京", "東京"), ("a", "a")]
        {
            assert_eq!(english.key(form), key, "{form}");
        }
        assert_eq!(Groups::new("tlh").key("caching"), "caching");
    }
}
