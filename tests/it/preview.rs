//! The preview over real sockets: who may ask, what is served, and how it follows the disk.

mod client;
mod following;

use client::{Answer, Server};

const BOOK: &str = "-- book.toml --\n[book]\ntitle = 'Previewed'\n-- index.md --\n# Home\n\n[a](sub/a.md)\n-- sub/a.md --\n# Alpha\n\nAbout caching.\n-- sub/image.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n-- sub/b.md --\n# Beta\n\n![i](image.svg)\n-- .hidden.md --\ncanary\n-- private.env --\ncanary\n";

#[test]
fn nothing_outside_the_site_is_served() {
    let server = Server::start(BOOK);
    let up = [
        "..",
        "%2e%2e",
        "%2E%2e",
        ".%2e",
        "%252e%252e",
        "..%c0%af",
        "....",
        "..;",
        "..%5c",
        "..\\",
        "%c0%ae%c0%ae",
        "..%00",
    ];
    let mut paths: Vec<String> = vec![
        "//etc/passwd".into(),
        "/%2fetc/passwd".into(),
        "/%2Fetc%2Fpasswd".into(),
        "/C:/Windows/win.ini".into(),
        "/file:///etc/passwd".into(),
        "/\\etc\\passwd".into(),
        "/etc/passwd%00.html".into(),
        "/index.html%00".into(),
        "/book.toml".into(),
        "/.hidden.md".into(),
        "/private.env".into(),
        "/.precedent/stamp".into(),
        "/.git/config".into(),
        "/sub//a.html".into(),
        "/sub/./a.html".into(),
        "/sub/../index.html".into(),
        "/%".into(),
        "/%zz".into(),
        "/%ff".into(),
    ];
    for prefix in
        ["/", "/sub/", "/_precedent/", "/api/", "/assets/", "/api/search/", "/_precedent/events/", "/%2f", "//"]
    {
        for up in up {
            for separator in ["/", "%2f", "%5c", "\\", "%252f"] {
                paths.push(format!("{prefix}{}etc/passwd", format!("{up}{separator}").repeat(8)));
                paths.push(format!("{prefix}{up}{separator}book.toml"));
            }
        }
    }
    for path in &paths {
        let answer = server.get(path);
        assert!(answer.status == 404 || answer.status == 400, "{path}: {}", answer.status);
        assert!(
            !answer.body.contains("root:x:")
                && !answer.body.contains("canary")
                && !answer.body.contains("title = 'Previewed'"),
            "{path}"
        );
    }
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn only_its_own_name_is_answered() {
    let server = Server::start(BOOK);
    let port = server.port;
    for path in [
        "/",
        "/index.html",
        "/nowhere",
        "/api/search?q=a",
        "/_precedent/events",
        "/_precedent/preview.js",
        "/site.json",
    ] {
        for host in [
            "evil.example",
            "evil.example:80",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "10.0.0.1",
            "0.0.0.0",
            "[::]",
            "169.254.169.254",
            "127.0.0.1@evil.example",
            "",
            " ",
            "localhost, evil.example",
            "LOCALHOST.",
        ] {
            let answer = server.ask(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
            assert!([421, 400].contains(&answer.status), "{host}{path}: {}", answer.status);
            assert!(!answer.body.contains("Alpha") && !answer.body.contains("Home"), "{host}{path}");
        }
    }
    for host in ["evil.example", "localhost.evil.example"] {
        assert_eq!(server.ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).status, 421);
    }
    for host in [format!("localhost:{port}"), format!("127.0.0.1:{port}"), "LocalHost".to_owned(), "[::1]:1".to_owned()]
    {
        assert_eq!(
            server.ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).status,
            200,
            "{host}"
        );
    }
    assert_eq!(server.ask("GET / HTTP/1.0\r\n\r\n").status, 400);
    // An address in the request line wins over no header, and must be known too.
    let absolute = server.ask("GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert_eq!(absolute.status, 421);
}

#[test]
fn a_foreign_page_reads_neither_search_nor_events() {
    let server = Server::start(BOOK);
    for path in ["/api/search?q=alpha", "/_precedent/events", "/_precedent/preview.js"] {
        for header in
            ["Origin: http://evil.example", "Origin: null", "Origin: http://localhost:1", "Sec-Fetch-Site: cross-site"]
        {
            let answer = server.get_with(path, header);
            assert_eq!(answer.status, 403, "{path} {header}");
            assert_eq!(answer.header("access-control-allow-origin"), None);
        }
    }
    assert_eq!(
        server.get_with("/api/search?q=alpha", &format!("Origin: http://127.0.0.1:{}", server.port)).status,
        200
    );
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"] {
        for path in ["/", "/api/search?q=a", "/api/complete?field=tag", "/index.html"] {
            let answer = server.ask(&format!(
                "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            ));
            assert_eq!(answer.status, 405, "{method} {path}");
        }
    }
}

#[test]
fn every_answer_carries_the_headers_that_protect() {
    let server = Server::start(BOOK);
    for path in ["/", "/nowhere", "/sub/image.svg", "/site.json", "/api/search?q=x", "/_precedent/preview.js"] {
        let answer = server.get(path);
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
        assert!(answer.header("content-type").is_some(), "{path}");
    }
    assert!(server.get("/sub/image.svg").header("content-security-policy").unwrap().contains("sandbox"));
    assert_eq!(server.get("/sub/image.svg").header("content-type"), Some("image/svg+xml"));
    assert_eq!(server.get("/sub/a.md").header("content-type"), Some("text/markdown; charset=utf-8"));
}

#[test]
fn what_the_browser_has_is_not_sent_again() {
    let server = Server::start(BOOK);
    let first = server.get("/sub/a.html");
    let tag = first.header("etag").unwrap().to_owned();
    let again = server.get_with("/sub/a.html", &format!("If-None-Match: {tag}"));
    assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", Some(tag.as_str())));
    assert_eq!(server.get_with("/sub/a.html", "If-None-Match: \"other\"").status, 200);
    server.folder.write("sub/a.md", "# Alpha\n\nChanged.\n");
    server.until("the change", |server| server.get_with("/sub/a.html", &format!("If-None-Match: {tag}")).status == 200);
}

#[test]
fn folders_and_missing_pages_have_an_answer() {
    let server = Server::start(BOOK);
    let folder = server.get("/sub");
    assert_eq!((folder.status, folder.header("location")), (307, Some("/sub/")));
    assert_eq!(server.get("/sub/").status, 200);
    let missing = server.get("/nowhere/at/all");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("<h1") && missing.body.contains("/_precedent/preview.js"), "{}", missing.body);
    let outside = server.get("//evil.example/..");
    assert!(!(300..400).contains(&outside.status), "an open redirect to {:?}", outside.header("location"));
}

#[test]
fn values_of_fields_are_completed() {
    let server = Server::start(
        "-- book.toml --\n-- a.md --\n---\ntags: [Security, seo]\ndate: 2024-03-01\n---\n# A\n-- b.md --\n---\ntags: [security]\ndate: 2024-05-01\n---\n# B\n-- c.md --\n---\ndate: 2023-05-01\n---\n# C\n",
    );
    let values = |query: &str| server.get(&format!("/api/complete?{query}")).body;
    assert_eq!(values("field=tag&prefix=SE"), r#"[["security",2],["seo",1]]"#);
    assert_eq!(values("field=after&prefix="), r#"[["2024",2],["2023",1]]"#);
    assert_eq!(values("field=before&prefix=2023"), r#"[["2023",1]]"#);
    assert_eq!(values("field=nothing"), "[]");
    assert_eq!(server.get("/api/complete").status, 400);
}

#[test]
fn the_search_answers_in_its_form() {
    let server = Server::start(BOOK);
    let answer = server.get("/api/search?q=cach&limit=5&kind=page");
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(json["query"], "cach");
    assert_eq!(json["error"], serde_json::Value::Null);
    let hit = &json["results"][0];
    assert_eq!(
        (hit["url"].as_str(), hit["path"].as_str(), hit["title"].as_str(), hit["kind"].as_str()),
        (Some("sub/a.html"), Some("sub/a.md"), Some("Alpha"), Some("page"))
    );
    assert!(
        hit["line"].is_u64()
            && hit["score"].is_u64()
            && hit["breadcrumb"].is_array()
            && hit["excerpt"][0]["text"].is_string(),
        "{hit}"
    );
    for query in [
        "",
        "q=",
        "q=%22",
        "q=%00",
        "q=((((",
        "q=kind:",
        "q=-",
        "q=*",
        "q=a&limit=0",
        "q=a&limit=999999999",
        "q=%F0%9F%A6%93",
        "q=field:%22a%20b",
        "q=AND%20OR%20NOT",
        "q=%2B%2B%5E%7E%5B1%20TO%202%5D",
        &format!("q={}", "a%20".repeat(2000)),
    ] {
        let answer = server.get(&format!("/api/search?{query}"));
        assert_eq!(answer.status, 200, "{}: {}", &query[..query.len().min(60)], answer.body);
        serde_json::from_str::<serde_json::Value>(&answer.body).unwrap();
    }
    for query in ["limit=x&q=a", "limit=-1&q=a"] {
        assert_eq!(server.get(&format!("/api/search?{query}")).status, 400, "{query}");
    }
}

#[test]
fn nonsense_on_the_socket_harms_nobody() {
    let server = Server::start(BOOK);
    for nonsense in [
        "\r\n\r\n",
        "GET",
        "\0\0\0\0\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
        &format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(100_000)),
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
        &format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(5000)),
    ] {
        let Answer { status, .. } = server.throw(nonsense);
        assert_ne!(status, 500);
        assert!(status == 0 || status >= 400, "{status} for {:?}", &nonsense[..nonsense.len().min(40)]);
    }
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn a_page_is_served_under_its_name_without_extension_too() {
    let server = Server::start(&BOOK.replace("[book]", "[site]\naddresses = 'extensionless'\n[book]"));
    let home = server.get("/");
    assert!(home.body.contains("href=\"sub/a\""), "{}", home.body);
    assert!(server.get("/sub/a").body.contains("About caching."));
    assert_eq!(server.get("/sub/a").body, server.get("/sub/a.html").body);
    assert_eq!(server.get("/sub").status, 307);
    assert_eq!((server.get("/sub/a/").status, server.get("/sub/c").status), (404, 404));
}
