//! What is known of each host: the one place where it is written down, each fact with where it was read.

use serde::{Deserialize, Serialize};

use crate::path::Lookup;

/// A host of built sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Host {
    /// GitHub Pages.
    GitHub,
    /// GitLab Pages.
    GitLab,
    /// Cloudflare Pages.
    Cloudflare,
    /// Netlify.
    Netlify,
    /// Azure Static Web Apps.
    Azure,
    /// A server of one's own with nginx.
    Nginx,
}

/// What a host takes at most of a site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// How many files.
    pub files: Option<u64>,
    /// Whether folders count as files.
    pub counts_folders: bool,
    /// How many bytes in all.
    pub bytes: Option<u64>,
    /// How many bytes a file may have.
    pub file_bytes: Option<u64>,
    /// For whom these limits are, where others have more.
    pub plan: &'static str,
}

/// How a host reads rules that lead elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rules {
    /// How many it takes.
    pub(super) most: usize,
    /// How many bytes all of them may have.
    pub(super) bytes: usize,
    /// How many bytes a rule takes beside its two addresses.
    pub(super) frame: usize,
    /// What stands for "moved permanently".
    pub(super) status: &'static str,
    /// Who answers where a rule and a file have the same name.
    pub(super) wins: Wins,
    /// Where the paths of rules begin.
    pub(super) from: Root,
}

/// Who answers for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wins {
    /// The rule, whether there is a file or not.
    Rule,
    /// The file, so that a rule has an effect only without one.
    File,
}

/// Where the path of an address begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    /// At the root of the site.
    Site,
    /// At the root of the host: the path of the site's address comes first.
    Host,
}

struct Facts {
    name: &'static str,
    title: &'static str,
    limits: Limits,
    rules: Option<Rules>,
    /// Whether it answers with `page.html.gz` for `page.html`; others compress on the way.
    serves_precompressed: bool,
    /// Which pages it finds without `.html`. All hosts here find `a.html` under `a`; a folder `a` beside it comes first on GitLab
    /// (`internal/serving/disk/reader.go` of gitlab-pages) and can be hidden on Netlify, as
    /// <https://github.com/slorber/trailing-slash-guide> tells of five of them. Where nobody would gain, nothing is risked:
    /// only Cloudflare redirects from `a.html`, and nginx reads what is written here.
    lookup: Lookup,
}

const GB: u64 = 1_000_000_000;
const MB: u64 = 1_000_000;
const MIB: u64 = 1 << 20;
const NO_LIMITS: Limits = Limits { files: None, counts_folders: false, bytes: None, file_bytes: None, plan: "" };

impl Host {
    /// Every host.
    pub const ALL: [Self; 6] = [Self::GitHub, Self::GitLab, Self::Cloudflare, Self::Netlify, Self::Azure, Self::Nginx];

    fn facts(self) -> Facts {
        match self {
            // https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
            Self::GitHub => Facts {
                name: "github",
                title: "GitHub Pages",
                limits: Limits { bytes: Some(GB), ..NO_LIMITS },
                rules: None,
                serves_precompressed: false,
                lookup: Lookup::Plain,
            },
            // https://docs.gitlab.com/user/gitlab_com/ (size and entries of Pages),
            // https://docs.gitlab.com/user/project/pages/redirects/ and
            // https://docs.gitlab.com/user/project/pages/introduction/ (files that are compressed already)
            Self::GitLab => Facts {
                name: "gitlab",
                title: "GitLab Pages",
                limits: Limits {
                    files: Some(200_000),
                    counts_folders: true,
                    bytes: Some(GB),
                    plan: "gitlab.com",
                    ..NO_LIMITS
                },
                rules: Some(Rules {
                    most: 1_000,
                    bytes: 64 * 1024,
                    frame: 8,
                    status: "301",
                    wins: Wins::File,
                    from: Root::Host,
                }),
                serves_precompressed: true,
                lookup: Lookup::Plain,
            },
            // https://developers.cloudflare.com/pages/platform/limits/ and
            // https://developers.cloudflare.com/pages/configuration/redirects/
            Self::Cloudflare => Facts {
                name: "cloudflare",
                title: "Cloudflare Pages",
                limits: Limits { files: Some(20_000), file_bytes: Some(25 * MIB), plan: "the free plan", ..NO_LIMITS },
                rules: Some(Rules {
                    most: 2_000,
                    bytes: usize::MAX,
                    frame: 8,
                    status: "301",
                    wins: Wins::Rule,
                    from: Root::Site,
                }),
                serves_precompressed: false,
                lookup: Lookup::Exact,
            },
            // https://docs.netlify.com/manage/routing/redirects/overview/ (more than 10,000 are advised against)
            Self::Netlify => Facts {
                name: "netlify",
                title: "Netlify",
                limits: NO_LIMITS,
                rules: Some(Rules {
                    most: 10_000,
                    bytes: usize::MAX,
                    frame: 8,
                    status: "301!",
                    wins: Wins::Rule,
                    from: Root::Site,
                }),
                serves_precompressed: false,
                lookup: Lookup::Plain,
            },
            // https://learn.microsoft.com/azure/static-web-apps/quotas; of the 20 kB of its file, rules may take most
            Self::Azure => Facts {
                name: "azure",
                title: "Azure Static Web Apps",
                limits: Limits { files: Some(15_000), bytes: Some(250 * MB), plan: "the free plan", ..NO_LIMITS },
                rules: Some(Rules {
                    most: usize::MAX,
                    bytes: 12_000,
                    frame: 96,
                    status: "301",
                    wins: Wins::Rule,
                    from: Root::Site,
                }),
                serves_precompressed: false,
                lookup: Lookup::Plain,
            },
            // http://nginx.org/en/docs/http/ngx_http_gzip_static_module.html
            Self::Nginx => Facts {
                name: "nginx",
                title: "nginx",
                limits: NO_LIMITS,
                rules: Some(Rules {
                    most: usize::MAX,
                    bytes: usize::MAX,
                    frame: 48,
                    status: "301",
                    wins: Wins::Rule,
                    from: Root::Host,
                }),
                serves_precompressed: true,
                lookup: Lookup::Exact,
            },
        }
    }

    /// Returns the name by which settings and options know it.
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// Returns the name that people have for it.
    pub fn title(self) -> &'static str {
        self.facts().title
    }

    /// Returns what it takes at most.
    pub fn limits(self) -> Limits {
        self.facts().limits
    }

    /// Says whether it answers with files that were compressed before.
    pub fn serves_precompressed(self) -> bool {
        self.facts().serves_precompressed
    }

    /// Returns which pages it finds without `.html`.
    pub fn lookup(self) -> Lookup {
        self.facts().lookup
    }

    pub(super) fn rules(self) -> Option<Rules> {
        self.facts().rules
    }
}

/// The longest line of a header that Cloudflare takes.
pub(super) const LONGEST_HEADER: usize = 2_000;

/// How many rules a `_headers` file may have on Cloudflare, of which one is for every answer.
pub(super) const MOST_HEADER_RULES: usize = 100;
