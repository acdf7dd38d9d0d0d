//! `staticwebapp.config.json`, as Azure Static Web Apps read it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::about::{About, IMMUTABLE, security_headers};
use super::headers::immutable;
use crate::data::to_pretty_json;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Config<'a> {
    global_headers: BTreeMap<&'a str, &'a str>,
    routes: Vec<Route<'a>>,
    response_overrides: BTreeMap<&'a str, BTreeMap<&'a str, &'a str>>,
    mime_types: BTreeMap<&'a str, &'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Route<'a> {
    route: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_code: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<BTreeMap<&'a str, &'a str>>,
}

/// Returns the file. The first route that fits an address counts, and there the headers for all are added.
pub(super) fn config(about: &About<'_>) -> String {
    let mut global_headers: BTreeMap<&str, &str> = security_headers(about.policy).into_iter().collect();
    global_headers.insert("Cache-Control", "no-cache");
    let moved = about.redirects.rules.iter().map(|rule| Route {
        route: rule.from.clone(),
        redirect: Some(&rule.to),
        status_code: Some(301),
        headers: None,
    });
    let immutable = immutable(about).map(|route| Route {
        route,
        redirect: None,
        status_code: None,
        headers: Some(BTreeMap::from([("Cache-Control", IMMUTABLE)])),
    });
    let config = Config {
        global_headers,
        routes: immutable.take(MOST_IMMUTABLE).chain(moved).collect(),
        response_overrides: BTreeMap::from([("404", BTreeMap::from([("rewrite", "/404.html")]))]),
        mime_types: BTreeMap::from([
            (".ics", "text/calendar"),
            (".md", "text/markdown; charset=utf-8"),
            (".mjs", "text/javascript"),
            (".mts", "text/plain"),
        ]),
    };
    to_pretty_json(&config) + "\n"
}

/// The whole file may have 20 kB.
const MOST_IMMUTABLE: usize = 40;
