//! How the preview follows the disk, however an editor saves.

use std::fs;

use super::BOOK;
use super::client::Server;
use crate::program::Folder;
use crate::records::git;

/// Waits until the preview serves what a fresh build of the book makes, page by page, and the search agrees.
fn check_equals_fresh_build(server: &Server) {
    server.until("the preview equals a fresh build", |server| {
        // Read from the disk, so that git tells both who changed a page last.
        let mut book = server.folder.book();
        let overrides = precedent::build::Overrides { drafts: true, ..precedent::build::Overrides::default() };
        let build = book.build(&mut precedent::build::Memo::default(), &overrides).unwrap();
        build.artifacts.iter().all(|(path, artifact)| {
            let answer = server.get(&format!("/{}", path.encoded()));
            let expected = String::from_utf8_lossy(&artifact.bytes()).into_owned();
            let is_page = path.as_str().ends_with(".html");
            // The server adds its own elements at the end of the head, and nothing else.
            let same = if is_page { without_addition(&answer.body) == expected } else { answer.body == expected };
            (answer.status == 200 || path.as_str() == "404.html") && same
        })
    });
}

fn without_addition(html: &str) -> String {
    match (html.find("<meta name=\"precedent-search\""), html.find("</head>")) {
        (Some(start), Some(end)) if start < end => html[..start].to_owned() + &html[end..],
        _ => html.to_owned(),
    }
}

#[test]
fn a_save_is_told_to_open_pages() {
    let server = Server::start(BOOK);
    let mut events = server.events();
    server.folder.write("sub/a.md", "# Alpha\n\nAbout zebrafish. [gone](gone.md)\n");
    let event = events.until_changed("sub/a.html");
    assert!(event["generation"].as_u64().unwrap() >= 1);
    let finding = &event["findings"][0];
    assert_eq!(
        (finding["path"].as_str(), finding["line"].as_u64(), finding["code"].as_str()),
        (Some("sub/a.md"), Some(3), Some("broken-link"))
    );
    assert!(server.get("/sub/a.html").body.contains("zebrafish"));
    server.until("the index follows", |server| server.get("/api/search?q=zebrafish").body.contains("sub/a.html"));
    server.folder.write("sub/a.md", "# Alpha\n\nMended.\n");
    assert_eq!(events.until_changed("sub/a.html")["findings"].as_array().map(Vec::len), Some(0));
}

#[test]
fn every_way_of_saving_is_seen() {
    let server = Server::start(BOOK);
    let page = server.folder.path("sub/a.md");
    let shows = |word: &str| {
        server.until(&format!("`{word}` is shown"), |server| server.get("/sub/a.html").body.contains(word))
    };
    fs::write(&page, "# Alpha\n\ntruncated-and-written\n").unwrap();
    shows("truncated-and-written");
    fs::write(server.folder.path("sub/a.md~"), "# Alpha\n\nwritten-beside\n").unwrap();
    fs::rename(server.folder.path("sub/a.md~"), &page).unwrap();
    shows("written-beside");
    fs::rename(&page, server.folder.path("sub/a.bak")).unwrap();
    fs::write(&page, "# Alpha\n\nold-moved-away\n").unwrap();
    fs::remove_file(server.folder.path("sub/a.bak")).unwrap();
    shows("old-moved-away");
    fs::remove_file(&page).unwrap();
    server.until("the page is gone", |server| server.get("/sub/a.html").status == 404);
    fs::write(&page, "# Alpha\n\ncreated-again\n").unwrap();
    shows("created-again");
    // The same length, at once: only the content tells them apart.
    for number in 0..20 {
        fs::write(&page, format!("# Alpha\n\nquick-{number:04}\n")).unwrap();
    }
    shows("quick-0019");
    fs::remove_dir_all(server.folder.path("sub")).unwrap();
    server.until("the folder is gone", |server| server.get("/sub/a.html").status == 404);
    server.folder.write("sub/a.md", "# Alpha\n\nfolder-made-again\n");
    shows("folder-made-again");
    fs::rename(server.folder.path("sub"), server.folder.path("other")).unwrap();
    server.until("the folder has another name", |server| server.get("/other/a.html").status == 200);
    fs::write(server.folder.path("other/a.md"), "# Alpha\n\nin-the-renamed-folder\n").unwrap();
    server.until("a save in the renamed folder", |server| {
        server.get("/other/a.html").body.contains("in-the-renamed-folder")
    });
    server.folder.write("new/deep/er/page.md", "# Deep\n");
    server.until("a page in new folders", |server| server.get("/new/deep/er/page.html").status == 200);
    server.folder.write("new/deep/er/page.md", "# Deep\n\nsaved-there\n");
    server.until("a save in new folders", |server| server.get("/new/deep/er/page.html").body.contains("saved-there"));
    check_equals_fresh_build(&server);
}

