//! Posts go to a webhook, one after the other, each until it is taken or plainly is not.
//!
//! Again is tried what a service puts off (429), what fails on its side (5xx), and what it does not answer at all because nobody
//! listens. A request that broke off after it was sent is not tried again: the channel may have it already.

use std::io::{self, Read as _};
use std::sync::Arc;
use std::time::Duration;

use super::error::Error;
use super::patience::{asked, wait};
use super::said::said;
use super::webhook::Webhook;
use crate::digest::Chat;
use crate::time::Moment;

/// So often one post is tried.
const TRIES: u32 = 3;

/// Between two posts, since Slack takes one a second.
const GAP: Duration = Duration::from_secs(1);

/// So much of an answer is read, in bytes.
const ANSWER: u64 = 4096;

/// How to wait.
pub struct Terms<'a> {
    /// Tells the time.
    pub now: &'a dyn Fn() -> Moment,
    /// Waits.
    pub wait: &'a mut dyn FnMut(Duration),
    /// Returns a number between 0 and 1 that nobody can foresee.
    pub chance: &'a mut dyn FnMut() -> f64,
    /// How long a connection may take to be made, and how long the whole of one try.
    pub limits: (Duration, Duration),
}

/// What became of one try.
enum Attempt {
    Taken,
    /// Nobody took it, and somebody may later; with the wait that the service asks for.
    Later(Error, Option<Duration>),
    Failed(Error),
}

/// Sends posts in their order, and stops at the first that is not taken.
///
/// # Errors
/// When a post was not taken, or it is not known whether it was.
pub fn send(webhook: &Webhook, chat: Chat, posts: &[String], terms: &mut Terms<'_>) -> Result<(), Error> {
    let line = Line { agent: agent(webhook, terms.limits), webhook, chat };
    for (sent, post) in posts.iter().enumerate() {
        if sent > 0 {
            (terms.wait)(GAP);
        }
        let partly = |source| match sent {
            0 => source,
            _ => Error::Partly { sent, all: posts.len(), source: Box::new(source) },
        };
        deliver(&line, post, terms).map_err(partly)?;
    }
    Ok(())
}

/// What leads to a channel.
struct Line<'a> {
    agent: ureq::Agent,
    webhook: &'a Webhook,
    chat: Chat,
}

fn deliver(line: &Line<'_>, post: &str, terms: &mut Terms<'_>) -> Result<(), Error> {
    let mut tried = 0;
    loop {
        tried += 1;
        match attempt(line, post, (terms.now)()) {
            Attempt::Taken => return Ok(()),
            Attempt::Later(_, asked) if tried < TRIES => (terms.wait)(wait(asked, tried, (terms.chance)())),
            Attempt::Later(error, _) | Attempt::Failed(error) => return Err(error),
        }
    }
}

fn agent(webhook: &Webhook, (connect, whole): (Duration, Duration)) -> ureq::Agent {
    let tls = ureq::tls::TlsConfig::builder()
        .root_certs(ureq::tls::RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()));
    // What is on this machine is reached without a proxy.
    let proxy = if webhook.is_here() { None } else { ureq::Proxy::try_from_env() };
    ureq::Agent::config_builder()
        .tls_config(tls.build())
        .proxy(proxy)
        .https_only(!webhook.is_here())
        .http_status_as_error(false)
        // Nobody else gets the message, nor the address.
        .max_redirects(0)
        .max_idle_connections(0)
        .user_agent(concat!("precedent/", env!("CARGO_PKG_VERSION")))
        .timeout_connect(Some(connect))
        .timeout_global(Some(whole))
        .build()
        .new_agent()
}

fn attempt(Line { agent, webhook, chat }: &Line<'_>, post: &str, now: Moment) -> Attempt {
    let request = agent.post(webhook.expose()).header("Content-Type", "application/json; charset=utf-8");
    let response = match request.send(post) {
        Ok(response) => response,
        Err(error) => return broken(&error, webhook),
    };
    let status = response.status().as_u16();
    let later = response.headers().get("retry-after").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let mut body = Vec::new();
    // The status says enough where the rest is lost.
    let _ = response.into_body().into_reader().take(ANSWER).read_to_end(&mut body);
    let host = webhook.host().to_owned();
    if (200..300).contains(&status) {
        // A page that a proxy puts in the way is no `ok`.
        let is_taken = *chat != Chat::Slack || body.trim_ascii() == b"ok";
        let reason = format!("it answered with something else than `ok`: {}", said(&body, webhook));
        return if is_taken { Attempt::Taken } else { Attempt::Failed(Error::Unknown { host, reason }) };
    }
    let refused = Error::Refused { host, status, said: said(&body, webhook) };
    match status {
        429 | 500..=599 => Attempt::Later(refused, asked(later.as_deref(), &body, now)),
        _ => Attempt::Failed(refused),
    }
}

/// Says what became of a request that got no answer. The client's own words may hold the address, and are not shown.
fn broken(error: &ureq::Error, webhook: &Webhook) -> Attempt {
    use ureq::Timeout::{Connect, Resolve};
    let host = || webhook.host().to_owned();
    let unreachable = |reason: &str| Error::Unreachable { host: host(), reason: reason.to_owned() };
    let certificate = |error: &rustls::Error| unreachable(&format!("its certificate is not trusted ({error})"));
    let unknown = |reason: &str| Attempt::Failed(Error::Unknown { host: host(), reason: reason.to_owned() });
    match error {
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            Attempt::Later(unreachable("it refuses the connection"), None)
        }
        ureq::Error::HostNotFound => Attempt::Failed(unreachable("there is no such host")),
        ureq::Error::Timeout(Resolve | Connect) => Attempt::Failed(unreachable("it did not answer in time")),
        ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => {
            Attempt::Failed(unreachable("the proxy does not let the connection through"))
        }
        ureq::Error::Rustls(error @ rustls::Error::InvalidCertificate(_)) => Attempt::Failed(certificate(error)),
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) | ureq::Error::TlsRequired | ureq::Error::ConnectionFailed => {
            Attempt::Failed(unreachable("no encrypted connection could be made"))
        }
        ureq::Error::BadUri(_) | ureq::Error::Http(_) | ureq::Error::RequireHttpsOnly(_) => {
            Attempt::Failed(Error::NoAddress)
        }
        ureq::Error::Timeout(_) => unknown("no answer came in time"),
        ureq::Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            // These are found out before anything is sent.
            Some(error @ rustls::Error::InvalidCertificate(_)) => Attempt::Failed(certificate(error)),
            Some(rustls::Error::InvalidMessage(_) | rustls::Error::PeerIncompatible(_)) => {
                Attempt::Failed(unreachable("no encrypted connection could be made"))
            }
            _ if matches!(error.kind(), io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable) => {
                Attempt::Failed(unreachable("no network leads there"))
            }
            _ => unknown("the connection broke"),
        },
        _ => unknown("the answer cannot be understood"),
    }
}
