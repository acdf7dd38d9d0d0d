//! Puts the inflections of a word together: `cache`, `caches` and `caching` are one group.
//!
//! The key of a form is its Snowball stem where the form begins with that stem less its last letter, else the form
//! itself: so a group stands near its forms in any sorted list, and who has the list needs no stemmer.
//!
//! The language also says which words tell little: `how`, `the`, `we`.
//!
//! A word in a form that no page has belongs to a group if the group's key and one of the [`endings`](Groups::endings) of
//! the language make it, and the stemmer agrees. That can be written down beside the list.

use std::collections::BTreeSet;

use frostem::{Algorithm, Stemmer};
use hashbrown::HashMap;

use super::token::tokens;

/// The groups of a language.
pub(super) struct Groups {
    stemmer: Option<Stemmer>,
    endings: Vec<&'static str>,
    stop_words: BTreeSet<String>,
    joins_words: bool,
}

impl Groups {
    /// Returns the groups of a BCP 47 language; in one without a stemmer each form is its own group.
    pub(super) fn new(language: &str) -> Self {
        let algorithm = algorithm(language);
        // The key is a form of its own group too: somebody looks for a pod where all pages say pods.
        let endings = algorithm.as_ref().map(|algorithm| [""].into_iter().chain(common_endings(algorithm).split(' ')));
        let primary = primary(language);
        let stop_words = stop_words::lookup(if matches!(&*primary, "nb" | "nn") { "no" } else { &primary });
        Self {
            endings: endings.into_iter().flatten().collect(),
            stemmer: algorithm.map(Stemmer::new),
            // `don't` is also asked as `dont`, and its parts tell as little.
            stop_words: stop_words
                .unwrap_or_default()
                .iter()
                .flat_map(|word| tokens(word))
                .map(|word| word.text)
                .collect(),
            joins_words: matches!(&*primary, "da" | "de" | "fi" | "hu" | "is" | "nb" | "nl" | "nn" | "no" | "sv"),
        }
    }

    /// Says whether a folded word tells little: an article, a pronoun, a question word.
    pub(super) fn is_stop_word(&self, form: &str) -> bool {
        self.stop_words.contains(form)
    }

    /// Returns the folded words that tell little, in order.
    pub(super) fn stop_words(&self) -> impl Iterator<Item = &str> {
        self.stop_words.iter().map(String::as_str)
    }

    /// Says whether the language makes new words of others without a sign between: `Qualitätsprüfung`.
    pub(super) fn joins_words(&self) -> bool {
        self.joins_words
    }

    /// Returns the endings that make forms of a key, at most 31, the empty one first; `<` stands for the loss of its last letter.
    pub(super) fn endings(&self) -> &[&'static str] {
        &self.endings
    }

    /// Returns the forms that the endings make of a key, each with the number of its ending, as far as they are its own.
    pub(super) fn possible<'g>(&'g self, key: &'g str) -> impl Iterator<Item = (usize, String)> + 'g {
        let stems = self.stemmer.is_some() && key.chars().nth(1).is_some() && key.chars().all(char::is_alphabetic);
        let forms = self.endings.iter().filter(move |_| stems).map(move |ending| make(key, ending)).enumerate();
        forms.filter(move |(_, form)| self.key(form) == key)
    }

    /// Returns the forms that some of the endings make of a key: those whose bits are set.
    pub(super) fn forms<'g>(&'g self, key: &'g str, mask: u32) -> impl Iterator<Item = String> + 'g {
        let endings = self.endings.iter().enumerate().filter(move |(ending, _)| mask >> ending & 1 == 1);
        endings.map(move |(_, ending)| make(key, ending))
    }

    /// Says whether an ending makes a form of its key.
    pub(super) fn is_possible(&self, key: &str, form: &str) -> bool {
        self.possible(key).any(|(_, possible)| possible == form)
    }