#[test]
fn settings_theme_and_images_are_followed() {
    let server = Server::start(BOOK);
    server.folder.write("book.toml", "[book]\ntitle = 'Renamed'\n");
    server.until("the new title", |server| server.get("/").body.contains("Renamed"));
    server.folder.write("book.toml", "[book\n");
    server.folder.write("sub/image.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"new\"/>");
    server.until("the new image", |server| server.get("/sub/image.svg").body.contains("id=\"new\""));
    server.folder.write("theme/templates/page.html", "mine: {{ page.title }}");
    server.until("the new template", |server| server.get("/sub/a.html").body.starts_with("mine: Alpha"));
    server.folder.write("theme/templates/page.html", "{{ broken");
    server.until("the template of the program again", |server| server.get("/sub/a.html").body.contains("<main"));
    fs::remove_dir_all(server.folder.path("theme")).unwrap();
    fs::remove_file(server.folder.path("book.toml")).unwrap();
    check_equals_fresh_build(&server);
}

#[test]
fn settings_that_cannot_be_read_leave_those_of_before() {
    let server = Server::start(BOOK);
    let shows = |server: &Server, title: &str| server.get("/").body.contains(&format!("<title>Home · {title}"));
    server.folder.write("book.toml", "[book\ntitle = 'Torn'\n");
    server.until("the fault is told", |server| {
        server.findings().first().is_some_and(|first| first.starts_with("invalid-toml: "))
    });
    assert!(shows(&server, "Previewed") && server.get("/sub/a.html").status == 200);
    server.folder.write("book.toml", "[book]\ntitle = 'Mended'\n");
    server.until("the new settings", |server| shows(server, "Mended") && server.findings().is_empty());
    // While it is being written anew it is gone or empty for a moment.
    fs::write(server.folder.path("book.toml"), "").unwrap();
    server.folder.write("sub/a.md", "# Alpha\n\nsaved-meanwhile\n");
    server.until("a save meanwhile", |server| server.get("/sub/a.html").body.contains("saved-meanwhile"));
    assert!(shows(&server, "Mended"));
    server.until("it is believed to be empty", |server| {
        !shows(server, "Mended") && server.findings()[0].starts_with("missing-file: `book.toml` is empty now")
    });
    fs::remove_file(server.folder.path("book.toml")).unwrap();
    server.until("it is gone", |server| {
        server.findings().first().is_some_and(|first| first.starts_with("missing-file: `book.toml` is gone"))
    });
    server.folder.write("book.toml", "[book]\ntitle = 'Back'\n");
    server.until("it is back", |server| shows(server, "Back") && server.findings().is_empty());
}

#[test]
fn a_folder_that_goes_away_is_waited_for() {
    for options in [&[][..], &["--poll"]] {
        let server = Server::of(Folder::with(BOOK), options);
        let (here, away) = (server.folder.path(""), server.folder.path("").with_file_name("away"));
        fs::rename(&here, &away).unwrap();
        fs::create_dir(&here).unwrap();
        server.until("an empty folder is no site", |server| server.get("/sub/a.html").status == 404);
        fs::remove_dir(&here).unwrap();
        fs::rename(&away, &here).unwrap();
        server.folder.write("new.md", "# New\n");
        server.until("the folder is back", |server| {
            server.get("/new.html").status == 200 && server.get("/sub/a.html").status == 200
        });
        fs::rename(&here, &away).unwrap();
        assert_eq!(server.get("/sub/a.html").status, 200, "the last site is served");
        fs::rename(&away, &here).unwrap();
        server.folder.write("again.md", "# Again\n");
        server.until("it is followed again", |server| server.get("/again.html").status == 200);
    }
}

