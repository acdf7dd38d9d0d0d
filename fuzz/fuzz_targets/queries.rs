//! Every text is a query, and is answered.
#![no_main]

use std::cell::LazyCell;

use libfuzzer_sys::fuzz_target;
use precedent::search::{Document, Filters, Index, LastWord, Request};

thread_local! {
    static INDEX: LazyCell<Index> = LazyCell::new(|| {
        let index = Index::in_memory("en");
        let texts = ["cache the time to live of gas prices", "Größe, 東京 and naïve café", "HttpServer::new_with v1.2.3 2024-01-16", ""];
        let documents: Vec<Document> = texts.iter().enumerate().map(|(at, text)| Document {
            url: format!("{at}.html"),
            path: format!("{at}.md"),
            line: 1,
            title: format!("ADR-{at} title"),
            heading: String::new(),
            breadcrumb: vec!["a".to_owned()],
            kind: "decision".to_owned(),
            status: Some("accepted".to_owned()),
            date: Some("2024-01-16".to_owned()),
            tags: vec!["tag".to_owned()],
            id: Some(format!("{at}")),
            scope: "a/b".to_owned(),
            people: vec!["Ann @ann".to_owned()],
            boost: 100,
            text: (*text).to_owned(),
        }).collect();
        index.sync(&documents).expect("memory is there");
        index
    });
}

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data).into_owned();
    for last_word in [LastWord::Complete, LastWord::Typing] {
        let request = Request { text: text.clone(), filters: Filters::default(), limit: 10, last_word };
        INDEX.with(|index| index.search(&request)).expect("every text is a query");
    }
    INDEX.with(|index| index.complete("tag", &text)).expect("every text may begin a value");
});
