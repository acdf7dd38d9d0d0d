use super::*;
use crate::path::Addresses;

fn path(name: &str) -> SitePath {
    SitePath::new(name).unwrap()
}

/// Redirects as `from > to`, one a line.
fn redirects(text: &str) -> Vec<Redirect> {
    let redirect = |line: &str| {
        let (from, to) = line.split_once(" > ").unwrap();
        let to = if to.contains("://") { Target::Web(to.to_owned()) } else { Target::Site(path(to), String::new()) };
        Redirect { from: path(from), to, bare: true }
    };
    text.lines().map(redirect).collect()
}

/// The files for a host, one after the other.
fn check(host: Host, url: Option<&str>, moved: &str, expected: &str) {
    let redirects = Redirects::new(host, (url, &Addresses::default()), &redirects(moved));
    let about = About {
        url,
        policy: "default-src 'none'",
        short_policy: "frame-ancestors 'none'",
        immutable_folders: &["search/t".to_owned()],
        immutable_files: &[path("a b-0123456789.css")],
        redirects: &redirects,
    };
    let files = files(host, &about);
    let shown: String = files
        .iter()
        .map(|file| format!("-- {} --\n{}", file.path, String::from_utf8(file.bytes().to_vec()).unwrap()))
        .collect();
    assert_eq!(shown, expected);
}

#[test]
fn github_reads_a_mark_alone() {
    check(Host::GitHub, None, "old.html > new.html", "-- .nojekyll --\n");
}

#[test]
fn cloudflare_and_netlify_read_headers_and_redirects() {
    let headers = "/*
  Content-Security-Policy: default-src 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: same-origin

/search/t/*
  Cache-Control: public, max-age=31536000, immutable

/a%20b-0123456789.css
  Cache-Control: public, max-age=31536000, immutable
";
    let made = |host: &str, rules: &str| {
        format!("-- _headers --\n# Made by `precedent build --for {host}`.\n{headers}{rules}")
    };
    let moved = "old.html > new.html\nold/index.html > a/index.html\nweb.html > https://example.org/a?b=c#d";
    let rules = |status: &str| {
        format!(
            "-- _redirects --\n/old.html /new.html {status}\n/old /new.html {status}\n/old/index.html /a/ {status}\n\
             /old/ /a/ {status}\n/web.html https://example.org/a?b=c#d {status}\n/web https://example.org/a?b=c#d {status}\n"
        )
    };
    check(Host::Cloudflare, None, moved, &made("cloudflare", &rules("301")));
    check(Host::Netlify, Some("https://example.org/"), moved, &made("netlify", &rules("301!")));
    // What means a pattern to a host, or would break a line, stays with its page.
    check(
        Host::Cloudflare,
        None,
        "a*.html > b.html\na:b.html > c.html",
        &made("cloudflare", "-- _redirects --\n/a%3Ab.html /c.html 301\n/a%3Ab /c.html 301\n"),
    );
}

#[test]
fn gitlab_shows_a_page_before_it_looks_at_a_rule() {
    let url = Some("https://group.gitlab.io/handbook/");
    check(
        Host::GitLab,
        url,
        "old.html > new.html",
        "-- _redirects --\n/handbook/old.html https://group.gitlab.io/handbook/new.html 301\n\
         /handbook/old https://group.gitlab.io/handbook/new.html 301\n",
    );
    let moved = redirects("old.html > new.html");
    assert_eq!(
        Redirects::new(Host::GitLab, (url, &Addresses::default()), &moved).omitted.into_iter().collect::<Vec<_>>(),
        [path("old.html")]
    );
    assert!(Redirects::new(Host::Cloudflare, (url, &Addresses::default()), &moved).omitted.is_empty());
    // Where nobody says where the site stands, the pages lead on.
    assert_eq!(Redirects::new(Host::GitLab, (None, &Addresses::default()), &moved), Redirects::default());
    check(Host::GitLab, None, "old.html > new.html", "");
}

#[test]
fn a_host_gets_as_many_rules_as_it_takes() {
    let many: String = (0..3_000).map(|at| format!("old-{at:04}.html > new.html\n")).collect();
    let moved = redirects(many.trim_end());
    let count =
        |host: Host| Redirects::new(host, (Some("https://example.org/"), &Addresses::default()), &moved).rules.len();
    assert_eq!(count(Host::GitLab), 1_000);
    assert_eq!(count(Host::Cloudflare), 2_000);
    assert_eq!(count(Host::Netlify), 6_000);
    assert_eq!(count(Host::GitHub), 0);
    // What has no rule has its page.
    assert_eq!(
        Redirects::new(Host::GitLab, (Some("https://example.org/"), &Addresses::default()), &moved).omitted.len(),
        500
    );
}

#[test]
fn azure_takes_twenty_kilobytes() {
    let many: String = (0..3_000).map(|at| format!("old-{at:04}.html > new.html\n")).collect();
    let moved = Redirects::new(Host::Azure, (None, &Addresses::default()), &redirects(many.trim_end()));
    let files: Vec<SitePath> = (0..300).map(|at| path(&format!("a/b-{at:010}.css"))).collect();
    let about = About {
        url: None,
        policy: "default-src 'none'",
        short_policy: "",
        immutable_folders: &[],
        immutable_files: &files,
        redirects: &moved,
    };
    let made = self::files(Host::Azure, &about);
    let text = String::from_utf8(made[0].bytes().to_vec()).unwrap();
    assert!(text.len() < 20_000 && text.contains("\"redirect\": \"/new.html\""), "{} bytes", text.len());
    assert!(text.contains("\"rewrite\": \"/404.html\""), "{text}");
}

#[test]
fn a_long_policy_leaves_the_part_that_pages_cannot_say() {
    let about = About {
        url: None,
        policy: &"x".repeat(2_000),
        short_policy: "frame-ancestors 'none'",
        immutable_folders: &[],
        immutable_files: &[],
        redirects: &Redirects::default(),
    };
    let text = String::from_utf8(files(Host::Cloudflare, &about)[0].bytes().to_vec()).unwrap();
    assert!(text.contains("Content-Security-Policy: frame-ancestors 'none'\n"), "{text}");
}

#[test]
fn what_is_text_and_not_small_is_compressed() {
    let mut tool = precompressor();
    let mut packed = |name: &str, length: usize| {
        let artifact = Artifact::new(path(name), "text ".repeat(length).into_bytes());
        precompress(&mut tool, &artifact).map(|packed| packed.path.to_string())
    };
    assert_eq!(packed("a/b.html", 1000), Some("a/b.html.gz".to_owned()));
    assert_eq!(packed("a/b.html", 10), None);
    assert_eq!(packed("a/b.png", 1000), None);
}
