//! Announcements, sent to a server that plays a chat: what it gets, what is shown of its answers, and what is remembered.

mod range;
mod server;

use std::time::Duration;

use precedent::announce::{self, Terms, Webhook, send};
use precedent::digest::{Chat, Shape};
use precedent::time::Moment;
use server::{Answer, Server};

use crate::program::{Folder, Ran};

const SECRET: &str = "T0SECRET-b4711";

const BOOK: &str = "\
-- book.toml --
[book]
title = \"Handbook\"
[site]
url = \"https://kb.example/\"
-- decisions/0001-use-postgresql.md --
# 1. Use PostgreSQL

## Status

Proposed

## Context

<!channel> @everyone: we need a database.
";

/// A book of which everything is committed.
fn book() -> Folder {
    let folder = Folder::with(BOOK);
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    commit(&folder, "Propose PostgreSQL");
    folder
}

fn commit(folder: &Folder, message: &str) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", message]);
}

fn git(folder: &Folder, arguments: &[&str]) {
    let mut command = std::process::Command::new("git");
    command.current_dir(folder.path("")).args(["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    assert!(command.args(arguments).status().unwrap().success(), "git {arguments:?}");
}

fn accept(folder: &Folder) {
    let path = "decisions/0001-use-postgresql.md";
    folder.write(path, folder.read(path).replace("Proposed", "Accepted"));
    commit(folder, "Accept PostgreSQL");
}

/// Runs the command, and asserts that nothing it prints gives the address away.
fn announce(folder: &Folder, server: &Server, arguments: &[&str]) -> Ran {
    let address = server.address(SECRET);
    let ran = folder.run_with(&[&["announce"], arguments].concat(), &[("PRECEDENT_WEBHOOK", &address)]);
    let shown = format!("{}{}", ran.out, ran.err).to_lowercase();
    assert!(!shown.contains(&SECRET.to_lowercase()) && !shown.contains("/hooks/"), "{ran:?}");
    ran
}

#[test]
fn what_changed_is_announced_once() {
    let folder = book();
    let server = Server::new(vec![Answer::ok(), Answer::ok()]);
    folder.run(&["changes", "--since", "last"]).exits(2);
    let ran = announce(&folder, &server, &["--to", "slack"]).exits(0);
    assert!(ran.out.starts_with("announced 1 change to slack at 127.0.0.1, up to "), "{}", ran.out);
    assert!(ran.err.contains("nothing was announced there yet"), "{}", ran.err);
    let ran = announce(&folder, &server, &["--to", "slack"]).exits(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("nothing to announce\n", ""));
    accept(&folder);
    let ran = folder.run(&["changes", "--since", "last"]).exits(0);
    assert!(ran.out.contains("Proposed → Accepted"), "{}", ran.out);
    announce(&folder, &server, &["--to", "slack"]).exits(0);
    announce(&folder, &server, &["--to", "slack", "--since", "1w"]).exits(0);
    let requests = server.requests();
    assert_eq!(requests.len(), 2, "a second run says nothing, whatever it is told");
    let (first, second) = (&requests[0], &requests[1]);
    assert!(first.head.starts_with("POST /hooks/T0SECRET-b4711?sig=T0SECRET-b4711 HTTP/1.1\r\n"), "{}", first.head);
    assert!(first.head.to_lowercase().contains("content-type: application/json"), "{}", first.head);
    let json: serde_json::Value = serde_json::from_str(&first.body).unwrap();
    assert!(json["text"].as_str().unwrap().starts_with("Handbook"), "{json}");
    assert!(first.body.contains("Use PostgreSQL") && first.body.contains("https://kb.example/decisions/"), "{json}");
    assert!(second.body.contains("Proposed → Accepted"), "{}", second.body);
}

#[test]
fn each_service_gets_what_it_takes() {
    let folder = book();
    let services = [
        (&["--to", "teams"][..], Answer::status(202, ""), "\"AdaptiveCard\""),
        (&["--to", "teams", "--teams-shape", "card", "--again"], Answer::status(200, ""), "{\"$schema\""),
        (&["--to", "discord"], Answer::status(204, ""), "\"allowed_mentions\":{\"parse\":[]}"),
        (&["--to", "mattermost"], Answer::ok(), "\"text\":\"#### Handbook"),
    ];
    for (arguments, answer, expected) in services {
        let server = Server::new(vec![answer]);
        let shown = announce(&folder, &server, &[arguments, &["--dry-run"]].concat()).exits(0);
        assert!(server.requests().is_empty() && serde_json::from_str::<serde_json::Value>(&shown.out).is_ok());
        announce(&folder, &server, arguments).exits(0);
        let requests = server.requests();
        assert!(requests.len() == 1 && requests[0].body.contains(expected), "{expected}: {requests:?}");
        let ring = ["\"<!channel>", " @everyone"].iter().any(|ring| requests[0].body.contains(ring));
        assert!(!ring || arguments.contains(&"teams"), "{}", requests[0].body);
    }
}

#[test]
fn what_a_service_refuses_is_told_and_may_be_sent_again() {
    let folder = book();
    let server = Server::new(vec![
        Answer::status(404, "no_service for /hooks/T0SECRET-b4711\nmore"),
        Answer::status(302, "").with("Location: https://evil.example/hooks/T0SECRET-b4711"),
        Answer::status(413, "\u{1b}[31mtoo large"),
        Answer::status(400, "invalid_payload"),
        Answer::status(410, "channel_is_archived"),
        Answer::ok(),
    ]);
    for (status, said) in [
        ("404", "no_service for /…/…"),
        ("302", ""),
        ("413", "[31mtoo large"),
        ("400", "invalid_payload"),
        ("410", "archived"),
    ] {
        let ran = announce(&folder, &server, &["--to", "slack"]).exits(2);
        let wanted = format!("error: `127.0.0.1` refused the message with status {status}");
        assert!(ran.err.contains(&wanted) && ran.err.contains(said) && ran.err.contains("help: "), "{}", ran.err);
        assert!(!ran.err.contains('\u{1b}') && !ran.err.contains("evil.example"), "{}", ran.err);
    }
    announce(&folder, &server, &["--to", "slack"]).exits(0);
    assert_eq!(server.requests().len(), 6, "none of these was tried twice");
}

#[test]
fn a_connection_that_breaks_is_neither_a_yes_nor_a_no() {
    let folder = book();
    let server = Server::new(vec![Answer::Closed, Answer::ok(), Answer::status(200, "<html>sign in"), Answer::ok()]);
    let ran = announce(&folder, &server, &["--to", "slack"]).exits(2);
    assert!(ran.err.contains("it is not known whether `127.0.0.1` took the message"), "{}", ran.err);
    let ran = announce(&folder, &server, &["--to", "slack"]).exits(2);
    assert!(ran.err.contains("it is not known what became of the last announcement"), "{}", ran.err);
    assert!(ran.err.contains("`--again`") && server.requests().len() == 1, "{}", ran.err);
    announce(&folder, &server, &["--to", "slack", "--again"]).exits(0);
    announce(&folder, &server, &["--to", "slack"]).exits(0);
    accept(&folder);
    announce(&folder, &server, &["--to", "slack"]).exits(2);
    announce(&folder, &server, &["--to", "slack", "--since", "last"]).exits(0);
    let requests = server.requests();
    assert_eq!(requests.len(), 3, "who says from where on has looked, and nothing is left to tell");
    assert!(requests[0].body.contains("Use PostgreSQL") && requests[0].body == requests[1].body);
}

#[test]
fn nobody_listens() {
    let folder = book();
    let server = Server::new(Vec::new());
    let address = server.address(SECRET);
    drop(server);
    let ran = folder.run_with(&["announce", "--to", "slack"], &[("PRECEDENT_WEBHOOK", &address)]).exits(2);
    assert!(ran.err.contains("cannot reach `127.0.0.1`: it refuses the connection"), "{}", ran.err);
    assert!(!ran.err.contains(SECRET), "{}", ran.err);
}

#[test]
fn the_address_is_read_where_nobody_else_reads_it() {
    let folder = book();
    let run = |address: &str| folder.run_with(&["announce", "--to", "teams"], &[("PRECEDENT_WEBHOOK", address)]);
    let ran = run("").exits(2);
    assert!(ran.err.contains("`PRECEDENT_WEBHOOK` does not hold the address of a webhook"), "{}", ran.err);
    for (address, said) in [
        ("https://team.webhook.office.com/webhookb2/T0SECRET", "Microsoft has switched these off"),
        ("http://chat.example/hooks/T0SECRET", "must begin with `https://`"),
        ("T0SECRET", "is not an address of the web"),
    ] {
        let ran = run(address).exits(2);
        assert!(ran.err.contains(said) && !ran.err.contains("T0SECRET"), "{}", ran.err);
    }
    let name = "PRECEDENT_SITE__WEBHOOK";
    let ran = folder.run_with(&["announce", "--to", "slack", "--webhook-env", name], &[(name, "T0SECRET")]).exits(2);
    assert!(ran.err.contains("is a setting of the book") && !ran.err.contains("T0SECRET"), "{}", ran.err);
    folder.run(&["announce", "--to", "slack", "--from", "a@b.c"]).exits(2);
    folder.run(&["announce", "--to", "email"]).exits(2);
}

#[cfg(unix)]
#[test]
fn a_file_with_the_address_is_for_nobody_else() {
    use std::os::unix::fs::PermissionsExt;

    let folder = book();
    let server = Server::new(vec![Answer::ok()]);
    let file = folder.path("../webhook");
    std::fs::write(&file, server.address(SECRET) + "\n").unwrap();
    let set = |mode| std::fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
    let run = || folder.run(&["announce", "--to", "slack", "--webhook-file", "../webhook"]);
    set(0o640);
    let ran = run().exits(2);
    assert!(ran.err.contains("other users can read `../webhook`") && ran.err.contains("chmod 600"), "{}", ran.err);
    set(0o600);
    run().exits(0);
}

#[test]
fn what_was_announced_is_kept_in_the_file_that_is_named() {
    let folder = book();
    let server = Server::new(vec![Answer::ok(), Answer::ok()]);
    let arguments = ["--to", "mattermost", "--state", "../ci/announced.json"];
    announce(&folder, &server, &[&arguments[..], &["--dry-run"]].concat()).exits(0);
    assert!(!folder.path("../ci").exists(), "a rehearsal leaves nothing");
    announce(&folder, &server, &arguments).exits(0);
    let state = folder.read("../ci/announced.json");
    assert!(state.contains("\"status\": \"sent\"") && !state.contains(SECRET), "{state}");
    assert_eq!(std::fs::read_dir(folder.path("../ci")).unwrap().count(), 1, "no lock is left");
    announce(&folder, &server, &arguments).exits(0);
    assert_eq!(server.requests().len(), 1);
    // Another address, and another selection, is another announcement.
    let other = Server::new(vec![Answer::ok()]);
    announce(&folder, &other, &arguments).exits(0);
    let nobody = announce(&folder, &server, &[&arguments[..], &["--person", "nobody"]].concat()).exits(0);
    assert!(nobody.out == "nothing to announce\n" && other.requests().len() == 1, "{nobody:?}");
    let last = announce::last(&folder.path("../ci/announced.json"), None).unwrap().unwrap();
    assert!(last.commit.len() == 40 && last.status == announce::Status::Sent);
    folder.write("../ci/announced.json", "{\"version\": 1, \"announcements\": {\"x\": {\"commit\": \"--output=x\"}}}");
    let ran = announce(&folder, &server, &arguments).exits(2);
    assert!(ran.err.contains("is not a list of announcements"), "{}", ran.err);
}

#[test]
fn two_runs_at_once_announce_once() {
    let folder = book();
    let server = Server::new(vec![Answer::ok(), Answer::ok()]);
    let all: Vec<Ran> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..3).map(|_| scope.spawn(|| announce(&folder, &server, &["--to", "slack"]))).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert!(all.iter().all(|ran| ran.code == Some(0)), "{all:?}");
    assert_eq!(all.iter().filter(|ran| ran.out.starts_with("announced")).count(), 1, "{all:?}");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn drafts_and_what_is_not_committed_are_not_announced() {
    let folder = book();
    folder.write("draft.md", "---\ndraft: true\n---\n# Secret plan\n");
    commit(&folder, "Draft");
    folder.write("uncommitted.md", "# Not yet\n");
    let ran = folder.run(&["announce", "--to", "markdown"]).exits(0);
    assert!(
        ran.out.contains("PostgreSQL") && !ran.out.contains("Secret") && !ran.out.contains("Not yet"),
        "{}",
        ran.out
    );
    let ran = folder.run(&["announce", "--to", "markdown"]).exits(0);
    assert!(ran.out.is_empty() && ran.err == "nothing to announce\n", "{ran:?}");
}

#[test]
fn a_mail_goes_to_a_file_or_to_what_sends_it() {
    let folder = book();
    let mail = ["announce", "--to", "email", "--from", "KB <kb@example.org>", "--recipient", "team@example.org"];
    let shown = folder.run(&[&mail[..], &["--dry-run"]].concat()).exits(0);
    folder.run(&[&mail[..], &["--output", "../mail.eml"]].concat()).exits(0);
    let written = folder.read("../mail.eml");
    assert_eq!(shown.out, written);
    assert!(written.contains("To: <team@example.org>\r\n") && written.contains("multipart/alternative"), "{written}");
    let ran = folder.run(&["announce", "--to", "email", "--from", "a@b.c\r\nBcc: d@e.f"]).exits(2);
    assert!(ran.err.contains("is not a mail address"), "{}", ran.err);
}

/// What was waited before each try, what became of it, and how often it was tried.
fn tried(answers: Vec<Answer>, posts: usize) -> (Vec<Duration>, Result<(), announce::Error>, usize) {
    let server = Server::new(answers);
    let webhook = Webhook::parse(&server.address(SECRET)).unwrap();
    let mut waits = Vec::new();
    let outcome = {
        let mut terms = Terms {
            now: &|| Moment(1_445_412_430),
            wait: &mut |wait| waits.push(wait),
            chance: &mut || 0.5,
            limits: (Duration::from_secs(10), Duration::from_millis(700)),
        };
        send(&webhook, Chat::Discord, &vec!["{}".to_owned(); posts], &mut terms)
    };
    if let Err(error) = &outcome {
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(SECRET) && !shown.contains("/hooks/"), "{shown}");
    }
    (waits, outcome, server.requests().len())
}

#[test]
fn a_service_that_has_no_time_now_is_asked_again() {
    let seconds = Duration::from_secs_f64;
    let limited = || Answer::status(429, "").with("Retry-After: 2");
    let (waits, outcome, requests) = tried(vec![limited(), Answer::status(204, "")], 1);
    assert!(outcome.is_ok() && requests == 2);
    assert_eq!(waits, [seconds(2.1)]);
    let day = Answer::status(503, "").with("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT");
    let body = Answer::status(429, "{\"retry_after\": 0.4}").with("Retry-After: 1");
    let (waits, outcome, requests) = tried(vec![day, body, Answer::status(500, "oh /hooks/T0SECRET-b4711")], 1);
    assert_eq!((waits, requests), (vec![seconds(52.5), seconds(0.42)], 3), "three tries, and no more");
    assert!(matches!(outcome, Err(announce::Error::Refused { status: 500, .. })), "{outcome:?}");
    let (waits, _, _) = tried(vec![Answer::status(429, "").with("Retry-After: 86400"), Answer::status(204, "")], 1);
    assert_eq!(waits, [seconds(60.0)]);
    let (waits, outcome, requests) = tried(vec![Answer::status(502, ""), Answer::Closed], 1);
    assert!(matches!(outcome, Err(announce::Error::Unknown { .. })) && requests == 2 && waits == [seconds(0.5)]);
}

#[test]
fn who_does_not_answer_is_not_asked_again() {
    for answer in [Answer::Closed, Answer::Slow, Answer::Nonsense] {
        let (waits, outcome, requests) = tried(vec![answer, Answer::status(204, "")], 1);
        assert!(matches!(&outcome, Err(error) if error.is_unsettled()), "{outcome:?}");
        assert!(waits.is_empty() && requests == 1);
    }
}

#[test]
fn of_several_posts_it_is_told_how_many_were_sent() {
    let (waits, outcome, _) = tried(vec![Answer::status(204, ""), Answer::status(204, "")], 2);
    assert!(outcome.is_ok() && waits == [Duration::from_secs(1)]);
    let (_, outcome, _) = tried(vec![Answer::status(204, ""), Answer::status(404, "gone")], 3);
    let error = outcome.unwrap_err();
    assert!(error.is_unsettled() && error.to_string() == "1 of 3 messages were sent", "{error}");
    assert_eq!(Chat::Teams(Shape::Card).name(), "teams");
}
