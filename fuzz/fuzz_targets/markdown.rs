//! Markdown becomes HTML of which a browser runs nothing, whatever is switched on.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use precedent::page::{Attribute, Detail, Options, Piece, parse};
use precedent::path::BookPath;

#[path = "../../tests/it/dom.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod dom;
#[path = "../../tests/it/hostile/oracle.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod oracle;

fuzz_target!(|data: &[u8]| {
    let Some((bits, text)) = data.split_first() else { return };
    let on = |bit: u8| bits & (1 << bit) != 0;
    let options = Options {
        detail: if on(5) { Detail::Text } else { Detail::Full },
        smart_punctuation: on(0),
        math: on(1),
        definition_lists: on(2),
        alerts: on(3),
        wikilinks: on(4),
        trust_html: false,
        vault: true,
        trackers: precedent::tracker::Trackers::NONE,
    };
    let text: Arc<str> = String::from_utf8_lossy(text).into();
    let page = parse(&BookPath::new("a.md").unwrap(), &text, &options);
    for diagnostic in &page.diagnostics {
        assert!(diagnostic.span.is_none_or(|span| text.get(span.start..span.end).is_some()), "{diagnostic:?}");
    }
    let body: String = page.body.heading.iter().chain(&page.body.rest).map(shown).collect();
    let framed = format!(
        "<!doctype html><html><head></head><body><a class=skip></a><header></header><div class=frame><main><h1>x</h1><article>{body}</article></main></div><footer></footer></body></html>"
    );
    assert_eq!(oracle::faults(&framed), [""; 0], "{body}");
});

/// The HTML of a piece, with a plain address in each hole.
fn shown(piece: &Piece) -> String {
    match piece {
        Piece::Html(html) => html.clone(),
        Piece::Target(_, Attribute::Href) => " href=\"x\"".to_owned(),
        Piece::Target(_, Attribute::Src) => " src=\"x\"".to_owned(),
        _ => "x".to_owned(),
    }
}
