//! The words of the interface in one language: a theme's language files come in, texts by their key come out.
//!
//! `languages/de.toml` holds `[page] edit = "…"`, which is `page.edit`. What it lacks is taken from `en.toml`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::data::{Table, Value};

/// The language whose file has every word.
pub const COMPLETE: &str = "en";

/// Every word of the interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Words {
    language: String,
    words: BTreeMap<String, BTreeMap<String, Word>>,
}

/// A text, or its forms by number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
enum Word {
    Text(String),
    /// By the names that CLDR gives them: `one`, `few`, `other`.
    Forms(BTreeMap<String, String>),
}

impl Words {
    /// Puts together the words of a language: those of its own file, or of the language without its region, over all.
    pub(super) fn of(language: &str, files: &BTreeMap<String, Vec<Table>>) -> Self {
        let mut words = Self { language: primary(COMPLETE), words: BTreeMap::new() };
        let name = name_of(language, files);
        for name in [Some(COMPLETE.to_owned()), name].into_iter().flatten() {
            let Some(tables) = files.get(&name) else { continue };
            words.language = primary(&name);
            tables.iter().for_each(|table| words.add(table));
        }
        words
    }

    fn add(&mut self, table: &Table) {
        for section in &table.0 {
            let Value::Table(entries) = &section.node.value else { continue };
            let words = self.words.entry(section.key.clone()).or_default();
            words.extend(entries.0.iter().filter_map(|entry| Some((entry.key.clone(), word(&entry.node.value)?))));
        }
    }

    /// Returns the text of a key, or nothing where no language has it.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.form(key, "other")
    }

    /// Returns the text of a key that the English file has.
    pub fn text(&self, key: &str) -> String {
        self.find(key).unwrap_or_else(|| panic!("`languages/{COMPLETE}.toml` has `{key}`, as a test says")).to_owned()
    }

    /// Returns the text of a key that the English file has, with values where it names them.
    pub fn filled(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(&self.text(key), values)
    }

    /// Returns the text of a key in the form for a number, or nothing where no language has it.
    pub fn find_counted(&self, key: &str, number: u64) -> Option<&str> {
        self.form(key, form(&self.language, number)).or_else(|| self.find(key))
    }

    fn form(&self, key: &str, form: &str) -> Option<&str> {
        let (section, name) = key.split_once('.')?;
        match self.words.get(section)?.get(name)? {
            Word::Text(text) => Some(text),
            Word::Forms(forms) => forms.get(form).or_else(|| forms.get("other")).map(String::as_str),
        }
    }

    /// Returns some sections, for scripts.
    pub fn sections(&self, names: &[&str]) -> impl Serialize {
        let of_name = |name: &&str| Some(((*name).to_owned(), self.words.get(*name)?.clone()));
        names.iter().filter_map(of_name).collect::<BTreeMap<_, _>>()
    }

    /// Returns the language that the words are of.
    pub fn language(&self) -> &str {
        &self.language
    }
}

fn word(value: &Value) -> Option<Word> {
    match value {
        Value::Table(forms) => {
            let forms = forms.0.iter().filter_map(|form| Some((form.key.clone(), form.node.value.scalar()?)));
            let forms: BTreeMap<String, String> = forms.collect();
            forms.contains_key("other").then_some(Word::Forms(forms))
        }
        value => value.scalar().map(Word::Text),
    }
}

/// Puts values where a text names them in braces.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let value = after.split_once('}').and_then(|(name, rest)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, rest))
        });
        match value {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out + rest
}

/// The file for a language: `de-at`, else `de`.
fn name_of(language: &str, files: &BTreeMap<String, Vec<Table>>) -> Option<String> {
    let whole = language.to_ascii_lowercase().replace('_', "-");
    [whole.clone(), primary(&whole)].into_iter().find(|name| files.contains_key(name))
}

fn primary(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase()
}

/// The form that a language uses for a whole number, after the rules of CLDR.
fn form(language: &str, number: u64) -> &'static str {
    let (ten, hundred) = (number % 10, number % 100);
    match language {
        "ja" | "zh" | "ko" | "vi" | "th" | "id" => "other",
        "fr" | "pt" if number < 2 => "one",
        "ar" => match (number, hundred) {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, 3..=10) => "few",
            (_, 11..) => "many",
            _ => "other",
        },
        "he" if number == 2 => "two",
        "ru" | "uk" if ten == 1 && hundred != 11 => "one",
        "ru" | "uk" if (2..=4).contains(&ten) && !(12..=14).contains(&hundred) => "few",
        "ru" | "uk" => "many",
        "pl" if number == 1 => "one",
        "pl" if (2..=4).contains(&ten) && !(12..=14).contains(&hundred) => "few",
        "pl" => "many",
        "cs" if (2..=4).contains(&number) => "few",
        _ if number == 1 => "one",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::parse_toml;

    fn words(language: &str) -> Words {
        let file = |text: &str| parse_toml(text).unwrap();
        let files = [
            ("en", "[page]\nedit = \"Edit\"\nnext = \"Next\"\ncount = { one = \"{n} page\", other = \"{n} pages\" }"),
            ("ar", "[page]\ncount = { one = \"1\", two = \"2\", few = \"few\", many = \"many\", other = \"other\" }"),
            ("pt-br", "[page]\nedit = \"Editar\""),
        ];
        Words::of(language, &files.into_iter().map(|(name, text)| (name.to_owned(), vec![file(text)])).collect())
    }

    #[test]
    fn what_a_language_lacks_is_english() {
        let words = words("pt-BR");
        assert_eq!(["page.edit", "page.next"].map(|key| words.text(key)), ["Editar", "Next"]);
        assert_eq!(words.find("page.nothing"), None);
        assert_eq!(self::words("pt").text("page.edit"), "Edit");
        assert_eq!(self::words("nl").language(), "en");
    }

    #[test]
    fn a_number_chooses_the_form() {
        let forms = |language, numbers: [u64; 5]| {
            let words = words(language);
            numbers.map(|number| words.find_counted("page.count", number).unwrap_or_default().to_owned())
        };
        assert_eq!(forms("en", [0, 1, 2, 11, 101]), ["{n} pages", "{n} page", "{n} pages", "{n} pages", "{n} pages"]);
        assert_eq!(forms("ar-EG", [1, 2, 3, 11, 100]), ["1", "2", "few", "many", "other"]);
    }

    #[test]
    fn values_stand_where_they_are_named() {
        assert_eq!(fill("{n} of {all}, {other} {", &[("n", "1"), ("all", "{n}")]), "1 of {n}, {other} {");
    }
}
