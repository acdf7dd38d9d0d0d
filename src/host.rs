//! Hosts that serve built sites: what is known of a site comes in, the files that its host reads come out.
//!
//! What each host serves, reads and takes at most is in `facts`, the one place where that is written down. Files by which
//! a book itself would steer a host are in `steering`.

mod about;
mod azure;
mod facts;
mod headers;
mod nginx;
mod precompressed;
mod redirects;
mod steering;

use crate::file::Artifact;
use crate::path::SitePath;

pub use about::About;
pub use facts::{Host, Limits};
pub use precompressed::{precompress, precompressor};
pub use redirects::{Redirect, Redirects, Target};
pub use steering::{covers, steered_by};

/// Returns the files that a host reads.
pub fn files(host: Host, about: &About<'_>) -> Vec<Artifact> {
    let file = |name: &str, text: String| Artifact::new(SitePath::new(name).expect("a plain name"), text.into_bytes());
    let rules = || redirects::rules_file(about.redirects).map(|text| file("_redirects", text));
    match host {
        // Without it GitHub gives the site to Jekyll, which leaves out names that begin with `_`.
        Host::GitHub => vec![file(".nojekyll", String::new())],
        Host::GitLab => rules().into_iter().collect(),
        Host::Cloudflare | Host::Netlify => {
            let headers = file("_headers", headers::headers_file(host, about));
            [headers].into_iter().chain(rules()).collect()
        }
        Host::Azure => vec![file("staticwebapp.config.json", azure::config(about))],
        Host::Nginx => vec![file(about::NGINX, nginx::snippet(about))],
    }
}

#[cfg(test)]
mod tests;
