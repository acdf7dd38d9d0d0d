//! Files by which a site steers the host that serves it: who may see it, what is sent elsewhere, which programs run there.
//!
//! A stranger who writes one has more than a page. So they count as settings: published where `book.toml` names them.

use crate::path::SitePath;

/// A host, and the names that it reads.
struct Host {
    name: &'static str,
    /// Names that it reads in the root of the site.
    root: &'static [&'static str],
    /// Names that it reads in every folder.
    anywhere: &'static [&'static str],
    /// Folders of the root whose scripts it runs.
    programs: &'static [&'static str],
}

/// The one list. Names are in small letters, since some hosts do not tell the cases apart.
const HOSTS: &[Host] = &[
    Host {
        name: "Apache",
        root: &[],
        anywhere: &[".htaccess", ".htpasswd", ".htgroup", ".htdigest"],
        programs: &["cgi-bin"],
    },
    Host { name: "IIS", root: &["applicationhost.config"], anywhere: &["web.config"], programs: &[] },
    Host { name: "PHP", root: &[], anywhere: &[".user.ini", "php.ini"], programs: &[] },
    Host {
        name: "Cloudflare",
        root: &[
            "_headers",
            "_redirects",
            "_routes.json",
            "_worker.js",
            "wrangler.toml",
            "wrangler.json",
            "wrangler.jsonc",
            ".assetsignore",
        ],
        anywhere: &["_middleware.js", "_middleware.ts"],
        programs: &["functions", "_worker.js"],
    },
    Host {
        name: "Netlify",
        root: &["netlify.toml"],
        anywhere: &[],
        programs: &["netlify", "netlify/functions", "netlify/edge-functions", ".netlify"],
    },
    Host {
        name: "Vercel",
        root: &["vercel.json", "now.json", ".vercelignore", "middleware.js", "middleware.ts"],
        anywhere: &[],
        programs: &["api", ".vercel"],
    },
    Host {
        name: "Azure Static Web Apps",
        root: &["staticwebapp.config.json", "routes.json", "swa-cli.config.json"],
        anywhere: &["staticwebapp.config.json"],
        programs: &[],
    },
    Host { name: "Firebase", root: &["firebase.json", ".firebaserc"], anywhere: &[], programs: &[] },
    Host {
        name: "GitHub Pages",
        root: &["cname", ".nojekyll", "_config.yml", "_config.yaml"],
        anywhere: &[],
        programs: &["_plugins"],
    },
    Host { name: "GitLab Pages", root: &[".gitlab-ci.yml"], anywhere: &[], programs: &[] },
    Host { name: "Surge", root: &["cors", "auth", "router", ".surgeignore"], anywhere: &[], programs: &[] },
    Host {
        name: "a platform that builds what it is given",
        root: &[
            "package.json",
            "procfile",
            "static.json",
            "staticfile",
            "staticfile.auth",
            "app.yaml",
            "render.yaml",
            "fly.toml",
            "amplify.yml",
            "customhttp.yml",
            "serve.json",
            "caddyfile",
            "nginx.conf",
            "deno.json",
            "deno.jsonc",
        ],
        anywhere: &[],
        programs: &[],
    },
    Host { name: "Bing's proof of who owns a site", root: &["bingsiteauth.xml"], anywhere: &[], programs: &[] },
];

/// What platforms run in a folder of programs.
const SCRIPTS: &[&str] = &[
    "js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "py", "rb", "go", "php", "pl", "sh", "cgi", "rs", "wasm",
    "dll",
];

/// Returns the host that a file of the site would steer.
pub fn steered_by(url: &SitePath) -> Option<&'static str> {
    let path = url.as_str().to_ascii_lowercase();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let is_script = name.rsplit_once('.').is_some_and(|(_, extension)| SCRIPTS.contains(&extension));
    let steers = |host: &&Host| {
        let in_programs =
            host.programs.iter().any(|programs| path.strip_prefix(programs).is_some_and(|rest| rest.starts_with('/')));
        (folder.is_empty() && host.root.contains(&name)) || host.anywhere.contains(&name) || is_script && in_programs
    };
    HOSTS.iter().find(steers).map(|host| host.name)
}

/// Says whether a file is the one that a setting names, or lies in the folder that it names.
pub fn covers(named: &SitePath, url: &SitePath) -> bool {
    url.as_str().strip_prefix(named.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_host_is_known_by_its_place() {
        let steered = |path: &str| steered_by(&SitePath::new(path).unwrap());
        for path in [
            "_headers",
            "_redirects",
            "_worker.js",
            "_worker.js/index.js",
            "_routes.json",
            "web.config",
            "a/b/Web.Config",
            ".htaccess",
            "a/.htaccess",
            "CNAME",
            "staticwebapp.config.json",
            "vercel.json",
            "netlify.toml",
            "firebase.json",
            "functions/a.js",
            "functions/api/[[path]].ts",
            "api/a.py",
            "cgi-bin/a.sh",
            ".nojekyll",
            "package.json",
        ] {
            assert!(steered(path).is_some(), "{path}");
        }
        for path in [
            "a.png",
            "a/_headers",
            "a/CNAME",
            "api/a.md",
            "api/schema.json",
            "functions/a.png",
            "a/functions/a.js",
            "apis/a.js",
            "examples/package.json",
            "headers",
            "functions.js",
        ] {
            assert_eq!(steered(path), None, "{path}");
        }
    }
}
