//! The content security policy that every page carries and the default theme obeys.

/// Whose scripts a page runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    /// Those of the theme and of `additional-js`, which are files of the site.
    OfSite,
    /// Those in the text of pages as well, whatever they load.
    OfPages,
}

/// Returns the policy.
///
/// Images and media may come from anywhere over HTTPS, since Markdown shows them so on any host; everything else only from
/// the site and from the hosts that the book names.
pub fn policy(scripts: Scripts, hosts: &[String]) -> String {
    let hosts: String = hosts.iter().map(|host| format!(" https://{host}")).collect();
    match scripts {
        Scripts::OfSite => {
            let frames = if hosts.is_empty() { String::new() } else { format!(" frame-src{hosts};") };
            format!(
                "default-src 'none'; script-src 'self'{hosts}; style-src 'self'{hosts}; img-src 'self' data: https:; \
                 media-src 'self' https:; font-src 'self'{hosts}; connect-src 'self'{hosts};{frames} base-uri 'none'; \
                 form-action 'self'"
            )
        }
        Scripts::OfPages => {
            "default-src 'self' data: blob: https: wss: 'unsafe-inline'; object-src 'none'; base-uri 'none'; \
                             form-action 'self' https:"
                .to_owned()
        }
    }
}

/// Who may show a page in a frame of theirs, which a page cannot say itself: nobody.
pub const FRAMES: &str = "frame-ancestors 'none'";

/// Returns the policy for the answers of a host, whatever they hold. A drawing has its styles within, and a browser may
/// hold it to this policy, so styles are free here; pages have [`policy`] beside it.
pub fn policy_of_answers(policy: &str) -> String {
    format!("{}; {FRAMES}", policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_named_hosts_come_in() {
        let none = policy(Scripts::OfSite, &[]);
        assert!(none.contains("script-src 'self';") && !none.contains("frame-src"), "{none}");
        let named = policy(Scripts::OfSite, &["stats.example.org".to_owned()]);
        assert!(named.contains("script-src 'self' https://stats.example.org;"), "{named}");
        assert!(
            named.contains("connect-src 'self' https://stats.example.org; frame-src https://stats.example.org;"),
            "{named}"
        );
    }
}
