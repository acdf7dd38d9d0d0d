//! The head of a record, in whatever form: every value knows where it stands.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use precedent::decision::{Input, Traits, read};
use precedent::page::{Detail, Options, parse};
use precedent::path::BookPath;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let text: Arc<str> = String::from_utf8_lossy(rest).into();
    let name = ["adr/0001-a.md", "docs/20200102-a.md", "rfcs/readme.md", "a.md"][usize::from(first % 4)];
    let path = BookPath::new(name).unwrap();
    let options = Options {
        detail: Detail::Text,
        smart_punctuation: true,
        math: true,
        definition_lists: true,
        alerts: true,
        wikilinks: true,
        trust_html: false,
        vault: false,
        trackers: precedent::tracker::Trackers::NONE,
    };
    let page = parse(&path, &text, &options);
    let front_matter = &page.front_matter.table;
    let beside = BookPath::new("rfcs/kep.yaml").unwrap();
    let metadata = (first & 4 != 0).then_some((&beside, &*text));
    let shape = Arc::default();
    let record = read(&Input {
        path: &path,
        front_matter,
        text: &text,
        start: page.start,
        metadata,
        dialect: None,
        shape: &shape,
    });
    if let Some(status) = record.status.as_ref().filter(|status| status.origin.file.is_none()) {
        assert!(status.origin.span.is_none_or(|span| text.get(span.start..span.end).is_some()), "{status:?}");
    }
    Traits::of(&path, front_matter, page.text(&text));
});
