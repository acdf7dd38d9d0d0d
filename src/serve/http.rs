//! The routes: files of the site, the search API, and the preview's own script and events.

use std::sync::Arc;

use axum::extract::{Query, Request, State as Shared};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::sync::watch::Sender;

use super::guard::Guard;
use super::{State, live};
use crate::file::{Artifact, media_type};
use crate::path::{SitePath, decode};
use crate::search::{Filters, Index, LastWord, Results};

/// What handlers share: the newest state, and the number of the newest that the search knows; none before the first.
#[derive(Clone)]
pub(super) struct States {
    pub(super) newest: Sender<Arc<State>>,
    pub(super) indexed: Sender<Option<u64>>,
}

impl States {
    pub(super) fn new(first: State) -> Self {
        Self { newest: Sender::new(Arc::new(first)), indexed: Sender::new(None) }
    }

    /// Waits until the search knows the book, and returns its index.
    async fn index(&self) -> Arc<Index> {
        // Who could tell is there as long as the server.
        let _ = self.indexed.subscribe().wait_for(Option::is_some).await;
        self.newest.borrow().index.clone()
    }
}

/// Returns what the server adds to every page: where the search is, and its script, which must know the page's build.
fn addition(generation: u64) -> String {
    format!(
        "<meta name=\"precedent-search\" content=\"/api/search\">\
        <link rel=\"stylesheet\" href=\"/_precedent/preview.css\">\
        <script src=\"/_precedent/preview.js\" data-generation=\"{generation}\" defer></script>"
    )
}

/// For what authors put beside their pages: an SVG that is opened by itself shall run no script either.
const FILE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

pub(super) fn router(states: States, guard: Guard) -> Router {
    Router::new()
        .route("/api/search", get(search))
        .route("/api/complete", get(complete))
        .route("/_precedent/events", get(live::events))
        .route("/_precedent/preview.js", get(async || asset("preview.js", include_str!("assets/preview.js"))))
        .route("/_precedent/preview.css", get(async || asset("preview.css", include_str!("assets/preview.css"))))
        .fallback(get(file))
        .layer(middleware::from_fn_with_state(guard, protect))
        .with_state(states)
}

async fn protect(Shared(guard): Shared<Guard>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let own_page_only = path.starts_with("/api/") || path.starts_with("/_precedent/");
    if let Some(status) = guard.refuse(request.headers(), own_page_only) {
        let message = "this preview answers only under its own name; start it with `--host` to use another\n";
        return (status, message).into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    response
}

fn asset(name: &str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, media_type(name)), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}

async fn file(Shared(states): Shared<States>, uri: Uri, headers: HeaderMap) -> Response {
    let state = states.newest.borrow().clone();
    let asked = decode(uri.path());
    let asked = asked.trim_start_matches('/');
    let found = |path: &str| SitePath::new(path).ok().and_then(|path| state.file(&path));
    let path = if asked.is_empty() || asked.ends_with('/') { format!("{asked}index.html") } else { asked.to_owned() };
    // `a/../b` would be normalised to `b`; a site has one address for each file.
    let is_plain = !path.split('/').any(|name| matches!(name, "" | "." | ".."));
    match found(&path).filter(|_| is_plain) {
        Some(artifact) => send(artifact, StatusCode::OK, &headers, state.generation),
        // As hosts do, whatever the links of the site say: a page that leads here may have been written by hand.
        None if is_plain && found(&format!("{path}.html")).is_some() => {
            let artifact = found(&format!("{path}.html")).expect("it was just found");
            send(artifact, StatusCode::OK, &headers, state.generation)
        }
        None if is_plain && found(&format!("{path}/index.html")).is_some() => {
            let query = uri.query().map_or(String::new(), |query| format!("?{query}"));
            let place = format!("/{}/{query}", SitePath::new(&path).expect("it was found below").encoded());
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, place)]).into_response()
        }
        None => match found("404.html") {
            Some(artifact) => send(artifact, StatusCode::NOT_FOUND, &headers, state.generation),
            None => StatusCode::NOT_FOUND.into_response(),
        },
    }
}

fn send(artifact: &Artifact, status: StatusCode, headers: &HeaderMap, generation: u64) -> Response {
    let tag = format!("\"{}\"", artifact.fingerprint);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if status == StatusCode::OK && known == Some(tag.as_str()) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let kind = media_type(artifact.path.name());
    let head = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")];
    if kind.starts_with("text/html") {
        return (status, head, [(header::ETAG, tag)], with_addition(&artifact.bytes(), generation)).into_response();
    }
    let content = artifact.bytes().to_vec();
    let policy = if kind == "image/svg+xml" { FILE_POLICY } else { "default-src 'none'" };
    (status, head, [(header::ETAG, tag.as_str()), (header::CONTENT_SECURITY_POLICY, policy)], content).into_response()
}

/// Puts the preview's own elements at the end of the head.
fn with_addition(html: &[u8], generation: u64) -> String {
    let html = String::from_utf8_lossy(html);
    let addition = addition(generation);
    match html.find("</head>") {
        Some(at) => format!("{}{addition}{}", &html[..at], &html[at..]),
        None => format!("{html}{addition}"),
    }
}

/// A query as it stands in the address.
#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    limit: Option<usize>,
    kind: Option<String>,
    status: Option<String>,
    tag: Option<String>,
    by: Option<String>,
    scope: Option<String>,
}

/// The answer of the search API.
#[derive(Debug, Serialize)]
struct Answer {
    #[serde(flatten)]
    results: Results,
    error: Option<String>,
}

/// The most results that one answer holds.
const MOST: usize = 100;

/// The longest query that is read, in bytes.
const LONGEST: usize = 1000;

async fn search(Shared(states): Shared<States>, Query(asked): Query<Asked>) -> Response {
    let index = states.index().await;
    let list = |text: Option<String>| text.map(|text| text.split(',').map(str::to_owned).collect()).unwrap_or_default();
    let query = asked.q[..asked.q.floor_char_boundary(LONGEST)].to_owned();
    let request = crate::search::Request {
        text: query.clone(),
        filters: Filters {
            kinds: list(asked.kind),
            statuses: list(asked.status),
            tags: list(asked.tag),
            people: list(asked.by),
            scopes: list(asked.scope),
        },
        limit: asked.limit.unwrap_or(20).clamp(1, MOST),
        last_word: LastWord::Typing,
    };
    let answer = tokio::task::spawn_blocking(move || index.search(&request)).await;
    match answer {
        Ok(Ok(results)) => Json(Answer { results, error: None }).into_response(),
        Ok(Err(error)) => fail(query, error.to_string()),
        Err(_) => fail(query, "the search failed".to_owned()),
    }
}

/// A value that is being typed.
#[derive(Debug, Deserialize)]
struct Begun {
    field: String,
    #[serde(default)]
    prefix: String,
}

/// Answers with the values of a field that begin so, each with how many pages have it.
async fn complete(Shared(states): Shared<States>, Query(begun): Query<Begun>) -> Response {
    let index = states.index().await;
    let Begun { field, prefix } = begun;
    match tokio::task::spawn_blocking(move || index.complete(&field, &prefix)).await {
        Ok(Ok(values)) => Json(values).into_response(),
        Ok(Err(_)) | Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn fail(query: String, error: String) -> Response {
    let results = Results { query, ..Results::default() };
    (StatusCode::INTERNAL_SERVER_ERROR, Json(Answer { results, error: Some(error) })).into_response()
}
