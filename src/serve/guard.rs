//! Who may ask: only a browser that was pointed at this server by its own name.
//!
//! A foreign page cannot read a server on the same machine, except by rebinding its own name to 127.0.0.1. Then the
//! `Host` header still carries that name, and such requests are refused.

use std::net::{IpAddr, TcpListener};

use axum::http::{HeaderMap, StatusCode, header};

use super::Options;

/// The names that a request may carry.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    names: Vec<String>,
    /// Whether the server is open to other machines, so that any of its addresses may be asked for.
    any_address: bool,
}

impl Guard {
    pub(super) fn new(options: &Options, listener: &TcpListener) -> Self {
        let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "[::1]".to_owned()];
        names.extend(options.names.iter().map(|name| name.to_ascii_lowercase()));
        if let Ok(address) = listener.local_addr() {
            names.push(match address.ip() {
                IpAddr::V4(ip) => ip.to_string(),
                IpAddr::V6(ip) => format!("[{ip}]"),
            });
        }
        Self { names, any_address: !options.host.is_loopback() }
    }

    /// Returns the status of a refusal, nothing for a request that may pass.
    pub(super) fn refuse(&self, headers: &HeaderMap, own_page_only: bool) -> Option<StatusCode> {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("\u{fffd}"));
        let Some(host) = text(header::HOST) else { return Some(StatusCode::BAD_REQUEST) };
        if !self.knows(host) {
            return Some(StatusCode::MISDIRECTED_REQUEST);
        }
        let from_elsewhere = text(header::ORIGIN).is_some_and(|origin| !self.is_own_origin(origin, host));
        let crosses = headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site");
        (own_page_only && (from_elsewhere || crosses)).then_some(StatusCode::FORBIDDEN)
    }

    fn knows(&self, host: &str) -> bool {
        let name = without_port(host).to_ascii_lowercase();
        let is_address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
        self.names.contains(&name) || self.any_address && is_address
    }

    fn is_own_origin(&self, origin: &str, host: &str) -> bool {
        origin.strip_prefix("http://").is_some_and(|name| name.eq_ignore_ascii_case(host))
    }
}

fn without_port(host: &str) -> &str {
    let end_of_name = host.rfind(']').map_or(0, |bracket| bracket + 1);
    match host[end_of_name..].find(':') {
        Some(colon) => &host[..end_of_name + colon],
        None => host,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_own_names_pass() {
        let guard = Guard { names: vec!["localhost".into(), "127.0.0.1".into(), "[::1]".into()], any_address: false };
        let refuse = |host: &str, origin: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_bytes(host.as_bytes()).unwrap());
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_str(origin).unwrap());
            }
            guard.refuse(&headers, true).map(|status| status.as_u16())
        };
        for host in ["localhost", "LOCALHOST:3000", "127.0.0.1:1", "[::1]:3000", "[::1]"] {
            assert_eq!(refuse(host, None), None, "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:3000",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "10.0.0.1",
            "",
            ":3000",
            "[::1",
            "\u{e9}",
        ] {
            assert_eq!(refuse(host, None), Some(421), "{host}");
        }
        assert_eq!(refuse("localhost:3000", Some("http://localhost:3000")), None);
        for origin in ["http://evil.example", "null", "http://localhost:4000", "https://localhost:3000"] {
            assert_eq!(refuse("localhost:3000", Some(origin)), Some(403), "{origin}");
        }
        assert_eq!(guard.refuse(&HeaderMap::new(), false), Some(StatusCode::BAD_REQUEST));
    }
}