#[test]
fn open_pages_are_told_where_a_page_went_and_when_the_search_knows_it() {
    let server = Server::start(BOOK);
    let mut events = server.events();
    fs::rename(server.folder.path("sub"), server.folder.path("other")).unwrap();
    let event = std::iter::from_fn(|| Some(events.next())).find(|event| event["moved"]["sub/a.html"] == "other/a.html");
    let event = event.unwrap();
    let generation = event["generation"].as_u64().unwrap();
    let is_known = |event: serde_json::Value| event.as_u64().is_some_and(|known| known >= generation);
    assert!(std::iter::from_fn(|| Some(events.next())).any(is_known));
    assert!(server.get("/api/search?q=caching").body.contains("other/a.html"));
}

#[test]
fn the_answer_says_how_many_pages_there_are() {
    let book: String = (0..30).map(|page| format!("-- p{page}.md --\n# Page {page}\n\nquokka\n")).collect();
    let server = Server::start(&book);
    let answer: serde_json::Value = serde_json::from_str(&server.get("/api/search?q=quokka&limit=10").body).unwrap();
    assert_eq!((answer["results"].as_array().unwrap().len(), answer["total"].as_u64()), (10, Some(30)));
}

#[test]
fn another_branch_is_another_book() {
    let folder = Folder::with(BOOK);
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-q", "-m", "one"]);
    git(&folder, &["checkout", "-q", "-b", "other"]);
    fs::remove_dir_all(folder.path("sub")).unwrap();
    for number in 0..60 {
        folder.write(&format!("part-{}/page-{number}.md", number % 5), format!("# Page {number}\n\nbranch-word\n"));
    }
    folder.write("index.md", "# Home of the branch\n");
    git(&folder, &["add", "-A"]);
    git(&folder, &["commit", "-q", "-m", "two"]);
    git(&folder, &["checkout", "-q", "main"]);
    let server = Server::of(folder, &[]);
    for branch in ["other", "main", "other"] {
        git(&server.folder, &["checkout", "-q", branch]);
        let word = if branch == "main" { "<h1 id=\"home\"" } else { "Home of the branch" };
        server.until(&format!("the branch {branch}"), |server| server.get("/").body.contains(word));
    }
    check_equals_fresh_build(&server);
    server.until("the index has the branch", |server| {
        server.get("/api/search?q=branch-word&limit=100").body.matches("\"url\"").count() >= 60
    });
}

/// Nothing but git's own files changes then, and who changed a page last does.
fn check_commits_are_seen(arguments: &[&str]) {
    let folder = Folder::with(BOOK);
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-q", "-m", "one"]);
    folder.write("sub/a.md", "# Alpha\n\nWritten, and not committed.\n");
    let server = Server::of(folder, arguments);
    server.until("who writes is not known", |server| server.get("/sub/a.html").body.contains("not committed"));
    for author in ["Ada Quokka", "Bo Wombat", "Cy Numbat"] {
        git(&server.folder, &["commit", "-q", "-a", "-m", "two", "--author", &format!("{author} <a@example.com>")]);
        server.until("who wrote it is told", |server| server.get("/sub/a.html").body.contains(author));
        git(&server.folder, &["reset", "-q", "--soft", "HEAD~1"]);
        server.until("it is taken back", |server| !server.get("/sub/a.html").body.contains(author));
    }
    check_equals_fresh_build(&server);
}

#[test]
fn a_commit_is_seen() {
    check_commits_are_seen(&[]);
}

#[test]
fn a_commit_is_seen_by_looking_in_turn() {
    check_commits_are_seen(&["--poll"]);
}

#[test]
fn looking_in_turn_sees_changes_too() {
    let server = Server::of(Folder::with(BOOK), &["--poll"]);
    // Times of files in whole seconds would not tell these apart.
    for word in ["first", "again", "third"] {
        server.folder.write("sub/a.md", format!("# Alpha\n\nfound by looking, {word}\n"));
        server.until(word, |server| server.get("/sub/a.html").body.contains(word));
    }
}

#[test]
fn a_build_beside_the_preview_does_not_disturb_it() {
    let server = Server::start(BOOK);
    let mut events = server.events();
    server.folder.run(&["build"]).exits(0);
    server.folder.run(&["search", "caching"]).exits(0);
    server.folder.write("sub/a.md", "# Alpha\n\nafter the build\n");
    let event = events.until_changed("sub/a.html");
    assert_eq!(event["generation"].as_u64(), Some(1), "the site that was built is no change of the book: {event}");
}
