//! Tells open pages of each new build, by server-sent events.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State as Shared;
use axum::response::sse::{Event, KeepAlive, Sse};
use serde::Serialize;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use super::State;
use super::http::States;
use crate::diagnostic::Finding;

/// What a page is told.
#[derive(Serialize)]
struct Update<'a> {
    generation: u64,
    changed: &'a [String],
    moved: &'a BTreeMap<String, String>,
    findings: &'a [Finding],
}

/// The first event says how things stand, each further one what a build changed, or that the search knows it.
pub(super) async fn events(Shared(states): Shared<States>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let updates = WatchStream::new(states.newest.subscribe()).map(|state| Ok(event(&state)));
    let indexed = WatchStream::from_changes(states.indexed.subscribe()).filter_map(|generation| generation);
    let indexed = indexed.map(|generation| Ok(Event::default().event("indexed").data(generation.to_string())));
    Sse::new(updates.merge(indexed)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

fn event(state: &Arc<State>) -> Event {
    let State { build, generation, changed, moved, .. } = &**state;
    let update = Update { generation: *generation, changed, moved, findings: &build.findings };
    Event::default().event("update").data(crate::data::to_json(&update))
}
