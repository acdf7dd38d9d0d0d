//! A command that edits a record says what is wanted, and leaves the other lines as they are.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use precedent::date::Date;
use precedent::decision::edit::{Wanted, apply, set_status};
use precedent::decision::{Input, State, read};
use precedent::page::{Detail, Options, parse};
use precedent::path::BookPath;

const OPTIONS: Options = Options {
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

fuzz_target!(|data: &str| {
    let path = BookPath::new("adr/0001-a.md").unwrap();
    let text: Arc<str> = data.into();
    let page = parse(&path, &text, &OPTIONS);
    let shape = Arc::default();
    let front_matter = &page.front_matter.table;
    let input = Input {
        path: &path,
        front_matter,
        text: &text,
        start: page.start,
        metadata: None,
        dialect: None,
        shape: &shape,
    };
    for state in [State::Proposed, State::Accepted, State::Rejected, State::Deprecated] {
        let wanted = Wanted { state, by: None, note: None, today: Date::new(2031, 7, 9).unwrap() };
        let Ok(edits) = set_status(&input, &wanted) else { continue };
        let after: Arc<str> = apply(&text, &edits.page).expect("its own edits fit the text").into();
        let page = parse(&path, &after, &OPTIONS);
        let front_matter = &page.front_matter.table;
        let input = Input {
            path: &path,
            front_matter,
            text: &after,
            start: page.start,
            metadata: None,
            dialect: None,
            shape: &shape,
        };
        let found = read(&input).status.map(|status| status.value.state);
        // The commands read it again as well, and refuse what says something else then.
        if found != Some(state) {
            continue;
        }
        // Lines that no edit touches stay, each as often as before.
        let kept = after.lines().filter(|line| text.lines().any(|other| other == *line)).count();
        assert!(kept + 8 >= text.lines().count(), "{text:?} became {after:?}");
    }
});
