//! Front matter in YAML and TOML is read or is a finding that points into it.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use precedent::config::Config;
use precedent::file::Source;
use precedent::page::{Detail, Options, parse};
use precedent::path::BookPath;

fuzz_target!(|data: &[u8]| {
    let inner = String::from_utf8_lossy(data);
    let options = Options {
        detail: Detail::Text,
        smart_punctuation: false,
        math: false,
        definition_lists: false,
        alerts: false,
        wikilinks: false,
        trust_html: false,
        vault: false,
        trackers: precedent::tracker::Trackers::NONE,
    };
    for fence in ["---", "+++"] {
        let text: Arc<str> = format!("{fence}\n{inner}\n{fence}\n# A\n").into();
        let page = parse(&BookPath::new("a.md").unwrap(), &text, &options);
        for diagnostic in &page.diagnostics {
            assert!(diagnostic.span.is_none_or(|span| text.get(span.start..span.end).is_some()), "{diagnostic:?}");
        }
    }
    let source = Source::new(BookPath::new("book.toml").unwrap(), data);
    for diagnostic in Config::read(&source).1 {
        assert!(diagnostic.span.is_none_or(|span| inner.get(span.start..span.end).is_some()), "{diagnostic:?}");
    }
});
