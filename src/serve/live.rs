//! Tells open pages of each new build, by server-sent events.

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
    findings: &'a [Finding],
}

/// The first event says how things stand, each further one what a build changed.
pub(super) async fn events(Shared(states): Shared<States>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let updates = WatchStream::new(states.subscribe()).map(|state| Ok(event(&state)));
    Sse::new(updates).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

fn event(state: &Arc<State>) -> Event {
    let update = Update { generation: state.generation, changed: &state.changed, findings: &state.build.findings };
    Event::default().event("update").data(crate::data::to_json(&update))
}
