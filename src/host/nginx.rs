//! `nginx.conf`: a part of the settings of nginx, for the `server` block that serves the site.
//!
//! Its rules for files that never change are patterns and not lists, so that nginx need not read it again when pages change.

use std::fmt::Write as _;

use super::about::{About, IMMUTABLE, NGINX, security_headers};
use super::redirects::base_path;

/// Types that nginx does not know, or that older versions do not.
const TYPES: &[(&str, &str)] =
    &[("ics", "text/calendar"), ("md", "text/markdown"), ("mjs", "text/javascript"), ("mts", "text/plain")];

/// Returns the file.
pub(super) fn snippet(about: &About<'_>) -> String {
    let base = base_path(about.url);
    let base = if is_plain(base) { base } else { "/" };
    let pattern = base.replace('.', "\\.");
    let mut text = format!(
        "# Made by `precedent build --for nginx`, for a `server` block: `include /var/www/handbook/{NGINX};`\n\n\
         index index.html;\n\
         absolute_redirect off;\n\
         error_page 404 {base}404.html;\n\
         charset utf-8;\n\
         charset_types text/css text/calendar text/javascript text/markdown text/plain text/xml application/javascript application/json;\n\n\
         # `page.html.gz` lies beside `page.html`.\n\
         gzip_static on;\n\
         gzip_vary on;\n\n\
         set $precedent_policy \"{}\";\n",
        about.policy
    );
    let mut location = |comment: &str, place: &str, cache: &str, lines: &[&str]| {
        let _ = write!(text, "\n# {comment}\nlocation {place} {{\n");
        for line in lines {
            let _ = writeln!(text, "    {line}");
        }
        for (name, value) in security_headers("$precedent_policy").into_iter().chain([("Cache-Control", cache)]) {
            let _ = writeln!(text, "    add_header {name} \"{value}\" always;");
        }
        text += "}\n";
    };
    location(
        "What may change: a browser asks each time whether it did. `page` is `page.html`.",
        base,
        "no-cache",
        &["try_files $uri $uri.html $uri/ =404;"],
    );
    location(
        "Named by its content: it never changes.",
        &format!("~ \"^{pattern}(assets/diagrams/|assets/.+-[0-9a-f]{{10}}\\.(css|js|svg|png|ico)$)\""),
        IMMUTABLE,
        &["try_files $uri =404;"],
    );
    location(
        "The pieces of the search, which are no text.",
        &format!("~ \"^{pattern}search/[a-z]/\""),
        IMMUTABLE,
        &["charset off;", "gzip_static off;", "try_files $uri =404;"],
    );
    for (extension, kind) in TYPES {
        let lines = ["types { }".to_owned(), format!("default_type {kind};"), "try_files $uri =404;".to_owned()];
        let lines = lines.each_ref().map(String::as_str);
        let place = format!("~ \"^{pattern}.+\\.{extension}$\"");
        location(&format!("Not every version of nginx knows the type of `.{extension}`."), &place, "no-cache", &lines);
    }
    let _ = write!(
        text,
        "\n# For the server, and for the next build.\n\
         location ~ \"^{pattern}({}|\\.precedent-.*)$\" {{\n    return 404;\n}}\n",
        NGINX.replace('.', "\\.")
    );
    for rule in about.redirects.rules.iter().filter(|rule| !rule.from.contains('%')) {
        let _ = write!(text, "\nlocation = {} {{\n    return 301 \"{}\";\n}}\n", rule.from, rule.to);
    }
    text
}

/// Says whether a path can stand in the settings as it is.
fn is_plain(path: &str) -> bool {
    path.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '/' | '-' | '_' | '.' | '~'))
}
