use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::data::Value;

/// What a file says, by key; forms each have their own.
fn words_of(language: &str) -> BTreeMap<String, String> {
    let content = DefaultFiles::get(&format!("languages/{language}.toml")).unwrap().data;
    let table = data::parse_toml(&String::from_utf8_lossy(&content)).unwrap();
    let mut words = BTreeMap::new();
    for section in &table.0 {
        let Value::Table(entries) = &section.node.value else { panic!("{language}: {} is no table", section.key) };
        for entry in &entries.0 {
            let key = format!("{}.{}", section.key, entry.key);
            match &entry.node.value {
                Value::Table(forms) => {
                    assert!(forms.get("other").is_some(), "{language}: {key} lacks `other`");
                    let forms = forms.0.iter();
                    words.extend(forms.map(|form| (format!("{key}.{}", form.key), form.node.value.scalar().unwrap())));
                }
                value => {
                    words.insert(key, value.scalar().unwrap());
                }
            }
        }
    }
    words
}

/// The names in braces.
fn names(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|after| after.split('}').next()).collect()
}

#[test]
fn every_language_has_every_word_with_the_same_names() {
    let theme = Theme::built_in(BuiltIn::Default);
    let english = words_of(COMPLETE);
    assert!(theme.languages().count() >= 6);
    for language in theme.languages() {
        let words = words_of(language);
        let own_forms = [".zero", ".one", ".two", ".few", ".many"];
        let keys = |words: &BTreeMap<String, String>| -> BTreeSet<String> {
            words.keys().filter(|key| own_forms.iter().all(|form| !key.ends_with(form))).cloned().collect()
        };
        assert_eq!(keys(&words), keys(&english), "{language}");
        for (key, text) in &english {
            if let Some(other) = words.get(key) {
                assert!(!other.trim().is_empty(), "{language}: {key}");
                // The form for one thing need not say the number.
                let may_lack = if key.contains(".one") { BTreeSet::from(["n"]) } else { BTreeSet::new() };
                let lacking: Vec<_> = names(text).difference(&names(other)).copied().collect();
                assert!(lacking.iter().all(|name| may_lack.contains(name)), "{language}: {key} lacks {lacking:?}");
                assert!(names(other).is_subset(&names(text)), "{language}: {key} = {other}");
            }
        }
    }
}

/// What stands between a beginning and an end.
fn between(text: &str, begin: &str, end: &str) -> BTreeSet<String> {
    let ends = text.match_indices(end).map(|(at, _)| &text[..at]);
    let keys = ends.filter_map(|before| before.rfind(begin).map(|at| &before[at + begin.len()..]));
    keys.filter(|key| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b'.'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_word_that_templates_and_scripts_ask_for_is_there() {
    let theme = Theme::built_in(BuiltIn::Default);
    let words = theme.words(COMPLETE);
    let mut keys = BTreeSet::new();
    for template in theme.templates.values() {
        keys.extend(between(&template.text, "\"", "\" | word"));
        keys.extend(between(&template.text, "key=\"", "\" "));
    }
    for (_, script) in theme.assets.iter().filter(|(name, _)| name.ends_with(".js")) {
        let script = String::from_utf8_lossy(script);
        keys.extend(between(&script, "Say(\"", "\""));
        keys.extend(between(&script, "say(\"", "\""));
        keys.extend(between(&script, "word(\"", "\"").into_iter().map(|key| format!("search.{key}")));
    }
    assert!(keys.len() > 60, "{keys:?}");
    let missing: Vec<_> = keys.iter().filter(|key| words.find(key).is_none()).collect();
    assert_eq!(missing, [""; 0]);
}