    /// Returns the key of the group of a folded word.
    pub(super) fn key(&self, form: &str) -> String {
        let Some(stemmer) = self.stemmer.filter(|_| form.chars().all(char::is_alphabetic)) else {
            return form.to_owned();
        };
        let stem = stemmer.stem(form);
        let last = stem.chars().next_back().map_or(0, char::len_utf8);
        let near = stem.len() > last && form.starts_with(&stem[..stem.len() - last]);
        if near { stem.into_owned() } else { form.to_owned() }
    }
}

/// The keys of words that come again and again, as in the text of a book: none is stemmed twice.
pub(super) struct Keys<'g> {
    groups: &'g Groups,
    known: HashMap<String, String>,
}

impl<'g> Keys<'g> {
    /// How many words are known at a time.
    const MOST: usize = 100_000;

    pub(super) fn new(groups: &'g Groups) -> Self {
        Self { groups, known: HashMap::new() }
    }

    /// Returns the key of the group of a folded word.
    pub(super) fn key(&mut self, form: &str) -> &str {
        if self.known.len() >= Self::MOST && !self.known.contains_key(form) {
            self.known.clear();
        }
        self.known.entry_ref(form).or_insert_with(|| self.groups.key(form))
    }
}

/// Puts an ending to a key.
fn make(key: &str, ending: &str) -> String {
    match ending.strip_prefix('<') {
        Some(rest) => key[..key.char_indices().next_back().map_or(0, |(last, _)| last)].to_owned() + rest,
        None => key.to_owned() + ending,
    }
}

/// The endings in which most words of a language are inflected, without accents.
fn common_endings(algorithm: &Algorithm) -> &'static str {
    match algorithm {
        Algorithm::English => {
            "s e es ed ing ings er ers ly al ment ments ion ions able <y <ing <ings <ed <er <ers <ion <ions <able y ate ation"
        }
        Algorithm::German => "e en er es em n s st t te ten ung ungen lich ig ige igen isch <e",
        Algorithm::French => "s e es er ent ez ee ees ant ement ements ion ions eur eurs if ive <e <es <er <ent",
        Algorithm::Spanish => "a as o os e es ar er ir ado ada ados adas ando cion ciones mente <a <o <e",
        Algorithm::Italian => "a e i o are ere ire ato ata ati ate ando zione zioni mente <a <o <e <i",
        Algorithm::Portuguese => "a as o os e es ar er ir ado ada ados adas ando cao coes mente <a <o <e",
        Algorithm::Dutch => "e en er s t d de den te ten ing ingen heid lijk lijke <e",
        Algorithm::Swedish => "a an ar arna arnas e en er erna et s de ad ade at or orna <a <e",
        Algorithm::Danish => "e en er erne ernes et s ede ende ere ets <e",
        Algorithm::Norwegian => "a e en er ene et s ede ende ete ets <e",
        Algorithm::Finnish => "a i n t ta ssa sta lla lta lle ksi na en in an tta ja <a <i",
        Algorithm::Hungarian => "k t ok ek ak at et ban ben nak nek val vel ra re hoz ba be on en",
        Algorithm::Romanian => "a e i u l le lor ul ului ii ilor are at ata ati ate <a <e <i",
        Algorithm::Russian => "а у е ы и о я ю ь ов ев ам ям ах ях ами ой ого ому ый ая ое ые",
        Algorithm::Greek => "α ας ες η ης ο ος ου οι ων ω εις ει ουν",
        Algorithm::Turkish => "i u a e in un da de dan den lar ler lari leri si su ya ye",
        Algorithm::Arabic => "ه ها ات ين ون ان ي",
        _ => "",
    }
}

/// Returns the language of a BCP 47 tag, without region and script.
fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase()
}

fn algorithm(tag: &str) -> Option<Algorithm> {
    Some(match primary(tag).as_str() {
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
        for (key, form, possible) in [
            ("cach", "caching", true),
            ("citi", "city", true),
            ("care", "caring", true),
            ("car", "caring", false),
            ("東京", "東京s", false),
        ] {
            assert_eq!(english.is_possible(key, form), possible, "{form}");
        }
        assert_eq!(english.forms("citi", 1 | 1 << 1 | 1 << 16).collect::<Vec<_>>(), ["citi", "citis", "city"]);
    }
}
