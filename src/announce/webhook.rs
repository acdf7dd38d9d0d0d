//! The address of a webhook. It is a secret: who has it can write to the channel, and nothing here ever shows it.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::error::Error;
use crate::fingerprint::Fingerprint;

/// The address of a webhook. It shows its scheme and host and nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    address: String,
    is_encrypted: bool,
    host: String,
}

/// The largest file that is read for an address, in bytes.
const LARGEST: u64 = 1 << 16;

/// Hosts of Office 365 connectors, which took MessageCards until 2026.
///
/// See <https://devblogs.microsoft.com/microsoft365dev/retirement-of-office-365-connectors-within-microsoft-teams/>.
const CONNECTORS: [&str; 3] = ["webhook.office.com", "outlook.office.com", "outlook.office365.com"];

impl Webhook {
    /// Reads an address: one with `https://`, or any of this machine itself.
    ///
    /// # Errors
    /// When it is none, or one that cannot be used.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let address = text.trim();
        if address.is_empty() || !address.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::NoAddress);
        }
        let (scheme, rest) = address.split_once("://").ok_or(Error::NoAddress)?;
        let is_encrypted = scheme.eq_ignore_ascii_case("https");
        if !is_encrypted && !scheme.eq_ignore_ascii_case("http") {
            return Err(Error::NoAddress);
        }
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let name = match authority.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => authority.split(':').next().unwrap_or_default(),
        };
        let name = name.to_ascii_lowercase();
        // A name and password before the host would be shown as a part of it.
        if name.is_empty() || authority.contains(['@', '\\']) {
            return Err(Error::NoAddress);
        }
        if CONNECTORS.iter().any(|host| name == *host || name.ends_with(&format!(".{host}"))) {
            return Err(Error::Connector { host: name });
        }
        let webhook = Self { address: address.to_owned(), is_encrypted, host: name };
        if is_encrypted || webhook.is_here() { Ok(webhook) } else { Err(Error::Unencrypted) }
    }

    /// Reads an address from the first line of a file that nobody else can read.
    ///
    /// # Errors
    /// When it cannot be read, others can read it, or it holds no address that can be used.
    pub fn of_file(path: &Path) -> Result<Self, Error> {
        let error = |source: io::Error| Error::Read { path: path.to_owned(), source };
        let file = File::open(path).map_err(error)?;
        let about = file.metadata().map_err(error)?;
        if !about.is_file() {
            return Err(error(io::ErrorKind::InvalidInput.into()));
        }
        #[cfg(unix)]
        if std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o077 != 0 {
            return Err(Error::Readable { path: path.to_owned() });
        }
        let mut bytes = Vec::new();
        file.take(LARGEST).read_to_end(&mut bytes).map_err(error)?;
        let text = String::from_utf8(bytes).map_err(|_| Error::NoAddress)?;
        Self::parse(text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default())
    }

    /// Returns the host, which is no secret.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Returns what tells the address from others, and does not give it away.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_bytes(self.address.as_bytes())
    }

    /// Says whether it is one of this machine.
    pub(super) fn is_here(&self) -> bool {
        let is_loopback = |ip: std::net::IpAddr| ip.is_loopback();
        self.host == "localhost" || self.host.parse().is_ok_and(is_loopback)
    }

    /// Returns the whole address, for the request alone.
    pub(super) fn expose(&self) -> &str {
        &self.address
    }
}

impl fmt::Display for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", if self.is_encrypted { "https" } else { "http" }, self.host)
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Webhook({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_host_is_ever_shown() {
        let webhook = Webhook::parse(" https://hooks.slack.com/services/T0/B0/s3cret?sig=x#y\n").unwrap();
        assert_eq!(format!("{webhook} {webhook:?}"), "https://hooks.slack.com Webhook(https://hooks.slack.com)");
        assert_eq!(webhook.expose(), "https://hooks.slack.com/services/T0/B0/s3cret?sig=x#y");
    }

    #[test]
    fn what_cannot_be_used_is_refused_without_being_shown() {
        let check = |address: &str| Webhook::parse(address).map(|webhook| webhook.to_string()).unwrap_err();
        for address in
            ["", "hooks.slack.com/x", "ftp://a.example/", "https://", "https://u:p4ss@a.example/", "https://a b/"]
        {
            assert!(matches!(check(address), Error::NoAddress), "{address}");
        }
        for address in ["http://a.example/s3cret", "http://127.0.0.1.a.example/", "http://localhost.a.example/"] {
            assert!(matches!(check(address), Error::Unencrypted), "{address}");
        }
        for address in ["https://team.webhook.office.com/webhookb2/s3cret", "https://OUTLOOK.office.com/webhook/s3cret"]
        {
            let error = check(address);
            assert!(matches!(error, Error::Connector { .. }) && !format!("{error} {error:?}").contains("s3cret"));
        }
        for address in ["http://localhost:8065/hooks/x", "http://127.0.0.1:1/", "http://[::1]:9/x", "HTTPS://a.example"]
        {
            assert!(Webhook::parse(address).is_ok(), "{address}");
        }
    }
}
